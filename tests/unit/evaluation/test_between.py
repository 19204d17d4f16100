"""Copied bars and betweenness, against values worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.domains import MetreChange, Note, TempoChange, get_domain
from genstudio.domains.score import Part, Score
from genstudio.evaluation.between import Heard, copied

Tune = Callable[[str], Any]


@pytest.fixture
def tune(tmp_path: Path) -> Tune:
    """``tune(bars)``: a melody from the notes of its bars in ABC."""

    def made(bars: str) -> Any:
        file = tmp_path / "tune.abc"
        file.write_text(f"X:1\nM:4/4\nL:1/4\nK:C\n{bars}|\n", encoding="utf-8")
        return get_domain("melody").read(file).pieces[0]

    return made


def test_bars_that_stand_in_an_end_are_copied(tune: Tune) -> None:
    melody = get_domain("melody")
    a, b = tune("CDEF|GABc"), tune("cBAG|FEDC")
    assert copied(melody, tune("CDEF|FEDC"), [a, b]) == 1.0
    assert copied(melody, tune("CDEF|cGcG"), [a, b]) == 0.5
    assert copied(melody, tune("GcGc|cGcG"), [a, b]) == 0.0
    assert copied(melody, a, [b]) == 0.0
    assert copied(melody, b, [b]) == 1.0


def test_runs_of_words_that_stand_in_an_end_are_copied() -> None:
    text = get_domain("text")
    a, b, between = map(text.from_symbols, ("the cat sat on the mat", "a dog ran home", "the cat sat at home"))
    assert copied(text, between, [a, b]) == pytest.approx(1 / 3)
    assert copied(text, text.from_symbols("no"), [a, b]) == 0.0


def test_the_straight_line_is_between_and_an_unrelated_piece_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class Points:
        features = ("x", "y", "z")

        def measure_features(self, piece: Any) -> Any:
            return np.asarray(piece, np.float32)

    rng = np.random.default_rng(0)
    a, b, other = rng.normal(size=(3, 400, 3))
    heard = Heard(Points(), list(a), list(b))  # type: ignore[arg-type]
    assert np.nanmedian(heard.betweenness(list((a + b) / 2))) == pytest.approx(1.0, abs=1e-4)
    assert np.nanmedian(heard.betweenness(list(0.8 * a + 0.2 * b))) == pytest.approx(1.0, abs=1e-4)
    assert np.nanmedian(heard.betweenness(list(a))) == pytest.approx(1.0, abs=1e-4)
    assert abs(np.nanmedian(heard.betweenness(list(other)))) < 0.15
    # By hand, for one pair: d is the root mean square difference in standard deviations.
    pairs = ((other[0], a[0]), (other[0], b[0]), (a[0], b[0]))
    apart = [np.sqrt((((one - two) / heard.deviation) ** 2).mean()) for one, two in pairs]
    expected = (2 * heard.unrelated - apart[0] - apart[1]) / (2 * heard.unrelated - apart[2])
    assert heard.betweenness(list(other))[0] == pytest.approx(expected, rel=1e-4)


def test_a_melody_half_way_in_height_is_nearer_to_both_than_they_are(tune: Tune) -> None:
    low, high = tune("CDEF|GFED"), tune("CDEF|GFED")
    high = replace(high, notes=tuple(note._replace(pitch=note.pitch + 12) for note in high.notes), tonic=high.tonic + 12)
    half = replace(low, notes=tuple(note._replace(pitch=note.pitch + 6) for note in low.notes), tonic=low.tonic + 6)
    heard = Heard(get_domain("melody"), [low, tune("C4|c4")], [high, tune("GEGE|c2G2")])
    to_low, to_high = heard.to_ends([half, tune("C4|c4")])
    assert to_low[0] == pytest.approx(to_high[0], rel=1e-3)
    assert to_low[0] == pytest.approx(heard.to_ends([high, half])[0][0] / 2, rel=1e-3)


def quartet(*bars: str) -> Any:
    """A score of two parts: each bar is two letters, the notes of the parts, which last for the bar; "-" is a rest."""
    parts = []
    for index, role in enumerate(("melody", "bass")):
        pitches = [(at, "CDEFGAB".index(bar[index])) for at, bar in enumerate(bars) if bar[index] != "-"]
        notes = [Note(1920 * at, 1920 * at + 1920, 60 - 12 * index + (0, 2, 4, 5, 7, 9, 11)[step]) for at, step in pitches]
        parts.append(Part(role=role, notes=tuple(notes)))
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], length=1920 * len(bars), tonic=60)


def test_a_bar_of_a_score_is_that_of_all_parts() -> None:
    scores = get_domain("score")
    a, b = quartet("CC", "DG", "EC", "F-"), quartet("GE", "AF", "GE", "AF")
    assert copied(scores, quartet("CC", "AF", "EC", "GE"), [a, b]) == 1.0
    assert copied(scores, quartet("CC", "BB", "EC", "BB"), [a, b]) == 0.5
    # The melody of one end over the bass of the other has no bar of either, but the bars of their parts.
    spliced = quartet("CE", "DF", "EE", "FF")
    assert copied(scores, spliced, [a, b]) == 0.0
    assert copied(scores, spliced, [a, b], by_part=True) == 1.0
    # A rest does not count, and what the other part of an end has is not copied.
    assert copied(scores, quartet("B-", "BE", "B-", "BB"), [a, b], by_part=True) == pytest.approx(1 / 6)
    upper, lower = b.parts
    swapped = replace(b, parts=(replace(upper, notes=lower.notes), replace(lower, notes=upper.notes)))
    assert copied(scores, swapped, [a, b], by_part=True) == 0.0
    assert copied(scores, quartet("--", "--"), [a, b], by_part=True) == 0.0


def test_a_feature_that_never_varies_has_no_scale() -> None:
    scores = get_domain("score")
    first, last = [quartet("CC", "DG"), quartet("EC", "GC")], [quartet("GE", "AF"), quartet("BG", "DB")]
    heard = Heard(scores, first, last)
    with_drums = [
        replace(piece, parts=(*piece.parts, Part(role="drums", notes=(Note(0, 60, 36), Note(960, 1020, 38))))) for piece in first
    ]
    assert heard.betweenness(with_drums).tolist() == heard.betweenness(first).tolist()
