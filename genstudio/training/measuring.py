"""Evaluation on held-out pieces while a model is trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from genstudio.config import TrainConfig
from genstudio.decoding import Request
from genstudio.decoding.trained import Trained
from genstudio.evaluation.reconstruction import decode_all
from genstudio.evaluation.scoring import Scores, of_the_summary, score
from genstudio.models.latent import active_units

__all__ = ["Measured", "better", "measure"]

_FEW = 32  # pieces that are reconstructed
_BACK = ("note_f1", "hit_f1", "word_accuracy", "level_accuracy")  # how much of a piece comes back
_LESS = 0.03  # of it that a model may give up for what it learns


@dataclass(frozen=True)
class Measured:
    """Results of an evaluation while training.

    Attributes:
        metrics: the metrics by name.
        line: the most important ones in a line of text.
        original, written: the first piece and its reconstruction.
        new: a piece that was not encoded, of a point drawn from N(0, I); None for a model whose samples are not drawn so.
    """

    metrics: dict[str, Any]
    line: str
    original: Any
    written: Any
    new: Any = None


def measure(trained: Trained, sequences: Sequence[np.ndarray], step: int, kl_weight: float | None, seed: int) -> Measured:
    """Evaluate a model that is being trained. For a language model, which has no reconstructions, one greedy sample is the example.

    Args:
        trained: the model.
        sequences: token ids of held-out pieces.
        step, kl_weight: current step and KL weight, which are added to the metrics.
        seed: seed of the samples of z.
    """
    model, domain = trained.network, trained.domain
    sequences = trained.arranged(sequences)
    scores = score(model, sequences, seed=seed)
    coded = model.spec.bottleneck != "none"
    few = sequences[: _FEW if coded else 1]
    request = Request(segments=trained.segments(few), sizes=trained.sizes, lineup=trained.lineup)
    decoded = decode_all(model, scores.means[: len(few)], request)
    originals, written = ([trained.piece(ids) for ids in rows] for rows in (few, decoded))
    compared = domain.compare(originals, written) if coded else {}
    active = active_units(scores.means) if coded else None
    summary = of_the_summary(model, sequences, scores, seed=seed)
    metrics = {
        "step": step,
        "negative_elbo": scores.negative_elbo,
        "reconstruction_nll": float(scores.nll.mean()),
        "kl": None if scores.kl is None else float(scores.kl.mean()),
        "kl_weight": kl_weight,
        "active_units": active,
        "latent_dims": model.latent_dims if coded else None,
        "accuracy_teacher_forced": float(scores.correct.sum() / scores.tokens.sum()),
        **summary,
        "reconstruction": dict(compared),
    }
    line = _line(scores, active) + (f"KL of the summary {summary['kl_summary']:.2f}  " if summary else "")
    line += "  ".join(f"{name} {value:.3f}" for name, value in list(compared.items())[:4])
    return Measured(metrics, line, originals[0], written[0], _new(trained, sequences[0], seed))


def better(found: Mapping[str, Any], best: Mapping[str, Any], first: Mapping[str, Any], config: TrainConfig) -> bool:
    """Whether a model that goes on from another one is better than its best state so far.

    That is so where held-out pieces cost less, as the training counts, and hardly less of them comes back than at the beginning.

    Args:
        found, best, first: the metrics of the model, of its best state, and of the model that it went on from.
        config: the settings of the training.
    """
    back = next((name for name in _BACK if name in found["reconstruction"]), None)
    if back is not None and found["reconstruction"][back] < first["reconstruction"][back] - _LESS:
        return False
    return _cost(found, config) < _cost(best, config)


def _cost(metrics: Mapping[str, Any], config: TrainConfig) -> float:
    """The loss on held-out pieces without its free bits: from all of the code and, where there is one, from the summary alone."""
    kl, options = metrics["kl"] or 0.0, config.kl
    summary = metrics.get("kl_summary", kl)
    weighted = options.weight * (summary + options.details * (kl - summary)) if config.bottleneck == "vae" else 0.0
    return float(metrics["reconstruction_nll"] + weighted - metrics.get("elbo_summary", 0.0))


def _new(trained: Trained, like: np.ndarray, seed: int) -> Any:
    """A sample as long as ``like``. The seed is the same at every evaluation, so that what was learned can be followed."""
    model = trained.network
    if model.spec.bottleneck != "vae":
        return None
    z = model.prior_codes(1, torch.Generator().manual_seed(seed))
    request = Request(segments=trained.segments([like]), sizes=trained.sizes, lineup=trained.lineup)
    return trained.piece(decode_all(model, z, request)[0])


def _line(scores: Scores, active: int | None) -> str:
    """A line with the scores that are defined for the bottleneck."""
    if scores.kl is None or active is None:
        parts = [f"NLL {float(scores.nll.mean()):.2f}"]
    else:
        parts = [f"-ELBO {scores.negative_elbo:.2f}", f"KL {float(scores.kl.mean()):.2f}"]
    if active is not None:
        parts.append(f"active units {active} of {scores.means.shape[1]}")
    return "held-out: " + "  ".join(parts) + "  "
