"""Every chart of the window but the map: counts as bars, parts of a whole, and lines over steps.

A thin layer over pyqtgraph, which takes half a second to load: on a thread, when the first chart is seen, but for the parts of Qt
that it needs, which take milliseconds. Charts are drawn one
after another, so that no frame waits for all of them. pyqtgraph draws and no more: pointing is left to Qt, so there are no menus,
no zoom that nobody asked for, and the wheel scrolls the page that a chart is on.
"""

from __future__ import annotations

import base64
import html
import importlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QBuffer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from genstudio.gui.context import Context
from genstudio.gui.engine import Engine
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.flow import Flow

__all__ = ["TONES", "Bars", "Chart", "Line", "Lines", "Shares", "counted"]

TONES = ("accent", "text", "muted", "edge")
"""Colours of the theme that lines take in turn, none that means something; the pattern of each is another, too."""

_PATTERNS: tuple[list[float], ...] = ([], [5, 3], [1.5, 2.5], [7, 3, 1.5, 3], [3, 2], [9, 4])
_DOTS = 40  # steps at most that are drawn as dots, too
_SLOTS = 7  # bars have room for so many at least: a bar alone is no wall
_HIGH = 140  # pixels of a plot
_SIDE, _BELOW = 44, 22  # pixels of the axes
_ROOM = 0.05  # of a range, around it
_TURN = 20  # milliseconds between the drawing of two charts
_PARTS_OF_QT = ("PySide6.QtSvg", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtTest")  # that pyqtgraph imports


def counted(number: float) -> str:
    """A count as it is written: 12,345."""
    return f"{number:,.0f}"


def _library() -> Any:
    import pyqtgraph

    return pyqtgraph


class _Turns(QObject):
    """Charts that wait to be drawn; one for the engine that loads pyqtgraph."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._waiting: list[Chart] = []
        self._ready = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TURN)
        self._timer.timeout.connect(self._next)
        for name in _PARTS_OF_QT:  # here: a library of Qt that is loaded beside Qt at work can end the process
            importlib.import_module(name)
        engine.run(_library, name="load the charts", done=self._loaded)

    def _loaded(self, _: object) -> None:
        self._ready = True
        self._timer.start()

    def add(self, chart: Chart) -> None:
        if chart not in self._waiting:
            self._waiting.append(chart)
        if self._ready and not self._timer.isActive():
            self._timer.start()

    def _next(self) -> None:
        chart = self._waiting.pop(0) if self._waiting else None
        if chart is None:
            self._timer.stop()
        elif shiboken6.isValid(chart) and chart.isVisible():
            chart.draw()


class Chart(QFrame):
    """A name, what is read where the pointer is, the plot and what its colours mean.

    plot: pyqtgraph's view of it, None until it is drawn. items: what is drawn in it. named: the words beside the colours.
    """

    pointed = Signal(object)  # a place on the horizontal axis, or None

    def __init__(self, context: Context, parent: QWidget | None = None, *, framed: bool = False, axes: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.context = context
        self.plot: Any = None
        self.items: list[Any] = []
        self.named: list[str] = []
        self._keys: list[QLabel] = []
        self._sides, self._axes = axes, dict[str, Any]()
        self._seen: dict[str, tuple[float, float]] = {}
        self._at: float | None = None
        self._stale = True
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.title, self.read, self._legend = QLabel(self), QLabel(self), Flow()
        self.title.setProperty("kind", "heading")
        self.read.setProperty("kind", "caption")
        self.title.setWordWrap(True)
        self._place = QWidget(self)
        stacked(into=self._place)
        for part in (self.title, self.read, self._place):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head = beside((self.title, 1))
        head.addWidget(self.read, 0, Qt.AlignmentFlag.AlignBottom)
        box = QVBoxLayout(self)
        box.setContentsMargins(*((2 * SPACE, SPACE + 4) * 2 if framed else (0, 0, 0, 0)))
        box.setSpacing(SPACE)
        box.addLayout(head)
        box.addWidget(self._place, 1)
        box.addLayout(self._legend)
        if framed:
            self.setProperty("kind", "panel")
        context.theme.changed.connect(self.renew)

    # -- what the kinds of charts do

    def described(self) -> str:
        """The chart in words."""
        raise NotImplementedError

    def _fill(self, pg: Any) -> None:
        """Draw it."""
        raise NotImplementedError

    def _point(self) -> None:
        """Tell what is pointed at, and mark it where it has been drawn."""
        raise NotImplementedError

    # -- drawing

    def _show(self, title: str) -> None:
        self._at = None
        self.title.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(self.described())
        self.renew()

    def renew(self) -> None:
        """Draw it again as soon as it is seen."""
        self._point()
        self._stale = True
        if self.isVisible():
            engine = self.context.engine
            turns = engine.findChild(_Turns)
            (turns if isinstance(turns, _Turns) else _Turns(engine)).add(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.renew()

    def draw(self) -> None:
        """Draw it now; pyqtgraph must have been loaded."""
        pg = _library()
        if self.plot is None:
            self._build(pg)
        line, font = self._colour("line"), self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.82))
        for side, axis in self._axes.items():
            axis.setPen(line if side == "bottom" else QPen(Qt.PenStyle.NoPen))
            axis.setTickPen(line)
            axis.setTextPen(self._colour("muted"))
            axis.setTickFont(font)
        self._stale = False
        self._fill(pg)
        self._point()

    def _build(self, pg: Any) -> None:
        view = pg.GraphicsView(self, background=None)
        view.setStyleSheet("background: transparent; border: none;")
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grid = pg.GraphicsLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        view.setCentralItem(grid)
        self.plot = pg.ViewBox(enableMenu=False, enableMouse=False)
        grid.addItem(self.plot, 0, 1)
        for side in self._sides:
            axis = self._axes[side] = pg.AxisItem(side, maxTickLength=0)
            axis.setStyle(tickTextOffset=6, maxTickLevel=0, hideOverlappingLabels=self.width() if side == "bottom" else False)
            axis.setZValue(-1000)  # its grid lies below what is drawn
            axis.enableAutoSIPrefix(False)
            axis.tickStrings = _ticks
            axis.linkToView(self.plot)
            grid.addItem(axis, *((0, 0) if side == "left" else (1, 1)))
        if "left" in self._axes:
            self._axes["left"].setWidth(_SIDE)
            self._axes["left"].setGrid(255)
            self._axes["left"].setStyle(tickAlpha=255)
        if "bottom" in self._axes:
            self._axes["bottom"].setHeight(_BELOW)
        layout = self._place.layout()
        assert layout is not None
        layout.addWidget(view)

    def _colour(self, tone: str, alpha: float = 1.0) -> QColor:
        colour = QColor(getattr(self.context.theme.colours, tone))
        colour.setAlphaF(alpha)
        return colour

    def _see(self, axis: str, low: float, high: float, room: float = 0.0) -> None:
        """Show a range with some room around it, and keep that while it still does: an axis that moved with every step would take
        longer to draw than lines."""
        now_low, now_high = self._seen.get(axis, (0.0, 0.0))
        length = high - low or 1.0
        if not (now_low <= low and high <= now_high and now_high - now_low <= 1.2 * length):
            self._seen[axis] = low - room * length, high + room * length
            (self.plot.setXRange if axis == "x" else self.plot.setYRange)(*self._seen[axis], padding=0)

    def _name(self, pens: Sequence[QPen], wide: int = 22, room: str = "") -> None:
        """Say what colours mean: a stroke of each pen, and its words, with room for a value after the name."""
        while len(self._keys) < len(pens):
            self._keys.append(QLabel(self))
            self._keys[-1].setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._legend.addWidget(self._keys[-1])
        for label in self._keys[len(pens) :]:
            label.hide()
        for label, pen, words in zip(self._keys, pens, self.named, strict=False):
            whole = html.escape(words).replace(" ", "&nbsp;")
            label.setText(f"{_stroke(pen, wide, self.devicePixelRatioF())}&nbsp;&nbsp;{whole}")
            label.setMinimumWidth(self.fontMetrics().horizontalAdvance(words.partition("  ")[0] + room) + wide)
            label.show()

    # -- pointing

    def point(self, at: float | None) -> None:
        """Read the chart at a place on its horizontal axis; None: nowhere."""
        if at != self._at:
            self._at = at
            self._point()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = None
        if self.plot is not None:
            place = self.plot.getViewWidget().mapFrom(self, event.position())
            inside = self.plot.sceneBoundingRect().adjusted(-4, -4, 4, 4).contains(place)
            at = self.plot.mapSceneToView(place).x() if inside else None
        self.point(at)
        self.pointed.emit(at)

    def leaveEvent(self, event: QEvent) -> None:
        self.point(None)
        self.pointed.emit(None)
        super().leaveEvent(event)


class Bars(Chart):
    """A bar for each count, its label below it; the count is told where the pointer is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, axes=("bottom",))
        self._bars: list[tuple[str, int]] = []
        self.setMinimumWidth(200)
        self._place.setMinimumHeight(_HIGH)

    def show_counts(self, title: str, bars: Sequence[tuple[str, int]], unit: str = "") -> None:
        """Draw (label, count) under a title; ``unit`` is what the labels are counted in."""
        self._bars = list(bars)
        self._show(f"{title}, {unit}" if unit else title)

    def described(self) -> str:
        total = sum(count for _, count in self._bars) or 1
        most = sorted(self._bars, key=lambda bar: -bar[1])[:5]
        return ", ".join(f"{label}: {counted(count)} ({count / total:.0%})" for label, count in most)

    def _fill(self, pg: Any) -> None:
        counts = [count for _, count in self._bars]
        if not self.items:
            self.items = [pg.BarGraphItem(x=[], height=[], width=0.8, pen=None)]
            self.plot.addItem(self.items[0])
        self.items[0].setOpts(x=list(range(len(counts))), height=counts, brushes=None)
        self._see("x", -0.5, max(len(counts), _SLOTS) - 0.5)
        self._see("y", 0.0, 1.02 * max(counts, default=1) or 1.0)
        self._axes["bottom"].setTicks([self._labels()])

    def _labels(self) -> list[tuple[int, str]]:
        """Those labels that have room, and where."""
        slot = self.width() / max(len(self._bars), _SLOTS)
        found, free = [], -math.inf
        for number, (label, _) in enumerate(self._bars):
            half = (self.fontMetrics().horizontalAdvance(label) * 0.82 + SPACE) / 2
            if number * slot - half >= free and half <= (number + 0.5) * slot <= self.width() - half:
                found.append((number, label))
                free = number * slot + half
        return found

    def _point(self) -> None:
        over = math.floor(self._at + 0.5) if self._at is not None else -1
        over = over if over < len(self._bars) else -1
        self.read.setText(f"{self._bars[over][0]}: {counted(self._bars[over][1])}" if over >= 0 else "")
        if self.items:
            full = self._colour("accent")
            shades = [full if over in (-1, number) else self._colour("accent", 0.55) for number in range(len(self._bars))]
            self.items[0].setOpts(brushes=shades or None)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        if "bottom" in self._axes:
            self._axes["bottom"].setTicks([self._labels()])


