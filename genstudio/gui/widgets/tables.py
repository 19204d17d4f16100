"""Tables over what was read, of any length: filtered as one types, sorted by a click, copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from genstudio.gui.layouts import beside, new_button, new_label, stacked
from genstudio.gui.theme import SPACE

__all__ = ["Table", "plain"]

Index = QModelIndex | QPersistentModelIndex
_VALUE = Qt.ItemDataRole.UserRole


def plain(view: QTableView, mode: QAbstractItemView.SelectionMode, high: int = 0) -> None:
    """Let a table be read, and its rows or columns be selected. high: pixels of a row, 0 for what is set elsewhere."""
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionMode(mode)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    if high:
        view.verticalHeader().setDefaultSectionSize(high)


class _Rows(QAbstractTableModel):
    """Rows of values; ``show`` makes the words of a cell, only when it is seen."""

    def __init__(self, show: Callable[[int, int, Any], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[Sequence[Any]] = []
        self.headers: list[str] = []
        self._show = show

    def put(self, rows: Sequence[Sequence[Any]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def call(self, headers: Sequence[str]) -> None:
        if len(headers) != len(self.headers):
            self.beginResetModel()
            self.headers = list(headers)
            self.endResetModel()
        else:
            self.headers = list(headers)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(headers) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        value = self.rows[index.row()][index.column()]
        if role == _VALUE:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._show(index.row(), index.column(), value)
        if role == Qt.ItemDataRole.TextAlignmentRole and isinstance(value, (int, float)):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Filter(QSortFilterProxyModel):
    """Keeps the rows in which every word is found."""

    def __init__(self, source: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: list[str] = []
        self._source = source
        self.setSourceModel(source)
        self.setSortRole(_VALUE)
        self.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def look_for(self, text: str) -> None:
        self.beginFilterChange()
        self._words = text.lower().split()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        if not self._words:
            return True
        values = self._source.rows[row]
        text = " ".join(self._source._show(row, column, value) for column, value in enumerate(values)).lower()
        return all(word in text for word in self._words)


class _View(QTableView):
    """Space and Enter are the page's; what is selected can be copied."""

    asked = Signal(int)  # a key: Space, Return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.asked.emit(int(event.key()))
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows (all of them, where none is) on the clipboard, with tabs between the cells."""
        model = self.model()
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()}) or range(model.rowCount())
        lines = ["\t".join(str(model.index(row, column).data() or "") for column in range(model.columnCount())) for row in chosen]
        QGuiApplication.clipboard().setText("\n".join(lines))


class Table(QWidget):
    """A filter line with a count, and the table below it."""

    picked = Signal(int)  # the row, as it was given, that is looked at; -1 for none
    asked = Signal(int, int)  # a row and a key: Space or Return; a double click is Space

    def __init__(
        self, show: Callable[[int, int, Any], str], stretch: int, parent: QWidget | None = None, *, many: bool = False
    ) -> None:
        """``show`` makes the words of (row, column, value); ``stretch`` is the column that takes what room is left."""
        super().__init__(parent)
        self._stretch = stretch
        self._rows = _Rows(show, self)
        self._filter = _Filter(self._rows, self)
        self.filter = QLineEdit(self)
        self.filter.setProperty("kind", "search")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filtered)
        self.count = new_label(self, "muted")
        self.view = _View(self)
        self.copy = new_button(self, self.view.copy, "", lambda: (
            self.tr("Copy"), self.tr("Copy the rows that are selected, or all"), self.tr("Copy the rows that are selected, or all")
        ))  # fmt: skip
        self.view.setModel(self._filter)
        mode = QAbstractItemView.SelectionMode
        plain(self.view, mode.ExtendedSelection if many else mode.SingleSelection, self.fontMetrics().height() + 12)
        self.view.setSortingEnabled(True)
        self.view.horizontalHeader().setSortIndicatorClearable(True)
        self.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _: self.picked.emit(self._row(now)))
        self.view.asked.connect(lambda key: self.asked.emit(self._row(self.view.currentIndex()), key))
        self.view.doubleClicked.connect(lambda index: self.asked.emit(self._row(index), int(Qt.Key.Key_Space)))
        stacked(beside((self.filter, 1), self.count, self.copy, gap=2 * SPACE), (self.view, 1), into=self, gap=SPACE + 4)

    def put(self, rows: Sequence[Sequence[Any]]) -> None:
        """Show these rows, each as long as there are headers."""
        self._rows.put(rows)
        self.filter.clear()
        self._count()

    def name(self, headers: Sequence[str], filter_hint: str, widths: Sequence[int]) -> None:
        """Set the strings; ``widths`` in characters, of the columns but the one that stretches."""
        self._rows.call(headers)
        self.filter.setPlaceholderText(filter_hint)
        self.filter.setAccessibleName(filter_hint)
        header = self.view.horizontalHeader()
        unit = self.fontMetrics().averageCharWidth()
        for column, width in enumerate(widths):
            stretch = column == self._stretch
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch if stretch else QHeaderView.ResizeMode.Interactive)
            if not stretch:
                self.view.setColumnWidth(column, width * unit + 3 * SPACE)
        self._count()

    def total(self) -> int:
        """How many rows there are."""
        return len(self._rows.rows)

    def shown(self) -> int:
        """How many rows the filter lets through."""
        return self._filter.rowCount()

    def pick(self, line: int) -> None:
        """Look at a line of the table as it stands."""
        self.view.selectRow(line)

    def _row(self, index: Index) -> int:
        return self._filter.mapToSource(index).row() if index.isValid() else -1

    def _filtered(self, text: str) -> None:
        self._filter.look_for(text)
        self._count()

    def _count(self) -> None:
        all_rows, shown = len(self._rows.rows), self.shown()
        words = f"{shown:,}" if shown == all_rows else self.tr("{shown} of {all}").format(shown=f"{shown:,}", all=f"{all_rows:,}")
        self.count.setText(words)
