"""Symbols of melodies: any string is a melody, any melody comes back whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains.melody import DOMAIN, Melody, MetreChange, Note, TempoChange
from genstudio.domains.melody.symbols import GRAMMAR
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.time import DENOMINATORS, NUMERATORS, bar_ticks

symbols = st.text(st.sampled_from(GRAMMAR.alphabet + "aZ é\U0001f3b5"), max_size=300)
metre = st.tuples(st.sampled_from(NUMERATORS), st.sampled_from(DENOMINATORS))


@st.composite
def melodies(draw: st.DrawFn) -> Melody:
    notes: list[Note] = []
    tick = 0
    for _ in range(draw(st.integers(0, 12))):
        tick += draw(st.one_of(st.just(0), st.integers(0, 900)))
        end = tick + draw(st.one_of(st.sampled_from([60, 80, 120, 160, 240, 480, 720, 1920]), st.integers(1, 2500)))
        notes.append(Note(tick, end, draw(st.integers(36, 96))))
        tick = end
    first = draw(metre)
    pickup = draw(st.integers(0, bar_ticks(*first) - 1))
    changes = [MetreChange(0, *first)] + [
        MetreChange(draw(st.integers(1, 9000)), *draw(metre)) for _ in range(draw(st.integers(0, 3)))
    ]
    changes.sort()
    return Melody.build(notes, changes, [TempoChange(0, 100.0)], pickup, pickup + 1)


def valid(melody: Melody) -> None:
    lines = bar_lines(melody)
    assert melody.length == lines[-1] > 0
    assert 0 <= melody.pickup < bar_ticks(*melody.metres[0][1:])
    assert melody.metres[0].tick == 0
    assert all(change.tick in lines for change in melody.metres[1:])
    assert 24 <= melody.tonic <= 96
    tick = 0
    for note in melody.notes:
        assert tick <= note.start < note.end <= melody.length
        assert 0 <= note.pitch <= 127
        tick = note.end


@given(symbols)
def test_any_string_is_a_valid_melody(text: str) -> None:
    melody = DOMAIN.from_symbols(text)
    valid(melody)
    again = DOMAIN.to_symbols(melody)
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(again)) == again
    assert set(again) <= set(GRAMMAR.alphabet)


@given(st.text(max_size=50))
def test_any_text_is_a_valid_melody(text: str) -> None:
    valid(DOMAIN.from_symbols(text))


@given(melodies())
def test_melodies_come_back_whole(melody: Melody) -> None:
    valid(melody)
    back = DOMAIN.from_symbols(DOMAIN.to_symbols(melody))
    assert [note[:3] for note in back.notes] == [note[:3] for note in melody.notes]
    assert (back.metres, back.pickup, back.length, back.tonic) == (melody.metres, melody.pickup, melody.length, melody.tonic)


@given(melodies(), st.integers(1, 5), st.integers(0, 5), st.integers(1, 3))
def test_phrases_are_valid_and_cover(melody: Melody, length: int, stride: int, shortest: int) -> None:
    phrases = DOMAIN.phrases(melody, length, stride, shortest)
    for phrase in phrases:
        valid(phrase)
        assert phrase.notes
        assert min(shortest, length) <= phrase.bars <= length
        symbols = DOMAIN.to_symbols(phrase)
        assert DOMAIN.to_symbols(DOMAIN.from_symbols(symbols)) == symbols
    assert DOMAIN.phrase_symbols(melody, length, stride, shortest) == [DOMAIN.to_symbols(phrase) for phrase in phrases]
    assert DOMAIN.show(melody, 60)
    if not phrases:
        assert DOMAIN.why_no_phrase(melody, length, shortest)
    if stride == 0 and shortest == 1:
        sounding = sum(note.end - note.start for phrase in phrases for note in phrase.notes)
        assert sounding == sum(note.end - note.start for note in melody.notes)


@given(melodies(), melodies(), st.floats(0, 1))
def test_dressed_and_joined_melodies_are_valid(a: Melody, b: Melody, t: float) -> None:
    dressed = DOMAIN.with_metadata_between(a, a, b, t)
    valid(dressed)
    assert all(60 <= note.velocity <= 110 for note in dressed.notes)
    joined = DOMAIN.join([a, b, dressed])
    assert joined is not None
    valid(joined)
    assert len(joined.notes) == 2 * len(a.notes) + len(b.notes)
