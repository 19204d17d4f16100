"""Learn my style, with clicks: from a person's own files or pieces to a model with a verdict."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from genstudio import paths
from genstudio.corpus import Corpus
from genstudio.gui import folders, learning
from genstudio.gui.items import Item
from genstudio.gui.learning import Beginning, beginnings, judge, look
from genstudio.gui.pages.train import TrainPage
from genstudio.gui.record import Record
from genstudio.gui.trainer import Order
from genstudio.gui.verdicts import so_far
from genstudio.gui.widgets.training_run import about_material, state_of
from genstudio.progress import Stop
from tests.gui.training.conftest import click

RECIPE = ("core.width=32", "optimizer.evaluate_on=8", "prior.steps=0")


@pytest.fixture
def page(open_page: Callable[[type[Any]], Any], qtbot: Any, context: Any, melody_model: Path) -> TrainPage:
    """The page, with a tiny model of melodies of two bars to go on from."""
    shutil.copytree(melody_model, paths.user_models() / "tunes-2")
    context.models.wanted = "tunes-2"
    with qtbot.waitSignal(context.models.listed, timeout=20_000):
        context.models.refresh()
    made = open_page(TrainPage)
    qtbot.waitUntil(lambda: made.trainer.restored, timeout=5000)
    return made


def looked(page: TrainPage, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: page.learn.seen is not None, timeout=20_000)


def drop(widget: Any, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    widget.dropEvent(event)


@pytest.mark.slow
def test_it_learns_from_a_folder_and_says_whether_it_is_good_enough(
    page: TrainPage, tunes: Path, tmp_path: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it for real: files are read, a model goes on from another, is paused, goes on and is used."""
    mine = tmp_path / "mine"
    shutil.copytree(tunes, mine)
    shutil.copy(mine / "tune-00.mid", mine / "twice.mid")
    (mine / "broken.mid").write_text("no music")
    (mine / "cover.jpg").write_bytes(b"")
    monkeypatch.setattr(folders, "ask", lambda *_, **__: [str(mine)])
    monkeypatch.setattr(learning, "_going_on", lambda *_: ("prior.steps=0", "optimizer.steps=1000000"))
    learn, panel = page.learn, page.panel
    assert not learn.go.isEnabled()
    assert learn.go.toolTip() == "Choose a folder or files first."
    click(qtbot, learn.well.folder_button)
    looked(page, qtbot)
    assert learn.well.found.text().startswith("62 files of music in mine\nOf other kinds, not read: 1 (1 .jpg)")
    assert (learn.name.text(), learn.chosen.name) == ("mine", "tunes-2")
    click(qtbot, learn.times.button(0))
    learn.own.setValue(1)
    click(qtbot, learn.go)
    assert learn.work.isVisible()
    assert not learn.go.isEnabled()
    qtbot.waitUntil(lambda: bool(page.trainer.runs), timeout=60_000)
    run = page.trainer.runs[0]
    assert (run.order.minutes, Path(run.order.start).name) == (1.0, "tunes-2")
    assert panel.run is run
    assert page.entries.hasFocus()
    qtbot.waitUntil(lambda: bool(run.record.evaluations) and run.record.step > 3, timeout=90_000)
    assert run.record.evaluations[0].step == 0  # what it could do before
    qtbot.waitUntil(lambda: bool(panel.now.cards.items), timeout=10_000)
    assert panel.now.cards.caption(0) == "Yours, kept back"
    assert panel.now.cards.items[0].piece.notes
    assert " of 100 notes come back in pieces that it has not seen." in panel.now.hint.text()
    told = "more are kept back to see how well it learns. Left out: 1 there twice; 1 file of another kind; 1 that cannot"
    assert told in panel.material.text()
    assert "min" in panel.state.text() or "minute" in panel.state.text()
    panel.buttons["pause"].setFocus()
    qtbot.keyClick(panel.buttons["pause"], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: run.state == "paused", timeout=60_000)
    assert not any(panel.buttons[name].hasFocus() for name in ("stop", "discard"))
    assert panel.state.text().startswith("Paused at ")
    step = run.saved
    assert step > 3
    run.order = Order(**{**run.order.__dict__, "minutes": run.record.seconds / 60 + 0.02})  # nobody waits for a minute
    click(qtbot, panel.buttons["resume"])
    qtbot.waitUntil(lambda: run.state == "done", timeout=90_000)
    assert run.saved > step
    assert panel.ready.head.text().startswith(("Good enough", "Nearly there", "Not good enough yet"))
    assert " of 100 notes come back in pieces that it has not seen. Before it learned" in panel.ready.words.text()
    with qtbot.waitSignals([page.context.models.changed, page.context.bus.models_changed], timeout=60_000):
        click(qtbot, panel.use_button)
    assert page.context.models.current.name == "mine"


