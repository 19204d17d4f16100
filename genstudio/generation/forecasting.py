"""Draw the next steps of a time series.

The summary is drawn from the posterior of what is known, as in training where only a beginning is read (``blank.end``); the details
of what is known are kept, and the later ones are blank. The steps are sampled one after the other, so each draw is one possible
future; quantiles of the draws are a forecast (A. F. Ansari et al., Chronos: learning the language of time series, 2024, section
3.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.decoding import AT_ONCE, Request, decode_best
from genstudio.decoding.trained import Trained
from genstudio.domains.series import Series
from genstudio.domains.series.measures import filled
from genstudio.models.latent import sample_posterior
from genstudio.progress import Check, go_on

__all__ = ["QUANTILES", "futures"]

QUANTILES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""The shares of the draws that lie below the values of a forecast."""

_SUMMARIES = 10  # draws of the summary for each view of the series, each of which is decoded several times
_LEAST = 3  # seasons, so that there are two of changes


def futures(
    trained: Trained, window: Series, steps: int, draws: int, *, seed: int = 0, temperature: float = 1.0, top_p: float = 1.0,
    check: Check = go_on,
) -> tuple[NDArray[np.float64], Tensor]:  # fmt: skip
    """Draw what may follow a series.

    Args:
        trained: a model of time series with a summary.
        window: what is known, with ``steps`` no longer than the pieces that the model was trained on.
        steps: how many steps are drawn.
        draws: how often.
        seed: the same seed gives the same draws.
        temperature, top_p: how tokens are drawn.
        check: called while decoding; may raise to stop.

    Returns:
        The steps of each draw, in the unit of the series, [draws, steps]; and the code of ``window`` [dims].
    """
    model, domain, tokenizer = trained.network, trained.domain, trained.tokenizer
    layout, grammar = model.layout, trained.domain.grammar
    views = _views(window)
    ids = [tokenizer.encode(domain.to_symbols(view.series)) for view in views]
    generator = torch.Generator().manual_seed(seed)
    codes, whole = [], None
    for one in ids:
        with torch.inference_mode():
            posterior = model.posterior(torch.tensor([one]))
        assert posterior.used is not None
        kept = torch.arange(len(layout.places)) < int(posterior.used[0, layout.summary :: layout.block].nonzero().max())
        near = sample_posterior(posterior, torch.randn(_SUMMARIES, model.latent_dims, generator=generator))
        codes.append([layout.with_details(layout.summary_of(row), posterior.mean[0], kept) for row in near])
        if whole is None:
            whole = layout.with_details(layout.summary_of(posterior.mean[0]), posterior.mean[0], kept)
    assert whole is not None
    ends = [view.series.phase + len(view.series) + steps for view in views]
    # Of what is no level only the separator may follow.
    unwanted = {grammar.gap, *grammar.indivisible} - {grammar.separator}
    request = Request(
        temperature,
        top_p,
        sizes=trained.sizes,
        forbid=sorted(token for symbol in unwanted for token in tokenizer.encode(symbol) if token != tokenizer.UNK),
        check=check,
    )
    known = filled(window) * window.deviation + window.mean
    found = np.full((draws, steps), np.nan)
    for number, rows in enumerate(_batches([len(ids[draw % len(views)]) for draw in range(draws)])):
        turns = [draw % len(views) for draw in rows]
        z = torch.stack([codes[turn][draw // len(views) % _SUMMARIES] for draw, turn in zip(rows, turns, strict=True)])
        segments, prefix = [-(-ends[turn] // window.size) for turn in turns], [ids[turn] for turn in turns]
        written = decode_best(model, z, 1, replace(request, seed=seed + number, segments=segments, prefix=prefix))
        for draw, turn, sequence in zip(rows, turns, written, strict=True):
            view = views[turn]
            drawn = domain.from_symbols(tokenizer.decode(sequence)).array()[len(view.series) :][:steps]
            found[draw, : len(drawn)] = view.values(drawn, known)
    last = known[-1]
    for step in range(steps):  # a draw that ended early stays where it was
        before = found[:, step - 1] if step else last
        found[:, step] = np.where(np.isfinite(found[:, step]), found[:, step], before)
    return found, whole


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The indices of ``lengths`` in batches of equal lengths, so that what is known of their rows is read at once."""
    for _, group in groupby(sorted(range(len(lengths)), key=lengths.__getitem__), key=lengths.__getitem__):
        rows = list(group)
        yield from (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


class _View(NamedTuple):
    """What draws are made from: a series, the sign to which they are turned back, and whether they are changes from one season to
    the next, which are added up."""

    series: Series
    sign: float
    changes: bool

    def values(self, drawn: NDArray[np.float64], known: NDArray[np.float64]) -> NDArray[np.float64]:
        """The steps that follow ``known``, from the steps that were drawn, [steps], in deviations."""
        found = (drawn * self.series.deviation + self.series.mean) * self.sign
        if self.changes:
            season = self.series.season
            for step in range(len(found)):
                found[step] += found[step - season] if step >= season else known[len(known) - season + step]
        return found


def _views(window: Series) -> list[_View]:
    """What the draws are made from in turn: the series and, where there is a season, its changes from one season to the next, each
    of them upside down, too. A model errs differently on each, so their draws together err less and are less sure of themselves."""
    parts = [(window, False)]
    if window.season and len(window) >= _LEAST * window.season:
        pairs = zip(window.values, window.values[window.season :], strict=False)
        changes = tuple(None if old is None or new is None else new - old for old, new in pairs)
        if any(change is not None for change in changes):
            parts.append((replace(window, values=changes, start=""), True))
    found = []
    for part, changed in parts:
        below = replace(part, values=tuple(None if value is None else -value for value in part.values))
        found += [_View(part.scaled(), 1.0, changed), _View(below.scaled(), -1.0, changed)]
    return found
