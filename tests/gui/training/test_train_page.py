"""The Train page with clicks and keys: from a corpus to a model that is in use, with all that may come between."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser

from genstudio import paths
from genstudio.config import get_preset
from genstudio.gui import child as child_module
from genstudio.gui.pages.train import TrainPage
from genstudio.gui.trainer import Order, Run
from genstudio.gui.widgets.training_run import state_of
from genstudio.gui.widgets.training_setup import TrainingSetup
from genstudio.gui.widgets.training_time import speed_key
from tests.gui.training.conftest import click


@pytest.fixture
def page(open_page: Callable[[type[Any]], Any], qtbot: Any) -> TrainPage:
    made = open_page(TrainPage)
    qtbot.waitUntil(lambda: made.trainer.restored, timeout=5000)
    for fold in (made.by_hand, made.panel.fold):  # what most people never open
        fold.setChecked(True)
    return made


def order(**settings: Any) -> Order:
    overrides = tuple(f"{name.replace('__', '.')}={value}" for name, value in settings.items())
    return Order("reels", "/corpus", "melody-2bar", overrides)


def measured(setup: TrainingSetup) -> str:
    """The key of how long a step takes with what is set."""
    assert setup.chosen is not None
    return speed_key(setup.chosen.folder, str(setup.preset.currentData()), setup.overrides())


def choose(page: TrainPage, qtbot: Any, corpus: Path) -> None:
    page.context.settings["corpora"] = [str(corpus)]
    page.entered()
    qtbot.waitUntil(lambda: page.setup.chosen is not None, timeout=5000)


@pytest.mark.slow
def test_a_model_is_trained_killed_resumed_and_used(
    page: TrainPage, melody_corpus: Path, tiny: Any, qtbot: Any
) -> None:
    """All of it for real, at once, since a process of the engine takes seconds to start."""
    setup, panel = page.setup, page.panel
    choose(page, qtbot, melody_corpus)
    assert (setup.name.text(), setup.preset.currentText()) == ("melodies", "Melodies of two bars")
    setup.estimate.quiet.setInterval(10_000_000)  # how long it takes is another test
    click(qtbot, setup.fold)
    qtbot.waitUntil(lambda: "core" in setup.forms, timeout=60000)
    setup.put([*tiny["melody"], "optimizer.batch_size=16", "optimizer.evaluate_every=5", "optimizer.evaluate_on=8"])
    steps = setup.basic.field("optimizer.steps")
    steps.setFocus()
    steps.selectAll()  # type: ignore[attr-defined]
    qtbot.keyClicks(steps, "100000")  # it cannot end before it is killed and stopped, however slow the window is
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert len(setup.overrides()) == len(tiny["melody"]) + 4
    click(qtbot, setup.start)
    run = page.trainer.active
    assert run is not None
    assert panel.isVisible()
    assert panel.run is run
    qtbot.waitUntil(lambda: run.record.step >= 6, timeout=90000)
    assert "Step " in panel.state.text()
    os.kill(run.child.pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: run.state == "interrupted", timeout=20000)
    assert panel.error.isVisible()
    assert f"Up to step {run.saved} all is kept" in panel.error.words.text()
    saved = run.saved
    assert saved >= 5
    click(qtbot, panel.buttons["resume"])
    qtbot.waitUntil(lambda: run.record.step > saved + 6, timeout=90000)
    click(qtbot, panel.buttons["stop"])
    qtbot.waitUntil(lambda: run.state == "stopped", timeout=60000)
    assert run.record.training["kl"].x == list(range(1, run.saved + 1))
    plots = panel.more.curves.plots
    qtbot.waitUntil(lambda: all(plot.plot is not None for plot in plots.values()), timeout=20000)
    assert [words.split("  ")[0] for words in plots["kl"].named] == ["training", "held out"]
    qtbot.waitUntil(lambda: len(panel.more.examples.items) > 1, timeout=10000)
    captions = [panel.more.examples.caption(number) for number in range(len(panel.more.examples.items))]
    assert captions[0] == "The piece"
    assert set(captions[1:]) <= {f"Step {evaluation.step}" for evaluation in run.record.evaluations}
    assert panel.more.examples.items[0].piece.notes
    assert f"of its {run.record.latent_dims} dimensions" in panel.more.learned.text()
    click(qtbot, panel.card_button)
    qtbot.waitUntil(lambda: _dialog() is not None, timeout=10000)
    dialog = _dialog()
    assert "reconstruction" in dialog.findChild(QTextBrowser).toPlainText()
    dialog.accept()
    with qtbot.waitSignals([page.context.models.changed, page.context.bus.models_changed], timeout=60000):
        click(qtbot, panel.use_button)
    assert page.context.models.current.name == run.model == "melodies"
    assert (paths.user_models() / "melodies" / "card.md").is_file()
    assert not (paths.user_models() / "melodies" / "training").exists()
    assert "installed as melodies" in panel.state.text()


def _dialog() -> Any:
    shown = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible())
    return next((widget for widget in shown if widget.findChild(QTextBrowser)), None)


@pytest.mark.usefixtures("fake")
def test_its_figures_are_a_click_away(page: TrainPage, qtbot: Any) -> None:
    run = page.trainer.add(order())
    qtbot.waitUntil(lambda: run.state == "done", timeout=20000)
    page.look_at(run)
    with qtbot.waitSignal(page.context.bus.show_figures) as asked:
        click(qtbot, page.panel.figures_button)
    assert asked.args == [str(run.folder)]


@pytest.mark.usefixtures("fake")
def test_the_time_is_told_before_the_start(page: TrainPage, melody_corpus: Path, qtbot: Any) -> None:
    setup = page.setup
    choose(page, qtbot, melody_corpus)
    assert setup.estimate.text() == "Measuring how long it will take …"
    with qtbot.waitSignal(setup.estimate.trial.failed, timeout=20000):  # the stand-in does not say how long its steps take
        setup.estimate.quiet.setInterval(0)
        setup.estimate.quiet.start()
    setup.estimate.remember(measured(setup), 0.6)
    assert setup.estimate.text() == "It will take about 2.0 h (0.6 s a step here), and the fitting of the prior some more."
    setup.forms["prior"].put("prior.steps", 0)
    setup.estimate.remember(measured(setup), 0.6)
    setup.basic.put("optimizer.steps", 1000)
    assert setup.estimate.text() == "It will take about 10 min (0.6 s a step here)."
    setup.basic.put("optimizer.batch_size", 16)
    assert setup.estimate.quiet.isActive()
    page.left()
    setup.basic.put("optimizer.batch_size", 8)
    assert setup.estimate.text() == ""
    assert not setup.estimate.quiet.isActive()


@pytest.mark.usefixtures("fake")
def test_the_fitting_of_its_prior_is_told(page: TrainPage, qtbot: Any) -> None:
    run = page.trainer.add(order(**{"optimizer.steps": 5, "prior.steps": 5000}))
    page.look_at(run)
    said = set()

    def fitting() -> bool:
        said.add(page.panel.state.text().partition("  ·  ")[0])
        return run.record.prior_step > 5

    qtbot.waitUntil(fitting, timeout=20000)
    run.changed.emit()
    assert page.panel.state.text().startswith("Fitting the prior, step ")
    assert "steps a second" not in page.panel.state.text()
    assert page.panel.bar.value() < 100
    page.trainer.pause(run)
    qtbot.waitUntil(lambda: run.state == "paused", timeout=20000)
    assert page.panel.state.text() == f"Paused at step {run.record.prior_step} of 5,000 of the prior"
    run.record.take({"event": "progress", "stage": "encoding", "done": 3, "total": 7})
    run.state = "running"
    assert state_of(run)[0] == "Encoding for the prior, 3 of 7 pieces"
    assert run.record.share == pytest.approx(3 / 7)
    run.record.take({"event": "done", "prior": {"kl": 4.5, "kl_standard": 6.25, "kept": True}})
    run.changed.emit()
    assert "a piece costs 4.5 nats under it, not 6.2" in page.panel.more.learned.text()
    run.state = "paused"


MEASURED = r"""
import json, sys
words = sys.argv[1:]
events = open(words[words.index("--events") + 1], "w", buffering=1)
for number in range(1, 6):
    print(json.dumps({{"event": "step", "step": number, "seconds": 9.0 if number < 3 else 0.1}}), file=events)
