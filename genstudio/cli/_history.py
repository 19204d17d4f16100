"""Record the results of commands in the library, so that they can be found and made again.

A command that makes pieces adds its option with :func:`add_history` and passes ``keep=keeping(args, session)`` to the function that
makes them. If the command succeeds, ``main`` calls :func:`remember`. A failure of the library becomes a remark, and never makes a
command fail.
"""

from __future__ import annotations

import argparse
import os
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from genstudio.cli._session import Session
from genstudio.errors import Message

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["add_history", "keeping", "remember"]


def add_history(parser: argparse.ArgumentParser) -> None:
    """Add ``--no-history``."""
    parser.add_argument(
        "--no-history", action="store_true", help="do not record the results in the library (GENSTUDIO_NO_HISTORY=1: never record)"
    )


def keeping(args: argparse.Namespace, session: Session) -> Callable[[Job, Any], None] | None:
    """The callback that takes a job and its pieces; None where they should not be recorded."""
    if args.no_history or os.environ.get("GENSTUDIO_NO_HISTORY", "0") not in ("", "0") or not session.speaks:
        return None
    return lambda job, pieces: session.made.append((job, pieces))


def remember(result: dict[str, Any], session: Session) -> None:
    """Record the pieces of a command; adds ``history`` (jobs and numbers of pieces) or a remark to its result."""
    if not session.made:
        return
    remarks = list(result.get("remarks") or ())
    kept: list[dict[str, Any]] = []
    numbers: list[int] = []
    try:
        from genstudio.library import Library

        with Library() as library:
            try:
                for job, pieces in session.made:
                    made = library.record(job, pieces, pieces.domain, _paths(result, len(pieces)))
                    kept.append({"job": job.id, "pieces": made})
                    numbers += made
            finally:
                remarks += library.remarks
    except Exception as error:  # a failure of the library must not lose the result
        if session.debug:
            session.note(traceback.format_exc().rstrip())
        remarks.append(Message("this was not recorded in the library: {reason}", reason=error))
    finally:
        session.made.clear()
    if numbers:
        result["history"] = kept
        if not session.json:
            many = f"pieces {numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else f"piece {numbers[0]}"
            session.note(f"in the library: {many}")
    result["remarks"] = remarks


def _paths(result: Mapping[str, Any], count: int) -> Sequence[str | None]:
    """The files of the pieces of a job, from the result of the command."""
    for value in result.values():
        if isinstance(value, list) and len(value) == count and all(isinstance(one, Mapping) and "path" in one for one in value):
            return [str(one["path"]) for one in value]
    if count == 1 and "path" in result:
        return [str(result["path"])]
    return [None] * count
