"""Standard MIDI Files: their bytes -> the notes of each voice, in the file's own ticks.

There are three ways, which give the same. Where a track's notes stand together, without other events among them, the bytes
themselves are the columns of notes (:func:`_notes`). Any other well-formed file is read by symusic, in a hundredth of a
millisecond. Of damaged files symusic crashes on some, though (a note out of range, a track longer than the file), and a file from
a stranger must give a reason, not end the program: so the bytes are looked through first (:func:`_quick`), and a file that is
not well-formed in every event, or of the few kinds that symusic reads differently (it drops notes that are never ended, and
divides a voice where its instrument changes), is read event by event (:func:`_patient`). What is read is bounded by the file's
size.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from genstudio.domains._encoding import decode_names
from genstudio.domains._notes import MetreChange, Note, TempoChange
from genstudio.errors import DamagedFileError, FileError, Message

__all__ = ["MAX_NOTES", "MAX_QUARTERS", "Notes", "Song", "Voice", "columns", "parse"]

MAX_NOTES = 500_000
MAX_QUARTERS = 40_000
"""A song may last this many quarters (more than five hours at 120 a minute)."""
SLOWEST, FASTEST = 10.0, 1000.0
_FINEST = 6  # metres count sixty-fourths (2 to the power of 6) at the finest


class Notes(NamedTuple):
    """Notes as columns of whole numbers.

    times: int64 [2, notes], the ticks where they start and where they end.
    pitch, velocity: int8 [notes], 0 .. 127.
    """

    times: NDArray[np.int64]
    pitch: NDArray[np.int8]
    velocity: NDArray[np.int8]

    @classmethod
    def of(cls, rows: Sequence[Note]) -> Notes:
        """The columns of notes."""
        columns = np.array(rows, np.int64).reshape(-1, 4).T
        values = columns[2:].clip(0, 127).astype(np.int8)
        return cls(columns[:2], values[0], values[1])

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.pitch)

    def taken(self, which: NDArray[Any] | slice) -> Notes:
        """Those at some places, or where a mask is true."""
        return Notes(self.times[:, which], self.pitch[which], self.velocity[which])

    def ordered(self) -> Notes:
        """In the order of start, end, pitch and velocity."""
        start, end = self.times
        if not np.count_nonzero(start[1:] <= start[:-1]):
            return self
        return self.taken(np.lexsort((self.velocity, self.pitch, end, start)))


@dataclass
class Voice:
    """The notes of one channel in one track, in the song's own ticks."""

    name: str
    drums: bool
    program: int
    notes: Notes
    end: int  # tick of the end of its track
    line: NDArray[np.int64] | None = None  # where each note ends before the next begins: start and end of each in turn


@dataclass
class Song:
    """What a MIDI file holds, in its own ticks (``resolution`` a quarter)."""

    resolution: float
    voices: list[Voice] = field(default_factory=list)
    metres: list[MetreChange] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)
    keys: list[tuple[int, int, bool]] = field(default_factory=list)  # tick, sharps, minor
    title: str = ""  # that a karaoke file states
    names: list[str] = field(default_factory=list)  # of the tracks without notes, of which one may be the song's
    remarks: list[str] = field(default_factory=list)


def parse(data: bytes) -> Song:
    """The song in the bytes of a Standard MIDI File, or of one wrapped in RIFF.

    A track that is damaged is kept up to the damage and remarked upon, as long as the file gives some note.

    Raises:
        DamagedFileError: it is no MIDI file or is damaged before its first note; the message is a clause without the path.
    """
    song = _quick(data)
    if song is None:
        song = _patient(data)
    _decode_names(song, data)
    return song


_HINTS = ((b"{@JP}", "cp932"), (b"@LJAP", "cp932"), (b"@LKOR", "cp949"), (b"@LRUS", "cp1251"), (b"{@LATIN}", "cp1252"))
"""What texts of a file say about their encoding: the tags of lyrics, and the languages of karaoke files."""


