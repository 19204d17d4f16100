"""The class of the library; see :mod:`genstudio.library`."""

from __future__ import annotations

import dataclasses
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from genstudio import paths
from genstudio.domains import Domain, get_domain
from genstudio.errors import ConfigError, FileError, Message
from genstudio.library import _database, _queries, _rows, _schema, _transfer
from genstudio.library._queries import Filter
from genstudio.library._rows import Entry, JobEntry
from genstudio.library._transfer import Transfer
from genstudio.progress import Report, Stop, silent
from genstudio.provenance import Job

__all__ = ["Filter", "Health", "Library", "examine"]

T = TypeVar("T")
_TOGETHER = 500  # numbers of pieces in one SQL statement
_PERMIT = "allow that it is read and written, or set GENSTUDIO_HOME to another folder"
_LOOK = 4.0  # seconds for an examination, including the wait for another program that is writing


@dataclass(frozen=True)
class Health:
    """The result of :func:`examine`.

    path: the file. exists: whether it exists. ok: whether it can be used. pieces: their number. detail: a clause for people.
    damaged: whether it is damaged. fix: what to do about it.
    """

    path: Path
    exists: bool
    ok: bool
    pieces: int
    detail: str
    damaged: bool = False
    fix: str = ""


class Library:
    """The library of pieces that were made or added, with the jobs that made them.

    An object is for one thread; several processes, and several objects in one process, may use a library at once. Each call is one
    transaction: it is completed and written to disk when it returns, or not done at all. ``remarks`` are sentences that a person
    should see, such as that a damaged database was set aside.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Open the library in the file ``path`` (None: that of the user); it is created if there is none.

        Raises:
            FileError: it was written by a newer version, or cannot be written.
        """
        self.path = Path(path) if path is not None else paths.library()
        self.remarks: list[str] = []
        try:
            self._open()
        except _database.DamagedError as error:
            self._replace(error.identity)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __len__(self) -> int:
        return self.count()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _open(self) -> None:
        self._db = _database.open_database(self.path)
        self._identity = _database.identity(self.path)
        self._full_text = _database.has_full_text(self._db)

    def _replace(self, damaged: _database.Identity) -> None:
        """Set the damaged database aside, and create a new one with everything that can be read from the old one."""
        aside = _database.set_aside(self.path, damaged)
        try:
            self._open()
        except _database.DamagedError as error:
            raise FileError(
                "the library {path} is damaged, and so is the one that was created in its place ({reason}).",
                path=self.path, reason=error,
            ) from error
        if aside is None:
            return
        try:
            with _database.transaction(self._db):
                saved = _transfer.merge(self._db, _transfer.salvage(aside), self._full_text, tolerant=True).pieces
        except sqlite3.Error:
            saved = 0
        kept = (
            Message("{saved:,} of its pieces could be saved", saved=saved)
            if saved
            else Message("none of its pieces could be saved")
        )
        self.remarks.append(
            Message(
                "the library {path} was damaged; it was set aside as {aside}, and {kept} into a new one.",
                path=self.path,
                aside=aside.name,
                kept=kept,
            )
        )

    def repair(self) -> int:
        """Set the database aside, whatever its state, and create a new one with everything that can be read from it.

        Returns:
            The number of pieces in the new one, including removed ones.

        Raises:
            FileError: it cannot be set aside.
        """
        which = self._identity
        self.close()
        self._replace(which)
        return self._run(lambda db: int(db.execute("SELECT count(*) FROM pieces").fetchone()[0]))

    def _run(self, work: Callable[[sqlite3.Connection], T], *, write: bool = False) -> T:
        """Do ``work``; if the database proves to be damaged, replace it and do the work again."""
        for last in (False, True):
            try:
                if not write:
                    return work(self._db)
                with _database.transaction(self._db):
                    return work(self._db)
            except sqlite3.ProgrammingError:  # a closed library or the wrong thread: an error of the caller
                raise
            except sqlite3.Error as error:
                if last or not _database.is_damage(error):
                    raise _database.explain(error, self.path) from error
                which = self._identity
                self.close()
                self._replace(which)
        raise AssertionError("unreachable")

    # -- adding

    def record(
        self,
        job: Job,
        pieces: Sequence[Any],
        domain: Domain | str,
        paths: Sequence[str | os.PathLike[str] | None] | None = None,
        *,
        places: Sequence[int] | None = None,
    ) -> list[int]:
        """Add a job and its pieces, or some of them.

        If the job is in the library already, its pieces keep their numbers, get the new paths, and are restored if they were
        removed.

        Args:
            job: how the pieces were made.
            pieces: the pieces, in the order of the job.
            domain: of the pieces.
            paths: the file to which each was written, if any.
            places: the index of each piece in the job, from 0; None: the pieces are all of the job.

        Returns:
            The number of each piece.

        Raises:
            FileError: the library cannot be written; nothing was added.
        """
        files = list(paths) if paths is not None else [None] * len(pieces)
        which = list(places) if places is not None else list(range(len(pieces)))
        if not len(files) == len(which) == len(pieces):
            raise ValueError(f"{len(pieces)} pieces, but {len(files)} paths and {len(which)} places")
        kind = get_domain(domain) if isinstance(domain, str) else domain
        number = job.id
        found = [
            _rows.entry_of(piece, kind, path, origin=_rows.Origin(job, number, place))
            for piece, path, place in zip(pieces, files, which, strict=True)
        ]

        def work(db: sqlite3.Connection) -> list[int]:
            facts = _rows.put_job(db, job, number, time.time())
            return [_rows.put_piece(db, piece, facts, self._full_text)[0] for piece in found]

        return self._run(work, write=True)

    def add(
        self,
        piece: Any,
        domain: Domain | str,
        *,
        path: str | os.PathLike[str] | None = None,
        title: str | None = None,
        favourite: bool = False,
        tags: Iterable[str] = (),
    ) -> int:
        """Add a piece that no job made. If the same piece is in the library already, it is not added again.

        Args:
            piece: the piece.
            domain: of the piece.
            path: its file.
            title: None: that of the piece.
            favourite: whether it becomes a favourite.
            tags: its tags.

        Returns:
            The number of the piece.

        Raises:
            ConfigError: a tag is empty or too long.
            FileError: the library cannot be written.
        """
        kind = get_domain(domain) if isinstance(domain, str) else domain
        found = _rows.entry_of(piece, kind, path, title=title)
        found = dataclasses.replace(found, favourite=favourite, tags=tuple(map(_rows.clean_tag, tags)))
        return self._run(lambda db: _rows.put_piece(db, found, None, self._full_text)[0], write=True)

    # -- searching

    def get(self, number: int) -> Entry:
        """The piece with a number, even if it was removed.

        Raises:
            ConfigError: there is no such piece.
        """
        return self._run(lambda db: _rows.entry(self._piece(db, number, _rows.COLUMNS)))

    def of_job(self, number: str) -> list[Entry]:
        """The pieces of a job that are in the library, including removed ones, in the order of the job."""
        query = f"SELECT {_rows.COLUMNS} FROM pieces WHERE job = ? ORDER BY place"
        return self._run(lambda db: [_rows.entry(row) for row in db.execute(query, (number,))])

    def search(
        self, query: str = "", *, limit: int | None = 50, offset: int = 0, order: str = "newest", **filters: Any
    ) -> list[Entry]:
        """Search for pieces.

        Args:
            query: words that must all be found in the title, description, file name, model, operation or sources of a piece; a word
                also finds longer words that begin with it, whatever their case and accents.
            limit: the largest number of results; None: no limit.
            offset: the number of results that are skipped.
            order: "newest" or "oldest" first, or by "title" or "kind".
            filters: conditions, the fields of :class:`Filter`.

        Raises:
            ConfigError: the tag is empty or too long.
            ValueError: there is no such order.
        """
        found = _queries.select(query, Filter(**filters), self._full_text, order)
        if found is None:
            return []
        tables, where, values, by = found
        sql = f"SELECT {_rows.COLUMNS} FROM {tables} WHERE {where} ORDER BY {by} LIMIT ? OFFSET ?"
        return self._run(lambda db: [_rows.entry(row) for row in db.execute(sql, (*values, *_bounds(limit, offset)))])

    def count(self, query: str = "", **filters: Any) -> int:
        """The number of pieces that :meth:`search` finds without a limit."""
        found = _queries.select(query, Filter(**filters), self._full_text)
        if found is None:
            return 0
        tables, where, values, _ = found
        return self._run(lambda db: int(db.execute(f"SELECT count(*) FROM {tables} WHERE {where}", values).fetchone()[0]))

    def tags(self) -> list[tuple[str, int]]:
        """All tags, sorted, and the number of pieces that have each (without removed ones)."""
        query = (
            "SELECT min(tags.name), count(*) FROM tags JOIN pieces ON pieces.id = tags.piece "
            "WHERE pieces.removed IS NULL GROUP BY tags.key ORDER BY tags.key"
        )
        return self._run(lambda db: [(str(name), int(count)) for name, count in db.execute(query)])

    def jobs(self, *, limit: int | None = 50, offset: int = 0) -> list[JobEntry]:
        """Jobs without their codes, the newest first."""
        return self._run(lambda db: _queries.read_jobs(db, "", None, self._full_text, _bounds(limit, offset))[0])

    def find_jobs(self, query: str = "", *, limit: int | None = 50, offset: int = 0, **filters: Any) -> tuple[list[JobEntry], int]:
        """Jobs that have a piece as :meth:`search` would find it, the newest first, and how many there are without a limit."""
        wanted = Filter(**filters)
        return self._run(lambda db: _queries.read_jobs(db, query, wanted, self._full_text, _bounds(limit, offset)))

    def job(self, number: str) -> Job:
        """The job with an id, with its codes.

        Raises:
            ConfigError: there is no such job.
            DamagedFileError: its record is damaged.
        """

        def work(db: sqlite3.Connection) -> Job:
            row = db.execute("SELECT facts, codes FROM jobs WHERE id = ?", (number,)).fetchone()
            if row is None:
                raise ConfigError(
                    "there is no job {number!r} in the library; the list of the library shows what there is.", number=number
                )
            return _rows.job_of(number, row["facts"], row["codes"])

        return self._run(work)

    def _piece(self, db: sqlite3.Connection, number: int, columns: str = "id") -> sqlite3.Row:
        row: sqlite3.Row | None = None
        if 0 < number < 2**63:
            row = db.execute(f"SELECT {columns} FROM pieces WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise ConfigError(
                "there is no piece {number} in the library; the list of the library shows what there is.", number=number
            )
        return row

    # -- changing

    def favourite(self, number: int, on: bool = True) -> None:
        """Make a piece a favourite (``on``), or an ordinary piece again.

        Raises:
            ConfigError: there is no such piece.
        """
        self._change(number, lambda db: db.execute("UPDATE pieces SET favourite = ? WHERE id = ?", (int(on), number)))

    def rename(self, number: int, title: str) -> None:
        """Give a piece another title.

        Raises:
            ConfigError: there is no such piece.
        """
        tidy = title.encode("utf-8", "replace").decode("utf-8").strip()

        def work(db: sqlite3.Connection) -> None:
            db.execute("UPDATE pieces SET title = ? WHERE id = ?", (tidy, number))
            _rows.reword(db, number, self._full_text)

        self._change(number, work)

    def keep(self, number: int, tags: Iterable[str] = ()) -> None:
        """Keep a piece: it becomes a favourite, is restored if it was removed, and gets ``tags`` (those that :meth:`let_go` took).

        Raises:
            ConfigError: there is no such piece, or a tag is empty or too long.
        """
        tidy = [_rows.clean_tag(name) for name in tags]

        def work(db: sqlite3.Connection) -> None:
            db.execute("UPDATE pieces SET favourite = 1, removed = NULL WHERE id = ?", (number,))
            _rows.put_tags(db, number, tidy)

        self._change(number, work)

    def let_go(self, number: int) -> tuple[str, ...]:
        """Keep a piece no longer: it is no favourite and has no tags. One that the user added is removed, since nothing else holds
        it; one that was made stays with the others of its job.

        Returns:
            The tags that it had.

        Raises:
            ConfigError: there is no such piece.
        """

        def work(db: sqlite3.Connection) -> tuple[str, ...]:
            self._piece(db, number)
            names = tuple(str(row[0]) for row in db.execute("SELECT name FROM tags WHERE piece = ? ORDER BY key", (number,)))
            db.execute("DELETE FROM tags WHERE piece = ?", (number,))
            gone = "CASE WHEN job IS NULL THEN coalesce(removed, ?) ELSE removed END"
            db.execute(f"UPDATE pieces SET favourite = 0, removed = {gone} WHERE id = ?", (time.time(), number))
            return names

        return self._run(work, write=True)

    def tag(self, number: int, *names: str) -> None:
        """Add tags to a piece; tags that differ only in case count as the same.

        Raises:
            ConfigError: there is no such piece, or a tag is empty or too long.
        """
        tidy = [_rows.clean_tag(name) for name in names]
        self._change(number, lambda db: _rows.put_tags(db, number, tidy))

    def untag(self, number: int, *names: str) -> None:
        """Remove tags from a piece; a tag that it does not have is not an error.

        Raises:
            ConfigError: there is no such piece.
        """
        keys = [(number, _schema.tag_key(_rows.clean_tag(name))) for name in names]
        self._change(number, lambda db: db.executemany("DELETE FROM tags WHERE piece = ? AND key = ?", keys))

    def remove(self, number: int) -> None:
        """Remove a piece, so that :meth:`restore` can bring it back until :meth:`purge`. Files are not deleted.

        Raises:
            ConfigError: there is no such piece.
        """
        query = "UPDATE pieces SET removed = coalesce(removed, ?) WHERE id = ?"
        self._change(number, lambda db: db.execute(query, (time.time(), number)))

    def restore(self, number: int) -> None:
        """Restore a removed piece.

        Raises:
            ConfigError: there is no such piece.
        """
        self._change(number, lambda db: db.execute("UPDATE pieces SET removed = NULL WHERE id = ?", (number,)))

    def _change(self, number: int, change: Callable[[sqlite3.Connection], object]) -> None:
        def work(db: sqlite3.Connection) -> None:
            self._piece(db, number)
            change(db)

        self._run(work, write=True)

    def purge(self, before: float | None = None) -> int:
        """Delete removed pieces permanently, and jobs without any piece left.

        Args:
            before: delete only pieces that were removed before this time (seconds since 1970); None: all.

        Returns:
            The number of deleted pieces.
        """

        def work(db: sqlite3.Connection) -> int:
            until = float("inf") if before is None else before
            rows = db.execute("SELECT id, job FROM pieces WHERE removed IS NOT NULL AND removed < ?", (until,)).fetchall()
            return self._forget(db, [(int(row["id"]), row["job"]) for row in rows])

        return self._run(work, write=True)

    def prune(self, *, before: float | None = None, most: int | None = None, spare: Collection[tuple[str, int]] = ()) -> int:
        """Delete old pieces that were made and never kept (see :attr:`Entry.kept`), and jobs without any piece left.

        Args:
            before: of jobs before this time (seconds since 1970); None: whenever.
            most: of all but the newest ``most`` jobs; None: of however many. Without both nothing is deleted.
            spare: pieces that stay in any case, by the id of their job and their place in it.

        Returns:
            The number of deleted pieces.
        """
        return self._run(lambda db: self._forget(db, _queries.old(db, before, most, spare)), write=True)

    def _forget(self, db: sqlite3.Connection, pieces: Sequence[tuple[int, str | None]]) -> int:
        """Delete pieces, given by number and job, and the jobs that have none left."""
        numbers = [number for number, _ in pieces]
        _rows.unindex(db, numbers, self._full_text)
        for start in range(0, len(numbers), _TOGETHER):
            some = numbers[start : start + _TOGETHER]
            db.execute(f"DELETE FROM pieces WHERE id IN ({','.join('?' * len(some))})", some)
        for job in {job for _, job in pieces} - {None}:
            db.execute("DELETE FROM jobs WHERE id = ? AND id NOT IN (SELECT job FROM pieces WHERE job = ?)", (job, job))
        return len(numbers)

    # -- export and import

    def export_file(self, path: str | os.PathLike[str], *, report: Report = silent, stop: Stop | None = None) -> Transfer:
        """Write all of the library as lines of JSON, including removed pieces; see ``_transfer`` for the format.

        Raises:
            FileError: the file cannot be written.
        """
        if Path(path).resolve() == self.path.resolve():
            raise FileError("{path} is the library itself; choose another file.", path=path)
        return self._run(lambda db: _transfer.write_lines(db, Path(path), report, stop))

    def import_file(self, path: str | os.PathLike[str], *, report: Report = silent, stop: Stop | None = None) -> Transfer:
        """Add the jobs and pieces of a file from :meth:`export_file`, all of them or nothing. Those that are in the library already
        are not added again; pieces keep their numbers where these are free.

        Raises:
            FileError: the file cannot be read, is damaged or of a newer format.
        """

        def work(db: sqlite3.Connection) -> Transfer:
            lines = _transfer.read_lines(Path(path))
            return _transfer.merge(db, lines, self._full_text, where=os.fspath(path), report=report, stop=stop)

        return self._run(work, write=True)


