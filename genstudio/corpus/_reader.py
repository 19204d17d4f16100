"""A reading process, which gets the paths of files on standard input and writes their contents to standard output.

Both are lines of JSON. The first line of the input configures the process::

    {"domain": name, "folders": [...], "length": n, "stride": n, "shortest": n, "most": n, "read": {...}}

After that each ``{"path": p}`` is answered with any number of ``{"pieces": [[title, source, [symbols ...], fingerprint,
[fragments ...], reason, [[column, value] ...]], ...]}`` and one ``{"done": p, "refused": [[path, reason], ...], "remarks":
[...]}``; a ``{"fault": text}`` before it is for the log. The process ends when its input ends, and so with the program that started
it.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from genstudio import domains
from genstudio.domains import Domain, get_domain, read_file
from genstudio.errors import InputError

__all__ = ["answers", "main"]

log = logging.getLogger(__name__)

_AT_ONCE = 500  # pieces per line; each line also shows that the process is alive


def answers(domain: Domain, job: Mapping[str, Any], path: str) -> Iterator[dict[str, Any]]:
    """Read a file. Problems with the file are part of the answers and never raised.

    Args:
        domain: the domain whose reader is used.
        job: how pieces are cut, as in the first line described above.
        path: the path of the file.

    Yields:
        The answers described above.
    """
    try:
        result = read_file(domain, path, **job["read"])
    except InputError as error:
        yield {"done": path, "refused": [[path, _without(str(error), path)]], "remarks": []}
        return
    refused = [[refusal.path, refusal.reason] for refusal in result.refused]
    if not result.pieces and not refused:
        refused.append([path, "nothing was found in it"])
    for start in range(0, len(result.pieces), _AT_ONCE):
        yield {"pieces": [_piece(domain, job, piece, path) for piece in result.pieces[start : start + _AT_ONCE]]}
    yield {"done": path, "refused": refused, "remarks": [_without(str(remark), path) for remark in result.remarks]}


def _piece(domain: Domain, job: Mapping[str, Any], piece: Any, path: str) -> list[Any]:
    title, source = piece.title, piece.source or path
    try:
        if job.get("most") and (units := domain.units(piece)) > job["most"]:
            reason = f"it has {units} {domain.unit}s, and pieces of at most {job['most']} are wanted"
            return [title, source, [], "", [], reason]
        cut = job["length"], job["stride"], job["shortest"]
        symbols = [text for text in domain.phrase_symbols(piece, *cut) if text]
        if not symbols:
            return [title, source, [], "", [], domain.why_no_phrase(piece, job["length"], job["shortest"])]
        return [
            title,
            source,
            symbols,
            domain.fingerprint(piece),
            sorted(domain.fragments(piece)),
            "",
            [list(pair) for pair in piece.labels],
        ]
    except Exception as error:  # one piece must not stop the import of all others
        log.error("an error of the program: %s was read and cannot be used", source, exc_info=True)
        return [title, source, [], "", [], f"it cannot be used, by a fault of the program ({type(error).__name__}: {error})"]


def _without(text: str, path: str) -> str:
    """A message without the path at its beginning, which the report gives already."""
    return text.removeprefix(f"{path}: ")


class _Kept(logging.Handler):
    """A log handler that passes errors to the program that started this one."""

    def __init__(self, send: Callable[[Mapping[str, Any]], None]) -> None:
        super().__init__(logging.ERROR)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        self._send({"fault": self.format(record)})


def main() -> int:
    """Read files until the input ends. Returns the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    lines = os.fdopen(os.dup(0), encoding="ascii")
    out = os.fdopen(os.dup(1), "w", encoding="ascii", newline="\n")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # output of libraries must not be mixed with the answers
        os.dup2(null, stream)

    def send(value: Mapping[str, Any]) -> None:
        out.write(json.dumps(value) + "\n")
        out.flush()

    try:
        job = json.loads(next(lines))
        domains.__path__[:] = job["folders"]
        domain = get_domain(job["domain"])
    except Exception as error:
        send({"failed": f"{type(error).__name__}: {error}"})
        return 1
    send({"ready": True})
    kept = _Kept(send)
    logging.getLogger("genstudio").addHandler(kept)
    for line in lines:
        for answer in answers(domain, job, json.loads(line)["path"]):
            send(answer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
