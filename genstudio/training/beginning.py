"""The model at the beginning of a training: its shape, and the weights of another model where one is continued."""

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
    """The specification of the model that ``config`` describes for the sequences of ``corpus``.

    Args:
        config: the settings of the training.
        corpus: the training data.
        former: the folder of a model whose training is continued; the new model allows pieces as long as that one does.
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
    """How many features are predicted from the summary."""
    if not config.features or config.bottleneck != "vae":
        return 0
    options = build_options(cores.options_class(config.core), dict(config.core_options), "core.")
    return len(get_domain(corpus.domain).features) if getattr(options, "summary_dims", 0) else 0


def begin_from(start: Path, model: SequenceVAE, corpus: Corpus) -> list[Stage]:
    """Copy the weights of another model.

    Args:
        start: the folder of the other model, which may have been trained on shorter sequences.
        model: the model that the weights are copied into.
        corpus: the training data, which must have the tokenizer of the other model.

    Returns:
        The stages of the training of the other model, in order.

    Raises:
        ModelError: the other model has another shape or another tokenizer.
    """
    given, tokenizer, manifest = load_model(start)
    if tokenizer.digest != corpus.tokenizer.digest:
        raise ModelError(
            "{model} has other tokens than the corpus; build the corpus again with the tokenizer in {tokenizer}.",
            remedy="give-tokenizer", model=start, tokenizer=start / "tokenizer",
        )  # fmt: skip
    shapes = {name: value.shape for name, value in model.state_dict().items()}
    # A fitted prior is left out, since the codes change with the weights.
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
    """Extend the weights of a model of shorter sequences for ``model``.

    The parameters of additional segments are initialised with those of the existing ones, cyclically. Features of longer pieces
    have another mean and deviation, so the layer that predicts them keeps its initial weights.
    """
    result = dict(weights)
    for name in weights.keys() & {f"core.{part}" for part in model.core.segment_parts}:
        value = weights[name]  # the first row is what comes before the first segment
        rows = torch.arange(model.spec.segments - 1) % (len(value) - 1) + 1
        result[name] = torch.cat([value[:1], value[rows]])
    return result | {name: value for name, value in model.state_dict().items() if name.startswith("features.")}
