"""Arguments that several commands share, and a parser that reports a wrong call in one line."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Collection, Sequence
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
    "add_corpus",
    "add_model",
    "add_options",
    "add_part",
    "add_track",
    "choice",
    "command_line",
    "decoding_of",
    "number",
    "options_of",
    "read_options",
    "setting",
    "sizes",
    "span",
    "track",
    "whole",
    "words",
]


class Command(Protocol):
    """The interface of a command, which the modules of this folder have."""

    HELP: str
    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace, session: Session) -> dict[str, Any]: ...

    def show(self, result: dict[str, Any], args: argparse.Namespace, session: Session) -> None: ...


class _Formatter(argparse.HelpFormatter):
    """A formatter with room for the longest name of a command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


class Parser(argparse.ArgumentParser):
    """An argument parser that raises :class:`~genstudio.errors.ConfigError` with one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False, formatter_class=_Formatter)

    def error(self, message: str) -> NoReturn:
        raise ConfigError(f"{message.rstrip('.')}; see '{self.prog} --help'.")

    def check_options(self, arguments: Sequence[str]) -> None:
        """Check the names of options, before argparse reports arguments as missing because of an unknown one.

        Raises:
            ConfigError: an option is unknown; the message names the nearest known one.
        """
        known = [name for name in self._option_string_actions if name.startswith("--")]
        for word in arguments:
            if word == "--":
                return
            name = word.partition("=")[0]
            if name.startswith("--") and name not in known:
                raise ConfigError(f"'{self.prog}' has no option {name}; {did_you_mean(name, known)}")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command has."""
    group = parser.add_argument_group("common options")
    group.add_argument(
        "--seed", type=setting("seed", DecodingOptions), default=0, metavar="N", help="seed of all random numbers (default 0)"
    )
    group.add_argument("--json", action="store_true", help="print one JSON object on standard output and nothing else there")
    group.add_argument("--debug", action="store_true", help="show the traceback of an error")


