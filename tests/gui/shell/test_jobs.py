"""Long work: its progress, stopping it, its end, and how the tray shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from genstudio.errors import InputError
from genstudio.gui.engine import Engine
from genstudio.gui.jobs import Job, Jobs, Tray
from genstudio.progress import Progress, Report, Stop


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[Engine]:
    made = Engine()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete)


@pytest.fixture
def jobs(engine: Engine) -> Jobs:
    return Jobs(engine, engine)


def test_a_job_tells_how_far_it_is_and_what_it_gave(jobs: Jobs, qtbot: QtBot) -> None:
    def work(report: Report) -> int:
        report(Progress("reading", 1, 4))
        report(Progress("reading", 4, 4, "all read"))
        return 7

    seen: list[float | None] = []
    job = jobs.start("Read", work)
    job.progressed.connect(lambda event: seen.append(job.fraction))
    assert jobs.running == [job]
    with qtbot.waitSignal(job.done) as done:
        pass
    assert done.args == [7]
    assert seen == [0.25, 1.0]
    assert job.message == "all read"
    assert not jobs.running


def test_a_job_is_stopped(jobs: Jobs, qtbot: QtBot) -> None:
    started = threading.Event()

    def work(stop: Stop) -> None:
        started.set()
        while True:
            stop.check()

    job = jobs.start("Forever", work)
    assert started.wait(10)
    with qtbot.waitSignal(job.stopped):
        job.stop()
        assert job.stopping
    assert job.state == "stopped"


def test_a_failure_is_a_sentence_with_details(jobs: Jobs, qtbot: QtBot) -> None:
    def work() -> None:
        raise InputError("the folder is empty; choose another.")

    job = jobs.start("Read", work)
    with qtbot.waitSignal(jobs.ended):
        pass
    assert job.error[0] == "the folder is empty; choose another."
    assert "Traceback" in job.error[1]


def test_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("genstudio.gui.jobs.time.monotonic", lambda: clock[0])
    job = Job("Train")
    assert job.eta is None
    clock[0] = 130.0
    job.tell(Progress("training", 25, 100))
    assert job.eta == pytest.approx(90.0)
    job.succeed()
    assert job.eta is None


def test_the_tray_shows_stops_and_forgets(jobs: Jobs, qtbot: QtBot, find: Callable[..., Any]) -> None:
    tray = Tray(jobs)
    qtbot.addWidget(tray)
    tray.show()
    nothing = find(tray, "Nothing is running. Imports, training and long exports are shown here while they work.")
    assert nothing.isVisible()
    asked: list[str] = []
    job = jobs.add(Job("Import of tunes", page="corpus", stop=lambda: asked.append("stop")))
    row = find(tray, "Import of tunes").parentWidget()
    assert not nothing.isVisible()
    assert row.bar.maximum() == 0  # how far it is is not known
    job.tell(Progress("reading", 50, 100, "song.mid"))
    assert row.bar.value() == 500
    assert "song.mid" in row.said.text()
    assert "50%" in row.said.text()
    qtbot.mouseClick(row.stop, Qt.MouseButton.LeftButton)
    assert asked == ["stop"]
    assert not row.stop.isEnabled()
    assert row.stop.toolTip()
    with qtbot.waitSignal(tray.opened) as opened:
        qtbot.mouseClick(row.open, Qt.MouseButton.LeftButton)
    assert opened.args == ["corpus"]
    assert not tray.isVisible()
    job.halt()
    assert row.said.text() == "Stopped."
    tray.show()
    qtbot.mouseClick(find(tray, "Clear the work that has ended"), Qt.MouseButton.LeftButton)
    assert jobs.all == []
    assert nothing.isVisible()
    assert not row.isVisible()


def test_five_thousand_events_arrive_in_order(engine: Engine, qtbot: QtBot) -> None:
    def work(report: Report) -> str:
        for number in range(5000):
            report(Progress("counting", number, 5000))
        return "done"

    seen: list[int] = []
    task = engine.run(work, progress=lambda event: seen.append(event.done))
    with qtbot.waitSignal(task.succeeded, timeout=20_000) as done:
        pass
    assert seen == list(range(5000))
    assert done.args == ["done"]


@pytest.mark.slow
def test_a_thousand_tasks_leave_nothing_behind(engine: Engine, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(1000):
        engine.run(lambda number=number: number, done=done.append)
    qtbot.waitUntil(lambda: not engine.working, timeout=60_000)
    assert sorted(done) == list(range(1000))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not [child for child in engine.children() if type(child).__name__ == "Task"]
