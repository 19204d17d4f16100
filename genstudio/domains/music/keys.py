"""The reference pitch of a melody, and the names of keys.

Conventions: pitches are MIDI numbers (60 is middle C), pitch classes 0 .. 11 with C = 0; durations are in ticks.
Source of the profiles: C. L. Krumhansl, E. J. Kessler, "Tracing the dynamic changes in perceived tonal organization in a
spatial representation of musical keys", Psychological Review 89 (1982).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.errors import ConfigError

__all__ = [
    "HIGHEST",
    "LOWEST",
    "MAJOR_BY_SHARPS",
    "MODES",
    "STEPS",
    "key_named",
    "key_pitch_class",
    "key_text",
    "pitch_name",
    "tonic_of",
    "tonic_of_columns",
]

LOWEST, HIGHEST = 24, 96
"""The range of reference pitches."""

_PITCHES = 132  # the first whole number of octaves that holds all pitches
_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
_SHARPS = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
MAJOR_BY_SHARPS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
"""The tonics of the major keys, from seven flats to seven sharps."""
STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
"""The pitch classes of the letters."""
MODES = {
    "major": 0, "ionian": 0, "mixolydian": -1, "dorian": -2, "minor": -3, "aeolian": -3, "phrygian": -4, "locrian": -5, "lydian": 1,
}  # fmt: skip
"""The distance in fifths of the signature of a mode from that of the major key with the same tonic."""
_MINOR_BY_SHARPS = ("Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#")


def _normalised(profile: tuple[float, ...]) -> tuple[float, ...]:
    mean = sum(profile) / 12
    centred = [value - mean for value in profile]
    norm = math.sqrt(sum(value * value for value in centred))
    return tuple(value / norm for value in centred)


# One row per key, C major, C minor, C sharp major …: the profile, rotated so that index 0 is C. The norm of the notes is the same
# for all keys and left out of the correlation.
_ROWS = np.array(
    [
        [profile[(pc - tonic) % 12] for pc in range(12)]
        for tonic in range(12)
        for profile in (_normalised(_MAJOR), _normalised(_MINOR))
    ]
)

# For each first pitch class a matrix that maps durations by pitch to: the sums of the twelve pitch classes from the first one on,
# the total, and the sum of duration times pitch.
_SUMS = [
    np.array([[float((pitch - first) % 12 == place) for place in range(12)] + [1.0, float(pitch)] for pitch in range(_PITCHES)])
    for first in range(12)
]


def tonic_of(weighted: Iterable[tuple[int, int]]) -> int:
    """The reference pitch (24 .. 96) of ``(pitch, duration)`` pairs.

    Its pitch class is the tonic of the best of the 24 keys; its octave is chosen so that the mean pitch, weighted by duration, is
    less than an octave above it. Transposing the notes transposes it (within the range), so that pitches relative to it do not
    change. Of equally good keys, the one whose tonic is nearest above the lowest note is taken.
    """
    pairs = [(pitch, duration) for pitch, duration in weighted if duration]
    if not pairs:
        return 60
    pitches, durations = zip(*pairs, strict=True)
    return tonic_of_columns(np.array(pitches), np.array(durations))


def tonic_of_columns(pitches: NDArray[Any], durations: NDArray[Any]) -> int:
    """:func:`tonic_of` for arrays of the pitches (0 .. 131) and durations (above 0) of at least one note."""
    # Counted from the lowest note: then transposed tunes have the same sums in the same order, and ties are resolved alike.
    lowest = int(np.minimum.reduce(pitches))
    # Durations and pitches are integers, so these sums are exact.
    sums = np.bincount(pitches, durations, _PITCHES).dot(_SUMS[lowest % 12])
    total, moment = int(sums[12]), int(sums[13])
    close = 1e-9 * total
    best, found = -math.inf, 0
    for row, score in enumerate(_ROWS.dot(sums[:12]).tolist()):
        if score > best + close:
            best, found = score, row
    pitch_class = (lowest + found // 2) % 12
    # The highest pitch of the class that is not above the mean, in integer arithmetic.
    tonic = pitch_class + 12 * ((moment - pitch_class * total) // (12 * total))
    while tonic < LOWEST:
        tonic += 12
    while tonic > HIGHEST:
        tonic -= 12
    return tonic


def key_text(sharps: int, minor: bool) -> str | None:
    """The name of a MIDI key signature (-7 .. 7 sharps), or None where it is out of range.

    >>> key_text(1, False), key_text(-1, True)
    ('G major', 'D minor')
    """
    if not -7 <= sharps <= 7:
        return None
    return f"{_MINOR_BY_SHARPS[sharps + 7]} minor" if minor else f"{MAJOR_BY_SHARPS[sharps + 7]} major"


def key_pitch_class(key: str) -> int | None:
    """The pitch class of the tonic in the name of a key ("Bb major" -> 10), or None if there is no tonic.

    >>> key_pitch_class("F# minor")
    6
    """
    name = key.strip()
    if not name or name[0].upper() not in STEPS:
        return None
    pitch_class = STEPS[name[0].upper()]
    for sign in name[1:]:
        if sign in "#♯":
            pitch_class += 1
        elif sign in "b♭":
            pitch_class -= 1
        else:
            break
    return pitch_class % 12


def key_named(key: str) -> tuple[int, str]:
    """The pitch class of the tonic of a key, and its name with the mode.

    Raises:
        ConfigError: it is not the name of a key.

    >>> key_named("Bb")
    (10, 'Bb major')
    """
    wanted, words = key_pitch_class(key), key.split()
    if wanted is None or len(words) > 2:
        raise ConfigError("{key!r} is no key; expected one such as G major, D minor or A dorian.", key=key)
    return wanted, key if len(words) == 2 else f"{key} major"


def pitch_name(pitch: int) -> str:
    """The name of a pitch with its octave.

    >>> pitch_name(60), pitch_name(66)
    ('C4', 'F♯4')
    """
    return f"{_SHARPS[pitch % 12]}{pitch // 12 - 1}"
