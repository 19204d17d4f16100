"""Editing pieces with clicks and keys: notes in the roll, and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage

from genstudio import paths
from genstudio.domains import get_domain, read_file
from genstudio.domains.music.notes import bars_of
from genstudio.gui import kinds
from genstudio.gui.editor.base import WordsDialog
from genstudio.gui.editor.notes import NotesDialog
from genstudio.gui.items import Item
from genstudio.gui.theme import DARK, LIGHT

LEFT, SHIFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
FILES = {"melody": "songs/ode-to-joy.mid", "drums": "beats/rock.mid", "score": "scores/auld-lang-syne.musicxml"}


@pytest.fixture
def opened(context: Any, qtbot: Any) -> Iterator[Callable[[str], NotesDialog]]:
    shown = []

    def open_it(domain: str) -> NotesDialog:
        piece = read_file(get_domain(domain), paths.resource(FILES[domain])).pieces[0]
        dialog = kinds.showing(domain).editor(context, Item(piece, domain, piece.title))
        assert isinstance(dialog, NotesDialog)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        shown.append(dialog)
        return dialog

    yield open_it
    for dialog in shown:
        dialog.close()


def place(dialog: NotesDialog, tick: float, pitch: int) -> QPoint:
    canvas = dialog.canvas
    return QPointF(canvas.x_of(tick) + 2, canvas.y_of(pitch)).toPoint()


def dragged(qtbot: Any, dialog: NotesDialog, start: QPoint, end: QPoint, modifier: Any = NONE) -> None:
    qtbot.mousePress(dialog.canvas, LEFT, modifier, start)
    qtbot.mouseMove(dialog.canvas, (start + end) / 2)
    qtbot.mouseMove(dialog.canvas, end)
    qtbot.mouseRelease(dialog.canvas, LEFT, modifier, end)


def test_a_note_is_drawn_moved_lengthened_and_taken_out(opened, qtbot):
    dialog = opened("melody")
    draft, grid = dialog.draft, dialog.canvas.grid
    dragged(qtbot, dialog, place(dialog, 0, 90), place(dialog, 2 * grid, 90))
    (note,) = draft.selected
    assert (note.start, note.end, note.pitch) == (0, 3 * grid, 90)
    dragged(qtbot, dialog, place(dialog, 0, 90), place(dialog, grid, 88))
    (note,) = draft.selected
    assert (note.start, note.end, note.pitch) == (grid, 4 * grid, 88)
    end = place(dialog, 4 * grid, 88) - QPoint(5, 0)
    dragged(qtbot, dialog, end, end + QPoint(round(dialog.canvas.x_of(grid) - dialog.canvas.x_of(0)), 0))
    (note,) = draft.selected
    assert (note.start, note.end) == (grid, 5 * grid)
    for _ in range(3):
        qtbot.mouseClick(dialog.undo, LEFT)
    assert draft.piece == dialog.item.piece
    assert not dialog.undo.isEnabled()
    qtbot.mouseClick(dialog.redo, LEFT)
    qtbot.mouseClick(dialog.canvas, Qt.MouseButton.RightButton, NONE, place(dialog, 10, 90))
    assert all(note.pitch != 90 for note in draft.notes)


def test_what_gives_way_to_a_note_is_told(opened, qtbot):
    dialog = opened("melody")
    draft = dialog.draft
    first, second, third = draft.notes[:3]
    dragged(qtbot, dialog, place(dialog, first.start, 90), place(dialog, second.end - dialog.canvas.grid, 90))
    gone = draft.taken
    assert gone == len(dialog.item.piece.notes) + 1 - len(draft.notes) > 0
    assert dialog.told.isVisible()
    assert dialog.told.text().startswith("1 note gave way" if gone == 1 else f"{gone} notes gave way")
    qtbot.mouseClick(dialog.undo, LEFT)
    assert draft.notes[:3] == (first, second, third)
    assert dialog.told.text() == ""


def test_keys_do_all_that_the_mouse_does(opened, qtbot):
    dialog = opened("melody")
    draft, canvas = dialog.draft, dialog.canvas
    first = draft.notes[0]
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert draft.selected == {first}
    assert canvas.accessibleDescription() == canvas.name_of(first.pitch)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    qtbot.keyClick(canvas, Qt.Key.Key_Up, SHIFT)
    (note,) = draft.selected
    assert note.pitch == first.pitch + 13
    qtbot.keyClick(canvas, Qt.Key.Key_Left, SHIFT)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    (note,) = draft.selected
    assert (note.end, note.velocity) == (first.end - canvas.grid, first.velocity + 8)
    qtbot.keyClick(canvas, Qt.Key.Key_Insert)
    (new,) = draft.selected
    assert (new.start, new.pitch) == (note.end, note.pitch)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert new not in draft.notes
    qtbot.keyClick(canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert draft.selected == set(draft.notes)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not draft.selected
    assert dialog.isVisible()


def test_several_notes_are_caught_and_changed_by_the_buttons(opened, qtbot):
    dialog = opened("melody")
    draft = dialog.draft
    pitches = [note.pitch for note in draft.notes]
    dragged(qtbot, dialog, place(dialog, 0, max(pitches) + 2), place(dialog, 1900, min(pitches) - 2), SHIFT)
    caught = len(draft.selected)
    assert caught == len([note for note in draft.notes if note.start < 1900])
    qtbot.mouseClick(dialog.octave_up, LEFT)
    assert [note.pitch for note in draft.notes] == [pitch + 12 for pitch in pitches[:caught]] + pitches[caught:]
    qtbot.mouseClick(dialog.delete, LEFT)
    assert [note.pitch for note in draft.notes] == pitches[caught:]
    assert not dialog.delete.isEnabled()


def test_a_beat_is_edited_in_the_sequencer(opened, qtbot):
    dialog = opened("drums")
    steps = dialog.steps
    assert dialog.view is steps
    assert steps.isVisible()
    assert not dialog.keyboard.isVisible()
    assert not dialog.octave_up.isVisible()
    before = dialog.draft.piece
    row = steps.rows.index(49)
    qtbot.mouseClick(steps, LEFT, NONE, steps.cell_rect(3, row).center().toPoint())
    assert [note.velocity for note in dialog.draft.struck(3, 49, steps.grid)] == [84]
    qtbot.mouseClick(dialog.more, LEFT)
    assert steps.steps == (before.length + 1920) // steps.grid
    for _ in range(2):
        qtbot.mouseClick(dialog.undo, LEFT)
    assert dialog.draft.piece == before
    assert not dialog.use.isEnabled()


def test_what_is_made_is_a_piece_of_its_own_with_its_tempo_and_chords(opened, qtbot):
    dialog = opened("score")
    assert not dialog.use.isEnabled()  # nothing is changed yet
    made: list[Item] = []
    dialog.made.connect(made.append)
    before = dialog.item.piece
    dialog.tempo.setValue(140)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Delete)
    qtbot.mouseClick(dialog.use, LEFT)
    (item,) = made
    assert len(item.piece.parts[0].notes) == len(before.parts[0].notes) - 1
    assert item.piece.symbols == before.symbols
    assert round(item.piece.tempos[0].bpm) == 140
    assert dialog.item.piece == before


def test_it_plays_and_shows_where(opened, qtbot, context):
    dialog = opened("melody")
    qtbot.keyClick(dialog.canvas, Qt.Key.Key_Space)
    assert context.player.item.piece == dialog.piece
    still = picture(dialog)
    context.player.moved.emit(1.0)
    assert picture(dialog) != still


def picture(dialog: NotesDialog) -> QImage:
    return dialog.canvas.grab().toImage()


def test_it_is_drawn_for_light_and_dark(opened, context):
    dialog, theme = opened("score"), context.theme
    theme.use(LIGHT)
    light = picture(dialog)
    theme.use(DARK)
    assert picture(dialog) != light
    theme.use(LIGHT)


def test_words(context, qtbot):
    item = Item(get_domain("text").parse("The cat sees the moon."), "text", "The cat")
    dialog = kinds.showing("text").editor(context, item)
    assert isinstance(dialog, WordsDialog)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made: list[Item] = []
    dialog.made.connect(made.append)
    dialog.show()
    assert not dialog.use.isEnabled()
    qtbot.keyClicks(dialog.words, " It is far.")
    qtbot.mouseClick(dialog.use, LEFT)
    assert made[0].piece.text == "The cat sees the moon. It is far."
    assert item.piece.text == "The cat sees the moon."


def test_an_end_that_is_edited_is_what_came_of_it(way, context, calm, qtbot):
    asked = []
    context.bus.edit.connect(asked.append)
    item = way.desk.state.ends[0].item
    next(action for action in way.ends.wells[0].menu_button.menu().actions() if action.text() == "Edit…").trigger()
    assert asked == [item]
    other = Item(get_domain("melody").part(item.piece, 1, 2), "melody", "Other")
    context.bus.edited.emit(item, other)
    calm()
    assert way.desk.state.ends[0].item is other


def test_the_keys_at_the_left_sound_and_write_nothing(opened, qtbot, context):
    dialog = opened("melody")
    qtbot.mouseClick(dialog.canvas, LEFT, pos=QPoint(10, round(dialog.canvas.y_of(69))))
    voice, pitch, velocity = context.player.live.touched[-1]
    assert (voice.program, voice.pitched, pitch, velocity) == (dialog.draft.piece.program, True, 69, 80)
    assert not dialog.draft.can_undo
    assert context.player.item is None  # the transport is not touched


def test_a_step_of_the_way_that_is_edited_is_what_came_of_it(way, context, calm, qtbot):
    way.stage.line.move(0.25)
    calm()
    step, others = way.stage.item, way.desk.state.results["interpolate"].items
    changed = get_domain("melody").part(step.piece, 0, 1)
    made = Item(changed, "melody", "Changed", t=step.t)
    context.bus.edited.emit(step, made)
    calm()
    assert way.stage.item is made  # the large view, the card, and what the line comes to
    assert way.stage.grid.current_item is made
    way.stage.line.move(0.6)
    calm()
    assert way.stage.item.t == pytest.approx(0.6)  # there is a way still
    way.stage.line.move(0.25)
    assert way.stage.item is made
    context.undo.undo()
    calm()
    assert way.desk.state.results["interpolate"].items == others
    assert way.stage.item is step


def test_what_is_edited_keeps_its_place_on_the_way(context, qtbot):
    item = Item(get_domain("text").parse("The cat sees the moon."), "text", "The cat", t=0.25)
    dialog = kinds.showing(item.domain).editor(context, item)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made: list[Item] = []
    dialog.made.connect(made.append)
    dialog.show()
    qtbot.keyClicks(dialog.words, " It is far.")
    qtbot.mouseClick(dialog.use, LEFT)
    assert made[0].t == 0.25


def test_a_short_piece_takes_the_whole_width(opened):
    dialog = opened("melody")
    room = dialog.area.viewport().width()
    quarters = dialog.draft.piece.length / 480
    wide = dialog.canvas.x_of(480) - dialog.canvas.x_of(0)
    assert wide == pytest.approx(max(56.0, min(160.0, (room - dialog.canvas.x_of(0) - 24) / quarters)))
    assert dialog.canvas.width() >= min(room, dialog.canvas.x_of(0) + 160 * quarters) - 2


def test_a_pickup_that_is_shorter_than_a_beat_is_drawn(context: Any, qtbot: Any) -> None:
    piece = get_domain("melody").read(paths.resource("songs/ode-to-joy.mid")).pieces[0]
    piece = replace(piece, pickup=240)
    dialog = kinds.showing("melody").editor(context, Item(piece, "melody", "With a pickup"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.canvas.grid = 120
    assert not next(bars_of(piece)).beats
    assert not dialog.canvas.grab().toImage().isNull()  # pytest-qt fails where painting raises
    dialog.close()
