"""The commands that train a model again, from its manifest alone."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Iterator
from typing import Any

from genstudio.config import PRESETS, TrainConfig, build_options, from_dict, group_of
from genstudio.errors import ConfigError
from genstudio.models import cores
from genstudio.models.manifest import Manifest, Stage

__all__ = ["commands"]


_WITHOUT_EFFECT = ("evaluate_every", "evaluate_on")  # settings that do not change the weights


def commands(name: str, manifest: Manifest) -> list[str]:
    """List the commands that train a model again, one for each stage, in order.

    The stages are the trainings that produced its weights, then the fittings of its prior that were not part of the last training.
    The list is empty where the manifest does not record the training or this version does not know its settings.

    Each stage is written to a folder of its own, ``./NAME-1``, ``./NAME-2`` … and finally ``./NAME``. They are paths, since a bare
    name means the installed model. A single corpus is called CORPUS, several are called CORPUS-1, CORPUS-2 …

    Args:
        name: the name of the model.
        manifest: its manifest.
    """
    training = manifest.get("training") or {}
    own: Stage = {"model": name, "preset": manifest.get("preset"), "corpus": manifest.get("corpus"), "training": training}
    stages = [*(training.get("before") or ()), own]
    corpora = list(dict.fromkeys(_digest(stage) for stage in stages))
    called = {digest: "CORPUS" if len(corpora) == 1 else f"CORPUS-{at + 1}" for at, digest in enumerate(corpora)}
    found, former = [], ""
    try:
        for number, stage in enumerate(stages, 1):
            out = f"./{name}-{number}" if number < len(stages) else f"./{name}"
            found.append(_command(stage, called[_digest(stage)], former, out))
            former = out
    except (ConfigError, KeyError):
        return []
    prior = manifest.get("prior")
    included = bool(group_of(training["config"], "prior").get("steps"))  # the first fitting was part of the training
    for number, leg in enumerate([*prior.get("before", ()), prior] if prior else []):
        if number or not included:
            words = ["genstudio", "prior", f"./{name}", "--corpus", called[_digest(own)], "--max-steps", str(leg["step"])]
            words += ["--further"] if number else []
            words += ["--limit", str(leg["limit"])] if leg.get("limit") else []
            words += ["--seed", str(leg["seed"])] if leg.get("seed") else []
            found.append(shlex.join(words))
    return found


def _digest(stage: Stage) -> str:
    return str((stage.get("corpus") or {}).get("digest"))


def _command(stage: Stage, corpus: str, former: str, out: str) -> str:
    training, preset = stage["training"], PRESETS[str(stage["preset"])]
    config = from_dict(training["config"])
    words = ["genstudio", "train", "--corpus", corpus, "--preset", preset.name]
    words += ["--from", former] if former else []
    for setting in _changed(preset.config, config):
        words += ["--set", setting]
    planned, done = training["of"], training["steps"]
    minutes = training.get("minutes")
    if planned < config.optimizer.steps:
        words += ["--max-steps", str(planned)]
    elif minutes is None and done < planned:  # an older manifest, which does not record a time limit
        words += ["--max-steps", str(done)]
    words += ["--max-minutes", f"{minutes:g}"] if minutes is not None else []
    words += ["--seed", str(training["seed"])] if training.get("seed") else []
    return shlex.join([*words, "--out", out])


def _changed(preset: TrainConfig, config: TrainConfig) -> Iterator[str]:
    """``name=value`` of each setting that differs from the preset."""
    if config.core != preset.core:
        yield f"core={config.core}"
    usual = {} if config.core != preset.core else dict(preset.core_options)
    kind = cores.options_class(config.core)
    build_options(kind, config.core_options, "core.")  # raises where an option does not exist in this core
    plain = kind()
    # An option that only the preset sets has the default of the core in the model.
    for name in dict.fromkeys((*config.core_options, *usual)):
        default = getattr(plain, name)
        value = config.core_options.get(name, default)
        if value != usual.get(name, default):
            yield f"core.{name}={_written(value)}"
    for item in dataclasses.fields(TrainConfig):
        value, former = getattr(config, item.name), getattr(preset, item.name)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            # Without a prior its other settings have no effect.
            if item.name == "prior" and not config.prior.steps:
                if preset.prior.steps:
                    yield "prior.steps=0"
                continue
            for inner in dataclasses.fields(value):
                if inner.name not in _WITHOUT_EFFECT and getattr(value, inner.name) != getattr(former, inner.name):
                    yield f"{item.name}.{inner.name}={_written(getattr(value, inner.name))}"
        elif item.metadata and item.name != "core" and value != former:
            yield f"{item.name}={_written(value)}"


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:.12g}" if isinstance(value, float) else str(value)
