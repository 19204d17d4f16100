"""What of the library is looked for: words, kind, how it was made, model, tag, and the order."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from genstudio.domains import names
from genstudio.gui import kinds
from genstudio.gui.icons import icon
from genstudio.gui.layouts import beside, having, stacked
from genstudio.gui.shelf import Query
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import TOOLS, operation_label

__all__ = ["Filters"]

_OPERATIONS: tuple[str, ...] = (
    "interpolate", "sample", "vary", "blend", "path", "continue", "fill", "rhythm", "shape",
    "harmonise", "accompany", "answer", "analogy", "reconstruct",
)  # fmt: skip
_OPERATIONS += (*(tool for tool in TOOLS if tool not in _OPERATIONS), "map", "import")
_ORDERS = ("newest", "oldest", "title", "kind")


class Filters(QWidget):
    """A line to type in and drop-downs below; ``changed`` comes once for all that changes at a time."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = having(QLineEdit(self), "search", clearButtonEnabled=True)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.kinds, self.operations, self.models, self.tags, self.order = (QComboBox(self) for _ in range(5))
        self.boxes = (self.kinds, self.operations, self.models, self.tags)
        for box, values in ((self.kinds, ("", *names())), (self.operations, ("", *_OPERATIONS)), (self.order, _ORDERS)):
            for value in values:
                box.addItem("", value)
        self._tags: list[tuple[str, int]] = []
        self._wanted = ""  # a tag that is chosen as soon as it is listed
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.changed)
        # By way of a function: what a signal brings along would be taken for the interval.
        self.search.textChanged.connect(lambda: self._later.start())
        for box in (*self.boxes, self.order):
            having(box, sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToContents, maximumWidth=26 * SPACE)
            box.currentIndexChanged.connect(lambda: self._later.start())
        stacked(self.search, beside(*self.boxes, None, self.order, gap=SPACE), into=self, gap=SPACE)

    def retranslate(self) -> None:
        """Set every string."""
        self.search.setPlaceholderText(self.tr("Search titles, sources and files"))
        self.search.setAccessibleName(self.tr("Search the library"))
        for box, name in (
            (self.kinds, self.tr("Kind")), (self.operations, self.tr("Made by")), (self.models, self.tr("Model")),
            (self.tags, self.tr("Tag")), (self.order, self.tr("Order")),
        ):  # fmt: skip
            box.setAccessibleName(name)
        _name(self.kinds, [self.tr("All kinds"), *map(kinds.label, names())])
        _name(self.operations, [self.tr("Made any way"), *map(operation_label, _OPERATIONS)])
        _name(self.order, [self.tr("Newest first"), self.tr("Oldest first"), self.tr("By title"), self.tr("By kind")])
        self.models.setItemText(0, self.tr("Every model"))
        self.list_tags(self._tags)

    def query(self, view: str) -> Query:
        """What is looked for in a view of the library."""
        domain, operation, model, tag = (
            str(box.currentData() or "") for box in (self.kinds, self.operations, self.models, self.tags)
        )
        order = str(self.order.currentData())
        return Query(self.search.text().strip(), view, tag, model, operation, domain, order)

    def clear(self) -> None:
        """Look for everything."""
        for box in self.boxes:
            box.setCurrentIndex(0)
        self.search.clear()

    def show_tag(self, name: str) -> None:
        """Look for everything that has a tag, and nothing else, as soon as there is such a tag."""
        self.clear()
        self._wanted = name
        self.list_tags(self._tags)

    @property
    def known_tags(self) -> list[str]:
        """The tags that there are."""
        return [name for name, _ in self._tags]

    def list_models(self, known: list[dict[str, Any]]) -> None:
        """The models that there are."""
        _refill(self.models, self.tr("Every model"), [(str(one["name"]), str(one["name"])) for one in known])

    def list_tags(self, tags: list[tuple[str, int]]) -> None:
        """The tags that there are, and how many pieces have each."""
        self._tags = tags
        _refill(self.tags, self.tr("Any tag"), [(f"{name} ({count})", name) for name, count in tags])
        self.tags.setVisible(bool(tags))
        if self._wanted and (place := self.tags.findData(self._wanted)) > 0:
            self._wanted = ""
            self.tags.setCurrentIndex(place)


def _name(box: QComboBox, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        box.setItemText(number, text)


def _refill(box: QComboBox, first: str, choices: list[tuple[str, str]]) -> None:
    """Give a box other choices; what is chosen stays where it is still there."""
    before = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(first, "")
    for text, value in choices:
        box.addItem(text, value)
    place = max(0, box.findData(before)) if before else 0
    box.setCurrentIndex(place)
    box.blockSignals(False)
    if before and not place:
        box.currentIndexChanged.emit(0)
