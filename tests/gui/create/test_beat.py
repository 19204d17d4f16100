"""Writing a beat on the steps of a drum machine."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from genstudio.domains import MetreChange, Note, TempoChange
from genstudio.domains.drums import DOMAIN, DrumPattern
from genstudio.gui.editor.draft import LOUD, Draft
from genstudio.gui.items import Item
from tests.gui.create.fakes import writing

KICK, SNARE, CLOSED = 36, 38, 42
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(context, show):
    dialog = show(writing(context, "drums"), 980, 520)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    return dialog


def row(dialog, drum: int) -> int:
    return dialog.steps.rows.index(drum)


def place(dialog, step: int, drum: int) -> QPoint:
    return dialog.steps.cell_rect(step, row(dialog, drum)).center().toPoint()


def click(qtbot, dialog, step: int, drum: int, button=CLICK, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.mouseClick(dialog.steps, button, modifier, place(dialog, step, drum))


def hits(dialog) -> dict[tuple[int, int], int]:
    return {(note.start, note.pitch): note.velocity for note in dialog.draft.notes}


def test_a_click_strikes_and_another_silences(dialog, qtbot, context):
    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip() == "There are no hits yet."
    click(qtbot, dialog, 4, SNARE)
    assert hits(dialog) == {(480, SNARE): 84}
    voice, *touched = context.player.live.touched[-1]  # it is heard
    assert (voice.pitched, touched) == (False, [SNARE, 84])
    assert dialog.use.isEnabled()
    click(qtbot, dialog, 4, SNARE)
    assert hits(dialog) == {}


def test_shift_and_the_right_button_go_through_the_loudnesses(dialog, qtbot):
    click(qtbot, dialog, 0, KICK)
    found = []
    ways = (CLICK, Qt.KeyboardModifier.ShiftModifier), (Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier)
    for button, modifier in ways * 2:
        click(qtbot, dialog, 0, KICK, button, modifier)
        found.append(hits(dialog)[0, KICK])
    assert found == [120, 26, 54, 84]


def test_a_drag_strikes_what_it_goes_over_and_leaves_what_is_there(dialog, qtbot):
    qtbot.mouseClick(dialog.levels[3], CLICK)
    click(qtbot, dialog, 2, CLOSED)
    qtbot.mouseClick(dialog.levels[0], CLICK)
    qtbot.mousePress(dialog.steps, CLICK, pos=place(dialog, 0, CLOSED))
    for step in (1, 2, 3):
        qtbot.mouseMove(dialog.steps, place(dialog, step, CLOSED))
    qtbot.mouseRelease(dialog.steps, CLICK)
    assert hits(dialog) == {(120 * step, CLOSED): 120 if step == 2 else 26 for step in range(4)}


def test_everything_with_the_keyboard(dialog, qtbot):
    grid = dialog.steps
    told = []
    grid.moved.connect(told.append)
    grid.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, *[Qt.Key.Key_Down] * 8, *[Qt.Key.Key_Right] * 4):
        qtbot.keyClick(grid, key)
    assert told[-1] == "Kick, bar 1, beat 2: silent"
    assert grid.accessibleDescription() == told[-1]
    for number, key in enumerate((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)):
        qtbot.keyClick(grid, key)
        assert hits(dialog) == {(480, KICK): LOUD[number]}
    assert told[-1] == "Kick, bar 1, beat 2: loud"
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    assert hits(dialog) == {}
    qtbot.keyClick(grid, Qt.Key.Key_Space)
    qtbot.keyClick(grid, Qt.Key.Key_Backspace)
    assert hits(dialog) == {}


def test_undo_and_redo(dialog, qtbot):
    click(qtbot, dialog, 0, KICK)
    click(qtbot, dialog, 4, SNARE)
    qtbot.mouseClick(dialog.clear, CLICK)
    assert hits(dialog) == {}
    for wanted in ([KICK, SNARE], [KICK]):
        qtbot.mouseClick(dialog.undo, CLICK)
        assert [drum for _, drum in sorted(hits(dialog))] == wanted
    qtbot.mouseClick(dialog.redo, CLICK)
    assert (480, SNARE) in hits(dialog)
    click(qtbot, dialog, 8, KICK)
    assert not dialog.redo.isEnabled()


def test_it_plays_and_shows_where(dialog, qtbot, context):
    click(qtbot, dialog, 0, KICK)
    qtbot.keyClick(dialog, Qt.Key.Key_P)
    player = context.player
    assert player.item.piece.length == 3840
    assert dialog.play.text() == "Stop"
    player.moved.emit(4 * 60 / 110)  # the first beat of the second bar
    assert dialog.steps.playing == 16
    click(qtbot, dialog, 4, SNARE)
    assert player.item.piece.length == 3840  # a new hit does not stop it
    qtbot.keyClick(dialog, Qt.Key.Key_P)
    assert not player.playing
    assert (dialog.play.text(), dialog.steps.playing) == ("Play", None)


def test_a_beat_is_used(dialog, qtbot):
    made: list[Item] = []
    dialog.made.connect(made.append)
    dialog.metre.setCurrentText("6/8")
    assert dialog.draft.piece.bars == 3  # of 3840 ticks
    dialog.tempo.setValue(96)
    assert dialog.steps.steps == 36
    click(qtbot, dialog, 12, SNARE)
    qtbot.keyClick(dialog.steps, Qt.Key.Key_Return)
    (item,) = made
    assert (item.domain, item.title) == ("drums", "My beat")
    assert (item.facts["metre"], item.facts["bars"], item.facts["tempo"]) == ("6/8", 3, 144)  # 96 dotted quarters
    assert item.piece.notes == (Note(1440, 1480, SNARE, 84),)
    # It is one of the domain's own.
    assert DOMAIN.from_symbols(DOMAIN.to_symbols(item.piece)).notes == item.piece.notes


def played() -> DrumPattern:
    notes = (Note(0, 40, KICK, 101), Note(500, 540, SNARE, 77), Note(940, 980, CLOSED, 30))
    return DrumPattern(notes=notes, length=1920, tempos=(TempoChange(0, 90.0),), program=32)


def test_what_was_played_keeps_its_time_and_loudness(context, show, qtbot):
    dialog = show(writing(context, "drums", played()), 980, 520)
    click(qtbot, dialog, 12, KICK)
    piece = dialog.piece
    assert piece.notes == (*played().notes, Note(1440, 1480, KICK, 84))
    assert (piece.program, piece.tempos) == (32, played().tempos)
    click(qtbot, dialog, 8, CLOSED)  # 20 ticks early for its step
    assert (940, CLOSED) not in hits(dialog)


def test_triplets():
    swung = DrumPattern(notes=tuple(Note(tick, tick + 40, KICK, 90) for tick in (0, 320, 480, 800)), length=1920)
    draft = Draft(swung, "drums")
    assert draft.step == 160
    draft.strike(1, SNARE, draft.step, 54)
    assert draft.struck(1, SNARE, draft.step) == [Note(160, 200, SNARE, 54)]
    draft.undo()
    assert draft.piece == swung


def test_bars_of_several_metres_are_edited_in_the_roll(context, show):
    odd = DrumPattern(notes=played().notes, length=3840, metres=(MetreChange(0, 4, 4), MetreChange(1920, 2, 2)))
    dialog = show(writing(context, "drums", odd), 980, 520)
    assert dialog.view is dialog.canvas
    assert dialog.canvas.isVisible()
    assert not dialog.metre.isVisible()


def test_the_page_opens_the_editor_of_the_domain(page, qtbot):
    page.filling.compose(0)
    assert page.filling.composer.draft.domain == "melody"
    page.filling.composer.reject()
    page.desk.domain = "drums"
    page._refresh()
    assert page.ends.wells[0].ways["compose"].text() == "Tap in"
    qtbot.mouseClick(page.ends.wells[0].ways["compose"], CLICK)
    assert page.filling.composer.draft.domain == "drums"
    click(qtbot, page.filling.composer, 0, KICK)
    qtbot.mouseClick(page.filling.composer.use, CLICK)
    assert page.desk.state.ends[0].item.domain == "drums"
    page.desk.domain = "text"
    page._refresh()
    assert not page.ends.wells[0].ways["compose"].isVisible()
