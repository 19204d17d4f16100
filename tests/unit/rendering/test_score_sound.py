"""The sound of scores: each part with its instrument at its pitch, at its level, and chord symbols as soft chords."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

import genstudio
from genstudio import rendering
from genstudio.domains.music.notes import Note
from genstudio.domains.score import ChordSymbol, Part, Score
from genstudio.domains.score.mixing import Channel, mixed
from genstudio.domains.score.piece import voicing
from genstudio.rendering import audio
from genstudio.rendering.formats.base import PlayedOptions

RATE = 22050


def score(*parts: Part) -> Score:
    """Two bars of 4/4 at 120 quarters a minute: four seconds."""
    return Score.build(parts, [], [], length=3840, title="Trio")


FLUTE = Part(name="Flute", role="melody", program=73, notes=(Note(0, 960, 76, 90), Note(960, 1920, 79, 90)))
BASS = Part(name="Bass", role="bass", program=33, notes=(Note(0, 1920, 41, 90),))
DRUMS = Part(name="Kit", role="drums", notes=(Note(1920, 1980, 38, 100), Note(2880, 2940, 38, 100)))
CHORDS = Part(name="Chords", role="symbols", chords=(ChordSymbol(0, 1920, 9, "minor"), ChordSymbol(1920, 3840, 7, "dominant", 5)))


def energy(sound: NDArray[np.float32], pitches: list[int], start: float, end: float) -> NDArray[np.float64]:
    """The strength of some pitches (MIDI) from ``start`` to ``end`` (seconds): the highest of the spectrum within 40 cents."""
    part = sound[round(start * RATE) : round(end * RATE)].mean(axis=1)
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 17))
    frequencies = np.fft.rfftfreq(1 << 17, 1 / RATE)
    found = []
    for pitch in pitches:
        middle = 440 * 2 ** ((pitch - 69) / 12)
        near = (frequencies > middle * 2 ** (-0.4 / 12)) & (frequencies < middle * 2 ** (0.4 / 12))
        found.append(spectrum[near].max())
    return np.array(found)


def test_each_part_sounds_at_its_pitch_and_time() -> None:
    sound = audio.render(score(FLUTE, BASS, DRUMS), rate=RATE)
    # 76 and 41 sound in the first half of a second, their neighbours do not.
    there = energy(sound, [76, 41], 0.1, 0.9)
    assert there.min() > 10 * energy(sound, [73, 78, 42, 40], 0.1, 0.9).max()
    assert energy(sound, [79], 1.1, 1.9) > 10 * energy(sound, [76], 1.5, 1.9)
    # The snare, which alone has high frequencies, is at two and three seconds.
    for at in (2.0, 3.0):
        assert energy(sound, [122], at, at + 0.1) > 20 * energy(sound, [122], at - 0.15, at - 0.05)


def test_the_parts_of_a_score_add_up() -> None:
    whole = audio.render(score(FLUTE, BASS, DRUMS), rate=RATE)
    alone = [audio.render(mixed(score(FLUTE, BASS, DRUMS), {index: Channel(solo=True)}), rate=RATE) for index in range(3)]
    size = min(map(len, (whole, *alone)))
    columns = np.stack([sound[:size].ravel() for sound in alone], axis=1)
    shares, *_ = np.linalg.lstsq(columns, whole[:size].ravel(), rcond=None)
    assert np.abs(columns @ shares - whole[:size].ravel()).max() < 1e-3
    assert (shares > 0.05).all()


def test_a_level_is_the_root_of_the_amplitude() -> None:
    def balance(level: float) -> float:
        flute, bass = energy(audio.render(score(replace(FLUTE, level=level), BASS), rate=RATE), [76, 41], 0.1, 0.9)
        return float(flute / bass)

    assert balance(0.5) / balance(1.0) == pytest.approx(0.25, rel=0.02)
    assert not audio.render(score(replace(FLUTE, level=0.0)), rate=RATE).any()


def test_chord_symbols_sound_softly_around_middle_c() -> None:
    sound = audio.render(score(CHORDS), rate=RATE)
    assert voicing(CHORDS.chords[0]) == (64, 60, 57, 45)
    there = energy(sound, [64, 60, 57, 45], 0.1, 1.9)
    assert there.min() > 4 * energy(sound, [58, 62, 66], 0.1, 1.9).max()
    # G7 over F, from the second bar on
    assert voicing(CHORDS.chords[1]) == (65, 62, 59, 55, 53)
    assert energy(sound, [65, 62, 59, 55, 53], 2.1, 3.9).min() > 4 * energy(sound, [61, 57, 63], 2.5, 3.9).max()
    both = audio.render(score(FLUTE, CHORDS), rate=RATE)
    assert energy(both, [76], 0.1, 0.9) > energy(both, [60], 0.1, 0.9)
    muted = audio.render(mixed(score(FLUTE, CHORDS), {1: Channel(muted=True)}), rate=RATE)
    assert np.array_equal(muted, audio.render(score(FLUTE), rate=RATE))


def test_a_score_is_exported_to_sound(tmp_path: Path) -> None:
    piece = score(FLUTE, BASS, DRUMS, CHORDS)
    path, _ = rendering.export(piece, tmp_path / "trio.wav", rate=RATE)
    sound, rate = soundfile.read(path, dtype="float32")
    assert rate == RATE
    assert np.abs(sound - audio.render(piece, rate=RATE)).max() < 1e-4


def test_an_instrument_that_is_asked_for_plays_all_parts_with_a_pitch() -> None:
    piece = PlayedOptions(instrument="Violin").prepare(score(FLUTE, BASS, DRUMS, CHORDS))
    assert [part.program for part in piece.parts] == [40, 40, 0, 40]


def test_a_file_of_several_tracks_is_exported_whole(tmp_path: Path) -> None:
    path = tmp_path / "trio.mid"
    genstudio.export(score(FLUTE, BASS, DRUMS), path)
    genstudio.export([str(path)], tmp_path / "trio.wav", rate=RATE)
    sound, _ = soundfile.read(tmp_path / "trio.wav", dtype="float32")
    assert energy(sound, [76, 41], 0.1, 0.9).min() > 10 * energy(sound, [73, 78], 0.1, 0.9).max()
    # Some parts, or one track as a melody, where they are asked for
    for name, read in (("bass", {"parts": "bass"}), ("flute", {"track": "Flute"})):
        genstudio.export([str(path)], tmp_path / f"{name}.wav", rate=RATE, read=read)
    bass, _ = soundfile.read(tmp_path / "bass.wav", dtype="float32")
    flute, _ = soundfile.read(tmp_path / "flute.wav", dtype="float32")
    assert energy(bass, [76], 0.1, 0.9) < 0.1 * energy(bass, [41], 0.1, 0.9)
    assert energy(flute, [41], 0.1, 0.9) < 0.1 * energy(flute, [76], 0.1, 0.9)
    # What has one part is what it was.
    genstudio.export(score(DRUMS), tmp_path / "drums.mid")
    assert "parts" not in genstudio.export([str(tmp_path / "drums.mid")], tmp_path / "d.wav")["pieces"][0]
