"""The chord symbols of melodies: agreement by hand, and the baseline on sheets whose chords follow from the melody."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import genstudio
from genstudio.domains import MetreChange, Note, TempoChange, get_domain
from genstudio.domains.score import ChordSymbol, Part, Score
from genstudio.domains.score.measures import chord_grid
from genstudio.errors import Stopped
from genstudio.evaluation import harmoniser
from genstudio.evaluation.harmoniser import Harmoniser, with_symbols
from genstudio.evaluation.harmony import agreement, harmonised, harmony, in_chord, is_sheet
from genstudio.metrics import METRICS
from genstudio.progress import Stop

HALF = 960
CHORDS = {"I": (0, "major"), "IV": (5, "major"), "V7": (7, "dominant"), "vi": (9, "minor")}
NEXT = {"I": ("IV", "vi", "V7"), "IV": ("V7",), "vi": ("IV",), "V7": ("I",)}


def score(notes: list[tuple[int, int, int]], *chords: tuple[int, int, int, str], tonic: int = 60, bars: int = 2) -> Score:
    parts = [Part(role="melody", notes=tuple(Note(*one) for one in notes))]
    parts.append(Part(name="Symbols", role="symbols", chords=tuple(ChordSymbol(*one) for one in chords)))
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], length=1920 * bars, tonic=tonic)


def sheet(seed: int, tonic: int = 60, bars: int = 4) -> Score:
    """A melody of chord notes, four eighths in each half bar, over chords that follow one another as they may."""
    draw = random.Random(seed)
    name, notes, chords = "I", [], []
    for half in range(2 * bars):
        root, quality = CHORDS[name]
        steps = harmoniser.QUALITIES[quality][0]
        for eighth in range(4):
            start = HALF * half + 240 * eighth
            pitch = tonic + root + (0 if eighth == 0 else draw.choice(steps))
            notes.append((start, start + 240, pitch))
        chords.append((HALF * half, HALF * half + HALF, (tonic + root) % 12, quality))
        name = draw.choice(NEXT[name])
    return score(notes, *chords, tonic=tonic, bars=bars)


def without(piece: Score) -> Score:
    return with_symbols(piece, [])


TRAINING = [sheet(seed, 54 + seed % 12) for seed in range(60)]


def test_agreement_by_hand() -> None:
    tune = [(0, 3840, 60)]
    true = score(tune, (0, 1920, 0, "major"), (1920, 2880, 7, "dominant"))  # nothing in the last half bar
    made = score(tune, (0, 960, 0, "major"), (960, 1920, 9, "minor"), (1920, 3840, 7, "major"))
    assert agreement([true], [made]) == {"harmony_roots": pytest.approx(2 / 3), "harmony_chords": pytest.approx(1 / 3)}
    assert agreement([true], [true]) == {"harmony_roots": 1.0, "harmony_chords": 1.0}
    assert agreement([true], [without(true)]) == {"harmony_roots": 0.0, "harmony_chords": 0.0}
    assert agreement([without(true)], [true]) == {}
    with pytest.raises(ValueError, match="shorter"):
        agreement([true], [])


def test_notes_on_beats_that_are_in_the_chord() -> None:
    # On the beats C (held), E, F and, after the bar, G over nothing; the D between the beats does not count.
    notes = [(0, 960, 60), (960, 1200, 64), (1200, 1440, 62), (1440, 1920, 65), (1920, 3840, 67)]
    assert in_chord([score(notes, (0, 1920, 0, "major"))]) == pytest.approx(3 / 4)
    assert in_chord([score(notes, (0, 1920, 0, "major"), (1920, 3840, 7, "major"))]) == pytest.approx(7 / 8)
    assert in_chord([score([(240, 480, 60)], (0, 1920, 0, "major"))]) is None
    assert in_chord([without(score(notes))]) is None
    with_bass = score(notes)
    with_bass = with_symbols(with_bass, [ChordSymbol(0, 1920, 0, "major", 5)])  # C over F
    assert in_chord([with_bass]) == 1.0


def test_the_baseline_finds_chords_that_the_melody_states() -> None:
    model = Harmoniser(TRAINING)
    new = [sheet(seed, 54 + seed % 12) for seed in range(100, 130)]
    made = [model.harmonise(without(piece)) for piece in new]
    found = agreement(new, made)
    assert found["harmony_chords"] > 0.9
    assert in_chord(made) > 0.95  # type: ignore[operator]
    # It sees no more than the melody and the tonic.
    assert [model.harmonise(piece) for piece in new] == made
    assert [piece.notes for piece in made] == [piece.notes for piece in new]


def test_a_transposed_melody_has_the_same_chords_transposed() -> None:
    model = Harmoniser(TRAINING)
    for tonic in (54, 58, 65):
        here, there = chord_grid(model.harmonise(sheet(7))), chord_grid(model.harmonise(sheet(7, tonic)))
        expected = [((one.root + tonic - 60) % 12, one.quality) for one in here if one is not None]
        assert [(one.root, one.quality) for one in there if one is not None] == expected


def test_what_the_melody_leaves_open_follows_from_the_chords_around_it() -> None:
    model = Harmoniser(TRAINING)
    # C E G C, then a rest, then C E G C: the chord before I is V7.
    notes = [(240 * at, 240 * at + 240, pitch) for at, pitch in enumerate((65, 69, 72, 65))]
    notes += [(1920 + 240 * at, 2160 + 240 * at, pitch) for at, pitch in enumerate((60, 64, 67, 60))]
    found = [(one.root, one.quality) for one in chord_grid(model.harmonise(score(notes))) if one is not None]
    assert found[:3] == [(5, "major"), (7, "dominant"), (0, "major")]


def test_probabilities_are_those_of_all_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    states, halves = 3, 4
    moves = rng.dirichlet(np.ones(states), (2, states))
    sounds, start = np.log(rng.dirichlet(np.ones(12), states)), np.log(rng.dirichlet(np.ones(states)))
    heard = rng.dirichlet(np.ones(12), halves)
    mode = harmoniser._Mode(np.arange(states), start, moves, sounds, 0.0)
    nats, found = harmoniser._forward_backward(mode, heard)
    total = np.zeros((halves, states))
    for path in np.ndindex(*[states] * halves):
        likely = np.exp(start[path[0]])
        for at, state in enumerate(path):
            likely *= np.exp(harmoniser.WEIGHT * heard[at] @ sounds[state])
            if at:
                likely *= moves[at % 2, path[at - 1], state]
        for at, state in enumerate(path):
            total[at, state] += likely
    assert nats == pytest.approx(np.log(total[0].sum()))
    assert found[:, :states] == pytest.approx(total / total.sum(1, keepdims=True))


def test_scores_of_other_kinds() -> None:
    piece = sheet(0)
    alone = replace(piece, parts=piece.parts[:1])
    made = Harmoniser(TRAINING).harmonise(alone)
    assert [part.role for part in made.parts] == ["melody", "symbols"]
    first = replace(piece, parts=piece.parts[::-1])
    assert [part.role for part in Harmoniser(TRAINING).harmonise(first).parts] == ["symbols", "melody"]
    silent = Harmoniser(TRAINING).harmonise(score([]))
    assert len(silent.symbols) > 0  # the chords that are usual
    assert Harmoniser([sheet(0), alone]).harmonise(sheet(1)).symbols  # no sheet in minor, and one without chords


def test_counting_can_be_stopped() -> None:
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        Harmoniser(TRAINING, stop.check)


def test_a_model_harmonises_beside_the_baseline(band: Path, make_sheet: Callable[..., str], tmp_path: Path) -> None:
    model = genstudio.load(band)

    def ids(seed: int) -> np.ndarray:
        path = tmp_path / f"sheet-{seed}.musicxml"
        path.write_text(make_sheet(seed, 2), encoding="utf-8")
        (piece,) = model.domain.read(path).pieces
        return np.array(model.tokenizer.encode(model.domain.to_symbols(piece)))

    held_out, known = [ids(900 + seed) for seed in range(24)], [ids(seed) for seed in range(60)]
    found = harmony(model.trained, held_out, 20, known)
    assert found["harmonised"] == 20
    assert 0 < found["harmony_chords"] <= found["harmony_roots"] < 1
    assert found["harmony_chords_baseline"] > 0.5  # the notes of a bar are those of its chord
    assert found["in_chord_real"] == 1.0
    assert {name for name in found if not METRICS[name].about} == set()
    alone = harmony(model.trained, held_out, 20)
    assert alone == {name: value for name, value in found.items() if not name.endswith("_baseline")}
    sheets = [model.trained.piece(one) for one in held_out]
    made = harmonised(model.trained, sheets)
    assert harmony(model.trained, held_out, 100)["in_chord"] == pytest.approx(in_chord(made))
    # The model does not see the chord symbols, and changes nothing else.
    assert harmonised(model.trained, [without(sheet) for sheet in sheets]) == made
    assert [piece.notes for piece in made] == [piece.notes for piece in sheets]


def test_pieces_without_melody_or_symbols_are_not_harmonised() -> None:
    piece = sheet(0)
    assert is_sheet(piece)
    assert not is_sheet(without(piece))
    assert not is_sheet(replace(piece, parts=piece.parts[1:]))
    assert not is_sheet(get_domain("melody").from_symbols(""))
