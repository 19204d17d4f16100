"""Trainings in processes of their own: followed, paused, killed, found again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from genstudio import paths
from genstudio.gui import child as child_module
from genstudio.gui.engine import Engine
from genstudio.gui.jobs import Jobs
from genstudio.gui.record import Record, Series
from genstudio.gui.trainer import ORDER, Order, Run, Trainer, saved_steps

pytestmark = pytest.mark.skipif(os.name != "posix", reason="ends processes by signals")


@pytest.fixture
def make(qtbot: Any, home: Path) -> Iterator[Callable[[], Trainer]]:
    """Makes a trainer, as a start of the window does; all are closed at the end."""
    made: list[tuple[Trainer, Engine]] = []

    def make() -> Trainer:
        engine = Engine()
        trainer = Trainer(engine, Jobs(engine, engine), engine)
        made.append((trainer, engine))
        return trainer

    yield make
    for trainer, engine in made:
        trainer.shut()
        engine.close()
        engine.deleteLater()


def order(title: str = "reels", steps: int = 20, **settings: Any) -> Order:
    overrides = (f"optimizer.steps={steps}", *(f"{name}={value}" for name, value in settings.items()))
    return Order(title, "/corpus", "melody-2bar", overrides)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.usefixtures("fake")
def test_a_training_is_followed_to_its_end(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run = trainer.add(order())
    assert run.state == "running"
    assert trainer._jobs.running[0].title == "Training reels"
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    assert (run.record.step, run.record.steps, run.saved) == (20, 20, 20)
    assert [evaluation.step for evaluation in run.record.evaluations] == [5, 10, 15, 20]
    assert run.record.held_out["active_units"].y == [6, 6, 6, 6]
    assert not trainer._jobs.running
    assert json.loads((run.folder / ORDER).read_text())["state"] == "done"


@pytest.mark.usefixtures("fake")
def test_the_prior_comes_last_and_goes_on_where_it_was(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run = trainer.add(order(steps=3, pause=0.02, **{"prior.steps": 30}))
    qtbot.waitUntil(lambda: run.record.prior_step >= 4, timeout=20000)
    assert (run.record.step, run.record.steps, run.record.pieces, run.state) == (3, 3, 0, "running")
    assert run.record.share == run.record.prior_step / 30
    assert run.record.eta is not None
    trainer.pause(run)
    qtbot.waitUntil(lambda: run.state == "paused", timeout=20000)
    step = run.record.prior_step
    trainer.resume(run)
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    assert step < run.record.prior_step == 30
    assert run.record.prior == {"kl": 4.5, "kl_standard": 6.25}
    # One that was of no use is not told of; a model that learns on gets another.
    run.record.take({"event": "done", "prior": {"kl": 9.5, "kl_standard": 6.25, "kept": False}})
    assert run.record.prior == {}
    run.record.take({"event": "step", "step": 4, "total": 8, "reconstruction_nll": 3.0, "kl": 1.0})
    assert (run.record.prior_steps, run.record.share) == (0, 0.5)


@pytest.mark.usefixtures("fake")
def test_the_next_follows_unless_the_one_before_is_paused(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    first, second, third = trainer.add(order(steps=500)), trainer.add(order(steps=500)), trainer.add(order(steps=2))
    assert [run.state for run in trainer.runs] == ["running", "queued", "queued"]
    assert [run.title for run in trainer.runs] == ["reels", "reels 2", "reels 3"]
    qtbot.waitUntil(lambda: first.record.step > 3, timeout=20000)
    trainer.stop(first)
    qtbot.waitUntil(lambda: second.state == "running", timeout=20000)
    assert first.state == "stopped"
    qtbot.waitUntil(lambda: second.record.step > 3, timeout=20000)
    trainer.pause(second)
    qtbot.waitUntil(lambda: second.state == "paused", timeout=20000)
    assert third.state == "queued"
    step = second.saved
    assert step == second.record.step
    trainer.resume(second)
    qtbot.waitUntil(lambda: second.record.step > step, timeout=20000)
    assert len(second.record.training["kl"]) == second.record.step
    trainer.discard(second)
    qtbot.waitUntil(lambda: third.state == "done", timeout=20000)
    assert trainer.runs == [first, third]
    qtbot.waitUntil(lambda: not trainer._engine.working, timeout=5000)
    assert sorted(place.name for place in paths.runs().iterdir()) == ["reels", "reels-3"]


@pytest.mark.usefixtures("fake")
def test_a_killed_training_goes_on_from_what_it_saved(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run = trainer.add(order(steps=60, pause=0.02))
    qtbot.waitUntil(lambda: run.record.step >= 8, timeout=20000)
    os.kill(run.child.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: run.state == "interrupted", timeout=20000)
    assert 0 < run.saved <= run.record.step
    assert run.can_resume
    assert run.has_model
    trainer.resume(run)
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    assert run.record.training["kl"].x == list(range(1, 61))


@pytest.mark.usefixtures("fake")
def test_a_window_that_closes_keeps_the_training_and_leaves_no_process(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run, waiting = trainer.add(order(steps=5000)), trainer.add(order("jigs", steps=2))
    qtbot.waitUntil(lambda: run.record.step > 3, timeout=20000)
    pid = run.child.pid
    trainer.shut()
    assert not alive(pid)
    later = make()
    with qtbot.waitSignal(later.changed, timeout=5000):
        later.restore()
    found, queued = later.runs
    assert (found.state, found.saved, found.record.step) == ("paused", run.saved, run.record.step)
    assert (queued.state, queued.title) == ("queued", waiting.title)
    assert later.active is None
    later.resume(queued)
    qtbot.waitUntil(lambda: queued.state == "done", timeout=20000)
    assert found.state == "paused"


HOST = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QCoreApplication
sys.path.insert(0, sys.argv[1])
from genstudio.gui import child
from genstudio.gui.engine import Engine
from genstudio.gui.jobs import Jobs
from genstudio.gui.trainer import Order, Trainer
child.CODE = open(sys.argv[2]).read()
app = QCoreApplication([])
engine = Engine()
trainer = Trainer(engine, Jobs(engine, engine), engine)
run = trainer.add(Order("reels", "/corpus", "melody-2bar", ("optimizer.steps=100000",)))
run.advanced.connect(lambda: print(run.child.pid, run.record.step, flush=True))
app.exec()
"""


