"""The piano roll: where things are drawn, what can be done with mouse and keys, and what it says in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication

from genstudio.domains.melody import MetreChange, Note, TempoChange
from genstudio.gui.items import Item
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.views.bars import bars_of, seconds_of, tick_at
from genstudio.gui.views.colours import mixed, pitch_colours
from genstudio.gui.views.description import describe_roll, words_of
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.thumb import paint_roll
from genstudio.rendering.roll import _colour

MORE = {"metres": (MetreChange(0, 4, 4), MetreChange(2400, 6, 8)), "length": 3840, "pickup": 480}


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture
def view(theme, tune, qtbot) -> RollView:
    made = RollView(theme)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show_items(tune)
    made.show()
    return made


def drawn(view: RollView) -> QImage:
    return view.viewport().grab().toImage()


def same(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_colours_stand_out(colours):
    found = pitch_colours(colours)
    if colours is DARK:
        assert [colour.name() for colour in found] == [_colour(pitch, 0.76, 0.135) for pitch in range(12)]
    for ground in (QColor(colours.surface), mixed(colours.surface, colours.sunken, 0.75)):
        assert min(contrast(colour, ground) for colour in found) >= 3


def test_a_long_melody_goes_on_in_a_second_line(make):
    long = make([60, 62, 64, 65] * 16)
    image = QImage(160, 60, QImage.Format.Format_RGB32)

    def painted(**more) -> QImage:
        image.fill(QColor(LIGHT.surface))
        painter = QPainter(image)
        paint_roll(painter, QRectF(0, 0, 160, 60), long, LIGHT, **more)
        painter.end()
        return image.copy()

    def coloured(picture: QImage, top: int, bottom: int) -> int:
        colours = {colour.name() for colour in pitch_colours(LIGHT)}
        return sum(picture.pixelColor(x, y).name() in colours for x in range(160) for y in range(top, bottom))

    folded = painted(fold=True)
    assert folded != painted()
    assert coloured(folded, 0, 18) > 50  # there are notes in the first line and in the last
    assert coloured(folded, 42, 60) > 50
    assert painted(fold=True, compare=long) == painted(compare=long)
    short = make([60, 62, 64, 65])
    long = short
    assert painted(fold=True) == painted()


def test_mixing_goes_from_one_colour_to_the_other():
    assert mixed("#102030", "#f0e0d0", 0).name() == "#102030"
    assert mixed("#102030", "#f0e0d0", 1).name() == "#f0e0d0"
    assert mixed("#000000", "#ffffff", 0.5).red() > 150  # as light, not as numbers


def test_bars_follow_metre_and_pickup(make):
    melody = make([60] * 8, **MORE)
    found = [(bar.start, bar.end, bar.number, bar.metre) for bar in bars_of(melody)]
    assert found == [(0, 480, 0, (4, 4)), (480, 2400, 1, (4, 4)), (2400, 3840, 2, (6, 8))]
    assert list(bars_of(melody)[2].beats) == [2400, 3120]


def test_ticks_and_seconds_through_a_change_of_tempo(make):
    melody = make([60] * 8, tempos=(TempoChange(0, 60.0), TempoChange(960, 120.0)))
    for tick, seconds in ((0, 0), (480, 1), (960, 2), (1440, 2.5), (3840, 5)):
        assert seconds_of(melody, tick) == pytest.approx(seconds)
        assert tick_at(melody, seconds) == pytest.approx(tick)


def test_notes_in_words(make):
    melody = make([70, 63, 72], key="Eb major", **{**MORE, "length": 3840})
    words = words_of(melody)
    assert words.note(melody.notes[0]) == "B♭4 (70)  ·  pickup  ·  quarter, 0.50 s"
    assert words.note(Note(720, 1440, 63)) == "E♭4 (63)  ·  bar 1, beat 1.5  ·  dotted quarter, 0.75 s"
    assert words.length(160) == "eighth of a triplet"
    assert words.length(100) == "0.208 quarters"


def test_a_melody_in_words(make):
    said = describe_roll(make([60, 62, 64, 79, 64, 62, 60, 59]))
    assert said.startswith("2 bars in 4/4, C major, 8 notes from B3 to G5, 120 quarters a minute, 4 seconds.")
    assert "begins on C4 and ends on B3; its highest note comes at bar 1, beat 4" in said
    assert said.endswith("The commonest length is: quarter. It moves mostly by step.")
    assert describe_roll(make([], length=1920)).endswith("no notes.")


def test_notes_are_drawn_in_the_colour_of_their_pitch_class(view, theme, tune):
    for colours in (LIGHT, DARK):
        theme.use(colours)
        image = drawn(view)
        for index, note in enumerate(tune.piece.notes):
            box = view.note_rect(index)
            at = QPoint(box.right() - 5, box.center().y())
            assert same(image.pixelColor(at), pitch_colours(colours)[note.pitch % 12])
        first = view.note_rect(0)
        assert not same(image.pixelColor(first.center().x(), view.note_rect(3).center().y()), pitch_colours(colours)[0])
    left, right = view.note_rect(0), view.note_rect(1)
    assert left.right() <= right.left()
    assert left.top() > right.top()


def test_a_click_seeks_and_a_drag_goes_on(view, tune, qtbot):
    box = view.note_rect(2)
    with qtbot.waitSignal(view.seek) as told:
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left(), box.center().y()))
    assert told.args[0] == pytest.approx(1.0, abs=0.02)
    with qtbot.waitSignal(view.seek) as told:
        qtbot.mouseMove(view.viewport(), QPoint(view.note_rect(3).left(), 100))
    assert told.args[0] == pytest.approx(1.5, abs=0.02)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(view.seek):
        qtbot.mouseMove(view.viewport(), box.center())
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 100))  # the keyboard


def test_shift_and_drag_choose_bars_to_repeat(theme, make, qtbot):
    view = RollView(theme)
    qtbot.addWidget(view)
    view.resize(1200, 300)
    view.show_items(Item(make([60] * 16), "melody", "Four bars"))
    first, last = view.note_rect(5).center(), view.note_rect(9).center()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, first)
    qtbot.mouseMove(view.viewport(), last)
    with qtbot.waitSignal(view.looped) as told:
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last)
    assert told.args[0] == (2.0, 6.0)
    with qtbot.waitSignal(view.looped) as told:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 8))
    assert told.args[0] is None


def test_pointing_tells_the_note(view, qtbot):
    with qtbot.waitSignal(view.pointed) as told:
        qtbot.mouseMove(view.viewport(), view.note_rect(1).center())
    assert told.args[0].startswith("D4 (62)")
    with qtbot.waitSignal(view.pointed) as told:
        qtbot.mouseMove(view.viewport(), QPoint(view.note_rect(1).center().x(), view.note_rect(3).top() - 30))
    assert told.args[0] == ""


def test_keys_go_from_note_to_note_and_enter_plays_from_there(view, tune, qtbot):
    for expected in ("C4", "D4", "E4"):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        assert view.accessibleDescription().startswith(expected)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    with qtbot.waitSignal(view.seek) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[0] == 0.5
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.accessibleDescription().startswith("F4")
    view.clearFocus()
    QApplication.processEvents()


def test_zoom_keeps_the_place_under_the_pointer_and_fit_shows_all(theme, make, qtbot):
    view = RollView(theme)
    qtbot.addWidget(view)
    view.resize(900, 300)
    view.show_items(Item(make([60, 64] * 16), "melody", "Long"))
    place = view.note_rect(8).center()
    event = QWheelEvent(
        QPointF(place), QPointF(view.mapToGlobal(place)), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    before = view.note_rect(8).width()
    QApplication.sendEvent(view.viewport(), event)
    assert view.note_rect(8).width() > 1.8 * before
    assert abs(view.note_rect(8).center().x() - place.x()) <= 2
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.note_rect(8).width() < 1.8 * before
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert abs(view.note_rect(8).width() - before) <= 1


def test_the_view_follows_the_cursor_until_it_is_moved_by_hand(theme, make, qtbot):
    view = RollView(theme)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_items(Item(make([60, 64] * 64), "melody", "Very long"))
    bar = view.horizontalScrollBar()
    assert bar.maximum() > 0
    view.set_position(0.0)
    view.set_position(30.0)
    followed = bar.value()
    assert followed > 0
    bar.setValue(0)
    view.set_position(31.0)
    assert bar.value() == 0
    view.set_position(None)
    view.set_position(40.0)
    assert bar.value() > followed


def test_the_cursor_is_drawn_where_the_melody_is(view, theme):
    view.set_position(1.0)
    image = drawn(view)
    x = view.note_rect(2).left()
    column = [image.pixelColor(column, 60) for column in range(x - 4, x + 5)]
    assert any(same(colour, QColor(theme.colours.accent)) for colour in column)
    view.set_position(None)
    image = drawn(view)
    assert not any(same(image.pixelColor(column, 60), QColor(theme.colours.accent)) for column in range(x - 4, x + 5))


def test_two_melodies_are_told_apart(view, theme, tune, make):
    other = Item(make([60, 67, 64, 72]), "melody", "Other")
    view.show_items(tune, other)
    said = view.accessibleDescription()
    assert said.startswith("A, Four notes: 1 bar")
    assert "B, Other: 1 bar" in said
    assert said.endswith("2 notes are the same in both.")
    image = drawn(view)
    a, b = QColor(theme.colours.a), QColor(theme.colours.b)

    def colours_of(box: QRectF) -> list[QColor]:
        box = box.toRect()
        return [image.pixelColor(x, y) for x in range(box.left(), box.right()) for y in range(box.top(), box.bottom())]

    own, others, both = (view.box(note) for note in (tune.piece.notes[1], other.piece.notes[1], tune.piece.notes[0]))
    assert any(same(colour, a) for colour in colours_of(own))
    assert not any(same(colour, b) for colour in colours_of(own))
    assert any(same(colour, b) for colour in colours_of(others))
    assert {True} == {any(same(colour, end) for colour in colours_of(both)) for end in (a, b)}


def test_without_a_melody_it_says_so(theme, words, qtbot):
    view = RollView(theme)
    qtbot.addWidget(view)
    view.show_items(words)
    view.set_position(1.0)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.accessibleDescription() == "Nothing is shown."
    assert not view.grab().isNull()


def painted(melody, colours=LIGHT, **more) -> QImage:
    image = QImage(200, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor(colours.surface))
    painter = QPainter(image)
    paint_roll(painter, QRectF(0, 0, 200, 100), melody, colours, **more)
    painter.end()
    return image


def count(image: QImage, colour: str | QColor) -> int:
    wanted = QColor(colour)
    return sum(same(image.pixelColor(x, y), wanted) for x in range(image.width()) for y in range(image.height()))


def framed(image: QImage) -> int:
    """Pixels that have something of magenta."""
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(colour.red() - colour.green() > 60 and colour.blue() - colour.green() > 60 for colour in colours)


def test_a_small_roll(make):
    melody = make([60, 62, 64, 65])
    image = painted(melody, tint=LIGHT.a, position=0.6)
    for note in melody.notes:
        assert count(image, pitch_colours(LIGHT)[note.pitch % 12]) > 100
    assert count(image, LIGHT.a) >= 2 * 190
    assert count(image, LIGHT.accent) > 60
    plain = painted(melody)
    assert count(plain, LIGHT.accent) == 0
    # The differences: what is new has a frame, what both have steps back.
    compared = painted(make([60, 67, 64, 65]), replace(LIGHT, text="#ff00ff"), compare=melody)
    assert framed(compared) > 60
    assert framed(painted(melody, replace(LIGHT, text="#ff00ff"), compare=melody)) == 0
    assert count(compared, pitch_colours(LIGHT)[0]) < 20
    assert count(compared, pitch_colours(LIGHT)[7]) > 100
    assert count(painted(make([], length=1920)), LIGHT.surface) > 15000
