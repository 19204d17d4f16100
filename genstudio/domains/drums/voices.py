"""The nine voices of drums, levels of loudness, and hits on sixteenths.

Conventions: time is in ticks, 480 per quarter. A hit belongs to a sixteenth (step) if it is at most two twenty-fourths of a quarter
before or three after it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple, TypeVar

from genstudio.domains.music.notes import Music, Note
from genstudio.domains.music.time import TICKS

__all__ = [
    "EARLIEST",
    "INDEX_OF",
    "LATEST",
    "SAME_TIME",
    "STEP",
    "UNIT",
    "VELOCITIES",
    "VOICES",
    "DrumVoice",
    "Hit",
    "hits_of",
    "level_of",
    "notes_of",
    "step_of",
    "struck",
    "without_flams",
]

T = TypeVar("T", int, float)


class DrumVoice(NamedTuple):
    """One of the nine voices: its number among the General MIDI percussion, its name, and an abbreviation of two letters."""

    pitch: int
    name: str
    short: str


VOICES = (
    DrumVoice(36, "kick", "BD"),
    DrumVoice(38, "snare", "SD"),
    DrumVoice(42, "closed hi-hat", "CH"),
    DrumVoice(46, "open hi-hat", "OH"),
    DrumVoice(45, "low tom", "LT"),
    DrumVoice(48, "mid tom", "MT"),
    DrumVoice(50, "high tom", "HT"),
    DrumVoice(49, "crash", "CC"),
    DrumVoice(51, "ride", "RD"),
)
"""The voices in the order of the symbols."""
VELOCITIES = (26, 54, 84, 120)
"""The velocity of each level (ghost note, soft, medium, loud); a velocity belongs to the nearest level. These four have the least
error on the performances of the Groove MIDI Dataset (Lloyd's algorithm)."""
UNIT = TICKS // 24
"""Ticks of the resolution in time."""
STEP = TICKS // 4
"""Ticks of a sixteenth."""
EARLIEST, LATEST = -2, 3
"""The range of the offset of a hit from its step, in units; the six values span a step."""
SAME_TIME = 2 * UNIT
_LENGTH = 2 * UNIT  # of every note, and the least distance of two hits of one voice

KICK, SNARE, CLOSED, OPEN, LOW, MID, HIGH, CRASH, RIDE = range(9)
INDEX_OF = {voice.pitch: index for index, voice in enumerate(VOICES)}

Hit = tuple[int, int, int]
"""Tick, voice (index in :data:`VOICES`), velocity."""


def level_of(velocity: int) -> int:
    """The level of a velocity: the index of the nearest of :data:`VELOCITIES`.

    >>> [level_of(velocity) for velocity in (1, 40, 41, 69, 70, 102, 103, 127)]
    [0, 0, 1, 1, 2, 2, 3, 3]
    """
    return bisect_right((40, 69, 102), velocity - 1)


def step_of(tick: int) -> int:
    """The sixteenth that a hit belongs to."""
    return (tick - EARLIEST * UNIT) // STEP


def hits_of(notes: Iterable[Note], moved: int = 0) -> list[Hit]:
    """Notes as hits, ``moved`` ticks later."""
    return [(note.start + moved, INDEX_OF[note.pitch], note.velocity) for note in notes]


def notes_of(hits: Iterable[Hit]) -> tuple[Note, ...]:
    """The hits as notes, sorted. Early ones at the start are put on it, and of two of one voice that are too close the louder is
    kept."""
    inside = sorted((max(0, tick), voice, velocity) for tick, voice, velocity in hits)
    notes = (Note(tick, tick + _LENGTH, VOICES[voice].pitch, velocity) for tick, voice, velocity in without_flams(inside))
    return tuple(sorted(notes, key=itemgetter(0, 2)))


def without_flams(hits: Iterable[tuple[T, int, int]]) -> list[tuple[T, int, int]]:
    """The hits (time, voice, velocity; sorted) without those that are too close to a louder one of the same voice."""
    last: dict[int, int] = {}
    kept: list[tuple[T, int, int] | None] = []
    for hit in hits:
        before = last.get(hit[1])
        rival = kept[before] if before is not None else None
        if before is not None and rival is not None and hit[0] - rival[0] < _LENGTH:
            if hit[2] <= rival[2]:
                continue
            kept[before] = None
        last[hit[1]] = len(kept)
        kept.append(hit)
    return [hit for hit in kept if hit is not None]


def struck(music: Music) -> dict[int, list[Note]]:
    """The hits of each sixteenth that has any, in order of time."""
    found: dict[int, list[Note]] = defaultdict(list)
    for note in music.notes:
        found[step_of(note.start)].append(note)
    return found
