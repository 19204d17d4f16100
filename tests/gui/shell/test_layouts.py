"""Rows and columns are filled as they are written down, and words follow the language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from genstudio.gui.layouts import Worded, Wrong, allow, beside, new_button, new_label, stacked


def test_parts_stand_as_they_are_written_down(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    a, b, c = (new_label(whole) for _ in range(3))
    line = beside(a, 20, (b, 2), None, gap=4)
    box = stacked(line, (c, 1), into=whole, margins=(1, 2, 3, 4), gap=8)
    assert whole.layout() is box
    assert [box.stretch(0), box.stretch(1), box.spacing()] == [0, 1, 8]
    sides = box.contentsMargins()
    assert [sides.left(), sides.top(), sides.right(), sides.bottom()] == [1, 2, 3, 4]
    assert [line.itemAt(place).widget() for place in (0, 2)] == [a, b]
    assert line.itemAt(1).spacerItem().sizeHint().width() == 20
    assert [line.stretch(place) for place in range(4)] == [0, 0, 2, 1]
    assert line.contentsMargins().isNull()
    assert stacked(margins=5).contentsMargins().top() == 5
    inner = QWidget(whole)
    usual = QWidget(whole).style()
    assert beside(into=inner, margins=None).contentsMargins().left() == usual.pixelMetric(usual.PixelMetric.PM_LayoutLeftMargin)


def test_labels_and_buttons_are_made_with_what_they_are(qtbot: QtBot) -> None:
    clicked: list[bool] = []
    whole = QWidget()
    qtbot.addWidget(whole)
    label, button = new_label(whole, "muted", wrap=True), new_button(whole, lambda: clicked.append(True), "quiet")
    assert (label.property("kind"), label.wordWrap(), button.property("kind")) == ("muted", True, "quiet")
    assert not new_label(whole).wordWrap()
    button.click()
    assert clicked == [True]


def test_words_are_set_anew_when_the_language_changes(qtbot: QtBot) -> None:
    class Frame(Worded, QFrame):
        times = 0

        def retranslate(self) -> None:
            self.times += 1

    frame = Frame()
    qtbot.addWidget(frame)
    QCoreApplication.sendEvent(frame, QEvent(QEvent.Type.LanguageChange))
    QCoreApplication.sendEvent(frame, QEvent(QEvent.Type.FontChange))
    assert frame.times == 1


def test_labels_and_buttons_say_it_in_the_language_that_is_spoken(qtbot: QtBot) -> None:
    spoken = ["Name"]
    whole = QWidget()
    qtbot.addWidget(whole)
    field = QLineEdit(whole)
    label = new_label(whole, words=lambda: (spoken[0], f"{spoken[0]} of it", "Help"), of=field)
    plain = new_button(whole, words=lambda: spoken[0])
    drawn = new_button(whole, words=lambda: ("", spoken[0]), picture="trash")
    assert (label.text(), field.accessibleName(), field.toolTip(), label.buddy()) == ("Name", "Name of it", "Help", field)
    assert (plain.text(), plain.accessibleName(), plain.toolTip()) == ("Name", "Name", "")
    assert (drawn.text(), drawn.accessibleName(), drawn.toolTip(), drawn.icon().isNull()) == ("", "Name", "Name", False)
    spoken[0] = "Nom"
    QCoreApplication.sendEvent(whole, QEvent(QEvent.Type.LanguageChange))
    assert (label.text(), field.accessibleName(), plain.text(), drawn.toolTip()) == ("Nom", "Nom of it", "Nom", "Nom")


def test_what_is_wrong_is_there_only_while_something_is(qtbot: QtBot) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    wrong, button = Wrong(whole), new_button(whole)
    assert wrong.isHidden()
    wrong.say("It is damaged.")
    allow(button, "Repair it first.")
    assert (wrong.isHidden(), wrong.text()) == (False, "It is damaged.")
    assert (button.isEnabled(), button.toolTip()) == (False, "Repair it first.")
    wrong.say("")
    allow(button)
    assert (wrong.isHidden(), button.isEnabled(), button.toolTip()) == (True, True, "")
