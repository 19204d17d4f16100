"""The file of a project: a zip archive of JSON and of codes, which any program can read. ``docs/guide/projects.md`` describes it.

A file may come from anywhere: sizes are checked before memory is taken, nothing is unpacked to the disk or unpickled, and every
piece and record of a job is checked as those of a library are. What pages hold are JSON values with :class:`Item` objects in them;
in the file these stand in one table, so that a piece that is in several places is one piece again.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from weakref import WeakKeyDictionary

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from genstudio import __version__
from genstudio.domains import get_domain, names
from genstudio.errors import DamagedFileError, FileError, GenStudioError
from genstudio.files import opened, replacing
from genstudio.gui.items import Item
from genstudio.records import Record, parse

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = [
    "SUFFIX", "VERSION", "Project", "about", "facts_of", "item_from", "pack", "put_into", "read", "read_files", "taken_from",
    "unpack", "write",
]  # fmt: skip

SUFFIX = ".genstudio"
VERSION = 1
FORMAT = "genstudio-project"
_MANIFEST, _PIECES = "manifest.json", "pieces.json"
_NAMES = re.compile(r"manifest\.json|pieces\.json|jobs/([0-9a-f]{16})\.(json|f32)")
_LARGEST = 64_000_000  # bytes of the file
_WHOLE = 256_000_000  # bytes of all that is in it
_MOST = 10_000  # things that are in it
_MOST_PIECES = 20_000
_LONGEST = 64_000_000  # characters of a JSON file in it
_REF = "$piece"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of everything in it, so that the same project is the same file

_NOT_ONE = QT_TRANSLATE_NOOP("Projects", "{name} is not a project of GenStudio; choose a file that ends in .genstudio.")
_DAMAGED = QT_TRANSLATE_NOOP("Projects", "{name} is damaged and cannot be opened ({reason}); take an earlier copy of it.")
_LATER = QT_TRANSLATE_NOOP("Projects", "{name} was saved by a later version of GenStudio; get that version to open it.")
_LARGE = QT_TRANSLATE_NOOP("Projects", "{name} is larger than any project is; it is not opened.")
_STRANGE = QT_TRANSLATE_NOOP("Projects", "{name} has something in it that belongs to no project ({inner}); it is not opened.")
_UNKNOWN = QT_TRANSLATE_NOOP("Projects", "{name} has pieces of a kind that is not known here ({kind}); get what adds it.")


@dataclass
class Project:
    """What a project is.

    title: its name where it has no file yet. page: the page in front. model: ``name``, ``digest``, ``domain`` and, of one that is
    not installed, ``folder``. settings: of the sound. mixes: what the mixer says of its scores, by their marks. states: of each
    page. session, places: only in what is saved by itself: the file that was open, whether it was edited, and the states of pages
    that belong to no project.
    """

    title: str = ""
    page: str = ""
    model: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    mixes: dict[str, Any] = field(default_factory=dict)
    states: dict[str, dict[str, Any]] = field(default_factory=dict)
    session: dict[str, Any] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)


# -- pieces

_facts: WeakKeyDictionary[Item, dict[str, Any]] = WeakKeyDictionary()


def facts_of(item: Item) -> dict[str, Any]:
    """What of a piece stands in the file, as JSON values; not the piece that it was made of."""
    found = _facts.get(item)
    if found is None:
        domain = get_domain(item.domain)
        found = _facts[item] = {
            "domain": item.domain,
            "symbols": domain.to_symbols(item.piece),
            "dressing": domain.metadata(item.piece),
            "title": item.title,
            "source": item.source,
            "read": dict(item.read),
            "part": item.part,
            "job": None if item.job is None else item.job.id,
            "place": item.place,
            "t": item.t,
        }
    return found


def item_from(facts: Mapping[str, Any], jobs: Mapping[str, Job] | None = None, of: Item | None = None) -> Item:
    """Inverse of :func:`facts_of`.

    Raises:
        ValueError, GenStudioError: a value is missing, of another type or out of range.
    """
    record = Record(facts)
    domain = get_domain(record.text("domain", 100))
    piece = domain.with_metadata(domain.from_symbols(record.text("symbols", _LONGEST)), record.object("dressing"))
    job = None
    if facts.get("job") is not None:
        job = (jobs or {}).get(record.text("job", 100))
        if job is None:
            raise ValueError("the record of how a piece was made is missing")
    return Item(
        piece,
        domain.name,
        record.text("title"),
        job=job,
        place=record.whole("place", 0, job.count - 1) if job is not None else 0,
        t=record.number("t", 0.0, 1.0) if facts.get("t") is not None else None,
        source=record.text("source") if "source" in record else "",
        read=record.object("read") if "read" in record else {},
        part=record.text("part") if "part" in record else "",
        of=of,
    )


class _Table:
    """The pieces of a project, each once, one that another was made of before it."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.jobs: dict[str, Job] = {}
        self._places: dict[int, int] = {}

    def place(self, item: Item) -> int:
        chain, one = [], item
        while one.key not in self._places:
            chain.append(one)
            if one.of is None:
                break
            one = one.of
        for one in reversed(chain):
            record = facts_of(one)
            if one.job is not None:
                self.jobs[record["job"]] = one.job
            self._places[one.key] = len(self.records)
            self.records.append({**record, "of": None if one.of is None else self._places[one.of.key]})
        return self._places[item.key]

    def named(self, value: object) -> dict[str, int]:
        if not isinstance(value, Item):
            raise TypeError(f"{type(value).__name__} cannot be saved")
        return {_REF: self.place(value)}


