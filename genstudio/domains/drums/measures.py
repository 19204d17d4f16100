"""Compare reconstructed drum patterns with the originals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from genstudio.domains.drums.piece import DrumPattern
from genstudio.domains.drums.symbols import to_symbols
from genstudio.domains.drums.voices import STEP, level_of, struck
from genstudio.domains.music.notes import Note

__all__ = ["compare"]


def compare(references: Sequence[DrumPattern], hypotheses: Sequence[DrumPattern]) -> dict[str, float]:
    """Metrics of reconstruction, each from 0 to 1, counted over all pairs.

    Returns:
        ``exact``: the share of pairs with equal symbols. ``step_accuracy``: the share of the sixteenths of the references on
        which the same voices have hits (each is one of 512 states, as in Roberts et al. 2018). ``hit_precision``,
        ``hit_recall``, ``hit_f1``: of hits equal in sixteenth and voice. ``velocity_accuracy``, ``offset_accuracy``: the share of
        these hits whose level is equal, and whose time is equal to a twenty-fourth of a quarter (0 where there are none).

    Raises:
        ValueError: the sequences differ in length.
    """
    exact = right = steps = hits = made = true = loud = timed = 0
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        exact += to_symbols(reference) == to_symbols(hypothesis)
        expected, got = struck(reference), struck(hypothesis)
        for step in range(reference.length // STEP):
            theirs, ours = ({note.pitch for note in steps_of.get(step, ())} for steps_of in (expected, got))
            right += theirs == ours and step * STEP < hypothesis.length
            steps += 1
        theirs_by_name, ours_by_name = _named(expected), _named(got)
        made += len(ours_by_name)
        true += len(theirs_by_name)
        for name in theirs_by_name.keys() & ours_by_name.keys():
            one, two = theirs_by_name[name], ours_by_name[name]
            hits += 1
            loud += level_of(one.velocity) == level_of(two.velocity)
            timed += one.start == two.start
    return {
        "exact": exact / len(references) if references else 0.0,
        "step_accuracy": right / steps if steps else 0.0,
        "hit_f1": 2 * hits / (made + true) if made + true else 0.0,
        "hit_precision": hits / made if made else 0.0,
        "hit_recall": hits / true if true else 0.0,
        "velocity_accuracy": loud / hits if hits else 0.0,
        "offset_accuracy": timed / hits if hits else 0.0,
    }


def _named(steps: Mapping[int, Sequence[Note]]) -> dict[tuple[int, int, int], Note]:
    """Index hits by their sixteenth, their voice, and the number of hits of that voice before them on the sixteenth."""
    named: dict[tuple[int, int, int], Note] = {}
    for step, notes in steps.items():
        before: Counter[int] = Counter()
        for note in notes:
            named[step, note.pitch, before[note.pitch]] = note
            before[note.pitch] += 1
    return named
