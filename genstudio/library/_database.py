"""Open the database of the library, and handle a damaged one.

Write-ahead logging lets several processes read while one writes. It needs shared memory, which does not work on a network drive, so
there the older rollback journal is used. Writers wait for one another.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from genstudio.errors import FileError
from genstudio.library import _schema
from genstudio.paths import home, home_trouble

__all__ = [
    "LONGEST",
    "SMALLEST",
    "WAIT",
    "DamagedError",
    "Identity",
    "address",
    "check_tables",
    "explain",
    "guard",
    "has_full_text",
    "identity",
    "is_damage",
    "open_database",
    "set_aside",
    "transaction",
]

WAIT = 20.0
"""Seconds to wait for another process to finish writing."""

LONGEST = 96 * 1024 * 1024
"""Bytes of the largest row."""

SMALLEST = 512
"""Bytes of the smallest database; shorter files are not databases."""

_CORRUPT, _NOT_A_DATABASE = 11, 26  # SQLITE_CORRUPT, SQLITE_NOTADB
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ncpfs", "fuse.sshfs", "fuse.davfs", "davfs", "glusterfs", "ceph")


Identity = tuple[int, int] | None
"""Device and inode of a file, which identify it whatever its name; None where there is no file."""


class DamagedError(Exception):
    """The file ``identity`` is not a database, or a damaged one."""

    def __init__(self, message: str, identity: Identity) -> None:
        super().__init__(message)
        self.identity = identity


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", None)  # since Python 3.11, for errors from SQLite itself
    if code is not None:
        return code & 0xFF in (_CORRUPT, _NOT_A_DATABASE)
    return "malformed" in str(error) or "not a database" in str(error)


def explain(error: sqlite3.Error, path: Path) -> FileError:
    """Turn an error of SQLite into one with a sentence for people."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return FileError(
            "another program has been writing to the library {path} for {wait:.0f} seconds; try again later.", path=path, wait=WAIT
        )
    if "full" in text:
        return FileError("there is no space left for the library {path}; nothing was changed in it; free some space.", path=path)
    if "readonly" in text or "unable to open" in text:
        return FileError(
            "the library {path} cannot be written; allow it, or set GENSTUDIO_HOME to a folder that can be written.", path=path
        )
    return FileError(
        "the library {path} cannot be used ({text}); the examination of the machine looks into it.", path=path, text=text
    )


def open_database(path: Path) -> sqlite3.Connection:
    """Open the database in ``path``: it is created if there is none, and upgraded to the current version of the tables.

    Raises:
        DamagedError: it is damaged; it was not changed.
        FileError: it is of a newer version or of another program, or cannot be written.
    """
    which = identity(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        about = None  # stat only once: another process may be setting the file aside
        with contextlib.suppress(FileNotFoundError):
            about = path.stat()
        if about is not None and not stat.S_ISREG(about.st_mode):
            what = "a folder" if stat.S_ISDIR(about.st_mode) else "no ordinary file"
            raise FileError("{path} is {what}, but the library is a file of that name; move it away.", path=path, what=what)
        # SQLite would overwrite such a short file, and delete the log beside it, which may contain all of the data.
        if about is not None and about.st_size < SMALLEST and (about.st_size or _size(_beside(path, "-wal"))):
            raise DamagedError(f"{path} is no database", which)
    except OSError as error:
        reason = home_trouble() if path.parent == home() else ""
        raise FileError(
            "the library {path} cannot be used ({reason}); set GENSTUDIO_HOME to a folder that can be written.",
            path=path, reason=reason or error.strerror or error,
        ) from error  # fmt: skip
    db = None
    try:
        db = _connect(path)
        _prepare(db, path)
    except BaseException as error:
        if db is not None:
            db.close()
        if isinstance(error, sqlite3.Error):
            raise (DamagedError(str(error), which) if is_damage(error) else explain(error, path)) from error
        raise
    return db


def address(path: Path, *, write: bool = True) -> str:
    """The URI of the database for SQLite."""
    # In a read-only folder SQLite cannot create the log; a file without a log can be read as immutable.
    frozen = path.exists() and not os.access(path.parent, os.W_OK) and not _size(_beside(path, "-wal"))
    place = path.absolute().as_uri()
    if not place.startswith("file:///"):  # \\server\share: SQLite accepts the name of the server only as a part of the path
        place = place.replace("file://", "file:////", 1)
    return f"{place}?{'mode=ro&immutable=1' if frozen else 'mode=rwc' if write else 'mode=ro'}"


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(address(path), uri=True, timeout=WAIT, isolation_level=None)
    db.row_factory = sqlite3.Row
    guard(db)
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) or not path.exists():
            db.close()
            raise
        # There is a log, but no shared memory on this drive: in exclusive mode the log can be merged without it.
        with contextlib.suppress(sqlite3.OperationalError):
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
            db.execute("PRAGMA locking_mode = NORMAL")
        try:
            db.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error:
            db.close()
            raise error from None
    except sqlite3.Error:
        db.close()
        raise
    return db


def guard(db: sqlite3.Connection) -> None:
    """Restrict a database that may come from anyone: limit the size of values, and distrust functions in the schema."""
    if sys.version_info >= (3, 11):
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    db.execute("PRAGMA trusted_schema = OFF")
    db.execute("PRAGMA cell_size_check = ON")


