"""Trainings, each in a process of its own and a folder of its own, one after the other.

The folder of a run holds the order (``run.json``), what the process told (``events.jsonl``), what it said (``log.txt``), and the
model with its training state as ``genstudio train`` writes them. So whatever ends, the window or the process, the folder says all
that is needed to go on.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from genstudio import paths
from genstudio.config import PRESETS
from genstudio.errors import FileError
from genstudio.files import holding, read_json, write_json
from genstudio.gui.child import Events
from genstudio.gui.command import EVENTS, CommandJob
from genstudio.gui.engine import Engine, Task
from genstudio.gui.jobs import Jobs
from genstudio.gui.names import folder_for, free_title
from genstudio.gui.record import Record
from genstudio.gui.speech import spoken
from genstudio.progress import Progress, Stop

__all__ = ["Order", "Run", "Trainer"]

log = logging.getLogger(__name__)

ORDER = "run.json"
_LOOKS, _OFTENEST, _RAREST = 6, 0.5, 5.0  # evaluations of a training with a time, and the minutes between two of them
_KEPT = ("queued", "paused", "stopped", "done", "failed", "interrupted")  # what run.json may say beside "running"


@dataclass(frozen=True)
class Order:
    """What is to be trained. overrides: ``name=value`` each, as of ``genstudio train --set``. created: seconds since 1970. start:
    the folder of a model that it goes on from, "" for none. minutes: the time that it has in all, 0 where its steps decide."""

    title: str
    corpus: str
    preset: str
    overrides: tuple[str, ...] = ()
    seed: int = 0
    created: float = 0.0
    start: str = ""
    minutes: float = 0.0

    def arguments(self) -> list[str]:
        """Those of ``genstudio train`` that say how, and not where."""
        words = ["--preset", self.preset, "--seed", str(self.seed)]
        for text in self.overrides:
            words += ["--set", text]
        if self.start:
            words += ["--from", self.start]
        if self.minutes:
            often = min(_RAREST, max(_OFTENEST, self.minutes / _LOOKS))
            words += ["--max-minutes", f"{self.minutes:g}", "--evaluate-minutes", f"{often:g}"]
        return words


@dataclass(frozen=True)
class _Kept(Order):
    """An order as it is written, with how far it was."""

    state: str = ""
    error: str = ""
    model: str = ""


class Run(QObject):
    """One training.

    state: "queued", "running", "pausing", "stopping", "paused", "stopped", "done", "failed", "interrupted" (its process died),
    "elsewhere" (another process trains there), or "damaged". error: why, for the last four. saved: steps that a process could go on
    from, 0 where there are none. model: the name under which it was installed.
    """

    changed = Signal()  # its state
    advanced = Signal()  # its record

    def __init__(self, folder: Path, order: Order | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.order = order
        self.record = Record()
        self.state = "queued"
        self.error = ""
        self.saved = 0
        self.model = ""
        self.child: CommandJob | None = None

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.order.title if self.order is not None else self.folder.name

    @property
    def active(self) -> bool:
        """Whether a process of ours works on it."""
        return self.child is not None

    @property
    def left(self) -> float | None:
        """Seconds that it will take still; None while that is not known."""
        minutes = self.order.minutes if self.order is not None else 0.0
        return max(0.0, 60 * minutes - self.record.seconds) if minutes else self.record.eta

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1: of its time where it has one, else of its stage."""
        minutes = self.order.minutes if self.order is not None else 0.0
        return min(1.0, self.record.seconds / (60 * minutes)) if minutes else self.record.share

    @property
    def has_model(self) -> bool:
        """Whether a model is there to be used."""
        return self.saved > 0 and self.state in ("paused", "stopped", "done", "failed", "interrupted")

    @property
    def can_resume(self) -> bool:
        """Whether it can go on, from its state or, where it has none, from the start."""
        return self.order is not None and self.state in ("queued", "paused", "stopped", "failed", "interrupted")

    def keep(self) -> None:
        """Write the order with its state.

        Raises:
            FileError: that cannot be written.
        """
        if self.order is not None:
            state = self.state if self.state in _KEPT else "running"
            write_json(self.folder / ORDER, {**asdict(self.order), "state": state, "error": self.error, "model": self.model})


@dataclass
class _Found:
    """A folder of a run as it was found. order: None where it is damaged. busy: a process trains there."""

    folder: Path
    order: Order | None = None
    state: str = "damaged"
    error: str = ""
    model: str = ""
    saved: int = 0
    record: Record = field(default_factory=Record)
    busy: bool = False

    def put_into(self, run: Run) -> None:
        """Let a run be so."""
        run.state, run.error, run.model, run.saved, run.record = self.state, self.error, self.model, self.saved, self.record


def _find(stop: Stop) -> list[_Found]:
    try:
        folders = sorted(place for place in paths.runs().iterdir() if place.is_dir() and not place.name.startswith("."))
    except OSError:
        return []
    found = [_look_at(folder, stop) for folder in folders if (folder / ORDER).exists()]
    return sorted(found, key=lambda one: one.order.created if one.order is not None else 0.0)


