"""Write passages as plain text and as tables (UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from genstudio.files import write_text
from genstudio.rendering.formats.base import Choice, Format, NoOptions, Request, Trace

__all__ = ["CSV", "TXT"]

_PROVENANCE = "provenance"  # a column of earlier versions
_COLUMNS = ("text", "source", "t", "model", "operation", "seed", "job")
_HEAD = 8_000_000  # bytes of a table: the first piece is on its first lines
_LONGEST = 4_000_000  # bytes of a cell


def _write_txt(request: Request[NoOptions]) -> list[str]:
    """Write one passage after the other, each with a newline at its end."""
    write_text(request.path, "".join(_clean(passage.text) + "\n" for passage in request.pieces))
    return []


def _write_csv(request: Request[NoOptions]) -> list[str]:
    """Write one row for each passage; ``t`` is the position on an interpolation, 0 .. 1. Unknown values are empty. What is only for
    machines, the code that a passage was decoded from, stays in the library, where ``job`` names it."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(_COLUMNS)
    for index, passage in enumerate(request.pieces):
        made = request.traces[index] if index < len(request.traces) else None
        row: list[object] = [_clean(passage.text), passage.source]
        if made is None:
            row += [""] * 5
        else:
            placed = made.index is not None and made.operation == "interpolate" and made.count > 1
            t = f"{(made.index or 0) / (made.count - 1):.6g}" if placed else ""
            row += [t, made.model, made.operation, made.seed, made.job]
        table.writerow(row)
    write_text(request.path, out.getvalue())
    return []


def _clean(text: str) -> str:
    return "".join(char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff")


def _read(file: BinaryIO) -> Iterator[str]:
    text = file.read(_HEAD).decode("utf-8-sig", "replace")
    before = csv.field_size_limit(_LONGEST)
    try:
        for row in csv.DictReader(io.StringIO(text, newline="")):
            if row.get(_PROVENANCE):
                yield row[_PROVENANCE]
    finally:
        csv.field_size_limit(before)


TXT = Format(
    name="txt",
    label="plain text",
    suffixes=(".txt",),
    kind="text",
    options=NoOptions,
    write=_write_txt,
    choices=(Choice("txt", "text", "Plain text", "The sentences, a line each.", joined=True),),
)
CSV = Format(
    name="csv",
    label="table (CSV)",
    suffixes=(".csv",),
    kind="text",
    options=NoOptions,
    write=_write_csv,
    choices=(Choice("csv", "text", "Table, CSV", "A row for each: model, seed, how it was made.", joined=True),),
    traces=(Trace(_read, suffixes=(".csv", ".tsv")),),
)
