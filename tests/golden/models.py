"""Small models with random weights from a fixed seed, which are equal everywhere since nothing is trained, and their inputs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from genstudio.domains import get_domain
from genstudio.models.attributes import Codes, learn_space, save_space
from genstudio.models.checkpoint import save_model
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE
from genstudio.tokens import Tokenizer

__all__ = ["MELODIES", "SENTENCES", "write_models", "write_songs"]

ROOT = Path(__file__).resolve().parents[2]
_SHARPER = 2.5  # times the usual weights, so that what is decoded depends on the code
_TRANSFORMER = {"width": 32, "heads": 2, "encoder_layers": 1, "decoder_layers": 1, "mixing_layers": 1}
_MODELS: dict[str, tuple[str, str, str, dict[str, Any], int]] = {
    "melody": ("melody", "folk-melody-2bar", "transformer", {**_TRANSFORMER, "summary_dims": 8, "slots": 4, "slot_dims": 4}, 2),
    "drums": ("drums", "drums-2bar", "transformer", {**_TRANSFORMER, "summary_dims": 0, "slots": 2, "slot_dims": 4}, 2),
    "verse": ("text", "english-sentence", "transformer", {**_TRANSFORMER, "summary_dims": 8, "slots": 12, "slot_dims": 4}, 0),
    "text": (
        "text", "english-sentence", "lstm",
        {"latent_dims": 8, "embedding": 24, "encoder_hidden": 16, "hidden": 32, "dropout": 0.0}, 0,
    ),
}  # fmt: skip
"""Domain, tokenizer, core, its options and the bars of a phrase of each model."""

MELODIES = {
    "one.abc": "X:1\nT:One\nM:4/4\nL:1/8\nK:C\nCDEF GABc | c2 G2 E2 C2 |]\n",
    "two.abc": "X:1\nT:Two\nM:4/4\nL:1/8\nQ:1/4=90\nK:G\nG4 B4 | d2 c2 B2 A2 |]\n",
    "three.abc": "X:1\nT:Three\nM:4/4\nL:1/8\nK:D\nd2 f2 e2 d2 | A8 |]\n",
    "four.abc": "X:1\nT:Four\nM:4/4\nL:1/8\nK:F\nF2 A2 c2 f2 | c4 F4 |]\n",
    "long.abc": "X:1\nT:Long\nM:4/4\nL:1/8\nK:C\nC4 E4 | G4 c4 | B2 A2 G2 F2 | E8 | D4 F4 |]\n",
}
SENTENCES = ("the children were playing in the garden.", "he bought a ticket for the train.", "we have a lot of time.")


def write_songs(folder: Path) -> None:
    """The melodies as files."""
    for name, text in MELODIES.items():
        (folder / name).write_text(text, encoding="utf-8")


def write_models(folder: Path) -> None:
    """A model folder for each kind."""
    for seed, (name, (domain, tokens, core, options, bars)) in enumerate(_MODELS.items()):
        tokenizer = Tokenizer.load(ROOT / "tokenizers" / tokens)
        layout = tokenizer.layout
        spec = ModelSpec(
            core=core, core_options=options, vocab_size=tokenizer.vocab_size, separator=layout.separator,
            segments=bars + 2 if bars else 1, phases=layout.phases, advance=tuple(int(value) for value in layout.advance),
            longest=20 if name == "verse" else 40, features=len(get_domain(domain).features) if options.get("summary_dims") else 0,
        )  # fmt: skip
        torch.manual_seed(seed)
        network = SequenceVAE(spec).eval()
        with torch.no_grad():
            for weights in network.parameters():
                if weights.dim() > 1:
                    weights.mul_(_SHARPER)
        phrase = {"length": bars, "stride": bars, "shortest": bars}
        save_model(folder / name, network, tokenizer, {"domain": domain, "phrase": phrase, "sampling": {"spread": 0.9}})
        if name == "melody":
            _teach(folder / name, network)


def _teach(folder: Path, network: SequenceVAE) -> None:
    """Attributes of a model, from random codes and values."""
    draw = np.random.default_rng(0)
    means = draw.standard_normal((60, network.layout.summary)).astype(np.float32)
    used = np.ones_like(means, dtype=bool)
    described = [("density", "Density", "notes a bar", "measure", ""), ("pitch", "Pitch", "semitones", "measure", "")]
    values = draw.standard_normal((60, 2)) * (3.0, 5.0) + (6.0, 62.0)
    space = learn_space(Codes(means, used, network.layout.summary), values, described, corpus="none", donors=10)
    save_space(folder, space)
