"""MIDI files are read event by event, and where many events follow one another as columns: both give the same."""

from __future__ import annotations

import struct
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genstudio.domains.music import midi_line, smf
from genstudio.errors import FileError

pytestmark = pytest.mark.slow

Event = tuple[int, bytes]  # ticks since the one before, and the bytes without them


def number(value: int) -> bytes:
    """A number of variable length."""
    out = [value & 0x7F]
    while value := value >> 7:
        out.append(value & 0x7F | 0x80)
    return bytes(reversed(out))


def file(tracks: list[list[Event]], resolution: int, running: bool) -> bytes:
    chunks = []
    for track in tracks:
        out, status = b"", -1
        for delta, event in [*track, (0, b"\xff\x2f\0")]:
            out += number(delta)
            out += event[1:] if running and event[0] == status and len(event) == 3 else event
            status = event[0] if event[0] < 0xF0 else -1
        chunks.append(b"MTrk" + struct.pack(">I", len(out)) + out)
    return struct.pack(">4sIHHH", b"MThd", 6, min(1, len(tracks) - 1), len(tracks), resolution) + b"".join(chunks)


def meta(kind: int, value: bytes) -> bytes:
    return bytes((0xFF, kind)) + number(len(value)) + value


def some_meta(chance: Random) -> bytes:
    kind = chance.choice([0x51, 0x58, 0x59, 0xF0, 1, 3, 5, 0x7F])
    if kind == 0x51:
        return meta(kind, chance.choice([0, 1, 300_000, 500_000, 731_707, 0xFFFFFF]).to_bytes(3, "big"))
    if kind == 0x58:
        return meta(kind, bytes((chance.randint(1, 12), chance.randint(1, 4), 24, 8)))
    if kind == 0x59:
        return meta(kind, struct.pack("bB", chance.randint(-7, 7), chance.randint(0, 1)))
    if kind == 0xF0:
        value = bytes(chance.randrange(128) for _ in range(chance.randrange(5)))
        return b"\xf0" + number(len(value) + 1) + value + b"\xf7"
    return meta(kind, bytes(chance.randrange(256) for _ in range(chance.choice([0, 3, 20, 150]))))


def some_control(chance: Random, channel: int) -> bytes:
    kind = chance.choice([0xA0, 0xB0, 0xB0, 0xC0, 0xC0, 0xD0, 0xE0])
    values = [chance.randrange(128) for _ in range(1 if kind in (0xC0, 0xD0) else 2)]
    return bytes((kind | channel, *values))


def some_track(chance: Random, tidy: bool) -> list[Event]:
    """Events of a track; a tidy one has notes of one channel, all ended, after its programs and controls."""
    channels = [chance.randrange(16) for _ in range(1 if tidy else chance.randint(1, 3))]
    longest = chance.choice([2_000, 2_000, 20_000, 130_000 if not tidy else 2_000])
    busy = chance.choice([0, 0, 1, 2])  # how much there is between notes

    def delta() -> int:
        return chance.choice([0, 0, 1, 120, 240, 240, 480, chance.randrange(longest)])

    track: list[Event] = []
    for _ in range(chance.randrange(5)):
        track.append((0, some_meta(chance) if chance.random() < 0.6 else some_control(chance, chance.choice(channels))))
    waiting: list[tuple[int, int]] = []
    for _ in range(chance.randrange(40)):
        what = chance.randrange(10)
        if waiting and what < 4:
            to, pitch = waiting.pop(chance.randrange(len(waiting)))
            off = bytes((0x80 | to, pitch, 64)) if chance.random() < 0.5 else bytes((0x90 | to, pitch, 0))
            track.append((max(1, delta()) if tidy else delta(), off))
        elif tidy or what < 10 - busy:
            to, pitch = chance.choice(channels), chance.randint(50, 60)
            if not tidy or (to, pitch) not in waiting:
                track.append((delta(), bytes((0x90 | to, pitch, chance.randint(1, 127)))))
                waiting.append((to, pitch))
        else:
            track.append((delta(), some_meta(chance) if chance.random() < 0.5 else some_control(chance, chance.choice(channels))))
    if tidy or chance.random() < 0.7:
        track += [(480, bytes((0x80 | to, pitch, 0))) for to, pitch in waiting]
    if chance.random() < 0.5:
        track.append((delta(), meta(1, b"the end")))
    return track


def plain(song: smf.Song) -> tuple[object, ...]:
    voices = []
    for voice in song.voices:
        order = np.lexsort((voice.notes.velocity, voice.notes.pitch, *voice.notes.times[::-1]))
        columns = voice.notes.taken(order)
        notes = [*columns.times.tolist(), columns.pitch.tolist(), columns.velocity.tolist()]
        voices.append((voice.name, bool(voice.drums), voice.program, voice.end, notes))
    return song.resolution, voices, song.metres, song.tempos, song.keys, song.names, song.title, song.remarks


def parsed(data: bytes, fewest: int) -> object:
    """What a file gives, or why it gives nothing, where runs of at least ``fewest`` bytes are read as columns."""
    before, smf._FEWEST = smf._FEWEST, fewest
    try:
        song = smf.parse(data)
        return plain(song), [outcome(song, grid) for grid in (True, False)]
    except FileError as error:
        return str(error)
    finally:
        smf._FEWEST = before


