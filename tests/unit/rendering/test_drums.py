"""Drums as sound, notation, pictures and MIDI."""

from __future__ import annotations

from pathlib import Path

import mido
import numpy as np
import pytest

from genstudio import rendering
from genstudio.domains import MetreChange, Note, TempoChange
from genstudio.domains.drums import DrumPattern
from genstudio.domains.music import geometry
from genstudio.errors import ConfigError, InputError
from genstudio.rendering import audio, musicxml, notation, percussion, roll
from genstudio.rendering.formats.base import PlayedOptions
from genstudio.rendering.instruments import KITS, instrument_name, kit_of

RATE = 22050
KICK, SNARE, CLOSED, OPEN, CRASH = 36, 38, 42, 46, 49


def beat(*hits: tuple[int, ...], metre: tuple[int, int] = (4, 4), bars: int = 1, **more: object) -> DrumPattern:
    """Hits of (tick, drum, velocity)."""
    notes = tuple(sorted(Note(tick, tick + 40, drum, *(loud or (100,))) for tick, drum, *loud in hits))
    length = bars * 1920 * metre[0] // metre[1]
    known: dict[str, object] = {"metres": (MetreChange(0, *metre),), "tempos": (TempoChange(0, 120.0),), "title": "A beat"}
    return DrumPattern(notes=notes, length=length, **{**known, **more})  # type: ignore[arg-type]


def centre(sound: np.ndarray) -> float:
    """The mean frequency of a sound, by power."""
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def energy(sound: np.ndarray, start: float, end: float) -> float:
    return float((sound[round(start * RATE) : round(end * RATE)] ** 2).sum())


# -- sound


def test_a_kick_is_low_and_a_hat_is_high_and_each_comes_in_time() -> None:
    sound = audio.render(beat((480, KICK), (1440, CLOSED)), rate=RATE)
    assert energy(sound, 0, 0.499) == 0
    assert centre(sound[round(0.5 * RATE) : round(1.4 * RATE)]) < 400
    assert centre(sound[round(1.5 * RATE) : round(1.9 * RATE)]) > 4000
    loud = np.abs(sound).max(axis=1) > 0.01
    assert abs(int(np.flatnonzero(loud)[0]) / RATE - 0.5) < 0.01
    assert energy(sound, 1.3, 1.49) < 1e-3 * energy(sound, 1.49, 1.7)


def test_the_same_beat_is_the_same_sound() -> None:
    one = beat((0, KICK), (0, CLOSED), (240, SNARE))
    assert audio.render(one, rate=RATE).tobytes() == audio.render(one, rate=RATE).tobytes()


def test_velocity_is_heard() -> None:
    sound = audio.render(beat((0, SNARE, 30), (960, SNARE, 120)), rate=RATE)
    assert energy(sound, 0, 0.5) < 0.1 * energy(sound, 1, 1.5)


def test_a_drum_sounds_to_its_end_however_short_its_note() -> None:
    short, long = beat((0, SNARE)), beat((0, SNARE))
    long = DrumPattern(notes=(Note(0, 1000, SNARE, 100),), length=1920, tempos=long.tempos)
    assert np.array_equal(audio.render(short, rate=RATE), audio.render(long, rate=RATE))


def test_a_closed_hat_ends_the_open_one_and_nothing_else() -> None:
    def after(*hits: tuple[int, int]) -> float:
        sound = audio.render(beat((0, KICK, 127), *hits), rate=RATE)
        return energy(sound, 0.53, 0.9)

    ringing, choked = after((240, OPEN)), after((240, OPEN), (480, CLOSED, 1))
    beside = after((240, OPEN), (480, SNARE, 1))
    assert choked < 0.2 * ringing
    assert beside > 0.8 * ringing


def test_kits(tmp_path: Path) -> None:
    plain = beat((0, SNARE), (480, KICK))
    electronic = PlayedOptions(instrument="Electronic kit").prepare(plain)
    assert not np.array_equal(audio.render(plain, rate=RATE), audio.render(electronic, rate=RATE))
    # What a SoundFont lacks sounds as the standard kit.
    assert np.array_equal(audio.render(plain, rate=RATE), audio.render(beat((0, SNARE), (480, KICK), program=56), rate=RATE))
    with pytest.raises(ConfigError, match="there is no kit of drums 'Violin'; expected one of Standard \\(1\\), Room"):
        rendering.export(plain, tmp_path / "a.wav", instrument="Violin")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("given", "program"), [("jazz", 32), ("Brush kit", 40), (1, 0), ("26", 25), ("standard", 0)])
def test_a_kit_by_name_or_number(given: int | str, program: int) -> None:
    assert kit_of(given) == program
    assert instrument_name(program, pitched=False) == f"{KITS[program]} kit"


# -- files


def test_midi_is_on_channel_10_with_its_kit(tmp_path: Path) -> None:
    rendering.export(beat((0, KICK, 120), (480, SNARE, 54)), tmp_path / "a.mid", instrument="Jazz")
    messages = [message for track in mido.MidiFile(tmp_path / "a.mid").tracks for message in track]
    struck = [(one.channel, one.note, one.velocity) for one in messages if one.type == "note_on" and one.velocity]
    assert struck == [(9, KICK, 120), (9, SNARE, 54)]
    assert [(one.channel, one.program) for one in messages if one.type == "program_change"] == [(9, 32)]