def add_corpus(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Add ``--corpus``."""
    parser.add_argument("--corpus", required=required, metavar="DIR", help="a folder that 'genstudio corpus' made")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add ``--model``."""
    parser.add_argument(
        "--model", required=True, metavar="M", help="name of an installed model ('genstudio models' lists them), or its folder"
    )


def add_options(
    parser: argparse._ActionsContainer, options: type[Any], names: Collection[str] | None = None, **defaults: Any
) -> None:
    """Add an option for each field of an options dataclass that has a help text.

    Args:
        names: the fields; None: all but ``seed``.
        defaults: defaults that differ from those of the fields.
    """
    for item in dataclasses.fields(options):
        if item.metadata and (item.name in names if names is not None else item.name != "seed"):
            flags = (item.metadata["flag"] or f"--{item.name.replace('_', '-')}").split("/")
            parser.add_argument(*flags, dest=item.name, **_argument(item, defaults.get(item.name, item.default)))


def options_of(args: argparse.Namespace, options: type[Any]) -> dict[str, Any]:
    """The parsed values for the fields of an options dataclass, by name.

    Raises:
        ConfigError: a name is given twice in an option of names and values.
    """
    fields = [item for item in dataclasses.fields(options) if item.metadata and hasattr(args, item.name)]
    return {item.name: _value(item, getattr(args, item.name)) for item in fields}


def _value(item: dataclasses.Field[Any], value: Any) -> Any:
    if not str(item.type).startswith("Mapping"):
        return value
    names = [name for name, _ in value]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ConfigError(f"{item.metadata['flag']} gives {twice} twice; give each name once.")
    return dict(value)


def _argument(item: dataclasses.Field[Any], default: Any) -> dict[str, Any]:
    """The keyword arguments of ``add_argument`` for a field, with its help text and default.

    With ``argparse.SUPPRESS`` as ``default`` nothing is parsed for a missing option, and the help shows the default of the field.
    """
    text = str(item.metadata["help"])
    found = {"default": default, "help": text[0].lower() + text[1:].rstrip("."), **_kind(item)}
    default = item.default if default == argparse.SUPPRESS else default
    if default is None and isinstance(item.default, float):
        found["help"] += " (default: as the model says)"
    elif (isinstance(default, str) and default) or (isinstance(default, (int, float)) and not isinstance(default, bool)):
        found["help"] += f" (default {default if isinstance(default, str) else format(default, 'g')})"
    return found


def _kind(item: dataclasses.Field[Any]) -> dict[str, Any]:
    """The keyword arguments that convert the words of an option to the type of the field."""
    about, kind = item.metadata, str(item.type)
    if kind == "bool":
        return {"action": "store_true"}
    if kind.startswith("Mapping[str, Sequence"):
        return {"type": _variant, "metavar": "NAME:SET,SET", "action": "append", "default": []}
    if kind.startswith("Mapping"):
        return {"type": _change, "metavar": "NAME=X", "action": "append", "required": True, "default": None}
    if kind.startswith("int | tuple"):
        return {"type": sizes, "metavar": "N"}
    if kind.startswith("tuple[int"):
        return {"type": span, "metavar": "A-B"}
    if kind.startswith("Sequence"):
        return {"action": "append", "default": [], "metavar": about["unit"] or "NAME"}
    if kind.startswith("tuple[str"):
        return {"type": words, "metavar": about["unit"] or "A,B"}
    if kind.startswith("str"):
        choices = about["choices"]
        return {"type": choice(*choices), "metavar": "|".join(choices)} if choices else {"metavar": about["unit"] or "NAME"}
    if kind.startswith("int"):
        return {"type": whole(about["low"], about["high"]), "metavar": "N"}
    return {"type": number(about["low"], about["high"], above=about["above"]), "metavar": "X"}


def _change(text: str) -> tuple[str, float]:
    name, sign, amount = text.rpartition("=")
    try:
        if not sign or not name:
            raise ValueError
        return name.strip(), float(amount)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no change; expected NAME=X, such as density=+1.5") from None


def _variant(text: str) -> tuple[str, list[str]]:
    name, colon, rest = text.partition(":")
    settings = list(words(rest))
    if not colon or not name.strip() or not all("=" in setting for setting in settings):
        raise argparse.ArgumentTypeError(f"expected NAME:SETTING=VALUE,SETTING=VALUE, not {text!r}")
    return name.strip(), settings


def add_part(parser: argparse.ArgumentParser, part: str = "phrase") -> None:
    """Add the options that choose a part of a source: a column of a table, a phrase or bars of a longer song, or the whole song.

    Args:
        part: "column", "phrase" or "whole"; each includes the options of those before it.
    """
    add_column(parser)
    parser.add_argument(
        "--label", action="append", metavar="NAME",
        help="column of labels in a table of numbers, each row of which is a time series; may be given several times",
    )  # fmt: skip
    if part != "column":
        names = ("phrase", "bars", *(["whole"] if part == "whole" else []))
        add_options(parser.add_mutually_exclusive_group(), DecodingOptions, names)


def command_line(name: str, args: argparse.Namespace, positional: Sequence[str], options: type[Any]) -> list[str]:
    """The words of a command line with ``--corpus``, ``--out``, and the options that differ from their defaults.

    Args:
        name: the name of the command.
        positional: its positional arguments.
        options: the options dataclass of the command.
    """
    found = ["genstudio", name, *positional]
    for flag in ("corpus", "out", "events"):
        found += [f"--{flag}", str(getattr(args, flag))] if getattr(args, flag, None) is not None else []
    for item in dataclasses.fields(options):
        value = getattr(args, item.name)
        if item.metadata and value not in (item.default, [], ()) and item.name != "resume":
            flag = (item.metadata["flag"] or f"--{item.name.replace('_', '-')}").split("/")[-1]
            values = value if isinstance(value, list) else [value]
            found += [word for one in values for word in ([flag] if one is True else [flag, _typed(one)])]
    return found


def _typed(value: Any) -> str:
    """A value as it is typed on the command line."""
    if isinstance(value, tuple) and isinstance(value[-1], list):
        return f"{value[0]}:{','.join(value[1])}"
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def decoding_of(args: argparse.Namespace) -> dict[str, Any]:
    """The given options of decoding and of the part of a source, by name; others are left to the operation."""
    found: dict[str, Any] = {"read": read_options(args)} if hasattr(args, "column") else {}
    for item in dataclasses.fields(DecodingOptions):
        value = getattr(args, item.name, None)
        if value is not None and value != () and value is not False:
            found[item.name] = value
    return found


def span(text: str) -> tuple[int, int]:
    """Parse ``9-16``, or ``9`` alone, as the first and the last bar."""
    first, dash, last = text.partition("-")
    try:
        found = int(first), int(last if dash else first)
    except ValueError:
        found = 0, 0
    if not 1 <= found[0] <= found[1]:
        raise argparse.ArgumentTypeError(f"{text!r} is not a range of bars; give the first and the last, such as 9-16")
    return found


def sizes(text: str) -> int | tuple[int, int]:
    """Parse ``5``, or ``3x7`` as rows and columns."""
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
    """Parse ``a,b`` as a and b."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def add_column(parser: argparse.ArgumentParser) -> None:
    """Add ``--column``, ``--separator``, ``--encoding``, ``--time``, ``--every`` and ``--season``: how tables are read."""
    parser.add_argument(
        "--column", metavar="NAME",
        help="column of a .csv or .tsv file, or field of a .jsonl file (data.text: a field within another), that holds the text "
        "or the numbers",
    )  # fmt: skip
    parser.add_argument(
        "--separator", type=separator, metavar="C",
        help="character that separates the cells of a .csv or .tsv file (comma, semicolon, tab or bar: by name; default: found)",
    )  # fmt: skip
    parser.add_argument("--encoding", metavar="NAME", help="encoding of text files, such as utf-8 (default: found)")
    parser.add_argument("--time", metavar="NAME", help="column of a table of numbers that holds the times (default: found)")
    parser.add_argument(
        "--every", metavar="STEP", help="step of a time series, such as day or '15 minutes', of each of which the mean is taken"
    )
    parser.add_argument(
        "--season", type=whole(0, 26), metavar="N", help="steps of the season of a time series, 0 for none (default: by its times)"
    )


def separator(text: str) -> str:
    """Parse a separator, given as a character or by its name."""
    named = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "\\t": "\t"}
    found = named.get(text.strip().lower(), text)
    if len(found) != 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not one character, nor comma, semicolon, tab or bar")
    return found


def add_track(parser: argparse.ArgumentParser, parts: bool = True) -> None:
    """Add ``--track``, ``--chords``, ``--metre``, ``--key``, ``--no-grid`` and perhaps ``--parts``: how music is read."""
    parser.add_argument(
        "--track", type=track, metavar="T", help="track of a MIDI file that holds the melody, by name or by number from 1"
    )
    if parts:
        parser.add_argument("--parts", metavar="P,P", help="parts of a score to take, by number from 1, name or role (melody,bass)")
    parser.add_argument("--chords", action="store_true", help="recognise the chord symbols of a score whose file has none")
    parser.add_argument("--metre", metavar="N/D", help="metre of a file that says another, or none")
    parser.add_argument("--key", metavar="KEY", help="key of a file that says another, or none, such as 'D minor'")
    parser.add_argument("--no-grid", action="store_true", help="keep the times of MIDI notes as they are played")


def track(text: str) -> int | str:
    """Parse the number or the name of a track."""
    return int(text) if text.isdecimal() else text


def read_options(args: argparse.Namespace) -> dict[str, Any] | None:
    """The given options of reading files, or None where there are none."""
    names = ("track", "parts", "metre", "key", "column", "label", "separator", "encoding", "time", "every", "season")
    values: dict[str, Any] = {name: getattr(args, name, None) for name in names}
    values["grid"] = False if getattr(args, "no_grid", False) else None
    values["chords"] = True if getattr(args, "chords", False) else None
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
