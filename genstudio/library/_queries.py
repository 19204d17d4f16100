"""What is looked for in the library, in SQL: pieces, the jobs that made them, and what of them is old enough to be forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from genstudio.library import _rows, _schema, words
from genstudio.library._rows import JobEntry

__all__ = ["ORDERS", "Filter", "old", "read_jobs", "select"]

ORDERS = {
    "newest": "{number} DESC",
    "oldest": "{number}",
    "title": "pieces.title COLLATE NOCASE, {number}",
    "kind": "pieces.domain, pieces.title COLLATE NOCASE, {number}",
}
"""In which order pieces can be listed."""

_KEPT = "SELECT id FROM pieces WHERE favourite = 1 UNION SELECT id FROM pieces WHERE job IS NULL UNION SELECT piece FROM tags"


@dataclass(frozen=True)
class Filter:
    """The conditions of a search; None: any.

    kept: whether a piece is kept, see :attr:`Entry.kept`. favourite: whether a piece is a favourite. tag, model, operation, domain:
    of the piece. since: made at this time or later, in seconds since 1970 or as a datetime. removed: search among removed pieces
    only, instead of the others.
    """

    kept: bool | None = None
    favourite: bool | None = None
    tag: str | None = None
    model: str | None = None
    operation: str | None = None
    domain: str | None = None
    since: float | datetime | None = None
    removed: bool = False


def select(query: str, wanted: Filter, full_text: bool, order: str = "newest") -> tuple[str, str, list[Any], str] | None:
    """The tables, the condition and its values, and the order for a search; None where nothing can be found.

    Raises:
        ConfigError: the tag is empty or too long.
        ValueError: there is no such order.
    """
    if order not in ORDERS:
        raise ValueError(f"there is no order {order!r}; expected one of {', '.join(ORDERS)}")
    parts = words.parts(query)
    if parts is None:
        return None
    tables, number = "pieces", "pieces.id"
    where: list[str] = []
    values: list[Any] = []
    if parts and full_text:
        # The index is read first, from its end, so that no more of it is read than the limit needs.
        tables, number = "found CROSS JOIN pieces ON pieces.id = found.rowid", "found.rowid"
        where.append("found MATCH ?")
        values.append(" AND ".join(words.full_text(part) for part in parts))
    else:
        where += ["instr(pieces.words, ?) > 0"] * len(parts)
        values += [f" {part}" for part in parts]
    where.append(f"pieces.removed IS {'NOT ' if wanted.removed else ''}NULL")
    # With the index, its row number is compared ("+" prevents a search by it), which avoids reading each piece.
    which = "pieces.id" if number == "pieces.id" else "+found.rowid"
    if wanted.kept is not None:
        where.append(f"{which} {'' if wanted.kept else 'NOT '}IN ({_KEPT})")
    if wanted.favourite is not None:
        where.append(f"pieces.favourite = {int(wanted.favourite)}")
    since = wanted.since.timestamp() if isinstance(wanted.since, datetime) else wanted.since
    tag = None if wanted.tag is None else _schema.tag_key(_rows.clean_tag(wanted.tag))
    for condition, value in (
        (f"{which} IN (SELECT piece FROM tags WHERE key = ?)", tag),
        ("pieces.model = ?", wanted.model),
        ("pieces.operation = ?", wanted.operation),
        ("pieces.domain = ?", wanted.domain),
        ("pieces.made >= ?", since),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    return tables, " AND ".join(where), values, ORDERS[order].format(number=number)


def _jobs_where(query: str, wanted: Filter | None, full_text: bool) -> tuple[str, list[Any]] | None:
    """The condition for jobs that have a piece as it is wanted; None where there can be none."""
    if wanted is None:
        return "1", []
    found = select(query, wanted, full_text)
    if found is None:
        return None
    tables, where, values, _ = found
    if query.strip():  # the index is read once, and not for every job
        return f"id IN (SELECT pieces.job FROM {tables} WHERE {where})", values
    return f"EXISTS (SELECT 1 FROM {tables} WHERE pieces.job = jobs.id AND {where})", values


def read_jobs(
    db: sqlite3.Connection, query: str, wanted: Filter | None, full_text: bool, bounds: tuple[int, int]
) -> tuple[list[JobEntry], int]:
    """Jobs without their codes, the newest first, and how many there are in all. ``wanted``: only those with such a piece."""
    found = _jobs_where(query, wanted, full_text)
    if found is None:
        return [], 0
    where, values = found
    sql = (
        "SELECT id, made, operation, model, digest, seed, facts, "
        "(SELECT count(*) FROM pieces WHERE pieces.job = jobs.id AND removed IS NULL) AS pieces "
        f"FROM jobs WHERE {where} ORDER BY rowid DESC LIMIT ? OFFSET ?"
    )

    def one(row: sqlite3.Row) -> JobEntry:
        about = _rows.facts_of(row["id"], row["facts"])
        plain = {name: row[name] for name in ("id", "made", "operation", "model", "digest", "seed", "pieces")}
        return JobEntry(**plain, settings=about["settings"], sources=tuple(about["sources"]))

    jobs = [one(row) for row in db.execute(sql, (*values, *bounds))]
    if (jobs or not bounds[1]) and not 0 <= bounds[0] <= len(jobs):
        return jobs, bounds[1] + len(jobs)
    return jobs, int(db.execute(f"SELECT count(*) FROM jobs WHERE {where}", values).fetchone()[0])


def old(
    db: sqlite3.Connection, before: float | None, most: int | None, spare: Collection[tuple[str, int]]
) -> list[tuple[int, str]]:
    """The numbers and jobs of pieces that were made by jobs older than ``before`` or than the newest ``most`` jobs, and that are
    neither kept nor, by job and place, to be spared."""
    where, values = [], []
    if before is not None:
        where.append("jobs.made < ?")
        values.append(before)
    if most is not None:
        where.append("jobs.rowid NOT IN (SELECT rowid FROM jobs ORDER BY rowid DESC LIMIT ?)")
        values.append(max(0, most))
    if not where:
        return []
    rows = db.execute(
        "SELECT pieces.id, pieces.job, pieces.place FROM jobs JOIN pieces ON pieces.job = jobs.id "
        f"WHERE ({' OR '.join(where)}) AND pieces.id NOT IN ({_KEPT})",
        values,
    )
    spared = set(spare)
    return [(int(row["id"]), str(row["job"])) for row in rows if (row["job"], row["place"]) not in spared]
