"""Statistics of music, by hand and against scipy, and the note F1 against mir_eval."""

from __future__ import annotations

import dataclasses
from itertools import pairwise

import numpy as np
import pytest

from genstudio.domains import MetreChange, Music, Note, TempoChange, get_domain
from genstudio.domains.melody import Melody
from genstudio.errors import Stopped
from genstudio.evaluation import music
from genstudio.evaluation.distributions import compared, histogram_overlap, shares
from genstudio.evaluation.music import compare_music
from genstudio.progress import Stop


def tune(*notes: tuple[int, int, int], length: int = 3840, **more) -> Music:
    return Melody.build([Note(*note) for note in notes], [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], length=length, **more)


TUNE = tune((0, 480, 60), (480, 960, 62), (960, 1920, 64), (1920, 3840, 72))
SILENT = tune()


def test_features_by_hand():
    assert music.note_count(TUNE) == 4
    assert music.pitch_count(TUNE) == 4
    assert music.pitch_range(TUNE) == 12
    assert music.pitch_interval(TUNE) == pytest.approx((2 + 2 + 8) / 3)
    assert music.onset_interval(TUNE) == pytest.approx(4 / 3)  # 1, 1 and 2 quarters
    classes = music.pitch_class_histogram(TUNE)
    assert [classes[0], classes[2], classes[4]] == pytest.approx([2400 / 3840, 480 / 3840, 960 / 3840])
    moves = music.pitch_class_transitions(TUNE)
    assert moves[0, 2] == moves[2, 4] == moves[4, 0] == pytest.approx(1 / 3)
    assert moves.sum() == pytest.approx(1)
    assert music.note_length_histogram(TUNE)[:4].tolist() == [0.25, 0.25, 0.5, 0.0]  # whole, half, quarter, eighth
    lengths = music.note_length_transitions(TUNE)
    assert lengths[2, 2] == lengths[2, 1] == lengths[1, 0] == pytest.approx(1 / 3)
    assert music.pitch_class_entropy(TUNE) == pytest.approx(1.5)  # shares of 1/2, 1/4, 1/4
    assert music.scale_consistency(TUNE) == 1.0
    assert music.groove_consistency(TUNE) == pytest.approx(1 - 2 / 64)  # onsets at 0, 16, 32, and at 0


def test_note_values_are_the_nearest():
    lengths = [1900, 960, 470, 240, 120, 1440, 720, 360, 180, 640, 320, 160]
    at = np.cumsum([0, *lengths]).tolist()
    piece = tune(*((start, end, 60) for start, end in pairwise(at)), length=7680)
    assert music.note_length_histogram(piece).tolist() == pytest.approx([1 / 12] * 12)


def test_a_scale_that_does_not_hold_all_notes():
    assert music.scale_consistency(tune((0, 480, 60), (480, 960, 61), (960, 1920, 62))) == pytest.approx(2 / 3)
    chromatic = tune(*((index * 240, index * 240 + 240, 60 + index) for index in range(12)))
    assert music.scale_consistency(chromatic) == pytest.approx(7 / 12)


def test_the_groove_of_bars_of_one_length():
    steady = tune(*((beat * 480, beat * 480 + 240, 60) for beat in range(8)))
    assert music.groove_consistency(steady) == 1.0
    assert music.groove_consistency(tune((0, 480, 60), length=1920)) is None
    waltz = Melody.build(
        [Note(0, 480, 60), Note(1920, 2400, 60), Note(3360, 3840, 60), Note(3840, 4320, 60)],
        [MetreChange(0, 4, 4), MetreChange(1920, 3, 4)], [TempoChange(0, 120.0)], length=4800,
    )  # fmt: skip
    # A bar of four quarters and one of three are no neighbours; the two of three differ in one place, a quarter after the bar line.
    assert waltz.bars == 3
    assert music.groove_consistency(waltz) == pytest.approx(1 - 1 / 64)


def test_bars_that_come_again() -> None:
    bar = [(0, 480, 60), (480, 1440, 62)]

    def bars(*which: list[tuple[int, int, int]]) -> Music:
        notes = [(1920 * at + start, 1920 * at + end, pitch) for at, one in enumerate(which) for start, end, pitch in one]
        return tune(*notes, length=1920 * len(which))

    other = [(0, 1920, 64)]
    assert music.bar_repetition(bars(bar, other, bar, bar)) == pytest.approx(2 / 3)
    assert music.bar_repetition(bars(bar, other)) == 0.0
    assert music.bar_repetition(bars(bar, [], bar)) == 1.0  # a bar of silence is no bar that comes again
    assert music.bar_repetition(bars(bar)) is None
    transposed = [(start, end, pitch + 2) for start, end, pitch in bar]
    assert music.bar_repetition(bars(bar, transposed)) == 0.0


def test_melodies_that_come_home() -> None:
    home, away = tune((0, 480, 62), (480, 960, 72)), tune((0, 480, 60), (480, 960, 62))
    assert music.closing([dataclasses.replace(piece, tonic=60) for piece in (home, away, home, SILENT)]) == pytest.approx(2 / 3)
    assert music.closing([SILENT]) is None


def test_what_a_piece_does_not_have():
    assert music.note_count(SILENT) == music.pitch_count(SILENT) == 0
    for name in set(music.FEATURES) - {"note_count", "pitch_count", "groove_consistency"}:
        assert music.FEATURES[name](SILENT) is None, name
    assert music.groove_consistency(SILENT) == 1.0
    assert music.pitch_class_entropy(tune((0, 480, 60))) == 0.0