def test_dropped_files_of_no_use_are_told_at_once(page: TrainPage, tmp_path: Path, qtbot: Any) -> None:
    picture, broken = tmp_path / "a.png", tmp_path / "b.mid"
    picture.write_bytes(b"")
    broken.write_text("no music")
    drop(page.learn.well, picture)
    looked(page, qtbot)
    said = page.learn.well.found.text()
    assert said.startswith("Nothing here can be learned from: expected MIDI, ABC, MusicXML or text files.")
    assert said.endswith(" Of other kinds, not read: 1 (1 .png)")
    assert not page.learn.go.isEnabled()
    click(qtbot, page.learn.well.clear_button)
    assert page.learn.well.hint.isVisible()
    drop(page.learn.well, broken)
    looked(page, qtbot)
    said = page.learn.well.found.text()
    assert said.startswith("Nothing here can be learned from. ")
    assert said.count("b.mid") == 1
    assert str(tmp_path) not in said
    assert page.learn.chosen is None


def test_too_few_are_told_before_time_is_spent(page: TrainPage, tunes: Path, qtbot: Any) -> None:
    page.learn.add([str(tunes / "tune-01.mid")])
    looked(page, qtbot)
    click(qtbot, page.learn.go)
    qtbot.waitUntil(page.learn.error.isVisible, timeout=60_000)
    assert "at least 8 are needed. Add more pieces" in page.learn.error.text()
    assert not page.learn.all_the_same.isVisible()
    assert page.learn.go.isEnabled()
    assert not page.trainer.runs
    page.learn.well.clear()
    qtbot.waitUntil(lambda: not page.context.engine.working, timeout=20_000)
    assert not list(paths.corpora().iterdir())  # nothing of it is left


@pytest.mark.usefixtures("fake")
def test_one_song_is_learned_only_when_that_is_wished(
    page: TrainPage, make_tune: Callable[..., Any], tmp_path: Path, qtbot: Any, melody_corpus: Path
) -> None:
    shutil.copytree(melody_corpus, paths.corpora() / "song")
    report = paths.corpora() / "song" / "report.json"
    report.write_text(json.dumps({**json.loads(report.read_text()), "groups": 1}))
    learn = page.learn
    make_tune(5, 60, (4, 4)).write(str(tmp_path / "song.mid"))
    learn.add([str(tmp_path / "song.mid")])
    looked(page, qtbot)
    learn.learner._wish = learning.Wish("song", tuple(learn.sources), learn.chosen, 5.0)
    learn.learner._built(str(paths.corpora() / "song"))
    qtbot.waitUntil(learn.error.isVisible, timeout=20_000)
    assert learn.error.text().startswith("All of it is one piece, or much the same one")
    with qtbot.waitSignal(page.context.bus.corpora_changed):
        click(qtbot, learn.all_the_same)
    assert page.trainer.runs[0].order.minutes == 5.0
    page.trainer.discard(page.trainer.runs[0])


def test_pieces_of_the_library_are_taken(page: TrainPage, tunes: Path, qtbot: Any) -> None:
    from genstudio.domains import get_domain, read_file

    melody, text = get_domain("melody"), get_domain("text")
    items = [Item(read_file(melody, path).pieces[0], "melody", path.stem) for path in sorted(tunes.iterdir())[:4]]
    items.append(Item(text.from_symbols("A line."), "text", "A line."))
    page.context.bus.learn_from.emit(items)
    looked(page, qtbot)
    assert page.learn.well.found.text() == "4 pieces of the library\nLeft out, being of another kind than the melodies: 1"
    assert (page.learn.name.text(), page.learn.chosen.domain) == ("My style", "melody")
    folder = Path(page.learn.sources[0])
    assert len(list(folder.iterdir())) == 4
    click(qtbot, page.learn.well.clear_button)
    assert not folder.exists()
    assert page.learn.sources == []


def test_models_are_called_by_their_titles(page: TrainPage, tunes: Path, qtbot: Any) -> None:
    models = page.context.models
    models.known = [{**one, "title": "My jigs"} for one in models.known if one["name"] == "tunes-2"]
    page.learn.add([str(tunes / "tune-01.mid")])
    looked(page, qtbot)
    assert page.learn.beginning.itemText(0).startswith("My jigs ")


