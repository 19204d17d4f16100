"""The model that a training begins with: its shape, and weights of another model where it goes on from one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import torch
from torch import Tensor

from genstudio.config import TrainConfig, build_options
from genstudio.corpus import Corpus
from genstudio.domains import get_domain
from genstudio.errors import ModelError
from genstudio.models import cores
from genstudio.models.checkpoint import load_model
from genstudio.models.manifest import Stage, Training, read_manifest
from genstudio.models.sequence_vae import ModelSpec, SequenceVAE

__all__ = ["begin_from", "model_spec"]


def model_spec(config: TrainConfig, corpus: Corpus, former: Path | None = None) -> ModelSpec:
    """The model that ``config`` describes for the sequences of ``corpus``.

    Args:
        former: the folder of a model that is gone on from: the new one knows pieces as long as that does.
    """
    layout = corpus.tokenizer.layout
    described = ModelSpec(
        core=config.core,
        core_options=dict(config.core_options),
        vocab_size=corpus.tokenizer.vocab_size,
        separator=layout.separator,
        segments=int(corpus.manifest["segments"]) + 1,
        phases=layout.phases,
        advance=tuple(int(value) for value in layout.advance),
        longest=int(corpus.manifest["longest"]),
        bottleneck=config.bottleneck,
        batch_norm=config.kl.batch_norm if config.bottleneck != "none" else 0.0,
        features=_features(config, corpus),
    )
    if former is None or not (former / "manifest.json").is_file():
        return described
    known = read_manifest(former)["model"]
    if known["segments"] < described.segments or (known["segments"] > 1) != (described.segments > 1):
        return described
    longest = max(known["longest"], described.longest)
    return dataclasses.replace(described, segments=known["segments"], longest=longest, features=known.get("features", 0))


def _features(config: TrainConfig, corpus: Corpus) -> int:
    """How many features the summary is to tell."""
    if not config.features or config.bottleneck != "vae":
        return 0
    options = build_options(cores.options_class(config.core), dict(config.core_options), "core.")
    return len(get_domain(corpus.domain).features) if getattr(options, "summary_dims", 0) else 0


def begin_from(start: Path, model: SequenceVAE, corpus: Corpus) -> list[Stage]:
    """Copy the weights of another model.

    Args:
        start: its folder; it may be of shorter sequences.
        model: what they are copied into.
        corpus: what is trained on, which must be in its tokens.

    Returns:
        How they were trained, the first stage first.

    Raises:
        ModelError: it has another shape or other tokens.
    """
    given, tokenizer, manifest = load_model(start)
    if tokenizer.digest != corpus.tokenizer.digest:
        raise ModelError(
            "{model} has other tokens than the corpus; build the corpus again with the tokenizer in {tokenizer}.",
            remedy="give-tokenizer", model=start, tokenizer=start / "tokenizer",
        )  # fmt: skip
    shapes = {name: value.shape for name, value in model.state_dict().items()}
    # A prior that was fitted to the codes does not fit those of other weights: it is left out.
    weights = {name: value for name, value in given.state_dict().items() if not name.startswith("prior.")}
    if model.spec.segments > given.spec.segments > 1:
        weights = _lengthened(weights, model)
    if {name: value.shape for name, value in weights.items()} != shapes:
        raise ModelError(
            "{start} is a model of another shape than the settings describe; go on without settings of core and bottleneck, or "
            "train from fresh weights.",
            start=start,
        )
    model.load_state_dict(weights)
    training: Training = manifest.get("training") or {}
    stage: Stage = {"model": start.name}
    if "preset" in manifest:
        stage["preset"] = manifest["preset"]
    if "corpus" in manifest:
        stage["corpus"] = manifest["corpus"]
    stage["training"] = {name: value for name, value in training.items() if name != "before"}  # type: ignore[typeddict-item]
    return [*(training.get("before") or ()), stage]


def _lengthened(weights: dict[str, Tensor], model: SequenceVAE) -> dict[str, Tensor]:
    """The weights of a model of shorter sequences for ``model``: each segment that it does not know begins as one that it does, in
    turn. The features of longer pieces are others by mean and deviation, so what tells them begins fresh."""
    result = dict(weights)
    for name in weights.keys() & {f"core.{part}" for part in model.core.segment_parts}:
        value = weights[name]  # the first row is what comes before the first segment
        rows = torch.arange(model.spec.segments - 1) % (len(value) - 1) + 1
        result[name] = torch.cat([value[:1], value[rows]])
    return result | {name: value for name, value in model.state_dict().items() if name.startswith("features.")}
