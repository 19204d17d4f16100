"""Arguments that several commands share, and a parser that answers a wrong call with one line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, Protocol

from genstudio.config import DecodingOptions, settings
from genstudio.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from genstudio.cli._session import Session

__all__ = [
    "Command",
    "Parser",
    "add_common",
    "add_decoding",
    "add_length",
    "add_method",
    "add_model",
    "add_source",
    "add_track",
    "choice",
    "decoding",
    "grid",
    "number",
    "read_options",
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
    group.add_argument("--seed", type=whole(0, 2**63 - 1), default=0, metavar="N", help="seed of all chance (default 0)")
    group.add_argument("--json", action="store_true", help="print one JSON object on standard output and nothing else there")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``."""
    parser.add_argument(
        "--model", required=True, metavar="M", help="name of an installed model ('genstudio models' lists them), or its folder"
    )


def add_decoding(parser: argparse.ArgumentParser, temperature: float = 0.0) -> None:
    """``--temperature`` and ``--top-p``, from :class:`~genstudio.config.DecodingOptions`."""
    known = {item["name"]: item for item in settings(DecodingOptions)}
    for name, default, metavar in (("temperature", temperature, "X"), ("top_p", known["top_p"]["default"], "P")):
        item = known[name]
        parser.add_argument(
            f"--{name.replace('_', '-')}",
            type=number(item["low"], item["high"], above=name == "top_p"),
            default=default,
            metavar=metavar,
            help=f"{_clause(item['help'])} (default {default:g})",
        )


def add_source(parser: argparse.ArgumentParser, *, bars: bool = True, entire: bool = False) -> None:
    """``--phrase``, ``--bars``, ``--whole``, ``--hold`` and ``--track``: what of a source is taken, and what is kept of it.

    Args:
        bars: with ``--bars``, a range of bars of the source.
        entire: with ``--whole``.
    """
    known = {item["name"]: item for item in settings(DecodingOptions)}
    phrase = known["phrase"]
    parser.add_argument(
        "--phrase", type=whole(phrase["low"], phrase["high"]), default=1, metavar="N", help="phrase of a longer song (default 1)"
    )
    if bars:
        parser.add_argument("--bars", type=span, metavar="N-M", help="take bars N to M of a song, for example 9-16")
    if entire:
        parser.add_argument("--whole", action="store_true", help=_clause(known["whole"]["help"]))
    parser.add_argument(
        "--hold", type=words, default=(), metavar="WHAT,…", help="keep these of the first piece throughout: key, metre (melodies)"
    )
    add_track(parser)


def add_track(parser: argparse.ArgumentParser) -> None:
    """``--track``."""
    parser.add_argument(
        "--track", type=track, metavar="T", help="track of a MIDI file that holds the melody, by name or by number from 1"
    )


def add_method(parser: argparse.ArgumentParser) -> None:
    """``--method``."""
    parser.add_argument(
        "--method",
        type=choice("slerp", "linear"),
        default="slerp",
        metavar="slerp|linear",
        help="along the sphere, which keeps to where the model is at home, or along a straight line (default slerp)",
    )


def add_length(parser: argparse.ArgumentParser, of_what: str) -> None:
    """``--bars`` and ``--words``, both of which are the length."""
    either = parser.add_mutually_exclusive_group()
    for unit in ("bars", "words"):
        either.add_argument(f"--{unit}", dest="length", type=whole(1, 1_000_000), metavar="N", help=f"{unit} {of_what}")


def decoding(args: argparse.Namespace) -> dict[str, Any]:
    """The keyword arguments of an operation, of the options that its command has."""
    names = ("temperature", "top_p", "seed", "phrase", "bars", "whole", "hold")
    found = {name: getattr(args, name) for name in names if hasattr(args, name)}
    return {**found, "read": read_options(args)}


def _clause(sentence: str) -> str:
    """A sentence as an option's help has it: a small letter first and no full stop."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


def span(text: str) -> tuple[int, int]:
    """A range of bars from ``9-16``, or one bar from ``9``."""
    first, _, last = text.partition("-")
    if not first.isdecimal() or not (last or first).isdecimal() or not 1 <= int(first) <= int(last or first):
        raise argparse.ArgumentTypeError(f"{text!r} is not a range of bars, counted from 1, such as 9-16")
    return int(first), int(last or first)


def grid(text: str) -> tuple[int, int]:
    """Rows and columns from ``4x6``, or as many of both from ``5``."""
    rows, _, columns = text.lower().partition("x")
    if not rows.isdecimal() or not (columns or rows).isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a grid; give 5 for five rows and columns, or 4x6 for four rows of six")
    return int(rows), int(columns or rows)


def words(text: str) -> tuple[str, ...]:
    """The words of a list with commas between them."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def track(text: str) -> int | str:
    """A track's number where ``text`` is one, else its name."""
    return int(text) if text.isdecimal() else text


def read_options(args: argparse.Namespace) -> dict[str, Any] | None:
    """How files are to be read, or None where nothing was asked for."""
    values = {name: getattr(args, name, None) for name in ("track", "column")}
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
