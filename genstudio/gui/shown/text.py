"""Text: sentences to read, to mark words of, and to write."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.editor.base import EditDialog, WordsDialog
from genstudio.gui.items import Item
from genstudio.gui.layouts import stacked
from genstudio.gui.showing import Panel, Showing, said
from genstudio.gui.views.text import TextView

__all__ = ["Text", "TextPanel"]

translate = QCoreApplication.translate


class TextPanel(Panel):
    """A sentence, and what differs from another one. Its words can be marked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.text = TextView(context, self)
        self.text.marked.connect(self._mark)
        stacked(self.text, into=self)

    def show_items(self, item: Item | None, other: Item | None) -> None:
        self.text.marks_words = self.marking
        self.text.show_items(item, other)

    def _mark(self, span: tuple[int, int] | None) -> None:
        self.span = span
        self.marked.emit(span)

    def unmark(self) -> None:
        self.text.unmark()

    def focus(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)


class Text(Showing):
    """Pieces with a ``text``."""

    icon = "text"
    format = "txt"

    def about(self, item: Item) -> list[str]:
        count = int(item.facts["words"])
        return [translate("Kinds", "1 word") if count == 1 else translate("Kinds", "{count} words").format(count=count)]

    def facts(self, item: Item) -> list[tuple[str, str]]:
        names = (
            ("words", translate("Kinds", "Words")), ("characters", translate("Kinds", "Characters")),
            ("text", translate("Kinds", "Text")),
        )  # fmt: skip
        return [(label, said(item.facts[name])) for name, label in names if item.facts.get(name) not in (None, "")]

    def unchanged(self, item: Item) -> str:
        return translate("Kinds", "same words")

    def panel(self, context: Context, parent: QWidget | None = None) -> Panel:
        return TextPanel(context, parent)

    def editor(self, context: Context, item: Item, parent: QWidget | None = None) -> EditDialog:
        return WordsDialog(context, item, parent)
