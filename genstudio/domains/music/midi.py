"""MIDI files <-> melodies; what is in the bytes of a file is read in ``smf``.

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
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.music import keys
from genstudio.domains.music.notes import (
    TICKS,
    Melody,
    MetreChange,
    Music,
    Note,
    TempoChange,
    bar_ticks,
    build,
    metre_for,
    metres_within,
    supported_metre,
)
from genstudio.domains.music.smf import Notes, Song, Voice, parse
from genstudio.errors import ConfigError, FileError, Message, did_you_mean
from genstudio.files import replacing

if TYPE_CHECKING:
    import pretty_midi

__all__ = [
    "MAX_BYTES",
    "from_pretty_midi",
    "lay",
    "likeliest",
    "melody_of",
    "metres_of",
    "named",
    "names_drums",
    "read",
    "song_of_object",
    "song_of_pretty_midi",
    "title_of",
    "to_pretty_midi",
    "tracks",
    "write",
]

MAX_BYTES = 16_000_000

_MELODY_NAME = re.compile(
    r"melod|vocal|voice|vox|sing|lead|solo|tune|chant|gesang|stimme|cantus|soprano|旋律|主旋|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(
    r"bass|drum|perc|chord|pad\b|accomp|rhythm|harmon|backing|backup|\bcomp|begleit|left|伴奏|鼓|贝斯", re.IGNORECASE
)
_DRUMS_NAME = re.compile(r"drum|perc|\bkit\b|beats?\b|schlagzeug|batterie|鼓", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(melody|melodie|voice|vocals?|lead|solo|tune|track|piano|drums?|drum ?kit|percussion|untitled|"
    r"words|lyrics?|(soft )?karaoke|conductor|tempo|(base )?midi.*)[\s#\d]*",
    re.IGNORECASE,
)
_GRID = (0, 60, 80, 120, 160, 180, 240)
_HALFWAY = np.array([(a + b) / 2 for a, b in itertools.pairwise(_GRID)])
_POINTS = np.array(_GRID)
_tick_of = itemgetter(0)
_ALL_NOTES = itertools.repeat(Note)
_new = cast("Callable[[type[Note], Iterable[int]], Note]", tuple.__new__)  # faster than Note._make by half


# -- choosing the melody ------------------------------------------------------------------------------------------------


def names_drums(name: str) -> bool:
    """Whether a track is named after drums."""
    return bool(_DRUMS_NAME.search(name))


@lru_cache(maxsize=1024)
def _said(name: str) -> float:
    """What a track's name says for its being the melody."""
    return 3.0 * bool(_MELODY_NAME.search(name)) - 2.0 * bool(_OTHER_NAME.search(name))


