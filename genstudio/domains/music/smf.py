"""Parse Standard MIDI Files: from bytes to the notes of each voice, in the ticks of the file.

There is one reader for well-formed, damaged and hostile files. It reads a track event by event. Only where many events with two
values (notes, controllers, bends) follow one another, they are read together as columns (:func:`_columns`); where these end, it
goes on event by event. Time and memory are bounded by the size of the file.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.encoding import decode_names
from genstudio.domains.music.notes import Note
from genstudio.domains.music.time import MetreChange, TempoChange
from genstudio.errors import DamagedFileError, FileError, Message

__all__ = ["LYRIC", "MARKER", "MAX_NOTES", "MAX_QUARTERS", "PRIVATE", "TAG", "TEXT", "Notes", "Song", "Text", "Voice", "parse"]

MAX_NOTES = 500_000
MAX_QUARTERS = 40_000
"""The longest song in quarters (more than five hours at 120 per minute)."""
SLOWEST, FASTEST = 10.0, 1000.0
_MOST_TRACKS = 65_535  # that a header can state
TEXT, LYRIC, MARKER, PRIVATE = 0x01, 0x05, 0x06, 0x7F
"""The kinds of a :class:`Text`: meta events for text, lyrics and markers, and those that one program writes for itself."""
TAG = b"\x7dGenStudio "
"""How events begin that we wrote for ourselves: with the manufacturer of what is not sold, then our name."""
_MOST_TEXTS = 100_000  # of a song
_FINEST = 6  # the finest denominator of a metre is 2 to the power of 6, a sixty-fourth


class Notes(NamedTuple):
    """Notes as columns of integers.

    times: int64 [2, notes], the ticks where they start and where they end.
    pitch, velocity: int8 [notes], 0 .. 127.
    """

    times: NDArray[np.int64]
    pitch: NDArray[np.int8]
    velocity: NDArray[np.int8]

    @classmethod
    def of(cls, rows: Sequence[Note]) -> Notes:
        """Make columns of a sequence of notes."""
        columns = np.array(rows, np.int64).reshape(-1, 4).T
        values = columns[2:].clip(0, 127).astype(np.int8)
        return cls(columns[:2], values[0], values[1])

    @property
    def number(self) -> int:
        """The number of notes."""
        return len(self.pitch)

    def taken(self, which: NDArray[Any] | slice) -> Notes:
        """The notes at some indices, or where a mask is true."""
        return Notes(self.times[:, which], self.pitch[which], self.velocity[which])

    def ordered(self) -> Notes:
        """The notes sorted by start, end, pitch and velocity."""
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
    end: int  # tick of the end of the track
    track: int = 0  # number of the track, from 1


class Text(NamedTuple):
    """A text in a track: its tick, its kind (:data:`TEXT` …), the number of the track from 1, and the text with its spaces."""

    tick: int
    kind: int
    track: int
    text: str


@dataclass
class Song:
    """The content of a MIDI file, in its own ticks (``resolution`` per quarter)."""

    resolution: float
    voices: list[Voice] = field(default_factory=list)
    metres: list[MetreChange] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)
    keys: list[tuple[int, int, bool]] = field(default_factory=list)  # tick, sharps, minor
    title: str = ""  # as a karaoke file states it
    names: list[str] = field(default_factory=list)  # of tracks without notes; one may be the title
    texts: list[Text] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def parse(data: bytes) -> Song:
    """The song in the bytes of a Standard MIDI File, or of one wrapped in RIFF.

    A damaged track is read up to the damage, with a remark, if there are any notes in the file.

    Raises:
        DamagedFileError: it is not a MIDI file or is damaged before its first note; the message is a clause without the path.
    """
    song = _song(data)
    _decode_names(song, data)
    return song


_HINTS = ((b"{@JP}", "cp932"), (b"@LJAP", "cp932"), (b"@LKOR", "cp949"), (b"@LRUS", "cp1251"), (b"{@LATIN}", "cp1252"))
"""Marks of the encoding of texts in a file: the tags of lyrics, and the languages of karaoke files."""


def _decode_names(song: Song, data: bytes) -> None:
    """Decode the names of voices and song and all texts; before, each of their characters stands for a byte."""
    raw = [*(voice.name for voice in song.voices), *song.names, song.title]
    if not all(text.text.isascii() for text in song.texts):
        words = [text.text.encode("latin-1") for text in song.texts]
        hint = next((encoding for tag, encoding in _HINTS if tag in data), "")
        song.texts = [text._replace(text=word) for text, word in zip(song.texts, decode_names(words, hint), strict=True)]
    if not all(map(str.isascii, raw)):
        hint = next((encoding for tag, encoding in _HINTS if tag in data), "")
        raw = decode_names([name.encode("latin-1") for name in raw], hint)
    names = list(map(_tidy, raw))
    for voice, name in zip(song.voices, names, strict=False):
        voice.name = name
    song.names, song.title = [name for name in names[len(song.voices) : -1] if name], names[-1]


def _meta(song: Song, tick: int, kind: int, value: bytes) -> None:
    """Add a tempo, metre or key to the song."""
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
    """Quarters per minute: the number with the fewest digits that gives these microseconds per quarter, rounded up or down."""
    if microseconds <= 0:
        return 0.0
    bpm = 60e6 / microseconds
    for digits in range(4):
        rough = round(bpm, digits)
        if rough > 0 and abs(60e6 / rough - microseconds) < 1:
            return rough
    return round(bpm, 4)


def _raw(value: bytes) -> str:
    """A text with each byte as a character; the encoding is detected later, from all names together."""
    return value[:10_000].decode("latin-1").strip(" \0\t\r\n")


def _tidy(text: str) -> str:
    text = text[:200]
    return " ".join((text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)).split())


def _song(data: bytes) -> Song:
    """Parse a song, but for the encoding of its names; see :func:`parse`."""
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
        # Files with time code have no tempo; a quarter is taken to be half a second.
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
        if number > _MOST_TRACKS:
            damage.append(Message("it has more than {most:,} tracks", most=_MOST_TRACKS))
            break
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
        before = len(song.voices)
        try:
            last = _track(data, start, end, song, origin, offset, number)
        except _DamageError as error:
            damage.append(Message("track {number}: {reason}", number=number, reason=error))
            last = 0
        if kind == 2:
            # The tracks of format 2 are patterns that follow one another.
            offset = max(offset, last)
        count += sum(voice.notes.number for voice in song.voices[before:])
        _check_number(count)
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
    """The Standard MIDI File inside a RIFF file and its position; other data are returned unchanged."""
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


# -- the events of a track -----------------------------------------------------------------------------------------------

_TITLE_TAG = b"@T"  # begins the title in the texts of karaoke files
_FEWEST, _MOST = 100, 1 << 12  # bytes that are read as columns at once: fewer are not faster, and more are often wasted
_TEXTS = (TEXT, LYRIC, MARKER, PRIVATE)
_LONGEST_TEXT = 1000  # bytes
_METAS = (0x51, 0x58, 0x59)  # tempo, metre and key
_PAIRED = (0x80, 0x90, 0xA0, 0xB0, 0xE0)  # kinds of events that have two values
_HIGHER = np.array([0] * 128 + [byte << 7 for byte in range(128)])  # the value of the last byte but one of a time
_OTHER = bytes(byte >= 0x80 and byte & 0xF0 not in _PAIRED for byte in range(256))  # 1: of another event, or of a longer time


class _DamageError(Exception):
    """A track cannot be read any further."""


class _Events(NamedTuple):
    """Events as columns: ticks int64 [events], status uint8 [events], the two values int8 [events], 0 .. 127."""

    tick: NDArray[np.int64]
    status: NDArray[np.uint8]
    pitch: NDArray[np.int8]
    velocity: NDArray[np.int8]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int, int]]) -> _Events:
        """Make columns of a sequence of events."""
        tick, status, pitch, velocity = np.array(rows, np.int64).reshape(-1, 4).T
        return cls(tick, status.astype(np.uint8), pitch.astype(np.int8), velocity.astype(np.int8))

    def taken(self, which: NDArray[np.bool_]) -> _Events:
        """The events where a mask is true."""
        return _Events(self.tick[which], self.status[which], self.pitch[which], self.velocity[which])


def _track(data: bytes, position: int, end: int, song: Song, origin: int, tick: int, number: int) -> int:
    """Read one track into ``song``.

    Args:
        data: the file.
        position: the start of the events of the track in ``data``.
        end: the end of the events.
        song: receives the voices (or the name, if there are no notes), metres, tempos, keys, title and texts.
        origin: the position of ``data`` in the whole file, for messages.
        tick: the tick at which the track begins.
        number: of the track, from 1.

    Returns:
        The tick at which the track ends.

    Raises:
        _DamageError: the track cannot be read to its end; ``song`` has everything before the damage.
        FileError: it has too many notes.
    """
    limit = int(MAX_QUARTERS * song.resolution)
    first, columns_from = position, position
    others = data[position:end].translate(_OTHER)
    running = events = 0
    name = damage = ""
    blocks: list[_Events] = []
    rows: list[tuple[int, int, int, int]] = []  # the events that are not in ``blocks`` yet
    programs: list[tuple[int, int, int]] = []  # the number of note events before it, channel, program
    try:
        while position < end:
            begun = position
            delta = data[position]
            position += 1
            if delta & 0x80:
                delta, position = _number(data, begun, origin)
            tick += delta
            status = data[position]
            if status & 0x80:
                position += 1
            elif running:
                status = running
            else:
                raise _DamageError(f"byte {origin + position} should begin an event")
            kind = status & 0xF0
            if begun >= columns_from and kind in _PAIRED:
                stop = min(begun + _MOST, end)
                other = others.find(1, begun - first, stop - first)
                stop = stop if other < 0 else first + other
                columns_from = stop + 1
                if stop - begun >= _FEWEST:
                    block, size = _columns(data[begun:stop], tick - delta, running)
                    if size and block.tick[-1] <= limit:
                        position = begun + size
                        if size >= _FEWEST:
                            columns_from = position + 1
                        tick, running = int(block.tick[-1]), int(block.status[-1])
                        if np.maximum.reduce(block.status) >= 0xA0:
                            notes = block.status < 0xA0
                            block = block.taken(notes)
                        if rows:
                            blocks.append(_Events.of(rows))
                            rows = []
                        blocks.append(block)
                        events += len(block.tick)
                        _check_number(events // 2)
                        continue
            if kind != 0xF0:
                # Some files rely on running status after a meta event or a system message.
                running = status
            if kind == 0x90 or kind == 0x80:
                pitch, velocity = data[position], data[position + 1]
                if (pitch | velocity) & 0x80:
                    raise _DamageError(f"the note at byte {origin + position} is out of range")
                position += 2
                if tick > limit:
                    raise _DamageError(f"at byte {origin + position} a note is more than {MAX_QUARTERS:,} quarters after the start")
                rows.append((tick, status, pitch, velocity))
                events += 1
                if events & 0xFFFF == 0:
                    _check_number(events // 2)
            elif kind == 0xC0:
                programs.append((events, status & 0x0F, data[position] & 0x7F))
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
                length = data[position]
                position += 1
                if length & 0x80:
                    length, position = _number(data, position - 1, origin)
                if position + length > end:
                    raise _DamageError(f"the event at byte {origin + position} should have {length} bytes more than there are")
                if meta == 0x2F:
                    break
                value = data[position : position + length]
                position += length
                if meta == 0x03:
                    name = name or _raw(value)
                elif meta in _METAS:
                    _meta(song, tick, meta, value)
                elif meta == 0x01 and value.startswith(_TITLE_TAG):
                    # The first one is the title, others are the artist etc.
                    song.title = song.title or _raw(value[2:])
                elif meta in _TEXTS and len(song.texts) < _MOST_TEXTS and (meta != PRIVATE or value.startswith(TAG)):
                    text = value.removeprefix(TAG) if meta == PRIVATE else value
                    song.texts.append(Text(tick, meta, number, text[:_LONGEST_TEXT].decode("latin-1")))
            else:
                raise _DamageError(f"byte {origin + position - 1} ({status:02X}) is no event of a file")
    except IndexError:
        damage = f"it ends inside an event at byte {origin + len(data)}"
    except _DamageError as error:
        damage = str(error)
    if rows:
        blocks.append(_Events.of(rows))
    voices = []
    if blocks:
        columns: Any = map(np.concatenate, zip(*blocks, strict=True)) if len(blocks) > 1 else blocks[0]
        voices = _voices(name, _Events(*columns), programs, tick, None if damage else min(tick, limit))
    for voice in voices:
        voice.track = number
    song.voices += voices
    if not voices:
        song.names.append(name)
    if damage:
        raise _DamageError(damage)
    return tick


def _check_number(notes: int) -> None:
    """Refuse a song with too many notes.

    Raises:
        FileError: there are more notes than in any song.
    """
    if notes > MAX_NOTES:
        raise FileError("it has more than {max_notes:,} notes, which no song has", max_notes=MAX_NOTES)


def _number(data: bytes, position: int, origin: int) -> tuple[int, int]:
    """The number of variable length at ``position``, and the position of its end.

    Raises:
        _DamageError: it has more than four bytes; ``origin`` is the position of ``data`` in the file.
        IndexError: the data end within it.
    """
    byte = data[position]
    number = byte & 0x7F
    end = position + 1
    while byte & 0x80:
        if end - position == 4:
            raise _DamageError(f"the number at byte {origin + position} has no end")
        byte = data[end]
        number = number << 7 | byte & 0x7F
        end += 1
    return number, end


def _columns(data: bytes, tick: int, running: int) -> tuple[_Events, int]:
    """Read the events at the beginning of some bytes, as long as they are well-formed and have two values and short times.

    In each such event three bytes are below 128: the last byte of its time, and its values. A byte above may come before the first
    of these (time) and before the second (status).

    Args:
        data: bytes without the beginning of an event of another kind.
        tick: of the event before.
        running: the running status, or 0 where there is none.

    Returns:
        The events, and the number of their bytes.
    """
    raw = np.frombuffer(b"\0" + data, np.int8)  # bytes above 127 are negative
    (low,) = (raw >= 0).nonzero()
    count = (len(low) - 1) // 3
    low = low[1 : 3 * count + 1]
    before = raw.take(low - 1)
    longer, stated = before[0::3], before[1::3] < 0
    above = np.count_nonzero(longer < 0) + np.count_nonzero(stated)
    if count and (low[-1] != 3 * count + above or not (stated[0] or running & 0xF0 in _PAIRED)):
        # Not all of the bytes are such events.
        gap = np.diff(low, prepend=0)
        good = (gap[0::3] <= 2) & (gap[1::3] <= 2) & (gap[2::3] == 1)
        good[0] &= stated[0] or running & 0xF0 in _PAIRED
        count = int(np.append(good, False).argmin())
        low, before, longer, stated = low[: 3 * count], before[: 3 * count], longer[:count], stated[:count]
    values = raw.take(low)
    ticks = _HIGHER.take(longer)
    ticks += values[0::3]
    ticks[:1] += tick
    status = before[1::3].view(np.uint8)
    if np.count_nonzero(stated) < count:
        latest = np.maximum.accumulate(np.where(stated, np.arange(count), -1))
        status = np.append(status, np.uint8(running))[latest]
    return _Events(np.add.accumulate(ticks), status, values[1::3], values[2::3]), int(low[-1]) if count else 0


def _voices(name: str, events: _Events, programs: Sequence[tuple[int, int, int]], end: int, last: int | None) -> list[Voice]:
    """The voices of a track, one per channel, in the order in which they begin.

    Args:
        name: of the track.
        events: the note events.
        programs: for each change of program, the number of events before it, its channel and the program.
        end: the tick at which the track ends.
        last: the end (tick) for notes without an end; None leaves them out.
    """
    channels = events.status & 0x0F
    pairs = _pairs(channels * np.int16(128) + events.pitch, (events.status >= 0x90) & (events.velocity > 0))
    endless = pairs[1] < 0
    if np.count_nonzero(endless) and last is None:
        pairs = pairs[:, ~endless]
    on, times = pairs[0], events.tick.take(pairs)
    if np.count_nonzero(endless) and last is not None:
        times[1, endless] = np.maximum(times[0, endless] + 1, last)
    notes = Notes(times, events.pitch.take(on), events.velocity.take(on))
    channel_of = channels.take(on)
    several = np.count_nonzero(channel_of[1:] != channel_of[:-1]) > 0
    voices = []
    for channel in dict.fromkeys((channel_of if several else channel_of[:1]).tobytes()):
        own = (channel_of == channel).nonzero()[0] if several else np.arange(1)
        program = 0
        for before, of, value in programs:
            if of == channel and before <= on[own[0]]:
                program = value
        voices.append(Voice(name, channel == 9, program, notes.taken(own) if several else notes, end))
    return voices


def _pairs(keys: NDArray[np.int16], begins: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Pair the events that begin and end notes. Of several sounding notes with the same key, the first is ended first.

    Args:
        keys: channel and pitch of each event as one number, int16 [events].
        begins: whether each event begins a note, bool [events].

    Returns:
        int64 [2, notes], the index of the event that begins each note, ascending, and of the event that ends it, or -1.
    """
    pattern = b"\1\0" * (len(keys) // 2)
    if begins.tobytes() == pattern and not np.count_nonzero(keys[0::2] != keys[1::2]):
        return np.arange(len(keys), dtype=np.int64).reshape(-1, 2).T
    order = keys.argsort(kind="stable")
    in_order = keys.take(order)
    if begins.take(order).tobytes() == pattern and not np.count_nonzero(in_order[0::2] != in_order[1::2]):
        pairs: NDArray[np.int64] = order.reshape(-1, 2).T
        return pairs[:, pairs[0].argsort()]
    waiting: dict[int, deque[int]] = defaultdict(deque)
    ends: dict[int, int] = {}
    for index, (key, begun) in enumerate(zip(keys.data, begins.data, strict=True)):
        if begun:
            waiting[key].append(index)
            ends[index] = -1
        elif waiting[key]:
            ends[waiting[key].popleft()] = index
    return np.array([list(ends), list(ends.values())], np.int64)
