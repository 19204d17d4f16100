"""Pieces on their way in and out of the window: drag, copy and paste.

What is handed out has three forms, of which the other side takes what it understands: our own (a piece with how it was made), files
(a MIDI file each, with provenance), and text.
"""

from __future__ import annotations

import atexit
import base64
import binascii
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any
from weakref import WeakSet

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication

from genstudio.domains import get_domain, names
from genstudio.errors import GenStudioError
from genstudio.gui.items import Item
from genstudio.gui.widgets.naming import file_names
from genstudio.provenance import Job

__all__ = ["MIME", "files_in", "items_in", "mime_for"]

MIME = "application/x-genstudio-pieces"
_FORMAT = 1
_MOST_BYTES = 100_000_000
_numbers = itertools.count(1)
_handed: WeakSet[QMimeData] = WeakSet()


@cache
def _folder() -> Path:
    """The folder of what was dragged and copied; it is gone when the program ends."""
    folder = Path(tempfile.mkdtemp(prefix="genstudio-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _guard() -> None:
    """Data of ours that is still on the clipboard when Python ends would be freed twice: once by Python, once by Qt."""
    atexit.register(_let_go)


def _let_go() -> None:
    if QGuiApplication.instance() is not None:
        data = QGuiApplication.clipboard().mimeData()
        if data in _handed:  # another program's, or another window's of ours, stays
            QGuiApplication.clipboard().setText(data.text())


def mime_for(items: Sequence[Item], heard: Callable[[Item], Any] = attrgetter("piece")) -> QMimeData:
    """Pieces as data for a drag or the clipboard; melodies as MIDI files in a temporary folder, sentences as text. ``heard``
    gives a piece as it is played, which is what files have.

    Raises:
        FileError: a file cannot be written.
    """
    _guard()
    data = QMimeData()
    _handed.add(data)
    data.setData(MIME, json.dumps({"format": _FORMAT, "pieces": _packed(items)}).encode("ascii"))
    words = [item.piece.text for item in items if item.is_text]
    if words:
        data.setText("\n".join(words))
    files = [item for item in items if not item.is_text]
    if files:
        place = _folder() / str(next(_numbers))
        names = file_names(files, get_domain(files[0].domain).output_suffix)
        for item, name in zip(files, names, strict=True):
            trace = item.provenance
            piece = heard(item) if item.music else item.piece
            get_domain(item.domain).write(piece, place / name, trace.to_text() if trace is not None else "")
        data.setUrls([QUrl.fromLocalFile(str(place / name)) for name in names])
    return data


def items_in(data: QMimeData) -> list[Item]:
    """The pieces that were copied or dragged from a window of ours, or the text from elsewhere as a sentence; else none."""
    if data.hasFormat(MIME):
        return _unpacked(data.data(MIME).data())
    text = data.text().strip() if data.hasText() and not data.hasUrls() else ""
    for name in names() if text else ():
        piece = get_domain(name).parse(text)
        if piece is not None:
            return [Item(piece, name, piece.title or text[:60])]
    return []


def files_in(data: QMimeData) -> list[str]:
    """The local files of what was copied or dragged from elsewhere."""
    if data.hasFormat(MIME) or not data.hasUrls():
        return []
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def _packed(items: Sequence[Item]) -> list[dict[str, Any]]:
    found = []
    for item in items:
        domain = get_domain(item.domain)
        one: dict[str, Any] = {
            "domain": item.domain,
            "title": item.title,
            "symbols": domain.to_symbols(item.piece),
            "dressing": domain.metadata(item.piece),
            "source": item.source,
        }
        if item.job is not None:
            codes = base64.b64encode(item.job.codes.astype("<f4").tobytes()).decode("ascii")
            one["job"] = {"facts": item.job.facts(), "codes": codes, "place": item.place}
        found.append(one)
    return found


def _unpacked(raw: bytes | bytearray | memoryview) -> list[Item]:
    """Inverse of :func:`_packed`; what another program may have put there under our name gives nothing."""
    if len(raw) > _MOST_BYTES:
        return []
    try:
        about = json.loads(bytes(raw))
        if about["format"] != _FORMAT:
            return []
        return [_item(one) for one in about["pieces"]]
    except (GenStudioError, KeyError, TypeError, ValueError, AttributeError, RecursionError, binascii.Error):
        return []


def _item(one: dict[str, Any]) -> Item:
    domain = get_domain(str(one["domain"]))
    piece = domain.with_metadata(domain.from_symbols(str(one["symbols"])), one["dressing"])
    job, place = None, 0
    if "job" in one:
        job = Job.from_facts(one["job"]["facts"], base64.b64decode(one["job"]["codes"], validate=True))
        place = int(one["job"]["place"])
        if not 0 <= place < job.count:
            raise ValueError("no such piece of the job")
    return Item(piece, domain.name, str(one["title"]), job=job, place=place, source=str(one["source"]))
