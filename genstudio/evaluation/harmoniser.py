"""A hidden Markov model that writes chord symbols for a melody: a baseline for models that do.

It knows the key and is trained on the same sheets, after I. Simon, D. Morris, S. Basu, MySong, CHI 2008.

- A state is the chord of a half bar: its quality, and its root counted from the tonic; major and minor keys have parameters of
  their own. Chords with less than the share ``RARE`` of their half bars are left out.
- Emission: each pitch class of the melody (from the tonic) is drawn from a categorical distribution of the chord, and counts as the
  share of the half bar in which it sounds, times ``WEIGHT``. The counts are smoothed by those of the quality over all roots.
- Transition: counts of the next chord, for the first and the second half of a bar, smoothed by how often chords stay and how
  frequent they are.
- The tonic is that of the score (``Score.tonic``), which a model is given too. Whether the key is minor is found in training from
  notes and chords; of a melody both are possible, each as far as it is likely.
- The chord of a half bar is the most probable one there over both modes and all paths (forward and backward algorithm), which
  agrees with the composer's more often than the most probable path does (Viterbi).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from genstudio.domains.music.notes import bars_of
from genstudio.domains.score import ChordSymbol, Part, Score
from genstudio.domains.score.measures import chord_grid
from genstudio.domains.score.piece import QUALITIES, tidy_chords, top_line
from genstudio.domains.score.tonality import key_scores
from genstudio.domains.score.voices import pitch_classes
from genstudio.progress import Check, go_on

__all__ = ["Harmoniser", "with_symbols"]

RARE = 1e-4
WEIGHT = 1.0
EMISSION, TRANSITION = 50.0, 20.0
"""How many observations the smoothing distributions count as."""

_NAMES = tuple(QUALITIES)
_STATES = 12 * len(_NAMES)  # of root and quality

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int64]


@dataclass(frozen=True)
class _Mode:
    """The parameters of major or minor keys.

    Attributes:
        states: which of all chords it has, sorted, [n].
        start: log probability of the first chord, [n].
        moves: transitions into the first and the second half of a bar, [2, n, n].
        sounds: log probabilities of pitch classes from the tonic, [n, 12].
        share: log of the share of the training sheets.
    """

    states: _Ints
    start: _Floats
    moves: _Floats
    sounds: _Floats
    share: float


class Harmoniser:
    """The baseline: a hidden Markov model of the chords under a melody."""

    def __init__(self, sheets: Sequence[Score], check: Check = go_on) -> None:
        """Count in scores that have a melody and chord symbols.

        Args:
            sheets: the training pieces; those without a chord symbol are left out.
            check: called before each hundred; may raise to stop.
        """
        rows: tuple[list[tuple[_Ints, _Floats]], ...] = ([], [])
        for number, sheet in enumerate(sheets):
            if number % 100 == 0:
                check()
            if not sheet.symbols:
                continue
            tonic = sheet.tonic % 12
            major, minor = key_scores(_durations(sheet), None)[2 * tonic : 2 * tonic + 2]
            grid = chord_grid(sheet)
            chords = [-1 if one is None else _state((one.root - tonic) % 12, one.quality) for one in grid]
            rows[int(minor > major)].append((np.array(chords, np.int64), np.roll(_heard(sheet), -tonic, 1)))
        shapes = _shapes([row for mode in rows for row in mode])
        total = sum(map(len, rows))
        self.modes = [_fitted(mode, shapes, np.log(len(mode) / total)) if mode else None for mode in rows]

    def harmonise(self, score: Score) -> Score:
        """The score with chord symbols for its melody in place of those that it has; the part of the symbols keeps its place."""
        found = [
            ChordSymbol(start, end, root, _NAMES[quality])
            for (start, end), (root, quality) in zip(_halves(score), self._chords(score), strict=True)
        ]
        return with_symbols(score, found)

    def _chords(self, score: Score) -> list[tuple[int, int]]:
        """Root and quality (its index) of each half bar."""
        tonic = score.tonic % 12
        heard = np.roll(_heard(score), -tonic, 1)
        found = [_forward_backward(mode, heard) for mode in self.modes if mode is not None]
        most = max(nats for nats, _ in found)
        total = np.sum([math.exp(nats - most) * chords for nats, chords in found], axis=0)
        places = [divmod(int(place), len(_NAMES)) for place in total.argmax(1)]
        return [((root + tonic) % 12, quality) for root, quality in places]


def with_symbols(score: Score, chords: Sequence[ChordSymbol]) -> Score:
    """The score with these chord symbols in place of those that it has."""
    part = Part(name="Chords", role="symbols", chords=tidy_chords(chords))
    places = [index for index, one in enumerate(score.parts) if one.role == "symbols"]
    if not places:
        return replace(score, parts=(*score.parts, part))
    parts = [part if at == places[0] else one for at, one in enumerate(score.parts) if at not in places[1:]]
    return replace(score, parts=tuple(parts))


def _state(root: int, quality: str) -> int:
    return root * len(_NAMES) + _NAMES.index(quality)


def _halves(score: Score) -> list[tuple[int, int]]:
    """Start and end of each half of each bar, in ticks."""
    return [
        (start + (end - start) * half // 2, start + (end - start) * (half + 1) // 2)
        for start, end, number, _ in bars_of(score)
        if number
        for half in (0, 1)
    ]


def _heard(score: Score) -> _Floats:
    """The share of each half bar in which each pitch class of the melody sounds, [half bars, 12]."""
    edges = [start for start, _ in _halves(score)] + [score.length]
    return pitch_classes(Part(notes=top_line(score)), edges) / np.diff(edges)[:, None]


def _durations(sheet: Score) -> _Floats:
    """How long each pitch class sounds in notes and chords, [12]."""
    return sum((pitch_classes(part, (0, sheet.length))[0] for part in sheet.parts if part.role != "drums"), np.zeros(12))


def _shapes(rows: Sequence[tuple[_Ints, _Floats]]) -> _Floats:
    """How each quality sounds, whatever its root: shares of the pitch classes from the root, [qualities, 12]."""
    counts = np.array([[2.5 if step in steps else 0.5 for step in range(12)] for steps, *_ in QUALITIES.values()])
    for chords, heard in rows:
        for chord, sounds in zip(chords, heard, strict=True):
            if chord >= 0:
                root, quality = divmod(int(chord), len(_NAMES))
                counts[quality] += np.roll(sounds, -root)
    return np.asarray(counts / counts.sum(1, keepdims=True))


def _fitted(rows: Sequence[tuple[_Ints, _Floats]], shapes: _Floats, share: float) -> _Mode:
    counts = np.bincount(np.concatenate([chords[chords >= 0] for chords, _ in rows]), minlength=_STATES)
    states = np.flatnonzero(counts > RARE * counts.sum())
    number = np.full(_STATES + 1, -1)  # of -1, no chord, too
    number[states] = np.arange(len(states))
    moves = np.zeros((2, len(states), len(states)))
    sounds = EMISSION * np.stack([np.roll(shapes[state % len(_NAMES)], state // len(_NAMES)) for state in states])
    for chords, heard in rows:
        own = number[chords]
        known = own >= 0
        np.add.at(sounds, own[known], heard[known])
        at = np.flatnonzero(known[1:] & known[:-1])
        np.add.at(moves, ((at + 1) % 2, own[at], own[at + 1]), 1.0)
    usual = (counts[states] + 1.0) / (counts[states] + 1.0).sum()
    for half in moves:
        stays = half.trace() / max(1.0, half.sum())
        half += TRANSITION * (stays * np.eye(len(states)) + (1 - stays) * usual)
        half /= half.sum(1, keepdims=True)
    return _Mode(states, np.log(usual), moves, np.log(sounds / sounds.sum(1, keepdims=True)), share)


def _forward_backward(mode: _Mode, heard: _Floats) -> tuple[float, _Floats]:
    """The log likelihood of a melody [half bars, 12] in keys of this mode, and the probability of each chord, [half bars,
    chords]."""
    logs = WEIGHT * heard @ mode.sounds.T
    most = logs.max(1, keepdims=True)
    emitted = np.exp(logs - most)
    forward, backward = np.empty_like(emitted), np.ones_like(emitted)
    nats, before = mode.share + float(most.sum()), np.exp(mode.start)
    for at, one in enumerate(emitted):
        joint = before * one
        scale = float(joint.sum())
        nats += math.log(scale)
        forward[at] = joint / scale
        before = forward[at] @ mode.moves[(at + 1) % 2]
    for at in range(len(emitted) - 1, 0, -1):
        one = mode.moves[at % 2] @ (backward[at] * emitted[at])
        backward[at - 1] = one / one.sum()
    posterior = forward * backward
    found = np.zeros((len(heard), _STATES))
    found[:, mode.states] = posterior / posterior.sum(1, keepdims=True)
    return nats, found
