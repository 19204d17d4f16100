"""Scores from MIDI files, and MIDI files of scores; independent readers are mido, pretty_midi and symusic."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mido
import pretty_midi
import pytest
import symusic

from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import MetreChange, TempoChange
from genstudio.domains.score import DOMAIN
from genstudio.domains.score.piece import ChordSymbol, KeyChange, Lyric, Part, Score
from genstudio.errors import FileError

TUNE = (67, 69, 71, 72, 71, 69, 67, 64, 65, 67, 69, 71, 69, 67, 66, 67)


def track(file: mido.MidiFile, name: str, channel: int, program: int, notes: list[tuple[int, int, int]]) -> mido.MidiTrack:
    """Add a track of notes (start, end, pitch), in ticks of the file."""
    made = mido.MidiTrack()
    made.append(mido.MetaMessage("track_name", name=name))
    made.append(mido.Message("program_change", channel=channel, program=program))
    events = [(start, 1, pitch) for start, _, pitch in notes] + [(end, 0, pitch) for _, end, pitch in notes]
    at = 0
    for tick, on, pitch in sorted(events):
        kind = "note_on" if on else "note_off"
        made.append(mido.Message(kind, channel=channel, note=pitch, velocity=90 * on, time=tick - at))
        at = tick
    file.tracks.append(made)
    return made


def pop_song(path: Path, resolution: int = 96) -> Path:
    """A song of three tracks, as sequencers write it: a tune for four bars, a bridge for four bars, and a piano under both."""
    file = mido.MidiFile(type=1, ticks_per_beat=resolution)
    head = mido.MidiTrack(
        [
            mido.MetaMessage("track_name", name="Three Roses"),
            mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(104)),
            mido.MetaMessage("time_signature", numerator=3, denominator=4),
            mido.MetaMessage("key_signature", key="G"),
        ]
    )
    file.tracks.append(head)
    beat = resolution
    # Notes end a little early, as they are played.
    track(file, "Melody", 0, 73, [(beat * i, beat * i + beat - 5, TUNE[i]) for i in range(12)])
    track(file, "Bridge", 1, 40, [(beat * (12 + 2 * i), beat * (14 + 2 * i) - 5, 74 - i) for i in range(6)])
    chords = [(43, 59, 62), (48, 60, 64), (50, 57, 66), (43, 59, 62)] * 2
    piano = [
        (3 * beat * bar + beat * at, 3 * beat * bar + beat * (at + 1) - 5, pitch)
        for bar, chord in enumerate(chords)
        for at, pitches in enumerate((chord[:1], chord[1:], chord[1:]))
        for pitch in pitches
    ]
    track(file, "Piano", 2, 0, piano)
    file.save(path)
    return path


def full_score() -> Score:
    """A score with everything that a MIDI file keeps: pickup, metres, tempos, key, lyrics, chord symbols, drums."""
    tune = [Note(480 + 480 * i, 960 + 480 * i, pitch, 70 + i) for i, pitch in enumerate(TUNE[:15])]
    words = (("Oh", False), ("Hal", True), ("le", True), ("lu", True), ("jah", False), ("größ", True), ("te", False))
    melody = Part(
        name="Gesang ü", role="melody", program=52, notes=(Note(0, 480, 67, 90), *tune),
        lyrics=tuple(Lyric(480 * i, *word) for i, word in enumerate(words)),
    )  # fmt: skip
    blocks = tuple(Note(480 + 960 * i, 1380 + 960 * i, 60 + p, 60) for i in range(8) for p in (7, 4, 0))
    piano = Part(name="Piano", role="chords", level=0.5, notes=blocks)
    low = tuple(Note(480 + 960 * i, 1440 + 960 * i, 36 + 5 * (i % 2)) for i in range(8))
    bass = Part(name="Bass", role="bass", program=33, notes=low)
    hits = tuple(Note(480 + 240 * i, 540 + 240 * i, (36, 42, 38, 42)[i % 4]) for i in range(32))
    drums = Part(name="Kit", role="drums", program=16, notes=hits)
    chords = (
        ChordSymbol(480, 2400, 7, "major"), ChordSymbol(2400, 4320, 0, "major-seventh", 4),
        ChordSymbol(5760, 8160, 2, "dominant-suspended"),
    )  # fmt: skip
    symbols = Part(name="Chords", role="symbols", program=89, chords=chords)
    return Score.build(
        [melody, piano, bass, drums, symbols], [MetreChange(0, 4, 4), MetreChange(4320, 2, 4)],
        [TempoChange(0, 96.0), TempoChange(4320, 120.0)], 480, key="G major", key_changes=(KeyChange(4320, "D minor"),),
        title="Hymne", recognised=True,
    )  # fmt: skip


def test_a_pop_song_comes_in_with_all_its_tracks_and_goes_out_as_three(tmp_path: Path) -> None:
    read = DOMAIN.read(pop_song(tmp_path / "song.mid"))
    (score,) = read.pieces
    assert [(part.name, part.role, part.program, len(part.notes)) for part in score.parts] == [
        ("Melody", "melody", 73, 12), ("Bridge", "other", 40, 6), ("Piano", "chords", 0, 40)
    ]  # fmt: skip
    assert (score.title, score.key, score.pickup, score.bars) == ("Three Roses", "G major", 0, 8)
    assert score.metres == (MetreChange(0, 3, 4),)
    assert score.tempos == (TempoChange(0, 104.0),)
    # Gaps of articulation are closed, and chords stay whole.
    assert score.parts[0].notes[0][:3] == (0, 480, 67)
    assert [note[:3] for note in score.parts[2].notes[:3]] == [(0, 480, 43), (480, 960, 62), (480, 960, 59)]
    assert read.remarks == []

    out = tmp_path / "out.mid"
    DOMAIN.write(score, out)
    again = pretty_midi.PrettyMIDI(str(out))
    tracks = [(one.name, one.program, len(one.notes)) for one in again.instruments]
    assert tracks == [("Melody", 73, 12), ("Bridge", 40, 6), ("Piano", 0, 40)]
    assert again.key_signature_changes[0].key_number == 7
    assert DOMAIN.read(out).pieces[0].parts == score.parts


def test_a_score_comes_back_from_a_midi_file(tmp_path: Path) -> None:
    score = full_score()
    path = tmp_path / "score.mid"
    DOMAIN.write(score, path)
    back = DOMAIN.read(path).pieces[0]
    assert back == replace(score, source=str(path))
    assert DOMAIN.to_symbols(back) == DOMAIN.to_symbols(score)


def test_a_score_of_one_part_keeps_title_mode_and_a_pickup_of_any_length(tmp_path: Path) -> None:
    notes = (Note(0, 160, 62, 90), Note(160, 1120, 69, 90), Note(1120, 2080, 62, 90))
    part = Part(name="Fiddle", role="melody", program=40, notes=notes)
    score = Score.build([part], [MetreChange(0, 4, 4)], [], 160, key="D dorian", title="Reel")
    path = tmp_path / "reel.mid"
    DOMAIN.write(score, path)
    # There is no metre of 160 ticks: the first bar begins with a rest.
    assert pretty_midi.PrettyMIDI(str(path)).time_signature_changes[0].numerator == 4
    assert DOMAIN.read(path).pieces == [replace(score, source=str(path))]


def test_other_programs_see_the_tracks_of_a_score(tmp_path: Path) -> None:
    path = tmp_path / "score.mid"
    DOMAIN.write(full_score(), path)
    file = mido.MidiFile(path, charset="utf-8")
    assert file.ticks_per_beat == 480
    names = [next((one.name for one in track if one.type == "track_name"), "") for track in file.tracks]
    assert names == ["Hymne", "Gesang ü", "Piano", "Bass", "Kit", "Chords"]
    channels = [{one.channel for one in track if one.type == "note_on"} for track in file.tracks[1:]]
    assert channels[3] == {9}
    assert len(set.union(*channels)) == 5
    assert [one.value for one in file.tracks[2] if one.type == "control_change" and one.control == 7] == [50]
    markers, lyrics = [], []
    for track_, kind, found in ((file.tracks[0], "marker", markers), (file.tracks[1], "lyrics", lyrics)):
        at = 0
        for one in track_:
            at += one.time
            if one.type == kind:
                found.append((at, one.text))
    assert markers == [(480, "G"), (2400, "Cmaj7/E"), (4320, "N.C."), (5760, "D7sus4")]
    # A space ends a word.
    assert lyrics[:5] == [(0, "Oh "), (480, "Hal"), (960, "le"), (1440, "lu"), (1920, "jah ")]
    # Chord symbols sound: G below, and its chord around middle C, again on each bar line.
    chords = next(one.notes for one in symusic.Score(str(path)).tracks if one.name == "Chords")
    assert sorted(note.pitch for note in chords if note.time == 480) == [43, 55, 59, 62]
    assert {note.time for note in chords} >= {480, 2400, 5760, 6240}
    assert all(note.velocity < 64 for note in chords)


@pytest.mark.parametrize("library", ["pretty_midi", "symusic"])
def test_a_score_comes_back_from_the_objects_of_libraries(tmp_path: Path, library: str) -> None:
    score = full_score()
    DOMAIN.write(score, tmp_path / "score.mid")
    source = score.to_pretty_midi() if library == "pretty_midi" else symusic.Score(str(tmp_path / "score.mid"))
    back = DOMAIN.from_object(source)
    assert [(part.name, len(part.notes)) for part in back.parts] == [(part.name, len(part.notes)) for part in score.parts]
    assert back.symbols == score.symbols
    assert back.parts[0].lyrics == score.parts[0].lyrics
    assert (back.pickup, back.metres, back.tempos) == (score.pickup, score.metres, score.tempos)


def test_parts_are_chosen_by_the_numbers_of_the_tracks(tmp_path: Path) -> None:
    path = pop_song(tmp_path / "song.mid")
    listed = DOMAIN.tracks(path)
    assert [(one.number, one.name, one.notes, one.chosen) for one in listed] == [
        (1, "Melody", 12, True), (2, "Bridge", 6, True), (3, "Piano", 40, True)
    ]  # fmt: skip
    score = DOMAIN.read(path, parts="3,melody").pieces[0]
    assert [part.name for part in score.parts] == ["Piano", "Melody"]
    # Alone, the bridge begins after four bars of silence, which are left out.
    assert DOMAIN.read(path, parts="Bridge").pieces[0].bars == 4
    with pytest.raises(FileError, match="there is no part 4"):
        DOMAIN.read(path, parts="4")