def _decode_names(song: Song, data: bytes) -> None:
    """Give voices and song their names in characters; so far each character stands for a byte."""
    raw = [*(voice.name for voice in song.voices), *song.names, song.title]
    if not all(map(str.isascii, raw)):
        hint = next((encoding for tag, encoding in _HINTS if tag in data), "")
        raw = decode_names([name.encode("latin-1") for name in raw], hint)
    names = list(map(_tidy, raw))
    for voice, name in zip(song.voices, names, strict=False):
        voice.name = name
    song.names, song.title = [name for name in names[len(song.voices) : -1] if name], names[-1]


def _meta(song: Song, tick: int, kind: int, value: bytes) -> None:
    """Take up a tempo, metre or key."""
    if kind == 0x51 and len(value) == 3:
        microseconds = int.from_bytes(value, "big")
        bpm = _bpm(microseconds)
        if SLOWEST <= bpm <= FASTEST:
            song.tempos.append(TempoChange(tick, bpm))
        else:
            song.remarks.append(
                Message(
                    "a tempo of {bpm:g} quarters a minute was left out (expected {slowest:g} to {fastest:g})",
                    bpm=bpm,
                    slowest=SLOWEST,
                    fastest=FASTEST,
                )
            )
    elif kind == 0x58 and len(value) >= 2:
        if value[0] and value[1] <= _FINEST:
            song.metres.append(MetreChange(tick, value[0], 1 << value[1]))
        else:
            song.remarks.append(
                Message("a metre of {value} over 2 to the power of {value_2} was left out", value=value[0], value_2=value[1])
            )
    elif kind == 0x59 and len(value) >= 2:
        song.keys.append((tick, value[0] - 256 if value[0] > 127 else value[0], value[1] == 1))


@lru_cache(maxsize=1024)
def _bpm(microseconds: int) -> float:
    """Quarters a minute: the roundest number that gives these microseconds a quarter, rounded or cut off."""
    if microseconds <= 0:
        return 0.0
    bpm = 60e6 / microseconds
    for digits in range(4):
        rough = round(bpm, digits)
        if rough > 0 and abs(60e6 / rough - microseconds) < 1:
            return rough
    return round(bpm, 4)


def _raw(value: bytes) -> str:
    """A text with each byte as a character: its encoding is found when all names are there."""
    return value[:10_000].decode("latin-1").strip(" \0\t\r\n")


def _tidy(text: str) -> str:
    text = text[:200]
    return " ".join((text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)).split())


# -- well-formed files ---------------------------------------------------------------------------------------------------

_TITLE_TAG = b"@T"  # begins the title in the texts of karaoke files
_QUICK_BYTES = 390_000  # what symusic and the expressions below take memory for
_INT = 1 << 31  # symusic counts ticks in 32 bits
_LOW, _HIGH = bytes(range(128)), bytes(range(128, 256))
# Runs of notes whose times have at most two bytes: each with its status, and with running status too.
_FULL = re.compile(rb"(?:[\x80-\xff]?[\0-\x7f][\x80-\x9f][\0-\x7f][\0-\x7f])*")
_RUNNING = re.compile(rb"(?:[\x80-\xff]?[\0-\x7f][\x80-\x9f]?[\0-\x7f][\0-\x7f])*")
# Runs of other events of channels, each with its status, and of any events of channels.
_OTHER = re.compile(rb"(?:[\x80-\xff]{0,3}[\0-\x7f](?:[\xa0-\xbf\xe0-\xef][\0-\x7f][\0-\x7f]|[\xc0-\xdf][\0-\x7f]))*")
_EVENTS = re.compile(
    rb"(?:[\x80-\xff]{0,3}[\0-\x7f]"
    rb"(?:[\x80-\xbf\xe0-\xef]?[\0-\x7f][\0-\x7f]|[\xc0-\xdf][\0-\x7f](?=[\x80-\xff]{0,3}[\0-\x7f][\x80-\xff])))*"
)
# One of them: its time, its status unless it goes on with the one before, and its values.
_EVENT = re.compile(rb"([\x80-\xff]{0,3}[\0-\x7f])([\x80-\xbf\xe0-\xef]?)(?:([\0-\x7f][\0-\x7f])|([\xc0-\xdf][\0-\x7f]))")
_STATUS = re.compile(rb"[\x80-\xff]{0,3}[\0-\x7f][\x80-\xff]")
_NO_CHANNEL = re.compile(rb"[\x80-\xff]{0,3}[\0-\x7f][\xf0-\xff]")
_BEGUN = re.compile(rb"[\x90-\x9f](?=[\0-\x7f][\x01-\x7f])")
_LENGTHS = {0x51: 3, 0x58: 4, 0x59: 2}
# What the byte before the last one of a time adds to it.
# How texts and such begin that are of no use here.
_WORDS = frozenset(bytes((0, 0xFF, kind)) for kind in (1, 2, *range(4, 16)))
# Notes are told apart by their channel and pitch.
_FIRST_KEYS = np.arange(17, dtype=np.int16) << 7
_KEYS = _FIRST_KEYS[np.arange(256) % 16]
_NOTES = bytes(range(0x80, 0xA0))
_HIGHER = np.array([0] * 128 + [byte << 7 for byte in range(128)])


