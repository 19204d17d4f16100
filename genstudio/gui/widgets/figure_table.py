"""The figures of models side by side: a row a figure, in groups, with what each is.

Numbers stand below one another by their decimal point. The best of a row is bold, on a ground of its own, and says so; beside a
figure stands how far it is from that of the first model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from genstudio.figures import GROUPS
from genstudio.gui.measured import Cell, Measured, Row, markdown, rows_of, tabbed, written
from genstudio.gui.theme import SPACE, Theme

__all__ = ["FigureTable", "figure_word"]

Index = QModelIndex | QPersistentModelIndex
_CELL = Qt.ItemDataRole.UserRole
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LONGEST = ".0000"  # what stands to the right of a decimal point


def figure_word(text: str) -> str:
    """A label, unit or definition of a figure, translated; see :mod:`genstudio.gui.figure_words`."""
    return QCoreApplication.translate("Figures", text) if text else ""


def _group(path: Sequence[str]) -> str:
    """The name of a group; one within another is named after both."""
    if not path:
        return QCoreApplication.translate("FigureTable", "All together")
    return "  ·  ".join(figure_word(GROUPS[name]) if name in GROUPS else name.replace("_", " ") for name in path)


class _Rows(QAbstractTableModel):
    """Headings of groups (a path) and rows of figures, as the view shows them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.models: list[Measured] = []
        self.lines: list[tuple[str, ...] | Row] = []

    def put(self, models: Sequence[Measured]) -> None:
        self.beginResetModel()
        self.models = list(models)
        self.lines = []
        above: tuple[str, ...] | None = None
        for row in rows_of(self.models) if self.models else ():
            if row.path[:-1] != above:
                above = row.path[:-1]
                self.lines.append(above)
            self.lines.append(row)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.models) + 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if isinstance(self.lines[index.row()], Row) else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if not isinstance(line, Row):
            return _group(line) if column == 0 and role == Qt.ItemDataRole.DisplayRole else None
        cell = line.cells[column - 1] if 0 < column <= len(self.models) else None
        if role == _CELL:
            return (cell, line.decimals) if cell is not None else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, column, cell)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(line, cell) if cell is not None else self._words(line, column, cell)
        return None

    def _words(self, row: Row, column: int, cell: Cell | None) -> str:
        if cell is not None:
            return written(cell.value, row.decimals) or "–"
        words = row.shown.label, row.shown.unit, row.about
        return figure_word(words[max(0, column - len(self.models))])

    def _told(self, row: Row, cell: Cell) -> str:
        if cell.value is None:
            return self.tr("not defined for this model") if cell.there else self.tr("not measured")
        exact = str(cell.value)
        parts = [f"{exact} {figure_word(row.shown.unit)}".strip()]
        if cell.change is not None:
            tail = {"better": self.tr("better than the first"), "worse": self.tr("worse than the first")}.get(cell.verdict, "")
            parts.append(f"{written(cell.change, row.decimals, sign=True)} {tail}".strip())
        if cell.best:
            parts.append(self.tr("the best"))
        return ", ".join(parts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        number = section - 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if 0 <= number < len(self.models):
                return self.models[number].name
            return (self.tr("Figure"), self.tr("Unit"), self.tr("What it is"))[max(0, section - len(self.models))]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((_RIGHT if 0 <= number < len(self.models) else _LEFT) | _MIDDLE)
        return None


class _Delegate(QStyledItemDelegate):
    """Draws groups as headings and numbers by their decimal point."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.several = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        colours = self._theme.colours
        rect: QRect = option.rect
        if not isinstance(model.lines[index.row()], Row):
            painter.save()
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            words = rect.adjusted(SPACE - 2, 0, 0, -5)
            painter.drawText(words, _LEFT | Qt.AlignmentFlag.AlignBottom, str(index.data() or ""))
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
            painter.restore()
            return
        found = index.data(_CELL)
        if found is None:
            super().paint(painter, option, index)
            return
        cell, decimals = found
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.selection))
        font = QFont(option.font)
        small = QFont(option.font)
        small.setPointSizeF(max(7.5, small.pointSizeF() * 0.85))
        beside = change_width(QFontMetrics(small)) if self.several else 0
        if cell.best:
            font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        metrics = painter.fontMetrics()
        text = written(cell.value, decimals) or "–"
        whole, point, part = text.partition(".") if isinstance(cell.value, (int, float)) else (text, "", "")
        # Where the decimal point stands, as in every row.
        at = rect.right() - SPACE - beside - metrics.horizontalAdvance(_LONGEST)
        tail = metrics.horizontalAdvance(point + part)
        strange = cell.value is not None and not isinstance(cell.value, (int, float))
        if strange or tail > metrics.horizontalAdvance(_LONGEST):
            at, whole, point, part, tail = rect.right() - SPACE - beside, text, "", "", 0
        left = at - metrics.horizontalAdvance(whole)
        if left < rect.left() + 4:
            whole = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, at - rect.left() - 4)
            left = at - metrics.horizontalAdvance(whole)
        if cell.best:
            ground = QRectF(left - 6, rect.top() + 4, at + tail - left + 12, rect.height() - 8)
            painter.setPen(QColor(colours.accent))
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(colours.muted if cell.value is None else colours.text))
        line = QRect(left, rect.top(), rect.right() - left, rect.height())
        painter.drawText(line, _LEFT | _MIDDLE, whole + point + part)
        if cell.change is not None:
            painter.setFont(small)
            painter.setPen(QColor({"better": colours.good, "worse": colours.bad}.get(cell.verdict, colours.muted)))
            change = written(cell.change, decimals, sign=True)
            place = QRect(rect.right() - SPACE - beside, rect.top(), beside, rect.height())
            painter.drawText(place, _RIGHT | _MIDDLE, change)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        assert isinstance(model, _Rows)
        high = option.fontMetrics.height()
        return QSize(80, high + (12 if isinstance(model.lines[index.row()], Row) else 3 * SPACE))


def change_width(metrics: QFontMetrics) -> int:
    """The room for a difference."""
    return metrics.horizontalAdvance("−0000.000") + SPACE


class FigureTable(QTableView):
    """See the module."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = _Rows(self)
        self._drawn = _Delegate(theme, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._drawn)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.viewport().update)

    @property
    def models(self) -> list[Measured]:
        """Those that are shown."""
        return self._rows.models

    @property
    def rows(self) -> list[Row]:
        """The figures, without the headings of their groups."""
        return [line for line in self._rows.lines if isinstance(line, Row)]

    def show_models(self, models: Sequence[Measured]) -> None:
        """Show these side by side; the first is what the others are compared with."""
        at = self.verticalScrollBar().value()
        same = [model.key for model in models] == [model.key for model in self.models]
        self._drawn.several = len(models) > 1
        self.clearSpans()
        self._rows.put(models)
        metrics = self.fontMetrics()
        high = metrics.height() + 12
        for number, line in enumerate(self._rows.lines):
            heading = not isinstance(line, Row)
            self.verticalHeader().resizeSection(number, high + 2 * SPACE if heading and number else high)
            if heading:
                self.setSpan(number, 0, 1, self._rows.columnCount())
        self._fit()
        if same:
            self.verticalScrollBar().setValue(at)

    def _fit(self) -> None:
        """Give every column the width of what is in it, and what a figure is the rest."""
        metrics, header = self.fontMetrics(), self.horizontalHeader()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.Bold)
        small = QFont(self.font())
        small.setPointSizeF(max(7.5, small.pointSizeF() * 0.85))
        several = len(self.models) > 1
        least = QFontMetrics(bold).horizontalAdvance("00,000" + _LONGEST) + 3 * SPACE
        least += change_width(QFontMetrics(small)) if several else 0
        last = self._rows.columnCount() - 1
        for column in range(self._rows.columnCount()):
            if 0 < column <= len(self.models):
                name = QFontMetrics(bold).horizontalAdvance(self.models[column - 1].name) + 3 * SPACE
                self.setColumnWidth(column, max(least, min(name, least + 8 * SPACE)))
            elif column != last:
                words = [self._rows._words(row, column, None) for row in self.rows] or [""]
                wide = max(metrics.horizontalAdvance(text) for text in words) + 3 * SPACE
                self.setColumnWidth(column, min(wide, 320 if column == 0 else 140))
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        about = max((metrics.horizontalAdvance(self._rows._words(row, last, None)) for row in self.rows), default=0)
        self.setColumnWidth(last, about + 3 * SPACE)
        header.setStretchLastSection(True)

    # -- copying

    def as_markdown(self) -> str:
        """The selected rows (all of them, where none is) in Markdown."""
        return markdown(self.models, self._chosen(), self._name, self._heads())

    def as_tabs(self) -> str:
        """The same with tabs between the cells."""
        return tabbed(self.models, self._chosen(), self._name, self._heads())

    def _chosen(self) -> list[Row]:
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        found = [line for number, line in enumerate(self._rows.lines) if isinstance(line, Row) and (not chosen or number in chosen)]
        return found or self.rows

    @staticmethod
    def _name(row: Row) -> tuple[str, str, str]:
        return _group(row.path[:-1]), figure_word(row.shown.label), figure_word(row.shown.unit)

    def _heads(self) -> tuple[str, str, str, str]:
        return self.tr("Group"), self.tr("Figure"), self.tr("Unit"), self.tr("Measured on")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tabs())
        else:
            super().keyPressEvent(event)

    # -- words

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("Figures of the models"))
        self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._rows.columnCount() - 1)
        self._fit()
        self.viewport().update()
