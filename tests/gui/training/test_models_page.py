"""The Models page with clicks and keys: figures of one model, of several side by side, copied, and measured anew."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTranslator
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genstudio import paths
from genstudio.files import holding
from genstudio.gui import child as child_module
from genstudio.gui import folders
from genstudio.gui.language import Language
from genstudio.gui.pages.models import ModelsPage
from genstudio.gui.widgets.card_text import CardText
from genstudio.gui.widgets.plots import Line, Lines
from tests.gui.training.conftest import click

STEP = [0.0, 0.2, 0.5]


def evaluation(**changes: Any) -> dict[str, Any]:
    found = {
        "model": "x", "seed": 0, "on": "test split of tunes", "n": 100,
        "reconstruction": {"exact": 0.9, "accuracy": 0.98, "note_f1": 0.97, "note_f1 6/8": 0.99, "bleu": None},
        "likelihood": {"nll": 55.189, "nll_samples": 20, "elbo": -59.5, "kl": 56.2, "brand_new": 4},
        "interpolation": {"pairs": 4, "monotone": 0.95, "to_first": STEP, "to_last": STEP[::-1], "moves": [0.2, 0.3]},
    }  # fmt: skip
    return {**found, **changes}


def keep(folder: Path, found: Any) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "evaluation": found}))


@pytest.fixture
def models(home: Path, melody_model: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Three models of melodies: two measured on the same pieces, one not at all."""
    monkeypatch.setattr(paths, "checkpoints", lambda: home / "none")
    folders = {name: home / "models" / name for name in ("first", "second", "third")}
    for folder in folders.values():
        shutil.copytree(melody_model, folder)
    better = {"exact": 0.95, "accuracy": 0.99, "note_f1": 0.9, "note_f1 6/8": 0.9}
    keep(folders["first"], evaluation())
    keep(folders["second"], evaluation(reconstruction=better))
    keep(folders["third"], None)
    return folders


@pytest.fixture
def page(models: dict[str, Path], open_page: Callable[[type[Any]], Any], qtbot: Any) -> ModelsPage:
    made: ModelsPage = open_page(ModelsPage)
    qtbot.waitUntil(lambda: len(made.models) == 3, timeout=10_000)
    made.fold.setChecked(True)  # all figures are in sight
    return made


def tick(page: ModelsPage, qtbot: Any, row: int) -> None:
    """Click into the box of an entry."""
    place = page.entries.visualItemRect(page.entries.item(row))
    qtbot.mouseClick(
        page.entries.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 20, place.center().y())
    )  # fmt: skip


def choose(page: ModelsPage, qtbot: Any, row: int) -> None:
    """Click on the name of an entry."""
    place = page.entries.visualItemRect(page.entries.item(row))
    qtbot.mouseClick(page.entries.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.left() + 90, place.center().y()))


def cells(page: ModelsPage) -> dict[str, list[str]]:
    """What the table shows, a list of cells by the first."""
    model = page.figures.table.model()
    columns = range(model.columnCount())
    rows = [[str(model.index(row, column).data() or "") for column in columns] for row in range(model.rowCount())]
    return {row[0]: row[1:] for row in rows}


def told(page: ModelsPage, name: str, column: int) -> str:
    """What a screen reader says of a cell."""
    model = page.figures.table.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 0).data() == name)
    return str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_figures_of_one_model(page: ModelsPage) -> None:
    assert page.face.heading.text() == "first"
    assert "measured on the test split of tunes" in page.figures.on.text()
    found = cells(page)
    assert found["Exact reconstructions"] == ["share", "0.9000"]
    assert found["Note F1, 6/8"] == ["share", "0.9900"]
    assert found["NLL, importance-weighted"] == ["nats a piece", "55.19"]
    assert found["BLEU"] == ["0 to 100", "–"]
    assert found["brand_new"] == ["", "4"]  # a figure that the window does not know
    assert list(found)[:4] == ["The measurement", "Pieces", "Reconstruction", "Exact reconstructions"]
    assert told(page, "Exact reconstructions", 0) == "Exact reconstructions: share of pieces that are reconstructed exactly"
    assert told(page, "BLEU", 2) == "not defined for this model"
    assert not page.figures.note.isVisible()


