"""How long a training will take on this computer, measured by a trial where that is not known yet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from genstudio.errors import FileError
from genstudio.gui.command import CommandJob
from genstudio.gui.context import Context
from genstudio.gui.spans import about_time
from genstudio.gui.speech import spoken
from genstudio.gui.style import set_kind

__all__ = ["Asked", "TrainingTime", "speed_key"]

log = logging.getLogger(__name__)

_STEPS, _SKIPPED = 5, 2  # of a trial, and those of them that are slower and do not count
_PACE = ("core", "optimizer.batch_size", "variants", "bottleneck", "precision")  # what decides how long a step takes
_QUIET = 900  # milliseconds without a change before the time is measured
_MOST_SPEEDS = 40
_EVALUATIONS = 1.15  # a trial does not evaluate; a training does, for about so much more time


class Asked(NamedTuple):
    """The training whose time is wanted; ``fitted``: a prior is fitted at its end."""

    corpus: str
    preset: str
    overrides: tuple[str, ...]
    steps: int
    fitted: bool

    @property
    def key(self) -> str:
        """What decides how long a step takes."""
        return speed_key(self.corpus, self.preset, self.overrides)


def speed_key(corpus: str, preset: str, overrides: Sequence[str]) -> str:
    """What decides how long a step takes here, as a key of the setting "speeds"."""
    pace = sorted(text for text in overrides if text.partition("=")[0].startswith(_PACE))
    return "|".join([corpus, preset, *pace])


class Trial(QObject):
    """Measures how long a step takes: a few steps in a process of its own, which leaves nothing. One training at a time; another
    takes the place of the one before."""

    measured = Signal(str, float)  # the key of the training, seconds a step
    failed = Signal(str, str)  # the key, a sentence

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._command: CommandJob | None = None
        self.key = ""  # of what is being measured

    def start(self, asked: Asked) -> None:
        """Measure this."""
        self.stop()
        command = CommandJob(parent=self)
        words = ["train", "--corpus", asked.corpus, "--preset", asked.preset, "--max-steps", str(_STEPS)]
        for text in [*asked.overrides, "optimizer.evaluate_every=1000000", "optimizer.evaluate_on=1", "prior.steps=0"]:
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
            self._command, self.key = None, ""
            if len(seconds) > _SKIPPED:
                counted = sorted(seconds[_SKIPPED:])
                self.measured.emit(asked.key, counted[len(counted) // 2])
            else:
                log.info("a trial gave nothing: %s", command.error)
                self.failed.emit(asked.key, command.error)

        command.said.connect(said)
        command.ended.connect(ended)
        try:
            command.begin(words, out="model")
        except FileError as error:
            command.deleteLater()
            self.failed.emit(asked.key, spoken(error))
        else:
            self._command, self.key = command, asked.key

    def stop(self, *, wait: bool = False) -> None:
        """Give up what is being measured; ``wait``: until it has ended."""
        command, self._command, self.key = self._command, None, ""
        if command is not None:
            command.kill()
            if wait:
                command.shut()


class TrainingTime(QLabel):
    """Says it in a sentence."""

    def __init__(self, context: Context, asked: Callable[[], Asked | None], parent: QWidget) -> None:
        """asked: gives the training that is set up, None where there is nothing to train on."""
        super().__init__(parent)
        self.context, self._asked = context, asked
        self._in_front = False
        self._busy: Callable[[], bool] = lambda: False
        self.setProperty("kind", "muted")
        self.setWordWrap(True)
        self.trial = Trial(self)
        self.trial.measured.connect(lambda key, seconds: self.remember(key, seconds * _EVALUATIONS))
        self.trial.failed.connect(self._not_measured)
        self.quiet = QTimer(self)  # how long nothing changes before the time is measured
        self.quiet.setSingleShot(True)
        self.quiet.setInterval(_QUIET)
        self.quiet.timeout.connect(self._measure)

    def in_front(self, shown: bool, busy: Callable[[], bool]) -> None:
        """Whether a person looks at it: only then something is measured, and only while nothing trains (``busy``)."""
        self._in_front, self._busy = shown, busy
        if shown:
            self.refresh()
        else:
            self.quiet.stop()
            self.trial.stop()

    def shut(self) -> None:
        """The window closes."""
        self.quiet.stop()
        self.trial.stop(wait=True)

    @property
    def _key(self) -> str:
        asked = self._asked()
        return asked.key if asked is not None else ""

    def refresh(self) -> None:
        """Say it of what is set up now, or have it measured."""
        asked, key, speeds = self._asked(), self._key, self.context.settings["speeds"]
        if self.trial.key and self.trial.key != key:
            self.trial.stop()
        if asked is None:
            self.setText("")
        elif key in speeds:
            self._tell(speeds[key], asked)
        elif self._in_front and not self._busy():
            set_kind(self, "muted")
            self.setText(self.tr("Measuring how long it will take …"))
            if self.trial.key != key:
                self.quiet.start()
        else:
            self.setText("")

    def _measure(self) -> None:
        asked = self._asked()
        if asked is not None and self._in_front and not self._busy() and asked.key not in self.context.settings["speeds"]:
            self.trial.start(asked)

    def remember(self, key: str, seconds: float) -> None:
        """A step takes so long here, evaluations included."""
        speeds = {**self.context.settings["speeds"]}
        speeds.pop(key, None)
        kept = list(speeds.items())[-_MOST_SPEEDS + 1 :]
        self.context.settings["speeds"] = dict([*kept, (key, round(seconds, 5))])
        if key == self._key:
            self.refresh()

    def _not_measured(self, key: str, sentence: str) -> None:
        if key == self._key:
            set_kind(self, "error" if sentence else "muted")
            self.setText(sentence or self.tr("How long it will take could not be measured."))

    def _tell(self, pace: Any, asked: Asked) -> None:
        if not isinstance(pace, (int, float)):
            return
        set_kind(self, "muted")
        said = (
            self.tr("It will take {time} ({pace} s a step here), and the fitting of the prior some more.")
            if asked.fitted else self.tr("It will take {time} ({pace} s a step here).")
        )  # fmt: skip
        self.setText(said.format(time=about_time(asked.steps * pace), pace=f"{pace:.2g}"))
