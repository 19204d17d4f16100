"""Above the map: what it is of, the tools, and what its points are coloured by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget

from genstudio.gui.layouts import beside, having, new_label
from genstudio.gui.theme import SPACE
from genstudio.gui.views.latent_map import EXPLORE, GATHER, PATH, Legend
from genstudio.gui.widgets.form import engine_word
from genstudio.gui.widgets.short import ShortLabel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from genstudio.models.latent_map import LatentMap

__all__ = ["MapHead"]


class MapHead(QWidget):
    """The title of the page in a row with the tools and the colours."""

    tool = Signal(str)
    coloured = Signal()  # by something else

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: LatentMap | None = None
        self.chosen: str | None = None  # name of the attribute, "" for none; None: the first
        self.heading, self.count = new_label(self, "title"), having(ShortLabel(self), "muted")
        self.by_label, self.by = QLabel(self), QComboBox(self)
        self.by_label.setBuddy(self.by)
        self.by.setMinimumWidth(20 * SPACE)
        self.tools = QWidget(self)
        row = beside(into=self.tools, gap=SPACE)
        self.buttons = {
            name: having(QPushButton(self), "quiet", checkable=True, autoExclusive=True) for name in (EXPLORE, PATH, GATHER)
        }
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _=False, name=name: self.tool.emit(name))
            row.addWidget(button)
        row.addSpacing(SPACE)
        row.addWidget(self.by_label)
        row.addWidget(self.by)
        beside(self.heading, (self.count, 1), self.tools, into=self, gap=2 * SPACE)
        self.buttons[EXPLORE].setChecked(True)
        self.by.currentIndexChanged.connect(self._choose)

    def use(self, chart: LatentMap | None) -> None:
        """Speak of another map; None: there is none."""
        self.chart = chart
        self.tools.setVisible(chart is not None)
        self._fill()
        self._count()

    # -- colours

    @property
    def attributes(self) -> list[dict[str, Any]]:
        """What points can be coloured by."""
        return [dict(one) for one in self.chart.about["attributes"]] if self.chart is not None else []

    def _fill(self) -> None:
        names = [str(one["name"]) for one in self.attributes]
        with QSignalBlocker(self.by):
            self.by.clear()
            for number, one in enumerate(self.attributes):
                self.by.addItem(engine_word(str(one["label"])), number)
            self.by.addItem(self.tr("Nothing"), -1)
            chosen = names.index(self.chosen) if self.chosen in names else 0
            self.by.setCurrentIndex(len(names) if self.chosen == "" else chosen)

    def _choose(self) -> None:
        number = self.by.currentData()
        self.chosen = str(self.attributes[number]["name"]) if number is not None and number >= 0 else ""
        self.coloured.emit()

    @property
    def colours(self) -> tuple[NDArray[np.float32] | None, Legend | None]:
        """The values that points are coloured by, and what they mean; None: all alike."""
        number = self.by.currentData()
        if self.chart is None or number is None or number < 0:
            return None, None
        one = self.attributes[number]
        mean, deviation = float(one["mean"]), float(one["deviation"])
        unit = str(one.get("unit", ""))
        name = engine_word(str(one["label"]))
        values = self.chart.values[:, number]
        low, high = (_figure(mean + side * deviation, unit) for side in (-2, 2))
        if values.min() < -2:
            low = f"≤ {low}"
        if values.max() > 2:
            high = f"≥ {high}"
        return values, Legend(f"{name} ({engine_word(unit)})" if unit else name, low, high)

    def word(self, row: int) -> str:
        """What the colour of a point says, in a figure."""
        number = self.by.currentData()
        if self.chart is None or number is None or number < 0:
            return ""
        one = self.attributes[number]
        value = float(one["mean"]) + float(one["deviation"]) * float(self.chart.values[row, number])
        return f"{engine_word(str(one['label']))} {_figure(value, str(one.get('unit', '')))}"

    # -- words

    def _count(self) -> None:
        chart, about, more = self.chart, "", ""
        if chart is not None:
            about = self.tr("{count} pieces").format(count=f"{len(chart.index):,}")
            more = self.tr("The pieces are those of {corpus}.").format(corpus=chart.about.get("corpus", ""))
            shares = chart.about.get("explained", [])
            if len(shares) == 2:
                both = self.tr("Method {method}; the first two principal axes explain {first} and {second} of the variance.")
                more += " " + both.format(method=chart.method, first=f"{shares[0]:.1%}", second=f"{shares[1]:.1%}")
        self.count.setText(about)
        self.count.setToolTip(more)

    def retranslate(self) -> None:
        """Set every string."""
        self.heading.setText(self.tr("Map"))
        for name, text, tip in (
            (EXPLORE, self.tr("Explore"), self.tr("Click a place to hear it; drag to move, scroll to zoom")),
            (PATH, self.tr("Draw a path"), self.tr("Drag across the map: what lies along the line becomes a piece (P)")),
            (GATHER, self.tr("Choose pieces"), self.tr("Drag around pieces to make a collection of them, hear or export them (G)")),
        ):
            self.buttons[name].setText(text)
            self.buttons[name].setToolTip(tip)
        self.by_label.setText(self.tr("Colour by"))
        self.by.setAccessibleName(self.tr("Colour by"))
        self._fill()
        self._count()


def _figure(value: float, unit: str) -> str:
    return f"{value:.0%}" if unit == "share" else f"{value:.3g}"
