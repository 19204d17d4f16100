"""The attributes of scores; see :mod:`genstudio.domains.melody.attributes` for the conventions."""

from __future__ import annotations

from genstudio.domains.base import Attribute
from genstudio.domains.music.syncopation import syncopation
from genstudio.domains.music.time import TICKS
from genstudio.domains.score.piece import Score, top_line

__all__ = ["ATTRIBUTES"]


def _density(score: Score) -> float:
    return len(score.notes) * TICKS / score.length if score.length else 0.0


def _pitch(score: Score) -> float:
    melody = top_line(score)
    return sum(note.pitch for note in melody) / len(melody) if melody else 60.0


def _thickness(score: Score) -> float:
    return sum(note.end - note.start for note in score.notes) / score.length if score.length else 0.0


def _chords(score: Score) -> float:
    return len(score.symbols) / score.bars if score.bars else 0.0


def _syncopation(score: Score) -> float:
    return syncopation(sorted({note.start for note in score.notes}), score)


ATTRIBUTES = (
    Attribute("density", "Note density", "notes a quarter", "Notes of all parts for each quarter of the whole length.", _density),
    Attribute("pitch", "Mean pitch", "semitones", "Mean MIDI pitch of the melody (60 is middle C).", _pitch),
    Attribute("thickness", "Thickness", "notes at once", "How many notes sound at once, mean over the whole length.", _thickness),
    Attribute("harmony", "Chord changes", "chords a bar", "Chord symbols for each bar.", _chords),
    Attribute(
        "syncopation", "Syncopation", "levels a note", "As for melodies, over the onsets of all parts together.", _syncopation
    ),
)