def test_a_file_of_drums_is_drums_and_a_song_is_its_melody(tmp_path: Path) -> None:
    rendering.export(beat((0, KICK), (480, SNARE)), tmp_path / "a.mid")
    pieces, _, _ = rendering.pieces_of([tmp_path / "a.mid"])
    assert [note.pitch for note in pieces[0].notes] == [KICK, SNARE]
    file = mido.MidiFile(tmp_path / "a.mid")
    file.type = 1
    melody = mido.MidiTrack()
    melody += [mido.Message("note_on", note=72, time=0), mido.Message("note_off", note=72, time=480)]
    file.tracks.append(melody)
    file.save(tmp_path / "b.mid")
    pieces, _, _ = rendering.pieces_of([tmp_path / "b.mid"])
    assert [note.pitch for note in pieces[0].notes] == [72]


def test_abc_knows_no_drums(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="drums cannot be written as abc, which is for pitched notes only; choose one of midi"):
        rendering.export(beat((0, KICK)), tmp_path / "a.abc")
    assert not list(tmp_path.iterdir())


def test_beats_and_melodies_do_not_go_into_one_file(tmp_path: Path, scale: object) -> None:
    with pytest.raises(InputError, match="pieces of different kinds"):
        rendering.export([beat((0, KICK)), scale], tmp_path / "a.mid")  # type: ignore[list-item]


def test_musicxml_is_read_back(tmp_path: Path) -> None:
    music21 = pytest.importorskip("music21")
    one = beat((0, KICK), (0, CRASH), (480, SNARE), (720, CLOSED), (960, KICK), (1120, KICK), (1280, KICK), (1445, OPEN))
    _, remarks = rendering.export(one, tmp_path / "a.musicxml")
    assert remarks == ["1 hit is written on the nearest sixteenth or triplet: notation cannot express small shifts in time."]
    score = music21.converter.parse(tmp_path / "a.musicxml")
    assert isinstance(score.recurse().getElementsByClass("Clef")[0], music21.clef.PercussionClef)
    found = []
    for element in score.recurse().notes:
        places = sorted(part.displayName for part in getattr(element, "notes", [element]))
        found.append((float(element.offset), float(element.quarterLength), places))
    third = pytest.approx(1 / 3, abs=1e-6)
    assert found == [
        (0.0, 1.0, ["A5", "F4"]), (1.0, 0.5, ["C5"]), (1.5, 0.5, ["G5"]), (2.0, third, ["F4"]),
        (pytest.approx(2 + 1 / 3), third, ["F4"]), (pytest.approx(2 + 2 / 3), third, ["F4"]), (3.0, 1.0, ["G5"]),
    ]  # fmt: skip
    text = (tmp_path / "a.musicxml").read_text()
    for drum in (KICK, SNARE, CLOSED, OPEN, CRASH):
        assert f"<midi-channel>10</midi-channel><midi-program>1</midi-program><midi-unpitched>{drum + 1}</midi-unpitched>" in text
    assert "<notehead>circle-x</notehead>" in text


@pytest.mark.parametrize("metre", [(4, 4), (6, 8), (5, 4), (7, 8)])
def test_bars_of_drums_are_full_and_nothing_is_tied(metre: tuple[int, int]) -> None:
    size = 1920 * metre[0] // metre[1]
    draw = np.random.default_rng(3)
    places, drums = draw.integers(0, 2 * size - 60, 60).tolist(), draw.choice(geometry.KIT, 60).tolist()
    hits = {(tick // 20 * 20, drum) for tick, drum in zip(places, drums, strict=True)}
    sheet = notation.engrave(beat(*hits, metre=metre, bars=2))
    assert [sum(one.ticks for one in measure.elements) for measure in sheet.measures] == [size, size]
    assert not any(one.tied or one.ties for measure in sheet.measures for one in measure.elements)
    assert {hit for measure in sheet.measures for one in measure.elements for hit in one.hits} == {drum for _, drum in hits}


def test_a_swung_beat_is_written_in_triplets() -> None:
    swung = beat(*((480 * beat_, 51) for beat_ in range(4)), *((480 * beat_ + 310, 51) for beat_ in range(4)))
    (measure,) = notation.engrave(swung).measures
    assert [(one.start, one.tuplet) for one in measure.elements if one.hits][:2] == [(0, (3, 2)), (320, (3, 2))]


def test_the_roll_has_a_row_for_each_voice_and_loud_hits_are_tall() -> None:
    svg = roll.draw([beat((0, KICK, 120), (480, KICK, 20), (960, SNARE))])
    assert all(percussion.drum(number).name in svg for number in geometry.KIT)
    tall = [float(part.split('height="')[1].split('"')[0]) for part in svg.split("<rect")[1:] if "fill-opacity" in part]
    assert tall[0] > 1.5 * tall[1]


@pytest.mark.parametrize("suffix", [".svg", ".png", ".pdf"])
@pytest.mark.parametrize("picture", ["score", "roll"])
def test_pictures(tmp_path: Path, suffix: str, picture: str) -> None:
    pytest.importorskip("verovio")
    path, _ = rendering.export(beat((0, KICK), (480, SNARE)), tmp_path / f"a{suffix}", picture=picture)
    assert path.stat().st_size > 1000


def test_rows() -> None:
    assert geometry.kit_rows([SNARE, 56], least=()) == (56, SNARE)
    assert geometry.kit_rows([]) == geometry.KIT[::-1]
    assert percussion.drum(3).name == "Percussion 3"


def test_musicxml_without_a_hit_is_a_rest() -> None:
    assert '<rest measure="yes"/>' in musicxml.document(beat())
