"""Statistics of scores: of their parts, and between parts.

**Features** of a score, compared between sets as in :mod:`genstudio.evaluation.music`: those features that do not depend on the
order of notes, of all parts together; and others of each part (``empty_bars melody``; of several parts with one role the second
is ``other 2``), after H.-W. Dong et al., MuseGAN, AAAI 2018, section 6.1:

- ``empty_bars``: share of the bars in which nothing sounds. ``note_density``: notes or chord symbols a quarter.
- ``used_pitch_classes``: different pitch classes of a bar, mean over bars that are not empty.
- ``polyphony``: notes that sound at once, mean over the time in which some do.

Between parts, mean over beats and over pairs of parts that both sound in the beat:

- ``tonal_distance``: Euclidean distance of the tonal centroids of their pitch classes (C. Harte, M. Sandler, M. Gasser,
  Detecting harmonic change in musical audio, 2006), whose six dimensions are places on the circles of fifths, minor thirds and
  major thirds.
- ``pitch_class_overlap``: overlap of their histograms of pitch classes, 0 to 1.

A chord symbol sounds with all its notes; drums have no pitch classes.

**Voice leading** of a set (:func:`voice_leading`), each number per 100 notes: ``parallel_fifths``, ``parallel_octaves``,
``crossings`` and ``out_of_range``, see :mod:`genstudio.domains.score.voices`. ``one_key``: share of the scores whose parts all fit
one key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Music
from genstudio.domains.music.notes import bar_lines, bars_of
from genstudio.domains.music.time import TICKS
from genstudio.domains.score import Part, Score
from genstudio.domains.score.voices import crossings, in_one_key, outside, parallels, pitch_classes
from genstudio.evaluation.music import FEATURES, Feature

__all__ = ["compare_voices", "features_of", "one_key", "voice_leading"]

_RADII = (1.0, 1.0, 0.5)
_TURNS = (7 / 6, 3 / 2, 2 / 3)  # of a semitone on each circle, times pi
_CENTROID = np.array(
    [
        [radius * wave(np.pi * turn * step) for radius, turn in zip(_RADII, _TURNS, strict=True) for wave in (np.sin, np.cos)]
        for step in range(12)
    ]
)

_Floats = NDArray[np.float64]


def empty_bars(score: Score, part: Part) -> float:
    """Share of the bars of the score in which nothing sounds in a part."""
    return float(np.mean(_used(score, part) == 0))


def note_density(score: Score, part: Part) -> float:
    """Notes or chord symbols of a part a quarter."""
    return (len(part.notes) + len(part.chords)) * TICKS / score.length


def used_pitch_classes(score: Score, part: Part) -> float | None:
    """Different pitch classes in a bar, mean over the bars that are not empty; None for drums and where all are."""
    bars = _used(score, part)
    return float(bars[bars > 0].mean()) if part.role != "drums" and bars.any() else None


def polyphony(score: Score, part: Part) -> float | None:
    """Notes that sound at once, mean over the time in which some do; None without pitches."""
    if not part.pitched or not part.notes:
        return None
    ticks = reach = 0
    for start, end, *_ in part.notes:
        ticks += max(0, end - max(start, reach))
        reach = max(reach, end)
    return sum(note.end - note.start for note in part.notes) / ticks


def tonal_distance(score: Any) -> float | None:
    """Distance of the tonal centroids of two parts, mean over beats and pairs; None where no two sound at once."""
    return _between(score, lambda a, b: np.linalg.norm((a - b) @ _CENTROID, axis=1))


def pitch_class_overlap(score: Any) -> float | None:
    """Overlap of the pitch classes of two parts, mean over beats and pairs; None where no two sound at once."""
    return _between(score, lambda a, b: np.minimum(a, b).sum(1))


TOGETHER = (
    "note_count", "pitch_count", "pitch_range", "onset_interval", "pitch_class_entropy", "scale_consistency", "groove_consistency",
    "bar_repetition", "pitch_class_histogram", "note_length_histogram",
)  # fmt: skip
OF_PARTS = (empty_bars, note_density, used_pitch_classes, polyphony)
BETWEEN = (tonal_distance, pitch_class_overlap)


def features_of(pieces: Sequence[Music]) -> dict[str, Feature] | None:
    """The features of scores with parts like those of ``pieces``, by name; None where these are not scores."""
    scores = [piece for piece in pieces if isinstance(piece, Score)]
    if not scores or len(scores) < len(pieces):
        return None
    found: dict[str, Feature] = {name: FEATURES[name] for name in TOGETHER}
    found |= {function.__name__: function for function in BETWEEN}
    for label in dict.fromkeys(label for score in scores for label in _labelled(score)):
        found |= {f"{function.__name__} {label}": partial(_of_part, function, label) for function in OF_PARTS}
    return found


def compare_voices(real: Sequence[Music], generated: Sequence[Music]) -> dict[str, float]:
    """The numbers of :func:`voice_leading` and ``one_key`` of generated scores, and with the suffix ``_real`` of real ones; without
    those that are not defined for both."""
    numbers = []
    for pieces in (generated, real):
        scores = [piece for piece in pieces if isinstance(piece, Score)]
        fits = one_key(scores)
        numbers.append({**voice_leading(scores), **({} if fits is None else {"one_key": fits})})
    own, others = numbers
    both = [name for name in own if name in others]
    return {**{name: own[name] for name in both}, **{f"{name}_real": others[name] for name in both}}


def voice_leading(scores: Sequence[Score]) -> dict[str, float]:
    """The numbers of a set described in the module; empty where no score has two parts with a pitch."""
    several = [score for score in scores if sum(part.pitched for part in score.parts) > 1]
    notes = sum(len(score.notes) for score in several)
    if not notes:
        return {}
    counted: dict[str, Callable[[Score], int]] = {
        "parallel_fifths": lambda score: parallels(score, 7),
        "parallel_octaves": lambda score: parallels(score, 0),
        "crossings": crossings,
        "out_of_range": outside,
    }
    return {name: 100 * sum(map(count, several)) / notes for name, count in counted.items()}


def one_key(scores: Sequence[Score]) -> float | None:
    """Share of the scores whose parts all fit one key, of those in which this can be said; None where there are none."""
    found = [fits for score in scores if (fits := in_one_key(score)) is not None]
    return sum(found) / len(found) if found else None


def _labelled(score: Score) -> dict[str, Part]:
    counts: Counter[str] = Counter()
    found = {}
    for part in score.parts:
        counts[part.role] += 1
        found[part.role if counts[part.role] == 1 else f"{part.role} {counts[part.role]}"] = part
    return found


def _of_part(function: Callable[[Score, Part], float | None], label: str, score: Any) -> float | None:
    part = _labelled(score).get(label)
    return None if part is None else function(score, part)


def _used(score: Score, part: Part) -> _Floats:
    """The number of pitch classes in each bar, [bars]."""
    return np.asarray((pitch_classes(part, bar_lines(score)) > 0).sum(1), float)


def _between(score: Score, measure: Callable[[_Floats, _Floats], _Floats]) -> float | None:
    """The mean over beats and pairs of parts of a measure of their shares of pitch classes, [beats, 12] each."""
    edges = [*(beat for bar in bars_of(score) for beat in bar.beats), score.length]
    heard = [pitch_classes(part, edges) for part in score.parts if part.role != "drums"]
    found = []
    for a, b in combinations(heard, 2):
        both = a.any(1) & b.any(1)
        found += measure(*(one[both] / one[both].sum(1, keepdims=True) for one in (a, b))).tolist()
    return float(np.mean(found)) if found else None
