"""Options of a run: how long and where a training runs. Nothing here imports torch, so that the command line starts fast.

What is trained, and how, is in :class:`genstudio.config.TrainConfig`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from genstudio.config import DecodingOptions, field, like

__all__ = ["LastStage", "PriorRun", "TrainingRun"]


@dataclass(frozen=True)
class TrainingRun:
    """Options of a run that begins or resumes a training."""

    max_steps: int | None = field(None, "Most steps", "Stop after this many steps.", unit="steps", low=1, high=10**9)
    max_minutes: float | None = field(
        None, "Most minutes", "Stop after this many minutes in all.", unit="minutes", low=0.0, high=1e6, above=True
    )
    evaluate_minutes: float | None = field(
        None, "Evaluate every", "Evaluate also at the start, and whenever so many minutes have passed since the last evaluation.",
        unit="minutes", low=0.0, high=1e6, above=True,
    )  # fmt: skip
    resume: bool = field(False, "Resume", "Resume the training in --out.")
    start: str | None = field(
        None, "Start", "A model (name or folder) whose weights the training starts from.", flag="--from"
    )
    seed: int = like(DecodingOptions, "seed")
    device: str = field("auto", "Device", "Auto, cpu or cuda.", choices=("auto", "cpu", "cuda"))


@dataclass(frozen=True)
class PriorRun:
    """Options of a run that begins or resumes the fitting of a prior."""

    max_steps: int | None = field(
        None, "Most steps", "Steps (default: as its preset says).", unit="steps", low=1, high=10**9
    )
    max_minutes: float | None = field(
        None, "Most minutes", "Stop after this many minutes.", unit="minutes", low=0.0, high=1e6, above=True
    )
    limit: int | None = field(None, "Limit", "Learn from no more training pieces than this.", low=1, high=10**9)
    further: bool = field(False, "Further", "Continue from the prior that the model has, with a new schedule.")
    resume: bool = field(False, "Resume", "Resume a fitting that was stopped.")
    seed: int = like(DecodingOptions, "seed")
    last_stage: ClassVar[bool] = False


@dataclass(frozen=True)
class LastStage(PriorRun):
    """The fitting of a prior as the last stage of a training, which already holds the lock of the folder.

    In this case a prior under which held-out codes cost more than under N(0, I) is discarded; there was too little time, or there
    were too few pieces.
    """

    last_stage: ClassVar[bool] = True
