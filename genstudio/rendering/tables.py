"""Passages as plain text and as tables (UTF-8)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from genstudio.domains.text import Passage
from genstudio.files import write_text
from genstudio.provenance import Provenance
from genstudio.rendering.traces import COLUMN

__all__ = ["COLUMNS", "write_csv", "write_txt"]

COLUMNS = ("text", "source", "t", "model", "operation", "seed", "job", COLUMN)


def write_txt(passages: Sequence[Passage], path: Path) -> None:
    """One passage after the other, each with a newline at its end."""
    write_text(path, "".join(_clean(passage.text) + "\n" for passage in passages))


def write_csv(passages: Sequence[Passage], path: Path, provenances: Sequence[Provenance | None] = ()) -> None:
    """One row a passage under :data:`COLUMNS`; ``t`` is the place on an interpolation, 0 .. 1. What is not known is empty."""
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for index, passage in enumerate(passages):
        made = provenances[index] if index < len(provenances) else None
        row: list[object] = [_clean(passage.text), passage.source]
        if made is None:
            row += [""] * 6
        else:
            placed = made.index is not None and made.operation == "interpolate" and made.count > 1
            t = f"{(made.index or 0) / (made.count - 1):.6g}" if placed else ""
            row += [t, made.model, made.operation, made.seed, made.job, made.to_text()]
        table.writerow(row)
    write_text(path, out.getvalue())


def _clean(text: str) -> str:
    return "".join(char for char in text if char != "\0" and not "\ud800" <= char <= "\udfff")
