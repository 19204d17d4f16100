"""The curves of a training: what it pays for (-ELBO), its two parts, and how much of the latent space is used."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from genstudio.gui.record import CURVES, Record
from genstudio.gui.theme import SPACE, Theme

__all__ = ["Curves", "library"]

_LEAST, _HIGH = 140, 176  # pixels
_TURN = 20  # milliseconds between the drawing of two plots


def library() -> Any:
    """pyqtgraph, imported late: on a thread first, since it takes half a second."""
    import pyqtgraph

    return pyqtgraph


def smoothed(values: Sequence[float]) -> list[float]:
    """A running mean that forgets, over a thirtieth of the values; right from the first value on (Kingma & Ba 2015, section 3)."""
    keep = max(0.0, 1 - 30 / max(30, len(values)))
    mean, weight, found = 0.0, 0.0, []
    for value in values:
        mean = keep * mean + (1 - keep) * value
        weight = keep * weight + (1 - keep)
        found.append(mean / weight)
    return found


class _Plot(QFrame):
    """One figure over the steps: a thin line for the pieces that are trained on, a strong one with dots for those held out."""

    pointed = Signal(int)  # a step; -1: nowhere

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        pg = library()
        self._theme = theme
        self.name = name
        self._record = Record()
        self._cursor = -1
        self._seen: dict[str, tuple[float, float]] = {}
        self.setProperty("kind", "panel")
        self.title = QLabel(self)
        self.title.setProperty("kind", "heading")
        self.read = QLabel(self)
        self.read.setProperty("kind", "caption")
        self.read.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.plot = pg.PlotWidget(self, background=None)
        self.plot.setStyleSheet("background: transparent; border: none;")
        self.plot.setMinimumSize(_LEAST, _HIGH)
        self.plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(x=False, y=False)
        item.getViewBox().wheelEvent = lambda event, axis=None: event.ignore()
        item.getAxis("left").setWidth(44)
        item.getAxis("bottom").setHeight(22)
        self._held = self.plot.plot([], [], antialias=True)
        self._raw = self.plot.plot([], [], antialias=False)  # a ragged line is ragged either way, and drawn far sooner
        self._line = self.plot.plot([], [], antialias=True)
        self._held.setZValue(2)
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        self._mark.hide()
        self.plot.addItem(self._mark, ignoreBounds=True)
        self.plot.scene().sigMouseMoved.connect(self._moved)
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE + 4, SPACE, SPACE)
        box.setSpacing(2)
        box.addWidget(self.title)
        box.addWidget(self.read)
        box.addSpacing(4)
        box.addWidget(self.plot, 1)
        self.retheme()

    def retheme(self) -> None:
        pg = library()
        colours = self._theme.colours
        for side in ("left", "bottom"):
            axis = self.plot.getPlotItem().getAxis(side)
            axis.setPen(pg.mkPen(colours.line))
            axis.setTextPen(pg.mkPen(colours.muted))
            font = self.font()
            font.setPointSizeF(max(7.0, font.pointSizeF() * 0.82))
            axis.setTickFont(font)
            axis.setStyle(tickLength=0, tickTextOffset=6)
        grid = QColor(colours.text)
        self.plot.showGrid(x=False, y=True, alpha=0.08)
        faint = QColor(colours.muted)
        faint.setAlphaF(0.22)
        self._raw.setPen(pg.mkPen(faint, width=1))
        self._line.setPen(pg.mkPen(colours.muted, width=1))  # wider lines take ten times as long to draw
        self._held.setPen(pg.mkPen(colours.accent, width=2))
        self._held.setSymbol("o")
        self._held.setSymbolSize(6)
        self._held.setSymbolBrush(pg.mkBrush(colours.accent))
        self._held.setSymbolPen(pg.mkPen(None))
        grid.setAlphaF(0.4)
        self._mark.setPen(pg.mkPen(grid, width=1))

    def show_record(self, record: Record) -> None:
        self._record = record
        held = record.held_out[self.name]
        line = record.training.get(self.name)
        self._held.setData(held.x, held.y)
        if line is not None:
            self._raw.setData(line.x, line.y)
            self._line.setData(line.x, smoothed(line.y))
        self._see("x", 0.0, float(max(10, record.step)))
        values = sorted([*held.y, *(line.y if line is not None else [])])
        if self.name == "active_units" and record.latent_dims:
            self._see("y", 0.0, float(record.latent_dims))
        elif values:
            # The first steps are far off; they must not flatten all that follows.
            high = values[min(len(values) - 1, int(0.98 * len(values)))]
            low = 0.0 if self.name == "kl" else values[0]
            self._see("y", low, max(high, low + 1e-3, *held.y[-3:]))
        self.show_cursor(self._cursor)

    def _see(self, axis: str, low: float, high: float) -> None:
        """Show a range, with some room above it: an axis that moved with every step would take longer to draw than the curves."""
        now_low, now_high = self._seen.get(axis, (0.0, 0.0))
        length = high - low
        if now_low <= low and high <= now_high and now_high - now_low <= 1.2 * length:
            return
        below = 0.0 if low == 0.0 else 0.04 * length
        self._seen[axis] = low - below, high + 0.06 * length
        change = self.plot.getPlotItem().setXRange if axis == "x" else self.plot.getPlotItem().setYRange
        change(*self._seen[axis], padding=0)

    def show_cursor(self, step: int) -> None:
        """Read the curves at a step, or at their ends (-1)."""
        self._cursor = step
        self._mark.setVisible(step >= 0)
        if step >= 0:
            self._mark.setValue(step)
        parts = []
        held, line = self._record.held_out[self.name], self._record.training.get(self.name)
        for series, words in ((held, self.tr("held out {value}")), (line, self.tr("training {value}"))):
            if series is not None and len(series):
                at = len(series) - 1 if step < 0 else min(len(series) - 1, bisect_left(series.x, step))
                value = series.y[at] if series is held else smoothed(series.y)[at]
                shown = f"{value:.0f}" if self.name == "active_units" else f"{value:.2f}"
                if self.name == "active_units" and self._record.latent_dims:
                    shown = self.tr("{value} of {dims}").format(value=shown, dims=self._record.latent_dims)
                parts.append(words.format(value=shown) if line is not None else shown)
        self.read.setText("  ·  ".join(parts))
        self.setAccessibleName(f"{self.title.text()}: {self.read.text()}")

    def _moved(self, place: Any) -> None:
        box = self.plot.getPlotItem().getViewBox()
        if box.sceneBoundingRect().contains(place):
            self.pointed.emit(max(0, round(box.mapSceneToView(place).x())))
        else:
            self.pointed.emit(-1)

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(-1)
        super().leaveEvent(event)


class Curves(QWidget):
    """Four of them. pyqtgraph must have been imported (:func:`library`) before one is made, on a thread, so that nothing waits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.plots: list[_Plot] = []
        self._record = Record()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * SPACE)
        self._next = QTimer(self)
        self._next.timeout.connect(self._one_more)
        self._next.start(0)
        self._stale: list[_Plot] = []
        self._turn = QTimer(self)
        self._turn.setInterval(_TURN)
        self._turn.timeout.connect(self._draw_one)
        theme.changed.connect(self._retheme)

    def _one_more(self) -> None:
        """Make one more plot; one takes as long as two frames."""
        number = len(self.plots)
        plot = _Plot(self._theme, CURVES[number], self)
        self.plots.append(plot)
        self._grid.addWidget(plot, number // 2, number % 2)
        self._grid.setColumnStretch(number % 2, 1)
        plot.pointed.connect(self._point)
        self._name(plot)
        plot.show_record(self._record)
        if len(self.plots) == len(CURVES):
            self._next.stop()

    def _point(self, step: int) -> None:
        for plot in self.plots:
            plot.show_cursor(step)

    def _retheme(self) -> None:
        for plot in self.plots:
            plot.retheme()

    def show_record(self, record: Record) -> None:
        """Draw what a training has told so far, one plot at a time, so that no frame is held up for all four."""
        self._record = record
        self._stale = list(self.plots)
        self._draw_one()

    def _draw_one(self) -> None:
        if self._stale:
            self._stale.pop(0).show_record(self._record)
        if not self._stale:
            self._turn.stop()
        elif not self._turn.isActive():
            self._turn.start()

    def retranslate(self) -> None:
        """Set every string."""
        for plot in self.plots:
            self._name(plot)

    def _name(self, plot: _Plot) -> None:
        words = {
            "negative_elbo": (
                self.tr("−ELBO"),
                self.tr("What the training lowers: reconstruction and KL together, in nats a piece."),
            ),
            "reconstruction_nll": (
                self.tr("Reconstruction"),
                self.tr("How surprised the decoder is by the pieces, in nats a piece."),
            ),
            "kl": (self.tr("KL"), self.tr("How much of each piece passes through the latent space, in nats.")),
            "active_units": (self.tr("Active units"), self.tr("Dimensions of the latent space that differ from piece to piece.")),
        }
        title, about = words[plot.name]
        plot.title.setText(title)
        plot.title.setToolTip(about)
        plot.setAccessibleDescription(about)
        plot.show_cursor(-1)