def _look_at(folder: Path, stop: Stop) -> _Found:
    found = _Found(folder, busy=_busy(folder))
    try:
        kept = read_json(folder / ORDER, _Kept)
        if kept.preset not in PRESETS:
            reason = f"no preset is called {kept.preset!r}"
            raise FileError("{order} does not say what was to be trained ({reason}).", order=ORDER, reason=reason)
        found.order = Order(**{one.name: getattr(kept, one.name) for one in fields(Order)})
        found.error, found.model, found.saved = kept.error, kept.model, saved_steps(folder)
        found.state = kept.state if kept.state in _KEPT else "interrupted"
    except FileError as damage:
        found.state, found.error = "damaged", str(damage)
    events = Events(folder / EVENTS)
    while told := events.read():
        stop.check()
        for event in told:
            found.record.take(event)
    if found.state == "interrupted" and found.record.status:  # the window died first, the training ended well after it
        found.state = {"stopped": "paused"}.get(found.record.status, found.record.status)
        found.error = found.record.error
    return found


def saved_steps(folder: Path) -> int:
    """The step of the state that a training into ``folder`` can go on from; 0 where there is none.

    Raises:
        FileError: there is one, and it is damaged.
    """
    path = folder / "training" / "state.json"
    if not path.exists():
        return 0
    values = read_json(path)
    step = values.get("step") if isinstance(values, dict) else None
    file = values.get("file") if isinstance(values, dict) else None
    if not isinstance(step, int) or not isinstance(file, str) or not (path.parent / Path(file).name).is_file():
        raise FileError(f"the training state in {folder} is damaged or not whole.")
    return step


def _busy(folder: Path) -> bool:
    lock = paths.training_lock(folder)
    if not lock.exists():
        return False
    try:
        with holding(lock) as free:
            return not free
    except FileError:
        return False


class _Training(CommandJob):
    def lost(self) -> str:
        return QCoreApplication.translate("Trainer", "the training ended unexpectedly; it can go on from where it last saved.")