def test_models_side_by_side(page: ModelsPage, qtbot: Any) -> None:
    tick(page, qtbot, 1)
    assert page.face.heading.text() == "first"  # a tick does not look at it
    assert [model.name for model in page.shown] == ["first", "second"]
    assert cells(page)["Exact reconstructions"] == ["share", "0.9000", "0.9500"]
    assert told(page, "Exact reconstructions", 3) == "0.95 share, +0.0500 better than the first, the best"
    assert told(page, "Note F1", 3) == "0.9 share, −0.0700 worse than the first"
    assert told(page, "Note F1", 2) == "0.97 share, the best"
    assert told(page, "BLEU", 3) == "not measured"
    tick(page, qtbot, 2)
    assert page.figures.note_words.text() == "Not measured yet: third."
    choose(page, qtbot, 1)
    assert [model.name for model in page.shown] == ["second", "third"]
    tick(page, qtbot, 2)
    assert not page.figures.note.isVisible()


def test_models_that_were_measured_on_other_pieces_are_not_compared(
    page: ModelsPage, models: dict[str, Path], qtbot: Any
) -> None:
    keep(models["second"], evaluation(on="test split of songs", n=2000))
    page.refresh()
    qtbot.waitUntil(lambda: any(model.on.endswith("songs") for model in page.models), timeout=10_000)
    tick(page, qtbot, 1)
    assert page.figures.note.isVisible()
    said = "Measured on other pieces than first, and so not compared with it: second (test split of songs, 2,000 pieces)."
    assert page.figures.note_words.text() == said
    assert told(page, "Exact reconstructions", 3) == "0.9 share"


