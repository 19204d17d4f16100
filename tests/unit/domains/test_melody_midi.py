"""Reading and writing MIDI: ticks, pickups, the choice of the track, and files from strangers."""

from __future__ import annotations

import struct
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import mido
import pytest
import symusic

from genstudio.domains.melody import DOMAIN, Melody, MetreChange, Note, TempoChange
from genstudio.domains.music import abc
from genstudio.domains.music.notes import bar_lines
from genstudio.errors import DamagedFileError, FileError

SONGS = Path(__file__).parents[3] / "resources" / "songs"
Row = tuple[int, int, int]


def track(
    rows: Sequence[Row], name: str = "", channel: int = 0, velocity: int = 80, program: int = 0, end: int = 0
) -> mido.MidiTrack:
    """A track of (start, end, pitch) rows."""
    events = [(0, 0, mido.Message("program_change", channel=channel, program=program))]
    for index, (start, stop, pitch) in enumerate(rows):
        events.append((start, 2 + index, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)))
        events.append((stop, 1, mido.Message("note_off", channel=channel, note=pitch)))
    made = mido.MidiTrack()
    if name:
        made.append(mido.MetaMessage("track_name", name=name))
    tick = 0
    for at, _, message in sorted(events, key=lambda event: event[:2]):
        made.append(message.copy(time=at - tick))
        tick = at
    made.append(mido.MetaMessage("end_of_track", time=max(0, end - tick)))
    return made


def song(path: Path, *tracks: mido.MidiTrack, resolution: int = 480, metres: Sequence[tuple[int, int, int]] = ((0, 4, 4),)) -> Path:
    file = mido.MidiFile(ticks_per_beat=resolution)
    head = mido.MidiTrack()
    tick = 0
    for at, numerator, denominator in metres:
        head.append(mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator, time=at - tick))
        tick = at
    file.tracks.extend([head, *tracks])
    file.save(path)
    return path


def one(path: Path, **options: object) -> Melody:
    return DOMAIN.read(path, **options).pieces[0]


def rows(melody: Melody) -> list[Row]:
    return [note[:3] for note in melody.notes]


SCALE: list[Row] = [(480 * index, 480 * index + 480, 60 + step) for index, step in enumerate((0, 2, 4, 5, 7, 9, 11, 12))]