def _score(voice: Voice, most: int, span: int, resolution: float) -> float:
    start, end = voice.notes.times
    count = len(start)
    if np.count_nonzero(start[1:] <= start[:-1]):
        order = np.lexsort((end, start))
        start, end = start[order], end[order]
    lengths = end - start
    following = start[1:]
    # A little legato is no second voice.
    little = (end[:-1] - following) * 4 <= np.maximum(resolution, lengths[:-1])
    alone = 1 + int(np.count_nonzero(little & (following > start[:-1])))
    middle = int(np.sort(voice.notes.pitch)[count // 2])
    register = max(0.0, 1 - max(0, 60 - middle, middle - 84) / 12)
    sounding = float(np.add.reduce(np.minimum(lengths, 4 * resolution)))
    score = 3.0 * alone / count + 1.5 * register + 2 * math.sqrt(count / most) + min(1.0, sounding / max(1, span))
    score += _said(voice.name)
    if count < 8 and most > 8 * count:
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

    def label(index: int) -> Message:
        name = voices[index].name
        return (
            Message("track {number} {name!r}", number=index + 1, name=name) if name else Message("track {number}", number=index + 1)
        )

    if track is not None:
        index = named(voices, track)
        return voices[index], _taken(label(index), len(voices))
    likely = likeliest(song)
    if likely is None:
        raise FileError("no melody: its only track is drums" if len(voices) == 1 else "no melody: all its tracks are drums")
    if len(voices) == 1:
        return voices[0], []
    return voices[likely], [
        Message("{track} of {count} was taken as the melody", remedy="choose-track", track=label(likely), count=len(voices))
    ]


def likeliest(song: Song) -> int | None:
    """The place of the voice that is likeliest to be the melody; None where all are drums."""
    voices = song.voices
    pitched = [index for index, voice in enumerate(voices) if not voice.drums]
    if len(pitched) < 2:
        return pitched[0] if pitched else None
    most = max(voice.notes.number for voice in voices)
    span = max(int(np.maximum.reduce(voice.notes.times[1])) for voice in voices)
    return max(pitched, key=lambda at: (_score(voices[at], most, span, song.resolution), -at))


def tracks(song: Song) -> list[Track]:
    """The voices of a song, for a person to choose the melody by."""
    chosen = likeliest(song)
    return [
        Track(index + 1, voice.name, voice.notes.number, voice.drums, voice.program, index == chosen)
        for index, voice in enumerate(song.voices)
    ]


def _taken(label: Message, count: int) -> list[str]:
    return [Message("{track} of {count} was taken, as asked", track=label, count=count)] if count > 1 else []


def named(voices: list[Voice], track: int | str) -> int:
    """The place of the voice of that number (from 1) or name.

    Raises:
        FileError: there is none.
    """
    text = str(track).strip()
    if text.lstrip("-").isdigit():
        number = int(text)
        if 1 <= number <= len(voices):
            return number - 1
        raise FileError("there is no track {number}; it has {count} with notes, counted from 1", number=number, count=len(voices))
    for same in (str.__eq__, lambda a, b: a.lower() == b.lower(), lambda a, b: b.lower() in a.lower()):
        for index, voice in enumerate(voices):
            if same(voice.name, text):
                return index
    names = {voice.name for voice in voices if voice.name}
    if not names:
        raise FileError(
            "there is no track {text!r}: its tracks have no names; choose by number, 1 to {count}", text=text, count=len(voices)
        )
    raise FileError("there is no track {text!r}; {hint}", text=text, hint=did_you_mean(text, names))


# -- from ticks of any resolution to a melody -----------------------------------------------------------------------------


def _snapped(ticks: NDArray[Any]) -> NDArray[np.float64]:
    """The nearest points of the grid of eighths and sixths of a quarter (of two equally near ones the earlier)."""
    inside = ticks % 240
    snapped: NDArray[np.float64] = np.rint(ticks - inside) + _POINTS[np.searchsorted(_HALFWAY, inside)]
    return snapped


def _fine(ticks: NDArray[Any]) -> NDArray[np.bool_]:
    """Which ticks are a sixteenth, twenty-fourth or fifth part of a quarter exactly."""
    fine: NDArray[np.bool_] = (ticks % 20 == 0) | (ticks % 30 == 0) | (ticks % 96 == 0)
    return fine


@lru_cache(maxsize=64)
def _exact(resolution: float) -> bool:
    """Whether ticks of 480 a quarter are exact in binary, so that each quarter is as the first."""
    whole = int(resolution)
    return whole == resolution and 15 % (whole // (whole & -whole)) == 0


@lru_cache(maxsize=16)
def _quarter(resolution: int) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """For each tick of a quarter, whether it is fine, and what it is in ticks of 480 a quarter: rounded, and on the grid."""
    ticks = np.arange(resolution) * (TICKS / resolution)
    return _fine(ticks), np.rint(ticks).astype(np.int64), _snapped(ticks).astype(np.int64)


def _placed(notes: Notes, resolution: float) -> Notes:
    """One voice of notes in ticks of 480 a quarter, on the grid, held over gaps that are articulation.

    A file was written from notation where its times are fine divisions of a quarter exactly; of played times one in
    thirteen is. A clock too coarse to play on proves nothing.
    """
    scale = TICKS / resolution
    whole = int(resolution)
    exact = _exact(resolution)
    if exact:
        fine, rounded, snapped = _quarter(whole)
        inside = notes.times % whole
        before = notes.times - inside
        if whole != TICKS:
            before = before // whole * TICKS
        is_fine = fine[inside]
    else:
        scaled = notes.times * scale
        is_fine = _fine(scaled)
    enough = 0.9 * notes.number
    written = scale <= 2 and int(np.count_nonzero(is_fine[0])) >= enough
    ends_written = written and int(np.count_nonzero(is_fine[1])) >= enough

    def in_time(rows: slice, as_written: bool) -> NDArray[np.int64]:
        if exact:
            return before[rows] + (rounded if as_written else snapped)[inside[rows]]
        return (np.rint(scaled[rows]) if as_written else _snapped(scaled[rows])).astype(np.int64)

    if written == ends_written:
        times = in_time(slice(None), written)
    else:
        times = np.concatenate((in_time(slice(1), True), in_time(slice(1, 2), False)))
    start, end = times
    nothing = end <= start
    if np.count_nonzero(nothing):
        for index in np.flatnonzero(nothing).tolist():
            at = int(start[index])
            end[index] = at - at % 240 + _GRID[bisect_right(_GRID, at % 240)]
    voice = _one_voice(notes, times)
    if not ends_written:
        # Held until the next note where the gap is articulation: under an eighth of a quarter, or a quarter of the note.
        start, end = voice.times
        following, end = start[1:], end[:-1]
        np.copyto(end, following, where=(following - end) * 4 < np.maximum(end - start[:-1], TICKS // 2))
    return voice


def _line_placed(notes: Notes, resolution: float) -> Notes | None:
    """What :func:`_placed` makes of notes of which each ends before the next begins, or None where it is not so simple."""
    line = notes.times.T.reshape(-1)  # start and end of each in turn
    if not _exact(resolution) or np.count_nonzero(line[1:] < line[:-1]):
        return None
    whole = int(resolution)
    fine, rounded, snapped = _quarter(whole)
    inside = line % whole
    enough = 0.45 * len(line)
    written = 2 * whole >= TICKS and np.count_nonzero(fine.take(inside[0::2])) >= enough
    if written and np.count_nonzero(fine.take(inside[1::2])) < enough:
        return None
    placed = line - inside
    if whole != TICKS:
        placed = placed // whole * TICKS
    placed += (rounded if written else snapped).take(inside)
    steps = placed[1:] - placed[:-1]
    lengths, gaps = steps[0::2], steps[1::2]
    # Both tables go up only: no end comes before its start, nor after the next one.
    if np.count_nonzero(lengths) < len(lengths):
        return None
    if not written and np.count_nonzero(gaps):
        # Held until the next note where the gap is articulation, as below.
        np.copyto(placed[1:-1:2], placed[2::2], where=gaps * 4 < np.maximum(lengths[:-1], TICKS // 2))
    return Notes(placed.reshape(-1, 2).T, notes.pitch, notes.velocity)


def _one_voice(notes: Notes, times: NDArray[np.int64]) -> Notes:
    """Notes moved to ``times``, which are overwritten, as :func:`genstudio.domains.music.notes.one_voice` has them."""
    voice = Notes(times, notes.pitch, notes.velocity)
    start, end = times
    if np.count_nonzero(start[1:] <= start[:-1]):
        voice = voice.taken(np.lexsort((notes.velocity, notes.times[1], notes.times[0], -end, -notes.pitch, start)))
        start = voice.times[0]
        voice = voice.taken(np.concatenate(([True], start[1:] > start[:-1])))
        start, end = voice.times
    np.minimum(end[:-1], start[1:], out=end[:-1])
    return voice


def _accented(notes: Notes, bar: int) -> int | None:
    """Where in the bar regular accents fall, or None where there are none.

    Programs that write MIDI from notation make the first note of a bar louder by a fixed amount; players do not.
    """
    count = notes.number
    if count < 8:
        return None
    (places,) = (notes.velocity == np.maximum.reduce(notes.velocity)).nonzero()
    total = len(places)
    if total < 3 or total > 0.6 * count:
        return None
    phases = notes.times[0] % bar
    accents = np.bincount(phases.take(places))
    phase = int(accents.argmax())
    hits = int(accents[phase])
    # The first note of a piece is accented even in a pickup.
    others = total - hits - (1 if places[0] == 0 and phases[0] != phase else 0)
    if hits >= 3 and hits >= 0.8 * int(np.count_nonzero(phases == phase)) and others <= 0.25 * total:
        return phase
    return None


def _weight_on_lines(notes: Notes, bar: int, phase: int) -> int:
    """How much speaks for bars that begin at ``phase``: the time of notes that begin there less that of notes across."""
    start, end = notes.times
    offset = (start - phase) % bar
    length = end - start
    on, across = offset == 0, offset + length > bar
    return int(np.minimum(length[on], bar).sum() - length[across & ~on].sum())


def _pickup(notes: Notes, metres: Sequence[MetreChange], end: int) -> int:
    """Where the first bar begins: ticks from 0, less than a bar."""
    bar = bar_ticks(metres[0].numerator, metres[0].denominator)
    if len(metres) > 1 and metres[1].tick == bar < bar_ticks(metres[1].numerator, metres[1].denominator):
        return bar
    start, ends = notes.times
    under = notes if len(metres) == 1 else notes.taken(slice(int(np.searchsorted(start, metres[1].tick))))
    if not under.number:
        return 0
    phase = _accented(under, bar)
    if phase is not None:
        return phase
    last = int(ends[-1])
    over = last % bar
    ends_at_once = end - last < TICKS // 8
    possible = len(metres) == 1 and start[0] == 0 and 0 < over <= bar // 2 and ends_at_once
    return over if possible and _weight_on_lines(notes, bar, over) > _weight_on_lines(notes, bar, 0) else 0


def melody_of(
    song: Song, *, track: int | str | None = None, grid: bool = True, title: str = "", source: str = ""
) -> tuple[Melody, list[str]]:
    """The melody of a song, and remarks on how it was made.

    Raises:
        FileError: it has no notes, no such track, or a metre that melodies have not.
    """
    voice, remarks = choose(song, track)
    remarks = song.remarks + remarks
    scale = TICKS / song.resolution
    if grid:
        notes = _line_placed(voice.notes, song.resolution) or _placed(voice.notes, song.resolution)
    else:
        times = np.rint(voice.notes.times * scale).astype(np.int64)
        np.maximum(times[1], times[0] + 1, out=times[1])
        notes = _one_voice(voice.notes, times)
    count = voice.notes.number
    crowded = count - notes.number
    if count > 64 and count > 16 * (count - crowded):
        raise FileError("no melody: {crowded} of the track's {count} notes sound at once with others", crowded=crowded, count=count)
    if crowded > 0.02 * count:
        remarks.append(
            Message(
                "{crowded} of {count} notes sounded with a higher one and were left out: a melody has one voice",
                crowded=crowded,
                count=count,
            )
        )

    began = int(notes.times[0, 0])
    metres, told = metres_of(song, began)
    remarks += told

    first = _pickup(notes, metres, round(voice.end * scale))
    if first and len(metres) > 1 and metres[1].tick == first:
        metres = [metres[1]._replace(tick=0), *metres[2:]]
    laid, line, after = lay(metres, first, began)
    if began < first:
        shift, pickup = began, first - began
    elif 2 * (began - line) < after - line:
        shift, pickup = line, 0
    else:
        shift, pickup = began, after - began
    times = notes.times
    tonic = keys.tonic_of_columns(notes.pitch, times[1] - times[0])
    # Bytes are whole numbers already.
    rows = zip(*(times - shift if shift else times).tolist(), notes.pitch.tobytes(), notes.velocity.tobytes(), strict=True)
    melody = build(
        tuple(map(_new, _ALL_NOTES, rows)),
        [MetreChange(max(0, tick - shift), numerator, denominator) for tick, numerator, denominator in laid] if shift else laid,
        [TempoChange(round(tick * scale) - shift, round(bpm, 4)) for tick, bpm in song.tempos],
        pickup,
        tonic=tonic,
        key=_key(song, tonic),
        program=voice.program,
        title=title,
        source=source,
    )
    return melody, remarks


def metres_of(song: Song, began: int) -> tuple[list[MetreChange], list[str]]:
    """The metres of a song whose music begins at tick ``began`` (480 a quarter), from tick 0 on, and remarks.

    A bar that is longer than any that music here has is split into shorter ones; of bars that are too fine some are joined.
    """
    scale = TICKS / song.resolution
    remarks: list[str] = []
    stated = [
        MetreChange(round(tick * scale), numerator, denominator)
        for tick, numerator, denominator in (sorted(song.metres, key=_tick_of) if len(song.metres) > 1 else song.metres)
        if numerator > 0 and denominator > 0
    ]
    metres: list[MetreChange] = []

    def take(at: int, metre: tuple[int, int]) -> None:
        if metres and metres[-1].tick == at:
            metres.pop()
        if not metres or metres[-1][1:] != metre:
            metres.append(MetreChange(at, *metre))

    for index, (at, numerator, denominator) in enumerate(stated):
        parts = metres_within(numerator, denominator)
        take(at, parts[0])
        if parts[0] == supported_metre(numerator, denominator):
            continue
        split = " + ".join(f"{over}/{under}" for over, under in parts)
        told = f"its bars of {numerator}/{denominator} are longer or finer than can be had, and were divided as {split}"
        if told not in remarks:
            remarks.append(told)
        if len(set(parts)) > 1:
            end = max((round(voice.end * scale) for voice in song.voices), default=0)
            until = stated[index + 1].tick if index + 1 < len(stated) else max(end, at + 1)
            for part in itertools.cycle(parts):
                if at >= until:
                    break
                take(at, part)
                at += bar_ticks(*part)
    if not metres or metres[0].tick > began:
        if not metres:
            remarks.append(Message("it states no metre: 4/4 was assumed"))
        metres.insert(0, MetreChange(0, 4, 4))
    metres[0] = MetreChange(0, *metres[0][1:])
    return metres, remarks


def lay(metres: Sequence[MetreChange], first: int, start: int) -> tuple[list[MetreChange], int, int]:
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


def _key(song: Song, tonic: int) -> str | None:
    """The first key that is stated."""
    if not song.keys:
        return None
    _, sharps, minor = min(song.keys)
    # Programs write C major where nobody chose a key; it is believed only where the notes agree.
    return None if sharps == 0 and not minor and tonic % 12 != 0 else keys.key_text(sharps, minor)


def title_of(song: Song) -> str:
    """The title that a song states, or ""; a track by itself that is not named after its instrument has the title."""
    names = [song.voices[0].name, *song.names] if len(song.voices) == 1 else song.names
    return song.title or next((name for name in names if name and not _NO_TITLE.fullmatch(name)), "")


def read(path: Path, data: bytes, *, track: int | str | None, grid: bool, metre: tuple[int, int] | None = None) -> ReadResult:
    """The melody of a MIDI file's bytes.

    Raises:
        FileError: see :func:`parse` and :func:`melody_of`; the message is a clause without the path.
    """
    song = parse(data)
    if metre is not None:
        song.metres = [MetreChange(0, *metre)]
    melody, remarks = melody_of(song, track=track, grid=grid, title=title_of(song) or path.stem, source=str(path))
    return ReadResult(pieces=[melody], remarks=remarks)


# -- pretty_midi and writing ----------------------------------------------------------------------------------------------


def from_pretty_midi(pm: pretty_midi.PrettyMIDI, track: int | str | None = None) -> Melody:
    """The melody of a ``pretty_midi.PrettyMIDI``; the track is chosen as for a file.

    Raises:
        FileError: it has no notes, or no such track.
    """
    return melody_of(song_of_pretty_midi(pm), track=track)[0]


def song_of_pretty_midi(pm: pretty_midi.PrettyMIDI) -> Song:
    """What a ``pretty_midi.PrettyMIDI`` holds."""
    song = Song(float(pm.resolution))
    end = pm.time_to_tick(pm.get_end_time())
    for instrument in pm.instruments:
        rows = [
            Note(pm.time_to_tick(note.start), pm.time_to_tick(note.end), int(note.pitch), int(note.velocity))
            for note in instrument.notes
        ]
        if rows:
            song.voices.append(Voice(instrument.name, bool(instrument.is_drum), int(instrument.program), Notes.of(rows), end))
    times, bpms = pm.get_tempo_changes()
    song.tempos = [TempoChange(pm.time_to_tick(time), float(bpm)) for time, bpm in zip(times, bpms, strict=True)]
    song.metres = [MetreChange(pm.time_to_tick(c.time), c.numerator, c.denominator) for c in pm.time_signature_changes]
    song.keys = [(pm.time_to_tick(c.time), *_sharps(c.key_number)) for c in pm.key_signature_changes if 0 <= c.key_number < 24]
    return song


def song_of_object(source: Any) -> Song | None:
    """What a ``pretty_midi.PrettyMIDI`` or a ``symusic.Score`` (in any unit of time) holds, or None where it is something else."""
    # What is of a library's class has loaded the library; nobody else should wait for it.
    if type(source).__module__.partition(".")[0] == "symusic":
        import symusic

        return _song_of_symusic(source) if isinstance(source, symusic.Score) else None
    if "pretty_midi" in sys.modules:
        import pretty_midi

        return song_of_pretty_midi(source) if isinstance(source, pretty_midi.PrettyMIDI) else None
    return None


def _song_of_symusic(score: Any) -> Song:
    score = score.to("tick")
    song = Song(float(score.ticks_per_quarter))
    end = int(score.end())
    for part in score.tracks:
        if len(part.notes):
            values = part.notes.numpy()
            times = np.stack((values["time"], values["time"] + values["duration"])).astype(np.int64)
            notes = Notes(times, values["pitch"], values["velocity"])
            song.voices.append(Voice(part.name, bool(part.is_drum), int(part.program), notes, end))
    song.tempos = [TempoChange(int(tempo.time), float(tempo.qpm)) for tempo in score.tempos]
    song.metres = [MetreChange(int(c.time), int(c.numerator), int(c.denominator)) for c in score.time_signatures]
    song.keys = [(int(c.time), int(c.key), bool(c.tonality)) for c in score.key_signatures]
    return song


def _sharps(number: int) -> tuple[int, bool]:
    """The sharps of a key that pretty_midi numbers 0 .. 11 (major from C) or 12 .. 23 (minor from C)."""
    minor = number >= 12
    sharps = (number + 3 * minor) % 12 * 7 % 12
    return (sharps if sharps <= 6 else sharps - 12), minor


def to_pretty_midi(music: Music) -> pretty_midi.PrettyMIDI:
    """Music as a ``pretty_midi.PrettyMIDI``: exact ticks, all tempos, metres and the key.

    A pickup is a first bar of its own, shorter metre; where no metre is as short, rests fill the bar before it.
    """
    import pretty_midi as library

    shift = 0
    metres = list(music.metres)
    if music.pickup:
        short = metre_for(music.pickup)
        bar = bar_ticks(metres[0].numerator, metres[0].denominator)
        if short is not None and (not music.notes or music.notes[0].start == 0):
            metres[:1] = [MetreChange(0, *short), metres[0]._replace(tick=music.pickup)]
        else:
            shift = bar - music.pickup
    pm = library.PrettyMIDI(resolution=TICKS, initial_tempo=music.tempos[0].bpm)
    ends = [later.tick + shift for later in music.tempos[1:]]
    pm._tick_scales = [(0, 60.0 / (music.tempos[0].bpm * TICKS))]
    pm._tick_scales += [(tick, 60.0 / (change.bpm * TICKS)) for tick, change in zip(ends, music.tempos[1:], strict=True)]
    pm._update_tick_to_time(music.length + shift + 4 * TICKS)
    instrument = library.Instrument(
        program=music.program, is_drum=not music.pitched, name=music.title or ("Melody" if music.pitched else "Drums")
    )
    instrument.notes = [
        library.Note(
            velocity=max(1, min(127, note.velocity)),
            pitch=note.pitch,
            start=pm.tick_to_time(note.start + shift),
            end=pm.tick_to_time(note.end + shift),
        )
        for note in music.notes
    ]
    # Keeps the silence after the last note: a file's end is its last event.
    instrument.control_changes.append(
        library.ControlChange(number=123, value=0, time=pm.tick_to_time(max(music.length, 1) + shift))
    )
    pm.instruments.append(instrument)
    pm.time_signature_changes = [
        library.TimeSignature(change.numerator, change.denominator, pm.tick_to_time(change.tick + (shift if change.tick else 0)))
        for change in metres
    ]
    number = _key_number(music.key) if isinstance(music, Melody) else None
    if number is not None:
        pm.key_signature_changes = [library.KeySignature(number, 0.0)]
    return pm


_MODES = {"ionian": 0, "mixolydian": 7, "dorian": 2, "aeolian": 9, "phrygian": 4, "locrian": 11, "lydian": 5}


def _key_number(key: str | None) -> int | None:
    """The key for pretty_midi; a mode is written as the major or minor key of the same signature."""
    if not key:
        return None
    tonic = keys.key_pitch_class(key)
    mode = key.split()[-1].lower() if len(key.split()) > 1 else "major"
    if tonic is None:
        return None
    if mode == "minor" or mode == "aeolian":
        return 12 + tonic
    return (tonic - _MODES.get(mode, 0)) % 12


def write(music: Music, path: Path | str, text: str = "", what: str = "melodies") -> None:
    """Write music as a MIDI file, whole or not at all; ``text`` (ASCII) becomes a text event at tick 0 of the first track.

    Raises:
        ConfigError: the suffix is not one that is written; ``what`` is what the sentence calls the music.
        FileError: the place cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in (".mid", ".midi"):
        raise ConfigError("{path}: {what} are written as .mid or .midi files; choose one of these suffixes.", path=path, what=what)
    pm = to_pretty_midi(music)
    for instrument in pm.instruments:  # the library writes Latin-1 only; names are in UTF-8, as most programs expect them
        instrument.name = instrument.name.encode("utf-8", "replace").decode("latin-1")
    with replacing(path) as temporary:
        pm.write(str(temporary))
        if text:
            temporary.write_bytes(_with_text(temporary.read_bytes(), text))


def _with_text(data: bytes, text: str) -> bytes:
    """The file with a text event (FF 01) before everything else in its first track."""
    start = 8 + int.from_bytes(data[4:8], "big")  # of the track, past the file's header
    length = int.from_bytes(data[start + 4 : start + 8], "big")
    told = text.encode("ascii", "backslashreplace")
    size = [len(told) & 0x7F]  # seven bits a byte, the highest first
    while (rest := len(told) >> 7 * len(size)) > 0:
        size.insert(0, 0x80 | (rest & 0x7F))
    event = b"\0\xff\x01" + bytes(size) + told
    return data[: start + 4] + (length + len(event)).to_bytes(4, "big") + event + data[start + 8 :]
