"""The commands of the operations on the latent space, made from their descriptions."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
from collections.abc import Sequence
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import (
    add_column,
    add_decoding,
    add_hold,
    add_model,
    add_part,
    add_track,
    choice,
    number,
    piece_options,
    sizes,
    span,
    whole,
)
from genstudio.cli._session import Session
from genstudio.errors import ConfigError
from genstudio.latent.operations import OPERATIONS, WRITERS
from genstudio.latent.operations.base import Operation
from genstudio.latent.results import OneFile

__all__ = ["OperationCommand", "add_options", "operation_commands"]


class OperationCommand:
    """The command of an operation; see :class:`genstudio.cli._parser.Command`."""

    def __init__(self, operation: Operation[Any]) -> None:
        self.operation = operation
        self.HELP = operation.help
        self.__doc__ = operation.about
        self._own = dataclasses.fields(operation.options)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        operation = self.operation
        for source in operation.sources:
            metavar = source.name.upper() if len(source.name) == 1 else "A"
            parser.add_argument(source.name, metavar=metavar, help=source.help, nargs="+" if source.many else None)
        add_model(parser)
        if isinstance(operation.result, OneFile):
            parser.add_argument("--out", required=True, metavar="F", help="file to write; its suffix chooses the format")
        else:
            parser.add_argument("--out", required=True, metavar="DIR", help="folder for what is written")
        add_options(parser, operation.options)
        if operation.part == "column":
            add_column(parser)
        elif operation.part:
            add_part(parser, entire=operation.part == "whole")
        if operation.hold:
            add_hold(parser)
        add_decoding(parser, None if operation.drawn else 0.0, operation.decoding, operation.words)
        if operation.sources:
            add_track(parser)
        add_history(parser)

    def run(self, args: argparse.Namespace, session: Session) -> dict[str, Any]:
        operation = self.operation
        sources = [getattr(args, source.name) for source in operation.sources]
        own = {item.name: _value(item, getattr(args, item.name)) for item in self._own}
        with session.stoppable("nothing will be written") if operation.slow else contextlib.nullcontext() as stop:
            stopping = {"stop": stop} if operation.slow else {}
            return WRITERS[operation.function](
                args.model, *sources, out=args.out, keep=keeping(args, session), **own, **stopping, **piece_options(args)
            )

    def show(self, result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
        if "attributes" in result:
            _show.attributes(result, session)
        elif self.operation.result.key:
            _show.steps(result, session, self.operation.result.key)
        else:
            _show.one(result, session)


def operation_commands() -> dict[str, OperationCommand]:
    """A command for each operation, by name."""
    return {operation.name: OperationCommand(operation) for operation in OPERATIONS}


def add_options(parser: argparse.ArgumentParser, options: type[Any], names: Sequence[str] | None = None) -> None:
    """An option for each field of an operation's own options, or for those of the given names."""
    for item in dataclasses.fields(options):
        if names is None or item.name in names:
            flags = (item.metadata["flag"] or f"--{item.name.replace('_', '-')}").split("/")
            parser.add_argument(*flags, dest=item.name, **_argument(item))


def _argument(item: dataclasses.Field[Any]) -> dict[str, Any]:
    """Keyword arguments of ``add_argument`` for an option; its help is that of the field, with the default."""
    default, about = item.default, item.metadata
    words = about["help"][0].lower() + about["help"][1:].rstrip(".")
    found: dict[str, Any] = {"default": default, "help": words, **_kind(item)}
    if default not in (None, ()):
        found["help"] += f" (default {default if isinstance(default, str) else format(default, 'g')})"
    return found


def _kind(item: dataclasses.Field[Any]) -> dict[str, Any]:
    """How the words of an option become a value, by the type of the field."""
    about, kind = item.metadata, str(item.type)
    if kind.startswith("Mapping"):
        return {"type": _change, "metavar": "NAME=X", "action": "append", "required": True, "default": None}
    if kind.startswith("int | tuple"):
        return {"type": sizes, "metavar": "N"}
    if kind.startswith("tuple"):
        return {"type": span, "metavar": "A-B"}
    if kind.startswith("str"):
        return {"type": choice(*about["choices"]), "metavar": "|".join(about["choices"])}
    if kind.startswith("int"):
        return {"type": whole(about["low"], about["high"]), "metavar": "N"}
    return {"type": number(about["low"], about["high"], above=about["above"]), "metavar": "X"}


def _value(item: dataclasses.Field[Any], value: Any) -> Any:
    """The value of an option from what was parsed."""
    if not str(item.type).startswith("Mapping"):
        return value
    if len(dict(value)) < len(value):
        raise ConfigError("an attribute is set twice; give each once.")
    return dict(value)


def _change(text: str) -> tuple[str, float]:
    name, sign, amount = text.rpartition("=")
    try:
        if not sign or not name:
            raise ValueError
        return name.strip(), float(amount)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no change; expected NAME=X, such as density=+1.5") from None
