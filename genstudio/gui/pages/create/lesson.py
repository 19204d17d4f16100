"""What stands where nothing is made yet: what the tool does, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genstudio.domains import plays
from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.pages.create.work import ends_needed
from genstudio.gui.theme import SPACE, Colours

__all__ = ["Lesson"]


class Lesson(QWidget):
    """A heading, a sentence, and two buttons that begin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setSpacing(SPACE)
        self.lead, self.teach = QLabel(), QLabel()
        self.lead.setProperty("kind", "heading")
        self.teach.setProperty("kind", "muted")
        for label in (self.lead, self.teach):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.example, self.surprise = QPushButton(), QPushButton()
        self.pressed = False  # one of them was, and nothing has come of it yet
        for button in (self.example, self.surprise):
            button.clicked.connect(self._press)
        row.addStretch(1)
        row.addWidget(self.example)
        row.addWidget(self.surprise)
        row.addStretch(1)
        layout.addStretch(1)
        layout.addWidget(self.lead)
        layout.addWidget(self.teach)
        layout.addLayout(row)
        layout.addStretch(2)

    def _press(self) -> None:
        self.pressed = True

    def show_tool(self, tool: str, domain: str, missing: bool) -> None:
        """Say what goes here; ``missing``: an end is empty."""
        words_of = {"one": kinds.one(domain), "many": kinds.many(domain)}
        leads = {
            "interpolate": self.tr("Everything between two {many}").format(**words_of),
            "blend": self.tr("A field between four {many}").format(**words_of),
            "sample": self.tr("Something new"),
            "vary": self.tr("A {one}, and others like it").format(**words_of),
            "shape": self.tr("The same, but different where you say so"),
            "continue": self.tr("How could it go on?"),
            "fill": self.tr("What could stand there?"),
            "rhythm": self.tr("The rhythm of one, the tune of the other"),
            "harmonise": self.tr("Which chords go with it?"),
            "accompany": self.tr("What could the others play?"),
        }
        drop = self.tr("Drop files on the ends above.") if plays(domain) else self.tr("Type into the ends above.")
        words = {
            "interpolate": self.tr("Give it A and B; the way between them is made at once, and a slider goes anywhere on it."),
            "blend": self.tr("Give it four corners; what lies between them is made at once, and is played with the pointer."),
            "sample": self.tr("New pieces, like those that the model has learned from. Others come each time."),
            "vary": self.tr("Give it A; its neighbours are made at once, as near or as far as you like."),
            "shape": self.tr("Give it A and move a slider: more of this, less of that. The rest stays as near as it can."),
            "continue": self.tr("Give it A; its beginning is kept and several ways to go on are made."),
            "fill": self.tr("Give it A and say which bars are to be new; what is around them stays as it is.")
            if plays(domain)
            else self.tr("Give it A with ___ where something is missing; what could stand there is found."),
            "rhythm": self.tr("Give it A and B; the notes of B are put where those of A are."),
            "harmonise": self.tr("Give it A with a melody; chord symbols are written for all of it, and its notes stay."),
            "accompany": self.tr("Give it A with a melody; the other parts are written for all of it, and the melody stays."),
        }
        self.lead.setText(leads[tool])
        needs_ends = ends_needed(tool) > 0
        self.teach.setText(f"{words[tool]} {drop}" if needs_ends and missing else words[tool])
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