sys.exit({path!r} and 0)
"""


def test_a_few_steps_are_measured(page: TrainPage, melody_corpus: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "CODE", MEASURED)
    setup = page.setup
    setup.estimate.quiet.setInterval(0)
    choose(page, qtbot, melody_corpus)
    qtbot.waitUntil(lambda: "0.12 s a step" in setup.estimate.text(), timeout=20000)
    assert setup.estimate.text().startswith("It will take about 25 min")
    assert list(page.context.settings["speeds"].values()) == [0.115]


REFUSED = r"""
import json, sys
words = sys.argv[1:]
events = open(words[words.index("--events") + 1], "w", buffering=1)
print(json.dumps({{"event": "end", "status": "failed", "error": "width must be a multiple of heads."}}), file=events)
sys.exit({path!r} and 2)
"""


def test_what_cannot_be_trained_is_told_before_the_start(
    page: TrainPage, melody_corpus: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child_module, "CODE", REFUSED)
    page.setup.estimate.quiet.setInterval(0)
    choose(page, qtbot, melody_corpus)
    qtbot.waitUntil(lambda: page.setup.estimate.text() == "width must be a multiple of heads.", timeout=20000)


def test_without_a_corpus_the_page_says_what_to_do(page: TrainPage, qtbot: Any) -> None:
    assert not page.setup.start.isEnabled()
    assert page.setup.start.toolTip() == "Choose a corpus first."
    qtbot.waitUntil(lambda: not page.setup.corpus.isEnabled())  # which there are is looked up in a thread
    assert page.setup.corpus.toolTip()
    with qtbot.waitSignal(page.context.bus.go) as told:
        click(qtbot, page.setup.new_corpus)
    assert told.args == ["corpus"]


def test_another_page_can_ask_to_train_on_a_corpus(
    page: TrainPage, melody_corpus: Path, text_corpus: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.setup.estimate.quiet.setInterval(10_000_000)
    page.context.settings["corpora"] = [str(melody_corpus), str(text_corpus)]
    page.context.bus.train_on = str(text_corpus)
    page.entered()
    qtbot.waitUntil(lambda: page.setup.chosen is not None, timeout=5000)
    assert page.setup.chosen.folder == str(text_corpus)
    assert page.setup.preset.currentText() == "Sentences"
    assert page.setup.name.text() == "sentences"
    page.setup.corpus.setCurrentIndex(page.setup.corpus.findData(str(melody_corpus)))
    assert page.setup.preset.currentText() == "Melodies of two bars"
    assert page.setup.basic.value("optimizer.steps") == get_preset("melody-2bar").config.optimizer.steps


@pytest.mark.usefixtures("fake")
@pytest.mark.slow
def test_pause_and_resume_by_key_and_queue(page: TrainPage, qtbot: Any) -> None:
    first = page.trainer.add(order(optimizer__steps=3000))
    second = page.trainer.add(order(optimizer__steps=3))
    assert page.entries.count() == 2
    page.look_at(second)
    assert page.panel.state.text() == "Waiting"
    page.look_at(first)
    qtbot.waitUntil(lambda: first.record.step > 5, timeout=20000)
    page.pause_action.trigger()
    assert first.state == "pausing"
    qtbot.waitUntil(lambda: first.state == "paused", timeout=20000)
    assert page.panel.state.text() == f"Paused at step {first.saved}"
    assert second.state == "queued"
    page.look_at(second)
    assert page.panel.buttons["resume"].text() == "Start now"
    click(qtbot, page.panel.buttons["resume"])
    qtbot.waitUntil(lambda: second.state == "done", timeout=20000)
    page.look_at(first)
    click(qtbot, page.panel.buttons["resume"])
    step = first.saved
    qtbot.waitUntil(lambda: first.record.step > step, timeout=20000)
    click(qtbot, page.panel.buttons["discard"])
    qtbot.waitUntil(lambda: page.trainer.runs == [second], timeout=20000)
    assert page.setup.isVisible()


@pytest.mark.usefixtures("fake")
def test_a_collapse_is_told_with_what_helps(page: TrainPage, qtbot: Any) -> None:
    run = page.trainer.add(order(optimizer__steps=3000, collapse=1, kl__weight=0.4))
    page.look_at(run)
    qtbot.waitUntil(page.panel.collapse.isVisible, timeout=20000)
    words = page.panel.collapse
    assert "listen" in words.head.text()
    assert "0 of 8 dimensions" in words.words.text()
    assert [button.text() for button in page.panel.remedies] == [
        "Hide 30 % of the decoder's inputs and start again", "Give it free bits", "Lower the KL weight to 0.2",
    ]  # fmt: skip
    click(qtbot, page.panel.remedies[0])
    cured: Run = page.trainer.runs[-1]
    assert cured is not run
    assert cured.order.overrides == ("optimizer.steps=3000", "collapse=1", "kl.weight=0.4", "word_dropout=0.3")
    assert page.panel.run is cured
    qtbot.waitUntil(lambda: cured.record.step > 10, timeout=20000)
    assert run.state == "stopped"
    assert not page.panel.collapse.isVisible()
    page.look_at(run)
    click(qtbot, page.panel.remedies[2])
    assert page.trainer.runs[-1].order.overrides == ("optimizer.steps=3000", "collapse=1", "kl.weight=0.2")


@pytest.mark.usefixtures("fake")
def test_failure_and_damage_are_told_in_place(page: TrainPage, open_page: Any, qtbot: Any) -> None:
    run = page.trainer.add(order(fail=1))
    page.look_at(run)
    qtbot.waitUntil(page.panel.error.isVisible, timeout=20000)
    assert page.panel.error.words.text() == "the corpus has 3 pieces to train on, too few."
    assert page.panel.buttons["again"].isVisible()
    page.trainer.shut()
    (run.folder / "run.json").write_text("{")
    later = open_page(TrainPage)
    qtbot.waitUntil(lambda: bool(later.trainer.runs), timeout=5000)
    later.look_at(later.trainer.runs[0])
    assert "not valid JSON" in later.panel.error.words.text()
    assert not later.panel.buttons["resume"].isVisible()
    click(qtbot, later.panel.buttons["discard"])
    qtbot.waitUntil(lambda: not run.folder.exists(), timeout=5000)


@pytest.mark.usefixtures("fake")
def test_figures_can_be_read_and_copied(page: TrainPage, qtbot: Any) -> None:
    run = page.trainer.add(order(optimizer__steps=20))
    page.look_at(run)
    plots = page.panel.more.curves.plots
    qtbot.waitUntil(lambda: run.state == "done" and all(plot.plot is not None for plot in plots.values()), timeout=30000)
    kl = plots["kl"]
    qtbot.waitUntil(lambda: kl.named == ["training  3.00", "held out  2.00"], timeout=5000)
    qtbot.waitUntil(lambda: plots["active_units"].named == ["held out  6 of 8"], timeout=5000)
    place = kl.plot.mapViewToScene(QPointF(10, 2))
    qtbot.mouseMove(kl, kl.plot.getViewWidget().mapTo(kl, place.toPoint()))
    assert plots["active_units"].named == ["held out  6 of 8"]
    assert plots["negative_elbo"].named[-1] == "held out  9.00"
    qtbot.mouseClick(page.panel.more.figures.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 4
    assert copied[0].split("\t")[0] == "20"


@pytest.mark.usefixtures("fake")
@pytest.mark.slow
def test_a_studio_that_is_closed_keeps_its_training(start: Callable[..., Any], qtbot: Any) -> None:
    studio = start("train")
    page = studio.window.pages["train"]
    run = page.trainer.add(order(optimizer__steps=3000))
    page.look_at(run)
    qtbot.waitUntil(lambda: run.record.step > 5, timeout=20000)
    pid, folder = run.child.pid, run.folder
    studio.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    again = start("train")
    found = again.window.pages["train"]
    qtbot.waitUntil(lambda: bool(found.trainer.runs), timeout=5000)
    assert [one.state for one in found.trainer.runs] == ["paused"]
    qtbot.waitUntil(lambda: found.panel.run is found.trainer.runs[0], timeout=5000)
    assert found.panel.buttons["resume"].isVisible()
    shutil.rmtree(folder)
