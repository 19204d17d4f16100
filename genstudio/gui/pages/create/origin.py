"""A line that says whose results are shown, where they are not those of the model that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from genstudio.gui.layouts import beside
from genstudio.gui.pages.create.making import Making
from genstudio.gui.theme import SPACE

__all__ = ["Origin"]


class Origin(QWidget):
    """Offers to make them again with the model that is chosen, or to choose the one that made them."""

    wanted = Signal()  # they are to be made again

    def __init__(self, making: Making, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._making = making.context, making
        self.maker, self.remake, self.take_back = QLabel(), QPushButton(), QPushButton()
        self.maker.setProperty("kind", "warn")
        self.maker.setWordWrap(True)
        for button in (self.remake, self.take_back):
            button.setProperty("kind", "quiet")
        beside((self.maker, 1), self.remake, self.take_back, into=self, gap=SPACE)
        self.remake.clicked.connect(self.wanted)
        self.take_back.clicked.connect(self._load)
        self.hide()

    def refresh(self, why_not: str) -> None:
        """Say whose they are; ``why_not``: why they cannot be made again."""
        maker = "" if self._making.going else self._making.maker
        self.setVisible(bool(maker))
        if not maker:
            return
        models = self.context.models
        title = models.title(maker)
        self.maker.setText(self.tr("These were made by {model}, which is not the model that is chosen.").format(model=title))
        self.maker.setAccessibleName(self.maker.text())
        self.remake.setEnabled(not why_not)
        self.remake.setToolTip(why_not)
        known = any(str(one["name"]) == maker and "error" not in one for one in models.known)
        self.take_back.setText(self.tr("Use {model}").format(model=title))
        self.take_back.setAccessibleName(self.take_back.text())
        self.take_back.setVisible(known and models.wanted != maker)

    def _load(self) -> None:
        if self._making.maker:
            self.context.models.load(self._making.maker)

    def retranslate(self) -> None:
        """Set every string."""
        self.remake.setText(self.tr("Make again"))
        self.remake.setAccessibleName(self.tr("Make again"))
