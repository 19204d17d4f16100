"""Compare reconstructed melodies with the originals.

Conventions: references and hypotheses come in pairs. ``step_accuracy`` follows A. Roberts et al., "A hierarchical latent
vector model for learning long-term structure in music", ICML 2018: each sixteenth has one state, which is a note that begins
(with its pitch), a note that continues, or a rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from genstudio.domains.melody.symbols import to_symbols
from genstudio.domains.music.line import Line
from genstudio.domains.music.time import TICKS

__all__ = ["compare", "steps"]

_SIXTEENTH = TICKS // 4
_REST, _ON = -1, -2


def steps(melody: Line) -> list[int]:
    """The state of each sixteenth of a melody: the pitch of a note that begins, -2 for one that continues, -1 for rest."""
    states = [_REST] * -(-melody.length // _SIXTEENTH)
    for note in melody.notes:
        first = (note.start + _SIXTEENTH // 2) // _SIXTEENTH
        last = max(first + 1, (note.end + _SIXTEENTH // 2) // _SIXTEENTH)
        for step in range(first, min(last, len(states))):
            states[step] = note.pitch if step == first else _ON
    return states


def compare(references: Sequence[Line], hypotheses: Sequence[Line]) -> dict[str, float]:
    """Metrics of reconstruction, each from 0 to 1 (``pieces_4_4`` is a count).

    Returns:
        ``exact``: the share of pairs with equal symbols. ``note_precision``, ``note_recall``, ``note_f1``: of notes equal in
        onset, duration and pitch, counted over all pairs. ``note_f1 6/8`` etc.: the same for each metre of the references.
        ``step_accuracy``: the share of equal sixteenths in the references in 4/4; absent where there are none.
        ``pieces_4_4``: the number of references in 4/4.

    Raises:
        ValueError: the sequences differ in length.
    """
    exact = four = right = total = 0
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # hits, in hypotheses, in references
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        exact += to_symbols(reference) == to_symbols(hypothesis)
        true = {note[:3] for note in reference.notes}
        made = {note[:3] for note in hypothesis.notes}
        metres = {change[1:] for change in reference.metres}
        name = "{}/{}".format(*reference.metres[0][1:]) if len(metres) == 1 else "mixed"
        for key in ("", name):
            count = counts[key]
            count[0] += len(true & made)
            count[1] += len(made)
            count[2] += len(true)
        if metres == {(4, 4)}:
            four += 1
            expected = steps(reference)
            got = steps(hypothesis)
            right += sum(a == b for a, b in zip(expected, got, strict=False))
            total += len(expected)
    hits, made_count, true_count = counts[""]
    result = {
        "exact": exact / len(references) if references else 0.0,
        "note_precision": hits / made_count if made_count else 0.0,
        "note_recall": hits / true_count if true_count else 0.0,
        "note_f1": _f1(counts[""]),
        "pieces_4_4": float(four),
    }
    if total:
        result["step_accuracy"] = right / total
    for name in sorted(counts):
        if name:
            result[f"note_f1 {name}"] = _f1(counts[name])
    return result


def _f1(count: list[int]) -> float:
    hits, made, true = count
    return 2 * hits / (made + true) if made + true else 0.0