def test_a_comparison_by_hand():
    real = [tune(*((index * 240, index * 240 + 240, 60) for index in range(count))) for count in (1, 2, 4)]
    made = [tune(*((index * 240, index * 240 + 240, 60) for index in range(count))) for count in (2, 3)]
    found = compare_music(real, made)["note_count"]
    assert found["real"] == pytest.approx(7 / 3)
    assert found["generated"] == 2.5
    assert found["intra_real"] == pytest.approx((1 + 3 + 2) / 3)
    assert found["intra_generated"] == 1.0
    assert found["inter"] == pytest.approx((1 + 2 + 0 + 1 + 2 + 1) / 6)
    within = np.array([1, 3, 1, 2, 3, 2.0])  # each to each other one
    assert (found["overlap_area"], found["divergence"]) == compared(within, np.array([1, 2, 0, 1, 2, 1.0]))
    assert found["histogram_overlap"] == pytest.approx(1 / 3)  # bins of 0.3: 1, 2 and 4 beside 2 and 3
    # A single note has no interval, and two pieces are too few for the comparison to leave one out.
    assert "pitch_interval" in compare_music(real, made)
    assert "pitch_interval" not in compare_music(real[:2], made)


def test_the_same_pieces_are_alike():
    draw = np.random.default_rng(0)
    pieces = [
        tune(*((index * 480, index * 480 + int(draw.choice([240, 480])), int(draw.integers(55, 75))) for index in range(8)))
        for _ in range(30)
    ]
    other = [tune(*((index * 160, index * 160 + 160, 90 + index % 2) for index in range(9 + number % 9))) for number in range(30)]
    same, unlike = compare_music(pieces, pieces[::-1]), compare_music(pieces, other)
    assert set(same) == set(music.FEATURES)
    assert all(values["histogram_overlap"] == pytest.approx(1.0) for values in same.values())
    assert same["pitch_range"]["overlap_area"] > 0.9
    assert unlike["pitch_range"]["overlap_area"] < 0.5
    assert unlike["pitch_range"]["histogram_overlap"] == 0.0
    assert unlike["note_length_histogram"]["histogram_overlap"] == 0.0
    assert unlike["pitch_range"]["divergence"] > 10 * same["pitch_range"]["divergence"]


class Beat(Music):
    pitched = False


def test_music_without_tones():
    beats = [
        Beat(notes=(Note(0, 120, 36), Note(0, 120, 42), Note(960 + late, 1080 + late, 38)), length=1920) for late in (0, 120, 240)
    ]
    found = compare_music(beats, beats)
    assert set(found) == {"note_count", "onset_interval", "voice_histogram"}  # one bar has no neighbour
    assert found["onset_interval"]["real"] == pytest.approx(2.25)  # what sounds together has one onset
    assert found["voice_histogram"]["histogram_overlap"] == pytest.approx(1.0)
    voices = music.voice_histogram(beats[0])
    assert voices[36] == voices[38] == voices[42] == pytest.approx(1 / 3)


def test_a_comparison_can_be_stopped():
    stop = Stop()
    stop.request()
    with pytest.raises(Stopped):
        compare_music([TUNE] * 2, [TUNE] * 2, check=stop.check)


# Distributions


def test_densities_are_those_of_scipy():
    # scipy 1.18, gaussian_kde of both, integrated over 200,001 places from -4.15 to 11.15, where both are scaled to one.
    first, second = np.array([0, 1, 1, 2, 4, 5.0]), np.array([3, 4, 6, 7.0])
    area, divergence = compared(first, second)
    assert area == pytest.approx(0.535033, abs=1e-4)
    assert divergence == pytest.approx(1.093395, abs=1e-3)


def test_sets_without_spread():
    ones = np.ones(5)
    assert compared(ones, ones) == (1.0, 0.0)
    area, divergence = compared(ones, ones * 3)
    assert area == pytest.approx(0.0, abs=1e-6)
    assert divergence > 10
    assert compared(np.array([2.0]), np.array([1.0, 2.0, 3.0]))[0] < 0.1


def test_many_values_take_no_other_way():
    draw = np.random.default_rng(1)
    first, second = draw.normal(0, 1, 300_000), draw.normal(1, 1, 300_000)
    area, divergence = compared(first, second)
    assert area == pytest.approx(0.617, abs=0.01)  # 2 * Phi(-1/2)
    assert divergence == pytest.approx(0.5, abs=0.02)


def test_histograms():
    assert shares(np.array([0.0, 1, 1, 3]), np.array([0, 1, 2, 4])).tolist() == [0.25, 0.5, 0.25]
    assert histogram_overlap(np.array([0.25, 0.75]), np.array([0.5, 0.5])) == 0.75


# Notes of reconstructions

REFERENCE = ((0, 480, 60), (480, 960, 62), (960, 1440, 64), (1440, 1920, 65), (1920, 2880, 67), (2880, 3840, 60))
WRITTEN = (
    (0, 480, 60), (480, 960, 63), (960, 1440, 64), (1440, 1680, 65), (1920, 2880, 67), (2880, 3360, 60), (3360, 3840, 60),
)  # fmt: skip


def test_note_f1_is_that_of_mir_eval():
    # mir_eval 0.8.2, precision_recall_f1_overlap at 960 ticks a second with onset_tolerance and offset_min_tolerance 0.001,
    # pitch_tolerance 1 and offset_ratio 0: 3 of 7 notes, of 6.
    found = get_domain("melody").compare([tune(*REFERENCE)], [tune(*WRITTEN)])
    assert found["note_precision"] == pytest.approx(0.42857142857142855)
    assert found["note_recall"] == pytest.approx(0.5)
    assert found["note_f1"] == pytest.approx(0.4615384615384615)
