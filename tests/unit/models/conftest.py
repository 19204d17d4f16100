from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from genstudio.domains.base import Grammar
from genstudio.models.checkpoint import save_model
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.tokens import Tokenizer, TokenizerOptions

SYMBOLS = "".join(chr(0xE000 + number) for number in range(30))
GRAMMAR = Grammar(indivisible=SYMBOLS[0], separator=SYMBOLS[0], alphabet=SYMBOLS, phases=12)
ABOUT = {
    "domain": "melody",
    "preset": "melody-2bar",
    "phrase": {"length": 2, "stride": 1, "shortest": 1},
    "training": {"config": {"optimizer": {"batch_size": 32}}, "steps": 70, "seed": 3, "seconds": 125.0, "precision": "no"},
    "corpus": {"digest": "0" * 64, "train": 999},
    "metrics": {"step": 70, "kl": 12.25, "active_units": 6, "reconstruction": {"exact": 0.5}},
}


@pytest.fixture(scope="session")
def small_tokenizer() -> Tokenizer:
    lines = [SYMBOLS[0] + SYMBOLS[number % 9 + 1 : number % 9 + 8] for number in range(20)]
    return Tokenizer.train(lines, GRAMMAR, TokenizerOptions(44, model="bpe"), domain="melody")


@pytest.fixture
def saved(tmp_path: Path, small_tokenizer: Tokenizer) -> Callable[..., Path]:
    """``saved(core, **about)``: the folder of a small model with random weights."""

    def save(core: str = "lstm", **about: Any) -> Path:
        torch.manual_seed(0)
        options = {
            "lstm": {"latent_dims": 4, "embedding": 8, "encoder_hidden": 8, "hidden": 8},
            "transformer": {"width": 8, "heads": 2, "slots": 1, "slot_dims": 2},
        }[core]
        layout = small_tokenizer.layout
        advance = tuple(int(value) for value in layout.advance)
        spec = ModelSpec(core, options, small_tokenizer.vocab_size, layout.separator, 3, layout.phases, advance, 20)
        folder = tmp_path / "a-model"
        save_model(folder, SequenceVAE(spec), small_tokenizer, {**ABOUT, **about})
        return folder

    return save
