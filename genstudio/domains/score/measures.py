"""Compare reconstructed scores with the originals; references and hypotheses come in pairs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from genstudio.domains.music.notes import bars_of
from genstudio.domains.score.piece import ChordSymbol, Part, Score
from genstudio.domains.score.symbols import to_symbols

__all__ = ["chord_grid", "compare"]


def compare(references: Sequence[Score], hypotheses: Sequence[Score]) -> dict[str, float]:
    """Metrics of reconstruction, each from 0 to 1.

    Returns:
        ``exact``: the share of pairs with equal symbols. ``note_precision``, ``note_recall``, ``note_f1``: of notes equal in part,
        onset, duration and pitch, counted over all pairs; ``note_f1 melody`` etc.: of the notes of parts with that role.
        ``chord_roots``, ``chords``: of the half bars at whose middle one of both has a chord symbol, the share with the same root,
        and with the same root and quality; absent where there are no chord symbols.

    Raises:
        ValueError: the sequences differ in length.
    """
    exact = 0
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])  # hits, in hypotheses, in references
    roots = chords = halves = 0
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        exact += to_symbols(reference) == to_symbols(hypothesis)
        for index in range(max(len(reference.parts), len(hypothesis.parts))):
            true, made = _notes(reference, index), _notes(hypothesis, index)
            role = reference.parts[index].role if index < len(reference.parts) else ""
            for name in dict.fromkeys(("", role)):
                count = counts[name]
                count[0] += (true & made).total()
                count[1] += made.total()
                count[2] += true.total()
        for true_chord, made_chord in zip(chord_grid(reference), chord_grid(hypothesis, like=reference), strict=True):
            halves += true_chord is not None or made_chord is not None
            if true_chord is not None and made_chord is not None and made_chord.root == true_chord.root:
                roots += 1
                chords += made_chord.quality == true_chord.quality
    hits, made_count, true_count = counts[""]
    result = {
        "exact": exact / len(references) if references else 0.0,
        "note_precision": hits / made_count if made_count else 0.0,
        "note_recall": hits / true_count if true_count else 0.0,
        "note_f1": _f1(counts[""]),
    }
    for name in sorted(counts):
        if name and counts[name][2]:
            result[f"note_f1 {name}"] = _f1(counts[name])
    if halves:
        result["chord_roots"], result["chords"] = roots / halves, chords / halves
    return result


def chord_grid(score: Score, like: Score | None = None) -> list[ChordSymbol | None]:
    """The chord symbol at the middle of each half of each bar (of a bar of ``like``); None where there is none."""
    places = [
        start + (end - start) * quarter // 4 for start, end, number, _ in bars_of(like or score) if number for quarter in (1, 3)
    ]
    found: list[ChordSymbol | None] = []
    chords, index = score.symbols, 0
    for place in places:
        while index < len(chords) and chords[index].end <= place:
            index += 1
        found.append(chords[index] if index < len(chords) and chords[index].start <= place else None)
    return found


def _notes(score: Score, index: int) -> Counter[tuple[int, int, int]]:
    part = score.parts[index] if index < len(score.parts) else Part()
    if part.role == "drums":
        return Counter((note.start, 0, note.pitch) for note in part.notes)
    return Counter(note[:3] for note in part.notes)


def _f1(count: list[int]) -> float:
    hits, made, true = count
    return 2 * hits / (made + true) if made + true else 0.0
