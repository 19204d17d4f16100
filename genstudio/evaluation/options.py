"""Options of an evaluation. Nothing here imports torch, so that the command line starts fast."""

from __future__ import annotations

from dataclasses import dataclass

from genstudio.config import DecodingOptions, SamplingOptions, field, like

__all__ = ["LARGEST_SAMPLE", "EvaluationOptions"]

LARGEST_SAMPLE = 10_000
"""The largest number of samples that are measured."""


@dataclass(frozen=True)
class EvaluationOptions:
    """What is measured, and on how many pieces. None for an option of sampling: the setting of the model is used."""

    split: str = field("test", "Split", "Part of the corpus.", choices=("train", "valid", "test"))
    limit: int | None = field(None, "Limit", "Measure on no more pieces than this.", low=1, high=10**9)
    samples: int = field(
        20,
        "Samples of the code",
        "Samples of the latent code for each piece's likelihood; more are slower and nearer to the truth.",
        low=1,
        high=100_000,
    )
    interpolation: int = field(
        0,
        "Interpolation",
        "Measure interpolation too, between this many pairs of the pieces; 0: not.",
        unit="pairs",
        low=0,
        high=10**6,
    )
    generated: int = field(
        100,
        "Generated pieces",
        "Measure this many samples of the model, beside these pieces and the corpus's training pieces; 0: none.",
        unit="samples",
        low=0,
        high=LARGEST_SAMPLE,
    )
    temperature: float | None = like(
        DecodingOptions, "temperature", None,
        "0 takes the likeliest token each time, 1 draws as the model predicts, more is wilder (default: as the model says).",
    )  # fmt: skip
    top_p: float | None = like(
        DecodingOptions, "top_p", None,
        "Draw only from the likeliest tokens that together have this probability (default: as the model says).",
    )  # fmt: skip
    spread: float | None = like(
        SamplingOptions, "spread", None,
        "How far codes are drawn from the likeliest ones: 1 as the prior says, less is more typical (default: as the model says).",
    )  # fmt: skip
    best_of: int | None = like(
        SamplingOptions, "best_of", None, "Decode each code N times and keep the likeliest (default: as the model says)."
    )
    write: bool = field(False, "Write", "Keep the metrics in the model's manifest and card.")
    examples: int = field(
        5,
        "Examples",
        "With --write, show the first N reconstructions of a random order, and 8 samples, in the card; 0: neither.",
        low=0,
        high=100,
    )
    seed: int = like(DecodingOptions, "seed")
