"""A tour of five steps: a card, and a frame around the part of the window that it speaks of.

It takes no key and no click from the window: what it tells to try can be tried while it is there. It can be left at every step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from genstudio.gui.layouts import Worded, beside, new_button, new_label, stacked
from genstudio.gui.theme import SPACE, Theme

__all__ = ["Step", "Steps", "five"]

_WIDTH = 376  # of the card
_EDGE = 2  # of the frame around what is spoken of


@dataclass(frozen=True)
class Step:
    """A step: the place that it is on, what it is about and what it says, and the part of the window that it speaks of."""

    place: str
    title: str
    text: str
    part: QWidget | None


def five(transport: QWidget | None, places: Mapping[str, QWidget]) -> list[Step]:
    """The tour of the window. ``places``: the buttons that lead to the places, by name."""
    translate = QCoreApplication.translate
    told = (
        ("home", transport, translate("Steps", "Hear the way"), translate(
            "Steps", "Two pieces are here to begin with. Press Play and hear how the first turns into the second, step by step.",
        )),
        ("create", places.get("create"), translate("Steps", "Go between them"), translate(
            "Steps", "Drop songs or sentences of your own on A and B, or begin with an example. As soon as both are there, a "
            "slider comes between them: drag it, and you hear and see the piece at that place.",
        )),
        ("create", places.get("map"), translate("Steps", "Look around"), translate(
            "Steps", "The map shows every piece that was learned from, alike beside alike. Click anywhere to get a piece from "
            "there.",
        )),
        ("create", places.get("library"), translate("Steps", "Keep what you like"), translate(
            "Steps", "F keeps the selected piece in the library, E opens it for editing, Ctrl+E writes a file, and Ctrl+Z takes "
            "back whatever you did.",
        )),
        ("create", places.get("train"), translate("Steps", "Teach it your style"), translate(
            "Steps", "Give it a folder of your own songs or texts there, and it learns to write more like you. "
            "F1 has help for every place.",
        )),
    )  # fmt: skip
    return [Step(place, title, text, part) for place, part, title, text in told]


class Steps(Worded, QFrame):
    """The card. ``left`` when it is done with or was left."""

    left = Signal()

    def __init__(
        self,
        theme: Theme,
        steps: Callable[[], list[Step]],
        *,
        go: Callable[[str], None],
        corner: Callable[[], QPoint],
        window: QWidget,
    ) -> None:
        """``steps`` gives the steps in the language of the window, ``go`` brings a place to the front, ``corner`` says where in the
        window the card has its lower left corner."""
        super().__init__(window)
        self._whole = window
        self._theme = theme
        self._steps = steps
        self._go = go
        self._corner = corner
        self.number = 0
        self.setProperty("kind", "popup")
        self.setFixedWidth(_WIDTH)
        self.title = new_label(self, "heading")
        self.text = new_label(self, wrap=True)
        self.count = new_label(self, "muted")
        self.leave = new_button(self, self.end, "quiet", lambda: self.tr("Leave"))
        self.back = new_button(self, lambda: self.show_step(self.number - 1), words=lambda: self.tr("Back"))
        self.onward = new_button(self, lambda: self.show_step(self.number + 1), "primary")
        stacked(
            self.title, self.text, SPACE, beside((self.count, 1), self.leave, self.back, self.onward), into=self, margins=2 * SPACE,
            gap=SPACE,
        )  # fmt: skip
        self._frame = QFrame(window)  # around what is spoken of
        self._frame.setObjectName("framed")
        self._frame.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._part: QWidget | None = None
        window.installEventFilter(self)
        theme.changed.connect(self._paint)
        self._paint()

    def show_step(self, number: int, *, focus: bool = True) -> None:
        """Show a step, counted from 0; after the last one the tour ends. ``focus``: keys go to the card."""
        steps = self._steps()
        if number >= len(steps):
            self.end()
            return
        self.number = number = max(0, number)
        step = steps[number]
        self._go(step.place)
        self._watch(step.part)
        self.title.setText(step.title)
        self.text.setText(step.text)
        self.count.setText(self.tr("Step {number} of {count}").format(number=number + 1, count=len(steps)))
        self.onward.setText(self.tr("Next") if number + 1 < len(steps) else self.tr("Done"))
        self.back.setVisible(number > 0)
        self.leave.setVisible(number + 1 < len(steps))
        self.setAccessibleName(self.tr("Tour: {title}").format(title=step.title))
        self.setAccessibleDescription(step.text)
        self.show()
        self._place()
        if focus:
            self.onward.setFocus()

    def end(self) -> None:
        """Leave the tour."""
        self._watch(None)
        self._whole.removeEventFilter(self)
        self._frame.deleteLater()
        self.hide()
        focused: QWidget | None = self._whole.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self._whole.setFocus()
        self.left.emit()
        self.deleteLater()

    def _watch(self, part: QWidget | None) -> None:
        if self._part is not None:
            self._part.removeEventFilter(self)
        self._part = part
        if part is not None:
            part.installEventFilter(self)

    def _place(self) -> None:
        """The frame around the part; the card in its corner, within the window."""
        window = self._whole
        part = self._part if self._part is not None and self._part.isVisible() else None
        self._frame.setVisible(part is not None)
        if part is not None:
            around = QRect(part.mapTo(window, QPoint(0, 0)), part.size())
            self._frame.setGeometry(around.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE).intersected(window.rect()))
        self.resize(_WIDTH, self.heightForWidth(_WIDTH))
        corner = self._corner()
        self.move(corner.x() + 2 * SPACE, max(2 * SPACE, corner.y() - 2 * SPACE - self.height()))
        self._frame.raise_()
        self.raise_()

    def _paint(self) -> None:
        self._frame.setStyleSheet(f"#framed {{ border: {_EDGE}px solid {self._theme.colours.accent}; border-radius: {SPACE}px; }}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide) and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        buttons = [button for button in (self.leave, self.back, self.onward) if button.isVisible()]
        at = next((at for at, button in enumerate(buttons) if button.hasFocus()), 0)
        next_at = at + (1 if forward else -1)
        if 0 <= next_at < len(buttons):
            buttons[next_at].setFocus(Qt.FocusReason.TabFocusReason)
        else:  # back to the window
            self._whole.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # outside of a dialog, Enter presses no button by itself
            next((button for button in (self.leave, self.back) if button.hasFocus()), self.onward).click()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        if self.isVisible():
            self.show_step(self.number, focus=False)
