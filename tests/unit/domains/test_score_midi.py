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
from genstudio.domains.score.piece import ChordSymbol, KeyChange, Lyric, Part, Score, chord_name
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


def test_roles_and_a_late_beginning_come_back(tmp_path: Path) -> None:
    violin = Part(name="Violin 1", role="other", program=40, notes=(Note(1440, 1920, 76, 90), Note(1920, 3840, 79, 90)))
    cello = Part(name="Cello", role="melody", program=42, notes=(Note(1920, 3840, 48, 90),))
    score = Score.build([violin, cello], [], [], title="Duo")
    DOMAIN.write(score, tmp_path / "duo.mid")
    assert DOMAIN.read(tmp_path / "duo.mid").pieces == [replace(score, source=str(tmp_path / "duo.mid"))]


def test_chord_symbols_that_were_changed_elsewhere_are_no_second_part(tmp_path: Path) -> None:
    path = tmp_path / "score.mid"
    DOMAIN.write(full_score(), path)
    file = mido.MidiFile(path)
    for message in file.tracks[0]:
        if message.type == "marker" and message.text == "G":
            message.text = "Em7"
    file.save(path)
    (score,) = DOMAIN.read(path).pieces
    assert [chord_name(chord) for chord in score.symbols] == ["Em7", "Cmaj7/E", "D7sus4"]
    assert [part.name for part in score.parts] == ["Gesang ü", "Piano", "Bass", "Kit", "Chords"]


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


def texts(made: mido.MidiTrack, kind: str, *timed: tuple[int, str]) -> None:
    """Add meta events (tick, text) to a track."""
    at, events = 0, []
    for message in made:
        at += message.time
        events.append((at, message))
    events += [(tick, mido.MetaMessage(kind, text=text)) for tick, text in timed]
    events.sort(key=lambda event: event[0])
    starts = [0, *(tick for tick, _ in events)]
    made[:] = [one.copy(time=tick - before) for (tick, one), before in zip(events, starts, strict=False)]


LINE = [(480 * i, 480 * i + 480, 60 + i % 5) for i in range(16)]


def song(*, kind: int = 1, resolution: int = 480) -> mido.MidiFile:
    file = mido.MidiFile(type=kind, ticks_per_beat=resolution)
    file.tracks.append(mido.MidiTrack([mido.MetaMessage("time_signature", numerator=4, denominator=4)]))
    return file


def test_chords_are_kept_and_small_gaps_and_overlaps_closed(tmp_path: Path) -> None:
    file = song()
    # Played: a bass note under two chords, the second of which begins a little before the first has ended.
    track(file, "Piano", 0, 0, [(3, 1891, 36), (7, 985, 64), (2, 1011, 60), (961, 1867, 65), (965, 1702, 57), (1923, 2401, 60)])
    file.save(tmp_path / "a.mid")
    (score,) = DOMAIN.read(tmp_path / "a.mid").pieces
    assert [note[:3] for note in score.parts[0].notes] == [
        (0, 960, 64), (0, 960, 60), (0, 1920, 36), (960, 1920, 65), (960, 1680, 57), (1920, 2400, 60),
    ]  # fmt: skip
    (exact,) = DOMAIN.read(tmp_path / "a.mid", grid=False).pieces
    assert (2, 1011, 60) in [note[:3] for note in exact.parts[0].notes]


def test_all_tracks_of_drums_are_one_part_and_eight_parts_are_kept(tmp_path: Path) -> None:
    file = song()
    for number in range(9):
        track(file, f"Part {number + 1}", number, 8 * number, LINE[: 16 - number])
    track(file, "Kick", 9, 16, [(960 * i, 960 * i + 60, 36) for i in range(8)])
    track(file, "Snare", 9, 16, [(960 * i + 480, 960 * i + 540, 38) for i in range(8)])
    file.save(tmp_path / "a.mid")
    read = DOMAIN.read(tmp_path / "a.mid")
    names = [f"Part {number}" for number in range(1, 8)]
    assert [part.name for part in read.pieces[0].parts] == [*names, "Kick"]
    assert [len(part.notes) for part in read.pieces[0].parts if part.role == "drums"] == [16]
    assert read.remarks == [
        "its 2 tracks of drums were read as one part", "of its 10 parts 8 were kept; left out: Part 8, Part 9"
    ]  # fmt: skip
    listed = DOMAIN.tracks(tmp_path / "a.mid")
    assert [one.name for one in listed if not one.chosen] == ["Part 8", "Part 9"]
    assert [part.name for part in DOMAIN.read(tmp_path / "a.mid", parts="9,drums").pieces[0].parts] == ["Part 9", "Kick"]


def test_a_part_that_leaves_the_grid_is_named(tmp_path: Path) -> None:
    file = song()
    track(file, "Band", 0, 0, [(480 * i, 480 * i + 480, 60) for i in range(40)])
    track(file, "Free", 1, 0, [(307 * i + i * i % 211, 307 * i + i * i % 211 + 200, 70) for i in range(60)])
    file.save(tmp_path / "a.mid")
    assert DOMAIN.read(tmp_path / "a.mid").remarks == ["the notes of Free do not follow the beat, and were moved to the grid"]
    assert DOMAIN.read(tmp_path / "a.mid", grid=False).remarks == []