def _bounds(limit: int | None, offset: int) -> tuple[int, int]:
    """The values of LIMIT and OFFSET in SQL."""
    return -1 if limit is None else max(0, limit), max(0, offset)


def examine(path: str | os.PathLike[str] | None = None) -> Health:
    """Examine a library without changing it.

    Every page is checked, so this takes a moment for a large library, and is stopped after some seconds.
    """
    place = Path(path) if path is not None else paths.library()
    if not os.path.lexists(place):
        return Health(place, False, True, 0, "none yet")

    def wrong(detail: str, fix: str = "", *, damaged: bool = False) -> Health:
        return Health(place, True, False, 0, detail, damaged, "genstudio history repair" if damaged else fix)

    try:
        if not place.is_file():
            what = "a folder" if place.is_dir() else "no ordinary file"
            return wrong(f"{what}, where the library should be", f"move {place} away")
        if 0 < place.stat().st_size < _database.SMALLEST:
            return wrong("damaged: it is no database", damaged=True)
        db = sqlite3.connect(_database.address(place, write=False), uri=True, timeout=_LOOK, isolation_level=None)
        until = time.monotonic() + _LOOK
        db.set_progress_handler(lambda: time.monotonic() > until, 100_000)
        try:
            _database.guard(db)
            version = int(db.execute("PRAGMA user_version").fetchone()[0])
            if version > _schema.VERSION:
                return wrong(f"of version {version}, written by a newer GenStudio", "install the newest GenStudio")
            _database.check_tables(db)
            check = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
            if check != "ok":
                return wrong(f"damaged: {check}", damaged=True)
            if version == 0:
                return Health(place, True, True, 0, "empty")
            known = {str(row[1]) for row in db.execute("PRAGMA table_info(pieces)")}
            where = " WHERE removed IS NULL" if "removed" in known else ""
            pieces = int(db.execute(f"SELECT count(*) FROM pieces{where}").fetchone()[0])
        finally:
            db.close()
    except OSError as error:
        return wrong(error.strerror or str(error), _PERMIT)
    except sqlite3.Error as error:
        if "interrupted" in str(error):
            return Health(place, True, True, 0, f"so large that it was not looked through in {_LOOK:g} seconds")
        if _database.is_damage(error):
            return wrong(f"damaged: {error}", damaged=True)
        if "locked" in str(error):
            return wrong("another program is writing to it", "close the program that uses it, or try again later")
        return wrong(str(error), _PERMIT)
    return Health(place, True, True, pieces, "sound")