class _OddError(Exception):
    """The file is not for the quick way."""


class _CloserError(Exception):
    """It must be looked at event by event what belongs to which channel."""


@dataclass
class _Track:
    """What was seen in a track that is well-formed."""

    name: str = ""
    events: int = 0  # of notes: begun and ended
    tick: int = 0  # without the times in ``runs``
    since: int = 0  # ticks since the last of ``runs``
    most: int = 0  # no tick is more
    runs: list[tuple[int, int]] = field(default_factory=list)  # where there are notes only; their times are not added up yet
    full: list[tuple[int, int]] = field(default_factory=list)  # where there are notes only, each with its status
    skimmed: bool = False  # whether there are notes whose channels were not looked at
    programs: dict[int, int] = field(default_factory=dict)  # of each channel, as things stand
    voices: dict[int, int] = field(default_factory=dict)  # channels in the order in which they begin, with their first program
    changes: bool = False  # whether one of them changes its program
    # Of each run whose columns were read: ticks, statuses, and three bytes an event, of which the last are pitch and velocity.
    read: list[tuple[NDArray[np.int64], bytes, bytes]] = field(default_factory=list)
    events_read: int = 0  # how many of the events are in ``read``


class _Times(dict[bytes, int]):
    """The value of each time as it is written."""

    def __missing__(self, written: bytes) -> int:
        value = 0
        for byte in written:
            value = value << 7 | byte & 0x7F
        if len(self) < 20_000:
            self[written] = value
        return value


_times = _Times()


def _quick(data: bytes) -> Song | None:
    """The song in a well-formed file, read by symusic; None where the file is another."""
    try:
        try:
            return _well_formed(data, closely=False)
        except _CloserError:
            return _well_formed(data, closely=True)
    except (_OddError, IndexError):
        return None


def _well_formed(data: bytes, closely: bool) -> Song:
    """The song in a well-formed file.

    Raises:
        _OddError, IndexError: the file is another.
        _CloserError: it must be read with ``closely``.
    """
    if len(data) > _QUICK_BYTES or data[:9] != b"MThd\0\0\0\6\0" or data[9] > 1:
        raise _OddError
    if _TITLE_TAG in data:  # texts are passed over here
        raise _OddError
    resolution = data[12] << 8 | data[13]
    if not 0 < resolution < 0x8000:
        raise _OddError
    song = Song(resolution)
    tracks = []
    position = 14
    for _ in range(data[10] << 8 | data[11]):
        start = position + 8
        if data[position : position + 4] != b"MTrk":
            raise _OddError
        position = start + int.from_bytes(data[position + 4 : start], "big")
        if position > len(data):
            raise _OddError
        tracks.append(_looked_through(data, start, position, song, closely))
    if position != len(data):
        raise _OddError
    _take(data, tracks, song, closely)
    return song


