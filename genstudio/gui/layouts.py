"""Rows and columns of widgets, the labels and buttons that stand in them, each made in one call, and widgets whose words change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

__all__ = ["Worded", "beside", "called", "having", "named", "new_button", "new_label", "stacked"]

Part = QWidget | QLayout | int | tuple[QWidget | QLayout | None, int] | None
"""What stands in a row: a widget or another row, alone or with its share of the room that is left; pixels; or room, for None."""

Box = TypeVar("Box", QHBoxLayout, QVBoxLayout)
Made = TypeVar("Made", bound=QWidget)

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


def new_label(parent: QWidget | None = None, kind: str = "", *, wrap: bool = False) -> QLabel:
    """An empty label. ``kind``: what it is for the style sheet."""
    made = QLabel(parent)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def new_button(
    parent: QWidget | None = None, clicked: Callable[..., Any] | SignalInstance | None = None, kind: str = ""
) -> QPushButton:
    """A button without words. ``clicked``: called when it is. ``kind``: what it is for the style sheet."""
    made = QPushButton(parent)
    if clicked is not None:
        made.clicked.connect(clicked)
    if kind:
        made.setProperty("kind", kind)
    return made


def having(widget: Made, kind: str = "", **properties: Any) -> Made:
    """A widget with these properties, by Qt's names for them. ``kind``: what it is for the style sheet."""
    if kind:
        widget.setProperty("kind", kind)
    for name, value in properties.items():
        assert widget.setProperty(name, value), name
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
