"""Help: a page for each place of the window, and what is new.

The pages are Markdown below ``resources/help``, one folder for each language; ``{create}`` in them is the title of that place, and
a link to ``create`` leads to its page. What is new is the changelog.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSignalBlocker, Qt, QUrl
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from genstudio import paths
from genstudio.gui.context import Context
from genstudio.gui.language import chosen
from genstudio.gui.layouts import Worded, beside, having

__all__ = ["NEW", "HelpDialog", "page_of"]

NEW = "new"
"""The name of the page with what is new."""


def page_of(name: str, language: str, titles: Mapping[str, str]) -> str:
    """The text of a page of help, as Markdown.

    Args:
        name: of a place of the window, or :data:`NEW`.
        language: a key of :data:`genstudio.gui.language.LANGUAGES`.
        titles: of the places, by name.

    Raises:
        FileError: the page is missing in the installation.
    """
    if name == NEW:
        text = paths.changes().read_text(encoding="utf-8")
        return text[max(0, text.find("\n## ")) :].strip()
    text = paths.resource(f"help/{language}/{name}.md").read_text(encoding="utf-8")
    return f"## {titles.get(name, name)}\n\n{text.format_map(defaultdict(str, titles))}"


class HelpDialog(Worded, QDialog):
    """The pages, with a list of them. It can stay open beside the window."""

    def __init__(self, context: Context, titles: Callable[[], Mapping[str, str]], parent: QWidget | None = None) -> None:
        """``titles`` gives the titles of all places by name, in their order and in the language of the window."""
        super().__init__(parent)
        self._context = context
        self._titles = titles
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(760, 560)
        self.list = QListWidget(self)
        self.list.setFixedWidth(176)
        self.text = having(QTextBrowser(self, openLinks=False), frameShape=QTextBrowser.Shape.NoFrame)
        self.text.anchorClicked.connect(self._follow)
        beside(self.list, (self.text, 1), into=self, margins=24, gap=16)
        self.list.currentItemChanged.connect(lambda *_: self._read())
        context.theme.changed.connect(self._read)

    def open_page(self, name: str) -> None:
        """Show the page of a place, or :data:`NEW`, in front."""
        self._fill(name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def _fill(self, name: str) -> None:
        self.setWindowTitle(self.tr("Help"))
        self.list.setAccessibleName(self.tr("Pages of help"))
        self.text.setAccessibleName(self.tr("Help"))
        with QSignalBlocker(self.list):
            self.list.clear()
            for key, title in [*self._titles().items(), (NEW, self.tr("What is new"))]:
                item = QListWidgetItem(title, self.list)
                item.setData(Qt.ItemDataRole.UserRole, key)
                if key == name:
                    self.list.setCurrentItem(item)
        self._read()

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _follow(self, link: QUrl) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == link.toString():
                self.list.setCurrentRow(row)

    def _read(self) -> None:
        if self.page:
            self.text.setMarkdown(page_of(self.page, chosen(self._context.settings["language"]), self._titles()))

    def retranslate(self) -> None:
        self._fill(self.page)
