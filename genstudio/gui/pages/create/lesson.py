"""What stands where nothing is made yet: what the tool does, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.layouts import beside, stacked
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.toolwords import TOOLS, ends_needed, tool_of, tool_word

__all__ = ["Lesson"]


class Lesson(QWidget):
    """A heading, a sentence, and two buttons that begin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lead, self.teach = QLabel(), QLabel()
        self.lead.setProperty("kind", "heading")
        self.teach.setProperty("kind", "muted")
        for label in (self.lead, self.teach):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self.example, self.surprise = QPushButton(), QPushButton()
        self.pressed = False  # one of them was, and nothing has come of it yet
        for button in (self.example, self.surprise):
            button.clicked.connect(self._press)
        row = beside(None, self.example, self.surprise, None, gap=SPACE)
        stacked(None, self.lead, self.teach, row, (None, 2), into=self, margins=None, gap=SPACE)

    def _press(self) -> None:
        self.pressed = True

    def show_tool(self, tool: str, domain: str, missing: bool) -> None:
        """Say what goes here; ``missing``: an end is empty."""
        said, text = tool_of(TOOLS[tool]), kinds.is_text(domain)
        drop = self.tr("Type into the ends above.") if text else self.tr("Drop files on the ends above.")
        words = kinds.showing(domain).teach(tool) or tool_word((said.teach_text if text else "") or said.teach)
        self.lead.setText(tool_word(said.lead).format(one=kinds.one(domain), many=kinds.many(domain)))
        needs_ends = ends_needed(tool) > 0
        self.teach.setText(f"{words} {drop}" if needs_ends and missing else words)
        self.example.setVisible(needs_ends and missing)
        self.surprise.setVisible(needs_ends and missing)

    def able(self, able: bool, reason: str) -> None:
        """Whether new pieces can be drawn as ends, or why not."""
        self.surprise.setEnabled(able)
        self.surprise.setToolTip("" if able else reason)

    def retranslate(self) -> None:
        """Set every string."""
        for widget, name in ((self.example, self.tr("Begin with an example")), (self.surprise, self.tr("Surprise me"))):
            widget.setText(name)
            widget.setAccessibleName(name)
        self.example.setToolTip(self.tr("Two bundled pieces as the ends"))

    def retheme(self, colours: Colours) -> None:
        """Take the icon in the colours of the theme."""
        self.surprise.setIcon(icon("dice", colours))
