"""How a table is read, where a person knows better: the columns that hold the text and its name."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from genstudio.domains import readers
from genstudio.domains.base import Preview
from genstudio.gui.context import Context
from genstudio.gui.layouts import Worded, Words, new_label, stacked
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.tables import plain

__all__ = ["TableDialog", "TablePanel", "ok_buttons"]

_ENCODINGS = (
    "utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "cp1251", "koi8-r", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
)  # fmt: skip
ROW = 28


class TablePanel(Worded, QWidget):
    """The first rows of a table; a click on a column says that it holds the text.

    ``column`` is the number of the chosen column, None until one is.
    """

    changed = Signal()

    def __init__(self, context: Context, *, labels: bool = False, parent: QWidget | None = None) -> None:
        """labels: whether columns can be kept as labels, too."""
        super().__init__(parent)
        self.context = context
        self.path = ""
        self.column: int | None = None
        self._table: Preview | None = None
        self._with_labels = labels
        self.said = new_label(self, wrap=True)
        self.rows = QTableWidget(self)
        plain(self.rows, QAbstractItemView.SelectionMode.SingleSelection, ROW)
        self.rows.setShowGrid(True)
        self.rows.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by keyboard the list below chooses
        self.rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.horizontalHeader().setMinimumSectionSize(90)
        self.rows.horizontalHeader().sectionClicked.connect(self.choose)
        self.rows.cellClicked.connect(lambda row, column: self.choose(column))
        self.choice, self.label, self.separator, self.encoding = (QComboBox(self) for _ in range(4))
        fields: tuple[tuple[QComboBox, Words], ...] = (
            (self.choice, lambda: (self.tr("Text"), "", self.tr("The column that holds the text"))),
            (self.label, lambda: (
                self.tr("Label"), "", self.tr("A column that is kept with each text; a model can learn to shape by it")
            )),
            (self.separator, lambda: (self.tr("Separator"), "", self.tr("What stands between the cells"))),
            (self.encoding, lambda: (
                self.tr("Encoding"), "",
                self.tr("How the characters of the file are written; change it where they look wrong"),
            )),
        )  # fmt: skip
        self._names = [new_label(self, "", words, of=field) for field, words in fields]
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE if labels else SPACE)
        grid.setVerticalSpacing(4)
        for place, (name, (field, _)) in enumerate(zip(self._names, fields, strict=True)):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(5)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(name, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, int(labels or place != 1))
        for part in (self._names[1], self.label):
            part.setVisible(labels)
        stacked(self.said, self.rows, grid, into=self, gap=SPACE + 4)
        self.choice.activated.connect(lambda index: self.choose(self.choice.itemData(index)))
        self.label.activated.connect(lambda index: self.changed.emit())
        for field in (self.separator, self.encoding):
            field.activated.connect(lambda index: self._look())
        self.retranslate()

    # -- what it shows

    def show_file(self, path: str) -> None:
        """Show how a file begins."""
        self.path = path
        for field in (self.separator, self.encoding):
            field.setCurrentIndex(0)
        for part in (self._names[2], self.separator):
            part.setVisible(Path(path).suffix.lower() == ".csv")
        self.column = None
        self._look()

    def _look(self) -> None:
        known: Any = readers(Path(self.path).suffix)[0]
        look_at = partial(known.preview, Path(self.path), **self._form())
        self.context.engine.run(
            look_at, channel=f"table {id(self)}", name="look at a table", done=self.show_table, failed=self._failed
        )

    def _failed(self, sentence: str, details: str) -> None:
        self._table, self.column = None, None
        self.rows.clear()
        self.rows.setRowCount(0)
        self.rows.setColumnCount(0)
        self.said.setText(sentence[:1].upper() + sentence[1:])
        self.changed.emit()

    def show_table(self, table: Preview) -> None:
        """Show these rows."""
        before = self._table
        self._table = table
        if before is None or self.column is None or before.columns != table.columns:
            self.column = _place(table)
        self.rows.setColumnCount(len(table.columns))
        self.rows.setRowCount(len(table.rows))
        self.rows.setHorizontalHeaderLabels([self._name(number) for number in range(len(table.columns))])
        for row, cells in enumerate(table.rows):
            for column, text in enumerate(cells):
                shown = QTableWidgetItem(" ".join(text.split()))
                shown.setToolTip(text)
                self.rows.setItem(row, column, shown)
        self.rows.setFixedHeight((len(table.rows) + 1) * ROW + 24)
        header = self.rows.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(len(table.columns)):
            self.rows.setColumnWidth(column, max(90, min(340, self.rows.sizeHintForColumn(column) + 16)))
        header.setStretchLastSection(True)
        for field, first in ((self.choice, None), (self.label, self.tr("None"))):
            kept = field.currentData()
            field.clear()
            if first is not None:
                field.addItem(first, None)
            for number in range(len(table.columns)):
                field.addItem(self._name(number), number)
            field.setCurrentIndex(max(0, field.findData(kept)) if first is not None else -1)
        self._show_choice()

    def _name(self, number: int) -> str:
        assert self._table is not None
        name = self._table.columns[number]
        return self.tr("Column {number}").format(number=number + 1) if name == str(number) else name

    def choose(self, column: int) -> None:
        """Say that this column holds the text."""
        self.column = column
        self._show_choice()

    def _show_choice(self) -> None:
        self._retell()
        if self.column is None:
            self.rows.clearSelection()
        else:
            self.rows.selectColumn(self.column)
        self.changed.emit()

    def _retell(self) -> None:
        if self._table is None:
            return
        file = Path(self.path).name
        if not self._table.columns:
            self.said.setText(self.tr("{file} holds nothing.").format(file=file))
        elif self.column is None:
            self.said.setText(self.tr("Which column of {file} holds the text? Click it.").format(file=file))
        else:
            said = self.tr("The text is in the column “{column}”. Click another one to change that.")
            self.said.setText(said.format(column=self._name(self.column)))
        self.choice.setCurrentIndex(-1 if self.column is None else self.choice.findData(self.column))

    # -- what was chosen

    def _form(self) -> dict[str, str]:
        found = {"separator": self.separator.currentData(), "encoding": self.encoding.currentData()}
        return {name: value for name, value in found.items() if value}

    def options(self) -> dict[str, Any]:
        """How the file is to be read, as of ``Domain.read``; what is as it looks is left out."""
        found: dict[str, Any] = self._form()
        if self._table is not None and self.column is not None and self.column != _place(self._table):
            found["column"] = self._table.columns[self.column]
        label = self.label.currentData() if self._with_labels else None
        if self._table is not None and label is not None:
            found["label"] = self._table.columns[label]
        return found

    def retranslate(self) -> None:
        separators = [
            ("", self.tr("As it looks")), (",", self.tr("Comma")), (";", self.tr("Semicolon")), ("\t", self.tr("Tab")),
            ("|", self.tr("Bar")),
        ]  # fmt: skip
        encodings = [("", self.tr("As it looks")), *((name, name) for name in _ENCODINGS)]
        for field, choices in ((self.separator, separators), (self.encoding, encodings)):
            if field.count() == 0:
                for value, said in choices:
                    field.addItem(said, value)
            for place, (_, said) in enumerate(choices):
                field.setItemText(place, said)
        self.rows.setAccessibleName(self.tr("The first rows of the table"))
        self._retell()


def _place(table: Preview) -> int | None:
    """Which column is taken where none is asked for; None where that is not clear."""
    return table.columns.index(table.column) if table.column in table.columns else None


class TableDialog(QDialog):
    """Which column of a file holds the text; ``chosen`` gives how it is to be read."""

    chosen = Signal(dict)

    def __init__(self, context: Context, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("How {file} is read").format(file=Path(path).name))
        self.resize(760, 380)
        self.panel = TablePanel(context, parent=self)
        self.panel.said.setProperty("kind", "heading")
        self.buttons = ok_buttons(self, self.tr("Read it so"))
        stacked(self.panel, None, self.buttons, into=self, margins=(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE), gap=2 * SPACE)
        self.panel.changed.connect(self._ready)
        self._ready()
        self.panel.show_file(path)

    def _ready(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.panel.column is not None)

    def accept(self) -> None:
        options = self.panel.options()
        super().accept()
        self.chosen.emit(options)


def ok_buttons(dialog: QDialog, take: str) -> QDialogButtonBox:
    """Its buttons: what is shown is taken, in the words ``take``, or nothing changes."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, dialog)
    ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
    ok.setText(take)
    set_kind(ok, "primary")
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
