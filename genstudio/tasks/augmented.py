"""Write a table of labelled pieces with new ones, and the files of pieces that are no texts."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.domains import Domain
from genstudio.errors import FileError
from genstudio.files import write_text
from genstudio.tasks.labelled import Labelled, Table, placed, table_text, value_of

if TYPE_CHECKING:
    from genstudio.latent.augmenting import Made

__all__ = ["ADDED", "write_augmented"]

ADDED = ("source_row", "mate_row", "amount", "seed", "weight")
"""The columns that say of a new piece from which row of the table (from 1, without the names of columns) it was made, towards which
other row (empty where it was varied), how far, with which seed, and with which weight a classifier should learn from it."""

_NEW = "new"  # folder of the new pieces
_DIGITS = 3  # of a weight


def write_augmented(domain: Domain, made: Labelled, new: Sequence[Made], out: Path, weight: float) -> None:
    """Write the rows of a table and those of new pieces; whole or not at all.

    Args:
        domain: of the pieces.
        made: the table, as it was read.
        new: the new pieces.
        out: the file, or the folder where the pieces are no texts.
        weight: all new pieces of a class together count so many times as much as its own.

    Raises:
        FileError: it cannot be written.
    """
    before = Counter(one.label for one in made.examples)
    counts = Counter(one.label for one in new)
    added = _free(made)
    names = dict(zip(ADDED, added, strict=True))
    more = [
        {
            names["source_row"]: made.examples[one.source].row + 1,
            names["mate_row"]: "" if one.mate is None else made.examples[one.mate].row + 1,
            names["amount"]: one.amount,
            names["seed"]: one.seed,
            names["weight"]: round(weight * before[one.label] / counts[one.label], _DIGITS),
        }
        for one in new
    ]
    if made.kind == "text":
        rows = [_row(made, one, domain.text_of(one.piece)) for one in new]
        write_text(out, table_text(made.table, rows, added, more, out.suffix.lower()))
        return
    _write_folder(domain, made, new, out, added, more)


def _free(made: Labelled) -> list[str]:
    """The names of the added columns, with a number where the table has a column of that name."""
    taken, found = set(made.table.names.values()), []
    for name in ADDED:
        number, one = 2, name
        while one in taken:
            one, number = f"{name}_{number}", number + 1
        found.append(one)
    return found


def _row(made: Labelled, one: Made, content: str) -> dict[Any, Any]:
    """The row of a new piece. Its label is the very value of its source (a number stays one in JSON)."""
    row: dict[Any, Any] = {}
    placed(row, made.column, content)
    placed(row, made.label, value_of(made.table.rows[made.examples[one.source].row][1], made.label))
    return row


def _write_folder(
    domain: Domain, made: Labelled, new: Sequence[Made], out: Path, added: Sequence[str], more: Sequence[Mapping[str, Any]]
) -> None:
    """Write a folder with the table, the files of its pieces, and those of the new ones; whole or not at all."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name[:40]}-", dir=out.parent))
    except OSError as error:
        raise FileError("cannot write {path}: {reason}; choose another place.", path=out, reason=error.strerror or error) from error
    try:
        if made.kind == "own":
            made = _as_files(domain, made, folder)
        else:
            _copy(made, folder)
        first = {Path(str(value_of(values, made.column))).parts[:1] for _, values in made.table.rows}
        place = next(name for name in (_NEW, *(f"{_NEW}-{number}" for number in range(2, 10_000))) if (name,) not in first)
        rows = []
        for number, one in enumerate(new, start=1):
            label = re.sub(r"[^0-9A-Za-z]+", "-", one.label).strip("-")[:40] or "piece"
            name = f"{place}/{label}-{number:05d}{domain.output_suffix}"
            (folder / name).parent.mkdir(exist_ok=True)
            domain.write(one.piece, folder / name)
            rows.append(_row(made, one, name))
        suffix = made.table.path.suffix.lower()
        write_text(folder / f"table{suffix}", table_text(made.table, rows, added, more, suffix))
        os.chmod(folder, 0o755)
        if out.is_dir():
            out.rmdir()
        os.replace(folder, out)
    except OSError as error:
        raise FileError(
            "cannot write {path}: {reason}; free some space or choose another place.", path=out, reason=error.strerror or error
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(made: Labelled, folder: Path) -> None:
    """Copy the files that a table names, where their names are relative to it."""
    for _, values in made.table.rows:
        name = str(value_of(values, made.column)).strip()
        source = made.table.path.parent / name
        if name and not Path(name).is_absolute() and source.is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, folder / name)


def _as_files(domain: Domain, made: Labelled, folder: Path) -> Labelled:
    """The pieces that a domain read of a table, each as a file, and a table of these files."""
    (folder / "pieces").mkdir()
    rows: list[tuple[int, dict[Any, Any]]] = []
    for number, one in enumerate(made.examples, start=1):
        name = f"pieces/{number:05d}{domain.output_suffix}"
        domain.write(one.piece, folder / name)
        rows.append((number, {0: name, 1: one.label, 2: one.piece.source}))
    label = made.table.names.get(made.label, str(made.label))
    table = Table(made.table.path.with_suffix(".csv"), {0: "file", 1: label, 2: "source"}, rows, True, ",")
    examples = [one._replace(row=number) for number, one in enumerate(made.examples)]
    return Labelled(table, 0, 1, examples, "files")
