"""MIDI files <-> melodies.

The reader walks the events itself: the fast native readers crash on damaged files or split a voice where its instrument
changes, and a file from a stranger must give a reason, not end the program. What is read is bounded by the file's size.

Stated rules of reading
- Any resolution is rescaled to 480 ticks a quarter. With ``grid``, onsets and ends go to the nearest of the eighths and
  sixths of a quarter, and a note is held until the next one where the gap is shorter than an eighth of a quarter, or than a
  quarter of the note itself: such gaps are articulation, not rests. In a file written from notation (its times are fine
  divisions exactly) nothing is moved.
- One voice: a new onset ends the sounding note; of simultaneous onsets the highest stays.
- Pickup: a first metre that lasts for one bar shorter than the next metre's is one. Otherwise regular accents tell where
  bars begin. Otherwise, where the file ends with its last note, part of a bar over, and starts at once, that part (at most
  half a bar) is one if more notes then begin on bar lines. A start in the second half of
  a bar is one too; before it whole bars of silence are left out.
- A metre change inside a bar ends that bar early, where a metre of that length exists; else it waits for the bar line.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from genstudio.domains import _keys
from genstudio.domains._notes import (
    TICKS,
    Melody,
    MetreChange,
    Note,
    TempoChange,
    bar_ticks,
    build,
    metre_for,
    one_voice,
    supported_metre,
)
from genstudio.domains.base import ReadResult
from genstudio.errors import DamagedFileError, FileError, did_you_mean
from genstudio.files import replacing

if TYPE_CHECKING:
    import pretty_midi

__all__ = ["MAX_BYTES", "MAX_NOTES", "MAX_QUARTERS", "Song", "Voice", "from_pretty_midi", "melody_of", "parse", "read", "write"]

MAX_BYTES = 16_000_000
MAX_NOTES = 500_000
MAX_QUARTERS = 40_000
"""A song may last this many quarters (more than five hours at 120 a minute)."""
SLOWEST, FASTEST = 10.0, 1000.0

_MELODY_NAME = re.compile(
    r"melod|vocal|voice|vox|sing|lead|solo|tune|chant|gesang|stimme|cantus|soprano|旋律|主旋|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(
    r"bass|drum|perc|chord|pad\b|accomp|rhythm|harmon|backing|backup|\bcomp|begleit|left|伴奏|鼓|贝斯", re.IGNORECASE
)
_NO_TITLE = re.compile(r"(melody|melodie|voice|vocals?|lead|solo|tune|track|piano|untitled|midi.*)[\s#\d]*", re.IGNORECASE)
_GRID = (0, 60, 80, 120, 160, 180, 240)
_HALFWAY = tuple((a + b) / 2 for a, b in itertools.pairwise(_GRID))


@dataclass
class Voice:
    """The notes of one channel in one track, in the song's own ticks."""

    name: str
    channel: int
    program: int = 0
    notes: list[Note] = field(default_factory=list)
    end: int = 0  # tick of the end of its track


@dataclass
class Song:
    """What a MIDI file holds, in its own ticks (``resolution`` a quarter)."""

    resolution: float
    voices: list[Voice] = field(default_factory=list)
    metres: list[MetreChange] = field(default_factory=list)
    tempos: list[TempoChange] = field(default_factory=list)
    keys: list[tuple[int, int, bool]] = field(default_factory=list)  # tick, sharps, minor
    name: str = ""  # of the song, from a track without notes
    remarks: list[str] = field(default_factory=list)


class _Damage(Exception):
    """Something in a track that cannot be read on."""


