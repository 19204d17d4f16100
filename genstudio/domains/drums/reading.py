"""Read the drums of a song: choose the tracks, and map their percussion to hits of the nine voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from genstudio.domains.drums.voices import (
    CLOSED,
    CRASH,
    HIGH,
    INDEX_OF,
    KICK,
    LOW,
    MID,
    OPEN,
    RIDE,
    SAME_TIME,
    SNARE,
    STEP,
    UNIT,
    VOICES,
    Hit,
    notes_of,
    step_of,
    without_flams,
)  # fmt: skip
from genstudio.domains.music.midi import lay, metres_of, named, names_drums
from genstudio.domains.music.smf import Song, Voice
from genstudio.domains.music.time import TICKS, MetreChange, TempoChange
from genstudio.errors import FileError, Message

__all__ = ["Beat", "beat_of"]

_HOME = {
    35: KICK, 36: KICK, 37: SNARE, 38: SNARE, 39: SNARE, 40: SNARE,
    22: CLOSED, 42: CLOSED, 44: CLOSED, 26: OPEN, 46: OPEN,
    41: LOW, 43: LOW, 45: LOW, 58: LOW, 47: MID, 48: MID, 50: HIGH,
    49: CRASH, 52: CRASH, 55: CRASH, 57: CRASH, 51: RIDE, 53: RIDE, 59: RIDE,
}  # fmt: skip
_TOMS = (41, 43, 45, 47, 48, 50, 58)
_TOMS_BY_PAIRS = {**_HOME, 45: MID, 47: MID, 48: HIGH, 50: HIGH}
_NAMES = {
    22: "hi-hat edge", 26: "open hi-hat edge", 35: "acoustic bass drum", 37: "side stick", 39: "hand clap", 40: "electric snare",
    41: "low floor tom", 43: "high floor tom", 44: "pedal hi-hat", 45: "low tom", 47: "low-mid tom", 48: "hi-mid tom",
    50: "high tom", 52: "china", 53: "ride bell", 54: "tambourine", 55: "splash", 56: "cowbell", 57: "second crash",
    58: "floor tom rim", 59: "second ride", 60: "high bongo", 61: "low bongo", 62: "muted conga", 63: "open conga",
    64: "low conga", 65: "high timbale", 66: "low timbale", 67: "high agogo", 68: "low agogo", 69: "cabasa", 70: "maracas",
    71: "short whistle", 72: "long whistle", 73: "short guiro", 74: "long guiro", 75: "claves", 76: "high wood block",
    77: "low wood block", 78: "muted cuica", 79: "open cuica", 80: "muted triangle", 81: "open triangle",
}  # fmt: skip


class Beat(NamedTuple):
    """The drums of a song: hits, metres on bar lines, tempos, the length in ticks, and the kit."""

    hits: list[Hit]
    metres: list[MetreChange]
    tempos: list[TempoChange]
    length: int
    program: int


def _chosen(song: Song, track: int | str | None) -> tuple[list[Voice], list[str]]:
    """The voices that are the drums, and remarks on the choice."""
    voices = song.voices
    if not voices:
        raise FileError("no notes")
    if track is not None:
        return [voices[named(voices, track)]], []
    drums = [voice for voice in voices if voice.drums]
    if drums:
        return drums, []
    drums = [voice for voice in voices if names_drums(voice.name)]
    if not drums:
        raise FileError("no drums: nothing is on channel 10, and no track is named after drums", remedy="choose-track")
    names = ", ".join(repr(voice.name) for voice in drums)
    return drums, [f"nothing is on channel 10: the drums were taken from {names}"]


def beat_of(song: Song, track: int | str | None = None, *, grid: bool = True) -> tuple[Beat, list[str]]:
    """The drums of a song, and remarks on hits that were mapped, left out or moved.

    Args:
        song: the content of a MIDI file.
        track: the track to take, by number from 1 or by name; None takes channel 10, or else the tracks with names of drums.
        grid: put hits that are close together, and leave out bars of silence before the first.

    Raises:
        FileError: it has no drums, no such track, or an unsupported metre.
    """
    voices, remarks = _chosen(song, track)
    remarks = song.remarks + remarks
    scale = TICKS / song.resolution
    times = np.concatenate([voice.notes.times[0] for voice in voices]) * scale
    pitches = np.concatenate([voice.notes.pitch for voice in voices])
    velocities = np.concatenate([voice.notes.velocity for voice in voices])
    found = Counter(pitches.tolist())
    others = {pitch for pitch in found if pitch in _TOMS} - set(INDEX_OF)
    home = _TOMS_BY_PAIRS if others else _HOME
    remarks += _mapping_remarks(found, home)
    played = [
        (time, home[pitch], velocity)
        for time, pitch, velocity in sorted(zip(times.tolist(), pitches.tolist(), velocities.tolist(), strict=True))
        if pitch in home
    ]
    if not played:
        raise FileError("no drums: its percussion has no place among kick, snare, hi-hats, toms, crash and ride")
    hits, notes = _placed(played, grid)
    remarks += notes
    began = min(step_of(tick) for tick, _, _ in hits) * STEP
    metres, notes = metres_of(song, began)
    laid, line, _ = lay(metres, 0, began)
    shift = line if grid else 0
    last = max(step_of(tick) for tick, _, _ in hits) * STEP + STEP
    return Beat(
        [(tick - shift, voice, velocity) for tick, voice, velocity in hits],
        [change._replace(tick=max(0, change.tick - shift)) for change in laid],
        [TempoChange(round(tick * scale) - shift, round(bpm, 4)) for tick, bpm in song.tempos],
        last - shift,
        voices[0].program,
    ), remarks + notes


def _mapping_remarks(found: Mapping[int, int], home: Mapping[int, int]) -> list[str]:
    remarks: list[str] = []
    moved = [pitch for pitch in sorted(found) if pitch in home and VOICES[home[pitch]].pitch != pitch]
    lost = [pitch for pitch in sorted(found) if pitch not in home]
    total = sum(found.values())
    if moved:
        names = ", ".join(f"{_NAMES.get(pitch, VOICES[home[pitch]].name)} as {VOICES[home[pitch]].name}" for pitch in moved)
        count = sum(found[pitch] for pitch in moved)
        remarks.append(
            Message(
                "{count} of {total} hits were taken as one of the nine voices ('{names}')", count=count, total=total, names=names
            )
        )
    if lost:
        names = ", ".join(_NAMES.get(pitch, f"percussion {pitch}") for pitch in lost)
        count = sum(found[pitch] for pitch in lost)
        remarks.append(
            Message(
                "{count} of {total} hits were left out: a drum kit has no place for them ('{names}')",
                count=count,
                total=total,
                names=names,
            )
        )
    return remarks


def _placed(played: Sequence[tuple[float, int, int]], grid: bool) -> tuple[list[Hit], list[str]]:
    """Put hits on twenty-fourths of a quarter.

    Args:
        played: times in ticks, voices and velocities, sorted by time.
        grid: put hits that are close together.

    Returns:
        The hits, and remarks on those that were moved or left out.
    """
    exact = all(abs(time / UNIT - round(time / UNIT)) < 1e-6 for time, _, _ in played)
    if exact or not grid:
        hits = [(round(time / UNIT) * UNIT, voice, velocity) for time, voice, velocity in played]
        kept = len(notes_of(hits))
        return hits, [] if kept == len(hits) else [_flams(len(hits) - kept, len(hits))]
    single = without_flams(played)
    hits = []
    moved = 0.0
    for group in _groups(single):
        tick = round(sum(time for time, _, _ in group) / len(group) / UNIT) * UNIT
        hits += [(tick, voice, velocity) for _, voice, velocity in group]
        moved += sum(abs(time - tick) for time, _, _ in group)
    remarks: list[str] = [
        f"hits were moved by {moved / len(single) / TICKS:.3f} quarters on average, to twenty-fourths of a quarter"
    ]
    if len(single) < len(played):
        remarks.append(_flams(len(played) - len(single), len(played)))
    return hits, remarks


def _flams(lost: int, total: int) -> str:
    return f"{lost} of {total} hits were left out: they are within a twelfth of a quarter of a louder one of the same voice"


def _groups(played: Sequence[tuple[float, int, int]]) -> Iterator[list[tuple[float, int, int]]]:
    """Group hits that are put together: those less than a twelfth of a quarter after the first of the group."""
    group: list[tuple[float, int, int]] = []
    for hit in played:
        if group and hit[0] - group[0][0] >= SAME_TIME:
            yield group
            group = []
        group.append(hit)
    if group:
        yield group
