"""Augment a table of labelled pieces: new pieces for the classes that have few, and a report on whether they help a classifier.

What is decoded is kept beside the result until that is written, so that a stopped call goes on where it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio.config import DecodingOptions, field, like
from genstudio.domains import Domain
from genstudio.errors import ConfigError, FileError, InputError, Message, Stopped
from genstudio.files import write_text
from genstudio.latent import Model, load
from genstudio.progress import Monitor, Progress
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.labelled import SUFFIXES, Labelled, placed, read_labelled, table_text, value_of

if TYPE_CHECKING:
    from genstudio.latent.augmenting import Made

__all__ = ["ADDED", "Options", "augment", "measured"]

ADDED = ("source_row", "mate_row", "amount", "seed", "weight")
"""The columns that say of a new piece from which row of the table (from 1, without the names of columns) it was made, towards which
other row (empty where it was varied), how far, with which seed, and with which weight a classifier should learn from it."""

_WAYS = ("both", "vary", "between")
_LARGEST = 1_000_000  # pieces that a class may get
_NEW = "new"  # folder of the new pieces
_REST = 3  # digits of a weight


@dataclass(frozen=True)
class Options:
    """How many new pieces each class gets, how they are made, and what is reported."""

    per_class: int | None = field(
        None, "Pieces of a class", "Make new pieces of every class that has fewer than N (default: as many as the largest class has).",
        low=1, high=_LARGEST, flag="--per-class",
    )  # fmt: skip
    way: str = field(
        _WAYS[0], "Way", "Vary pieces, make pieces between two of the same class, or both in turn.", choices=_WAYS,
    )  # fmt: skip
    amount: float = field(
        0.3, "How far", "How far pieces are varied at most: 0 is the piece as the model keeps it, 1 as far as any other piece.",
        low=0.0, high=1.0,
    )  # fmt: skip
    apart: float = field(
        0.1, "Apart", "Leave out what differs from another piece in no more than this share of its words or notes.", low=0.0, high=1.0
    )
    doubtful: bool = field(False, "Doubtful", "Keep new pieces that look more like those of another class.")
    weight: float = field(
        0.3, "Weight", "All new pieces of a class together count so many times as much as its own, in the column of weights.",
        low=0.0, high=100.0, above=True,
    )  # fmt: skip
    measure: bool = field(
        False, "Report", "Train a small classifier with and without new pieces, and say whether they helped.", flag="--report"
    )
    splits: int = field(5, "Splits", "Random splits of the report, each with new pieces of its own.", low=1, high=1000)
    held_out: float = field(0.3, "Held out", "Share of the pieces that the report holds out.", low=0.01, high=0.9)
    seed: int = like(DecodingOptions, "seed")


@task(Options)
def augment(
    model: PathLike, table: PathLike, label: str, out: PathLike, *, read: Mapping[str, Any] | None = None,
    options: Options, monitor: Monitor,
) -> dict[str, Any]:  # fmt: skip
    """Make new pieces of the classes of a table that have few; see :mod:`genstudio.latent.augmenting` for how and what is left out.

    The rows of the table come first, with all their columns. New rows have a text (or a file) and a label, and in the columns
    :data:`ADDED` where they come from; the other columns are empty. A call that was stopped goes on when it is made again.

    Args:
        model: the name or folder of a model.
        table: a CSV, TSV or JSONL file: texts in a column, or the names of files (relative to the table) in one.
        label: name or number (from 0) of the column with the classes.
        out: the table that is written; where pieces are no texts, the folder: a table, its files, and the new ones.
        read: how the table and its files are read: the ``column`` of the texts or files, the track of MIDI files.

    Returns:
        ``model``, ``table``, ``out``, ``pieces`` (those with a label), ``new`` (how many were made), ``classes`` (for each its
        ``label``, the number ``before``, ``wanted`` and ``after``), ``remarks``, and with ``measure`` a ``report``: see
        :func:`genstudio.evaluation.classes.compared`, with a ``sentence``.

    Raises:
        ConfigError: scikit-learn, which the report needs, is missing.
        FileError, InputError, ModelError: something cannot be used or written.
    """
    from genstudio.latent.augmenting import augmented

    loaded, source, place = load(model), Path(table), Path(out)
    loaded.need_codes()
    _check_out(loaded.domain, source, place)
    if options.measure:
        from genstudio.evaluation.classes import need_sklearn

        need_sklearn()
    made = read_labelled(loaded.domain, source, label, {name: value for name, value in (read or {}).items() if name != "label"})
    pieces, labels = [one.piece for one in made.examples], [one.label for one in made.examples]
    before = Counter(labels)
    target = max(before.values()) if options.per_class is None else options.per_class
    wanted = {name: target - count for name, count in sorted(before.items()) if count < target}
    how = {"way": options.way, "amount": options.amount, "apart": options.apart, "agree": not options.doubtful}
    log = _Log(place, _conditions(loaded, source, label, read, options))
    try:
        new, remarks = augmented(
            loaded, pieces, labels, wanted, **how, seed=options.seed, decode=log.through(loaded.domain), monitor=monitor
        )
        result: dict[str, Any] = {
            "model": loaded.name,
            "table": os.fspath(table),
            "out": os.fspath(out),
            "pieces": len(pieces),
            "new": len(new),
            "classes": [
                {"label": name, "before": count, "wanted": max(target, count), "after": count + sum(one.label == name for one in new)}
                for name, count in sorted(before.items())
            ],
            "remarks": [*made.remarks, *remarks],
        }
        result["remarks"] += _short(result["classes"])
        if options.measure:
            result["report"] = _report(loaded, pieces, labels, target, how, options, log, monitor)
    except Stopped:
        log.close()
        raise Stopped("stopped; the same call goes on where it was.") from None
    finally:
        log.close()
    monitor.check()
    _write(loaded.domain, made, new, place, before, options.weight)
    log.remove()
    return result


def _check_out(domain: Domain, source: Path, place: Path) -> None:
    """Refuse a place that cannot be written, before hours of work."""
    if domain.is_text:
        if place.suffix.lower() not in SUFFIXES:
            raise FileError(
                "cannot write the table as {path}; expected a name that ends in {suffixes}.", path=place, suffixes=", ".join(SUFFIXES)
            )
        if place.exists() and source.exists() and place.samefile(source):
            raise FileError("{path} is the table itself, which stays as it is; choose another name for the result.", path=place)
        if place.is_dir():
            raise FileError("{path} is a folder; expected the name of a table.", path=place)
    elif place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise FileError("{folder} is there already and not empty; {label} are written into a new folder.", folder=place, label=domain.label)


def _short(classes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Remarks on the classes that did not get what was wanted."""
    return [
        Message(
            "{label}: {after} pieces, not {wanted}: no more were found that are new and look like their class",
            label=one["label"], after=one["after"], wanted=one["wanted"],
        )
        for one in classes
        if one["after"] < one["wanted"]
    ]  # fmt: skip


