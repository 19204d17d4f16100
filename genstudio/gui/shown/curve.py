"""A time series in words, and as a line in a rectangle."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from genstudio.domains.series.measures import ATTRIBUTES
from genstudio.domains.series.picture import number, unusual
from genstudio.domains.series.piece import Series, numbers

__all__ = ["BAND", "Curve", "about", "facts", "fan", "pen", "period", "span_of", "value"]

BAND = 0.16
"""How strong the colour of each band of a forecast is; where several lie over each other it is more."""
_TURNED = 1.5  # deviations that a line rises or falls from its start to its end, to be called so
_SEASONAL = 0.5  # share of the variance of a season that is told

translate = QCoreApplication.translate


def value(found: float) -> str:
    """A value as the language writes numbers, with as many digits as one reads at once."""
    if 1e-4 <= abs(found) < 1e9:
        digits = max(0, min(8, 3 - int(np.floor(np.log10(abs(found))))))
        text = QLocale().toString(found, "f", digits)
        point = QLocale().decimalPoint()
        text = text.rstrip("0").removesuffix(point) if point in text else text
    else:
        text = number(found)
    return text.replace("-", "−")


def span_of(pieces: list[Series]) -> tuple[float, float]:
    """The lowest and the highest value of some series, their bands among them; some room where these are one."""
    found = [one.array() for one in pieces] + [np.array(values) for one in pieces for _, values in one.bands]
    known = np.concatenate([np.zeros(0), *found])
    known = known[np.isfinite(known)]
    low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    if not high > low:
        room = max(1.0, 0.1 * abs(low))
        return low - room, high + room
    return low, high


def fan(piece: Series) -> list[tuple[list[int], list[float], list[float]]]:
    """The bands of a forecast, the widest first: the steps, and the lower and the upper values. They open from the last value
    before the forecast."""
    begin, bands = len(piece) - piece.forecast, dict(piece.bands)
    start = [piece.values[begin - 1]] if piece.forecast and begin else []
    known = [one for one in start if one is not None]
    steps = list(range(begin - len(known), len(piece)))
    pairs = [(bands[share], bands.get(round(1 - share, 6))) for share in sorted(bands) if share < 0.5]
    return [(steps, [*known, *lower], [*known, *upper]) for lower, upper in pairs if upper is not None]


def _unit(step: str, count: int) -> str:
    """A number of steps in words."""
    several, _, unit = step.rpartition(" ")
    words = {
        "year": (translate("Series", "1 year"), translate("Series", "{count} years")),
        "quarter": (translate("Series", "1 quarter"), translate("Series", "{count} quarters")),
        "month": (translate("Series", "1 month"), translate("Series", "{count} months")),
        "week": (translate("Series", "1 week"), translate("Series", "{count} weeks")),
        "weekday": (translate("Series", "1 weekday"), translate("Series", "{count} weekdays")),
        "day": (translate("Series", "1 day"), translate("Series", "{count} days")),
        "hour": (translate("Series", "1 hour"), translate("Series", "{count} hours")),
        "minute": (translate("Series", "1 minute"), translate("Series", "{count} minutes")),
        "second": (translate("Series", "1 second"), translate("Series", "{count} seconds")),
    }
    steps = translate("Series", "1 step"), translate("Series", "{count} steps")

    def said(of: tuple[str, str], many: int) -> str:
        return of[0] if many == 1 else of[1].format(count=QLocale().toString(many))

    if not several:
        return said(words.get(unit, steps), count)
    return translate("Series", "{steps} of {length}").format(steps=said(steps, count), length=said(words[unit], int(several)))


def _halves(piece: Series) -> tuple[Series, Series]:
    """What is known of a series, and its forecast."""
    begin = len(piece) - piece.forecast
    return (piece.cut(0, begin), piece.cut(begin, len(piece))) if piece.forecast else (piece, Series())


def period(piece: Series) -> str:
    """The first and the last time of a series, as short as they can be told: years where these differ by more than two; "" where
    times are not known."""
    labels = piece.labels_of(0, 1) + piece.labels_of(len(piece) - 1, len(piece)) if len(piece) and piece.times(0, 1) else []
    if not labels:
        return ""
    first, last = labels
    if int(last[:4]) - int(first[:4]) > 2:
        first, last = first[:4], last[:4]
    elif " " in first and last[:10] != first[:10]:
        first, last = first[:10], last[:10]
    return first if first == last else translate("Series", "{first} to {last}").format(first=first, last=last)


def _course(piece: Series) -> list[str]:
    """In words: whether it rises, and whether it has a season."""
    known = {one.name: one.measure(piece) for one in ATTRIBUTES if one.name in ("trend", "seasonality")}
    said = []
    if abs(known["trend"]) >= _TURNED:
        said.append(translate("Series", "rising") if known["trend"] > 0 else translate("Series", "falling"))
    if known["seasonality"] >= _SEASONAL:
        said.append(_season(piece))
    return said


def _season(piece: Series) -> str:
    """What its season is called."""
    names = {
        ("month", 12): translate("Series", "yearly season"), ("quarter", 4): translate("Series", "yearly season"),
        ("day", 7): translate("Series", "weekly season"), ("weekday", 5): translate("Series", "weekly season"),
        ("hour", 24): translate("Series", "daily season"),
    }  # fmt: skip
    some = translate("Series", "season of {count} steps").format(count=piece.season)
    return names.get((piece.step, piece.season), some)


def about(piece: Series) -> list[str]:
    """What is said of a series on a card, a few words each."""
    known, _ = _halves(piece)
    length, when = _unit(piece.step, len(known)), period(known)
    said = [f"{length}, {when}" if when else length]
    if piece.forecast:
        return [translate("Series", "{steps} ahead").format(steps=_unit(piece.step, piece.forecast)), *said]
    if piece.scores:
        worst = max((score or 0.0, step) for step, score in enumerate(piece.scores))[1]
        return [*said, translate("Series", "most unusual: {time}").format(time=piece.labels_of(worst, worst + 1)[0])]
    return [*said, *_course(piece)]


def facts(piece: Series) -> list[tuple[str, str]]:
    """What is said of a series in full: what it is called, and a value. All but the forecast is of what is known."""
    known, ahead = _halves(piece)
    there = numbers(known)
    missing = len(known) - len(there)
    coming = ", ".join(filter(None, (_unit(piece.step, len(ahead)), period(ahead))))
    if piece.by_hand:
        coming = translate("Series", "{steps}, written by hand").format(steps=coming)
    rows = [
        (translate("Series", "Length"), _unit(piece.step, len(known))),
        (translate("Series", "Time"), period(known)),
        (translate("Series", "Season"), _unit(piece.step, piece.season) if piece.season else ""),
        (translate("Series", "Course"), ", ".join(_course(known))),
        (translate("Series", "Missing"), _unit("", missing) if missing else ""),
    ]
    if there:
        rows += [
            (translate("Series", "Lowest"), value(min(there))),
            (translate("Series", "Mean"), value(math.fsum(there) / len(there))),
            (translate("Series", "Highest"), value(max(there))),
        ]  # fmt: skip
    if piece.forecast:
        low, high = map(value, span_of([Series(values=ahead.values)]))
        rows += [
            (translate("Series", "Forecast"), coming),
            (translate("Series", "Its values"), translate("Series", "{first} to {last}").format(first=low, last=high)),
        ]
    return [(name, said) for name, said in rows if said]


class Curve:
    """A series in a rectangle: where each step is, and the lines and bands of it.

    Args:
        span: the lowest and the highest value that there is room for; by default its own.
        steps: how many steps there is room for; by default its own.
    """

    def __init__(self, piece: Series, rect: QRectF, span: tuple[float, float] | None = None, steps: int = 0) -> None:
        self.piece, self.rect = piece, rect
        self.low, self.high = span or span_of([piece])
        self._across = rect.width() / max(1, (steps or len(piece)) - 1)

    def x(self, step: float) -> float:
        """Where a step is."""
        return self.rect.left() + step * self._across

    def y(self, found: float) -> float:
        """Where a value is."""
        share = (found - self.low) / (self.high - self.low)
        return self.rect.bottom() - share * self.rect.height()

    def step(self, x: float) -> int:
        """The step that is nearest to a place."""
        return min(len(self.piece) - 1, max(0, round((x - self.rect.left()) / self._across)))

    def found(self, y: float) -> float:
        """The value that is at a place."""
        return self.low + (self.rect.bottom() - y) / self.rect.height() * (self.high - self.low)

    def _runs(self, first: int, last: int) -> list[list[QPointF]]:
        """The lines from one step to another, one between any two gaps. Of several steps on one pixel the lowest and the highest
        are drawn."""
        values = self.piece.array()[first:last]
        places = np.arange(first, last, dtype=np.float64)
        dense = int(len(values) // max(1.0, (last - first) * self._across))
        if dense > 2:
            places, values = _outline(places, values, dense)
        there = np.isfinite(values)
        bounds = np.flatnonzero(np.diff(np.concatenate([[False], there, [False]]).astype(np.int8)))
        return [
            [QPointF(self.x(at), self.y(one)) for at, one in zip(places[a:b], values[a:b], strict=True)]
            for a, b in zip(bounds[::2], bounds[1::2], strict=True)
        ]

    def draw(self, painter: QPainter, stroke: QPen, first: int = 0, last: int | None = None) -> None:
        """Draw the values from step ``first`` to ``last - 1``; one alone between gaps is a dot."""
        painter.setPen(stroke)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for run in self._runs(first, len(self.piece) if last is None else last):
            if len(run) > 1:
                painter.drawPolyline(run)
                continue
            painter.setBrush(stroke.color())
            painter.drawEllipse(run[0], stroke.widthF() * 0.6, stroke.widthF() * 0.6)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def draw_bands(self, painter: QPainter, colour: QColor) -> None:
        """The fan of a forecast, which opens from the last value before it."""
        shade = QColor(colour)
        shade.setAlphaF(BAND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        for steps, lower, upper in fan(self.piece):
            edge = list(zip(steps, lower, strict=True)) + list(zip(steps[::-1], upper[::-1], strict=True))
            painter.drawPolygon(QPolygonF([QPointF(self.x(at), self.y(one)) for at, one in edge]))

    def ring(self, painter: QPainter, colour: QColor, size: float) -> None:
        """Rings around the most unusual steps."""
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for step in unusual(self.piece):
            found = self.piece.values[step]
            if found is not None:
                painter.drawEllipse(QPointF(self.x(step), self.y(found)), size, size)


def _outline(places: NDArray[np.float64], values: NDArray[np.float64], dense: int) -> tuple[Any, Any]:
    """The lowest and the highest value of every ``dense`` steps, and where these are; NaN where all of them are gaps."""
    room = -len(values) % dense
    rows = np.concatenate([values, np.full(room, np.nan)]).reshape(-1, dense)
    at = np.concatenate([places, np.full(room, places[-1])]).reshape(-1, dense)[:, :1] + [[0.0, dense / 2]]
    gaps = np.isnan(rows).all(axis=1, keepdims=True)
    low, high = np.where(np.isnan(rows), np.inf, rows).min(axis=1), np.where(np.isnan(rows), -np.inf, rows).max(axis=1)
    return at.ravel(), np.where(gaps, np.nan, np.stack([low, high], axis=1)).ravel()


def pen(colour: QColor, wide: float) -> QPen:
    """A pen for lines with soft corners."""
    return QPen(colour, wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
