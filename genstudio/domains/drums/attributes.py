"""The attributes of drum patterns."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from genstudio.domains.base import Attribute
from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.voices import (
    CLOSED,
    CRASH,
    EARLIEST,
    HIGH,
    KICK,
    LOW,
    MID,
    OPEN,
    RIDE,
    SNARE,
    STEP,
    UNIT,
    VOICES,
    level_of,
    step_of,
)  # fmt: skip
from genstudio.domains.music.notes import bars_of, main_tempo
from genstudio.domains.music.syncopation import syncopation
from genstudio.domains.music.time import TICKS, beat_ticks, is_compound

__all__ = ["ATTRIBUTES", "dynamics", "loudness"]


def _density(piece: DrumPattern) -> float:
    return len(piece.notes) * TICKS / piece.length if piece.length else 0.0


def _syncopation(piece: DrumPattern) -> float:
    beat = (note for note in piece.notes if note.pitch in (VOICES[KICK].pitch, VOICES[SNARE].pitch) and level_of(note.velocity))
    return syncopation(sorted({step_of(note.start) * STEP for note in beat}), piece)


def _swing(piece: DrumPattern, span: int) -> float:
    """Length of the first of two notes that divide ``span`` units, divided by the second; see the help of the attributes."""
    struck = {note.start // UNIT for note in piece.notes}
    edge = range(EARLIEST, 1 - EARLIEST)
    places: list[int] = []
    for start, end, _, metre in bars_of(piece):
        if is_compound(*metre):
            continue
        for beat in range(start // UNIT, end // UNIT - span + 1, span):
            after = beat + span
            inside = [place for place in range(1 - EARLIEST, span + EARLIEST) if beat + place in struck]
            begun = not struck.isdisjoint(beat + off for off in edge)
            ended = after * UNIT == piece.length or not struck.isdisjoint(after + off for off in edge)
            if begun and ended and all(5 * span <= 12 * place < 9 * span for place in inside):
                places += inside
    mean = sum(places) / len(places) if places else span / 2
    return mean / (span - mean)


def _late(piece: DrumPattern) -> float:
    beats: set[int] = set()
    for start, end, _, metre in bars_of(piece):
        beats.update(range(start, end, beat_ticks(*metre)))
    off = [note.start - at for note in piece.notes if (at := step_of(note.start) * STEP) in beats]
    return sum(off) / len(off) / TICKS * 60_000 / main_tempo(piece) if off else 0.0


def loudness(piece: DrumPattern) -> float:
    """The mean velocity of the hits."""
    return sum(note.velocity for note in piece.notes) / len(piece.notes) if piece.notes else 0.0


def dynamics(piece: DrumPattern) -> float:
    """The standard deviation of the velocities."""
    return float(np.std([note.velocity for note in piece.notes])) if piece.notes else 0.0


def _ghosts(piece: DrumPattern) -> float:
    snare = [note.velocity for note in piece.notes if note.pitch == VOICES[SNARE].pitch]
    return sum(level_of(velocity) == 0 for velocity in snare) / len(snare) if snare else 0.0


def _together(piece: DrumPattern) -> float:
    steps = {(step_of(note.start), note.pitch) for note in piece.notes}
    return len(steps) / len({step for step, _ in steps}) if steps else 0.0


def _share(*voices: int) -> Callable[[DrumPattern], float]:
    """A measure of an attribute: the share of the hits that are of one of the voices."""
    pitches = {VOICES[voice].pitch for voice in voices}

    def share(piece: DrumPattern) -> float:
        return sum(note.pitch in pitches for note in piece.notes) / len(piece.notes) if piece.notes else 0.0

    return share


_RATIO = (
    "Length of the first of two {notes}, divided by the second (the swing ratio of A. Friberg, A. Sundström, Swing ratios and "
    "ensemble timing in jazz performance, Music Perception 19, 2002): 1 is straight, 2 a triplet. Counted are {spans} with hits at "
    "both ends and, between them, only at 5 to 9 twelfths of their length; 1 where there are none, and in compound metres."
)

ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("density", "Hit density", "hits a quarter", "Hits for each quarter of the whole length.", _density),
    Attribute(
        "syncopation",
        "Syncopation",
        "levels a note",
        "For kick and snare as one rhythm, without ghost notes and on their sixteenths. For each onset: by how many metrical "
        "levels the strongest position that is silent after it is above its own position, zero where none is stronger; then the "
        "mean over the onsets (after H. C. Longuet-Higgins, C. S. Lee, The rhythmic interpretation of monophonic music, Music "
        "Perception 1, 1984).",
        _syncopation,
    ),
    Attribute(
        "swing", "Swing", "ratio", _RATIO.format(notes="eighths", spans="quarters"), lambda piece: _swing(piece, TICKS // UNIT)
    ),
    Attribute(
        "swing16",
        "Swing of sixteenths",
        "ratio",
        _RATIO.format(notes="sixteenths", spans="eighths"),
        lambda piece: _swing(piece, TICKS // UNIT // 2),
    ),
    Attribute(
        "late", "Behind the beat", "ms", "How late the hits on beats are, mean; negative values are early.", _late
    ),
    Attribute("loudness", "Loudness", "velocity", "Mean velocity of the hits.", loudness),
    Attribute("dynamics", "Dynamics", "velocity", "Standard deviation of the velocities.", dynamics),
    Attribute("ghosts", "Ghost notes", "share", "Share of the hits of the snare that have the softest level.", _ghosts),
    Attribute("layers", "Voices together", "voices", "Mean number of voices on each sixteenth that has hits.", _together),
    Attribute("kick", "Kick", "share", "Share of the hits that are the kick's.", _share(KICK)),
    Attribute("snare", "Snare", "share", "Share of the hits that are the snare's.", _share(SNARE)),
    Attribute("hats", "Hi-hat", "share", "Share of the hits that are the hi-hat's, closed or open.", _share(CLOSED, OPEN)),
    Attribute("toms", "Toms", "share", "Share of the hits that are the toms'.", _share(LOW, MID, HIGH)),
    Attribute("cymbals", "Cymbals", "share", "Share of the hits that are crash or ride.", _share(CRASH, RIDE)),
)
