"""The calendar of a time series: reading times, finding the sampling step, and the position of a value in its season.

A sampling step is a text: a number and a unit ("15 minute"), without the number where it is one ("month"). The season is the
number of steps after which the calendar begins again: 12 months, 4 quarters, 52 weeks, 7 days, 5 weekdays, 24 hours. A sequence
without one has the season 0.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from math import gcd

import numpy as np

from genstudio.errors import ConfigError, did_you_mean

__all__ = [
    "MOST_SEASON", "UNITS", "duration", "moments", "parse_times", "period_of", "position", "season_of", "shown", "step_between",
    "step_named",
]  # fmt: skip

MOST_SEASON = 26
"""The largest number of steps of a season; series with a longer one are treated as having none."""

UNITS = ("year", "quarter", "month", "week", "weekday", "day", "hour", "minute", "second")
_MONTHS = {"year": 12, "quarter": 3, "month": 1}
_SECONDS = {"week": 604_800, "weekday": 86_400, "day": 86_400, "hour": 3600, "minute": 60, "second": 1}
_STEP = re.compile(r"(?:(\d{1,6}) )?([a-z]+?)s?")

_FORMATS = (
    "%Y-%m", "%Y/%m/%d", "%Y/%m", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y",
    "%m/%Y", "%b %Y", "%B %Y", "%b-%Y", "%Y %b", "%Y-%b", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y",
    "%d-%b-%y", "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%Y年%m月%d日", "%Y年%m月",
)  # fmt: skip
_QUARTER = re.compile(r"(\d{4})[- ]?[Qq]([1-4])|[Qq]([1-4])[- /](\d{4})")
_SAMPLE = 200  # cells from which the format of a column is found


# -- reading times


def parse_times(cells: Sequence[str]) -> list[datetime | None] | None:
    """Read the cells of a column as times, all in the same format.

    Args:
        cells: the texts. Known are ISO 8601, usual ways of writing dates in English and Chinese, quarters ("2020-Q1"), years, years
            with a fraction for the month ("1949.0833"), and seconds or milliseconds since 1970. Where day and month could be either
            way round, the first format that fits all of the cells counts: day before month.

    Returns:
        A time for each cell, in UTC where it has a time zone, None for an empty or unreadable one; None for a column that does not
        hold times.
    """
    stripped = [cell.strip() for cell in cells]
    filled = [cell for cell in stripped if cell]
    sample = filled[:_SAMPLE]
    if not sample:
        return None
    best: list[datetime | None] | None = None
    missing = max(1, len(filled) // 20)  # at most so many cells may be unreadable
    for parse in _parsers():
        if sum(parse(cell) is None for cell in sample) > len(sample) // 20:
            continue
        found = [parse(cell) if cell else None for cell in stripped]
        lost = len(filled) - sum(one is not None for one in found)
        if lost < missing:
            best, missing = found, lost
        if not lost:
            break
    return best


def _parsers() -> list[Callable[[str], datetime | None]]:
    return [_iso, _quarter, *map(_formatted, _FORMATS), _year, _since_1970]


def _iso(text: str) -> datetime | None:
    if text.isdecimal() and len(text) != 8:  # a year is not a date
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _quarter(text: str) -> datetime | None:
    found = _QUARTER.fullmatch(text)
    if not found:
        return None
    year, quarter = (found[1], found[2]) if found[1] else (found[4], found[3])
    return datetime(max(1, int(year)), 3 * int(quarter) - 2, 1)


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
    if not re.fullmatch(r"\d{9,10}(\.0+)?|\d{12,13}", text):
        return None
    seconds = float(text) / (1000 if len(text.partition(".")[0]) > 10 else 1)
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)


# -- steps


def step_named(text: str) -> str:
    """The step that a person typed ("month", "15 minutes"), as the module writes it.

    Raises:
        ConfigError: there is no such step.
    """
    found = _STEP.fullmatch(text.strip().lower())
    if not found or found[2] not in UNITS or found[1] == "0":
        raise ConfigError("there is no step {step!r}; {hint}", step=text, hint=did_you_mean(text.strip().split(" ")[-1], UNITS))
    return _step(int(found[1] or 1), found[2])


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
    apart = [later - earlier for earlier, later in zip(months, months[1:], strict=False)]
    if midnight and min(apart) > 0 and (len({one.day for one in times}) == 1 or all(map(_ends_month, times))):
        return _unit_of_months(gcd(*apart))
    if midnight and min(apart) > 0 and 12 in (size := Counter(apart)) and size[12] == len(apart):
        return "year"
    seconds = [round((later - earlier).total_seconds()) for earlier, later in zip(times, times[1:], strict=False)]
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
    if unit == "week":
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return day - timedelta(days=day.weekday())
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
    """The times of the values ``first`` to ``last - 1`` (from 0) of a series that begins at ``start``."""
    count, unit = _parts(step)
    if unit in _MONTHS:
        month = _month(start)
        months = (month + index * count * _MONTHS[unit] for index in range(first, last))
        return [datetime(one // 12, one % 12 + 1, 1) for one in months if 12 <= one < 120_000]
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