def _looked_through(data: bytes, at: int, end: int, song: Song, closely: bool) -> _Track:
    """Look whether a track is well-formed, and take up its tempos, metres and keys."""
    track = _Track()
    while track.most < _INT:
        if data[at : at + 3] in _WORDS and data[at + 3] < 128:
            # Nothing that is used, at once.
            at += 4 + data[at + 3]
            if at > end:
                break
            continue
        begun = at
        delta = data[at]
        at += 1
        if delta & 0x80:
            delta, at = _number(data, begun)
        status = data[at]
        if status == 0xFF or status == 0xF0:
            kind = 0
            if status == 0xFF:
                at += 1
                kind = data[at]
            length = data[at + 1]
            at += 2
            if length & 0x80:
                length, at = _number(data, at - 1)
            begun, at = at, at + length
            if delta:
                track.tick += delta
                track.since += delta
                track.most += delta
            if at > end or kind & 0x80:
                break
            if status == 0xF0:
                if data[at - 1] != 0xF7 or data[begun : at - 1].translate(None, _HIGH) != data[begun : at - 1]:
                    break
            elif kind == 0x2F:
                if length or at != end:
                    break
                return track
            elif kind in _LENGTHS:
                if length != _LENGTHS[kind] or (kind == 0x58 and data[begun + 1] > _FINEST):
                    break
                _add_up(data, track)
                _meta(song, track.tick, kind, data[begun:at])
            elif kind == 0x03:
                track.name = track.name or _raw(data[begun:at])
        elif 0x80 <= status < 0xF0:
            at = _run(data, begun, end, track, closely)
        else:
            break
    raise _OddError


def _run(data: bytes, begun: int, end: int, track: _Track, closely: bool) -> int:
    """Look through the events of channels from ``begun`` on; where the next event is."""
    if not closely:
        if track.events == track.events_read:
            at = _notes(data, begun, end, track)
            if at:
                return at
        full = at = _end(_FULL, data, begun, end)
        if at > begun:
            if not _NO_CHANNEL.match(data, at, end):
                at = _end(_RUNNING, data, at, end)
            if _NO_CHANNEL.match(data, at, end):
                # Each event has three bytes below 128: the last of its time, the pitch and the velocity.
                events = len(data[begun:at].translate(None, _HIGH)) // 3
                track.events += events
                track.most += events << 14
                track.since = 0
                track.runs.append((begun, at))
                if at == full:
                    track.full.append((begun, at))
                else:
                    track.skimmed = True
                return at
        elif not track.events:
            at = _end(_OTHER, data, begun, end)
            if at > begun and _STATUS.match(data, at, end):
                _detail(data, begun, at, track)
                return at
    at = _end(_EVENTS, data, begun, end)
    if at == begun or not _NO_CHANNEL.match(data, at, end):
        raise _OddError
    _add_up(data, track)
    _detail(data, begun, at, track)
    return at


def _notes(data: bytes, begun: int, end: int, track: _Track) -> int:
    """Take up the columns of a run of notes; where the next event is, or 0 if there are others in it, or very long times.

    Three bytes of each event are below 128: the last of its time, the pitch and the velocity. So the bytes below 128 are columns,
    three abreast. Only the byte before the first (of a longer time) and before the second of these (the status) may be above: that
    the bytes above are as many as those of these places tells that there are no others.
    """
    at = data.find(b"\xff", begun, end) - 1
    while at > begun and data[at - 1] > 127:
        at -= 1
    if at <= begun:
        return 0
    size = at - begun
    values = data[begun:at].translate(None, _HIGH)
    count, rest = divmod(len(values), 3)
    if rest:
        return 0
    (low,) = (np.frombuffer(data, np.int8, size, begun) >= 0).nonzero()
    before = np.frombuffer(data, np.uint8, size, begun - 1).take(low).tobytes()
    longer = before[0::3] if data[begun] > 127 else b"\0" + before[3::3]
    above = size - len(values) - len(longer.translate(None, _LOW))
    statuses = before[1::3]
    if above == count:
        if statuses.translate(None, _NOTES):
            return 0
        track.full.append((begun, at))
    elif above == 1 and 0x80 <= statuses[0] < 0xA0:
        # One status for all.
        statuses = statuses[:1] * count
        track.skimmed = True
    else:
        return 0
    ticks = _HIGHER.take(np.frombuffer(longer, np.uint8))
    ticks += np.frombuffer(values[0::3], np.int8)
    if track.tick:
        ticks[0] += track.tick
    ticks = np.add.accumulate(ticks)
    track.read.append((ticks, statuses, values))
    track.events += count
    track.events_read += count
    last = int(ticks[-1])
    track.most += last - track.tick
    track.tick = last
    return at


