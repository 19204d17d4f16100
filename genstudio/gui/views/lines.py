"""A small plot of one or more lines over the same steps, such as the distances along a path."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from genstudio.gui.theme import SPACE, Theme

__all__ = ["TONES", "Line", "Lines"]

TONES = ("accent", "text", "muted", "edge")
"""Colours of the theme that lines take in turn, none that means something; the pattern of each is another, too."""

_PATTERNS: tuple[list[float], ...] = ([], [5, 3], [1.5, 2.5], [7, 3, 1.5, 3], [3, 2], [9, 4])
_DOTS = 40  # steps at most that are drawn as dots, too


@dataclass(frozen=True)
class Line:
    """A name and a value for each step. tone: a colour of the theme, "" for the next of :data:`TONES`."""

    label: str
    values: Sequence[float]
    tone: str = ""


class Lines(QWidget):
    """Lines in colours and patterns of their own, named below; values are told where the pointer is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = self._first = self._last = ""
        self.lines: list[Line] = []
        self._over = -1
        self.setMouseTracking(True)
        self.setMinimumSize(240, 196)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(360, 196 + (self._legend_lines() - 1) * (line + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def show_lines(self, title: str, lines: Sequence[Line], unit: str = "", first: str = "", last: str = "") -> None:
        """Draw lines; ``first`` and ``last`` name the ends of the steps, ``unit`` is what the values are counted in."""
        self._title = f"{title}, {unit}" if unit else title
        self._first, self._last = first, last
        self.lines = [line for line in lines if line.values]
        self._over = -1
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(self.described())
        self.updateGeometry()
        self.update()

    def described(self) -> str:
        """The plot in words."""
        parts = [
            self.tr("{name}: from {first} to {last}, between {low} and {high}").format(
                name=line.label, first=_short(line.values[0]), last=_short(line.values[-1]),
                low=_short(min(line.values)), high=_short(max(line.values)),
            )
            for line in self.lines
        ]  # fmt: skip
        return "; ".join(parts)

    # -- geometry

    def _places(self) -> list[tuple[int, int]]:
        """The line and the place in it of each name below."""
        row, at, found = 0, 0, []
        for one in self.lines:
            # with room for the value that is pointed at
            wide = 26 + self.fontMetrics().horizontalAdvance(f"{one.label}  −0.000")
            if at and at + wide > self.width():
                row, at = row + 1, 0
            found.append((row, at))
            at += wide + 2 * SPACE
        return found

    def _legend_lines(self) -> int:
        return 1 + max((row for row, _ in self._places()), default=0)

    def _plot(self) -> QRectF:
        line = self.fontMetrics().height()
        below = line + 4 + self._legend_lines() * (line + 4)
        return QRectF(self.rect()).adjusted(44, line + SPACE + 4, -SPACE, -below)

    def _range(self) -> tuple[float, float, float]:
        """Lowest and highest value of the axis, and the step of its marks."""
        values = [value for line in self.lines for value in line.values]
        low, high = min([0.0, *values]), max(values, default=1.0)
        step = _nice((high - low) / 3 or 1.0)
        return math.floor(low / step) * step, math.ceil(high / step - 1e-9) * step or step, step

    def _point(self, number: int, value: float, count: int) -> QPointF:
        plot, (low, high, _) = self._plot(), self._range()
        x = plot.left() + plot.width() * number / max(1, count - 1)
        return QPointF(x, plot.bottom() - plot.height() * (value - low) / ((high - low) or 1.0))

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.fontMetrics().height()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(0, 0, self.width(), high), Qt.AlignmentFlag.AlignLeft, self._title)
        if not self.lines:
            return
        small = QFont(self.font())
        small.setPointSizeF(max(7.5, small.pointSizeF() * 0.85))
        painter.setFont(small)
        self._axes(painter)
        if self._over >= 0:
            count = max(len(line.values) for line in self.lines)
            x = self._point(self._over, 0, count).x()
            painter.setPen(QPen(QColor(colours.edge), 1))
            painter.drawLine(QPointF(x, self._plot().top()), QPointF(x, self._plot().bottom()))
        for number, line in enumerate(self.lines):
            pen = self._pen(number)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            points = [self._point(step, value, len(line.values)) for step, value in enumerate(line.values)]
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            for step, point in enumerate(points if len(points) <= _DOTS else ()):
                size = 4.0 if step == self._over else 2.5
                painter.drawEllipse(point, size, size)
        self._legend(painter)

    def _pen(self, number: int) -> QPen:
        pen = QPen(QColor(getattr(self._theme.colours, self.lines[number].tone or TONES[number % len(TONES)])), 2)
        pattern = _PATTERNS[number % len(_PATTERNS)]
        if pattern:
            pen.setDashPattern(pattern)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    def _axes(self, painter: QPainter) -> None:
        colours, plot, metrics = self._theme.colours, self._plot(), painter.fontMetrics()
        low, high, step = self._range()
        for mark in range(round((high - low) / step) + 1):
            value = low + mark * step
            y = self._point(0, value, 2).y()
            painter.setPen(QPen(QColor(colours.edge if abs(value) < step / 2 else colours.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(colours.muted))
            place = QRectF(0, y - metrics.height() / 2, plot.left() - SPACE, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _short(value))
        below = QRectF(plot.left(), plot.bottom() + 3, plot.width(), metrics.height())
        painter.setPen(QColor(colours.muted))
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self._first)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self._last)

    def _legend(self, painter: QPainter) -> None:
        painter.setFont(self.font())
        high = self.fontMetrics().height()
        top = self.height() - self._legend_lines() * (high + 4)
        for number, (line, (row, at)) in enumerate(zip(self.lines, self._places(), strict=True)):
            y = top + row * (high + 4)
            painter.setPen(self._pen(number))
            painter.drawLine(QPointF(at, y + high / 2), QPointF(at + 20, y + high / 2))
            painter.setPen(QColor(self._theme.colours.text))
            painter.drawText(QRectF(at + 26, y, self.width() - at - 26, high), Qt.AlignmentFlag.AlignLeft, self._label(line))

    def _label(self, line: Line) -> str:
        if 0 <= self._over < len(line.values):
            return f"{line.label}  {_short(line.values[self._over])}"
        return line.label

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, count = self._plot(), max((len(line.values) for line in self.lines), default=0)
        over = -1
        if count > 1 and plot.adjusted(-4, -4, 4, 4).contains(event.position()):
            over = min(count - 1, max(0, round((event.position().x() - plot.left()) / plot.width() * (count - 1))))
        if over != self._over:
            self._over = over
            self.update()

    def leaveEvent(self, event: object) -> None:
        self._over = -1
        self.update()


def _nice(step: float) -> float:
    """The next of 1, 2 and 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= step * 0.999)


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if abs(value) > 1e-9 else "0"
