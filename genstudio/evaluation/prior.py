"""Samples of the prior (or of a language model, which has no codes), and whether they are complete.

``ended``: share of the samples that end with an EOS before the largest length that decoding allows. ``bars_filled``: share of the
samples in which every segment (bar) is exactly as long as its size (metre), and the part before the first separator (the pickup)
shorter; left out where segments have no size. Both are measured on the decoded symbols, before the domain makes a piece of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import torch

from genstudio.config import SamplingOptions, drawing_of
from genstudio.decoding import AT_ONCE, Request, decode_best
from genstudio.decoding.trained import Trained
from genstudio.domains import Grammar
from genstudio.errors import Message
from genstudio.progress import Monitor

__all__ = ["Samples", "completeness", "filled", "sample_prior"]


@dataclass(frozen=True)
class Samples:
    """Samples: their token ids, symbols and pieces, and whether each ended with an EOS."""

    ids: list[list[int]]
    symbols: list[str]
    pieces: list[Any]
    ended: list[bool]


def sample_prior(
    trained: Trained, n: int, sampling: SamplingOptions = SamplingOptions(), *, seed: int = 0, monitor: Monitor = Monitor()
) -> Samples:
    """Draw samples of the prior, and decode them as the command ``sample`` does.

    Args:
        trained: the model.
        n: how many samples.
        sampling: how codes are drawn and decoded.
        seed: seed of codes and decoding.
        monitor: receives progress, and may stop.

    Raises:
        ConfigError: temperature or top_p is out of range.
    """
    model, longest = trained.network, 2 * trained.network.spec.longest + 16
    z = model.prior_codes(n, torch.Generator().manual_seed(seed), sampling.spread)
    ids: list[list[int]] = []
    done = monitor.counter("generating", n, Message("samples"))
    done(0)
    for start in range(0, n, AT_ONCE):
        part = z[start : start + AT_ONCE].to(model.advance.device)
        request = Request(
            **drawing_of(sampling), seed=seed + start, longest=longest, sizes=trained.sizes, lineup=trained.lineup,
            automaton=trained.lexicon, check=monitor.check,
        )  # fmt: skip
        ids += decode_best(model, part, sampling.best_of, request)
        done(len(ids))
    symbols = [trained.tokenizer.decode(one) for one in ids]
    return Samples(ids, symbols, [trained.domain.from_symbols(one) for one in symbols], [len(one) < longest for one in ids])


def completeness(samples: Samples, grammar: Grammar) -> dict[str, float]:
    """The metrics ``ended`` and ``bars_filled`` of samples."""
    found = {"ended": _share(samples.ended)}
    if grammar.size is not None and grammar.separator:
        found["bars_filled"] = _share([filled(symbols, grammar) for symbols in samples.symbols])
    return found


def filled(symbols: str, grammar: Grammar) -> bool:
    """Whether every segment of a sequence of symbols is exactly full; True where segments have no size."""
    if grammar.size is None:
        return True
    size = 0
    for number, segment in enumerate(symbols.split(grammar.separator)):
        length = grammar.advance(segment) if number else _pickup(segment, grammar.advance, grammar.size)
        # A size within a segment (a change of metre before the bar line) is that of the next one.
        if (length != size and number) or (length >= max(1, _size(segment, grammar.size)) and not number):
            return False
        size = _size(segment, grammar.size) or size
    return True


def _pickup(head: str, advance: Callable[[str], int], size: Callable[[str], int]) -> int:
    """The length of the longest pickup of a part."""
    begins = [at for at, symbol in enumerate(head) if size(symbol) < 0]
    return max(advance(head[first:last]) for first, last in pairwise((0, *begins, len(head))))


def _size(segment: str, size: Callable[[str], int]) -> int:
    return next((found for symbol in reversed(segment) if (found := size(symbol)) > 0), 0)


def _share(true: Sequence[bool]) -> float:
    return sum(true) / len(true) if true else 0.0
