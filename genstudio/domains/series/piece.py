"""A time series: numbers at regular times, with gaps."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import Piece
from genstudio.domains.series import calendar
from genstudio.domains.series.picture import svg

__all__ = ["BLOCK", "Series", "numbers"]

BLOCK = 12
"""The number of steps of a segment of a series without a season."""


@dataclass(frozen=True, kw_only=True)
class Series(Piece):
    """A time series.

    Attributes:
        values: the numbers, None for a gap. The first and the last of a series that was read are no gaps.
        season: the number of steps of the season; 0 where there is none.
        phase: the position of the first value in its season, from 0.
        start: the time of the first value in ISO 8601, "" where times are not known.
        step: the sampling step, see :mod:`genstudio.domains.series.calendar`; "" where times are not known.
        mean, deviation: by which values are scaled before they become symbols.
        scores: how unusual each step is, in nats, None for a gap; () where that has not been measured.
        bands: of a forecast, pairs of a share and the values below which that share of all draws lies, for the last steps; the
            values at the share 0.5 alone where these steps were written by hand; ().
    """

    values: tuple[float | None, ...] = ()
    season: int = 0
    phase: int = 0
    start: str = ""
    step: str = ""
    mean: float = 0.0
    deviation: float = 1.0
    bands: tuple[tuple[float, tuple[float, ...]], ...] = ()
    scores: tuple[float | None, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    @classmethod
    def of(cls, values: Sequence[float | None], **about: Any) -> Series:
        """A series that is scaled by its own mean and standard deviation (by 1 where it is constant); gaps at its ends are left
        out.

        Args:
            values: finite numbers, None for gaps.
            about: the other fields; ``start`` and ``phase`` are those of the first of ``values``.
        """
        there = [index for index, value in enumerate(values) if value is not None]
        if not there:
            return cls(**{**about, "phase": 0})
        whole = cls(values=tuple(values), **about)
        return whole.cut(there[0], there[-1] + 1).scaled()

    @property
    def size(self) -> int:
        """The number of steps of a segment."""
        return self.season or BLOCK

    @property
    def forecast(self) -> int:
        """How many of the last steps are a forecast."""
        return len(self.bands[0][1]) if self.bands else 0

    @property
    def by_hand(self) -> bool:
        """Whether its forecast was written by hand, so that nobody knows how sure it is."""
        return len(self.bands) == 1

    def edited(self, values: Sequence[float | None]) -> Series:
        """The series with other values. A forecast follows from what is known: where that is changed it is left out, unless its own
        steps are changed, too, or were: then these are marked as written by hand. Scores are left out."""
        begin = len(self) - self.forecast
        known, ahead = tuple(values[:begin]), tuple(values[begin:])
        bands = tuple((share, found[: len(ahead)]) for share, found in self.bands if ahead)
        if self.forecast and (self.by_hand or ahead != self.values[begin:][: len(ahead)]):
            bands = ((0.5, tuple(math.nan if value is None else value for value in ahead)),) if ahead else ()
        elif self.forecast and known != self.values[:begin]:
            ahead, bands = (), ()
        return replace(self, values=(*known, *ahead), bands=bands, scores=())

    def array(self) -> NDArray[np.float64]:
        """The values, float64 [steps], NaN for a gap."""
        return np.array([math.nan if value is None else value for value in self.values], np.float64)

    def scaled(self) -> Series:
        """The same series, scaled by its own mean and standard deviation."""
        found = self.array()
        found = found[np.isfinite(found)]
        if not len(found):
            return replace(self, mean=0.0, deviation=1.0)
        with np.errstate(over="ignore", invalid="ignore"):
            mean, deviation = float(found.mean()), float(found.std())
        greatest = float(np.abs(found).max())
        if greatest and not (1e-150 < greatest < 1e150):  # whose squares are no numbers any more
            mean, deviation = greatest * float((found / greatest).mean()), greatest * float((found / greatest).std())
        if not deviation > 1e-12 * max(abs(mean), 1e-280):  # rounding is all there is
            deviation = 1.0
        return replace(self, mean=mean, deviation=deviation)

    def cut(self, first: int, last: int) -> Series:
        """The steps ``first`` to ``last - 1``, from 0, scaled as before, without bands and scores."""
        start = self.start
        if start and first:
            start = self.times(first, first + 1)[0].isoformat()
        phase = (self.phase + first) % self.season if self.season else 0
        return replace(self, values=self.values[first:last], phase=phase, start=start, bands=(), scores=())

    def times(self, first: int = 0, last: int | None = None) -> list[datetime]:
        """The times of the steps ``first`` to ``last - 1`` (default: the last one), also after the end; none where not known."""
        if not self.start or not self.step:
            return []
        last = len(self.values) if last is None else last
        try:
            return calendar.moments(datetime.fromisoformat(self.start), self.step, first, last)
        except (OverflowError, ValueError):  # after the year 9999
            return []

    def labels_of(self, first: int = 0, last: int | None = None) -> list[str]:
        """The same as texts; the numbers of the steps, from 1, where times are not known."""
        last = len(self.values) if last is None else last
        known = self.times(first, last)
        return [calendar.shown(one, self.step) for one in known] if known else [str(index + 1) for index in range(first, last)]

    def _repr_html_(self) -> str:
        title = f"<figcaption>{html.escape(self.title)}</figcaption>" if self.title else ""
        return f"<figure>{svg(self)}{title}</figure>"


def numbers(series: Series) -> list[float]:
    """The values that are no gaps."""
    return [value for value in series.values if value is not None]
