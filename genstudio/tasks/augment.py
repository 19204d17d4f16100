"""Augment a table of labelled pieces: new pieces for the classes that have few, and a report on whether they help a classifier.

What is decoded is kept beside the result until that is written, so that a stopped call goes on where it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genstudio.config import DecodingOptions, field, like
from genstudio.domains import Domain
from genstudio.errors import FileError, InputError, Message, Stopped
from genstudio.latent import Model, load
from genstudio.progress import Monitor
from genstudio.tasks.base import PathLike, task
from genstudio.tasks.decoded import DecodedLog

__all__ = ["Options", "augment", "measured"]

_WAYS = ("both", "vary", "between")
_REMARKS = 20
_LARGEST = 1_000_000  # pieces that a class may get


@dataclass(frozen=True)
class Options:
    """How many new pieces each class gets, how they are made, and what is reported."""

    per_class: int | None = field(
        None, "Pieces of a class", "Make new pieces of every class with fewer than N (default: as many as the largest class has).",
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
        0.1, "Apart", "Leave out what differs from another piece in no more than this share of its words or notes.",
        low=0.0, high=1.0,
    )  # fmt: skip
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

    The rows of the table come first, with all their columns. New rows have a text (or a file) and a label, and in further columns
    where they come from (:data:`genstudio.tasks.augmented.ADDED`); all else in them is empty. A call that was stopped goes on when
    it is made again.

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
    from genstudio.tasks.augmented import write_augmented
    from genstudio.tasks.labelled import read_labelled

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
    how: dict[str, Any] = {"way": options.way, "amount": options.amount, "apart": options.apart, "agree": not options.doubtful}
    rows = _different(loaded.domain, pieces, labels) if options.measure else []
    log = DecodedLog(place, _conditions(loaded, source, label, read, options))
    try:
        new, remarks = augmented(
            loaded, pieces, labels, wanted, **how, seed=options.seed, decode=log.through(loaded.domain), monitor=monitor
        )
        got = Counter(one.label for one in new)
        result: dict[str, Any] = {
            "model": loaded.name,
            "table": os.fspath(table),
            "out": os.fspath(out),
            "pieces": len(pieces),
            "new": len(new),
            "classes": [
                {"label": name, "before": count, "wanted": max(target, count), "after": count + got[name]}
                for name, count in sorted(before.items())
            ],
            "remarks": _first([*made.remarks, *remarks]),
        }
        result["remarks"] += _short(result["classes"])
        if options.measure:
            own, named = [pieces[row] for row in rows], [labels[row] for row in rows]
            result["report"] = _report(loaded, own, named, target, how, options, log, monitor)
    except Stopped:
        raise Stopped("stopped; the same call goes on where it was.") from None
    finally:
        log.close()
    monitor.check()
    write_augmented(loaded.domain, made, new, place, options.weight)
    log.remove()
    return result


def _check_out(domain: Domain, source: Path, place: Path) -> None:
    """Refuse a place that cannot be written, before hours of work."""
    from genstudio.tasks.labelled import SUFFIXES  # late: it needs numpy

    if domain.is_text:
        if place.suffix.lower() not in SUFFIXES:
            template = "cannot write the table as {path}; expected a name that ends in {suffixes}."
            raise FileError(template, path=place, suffixes=", ".join(SUFFIXES))
        if place.exists() and source.exists() and place.samefile(source):
            raise FileError("{path} is the table itself, which stays as it is; choose another name for the result.", path=place)
        if place.is_dir():
            raise FileError("{path} is a folder; expected the name of a table.", path=place)
    elif place.exists() and (not place.is_dir() or any(place.iterdir())):
        template = "{folder} is there already and not empty; {label} are written into a new folder."
        raise FileError(template, folder=place, label=domain.label)


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


def _first(remarks: Sequence[str]) -> list[str]:
    """The first remarks, and how many there are more: a table may have thousands of rows."""
    rest = len(remarks) - _REMARKS
    return [*remarks[:_REMARKS], *([Message("and {count:,} more remarks of this kind", count=rest)] if rest > 0 else [])]


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


# -- the report


def _different(domain: Domain, pieces: Sequence[Any], labels: Sequence[str]) -> list[int]:
    """The numbers of the pieces for the report: each only once, since equal ones would stand on both sides of a split.

    Raises:
        InputError: they cannot be split.
    """
    seen: dict[str, int] = {}
    for at, piece in enumerate(pieces):
        seen.setdefault(domain.fingerprint(piece), at)
    rows = sorted(seen.values())
    counts = Counter(labels[row] for row in rows)
    few = [name for name, count in sorted(counts.items()) if count < 2]
    if len(counts) < 2 or few:
        raise InputError(
            "the report needs two or more classes of at least 2 different pieces each; {label!r} is {what}.",
            label=(few or sorted(counts))[0], what=Message("too small") if few else Message("alone"),
        )  # fmt: skip
    return rows


def _report(
    model: Model, own: Sequence[Any], named: Sequence[str], target: int, how: Mapping[str, Any], options: Options,
    log: DecodedLog, monitor: Monitor,
) -> dict[str, Any]:  # fmt: skip
    from genstudio.evaluation.classes import compared, splits

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
    return {**found, "pieces": len(own), "held_out": options.held_out, "sentence": _sentence(found)}


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
        "helped": (
            "The new pieces helped: macro F1 {after:.1f} instead of {before:.1f} "
            "({mean:+.1f} ± {spread:.1f} points over {splits} splits)."
        ),
        "harmed": (
            "The new pieces harmed: macro F1 {after:.1f} instead of {before:.1f} "
            "({mean:+.1f} ± {spread:.1f} points over {splits} splits)."
        ),
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
