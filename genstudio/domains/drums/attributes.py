"""What can be measured of a drum pattern."""

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
    """How long the first of two notes that divide ``span`` units is, by the second; see the help of the attributes."""
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
    """What gives the share of the hits that are of one of the voices."""
    pitches = {VOICES[voice].pitch for voice in voices}

    def share(piece: DrumPattern) -> float:
        return sum(note.pitch in pitches for note in piece.notes) / len(piece.notes) if piece.notes else 0.0

    return share


_RATIO = (
    "How long the first of two {notes} is, by the second (the swing ratio of A. Friberg, A. Sundström, Swing ratios and ensemble "
    "timing in jazz performance, Music Perception 19, 2002): 1 is straight, 2 a triplet. Counted are {spans} that are struck at "
    "both ends and between only at 5 to 9 twelfths of the way; 1 where there are none, and in compound metres."
)

ATTRIBUTES: tuple[Attribute, ...] = (
    Attribute("density", "Hit density", "hits a quarter", "Hits for each quarter of the whole length.", _density),
    Attribute(
        "syncopation",
        "Syncopation",
        "levels a note",
        "For kick and snare as one rhythm, without ghost notes and on their sixteenths: for each onset by how many metrical levels "
        "the strongest place that is left silent after it is above the place where it stands; nought where none is stronger; the "
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
        "late", "Behind the beat", "ms", "Mean of how late the hits of the beats are; below nought they are early.", _late
    ),
    Attribute("loudness", "Loudness", "velocity", "Mean velocity of the hits.", loudness),
    Attribute("dynamics", "Dynamics", "velocity", "Standard deviation of the velocities.", dynamics),
    Attribute("ghosts", "Ghost notes", "share", "Share of the snare's hits that are of the softest level.", _ghosts),
    Attribute("layers", "Voices together", "voices", "Mean number of voices on a sixteenth that is struck.", _together),
    Attribute("kick", "Kick", "share", "Share of the hits that are the kick's.", _share(KICK)),
    Attribute("snare", "Snare", "share", "Share of the hits that are the snare's.", _share(SNARE)),
    Attribute("hats", "Hi-hat", "share", "Share of the hits that are the hi-hat's, closed or open.", _share(CLOSED, OPEN)),
    Attribute("toms", "Toms", "share", "Share of the hits that are the toms'.", _share(LOW, MID, HIGH)),
    Attribute("cymbals", "Cymbals", "share", "Share of the hits that are crash or ride.", _share(CRASH, RIDE)),
)
