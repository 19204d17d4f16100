"""A time series seen large: its line on axes, the fan of a forecast, how unusual each step is, and another series over it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from genstudio.domains.series.picture import number, unusual
from genstudio.domains.series.piece import Series
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import stacked
from genstudio.gui.showing import Panel
from genstudio.gui.shown.curve import BAND, about, facts, fan, span_of, value
from genstudio.gui.theme import SPACE
from genstudio.gui.views.colours import mixed
from genstudio.gui.widgets.plots import Chart

__all__ = ["SeriesChart", "SeriesPanel"]

_ROOM = 0.06  # of the range of values, above and below
_STRIP = 36  # pixels of the scores
_APART = 28  # pixels between two dates
_FEWEST = 8  # steps that are seen, however large
_ALIKE = 0.1  # of the common range, that each of several must fill: else each has its own
_STEP = 1.25  # by which it gets larger and smaller
_EIGHTY = ("0.1", "0.9")  # the band that is told in numbers


class SeriesChart(Chart):
    """The chart. The value is read where the pointer is, or with the arrow keys; ``among``: pieces whose range is shown, too."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent, axes=("left", "bottom"))
        self.item: Item | None = None
        self.other: Item | None = None
        self.among: Sequence[Series] = ()
        self._strip: Any = None
        self._mark: Any = None
        self._part: tuple[float, float] | None = None  # the steps that are seen, where these are not all
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title.setProperty("kind", "caption")
        self.layout().setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)  # type: ignore[union-attr]

    def show_items(self, item: Item | None, other: Item | None) -> None:
        """Show a series (None: none), and another one over it."""
        if item is not self.item:
            self._part = None
        self.item = item
        self.other = other if other is not None and len(other.piece) else None
        self._show(", ".join(about(item.piece)) if item is not None else "")
        if item is not None:
            self.setAccessibleName(self.tr("Chart of {title}").format(title=item.title))

    @property
    def piece(self) -> Series:
        """What is shown."""
        return self.item.piece if self.item is not None else Series()

    def described(self) -> str:
        if self.item is None:
            return ""
        told = "; ".join(f"{name}: {said}" for name, said in facts(self.piece))
        return f"{told}. {self.tr('The arrow keys read one step after the other.')}"

    # -- drawing

    def _build(self, pg: Any) -> None:
        super()._build(pg)
        self._axes["left"].tickStrings = _values
        self._axes["bottom"].setStyle(hideOverlappingLabels=False)  # they are placed so that there is room
        self._strip = pg.ViewBox(enableMenu=False, enableMouse=False)
        self._strip.setFixedHeight(_STRIP)
        self._strip.setXLink(self.plot)
        self._bars = pg.BarGraphItem(x=[], height=[], width=0.8, pen=None)
        self._strip.addItem(self._bars)
        self._mark = pg.InfiniteLine(angle=90, movable=False)
        self.plot.addItem(self._mark, ignoreBounds=True)

    def _fill(self, pg: Any) -> None:
        for one in self.items:
            self.plot.removeItem(one)
        self.items = []
        piece, begin = self.piece, len(self.piece) - self.piece.forecast
        accent = self._pen("accent")
        for steps, lower, upper in fan(piece):
            edges = [pg.PlotCurveItem(steps, values, pen=None) for values in (lower, upper)]
            band = pg.FillBetweenItem(*edges, brush=self._colour("accent", BAND))
            self._add(*edges, band)
        if self.other is not None:
            self._line(pg, self.other.piece, 0, len(self.other.piece), self._pen("muted", dashed=True))
        self._line(pg, piece, 0, begin, self._ink)
        if piece.forecast:
            self._line(pg, piece, max(0, begin - 1), len(piece), accent)
        rings = [step for step in unusual(piece) if piece.values[step] is not None]
        if rings:
            pen = QPen(self._colour("bad"), 2)
            values = [piece.values[step] for step in rings]
            self._add(pg.PlotDataItem(rings, values, pen=None, symbol="o", symbolSize=12, symbolPen=pen, symbolBrush=None))
        self._show_strip()
        self._see_all()

    @property
    def _ink(self) -> QPen:
        """The pen of what is known: on the way between two ends in its colour."""
        pen = self._pen("text")
        if self.item is not None and self.item.t is not None:
            colours = self.context.theme.colours
            pen.setColor(mixed(colours.a, colours.b, self.item.t))
        return pen

    def _pen(self, tone: str, *, dashed: bool = False) -> QPen:
        pen = QPen(self._colour(tone), 2)
        pen.setCosmetic(True)
        if dashed:
            pen.setDashPattern([5, 3])
        return pen

    def _add(self, *items: Any) -> None:
        for one in items:
            self.plot.addItem(one)
            self.items.append(one)

    def _line(self, pg: Any, piece: Series, first: int, last: int, pen: QPen) -> None:
        values = piece.array()[first:last]
        there = np.isfinite(values)
        self._add(pg.PlotCurveItem(np.arange(first, last), values, pen=pen, connect="finite", antialias=True))
        beside = np.concatenate([[False], there, [False]])
        alone = np.flatnonzero(there & ~beside[:-2] & ~beside[2:])
        if len(alone):
            self._add(
                pg.PlotDataItem(
                    alone + first, values[alone], pen=None, symbol="o", symbolSize=5, symbolPen=None, symbolBrush=pen.color()
                )
            )

    def _show_strip(self) -> None:
        """The scores, below the series."""
        scores = self.piece.scores
        grid = self.plot.getViewWidget().centralWidget
        there = self._strip in grid.items
        if scores and not there:
            grid.addItem(self._strip, 2, 1)
            self._strip.show()
        elif not scores and there:
            grid.removeItem(self._strip)
            self._strip.hide()
        heights = [max(0.0, one or 0.0) for one in scores]
        worst = set(unusual(self.piece))
        shades = [self._colour("bad") if step in worst else self._colour("muted", 0.6) for step in range(len(heights))]
        self._bars.setOpts(x=list(range(len(heights))), height=heights, brushes=shades or None)
        self._strip.setYRange(0.0, max(heights, default=1.0) or 1.0, padding=0)

    def _see_all(self) -> None:
        """Set the ranges of both axes, and the dates."""
        shown = [self.piece, *([self.other.piece] if self.other is not None else [])]
        span = span_of([one for one in (*shown, *self.among) if len(one)])
        own = span_of(shown)
        if any(high - low < _ALIKE * (span[1] - span[0]) for low, high in (own, *(span_of([one]) for one in self.among))):
            span = own
        self._seen.clear()
        self._see("y", *span, _ROOM)
        first, last = self._part or (0, max(1, *(len(one) - 1 for one in shown)))
        self._see("x", first, last, 0.015)
        metrics = self.fontMetrics()
        spacing = (span[1] - span[0]) / 5
        wide = max(metrics.horizontalAdvance(one) for one in _values([*span, (span[0] + span[1]) / 2], 1, spacing))
        self._axes["left"].setWidth(max(44, wide + 10))
        self._show_dates()

    def _show_dates(self) -> None:
        """As many as there is room for, at the beginnings of seasons."""
        piece = self.piece
        if not len(piece) or "bottom" not in self._axes:
            return
        first, last = self._part or (0, len(piece) - 1)
        labels = piece.labels_of()
        wide = self.fontMetrics().horizontalAdvance(max((labels[0], labels[-1]), key=len)) * 0.82 + _APART
        room = max(1.0, (last - first) * wide / max(1.0, self.width() - 80.0))
        season = piece.season if piece.season and piece.times(0, 1) else 0
        sizes = (size * 10**power for power in range(8) for size in (1, 2, 5))
        stride = next(size for size in itertools.chain((1,) if not season else (1, season), ((season or 1) * one for one in sizes))
                      if size >= room)  # fmt: skip
        start = -piece.phase % season if season and stride % season == 0 else 0
        short = labels[0][:4].isdecimal() and stride > 1 and season in (4, 12) and stride % season == 0
        ticks = [(step, labels[step][:4] if short else labels[step]) for step in range(start, len(piece), stride)]
        self._axes["bottom"].setTicks([ticks])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_dates()

    # -- seeing a part of it

    def zoom(self, factor: float) -> None:
        """Show it larger by a factor, around the step that is read, or the middle of what is seen."""
        count = len(self.piece)
        if count <= _FEWEST or self.plot is None:
            return
        first, last = self._part or (0.0, count - 1.0)
        middle = self._at if self._at is not None else (first + last) / 2
        length = min(count - 1.0, max(_FEWEST - 1.0, (last - first) / factor))
        begin = min(count - 1 - length, max(0.0, middle - length / 2))
        self._look(begin, begin + length)

    def _look(self, first: float, last: float) -> None:
        self._part = None if (first, last) == (0, len(self.piece) - 1) else (first, last)
        if self.plot is not None:
            self._see_all()

    def fit(self) -> None:
        """Show all of it."""
        self._look(0, len(self.piece) - 1)

    # -- reading it

    @property
    def at(self) -> int | None:
        """The step that is read."""
        count = len(self.piece)
        return None if self._at is None or not count else min(count - 1, max(0, round(self._at)))

    def told(self, step: int) -> str:
        """What there is to say of a step."""
        piece, label = self.piece, self.piece.labels_of(step, step + 1)[0]
        found = piece.values[step]
        said = [f"{label}: {value(found) if found is not None else self.tr('missing')}"]
        ahead = step - len(piece) + piece.forecast
        bands = {f"{share:g}": values for share, values in piece.bands}
        if ahead >= 0 and all(name in bands for name in _EIGHTY):
            low, high = (value(bands[name][ahead]) for name in _EIGHTY)
            said.append(self.tr("in 8 of 10 cases {low} to {high}").format(low=low, high=high))
        score = piece.scores[step] if piece.scores else None
        if score is not None:
            said.append(self.tr("unusual by {score} nats").format(score=value(score)))
        if self.other is not None and step < len(self.other.piece):
            found = self.other.piece.values[step]
            said.append(f"{self.other.title}: {value(found) if found is not None else self.tr('missing')}")
        return "   ".join(said)

    def _point(self) -> None:
        step = self.at
        self.read.setText(self.told(step) if step is not None else "")
        self.named = [self.item.title] if self.item is not None else []
        pens = [self._ink]
        if self.piece.forecast:
            drawn = self.tr("forecast: the middle of all draws, and how far these lie apart")
            self.named = [self.tr("known values"), self.tr("written by hand") if self.piece.by_hand else drawn]
            pens.append(self._pen("accent"))
        if self.other is not None:
            self.named.append(self.other.title)
            pens.append(self._pen("muted", dashed=True))
        if len(self.named) < 2:
            self.named, pens = [], []
        self._name(pens)
        if self._mark is not None:
            self._mark.setVisible(step is not None)
            self._mark.setPen(self._colour("edge"))
            self._mark.setValue(step or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count = event.key(), len(self.piece)
        step = self.at
        keys, size = Qt.Key, self.piece.size
        moves = {keys.Key_Left: -1, keys.Key_Right: 1, keys.Key_PageUp: -size, keys.Key_PageDown: size}
        if count and key in moves:
            self._go(0 if step is None else step + moves[Qt.Key(key)])
        elif count and key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else count - 1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom(1 / _STEP if key == Qt.Key.Key_Minus else _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """Read another step, and bring it into view."""
        step = min(len(self.piece) - 1, max(0, step))
        self.point(float(step))
        self.setAccessibleDescription(self.told(step))
        if self._part is not None and not self._part[0] <= step <= self._part[1]:
            length = self._part[1] - self._part[0]
            begin = min(len(self.piece) - 1 - length, max(0.0, step - length / 2))
            self._look(begin, begin + length)


def _values(found: Sequence[float], scale: float, spacing: float) -> list[str]:
    """The values of an axis."""
    if spacing * scale >= 1e-6 and max(map(abs, found), default=0.0) < 1e9:
        digits = max(0, int(np.ceil(-np.log10(spacing * scale))))
        return [f"{one * scale:,.{digits}f}".replace("-", "−") for one in found]
    return [number(one * scale).replace("-", "−") for one in found]


class SeriesPanel(Panel):
    """The chart of a series, with that of another one over it."""

    zooms = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.chart = SeriesChart(context, self)
        self._shown: tuple[Item | None, Item | None] = (None, None)
        stacked(self.chart, into=self)

    def show_items(self, item: Item | None, other: Item | None) -> None:
        self._shown = item, other
        self.chart.show_items(item, other)

    def set_among(self, items: Sequence[Item | None]) -> None:
        self.chart.among = [item.piece for item in items if item is not None and len(item.piece)]
        self.chart.renew()

    def zoom(self, factor: float) -> None:
        self.chart.zoom(factor)

    def fit(self) -> None:
        self.chart.fit()

    def focus(self) -> None:
        self.chart.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.chart.show_items(*self._shown)
