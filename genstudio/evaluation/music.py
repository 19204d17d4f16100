"""Statistics of generated music compared with real music.

Conventions: pieces are :class:`genstudio.domains.Music`; times are in ticks, 480 per quarter, and results in quarters, since tempo
is not encoded in the latent space (Yang & Lerch use seconds); pitches and intervals are in semitones.

**Features** of each piece (:data:`FEATURES`, :data:`UNPITCHED`), each defined by its function. YL: L.-C. Yang, A. Lerch, On the
evaluation of generative models in music, Neural Computing and Applications 32, 2020. WY: S.-L. Wu, Y.-H. Yang, The Jazz Transformer
on the front line, ISMIR 2020. MusPy: H.-W. Dong et al., ISMIR 2020.

:func:`closing` is a metric of a single set: the share of melodies that end on their tonic.

A piece for which a feature is not defined (the interval of a single note) is left out of that feature.

**Comparison** of a feature between a set of generated and a set of real pieces:

- ``real`` and ``generated``: the means of the feature; left out for histograms.
- ``histogram_overlap``: overlap of the histograms of all values (ten bins over the range of the real set, and one more on either
  side), or of the mean histograms.
- ``intra_real``, ``intra_generated``, ``inter``: mean Euclidean distances of two pieces, both real, both generated, or one of each.
- ``overlap_area`` and ``divergence``: of the distances within the real set and the distances between the sets (see
  :mod:`genstudio.evaluation.distributions`). They are 1 and 0 where generated pieces are as far from real ones as these are from
  each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genstudio.domains import Music, Note
from genstudio.domains.music.notes import bar_lines
from genstudio.domains.music.time import TICKS
from genstudio.domains.score import Score
from genstudio.domains.score.piece import top_line
from genstudio.evaluation.distributions import compared, histogram_overlap, shares
from genstudio.progress import Check, go_on

__all__ = ["FEATURES", "UNPITCHED", "closing", "compare_music"]

PLACES = 64
"""Positions of a bar at which onsets are counted, for groove consistency."""
VALUES = (1920, 960, 480, 240, 120, 1440, 720, 360, 180, 640, 320, 160)
"""Note values in ticks: whole to sixteenth, dotted half to dotted sixteenth, triplet half to triplet eighth."""
MOST = 1000
"""The largest number of pieces of a set that are compared."""
_BINS = 10
_SCALE = (0, 2, 4, 5, 7, 9, 11)  # a natural minor scale has the notes of a major one

_Floats = NDArray[np.float64]
Feature = Callable[[Music], "float | _Floats | None"]


def pitch_count(piece: Music) -> float:
    """Number of different pitches (YL)."""
    return float(len({note.pitch for note in piece.notes}))


def pitch_range(piece: Music) -> float | None:
    """Highest minus lowest pitch, in semitones (YL); None without notes."""
    pitches = [note.pitch for note in piece.notes]
    return float(max(pitches) - min(pitches)) if pitches else None


def pitch_interval(piece: Music) -> float | None:
    """Mean absolute interval between consecutive notes, in semitones (YL); None for fewer than two notes."""
    steps = [abs(b.pitch - a.pitch) for a, b in pairwise(piece.notes)]
    return sum(steps) / len(steps) if steps else None


def note_count(piece: Music) -> float:
    """Number of notes (YL)."""
    return float(len(piece.notes))


def onset_interval(piece: Music) -> float | None:
    """Mean time between consecutive onsets, in quarters (YL); None for fewer than two onsets."""
    onsets = sorted({note.start for note in piece.notes})
    return (onsets[-1] - onsets[0]) / (len(onsets) - 1) / TICKS if len(onsets) > 1 else None


def pitch_class_histogram(piece: Music) -> _Floats | None:
    """Share of the sounding time of each pitch class (YL), [12]."""
    held = np.zeros(12)
    for note in piece.notes:
        held[note.pitch % 12] += note.end - note.start
    return _normal(held)


def pitch_class_transitions(piece: Music) -> _Floats | None:
    """Share of each pair of pitch classes of consecutive notes (YL), [12, 12]."""
    return _transitions([note.pitch % 12 for note in piece.notes])


def note_length_histogram(piece: Music) -> _Floats | None:
    """Share of each of :data:`VALUES` (YL), [12]; a note has the nearest value."""
    return _normal(np.bincount(_values(piece), minlength=12).astype(float))


def note_length_transitions(piece: Music) -> _Floats | None:
    """Share of each pair of note values of consecutive notes (YL), [12, 12]."""
    return _transitions(_values(piece))


def pitch_class_entropy(piece: Music) -> float | None:
    """Entropy of the pitch classes of the notes, in bits (WY); None without notes."""
    found = _normal(np.bincount([note.pitch % 12 for note in piece.notes], minlength=12).astype(float))
    if found is None:
        return None
    return float(-sum(share * math.log2(share) for share in found if share > 0)) + 0.0


def scale_consistency(piece: Music) -> float | None:
    """Largest share of the notes that belong to one major or minor scale (O. Mogren, C-RNN-GAN, 2016; MusPy)."""
    found = _normal(np.bincount([note.pitch % 12 for note in piece.notes], minlength=12).astype(float))
    if found is None:
        return None
    return max(float(sum(found[(tonic + step) % 12] for step in _SCALE)) for tonic in range(12))


def groove_consistency(piece: Music) -> float | None:
    """One minus the mean share of the 64 positions of a bar at which only one of two consecutive bars has an onset (WY; MusPy).

    Consecutive bars of different length are not compared; None where there are no others.
    """
    lines = bar_lines(piece)
    sizes = [end - start for start, end in pairwise(lines)]
    bars = [{at * PLACES // size for at, _ in notes} for size, notes in zip(sizes, _by_bar(piece, lines), strict=False)]
    unlike = [len(a ^ b) / PLACES for (size, a), (other, b) in pairwise(zip(sizes, bars, strict=True)) if size == other]
    return 1.0 - sum(unlike) / len(unlike) if unlike else None


def bar_repetition(piece: Music) -> float | None:
    """Share of the bars with notes, without the first, that equal an earlier bar in all onsets, pitches and durations."""
    bars = _by_bar(piece, bar_lines(piece))
    written = [tuple((at, note.pitch, note.end - note.start) for at, note in bar) for bar in bars if bar]
    again = [bar in written[:place] for place, bar in enumerate(written)][1:]
    return sum(again) / len(again) if again else None


def voice_histogram(piece: Music) -> _Floats | None:
    """Share of the notes of each pitch, which stands for an instrument in unpitched music, [128]."""
    return _normal(np.bincount([note.pitch for note in piece.notes], minlength=128).astype(float))


FEATURES: dict[str, Feature] = {
    function.__name__: function
    for function in (
        note_count, pitch_count, pitch_range, pitch_interval, onset_interval, pitch_class_entropy, scale_consistency,
        groove_consistency, bar_repetition, pitch_class_histogram, pitch_class_transitions, note_length_histogram,
        note_length_transitions,
    )
}  # fmt: skip
"""The features of pitched music, by name."""
UNPITCHED: dict[str, Feature] = {
    function.__name__: function for function in (note_count, onset_interval, groove_consistency, bar_repetition, voice_histogram)
}
"""The features of unpitched music, by name."""


def closing(pieces: Sequence[Music]) -> float | None:
    """Share of the melodies (pieces with notes and a ``tonic``; of scores their melody) whose last note is the tonic, in any
    octave; None without melodies."""
    lines = [(top_line(piece) if isinstance(piece, Score) else piece.notes, piece) for piece in pieces]
    ends = [(line[-1].pitch, getattr(piece, "tonic", None)) for line, piece in lines if line]
    home = [(pitch - tonic) % 12 == 0 for pitch, tonic in ends if tonic is not None]
    return sum(home) / len(home) if home else None


def compare_music(
    real: Sequence[Music], generated: Sequence[Music], features: Mapping[str, Feature] | None = None, *, check: Check = go_on
) -> dict[str, dict[str, Any]]:
    """Compare two sets of pieces by all features that are defined for at least two pieces of either set.

    Time and memory grow with the product of the numbers of pieces, so only the first ``MOST`` of each set are compared.

    Args:
        real, generated: the two sets.
        features: the features; None: those of single voices, :data:`FEATURES` or :data:`UNPITCHED`.
        check: called before each feature; may raise to stop.

    Returns:
        The comparison of each feature by its name, see the description of the module.
    """
    real, generated = real[:MOST], generated[:MOST]
    if features is None:
        features = FEATURES if all(piece.pitched for piece in (*real, *generated)) else UNPITCHED
    found: dict[str, dict[str, Any]] = {}
    for name, feature in features.items():
        check()
        values = [[value for piece in pieces if (value := feature(piece)) is not None] for pieces in (real, generated)]
        if min(map(len, values)) > 1:
            found[name] = _compare(*(np.array(one, dtype=float) for one in values))
    return found


def _compare(real: _Floats, generated: _Floats) -> dict[str, Any]:
    if real.ndim == 1:
        edges = np.linspace(real.min(), real.max(), _BINS + 1) if real.max() > real.min() else real[0] + np.array([-0.5, 0.5])
        edges = np.concatenate([[-np.inf], edges, [np.inf]])
        edges[-2] = np.nextafter(edges[-2], np.inf)  # the largest real value belongs to its bin
        overlap = histogram_overlap(shares(real, edges), shares(generated, edges))
        plain = {"real": float(real.mean()), "generated": float(generated.mean())}
    else:
        overlap, plain = histogram_overlap(real.mean(0).ravel(), generated.mean(0).ravel()), {}
    real, generated = real.reshape(len(real), -1), generated.reshape(len(generated), -1)
    intra, own, inter = _within(real), _within(generated), _distances(real, generated).ravel()
    area, divergence = compared(intra, inter)
    return {
        **plain,
        "histogram_overlap": overlap,
        "intra_real": float(intra.mean()),
        "intra_generated": float(own.mean()),
        "inter": float(inter.mean()),
        "overlap_area": area,
        "divergence": divergence,
    }


def _distances(first: _Floats, second: _Floats) -> _Floats:
    if first.shape[1] == 1:
        return np.asarray(np.abs(first - second.T))
    square = (first**2).sum(1)[:, None] + (second**2).sum(1) - 2 * first @ second.T
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))


def _within(values: _Floats) -> _Floats:
    """Distances of all pairs of different pieces."""
    return _distances(values, values)[~np.eye(len(values), dtype=bool)]


def _by_bar(piece: Music, lines: Sequence[int]) -> list[list[tuple[int, Note]]]:
    """The notes of each bar with their onsets from its beginning, in ticks; ``lines`` are the times of the bar lines."""
    bars: list[list[tuple[int, Note]]] = [[] for _ in lines]
    starts = np.searchsorted(lines, [note.start for note in piece.notes], side="right") - 1
    for bar, note in zip(starts.tolist(), piece.notes, strict=True):
        if bar >= 0:
            bars[bar].append((note.start - lines[bar], note))
    return bars


def _normal(counts: _Floats) -> _Floats | None:
    total = counts.sum()
    return np.asarray(counts / total) if total > 0 else None


def _values(piece: Music) -> list[int]:
    """Index in :data:`VALUES` of the nearest note value of each note, of two equally near ones the first."""
    lengths = np.array([note.end - note.start for note in piece.notes], dtype=np.int64)
    nearest: list[int] = np.abs(lengths[:, None] - np.array(VALUES)).argmin(1).tolist()
    return nearest


def _transitions(classes: Sequence[int]) -> _Floats | None:
    counts = np.zeros((12, 12))
    for pair in pairwise(classes):
        counts[pair] += 1
    return _normal(counts)
