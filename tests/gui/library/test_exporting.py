"""What leaves the window: files of every format with their provenance, what is dragged and copied, and nothing written over."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import genstudio
from genstudio.domains import get_domain
from genstudio.errors import FileError, InputError, Stopped
from genstudio.gui.context import Context
from genstudio.gui.items import Item, items_of
from genstudio.gui.speech import listed
from genstudio.gui.widgets.export_dialog import ExportDialog, export
from genstudio.gui.widgets.exporting import ExportOptions, Written, planned, words, write_items
from genstudio.gui.widgets.handing import MIME, files_in, items_in, mime_for
from genstudio.gui.widgets.naming import file_names, plain_name, stem_for
from genstudio.progress import Progress, Stop
from genstudio.rendering import provenance_of
from genstudio.rendering.formats.registry import CHOICES, OPTIONS

Melodies = Callable[..., list[Item]]
Made = Callable[..., Any]


# -- names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kesh", "The Kesh"), ("a/b\\c:d*?", "a b c d"), ("  . ", "piece"), ("CON", "CON_"), ("nul.mid", "nul.mid_"),
        ("", "piece"),
        ("欢乐颂\n二", "欢乐颂 二"), ("x" * 300, "x" * 80), ("\ud800", "piece"),
    ],
)  # fmt: skip
def test_a_title_as_a_name(text: str, name: str) -> None:
    assert plain_name(text) == name


def test_names_differ(melodies: Melodies) -> None:
    items = [replace(item, title=title) for item, title in zip(melodies(3), ["A", "a", "b"], strict=True)]
    assert file_names(items, ".mid") == ["A.mid", "a (2).mid", "b.mid"]
    assert file_names(items, ".mid", "Way {number} {title}") == ["Way 01 A.mid", "Way 02 a.mid", "Way 03 b.mid"]
    assert file_names(items[:1], ".mid", "Way") == ["Way.mid"]
    assert file_names(items[:2], ".mid", "Way") == ["Way 01.mid", "Way 02.mid"]  # else they would be alike
    assert file_names(items[:1], ".mid", "{name} {model} {kind} {what}") == ["A folk melody {what}.mid"]
    auto = [replace(item, title=item.job.title(item.place)) for item in items]
    assert file_names(auto, ".mid", "{name} {number} {title}")[1] == "The Kesh - Ode to Joy 02.mid"  # not all of it twice
    assert stem_for(items) == "The Kesh - Ode to Joy"
    assert stem_for([replace(items[0], job=None), items[1]]) == ""


# -- writing


@pytest.mark.parametrize(
    "format",
    [name for name, (known, choice) in CHOICES.items() if known.kind == "music" and known.traces and choice.group != "chart"],
)
def test_every_format_is_written_with_its_provenance(melodies: Melodies, tmp_path: Path, format: str) -> None:
    items = melodies(2)
    settings = {"rate": 22050} if CHOICES[format][1].group == "sound" else {}
    found = write_items(items[1:], tmp_path / "new", [format], ExportOptions(settings=settings))
    (path,) = found.paths
    assert path.stat().st_size > 100
    trace = provenance_of(path)
    assert trace is not None
    assert items[1].job is not None
    assert (trace.job, trace.index) == (items[1].job.id, 1)


def test_text_is_written(made: Made, tmp_path: Path) -> None:
    items = items_of(made("one house", "two houses"))
    (path,) = write_items(items, tmp_path, ["txt"], ExportOptions(joined=True, pattern="all")).paths
    assert path.read_text(encoding="utf-8") == "one house\ntwo houses\n"
    (table,) = write_items(items, tmp_path, ["csv"], ExportOptions(joined=True)).paths
    assert table.name == "sample.csv"
    assert len(table.read_text(encoding="utf-8").splitlines()) == 3
    assert len(write_items(items, tmp_path, ["txt"]).paths) == 2


def test_all_in_one_file(melodies: Melodies, tmp_path: Path) -> None:
    (path,) = write_items(melodies(3), tmp_path, ["midi"], ExportOptions(joined=True, pattern="whole")).paths
    (whole,) = get_domain("melody").read(path).pieces
    assert whole.bars == 6


def test_nothing_is_written_over_unless_asked(melodies: Melodies, tmp_path: Path) -> None:
    items = melodies(1)
    first = write_items(items, tmp_path, ["midi"]).paths[0]
    first.write_bytes(b"mine")
    second = write_items(items, tmp_path, ["midi"]).paths[0]
    assert (first.name, second.name) == ("step 0.mid", "step 0 (2).mid")
    assert first.read_bytes() == b"mine"
    write_items(items, tmp_path, ["midi"], ExportOptions(replace=True))
    assert first.read_bytes() == second.read_bytes()


def test_settings_reach_the_engine(melodies: Melodies, tmp_path: Path) -> None:
    options = ExportOptions(settings={"instrument": 41, "tempo": 2.0})
    (path,) = write_items(melodies(1), tmp_path, ["midi"], options).paths
    (piece,) = get_domain("melody").read(path).pieces
    assert piece.program == 40
    assert round(piece.tempos[0].bpm) == 220


def test_each_format_gets_its_own_options(melodies: Melodies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    given: list[dict[str, Any]] = []
    monkeypatch.setattr(
        genstudio, "export", lambda pieces, path, **options: given.append(options) or {"path": path, "remarks": []}
    )
    wish = {"theme": "dark", "rate": 22050, "tempo": 2.0, "scale": 3.0, "instrument": 41, "soundfont": "a.sf2"}
    write_items(melodies(1), tmp_path, ["midi", "wav", "score-svg", "roll-png"], ExportOptions(settings=wish))
    found = [{name: value for name, value in one.items() if name not in ("to", "provenance")} for one in given]
    assert found == [
        {"tempo": 2.0, "instrument": 41},
        {"tempo": 2.0, "instrument": 41, "rate": 22050, "soundfont": "a.sf2"},
        {"tempo": 2.0, "picture": "score"},
        {"theme": "dark", "scale": 3.0, "picture": "roll"},
    ]


def test_progress_and_stop(melodies: Melodies, tmp_path: Path) -> None:
    stop, events = Stop(), []

    def report(event: Progress) -> None:
        events.append((event.done, event.total))
        if event.done == 2:
            stop.request()

    with pytest.raises(Stopped):
        write_items(melodies(5), tmp_path, ["midi"], report=report, stop=stop)
    assert events == [(0, 5), (1, 5), (2, 5)]
    assert len(list(tmp_path.iterdir())) == 3


def test_a_failure_says_how_far_it_came(melodies: Melodies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    export, count = genstudio.export, iter(range(9))

    def failing(*args: Any, **options: Any) -> Any:
        if next(count) == 1:
            raise FileError("cannot write it: no space left.")
        return export(*args, **options)

    monkeypatch.setattr(genstudio, "export", failing)
    with pytest.raises(FileError, match="1 of 3 files were written; then: cannot write it"):
        write_items(melodies(3), tmp_path, ["midi"])
    with pytest.raises(InputError, match="nothing to export"):
        write_items([], tmp_path, ["midi"])
    with pytest.raises(InputError, match="there is no format"):
        write_items(melodies(1), tmp_path, ["mp3"])


def test_the_words_of_each_format_are_offered_for_translation() -> None:
    shown = {word for drums in (False, True) for pair in words(drums=drums).values() for word in pair}
    asked = [OPTIONS[name].metadata for _, choice in CHOICES.values() for name in choice.asks]
    shown |= {word for about in asked for word in (about["label"], *map(str.capitalize, about["choices"]))}
    assert shown <= {word for texts in listed().values() for word in texts}


# -- drag, copy, paste


def test_what_is_dragged_is_a_file_and_comes_back_whole(melodies: Melodies, qtbot: QtBot) -> None:
    items = melodies(2)
    data = mime_for(items)
    files = [Path(url.toLocalFile()) for url in data.urls()]
    assert [file.name for file in files] == ["step 0.mid", "step 1.mid"]
    trace = provenance_of(files[1])
    assert trace is not None
    assert trace.index == 1
    back = items_in(data)
    assert [item.piece for item in back] == [item.piece for item in items]
    assert back[1].job is not None
    assert items[1].job is not None
    assert (back[1].job.id, back[1].place) == (items[1].job.id, 1)
    assert files_in(data) == []  # ours, not files from elsewhere


def test_sentences_are_text(made: Made, qtbot: QtBot) -> None:
    data = mime_for(items_of(made("one house", "two")))
    assert data.text() == "one house\ntwo"
    assert not data.hasUrls()
    assert [item.piece.text for item in items_in(data)] == ["one house", "two"]


def test_what_others_hand_over(tmp_path: Path, qtbot: QtBot) -> None:
    text = QMimeData()
    text.setText("  words from elsewhere ")
    (item,) = items_in(text)
    assert (item.domain, item.piece.text) == ("text", "words from elsewhere")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.mid")), QUrl("https://example.org/b.mid")])
    assert files_in(files) == [str(tmp_path / "a.mid")]
    assert items_in(files) == []


@pytest.mark.parametrize("raw", [b"", b"[]", b"PK\x03\x04 and nothing else", b"[" * 100_000])
def test_what_is_damaged_gives_nothing(raw: bytes, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setData(MIME, raw)
    assert items_in(data) == []


# -- the dialog


@pytest.fixture
def dialog(context: Context, melodies: Melodies, qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    items = melodies(3)
    context.settings["export"] = {"folder": str(tmp_path / "out")}
    dialog = export(context, items[:2], items)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    return dialog


def test_some_of_many_are_written(dialog: ExportDialog, context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    said: list[str] = []
    folders: list[Path] = []
    context.bus.wrote.connect(lambda sentence, folder: (said.append(sentence), folders.append(folder)))
    assert dialog.every.checkState() == Qt.CheckState.PartiallyChecked
    assert [dialog.place.files.item(row).text() for row in range(2)] == [
        "The Kesh - Ode to Joy 01 step 0.mid", "The Kesh - Ode to Joy 02 step 1.mid"
    ]  # fmt: skip
    with qtbot.waitSignal(dialog.written) as told:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    written = told.args[0]
    assert isinstance(written, Written)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "The Kesh - Ode to Joy 01 step 0.mid", "The Kesh - Ode to Joy 02 step 1.mid"
    }  # fmt: skip
    assert "2 files were written" in said[0]
    assert folders == [tmp_path / "out"]
    assert not dialog.isVisible()
    kept = context.settings["export"]
    assert (kept["folder"], kept["format"]) == (str(tmp_path / "out"), {"melody": ["midi"]})
    assert len(context.jobs.all) == 1


def test_all_and_none_are_ticked_at_once(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.every.click()
    assert len(dialog.chosen) == 3
    dialog.every.click()
    assert dialog.chosen == []
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip()
    dialog.pieces.item(2).setCheckState(Qt.CheckState.Checked)
    assert dialog.go.isEnabled()
    assert [item.title for item in dialog.chosen] == ["step 2"]


def test_options_belong_to_formats(dialog: ExportDialog) -> None:
    dialog.choose("wav")
    dialog.options_form.fields["instrument"].setCurrentIndex(41)
    dialog.options_form.fields["tempo"].setValue(1.5)
    dialog.options_form.fields["rate"].setCurrentIndex(0)
    assert dialog.options.settings == {"instrument": 41, "tempo": 1.5, "rate": 22050}
    assert dialog.options_form.fields["scale"].isHidden()
    dialog.choose("score-png")
    dialog.options_form.fields["scale"].setValue(1.0)
    assert dialog.options.settings == {"tempo": 1.5, "scale": 1.0}
    dialog.choose("roll-svg")
    assert dialog.options.settings == {"theme": "light"}
    assert dialog.joined.isChecked()


def test_files_that_are_there_are_told(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "out").mkdir()
    there = tmp_path / "out" / "mine.mid"
    there.write_bytes(b"mine")
    dialog.joined.setChecked(True)
    assert dialog.place.clash.isHidden()
    dialog.place.name.clear()
    qtbot.keyClicks(dialog.place.name, "mine")
    assert not dialog.place.clash.isHidden()
    assert "mine.mid" in dialog.place.there.text()
    assert not dialog.options.replace
    with qtbot.waitSignal(dialog.written) as told:
        dialog.go.click()
    assert told.args[0].paths[0].name == "mine (2).mid"
    assert there.read_bytes() == b"mine"


def test_a_failure_stands_in_the_dialog(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    dialog.place.folder.setText(str(tmp_path / "file"))
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.error.isHidden())
    assert "annot write" in dialog.error.text()
    assert dialog.go.isEnabled()
    assert dialog.isVisible()


def test_every_control_has_a_name(dialog: ExportDialog, context: Context, made: Made, melodies: Melodies, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QAbstractButton

    for widget in dialog.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
            assert named, widget
    mixed = export(context, [*melodies(1), *items_of(made("a"))])
    mixed.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(mixed)
    mixed.choose("txt")
    assert [item.domain for item in mixed.chosen] == ["text"]
    assert mixed.pieces.item(0).toolTip()


def test_names_of_several_formats(melodies: Melodies, made: Made, tmp_path: Path) -> None:
    def names(items: list[Item], *formats: str, **options: Any) -> list[str]:
        return [file.name for file in planned(items, formats, ExportOptions(**options), tmp_path)]

    items = melodies(2)
    assert names(items, "roll-svg", joined=True) == ["The Kesh - Ode to Joy.svg"]
    assert names(items, "midi", "wav", joined=True, pattern="{name} {number} {title}") == [
        "The Kesh - Ode to Joy.mid", "The Kesh - Ode to Joy.wav",
    ]  # fmt: skip
    assert names(items[:1], "score-svg", "roll-svg") == ["step 0.svg", "step 0 - piano roll.svg"]
    assert names([*items[:1], *items_of(made("a"))], "txt", "midi") == ["a.txt", "step 0.mid"]
    (tmp_path / "step 0.mid").write_bytes(b"mine")
    assert names(items[:1], "midi") == ["step 0 (2).mid"]
    assert names(items[:1], "midi", replace=True) == ["step 0.mid"]


def test_several_formats_at_once(dialog: ExportDialog, context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("abc", "roll-svg"):
        row = next(row for row in range(dialog.formats.count()) if dialog.formats.item(row).data(Qt.ItemDataRole.UserRole) == name)
        rect = dialog.formats.visualItemRect(dialog.formats.item(row))
        qtbot.mouseClick(dialog.formats.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert dialog.formats.ticked == ["midi", "abc", "roll-svg"]
    assert dialog.place.files.count() == 6
    assert dialog.place.files.item(5).text().endswith("02 step 1.svg")
    dialog.options_form.fields["tempo"].setValue(1.5)
    with qtbot.waitSignal(dialog.written) as told:
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert sorted(path.suffix for path in told.args[0].paths) == [".abc", ".abc", ".mid", ".mid", ".svg", ".svg"]
    again = export(context, dialog.items)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    assert again.formats.ticked == ["midi", "abc", "roll-svg"]
    assert again.place.folder.text() == str(tmp_path / "out")
    assert again.options_form.values["tempo"] == 1.5


def test_a_format_is_needed(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.choose()
    assert not dialog.go.isEnabled()
    assert dialog.go.toolTip() == "Tick at least one format."
    dialog.formats.setFocus()
    dialog.formats.setCurrentRow(1)
    qtbot.keyClick(dialog.formats, Qt.Key.Key_Space)
    assert dialog.formats.ticked == ["midi"]
    assert dialog.go.isEnabled()


def test_a_pattern_for_the_names(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.place.name.clear()
    qtbot.keyClicks(dialog.place.name, "My way")
    assert [dialog.place.files.item(row).text() for row in range(2)] == ["My way 01.mid", "My way 02.mid"]
    next(action for action in dialog.place.tokens().actions() if action.text().startswith("Title")).trigger()
    assert dialog.place.name.text() == "My way {title}"
    assert dialog.place.files.item(1).text() == "My way step 1.mid"


def test_what_is_there_is_replaced_only_when_asked(dialog: ExportDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "same 01.mid").write_bytes(b"mine")
    dialog.place.name.clear()
    qtbot.keyClicks(dialog.place.name, "same")
    assert dialog.place.files.item(0).text() == "same 01 (2).mid"
    dialog.place.clash.setCurrentIndex(1)
    assert dialog.place.files.item(0).text() == "same 01.mid"
    assert dialog.options.replace
    with qtbot.waitSignal(dialog.written):
        dialog.go.click()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["same 01.mid", "same 02.mid"]


def test_stopping_says_how_far_it_came(
    dialog: ExportDialog, context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    export = genstudio.export

    def stopping(*args: Any, **options: Any) -> Any:
        done = export(*args, **options)
        dialog.foot._job.stop()
        return done

    monkeypatch.setattr(genstudio, "export", stopping)
    dialog.go.click()
    qtbot.waitUntil(lambda: not dialog.error.isHidden())
    assert dialog.error.text().startswith("Stopped: ")
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert dialog.go.isEnabled()


def test_what_is_still_on_the_clipboard_is_no_harm_at_the_end() -> None:
    program = """
from PySide6.QtWidgets import QApplication
from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.widgets.handing import mime_for
application = QApplication([])
QApplication.clipboard().setMimeData(mime_for([Item(get_domain("text").from_symbols("a b"), "text", "a")]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
