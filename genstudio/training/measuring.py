"""What a model does on held-out pieces while it is trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from genstudio.decoding import Request
from genstudio.decoding.trained import Trained
from genstudio.evaluation.reconstruction import decode_all
from genstudio.evaluation.scoring import Scores, of_the_summary, score
from genstudio.models.latent import active_units

__all__ = ["Measured", "measure"]

_FEW = 32  # pieces that are written back


@dataclass(frozen=True)
class Measured:
    """The metrics by name, what they say in a line, and the first piece with what came back."""

    metrics: dict[str, Any]
    said: str
    original: Any
    written: Any


def measure(trained: Trained, sequences: Sequence[np.ndarray], step: int, kl_weight: float | None, seed: int) -> Measured:
    """Measure on ``sequences`` (token ids). Nothing comes back from a language model: one greedy piece is its example.

    Args:
        step, kl_weight: where the training is, for the metrics. seed: of the samples of z.
    """
    model, domain = trained.network, trained.domain
    scores = score(model, sequences, seed=seed)
    coded = model.spec.bottleneck != "none"
    few = sequences[: _FEW if coded else 1]
    decoded = decode_all(model, scores.means[: len(few)], Request(segments=trained.segments(few), sizes=trained.sizes))
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
    said = _said(scores, active) + (f"KL of the summary {summary['kl_summary']:.2f}  " if summary else "")
    said += "  ".join(f"{name} {value:.3f}" for name, value in list(compared.items())[:4])
    return Measured(metrics, said, originals[0], written[0])


def _said(scores: Scores, active: int | None) -> str:
    """What the scores say, as far as the bottleneck has it."""
    if scores.kl is None or active is None:
        parts = [f"NLL {float(scores.nll.mean()):.2f}"]
    else:
        parts = [f"-ELBO {scores.negative_elbo:.2f}", f"KL {float(scores.kl.mean()):.2f}"]
    if active is not None:
        parts.append(f"active units {active} of {scores.means.shape[1]}")
    return "held-out: " + "  ".join(parts) + "  "
