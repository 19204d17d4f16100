"""What the transport is for what does not play, a text above all: the size of the words, copy, export, keep."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QSlider, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, beside, called, having, new_label
from genstudio.gui.widgets.itembuttons import ItemButtons, tool
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["TextBar"]

_SIZES = (0.8, 3.0)


class TextBar(Worded, QWidget):
    """Shows a text in one line, of other pieces their title."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._item: Item | None = None
        self.sentence = having(ShortLabel(self), "caption")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label = new_label(self, "muted")
        self.letters = QSlider(Qt.Orientation.Horizontal, self)
        self.letters.setRange(round(10 * _SIZES[0]), round(10 * _SIZES[1]))
        self.letters.setFixedWidth(160)
        self.letters.valueChanged.connect(lambda value: context.settings.__setitem__("text_size", value / 10))
        self.copy = tool(self)
        self.copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy.setIcon(icon("copy"))
        self.copy.clicked.connect(self._copy)
        self.buttons = ItemButtons(context, self, words=True)
        beside(self.label, self.letters, 16, (self.sentence, 1), self.copy, self.buttons, into=self, margins=(24, 0, 16, 0), gap=8)
        self.retranslate()
        context.settings.changed.connect(lambda name: self.show_size() if name == "text_size" else None)

    def show_item(self, item: Item | None) -> None:
        """Be about this piece, which may be music: then there is nothing to read."""
        self._item = item
        text = item is not None and item.is_text
        for widget in (self.label, self.letters, self.copy):
            widget.setVisible(text)
        if item is not None and not item.music:
            words = str(item.facts["text"]) if text else item.title
            self.sentence.setText(" ".join(words.split()))
            self.sentence.setToolTip(words)
        self.buttons.show_item(item)

    def show_size(self) -> None:
        """Show the size of the words."""
        with QSignalBlocker(self.letters):
            self.letters.setValue(round(10 * self.context.settings["text_size"]))

    def retranslate(self) -> None:
        self.label.setText(self.tr("Size of the words"))
        self.letters.setAccessibleName(self.tr("Size of the words"))
        called(self.copy, self.tr("Copy"))

    def _copy(self) -> None:
        if self._item is not None and self._item.is_text:
            QApplication.clipboard().setText(str(self._item.facts["text"]))
            self.context.bus.say.emit(self.tr("Copied."))
