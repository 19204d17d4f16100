"""Arguments that several commands share, and a parser that answers a wrong call with one line."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from genstudio.config import DecodingOptions, OperationOptions, range_of
from genstudio.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from genstudio.cli._session import Session

__all__ = [
    "Command",
    "Parser",
    "add_column",
    "add_common",
    "add_decoding",
    "add_hold",
    "add_model",
    "add_part",
    "add_track",
    "choice",
    "number",
    "piece_options",
    "read_options",
    "setting",
    "sizes",
    "span",
    "track",
    "whole",
    "words",
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
    group.add_argument(
        "--seed", type=setting("seed", DecodingOptions), default=0, metavar="N", help="seed of all chance (default 0)"
    )
    group.add_argument("--json", action="store_true", help="print one JSON object on standard output and nothing else there")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    parser.add_argument(
        "--model", required=True, metavar="M", help="name of an installed model ('genstudio models' lists them), or its folder"
    )


def add_decoding(
    parser: argparse.ArgumentParser,
    temperature: float | None,
    names: Sequence[str] = ("temperature", "top_p"),
    words: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """``--temperature`` and ``--top-p``; where the temperature is None they are the model's own.

    Args:
        names: which of the two there are.
        words: help of those that are described in other words than usual.
    """
    asks = {
        "temperature": ("X", "0 takes the likeliest token each time, 1 draws as the model predicts, more is wilder"),
        "top_p": ("P", "draw only from the likeliest tokens that together have this probability"),
    }
    for name in names:
        metavar, said = asks[name]
        default = None if temperature is None else temperature if name == "temperature" else 1.0
        usual = "as the model says" if default is None else f"{default:g}"
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=setting(name, DecodingOptions), default=default, metavar=metavar,
            help=words.get(name, f"{said} (default {usual})"),
        )  # fmt: skip


def add_part(parser: argparse.ArgumentParser, *, entire: bool = False) -> None:
    """``--phrase`` or ``--bars``: the part of a longer piece that is taken; with ``entire`` also ``--whole``. And the column."""
    add_column(parser)
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--phrase", type=setting("phrase", DecodingOptions), default=1, metavar="N", help="phrase of a longer song (default 1)"
    )
    group.add_argument("--bars", type=span, metavar="A-B", help="take bars A to B of a song, such as 9-16")
    if entire:
        group.add_argument("--whole", action="store_true", help="work on a longer song phrase by phrase; it comes out whole")


def add_hold(parser: argparse.ArgumentParser) -> None:
    """``--hold``."""
    parser.add_argument(
        "--hold",
        type=words,
        default=(),
        metavar="WHAT",
        help="keep this of the first one everywhere: key, metre, bars such as 3-4, or words of a sentence; several with commas",
    )


def piece_options(args: argparse.Namespace) -> dict[str, Any]:
    """What was asked of decoding and of the part to take, as keyword arguments of the studio's functions."""
    found: dict[str, Any] = {"seed": args.seed, **({"read": read_options(args)} if hasattr(args, "column") else {})}
    for name in ("temperature", "top_p", "phrase"):
        if getattr(args, name, None) is not None:
            found[name] = getattr(args, name)
    for name in ("bars", "whole", "hold"):
        if getattr(args, name, None):
            found[name] = getattr(args, name)
    return found


def span(text: str) -> tuple[int, int]:
    """``9-16``, or ``9`` alone, as the first and the last."""
    first, dash, last = text.partition("-")
    try:
        found = int(first), int(last if dash else first)
    except ValueError:
        found = 0, 0
    if not 1 <= found[0] <= found[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is not a range of bars; give the first and the last, such as 9-16")
    return found


def sizes(text: str) -> int | tuple[int, int]:
    """``5``, or ``3x7`` as rows and columns."""
    parts = text.lower().replace("×", "x").split("x")
    try:
        found = [int(part) for part in parts]
    except ValueError:
        found = []
    low, high = range_of(OperationOptions, "grid")
    if len(found) not in (1, 2) or any(not low <= value <= high for value in found):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a grid; give a number from {low} to {high}, or rows and columns such as 3x7"
        )
    return found[0] if len(found) == 1 else (found[0], found[1])


def words(text: str) -> tuple[str, ...]:
    """``a,b`` as a and b."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def add_column(parser: argparse.ArgumentParser) -> None:
    """``--column``, ``--separator`` and ``--encoding``."""
    parser.add_argument(
        "--column", metavar="NAME",
        help="column of a .csv or .tsv file, or field of a .jsonl file (data.text: a field within another), that holds the text",
    )  # fmt: skip
    parser.add_argument(
        "--separator", type=separator, metavar="C",
        help="character that separates the cells of a .csv or .tsv file (comma, semicolon, tab or bar: by name; default: found)",
    )  # fmt: skip
    parser.add_argument("--encoding", metavar="NAME", help="encoding of text files, such as utf-8 (default: found)")


def separator(text: str) -> str:
    """A separator by itself or by its name."""
    named = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "\\t": "\t"}
    found = named.get(text.strip().lower(), text)
    if len(found) != 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not one character, nor comma, semicolon, tab or bar")
    return found


def add_track(parser: argparse.ArgumentParser) -> None:
    """``--track``, ``--metre``, ``--key`` and ``--no-grid``: how a file of music is read."""
    parser.add_argument(
        "--track", type=track, metavar="T", help="track of a MIDI file that holds the melody, by name or by number from 1"
    )
    parser.add_argument("--metre", metavar="N/D", help="metre of a file that says another, or none")
    parser.add_argument("--key", metavar="KEY", help="key of a file that says another, or none, such as 'D minor'")
    parser.add_argument("--no-grid", action="store_true", help="keep the times of MIDI notes as they are played")


def track(text: str) -> int | str:
    """A track's number where ``text`` is one, else its name."""
    return int(text) if text.isdecimal() else text


def read_options(args: argparse.Namespace) -> dict[str, Any] | None:
    """How files are to be read, or None where nothing was asked for."""
    names = ("track", "metre", "key", "column", "label", "separator", "encoding")
    values: dict[str, Any] = {name: getattr(args, name, None) for name in names}
    values["grid"] = False if getattr(args, "no_grid", False) else None
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


def setting(name: str, of: type[Any] = OperationOptions) -> Callable[[str], Any]:
    """A converter for the setting ``name`` of an options dataclass, with its range."""
    item = next(item for item in dataclasses.fields(of) if item.name == name)
    low, high = range_of(of, name)
    return whole(low, high) if isinstance(item.default, int) else number(low, high, above=item.metadata["above"])


def choice(*known: str) -> Callable[[str], str]:
    """A converter for one of a few words."""

    def convert(text: str) -> str:
        if text not in known:
            raise argparse.ArgumentTypeError(f"there is no {text!r}; {did_you_mean(text, known)}")
        return text

    return convert
