"""All figures of a model over a set of sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from genstudio.domains import Domain
from genstudio.errors import ConfigError
from genstudio.evaluation.interpolation import draw_pairs, interpolation
from genstudio.evaluation.latent_health import latent_health
from genstudio.evaluation.likelihood import likelihood
from genstudio.evaluation.reconstruction import decode_all, reconstruction, segments_of
from genstudio.evaluation.scoring import score
from genstudio.models.sequence_vae import SequenceVAE
from genstudio.progress import Progress, Report, Stop, silent
from genstudio.tokens import Tokenizer

__all__ = ["evaluate"]


def evaluate(
    model: SequenceVAE,
    domain: Domain,
    tokenizer: Tokenizer,
    sequences: Sequence[np.ndarray],
    *,
    samples: int = 20,
    pairs: int = 0,
    training: Sequence[np.ndarray] = (),
    seed: int = 0,
    report: Report = silent,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Every figure of this package over ``sequences`` (token ids).

    What is not defined for the model's bottleneck is None: an autoencoder has no likelihood, a language model nothing to be
    reconstructed from; of the latter only the next tokens are counted.

    Args:
        samples: K of the importance-weighted NLL.
        pairs: between how many pairs of them interpolation is measured; 0: it is not.
        training: token ids that the n-gram model of that is made of.

    Raises:
        InputError: interpolation is to be measured and no two of the sequences fit together.
        ConfigError: interpolation is to be measured of a language model.
    """
    if pairs and model.spec.bottleneck == "none":
        raise ConfigError("a language model (bottleneck none) has no latent space to interpolate in; leave interpolation out.")
    check = (stop or Stop()).check
    count = len(sequences)
    drawn = draw_pairs(segments_of(model, sequences), pairs, seed) if pairs else []
    report(Progress("evaluating", 0, count, "likelihood"))
    scores = score(model, sequences, seed=seed, check=check)
    measured = likelihood(model, sequences, scores, samples=samples, seed=seed, check=check)
    hypotheses = None
    if model.spec.bottleneck != "none":
        hypotheses = decode_all(
            model,
            scores.means,
            segments=segments_of(model, sequences),
            check=check,
            done=lambda at: report(Progress("evaluating", at, count, "reconstruction")),
        )
    teacher_forced = torch.stack([scores.correct.sum(), scores.tokens.sum()])
    found: dict[str, Any] = {
        "n": count,
        "reconstruction": reconstruction(domain, tokenizer, sequences, hypotheses, teacher_forced),
        "likelihood": measured,
        "latent": latent_health(scores, seed=seed),
    }
    if drawn:
        found["interpolation"] = interpolation(
            model, domain, tokenizer, sequences, drawn, training=training, seed=seed, report=report, stop=stop
        )
    return found
