"""Arguments that several commands share, and a parser that answers a wrong call with one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from genstudio.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from genstudio.cli._session import Session

__all__ = [
    "Command",
    "Parser",
    "add_common",
    "add_decoding",
    "add_model",
    "add_track",
    "choice",
    "number",
    "read_options",
    "track",
    "whole",
]


class Command(Protocol):
    """What a module of this folder offers."""

    HELP: str
    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace, session: Session) -> dict[str, Any]: ...

    def show(self, result: dict[str, Any], args: argparse.Namespace, session: Session) -> None: ...


class _Formatter(argparse.HelpFormatter):
    """Room for the longest name of a command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are :class:`~genstudio.errors.ConfigError`, one sentence each."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False, formatter_class=_Formatter)

    def error(self, message: str) -> NoReturn:
        raise ConfigError(f"{message.rstrip('.')}; see '{self.prog} --help'.")

    def check_options(self, arguments: Sequence[str]) -> None:
        """Answer an unknown option with the nearest known one, before argparse complains of what is missing because of it.

        Raises:
            ConfigError: there is no such option.
        """
        known = [name for name in self._option_string_actions if name.startswith("--")]
        for word in arguments:
            if word == "--":
                return
            name = word.partition("=")[0]
            if name.startswith("--") and name not in known:
                raise ConfigError(f"'{self.prog}' has no option {name}; {did_you_mean(name, known)}")


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options that every command has."""
    group = parser.add_argument_group("common options")
    group.add_argument("--seed", type=whole(0, 2**63 - 1), default=0, metavar="N", help="seed of all chance (default 0)")
    group.add_argument("--json", action="store_true", help="print one JSON object on standard output and nothing else there")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    parser.add_argument(
        "--model", required=True, metavar="M", help="name of an installed model ('genstudio models' lists them), or its folder"
    )


def add_decoding(parser: argparse.ArgumentParser, temperature: float) -> None:
    """``--temperature`` and ``--top-p``."""
    parser.add_argument(
        "--temperature",
        type=number(0, 100),
        default=temperature,
        metavar="X",
        help=f"0 takes the likeliest token each time, 1 draws as the model predicts, more is wilder (default {temperature:g})",
    )
    parser.add_argument(
        "--top-p",
        type=number(0, 1, above=True),
        default=1.0,
        metavar="P",
        help="draw only from the likeliest tokens that together have this probability (default 1)",
    )


def add_track(parser: argparse.ArgumentParser) -> None:
    """``--track``."""
    parser.add_argument(
        "--track", type=track, metavar="T", help="track of a MIDI file that holds the melody, by name or by number from 1"
    )


def track(text: str) -> int | str:
    """A track's number where ``text`` is one, else its name."""
    return int(text) if text.isdecimal() else text


def read_options(args: argparse.Namespace) -> dict[str, Any] | None:
    """How files are to be read, or None where nothing was asked for."""
    values = {name: getattr(args, name, None) for name in ("track", "column", "label")}
    return {name: value for name, value in values.items() if value is not None} or None


def whole(low: int, high: int) -> Callable[[str], int]:
    """A converter for whole numbers from ``low`` to ``high``."""

    def convert(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            value = low - 1
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {low} to {high}")
        return value

    return convert


def number(low: float, high: float, *, above: bool = False) -> Callable[[str], float]:
    """A converter for numbers from (or, with ``above``, from above) ``low`` to ``high``."""

    def convert(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high or (above and value == low):
            raise argparse.ArgumentTypeError(f"{text!r} is not a number {'above' if above else 'from'} {low:g} to {high:g}")
        return value

    return convert


def choice(*known: str) -> Callable[[str], str]:
    """A converter for one of a few words."""

    def convert(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f"there is no {text!r}; {did_you_mean(text, known)}")
        return text

    return convert
