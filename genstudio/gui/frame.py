"""Where the window stands on the screen."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

__all__ = ["geometry_of", "put_back"]

_USUAL = 1280, 800
_FRAME, _TITLE = 4, 36  # what the desktop puts around a window, before it is known


def geometry_of(window: QWidget) -> str:
    """Where it is now, for :func:`put_back`."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def put_back(window: QWidget, geometry: str) -> None:
    """Put a window where it was last time, or give it a good size; within the screen in any case, frame and all."""
    window.resize(*_USUAL)
    restored = bool(geometry) and window.restoreGeometry(QByteArray(base64.b64decode(geometry, validate=False)))
    if window.isMaximized() or window.isFullScreen():
        return
    room = window.screen().availableGeometry().adjusted(_FRAME, _TITLE, -_FRAME, -_FRAME)
    size = window.size().boundedTo(room.size()).expandedTo(window.minimumSize())
    window.resize(size)
    if restored:  # where it is, is where its frame begins
        left = max(room.left() - _FRAME, min(window.x(), room.right() + 1 - size.width() - _FRAME))
        top = max(room.top() - _TITLE, min(window.y(), room.bottom() + 1 - size.height() - _TITLE))
        window.move(left, top)
