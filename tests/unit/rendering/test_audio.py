"""Sound: what is heard is what is written, seen in the spectrum."""

from __future__ import annotations

import dataclasses
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genstudio import rendering
from genstudio.domains.melody import Melody, Note
from genstudio.errors import ConfigError, DamagedFileError, FileError
from genstudio.rendering import audio, soundfont
from genstudio.rendering.formats.base import PlayedOptions
from genstudio.rendering.instruments import INSTRUMENTS, program_of


def pitch_of(sound: NDArray[np.float32], rate: int) -> float:
    """The MIDI pitch of the fundamental of a stretch of sound: the lowest peak of a quarter of the strongest or more."""
    size = 1 << 17
    mono = sound.mean(axis=1)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), size))
    strong = np.flatnonzero(spectrum > 0.25 * spectrum.max())
    peak = strong[0]
    while spectrum[peak + 1] > spectrum[peak]:
        peak += 1
    return float(69 + 12 * np.log2(peak * rate / size / 440))


def near(pitch: float) -> object:
    return pytest.approx(pitch, abs=0.3)


@pytest.mark.parametrize("instrument", ["Acoustic Grand Piano", "Violin", "Flute"])
def test_each_note_sounds_at_its_time(scale: Melody, instrument: str) -> None:
    rate = 44100
    sound = audio.render(PlayedOptions(instrument=instrument).prepare(scale), rate=rate)
    for note in scale.notes:
        start, end = (round(tick / 960 * rate) for tick in (note.start, note.end))  # 120 quarters a minute
        assert pitch_of(sound[start + 2000 : end], rate) == near(note.pitch)
    # Before a note begins, it is not there.
    assert pitch_of(sound[round(0.5 * rate) - 8000 : round(0.5 * rate)], rate) == near(60)


def test_tempo_rate_and_changes_of_tempo(scale: Melody) -> None:
    twice = audio.render(PlayedOptions(tempo=2.0).prepare(scale), rate=22050)
    assert pitch_of(twice[round(0.25 * 22050) + 800 : round(0.5 * 22050)], 22050) == near(62)
    slower = dataclasses.replace(scale, tempos=(scale.tempos[0], scale.tempos[0]._replace(tick=960, bpm=60.0)))
    assert pitch_of(audio.render(slower)[round(1.2 * 44100) : round(1.9 * 44100)], 44100) == near(64)
    assert pitch_of(audio.render(slower)[round(2.1 * 44100) : round(2.9 * 44100)], 44100) == near(65)


def test_levels(scale: Melody) -> None:
    sound = audio.render(PlayedOptions(instrument="Violin").prepare(scale))
    assert sound.shape[1] == 2
    assert sound.dtype == np.float32
    assert np.abs(sound).max() == pytest.approx(10 ** (-1 / 20), abs=1e-5)
    # The last note rings out: it is longer than the music, and ends in silence.
    assert 4.05 * 44100 < len(sound) < 7.2 * 44100
    assert np.abs(sound[-20:]).max() < 1e-3
    quiet = dataclasses.replace(scale, notes=tuple(note._replace(velocity=5) for note in scale.notes))
    assert np.abs(audio.render(quiet)).max() == pytest.approx(10 ** (-1 / 20), abs=1e-5)


def test_silence_at_the_end_is_kept_and_silence_is_possible(scale: Melody) -> None:
    long = dataclasses.replace(scale, length=scale.length + 1920)
    assert len(audio.render(long)) >= 6 * 44100
    none = dataclasses.replace(scale, notes=())
    assert not audio.render(none).any()


@pytest.mark.parametrize(("kind", "subtype"), [("wav", "PCM_16"), ("flac", "PCM_16"), ("ogg", "VORBIS")])
def test_files(tmp_path: Path, scale: Melody, kind: str, subtype: str) -> None:
    sound = audio.render(scale, rate=48000)
    path = tmp_path / f"a.{kind}"
    audio.write(sound, path, kind, 48000, title="A tüne 曲", note="made with care")
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.frames, info.subtype) == (48000, 2, len(sound), subtype)
    read, _ = soundfile.read(path)
    assert np.abs(read - sound).max() < (0.2 if kind == "ogg" else 2 / 32768)
    assert np.abs(read).max() < 1
    with soundfile.SoundFile(path) as file:
        assert file.title == "A tüne 曲"
        assert file.comment == "made with care"
    audio.write(sound, tmp_path / f"b.{kind}", kind, 48000, title="A tüne 曲", note="made with care")
    assert (tmp_path / f"b.{kind}").read_bytes() == path.read_bytes()