@pytest.mark.usefixtures("home")
def test_a_window_that_is_killed_leaves_no_process(
    make: Callable[[], Trainer], fake_code: str, tmp_path: Path, qtbot: Any
) -> None:
    (tmp_path / "fake.py").write_text(fake_code)
    root = str(Path(child_module.__file__).parents[2])
    command = [sys.executable, "-c", HOST, root, str(tmp_path / "fake.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as host:
        assert host.stdout is not None
        pid = step = 0
        while not step:
            pid, step = map(int, host.stdout.readline().split())
        host.kill()
    qtbot.waitUntil(lambda: not alive(pid), timeout=20000)
    trainer = make()
    with qtbot.waitSignal(trainer.changed, timeout=5000):
        trainer.restore()
    (run,) = trainer.runs
    assert run.state == "paused"
    assert run.saved == run.record.step > 0


@pytest.mark.usefixtures("fake")
def test_what_fails_is_told_in_its_own_words(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    failing, next_one = trainer.add(order(fail=1)), trainer.add(order(steps=2))
    qtbot.waitUntil(lambda: next_one.state == "done", timeout=20000)
    assert failing.state == "failed"
    assert failing.error == "the corpus has 3 pieces to train on, too few."
    assert not failing.has_model


def test_a_process_that_cannot_begin_is_told(make: Callable[[], Trainer], qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "CODE", "import sys; print('genstudio: no room.', file=sys.stderr); sys.exit(1)")
    trainer = make()
    run = trainer.add(order())
    qtbot.waitUntil(lambda: run.state == "failed", timeout=20000)
    assert run.error == "no room."


@pytest.mark.parametrize(("name", "text", "said"), [
    ("run.json", "{", "not valid JSON"),
    ("run.json", '{"title": "x"}', "not valid JSON of the form that is expected"),
    ("run.json", '{"title": "x", "corpus": "c", "preset": "gone"}', "does not say what was to be trained"),
    ("training/state.json", '{"step": 5, "file": "gone.safetensors"}', "damaged or not whole"),
])  # fmt: skip
@pytest.mark.usefixtures("home")
def test_a_damaged_folder_is_told(name: str, text: str, said: str, make: Callable[[], Trainer], qtbot: Any) -> None:
    run = Run(paths.runs() / "reels", order())
    (run.folder / "training").mkdir(parents=True)
    run.keep()
    (run.folder / name).write_text(text)
    later = make()
    with qtbot.waitSignal(later.changed, timeout=5000):
        later.restore()
    (found,) = later.runs
    assert found.state == "damaged"
    assert said in found.error
    assert not found.can_resume
    assert not found.has_model
    with qtbot.waitSignal(later.changed, timeout=5000):
        later.discard(found)
    qtbot.waitUntil(lambda: not run.folder.exists(), timeout=5000)


@pytest.mark.usefixtures("fake")
def test_a_training_of_another_process_is_left_alone(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run = trainer.add(order(steps=5000))
    qtbot.waitUntil(lambda: run.record.step > 3, timeout=20000)
    later = make()
    with qtbot.waitSignal(later.changed, timeout=5000):
        later.restore()
    (seen,) = later.runs
    assert seen.state == "elsewhere"
    assert not seen.can_resume
    trainer.stop(run)
    qtbot.waitUntil(lambda: run.state == "stopped", timeout=20000)
    qtbot.waitUntil(lambda: seen.state in ("stopped", "paused"), timeout=20000)
    assert seen.saved == run.saved


@pytest.mark.usefixtures("fake")
def test_a_run_can_start_again(make: Callable[[], Trainer], qtbot: Any) -> None:
    trainer = make()
    run = trainer.add(order(steps=10))
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    trainer.start_again(run)
    assert run.record.step == 0
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    assert run.record.training["kl"].x == list(range(1, 11))


def test_series_stay_small_and_go_back() -> None:
    series = Series(limit=10)
    for step in range(1, 101):
        series.add(step, float(step))
    assert len(series) <= 10
    assert series.x[-1] == 100
    assert series.y[0] == pytest.approx(sum(range(1, series.x[0] + 1)) / series.x[0])
    assert series.x == sorted(set(series.x))
    series.back_to(50)
    assert series.x[-1] <= 50
    series.add(51, 1.0)
    assert series.x[-1] == 51


def test_a_record_leaves_out_what_it_does_not_know() -> None:
    record = Record()
    for event in (
        {}, {"event": "new"}, {"event": "step"}, {"event": "step", "step": "x"}, {"event": "step", "step": 1, "kl": None},
        {"event": "evaluation", "step": 1, "kl": True, "reconstruction": 3}, {"event": "step", "step": 2, "kl": float("inf")},
    ):  # fmt: skip
        record.take(event)
    assert record.step == 2
    assert len(record.training["kl"]) == 0
    assert record.eta is None


def test_speed_counts_evaluations() -> None:
    record = Record()
    for step in range(1, 6):
        record.take({"event": "step", "step": step, "total": 10, "time": 100.0 + step})
    assert (record.seconds_a_step, record.eta) == (1.0, 5.0)
    record.take({"event": "evaluation", "step": 5, "time": 109.0})
    assert record.seconds_a_step == 2.0


def test_saved_steps(tmp_path: Path) -> None:
    assert saved_steps(tmp_path) == 0
