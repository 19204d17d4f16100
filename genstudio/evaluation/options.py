"""Options of an evaluation. Nothing here imports torch, so that the command line starts fast."""

from __future__ import annotations

from dataclasses import dataclass

from genstudio.config import DecodingOptions, SamplingChoice, field, like

__all__ = ["LARGEST_SAMPLE", "EvaluationOptions"]

LARGEST_SAMPLE = 10_000
"""The largest number of samples that are measured."""


@dataclass(frozen=True)
class EvaluationOptions(SamplingChoice):
    """What is measured, and on how many pieces. None for an option of sampling: the setting of the model is used."""

    split: str = field("test", "Split", "Part of the corpus.", choices=("train", "valid", "test"))
    limit: int | None = field(
        None, "Limit", "Measure on no more pieces than this.", low=1, high=10**9, called="Pieces", hint="all",
        said="How many of them, drawn at random with a fixed seed",
    )  # fmt: skip
    samples: int = field(
        20,
        "Samples of the code",
        "Samples of the latent code for each piece's likelihood; more are slower and nearer to the truth.",
        low=1,
        high=100_000,
        called="Draws a piece",
        said="Samples of the latent code for the likelihood of each piece; more take longer and are nearer to the truth",
    )
    interpolation: int = field(
        0,
        "Interpolation",
        "Measure interpolation too, between this many pairs of the pieces; 0: not.",
        unit="pairs",
        low=0,
        high=10**6,
        called="Ways",
        said="Pairs of pieces between which the way is measured; 0: none",
    )
    generated: int = field(
        100,
        "Generated pieces",
        "Measure this many samples of the model, beside these pieces and the corpus's training pieces; 0: none.",
        unit="samples",
        low=0,
        high=LARGEST_SAMPLE,
        called="New pieces",
        said="Pieces that the model makes by itself, beside real ones and the training pieces; 0: none",
    )
    harmony: int = field(
        100,
        "Harmonised pieces",
        "Write chord symbols for the melodies of this many of the pieces, if the model writes some, beside a baseline; 0: none.",
        unit="pieces",
        low=0,
        high=10**6,
        called="Pieces to harmonise",
        said="Melodies to which chord symbols are written, where the model writes some; 0: none",
    )
    forecasts: int = field(
        100,
        "Forecasts",
        "Forecast the last steps of this many of the pieces, if they are time series, beside the seasonal naive forecast; 0: none.",
        unit="series",
        low=0,
        high=10**6,
        called="Series to forecast",
        said="Time series whose last steps are forecast and compared with what came; 0: none",
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
