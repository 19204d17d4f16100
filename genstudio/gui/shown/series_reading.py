"""How a table of numbers is read, where a person knows better: the column, the step, and the season."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QWidget

from genstudio.domains.series.calendar import MOST_SEASON, UNITS
from genstudio.domains.series.reading import columns_of
from genstudio.gui.context import Context
from genstudio.gui.layouts import new_label, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.reading import ok_buttons

__all__ = ["NumbersDialog"]

translate = QCoreApplication.translate


class NumbersDialog(QDialog):
    """Asks for the column, the step and the season of a table; ``chosen`` gives how it is to be read."""

    chosen = Signal(dict)

    def __init__(self, context: Context, path: str, options: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How {file} is read").format(file=Path(path).name))
        self._wanted = dict(options)
        self.said = new_label(self, "heading", wrap=True)
        self.said.setText(self.tr("Which numbers of {file} are the time series?").format(file=Path(path).name))
        self.hint = new_label(self, "caption", wrap=True)
        self.hint.setText(self.tr("Where the times are not regular, choose a step; the mean of what lies in each is taken."))
        self.column, self.time, self.every, self.season = (QComboBox(self) for _ in range(4))
        words = (self.tr("Column"), self.tr("Times"), self.tr("Step"), self.tr("Season"))
        form = QFormLayout()
        form.setSpacing(SPACE)
        for name, field in zip(words, (self.column, self.time, self.every, self.season), strict=True):
            form.addRow(name, field)
            field.setAccessibleName(name)
        self.buttons = ok_buttons(self, self.tr("Read it so"))
        stacked(self.said, form, self.hint, None, self.buttons, into=self, margins=3 * SPACE, gap=2 * SPACE)
        self.resize(460, 320)
        units = {
            "year": self.tr("Year"), "quarter": self.tr("Quarter"), "month": self.tr("Month"), "week": self.tr("Week"),
            "weekday": self.tr("Weekday"), "day": self.tr("Day"), "hour": self.tr("Hour"), "minute": self.tr("Minute"),
            "second": self.tr("Second"),
        }  # fmt: skip
        seasons = [(season, self.tr("{count} steps").format(count=season)) for season in range(2, MOST_SEASON + 1)]
        self._fill(self.column, "column", [(None, self.tr("Each column of numbers"))])
        self._fill(self.time, "time", [(None, self.tr("As it looks"))])
        self._fill(self.every, "every", [(None, self.tr("As the times are")), *((unit, units[unit]) for unit in UNITS)])
        self._fill(self.season, "season", [(None, self.tr("As the calendar has it")), (0, self.tr("None")), *seasons])
        context.engine.run(
            partial(columns_of, Path(path)), channel=f"columns {id(self)}", name="look at a table", done=self._have,
            failed=self._failed,
        )  # fmt: skip

    def _fill(self, field: QComboBox, option: str, choices: list[tuple[Any, str]]) -> None:
        """Add what can be chosen; what is asked for already is."""
        for known, said in choices:
            field.addItem(said, known)
            if known is not None and known == self._wanted.get(option):
                field.setCurrentIndex(field.count() - 1)

    def _have(self, columns: list[str]) -> None:
        for field, option in ((self.column, "column"), (self.time, "time")):
            self._fill(field, option, [(name, name) for name in columns])

    def _failed(self, sentence: str, details: str) -> None:
        self.hint.setText(sentence)

    def accept(self) -> None:
        fields = {"column": self.column, "time": self.time, "every": self.every, "season": self.season}
        super().accept()
        self.chosen.emit({name: field.currentData() for name, field in fields.items() if field.currentData() is not None})
