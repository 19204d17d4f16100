"""How long a training will take, measured before it is begun: a few of its steps in a process of its own, which leaves nothing."""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.errors import FileError
from genstudio.gui.child import Child
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
        self._child: Child | None = None
        self._key = ""

    @property
    def key(self) -> str:
        """What is being measured, "" for nothing."""
        return self._key

    def start(self, key: str, corpus: str, preset: str, overrides: Sequence[str]) -> None:
        """Measure this; ``key`` comes back with the answer."""
        self.stop()
        try:
            scratch = Path(tempfile.mkdtemp(prefix="genstudio-"))
        except OSError as error:
            self.failed.emit(key, spoken(error))
            return
        events = scratch / "events.jsonl"
        command = ["train", "--corpus", corpus, "--out", str(scratch / "model"), "--preset", preset, "--max-steps", str(_STEPS),
                   "--events", str(events), "--attended"]  # fmt: skip
        for text in [*overrides, "optimizer.evaluate_every=1000000", "optimizer.evaluate_on=1", "prior.steps=0"]:
            command += ["--set", text]
        child = Child(command, events, scratch / "log.txt", parent=self)
        seconds: list[float] = []
        wrong: list[str] = []

        def said(told: list[dict[str, Any]]) -> None:
            for event in told:
                taken = event.get("seconds")
                if event.get("event") == "step" and isinstance(taken, (int, float)):
                    seconds.append(float(taken))
                elif event.get("event") == "end":
                    wrong.append(str(event.get("error", "")))
            if len(seconds) == _STEPS:
                child.stop()

        def ended(status: int) -> None:
            words = (wrong and wrong[-1]) or child.last_words()
            child.deleteLater()
            shutil.rmtree(scratch, ignore_errors=True)
            if self._child is not child:
                return
            self._child, self._key = None, ""
            if len(seconds) > _SKIPPED:
                counted = sorted(seconds[_SKIPPED:])
                self.measured.emit(key, counted[len(counted) // 2])
            else:
                log.info("a trial gave nothing: %s", words)
                self.failed.emit(key, words)

        child.said.connect(said)
        child.ended.connect(ended)
        try:
            child.start()
        except FileError as error:
            shutil.rmtree(scratch, ignore_errors=True)
            self.failed.emit(key, spoken(error))
            return
        self._child, self._key = child, key

    def stop(self) -> None:
        """Give up what is being measured."""
        child, self._child, self._key = self._child, None, ""
        if child is not None:
            child.kill()

    def shut(self) -> None:
        """The window closes."""
        child = self._child
        self.stop()
        if child is not None:
            child.wait(2.0)
