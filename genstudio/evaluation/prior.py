"""What a model writes of itself, and whether it comes to an end: samples of the prior, or of a language model where there is no
latent code.

``ended``: share of the samples that end with an EOS of their own before the longest length that decoding allows. ``bars_filled``:
share whose every segment (bar) is exactly as long as the size (metre) that holds there says, the part before the first separator
(the pickup) shorter; left out where segments have no size. Both look at what was decoded, before the domain makes a piece of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    """Token ids of each sample, its symbols, the piece that they are, and whether it ended by itself."""

    ids: list[list[int]]
    symbols: list[str]
    pieces: list[Any]
    ended: list[bool]


def sample_prior(
    trained: Trained, n: int, sampling: SamplingOptions = SamplingOptions(), *, seed: int = 0, monitor: Monitor = Monitor()
) -> Samples:
    """Draw ``n`` samples of the prior, and decode them as the command ``sample`` does.

    Args:
        sampling: how codes are drawn and decoded.

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
            **drawing_of(sampling), seed=seed + start, longest=longest, sizes=trained.sizes, automaton=trained.lexicon,
            check=monitor.check,
        )  # fmt: skip
        ids += decode_best(model, part, sampling.best_of, request)
        done(len(ids))
    symbols = [trained.tokenizer.decode(one) for one in ids]
    return Samples(ids, symbols, [trained.domain.from_symbols(one) for one in symbols], [len(one) < longest for one in ids])


def completeness(samples: Samples, grammar: Grammar) -> dict[str, float]:
    """The measures of this module."""
    found = {"ended": _share(samples.ended)}
    if grammar.size is not None and grammar.separator:
        found["bars_filled"] = _share([filled(symbols, grammar) for symbols in samples.symbols])
    return found


def filled(symbols: str, grammar: Grammar) -> bool:
    """Whether every segment of a sequence is full."""
    if grammar.size is None:
        return True
    size = 0
    for number, segment in enumerate(symbols.split(grammar.separator)):
        length = grammar.advance(segment)
        # What stands in a segment about its size (a change of metre before the bar line) holds from the next one on.
        if (length != size and number) or (length >= max(1, _size(segment, grammar.size)) and not number):
            return False
        size = _size(segment, grammar.size) or size
    return True


def _size(segment: str, size: Callable[[str], int]) -> int:
    return next((found for symbol in reversed(segment) if (found := size(symbol)) > 0), 0)


def _share(true: Sequence[bool]) -> float:
    return sum(true) / len(true) if true else 0.0
