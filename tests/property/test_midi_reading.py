"""MIDI files are read in two ways, one fast and one patient: both give the same."""

from __future__ import annotations

import struct
from collections.abc import Callable
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from genstudio.domains import _midi, _smf
from genstudio.errors import FileError

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


def plain(song: _smf.Song) -> tuple[object, ...]:
    voices = []
    for voice in song.voices:
        order = np.lexsort((voice.notes.velocity, voice.notes.pitch, *voice.notes.times[::-1]))
        columns = voice.notes.taken(order)
        notes = [*columns.times.tolist(), columns.pitch.tolist(), columns.velocity.tolist()]
        voices.append((voice.name, bool(voice.drums), voice.program, voice.end, notes))
    return song.resolution, voices, song.metres, song.tempos, song.keys, song.names, song.title, song.remarks


def outcome(song: _smf.Song, grid: bool) -> object:
    try:
        return _midi.melody_of(song, grid=grid)
    except FileError as error:
        return str(error)


def parsed(parse: Callable[[bytes], _smf.Song], data: bytes) -> _smf.Song | str:
    """The song, or why there is none."""
    try:
        return parse(data)
    except FileError as error:
        return str(error)


def check(data: bytes) -> bool:
    """Hold the two ways against each other; whether the file went the fast way. Any other gives what the patient way does."""
    quick = _smf._quick(data)
    patient = parsed(_smf._patient, data)
    if isinstance(patient, str):
        assert quick is None, "what is damaged does not go the fast way"
        assert parsed(_smf.parse, data) == patient
        return False
    _smf._decode_names(patient, data)
    if quick is not None:
        _smf._decode_names(quick, data)
        assert plain(quick) == plain(patient)
        for grid in (True, False):
            assert outcome(quick, grid) == outcome(patient, grid)
    assert plain(_smf.parse(data)) == plain(patient)
    return quick is not None


def shares(of: Callable[[Random], bytes], count: int = 300) -> float:
    """The share of some files that goes the fast way; a property of which all or none do would prove nothing."""
    return sum(check(of(Random(seed))) for seed in range(count)) / count


def any_file(chance: Random) -> bytes:
    tracks = [some_track(chance, tidy=False) for _ in range(chance.randint(1, 3))]
    resolution = chance.choice([24, 96, 120, 192, 220, 384, 480, 480, 960, 1000, chance.randint(1, 0x7FFF)])
    return file(tracks, resolution, running=chance.random() < 0.5)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_both_ways_give_the_same(seed: int) -> None:
    data = any_file(Random(seed))
    assert check(data) is (_smf._quick(data) is not None)


def test_both_ways_are_gone() -> None:
    assert 0.05 < shares(any_file) < 0.95
    assert 0.5 < shares(line_file) <= 1.0
    assert 0.05 < shares(damaged_line_file) < 0.95
    assert 0.05 < shares(damaged_file) < 0.95


@given(st.integers(0, 2**32))
def test_a_well_formed_file_goes_the_fast_way(seed: int) -> None:
    chance = Random(seed)
    tracks = [some_track(chance, tidy=True) for _ in range(chance.randint(1, 3))]
    assert check(file(tracks, chance.choice([96, 220, 480]), running=chance.random() < 0.5))


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
def test_lines_are_read_from_their_columns(seed: int) -> None:
    for data in (line_file(Random(seed)), damaged_line_file(Random(seed))):
        assert check(data) is (_smf._quick(data) is not None)


@given(st.integers(0, 2**32))
@settings(max_examples=300)
def test_no_damage_goes_the_fast_way_unseen(seed: int) -> None:
    data = damaged_file(Random(seed))
    assert check(data) is (_smf._quick(data) is not None)
