"""Whether a model writes chord symbols that suit a melody.

The chord symbols of held-out sheets are left out, and written again for the melody by the model and by a baseline, a hidden Markov
model that is trained on the same sheets (:mod:`genstudio.evaluation.harmoniser`). Both are given the reference pitch (the tonic).

- ``harmony_roots``, ``harmony_chords``: of the half bars at whose middle the sheet has a chord symbol, the share with one that has
  the same root, and the same root and quality.
- ``in_chord``: share of the notes of the melody that sound on a beat whose pitch class is in the chord at that time; beats without
  a chord do not count.
- with the suffix ``_baseline`` the same of the baseline, with ``_real`` of the sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from genstudio.corpus import collate
from genstudio.decoding import AT_ONCE, Request, decode
from genstudio.decoding.trained import Trained
from genstudio.domains.music.notes import bars_of
from genstudio.domains.score import Score
from genstudio.domains.score.measures import chord_grid
from genstudio.domains.score.piece import pitches_of, top_line
from genstudio.errors import Message
from genstudio.evaluation.harmoniser import Harmoniser, with_symbols
from genstudio.progress import Check, Monitor, go_on

__all__ = ["agreement", "harmonised", "harmony", "in_chord", "is_sheet"]


def harmony(
    trained: Trained,
    sequences: Sequence[NDArray[Any]],
    count: int,
    known: Sequence[NDArray[Any]] = (),
    *,
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """Compute the metrics of this module.

    Args:
        trained: the model, which must have a summary.
        sequences: token ids of held-out sheets; those with a melody and chord symbols are used.
        count: the largest number of sheets.
        known: token ids of the training sheets; where there are none, there is no baseline.
        seed: seed of the choice of sheets.
        monitor: receives progress, and may stop.

    Returns:
        The metrics, and ``harmonised``, the number of sheets; empty where no sheet has a melody and chord symbols.
    """
    chosen = np.random.default_rng(seed).permutation(len(sequences)).tolist()
    sheets = [sheet for index in chosen if is_sheet(sheet := trained.piece(sequences[index]))][:count]
    if not sheets:
        return {}
    done = monitor.counter("harmonising", len(sheets), Message("sheets"))
    done(0)
    made = harmonised(trained, sheets, monitor.check)
    found = {"harmonised": len(sheets), **agreement(sheets, made), "in_chord": in_chord(made), "in_chord_real": in_chord(sheets)}
    if len(known):
        baseline = Harmoniser([trained.piece(ids) for ids in known], monitor.check)
        others = [baseline.harmonise(sheet) for sheet in sheets]
        numbers = {**agreement(sheets, others), "in_chord": in_chord(others)}
        found |= {f"{name}_baseline": number for name, number in numbers.items()}
    done(len(sheets))
    return found


def harmonised(trained: Trained, sheets: Sequence[Score], check: Check = go_on) -> list[Score]:
    """The sheets with chord symbols that the model writes for their other parts: the likeliest, token by token."""
    network, tokenizer = trained.network, trained.tokenizer
    layout = network.layout
    rows, contents, blank = [], [], []
    for sheet in sheets:
        symbols = trained.domain.to_symbols(with_symbols(sheet, []))
        free = np.zeros(network.spec.segments, bool)
        free[1:] = [sheet.parts[at % len(sheet.parts)].role == "symbols" for at in range(len(free) - 1)]
        contents.append(trained.contents(symbols, free))
        rows.append(trained.without(np.asarray(tokenizer.encode(symbols), np.int64), free))
        blank.append(torch.from_numpy(free.repeat(layout.period)))
    made: list[Score] = []
    for start in range(0, len(rows), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        with torch.inference_mode():
            means = network.posterior(torch.from_numpy(collate(rows[part])).to(network.advance.device)).mean
        codes = layout.blanked(means, torch.stack(blank[part]).to(means.device))
        request = Request(
            segments=[len(one) - 1 for one in contents[part]], contents=contents[part], sizes=trained.sizes, check=check
        )
        made += [trained.piece(ids) for ids in decode(network, codes, request)]
    return [with_symbols(sheet, one.symbols) for sheet, one in zip(sheets, made, strict=True)]


def is_sheet(piece: Any) -> bool:
    """Whether a piece is a score with a melody and chord symbols."""
    return isinstance(piece, Score) and bool(piece.symbols) and any(part.role == "melody" and part.notes for part in piece.parts)


def agreement(references: Sequence[Score], hypotheses: Sequence[Score]) -> dict[str, float]:
    """``harmony_roots`` and ``harmony_chords`` of pairs of scores, see the module; empty where no reference has a
    chord symbol.

    Raises:
        ValueError: the sequences differ in length.
    """
    roots = chords = halves = 0
    for reference, hypothesis in zip(references, hypotheses, strict=True):
        for true, made in zip(chord_grid(reference), chord_grid(hypothesis, like=reference), strict=True):
            if true is not None:
                halves += 1
                same = made is not None and made.root == true.root
                roots += same
                chords += same and made is not None and made.quality == true.quality
    return {"harmony_roots": roots / halves, "harmony_chords": chords / halves} if halves else {}


def in_chord(scores: Sequence[Score]) -> float | None:
    """``in_chord`` of a set of scores, see the description of the module; None where no beat has both a note and a chord."""
    within = beats = 0
    for score in scores:
        line, chords = top_line(score), score.symbols
        at = under = 0
        for tick in (tick for bar in bars_of(score) for tick in bar.beats):
            while at < len(line) and line[at].end <= tick:
                at += 1
            while under < len(chords) and chords[under].end <= tick:
                under += 1
            if at < len(line) and line[at].start <= tick and under < len(chords) and chords[under].start <= tick:
                beats += 1
                within += line[at].pitch % 12 in pitches_of(chords[under])
    return within / beats if beats else None