def _voices(track: _Track) -> list[Voice] | None:
    """The voices of a track of which all notes are read, by channel in the order in which they begin.

    None where a note's beginning or end has no other, or one begins before another of its pitch and channel has ended.
    """
    ticks, statuses, values = track.read[0]
    if len(track.read) > 1:
        columns, *rest = zip(*track.read, strict=True)
        ticks, statuses, values = np.concatenate(columns), *map(b"".join, rest)
    first, last, pitches = statuses[0], statuses[1:2], values[1::6]
    if (
        first >= 0x90
        and values[4::6] == pitches
        and statuses == (statuses[:1] + last) * len(pitches)
        and 0 not in values[2::6]
        and (last[0] == first - 16 or (last[0] == first and not values[5::6].strip(b"\0")))
    ):
        # Each ends before the next begins.
        channel = first & 0x0F
        notes = Notes(ticks.reshape(-1, 2).T, np.frombuffer(pitches, np.int8), np.frombuffer(values[2::6], np.int8))
        return [Voice(track.name, channel == 9, track.programs.get(channel, 0), notes, track.tick, ticks)]
    return _paired(ticks, statuses, values, track)


def _paired(ticks: NDArray[np.int64], statuses: bytes, values: bytes, track: _Track) -> list[Voice] | None:
    """The voices of a track's columns; see :func:`_voices`."""
    status = np.frombuffer(statuses, np.uint8)
    pitch, velocity = np.frombuffer(values[1::3], np.int8), np.frombuffer(values[2::3], np.int8)
    begins = (status >= 0x90) & (velocity > 0)
    key = _KEYS.take(status) + pitch
    order = key.argsort(kind="stable")
    in_order = begins[order].tobytes()
    key = key[order]
    on, off = order[0::2], order[1::2]
    if in_order != b"\1\0" * len(on) or np.count_nonzero(key[0::2] != key[1::2]):
        return None
    # The keys go up: each channel's notes stand together.
    bounds = key[0::2].searchsorted(_FIRST_KEYS).tolist()
    voices: list[tuple[int, Voice]] = []
    for channel in range(16):
        first, last = bounds[channel : channel + 2]
        if first == last:
            continue
        began = on[first:last]
        again = began.argsort()
        began = began[again]
        times = np.empty((2, last - first), np.int64)
        times[0] = ticks[began]
        times[1] = ticks[off[first:last][again]]
        notes = Notes(times, pitch[began], velocity[began])
        voice = Voice(track.name, channel == 9, track.programs.get(channel, 0), notes, track.tick)
        voices.append((int(began[0]), voice))
    return [voice for _, voice in sorted(voices, key=lambda one: one[0])]


def _end(expression: re.Pattern[bytes], data: bytes, begun: int, end: int) -> int:
    found = expression.match(data, begun, end)
    return found.end() if found else begun


def _detail(data: bytes, begun: int, end: int, track: _Track) -> None:
    """Take up what each event of channels says about time and instruments."""
    tick, events, kind, channel = 0, 0, 0, 0
    for time, status, values, single in _EVENT.findall(data, begun, end):
        tick += _times[time]
        if status:
            kind, channel = status[0] & 0xF0, status[0] & 0x0F
        elif single:
            kind = single[0] & 0xF0
            if kind == 0xC0:
                channel, program = single[0] & 0x0F, single[1]
                if track.programs.get(channel, 0) != program:
                    if track.full or track.skimmed:
                        raise _CloserError
                    track.programs[channel] = program
                    track.changes = track.changes or channel in track.voices
        if kind <= 0x90:
            events += 1
            if kind == 0x90 and values[1] and channel not in track.voices:
                track.voices[channel] = track.programs.get(channel, 0)
    track.tick += tick
    track.since += tick
    track.most += tick
    track.events += events


