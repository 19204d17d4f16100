"""Melodies, settings and an engine for the tests of player and views; threads that a test leaves behind fail it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6", reason="needs the extra gui")

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QMainWindow

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.domains.text import Passage
from genstudio.errors import FileError
from genstudio.gui.context import Bus
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.models import Models
from genstudio.gui.outputs import Output
from genstudio.gui.player import Player
from genstudio.gui.settings import Settings
from genstudio.gui.theme import Theme


def make_melody(pitches: list[int], *, quarters: float = 1.0, bpm: float = 120.0, bars: int = 0, **more: object) -> Melody:
    """Notes of equal length one after the other in 4/4."""
    ticks = round(480 * quarters)
    notes = tuple(Note(at * ticks, (at + 1) * ticks, pitch) for at, pitch in enumerate(pitches))
    length = max(1, bars, -(-len(pitches) * ticks // 1920)) * 1920
    known = {"tempos": (TempoChange(0, bpm),), "length": length, "metres": (MetreChange(0, 4, 4),)}
    known |= {"key": "C major", "title": "Test"}
    return Melody(notes=notes, **{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def make():
    return make_melody


@pytest.fixture
def tune() -> Item:
    """Four quarters, C4 to F4, two seconds."""
    return Item(make_melody([60, 62, 64, 65]), "melody", "Four notes")


@pytest.fixture
def words() -> Item:
    return Item(Passage(text="The cat sees the moon."), "text", "The cat sees the moon.")


@pytest.fixture
def settings(qapp: object, tmp_path: Path) -> Settings:
    return Settings(tmp_path / "studio.json")


class NoDevice:
    """In the place of AudioOutput on a machine without a device."""

    def __init__(self, owner: object, seconds: float = 0.0) -> None:
        raise FileError("There is no sound: no device for it was found; connect one.")


class Heard(Output):
    """An output that wants sound and notes what it is told; its clock is the silent one's."""

    needs_sound = True
    made: list[Heard]

    def __init__(self, owner: object = None) -> None:
        super().__init__()
        self.calls: list[tuple[str, Any]] = []
        type(self).made.append(self)

    def start(self, take, sound, at, loop, lead=None):
        super().start(take, sound, at, loop, lead)
        self.calls.append(("start", (take, sound, at, loop)))

    def extend(self, sound):
        self.calls.append(("extend", sound))

    def pause(self):
        super().pause()
        self.calls.append(("pause", None))

    def set_volume(self, volume):
        self.calls.append(("volume", volume))

    def close(self):
        super().close()
        self.calls.append(("close", None))

    def told(self, name: str) -> list[Any]:
        return [value for called, value in self.calls if called == name]


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without a device for sound."""
    monkeypatch.setattr("genstudio.gui.device.AudioOutput", NoDevice)
    monkeypatch.setattr("genstudio.gui.device.watch", lambda owner, changed: None)
    monkeypatch.setattr("genstudio.gui.live.open_sink", NoDevice)


@pytest.fixture
def outputs(monkeypatch: pytest.MonkeyPatch) -> list[Heard]:
    """A machine with a device that we hold; every output that is opened."""
    made: list[Heard] = []
    monkeypatch.setattr(Heard, "made", made, raising=False)
    monkeypatch.setattr("genstudio.gui.device.AudioOutput", Heard)
    monkeypatch.setattr("genstudio.gui.device.watch", lambda owner, changed: None)
    monkeypatch.setattr("genstudio.gui.live.open_sink", NoDevice)
    return made


class Shelf(QObject):
    """Knows what is kept, and no database."""

    changed = Signal()
    kept = Signal(object)
    unkept = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._kept: set[int] = set()

    def is_kept(self, item: Item) -> bool:
        return item.key in self._kept

    def keep(self, item: Item) -> None:
        self._kept.add(item.key)
        self.kept.emit(item)

    def unkeep(self, item: Item) -> None:
        self._kept.discard(item.key)
        self.unkept.emit(item)


@pytest.fixture
def player(engine: Engine, settings: Settings) -> Iterator[Player]:
    made = Player(engine, settings)
    yield made
    made.close()
    assert not [timer for timer in made.findChildren(QTimer) if timer.isActive()]


@pytest.fixture
def theme(qapp: object) -> Theme:
    return Theme()


@pytest.fixture
def context(engine: Engine, settings: Settings, player: Player, theme: Theme) -> SimpleNamespace:
    return SimpleNamespace(
        engine=engine, models=Models(engine), settings=settings, player=player, theme=theme, shelf=Shelf(), bus=Bus(),
        undo=QUndoStack(),
    )


@pytest.fixture
def engine(qapp: object) -> Iterator[Engine]:
    before = set(threading.enumerate())
    made = Engine()
    yield made
    made.close()
    left = [one for one in threading.enumerate() if one not in before and one.is_alive() and not one.daemon]
    assert not left, left


@pytest.fixture
def bar(context, silent, qtbot) -> Iterator[Any]:
    """The transport in a window of the usual width."""
    from genstudio.gui.widgets.transport import Transport

    window = QMainWindow()
    made = Transport(context, window)
    window.setCentralWidget(made)
    window.resize(1280, 700)
    qtbot.addWidget(window)
    window.show()
    yield made
    window.close()