# -- going on after a stop


def _conditions(model: Model, source: Path, label: str, read: Mapping[str, Any] | None, options: Options) -> str:
    """What the decoded pieces depend on, as a digest."""
    decided = {**dataclasses.asdict(options), "weight": 0}
    try:
        table = hashlib.sha256(source.read_bytes()).hexdigest()
    except OSError as error:
        raise FileError("cannot read {path}: {reason}.", path=source, reason=error.strerror or error) from error
    about = json.dumps([1, model.digest, table, label, sorted((read or {}).items()), decided], default=str)
    return hashlib.sha256(about.encode("utf-8")).hexdigest()


class _Log:
    """The symbols of all pieces that were decoded, batch after batch, in a file beside the result.

    Args:
        out: the result.
        conditions: a digest; a file of other conditions is begun anew.
    """

    def __init__(self, out: Path, conditions: str) -> None:
        self._path = out.with_name(f".{out.name}.unfinished")
        self._known: list[list[str]] = []
        self._at = 0
        end = 0
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            data = self._path.read_bytes() if self._path.is_file() else b""
            head = (json.dumps(conditions) + "\n").encode()
            if data.startswith(head):
                for line in data[len(head) :].splitlines(keepends=True):
                    try:
                        batch = json.loads(line) if line.endswith(b"\n") else None
                    except ValueError:
                        batch = None
                    if not isinstance(batch, list) or not all(isinstance(one, str) for one in batch):
                        break  # the last one, which was being written
                    self._known.append(batch)
                    end += len(line)
                end += len(head)
            self._file = open(self._path, "r+b" if end else "wb")  # noqa: SIM115 (closed by `close`)
            if end:
                self._file.truncate(end)
                self._file.seek(end)
            else:
                self._file.write(head)
        except OSError as error:
            raise FileError(
                "cannot write {path}: {reason}; choose another place.", path=self._path, reason=error.strerror or error
            ) from error

    def through(self, domain: Domain) -> Callable[[Callable[[], list[Any]]], list[Any]]:
        """A function that gives the pieces of the next batch: as the file has them, else as the function that it is given makes
        them."""

        def decode(make: Callable[[], list[Any]]) -> list[Any]:
            if self._at < len(self._known):
                symbols = self._known[self._at]
            else:
                symbols = [domain.to_symbols(piece) for piece in make()]
                self._file.write((json.dumps(symbols) + "\n").encode())
                self._file.flush()
            self._at += 1
            return [domain.from_symbols(one) for one in symbols]

        return decode

    def close(self) -> None:
        """Close the file; it stays for the next call."""
        self._file.close()

    def remove(self) -> None:
        """Remove the file."""
        self._path.unlink(missing_ok=True)


# -- the report