class Trainer(QObject):
    """All runs, the oldest first. One trains at a time; those that are queued follow, unless the one before was paused."""

    changed = Signal()  # runs came or went
    added = Signal(object)  # Run
    trouble = Signal(str, str)  # a sentence, details
    ended = Signal(object)  # Run, when its process has ended

    def __init__(self, engine: Engine, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._jobs = jobs
        self.runs: list[Run] = []
        self.restored = False
        self._waits = False  # a person has paused, or has not been back since the last start: nothing starts by itself
        self._after: dict[Run, str] = {}  # what a run that was asked to stop becomes
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._look_elsewhere)

    # -- what is there

    @property
    def active(self) -> Run | None:
        """The run whose process works."""
        return next((run for run in self.runs if run.active), None)

    @property
    def queued(self) -> list[Run]:
        """Those that wait."""
        return [run for run in self.runs if run.state == "queued"]

    def restore(self) -> Task:
        """Find the runs of earlier starts."""
        return self._engine.run(_find, name="find trainings", done=self._found, failed=self.trouble.emit)

    def _found(self, found: Sequence[_Found]) -> None:
        known = {run.folder for run in self.runs}
        older = []
        for one in found:
            if one.folder in known:
                continue
            run = Run(one.folder, one.order, self)
            one.put_into(run)
            if one.busy:
                run.state = "elsewhere"
                self._clock.start()
            older.append(run)
            self._waits = self._waits or run.state == "queued"
        self.runs = [*older, *self.runs]
        self.restored = True
        for run in older:
            self.added.emit(run)
        self.changed.emit()

    def _look_elsewhere(self) -> None:
        waiting = [run for run in self.runs if run.state == "elsewhere"]
        if not waiting:
            self._clock.stop()
        for run in waiting:
            if not _busy(run.folder):
                self._engine.run(partial(_look_at, run.folder), name="look at a training", done=partial(self._is_free, run))

    def _is_free(self, run: Run, found: _Found) -> None:
        if run.state == "elsewhere" and not found.busy:
            found.put_into(run)
            run.changed.emit()
            run.advanced.emit()

    # -- what a person asks for

    def add(self, order: Order) -> Run:
        """Train this as soon as nothing else trains.

        Raises:
            FileError: its folder cannot be written.
        """
        order = replace(
            order, title=free_title(order.title, {run.title.lower() for run in self.runs}), created=order.created or time.time()
        )
        run = Run(folder_for(order.title, paths.runs()), order, self)
        try:
            run.folder.mkdir(parents=True)
        except OSError as error:
            raise FileError(f"cannot write {run.folder}: {error.strerror or error}; free some space.") from error
        run.keep()
        self.runs.append(run)
        self.added.emit(run)
        self.changed.emit()
        self._waits = self._waits and self.active is None and len(self.queued) > 1
        self._next()
        return run

    def resume(self, run: Run) -> None:
        """Go on with a run, at once or, when another trains, as the next that is free to."""
        if not run.can_resume:
            return
        self._waits = False
        if self.active is None:
            self._start(run)
        else:
            self._become(run, "queued")

    def longer(self, run: Run, minutes: float) -> None:
        """Give a training with a time so much more of it, and go on."""
        if run.active or run.order is None or not run.order.minutes:
            return
        run.order = replace(run.order, minutes=max(run.order.minutes, run.record.seconds / 60) + minutes)
        run.state = "paused"
        self.resume(run)

    def start_again(self, run: Run) -> None:
        """Forget how far a run has come and train it from the start."""
        if run.active or run.order is None:
            return
        for name in ("training", "prior", "tokenizer"):
            shutil.rmtree(run.folder / name, ignore_errors=True)
        for name in ("manifest.json", "model.safetensors", "card.md", EVENTS):
            (run.folder / name).unlink(missing_ok=True)
        run.record, run.saved, run.error, run.model = Record(), 0, "", ""
        run.state = "stopped"
        run.advanced.emit()
        self.resume(run)

    def pause(self, run: Run) -> None:
        """Stop it for a while; those that are queued wait with it."""
        self._waits = True
        self._ask(run, "pausing", "paused")

    def stop(self, run: Run) -> None:
        """End it; the model so far is kept, and it could still go on."""
        if run.state == "queued":
            self._become(run, "stopped")
        else:
            self._ask(run, "stopping", "stopped")

    def discard(self, run: Run) -> None:
        """End it and remove its folder."""
        if run.child is not None:
            self._after[run] = "discarded"
            run.child.kill()
        else:
            self._remove(run)

    def installed(self, run: Run, name: str) -> None:
        """Remember under which name its model was installed."""
        run.model = name
        self._write(run)
        run.changed.emit()

    def shut(self) -> None:
        """The window closes: what trains stops and keeps its state. It is waited for a moment; it ends by itself in any case."""
        self._waits = True
        self._clock.stop()
        run = self.active
        if run is None or run.child is None:
            return
        self._after.setdefault(run, "paused")
        run.state = "paused"  # for run.json, should the process still be at it when we are gone
        self._write(run)
        run.child.shut(kill=False)

    # -- processes

    def _ask(self, run: Run, state: str, after: str) -> None:
        if run.child is not None and run not in self._after:
            self._after[run] = after
            run.child.stop()
            run.state = state
            run.changed.emit()

    def _next(self) -> None:
        if not self._waits and self.active is None and self.queued:
            self._start(self.queued[0])

    def _start(self, run: Run) -> None:
        order = run.order
        assert order is not None
        resume = (run.folder / "training" / "state.json").exists()
        arguments = ["train", "--corpus", order.corpus, "--out", str(run.folder), *order.arguments()]
        if resume:
            arguments.append("--resume")
        child = _Training(self._jobs, run)
        child.said.connect(partial(self._said, run))
        child.ended.connect(partial(self._child_ended, run))
        title = QCoreApplication.translate("Trainer", "Training {title}").format(title=run.title)
        try:
            child.begin(arguments, run.folder, append=resume, title=title, page="train", stop=partial(self.stop, run))
        except FileError as error:
            run.error = str(error)
            self._become(run, "failed")
            return
        run.child, run.error = child, ""
        if child.job is not None:
            child.job.survives = True
        if not resume:
            run.record = Record()
        self._become(run, "running")

    def _said(self, run: Run, events: list[dict[str, Any]]) -> None:
        for event in events:
            run.record.take(event)
        record, job = run.record, run.child.job if run.child is not None else None
        stages = (
            ("encoding", record.encoded, record.pieces), ("prior", record.prior_step, record.prior_steps),
            ("training", record.step, record.steps),
        )  # fmt: skip
        now = next((Progress(*stage) for stage in stages if stage[2]), None)
        if job is not None and now is not None:
            job.tell(now)
        run.advanced.emit()

    def _child_ended(self, run: Run) -> None:
        child, run.child = run.child, None
        assert child is not None
        wanted = self._after.pop(run, "")
        child.deleteLater()
        if wanted == "discarded":
            self._remove(run)
            self._next()
            return
        said = run.record.status
        try:
            run.saved = saved_steps(run.folder)
        except FileError as error:
            run.error = str(error)
        if said == "done":
            state = "done"
        elif said == "stopped":
            state = wanted or "paused"  # somebody else has asked the process to end
        elif said == "failed" or child.code > 0:
            state = "failed"
            run.error = run.record.error or child.error or run.error
        else:
            state = wanted or "interrupted"
        self._become(run, state)
        self.ended.emit(run)
        self._next()

    def _become(self, run: Run, state: str) -> None:
        run.state = state
        self._write(run)
        run.changed.emit()
        self.changed.emit()

    def _write(self, run: Run) -> None:
        try:
            run.keep()
        except FileError as error:
            self.trouble.emit(spoken(error), "")

    def _remove(self, run: Run) -> None:
        self.runs.remove(run)
        self._engine.run(partial(_clear, run.folder), name="remove a training", failed=self.trouble.emit)
        self.changed.emit()
        run.deleteLater()


def _clear(folder: Path) -> None:
    """Remove a folder; first what makes it one of ours, so that what is left over is not found again."""
    (folder / ORDER).unlink(missing_ok=True)
    shutil.rmtree(folder)