def parse(data: bytes) -> Song:
    """The song in the bytes of a Standard MIDI File, or of one wrapped in RIFF.

    A track that is damaged is kept up to the damage and remarked upon, as long as the file gives some note.

    Raises:
        DamagedFileError: it is no MIDI file or is damaged before its first note; the message is a clause without the path.
    """
    data, origin = _unwrapped(data)
    if data[:4] != b"MThd":
        raise DamagedFileError(f"not a MIDI file: it begins with {_shown(data[:4])}, and MIDI begins with 'MThd'")
    if len(data) < 14:
        raise DamagedFileError(f"damaged: the header ends at byte {origin + len(data)}, and needs 14")
    header = int.from_bytes(data[4:8], "big")
    kind, division = int.from_bytes(data[8:10], "big"), int.from_bytes(data[12:14], "big")
    if not 6 <= header <= len(data) - 8:
        raise DamagedFileError(f"damaged: the header says that it is {header} bytes long")
    if kind > 2:
        raise DamagedFileError(f"damaged: the header gives format {kind}, and there are formats 0, 1 and 2")
    remarks: list[str] = []
    tempos: list[TempoChange] = []
    resolution: float
    if division & 0x8000:
        frames, per_frame = 256 - (division >> 8), division & 0xFF
        if frames not in (24, 25, 29, 30) or per_frame == 0:
            raise DamagedFileError(f"damaged: the header gives the division {division:#06x}, which is no time code")
        # Time-code files have no tempo; a quarter is taken as half a second.
        resolution = frames * per_frame / 2
        remarks.append("it is timed in film frames, not in beats: 120 quarters a minute were assumed")
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
                damage.append(f"at byte {origin + position} a track was expected, not {_shown(kind_of_chunk)}")
                break
            position = end
            continue
        number += 1
        if end > len(data):
            damage.append(f"track {number} should be {size} bytes long, but the file ends after {len(data) - start} of them")
            end = len(data)
        try:
            last = _track(data, start, end, song, origin, offset)
        except _Damage as error:
            damage.append(f"track {number}: {error}")
            last = 0
        if kind == 2:
            # The tracks of format 2 are patterns that follow one another.
            offset = max(offset, last)
        count = sum(len(voice.notes) for voice in song.voices)
        if count > MAX_NOTES:
            raise FileError(f"it has more than {MAX_NOTES:,} notes, which no song has")
        position = end
    if not number and not damage:
        damage.append("the file ends with its header: it has no tracks")
    if damage and not count:
        raise DamagedFileError(f"damaged: {damage[0]}")
    if damage:
        song.remarks.append(f"it is damaged ({'; '.join(damage[:3])}); what comes before the damage was read")
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
    tick, status, name, count = offset, 0, "", 0
    limit = MAX_QUARTERS * song.resolution
    open_notes: dict[int, list[tuple[int, int]]] = {}
    voices: dict[int, Voice] = {}
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
                    raise _Damage(f"the time at byte {origin + position} has no end")
            tick += delta
            byte = data[position]
            if byte & 0x80:
                status = byte
                position += 1
            elif not status & 0x80:
                raise _Damage(f"byte {origin + position} should begin an event")
            kind = status & 0xF0
            if kind == 0x90 or kind == 0x80:
                pitch, velocity = data[position], data[position + 1]
                if (pitch | velocity) & 0x80:
                    raise _Damage(f"the note at byte {origin + position} is out of range")
                position += 2
                channel = status & 0x0F
                waiting = open_notes.setdefault(channel << 7 | pitch, [])
                if tick > limit:
                    raise _Damage(f"at byte {origin + position} a note is more than {MAX_QUARTERS:,} quarters after the start")
                if kind == 0x90 and velocity:
                    waiting.append((tick, velocity))
                    count += 1
                    if count > MAX_NOTES:
                        raise FileError(f"it has more than {MAX_NOTES:,} notes, which no song has")
                    if channel not in voices:
                        voices[channel] = Voice("", channel, programs.get(channel, 0))
                elif waiting:
                    start, loudness = waiting.pop(0)
                    voices[channel].notes.append(Note(start, tick, pitch, loudness))
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
                    raise _Damage(f"the length at byte {origin + position} has no end")
                if position + length > end:
                    raise _Damage(f"the event at byte {origin + position} should have {length} bytes more than there are")
                if meta == 0x2F:
                    break
                if meta in (0x03, 0x51, 0x58, 0x59):
                    metas.append((tick, meta, data[position : position + length]))
                position += length
                # Running status does not go on over these, but files rely on it, and it does no harm.
                status = status if status < 0xF0 else 0
            else:
                raise _Damage(f"byte {origin + position - 1} ({status:02X}) is no event of a file")
    except IndexError:
        damage = f"it ends inside an event at byte {origin + len(data)}"
    except _Damage as error:
        damage = str(error)
    for key, waiting in open_notes.items():
        # Notes that are never ended sound until the track ends.
        voices_of = voices.get(key >> 7)
        if voices_of is not None and not damage:
            last = min(tick, int(limit))
            voices_of.notes.extend(Note(start, max(last, start + 1), key & 0x7F, loudness) for start, loudness in waiting)
    for at, meta, value in metas:
        if meta == 0x03 and not name:
            name = _text(value)
        elif meta == 0x51 and len(value) == 3:
            microseconds = int.from_bytes(value, "big")
            bpm = _bpm(microseconds)
            if SLOWEST <= bpm <= FASTEST:
                song.tempos.append(TempoChange(at, bpm))
            else:
                song.remarks.append(f"a tempo of {bpm:g} quarters a minute was left out (expected {SLOWEST:g} to {FASTEST:g})")
        elif meta == 0x58 and len(value) >= 2:
            song.metres.append(MetreChange(at, value[0], 1 << min(value[1], 10)))
        elif meta == 0x59 and len(value) >= 2:
            song.keys.append((at, value[0] - 256 if value[0] > 127 else value[0], value[1] == 1))
    found = [voice for voice in voices.values() if voice.notes]
    for voice in found:
        voice.name, voice.end = name, tick
        voice.notes.sort()
    song.voices.extend(found)
    if not found and name and not song.name:
        song.name = name
    if damage:
        raise _Damage(damage)
    return tick


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


