"""Where the window stands on the screen, and files that are dropped into it."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.theme import SPACE, Theme

__all__ = ["DropSheet", "Dropping", "geometry_of", "put_back"]

_USUAL = QSize(1280, 800)
_SHARE = 0.8  # of a large screen, that the first window takes
_LEAST = QSize(960, 600)  # in which everything can be reached
_FRAME, _TITLE = 4, 36  # what the desktop puts around a window, before it is known


def geometry_of(window: QWidget) -> str:
    """Where it is now, for :func:`put_back`."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def put_back(window: QWidget, geometry: str) -> None:
    """Put a window where it was last time, or give it a good size; within the screen in any case, frame and all."""
    screen = window.screen().availableGeometry()
    room = screen.adjusted(_FRAME, _TITLE, -_FRAME, -_FRAME)
    window.setMinimumSize(_LEAST.boundedTo(room.size()))
    window.resize(_USUAL.expandedTo(screen.size() * _SHARE))
    restored = bool(geometry) and window.restoreGeometry(QByteArray(base64.b64decode(geometry, validate=False)))
    if window.isMaximized() or window.isFullScreen():
        return
    size = window.size().boundedTo(room.size()).expandedTo(window.minimumSize())
    if restored:  # where it is, is where its frame ends: to move it would place the frame there
        left = max(room.left(), min(window.geometry().x(), room.right() + 1 - size.width()))
        top = max(room.top(), min(window.geometry().y(), room.bottom() + 1 - size.height()))
        window.setGeometry(left, top, size.width(), size.height())
    else:
        window.resize(size)


class DropSheet(QWidget):
    """Covers the window while files are held over it, and says what will happen; lets the mouse through."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Cover the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(colours.page)
        ground.setAlphaF(0.86)
        painter.fillRect(self.rect(), ground)
        pen = QPen(QColor(colours.accent), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        edge = 3 * SPACE
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 2 * SPACE, 2 * SPACE)
        painter.setPen(QColor(colours.text))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        words = self.tr("Drop songs, sentences, a model, or a folder to make a corpus of")
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(self.rect().adjusted(48, 48, -48, -48), flags, words)
        painter.end()


class Dropping:
    """A window that files can be dropped into, wherever nothing else takes them; ``sheet`` covers it meanwhile."""

    context: Context
    sheet: DropSheet

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()) and event.source() is None:
            event.acceptProposedAction()
            self.sheet.cover()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.sheet.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.sheet.hide()
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.context.bus.open_files.emit(files)
