"""The engraved score of music. verovio sets it beside the window; the picture is plain SVG that Qt draws."""

from __future__ import annotations

import re
import string
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from genstudio.gui.items import Item
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
_MOST = 24_000_000  # pixels of a page that is kept as a picture
_PAPER, _INK = "#ffffff", "#111111"
_TIMES = 11.94  # width of the alphabet in Times, in ems


class ScoreView(QAbstractScrollArea):
    """Pages under one another, as wide as the view. Ctrl and the wheel, ``+``, ``-`` and ``0`` zoom."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item: Item | None = None
        self._task: Task | None = None
        self._svgs: list[str] = []
        self._pages: list[QSvgRenderer] = []
        self._pictures: dict[int, QImage] = {}
        self._zoom = 1.0
        self._trouble = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LEAST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.viewport().update)
        context.theme.changed.connect(self._draw_anew)
        self.retranslate()

    # -- what is shown

    def show_item(self, item: Item | None, *, lead_sheet: bool = False) -> None:
        """Engrave a piece of music, of a score all parts or only the tune with its chord symbols (``lead_sheet``); texts and None
        leave the view empty."""
        self._item = item if item is not None and item.music else None
        self._pages, self._svgs, self._trouble = [], [], ""
        self._pictures.clear()
        if self._task is not None and not self._task.over:
            self._task.stop()
        self._task = None
        if self._item is not None:
            self._task = self._context.engine.run(
                partial(_engraved, self._item.piece, lead_sheet), name="engrave", done=self._have, failed=self._cannot
            )
        self._arrange()
        self.retranslate()

    def _have(self, svgs: list[str]) -> None:
        self._svgs = list(map(_lettered, svgs))
        self._draw_anew()

    def _cannot(self, message: str, details: str) -> None:
        self._trouble = message
        self.retranslate()

    @property
    def ready(self) -> bool:
        """Whether the score is there."""
        return bool(self._pages)

    @property
    def trouble(self) -> str:
        """Why there is no score, a sentence; "" where there is one or it is being made."""
        return self._trouble

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("Score"))
        about = describe_roll(self._item.piece) if self._item is not None else self.tr("Nothing is shown.")
        self.setAccessibleDescription(self._trouble or about)
        self.viewport().update()

    def _draw_anew(self) -> None:
        """The pages in the colours of the theme: on dark ground the paper is dark and the ink light."""
        colours = self._context.theme.colours
        pages = []
        for svg in self._svgs:
            text = svg
            if self._context.theme.dark:
                text = text.replace(_INK, colours.text).replace(_PAPER, colours.surface)
            pages.append(QSvgRenderer(QByteArray(text.encode("utf-8"))))
        self._pages = pages
        self._pictures.clear()
        self._arrange()

    # -- where the pages are

    def _scale(self, page: QSvgRenderer) -> float:
        room = max(1.0, min(_WIDEST, self.viewport().width() - 2 * _GAP))
        widest = max((one.viewBoxF().width() for one in self._pages), default=1.0)
        # A single short line is not blown up.
        return self._zoom * min(1.2, room / widest)

    def _boxes(self) -> list[QRectF]:
        """Where each page lies, as if nothing were scrolled."""
        boxes = []
        y = _GAP
        for page in self._pages:
            scale = self._scale(page)
            width, height = page.viewBoxF().width() * scale, page.viewBoxF().height() * scale
            x = max(_GAP, (self.viewport().width() - width) / 2)
            boxes.append(QRectF(x, y, width, height))
            y += height + _GAP
        return boxes

    def _arrange(self) -> None:
        boxes = self._boxes()
        view = self.viewport()
        wide = max((box.right() + _GAP for box in boxes), default=0.0)
        tall = boxes[-1].bottom() + _GAP if boxes else 0.0
        for bar, size, room in (
            (self.horizontalScrollBar(), wide, view.width()), (self.verticalScrollBar(), tall, view.height()),
        ):  # fmt: skip
            bar.setPageStep(room)
            bar.setSingleStep(40)
            bar.setRange(0, max(0, round(size - room)))
        view.update()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom, with the place ``at`` (the middle) staying where it is."""
        place = at if at is not None else QPointF(self.viewport().rect().center())
        before = self._zoom
        self._zoom = min(_ZOOMS[1], max(_ZOOMS[0], self._zoom * factor))
        grown = self._zoom / before
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        wanted = [grown * (bar.value() + where) - where for bar, where in zip(bars, (place.x(), place.y()), strict=True)]
        self._pictures.clear()
        self._arrange()
        for bar, value in zip(bars, wanted, strict=True):
            bar.setValue(round(value))

    def fit(self) -> None:
        """Pages as wide as the view."""
        self._zoom = 1.0
        self._pictures.clear()
        self._arrange()

    # -- events

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pictures.clear()
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
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
        painter = QPainter(self.viewport())
        colours = self._context.theme.colours
        painter.fillRect(event.rect(), QColor(colours.page))
        if not self._pages:
            self._paint_words(painter)
        offset = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for index, box in enumerate(self._boxes()):
            box.translate(-offset)
            if not box.intersects(QRectF(event.rect())):
                continue
            painter.drawImage(box.topLeft(), self._picture(index, box))
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawRect(box)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _paint_words(self, painter: QPainter) -> None:
        if self._item is None:
            text = self.tr("Choose a piece to see its score here.")
        elif self._trouble:
            text = self._trouble
        else:
            text = self.tr("The score is being engraved.")
        painter.setPen(QColor(self._context.theme.colours.muted))
        room = self.viewport().rect().adjusted(32, 16, -32, -16)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def _picture(self, index: int, box: QRectF) -> QImage:
        """A page as a picture: scrolling shall not draw a thousand paths each time."""
        if index not in self._pictures:
            ratio = self.devicePixelRatioF()
            ratio = min(ratio, (_MOST / max(1.0, box.width() * box.height())) ** 0.5)
            image = QImage(
                max(1, round(box.width() * ratio)), max(1, round(box.height() * ratio)), QImage.Format.Format_ARGB32_Premultiplied
            )
            image.fill(QColor(self._context.theme.colours.surface))
            painter = QPainter(image)
            self._pages[index].render(painter, QRectF(image.rect()))
            painter.end()
            image.setDevicePixelRatio(ratio)
            self._pictures = {known: one for known, one in self._pictures.items() if abs(known - index) < 3}
            self._pictures[index] = image
        return self._pictures[index]


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