def _report(
    model: Model, pieces: Sequence[Any], labels: Sequence[str], target: int, how: Mapping[str, Any], options: Options, log: _Log,
    monitor: Monitor,
) -> dict[str, Any]:  # fmt: skip
    from genstudio.evaluation.classes import compared, splits

    # Equal pieces would stand on both sides of a split.
    seen: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        seen.setdefault(model.domain.fingerprint(piece), at)
    rows = sorted(seen.values())
    counts = Counter(labels[row] for row in rows)
    few = [name for name, count in sorted(counts.items()) if count < 2]
    if len(counts) < 2 or few:
        raise InputError(
            "the report needs two or more classes of at least 2 different pieces; there are {count}, and of {label!r} there is 1.",
            count=len(counts), label=(few or list(counts))[0],
        )  # fmt: skip
    own, named = [pieces[row] for row in rows], [labels[row] for row in rows]
    share = 1.0 - options.held_out
    without, with_new = [], []
    done = monitor.counter("reporting", options.splits, Message("splits"))
    for number, (learn, test) in enumerate(splits(named, options.splits, options.held_out, options.seed)):
        done(number)
        one = measured(
            model, [own[at] for at in learn], [named[at] for at in learn], [own[at] for at in test], [named[at] for at in test],
            per_class=max(1, round(target * share)), weight=options.weight, **how, seed=options.seed + number + 1,
            decode=log.through(model.domain), monitor=Monitor(stop=monitor.stop),
        )  # fmt: skip
        without.append(one["without"])
        with_new.append(one["with"])
    done(options.splits)
    found = compared(without, with_new, options.held_out / share)
    return {**found, "pieces": len(rows), "held_out": options.held_out, "sentence": _sentence(found)}


def measured(
    model: Model, pieces: Sequence[Any], labels: Sequence[str], held_out: Sequence[Any], held_out_labels: Sequence[str], *,
    per_class: int, weight: float = 0.3, **how: Any,
) -> dict[str, Any]:  # fmt: skip
    """Train the classifier of the report with and without new pieces, which are made from ``pieces`` alone.

    Args:
        model: makes the new pieces.
        pieces: those to learn from.
        labels: of each.
        held_out: those that the classifiers are asked about.
        held_out_labels: of each.
        per_class: new pieces are made until each class has so many.
        weight: all new pieces of a class together count so many times as much as its own.
        how: see :func:`genstudio.latent.augmenting.augmented`.

    Returns:
        ``without`` and ``with``, the macro F1 in percent, and ``new``, how many were made.
    """
    from genstudio.evaluation.classes import Classifier
    from genstudio.latent.augmenting import augmented

    wanted = {name: per_class - count for name, count in sorted(Counter(labels).items()) if count < per_class}
    new, _ = augmented(model, pieces, labels, wanted, **how)
    before = Classifier(model.domain, pieces, labels)
    after = Classifier(
        model.domain, [*pieces, *(one.piece for one in new)], [*labels, *(one.label for one in new)], len(new), weight
    )
    return {
        "without": before.macro_f1(held_out, held_out_labels),
        "with": after.macro_f1(held_out, held_out_labels),
        "new": len(new),
    }


def _sentence(found: Mapping[str, Any]) -> str:
    """In one sentence whether new pieces helped."""
    templates = {
        "helped": "The new pieces helped: macro F1 {after:.1f} instead of {before:.1f} ({mean:+.1f} ± {spread:.1f} points over {splits} splits).",
        "harmed": "The new pieces harmed: macro F1 {after:.1f} instead of {before:.1f} ({mean:+.1f} ± {spread:.1f} points over {splits} splits).",
        "nothing": (
            "The new pieces did nothing that is more than chance: macro F1 {after:.1f} instead of {before:.1f} "
            "({mean:+.1f} ± {spread:.1f} points over {splits} splits)."
        ),
    }
    return Message(
        templates[found["verdict"]],
        before=found["without"]["mean"], after=found["with"]["mean"], mean=found["difference"]["mean"],
        spread=found["difference"]["spread"], splits=found["splits"],
    )  # fmt: skip


# -- writing


def _write(domain: Domain, made: Labelled, new: Sequence[Made], out: Path, before: Mapping[str, int], weight: float) -> None:
    counts = Counter(one.label for one in new)
    added = _free(made)
    names = dict(zip(ADDED, added, strict=True))
    more = [
        {
            names["source_row"]: made.examples[one.source].row + 1,
            names["mate_row"]: "" if one.mate is None else made.examples[one.mate].row + 1,
            names["amount"]: one.amount,
            names["seed"]: one.seed,
            names["weight"]: round(weight * before[one.label] / counts[one.label], _REST),
        }
        for one in new
    ]
    if made.kind == "text":
        write_text(out, table_text(made.table, [_row(made, one, domain.text_of(one.piece)) for one in new], added, more, out.suffix.lower()))
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
            made, more = _as_files(domain, made, folder), more
        else:
            _copy(made, folder)
        first = {Path(str(value_of(values, made.column))).parts[:1] for _, values in made.table.rows}
        place = next(name for name in (_NEW, *(f"{_NEW}-{number}" for number in range(2, 10_000))) if (name,) not in first)
        rows = []
        for number, one in enumerate(new, start=1):
            name = f"{place}/{re.sub(r'[^0-9A-Za-z]+', '-', one.label).strip('-')[:40] or 'piece'}-{number:05d}{domain.output_suffix}"
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
    from genstudio.tasks.labelled import Table

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
