"""Quality of interpolation, over pairs of held-out pieces (after Roberts et al. 2018, "Interpolations").

The path of each pair has ``STEPS`` steps, decoded in the same way as by the operation. The distance of two pieces is the edit
distance of their symbols divided by the longer length; it does not depend on the tokenizer. The *ends* are the reconstructions of
the two pieces, each encoded and decoded by itself. Curves are means over pairs at each step.

- ``monotone``: share of steps that do not move back towards the first end, or away from the last, by more than ``NOISE``.
- ``rank_correlation``: Spearman correlation of position and distance, mean over pairs and both ends.
- ``step_back``: the largest step back of the two mean curves, 0 where both are monotone; ``step_back_error``: its standard error
  over pairs.
- ``largest_step``: the largest distance of two neighbours on a path divided by the mean one, mean over pairs; a path whose steps
  are all equal counts as one jump (``STEPS - 1``, the largest possible value). ``largest_step_under_3``: share of pairs where it is
  under 3. ``largest_step_curve``: the same for the mean curve of the distances of neighbours.
- ``ends_exact``: share of pairs whose first and last step equal the ends, symbol for symbol.
- ``cost_real``, ``cost_middle``, ``cost_mixed``: mean nats per token, under a 5-gram model of training pieces
  (:mod:`genstudio.evaluation.ngrams`), of the held-out pieces, of the middles of the paths, and of the two pieces mixed half and
  half in the data (``Domain.mix``), the baseline of the paper. ``cost_ratio``, ``cost_ratio_mixed``: the latter two divided by the
  first.
- ``copied_middle`` and ``betweenness`` of the middles, and ``betweenness_unrelated`` of other real pieces in their place: see
  :mod:`genstudio.evaluation.between`. The latter two are medians over pairs; domains without features do not have them.
- ``copied_quarter``: share of the bars (or runs of words) of the step a quarter of the path from an end that occur in that end,
  over both ends; ``nearer_quarter``: share of these steps that are nearer to that end than to the other in their features.
- ``copied_parts_middle``, of scores: the same as ``copied_middle`` of the bars of single parts, and ``copied_parts_unrelated`` of
  other real pieces in place of the middles. ``one_key_middle`` and ``one_key_ends``: the share whose parts all fit one key; see
  :mod:`genstudio.evaluation.parts`.
- ``distinct``: number of different steps of a path, mean over pairs.
- ``steps_filled``: share of the steps between the ends in which every bar is full.

Lists, by step: ``to_first`` and ``to_last`` (distances to the ends), ``moves`` (distances of neighbours), ``costs``,
``costs_mixed``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from genstudio.config import METHODS
from genstudio.decoding import Request, decode
from genstudio.decoding.trained import Trained
from genstudio.domains import Domain, edit_distance
from genstudio.errors import InputError, Message
from genstudio.evaluation.between import Heard, copied
from genstudio.evaluation.ngrams import NgramModel
from genstudio.evaluation.parts import one_key
from genstudio.evaluation.prior import filled
from genstudio.generation.choosing import Places, choices, choose, chooses, reseeded
from genstudio.generation.choosing import between as between_ends
from genstudio.generation.paths import interpolate, steps_between
from genstudio.models.encoding import encode_all
from genstudio.progress import Monitor
from genstudio.tokens import Tokenizer

__all__ = ["Between", "distance_metrics", "draw_pairs", "interpolation"]

STEPS = 9
_QUARTERS = (STEPS // 4, STEPS - 1 - STEPS // 4)
NOISE = 0.02
_LARGE = 3.0

_Floats = NDArray[np.float64]


def draw_pairs(segments: Sequence[int], pairs: int, seed: int) -> list[tuple[int, int]]:
    """Draw disjoint pairs of pieces with the same number of segments.

    Args:
        segments: the number of segments of each piece.
        pairs: how many pairs at most.
        seed: seed of the draw.

    Returns:
        The indices of the two pieces of each pair.

    Raises:
        InputError: no two pieces have the same number of segments.
    """
    found: list[tuple[int, int]] = []
    waiting: dict[int, int] = {}
    for index in np.random.default_rng(seed).permutation(len(segments)).tolist():
        if len(found) == pairs:
            break
        other = waiting.pop(segments[index], None)
        if other is None:
            waiting[segments[index]] = index
        else:
            found.append((other, index))
    if not found:
        raise InputError(
            "there are no two pieces of the same length among the {count} to interpolate between; give more pieces.",
            count=len(segments),
        )
    return found


def interpolation(
    trained: Trained,
    sequences: Sequence[NDArray[Any]],
    pairs: Sequence[tuple[int, int]],
    *,
    usual: NgramModel | None = None,
    method: str = METHODS[0],
    seed: int = 0,
    monitor: Monitor = Monitor(),
) -> dict[str, Any]:
    """Compute the metrics of this module.

    Args:
        trained: the model.
        sequences: token ids of pieces.
        pairs: pairs of indices of sequences, see :func:`draw_pairs`.
        usual: an n-gram model of training pieces, under which costs are measured; None: costs are left out.
        method: one of :data:`genstudio.config.METHODS`.
        seed: seed of all random choices.
        monitor: receives progress, and may stop.

    Returns:
        The metrics by name; for curves, lists of numbers by step.
    """
    model, domain, check = trained.network, trained.domain, monitor.check
    model.eval()
    segments = trained.segments(sequences)
    ts = steps_between(STEPS)

    def decoded(z: torch.Tensor, bars: Sequence[int], **options: Any) -> list[Any]:
        known: dict[str, Any] = {"sizes": trained.sizes, "lineup": trained.lineup, "automaton": trained.lexicon}
        request = Request(segments=bars, check=check, **known, **options)
        return [trained.piece(ids) for ids in decode(model, z.to(model.advance.device), request)]

    def written(z: torch.Tensor, bars: Sequence[int]) -> list[str]:
        return [domain.to_symbols(piece) for piece in decoded(z, bars)]

    def decoded_path(z: torch.Tensor, bars: Sequence[int], ends: Sequence[Any]) -> list[str]:
        steps = decoded(z, bars)
        if chooses(model, domain):  # like the operation
            warmth = domain.choice.temperature
            places = Places(
                z[1:-1].to(model.advance.device),
                steps[1:-1],
                [between_ends(domain, ends, [1 - t, t]) for t in ts[1:-1]],
                lambda more: decoded(more, [*bars[1:-1]] * choices(domain), temperature=warmth, seed=reseeded(seed)),
                ends,
            )
            steps[1:-1] = choose(trained, places, seed)
        return [domain.to_symbols(step) for step in steps]

    paths, mixed, real = [], [], []
    between = Between(domain)
    to_first, to_last, moves, exact = [], [], [], []
    done = monitor.counter("interpolating", len(pairs), Message("pairs"))
    for number, pair in enumerate(pairs):
        done(number)
        codes = [torch.from_numpy(encode_all(model, [sequences[index]], check=check)[0]) for index in pair]
        bars = [segments[index] for index in pair]
        first, last = (written(code, [count])[0] for code, count in zip(codes, bars, strict=True))
        path = interpolate(codes[0][0], codes[1][0], STEPS, method, model.layout)
        pieces = [trained.piece(sequences[index]) for index in pair]
        steps = decoded_path(path, [round((1 - t) * bars[0] + t * bars[1]) for t in ts], pieces)
        exact.append((steps[0], steps[-1]) == (first, last))
        to_first.append([_distance(step, first) for step in steps])
        to_last.append([_distance(step, last) for step in steps])
        moves.append([_distance(step, following) for step, following in pairwise(steps)])
        paths += steps
        between.add(pieces, steps)
        real += [domain.to_symbols(piece) for piece in pieces]
        mixed += [domain.to_symbols(domain.mix(pieces[0], pieces[1], t, seed + number)) for t in ts]
    done(len(pairs))
    found = {
        "pairs": len(pairs),
        "steps": STEPS,
        **distance_metrics(np.array(to_first), np.array(to_last), np.array(moves)),
        "ends_exact": float(np.mean(exact)),
        **between.metrics(),
    }
    if usual is not None:
        found |= _costs(usual, trained.tokenizer, real, paths, mixed)
    return found


class Between:
    """Collects paths, and measures how their steps relate to their endpoints."""

    def __init__(self, domain: Domain) -> None:
        self.domain = domain
        self.ends: list[Sequence[Any]] = []
        self.steps: list[list[Any]] = []
        self.filled: list[bool] = []

    def add(self, ends: Sequence[Any], steps: Sequence[str]) -> None:
        """Add a path: its two endpoints, and its steps as symbols."""
        self.ends.append(ends)
        self.steps.append([self.domain.from_symbols(step) for step in steps])
        self.filled += [filled(step, self.domain.grammar) for step in steps[1:-1]]

    def metrics(self) -> dict[str, Any]:
        """The metrics of the collected paths."""
        domain, middle = self.domain, STEPS // 2
        found: dict[str, Any] = {
            "copied_middle": float(np.mean([copied(domain, own[middle], ends) for ends, own in self])),
            "copied_quarter": float(
                np.mean([copied(domain, own[at], [ends[side]]) for ends, own in self for side, at in enumerate(_QUARTERS)])
            ),
            "distinct": float(np.mean([len({domain.to_symbols(step) for step in own}) for own in self.steps])),
        }
        if domain.grammar.size is not None:
            found["steps_filled"] = float(np.mean(self.filled))
        if not domain.features or len(self.ends) < 2:
            return found
        if domain.lineup(domain.to_symbols(self.ends[0][0])):
            others = [*self.ends[1:], self.ends[0]]
            for name, pieces in (("middle", [own[middle] for own in self.steps]), ("unrelated", [other[0] for other in others])):
                shares = [copied(domain, piece, ends, by_part=True) for piece, ends in zip(pieces, self.ends, strict=True)]
                found[f"copied_parts_{name}"] = float(np.mean(shares))
            found["one_key_middle"] = one_key([own[middle] for own in self.steps])
            found["one_key_ends"] = one_key([end for ends in self.ends for end in ends])
        first, last = ([ends[side] for ends in self.ends] for side in (0, 1))
        heard = Heard(domain, first, last)
        nearer = []
        for side, at in enumerate(_QUARTERS):
            apart = heard.to_ends([own[at] for own in self.steps])
            nearer.append(apart[side] < apart[1 - side])
        found["nearer_quarter"] = float(np.mean(nearer))
        found["betweenness"] = float(np.nanmedian(heard.betweenness([own[middle] for own in self.steps])))
        found["betweenness_unrelated"] = float(np.nanmedian(heard.betweenness([*first[1:], first[0]])))
        return found

    def __iter__(self) -> Iterator[tuple[Sequence[Any], list[Any]]]:
        return iter(zip(self.ends, self.steps, strict=True))


def distance_metrics(to_first: _Floats, to_last: _Floats, moves: _Floats) -> dict[str, Any]:
    """The metrics that are computed from distances.

    Args:
        to_first, to_last: distances of each step to the two ends, [pairs, steps].
        moves: distances of neighbouring steps, [pairs, steps - 1].

    Returns:
        The metrics by name, see the description of the module.
    """
    steps = to_first.shape[1]
    # The distance to the last end is negated, so that both should increase.
    climbs = np.concatenate([np.diff(to_first, axis=1), -np.diff(to_last, axis=1)], axis=1)
    curve = climbs.mean(0)
    worst = int(curve.argmin())
    ranks = [_spearman(row) for row in np.concatenate([to_first, -to_last])]
    return {
        "monotone": float((climbs >= -NOISE).mean()),
        "rank_correlation": float(np.mean(ranks)),
        "step_back": max(0.0, -float(curve[worst])),
        "step_back_error": float(climbs[:, worst].std(ddof=1) / len(climbs) ** 0.5) if len(climbs) > 1 else 0.0,
        "largest_step": float(np.mean(largest := [_largest(row, steps) for row in moves])),
        "largest_step_under_3": float(np.mean(np.array(largest) < _LARGE)),
        "largest_step_curve": _largest(moves.mean(0), steps),
        "to_first": to_first.mean(0).tolist(),
        "to_last": to_last.mean(0).tolist(),
        "moves": moves.mean(0).tolist(),
    }


def _costs(ngrams: NgramModel, tokenizer: Tokenizer, real: list[str], paths: list[str], mixed: list[str]) -> dict[str, Any]:
    def cost(symbols: list[str]) -> _Floats:
        return ngrams.costs(tokenizer.encode_many(symbols))

    usual = float(cost(real).mean())
    on_path, by_share = (cost(symbols).reshape(-1, STEPS).mean(0) for symbols in (paths, mixed))
    middle, half = float(on_path[STEPS // 2]), float(by_share[STEPS // 2])
    return {
        "cost_real": usual,
        "cost_middle": middle,
        "cost_mixed": half,
        "cost_ratio": middle / usual,
        "cost_ratio_mixed": half / usual,
        "costs": on_path.tolist(),
        "costs_mixed": by_share.tolist(),
    }


def _distance(a: str, b: str) -> float:
    return edit_distance(a, b) / max(1, len(a), len(b))


def _largest(moves: _Floats, steps: int) -> float:
    mean = float(moves.mean())
    return float(moves.max()) / mean if mean > 0 else float(steps - 1)


def _spearman(values: _Floats) -> float:
    """Rank correlation of values with their indices; ties have their mean rank; 0 where all are equal."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse.ravel()]
    if len(counts) < 2:
        return 0.0
    return float(np.corrcoef(ranks, np.arange(len(values)))[0, 1])
