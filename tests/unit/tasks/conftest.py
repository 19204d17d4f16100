"""A model of melodies that is trained for a little longer than the others: until it writes notes, not only bars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def melody_model(melody_corpus: Path, tiny: dict[str, list[str]], once: Callable[..., Path]) -> Path:
    import genstudio

    steps = ["optimizer.batch_size=32", "optimizer.evaluate_every=400", "optimizer.evaluate_on=16", "optimizer.warmup=20"]
    steps += ["optimizer.learning_rate=0.01", "kl.weight=0.1"]
    options: dict[str, Any] = {"overrides": [*tiny["melody"], *steps], "max_steps": 400, "device": "cpu"}
    return once("tasks/tiny-melody", lambda out: genstudio.train(melody_corpus, out, preset="melody-2bar", **options))
