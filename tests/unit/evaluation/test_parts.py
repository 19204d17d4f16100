"""Statistics of the parts of scores, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from genstudio.domains import MetreChange, Note, TempoChange, get_domain
from genstudio.domains.score import ChordSymbol, Part, Score
from genstudio.evaluation import parts as statistics
from genstudio.evaluation.music import closing, compare_music
from genstudio.evaluation.parts import compare_voices, features_of, one_key, voice_leading
from genstudio.metrics import METRICS


def part(*notes: tuple[int, int, int], role: str = "other", program: int = 40) -> Part:
    return Part(role=role, program=program, notes=tuple(Note(*note) for note in notes))


def score(*parts: Part, bars: int = 2) -> Score:
    return Score.build(parts, [MetreChange(0, 4, 4)], [TempoChange(0, 120.0)], length=1920 * bars)


TUNE = part((0, 480, 60), (480, 960, 62), (960, 1920, 72), role="melody")
CHORD = part((0, 960, 60), (0, 960, 64), (480, 960, 67), role="chords")
SYMBOLS = Part(role="symbols", chords=(ChordSymbol(0, 1920, 0, "major"), ChordSymbol(1920, 3840, 7, "dominant")))


def test_features_of_a_part() -> None:
    whole = score(TUNE, CHORD, SYMBOLS)
    assert statistics.empty_bars(whole, TUNE) == 0.5
    assert statistics.empty_bars(whole, SYMBOLS) == 0.0
    assert statistics.note_density(whole, TUNE) == 3 / 8
    assert statistics.note_density(whole, SYMBOLS) == 2 / 8
    assert statistics.used_pitch_classes(whole, TUNE) == 2.0  # C and D; the empty bar does not count
    assert statistics.used_pitch_classes(whole, SYMBOLS) == 3.5
    assert statistics.polyphony(whole, TUNE) == 1.0
    assert statistics.polyphony(whole, CHORD) == pytest.approx(2.5)  # two for a quarter, three for another
    drums = part((0, 60, 36), (0, 60, 42), role="drums")
    assert statistics.empty_bars(score(drums), drums) == 0.5
    assert statistics.used_pitch_classes(score(drums), drums) is None
    for none in (statistics.polyphony, statistics.used_pitch_classes):
        assert none(whole, Part()) is None
    assert statistics.polyphony(whole, SYMBOLS) is None


def test_tonal_distances_by_hand() -> None:
    def apart(*pitches: int) -> float | None:
        return statistics.tonal_distance(score(*(part((0, 1920, pitch)) for pitch in pitches), bars=1))

    assert apart(60, 72) == pytest.approx(0.0, abs=1e-9)
    # On the circles of fifths, minor and major thirds (radius 1, 1, 1/2) a semitone turns by 210, 270 and 120 degrees, so a fifth
    # by 30, 90 and 120: the chords are 2 sin(15), 2 sin(45) and 2 sin(60) / 2.
    fifth = np.sqrt((2 * np.sin(np.pi / 12)) ** 2 + 2 + 0.75)
    assert apart(60, 67) == apart(55, 60) == pytest.approx(fifth)
    tritone = np.sqrt(4 + 4 + 0)  # 180, 180 and 0 degrees
    assert apart(60, 66) == pytest.approx(tritone)
    assert apart(60, 67, 66) == pytest.approx((fifth + tritone + apart(67, 66)) / 3)  # type: ignore[operator]
    assert apart(60) is None


def test_what_two_parts_have_in_common() -> None:
    assert statistics.pitch_class_overlap(score(TUNE, TUNE)) == 1.0
    # The beats C/C E, D/C E G, then the tune alone.
    assert statistics.pitch_class_overlap(score(TUNE, CHORD)) == pytest.approx((0.5 + 0) / 2)
    # Over C E G: a third of each beat, none, a third, a third.
    assert statistics.pitch_class_overlap(score(TUNE, SYMBOLS)) == pytest.approx(1 / 4)
    drums = part((0, 60, 36), role="drums")
    assert statistics.pitch_class_overlap(score(TUNE, drums)) is None


def test_parts_with_one_role_are_numbered() -> None:
    quartet = score(TUNE, CHORD, part((0, 480, 55)), part((0, 480, 50)))
    features = features_of([quartet, score(TUNE)])
    assert [name for name in features if name.startswith("empty_bars")] == [
        "empty_bars melody", "empty_bars chords", "empty_bars other", "empty_bars other 2",
    ]  # fmt: skip
    assert features["note_density other 2"](quartet) == 1 / 8
    assert features["note_density other 2"](score(TUNE)) is None
    assert features["tonal_distance"](quartet) == statistics.tonal_distance(quartet)


def test_sets_of_scores_are_compared_by_their_parts() -> None:
    real = [score(TUNE, CHORD), score(CHORD, TUNE), score(TUNE)]
    made = [score(TUNE, TUNE), score(TUNE, CHORD), score(CHORD)]
    found = compare_music(real, made, features=features_of([*real, *made]))
    assert found["note_density chords"]["real"] == pytest.approx(3 / 8)
    assert "note_density melody 2" not in found  # one piece has it
    assert found["pitch_class_overlap"]["real"] == pytest.approx(0.25)
    assert found["pitch_class_overlap"]["generated"] == pytest.approx((1 + 0.25) / 2)  # a single part has none
    assert set(found["empty_bars melody"]) >= {"histogram_overlap", "overlap_area", "divergence"}


def test_voice_leading_of_a_set() -> None:
    fifths = score(part((0, 480, 67), (480, 960, 69)), part((0, 480, 60), (480, 960, 62)))
    octaves = score(part((0, 480, 72), (480, 960, 74)), part((0, 480, 60), (480, 960, 62), (960, 1440, 54)))
    found = voice_leading([fifths, octaves, score(TUNE)])  # a single part has no voice leading
    assert found == {"parallel_fifths": 100 / 9, "parallel_octaves": 100 / 9, "crossings": 0.0, "out_of_range": 100 / 9}
    crossed = score(part((0, 480, 60)), part((0, 480, 67)))
    assert voice_leading([crossed])["crossings"] == 50.0
    assert voice_leading([score(TUNE, SYMBOLS)]) == {}


def test_scores_in_one_key() -> None:
    tune = part(*((480 * at, 480 * at + 480, pitch) for at, pitch in enumerate((60, 62, 64, 65, 67, 69))))
    away = part(*((480 * at, 480 * at + 480, pitch + 6) for at, pitch in enumerate((60, 62, 64, 65, 67, 69))))
    assert one_key([score(tune, tune), score(tune, away), score(tune)]) == 0.5
    assert one_key([score(tune)]) is None


def test_samples_beside_real_scores() -> None:
    tune = part(*((480 * at, 480 * at + 480, pitch) for at, pitch in enumerate((60, 62, 64, 65, 67, 69))))
    below = part((0, 480, 55))
    found = compare_voices([score(tune, below)], [score(below, tune), score(tune, tune)])
    assert found["crossings_real"] == 0.0
    assert found["crossings"] == 100 / 19
    assert (found["parallel_octaves"], found["parallel_octaves_real"]) == (500 / 19, 0.0)
    assert "one_key" not in found  # the real score has only one part with enough notes
    assert compare_voices([score(tune, tune)], [score(tune, tune)])["one_key_real"] == 1.0
    assert compare_voices([score(TUNE)], [score(TUNE)]) == {}
    assert {name for name in found if not METRICS[name].about} == set()


def test_the_end_of_a_score_is_that_of_its_melody() -> None:
    home = part((0, 480, 64), (480, 960, 60), role="melody")
    whole = replace(score(home, part((480, 1920, 67))), tonic=60)
    assert closing([whole]) == 1.0
    assert closing([replace(whole, tonic=64)]) == 0.0


def test_pieces_of_one_voice_have_no_parts() -> None:
    melody = get_domain("melody").from_symbols("")
    assert features_of([melody]) is None
    assert features_of([melody, score(TUNE)]) is None
    assert compare_voices([melody], [melody]) == {}
