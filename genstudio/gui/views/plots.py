"""Small plots of counts: how long pieces are, in which metres, in which keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from genstudio.gui.theme import SPACE, Theme

__all__ = ["Bars", "Shares", "counted"]


def counted(number: float) -> str:
    """A count as it is written: 12,345."""
    return f"{number:,.0f}"


class Bars(QWidget):
    """A bar for each count, its label below it; the count is told where the pointer is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._bars: list[tuple[str, int]] = []
        self._over = -1
        self.setMouseTracking(True)
        self.setMinimumSize(200, 148)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(280, 160)

    def show_counts(self, title: str, bars: Sequence[tuple[str, int]], unit: str = "") -> None:
        """Draw (label, count) under a title; ``unit`` is what the labels are counted in."""
        self._title = f"{title}, {unit}" if unit else title
        self._bars = list(bars)
        self._over = -1
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self.described())
        self.update()

    def described(self) -> str:
        """The plot in words."""
        if not self._bars:
            return ""
        total = sum(count for _, count in self._bars) or 1
        most = sorted(self._bars, key=lambda bar: -bar[1])[:5]
        return ", ".join(f"{label}: {counted(count)} ({count / total:.0%})" for label, count in most)

    def _plot(self) -> QRectF:
        line = self.fontMetrics().height()
        return QRectF(self.rect()).adjusted(0, line + SPACE, 0, -line - 2)

    def _slot(self) -> float:
        return min(72.0, self._plot().width() / max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, 0, self.width(), self.fontMetrics().height()), Qt.AlignmentFlag.AlignLeft, self._title)
        plot = self._plot()
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), 1), QColor(colours.line))
        if not self._bars:
            return
        small = QFont(self.font())
        small.setPointSizeF(max(7.0, small.pointSizeF() * 0.82))
        painter.setFont(small)
        metrics = painter.fontMetrics()
        if 0 <= self._over < len(self._bars):
            label, count = self._bars[self._over]
            painter.setPen(QColor(colours.muted))
            top = QRectF(0, 0, self.width(), self.fontMetrics().height())
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{label}: {counted(count)}")
        slot = self._slot()
        most = max(count for _, count in self._bars) or 1
        gap = 1.0 if slot < 8 else 2.0 if slot < 16 else slot * 0.2
        free = -1.0
        for number, (label, count) in enumerate(self._bars):
            left = plot.left() + number * slot
            height = 0.0 if count == 0 else max(1.5, (plot.height() - 2) * count / most)
            bar = QRectF(left + gap / 2, plot.bottom() - height, max(1.0, slot - gap), height)
            colour = QColor(colours.accent)
            if number != self._over and self._over >= 0:
                colour.setAlphaF(0.55)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, min(3.0, bar.width() / 3), min(3.0, bar.width() / 3))
            wide = metrics.horizontalAdvance(label)
            centre = min(max(left + slot / 2, plot.left() + wide / 2), plot.right() - wide / 2)
            if centre - wide / 2 > free:
                painter.setPen(QColor(colours.muted))
                painter.drawText(QPointF(centre - wide / 2, plot.bottom() + 3 + metrics.ascent()), label)
                free = centre + wide / 2 + 6

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = int((event.position().x() - self._plot().left()) // self._slot())
        over = over if 0 <= over < len(self._bars) else -1
        if over != self._over:
            self._over = over
            self.update()

    def leaveEvent(self, event: object) -> None:
        self._over = -1
        self.update()


class Shares(QWidget):
    """Parts of a whole as one bar, each named below with its count."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: list[tuple[str, int, str]] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(280, 12 + SPACE + self._lines() * (self.fontMetrics().height() + 4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _lines(self) -> int:
        return 1 + max((line for line, _ in self._places()), default=0)

    def _places(self) -> list[tuple[int, int]]:
        """The line, and the place in it, of each name: as many in a line as fit."""
        line, at, found = 0, 0, []
        for label, count, _ in self._parts:
            wide = 14 + self.fontMetrics().horizontalAdvance(f"{label}  {counted(count)}")
            if at and at + wide > self.width():
                line, at = line + 1, 0
            found.append((line, at))
            at += wide + 3 * SPACE
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()
        super().resizeEvent(event)

    def show_parts(self, title: str, parts: Sequence[tuple[str, int, str]]) -> None:
        """Draw (label, count, tone); tone is the name of a colour of the theme. What counts nothing is left out."""
        self._parts = [part for part in parts if part[1] > 0]
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(f"{label}: {counted(count)}" for label, count, _ in self._parts))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        total = sum(count for _, count, _ in self._parts)
        if not total:
            return
        left, metrics = 0.0, self.fontMetrics()
        painter.setPen(Qt.PenStyle.NoPen)
        for (label, count, tone), (line, at) in zip(self._parts, self._places(), strict=True):
            colour = QColor(getattr(colours, tone))
            width = max(3.0, (self.width() - 2 * len(self._parts)) * count / total)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, 0, width, 10), 3, 3)
            left += width + 2
            top = 12 + SPACE + line * (metrics.height() + 4)
            painter.drawRoundedRect(QRectF(at, top + metrics.height() / 2 - 4, 8, 8), 2, 2)
            painter.setPen(QColor(colours.text))
            painter.drawText(QPointF(at + 14, top + metrics.ascent()), f"{label}  {counted(count)}")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        total = sum(count for _, count, _ in self._parts)
        left = 0.0
        for label, count, _ in self._parts:
            width = max(3.0, (self.width() - 2 * len(self._parts)) * count / total)
            if left <= event.position().x() < left + width + 2:
                QToolTip.showText(event.globalPosition().toPoint(), f"{label}: {counted(count)} ({count / total:.0%})", self)
                return
            left += width + 2
