"""The curves among the figures of models: a small plot each, with a line a model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import stacked
from genstudio.gui.measured import Measured
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.figure_table import figure_word
from genstudio.gui.widgets.plots import Line, Lines
from genstudio.metrics import metric

__all__ = ["FigureCurves"]

_WIDE, _MOST = 340, 4  # pixels of a plot, at least, where several stand beside each other; and how many do
_ENDS = ("to_first", "to_last")
_COSTS = ("costs", "costs_mixed")
_STEPPED = ("moves", *_ENDS, *_COSTS)  # by step of a path
_TOGETHER = (_ENDS, _COSTS)


class FigureCurves(QScrollArea):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._models: list[Measured] = []
        self.plots: list[Lines] = []
        self._columns = 0
        self.setWidgetResizable(True)
        page = QWidget(self)
        page.setProperty("kind", "page")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(2 * SPACE)
        stacked(self._grid, None, into=page)
        self.setWidget(page)

    def show_models(self, models: Sequence[Measured]) -> None:
        """Draw the curves of these."""
        self._models = list(models)
        wanted = self._wanted()
        while len(self.plots) > len(wanted):
            plot = self.plots.pop()
            plot.hide()
            plot.deleteLater()
        while len(self.plots) < len(wanted):
            self.plots.append(Lines(self._context, self.widget()))
        for plot, (title, unit, lines, stepped) in zip(self.plots, wanted, strict=True):
            most = max(len(one.values) for one in lines)
            ends = (self.tr("first piece"), self.tr("last piece")) if stepped else ("1", f"{most:,}")
            plot.show_lines(f"{title}, {unit}" if unit else title, lines, ends)
        self._columns = 0
        self._arrange()

    def _wanted(self) -> list[tuple[str, str, list[Line], bool]]:
        """Title, unit and lines of each plot, and whether it is along a path."""
        found: list[tuple[str, str, list[Line], bool]] = []
        paths = dict.fromkeys(path for model in self._models for path in model.curves)
        taken: set[tuple[str, ...]] = set()
        for path in paths:
            if path in taken:
                continue
            how = metric(path[-1])
            stepped = path[-1] in _STEPPED
            with_it = [model for model in self._models if path in model.curves]
            together = next((names for names in _TOGETHER if path[-1] in names), ())
            if together and len(with_it) == 1:  # one model has room for both in one plot
                others = [one for name in together if (one := (*path[:-1], name)) in with_it[0].curves]
                taken.update(others)
                tones = ("a", "b") if together == _ENDS else ("", "")  # the ends have their colours everywhere
                lines = [
                    Line(figure_word(metric(one[-1]).label), with_it[0].curves[one], tone)
                    for one, tone in zip(others, tones, strict=False)
                ]
                title = self.tr("Distance to the ends") if together == _ENDS else self.tr("Cost along the path")
            else:
                lines = [Line(model.name, model.curves[path]) for model in with_it]
                title = figure_word(how.label)
            found.append((title, figure_word(how.unit), lines, stepped))
        return found

    def _arrange(self) -> None:
        columns = min(_MOST, max(1, self.viewport().width() // _WIDE))
        if columns == self._columns:
            return
        self._columns = columns
        for number, plot in enumerate(self.plots):
            self._grid.addWidget(plot, number // columns, number % columns, Qt.AlignmentFlag.AlignTop)
        for column in range(_MOST):
            self._grid.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_models(self._models)
        super().changeEvent(event)
