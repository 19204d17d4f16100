"""Melodies, settings and an engine for the tests of player and views; threads that a test leaves behind fail it."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest.importorskip("PySide6", reason="needs the extra gui")

from genstudio.domains.melody import Melody, MetreChange, Note, TempoChange
from genstudio.domains.text import Passage
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.settings import Settings


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


@pytest.fixture
def engine(qapp: object) -> Iterator[Engine]:
    before = set(threading.enumerate())
    made = Engine()
    yield made
    made.close()
    left = [one for one in threading.enumerate() if one not in before and one.is_alive() and not one.daemon]
    assert not left, left
