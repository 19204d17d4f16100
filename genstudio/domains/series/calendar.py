"""The calendar of a time series: reading times, finding the sampling step, and the position of a value in its season.

A sampling step is a text: a number and a unit ("15 minute"), without the number where it is one ("month"). The season is the number
of steps after which the calendar begins again: 12 months, 4 quarters, 7 days, 5 weekdays, 24 hours. A sequence without one has the
season 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import gcd

import numpy as np

from genstudio.errors import ConfigError, did_you_mean

__all__ = [
    "MOST_SEASON", "UNITS", "combined", "duration", "either_way", "moments", "parse_times", "period_of", "position", "season_of",
    "shown", "step_between", "step_named",
]  # fmt: skip

MOST_SEASON = 26
"""The largest number of steps of a season; series with a longer one are treated as having none."""

UNITS = ("year", "quarter", "month", "week", "weekday", "day", "hour", "minute", "second")
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_SECONDS = {"week": 604_800, "weekday": 86_400, "day": 86_400, "hour": 3600, "minute": 60, "second": 1}
_STEP = re.compile(r"(?:(\d{1,6}) )?([a-z]+?)s?")

_FORMATS = (
    "%Y-%m-%d", "%Y-%m", "%Y/%m/%d", "%Y/%m", "%Y.%m.%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d/%m/%y", "%m/%d/%y", "%m/%Y", "%m.%Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%b %y", "%Y %b", "%Y-%b", "%b %d, %Y",
    "%B %d, %Y", "%b %d %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M:%S %p", "%Y年%m月%d日", "%Y年%m月",
)  # fmt: skip
_QUARTER = re.compile(r"(\d{4})[- ]?[Qq]([1-4])|[Qq]([1-4])[- /](\d{4})")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2\d{2}(?:\d{2})?(?: .*)?")
_SINCE_1970 = {9: 1.0, 10: 1.0, 12: 1e3, 13: 1e3, 15: 1e6, 16: 1e6, 18: 1e9, 19: 1e9}  # digits: parts of a second
_SAMPLE = 200  # cells from which the format of a column is found
_LONGEST_CELL = 40  # characters of a time


# -- reading times


def parse_times(cells: Sequence[str]) -> list[datetime | None] | None:
    """Read the cells of a column as times, all in the same format.

    Args:
        cells: the texts. Known are ISO 8601, usual ways of writing dates in English, German and Chinese, quarters ("2020-Q1"),
            years, years with a fraction for the month ("1949.0833"), and seconds, or parts of them, since 1970. Where day and month
            could be either way round, the order counts by which fewer times are missing, or else day before month.

    Returns:
        A time for each cell, None for an empty or unreadable one; None for a column that does not hold times. Times with a time
        zone are those of the clocks there; where these change in the course of a day, they are in UTC.
    """
    stripped = [cell.strip() for cell in cells]
    filled = [cell for cell in stripped if cell]
    sample = filled[:_SAMPLE]
    if not sample:
        return None
    best: list[datetime | None] | None = None
    missing = len(filled) // 20 + 1  # fewer cells than that may be unreadable
    formats = [(_formatted(form), form) for form in _FORMATS]
    for parse, form in [(_iso, ""), (_quarter, ""), *formats, (_year, ""), (_since_1970, "")]:
        if _fails(parse, sample):
            continue
        found = [parse(cell) if cell else None for cell in stripped]
        lost = len(filled) - sum(one is not None for one in found)
        if lost < missing:
            best, missing = found, lost
        if not lost:
            other = f"%m{form[2]}%d{form[5:]}" if form[:2] == "%d" and form[3:5] == "%m" else ""
            return _local(_nearer(found, stripped, other if other in _FORMATS else ""))
    return None if best is None else _local(best)


def _fails(parse: Callable[[str], datetime | None], sample: Sequence[str]) -> bool:
    """Whether more than one of twenty cells cannot be read; no more are looked at than that needs."""
    left = len(sample) // 20
    for cell in sample:
        if len(cell) > _LONGEST_CELL or parse(cell) is None:
            left -= 1
            if left < 0:
                return True
    return False


def _nearer(found: list[datetime | None], cells: Sequence[str], other: str) -> list[datetime | None]:
    """Times that were read with the day first, or read with the month first where all can be and fewer are missing then."""
    if not other:
        return found
    parse = _formatted(other)
    swapped = [parse(cell) if cell else None for cell in cells]
    if any(two is None for one, two in zip(found, swapped, strict=True) if one is not None):
        return found
    return swapped if _missing(swapped) < _missing(found) else found


def _missing(times: Sequence[datetime | None]) -> float:
    """How many steps are missing between times."""
    known = sorted({one for one in times if one is not None})
    step = step_between(known)
    return duration(known[0], known[-1], step) + 1 - len(known) if step else np.inf


def either_way(cells: Sequence[str]) -> bool:
    """Whether a column holds dates of which day and month could be either way round, in all of them."""
    found = [_DAY_AND_MONTH.fullmatch(cell.strip()) for cell in cells[:_SAMPLE] if cell.strip()]
    pairs = [(int(one[1]), int(one[3])) for one in found if one]
    return bool(pairs) and len(pairs) == len(found) and max(map(max, pairs)) <= 12 and any(day != month for day, month in pairs)


def _local(times: list[datetime | None]) -> list[datetime | None]:
    """Times without time zones."""
    aware = [one for one in times if one is not None and one.tzinfo is not None]
    if not aware:
        return times
    # The days of a country that changes its clocks all begin at midnight there.
    as_is = len({one.utcoffset() for one in aware}) == 1 or len({one.time() for one in aware}) == 1
    return [
        one if one is None else (one if as_is or one.tzinfo is None else one.astimezone(UTC)).replace(tzinfo=None) for one in times
    ]


def combined(columns: Mapping[str, Sequence[str]]) -> list[datetime | None] | None:
    """The times that columns of whole numbers state together.

    Args:
        columns: the cells of "year" and of some of "quarter", "month", "day" and "hour".

    Returns:
        A time for each row, None where there is none; None where these are no years, months and days.
    """
    found: list[datetime | None] = []
    for row in zip(*columns.values(), strict=True):
        try:
            parts = {name: int(float(cell)) for name, cell in zip(columns, row, strict=True)}
            month = parts.get("month", 3 * parts.get("quarter", 1) - 2)
            found.append(datetime(parts["year"], month, parts.get("day", 1), parts.get("hour", 0)))
        except (ValueError, OverflowError):
            found.append(None)
    return found if sum(one is None for one in found) <= len(found) // 20 else None


def _iso(text: str) -> datetime | None:
    if text.isdecimal() and len(text) != 8:  # a year is not a date
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _quarter(text: str) -> datetime | None:
    found = _QUARTER.fullmatch(text)
    if not found:
        return None
    year, quarter = (found[1], found[2]) if found[1] else (found[4], found[3])
    return datetime(int(year), 3 * int(quarter) - 2, 1) if int(year) else None


def _formatted(form: str) -> Callable[[str], datetime | None]:
    def parse(text: str) -> datetime | None:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            return None

    return parse


def _year(text: str) -> datetime | None:
    if not re.fullmatch(r"[12]\d{3}(\.\d{1,8})?", text):
        return None
    year, month = int(text[:4]), 12 * float("0" + text[4:]) if len(text) > 4 else 0.0
    if abs(month - round(month)) > 0.1 or round(month) > 11:
        return None
    return datetime(year, round(month) + 1, 1)


def _since_1970(text: str) -> datetime | None:
    found = re.fullmatch(r"(\d{9,19})(?:\.\d+)?", text)
    scale = _SINCE_1970.get(len(found[1])) if found else None
    return datetime.fromtimestamp(float(text) / scale, UTC).replace(tzinfo=None) if scale else None


# -- steps


def step_named(text: str) -> str:
    """The step that a person typed ("month", "15 minutes"), as the module writes it.

    Raises:
        ConfigError: there is no such step.
    """
    found = _STEP.fullmatch(text.strip().lower())
    count = int(found[1] or 1) if found else 0
    if not found or found[2] not in UNITS or not count or (found[2] == "weekday" and count > 1):
        raise ConfigError("there is no step {step!r}; {hint}", step=text, hint=did_you_mean(text.strip().split(" ")[-1], UNITS))
    return _step(count, found[2])


def _step(count: int, unit: str) -> str:
    return unit if count == 1 else f"{count} {unit}"


def _parts(step: str) -> tuple[int, str]:
    number, _, unit = step.rpartition(" ")
    return int(number or 1), unit


def _month(moment: datetime) -> int:
    return 12 * moment.year + moment.month - 1


def _unit_of_months(months: int) -> str:
    for unit, size in _MONTHS.items():
        if months % size == 0:
            return _step(months // size, unit)
    raise AssertionError


def step_between(times: Sequence[datetime]) -> str:
    """The sampling step of increasing, different times, of which some may be missing; "" where they are not regular.

    Months and longer steps are found where all times are the first, the last, or the same day of their month.
    """
    if len(times) < 2:
        return ""
    first = times[0]
    midnight = all(one.time() == first.time() for one in times)
    months = [_month(one) for one in times]
    apart = [later - earlier for earlier, later in pairwise(months)]
    if midnight and min(apart) > 0 and (len({one.day for one in times}) == 1 or all(map(_ends_month, times))):
        return _unit_of_months(gcd(*apart))
    if midnight and min(apart) > 0 and 12 in (size := Counter(apart)) and size[12] == len(apart):
        return "year"
    seconds = [round((later - earlier).total_seconds()) for earlier, later in pairwise(times)]
    usual = Counter(seconds).most_common(1)[0][0]
    if usual <= 0 or any(one % usual for one in seconds):
        return ""
    if usual == _SECONDS["day"] and len(times) > 5 and all(one.weekday() < 5 for one in times) and max(seconds) > usual:
        return "weekday"
    for unit, size_of in _SECONDS.items():
        if unit != "weekday" and usual % size_of == 0:
            return _step(usual // size_of, unit)
    return ""


def _ends_month(moment: datetime) -> bool:
    return (moment + timedelta(days=1)).day == 1


def period_of(moment: datetime, step: str) -> datetime:
    """The beginning of the period of length ``step`` that a moment lies in: the first of its month, the Monday of its week …"""
    count, unit = _parts(step)
    if unit in _MONTHS:
        size = count * _MONTHS[unit]
        month = _month(moment) // size * size
        return datetime(max(1, month // 12), month % 12 + 1, 1)
    if unit == "weekday":
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return day - timedelta(days=max(0, day.weekday() - 4))
    size = count * _SECONDS[unit]
    begin = datetime(1970, 1, 5)  # a Monday
    return begin + timedelta(seconds=round((moment - begin).total_seconds()) // size * size)


def duration(first: datetime, last: datetime, step: str) -> int:
    """How many steps there are from one time to a later one."""
    count, unit = _parts(step)
    if unit in _MONTHS:
        return (_month(last) - _month(first)) // (count * _MONTHS[unit])
    if unit == "weekday":
        return int(np.busday_count(first.date(), last.date()))
    return round((last - first).total_seconds() / (count * _SECONDS[unit]))


def moments(start: datetime, step: str, first: int, last: int) -> list[datetime]:
    """The times of the values ``first`` to ``last - 1`` (from 0) of a series that begins at ``start``.

    Raises:
        OverflowError, ValueError: one lies after the year 9999.
    """
    count, unit = _parts(step)
    if unit in _MONTHS:
        month = _month(start)
        months = (month + index * count * _MONTHS[unit] for index in range(first, last))
        return [datetime(one // 12, one % 12 + 1, 1) for one in months]
    if unit == "weekday":
        days = np.busday_offset(np.datetime64(start.date()), np.arange(first, last), roll="forward")
        return [datetime(day.year, day.month, day.day) for day in days.astype(object)]
    return [start + timedelta(seconds=index * count * _SECONDS[unit]) for index in range(first, last)]


def shown(moment: datetime, step: str) -> str:
    """A time as it is written, as short as its step allows: "1949", "1949-01", "1949-01-05", "1949-01-05 14:00:00"."""
    unit = _parts(step)[1]
    if unit == "year" and moment.month == 1:
        return f"{moment.year:04d}"
    if unit == "quarter" and moment.month % 3 == 1:
        return f"{moment.year:04d}-Q{moment.month // 3 + 1}"
    if unit in _MONTHS:
        return f"{moment.year:04d}-{moment.month:02d}"
    if moment.time() == datetime.min.time() and unit in ("day", "weekday", "week"):
        return moment.date().isoformat()
    return moment.isoformat(" ")


# -- seasons


def season_of(step: str) -> int:
    """The number of steps of the season of a sampling step; 0 where there is none, or one of more than :data:`MOST_SEASON`."""
    count, unit = _parts(step)
    whole = {"quarter": 4, "month": 12, "weekday": 5, "day": 7, "hour": 24}.get(unit, 0)
    if unit == "minute" and 1440 % count == 0 and 1440 // count <= MOST_SEASON:
        return 1440 // count  # a day
    return whole // count if whole % count == 0 and whole // count > 1 else 0


def position(moment: datetime, step: str, season: int) -> int:
    """The position of a moment in the season of its step, from 0 (January, Monday, midnight)."""
    if season < 2 or season != season_of(step):
        return 0
    count, unit = _parts(step)
    of_unit = {
        "quarter": (moment.month - 1) // 3,
        "month": moment.month - 1,
        "week": moment.isocalendar().week - 1,
        "weekday": moment.weekday(),
        "day": moment.weekday(),
        "hour": moment.hour,
        "minute": moment.minute + (60 * moment.hour if season * count == 1440 else 0),
        "second": moment.second,
    }[unit]
    return of_unit // count % season
