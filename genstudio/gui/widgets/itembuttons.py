"""The buttons about the piece itself that both bars of the transport have (see it large, export it, keep it), and the one of these
bars that is for what does not play."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QSlider, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, new_label
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["ItemButtons", "TextBar", "able", "tool"]

_SIZES = (0.8, 3.0)  # of the words


def tool(parent: QWidget, *, checkable: bool = False, size: int = 20) -> QToolButton:
    """A button of a bar, reached by Tab."""
    button = QToolButton(parent)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setIconSize(QSize(size, size))
    button.setCheckable(checkable)
    return button


def able(widget: QWidget, able: bool, tip: str, why: str, name: str) -> None:
    """Enabled with its tip, or disabled with the reason."""
    widget.setEnabled(able)
    widget.setToolTip(tip if able else why)
    widget.setAccessibleName(name)


class ItemButtons(QWidget):
    """``words``: whether what they do stands beside the pictures."""

    def __init__(self, context: Context, parent: QWidget, *, words: bool) -> None:
        super().__init__(parent)
        self.context = context
        self._item: Item | None = None
        self.large, self.keep = tool(self, checkable=True), tool(self, checkable=True)
        self.export = tool(self)
        self.large.setIcon(icon("text" if words else "roll"))
        self.export.setIcon(icon("export"))
        beside(self.large, self.export, self.keep, into=self, gap=8 if words else 4)
        if words:
            for button in (self.export, self.keep):
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.large.clicked.connect(lambda on: context.settings.__setitem__("viewer", bool(on)))
        self.export.clicked.connect(self.export_item)
        self.keep.clicked.connect(self._keep)
        shelf = context.shelf
        for signal in (shelf.changed, shelf.kept, shelf.unkept):
            signal.connect(lambda *_: self.show_item(self._item))
        context.settings.changed.connect(lambda name: self.show_item(self._item) if name in ("viewer", "page") else None)

    def show_item(self, item: Item | None) -> None:
        """Be about this piece."""
        self._item = item
        there = self.context.settings["page"] != "create"  # which has a large view of its own
        large = there and bool(self.context.settings["viewer"])
        name = self.tr("Close the large view") if large else self.tr("See it large: piano roll, score, words")
        self.large.setChecked(large)
        self.large.setToolTip(f"{name}  (V)")
        self.large.setAccessibleName(name)
        self.large.setVisible(there)
        export = self.tr("Export")
        self.export.setText(export)
        able(self.export, item is not None, f"{export}  (Ctrl+E)", self.tr("Choose a piece first."), export)
        kept = item is not None and self.context.shelf.is_kept(item)
        self.keep.setChecked(kept)
        self.keep.setIcon(icon("heart-filled" if kept else "heart"))
        name = self.tr("Stop keeping") if kept else self.tr("Keep")
        self.keep.setText(name)
        tip = self.tr("Kept in the library; click to let it go") if kept else self.tr("Keep it in the library")
        able(self.keep, item is not None, tip, self.tr("Choose a piece first."), name)

    def _keep(self) -> None:
        item, shelf = self._item, self.context.shelf
        if item is not None:
            (shelf.unkeep if shelf.is_kept(item) else shelf.keep)(item)
        self.show_item(item)

    def export_item(self) -> None:
        """Ask how, and write it."""
        if self._item is not None:
            from genstudio.gui.widgets.export_dialog import export

            export(self.context, [self._item], window=self.window())


class TextBar(QWidget):
    """What the transport is for a text: the size of the words, copy, export, keep. It shows the text in one line, of other pieces
    their title."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._item: Item | None = None
        self.sentence = ShortLabel(self)
        self.sentence.setProperty("kind", "caption")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.label = new_label(self, "muted")
        self.letters = QSlider(Qt.Orientation.Horizontal, self)
        self.letters.setRange(round(10 * _SIZES[0]), round(10 * _SIZES[1]))
        self.letters.setFixedWidth(160)
        self.letters.valueChanged.connect(lambda value: context.settings.__setitem__("text_size", value / 10))
        self.copy = tool(self)
        self.copy.setIcon(icon("copy"))
        self.copy.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.copy.clicked.connect(self._copy)
        self.buttons = ItemButtons(context, self, words=True)
        beside(self.label, self.letters, 16, (self.sentence, 1), self.copy, self.buttons, into=self, margins=(24, 0, 16, 0), gap=8)
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
        self.letters.blockSignals(True)
        self.letters.setValue(round(10 * self.context.settings["text_size"]))
        self.letters.blockSignals(False)

    def retranslate(self) -> None:
        """Set every string."""
        self.label.setText(self.tr("Size of the words"))
        self.letters.setAccessibleName(self.tr("Size of the words"))
        self.copy.setText(self.tr("Copy"))

    def _copy(self) -> None:
        if self._item is not None and self._item.is_text:
            QApplication.clipboard().setText(str(self._item.facts["text"]))
            self.context.bus.say.emit(self.tr("Copied."))
