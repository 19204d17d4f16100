"""Pieces on their way in and out of the window: drag, copy and paste.

What is handed out has three forms, of which the other side takes what it understands: our own (pieces with how they were made, in
the form of a project), files (a MIDI file each, with provenance), and text.
"""

from __future__ import annotations

import atexit
import io
import itertools
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
from genstudio.gui.project import archive
from genstudio.gui.widgets.naming import file_names

__all__ = ["MIME", "files_in", "items_in", "mime_for"]

MIME = "application/x-genstudio-pieces"
_STATE = "handed"
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
    packed = io.BytesIO()
    archive.put_into(packed, archive.pack(archive.Project(states={_STATE: {"pieces": list(items)}})))
    data.setData(MIME, packed.getvalue())
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
    """The pieces that were copied or dragged from a window of ours, or the text from elsewhere as a sentence; else none. What
    another program may have put there under our name gives nothing."""
    if data.hasFormat(MIME):
        try:
            found = archive.unpack(archive.taken_from(io.BytesIO(bytes(data.data(MIME).data())), MIME), MIME)
        except GenStudioError:
            return []
        pieces = found.states.get(_STATE, {}).get("pieces")
        return [item for item in pieces if isinstance(item, Item)] if isinstance(pieces, list) else []
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
