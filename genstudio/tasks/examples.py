"""Random (not selected) examples of what a model makes: reconstructions of held-out pieces, and samples.

They are texts for the manifest and the card of a model: passages as they are, melodies in ABC notation, drums as a grid.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from genstudio.config import SamplingOptions
from genstudio.progress import Stop

if TYPE_CHECKING:
    from genstudio.latent import Model

__all__ = ["SAMPLES", "examples"]

SAMPLES = 8
"""The number of samples."""
_SEED = 0  # of the samples
_LONGEST = 4000  # characters of an example; a longer one is cut


def examples(
    model: Model,
    sequences: Sequence[Any],
    titles: Sequence[str],
    number: int,
    sampling: SamplingOptions,
    *,
    seed: int = 0,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Random held-out pieces with their reconstructions, and samples.

    Reconstructions are greedy decodings of posterior means; a language model has none. The samples are those of seed 0.

    Args:
        sequences: token ids of held-out pieces.
        titles: the titles of the pieces of the sequences, "" where there is none.
        number: the number of reconstructions.
        sampling: how the samples are drawn.
        seed: seed of the choice among the sequences.

    Returns:
        ``form`` ("abc" or "text"), ``legend`` (an explanation of the signs in such a text, "" where none is needed),
        ``reconstructions`` (each with ``title``, ``original`` and ``written``), ``samples``, ``seed``, ``samples_seed``, and the
        fields of ``sampling``.
    """
    import numpy as np
    import torch

    from genstudio.decoding import Request
    from genstudio.evaluation.reconstruction import decode_all
    from genstudio.models.encoding import encode_all

    halt = stop or Stop()
    coded = model.network.spec.bottleneck != "none"
    rows = np.random.default_rng(seed).permutation(len(sequences))[: number if coded else 0].tolist()
    chosen = [sequences[row] for row in rows]
    found: list[dict[str, str]] = []
    if chosen:
        means = torch.from_numpy(encode_all(model.network, chosen, check=halt.check)[0])
        own = model.knowing([model.tokenizer.decode(ids.tolist()) for ids in chosen])
        request = Request(segments=model.trained.segments(chosen), sizes=model.sizes, automaton=own, check=halt.check)
        written = decode_all(model.network, means, request)
        for row, original, ids in zip(rows, chosen, written, strict=True):
            pair = [model.domain.from_symbols(model.tokenizer.decode(list(one))) for one in (original.tolist(), ids)]
            found.append({"title": titles[row], "original": _text(model, pair[0]), "written": _text(model, pair[1])})
    sampled = model.sample(SAMPLES, seed=_SEED, stop=halt, **dataclasses.asdict(sampling))
    return {
        "form": "abc" if model.domain.pitched else "text",
        "legend": model.domain.legend,
        "seed": seed,
        "reconstructions": found,
        "samples": [_text(model, piece) for piece in sampled],
        "samples_seed": _SEED,
        **dataclasses.asdict(sampling),
    }


def _text(model: Model, piece: Any) -> str:
    if model.domain.pitched:
        from genstudio.rendering.tunebook import document

        # Without the line of the version and the title, which a decoded piece does not have.
        lines = document([piece])[0].splitlines()
        text = "\n".join(line for line in lines if line and not line.startswith(("%", "T:")))
    elif model.domain.is_text:
        text = model.domain.text_of(piece)
    else:
        text = model.domain.example(piece)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
