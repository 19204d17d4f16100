"""Models that are passed on: packed, and used as the start of another training."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import genstudio
from genstudio.errors import CorpusError, ModelError


def test_a_packed_model_is_smaller_and_decodes_alike(melody_model: Path, tmp_path: Path) -> None:
    about = tmp_path / "credits.md"
    about.write_text("Tunes by nobody, CC0.", encoding="utf-8")
    result = genstudio.pack(melody_model, tmp_path / "small", about=about)
    weights = [folder / "model.safetensors" for folder in (melody_model, tmp_path / "small")]
    assert weights[1].stat().st_size < 0.6 * weights[0].stat().st_size
    assert result["bytes"] == sum(path.stat().st_size for path in (tmp_path / "small").rglob("*") if path.is_file())
    assert not (tmp_path / "small" / "training").exists()
    assert "Tunes by nobody, CC0." in (tmp_path / "small" / "card.md").read_text(encoding="utf-8")
    whole, small = genstudio.load(melody_model), genstudio.load(tmp_path / "small")
    z = torch.randn(2, whole.network.latent_dims, generator=torch.Generator().manual_seed(1))
    inputs = torch.tensor([[1, 40, 41, 42], [1, 50, 51, 52]])
    with torch.inference_mode():
        a, b = (model.network.core.decode(inputs, z, model.network.positions(inputs)) for model in (whole, small))
    assert torch.allclose(a, b, atol=0.05)
    assert not torch.equal(a, b)


def test_packing_never_overwrites(melody_model: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ModelError, match="exists already"):
        genstudio.pack(melody_model, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_training_starts_from_a_model(
    melody_model: Path, melody_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path
) -> None:
    settings = [*tiny["melody"], "optimizer.learning_rate=0"]
    genstudio.train(melody_corpus, tmp_path / "more", preset="melody-2bar", overrides=settings, max_steps=1, start=melody_model)
    before, after = genstudio.load(melody_model), genstudio.load(tmp_path / "more")
    state = after.network.state_dict()
    assert all(torch.equal(value, state[name]) for name, value in before.network.state_dict().items())


def test_a_model_of_another_shape_or_kind_is_refused(
    melody_model: Path, melody_corpus: Path, text_corpus: Path, tiny: dict[str, list[str]], tmp_path: Path
) -> None:
    wider = [*tiny["melody"], "core.width=40"]
    with pytest.raises(ModelError, match="another shape"):
        genstudio.train(melody_corpus, tmp_path / "a", preset="melody-2bar", overrides=wider, start=melody_model)
    with pytest.raises(CorpusError, match="is of text, and the model is of melody"):
        genstudio.train(text_corpus, tmp_path / "b", preset="sentence", overrides=tiny["text"], start=melody_model)