def _add_up(data: bytes, track: _Track) -> None:
    """Add up the times of the runs that were passed over."""
    for begun, end in track.runs:
        track.tick += sum(_times[event[0]] for event in _EVENT.findall(data, begun, end))
    track.runs.clear()


def _number(data: bytes, at: int) -> tuple[int, int]:
    """The number of variable length at ``at``, and where it ends."""
    number = 0
    for _ in range(4):
        byte = data[at]
        at += 1
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at
    raise _OddError


def _take(data: bytes, tracks: Sequence[_Track], song: Song, closely: bool) -> None:
    """Give each voice its notes: those of the lines, or what symusic reads."""
    limit = MAX_QUARTERS * song.resolution
    if all(track.events == track.events_read for track in tracks):
        read: list[Voice] = []
        names: list[str] = []
        for track in tracks:
            if not track.read:
                names.append(track.name)
            elif track.read[-1][0][-1] > limit:
                raise _OddError
            else:
                voices = _voices(track)
                if voices is None:
                    break
                read += voices
        else:
            song.voices, song.names = read, names
            return
    parts: list[Any] = []
    if any(track.events for track in tracks):
        from symusic import Score

        try:
            parts = [part for part in Score.from_midi(data).tracks if len(part.notes)]
        except Exception as error:  # whatever it does not like, the patient way may
            raise _OddError from error
    # Only if each event of a note begins or ends one that is there, symusic paired them as they should be.
    if 2 * sum(len(part.notes) for part in parts) != sum(track.events for track in tracks):
        raise _OddError
    used = 0
    for track in tracks:
        first, begun = used, 0
        while begun < track.events:
            begun += 2 * len(parts[used].notes)
            used += 1
        if not begun:
            song.names.append(track.name)
            continue
        divided = _divided(data, track, parts[first:used], closely)
        last = max(int(np.maximum.reduce(notes.times[1])) for _, _, notes in divided)
        if last > limit:
            raise _OddError
        end = last + track.since if track.runs else track.tick
        song.voices += [Voice(track.name, drums, program, notes, end) for drums, program, notes in divided]


def _divided(data: bytes, track: _Track, parts: list[Any], closely: bool) -> list[tuple[bool, int, Notes]]:
    """The notes by channel, in the order in which channels begin; symusic orders them by channel and divides by program."""
    if len(parts) == 1 and not track.changes:
        return [(parts[0].is_drum, parts[0].program, columns(parts[0]))]
    if closely:
        channels = list(track.voices)
    elif track.skimmed or track.voices or track.changes:
        raise _CloserError
    else:
        channels = _channels(data, track.full, len(parts))
    if len(channels) == 1:
        merged = Notes(*(np.concatenate(column, axis=-1) for column in zip(*map(columns, parts), strict=True)))
        return [(channels[0] == 9, track.voices[channels[0]], merged)]
    if len(channels) != len(parts) or track.changes:
        raise _OddError
    part_of = dict(zip(sorted(channels), parts, strict=True))
    return [(channel == 9, part_of[channel].program, columns(part_of[channel])) for channel in channels]


def _channels(data: bytes, runs: Sequence[tuple[int, int]], most: int) -> list[int]:
    found: dict[int, None] = {}
    for begun, end in runs:
        for status in _BEGUN.finditer(data, begun, end):
            found[data[status.start()] & 0x0F] = None
            if len(found) == most:
                return list(found)
    return list(found)


def columns(part: Any) -> Notes:
    """The notes of a track of symusic."""
    values = part.notes.numpy()
    start = values["time"]
    times = np.empty((2, len(start)), np.int64)
    times[0] = start
    np.add(start, values["duration"], out=times[1])
    return Notes(times, values["pitch"], values["velocity"])


# -- any other file ------------------------------------------------------------------------------------------------------


class _DamageError(Exception):
    """Something in a track that cannot be read on."""