@pytest.mark.parametrize("resolution", [24, 96, 120, 192, 384, 480, 960, 15360])
def test_every_resolution_is_rescaled(tmp_path: Path, resolution: int) -> None:
    scaled = [(start * resolution // 480, end * resolution // 480, pitch) for start, end, pitch in SCALE]
    assert rows(one(song(tmp_path / "a.mid", track(scaled), resolution=resolution))) == SCALE


def test_played_notes_go_to_the_grid(tmp_path: Path) -> None:
    played = [(3, 221, 60), (243, 398, 62), (402, 560, 64), (557, 710, 65), (727, 1190, 67), (1437, 1901, 69)]
    melody = one(song(tmp_path / "a.mid", track(played, end=1920)))
    assert rows(melody) == [(0, 240, 60), (240, 400, 62), (400, 560, 64), (560, 720, 65), (720, 1200, 67), (1440, 1920, 69)]
    exact = one(song(tmp_path / "a.mid", track(played, end=1920)), grid=False)
    assert [note.start for note in exact.notes] == [3, 243, 402, 557, 727, 1437]


def test_gaps_of_articulation_are_closed_and_rests_kept(tmp_path: Path) -> None:
    short = [(0, 431, 60), (480, 911, 62), (960, 1191, 64), (1920, 2351, 65), (2400, 3840, 64)]
    assert rows(one(song(tmp_path / "a.mid", track(short)))) == [
        (0, 480, 60), (480, 960, 62), (960, 1200, 64), (1920, 2400, 65), (2400, 3840, 64),
    ]  # fmt: skip


def test_overlaps_and_chords_become_one_voice(tmp_path: Path) -> None:
    chords = [(0, 960, 60), (0, 960, 67), (0, 960, 64), (960, 2000, 65), (1440, 1920, 69)]
    result = DOMAIN.read(song(tmp_path / "a.mid", track(chords, end=1920)))
    assert rows(result.pieces[0]) == [(0, 960, 67), (960, 1440, 65), (1440, 1920, 69)]
    assert any("one voice" in remark for remark in result.remarks)


def test_the_melody_track_is_chosen_told_and_overridden(tmp_path: Path) -> None:
    bass = track([(960 * index, 960 * index + 960, 36 + index) for index in range(8)], "Bass", 1, program=33)
    chords = track([(960 * index, 960 * index + 960, pitch) for index in range(8) for pitch in (60, 64, 67)], "Pads", 2)
    drums = track([(240 * index, 240 * index + 60, 38) for index in range(32)], "Melody drums", 9)
    lead = track([(240 * index, 240 * index + 240, 70 + index % 5) for index in range(32)], "Synth 1", 3)
    path = song(tmp_path / "a.mid", drums, bass, chords, lead)
    result = DOMAIN.read(path)
    assert result.pieces[0].notes[0].pitch == 70
    assert any(
        "track 4 'Synth 1' of 4 was taken as the melody" in remark and "another track can be chosen" in remark
        for remark in result.remarks
    )
    assert one(path, track=2).notes[0].pitch == 36
    assert one(path, track="3").notes[0].pitch == 67
    assert one(path, track="bass").notes[0].pitch == 36
    assert any("as asked" in remark for remark in DOMAIN.read(path, track="bass").remarks)
    with pytest.raises(FileError, match="did you mean 'Synth 1'"):
        DOMAIN.read(path, track="Synt1")
    with pytest.raises(FileError, match="it has 4 with notes"):
        DOMAIN.read(path, track=5)
    named = song(tmp_path / "b.mid", lead, track([(0, 480, 50)] + [(480 * i, 480 * i + 480, 62) for i in range(1, 16)], "Vocal"))
    assert one(named).notes[0].pitch == 50


def test_channels_of_one_track_are_voices(tmp_path: Path) -> None:
    both = track([(0, 480, 60)] * 1 + SCALE[1:], "Song")
    low = track([(start, end, pitch - 36) for start, end, pitch in SCALE], channel=1)
    merged = mido.merge_tracks([both, low])
    file = mido.MidiFile(type=0, ticks_per_beat=480)
    file.tracks.append(merged)
    file.save(tmp_path / "a.mid")
    assert rows(one(tmp_path / "a.mid")) == SCALE
    assert one(tmp_path / "a.mid", track=2).notes[0].pitch == 24


def test_only_drums_or_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="drums"):
        DOMAIN.read(song(tmp_path / "a.mid", track(SCALE, channel=9)))
    with pytest.raises(FileError, match=r"a\.mid: no notes\."):
        DOMAIN.read(song(tmp_path / "a.mid", track([])))


def test_metres_and_tempos(tmp_path: Path) -> None:
    longer = [*SCALE, *((start + 3840, end + 3840, pitch) for start, end, pitch in SCALE)]
    melody = one(song(tmp_path / "a.mid", track(longer), metres=[(0, 4, 4), (1920, 3, 4), (3360, 3, 4), (4800, 6, 8)]))
    assert melody.metres == ((0, 4, 4), (1920, 3, 4), (4800, 6, 8))
    inside = one(song(tmp_path / "a.mid", track(longer), metres=[(0, 4, 4), (2880, 3, 4)]))
    assert inside.metres == ((0, 4, 4), (1920, 2, 4), (2880, 3, 4)), "a change inside a bar ends it early"
    none = DOMAIN.read(song(tmp_path / "a.mid", track(SCALE), metres=[]))
    assert any("4/4 was assumed" in remark for remark in none.remarks)


def test_a_bar_that_is_too_long_is_split_and_told(tmp_path: Path) -> None:
    lines = [(0, 4, 4), (7680, 19, 8), (12240, 4, 4)]
    quarters = [(at, at + 240, 60 + at // 240 % 12) for at in range(0, 19920, 240)]
    found = DOMAIN.read(song(tmp_path / "a.mid", track(quarters), metres=lines))
    melody = found.pieces[0]
    assert melody.metres == ((0, 4, 4), (7680, 10, 8), (10080, 9, 8), (12240, 4, 4))
    assert (melody.bars, melody.length) == (10, 19920)
    assert rows(melody) == quarters
    assert [remark for remark in found.remarks if "19/8" in remark]


@pytest.mark.parametrize("denominator", [1, 2, 4, 8, 16, 32, 64])
@pytest.mark.parametrize("numerator", [1, 3, 7, 15, 16, 17, 19, 29, 33, 64, 97, 255])
def test_every_metre_is_read(tmp_path: Path, numerator: int, denominator: int) -> None:
    quarters = [(at, at + 480, 60 + at // 480 % 12) for at in range(0, 120 * 480, 480)]
    melody = one(song(tmp_path / "a.mid", track(quarters), metres=[(0, numerator, denominator)]))
    assert [note[2] for note in melody.notes] == [note[2] for note in quarters]
    lines = bar_lines(melody)
    bar = numerator * 1920 / denominator
    joined = max(1, denominator // 16)
    # Every stated bar line is one, or every one at which a whole number of sixteenths has passed.
    stated = {round(count * bar * joined) for count in range(int(quarters[-1][0] / (bar * joined)))}
    assert {line - lines[0] for line in lines} >= stated
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(melody)).metres == melody.metres


@pytest.mark.parametrize(("numerator", "power"), [(0, 2), (4, 7), (3, 200), (0, 255)])
def test_what_is_no_metre_is_left_out_and_told(tmp_path: Path, numerator: int, power: int) -> None:
    path = song(tmp_path / "a.mid", track(SCALE), metres=[(0, 3, 4), (960, 77, 4)])
    data = path.read_bytes()
    at = data.index(bytes((0xFF, 0x58, 4, 77)))
    path.write_bytes(data[: at + 3] + bytes((numerator, power)) + data[at + 5 :])
    found = DOMAIN.read(path)
    assert found.pieces[0].metres == ((0, 3, 4),)
    assert any("left out" in remark for remark in found.remarks)


def test_running_status_goes_on_after_other_events(tmp_path: Path) -> None:
    note = bytes.fromhex("83603c00")  # ends after a quarter, in running status
    between = [b"", *map(bytes.fromhex, ("00ff010568656c6c6f", "00f0047e7f09f7", "00f703010203", "00ff7f00"))]
    events = b"".join(other + (b"\0" if index else b"\0\x90") + b"\x3c\x50" + note for index, other in enumerate(between))
    body = events + b"\0\xff\x2f\0"
    path = tmp_path / "a.mid"
    path.write_bytes(b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk" + struct.pack(">I", len(body)) + body)
    assert rows(one(path)) == [(480 * index, 480 * index + 480, 60) for index in range(len(between))]
    # A data byte at the head of a track has no status to go on with.
    path.write_bytes(b"MThd\0\0\0\6\0\0\0\1\1\xe0MTrk" + struct.pack(">I", len(note)) + note)
    with pytest.raises(DamagedFileError, match="should begin an event"):
        one(path)


NAMES = [
    ("gb18030", ["主旋律", "伴奏", "茉莉花"]),
    ("big5", ["主旋律", "伴奏", "望春風"]),
    ("cp932", ["メロディ", "伴奏", "さくら"]),
    ("cp949", ["멜로디", "반주", "아리랑"]),
    ("latin-1", ["Flöte", "Begleitung", "Für Elise"]),
    ("cp1252", ["Mélodie", "Basse", "L’été"]),
    ("cp1251", ["Мелодия", "Бас", "Подмосковные вечера"]),
    ("utf-8", ["主旋律", "Begleitung", "Für Elise – メロディ"]),
]


@pytest.mark.parametrize(("encoding", "names"), NAMES)
def test_names_in_every_encoding(tmp_path: Path, encoding: str, names: list[str]) -> None:
    low = [(start, end, pitch - 24) for start, end, pitch in SCALE[:2]]
    path = song(tmp_path / "a.mid", track(SCALE, name="1" * 9), track(low, name="2" * 9))
    file = mido.MidiFile(path)
    file.charset = encoding
    file.tracks[0].insert(0, mido.MetaMessage("track_name", name=names[2]))
    for index, name in enumerate(names[:2], start=1):
        file.tracks[index][0] = mido.MetaMessage("track_name", name=name)
    file.save(path)
    found = DOMAIN.read(path, track=names[0])
    assert rows(found.pieces[0]) == SCALE
    assert found.pieces[0].title == names[2]
    assert [one.name for one in DOMAIN.tracks(path)] == names[:2]
    assert [one.notes for one in DOMAIN.tracks(path)] == [8, 2]
    assert [one.chosen for one in DOMAIN.tracks(path)] == [True, False]


@pytest.mark.parametrize(
    ("tags", "title"),
    [((b"@TMy Song", b"@TSomebody"), "My Song"), ((), "a"), ((b"@T\xdc\xd4\xc0\xf2\xbb\xa8",), "茉莉花")],
)
def test_karaoke_has_the_title_that_it_states(tmp_path: Path, tags: tuple[bytes, ...], title: str) -> None:
    path = song(tmp_path / "a.kar", track(SCALE, name="Melody"))
    file = mido.MidiFile(path)
    file.charset = "latin-1"
    head = [b"@KMIDI KARAOKE FILE", b"@LENGL", *tags]
    file.tracks.insert(0, mido.MidiTrack(mido.MetaMessage("text", text=one.decode("latin-1")) for one in head))
    words = [mido.MetaMessage("text", text=text, time=480) for text in ("\\La", "la", "/la")]
    file.tracks.insert(1, mido.MidiTrack([mido.MetaMessage("track_name", name="Words"), *words]))
    file.save(path)
    found = one(path)
    assert (found.title, rows(found)) == (title, SCALE)


def test_silence_before_the_first_note(tmp_path: Path) -> None:
    for shift, pickup in ((1920, 0), (1920 + 1440, 480), (960, 960)):
        moved = [(start + shift, end + shift, pitch) for start, end, pitch in SCALE]
        melody = one(song(tmp_path / "a.mid", track(moved)))
        assert (melody.notes[0].start, melody.pickup) == (0, pickup)
    late = [(start + 480, end + 480, pitch) for start, end, pitch in SCALE]
    assert one(song(tmp_path / "a.mid", track(late))).notes[0].start == 480, "a short rest at the start of a bar is a rest"


def test_a_pickup_without_padding_is_found(tmp_path: Path) -> None:
    text = "M:6/8\nL:1/8\nK:G\nD|G3 B2d|g3 d2B|c2e d2B|A3 A2D|G3 B2d|g3 d2B|c2A D2F|G3 G2|]"
    tune = Melody.of(abc.tune(text)[0])
    flat = song(tmp_path / "a.mid", track(rows(tune)), metres=[(0, 6, 8)])
    melody = one(flat)
    assert melody.pickup == 240 or melody.length % 1440 == 0
    accented = DOMAIN.with_metadata_between(tune, tune, tune, 0)
    parts = mido.MidiFile(song(tmp_path / "b.mid", track(rows(tune)), metres=[(0, 6, 8)]))
    loud = iter(accented.notes)
    for message in parts.tracks[1]:
        if message.type == "note_on" and message.velocity:
            message.velocity = next(loud).velocity
    parts.save(tmp_path / "b.mid")
    assert one(tmp_path / "b.mid").pickup == 240


def test_a_last_bar_that_is_not_full_is_no_pickup(tmp_path: Path) -> None:
    twinkle = [(480 * index, 480 * index + 480, pitch) for index, pitch in enumerate((60, 60, 67, 67, 69, 69))] + [(2880, 3840, 67)]
    twinkle += [(3840 + start, 3840 + end, 72 - pitch % 12) for start, end, pitch in twinkle]
    twinkle += [(7680, 8640, 60)]
    assert one(song(tmp_path / "a.mid", track(twinkle))).pickup == 0


TUNES = {
    "pickup": "M:3/4\nL:1/8\nQ:1/4=93\nK:G\nD2|G4 BG|B4 A2|G4 E2|D4|]",
    "upbeat of an odd length": "M:4/4\nL:1/4\nK:F\n(3:2:1C/|F F F F|G G A A|]",
    "triplets and ties": "M:4/4\nL:1/8\nK:D\n(3def d4- d2|(3dcB (3ABA G2- G2|(5FGABc d6|]",
    "metres": "M:3/4\nL:1/4\nK:C\nCDE|[M:6/8]F3/2G3/2|[M:5/4]CDEFG|[M:2/2]c4|]",
    "tempos": "M:4/4\nL:1/4\nQ:1/4=120\nK:Bb\nBcde|[Q:1/4=80]f4|[Q:1/4=151]d2B2|]",
    "short last note": "M:4/4\nL:1/8\nK:A\nA2A2 A2A2|A z z6|]",
    "rest first": "M:4/4\nL:1/8\nK:E\nz2 E2 G2 B2|e8|]",
    "repeated notes": "M:2/4\nL:1/16\nK:C\ncccc cccc|c/c/c/c/ c2 c4|]",
}


@pytest.mark.parametrize("text", TUNES.values(), ids=list(TUNES))
def test_what_is_written_is_read_back(tmp_path: Path, text: str) -> None:
    melody = replace(Melody.of(abc.tune("T:A title\n" + text)[0]), program=73)
    for version in (melody, DOMAIN.with_metadata_between(melody, melody, melody, 0)):
        DOMAIN.write(version, tmp_path / "a.mid")
        back = one(tmp_path / "a.mid")
        assert back.notes == version.notes
        assert (back.metres, back.pickup, back.length, back.tonic) == (
            version.metres,
            version.pickup,
            version.length,
            version.tonic,
        )
        assert (back.key or version.key, back.program, back.title) == (version.key, 73, "A title")
        assert back.tempos == version.tempos


def test_what_is_written_is_right_for_an_independent_reader(tmp_path: Path) -> None:
    melody = Melody.of(abc.tune(TUNES["tempos"])[0])
    DOMAIN.write(melody, tmp_path / "a.mid")
    file = mido.MidiFile(tmp_path / "a.mid")
    assert file.ticks_per_beat == 480
    found: dict[str, list[tuple[int, object]]] = {"on": [], "off": [], "tempo": [], "metre": [], "key": []}
    for part in file.tracks:
        tick = 0
        for message in part:
            tick += message.time
            if message.type == "note_on" and message.velocity:
                found["on"].append((tick, message.note))
            elif message.type in ("note_on", "note_off"):
                found["off"].append((tick, message.note))
            elif message.type == "set_tempo":
                found["tempo"].append((tick, round(mido.tempo2bpm(message.tempo))))
            elif message.type == "time_signature":
                found["metre"].append((tick, (message.numerator, message.denominator)))
            elif message.type == "key_signature":
                found["key"].append((tick, message.key))
        assert tick <= melody.length + 1
    assert found["on"] == [(note.start, note.pitch) for note in melody.notes]
    assert found["off"] == [(note.end, note.pitch) for note in melody.notes]
    assert found["tempo"] == [(0, 120), (1920, 80), (3840, 151)]
    assert found["metre"] == [(0, (4, 4))]
    assert found["key"] == [(0, "Bb")]


@pytest.mark.parametrize(
    "key", ["C major", "G major", "F# major", "Db major", "E minor", "C# minor", "Bb minor", "A dorian", "D mixolydian"]
)
def test_key_signatures_are_written(tmp_path: Path, key: str) -> None:
    letter, mode = key.split()
    melody = Melody.of(abc.tune(f"M:4/4\nL:1/4\nK:{letter}{mode[:3]}\nCDEF|GABc|]")[0])
    DOMAIN.write(melody, tmp_path / "a.mid")
    signatures = [
        message.key for part in mido.MidiFile(tmp_path / "a.mid").tracks for message in part if message.type == "key_signature"
    ]
    expected = {"A dorian": "G", "D mixolydian": "G", "Db major": "Db", "F# major": "F#"}.get(key)
    assert signatures == [expected or (letter + ("m" if mode == "minor" else ""))]


def test_pretty_midi_there_and_back() -> None:
    melody = DOMAIN.read(SONGS / "the-kesh.abc").pieces[0]
    pm = melody.to_pretty_midi()
    assert pm.resolution == 480
    assert len(pm.instruments[0].notes) == len(melody.notes)
    back = Melody.from_pretty_midi(pm)
    assert rows(back) == rows(melody)
    assert (back.metres, back.key) == (melody.metres, melody.key)
    assert back.tempos[0].bpm == pytest.approx(melody.tempos[0].bpm)
    pm.instruments[0].notes = []
    with pytest.raises(FileError, match="no notes"):
        Melody.from_pretty_midi(pm)


def test_objects_of_libraries_are_sources() -> None:
    melody = DOMAIN.read(SONGS / "the-kesh.abc").pieces[0]
    pm = melody.to_pretty_midi()
    from_pm = DOMAIN.from_object(pm)
    assert from_pm is not None
    assert rows(from_pm) == rows(melody)
    score = symusic.Score.from_file(str(SONGS / "the-kesh.mid"))
    whole = one(SONGS / "the-kesh.mid")
    for unit in ("tick", "quarter"):
        found = DOMAIN.from_object(score.to(unit))
        assert found is not None
        assert rows(found) == rows(whole)
        assert (found.metres, found.pickup, found.tonic, found.key) == (whole.metres, whole.pickup, whole.tonic, whole.key)
        assert found.tempos[0].bpm == pytest.approx(whole.tempos[0].bpm, abs=1e-3)
    score.tracks.clear()
    with pytest.raises(FileError, match="no notes"):
        DOMAIN.from_object(score)
    assert DOMAIN.from_object(melody) == melody
    for other in (None, 3, "a text", score.time_signatures):
        assert DOMAIN.from_object(other) is None


def test_nothing_is_left_where_writing_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    melody = Melody.build([Note(0, 480, 60)], [MetreChange(0, 4, 4)], [TempoChange(0, 100.0)])
    with pytest.raises(FileError, match="cannot write"):
        DOMAIN.write(melody, tmp_path / "file" / "a.mid")
    assert (tmp_path / "file").read_text() == "x"


# -- files from strangers

GOOD = (SONGS / "the-kesh.mid").read_bytes()
HEAD = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, 480)


def chunk(events: bytes, size: int | None = None) -> bytes:
    return b"MTrk" + struct.pack(">I", len(events) if size is None else size) + events


DAMAGED = {
    "empty": (b"", "empty"),
    "text": (b"hello, this is text", "not a MIDI file: it begins with 'hell'"),
    "0xFF": (b"\xff" * 300_000, "FF FF FF FF"),
    "header cut": (GOOD[:9], "the header ends at byte 9"),
    "header only": (GOOD[:14], "no tracks"),
    "no division": (GOOD[:12] + b"\0\0" + GOOD[14:], "0 ticks a quarter"),
    "time code of no kind": (GOOD[:12] + b"\x80\x01" + GOOD[14:], "time code"),
    "format 9": (GOOD[:8] + b"\0\x09" + GOOD[10:], "format 9"),
    "long header": (GOOD[:4] + b"\xff\xff\xff\xff" + GOOD[8:], "header says"),
    "junk for a track": (HEAD + b"\x01\x02\x03\x04" * 10, "a track was expected"),
    "track of 0xFF": (HEAD + chunk(b"\xff" * 1000), "track 1"),
    "track of zeros": (HEAD + chunk(b"\0" * 1000), "should begin an event"),
    "endless time": (HEAD + chunk(b"\x81\x82\x83\x84\x85\x90\x40\x40"), "no end"),
    "no riff data": (b"RIFF\x04\0\0\0RMID", "RIFF"),
    "far away": (HEAD + chunk(b"\xff\xff\xff\x7f\x90\x40\x40\x10\x80\x40\0"), "after the start"),
}


@pytest.mark.parametrize(("data", "reason"), DAMAGED.values(), ids=list(DAMAGED))
def test_damaged_files_have_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "x.mid"
    path.write_bytes(data)
    with pytest.raises(DamagedFileError) as error:
        DOMAIN.read(path)
    assert reason in str(error.value)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


NOTE = b"\0\x90\x3c\x50\x83\x60\x80\x3c\0"  # a quarter
END = b"\0\xff\x2f\0"
ODD = {
    "good": (chunk(NOTE + END), 1, ""),
    "a value out of range": (chunk(NOTE + b"\0\x90\xbc\x50" + NOTE + END), 1, "out of range"),
    "a control out of range": (chunk(b"\0\xb0\x07\xa8" + NOTE + END), 1, ""),
    "running status over a name": (chunk(NOTE + b"\0\xff\x03\x01a\0\x3c\0" + NOTE + END), 2, ""),
    "a short tempo": (chunk(b"\0\xff\x51\x01\x07" + NOTE + END), 1, ""),
    "a long event": (chunk(NOTE + b"\0\xff\x01\x7fa" + END), 1, "bytes more than there are"),
    "no end": (chunk(NOTE), 1, ""),
    "more after the end": (chunk(NOTE + END + NOTE + END), 1, ""),
    "a hanging note": (chunk(NOTE + b"\0\x90\x40\x50\x60" + END[1:]), 2, ""),
    "an escape": (chunk(b"\0\xf7\x02\x01\x02" + NOTE + END), 1, ""),
    "far away": (chunk(NOTE + b"\xff\xff\xff\x7f\xb0\x07\x07" * 9 + NOTE + END), 1, "after the start"),
    "a track that should be longer": (chunk(NOTE + END, 500), 1, "the file ends after"),
    "a byte too many": (chunk(NOTE + END) + b"\0", 1, ""),
    "more tracks than stated": (chunk(NOTE + END) * 2, 2, ""),
    "another chunk": (b"XFIH\0\0\0\1a" + chunk(NOTE + END), 1, ""),
}


@pytest.mark.parametrize(("data", "notes", "remark"), ODD.values(), ids=list(ODD))
def test_odd_files_are_read_as_far_as_they_go(tmp_path: Path, data: bytes, notes: int, remark: str) -> None:
    path = tmp_path / "x.mid"
    path.write_bytes(HEAD + data)
    assert sum(track.notes for track in DOMAIN.tracks(path)) == notes
    remarks = DOMAIN.read(path).remarks
    assert any("damaged" in one for one in remarks) is bool(remark)
    assert any(remark in one for one in remarks)


def test_a_file_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    path.write_bytes(GOOD[: len(GOOD) * 2 // 3])
    result = DOMAIN.read(path)
    whole = one(SONGS / "the-kesh.mid")
    read = rows(result.pieces[0])
    assert 50 < len(read) < len(whole.notes)
    assert read == rows(whole)[: len(read)]
    assert any("damaged" in remark and "the file ends after" in remark for remark in result.remarks)


def test_riff_is_unwrapped(tmp_path: Path) -> None:
    path = tmp_path / "x.rmi"
    path.write_bytes(b"RIFF" + struct.pack("<I", len(GOOD) + 12) + b"RMIDdata" + struct.pack("<I", len(GOOD)) + GOOD)
    assert rows(one(path)) == rows(one(SONGS / "the-kesh.mid"))


def test_running_status_time_code_and_bad_tempos(tmp_path: Path) -> None:
    events = b"\0\x90\x3c\x50\x83\x60\x3c\0\0\x40\x50\x83\x60\x40\0\0\xff\x2f\0"
    path = tmp_path / "x.mid"
    path.write_bytes(HEAD + chunk(events))
    assert rows(one(path)) == [(0, 480, 60), (480, 960, 64)]
    path.write_bytes(HEAD[:12] + bytes([256 - 24, 40]) + chunk(events))
    assert any("film frames" in remark for remark in DOMAIN.read(path).remarks)
    assert rows(one(path)) == [(0, 480, 60), (480, 960, 64)]
    path.write_bytes(HEAD + chunk(b"\0\xff\x51\x03\0\0\0" + events))
    result = DOMAIN.read(path)
    assert result.pieces[0].tempos == (TempoChange(0, 120.0),)
    assert any("tempo" in remark for remark in result.remarks)


def test_hanging_notes_end_with_the_track(tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    path.write_bytes(HEAD + chunk(b"\0\x90\x3c\x50\x83\x60\x40\x50\x83\x60\xff\x2f\0"))
    assert rows(one(path)) == [(0, 480, 60), (480, 960, 64)]


def test_too_much_is_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    began = time.process_time()
    path.write_bytes(HEAD + chunk(b"\0\x90\x40\x40" + b"\x01\x41\x40" * 600_000))
    with pytest.raises(FileError, match="500,000 notes"):
        DOMAIN.read(path)
    path.write_bytes(HEAD + chunk(b"\0\x90\x40\x40" + b"\0\x41\x40" * 1000))
    with pytest.raises(FileError, match="at once"):
        DOMAIN.read(path)
    path.write_bytes(b"MThd" + b"\0" * 17_000_000)
    with pytest.raises(FileError, match="larger than 16 MB"):
        DOMAIN.read(path)
    assert time.process_time() - began < 60


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.mid").mkdir()
    for name, reason in (
        ("folder.mid", "folder"),
        ("none.mid", "No such file"),
        ("a.txt", r"melodies are read from \.mid"),
        ("a\0.mid", "cannot be read"),
    ):
        with pytest.raises(FileError, match=reason):
            DOMAIN.read(tmp_path / name)


@pytest.mark.parametrize("seed", range(40))
def test_any_bytes_give_a_melody_or_a_reason(tmp_path: Path, seed: int) -> None:
    import random

    chance = random.Random(seed)
    data = bytearray(GOOD)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] = chance.choice([0, 255, 128, 127, chance.randrange(256)])
    path = tmp_path / "x.mid"
    path.write_bytes(bytes(data))
    try:
        melody = one(path)
    except FileError:
        return
    assert DOMAIN.to_symbols(DOMAIN.from_symbols(DOMAIN.to_symbols(melody))) == DOMAIN.to_symbols(melody)
