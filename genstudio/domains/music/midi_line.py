"""Turn a song into a line: choose the voice that is the melody, and turn its ticks into notes in bars.

Rules
- Any resolution is rescaled to 480 ticks per quarter. With ``grid``, onsets and ends go to the nearest of the eighths and sixths of
  a quarter, and a note is held until the next one if the gap is shorter than an eighth of a quarter, or than a quarter of the note
  itself: such gaps are articulation, not rests. In a file written from notation (its times are exact fractions of a quarter)
  nothing is moved.
- One voice: a new onset ends the sounding note; of simultaneous onsets the highest stays.
- Pickup: if the first metre lasts for one bar, which is shorter than the bars of the next metre, that bar is the pickup. Otherwise
  regular accents show where bars begin. Otherwise, if the music starts at tick 0 and the file ends with the last note, and the
  last bar is at most half full, its length is that of the pickup if then more notes begin on bar lines. If the music starts in the
  second half of a bar, that half bar is a pickup, too, and whole bars of silence before it are left out.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.base import ReadResult, Track
from genstudio.domains.music import keys
from genstudio.domains.music.line import Line
from genstudio.domains.music.midi import lay, metres_of, named, title_of, tracks_of
from genstudio.domains.music.notes import Note
from genstudio.domains.music.smf import Notes, Song, Voice
from genstudio.domains.music.time import TICKS, MetreChange, TempoChange
from genstudio.errors import FileError, Message

__all__ = ["choose", "key_of", "layout_of", "line_of", "one_voice", "placed_times", "read", "tracks"]

_MELODY_NAME = re.compile(
    r"melod|vocal|voice|vox|sing|lead|solo|tune|chant|gesang|stimme|cantus|soprano|旋律|主旋|人声", re.IGNORECASE
)
_OTHER_NAME = re.compile(
    r"bass|drum|perc|chord|pad\b|accomp|rhythm|harmon|backing|backup|\bcomp|begleit|left|伴奏|鼓|贝斯", re.IGNORECASE
)
_GRID = (0, 60, 80, 120, 160, 180, 240)
_HALFWAY = np.array([(a + b) / 2 for a, b in itertools.pairwise(_GRID)])
_POINTS = np.array(_GRID)
_ALL_NOTES = itertools.repeat(Note)
_new = cast("Callable[[type[Note], Iterable[int]], Note]", tuple.__new__)  # faster than Note._make by half


# -- choosing the voice --------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _name_score(name: str) -> float:
    """A score for how much the name of a track suggests a melody, -2 to 3."""
    return 3.0 * bool(_MELODY_NAME.search(name)) - 2.0 * bool(_OTHER_NAME.search(name))


def _score(voice: Voice, most: int, span: int, resolution: float) -> float:
    start, end = voice.notes.times
    count = len(start)
    if np.count_nonzero(start[1:] <= start[:-1]):
        order = np.lexsort((end, start))
        start, end = start[order], end[order]
    lengths = end - start
    following = start[1:]
    # A short overlap is legato, not a second voice.
    little = (end[:-1] - following) * 4 <= np.maximum(resolution, lengths[:-1])
    alone = 1 + int(np.count_nonzero(little & (following > start[:-1])))
    middle = int(np.sort(voice.notes.pitch)[count // 2])
    register = max(0.0, 1 - max(0, 60 - middle, middle - 84) / 12)
    sounding = float(np.add.reduce(np.minimum(lengths, 4 * resolution)))
    score = 3.0 * alone / count + 1.5 * register + 2 * math.sqrt(count / most) + min(1.0, sounding / max(1, span))
    score += _name_score(voice.name)
    if count < 8 and most > 8 * count:
        score -= 4.0
    if 32 <= voice.program <= 39 or voice.program >= 112:
        score -= 1.5
    return score


def choose(song: Song, track: int | str | None) -> tuple[Voice, list[str]]:
    """The voice to take as the melody, and remarks on the choice.

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
    """The index of the voice that is most likely the melody; None where all are drums."""
    voices = song.voices
    pitched = [index for index, voice in enumerate(voices) if not voice.drums]
    if len(pitched) < 2:
        return pitched[0] if pitched else None
    most = max(voice.notes.number for voice in voices)
    span = max(int(np.maximum.reduce(voice.notes.times[1])) for voice in voices)
    return max(pitched, key=lambda at: (_score(voices[at], most, span, song.resolution), -at))


def tracks(song: Song) -> list[Track]:
    """The voices of a song, for a person to choose the melody."""
    return tracks_of(song, (likeliest(song),))


def _taken(label: Message, count: int) -> list[str]:
    return [Message("{track} of {count} was taken, as asked", track=label, count=count)] if count > 1 else []