def check_tables(db: sqlite3.Connection) -> None:
    """Refuse views, triggers and computed columns, which could run code and which this program never creates.

    Raises:
        sqlite3.DatabaseError: there is one; the file counts as damaged.
    """
    for kind, name in db.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')"):
        raise sqlite3.DatabaseError(f"malformed: there is the {kind} {str(name)[:40]!r}")
    for table in sorted(_schema.TABLES):
        if any(row[6] for row in db.execute(f"PRAGMA table_xinfo({table})")):
            raise sqlite3.DatabaseError(f"malformed: the table {table} has a computed column")


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    version = _check(db, path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    if not writable:
        if version != _schema.VERSION:
            raise explain(sqlite3.OperationalError("readonly"), path)
        return
    _journal(db, path)
    _measure(db, path)
    if version < _schema.VERSION or not has_full_text(db) or db.execute("SELECT 1 FROM unindexed LIMIT 1").fetchone():
        with transaction(db):
            version = _check(db, path)  # again, because another process may have been faster
            if version == 0:
                _schema.create(db)
            elif version < _schema.VERSION:
                _schema.upgrade(db, version)
            _schema.index(db)


def _measure(db: sqlite3.Connection, path: Path) -> None:
    """Detect a file that ends within a page: SQLite would read the rest of that page as zeros."""
    page = int(db.execute("PRAGMA page_size").fetchone()[0])
    if path.stat().st_size % page:
        with transaction(db):  # so that no other process is writing
            if path.stat().st_size % page and not _size(_beside(path, "-wal")):
                raise sqlite3.DatabaseError("malformed: the file ends within a page")


def _check(db: sqlite3.Connection, path: Path) -> int:
    """Check that this is a database of the library; its version, 0 where there are no tables yet."""
    # Read all three in one transaction: otherwise a database that another process is creating may look damaged.
    with contextlib.nullcontext() if db.in_transaction else transaction(db, "DEFERRED"):
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
        application = int(db.execute("PRAGMA application_id").fetchone()[0])
        tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application != _schema.APPLICATION and (tables or application or version):
        raise FileError("{path} is a database of another program, and was left as it is; move it away.", path=path)
    if application == _schema.APPLICATION and version > _schema.VERSION:
        raise FileError(
            (
                "the library {path} is of version {version}, written by a newer GenStudio; this one knows versions up to "
                "{version_2} and left it as it is; install the newer one."
            ),
            path=path,
            version=version,
            version_2=_schema.VERSION,
        )
    if application == _schema.APPLICATION:
        check_tables(db)
    if application == _schema.APPLICATION and (version < 1 or not _schema.TABLES - {"unindexed"} <= tables):
        raise sqlite3.DatabaseError("malformed: a table is missing")
    return version


def _journal(db: sqlite3.Connection, path: Path) -> None:
    """Switch to write-ahead logging where it is available."""
    wanted = "delete" if _on_network(path) else "wal"
    until = time.monotonic() + WAIT
    while str(db.execute("PRAGMA journal_mode").fetchone()[0]).lower() != wanted:
        try:
            db.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
            return  # where it is not available, SQLite keeps the old mode without an error
        except sqlite3.OperationalError as error:
            # SQLite does not wait for this lock, and several processes may start at once.
            if "locked" not in str(error) or time.monotonic() > until:
                return
            time.sleep(0.02)


def _on_network(path: Path) -> bool:
    """Whether a file is on a network drive, as far as can be detected."""
    if sys.platform == "win32":
        import ctypes

        drive = os.path.splitdrive(path.absolute())[0]
        return drive.startswith("\\\\") or bool(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == 4)
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        place = os.path.realpath(path)
    except OSError:  # a system without /proc
        return False
    longest, kind = "", ""
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        folder = fields[1].replace("\\040", " ")
        inside = place == folder or place.startswith(folder.rstrip("/") + "/")
        if inside and len(folder) >= len(longest):
            longest, kind = folder, fields[2]
    return kind in _NETWORK


def has_full_text(db: sqlite3.Connection) -> bool:
    """Whether the database has a full-text index that this version of SQLite can use."""
    try:
        db.execute("SELECT rowid FROM found LIMIT 0")
    except sqlite3.OperationalError:  # no such table, or no such module
        return False
    return True


@contextlib.contextmanager
def transaction(db: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run the block in a transaction, which is rolled back after an error.

    Args:
        db: the database.
        kind: "IMMEDIATE" waits for other writers; "DEFERRED" is for reading, and sees the state at its beginning.
    """
    db.execute(f"BEGIN {kind}")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            if db.in_transaction:
                db.execute("ROLLBACK")
        raise


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def set_aside(path: Path, damaged: Identity) -> Path | None:
    """Rename a damaged database and its logs, so that nothing of them is lost.

    If several processes find the damage, one of them renames the file and the others wait.

    Args:
        path: the database.
        damaged: the identity of the damaged file; another file with that name is left alone.

    Returns:
        Its new path; None if another process was faster.

    Raises:
        FileError: it cannot be renamed.
    """
    lock = _beside(path, ".setting-aside")
    until = time.monotonic() + WAIT
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.monotonic() > until:  # the process that created it has ended
                with contextlib.suppress(OSError):
                    lock.rmdir()
                until = time.monotonic() + WAIT
            time.sleep(0.02)
        except OSError as error:
            raise FileError(
                "the library {path} is damaged and cannot be set aside ({reason}).", path=path, reason=error.strerror or error
            ) from error
    try:
        if identity(path) != damaged:
            return None
        stamp = time.strftime("%Y%m%d-%H%M%S")
        target = _beside(path, f".damaged-{stamp}")
        number = 1
        while target.exists():
            number += 1
            target = _beside(path, f".damaged-{stamp}-{number}")
        for end in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.replace(_beside(path, end), _beside(target, end))
        os.replace(path, target)
        return target
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(
            "the library {path} is damaged and cannot be set aside ({reason}); close other programs that use it.",
            path=path,
            reason=error.strerror or error,
        ) from error
    finally:
        with contextlib.suppress(OSError):
            lock.rmdir()


def identity(path: Path) -> Identity:
    """The identity of the file that has that name now."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino
