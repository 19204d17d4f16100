"""Time series: their calendar, their symbols, their parts, their variants, and what is generated."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genstudio.domains import get_domain
from genstudio.domains.series import LONGEST, Series, calendar, symbols
from genstudio.domains.series.generated import generated
from genstudio.domains.series.measures import ATTRIBUTES, compare, cycle_of, features_of
from genstudio.domains.series.variants import variant
from genstudio.errors import DamagedFileError

SERIES = get_domain("series")
STEPS = [
    "year", "2 year", "quarter", "month", "2 month", "week", "2 week", "weekday", "day", "3 day", "hour", "6 hour", "15 minute",
    "30 second",
]  # fmt: skip
starts = st.datetimes(datetime(1800, 1, 1), datetime(2200, 1, 1)).map(lambda one: one.replace(microsecond=0))
seasons = st.sampled_from([0, *range(2, calendar.MOST_SEASON + 1)])
values = st.lists(st.none() | st.floats(-1e6, 1e6, width=32), max_size=120)


@st.composite
def pieces(draw: st.DrawFn) -> Series:
    season = draw(seasons)
    return Series.of(draw(values), season=season, phase=draw(st.integers(0, max(0, season - 1))))


# -- calendar


@given(st.sampled_from(STEPS), starts, st.integers(0, 400))
def test_moments_and_durations_are_inverse(step, start, later):
    start = calendar.period_of(start, step)
    (moment,) = calendar.moments(start, step, later, later + 1)
    assert calendar.duration(start, moment, step) == later
    assert calendar.period_of(moment, step) == moment
    assert calendar.moments(start, step, 0, later + 1)[-1] == moment


@given(st.sampled_from(STEPS), starts, st.integers(0, 60))
def test_positions_go_round_the_season(step, start, later):
    season = calendar.season_of(step)
    assume(season)
    times = calendar.moments(calendar.period_of(start, step), step, later, later + 2)
    first, second = (calendar.position(one, step, season) for one in times)
    assert second == (first + 1) % season


@given(st.sampled_from(STEPS), starts, st.sets(st.integers(1, 38), max_size=12))
def test_the_step_is_found_where_rows_are_missing(step, start, missing):
    times = calendar.moments(calendar.period_of(start, step), step, 0, 40)
    found = calendar.step_between([one for at, one in enumerate(times) if at not in missing])
    assert found == ("quarter" if step == "3 month" else step) or calendar.duration(times[0], times[1], found) == 1


@given(st.sampled_from(STEPS), starts)
def test_what_is_shown_is_read_again(step, start):
    times = calendar.moments(calendar.period_of(start, step), step, 0, 30)
    assume(times[-1].year < 3000)
    assert calendar.parse_times([calendar.shown(one, step) for one in times]) == times


def test_times_that_are_not_regular_have_no_step():
    begin = datetime(2020, 1, 1)
    assert calendar.step_between([begin]) == ""
    assert calendar.step_between([begin + timedelta(seconds=at * at + 7 * at) for at in (1, 4, 5, 9)]) == ""


@pytest.mark.parametrize(("typed", "step"), [("15 minutes", "15 minute"), ("1 day", "day"), (" Months ", "month"), ("day", "day")])
def test_a_step_as_people_type_it(typed, step):
    assert calendar.step_named(typed) == step


def test_a_forecast_beyond_all_calendars_is_numbered():
    piece = Series.of([1.0, 2.0, 3.0], start="9999-11-01T00:00:00", step="month")
    assert piece.labels_of(0, 2) == ["9999-11", "9999-12"]
    assert piece.labels_of() == ["1", "2", "3"]
    assert Series.of([1.0, 2.0], start="9999-12-31T00:00:00", step="day").labels_of() == ["1", "2"]


# -- symbols


@given(pieces())
def test_symbols_keep_all_but_half_a_level(piece):
    again = SERIES.from_symbols(SERIES.to_symbols(piece))
    assert [value is None for value in again.values] == [value is None for value in piece.values]
    if len(piece):
        assert (again.season, again.phase) == (piece.season, piece.phase)
    for value, kept in zip(piece.values, again.values, strict=True):
        if value is not None and abs(scaled := (value - piece.mean) / piece.deviation) < symbols.REACH:
            assert abs(scaled - kept) <= symbols.REACH / symbols.LEVELS + 1e-6
    assert SERIES.to_symbols(again) == SERIES.to_symbols(piece)


@given(st.text("".join([symbols.GRAMMAR.alphabet, "a"]), max_size=60))
def test_any_string_of_symbols_is_a_series(text):
    piece = SERIES.from_symbols(text)
    assert SERIES.from_symbols(SERIES.to_symbols(piece)) == piece


def test_what_is_clipped_is_counted():
    piece = Series.of([0.0] * 99 + [1.0])
    assert symbols.clipped(piece) == 1
    assert symbols.levels_of(piece)[-1] == symbols.LEVELS - 1


@given(pieces(), st.integers(1, 14), st.integers(1, 14))
def test_phrases_are_no_longer_than_a_model_reads(piece, length, stride):
    for phrase in SERIES.phrases(piece, length, stride, 1):
        assert len(phrase) <= LONGEST
        assert SERIES.to_symbols(phrase).count(symbols.GRAMMAR.separator) == SERIES.units(phrase) <= length


@given(pieces())
def test_units_divide_a_series(piece):
    parts = [SERIES.part(piece, unit, unit) for unit in range(1, SERIES.units(piece) + 1)]
    assert tuple(itertools.chain.from_iterable(part.values for part in parts)) == piece.values
    assert all(part.phase == 0 for part in parts[1:])
    if parts:
        assert SERIES.join(parts).values == piece.values


def test_a_part_has_its_own_times_and_scale():
    piece = Series.of([float(at) for at in range(30)], start="2020-03-01T00:00:00", step="month", season=12, phase=2)
    part = SERIES.part(piece, 2, 2)
    assert (part.values[0], part.phase, part.start, part.mean) == (10.0, 0, "2021-01-01T00:00:00", 15.5)
    assert SERIES.part(piece, 1, 3) is piece


# -- metadata


@given(pieces())
def test_metadata_bring_back_what_symbols_lose(piece):
    bands = ((0.1, (1.0, 2.0)), (0.9, (3.0, 4.0))) if len(piece) > 1 else ()
    piece = replace(piece, title="t", source="s", labels=(("a", "b"),), start="2020-01-01T00:00:00", step="day", bands=bands,
                    scores=tuple(1.5 for _ in piece.values))  # fmt: skip
    again = SERIES.with_metadata(SERIES.from_symbols(SERIES.to_symbols(piece)), SERIES.metadata(piece))
    assert again == (piece if len(piece) else replace(piece, season=0, phase=0))


@pytest.mark.parametrize("damage", [
    {"values": [1.0]}, {"values": [1.0, float("nan"), 2.0, 3.0]}, {"values": "x"}, {"deviation": 0.0}, {"mean": 1e305},
    {"start": "soon", "step": "day"}, {"start": "2020-01-01T00:00:00", "step": "moon"}, {"start": "2020-01-01T00:00:00"},
    {"start": "2020-01-01T00:00:00+01:00", "step": "day"}, {"labels": [1]}, {"labels": [["a"]]}, {"scores": [1.0, 2.0]},
    {"bands": [[2.0, [1.0]]]}, {"bands": [[0.1, [1.0] * 5]]}, {"bands": [[0.1, [1.0]], [0.9, [1.0, 2.0]]]}, {"bands": [3]},
    {"title": 3},
])  # fmt: skip
def test_damaged_metadata_are_refused(damage):
    piece = Series.of([1.0, 2.0, 3.0, 4.0])
    with pytest.raises(DamagedFileError, match="the recorded values of a time series are damaged"):
        SERIES.with_metadata(SERIES.from_symbols(SERIES.to_symbols(piece)), {**SERIES.metadata(piece), **damage})


def test_what_lies_between_has_a_scale_between():
    a = Series.of([1.0, 2.0, 3.0, 2.0] * 3, season=4, start="2020-01-01T00:00:00", step="quarter")
    b = Series.of([100.0, 300.0, 500.0, 300.0] * 3, season=4)
    made = SERIES.from_symbols(SERIES.to_symbols(a))
    scales = [SERIES.with_metadata_between(made, a, b, share) for share in (0.0, 0.5, 1.0)]
    assert [one.mean for one in scales] == [2.0, 151.0, 300.0]
    assert scales[1].deviation == pytest.approx(math.sqrt(a.deviation * b.deviation))
    assert (scales[0].start, scales[2].start) == (a.start, "")
    assert scales[0].values == pytest.approx(a.values, abs=0.03)
    assert SERIES.keep(scales[0], a).values == a.values


def test_a_mixture_takes_each_step_from_one_of_them():
    a, b = Series.of([1.0, 2.0, 3.0, 4.0] * 5), Series.of([9.0, None, 5.0, 7.0] * 4 + [1.0])
    assert SERIES.mix(a, b, 0.0, 3) is a
    assert SERIES.mix(a, b, 1.0, 3) is b
    assert SERIES.mix(a, b, 0.5, 3) == SERIES.mix(a, b, 0.5, 3) != SERIES.mix(a, b, 0.5, 4)


# -- variants


@given(pieces(), st.integers(0, 1000), st.integers(2, 14))
def test_variants_are_no_longer_than_allowed(piece, seed, length):
    made = variant(piece, np.random.default_rng(seed), length)
    assert len(made) < 2 or SERIES.units(made) <= length
    assert made == variant(piece, np.random.default_rng(seed), length)
    assert symbols.clipped(made) <= 0.5 * len(made)
    if len(piece) > 1:
        assert (made.mean, made.deviation, made.start) == (0.0, 1.0, "")


def test_some_variants_are_upside_down_and_some_have_gaps():
    piece = Series.of([float(at) for at in range(120)], season=12)
    made = [variant(piece, np.random.default_rng(seed), 11) for seed in range(200)]
    falling = sum(one.values[-1] < one.values[0] for one in made)
    gaps = sum(None in one.values for one in made)
    assert 70 < falling < 130
    assert 10 < gaps < 60
    assert all(one.values[0] is not None is not one.values[-1] for one in made)


# -- measures


@given(pieces())
def test_measures_are_finite(piece):
    assert all(math.isfinite(attribute.measure(piece)) for attribute in ATTRIBUTES)
    assert np.isfinite(features_of(piece)).all()
    found = compare([piece], [piece])
    assert found["exact"] == 1.0
    assert found["deviation"] == 0.0
    assert found["level_accuracy"] == (1.0 if len(piece) else 0.0)


def test_a_lost_step_counts_as_wrong():
    piece = Series.of([1.0, 2.0, 3.0, 4.0])
    found = compare([piece], [piece.cut(0, 3)])
    assert (found["level_accuracy"], found["deviation"]) == (0.75, 0.25)


def test_trend_and_season_are_what_they_say():
    wave = Series.of([math.sin(math.pi * at / 6) for at in range(96)], season=12)
    line = Series.of([float(at) for at in range(96)])
    measured = {one.name: (one.measure(wave), one.measure(line)) for one in ATTRIBUTES}
    assert measured["length"] == (96, 96)
    assert measured["seasonality"][0] > 0.98
    assert measured["trend"][1] == pytest.approx(math.sqrt(12), abs=0.05)
    assert measured["turns"] == (pytest.approx(1 / 6, abs=0.03), 0.0)


# -- generated


def test_a_cycle_is_found_in_values_and_not_in_noise():
    rng = np.random.default_rng(5)
    time = np.arange(140)

    def found(values) -> int:
        return cycle_of(Series.of([float(value) for value in values]))

    assert [found(np.sin(2 * np.pi * time / period) + 0.02 * time) for period in (3, 7, 11, 24)] == [3, 7, 11, 24]
    assert found(5.0 + 3.0 * time) == found(np.ones(140)) == found([]) == found([1.0, 2.0]) == 0
    assert found(np.sin(2 * np.pi * time / 40)) == 0  # longer than any season
    assert found(np.sin(2 * np.pi * time[:20] / 11)) == 0  # it has not come round three times
    noises = (rng.normal(size=140) for _ in range(100))
    walks = (np.cumsum(rng.normal(size=140)) for _ in range(100))
    assert not any(map(found, noises))
    assert sum(found(walk) > 0 for walk in walks) <= 1


def test_the_same_seed_generates_the_same():
    made = list(generated(20, 60, 5))
    assert made == list(generated(20, 60, 5))
    assert made != list(generated(20, 60, 6))
    assert all(len(one) == 60 and one.phase < max(1, one.season) for one in made)
    assert {one.season for one in generated(200, 12, 0)} >= {0, 4, 5, 7, 12, 24}


def test_a_chart_fits_its_width():
    piece = Series.of([math.sin(at / 3) * 100 for at in range(200)], start="2020-01-01T00:00:00", step="day")
    for width in (12, 30, 80):
        assert max(map(len, SERIES.show(piece, width).splitlines())) <= width
    assert SERIES.show(Series()) == "(empty)"


def test_numbers_are_typed_and_read_back_from_an_example() -> None:
    domain = get_domain("series")
    piece = domain.parse("4/12: 112 118 132, 129; 121")
    assert piece is not None
    assert (piece.values, piece.season, piece.phase) == ((112.0, 118.0, 132.0, 129.0, 121.0), 12, 3)
    assert domain.parse(domain.example(piece)) == piece
    for wrong in ("1 2 3", "1.2.3 4 5 6", "5/4: 1 2 3 4", "1/30: 1 2 3 4", "1 2 3 4 words", "1e999 1 2 3"):
        assert domain.parse(wrong) is None


def test_a_forecast_is_written_with_its_quantiles_and_read_again(tmp_path: Path) -> None:
    domain = get_domain("series")
    known = Series.of([float(month % 12) for month in range(36)], season=12, start="2020-01-01", step="month")
    bands = ((0.1, (1.0, 2.0)), (0.5, (1.5, 2.5)), (0.9, (2.0, 3.0)))
    made = replace(known, values=(*known.values, 1.5, 2.5), bands=bands).scaled()
    domain.write(made, tmp_path / "visitors.csv")
    (again,) = domain.read(tmp_path / "visitors.csv").pieces
    assert (again.values, again.bands, again.title) == (made.values, made.bands, "visitors")
    (tmp_path / "two.csv").write_text("time,value,score\n2020-01,3,1\n2020-02,5,2\n2020-03,4,7\n2020-04,5,1\n")
    assert [one.title for one in domain.read(tmp_path / "two.csv").pieces] == ["two", "score"]


def test_a_forecast_goes_when_what_is_known_is_edited_and_is_by_hand_when_itself_is() -> None:
    given = replace(Series.of([1.0, 2.0, 4.0, 3.0]), values=(1.0, 2.0, 4.0, 3.0, 5.0, 6.0), scores=(0.1,) * 6)
    given = replace(given, bands=((0.1, (4.0, 4.0)), (0.5, (5.0, 6.0)), (0.9, (7.0, 8.0))))
    assert given.edited(given.values).bands == given.bands
    assert given.edited((1.0, 2.0, 4.0, 3.0, 5.0)).bands == ((0.1, (4.0,)), (0.5, (5.0,)), (0.9, (7.0,)))
    known = given.edited((1.0, 2.0, None, 3.0, 5.0, 6.0))
    assert (known.values, known.bands, known.scores) == ((1.0, 2.0, None, 3.0), (), ())
    own = given.edited((1.0, 2.0, 4.0, 3.0, 5.0, 9.0, 9.5))
    assert (own.forecast, own.by_hand, own.bands) == (3, True, ((0.5, (5.0, 9.0, 9.5)),))
    both = own.edited((0.0, *own.values[1:]))
    assert (both.values[0], both.forecast, both.by_hand) == (0.0, 3, True)
    assert own.edited((1.0, 2.0, 4.0)).bands == ()
