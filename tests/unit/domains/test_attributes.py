"""What is measured of a piece, against what was counted by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genstudio.domains import get_domain
from genstudio.domains.melody import Melody, MetreChange, Note
from genstudio.domains.text import Passage

Q = 480


def melody(*notes: tuple[float, float, int], length: float = 4, metre: tuple[int, int] = (4, 4), pickup: float = 0) -> Melody:
    """Notes as (onset, end, pitch), in quarters."""
    return Melody(
        notes=tuple(Note(round(start * Q), round(end * Q), pitch) for start, end, pitch in notes),
        metres=(MetreChange(0, *metre),),
        length=round(length * Q),
        pickup=round(pickup * Q),
    )


def of(name: str, piece: object) -> float:
    domain = "text" if isinstance(piece, Passage) else "melody"
    return next(one for one in get_domain(domain).attributes if one.name == name).measure(piece)


SCALE = melody((0, 1, 60), (1, 2, 62), (2, 3, 64), (3, 3.5, 71))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("density", 1.0),
        ("pitch", 64.25),
        ("range", 11.0),
        ("interval", 11 / 3),
        ("steps", 2 / 3),
        ("rests", 0.125),
        ("diatonicity", 1.0),
        ("syncopation", 0.0),
    ],
)
def test_a_small_melody(name, value):
    assert of(name, SCALE) == pytest.approx(value)


def test_diatonicity():
    # C sharp for one quarter of five sounding: no diatonic scale has C, C sharp, D, E and F.
    piece = melody((0, 1, 60), (1, 2, 61), (2, 3, 62), (3, 4, 64), (4, 5, 65), length=8)
    assert of("diatonicity", piece) == pytest.approx(0.8)
    assert of("diatonicity", melody((0, 1, 63), (1, 2, 65), (2, 3, 67))) == 1.0  # of E flat


@pytest.mark.parametrize(
    ("piece", "value"),
    [
        (melody((0, 1, 60), (1, 2, 60), (2, 3, 60), (3, 4, 60)), 0.0),
        # From the second beat (2 levels under the bar) over the half bar (1 under): one level, in three notes.
        (melody((0, 1, 60), (1, 3, 60), (3, 4, 60)), 1 / 3),
        # The same where the half bar is silent.
        (melody((0, 1, 60), (1, 2, 60), (3, 4, 60)), 1 / 3),
        # From an eighth (level 3) over the half bar (level 1).
        (melody((0, 1.5, 60), (1.5, 2.5, 60), (2.5, 4, 60)), (2 + 1) / 3),
        # Over a bar line: from the fourth beat, two levels.
        (melody((0, 3, 60), (3, 5, 60), (5, 8, 60), length=8), (2 + 1) / 3),
        # A jig: crotchet and quaver are in their places; quaver and crotchet cross nothing stronger.
        (melody((0, 1, 60), (1, 1.5, 60), (1.5, 2, 60), (2, 3, 60), length=3, metre=(6, 8)), 0.0),
        # The last quaver of a group held over the next beat.
        (melody((0, 1, 60), (1, 2, 60), (2, 3, 60), length=3, metre=(6, 8)), 1 / 3),
        # A pickup stands in the bar that it ends: an eighth before the bar line, held over it.
        (melody((0, 1.5, 60), (1.5, 4.5, 60), length=4.5, pickup=0.5), (3 + 1) / 2),
    ],
)
def test_syncopation(piece, value):
    assert of("syncopation", piece) == pytest.approx(value)


def test_what_transposing_leaves():
    higher = melody(*((start / Q, end / Q, pitch + 5) for start, end, pitch, _ in SCALE.notes))
    for one in get_domain("melody").attributes:
        assert one.measure(higher) - one.measure(SCALE) == pytest.approx(5 if one.name == "pitch" else 0)


def test_nothing_to_measure():
    for piece in (Melody(notes=()), melody(), melody((0, 4, 72))):
        assert all(math.isfinite(one.measure(piece)) for one in get_domain("melody").attributes)
    assert of("density", Melody(notes=())) == 0.0


@given(st.text(alphabet=get_domain("melody").grammar.alphabet, max_size=60))
def test_whatever_a_model_writes(symbols):
    piece = get_domain("melody").from_symbols(symbols)
    values = {one.name: one.measure(piece) for one in get_domain("melody").attributes}
    assert all(math.isfinite(value) for value in values.values())
    for name in ("steps", "rests", "diatonicity"):
        assert 0.0 <= values[name] <= 1.0
    assert values["syncopation"] >= 0.0


@pytest.mark.parametrize(
    ("text", "length", "word", "marks"),
    [
        ("The cat sat.", 3, 3.0, 1 / 10),
        ("Well - well!", 2, 4.0, 2 / 10),
        ("", 0, 0.0, 0.0),
        ("你好，世界", 4, 1.0, 1 / 5),
    ],
)
def test_text(text, length, word, marks):
    piece = Passage(text=text)
    assert of("length", piece) == length
    assert of("word-length", piece) == pytest.approx(word)
    assert of("punctuation", piece) == pytest.approx(marks)