def _patient(data: bytes) -> Song:
    """The song in any bytes; see :func:`parse`."""
    data, origin = _unwrapped(data)
    if data[:4] != b"MThd":
        raise DamagedFileError("not a MIDI file: it begins with {shown}, and MIDI begins with 'MThd'", shown=_shown(data[:4]))
    if len(data) < 14:
        raise DamagedFileError("damaged: the header ends at byte {origin}, and needs 14", origin=origin + len(data))
    header = int.from_bytes(data[4:8], "big")
    kind, division = int.from_bytes(data[8:10], "big"), int.from_bytes(data[12:14], "big")
    if not 6 <= header <= len(data) - 8:
        raise DamagedFileError("damaged: the header says that it is {header} bytes long", header=header)
    if kind > 2:
        raise DamagedFileError("damaged: the header gives format {kind}, and there are formats 0, 1 and 2", kind=kind)
    remarks: list[str] = []
    tempos: list[TempoChange] = []
    resolution: float
    if division & 0x8000:
        frames, per_frame = 256 - (division >> 8), division & 0xFF
        if frames not in (24, 25, 29, 30) or per_frame == 0:
            raise DamagedFileError(
                "damaged: the header gives the division {division:#06x}, which is no time code", division=division
            )
        # Time-code files have no tempo; a quarter is taken as half a second.
        resolution = frames * per_frame / 2
        remarks.append(Message("it is timed in film frames, not in beats: 120 quarters a minute were assumed"))
    elif division == 0:
        raise DamagedFileError("damaged: the header gives 0 ticks a quarter")
    else:
        resolution = division
    song = Song(resolution, remarks=remarks, tempos=tempos)
    position, number, count = 8 + header, 0, 0
    damage: list[str] = []
    offset = 0
    while position + 8 <= len(data):
        kind_of_chunk, size = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "big")
        start, end = position + 8, position + 8 + size
        if kind_of_chunk != b"MTrk":
            if not kind_of_chunk.isalnum() or end > len(data):
                damage.append(
                    Message(
                        "at byte {origin} a track was expected, not {shown}", origin=origin + position, shown=_shown(kind_of_chunk)
                    )
                )
                break
            position = end
            continue
        number += 1
        if end > len(data):
            damage.append(
                Message(
                    "track {number} should be {size} bytes long, but the file ends after {count} of them",
                    number=number,
                    size=size,
                    count=len(data) - start,
                )
            )
            end = len(data)
        try:
            last = _track(data, start, end, song, origin, offset)
        except _DamageError as error:
            damage.append(Message("track {number}: {reason}", number=number, reason=error))
            last = 0
        if kind == 2:
            # The tracks of format 2 are patterns that follow one another.
            offset = max(offset, last)
        count = sum(voice.notes.number for voice in song.voices)
        if count > MAX_NOTES:
            raise FileError("it has more than {max_notes:,} notes, which no song has", max_notes=MAX_NOTES)
        position = end
    if not number and not damage:
        damage.append(Message("the file ends with its header: it has no tracks"))
    if damage and not count:
        raise DamagedFileError("damaged: {reason}", reason=damage[0])
    if damage:
        song.remarks.append(
            Message("it is damaged ({reason}); what comes before the damage was read", reason="; ".join(damage[:3]))
        )
    if division & 0x8000:
        song.tempos = []
    return song


def _unwrapped(data: bytes) -> tuple[bytes, int]:
    """The Standard MIDI File inside a RIFF file, and where it begins; other data as they are."""
    if data[:4] == b"RIFF":
        position = 12
        while position + 8 <= len(data):
            name, size = data[position : position + 4], int.from_bytes(data[position + 4 : position + 8], "little")
            if name == b"data":
                return data[position + 8 : position + 8 + size], position + 8
            position += 8 + size + size % 2
        raise DamagedFileError("damaged: it is a RIFF file without MIDI data in it")
    return data, 0


def _shown(head: bytes) -> str:
    if not head:
        return "nothing"
    if all(32 <= byte < 127 for byte in head):
        return repr(head.decode("ascii"))
    return "the bytes " + " ".join(f"{byte:02X}" for byte in head)


