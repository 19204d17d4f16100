"""Every core under every bottleneck is trained, kept, loaded, sampled and measured, by the use cases."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

import genstudio
from genstudio.config import BOTTLENECKS
from genstudio.errors import ModelError
from genstudio.models import cores

FEW = ("optimizer.batch_size=8", "optimizer.evaluate_every=3", "optimizer.evaluate_on=4", "optimizer.warmup=1",
       "prior.width=16", "prior.heads=2", "prior.layers=1")  # fmt: skip


def small(core: str) -> list[str]:
    """Settings that make a core small: sizes of 16, and one layer of each kind."""
    found = []
    for item in dataclasses.fields(cores.options_class(core)):
        if item.metadata and isinstance(item.default, int) and not isinstance(item.default, bool) and item.default > 1:
            size = 16 if item.default > 24 else 1 if "layers" in item.name else item.default
            found.append(f"core.{item.name}={size}")
    return found


@pytest.mark.parametrize("bottleneck", BOTTLENECKS)
@pytest.mark.parametrize("core", cores.names())
@pytest.mark.slow
def test_trained_kept_loaded_sampled_and_measured(core, bottleneck, text_corpus: Path, tmp_path: Path):
    out = tmp_path / "model"
    settings = [f"core={core}", f"bottleneck={bottleneck}", *small(core), *FEW]
    result = genstudio.train(text_corpus, out, preset="sentence", overrides=settings, max_steps=3, device="cpu")
    assert result["step"] == 3
    assert (result["metrics"]["kl"] is None) == (bottleneck == "ae")
    model = genstudio.load(out)
    assert (model.network.spec.core, model.network.spec.bottleneck) == (core, bottleneck)
    pieces = model.sample(2, length=3, seed=1, best_of=2)
    assert len(pieces) == 2
    assert any("ex-post" in remark for remark in pieces.remarks) == (bottleneck == "ae")
    if bottleneck == "none":
        with pytest.raises(ModelError, match="no latent space"):
            model.interpolate("nobody spoke", "it was late", 3)
    else:
        assert len(model.interpolate("nobody spoke", "it was late", 3)) == 3
    assert len(model.continue_("nobody spoke", 2, length=4)) == 2
    found = genstudio.evaluate(out, text_corpus, limit=4, samples=2, generated=6, best_of=2)
    assert (found["likelihood"]["nll"] is None) == (bottleneck == "ae")
    assert found["reconstruction"]["accuracy_teacher_forced"] >= 0