def outcome(song: smf.Song, grid: bool) -> object:
    try:
        return midi_line.line_of(song, grid=grid)
    except FileError as error:
        return str(error)


def check(data: bytes) -> object:
    """Whether reading by columns gives what reading event by event does; what that is."""
    by_events = parsed(data, 1 << 30)
    assert parsed(data, 1) == by_events
    assert parsed(data, smf._FEWEST) == by_events
    return by_events


def any_file(chance: Random) -> bytes:
    tracks = [some_track(chance, tidy=False) for _ in range(chance.randint(1, 3))]
    resolution = chance.choice([24, 96, 120, 192, 220, 384, 480, 480, 960, 1000, chance.randint(1, 0x7FFF)])
    return file(tracks, resolution, running=chance.random() < 0.5)


def expected(tracks: list[list[Event]]) -> list[tuple[int, int, int, int, int, int]]:
    """The notes of tracks whose notes all end: track, channel, start, end, pitch and velocity, the first begun ended first."""
    notes = []
    for number, track in enumerate(tracks):
        tick, waiting = 0, {}
        for delta, event in track:
            tick += delta
            kind, channel = event[0] & 0xF0, event[0] & 0x0F
            if kind == 0x90 and event[2]:
                waiting.setdefault((channel, event[1]), []).append((tick, event[2]))
            elif kind in (0x80, 0x90) and waiting.get((channel, event[1])):
                start, velocity = waiting[channel, event[1]].pop(0)
                notes.append((number, channel == 9, start, tick, event[1], velocity))
    return sorted(notes)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_columns_give_what_events_give(seed: int) -> None:
    check(any_file(Random(seed)))


@given(st.integers(0, 2**32), st.booleans())
@settings(max_examples=200)
def test_every_note_of_a_well_formed_file_is_read(seed: int, running: bool) -> None:
    chance = Random(seed)
    tracks = [some_track(chance, tidy=True) for _ in range(chance.randint(1, 3))]
    song = smf.parse(file(tracks, 480, running))
    notes = [
        (voice.drums, *row)
        for voice in song.voices
        for row in zip(*voice.notes.times.tolist(), voice.notes.pitch.tolist(), voice.notes.velocity.tolist(), strict=True)
    ]
    assert sorted(notes) == sorted(note[1:] for note in expected(tracks))
    with_notes = {note[0] for note in expected(tracks)}
    assert len(song.voices) == len(with_notes)
    ends = [sum(delta for delta, _ in track) for number, track in enumerate(tracks) if number in with_notes]
    assert [voice.end for voice in song.voices] == ends


def some_line(chance: Random) -> list[Event]:
    """A track of one note after the other, now and then with two at once or with something else between them."""
    channel, silent = chance.randrange(16), chance.random() < 0.5
    together, between = chance.choice([0.0, 0.0, 0.1]), chance.choice([0.0, 0.0, 0.05])
    steps = chance.choice([[1, 239, 479], [0, 120, 240], [0, 7, 130, 16_000, 17_000]])
    track: list[Event] = [(0, meta(3, b"Tune")), (0, meta(1, b"of a book")), (0, some_meta(chance))]
    for _ in range(chance.randint(1, 30)):
        pitches = [chance.randint(50, 60)]
        if chance.random() < together:
            pitches.append(chance.randint(61, 70))
        track += [
            (chance.choice(steps) if pitch < 61 else 0, bytes((0x90 | channel, pitch, chance.randint(1, 127)))) for pitch in pitches
        ]
        if chance.random() < between:
            track.append((chance.choice(steps), some_meta(chance)))
        off = (0x90 | channel, 0) if silent else (0x80 | channel, chance.randrange(128))
        track += [(chance.choice(steps) if pitch < 61 else 0, bytes((off[0], pitch, off[1]))) for pitch in pitches]
    return track


def line_file(chance: Random) -> bytes:
    tracks = [some_line(chance) for _ in range(chance.randint(1, 3))]
    return file(tracks, chance.choice([96, 120, 480, 480, 1000]), running=chance.random() < 0.5)


def damaged_line_file(chance: Random) -> bytes:
    data = bytearray(line_file(chance))
    for _ in range(chance.randint(1, 2)):
        data[chance.randrange(len(data))] = chance.choice([0, 1, 64, 127, 128, 129, 0x8F, 0x90, 0x9F, 0xC0, 0xFF])
    return bytes(data)


def damaged_file(chance: Random) -> bytes:
    data = bytearray(file([some_track(chance, tidy=True)], 480, running=False))
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] = chance.choice([0, 1, 64, 127, 128, 0x90, 0xC0, 0xF0, 0xFF])
    return bytes(data)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_lines_are_read_as_columns(seed: int) -> None:
    check(line_file(Random(seed)))


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_columns_do_not_pass_over_damage(seed: int) -> None:
    check(damaged_file(Random(seed)))
    check(damaged_line_file(Random(seed)))


def test_the_files_of_these_tests_are_read_and_damaged() -> None:
    for of in (any_file, line_file, damaged_file, damaged_line_file):
        read = [not isinstance(parsed(of(Random(seed)), 1), str) for seed in range(100)]
        assert sum(read) > 5, of
    refused = sum(isinstance(parsed(damaged_file(Random(seed)), 1), str) for seed in range(100))
    assert refused > 5
