"""A window's parts around a library of its own, with a player that makes no sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from genstudio.domains import get_domain
from genstudio.gui.context import Bus, Context
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.jobs import Jobs
from genstudio.gui.mixers import Mixers
from genstudio.gui.models import Models
from genstudio.gui.settings import Settings
from genstudio.gui.shelf import Shelf
from genstudio.gui.theme import Theme
from genstudio.provenance import Job


class SilentPlayer(QObject):
    """What a player says, without sound."""

    started, paused, ended, changed = Signal(object), Signal(), Signal(), Signal()
    moved, unavailable = Signal(float), Signal(str)

    def __init__(self, parent: QObject, settings: Settings) -> None:
        super().__init__(parent)
        self.mixers = Mixers(settings, self)
        self.playing, self.item, self.position, self.duration, self.reason = False, None, 0.0, 1.0, ""

    def play(self, item: Any, at: float = 0.0) -> None:
        self.playing, self.item = True, item
        self.started.emit(item)

    def stop(self) -> None:
        self.playing = False
        self.ended.emit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()
    # All that hangs on it goes now, and not in whatever order a late collection of garbage finds it in.
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(engine, QEvent.Type.DeferredDelete)


@pytest.fixture
def shelf(engine: Engine, path: Path) -> Shelf:
    return Shelf(engine, QUndoStack(engine), path, engine)


@pytest.fixture
def settled(qtbot: QtBot, shelf: Shelf, engine: Engine) -> Callable[[], None]:
    """Waits until nothing is written and nothing works, also nothing that the events that wait now will start."""

    def settled() -> None:
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not shelf.writing and not engine.working, timeout=20000)
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not shelf.writing and not engine.working, timeout=20000)

    return settled


@pytest.fixture
def context(engine: Engine, shelf: Shelf, tmp_path: Path) -> Iterator[Context]:
    settings = Settings(tmp_path / "studio.json", engine)
    bus = Bus(engine)
    yield Context(
        engine=engine,
        models=Models(engine, engine),
        player=SilentPlayer(engine, settings),  # type: ignore[arg-type]
        jobs=Jobs(engine, engine),
        settings=settings,
        shelf=shelf,
        theme=Theme(parent=engine),
        bus=bus,
        confirm=lambda title, text: True,
        undo=shelf.undo,
    )
    settings.write()


def _job(count: int, seed: int = 0, **changes: Any) -> Job:
    values: dict[str, Any] = {
        "operation": "sample",
        "model": "words",
        "digest": "d" * 64,
        "seed": seed,
        "settings": {"n": count},
        "sources": (),
        "codes": np.random.default_rng(seed).standard_normal((count, 4)).astype(np.float32),
        "decoding": {"seed": seed},
        "metadata": ({},) * count,
    }
    return Job(**{**values, **changes})


@pytest.fixture(scope="session")
def made() -> Callable[..., Any]:
    """``made(*texts, seed=0, **changes of the job)``: sentences as an operation leaves them."""

    def made(*texts: str, seed: int = 0, **changes: Any) -> Any:
        from genstudio.latent.pieces import Pieces

        domain = get_domain("text")
        return Pieces([domain.from_symbols(text) for text in texts], domain=domain, job=_job(len(texts), seed, **changes))

    return made


@pytest.fixture(scope="session")
def melodies(make_tune: Callable[..., Any]) -> Callable[..., list[Item]]:
    """``melodies(count)``: melodies of a job, as items."""
    from genstudio.domains.melody import Melody

    def melodies(count: int = 3, seed: int = 0, bars: int = 2) -> list[Item]:
        job = _job(count, seed, operation="interpolate", model="folk", sources=("songs/The Kesh.mid", "Ode to Joy.abc"))
        tunes = [Melody.from_pretty_midi(make_tune(seed + number, bars, (4, 4))) for number in range(count)]
        return [Item(tune, "melody", f"step {place}", job=job, place=place, t=place / count) for place, tune in enumerate(tunes)]

    return melodies
