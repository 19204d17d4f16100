"""Cycles with widgets are taken apart in the window's thread, whatever thread allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from genstudio.gui.engine import Engine
from genstudio.gui.garbage import Garbage, give_back, share_heaps


class Cycle:
    """Garbage that says which thread took it apart."""

    def __init__(self, said: list[int]) -> None:
        self.own, self.said = self, said

    def __del__(self) -> None:
        self.said.append(threading.get_ident())


def test_a_worker_collects_nothing(qtbot: QtBot) -> None:
    gc.enable()
    parent, said = QObject(), list[int]()
    garbage = Garbage(parent)
    for _ in range(3):
        Cycle(said)

    def work() -> None:
        [[] for _ in range(200_000)]  # far more than sets the collector off

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert said == []
    kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
    qtbot.waitUntil(lambda: len(said) == 3, timeout=5000)
    assert set(said) == {threading.get_ident()}
    assert kept
    garbage.close()
    assert gc.isenabled()


def test_what_was_left_out_is_not_kept_for_ever(qtbot: QtBot) -> None:
    gc.enable()
    parent, said = QObject(), list[int]()
    garbage = Garbage(parent)
    cycle = Cycle(said)
    garbage.settle()
    del cycle
    gc.collect()
    assert said == []
    garbage.settle()  # as when another model is loaded
    assert len(said) == 1
    garbage.close()


def test_the_studio_has_one(start: Callable[..., Any]) -> None:
    gc.enable()
    studio = start("home")
    assert not gc.isenabled()
    studio.close()
    assert gc.isenabled()


def test_memory_is_given_back_once_when_all_work_rests(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given = list[int]()
    monkeypatch.setattr("genstudio.gui.garbage.give_back", lambda: given.append(threading.get_ident()))
    parent = QObject()
    garbage, engine = Garbage(parent), Engine(parent)
    garbage.rest.setInterval(0)
    garbage.follow(engine)
    try:
        held = threading.Event()
        engine.run(held.wait)
        engine.run(lambda: None)
        assert not garbage.rest.isActive()
        assert given == []
        held.set()
        qtbot.waitUntil(lambda: len(given) == 1)
        assert given != [threading.get_ident()]
    finally:
        engine.close()
        garbage.close()


def test_giving_back_leaves_what_is_used() -> None:
    kept = bytearray(b"kept" * 100_000)
    share_heaps()
    give_back()
    assert kept == b"kept" * 100_000
