"""A whole studio with models that take no time, where nothing is asked of the desktop: no dialog of files, no other program."""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices, QDrag
from PySide6.QtWidgets import QMessageBox
from safetensors import safe_open
from safetensors.torch import load_file, save_file

from genstudio import paths
from genstudio.gui import child, folders
from tests.gui.training.conftest import FAKE

_CORPUS = r'''
import sys
if sys.argv[1] == "corpus":
    import json, shutil
    words = sys.argv[1:]
    value = lambda name: words[words.index(name) + 1]
    shutil.copytree({corpus!r}, value("--out"))
    with open(value("--events"), "a") as file:
        file.write(json.dumps({{"event": "progress", "stage": "reading", "done": 1, "total": 1}}) + "\n")
        file.write(json.dumps({{"event": "end", "status": "done"}}) + "\n")
    sys.exit(0)
'''


def _metadata(path: Path) -> dict[str, str] | None:
    with safe_open(path, "pt") as file:
        return file.metadata()


@pytest.fixture
def stocked(home: Path, melody_model: Path, text_model: Path, melody_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with two models of melodies, one of sentences and a corpus; the models that come with the program are not seen."""
    monkeypatch.setattr(paths, "checkpoints", lambda: home / "none")
    for name, folder in (("melodies", melody_model), ("sentences", text_model)):
        shutil.copytree(folder, home / "models" / name)
    other = shutil.copytree(melody_model, home / "models" / "other melodies")
    weights = load_file(other / "model.safetensors")
    name = next(name for name, values in weights.items() if values.dtype.is_floating_point and values.numel() > 1)
    save_file({**weights, name: weights[name] * 1.001}, other / "model.safetensors", _metadata(other / "model.safetensors"))
    shutil.copytree(melody_corpus, home / "corpora" / "tunes")
    return home


@pytest.fixture
def quick_work(melody_corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Training and imports in processes of their own that only pretend to work."""
    corpus = _CORPUS.replace("{corpus!r}", repr(str(melody_corpus)))
    monkeypatch.setattr(child, "CODE", corpus + FAKE)


class Desktop:
    """Stands for everything around the window, and answers at random from what there is."""

    def __init__(self, draw: random.Random, files: list[Path], folders: list[Path]) -> None:
        self.draw, self.files, self.folders = draw, files, folders

    def ask(self, *_: Any, mode: folders.Mode = folders.Mode.ExistingFiles) -> list[str]:
        among = self.folders if mode is folders.Mode.Directory else self.files
        several = mode is folders.Mode.ExistingFiles
        return [str(self.draw.choice(among)) for _ in range(self.draw.randrange(4 if several else 2))]

    def answer(self, *_: Any, **__: Any) -> Any:
        return self.draw.choice([QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])


@pytest.fixture
def desktop(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desktop]:
    """``desktop(draw, files, folders)``: replaces what the desktop would ask."""

    def replace(draw: random.Random, files: list[Path], folders: list[Path]) -> Desktop:
        made = Desktop(draw, files, folders)
        monkeypatch.setattr("genstudio.gui.folders.ask", made.ask)
        monkeypatch.setattr(QMessageBox, "question", made.answer)
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
        monkeypatch.setattr(QDrag, "exec", lambda drag, *actions: None)
        return made

    return replace


class Heard(logging.Handler):
    """What the program says of itself."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        (self.faults if record.levelno >= logging.ERROR or record.exc_info else self.warnings).append(self.format(record))


@pytest.fixture
def heard() -> Iterator[Heard]:
    """The warnings and faults of the log."""
    handler = Heard()
    root = logging.getLogger("genstudio")
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)


@pytest.fixture(scope="session")
def series_model(once: Callable[..., Path]) -> Path:
    """A model of time series that has learned for a moment only."""
    import genstudio
    from genstudio.domains.series import DOMAIN
    from genstudio.domains.series.generated import generated

    shape = ["core.width=16", "core.heads=2", "core.encoder_layers=1", "core.decoder_layers=1", "core.mixing_layers=1"]
    shape += ["core.summary_dims=4", "core.slot_dims=2", "core.cell=12", "core.slots=3", "prior.steps=0", "variants=0"]
    steps = ["optimizer.batch_size=8", "optimizer.evaluate_every=4", "optimizer.evaluate_on=8", "optimizer.warmup=1"]

    def make(out: Path) -> None:
        tables = out / "tables"
        tables.mkdir(parents=True)
        for number, piece in enumerate(generated(40, 48, 0)):
            DOMAIN.write(piece, tables / f"{number}.csv")
        corpus: dict[str, Any] = {"valid": 0.1, "test": 0.1, "workers": 1}
        genstudio.build_corpus([tables], out / "corpus", preset="series-daily", **corpus)
        overrides: dict[str, Any] = {"overrides": [*shape, *steps], "max_steps": 4, "device": "cpu"}
        genstudio.train(out / "corpus", out / "model", preset="series-daily", **overrides)

    return once("models/series", make) / "model"
