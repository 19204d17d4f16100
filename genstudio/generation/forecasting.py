"""Draw the next steps of a time series.

The summary is drawn from the posterior of what is known, as in training where only a beginning is read (``blank.end``); the details
of what is known are kept, and the later ones are blank. The steps are sampled one after the other, so each draw is one possible
future; quantiles of the draws are a forecast (A. F. Ansari et al., Chronos: learning the language of time series, 2024, section
3.2).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from genstudio.decoding import AT_ONCE, Request, decode_best
from genstudio.decoding.trained import Trained
from genstudio.models.latent import sample_posterior
from genstudio.progress import Check, go_on

if TYPE_CHECKING:
    from genstudio.domains.series import Series

__all__ = ["QUANTILES", "futures"]

QUANTILES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""The shares of the draws that lie below the values of a forecast."""

_SUMMARIES = 20  # draws of the summary, each of which is decoded several times


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
    ids = tokenizer.encode(domain.to_symbols(window))
    with torch.inference_mode():
        posterior = model.posterior(torch.tensor([ids]))
    assert posterior.used is not None
    kept = torch.arange(len(layout.places)) < int(posterior.used[0, layout.summary :: layout.block].nonzero().max())
    several = min(draws, _SUMMARIES)
    noise = torch.randn(several, model.latent_dims, generator=torch.Generator().manual_seed(seed))
    near = sample_posterior(posterior, noise)
    codes = torch.stack([layout.with_details(layout.summary_of(row), posterior.mean[0], kept) for row in near])
    codes = codes[torch.arange(draws) % several]
    # Of what is no level only the separator may follow.
    unwanted = {grammar.gap, *grammar.indivisible} - {grammar.separator}
    request = Request(
        temperature,
        top_p,
        seed=seed,
        segments=[-(-(window.phase + len(window) + steps) // window.size)] * draws,
        prefix=[ids] * draws,
        sizes=trained.sizes,
        forbid=sorted(token for symbol in unwanted for token in tokenizer.encode(symbol) if token != tokenizer.UNK),
        check=check,
    )
    found = np.full((draws, steps), np.nan)
    for start in range(0, draws, AT_ONCE):
        part = slice(start, start + AT_ONCE)
        written = decode_best(model, codes[part], 1, replace(request.of(part), seed=seed + start))
        for row, sequence in enumerate(written, start):
            values = domain.from_symbols(tokenizer.decode(sequence)).array()[len(window) : len(window) + steps]
            found[row, : len(values)] = values
    own = (window.array() - window.mean) / window.deviation
    last = own[np.isfinite(own)][-1] if np.isfinite(own).any() else 0.0
    for step in range(steps):  # a draw that ended early stays where it was
        before = found[:, step - 1] if step else last
        found[:, step] = np.where(np.isfinite(found[:, step]), found[:, step], before)
    code = layout.with_details(layout.summary_of(posterior.mean[0]), posterior.mean[0], kept)
    return found * window.deviation + window.mean, code
