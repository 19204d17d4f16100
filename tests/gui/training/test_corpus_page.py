"""The Corpus page with clicks and keys: building, looking, listening, what was left out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from genstudio import paths
from genstudio.gui import child as child_module
from genstudio.gui import corpora
from genstudio.gui.items import Item
from genstudio.gui.pages.corpus import CorpusPage
from genstudio.gui.theme import DARK

WAITS = r"""
import json, sys
words = sys.argv[1:]
events = open(words[words.index("--events") + 1], "w", buffering=1)
for number in range(1, 51):
    print(json.dumps({{"event": "progress", "stage": "reading", "done": number, "total": 100}}), file=events)
sys.stdin.read()
print(json.dumps({{"event": "end", "status": "stopped"}}), file=events)
sys.exit({path!r} and 130)
"""


@pytest.fixture
def page(open_page: Callable[[type[Any]], Any]) -> CorpusPage:
    return open_page(CorpusPage)


@pytest.fixture
def songs(tunes: Path, tmp_path: Path) -> Path:
    """Sixty tunes, one of them twice, and a damaged file."""
    folder = tmp_path / "My songs"
    shutil.copytree(tunes, folder)
    shutil.copy(folder / "tune-00.mid", folder / "tune-again.mid")
    (folder / "broken.mid").write_bytes(b"MThd")
    return folder


@pytest.fixture
def look_at(page: CorpusPage, qtbot: Any) -> Callable[[Path], None]:
    def look(folder: Path) -> None:
        page.look_at(str(folder))
        qtbot.waitUntil(lambda: page.details.examined is not None and page.details.folder == str(folder), timeout=20000)

    return look


def drop(target: Any, *paths_dropped: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths_dropped])
    enter = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)


@pytest.mark.slow
def test_a_folder_that_is_dropped_becomes_a_corpus(page: CorpusPage, songs: Path, qtbot: Any) -> None:
    panel = page.panel
    assert not panel.build.isEnabled()
    assert panel.build.toolTip() == "Choose a folder or files first."
    drop(panel.well, songs)
    qtbot.waitUntil(panel.build.isEnabled, timeout=5000)
    assert panel.found.text() == "62 files of music"
    assert panel.name.text() == "My songs"
    qtbot.mouseClick(panel.fold, Qt.MouseButton.LeftButton)
    assert panel.form is not None
    panel.form.put("vocab-size", 340)
    panel.form.put("stride", 2)
    with qtbot.waitSignal(page.context.bus.corpora_changed, timeout=60000) as told:
        qtbot.mouseClick(panel.build, Qt.MouseButton.LeftButton)
        assert page.importing.isVisible()
        assert not panel.isVisible()
    out = paths.corpora() / "My-songs"
    assert told.args == [str(out)]
    assert page.context.settings["corpora"] == [str(out)]
    details = page.details
    qtbot.waitUntil(lambda: details.examined is not None, timeout=20000)
    assert details.isVisible()
    assert page.entries.current == str(out)
    assert details.title.text() == "My-songs"
    assert "2 bars" in details.about.text()
    assert "taken: 60" in details.shares.accessibleDescription()
    assert "there twice: 1" in details.shares.accessibleDescription()
    assert "refused: 1" in details.shares.accessibleDescription()
    assert [plot.name for plot in details.examined.plots[:3]] == ["length", "metre", "tonic"]
    assert details.bars[1].accessibleDescription().startswith("4/4: ")
    refused = [row for row in details.left_out._rows.rows if row[0] == "refused"]
    assert len(refused) == 1
    assert refused[0][1].endswith("broken.mid")
    assert refused[0][2]


def test_phrases_are_heard_found_and_made_an_end(
    page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any
) -> None:
    look_at(melody_corpus)
    bus, table = page.context.bus, page.details.pieces
    page.details.tabs.setCurrentIndex(1)
    assert page.details.play_button.toolTip() == "Choose a phrase first."
    with qtbot.waitSignal(bus.selected, timeout=5000) as selected:
        table.pick(3)
    item = selected.args[0]
    assert isinstance(item, Item)
    assert item.piece.notes
    with qtbot.waitSignal(bus.play, timeout=5000):
        qtbot.keyClick(table.view, Qt.Key.Key_Space)
    with qtbot.waitSignal(bus.make_end, timeout=5000):
        qtbot.keyClick(table.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(bus.play, timeout=5000):
        qtbot.mouseClick(page.details.play_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(table.filter, "tune-07 held")
    shown = [table._filter.index(row, 3).data() for row in range(table.shown())]
    assert set(shown) <= {"tune-07.mid"}
    assert table.count.text().startswith(f"{table.shown()} of ")


def test_texts_are_read_in_the_table(page: CorpusPage, look_at: Callable[[Path], None], text_corpus: Path, qtbot: Any) -> None:
    look_at(text_corpus)
    table = page.details.pieces
    assert table._filter.index(0, 0).data().endswith(".")
    assert not page.details.play_button.isVisible()
    qtbot.keyClicks(table.filter, "moon")
    assert 0 < table.shown() < table.total()
    assert all("moon" in table._filter.index(row, 0).data() for row in range(table.shown()))


def test_what_was_left_out_is_sorted_filtered_and_copied(
    page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(melody_corpus, copy)
    report = copy / corpora.REPORT
    report.write_text('{"refused": [{"path": "b.mid", "reason": "no notes"}, {"path": "a.mid", "reason": "damaged"}], '
                      '"duplicates": [{"path": "c.mid", "reason": "duplicate of a.mid"}], '
                      '"remarks": ["x: track 2 was taken"]}')  # fmt: skip
    look_at(copy)
    page.details.tabs.setCurrentIndex(2)
    assert page.details.tabs.tabText(2) == "Left out (4)"
    table = page.details.left_out
    table.view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [table._filter.index(row, 1).data() for row in range(4)] == ["c.mid", "b.mid", "a.mid", ""]
    qtbot.keyClicks(table.filter, "a.mid")
    assert table.shown() == 2
    qtbot.mouseClick(table.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "there twice\tc.mid\tduplicate of a.mid\nrefused\ta.mid\tdamaged"
    table.view.selectRow(1)
    qtbot.keyClick(table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "refused\ta.mid\tdamaged"


def test_an_import_is_followed_and_cancelled(page: CorpusPage, songs: Path, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_module, "CODE", WAITS)
    page.take([str(songs)])
    qtbot.waitUntil(page.panel.build.isEnabled, timeout=5000)
    qtbot.mouseClick(page.panel.build, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.importing.bar.value() == 350, timeout=20000)
    assert page.importing.said.text().startswith("Reading  ·  50 of 100 files")
    (job,) = page.context.jobs.running
    assert job.fraction == 0.35
    qtbot.mouseClick(page.importing.cancel, Qt.MouseButton.LeftButton)
    assert not page.importing.cancel.isEnabled()
    qtbot.waitUntil(lambda: page.panel.isVisible(), timeout=20000)
    assert job.state == "stopped"
    assert page.panel.sources == [str(songs)]
    assert not paths.corpora().exists()


def test_what_cannot_be_built_is_told_in_place(page: CorpusPage, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "broken.mid").write_bytes(b"MThd")
    page.take([str(tmp_path / "bad")])
    qtbot.waitUntil(page.panel.build.isEnabled, timeout=5000)
    qtbot.mouseClick(page.panel.build, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.panel.error.isVisible, timeout=60000)
    assert "nothing can be learned from" in page.panel.error.text()
    assert "broken.mid" in page.panel.error.text()
    assert not paths.corpora().exists() or not list(paths.corpora().iterdir())


def test_what_a_folder_holds_chooses_what_is_learned(page: CorpusPage, sentences: Path, tmp_path: Path, qtbot: Any) -> None:
    page.take([str(sentences)])
    qtbot.waitUntil(page.panel.build.isEnabled, timeout=5000)
    assert page.panel.preset.currentText() == "Sentences"
    page.panel.preset.setCurrentIndex(0)
    assert page.panel.build.toolTip() == "None of the files is of this kind; choose another kind."
    qtbot.mouseClick(page.panel.remove, Qt.MouseButton.LeftButton)
    assert page.panel.sources == []
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "a.png").write_bytes(b"x")
    page.panel.add([str(tmp_path / "pictures")])
    qtbot.waitUntil(lambda: "Nothing in there can be read" in page.panel.found.text(), timeout=5000)
    for name in ("b.png", "c.doc", "README"):
        (tmp_path / "pictures" / name).write_bytes(b"x")
    page.panel.add([str(sentences)])
    others = "Of other kinds, not read: 4 (2 .png, 1 without a suffix, 1 .doc)"
    qtbot.waitUntil(lambda: others in page.panel.found.text(), timeout=5000)
    assert page.panel.found.text().startswith("1 file of text")


def test_the_example_of_the_empty_page_can_be_built(page: CorpusPage, qtbot: Any) -> None:
    assert page.empty.isVisible()
    qtbot.mouseClick(page.panel.sample_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.panel.build.isEnabled, timeout=5000)
    assert page.panel.name.text() == "amazing-grace"  # the first of the songs that come along
    assert len(page.panel.sources) > 3


def test_what_is_taken_out_twice_is_taken_out_once(page: CorpusPage, songs: Path, qtbot: Any) -> None:
    panel = page.panel
    drop(panel.well, songs)
    assert panel.sources
    panel.remove.click()
    panel.remove.click()  # one that was under way
    assert panel.sources == []
    qtbot.waitUntil(lambda: not page.context.engine.working, timeout=5000)


def test_a_damaged_corpus_says_so(page: CorpusPage, melody_corpus: Path, tmp_path: Path, qtbot: Any) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(melody_corpus, copy)
    (copy / "train.tokens.npy").write_bytes(b"nothing")
    page.look_at(str(copy))
    qtbot.waitUntil(page.details.error.isVisible, timeout=20000)
    assert "damaged" in page.details.error.text()
    assert not page.details.train_button.isEnabled()
    (copy / "manifest.json").write_text("{")
    page.look_at(str(copy))
    qtbot.waitUntil(lambda: "not valid JSON" in page.details.error.text(), timeout=20000)


def test_corpora_are_remembered_removed_and_trained_on(
    page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, text_corpus: Path, qtbot: Any
) -> None:
    own = paths.corpora() / "own"
    shutil.copytree(text_corpus, own)
    page.take([str(melody_corpus)])
    qtbot.waitUntil(lambda: len(page.facts) == 2, timeout=5000)
    look_at(own)
    with qtbot.waitSignal(page.context.bus.go) as told:
        qtbot.mouseClick(page.details.train_button, Qt.MouseButton.LeftButton)
    assert told.args == ["train"]
    assert page.context.bus.train_on == str(own)
    qtbot.mouseClick(page.details.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(page.facts) == 1, timeout=5000)
    assert not own.exists()
    look_at(melody_corpus)
    qtbot.mouseClick(page.details.remove_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.facts, timeout=5000)
    assert melody_corpus.exists()
    assert page.context.settings["corpora"] == []


def test_the_page_is_restored(page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any) -> None:
    look_at(melody_corpus)
    state = page.save()
    page.show_new()
    assert page.save() == {"folder": ""}
    page.restore(state)
    qtbot.waitUntil(lambda: page.details.isVisible() and page.details.folder == str(melody_corpus), timeout=5000)
    page.restore({"folder": 3})


def test_the_pointer_reads_a_bar(page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any) -> None:
    look_at(melody_corpus)
    bars = page.details.bars[2]
    qtbot.waitUntil(lambda: bars.plot is not None)
    before = bars.grab().toImage()
    qtbot.mouseMove(bars, QPoint(round(1.5 * bars.width() / 12), bars.height() // 2))
    assert bars.read.text() == "{}: {}".format(*page.details.examined.plots[2].bars[1])
    assert bars.grab().toImage() != before
    QApplication.sendEvent(bars, QEvent(QEvent.Type.Leave))
    assert bars.read.text() == ""
    shares = page.details.splits
    qtbot.waitUntil(lambda: shares.plot is not None)
    bar = shares.plot.getViewWidget()
    qtbot.mouseMove(shares, bar.mapTo(shares, bar.rect().center()))
    assert shares.read.text().startswith(f"{shares.named[0].split('  ')[0]}: ")


def test_charts_take_the_colours_of_the_theme(
    page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any
) -> None:
    look_at(melody_corpus)
    bars, shares = page.details.bars[0], page.details.shares
    page.context.theme.use(DARK)
    qtbot.waitUntil(lambda: bool(bars.items) and bars.items[0].opts["brushes"][0] == QColor(DARK.accent))
    qtbot.waitUntil(lambda: bool(shares.items) and shares.items[0].opts["brushes"][0] == QColor(DARK.accent))


def test_the_wheel_over_a_chart_scrolls_the_page(
    page: CorpusPage, look_at: Callable[[Path], None], melody_corpus: Path, qtbot: Any
) -> None:
    look_at(melody_corpus)
    page.window().resize(900, 400)
    shares = page.details.shares
    qtbot.waitUntil(lambda: shares.plot is not None)
    scroll, bar = page.details.overview.verticalScrollBar(), shares.plot.getViewWidget()
    assert scroll.value() == 0 < scroll.maximum()
    QTest.wheelEvent(page.window().windowHandle(), QPointF(bar.mapTo(page.window(), bar.rect().center())), QPoint(0, -120))
    assert scroll.value() > 0
