"""Time series: columns of numbers at regular times, from tables and back.

A series is read whole; a model reads windows of it. Each is scaled by its own mean and standard deviation, and its values become
levels (see :mod:`genstudio.domains.series.symbols`), as in Chronos (A. F. Ansari et al., 2024). The position of a value in the
season of its calendar (month of the year, day of the week, hour of the day) is the phase of its token.

Kept are the values to half the width of a level, 0.025 deviations (a series that was read has the values themselves), gaps, the
season and the position in it, up to :data:`~genstudio.domains.series.calendar.MOST_SEASON` steps. Mean, deviation and times do
not pass through the latent space: they belong to the metadata. Values of more than five deviations are clipped, which is said.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from genstudio.domains.base import Choice, Domain, ReadResult
from genstudio.domains.series import calendar, symbols
from genstudio.domains.series.measures import ATTRIBUTES, FEATURES, compare, features_of, filled
from genstudio.domains.series.picture import number, svg
from genstudio.domains.series.piece import Series, numbers
from genstudio.domains.series.reading import SEASON_COLUMN, SHORTEST, VALUE_COLUMN, ReadOptions, read
from genstudio.domains.series.show import chart
from genstudio.domains.series.symbols import levels_of
from genstudio.domains.series.variants import variant
from genstudio.errors import ConfigError, DamagedFileError, FileError, Message
from genstudio.files import write_text
from genstudio.records import Record

__all__ = ["DOMAIN", "LONGEST", "Series", "SeriesDomain"]

LONGEST = 168
"""The largest number of steps of a phrase."""

_RUN = 16  # values of a fragment
_MOST = 2_000_000  # values of a series in metadata
_LARGEST = 1e300


_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TYPED = re.compile(rf"(?:(?P<position>\d{{1,2}})/(?P<season>\d{{1,2}}):\s*)?(?P<values>{_NUMBER}(?:[\s,;]+{_NUMBER})*)[\s,;]*")


class SeriesDomain(Domain):
    """The series domain; see :class:`genstudio.domains.base.Domain` for the methods. A unit is a season, or a block of
    :data:`~genstudio.domains.series.piece.BLOCK` steps where there is none; the first one may be incomplete."""

    name = "series"
    label = "Time series"
    kind = "series"
    suffixes = (".csv", ".tsv", ".jsonl", ".parquet")
    output_suffix = ".csv"
    grammar = symbols.GRAMMAR
    attributes = ATTRIBUTES
    features = FEATURES
    # The likeliest curves are flat: of middles that are chosen as for melodies the betweenness is 0.18, with these values 0.66.
    choice = Choice(temperature=0.8, likely=0.1)
    unit = "season"
    holds = ("season",)
    has_variants = True
    compare = staticmethod(compare)
    measure_features = staticmethod(features_of)
    to_symbols = staticmethod(symbols.to_symbols)
    from_symbols = staticmethod(symbols.from_symbols)
    show = staticmethod(chart)
    picture = staticmethod(svg)
    variant = staticmethod(variant)

    def read(
        self, path: Path | str, *, column: str | int | None = None, time: str | int | None = None, every: str = "",
        season: int | None = None, label: str | Sequence[str] = (), separator: str | None = None, encoding: str = "",
    ) -> ReadResult:  # fmt: skip
        """The time series of a table: one for each column of numbers.

        Args:
            path: a ``.csv``, ``.tsv``, ``.jsonl`` or (with pyarrow) ``.parquet`` file with a row for each time.
            column: the name or the number (from 0) of the column of numbers; None: each of them.
            time: the name or the number of the column of times; None: it is found.
            every: a step ("day", "15 minutes"), of each of which the mean is taken; "": the step of the times themselves, which
                must be regular but for gaps.
            season: steps of the season, 0 for none; None: as the calendar has it.
            label: names of columns that are labels. Then each row is a series (as in the UCR archive), its numbers are the steps.
            separator: the character between the cells of a table; "" or None: it is detected.
            encoding: of the file, as Python names it; "": it is detected.

        Raises:
            ConfigError: the step or the season is not valid.
            FileError: the file cannot be read, has no numbers, or its times are not regular.
        """
        labels = (label,) if isinstance(label, str) else tuple(label)
        return read(Path(path), ReadOptions(column, time, every, season, labels, separator or None, encoding))

    def write(self, piece: Series, path: Path, text: str = "") -> None:
        """Write a table with the times, where they are known, the position in the season, where they do not say it, the values, and
        the quantiles of a forecast ("q0.1"); ``text`` is left out, since a table cannot hide it.

        Raises:
            FileError: the suffix is neither ``.csv`` nor ``.tsv``, or the file cannot be written.
        """
        path = Path(path)
        if path.suffix.lower() not in (".csv", ".tsv"):
            raise FileError(
                "cannot write a time series as {suffix}; name it {stem}.csv.",
                suffix=path.suffix or "a file without suffix", stem=path.stem,
            )  # fmt: skip
        out = io.StringIO()
        table = csv.writer(out, delimiter="\t" if path.suffix.lower() == ".tsv" else ",", lineterminator="\n")
        columns = [["" if value is None else repr(value) for value in piece.values]]
        names = [VALUE_COLUMN]
        for share, values in piece.bands:
            columns.append([""] * (len(piece) - piece.forecast) + [repr(value) for value in values])
            names.append(f"q{share:g}")
        timed = bool(piece.times())
        if piece.season and not (timed and _says_season(piece)):
            places = ((piece.phase + index) % piece.season + 1 for index in range(len(piece)))
            columns.insert(0, [f"{place}/{piece.season}" for place in places])
            names.insert(0, SEASON_COLUMN)
        if timed:
            columns.insert(0, piece.labels_of())
            names.insert(0, "time")
        table.writerow(names)
        table.writerows(zip(*columns, strict=True))
        write_text(path, out.getvalue())

    def claims(self, piece: Series) -> bool:
        """Whether a table holds numbers, which would be read as single words otherwise."""
        return True

    def parse(self, text: str) -> Series | None:
        """A series from numbers that are typed one after the other, with spaces, commas or semicolons between them. Before them may
        stand the position of the first in its season ("4/12:"); only the last line counts."""
        found = _TYPED.fullmatch(text.strip().rpartition("\n")[2].strip())
        if not found:
            return None
        values = [float(cell) for cell in re.split(r"[\s,;]+", found["values"].strip(" ,;"))]
        if len(values) < SHORTEST or not all(map(math.isfinite, values)):
            return None
        position, season = (int(found[name] or 0) for name in ("position", "season"))
        if season and not (2 <= season <= calendar.MOST_SEASON and 1 <= position <= season):
            return None
        return Series.of(values, season=season, phase=max(0, position - 1))

    def example(self, piece: Series) -> str:
        """The chart of the series, and below it its values, without gaps."""
        place = f"{piece.phase + 1}/{piece.season}: " if piece.season else ""
        values = (filled(piece) * piece.deviation + piece.mean).tolist()
        return f"{self.show(piece)}\n{place}{', '.join(f'{value:g}' for value in values)}"

    # -- units

    def units(self, piece: Series) -> int:
        """How many seasons or blocks there are, an incomplete first and last one among them."""
        return -(-(piece.phase + len(piece)) // piece.size) if len(piece) else 0

    def part(self, piece: Series, first: int, last: int) -> Series:
        """The units ``first`` to ``last``, counted from 1; scaled by its own values, unless that is all of the series."""
        begin = max(0, (first - 1) * piece.size - piece.phase)
        end = min(len(piece), last * piece.size - piece.phase)
        return piece if (begin, end) == (0, len(piece)) else piece.cut(begin, end).scaled()

    def phrases(self, piece: Series, length: int, stride: int, shortest: int) -> list[Series]:
        """The phrases of a series, none longer than :data:`LONGEST` steps, where a length is given."""
        if not numbers(piece):
            return []
        if not length:
            return [piece]
        room = max(1, LONGEST // piece.size)
        length, stride, count = min(length, room), min(stride, room), self.units(piece)
        if count <= length:
            return [piece] if count >= min(shortest, length) else []
        starts = [start for start in range(0, count, stride) if count - start >= min(shortest, length)]
        found = [self.part(piece, start + 1, min(start + length, count)) for start in starts]
        return [phrase for phrase in found if numbers(phrase)]

    def held(self, piece: Series, names: Sequence[str]) -> tuple[list[str], str]:
        """The symbol of the season that a sequence begins with."""
        return ([symbols.SEASONS[piece.season]], "") if "season" in names else ([], "")

    def why_no_phrase(self, piece: Series, length: int, shortest: int) -> str:
        """Why a series gives no phrase."""
        return Message("it has no numbers" if not numbers(piece) else "it is shorter than the phrases that are learned from")

    def mix(self, a: Series, b: Series, share: float, seed: int) -> Series:
        """Take each step, scaled, from b with probability ``share``, else from a; the season is that of one of them. A step
        that one of them lacks is left out where it is to come from it."""
        if share <= 0.0 or share >= 1.0:
            return a if share <= 0.0 else b
        rng = np.random.default_rng(seed)
        drawn = rng.random(1 + max(len(a), len(b), 1)) < share
        frame = b if drawn[0] else a
        scaled = [((piece.array() - piece.mean) / piece.deviation).tolist() for piece in (a, b)]
        chosen = (scaled[int(from_b)][index : index + 1] for index, from_b in enumerate(drawn[1:].tolist()))
        values = tuple(None if math.isnan(value) else value for one in chosen for value in one)
        return symbols.from_symbols(symbols.to_symbols(Series(values=values, season=frame.season, phase=frame.phase)))

    def join(self, pieces: Sequence[Series]) -> Series:
        """One series after the other; times and season are those of the first."""
        if len(pieces) == 1:
            return pieces[0]
        values = tuple(value for piece in pieces for value in piece.values)
        return replace(pieces[0], values=values, bands=(), scores=()).scaled() if pieces else Series()

    # -- metadata, which does not pass through the latent space

    def with_metadata_between(self, piece: Series, a: Series, b: Series, t: float) -> Series:
        """The piece with mean and deviation between those of a and b (the deviation on a scale of ratios), and the times of the
        nearer one, as far as its season agrees."""
        near = a if t <= 0.5 else b
        mean = a.mean if t <= 0 else b.mean if t >= 1 else (1 - t) * a.mean + t * b.mean
        deviation = a.deviation if t <= 0 else b.deviation if t >= 1 else a.deviation ** (1 - t) * b.deviation**t
        start, step = ("", "")
        if near.times(0, 1) and near.season == piece.season:
            later = (piece.phase - near.phase) % piece.season if piece.season else 0
            begun = near.times(later, later + 1)
            start, step = (begun[0].isoformat(), near.step) if begun else ("", "")
        digits = min(300, max(-300, 4 - math.floor(math.log10(deviation))))
        values = (
            None if value is None else round((value - piece.mean) / piece.deviation * deviation + mean, digits)
            for value in piece.values
        )
        return replace(piece, values=tuple(values), start=start, step=step, mean=mean, deviation=deviation)

    def metadata(self, piece: Series) -> dict[str, Any]:
        """Title, source, labels, times, mean and deviation, and the values."""
        found: dict[str, Any] = {
            "title": piece.title, "source": piece.source, "mean": piece.mean, "deviation": piece.deviation,
            "values": list(piece.values),
        }  # fmt: skip
        if piece.start:
            found |= {"start": piece.start, "step": piece.step}
        if piece.labels:
            found["labels"] = [list(one) for one in piece.labels]
        if piece.bands:
            found["bands"] = [[share, list(values)] for share, values in piece.bands]
        if piece.scores:
            found["scores"] = list(piece.scores)
        return found

    def with_metadata(self, piece: Series, metadata: Mapping[str, Any]) -> Series:
        """Inverse of :meth:`metadata`."""
        try:
            record = Record(metadata)
            known: dict[str, Any] = {name: record.text(name) for name in ("title", "source") if name in record}
            if "mean" in record:
                known["mean"] = float(record.number("mean", -_LARGEST, _LARGEST))
                known["deviation"] = float(record.number("deviation", 1e-300, _LARGEST))
            if "values" in record:
                known["values"] = _numbers(record, "values", len(piece))
            if "start" in record:
                known |= {"start": record.text("start", 40), "step": calendar.step_named(record.text("step", 40))}
                if datetime.fromisoformat(known["start"]).tzinfo is not None:
                    raise ValueError("its start has a time zone")
            if "labels" in record:
                known["labels"] = tuple((str(name), str(value)) for name, value in record.array("labels", 10_000))
            if "scores" in record:
                known["scores"] = _numbers(record, "scores", len(piece))
            if "bands" in record:
                known["bands"] = tuple(_band(one, len(piece)) for one in record.array("bands", 100))
                if len({len(values) for _, values in known["bands"]}) > 1:
                    raise ValueError("its bands differ in length")
            return replace(piece, **known)
        except (ConfigError, TypeError, ValueError) as error:
            raise DamagedFileError("the recorded values of a time series are damaged ({reason}).", reason=error) from error

    def keep(self, piece: Series, given: Series) -> Series:
        """The piece with the very values of ``given`` at its beginning, where these are no gaps."""
        known = given.values[: len(piece)]
        begun = (value if own is None else own for own, value in zip(known, piece.values, strict=False))
        return replace(piece, values=(*begun, *piece.values[len(known) :]))

    # -- corpora

    def fragments(self, piece: Series) -> set[int]:
        """Hashes of all runs of 16 values that are not all equal."""
        values = [value if value is not None else "" for value in piece.values]
        found = set()
        for first in range(len(values) - _RUN + 1):
            run = values[first : first + _RUN]
            if len(set(run)) > 2:
                found.add(int.from_bytes(hashlib.blake2b(repr(run).encode(), digest_size=8).digest(), "big"))
        return found

    # -- showing

    def describe(self, piece: Series) -> dict[str, Any]:
        """Title, steps, gaps, steps that are a forecast, season, first and last time, step, and lowest, mean and highest value."""
        there = numbers(piece)
        times = piece.labels_of(0, 1) + piece.labels_of(len(piece) - 1, len(piece)) if piece.times(0, 1) else []
        return {
            "title": piece.title,
            "steps": len(piece),
            "gaps": len(piece) - len(there),
            **({"forecast": piece.forecast} if piece.bands else {}),
            "season": piece.season,
            **({"from": times[0], "to": times[1], "step": piece.step} if times else {}),
            "low": number(min(there)) if there else "",
            "mean": number(math.fsum(there) / len(there)) if there else "",
            "high": number(max(there)) if there else "",
        }

    def parts(self, piece: Series) -> list[int]:
        """The level of each step."""
        found: list[int] = levels_of(piece).tolist()
        return found

    def part_name(self, piece: Series) -> str:
        """The name of a part: "step"."""
        return "step"


def _numbers(record: Record, name: str, count: int) -> tuple[float | None, ...]:
    """The numbers of a list in a record, None for a gap."""
    found = record.array(name, _MOST)
    if len(found) != count:
        raise ValueError(f"{name} has not one entry for each step")
    return tuple(None if value is None else float(Record({name: value}).number(name)) for value in found)


def _band(value: Any, most: int) -> tuple[float, tuple[float, ...]]:
    share, values = value
    record = Record({"share": share, "values": values})
    found = (float(Record({"value": one}).number("value")) for one in record.array("values", most))
    return float(record.number("share", 0.0, 1.0)), tuple(found)


def _says_season(piece: Series) -> bool:
    """Whether the times of a series say its season and the position of its first value."""
    return (
        calendar.season_of(piece.step) == piece.season
        and calendar.position(datetime.fromisoformat(piece.start), piece.step, piece.season) == piece.phase
    )


DOMAIN = SeriesDomain()
