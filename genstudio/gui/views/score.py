"""The engraved score of music. verovio sets it beside the window; the picture is plain SVG that Qt draws."""

from __future__ import annotations

import re
import string
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmapCache,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtSvgWidgets import QGraphicsSvgItem
from PySide6.QtWidgets import QFrame, QGraphicsItem, QGraphicsRectItem, QGraphicsScene, QGraphicsView, QWidget

from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded
from genstudio.gui.views.description import describe_roll

if TYPE_CHECKING:
    from genstudio.domains import Music
    from genstudio.gui.context import Context
    from genstudio.gui.engine import Task

__all__ = ["ScoreView"]

_GAP = 16.0
_LEAST = 96  # pixels
_ZOOMS = (0.25, 4.0)
_STEP = 1.2
_WIDEST = 860.0  # pixels of a page that fits: wider lines are hard to follow
_PAPER, _INK = "#ffffff", "#111111"
_KEPT = 96 * 1024  # kilobytes of pages that are kept as pictures
_TIMES = 11.94  # width of the alphabet in Times, in ems


class ScoreView(Worded, QGraphicsView):
    """Pages under one another, as wide as the view. Ctrl and the wheel, ``+``, ``-`` and ``0`` zoom.

    trouble: why there is no score, a sentence; "" where there is one or it is being made.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item: Item | None = None
        self._task: Task | None = None
        self._svgs: list[str] = []
        self._pages: list[tuple[QSvgRenderer, QGraphicsRectItem]] = []
        self.trouble = ""
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self.setInteractive(False)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QPixmapCache.setCacheLimit(_KEPT)
        context.theme.changed.connect(self._draw_anew)
        self._draw_anew()
        self.retranslate()

    # -- what is shown

    def show_item(self, item: Item | None, *, lead_sheet: bool = False) -> None:
        """Engrave a piece of music, of a score all parts or only the tune with its chord symbols (``lead_sheet``); texts and None
        leave the view empty."""
        self._item = item if item is not None and item.music else None
        self._svgs, self.trouble = [], ""
        if self._task is not None and not self._task.over:
            self._task.stop()
        self._task = None
        if self._item is not None:
            self._task = self._context.engine.run(
                partial(_engraved, self._item.piece, lead_sheet), name="engrave", done=self._have, failed=self._cannot
            )
        self._draw_anew()
        self.retranslate()

    def _have(self, svgs: list[str]) -> None:
        self._svgs = list(map(_lettered, svgs))
        self._draw_anew()

    def _cannot(self, message: str, details: str) -> None:
        self.trouble = message
        self.retranslate()

    @property
    def ready(self) -> bool:
        """Whether the score is there."""
        return bool(self._pages)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Score"))
        about = describe_roll(self._item.piece) if self._item is not None else self.tr("Nothing is shown.")
        self.setAccessibleDescription(self.trouble or about)
        self.viewport().update()

    def _draw_anew(self) -> None:
        """The pages in the colours of the theme: on dark ground the paper is dark and the ink light."""
        colours = self._context.theme.colours
        self.setBackgroundBrush(QColor(colours.page))
        self._scene.clear()
        self._pages = []
        for svg in self._svgs:
            if self._context.theme.dark:
                svg = svg.replace(_INK, colours.text).replace(_PAPER, colours.surface)
            drawn = QSvgRenderer(QByteArray(svg.encode("utf-8")))
            frame = self._scene.addRect(drawn.viewBoxF(), QPen(QColor(colours.line), 0))  # a pixel, whatever the zoom
            page = QGraphicsSvgItem(frame)
            page.setSharedRenderer(drawn)
            page.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # scrolling shall not draw a thousand paths each time
            page.setFlag(QGraphicsItem.GraphicsItemFlag.ItemStacksBehindParent)
            self._pages.append((drawn, frame))
        self._arrange()

    # -- where the pages are

    def _arrange(self) -> None:
        """Have the pages as wide as the view; a single short line is not blown up."""
        sizes = [drawn.viewBoxF().size() for drawn, _ in self._pages]
        widest = max((size.width() for size in sizes), default=1.0)
        scale = min(1.2, max(1.0, min(_WIDEST, self.viewport().width() - 2 * _GAP)) / widest)
        y = _GAP
        for size, (_, frame) in zip(sizes, self._pages, strict=True):
            frame.setRect(QRectF(_GAP + (widest - size.width()) * scale / 2, y, size.width() * scale, size.height() * scale))
            page = frame.childItems()[0]
            page.setPos(frame.rect().topLeft())
            page.setScale(scale * size.width() / max(1.0, page.boundingRect().width()))
            y += size.height() * scale + _GAP
        self._scene.setSceneRect(0, 0, widest * scale + 2 * _GAP if sizes else 0, y if sizes else 0)

    def zoom(self, factor: float, at: QPoint | None = None) -> None:
        """Zoom, with the place ``at`` (the middle) staying where it is."""
        at = at if at is not None else self.viewport().rect().center()
        place, now = self.mapToScene(at), self.transform().m11()
        wanted = min(_ZOOMS[1], max(_ZOOMS[0], now * factor))
        self.scale(wanted / now, wanted / now)
        off = self.mapFromScene(place) - at
        for bar, by in ((self.horizontalScrollBar(), off.x()), (self.verticalScrollBar(), off.y())):
            bar.setValue(bar.value() + by)

    def fit(self) -> None:
        """Pages as wide as the view."""
        self.resetTransform()

    # -- events

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, colours = QPainter(self.viewport()), self._context.theme.colours
        if not self._pages:
            text = self.trouble or self.tr("The score is being engraved.")
            text = self.tr("Choose a piece to see its score here.") if self._item is None else text
            painter.setPen(QColor(colours.muted))
            room = self.viewport().rect().adjusted(32, 16, -32, -16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))


def _lettered(svg: str) -> str:
    """A picture with one family of letters, since Qt takes a list of families for the name of one; and not wider than those of
    Times, with which the engraver reckons, else words run into one another."""
    from genstudio.rendering.pictures import SERIF

    other = QFontInfo(QFont("-")).family()  # what stands for any family that is not there
    names = [name.strip("' ") for name in SERIF.split(",")]
    font = QFont(next((name for name in names if QFontInfo(QFont(name)).family() != other), other))
    font.setPixelSize(100)
    share = min(1.0, 100 * _TIMES / QFontMetricsF(font).horizontalAdvance(string.ascii_lowercase))
    return re.sub(
        f'font-family="{re.escape(SERIF)}" font-size="([0-9.]+)"',
        lambda found: f'font-family="{font.family()}" font-size="{share * float(found[1]):g}"', svg,
    )  # fmt: skip


def _engraved(music: Music, lead_sheet: bool) -> list[str]:
    """The pages as SVG."""
    from genstudio.domains.score.mixing import lead_sheet as reduced
    from genstudio.domains.score.piece import Score
    from genstudio.rendering.score import pages

    return pages(reduced(music) if lead_sheet and isinstance(music, Score) else music)
