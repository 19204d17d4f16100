"""What stands where nothing is made yet, and above what another model made than the one that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.layouts import Worded, beside, called, having, stacked
from genstudio.gui.models import length_of
from genstudio.gui.pages.create.making import Making
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import TOOLS, ends_needed, tool_of, tool_word

__all__ = ["Lesson", "Origin"]


class Lesson(Worded, QWidget):
    """What the tool does, and how to begin: a heading, a sentence, and two buttons that begin."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.lead, self.teach = (having(QLabel(), kind, alignment=middle, wordWrap=True) for kind in ("heading", "muted"))
        self.example, self.surprise = QPushButton(), QPushButton()
        self.surprise.setIcon(icon("dice"))
        self.pressed = False  # one of them was, and nothing has come of it yet
        for button in (self.example, self.surprise):
            button.clicked.connect(self._press)
        row = beside(None, self.example, self.surprise, None, gap=SPACE)
        stacked(None, self.lead, self.teach, row, (None, 2), into=self, margins=None, gap=SPACE)
        self.retranslate()

    def _press(self) -> None:
        self.pressed = True

    def show_tool(self, tool: str, domain: str, missing: bool) -> None:
        """Say what goes here; ``missing``: an end is empty."""
        said, text = tool_of(TOOLS[tool]), kinds.is_text(domain)
        drop = self.tr("Type into the ends above.") if text else self.tr("Drop files on the ends above.")
        words = kinds.showing(domain).teach(tool) or tool_word((said.teach_text if text else "") or said.teach)
        self.lead.setText(tool_word(said.lead).format(one=kinds.one(domain), many=kinds.many(domain)))
        begins = ends_needed(tool) > 0 and missing
        self.teach.setText(f"{words} {drop}" if begins else words)
        self.example.setVisible(begins)
        self.surprise.setVisible(begins)

    def able(self, able: bool, reason: str) -> None:
        """Whether new pieces can be drawn as ends, or why not."""
        self.surprise.setEnabled(able)
        self.surprise.setToolTip("" if able else reason)

    def retranslate(self) -> None:
        called(self.example, self.tr("Begin with an example"), self.tr("Two bundled pieces as the ends"))
        called(self.surprise, self.tr("Surprise me"))


class Origin(QWidget):
    """A line that says whose results are shown, where they are not those of the model that is chosen, or why another one is chosen.
    It offers to make them again with the model that is chosen, or to choose the one that made them."""

    wanted = Signal()  # they are to be made again

    def __init__(self, making: Making, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._making = making.context, making
        self.maker = having(QLabel(), wordWrap=True)
        self.remake, self.take_back = having(QPushButton(), "quiet"), having(QPushButton(), "quiet")
        beside((self.maker, 1), self.remake, self.take_back, into=self, gap=SPACE)
        self.remake.clicked.connect(self._remake)
        self.take_back.clicked.connect(self._load)
        self.hide()

    def refresh(self, why_not: str) -> None:
        """Say whose they are, or that another model was taken for longer songs; ``why_not``: why they cannot be made again."""
        maker = "" if self._making.going else self._making.maker
        models = self.context.models
        instead = "" if maker else models.instead_of
        self.setVisible(bool(maker or instead))
        if not maker and not instead:
            return
        title = models.title(maker or instead)
        about = next((one for one in models.known if str(one["name"]) == (maker or instead)), {"error": ""})
        if maker:
            said = self.tr("These were made by {model}, which is not the model that is chosen.").format(model=title)
        else:
            said = self.tr("For these songs the model is {model} now; {other} would take only {count} bars of each.").format(
                model=models.title(models.wanted), other=title, count=length_of(about)
            )
        set_kind(self.maker, "warn" if maker else "muted")
        called(self.maker, said)
        called(self.remake, self.tr("Make again") if maker else self.tr("OK"))
        self.remake.setEnabled(not maker or not why_not)
        self.remake.setToolTip(why_not if maker else "")
        called(self.take_back, (self.tr("Use {model}") if maker else self.tr("Back to {model}")).format(model=title))
        self.take_back.setVisible("error" not in about and models.wanted != maker)

    def _remake(self) -> None:
        if self._making.maker:
            self.wanted.emit()
        else:
            self.context.models.settle_for(self.context.models.wanted)

    def _load(self) -> None:
        models = self.context.models
        if self._making.maker:
            models.load(self._making.maker)
        elif models.instead_of:
            models.settle_for(models.instead_of)
