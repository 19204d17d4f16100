"""The percussion of General MIDI: name and notation of each number.

Sources: General MIDI System Level 1, MIDI Manufacturers Association, 1991 (numbers and names; those of the nine voices of a kit are
the shorter ones that drummers use); N. Weinberg, Guidelines for drumset notation, Percussive Notes 32 (3), 1994 (places on the
staff and note heads).
"""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Drum", "drum"]


class Drum(NamedTuple):
    """A percussion instrument: its name, its place on a staff (letter and octave as in the treble clef), and its note head."""

    name: str
    step: str
    octave: int
    head: str = "normal"


_DRUMS = {
    35: Drum("Acoustic bass drum", "E", 4), 36: Drum("Kick", "F", 4), 37: Drum("Side stick", "C", 5, "x"),
    38: Drum("Snare", "C", 5),
    39: Drum("Hand clap", "C", 5, "x"), 40: Drum("Electric snare", "C", 5), 41: Drum("Low floor tom", "G", 4),
    42: Drum("Closed hat", "G", 5, "x"), 43: Drum("High floor tom", "A", 4), 44: Drum("Pedal hat", "D", 4, "x"),
    45: Drum("Low tom", "A", 4), 46: Drum("Open hat", "G", 5, "circle-x"), 47: Drum("Low-mid tom", "B", 4),
    48: Drum("Mid tom", "D", 5), 49: Drum("Crash", "A", 5, "x"), 50: Drum("High tom", "E", 5), 51: Drum("Ride", "F", 5, "x"),
    52: Drum("China", "B", 5, "x"), 53: Drum("Ride bell", "F", 5, "diamond"), 54: Drum("Tambourine", "B", 4, "x"),
    55: Drum("Splash", "B", 5, "x"), 56: Drum("Cowbell", "E", 5, "triangle"), 57: Drum("Crash 2", "A", 5, "x"),
    58: Drum("Vibraslap", "B", 4, "x"), 59: Drum("Ride 2", "F", 5, "x"),
    60: Drum("High bongo", "E", 5), 61: Drum("Low bongo", "C", 5),
    62: Drum("Muted conga", "E", 5, "x"), 63: Drum("Open conga", "E", 5), 64: Drum("Low conga", "C", 5),
    65: Drum("High timbale", "E", 5), 66: Drum("Low timbale", "C", 5), 67: Drum("High agogo", "E", 5, "triangle"),
    68: Drum("Low agogo", "C", 5, "triangle"), 69: Drum("Cabasa", "B", 4, "x"), 70: Drum("Maracas", "B", 4, "x"),
    71: Drum("Short whistle", "G", 5), 72: Drum("Long whistle", "G", 5), 73: Drum("Short guiro", "B", 4, "x"),
    74: Drum("Long guiro", "B", 4, "x"), 75: Drum("Claves", "D", 5, "x"), 76: Drum("High wood block", "E", 5, "triangle"),
    77: Drum("Low wood block", "C", 5, "triangle"), 78: Drum("Muted cuica", "D", 5, "x"), 79: Drum("Open cuica", "D", 5),
    80: Drum("Muted triangle", "A", 5, "triangle"), 81: Drum("Open triangle", "A", 5, "triangle"),
}  # fmt: skip


def drum(number: int) -> Drum:
    """The percussion instrument of a number; numbers that are not in General MIDI are written on the middle line."""
    return _DRUMS.get(number) or Drum(f"Percussion {number}", "B", 4, "x")
