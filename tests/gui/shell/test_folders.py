"""The dialogs for files: what they offer first, and that nothing in them is cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from genstudio.gui.folders import choose_files, choose_folder, choose_place
from genstudio.gui.settings import Settings


def test_songs_and_texts_are_offered_first_and_no_word_is_cut(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, settings = QWidget(), Settings(tmp_path / "studio.json")
    qtbot.addWidget(parent)
    folder = tmp_path / "music"
    folder.mkdir()
    for name in ("a tune.mid", "a poem.txt", "a picture.png"):
        (folder / name).write_text("x")
    settings["folders"] = {"songs": str(folder)}
    seen: list[str] = []
    offered = {"a tune.mid", "a poem.txt"}

    def look(dialog: QFileDialog) -> int:
        dialog.show()
        rows = dialog.findChild(QTreeView)
        model, root = rows.model(), rows.rootIndex
        qtbot.waitUntil(lambda: {model.index(row, 0, root()).data() for row in range(model.rowCount(root()))} == offered)
        head = rows.header()
        assert head.length() <= rows.viewport().width()
        assert all(head.sectionSize(column) >= rows.sizeHintForColumn(column) for column in range(head.count()))
        seen.extend(dialog.nameFilters())
        dialog.findChild(QLineEdit, "fileNameEdit").setText("a tune.mid")
        dialog.accept()
        return 1

    monkeypatch.setattr(QFileDialog, "exec", look)
    assert choose_files(parent, settings, "songs", "Open songs") == [str(folder / "a tune.mid")]
    assert seen[0].startswith("Music and text (*.mid ")
    assert all(f"*{suffix}" in seen[0] for suffix in (".abc", ".musicxml", ".txt"))
    assert "*.txt" not in seen[1]
    assert seen[-1] == "All files (*)"


def test_what_is_not_chosen_is_nothing_and_a_name_is_offered(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, settings = QWidget(), Settings(tmp_path / "studio.json")
    qtbot.addWidget(parent)
    settings["folders"] = {"projects": str(tmp_path)}
    chosen: list[str] = []
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: chosen.extend(dialog.selectedFiles()) or 0)
    assert choose_place(parent, settings, "projects", "Save", "Projects (*.genstudio)", "mine.genstudio") == ""
    assert chosen == [str(tmp_path / "mine.genstudio")]
    assert choose_folder(parent, settings, "songs", "A folder") == ""
    assert settings["folders"] == {"projects": str(tmp_path)}
