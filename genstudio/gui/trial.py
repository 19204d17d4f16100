"""How long a training will take, measured before it is begun: a few of its steps in a process of its own, which leaves nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.errors import FileError
from genstudio.gui.command import CommandJob
from genstudio.gui.speech import spoken

__all__ = ["Trial"]

log = logging.getLogger(__name__)

_STEPS = 5  # the first two are slower and do not count
_SKIPPED = 2


class Trial(QObject):
    """Measures one order at a time; another takes the place of the one before."""

    measured = Signal(str, float)  # the key it was started with, seconds a step
    failed = Signal(str, str)  # the key, a sentence

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command: CommandJob | None = None
        self._key = ""

    @property
    def key(self) -> str:
        """What is being measured, "" for nothing."""
        return self._key

    def start(self, key: str, corpus: str, preset: str, overrides: Sequence[str]) -> None:
        """Measure this; ``key`` comes back with the answer."""
        self.stop()
        command = CommandJob(parent=self)
        words = ["train", "--corpus", corpus, "--preset", preset, "--max-steps", str(_STEPS)]
        for text in [*overrides, "optimizer.evaluate_every=1000000", "optimizer.evaluate_on=1", "prior.steps=0"]:
            words += ["--set", text]
        seconds: list[float] = []

        def said(events: list[dict[str, Any]]) -> None:
            for event in events:
                taken = event.get("seconds")
                if event.get("event") == "step" and isinstance(taken, (int, float)):
                    seconds.append(float(taken))
            if len(seconds) == _STEPS:
                command.stop()

        def ended() -> None:
            command.deleteLater()
            if self._command is not command:
                return
            self._command, self._key = None, ""
            if len(seconds) > _SKIPPED:
                counted = sorted(seconds[_SKIPPED:])
                self.measured.emit(key, counted[len(counted) // 2])
            else:
                log.info("a trial gave nothing: %s", command.error)
                self.failed.emit(key, command.error)

        command.said.connect(said)
        command.ended.connect(ended)
        try:
            command.begin(words, out="model")
        except FileError as error:
            command.deleteLater()
            self.failed.emit(key, spoken(error))
            return
        self._command, self._key = command, key

    def stop(self) -> None:
        """Give up what is being measured."""
        command, self._command, self._key = self._command, None, ""
        if command is not None:
            command.kill()

    def shut(self) -> None:
        """The window closes."""
        command = self._command
        self.stop()
        if command is not None:
            command.shut()
