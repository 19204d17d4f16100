"""The commands of the operations on the latent space, generated from their descriptions."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
from typing import Any

from genstudio.cli import _show
from genstudio.cli._history import add_history, keeping
from genstudio.cli._parser import add_model, add_options, add_part, add_track, decoding_of, options_of
from genstudio.cli._session import Session
from genstudio.config import DecodingOptions
from genstudio.latent.operations import OPERATIONS, WRITERS
from genstudio.latent.operations.base import Operation
from genstudio.latent.results import OneFile, OneOrSeveral, Result

__all__ = ["OperationCommand", "operation_commands"]

_OUT = {
    OneFile: ("F", "file to write; its suffix chooses the format"),
    OneOrSeveral: ("F", "file to write, or folder for several"),
    Result: ("DIR", "folder for what is written"),
}


class OperationCommand:
    """The command of an operation; see :class:`genstudio.cli._parser.Command`."""

    def __init__(self, operation: Operation[Any]) -> None:
        self.operation = operation
        self.HELP = operation.help
        self.__doc__ = operation.about

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        operation = self.operation
        for source in operation.sources:
            metavar = source.name.upper() if len(source.name) == 1 else "A"
            parser.add_argument(source.name, metavar=metavar, help=source.help, nargs="+" if source.many else None)
        add_model(parser)
        metavar, about = next(told for kind, told in _OUT.items() if isinstance(operation.result, kind))
        parser.add_argument("--out", required=True, metavar=metavar, help=about)
        add_options(parser, operation.options)
        if operation.part:
            add_part(parser, operation.part)
        drawn = dict.fromkeys(operation.decoding) if operation.drawn else {}
        add_options(parser, DecodingOptions, (*operation.decoding, *(["hold"] if operation.hold else [])), **drawn)
        if operation.sources:
            add_track(parser, all(item.metadata.get("flag") != "--parts" for item in dataclasses.fields(operation.options)))
        add_history(parser)

    def run(self, args: argparse.Namespace, session: Session) -> dict[str, Any]:
        operation = self.operation
        sources = [getattr(args, source.name) for source in operation.sources]
        named = {**options_of(args, operation.options), **decoding_of(args)}
        with session.stoppable("nothing will be written") if operation.slow else contextlib.nullcontext() as stop:
            return WRITERS[operation.function](
                args.model, *sources, out=args.out, keep=keeping(args, session), stop=stop, **named
            )

    def show(self, result: dict[str, Any], args: argparse.Namespace, session: Session) -> None:
        if "attributes" in result:
            _show.attributes(result, session)
        elif self.operation.result.key in result:
            _show.steps(result, session, self.operation.result.key)
        else:
            _show.one(result, session)


def operation_commands() -> dict[str, OperationCommand]:
    """A command for each operation, by name."""
    return {operation.name: OperationCommand(operation) for operation in OPERATIONS}