def test_a_wav_of_others_is_clipped_not_wrapped(tmp_path: Path) -> None:
    audio.write(np.full((100, 2), 1.5, np.float32), tmp_path / "a.wav", "wav", 8000)
    assert soundfile.read(tmp_path / "a.wav")[0].min() > 0.99


@pytest.mark.parametrize(
    "options", [{"rate": 12345}, {"tempo": 0.0}, {"tempo": 11.0}, {"instrument": "Kazoo"}, {"instrument": 129}]
)
def test_wrong_options(tmp_path: Path, scale: Melody, options: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        rendering.export(scale, tmp_path / "a.wav", **options)
    assert list(tmp_path.iterdir()) == []


def test_very_long_sound_is_refused(scale: Melody) -> None:
    with pytest.raises(ConfigError, match="minutes"):
        audio.render(dataclasses.replace(scale, length=480 * 120 * 61))


def test_instruments() -> None:
    assert len(INSTRUMENTS) == 128
    assert INSTRUMENTS[40] == "Violin"
    assert INSTRUMENTS[73] == "Flute"
    assert INSTRUMENTS[110] == "Fiddle"
    assert [program_of(one) for one in (1, "128", "violin", "PIANO", "Church", "nylon")] == [0, 127, 40, 0, 19, 24]
    with pytest.raises(ConfigError, match="did you mean 'Violin'"):
        program_of("violn")


# SoundFonts


def test_the_bundled_soundfont_is_sound() -> None:
    soundfont.read(soundfont.find())
    assert soundfont.find(soundfont.find()) == soundfont.find()


def test_files_that_are_no_soundfonts(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no SoundFont"):
        soundfont.read(tmp_path / "none.sf2")
    for content in (b"", b"hello", b"MThd" + bytes(100), b"RIFF" + struct.pack("<I", 4) + b"WAVE", b"RIFF\0\0\0\0sfbk"):
        (tmp_path / "a.sf2").write_bytes(content)
        with pytest.raises(DamagedFileError):
            soundfont.read(tmp_path / "a.sf2")


def test_damaged_soundfonts(tmp_path: Path) -> None:
    whole = soundfont.find().read_bytes()
    for length in (13, 200, len(whole) // 2, len(whole) - 1):
        (tmp_path / "a.sf2").write_bytes(whole[:length])
        with pytest.raises(DamagedFileError, match="damaged"):
            soundfont.read(tmp_path / "a.sf2")
    shdr = whole.rindex(b"shdr") + 8
    phdr = whole.rindex(b"phdr") + 8
    for place, value in ((shdr + 24, struct.pack("<I", 2**31)), (shdr + 20, struct.pack("<I", 2**31)), (phdr + 24, b"\xff\xff")):
        changed = bytearray(whole)
        changed[place : place + len(value)] = value
        (tmp_path / "a.sf2").write_bytes(changed)
        with pytest.raises(DamagedFileError, match="damaged"):
            soundfont.read(tmp_path / "a.sf2")


def test_a_bad_soundfont_gives_one_sentence(tmp_path: Path, scale: Melody) -> None:
    (tmp_path / "a.sf2").write_bytes(b"no soundfont at all")
    with pytest.raises(DamagedFileError, match="not a SoundFont"):
        audio.render(scale, soundfont=tmp_path / "a.sf2")


def test_an_own_soundfont_is_used(tmp_path: Path, scale: Melody) -> None:
    (tmp_path / "mine.sf2").write_bytes(soundfont.find().read_bytes())
    assert np.array_equal(audio.render(scale, soundfont=tmp_path / "mine.sf2"), audio.render(scale))


def test_same_pitch_again_sounds_again(scale: Melody) -> None:
    again = dataclasses.replace(scale, notes=tuple(Note(tick, tick + 480, 60, 90) for tick in range(0, 3840, 480)))
    sound = np.abs(audio.render(again)).max(axis=1)
    for beat in range(1, 8):
        at = round(beat * 0.5 * 44100)
        assert sound[at : at + 4000].max() > 1.3 * sound[at - 4000 : at].max()
