"""A score leaves the window with the parts that are ticked, as the mixer has them."""

from __future__ import annotations

from pathlib import Path

import pretty_midi
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genstudio import paths
from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.widgets.export_dialog import ExportDialog
from genstudio.gui.widgets.handing import items_in, mime_for


def score(name: str) -> Item:
    (piece,) = get_domain("score").read(paths.resource(f"scores/{name}.musicxml")).pieces
    return Item(piece, "score", piece.title)


@pytest.fixture
def hymn() -> Item:
    return score("old-hundredth")


def open_dialog(context: Context, qtbot: QtBot, items: list[Item], folder: Path) -> ExportDialog:
    dialog = ExportDialog(context, items, items)
    qtbot.addWidget(dialog)
    dialog.choose("midi")
    dialog.place.folder.setText(str(folder))
    dialog.show()
    return dialog


def press(qtbot: QtBot, widget: object) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def tracks(path: Path) -> list[tuple[str, int, int]]:
    return [(one.name, one.program, len(one.notes)) for one in pretty_midi.PrettyMIDI(str(path)).instruments]


def test_the_ticked_parts_are_written_with_the_instruments_of_the_mixer(
    context: Context, hymn: Item, tmp_path: Path, qtbot: QtBot
) -> None:
    context.player.mixers.change(hymn, 0, program=73)
    context.player.mixers.change(hymn, 1, muted=True)
    dialog = open_dialog(context, qtbot, [hymn], tmp_path)
    assert {name: tick.isChecked() for name, tick in dialog.parts.items()} == {
        "Soprano": True, "Alto": False, "Tenor": True, "Bass": True,
    }  # fmt: skip
    assert dialog.options_form.fields["instrument"].isHidden()
    dialog.parts["Tenor"].click()
    with qtbot.waitSignal(dialog.written, timeout=20_000) as told:
        press(qtbot, dialog.go)
    (path,) = told.args[0].paths
    assert tracks(path) == [("Soprano", 73, 32), ("Bass", 52, 32)]


def test_without_a_part_nothing_can_be_written(context: Context, hymn: Item, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(context, qtbot, [hymn], tmp_path)
    assert dialog.go.isEnabled()
    for tick in dialog.parts.values():
        tick.click()
    assert not dialog.go.isEnabled()
    assert "at least one part" in dialog.go.toolTip()


def test_a_melody_has_no_parts_to_choose_from(context: Context, tmp_path: Path, qtbot: QtBot) -> None:
    piece = get_domain("melody").from_object(score("amazing-grace").piece)
    dialog = open_dialog(context, qtbot, [Item(piece, "melody", "Tune")], tmp_path)
    assert not dialog.parts
    assert dialog.parts_box.isHidden()
    assert not dialog.options_form.fields["instrument"].isHidden()


def test_what_is_dragged_out_sounds_as_it_is_mixed_and_comes_back_whole(context: Context, hymn: Item) -> None:
    mixers = context.player.mixers
    mixers.change(hymn, 3, solo=True)
    data = mime_for([hymn], mixers.mixed)
    (url,) = data.urls()
    assert [name for name, _, _ in tracks(Path(url.toLocalFile()))] == ["Bass"]
    (again,) = items_in(data)
    assert again.piece.parts == hymn.piece.parts