def test_the_kind_is_found_by_what_is_in_the_files(tunes: Path, sentences: Path) -> None:
    seen = look([str(tunes)], Stop())
    assert next(iter(seen.holds)) == "melody"
    assert "drums" not in seen.holds
    assert list(look([str(sentences)], Stop()).holds) == ["text"]
    beats = look([str(paths.resources() / "beats")], Stop())
    assert next(iter(beats.holds)) == "drums"


def test_what_fits_is_offered(melody_model: Path) -> None:
    known = [
        {"name": "tunes", "folder": "/m/tunes", "domain": "melody", "preset": "melody-16bar",
         "phrase": {"length": 16, "stride": 8}},
        {"name": "broken", "folder": "/m/broken", "error": "damaged"},
        {"name": "words", "folder": "/m/words", "domain": "text", "preset": "sentence", "phrase": {"length": 0}},
        {"name": "lead", "folder": "/m/lead", "domain": "score", "preset": "gone", "phrase": {"length": 8, "stride": 1},
         "parts": ["melody", "symbols"]},
    ]  # fmt: skip
    found = beginnings(known, {"melody": 3, "score": 1})
    assert [one.name for one in found[:2]] == ["tunes", "lead"]
    assert {one.domain for one in found[2:]} == {"melody", "score"}
    assert all(not one.folder for one in found[2:])
    assert found[0].options() == [
        "--preset", "melody-16bar", "--tokenizer", str(Path("/m/tunes/tokenizer")), "--bars", "16", "--stride", "8",
    ]  # fmt: skip
    assert found[1].options()[-2:] == ["--parts", "melody,symbols"]
    assert Beginning("text", "sentence").options() == ["--preset", "sentence"]


def test_a_corpus_is_judged(melody_corpus: Path, melody_model: Path, tmp_path: Path) -> None:
    going_on = Beginning("melody", "melody-2bar", "tunes-2", str(melody_model), 2, 2)
    fine = judge(str(melody_corpus), going_on)
    assert fine.problem == ""
    assert "kl.warmup=0" in fine.overrides
    tokens = int(Corpus.open(melody_corpus).split("train").lengths.sum())
    assert 1_000 < tokens < 12_000
    assert f"optimizer.learning_rate={0.0008 * tokens / 12_000:.3g}" in fine.overrides  # gently, since they are few
    assert "kl.weight=0.35" in fine.overrides  # as it was trained before
    mine = tmp_path / "mine"
    shutil.copytree(melody_corpus, mine)
    report = json.loads((mine / "report.json").read_text())
    (mine / "report.json").write_text(json.dumps({**report, "mean_tokens": 5000.0}))
    assert "far longer than those that tunes-2 knows" in judge(str(mine), going_on).problem


def record(*looks: tuple[int, int, dict[str, float]]) -> Record:
    """What a training told in evaluations: each its step, the step that was the best then, and figures."""
    made = Record()
    for step, kept, figures in looks:
        made.take({"event": "evaluation", "step": step, "kept": kept, "reconstruction": figures})
    return made


def test_the_verdict_is_words_and_then_a_number() -> None:
    good = so_far(record((0, 0, {"note_f1": 0.71}), (9, 9, {"note_f1": 0.944})))
    assert (good.tone, good.head) == ("good", "Good enough to use")
    assert good.words == "94 of 100 notes come back in pieces that it has not seen. Before it learned from yours it was 71."
    fair = so_far(record((9, 9, {"hit_f1": 0.8})))
    assert (fair.tone, fair.head) == ("warn", "Nearly there: it can be tried, and more time helps")
    assert "hits" in fair.words
    assert so_far(record((9, 9, {"character_accuracy": 0.2, "exact": 0.1}))).tone == "bad"
    assert so_far(record((9, 9, {"kl": 3.0}))) is None
    assert so_far(Record()) is None


def test_what_was_learned_by_heart_is_said_and_more_time_is_not_advised() -> None:
    later = so_far(record((0, 0, {"note_f1": 0.5}), (5, 5, {"note_f1": 0.7}), (9, 5, {"note_f1": 0.1})))
    assert (later.tone, later.head) == ("bad", "Not good enough yet: give it more pieces")
    assert later.words == (
        "70 of 100 notes come back in pieces that it has not seen. Before it learned from yours it was 50. After that it began to "
        "learn by heart, so its best state is kept."
    )
    nothing = so_far(record((0, 0, {"note_f1": 1.0}), (5, 0, {"note_f1": 0.17}), (9, 0, {"note_f1": 0.08})))
    assert (nothing.tone, nothing.head) == (
        "bad", "Too few to learn from: the model that it went on from remains the better one",
    )  # fmt: skip
    assert nothing.words.startswith("100 of 100 notes come back")
    assert nothing.words.endswith("All that it learned of yours it learned by heart, so it was left as it was.")


