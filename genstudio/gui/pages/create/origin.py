"""A line that says whose results are shown, where they are not those of the model that is chosen; or why another one is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genstudio.gui.layouts import beside
from genstudio.gui.models import length_of
from genstudio.gui.pages.create.making import Making
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE

__all__ = ["Origin"]


class Origin(QWidget):
    """Offers to make them again with the model that is chosen, or to choose the one that made them."""

    wanted = Signal()  # they are to be made again

    def __init__(self, making: Making, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._making = making.context, making
        self.maker, self.remake, self.take_back = QLabel(), QPushButton(), QPushButton()
        self.maker.setWordWrap(True)
        for button in (self.remake, self.take_back):
            button.setProperty("kind", "quiet")
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
        self.maker.setText(said)
        self.maker.setAccessibleName(said)
        self.remake.setText(self.tr("Make again") if maker else self.tr("OK"))
        self.remake.setAccessibleName(self.remake.text())
        self.remake.setEnabled(not maker or not why_not)
        self.remake.setToolTip(why_not if maker else "")
        self.take_back.setText((self.tr("Use {model}") if maker else self.tr("Back to {model}")).format(model=title))
        self.take_back.setAccessibleName(self.take_back.text())
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
