"""Rows and columns of widgets, the labels and buttons that stand in them, each made in one call with what it says, and widgets
whose words change with the language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from genstudio.gui.icons import icon

__all__ = [
    "Button", "Label", "Worded", "Words", "Wrong", "allow", "beside", "called", "having", "named", "new_button", "new_label",
    "stacked",
]  # fmt: skip

Part = QWidget | QLayout | int | tuple[QWidget | QLayout | None, int] | None
"""What stands in a row: a widget or another row, alone or with its share of the room that is left; pixels; or room, for None."""

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)
Made = TypeVar("Made", bound=QWidget)
Worn = TypeVar("Worn", "Label", "Button")

Words = Callable[[], str | tuple[str, ...]]
"""Gives what a widget says in the language of the window; or that, what it is called where it cannot be seen ("": the same), and
its help."""

Margins = int | tuple[int, int, int, int] | None
"""On all sides, or left, top, right and bottom; None for those of the style."""


def stacked(*parts: Part, into: QWidget | None = None, margins: Margins = 0, gap: int | None = None) -> QVBoxLayout:
    """Parts below each other.

    Args:
        into: the widget that they are to fill. gap: pixels between them; None for those of the style, or of what it stands in.
    """
    return _filled(QVBoxLayout(into) if into is not None else QVBoxLayout(), parts, margins, gap)


def beside(*parts: Part, into: QWidget | None = None, margins: Margins = 0, gap: int | None = None) -> QHBoxLayout:
    """Parts beside each other; see :func:`stacked`."""
    return _filled(QHBoxLayout(into) if into is not None else QHBoxLayout(), parts, margins, gap)


def _filled(box: Box, parts: tuple[Part, ...], margins: Margins, gap: int | None) -> Box:
    if margins is not None:
        box.setContentsMargins(*(margins if isinstance(margins, tuple) else (margins,) * 4))
    if gap is not None:
        box.setSpacing(gap)
    for part in parts:
        what, share = part if isinstance(part, tuple) else (part, 0)
        if what is None:
            box.addStretch(share or 1)
        elif isinstance(what, int):
            box.addSpacing(what)
        elif isinstance(what, QWidget):
            box.addWidget(what, share)
        else:
            box.addLayout(what, share)
    return box


def new_label(
    parent: QWidget | None = None, kind: str = "", words: Words | None = None, *, wrap: bool = False, of: QWidget | None = None
) -> Label:
    """A label. ``kind``: what it is for the style sheet. ``words``: what it says. ``of``: the field that it names, which is called
    likewise."""
    made = Label(parent)
    made.setWordWrap(wrap)
    if of is not None:
        made.setBuddy(of)
    return _made(made, kind, words)


def new_button(
    parent: QWidget | None = None, clicked: Callable[..., Any] | SignalInstance | None = None, kind: str = "",
    words: Words | None = None, *, picture: str = "",
) -> Button:  # fmt: skip
    """A button. ``clicked``: called when it is. ``kind``: what it is for the style sheet. ``words``: what it says. ``picture``: the
    name of its icon."""
    made = Button(parent)
    if clicked is not None:
        made.clicked.connect(clicked)
    if picture:
        made.setIcon(icon(picture))
    return _made(made, kind, words)


def _made(widget: Worn, kind: str, words: Words | None) -> Worn:
    if kind:
        widget.setProperty("kind", kind)
    if words is not None:
        widget.words = words
        widget.retranslate()
    return widget


def having(widget: Made, kind: str = "", **properties: Any) -> Made:
    """A widget with these properties, by Qt's names for them. ``kind``: what it is for the style sheet.

    Raises:
        AttributeError: it has no such property.
    """
    if kind:
        widget.setProperty("kind", kind)
    for name, value in properties.items():
        if not widget.setProperty(name, value):
            raise AttributeError(f"a {type(widget).__name__} has no property {name}")
    return widget


def called(button: QAbstractButton | QLabel, words: str, tip: str = "") -> None:
    """Write on a button or label what it is called, also for those who do not see it. ``tip``: what it says under the pointer."""
    button.setText(words)
    button.setAccessibleName(words)
    if tip:
        button.setToolTip(tip)


def named(widget: QWidget, name: str, tip: str = "") -> None:
    """Name a widget without words. ``tip``: what it says under the pointer, its name where nothing else is."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip or name)


class Worded(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """To be named before the class of Qt that a widget is of: its words are set again when the language changes."""

    def retranslate(self) -> None:
        """Set every string."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Label(Worded, QLabel):
    """See :func:`new_label`."""

    words: Words | None = None

    def retranslate(self) -> None:
        if self.words is not None:
            said, name, help_ = _told(self.words())
            self.setText(said)
            field = self.buddy()
            if field is not None:
                field.setAccessibleName(name)
            for widget in (self, field) if help_ and field is not None else ():
                widget.setToolTip(help_)


class Button(Worded, QPushButton):
    """See :func:`new_button`."""

    words: Words | None = None

    def retranslate(self) -> None:
        if self.words is not None:
            said, name, help_ = _told(self.words())
            self.setText(said)
            self.setAccessibleName(name)
            if help_ or not said:
                self.setToolTip(help_ or name)


class Wrong(Label):
    """What is wrong, in a sentence; it is there only while something is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "error")
        self.setWordWrap(True)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say what is wrong, or that nothing is."""
        self.setText(sentence)
        self.setVisible(bool(sentence))


def allow(widget: QWidget, reason: str = "") -> None:
    """Let it be used, or not and say why."""
    widget.setEnabled(not reason)
    widget.setToolTip(reason)


def _told(words: str | tuple[str, ...]) -> tuple[str, str, str]:
    """What is said, what it is called where it cannot be seen, and the help."""
    said, *more = (words,) if isinstance(words, str) else words
    return said, more[0] or said if more else said, more[1] if len(more) > 1 else ""