def _track(data: bytes, position: int, end: int, song: Song, origin: int, offset: int) -> int:
    """Read one track's events into ``song``; the tick of its end."""
    tick, status, running, name, count = offset, 0, 0, "", 0
    limit = MAX_QUARTERS * song.resolution
    open_notes: dict[int, list[tuple[int, int]]] = {}
    voices: dict[int, list[Note]] = {}
    first_programs: dict[int, int] = {}
    programs: dict[int, int] = {}
    metas: list[tuple[int, int, bytes]] = []
    damage = ""
    try:
        while position < end:
            byte = data[position]
            position += 1
            delta = byte & 0x7F
            size = 1
            while byte & 0x80:
                byte = data[position]
                position += 1
                size += 1
                delta = delta << 7 | byte & 0x7F
                if size > 4:
                    raise _DamageError(f"the time at byte {origin + position} has no end")
            tick += delta
            byte = data[position]
            if byte & 0x80:
                status = byte
                position += 1
                if byte < 0xF0:
                    # Running status goes on after a meta event or a system message, in files that rely on it.
                    running = byte
            elif running:
                status = running
            else:
                raise _DamageError(f"byte {origin + position} should begin an event")
            kind = status & 0xF0
            if kind == 0x90 or kind == 0x80:
                pitch, velocity = data[position], data[position + 1]
                if (pitch | velocity) & 0x80:
                    raise _DamageError(f"the note at byte {origin + position} is out of range")
                position += 2
                channel = status & 0x0F
                waiting = open_notes.setdefault(channel << 7 | pitch, [])
                if tick > limit:
                    raise _DamageError(f"at byte {origin + position} a note is more than {MAX_QUARTERS:,} quarters after the start")
                if kind == 0x90 and velocity:
                    waiting.append((tick, velocity))
                    count += 1
                    if count > MAX_NOTES:
                        raise FileError("it has more than {max_notes:,} notes, which no song has", max_notes=MAX_NOTES)
                    if channel not in voices:
                        voices[channel] = []
                        first_programs[channel] = programs.get(channel, 0)
                elif waiting:
                    start, loudness = waiting.pop(0)
                    voices[channel].append(Note(start, tick, pitch, loudness))
            elif kind == 0xC0:
                programs[status & 0x0F] = data[position] & 0x7F
                position += 1
            elif kind == 0xD0:
                position += 1
            elif kind != 0xF0:
                position += 2
            elif status in (0xFF, 0xF0, 0xF7):
                meta = -1
                if status == 0xFF:
                    meta = data[position]
                    position += 1
                length = 0
                for _ in range(4):
                    byte = data[position]
                    position += 1
                    length = length << 7 | byte & 0x7F
                    if not byte & 0x80:
                        break
                else:
                    raise _DamageError(f"the length at byte {origin + position} has no end")
                if position + length > end:
                    raise _DamageError(f"the event at byte {origin + position} should have {length} bytes more than there are")
                if meta == 0x2F:
                    break
                if meta in (0x03, 0x51, 0x58, 0x59) or (meta == 0x01 and data.startswith(_TITLE_TAG, position)):
                    metas.append((tick, meta, data[position : position + length]))
                position += length
            else:
                raise _DamageError(f"byte {origin + position - 1} ({status:02X}) is no event of a file")
    except IndexError:
        damage = f"it ends inside an event at byte {origin + len(data)}"
    except _DamageError as error:
        damage = str(error)
    for key, waiting in open_notes.items():
        # Notes that are never ended sound until the track ends.
        voices_of = voices.get(key >> 7)
        if voices_of is not None and not damage:
            last = min(tick, int(limit))
            voices_of.extend(Note(start, max(last, start + 1), key & 0x7F, loudness) for start, loudness in waiting)
    for at, meta, value in metas:
        if meta == 0x03:
            name = name or _raw(value)
        elif meta == 0x01:
            # The first gives the title, others the artist and such.
            song.title = song.title or _raw(value[2:])
        else:
            _meta(song, at, meta, value)
    found = {channel: notes for channel, notes in voices.items() if notes}
    song.voices += [Voice(name, channel == 9, first_programs[channel], Notes.of(notes), tick) for channel, notes in found.items()]
    if not found:
        song.names.append(name)
    if damage:
        raise _DamageError(damage)
    return tick
