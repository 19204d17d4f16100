"""A model of melodies that is trained for a little longer than the others: until it writes notes, not only bars."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def melody_model(melody_corpus: Path, tiny: dict[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from genstudio import studio

    out = tmp_path_factory.mktemp("models") / "tiny-melody"
    steps = ["optimizer.batch_size=32", "optimizer.evaluate_every=400", "optimizer.evaluate_on=16", "optimizer.warmup=20"]
    steps += ["optimizer.learning_rate=0.01", "kl.weight=0.1"]
    studio.train(melody_corpus, out, preset="melody-2bar", overrides=[*tiny["melody"], *steps], max_steps=400, device="cpu")
    return out