def _json(value: Any, table: _Table | None = None) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=table.named if table is not None else None)
    return text.encode("utf-8", "replace")  # a path that is no Unicode cannot be written as it is


def pack(project: Project) -> dict[str, bytes]:
    """The files that a project consists of, by their names in the archive."""
    table = _Table()
    manifest = {"format": FORMAT, "version": VERSION, "made_by": __version__, **vars(project)}
    if not project.session:
        del manifest["session"], manifest["places"]
    files = {_MANIFEST: _json(manifest, table)}
    files[_PIECES] = _json(table.records)
    for number, job in sorted(table.jobs.items()):
        files[f"jobs/{number}.json"] = _json(job.facts())
        files[f"jobs/{number}.f32"] = job.codes.astype("<f4").tobytes()
    return files


def write(path: Path, files: Mapping[str, bytes]) -> None:
    """Write what :func:`pack` gave, whole or not at all.

    Raises:
        FileError: the folder cannot be written, or the disk is full.
    """
    with replacing(path) as temporary:
        put_into(temporary, files)


def put_into(file: Path | BinaryIO, files: Mapping[str, bytes]) -> None:
    """Write what :func:`pack` gave into a file that is nobody's yet."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), data, zipfile.ZIP_DEFLATED)


# -- reading


def read(path: Path) -> Project:
    """The project in a file.

    Raises:
        FileError: it cannot be read, is no project, or is of a later version.
        DamagedFileError: it is damaged, or larger than any project is.
    """
    return unpack(read_files(path), path.name)


def read_files(path: Path) -> dict[str, bytes]:
    """What is in the archive, by name; see :func:`read` for the errors."""
    with opened(path) as file:
        return taken_from(file, path.name)


def taken_from(file: BinaryIO, name: str) -> dict[str, bytes]:
    """The same of a file that is open, which is called ``name``."""
    if file.seek(0, os.SEEK_END) > _LARGEST:
        raise DamagedFileError(_said(_LARGE, name=name))
    if not zipfile.is_zipfile(file):
        raise FileError(_said(_NOT_ONE, name=name))
    try:
        with zipfile.ZipFile(file) as archive:
            return _contents(archive, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OverflowError) as error:
        raise _damaged(name, error) from error


def _contents(archive: zipfile.ZipFile, name: str) -> dict[str, bytes]:
    listed = archive.infolist()
    if len(listed) > _MOST or sum(one.file_size for one in listed) > _WHOLE:
        raise DamagedFileError(_said(_LARGE, name=name))
    if _MANIFEST not in archive.namelist():
        raise FileError(_said(_NOT_ONE, name=name))
    found: dict[str, bytes] = {}
    for one in listed:
        if not _NAMES.fullmatch(one.filename) or one.filename in found:
            raise DamagedFileError(_said(_STRANGE, name=name, inner=one.filename[:60]))
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("it is compressed in another way")
        with archive.open(one) as inner:
            found[one.filename] = inner.read(one.file_size + 1)  # the checksum is compared at its end
    return found


def unpack(files: Mapping[str, bytes], name: str) -> Project:
    """Inverse of :func:`pack`; ``name`` is that of the file, for errors, which are those of :func:`read`."""
    try:
        project, items = about(files, name), _items(files, name)
        project.states = {page: _thawed(state, items) for page, state in project.states.items()}
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise _damaged(name, error) from error
    return project


def about(files: Mapping[str, bytes], name: str) -> Project:
    """The same, with numbers in the place of pieces."""
    try:
        manifest = Record(parse(files[_MANIFEST], most=_LONGEST))
        if manifest.values.get("format") != FORMAT:
            raise FileError(_said(_NOT_ONE, name=name))
        if manifest.whole("version", 1) > VERSION:
            raise FileError(_said(_LATER, name=name))
        model = manifest.object("model")
        return Project(
            title=manifest.text("title", 1000),
            page=manifest.text("page", 100),
            model={key: value for key, value in model.items() if isinstance(value, str)},
            settings=manifest.object("settings"),
            mixes=manifest.object("mixes"),
            states=_objects(manifest, "states"),
            session=manifest.object("session") if "session" in manifest else {},
            places=_objects(manifest, "places") if "places" in manifest else {},
        )
    except (KeyError, IndexError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise _damaged(name, error) from error


def _objects(record: Record, name: str) -> dict[str, dict[str, Any]]:
    return {key: value for key, value in record.object(name).items() if isinstance(value, dict)}


def _items(files: Mapping[str, bytes], name: str) -> list[Item]:
    """The pieces, each made of one before it."""
    from genstudio.provenance import Job

    jobs = {}
    for inner in files:
        found = _NAMES.fullmatch(inner)
        if found is not None and found[2] == "json":
            number = found[1]
            try:
                job = Job.from_facts(parse(files[inner], most=_LONGEST), files[f"jobs/{number}.f32"])
            except DamagedFileError as error:
                raise ValueError(str(error).rstrip(".")) from error
            if job.id != number:
                raise ValueError("the record of how a piece was made was changed")
            jobs[number] = job
    items: list[Item] = []
    records = Record({"pieces": parse(files[_PIECES], most=_LONGEST)}).objects("pieces", _MOST_PIECES)
    for record in records:
        if record.get("domain") not in names():
            raise FileError(_said(_UNKNOWN, name=name, kind=str(record.get("domain"))[:40]))
        of = record.get("of")
        try:
            items.append(item_from(record, jobs, None if of is None else items[Record(record).whole("of", 0, len(items) - 1)]))
        except GenStudioError as error:
            raise ValueError(str(error).rstrip(".")) from error
    return items


def _thawed(value: Any, items: list[Item]) -> Any:
    """JSON values with the pieces that stand for their numbers."""
    if isinstance(value, list):
        return [_thawed(one, items) for one in value]
    if isinstance(value, dict):
        if set(value) == {_REF}:
            return items[Record(value).whole(_REF, 0, len(items) - 1)]
        return {name: _thawed(one, items) for name, one in value.items()}
    return value


def _said(sentence: object, **values: str) -> str:
    return QCoreApplication.translate("Projects", str(sentence)).format(**values)


def _damaged(name: str, error: BaseException) -> DamagedFileError:
    missing = isinstance(error, KeyError)
    reason = QCoreApplication.translate("Projects", "something in it is missing") if missing else str(error).rstrip(".")
    return DamagedFileError(_said(_DAMAGED, name=name, reason=reason or type(error).__name__))
