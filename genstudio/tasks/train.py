"""Train a model on a corpus."""

from __future__ import annotations

import dataclasses
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from genstudio import paths
from genstudio.config import PRESETS, Preset, TrainConfig, field, get_preset, override
from genstudio.errors import ConfigError, FileError, Message
from genstudio.files import read_bytes
from genstudio.progress import Monitor, Progress
from genstudio.tasks.base import PathLike, task
from genstudio.training.options import TrainingRun

if TYPE_CHECKING:
    from genstudio.corpus import Corpus

__all__ = ["LARGEST_CARD", "Options", "preset_for", "read_text", "train", "train_config", "training_history"]

LARGEST_CARD = 10_000_000
"""The largest size of a card, and of the text for one, in bytes."""


@dataclass(frozen=True)
class _What:
    preset: str | None = field(None, "Preset", f"Preset to start from: {', '.join(sorted(PRESETS))}.")
    overrides: Sequence[str] = field(
        (), "Settings", "Change one setting, such as core.hidden=512 or kl.weight=0.5; may be given many times.",
        unit="NAME=VALUE", flag="--set",
    )  # fmt: skip
    about: str | None = field(None, "About", "Text for the model's card: the data, its credits and licences.", unit="FILE")


@dataclass(frozen=True)
class Options(TrainingRun, _What):  # the fields of the last base come first
    """What is trained, for how long, and on which device."""


@task(Options)
def train(corpus: PathLike, out: PathLike, *, options: Options, monitor: Monitor) -> dict[str, Any]:
    """Train a model on a corpus; see :func:`genstudio.training.loop.train` for resume and stop.

    The last stage is the fitting of a prior, with the steps of the preset or of ``prior.steps``; ``max_minutes`` covers all stages.
    The default preset is the one of the same domain whose phrase length is nearest to that of the corpus.

    Args:
        corpus: the folder of a corpus.
        out: the folder of the model.

    Returns:
        The fields of :class:`genstudio.training.loop.TrainResult`.
    """
    from genstudio.models.card import write_card
    from genstudio.training.loop import train as run

    about = read_text(options.about)
    former = paths.find_model(options.start) if options.start is not None else None
    chosen = preset_for(corpus, options.preset, former)
    opened, remarks = _corpus_for(Path(corpus), former, Path(out) if options.resume else None)
    config = train_config(chosen.name, options.overrides, former)
    for remark in remarks:
        monitor.report(Progress("warning", message=remark, data={"event": "warning", "kind": "corpus"}))
    asked = {item.name: getattr(options, item.name) for item in dataclasses.fields(TrainingRun)}
    asked["start"] = None if former is None else os.fspath(former)
    result = run(opened, Path(out), chosen, config, TrainingRun(**asked), monitor)
    if int(os.environ.get("RANK", "0")) == 0:
        write_card(Path(out), about=about)
    return dataclasses.asdict(result)


def train_config(preset: str, overrides: Sequence[str] = (), start: Path | None = None) -> TrainConfig:
    """The configuration of a preset with ``name=value`` settings changed.

    Args:
        start: the folder of a model whose training is continued; core and bottleneck are those of this model.

    Raises:
        ConfigError: a name is unknown or a value out of range.
    """
    from genstudio.models import cores

    fields = {name: cores.options_class(name) for name in cores.names()}
    from genstudio.models.manifest import read_manifest

    config = get_preset(preset).config
    if start is not None:
        model = read_manifest(start)["model"]
        config = dataclasses.replace(
            config,
            core=model["core"],
            core_options=dict(model["core_options"]),
            bottleneck=model.get("bottleneck", "vae"),
            kl=dataclasses.replace(config.kl, batch_norm=model.get("batch_norm", 0.0)),
        )
    return override(config, overrides, fields)


def _corpus_for(corpus: Path, start: Path | None, resumed: Path | None) -> tuple[Corpus, list[str]]:
    """Open a corpus, converted to the tokens of the model whose training is continued or resumed; returns it and remarks."""
    from genstudio.corpus import Corpus as Opened
    from genstudio.corpus import Recoded
    from genstudio.decoding import most_tokens
    from genstudio.models.checkpoint import load_model
    from genstudio.models.manifest import read_manifest

    opened = Opened.open(corpus)
    # A resumed training leaves out the same pieces as at its start: the limit is that of the model that it started from.
    former = start if start is not None or resumed is None or not (resumed / "manifest.json").is_file() else resumed
    if former is None or read_manifest(former)["tokenizer_digest"] == opened.tokenizer.digest:
        return opened, []
    model, tokenizer, _ = load_model(former)
    times = max(1, math.ceil(int(opened.manifest["segments"]) / max(1, model.spec.segments - 1)))  # more bars, more tokens
    recoded = Recoded(opened, tokenizer, times * most_tokens(model))
    if not recoded.left_out:
        return recoded, []
    return recoded, [
        Message(
            "{count} pieces are far longer than all that {model} was trained on, and were left out.",
            count=recoded.left_out, model=former.name,
        )
    ]  # fmt: skip


def preset_for(corpus: PathLike, preset: str | None, start: Path | None = None) -> Preset:
    """The preset of the name ``preset``; else that of the model ``start``, if it fits the corpus; else the one of the same domain
    whose phrase length is nearest to that of the corpus.

    Raises:
        ConfigError: there is no such preset, or it is for another domain.
    """
    from genstudio.corpus import Corpus

    opened = Corpus.open(Path(corpus))
    options = opened.manifest["options"]
    from genstudio.models.manifest import read_manifest

    if preset is None and start is not None:
        begun = read_manifest(start)
        kept, longer = begun.get("preset"), int(opened.manifest["segments"]) >= begun["model"]["segments"] > 1
        preset = kept if kept in PRESETS and not longer else None
    if preset is None:
        fitting = [item for item in PRESETS.values() if item.domain == opened.domain]
        if not fitting:
            raise ConfigError(
                "no preset is for the domain {domain}; name one of: {presets}.", domain=opened.domain, presets=", ".join(PRESETS)
            )
        return min(
            fitting,
            key=lambda item: (abs(item.length - int(options["length"])), abs(item.longest_token - int(options["longest_token"]))),
        )
    chosen = get_preset(preset)
    if chosen.domain != opened.domain:
        raise ConfigError(
            "the preset {preset} is for {domain}, but the corpus holds {domain_2}; choose another.",
            preset=preset,
            domain=chosen.domain,
            domain_2=opened.domain,
        )
    return chosen


def read_text(path: PathLike | None) -> str | None:
    """Read a text file; None where ``path`` is None.

    Raises:
        FileError: the file cannot be read, or is no text in UTF-8.
    """
    if path is None:
        return None
    try:
        return read_bytes(Path(path), LARGEST_CARD).decode("utf-8")
    except ValueError as error:
        raise FileError("cannot read {path} ({why}); give a text file in UTF-8.", path=path, why=error) from error


def training_history(model: PathLike) -> list[dict[str, Any]]:
    """The evaluations during the training of a model; empty where its training state was removed."""
    from genstudio.training.state import read_state

    state = paths.find_model(model) / "training"
    return read_state(state).get("history", []) if (state / "state.json").is_file() else []