def test_the_channels_of_one_track_are_parts_without_its_name(tmp_path: Path) -> None:
    file = mido.MidiFile(type=0, ticks_per_beat=480)
    both = mido.MidiTrack([mido.MetaMessage("track_name", name="My Song")])
    both += [mido.Message("program_change", channel=channel, program=program) for channel, program in ((0, 73), (1, 32))]
    for _, _, pitch in LINE:
        both += [mido.Message("note_on", channel=channel, note=note, velocity=80) for channel, note in ((0, pitch), (1, 40))]
        both += [mido.Message("note_off", channel=0, note=pitch, time=480), mido.Message("note_off", channel=1, note=40)]
    file.tracks.append(both)
    file.save(tmp_path / "a.mid")
    (score,) = DOMAIN.read(tmp_path / "a.mid").pieces
    assert [(part.name, part.role, part.program) for part in score.parts] == [("", "melody", 73), ("", "bass", 32)]
    assert score.title == "My Song"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["Hal-", "le-", "lu-", "jah", "a-", "men"], "Hal+le+lu+jah a+men"),
        (["Hal", "le", "lu", "jah ", "a", "men"], "Hal+le+lu+jah a+men"),
        (["Oh", "day", "_", "x-ray", "-", ""], "Oh day x-ray -"),
        (["\r", "Oh ", "well-known ", "he", "ro\r"], "Oh well-known he+ro"),
    ],
)
def test_syllables_of_lyric_events(tmp_path: Path, written: list[str], read: str) -> None:
    file = song()
    sung = track(file, "Voice", 0, 52, LINE)
    track(file, "Bass", 1, 32, [(0, 7680, 36)])
    # A little before their notes, as sequencers place them
    texts(sung, "lyrics", *((max(0, 480 * i - 10), text) for i, text in enumerate(written)))
    file.save(tmp_path / "a.mid")
    (score,) = DOMAIN.read(tmp_path / "a.mid").pieces
    lyrics = score.parts[0].lyrics
    assert "".join(one.text + ("+" if one.joins else " ") for one in lyrics).strip() == read
    assert {one.tick for one in lyrics} <= {start for start, _, _ in LINE}


def test_a_karaoke_file_is_sung_by_its_tune(tmp_path: Path) -> None:
    file = song()
    words = mido.MidiTrack([mido.MetaMessage("track_name", name="Words")])
    file.tracks.append(words)
    sung = enumerate(["\\Twin", "kle,", " twin", "kle", "/lit", "tle", " star"])
    texts(words, "text", (0, "@KMIDI KARAOKE FILE"), (0, "@TMy Tune"), *((480 * i, text) for i, text in sung))
    track(file, "Bass", 1, 32, [(1920 * i, 1920 * i + 1920, 36) for i in range(4)])
    track(file, "Tune", 0, 73, LINE)
    file.save(tmp_path / "a.kar")
    (score,) = DOMAIN.read(tmp_path / "a.kar").pieces
    assert [len(part.lyrics) for part in score.parts] == [0, 7]
    shown = "".join(one.text + ("" if one.joins else " ") for one in score.parts[1].lyrics)
    assert shown == "Twinkle, twinkle little star "
    assert score.title == "My Tune"
    assert score.parts[1].role == "melody"


@pytest.mark.parametrize(
    ("markers", "symbols"),
    [
        (["C", "Am7", "F/A", "N.C."], [(0, 1, 0, "major", -1), (1, 2, 9, "minor-seventh", -1), (2, 3, 5, "major", 9)]),
        (["A", "B", "C", "D"], []),  # sections
        (["Intro", "A", "C", "Am"], []),
        (["C", "Am"], []),  # too few to say
    ],
)
def test_markers_of_others_are_chord_symbols_where_all_are_chords(
    tmp_path: Path, markers: list[str], symbols: list[tuple[object, ...]]
) -> None:
    file = song()
    track(file, "Tune", 0, 0, LINE)
    texts(file.tracks[0], "marker", *((1920 * i, text) for i, text in enumerate(markers)))
    file.save(tmp_path / "a.mid")
    (score,) = DOMAIN.read(tmp_path / "a.mid").pieces
    assert [(chord.start // 1920, chord.end // 1920, *chord[2:]) for chord in score.symbols] == symbols
    assert len(score.parts) == 1 + bool(symbols)


def test_metre_and_key_can_be_put_right(tmp_path: Path) -> None:
    path = pop_song(tmp_path / "song.mid")
    (score,) = DOMAIN.read(path, metre="6/8", key="E minor").pieces
    assert (score.metres, score.key, score.tonic % 12, score.bars) == ((MetreChange(0, 6, 8),), "E minor", 4, 8)


def test_a_file_without_notes_is_refused(tmp_path: Path) -> None:
    song().save(tmp_path / "a.mid")
    with pytest.raises(FileError, match=r"a\.mid: no notes\."):
        DOMAIN.read(tmp_path / "a.mid")