# -- from ticks of any resolution to notes in bars ----------------------------------------------------------------------------


def _snapped(ticks: NDArray[Any]) -> NDArray[np.float64]:
    """Move ticks to the nearest points of the grid of eighths and sixths of a quarter (of two equally near ones the earlier)."""
    inside = ticks % 240
    snapped: NDArray[np.float64] = np.rint(ticks - inside) + _POINTS[np.searchsorted(_HALFWAY, inside)]
    return snapped


def _fine(ticks: NDArray[Any]) -> NDArray[np.bool_]:
    """Which ticks are exact multiples of a sixteenth, twenty-fourth or fifth of a quarter."""
    fine: NDArray[np.bool_] = (ticks % 20 == 0) | (ticks % 30 == 0) | (ticks % 96 == 0)
    return fine


@lru_cache(maxsize=64)
def _exact(resolution: float) -> bool:
    """Whether scaling ticks to 480 per quarter is exact in binary, so that all quarters are scaled like the first."""
    whole = int(resolution)
    return whole == resolution and 15 % (whole // (whole & -whole)) == 0


@lru_cache(maxsize=16)
def _quarter(resolution: int) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.int64]]:
    """For each tick of a quarter: whether it is :func:`_fine`, and its value in 480 ticks per quarter, rounded and on the grid."""
    ticks = np.arange(resolution) * (TICKS / resolution)
    return _fine(ticks), np.rint(ticks).astype(np.int64), _snapped(ticks).astype(np.int64)


def placed_times(notes: Notes, resolution: float) -> tuple[NDArray[np.int64], bool]:
    """The times of notes in 480 ticks per quarter, on the grid.

    If nearly all times are exact fractions of a quarter (:func:`_fine`), the file was written from notation, and nothing is moved;
    of played times one in thirteen is exact. With a resolution too coarse for playing this is not decided.

    Returns:
        int64 [2, notes], starts and later ends, and whether the ends are as written.
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
    return times, ends_written


def _placed(notes: Notes, resolution: float) -> Notes:
    """Reduce notes to one voice in 480 ticks per quarter, on the grid, and hold them over gaps that are articulation."""
    times, ends_written = placed_times(notes, resolution)
    voice = one_voice(notes, times)
    if not ends_written:
        # Hold notes over a gap that is articulation: shorter than an eighth of a quarter, or than a quarter of the note.
        start, end = voice.times
        following, end = start[1:], end[:-1]
        np.copyto(end, following, where=(following - end) * 4 < np.maximum(end - start[:-1], TICKS // 2))
    return voice


def _line_placed(notes: Notes, resolution: float) -> Notes | None:
    """A faster :func:`_placed` for notes without overlaps, or None where that is not possible."""
    line = notes.times.T.reshape(-1)  # start and end of the first note, of the second …
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
    # Rounding keeps the order: no end comes before its start, nor after the next start.
    if np.count_nonzero(lengths) < len(lengths):
        return None
    if not written and np.count_nonzero(gaps):
        # Hold notes over a gap that is articulation, as in :func:`_placed`.
        np.copyto(placed[1:-1:2], placed[2::2], where=gaps * 4 < np.maximum(lengths[:-1], TICKS // 2))
    return Notes(placed.reshape(-1, 2).T, notes.pitch, notes.velocity)


def one_voice(notes: Notes, times: NDArray[np.int64]) -> Notes:
    """Move notes to ``times`` (which is overwritten) and reduce them to one voice: a new onset ends the sounding note; of
    simultaneous onsets the highest pitch stays (of equal pitches the longest)."""
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
    """The position of regular accents in the bar, in ticks, or None where there are none.

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
    """Evidence for bars that begin at ``phase``: the length of the notes that begin there minus that of notes across bar lines."""
    start, end = notes.times
    offset = (start - phase) % bar
    length = end - start
    on, across = offset == 0, offset + length > bar
    return int(np.minimum(length[on], bar).sum() - length[across & ~on].sum())


def _stated_pickup(metres: Sequence[MetreChange]) -> int:
    """The length of the first bar in ticks where it is one bar of a metre of its own, shorter than the next one; else 0."""
    return metres[0].bar if len(metres) > 1 and metres[1].tick == metres[0].bar < metres[1].bar else 0


