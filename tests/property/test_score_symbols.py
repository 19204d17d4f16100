"""Symbols of scores: any string is a score, any score comes back whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains.music.notes import Note, bar_lines
from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, MetreChange, TempoChange, bar_ticks
from genstudio.domains.score import DOMAIN
from genstudio.domains.score.piece import MOST_PARTS, QUALITIES, ROLES, ChordSymbol, Part, Score
from genstudio.domains.score.symbols import GRAMMAR

symbols = st.text(st.sampled_from(GRAMMAR.alphabet + "aZ é\U0001f3b5"), max_size=300)
metre = st.tuples(st.sampled_from(NUMERATORS), st.sampled_from(DENOMINATORS))
lengths = st.one_of(st.sampled_from([60, 80, 120, 160, 240, 480, 720, 1920]), st.integers(1, 2500))
notes = st.builds(
    lambda start, length, pitch, velocity: Note(start, start + length, pitch, velocity),
    st.integers(0, 6000), lengths, st.integers(12, 106), st.integers(1, 127),  # pitches that symbols hold in every key
)  # fmt: skip
chords = st.builds(
    lambda start, length, root, quality, bass: ChordSymbol(start, start + length, root, quality, bass),
    st.integers(0, 6000), lengths, st.integers(0, 11), st.sampled_from(list(QUALITIES)), st.integers(-1, 11),
)  # fmt: skip


@st.composite
def parts(draw: st.DrawFn) -> Part:
    role = draw(st.sampled_from(ROLES))
    plain = role in ("drums", "symbols")
    return Part(
        role=role,
        program=0 if plain else draw(st.integers(0, 127)),
        notes=() if role == "symbols" else tuple(draw(st.lists(notes, max_size=12))),
        chords=tuple(draw(st.lists(chords, max_size=6))) if role == "symbols" else (),
    )


@st.composite
def scores(draw: st.DrawFn) -> Score:
    first = draw(metre)
    pickup = draw(st.integers(0, bar_ticks(*first) - 1))
    changes = [MetreChange(0, *first)] + [
        MetreChange(draw(st.integers(1, 9000)), *draw(metre)) for _ in range(draw(st.integers(0, 3)))
    ]
    changes.sort()
    some = draw(st.lists(parts(), min_size=1, max_size=MOST_PARTS))
    return Score.build(some, changes, [TempoChange(0, 100.0)], pickup, pickup + 1)


def valid(score: Score) -> None:
    lines = bar_lines(score)
    assert score.length == lines[-1] > 0
    assert 0 <= score.pickup < bar_ticks(*score.metres[0][1:])
    assert score.metres[0].tick == 0
    assert all(change.tick in lines for change in score.metres[1:])
    assert 54 <= score.tonic <= 65
    assert 1 <= len(score.parts) <= MOST_PARTS
    for part in score.parts:
        assert list(part.notes) == sorted(part.notes, key=lambda note: (note.start, -note.pitch))
        assert all(0 <= note.start < note.end <= score.length and 0 <= note.pitch <= 127 for note in part.notes)
        for pitch in {note.pitch for note in part.notes} if part.pitched else ():
            same = [note for note in part.notes if note.pitch == pitch]
            assert all(before.end <= after.start for before, after in pairwise(same))
        assert all(0 <= chord.start < chord.end <= score.length for chord in part.chords)
        assert all(before.end <= after.start for before, after in pairwise(part.chords))
        assert part.notes == () or part.role != "symbols"
        assert part.chords == () or part.role == "symbols"


def heard(score: Score) -> object:
    return [(part.role, [note[:3] for note in part.notes], part.chords) for part in score.parts]


@given(symbols)
def test_any_string_is_a_valid_score(text: str) -> None:
    score = DOMAIN.from_symbols(text)
    valid(score)
    again = DOMAIN.to_symbols(score)
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(again)) == again
    assert set(again) <= set(GRAMMAR.alphabet)


@given(scores())
def test_any_score_comes_back_whole(score: Score) -> None:
    valid(score)
    text = DOMAIN.to_symbols(score)
    again = DOMAIN.from_symbols(text)
    assert heard(again) == heard(score)
    assert (again.metres, again.pickup, again.length, again.tonic) == (score.metres, score.pickup, score.length, score.tonic)
    assert DOMAIN.to_symbols(again) == text
    assert text.count(GRAMMAR.separator) == score.bars * len(score.parts)
    assert len(DOMAIN.lineup(text)) == len(score.parts)


@given(scores())
def test_the_metadata_and_the_symbols_are_the_score(score: Score) -> None:
    again = DOMAIN.with_metadata(DOMAIN.from_symbols(DOMAIN.to_symbols(score)), DOMAIN.metadata(score))
    assert again == score


@given(scores(), st.integers(0, 5), st.integers(1, 4))
def test_parts_of_a_score_are_valid_and_hold_its_bars(score: Score, first: int, count: int) -> None:
    first = min(first, score.bars - 1)
    last = min(score.bars, first + count)
    cut = DOMAIN.part(score, first + 1, last)
    valid(cut)
    assert cut.bars == last - first
    whole = DOMAIN.to_symbols(score).split(GRAMMAR.separator)[1:]
    own = DOMAIN.to_symbols(cut).split(GRAMMAR.separator)[1:]
    strands = len(score.parts)
    # Bars after the first are written as in the whole: no note is held into them from outside.
    assert own[strands:-strands] == whole[(first + 1) * strands : (last - 1) * strands][: len(own[strands:-strands])]


@given(scores(), st.integers(0, 2**32))
def test_variants_are_valid_and_have_the_same_parts(score: Score, seed: int) -> None:
    made = DOMAIN.variant(score, np.random.default_rng(seed), 4)
    valid(made)
    assert made is score or made.bars <= 4
    assert DOMAIN.lineup(DOMAIN.to_symbols(made)) == DOMAIN.lineup(DOMAIN.to_symbols(score))
    assert made == DOMAIN.variant(score, np.random.default_rng(seed), 4)


@given(scores())
def test_features_are_finite(score: Score) -> None:
    found = DOMAIN.measure_features(score)
    assert found.shape == (len(DOMAIN.features),)
    assert np.isfinite(found).all()
    assert all(np.isfinite(attribute.measure(score)) for attribute in DOMAIN.attributes)