def test_the_material_is_told() -> None:
    kept_back = "more are kept back to see how well it learns."
    assert about_material({"used_pieces": 40, "train": 36, "valid": 4}) == f"Learns from 36 pieces; 4 {kept_back}"
    assert about_material({"used_pieces": 9, "train": 80, "valid": 7}) == f"Learns from 80 phrases of 9 pieces; 7 {kept_back}"
    refused = [{"path": "/a/b.mid", "reason": "no."}]
    told = about_material({"used_pieces": 12, "train": 11, "valid": 1, "duplicate_pieces": 2, "ignored": 3, "refused": refused})
    left_out = "2 there twice; 3 files of other kinds; 1 that cannot be used (b.mid: no)."
    assert told == f"Learns from 11 pieces; 1 {kept_back} Left out: {left_out}"


@pytest.mark.usefixtures("fake")
def test_a_time_is_followed_and_kept(page: TrainPage, qtbot: Any) -> None:
    run = page.trainer.add(Order("mine", "/corpus", "melody-2bar", RECIPE, start="/model", minutes=30.0))
    page.look_at(run)
    qtbot.waitUntil(lambda: run.record.step > 3, timeout=20_000)
    assert run.left == pytest.approx(1800 - run.record.seconds)
    assert state_of(run) == ("Learning, 0 %", "accent")
    page.trainer.pause(run)
    qtbot.waitUntil(lambda: run.state == "paused", timeout=20_000)
    kept = json.loads((run.folder / "run.json").read_text())
    assert (kept["start"], kept["minutes"]) == ("/model", 30.0)
    words = run.order.arguments()
    assert words[words.index("--from") + 1] == "/model"
    assert words[words.index("--max-minutes") + 1] == "30"
    assert words[words.index("--evaluate-minutes") + 1] == "5"


@pytest.mark.usefixtures("fake")
def test_what_it_can_do_now_is_beside_the_piece(page: TrainPage, tunes: Path, qtbot: Any) -> None:
    """The cards of the latest evaluation; where the model has written nothing, there is none."""
    run = page.trainer.add(Order("mine", "/corpus", "melody-2bar", ("optimizer.steps=3",), minutes=30.0))
    qtbot.waitUntil(lambda: run.state == "done", timeout=20_000)
    page.look_at(run)
    assert not page.panel.now.isVisible()
    examples = run.folder / "training" / "examples"
    examples.mkdir()
    for number, name in enumerate(("original.mid", "step-000006.mid", "new-000006.mid", "step-000009.mid")):
        shutil.copy(sorted(tunes.iterdir())[number], examples / name)
    evaluation = {"event": "evaluation", "reconstruction": {"note_f1": 0.62}, "example": "/x/step-000006.mid"}
    run.record.take({**evaluation, "step": 6, "new": "/x/new-000006.mid"})
    run.advanced.emit()
    cards = page.panel.now.cards
    qtbot.waitUntil(lambda: len(cards.items) == 3, timeout=10_000)
    assert [cards.caption(number) for number in range(3)] == ["Yours, kept back", "What comes back", "A new one"]
    assert page.panel.ready.words.text().startswith("62 of 100 notes come back")
    run.record.take({**evaluation, "step": 6, "new": "/x/new-000006.mid", "copied": True, "new_copied": True})
    page.panel.now.retranslate()
    qtbot.waitUntil(lambda: cards.caption(2) == "Not new: a copy of yours", timeout=10_000)
    assert cards.caption(1) == "Comes back as a copy"
    assert not page.panel.use_button.property("kind")  # what is not good enough is not the main thing to use
    cards.select(2)
    assert page.context.bus.selection is cards.items[2]  # which Space plays
    run.record.take({**evaluation, "step": 9, "example": "/x/step-000009.mid", "new": "/x/gone.mid"})
    run.advanced.emit()
    qtbot.waitUntil(lambda: len(cards.items) == 2, timeout=10_000)
    assert page.panel.ready.head.text() == "Not good enough yet: give it more time, or more pieces"
    click(qtbot, page.panel.longer_button)
    assert run.order.minutes == 60.0
    qtbot.waitUntil(lambda: run.state == "done", timeout=20_000)
