"""How long and where a training runs; nothing here needs torch, so that the command line can read it in no time.

What is trained, and how, says :class:`genstudio.config.TrainConfig`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from genstudio.config import DecodingOptions, field, like

__all__ = ["LastStage", "PriorRun", "TrainingRun"]


@dataclass(frozen=True)
class TrainingRun:
    """A run of a training, or one that goes on with it."""

    max_steps: int | None = field(None, "Most steps", "Stop after so many steps.", unit="steps", low=1, high=10**9)
    max_minutes: float | None = field(
        None, "Most minutes", "Take so many minutes in all.", unit="minutes", low=0.0, high=1e6, above=True
    )
    resume: bool = field(False, "Resume", "Go on with the training in --out.")
    start: str | None = field(
        None, "Start", "A model (name or folder) to go on from instead of fresh weights.", flag="--from"
    )
    seed: int = like(DecodingOptions, "seed")
    device: str = field("auto", "Device", "Auto, cpu or cuda.", choices=("auto", "cpu", "cuda"))


@dataclass(frozen=True)
class PriorRun:
    """A run of the fitting of a prior, or one that goes on with it."""

    max_steps: int | None = field(
        None, "Most steps", "Steps (default: as its preset says).", unit="steps", low=1, high=10**9
    )
    max_minutes: float | None = field(
        None, "Most minutes", "Stop after so many minutes.", unit="minutes", low=0.0, high=1e6, above=True
    )
    limit: int | None = field(None, "Limit", "Learn from no more training pieces than this.", low=1, high=10**9)
    further: bool = field(False, "Further", "Go on from the prior that the model has, with a new schedule.")
    resume: bool = field(False, "Resume", "Go on with a fitting that was stopped.")
    seed: int = like(DecodingOptions, "seed")
    last_stage: ClassVar[bool] = False


@dataclass(frozen=True)
class LastStage(PriorRun):
    """A run that ends a training, which holds the folder's lock already.

    A prior under which held-out codes cost more than under N(0, I) is then not kept: there was too little time, or too few pieces,
    for it to be of use.
    """

    last_stage: ClassVar[bool] = True