def _text(value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        text = value.decode("latin-1")
    return " ".join("".join(char if char.isprintable() else " " for char in text[:200]).split())


# -- choosing the melody ------------------------------------------------------------------------------------------------


def _score(voice: Voice, most: int, span: int, resolution: float) -> float:
    notes = voice.notes
    alone = 1
    for before, after in itertools.pairwise(notes):
        overlap = before.end - after.start
        # A little legato is no second voice.
        if after.start > before.start and overlap <= max(resolution / 4, (before.end - before.start) / 4):
            alone += 1
    pitches = sorted(note.pitch for note in notes)
    middle = pitches[len(pitches) // 2]
    register = max(0.0, 1 - max(0, 60 - middle, middle - 84) / 12)
    sounding = sum(min(note.end - note.start, 4 * resolution) for note in notes)
    score = 3.0 * alone / len(notes) + 1.5 * register + 2 * math.sqrt(len(notes) / most) + min(1.0, sounding / max(1, span))
    score += 3.0 * bool(_MELODY_NAME.search(voice.name)) - 2.0 * bool(_OTHER_NAME.search(voice.name))
    if len(notes) < 8 and most > 8 * len(notes):
        score -= 4.0
    if 32 <= voice.program <= 39 or voice.program >= 112:
        score -= 1.5
    return score


def choose(song: Song, track: int | str | None) -> tuple[Voice, list[str]]:
    """The voice to take as the melody, and what to tell about the choice.

    Raises:
        FileError: there are no notes, or no such track.
    """
    voices = song.voices
    if not voices:
        raise FileError("no notes")

    def label(index: int) -> str:
        return f"track {index + 1}" + (f" {voices[index].name!r}" if voices[index].name else "")

    if track is not None:
        index = _named(voices, track)
        return voices[index], [] if len(voices) == 1 else [f"{label(index)} of {len(voices)} was taken, as asked"]
    if len(voices) == 1:
        if voices[0].channel == 9:
            raise FileError("no melody: its only track is drums")
        return voices[0], []
    most = max(len(voice.notes) for voice in voices)
    span = max(note.end for voice in voices for note in voice.notes)
    pitched = [index for index, voice in enumerate(voices) if voice.channel != 9]
    if not pitched:
        raise FileError("no melody: all its tracks are drums")
    index = max(pitched, key=lambda at: (_score(voices[at], most, span, song.resolution), -at))
    return voices[index], [
        f"{label(index)} of {len(voices)} was taken as the melody; choose another with --track (1 to {len(voices)}, or a name)"
    ]


def _named(voices: list[Voice], track: int | str) -> int:
    text = str(track).strip()
    if text.lstrip("-").isdigit():
        number = int(text)
        if 1 <= number <= len(voices):
            return number - 1
        raise FileError(f"there is no track {number}; it has {len(voices)} with notes, counted from 1")
    for same in (str.__eq__, lambda a, b: a.lower() == b.lower(), lambda a, b: b.lower() in a.lower()):
        for index, voice in enumerate(voices):
            if same(voice.name, text):
                return index
    names = {voice.name for voice in voices if voice.name}
    if not names:
        raise FileError(f"there is no track {text!r}: its tracks have no names; choose by number, 1 to {len(voices)}")
    raise FileError(f"there is no track {text!r}; {did_you_mean(text, names)}")


# -- from ticks of any resolution to a melody -----------------------------------------------------------------------------


def _snap(tick: float) -> int:
    """The nearest point of the grid of eighths and sixths of a quarter (of two equally near ones the earlier)."""
    base, rest = divmod(tick, 240)
    return int(base) * 240 + _GRID[bisect_left(_HALFWAY, rest)]


def _fine(tick: float) -> bool:
    """Whether a tick is a sixteenth, twenty-fourth or fifth part of a quarter exactly."""
    return tick % 20 == 0 or tick % 30 == 0 or tick % 96 == 0


def _written(ticks: Sequence[float], scale: float) -> bool:
    """Whether a file was written from notation: its times are fine divisions of a quarter exactly.

    Of played times one in thirteen is; a clock too coarse to play on proves nothing.
    """
    return scale <= 2 and sum(_fine(tick * scale) for tick in ticks) >= 0.9 * len(ticks)


def _placed(notes: Sequence[Note], scale: float) -> list[Note]:
    """One voice of notes in ticks of 480 a quarter, on the grid, held over gaps that are articulation."""
    starts_written = _written([note.start for note in notes], scale)
    ends_written = starts_written and _written([note.end for note in notes], scale)
    placed = []
    for start, end, pitch, velocity in notes:
        first = round(start * scale) if starts_written else _snap(start * scale)
        last = round(end * scale) if ends_written else _snap(end * scale)
        if last <= first:
            last = first - first % 240 + _GRID[bisect_right(_GRID, first % 240)]
        placed.append(Note(first, last, pitch, velocity))
    voice = one_voice(placed)
    return voice if ends_written else legato(voice)


def legato(notes: list[Note]) -> list[Note]:
    """Notes held until the next where the gap is articulation: under an eighth of a quarter, or a quarter of the note."""
    held = list(notes)
    for index in range(len(held) - 1):
        start, end = held[index][:2]
        gap = held[index + 1].start - end
        if gap > 0 and (gap < TICKS // 8 or 4 * gap < end - start):
            held[index] = held[index]._replace(end=end + gap)
    return held


def _accented(notes: Sequence[Note], bar: int) -> int | None:
    """Where in the bar regular accents fall, or None where there are none.

    Programs that write MIDI from notation make the first note of a bar louder by a fixed amount; players do not.
    """
    loud = max(note.velocity for note in notes)
    phases = Counter(note.start % bar for note in notes)
    accents = Counter(note.start % bar for note in notes if note.velocity == loud)
    if len(notes) < 8:
        return None
    phase, hits = max(accents.items(), key=lambda item: (item[1], -item[0]))
    total = sum(accents.values())
    # The first note of a piece is accented even in a pickup.
    others = total - hits - (1 if notes[0].velocity == loud and notes[0].start % bar != phase else 0)
    if hits >= 3 and hits >= 0.8 * phases[phase] and others <= 0.25 * total and total <= 0.6 * len(notes):
        return phase
    return None


def _weight_on_lines(notes: Sequence[Note], bar: int, phase: int) -> int:
    """How much speaks for bars that begin at ``phase``: the time of notes that begin there less that of notes across."""
    weight = 0
    for note in notes:
        offset = (note.start - phase) % bar
        if offset == 0:
            weight += min(bar, note.end - note.start)
        elif offset + note.end - note.start > bar:
            weight -= note.end - note.start
    return weight


def _pickup(notes: Sequence[Note], metres: Sequence[MetreChange], end: int) -> int:
    """Where the first bar begins: ticks from 0, less than a bar."""
    bar = bar_ticks(metres[0].numerator, metres[0].denominator)
    if len(metres) > 1 and metres[1].tick == bar < bar_ticks(metres[1].numerator, metres[1].denominator):
        return bar
    under = [note for note in notes if len(metres) == 1 or note.start < metres[1].tick]
    if not under:
        return 0
    phase = _accented(under, bar)
    if phase is not None:
        return phase
    over = notes[-1].end % bar
    ends_at_once = end - notes[-1].end < TICKS // 8
    possible = len(metres) == 1 and notes[0].start == 0 and 0 < over <= bar // 2 and ends_at_once
    return over if possible and _weight_on_lines(notes, bar, over) > _weight_on_lines(notes, bar, 0) else 0


def melody_of(
    song: Song, *, track: int | str | None = None, grid: bool = True, title: str = "", source: str = ""
) -> tuple[Melody, list[str]]:
    """The melody of a song, and remarks on how it was made.

    Raises:
        FileError: it has no notes, no such track, or a metre that melodies have not.
    """
    voice, remarks = choose(song, track)
    remarks = [*song.remarks, *remarks]
    scale = TICKS / song.resolution
    if grid:
        notes = _placed(voice.notes, scale)
    else:
        exact = (Note(round(start * scale), round(end * scale), *rest) for start, end, *rest in voice.notes)
        notes = one_voice(note._replace(end=max(note.end, note.start + 1)) for note in exact)
    crowded = len(voice.notes) - len(notes)
    if len(voice.notes) > 64 and len(notes) < len(voice.notes) / 16:
        raise FileError(f"no melody: {crowded} of the track's {len(voice.notes)} notes sound at once with others")
    if crowded > 0.02 * len(voice.notes):
        remarks.append(f"{crowded} of {len(voice.notes)} notes sounded with a higher one and were left out: a melody has one voice")

    metres: list[MetreChange] = []
    for tick, numerator, denominator in sorted(song.metres, key=lambda change: change.tick):
        metre = supported_metre(numerator, denominator) if numerator and denominator else None
        if metre is None:
            raise FileError(f"the metre {numerator}/{denominator} is not one that melodies have (1 to 16 over 2, 4, 8 or 16)")
        at = round(tick * scale)
        if metres and metres[-1].tick == at:
            metres.pop()
        if not metres or metres[-1][1:] != metre:
            metres.append(MetreChange(at, *metre))
    if not metres or metres[0].tick > notes[0].start:
        if not metres:
            remarks.append("it states no metre: 4/4 was assumed")
        metres.insert(0, MetreChange(0, 4, 4))
    metres[0] = metres[0]._replace(tick=0)

    first = _pickup(notes, metres, round(voice.end * scale))
    if first and len(metres) > 1 and metres[1].tick == first:
        metres = [metres[1]._replace(tick=0), *metres[2:]]
    laid, line, after = _laid(metres, first, notes[0].start)
    if notes[0].start < first:
        shift, pickup = notes[0].start, first - notes[0].start
    elif 2 * (notes[0].start - line) < after - line:
        shift, pickup = line, 0
    else:
        shift, pickup = notes[0].start, after - notes[0].start
    tempos = [TempoChange(round(tick * scale) - shift, round(bpm, 4)) for tick, bpm in song.tempos]
    melody = build(
        [Note(start - shift, end - shift, pitch, velocity) for start, end, pitch, velocity in notes],
        [change._replace(tick=max(0, change.tick - shift)) for change in laid],
        tempos,
        pickup,
        program=voice.program,
        title=title,
        source=source,
    )
    return _with_key(melody, song), remarks


def _laid(metres: Sequence[MetreChange], first: int, start: int) -> tuple[list[MetreChange], int, int]:
    """The metre changes on bar lines, and the bar lines around tick ``start``."""
    laid = [metres[0]]
    line = first
    before, after = 0, first
    settled = start < first
    for change, following in zip(metres, [*metres[1:], None], strict=True):
        bar = bar_ticks(change.numerator, change.denominator)
        if change is not metres[0] and laid[-1].tick <= line:
            if laid[-1].tick == line and len(laid) > 1:
                laid.pop()
            laid.append(MetreChange(line, change.numerator, change.denominator))
        until = max(line, following.tick) if following is not None else None
        if not settled and (until is None or start < until):
            before = line + (start - line) // bar * bar
            after = before + bar
            settled = True
        if until is None:
            break
        whole, rest = divmod(until - line, bar)
        line += whole * bar
        if rest:
            short = metre_for(rest)
            if short is not None:
                laid.append(MetreChange(line, *short))
                line += rest
            else:
                line += bar
    return laid, before, after


def _with_key(melody: Melody, song: Song) -> Melody:
    if not song.keys:
        return melody
    _, sharps, minor = min(song.keys)
    key = _keys.key_text(sharps, minor)
    # Programs write C major where nobody chose a key; it is believed only where the notes agree.
    if key is None or (sharps == 0 and not minor and melody.tonic % 12 != 0):
        return melody
    return replace(melody, key=key)


def read(path: Path, data: bytes, *, track: int | str | None, grid: bool) -> ReadResult:
    """The melody of a MIDI file's bytes.

    Raises:
        FileError: see :func:`parse` and :func:`melody_of`; the message is a clause without the path.
    """
    song = parse(data)
    title = song.name
    if len(song.voices) == 1 and song.voices[0].name and not _NO_TITLE.fullmatch(song.voices[0].name):
        title = song.voices[0].name
    melody, remarks = melody_of(song, track=track, grid=grid, title=title or path.stem, source=str(path))
    return ReadResult(pieces=[melody], remarks=remarks)


# -- pretty_midi and writing ----------------------------------------------------------------------------------------------


def from_pretty_midi(pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> Melody:
    """The melody of a ``pretty_midi.PrettyMIDI``; the track is chosen as for a file.

    Raises:
        FileError: it has no notes, or no such track.
    """
    song = Song(float(pm.resolution))
    end = pm.time_to_tick(pm.get_end_time())
    for instrument in pm.instruments:
        if instrument.notes:
            notes = sorted(
                Note(pm.time_to_tick(note.start), pm.time_to_tick(note.end), int(note.pitch), int(note.velocity))
                for note in instrument.notes
            )
            song.voices.append(Voice(instrument.name, 9 if instrument.is_drum else 0, int(instrument.program), notes, end))
    times, bpms = pm.get_tempo_changes()
    song.tempos = [TempoChange(pm.time_to_tick(time), float(bpm)) for time, bpm in zip(times, bpms, strict=True)]
    song.metres = [MetreChange(pm.time_to_tick(c.time), c.numerator, c.denominator) for c in pm.time_signature_changes]
    song.keys = [(pm.time_to_tick(c.time), *_sharps(c.key_number)) for c in pm.key_signature_changes if 0 <= c.key_number < 24]
    return melody_of(song, track=track)[0]


def _sharps(number: int) -> tuple[int, bool]:
    """The sharps of a key that pretty_midi numbers 0 .. 11 (major from C) or 12 .. 23 (minor from C)."""
    minor = number >= 12
    sharps = (number + 3 * minor) % 12 * 7 % 12
    return (sharps if sharps <= 6 else sharps - 12), minor


def to_pretty_midi(melody: Melody) -> pretty_midi.PrettyMIDI:
    """The melody as a ``pretty_midi.PrettyMIDI``: exact ticks, all tempos, metres and the key.

    A pickup is a first bar of its own, shorter metre; where no metre is as short, rests fill the bar before it.
    """
    import pretty_midi as library

    shift = 0
    metres = list(melody.metres)
    if melody.pickup:
        short = metre_for(melody.pickup)
        bar = bar_ticks(metres[0].numerator, metres[0].denominator)
        if short is not None and (not melody.notes or melody.notes[0].start == 0):
            metres[:1] = [MetreChange(0, *short), metres[0]._replace(tick=melody.pickup)]
        else:
            shift = bar - melody.pickup
    pm = library.PrettyMIDI(resolution=TICKS, initial_tempo=melody.tempos[0].bpm)
    ends = [later.tick + shift for later in melody.tempos[1:]]
    pm._tick_scales = [(0, 60.0 / (melody.tempos[0].bpm * TICKS))]
    pm._tick_scales += [(tick, 60.0 / (change.bpm * TICKS)) for tick, change in zip(ends, melody.tempos[1:], strict=True)]
    pm._update_tick_to_time(melody.length + shift + 4 * TICKS)
    instrument = library.Instrument(program=melody.program, name=melody.title or "Melody")
    instrument.notes = [
        library.Note(
            velocity=max(1, min(127, note.velocity)),
            pitch=note.pitch,
            start=pm.tick_to_time(note.start + shift),
            end=pm.tick_to_time(note.end + shift),
        )
        for note in melody.notes
    ]
    # Keeps the silence after the last note: a file's end is its last event.
    instrument.control_changes.append(
        library.ControlChange(number=123, value=0, time=pm.tick_to_time(max(melody.length, 1) + shift))
    )
    pm.instruments.append(instrument)
    pm.time_signature_changes = [
        library.TimeSignature(change.numerator, change.denominator, pm.tick_to_time(change.tick + (shift if change.tick else 0)))
        for change in metres
    ]
    number = _key_number(melody.key)
    if number is not None:
        pm.key_signature_changes = [library.KeySignature(number, 0.0)]
    return pm


_MODES = {"ionian": 0, "mixolydian": 7, "dorian": 2, "aeolian": 9, "phrygian": 4, "locrian": 11, "lydian": 5}


def _key_number(key: str | None) -> int | None:
    """The key for pretty_midi; a mode is written as the major or minor key of the same signature."""
    if not key:
        return None
    tonic = _keys.key_pitch_class(key)
    mode = key.split()[-1].lower() if len(key.split()) > 1 else "major"
    if tonic is None:
        return None
    if mode == "minor" or mode == "aeolian":
        return 12 + tonic
    return (tonic - _MODES.get(mode, 0)) % 12


def write(melody: Melody, path: Path) -> None:
    """Write the melody as a MIDI file, whole or not at all."""
    pm = to_pretty_midi(melody)
    with replacing(path) as temporary:
        pm.write(str(temporary))