def _pickup(notes: Notes, metres: Sequence[MetreChange], end: int) -> int:
    """The length of the pickup in ticks, less than a bar."""
    stated = _stated_pickup(metres)
    if stated:
        return stated
    bar = metres[0].bar
    start, ends = notes.times
    under = notes if len(metres) == 1 else notes.taken(slice(int(np.searchsorted(start, metres[1].tick))))
    if not under.number:
        return 0
    phase = _accented(under, bar)
    if phase is not None:
        return phase
    last = int(np.maximum.reduce(ends))
    over = last % bar
    ends_at_once = end - last < TICKS // 8
    possible = len(metres) == 1 and start[0] == 0 and 0 < over <= bar // 2 and ends_at_once
    return over if possible and _weight_on_lines(notes, bar, over) > _weight_on_lines(notes, bar, 0) else 0


def layout_of(
    song: Song, notes: Notes, began: int, end: int, known: int | None = None
) -> tuple[list[MetreChange], int, int, list[str]]:
    """Where the bars of a song begin.

    Args:
        song: the song.
        notes: of one voice or several, on the grid, sorted by start; they show where bars begin.
        began: the tick (480 per quarter) at which the first of all voices begins.
        end: the tick at which the tracks of ``notes`` end.
        known: the length of the pickup, where that is known: then bars begin where the metres of the song say. The pickup is a
            first bar with a metre of its own, or the end of a first bar whose beginning is silent.

    Returns:
        The metres, the first at tick 0, where the music begins; the tick of the song at which that is; the length of the pickup in
        ticks; and remarks.
    """
    metres, remarks = metres_of(song, began)
    if known is None:
        first = _pickup(notes, metres, end)
    else:
        first = known if _stated_pickup(metres) == known else 0
    if first and len(metres) > 1 and metres[1].tick == first:
        metres = [metres[1]._replace(tick=0), *metres[2:]]
    laid, line, after = lay(metres, first, began)
    if known is not None and (known == first or not 0 < metres[0].bar - known <= began < metres[0].bar):
        shift, pickup = (0, first) if began < first else (line, 0)
    elif known is not None:
        shift, pickup = metres[0].bar - known, known
    elif began < first:
        shift, pickup = began, first - began
    elif 2 * (began - line) < after - line:
        shift, pickup = line, 0
    else:
        shift, pickup = began, after - began
    if shift:
        laid = [change._replace(tick=max(0, change.tick - shift)) for change in laid]
    return laid, shift, pickup, remarks


def line_of(
    song: Song, *, track: int | str | None = None, grid: bool = True, title: str = "", source: str = ""
) -> tuple[Line, list[str]]:
    """The melody of a song, and remarks.

    Args:
        song: the content of a MIDI file.
        track: the track to take, by number from 1 or by name; None chooses one.
        grid: put notes on the grid of eighths and sixths of a quarter; False keeps every tick.
        title: of the result.
        source: of the result.

    Raises:
        FileError: it has no notes, no such track, or an unsupported metre.
    """
    voice, remarks = choose(song, track)
    remarks = song.remarks + remarks
    scale = TICKS / song.resolution
    if grid:
        notes = _line_placed(voice.notes, song.resolution) or _placed(voice.notes, song.resolution)
    else:
        times = np.rint(voice.notes.times * scale).astype(np.int64)
        np.maximum(times[1], times[0] + 1, out=times[1])
        notes = one_voice(voice.notes, times)
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

    laid, shift, pickup, metre_remarks = layout_of(song, notes, int(notes.times[0, 0]), round(voice.end * scale))
    remarks += metre_remarks
    times = notes.times
    tonic = keys.tonic_of_columns(notes.pitch, times[1] - times[0])
    # Iterating over bytes gives integers.
    rows = zip(*(times - shift if shift else times).tolist(), notes.pitch.tobytes(), notes.velocity.tobytes(), strict=True)
    found = Line.build(
        tuple(map(_new, _ALL_NOTES, rows)),
        laid,
        [TempoChange(round(tick * scale) - shift, round(bpm, 4)) for tick, bpm in song.tempos],
        pickup,
        tonic=tonic,
        key=key_of(song, tonic),
        program=voice.program,
        title=title,
        source=source,
    )
    return found, remarks


def key_of(song: Song, tonic: int | None) -> str | None:
    """The first key that the song states; ``tonic`` is the pitch that its notes suggest, None: the song is believed."""
    if not song.keys:
        return None
    _, sharps, minor = min(song.keys)
    # Programs write C major where no key was chosen; so it counts only if the notes agree.
    return None if sharps == 0 and not minor and tonic is not None and tonic % 12 != 0 else keys.key_text(sharps, minor)


def read(path: Path, song: Song, *, track: int | str | None, grid: bool) -> ReadResult:
    """Read the melody of a song from a MIDI file.

    Raises:
        FileError: see :func:`line_of`; the message is a clause without the path.
    """
    line, remarks = line_of(song, track=track, grid=grid, title=title_of(song) or path.stem, source=str(path))
    return ReadResult(pieces=[line], remarks=remarks)