class Shares(Chart):
    """Parts of a whole as one bar, each named below with its count."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._parts: list[tuple[str, int, str]] = []

    def show_parts(self, title: str, parts: Sequence[tuple[str, int, str]]) -> None:
        """Draw (label, count, tone); tone is the name of a colour of the theme. What counts nothing is left out."""
        self._parts = [part for part in parts if part[1] > 0]
        self._show(title)

    def described(self) -> str:
        return ", ".join(f"{label}: {counted(count)}" for label, count, _ in self._parts)

    def _bounds(self) -> list[float]:
        """Where parts begin, and where the last one ends; the smallest is still to be seen."""
        total, bounds = sum(count for _, count, _ in self._parts) or 1, [0.0]
        for _, count, _ in self._parts:
            bounds.append(bounds[-1] + max(0.006, count / total))
        return bounds

    def _fill(self, pg: Any) -> None:
        if not self.items:
            self.plot.getViewWidget().setFixedHeight(12)
            self.items = [pg.BarGraphItem(x0=[], x1=[], height=1.0)]
            self.plot.addItem(self.items[0])
        bounds, gap = self._bounds(), QPen(self._colour("page"), 2)
        gap.setCosmetic(True)
        shades = [self._colour(part[2]) for part in self._parts]
        self.items[0].setOpts(x0=bounds[:-1], x1=bounds[1:], pen=gap, brushes=shades or None)
        self._see("x", 0.0, bounds[-1] or 1.0)
        self._see("y", 0.0, 1.0)

    def _point(self) -> None:
        total = sum(count for _, count, _ in self._parts)
        over = next((number for number, end in enumerate(self._bounds()[1:]) if self._at is not None and self._at <= end), -1)
        label, count, _ = self._parts[over] if over >= 0 else ("", 0, "")
        self.read.setText(f"{label}: {counted(count)} ({count / total:.0%})" if over >= 0 else "")
        self.named = [f"{label}  {counted(count)}" for label, count, _ in self._parts]
        self._name([QPen(self._colour(part[2]), 8) for part in self._parts], 8)


@dataclass(frozen=True)
class Line:
    """A name and a value for each step. tone: a colour of the theme, "" for the next of :data:`TONES`. steps: where the values are,
    by default 0, 1, 2 … thin: many values, as a thin line; without a name it is only a shade behind the others."""

    label: str
    values: Sequence[float]
    tone: str = ""
    steps: Sequence[float] = ()
    thin: bool = False

    @property
    def places(self) -> Sequence[float]:
        """Where the values are."""
        return self.steps or range(len(self.values))


class Lines(Chart):
    """Lines in colours and patterns of their own, named below; values are told where the pointer is.

    written: how a value is written. last: the last value is told while nothing is pointed at.
    """

    def __init__(self, context: Context, parent: QWidget | None = None, *, last: bool = False) -> None:
        super().__init__(context, parent, framed=True, axes=("left", "bottom"))
        self.lines: list[Line] = []
        self.written: Callable[[float], str] = _short
        self._last = last
        self._ends = "", ""
        self._range: tuple[float, float] | None = None
        self._mark: Any = None
        self.setMinimumWidth(240)
        self._place.setMinimumHeight(_HIGH)

    def show_lines(
        self, title: str, lines: Sequence[Line], ends: tuple[str, str] = ("", ""), span: tuple[float, float] | None = None
    ) -> None:
        """Draw lines; ``ends`` are the names of the first and the last step, ``span`` the values that must be seen, by default 0
        and all that there are."""
        at = self._at
        self.lines = [line for line in lines if line.values]
        self._ends, self._range = ends, span
        self._show(title)
        self.point(at)

    def described(self) -> str:
        parts = [
            self.tr("{name}: from {first} to {last}, between {low} and {high}").format(
                name=line.label, first=_short(line.values[0]), last=_short(line.values[-1]),
                low=_short(min(line.values)), high=_short(max(line.values)),
            )
            for line in self.lines if line.label
        ]  # fmt: skip
        return "; ".join(parts)

    def _pens(self) -> list[QPen]:
        found, number = [], 0
        for line in self.lines:
            colour = self._colour(line.tone or TONES[number % len(TONES)], 1.0 if line.label else 0.22)
            pen = QPen(colour, 1 if line.thin else 2)  # wide ones take ten times as long to draw
            if not line.thin:
                pen.setDashPattern(_PATTERNS[number % len(_PATTERNS)])
                pen.setStyle(pen.style() if pen.dashPattern() else Qt.PenStyle.SolidLine)
                number += 1
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            found.append(pen)
        return found

    def _fill(self, pg: Any) -> None:
        if self._mark is None:
            self._mark = pg.InfiniteLine(angle=90, movable=False)
            self.plot.addItem(self._mark, ignoreBounds=True)
        while len(self.items) < len(self.lines):
            self.items.append(pg.PlotDataItem())
            self.plot.addItem(self.items[-1])
        for item in self.items[len(self.lines) :]:
            item.clear()
        for item, line, pen in zip(self.items, self.lines, self._pens(), strict=False):
            dots = "o" if not line.thin and len(line.values) <= _DOTS else None
            item.setData(
                list(line.places), list(line.values), pen=pen, antialias=bool(line.label),  # a ragged line is ragged either way
                symbol=dots, symbolSize=6, symbolBrush=pen.color(), symbolPen=None,
            )  # fmt: skip
        places = [place for line in self.lines for place in (line.places[0], line.places[-1])]
        first, last = min(places, default=0.0), max(places, default=1.0)
        self._see("x", first, last, _ROOM)
        values = [value for line in self.lines for value in line.values]
        self._see("y", *(self._range or (min([0.0, *values]), max(values, default=1.0))), _ROOM)
        if any(self._ends):
            self._axes["bottom"].setTicks([list(zip((first, last), self._ends, strict=True))])
            half = self.fontMetrics().horizontalAdvance(self._ends[1]) // 2
            self.plot.getViewWidget().centralWidget.setContentsMargins(0, 0, half, 0)

    def _point(self) -> None:
        step = None
        if self._at is not None and self.lines:
            longest = max(self.lines, key=lambda line: len(line.values)).places
            step = longest[_nearest(longest, self._at)]
        self.named = []
        for line in self.lines:
            at = _nearest(line.places, step) if step is not None else -1
            value = f"  {self.written(line.values[at])}" if step is not None or self._last else ""
            self.named += [line.label + value] if line.label else []
        pens = [pen for line, pen in zip(self.lines, self._pens(), strict=True) if line.label]
        self._name(pens, room="" if self._last else "    −0.000")
        if self._mark is not None:
            self._mark.setVisible(step is not None)
            self._mark.setPen(self._colour("edge"))
            self._mark.setValue(step or 0)


def _nearest(places: Sequence[float], at: float) -> int:
    return min(range(len(places)), key=lambda number: abs(places[number] - at))


def _stroke(pen: QPen, wide: int, ratio: float) -> str:
    picture = QPixmap(round(wide * ratio), round(10 * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.scale(ratio, ratio)
    painter.setPen(pen)
    painter.drawLine(0, 5, wide, 5)
    painter.end()
    buffer = QBuffer()
    picture.save(buffer, "PNG")
    data = base64.b64encode(buffer.data().data()).decode()
    return f'<img src="data:image/png;base64,{data}" width="{wide}" height="10">'


def _ticks(values: Sequence[float], scale: float, spacing: float) -> list[str]:
    places = max(0, math.ceil(-math.log10(spacing * scale)))
    return [f"{value * scale:,.{places}f}".replace("-", "−") for value in values]


def _short(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if abs(value) > 1e-9 else "0"
