"""Copied bars and betweenness, against values worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.domains import get_domain
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