def test_the_split_in_another_language(page: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    keep(models["second"], evaluation(on="my tunes"))
    page.refresh()
    language = Language(page)
    language.use("zh_CN")
    try:
        qtbot.waitUntil(lambda: "tunes 的测试划分" in page.figures.on.text())
        choose(page, qtbot, 1)
        qtbot.waitUntil(lambda: "my tunes" in page.figures.on.text())
    finally:
        language.use("en")


def test_figures_in_another_language(page: ModelsPage, qtbot: Any) -> None:
    class Words(QTranslator):
        def translate(self, context: str, source: str, *more: Any) -> str:
            return {"Note F1": "音符", "share": "比例", "Exact reconstructions": "还原"}.get(source, source)

        def isEmpty(self) -> bool:
            return False

    words = Words()
    QApplication.installTranslator(words)
    try:
        qtbot.waitUntil(lambda: "音符" in cells(page), timeout=5000)
        assert cells(page)["音符, 6/8"] == ["比例", "0.9900"]
        assert "Reconstruction\t还原\t0.9\t比例" in page.figures.table.as_text(markdown=False)
    finally:
        QApplication.removeTranslator(words)


def test_the_keyboard_is_enough(page: ModelsPage, qtbot: Any) -> None:
    page.activateWindow()
    page.entries.setFocus()
    qtbot.keyClick(page.entries, Qt.Key.Key_Down)
    assert page.face.heading.text() == "second"
    qtbot.keyClick(page.entries, Qt.Key.Key_Space)
    assert page.ticked == [page.models[1].key]
    qtbot.keyClick(page.entries, Qt.Key.Key_Up)
    assert [model.name for model in page.shown] == ["first", "second"]
    page.figures.table.setFocus()
    page.figures.table.selectRow(3)
    QTest.keySequence(page.figures.table, QKeySequence(QKeySequence.StandardKey.Copy))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Group", "Figure", "first", "second", "Unit"]
    assert lines[2:] == ["Reconstruction\tExact reconstructions\t0.9\t0.95\tshare"]


def test_the_table_is_copied(page: ModelsPage, qtbot: Any) -> None:
    tick(page, qtbot, 1)
    with qtbot.waitSignal(page.context.bus.say):
        page.figures.copy_markdown.trigger()
    text = QGuiApplication.clipboard().text()
    assert "| Reconstruction | Exact reconstructions | 0.9000 | **0.9500** | share |" in text
    assert "| The measurement | Pieces | 100 | 100 | pieces |" in text
    page.figures.copy_tabs.trigger()
    assert "Likelihood\tNLL, importance-weighted\t55.189\t55.189\tnats a piece" in QGuiApplication.clipboard().text()


def test_curves(page: ModelsPage, qtbot: Any) -> None:
    page.figures.tabs.setCurrentIndex(1)
    assert [plot.accessibleName() for plot in page.figures.curves.plots] == ["Distance to the ends", "Step from one to the next"]
    assert [line.label for line in page.figures.curves.plots[0].lines] == ["Distance to the first end", "Distance to the last end"]
    assert "from 0 to 0.5" in page.figures.curves.plots[0].accessibleDescription()
    tick(page, qtbot, 1)
    assert [line.label for line in page.figures.curves.plots[0].lines] == ["first", "second"]
    assert len(page.figures.curves.plots) == 3
    choose(page, qtbot, 2)
    tick(page, qtbot, 1)
    assert page.figures.curves.plots == []
    assert not page.figures.tabs.isTabEnabled(1)


def test_a_plot_tells_the_values_where_the_pointer_is(page: ModelsPage, qtbot: Any) -> None:
    plot = Lines(page.context, page)
    plot.resize(400, 240)
    plot.show_lines("Steps", [Line("a", [1.0, 2.0, 4.0]), Line("b", [0.0, 0.0, -0.5])], ("first", "last"))
    assert plot.plot is None  # nothing is drawn, and nothing loaded for it, before it is seen
    plot.show()
    qtbot.waitUntil(lambda: plot.plot is not None)
    qtbot.mouseMove(plot, plot.rect().center())
    assert plot.named == ["a  2", "b  0"]
    qtbot.mouseMove(plot, QPoint(2, 2))
    assert plot.named == ["a", "b"]
    plot.point(2.0)
    assert plot.named == ["a  4", "b  −0.5"]
    for lines in ([], [Line("one", [3.0, 3.0])], [Line("low", [-5.0, -1.0])], [Line("long", [0.1] * 500)]):
        plot.show_lines("Steps", lines)
        plot.draw()
        assert not plot.grab().isNull()


def test_nothing_measured_says_what_measuring_is(page: ModelsPage, qtbot: Any) -> None:
    choose(page, qtbot, 2)
    assert page.figures.nothing.isVisible()
    assert page.figures.nothing.text().startswith("Nothing has been measured of third yet.")
    assert not page.figures.copy_button.isEnabled()
    assert page.figures.copy_button.toolTip()
    assert page.measure_button.isEnabled()


def test_the_card_is_a_click_away(page: ModelsPage, qtbot: Any) -> None:
    click(qtbot, page.face.buttons["card"])
    card = lambda: next((one for one in QApplication.topLevelWidgets() if isinstance(one, CardText) and one.isVisible()), None)  # noqa: E731
    qtbot.waitUntil(lambda: card() is not None, timeout=10_000)
    card().accept()  # type: ignore[union-attr]


def test_a_folder_is_opened_and_found_again(
    page: ModelsPage, melody_model: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "ask", lambda *_, **__: [str(melody_model)])
    click(qtbot, page.side.new_button)
    qtbot.waitUntil(lambda: page.face.heading.text() == melody_model.name, timeout=10_000)
    page.form.form.fields["limit"].setValue(12)
    state = page.save()
    json.dumps(state)
    again = ModelsPage(page.context)
    again.restore(state)
    qtbot.waitUntil(lambda: again.face.heading.text() == melody_model.name, timeout=10_000)
    assert again.form.form.values["limit"] == 12
    for strange in ({"model": 3, "beside": "x", "also": [3], "measure": {"limit": "x", "samples": "many"}}, {}):
        again.restore(strange)  # type: ignore[arg-type]
    assert again.form.form.values["samples"] == 20
    qtbot.waitUntil(lambda: not page.context.engine.working, timeout=10_000)
    again.deleteLater()


def test_what_another_part_wants_to_see_is_looked_at(page: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    page.context.bus.show_figures.emit(str(models["second"]))
    qtbot.waitUntil(lambda: page.face.heading.text() == "second", timeout=10_000)


def test_the_figures_are_found_from_everywhere(
    start: Callable[..., Any], models: dict[str, Path], calm: Callable[[Any], None], qtbot: Any
) -> None:
    studio = start("home")
    calm(studio)
    studio.context.models.load("second")
    calm(studio)
    qtbot.mouseClick(studio.window.top.model_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(studio.window.top.model_menu.figures_button, Qt.MouseButton.LeftButton)
    calm(studio)
    assert studio.window.current == "models"
    assert studio.window.pages["models"].face.heading.text() == "second"


# -- models as things of one's own


def test_a_model_is_renamed_in_place(page: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    click(qtbot, page.face.buttons["rename"])
    assert page.face.name.hasFocus() or page.face.name.isVisible()
    qtbot.keyClicks(page.face.name, "never")
    qtbot.keyClick(page.face.name, Qt.Key.Key_Escape)
    assert page.face.heading.text() == "first"
    click(qtbot, page.face.buttons["rename"])
    qtbot.keyClicks(page.face.name, "Jigs of mine")
    qtbot.keyClick(page.face.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.face.heading.text() == "Jigs of mine")
    assert page.entries.item(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Jigs of mine")
    assert models["first"].is_dir()  # what it made knows it by its folder


def test_a_model_is_duplicated_and_deleted_when_it_was_asked(page: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    asked: list[str] = []
    answer = [False]
    page.owner.context = dataclasses.replace(page.context, confirm=lambda title, text: asked.append(text) or answer[0])
    click(qtbot, page.face.buttons["duplicate"])
    qtbot.waitUntil(lambda: page.face.heading.text() == "first, copy")
    assert len(page.models) == 4
    click(qtbot, page.face.buttons["delete"])
    assert asked == ["first, copy is deleted with its figures. What was made with it stays in the library."]
    assert len(paths.installed_models()) == 4
    answer[0] = True
    click(qtbot, page.face.buttons["delete"])
    qtbot.waitUntil(lambda: len(page.models) == 3)
    assert set(paths.installed_models()) == set(models)


def test_a_model_that_comes_along_stays_and_says_why(
    page: ModelsPage, models: dict[str, Path], monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(paths, "checkpoints", lambda: models["first"].parent)
    page.refresh()
    qtbot.waitUntil(lambda: not page.face.buttons["delete"].isEnabled())
    assert not page.face.buttons["rename"].isEnabled()
    assert page.face.why.text() == "It comes with GenStudio, so it is not renamed or deleted; a duplicate of it is your own."
    assert page.face.buttons["delete"].toolTip() == page.face.why.text()


def test_a_model_is_told_in_words_and_writes_when_asked(page: ModelsPage, qtbot: Any) -> None:
    assert [line.words.text() for line in page.face.lines] == ["Good enough to use: 97 of 100 notes come back."]
    page.fold.setChecked(False)
    assert not page.figures.isVisible()
    choose(page, qtbot, 2)
    assert [line.verdict.tone for line in page.face.lines] == ["bad"]  # as its training measured it
    assert not page.face.unknown.isVisible()
    qtbot.waitUntil(lambda: not page.context.engine.working)
    if not page.face.examples.isVisible():
        click(qtbot, page.face.write)
        qtbot.waitUntil(page.face.examples.isVisible)
    assert page.face.examples.items


# -- measuring

PRETEND = r'''
import json, os, sys, threading, time
sys.path[:] = {path!r}
from pathlib import Path
words = sys.argv[1:]
value = lambda name: words[words.index(name) + 1]
stop = threading.Event()
threading.Thread(target=lambda: (os.read(0, 1), stop.set()), daemon=True).start()
events = open(value("--events"), "w", buffering=1)
tell = lambda event, **data: events.write(json.dumps({{"event": event, **data}}) + "\n")
limit = int(value("--limit"))
tell("begin")
tell("progress", stage="evaluating", done=0, total=limit, message="likelihood")
tell("progress", stage="evaluating", done=7, total=limit, message="reconstruction")
if limit == 13:
    tell("end", status="failed", error="the corpus has no pieces of 13 bars; choose another.")
    sys.exit(2)
if limit == 14:
    os._exit(9)
stop.wait(60 if limit == 15 else 0)
if stop.is_set():
    tell("end", status="stopped")
    sys.exit(130)
path = Path(value("--model")) / "manifest.json"
manifest = json.loads(path.read_text())
found = {{"on": "test split of tunes", "n": limit, "seed": int(value("--seed"))}}
manifest["evaluation"] = {{**found, "asked": " ".join(words)}}
path.write_text(json.dumps(manifest))
near = {{"longest": 12, "nearest": 3, "distance": 0.25, "title": "The Kesh", "source": "kesh.mid"}}
pieces = [{{**near, "number": number, "copied": number == 1}} for number in range(3)]
tell("done", **found, remarks=["the corpus is small."], novelty={{"pieces": pieces}})
tell("end", status="done")
'''


@pytest.fixture
def ready(page: ModelsPage, melody_corpus: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> ModelsPage:
    """The form is open, with a corpus; what measures only pretends to."""
    monkeypatch.setattr(child_module, "CODE", PRETEND)
    page.context.settings["corpora"] = [str(melody_corpus)]
    page.context.bus.corpora_changed.emit(str(melody_corpus))
    click(qtbot, page.measure_button)
    qtbot.waitUntil(lambda: page.form.corpus is not None, timeout=10_000)
    return page


def ask(page: ModelsPage, qtbot: Any, limit: int) -> None:
    page.form.form.fields["limit"].setValue(limit)
    click(qtbot, page.form.start)


def over(page: ModelsPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not page.measurer.running, timeout=20_000)
    qtbot.waitUntil(lambda: not page.context.engine.working, timeout=10_000)


def test_the_form_asks_and_the_figures_appear(ready: ModelsPage, melody_corpus: Path, qtbot: Any) -> None:
    choose(ready, qtbot, 2)
    assert ready.form.head.text() == "Measure third"
    assert not ready.form.every.isVisible()
    field = ready.form.form.fields["samples"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "500")
    ask(ready, qtbot, 40)
    assert ready.form.doing.text() == "Measuring third"
    assert ready.form.stop_button.isVisible()
    job = ready.context.jobs.all[-1]
    assert (job.title, job.page) == ("Figures of third", "models")
    over(ready, qtbot)
    assert job.state == "done"
    assert not ready.form.isVisible()
    asked = cells(ready)["asked"][1]
    assert f"--corpus {melody_corpus} --split test --limit 40 --samples 500 --interpolation 20 --generated 100" in asked
    assert "--write --json" in asked
    assert cells(ready)["Pieces"] == ["pieces", "40"]


def test_samples_beside_the_training_pieces(ready: ModelsPage, qtbot: Any) -> None:
    assert not ready.figures.tabs.isTabEnabled(2)
    ask(ready, qtbot, 40)
    over(ready, qtbot)
    assert ready.figures.note_words.text() == "the corpus is small."
    ready.figures.tabs.setCurrentIndex(2)
    view = ready.figures.nearest.view.model()
    assert [str(view.index(1, column).data()) for column in range(6)] == [
        "2", "12", "0.250", "The Kesh", "kesh.mid", "a long passage",
    ]  # fmt: skip


def test_several_models_are_measured_one_after_the_other(ready: ModelsPage, qtbot: Any) -> None:
    tick(ready, qtbot, 1)
    tick(ready, qtbot, 2)
    assert ready.form.every.text() == "All 3 models, one after the other"
    ready.form.every.setChecked(True)
    ask(ready, qtbot, 40)
    assert ready.form.doing.text() == "Measuring first, then 2 more"
    qtbot.waitUntil(lambda: len(ready.context.jobs.all) == 3 and not ready.measurer.running, timeout=30_000)
    over(ready, qtbot)
    assert [model.figures[("n",)] for model in ready.models] == [40, 40, 40]


def test_it_is_stopped(ready: ModelsPage, qtbot: Any) -> None:
    tick(ready, qtbot, 1)
    ready.form.every.setChecked(True)
    ask(ready, qtbot, 15)
    qtbot.waitUntil(lambda: ready.form.stage.text() == "Reconstruction: 7 of 15", timeout=20_000)
    assert ready.form.bar.value() == round(1000 * 7 / 15)
    click(qtbot, ready.form.stop_button)
    over(ready, qtbot)
    assert [job.state for job in ready.context.jobs.all] == ["stopped"]  # the other is not begun
    assert ready.form.start.isVisible()
    assert cells(ready)["Pieces"] == ["pieces", "100", "100"]  # what was there stays


@pytest.mark.parametrize(("limit", "said"), [
    (13, "the corpus has no pieces of 13 bars; choose another."),
    (14, "The measurement ended unexpectedly; nothing was changed. Try it once more, on fewer pieces."),
])  # fmt: skip
def test_what_goes_wrong_is_said_in_words(ready: ModelsPage, qtbot: Any, limit: int, said: str) -> None:
    ask(ready, qtbot, limit)
    over(ready, qtbot)
    assert ready.form.error.isVisible()
    assert ready.form.error.text() == said
    assert ready.context.jobs.all[-1].state == "failed"
    ask(ready, qtbot, 40)  # once more
    assert not ready.form.error.isVisible()
    over(ready, qtbot)


def test_a_model_that_trains_is_left_alone(ready: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    with holding(paths.training_lock(models["first"])) as free:
        assert free
        ask(ready, qtbot, 40)
    assert ready.form.error.text().startswith("first is being trained")
    assert not ready.measurer.running


def test_a_folder_that_cannot_be_written_is_said_at_once(
    ready: ModelsPage, models: dict[str, Path], qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.access  # an administrator may write everywhere
    monkeypatch.setattr(os, "access", lambda path, mode, **more: Path(path) != models["first"] and real(path, mode, **more))
    ask(ready, qtbot, 40)
    assert "cannot be written" in ready.form.error.text()
    assert not ready.context.jobs.all


def test_a_language_model_is_not_interpolated(ready: ModelsPage, models: dict[str, Path], qtbot: Any) -> None:
    path = models["third"] / "manifest.json"
    manifest = json.loads(path.read_text())
    path.write_text(json.dumps({**manifest, "model": {**manifest["model"], "bottleneck": "none"}}))
    ready.look_at(str(models["third"]))
    qtbot.waitUntil(lambda: ready.face.heading.text() == "third", timeout=10_000)
    qtbot.waitUntil(lambda: ready.shown[0].bottleneck == "none", timeout=10_000)
    ask(ready, qtbot, 40)
    over(ready, qtbot)
    assert "--interpolation 0" in cells(ready)["asked"][1]


def test_without_a_corpus_one_is_made_first(page: ModelsPage, qtbot: Any) -> None:
    click(qtbot, page.measure_button)
    qtbot.waitUntil(lambda: page.form.new_corpus.isVisible(), timeout=10_000)
    assert not page.form.start.isEnabled()
    assert page.form.start.toolTip() == "There is no corpus of its kind that holds pieces out; make one first."
    with qtbot.waitSignal(page.context.bus.go) as went:
        click(qtbot, page.form.new_corpus)
    assert went.args == ["corpus"]


def test_it_is_measured_for_real(page: ModelsPage, melody_corpus: Path, qtbot: Any) -> None:
    """The one test with a process of the engine, which takes seconds to start."""
    page.context.settings["corpora"] = [str(melody_corpus)]
    click(qtbot, page.measure_button)
    qtbot.waitUntil(lambda: page.form.corpus is not None, timeout=10_000)
    choose(page, qtbot, 2)
    page.form.form.restore({"samples": 1, "interpolation": 1, "generated": 2, "harmony": 0})
    ask(page, qtbot, 4)
    qtbot.waitUntil(lambda: not page.measurer.running, timeout=120_000)
    assert page.form.error.text() == ""
    over(page, qtbot)
    found = page.shown[0]
    assert found.figures[("n",)] == 4
    assert ("interpolation", "to_first") in found.curves
    assert len(found.nearest) == 2
    assert page.measure_button.hasFocus()
    assert found.on == f"test split of {melody_corpus.name}"
