"""Stand-ins for parts that are not written yet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal


class Player(QObject):
    started = Signal(object)
    paused = Signal()
    ended = Signal()
    moved = Signal(float)
    changed = Signal()
    unavailable = Signal(str)

    def __init__(self, *_: Any) -> None:
        super().__init__()
        self.item: Any = None
        self.playing = False
        self.position = 0.0
        self.duration = 0.0
        self.reason = ""

    def play(self, item: Any, at: float = 0.0) -> None:
        self.item, self.playing = item, True
        self.started.emit(item)

    def toggle(self) -> None:
        self.playing = self.item is not None and not self.playing
        self.changed.emit()

    def pause(self) -> None:
        self.playing = False
        self.paused.emit()

    def resume(self) -> None:
        self.playing = True

    def stop(self) -> None:
        self.playing = False
        self.ended.emit()

    def seek(self, seconds: float) -> None:
        self.position = seconds

    def close(self) -> None:
        self.playing = False


class Shelf(QObject):
    changed = Signal()
    kept = Signal(object)
    trouble = Signal(str, str)
    remarked = Signal(str)

    def __init__(self, *_: Any) -> None:
        super().__init__()

    def start(self) -> None: ...

    def close(self) -> None: ...

    def search(self, query: Any, done: Any, **_: Any) -> None: ...
