"""A small corpus, a small configuration, and a call that trains on them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genstudio.config import KLOptions, OptimizerOptions, TrainConfig, get_preset
from genstudio.corpus import Corpus
from genstudio.progress import Monitor, Progress, Stop
from genstudio.training.options import TrainingRun

TRANSFORMER = {
    "width": 16,
    "heads": 2,
    "encoder_layers": 1,
    "mixing_layers": 1,
    "conductor_layers": 1,
    "decoder_layers": 1,
    "slots": 2,
    "slot_dims": 4,
}
LSTM = {"latent_dims": 6, "embedding": 8, "encoder_hidden": 8, "hidden": 12, "dropout": 0.3}


@pytest.fixture(scope="session")
def corpus(melody_corpus: Path) -> Corpus:
    return Corpus.open(melody_corpus)


def config_of(core: str = "transformer", **changes: Any) -> TrainConfig:
    options = {"transformer": TRANSFORMER, "lstm": LSTM}[core]
    config = TrainConfig(
        core=core,
        core_options=options,
        kl=KLOptions(weight=0.5, warmup=0.5, floor=0.02),
        optimizer=OptimizerOptions(batch_size=13, steps=20, warmup=4, evaluate_every=10, evaluate_on=4),
        word_dropout=0.2,
        word_dropout_end=0.1,
        exchange=0.5,
    )
    groups = {name: changes.pop(name) for name in ("kl", "optimizer", "prior") if name in changes}
    for name, values in groups.items():
        changes[name] = dataclasses.replace(getattr(config, name), **values)
    return dataclasses.replace(config, **changes)


@pytest.fixture
def configure() -> Callable[..., TrainConfig]:
    """``configure(core, kl={…}, optimizer={…}, …)``: a small configuration."""
    return config_of


class Listener:
    """Keeps every event; asks ``stop`` to stop after ``after`` steps."""

    def __init__(self, after: int = -1) -> None:
        self.events: list[Progress] = []
        self.stop = Stop()
        self.after = after

    def __call__(self, event: Progress) -> None:
        self.events.append(event)
        if event.data.get("event") == "step" and event.data["step"] == self.after:
            self.stop.request()

    def of(self, kind: str) -> list[Progress]:
        return [event for event in self.events if event.data.get("event") == kind]


@pytest.fixture
def train(corpus: Corpus) -> Callable[..., Any]:
    """``train(out, config, after=…, **arguments)``: the result of a training on the small corpus, and what was told."""
    from genstudio.training.loop import train as run

    def call(out: Path, config: TrainConfig, *, after: int = -1, on: Corpus | None = None, **arguments: Any) -> Any:
        listener = Listener(after)
        preset = get_preset("melody-2bar")
        monitor = Monitor(arguments.pop("report", listener), arguments.pop("stop", listener.stop))
        return run(on or corpus, out, preset, config, TrainingRun(**{"device": "cpu", **arguments}), monitor), listener

    return call


class Few(Corpus):
    """A corpus of which only the first ``count`` sequences are trained on."""

    def __init__(self, whole: Corpus, count: int) -> None:
        super().__init__(whole.path, whole.manifest, whole.tokenizer)
        self._store = whole.split("train")
        self._count = count

    def split(self, name: str) -> Any:
        return FewSequences(self._store, self._count) if name == "train" else super().split(name)


class FewSequences:
    def __init__(self, store: Any, count: int) -> None:
        self._store, self._count = store, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> np.ndarray:
        return self._store[index]

    @property
    def lengths(self) -> np.ndarray:
        return self._store.lengths[: self._count]


@pytest.fixture
def few(corpus: Corpus) -> Callable[[int], Corpus]:
    """``few(n)``: the small corpus with only its first n training sequences."""
    return lambda count: Few(corpus, count)
