"""The figures of models side by side: a row a figure, in groups, with what it is below its name.

Numbers stand below one another by their decimal point. The best of a row is bold, on a ground of its own, and says so; below a
figure stands how far it is from that of the first model.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from genstudio.gui.layouts import Worded
from genstudio.gui.measured import Cell, Measured, Row, rows_of, side_by_side, written
from genstudio.gui.theme import SPACE, Theme
from genstudio.gui.widgets.tables import plain
from genstudio.metrics import GROUPS, METRICS, metric

__all__ = ["FigureTable", "figure_word"]

Index = QModelIndex | QPersistentModelIndex
_FIRST = 2  # column of the first model
_EDGE, _PAD, _BELOW = 8, 6, 3  # pixels around the words of a cell, and between its lines
_LEAST, _MOST, _NAME = 250, 520, 150  # of the column of names; most for the name of a model
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LONGEST = ".0000"  # what stands to the right of a decimal point


def figure_word(text: str) -> str:
    """A label, unit or definition of a figure, translated; English where it is not."""
    return QCoreApplication.translate("Figures", text) if text else ""


def _label(row: Row) -> str:
    """The name of a figure; that of a part, such as "note_f1 6/8", is that of the whole with the part."""
    name = row.path[-1]
    whole, _, part = name.partition(" ")
    if name not in METRICS and part and whole in METRICS:
        return f"{figure_word(METRICS[whole].label)}, {part}"
    return figure_word(row.metric.label)


def _group(path: Sequence[str]) -> str:
    """The name of a group; one within another is named after both."""
    if not path:
        return QCoreApplication.translate("FigureTable", "The measurement")
    return "  ·  ".join(figure_word(GROUPS.get(name) or metric(name).label) for name in path)


class _Rows(QAbstractTableModel):
    """Headings of groups (a path) and rows of figures, as the view shows them: a figure, its unit, and a column a model."""

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
        return 0 if parent.isValid() else len(self.models) + _FIRST

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) if isinstance(self.lines[index.row()], Row) else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.lines[index.row()], index.column()
        if not isinstance(line, Row):
            return _group(line) if column == 0 and role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(line, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(line, column)
        return None

    @staticmethod
    def _words(row: Row, column: int) -> str:
        if column >= _FIRST:
            return written(row.cells[column - _FIRST].value, row.decimals) or "–"
        return figure_word(row.metric.unit) if column else _label(row)

    def _told(self, row: Row, column: int) -> str:
        if column < _FIRST:
            about = figure_word(row.metric.about) if column == 0 else ""
            return f"{self._words(row, column)}: {about}" if about else self._words(row, column)
        cell = row.cells[column - _FIRST]
        if cell.value is None:
            return self.tr("not defined for this model") if cell.there else self.tr("not measured")
        parts = [f"{cell.value} {figure_word(row.metric.unit)}".strip()]
        if cell.change is not None:
            tail = {"better": self.tr("better than the first"), "worse": self.tr("worse than the first")}.get(cell.verdict, "")
            parts.append(f"{written(cell.change, row.decimals, sign=True)} {tail}".strip())
        if cell.best:
            parts.append(self.tr("the best"))
        return ", ".join(parts)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            names = [self.tr("Figure"), self.tr("Unit"), *(model.name for model in self.models)]
            return names[section] if section < len(names) else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((_RIGHT if section >= _FIRST else _LEFT) | _MIDDLE)
        return None


class _Fonts:
    """The fonts of a table and what they measure."""

    def __init__(self, plain: QFont) -> None:
        self.plain, self.bold, self.small = QFont(plain), QFont(plain), QFont(plain)
        self.bold.setWeight(QFont.Weight.Bold)
        self.small.setPointSizeF(max(7.5, plain.pointSizeF() * 0.86))
        self.line, self.below = QFontMetrics(self.plain).height(), QFontMetrics(self.small).height()
        self.decimals = QFontMetrics(self.bold).horizontalAdvance(_LONGEST)


class _Delegate(QStyledItemDelegate):
    """Draws groups as headings, a figure with what it is below its name, and numbers by their decimal point."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Rows)
        line, column, rect, fonts = model.lines[index.row()], index.column(), option.rect, _Fonts(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        if not isinstance(line, Row):
            painter.setFont(fonts.bold)
            painter.setPen(QColor(colours.text))
            words = str(index.data() or "")
            painter.drawText(rect.adjusted(_EDGE, 0, 0, -6), _LEFT | Qt.AlignmentFlag.AlignBottom, words)
            after = painter.fontMetrics().horizontalAdvance(words) + _EDGE + 2 * SPACE
            painter.setFont(fonts.small)
            painter.setPen(QColor(colours.muted))
            about = figure_word(metric(line[-1]).about) if len(line) > 1 else ""
            painter.drawText(rect.adjusted(after, 0, 0, -6), _LEFT | Qt.AlignmentFlag.AlignBottom, about)
            painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(colours.line))
        else:
            state = option.state
            if state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, QColor(colours.selection))
            inner = rect.adjusted(_EDGE, _PAD, -_EDGE, -_PAD)
            if column == 0:
                self._figure(painter, inner, line, fonts)
            elif column < _FIRST:
                painter.setPen(QColor(colours.muted))
                painter.setFont(fonts.plain)
                write(painter, inner.left(), inner.top(), model._words(line, column))
            else:
                self._cell(painter, inner, line.cells[column - _FIRST], line.decimals, fonts)
        painter.restore()

    def _figure(self, painter: QPainter, inner: QRect, row: Row, fonts: _Fonts) -> None:
        colours, elide = self._theme.colours, Qt.TextElideMode.ElideRight
        painter.setPen(QColor(colours.text))
        painter.setFont(fonts.plain)
        label = painter.fontMetrics().elidedText(_label(row), elide, inner.width())
        write(painter, inner.left(), inner.top(), label)
        if explained(row):
            painter.setPen(QColor(colours.muted))
            painter.setFont(fonts.small)
            about = painter.fontMetrics().elidedText(figure_word(row.metric.about), elide, inner.width())
            write(painter, inner.left(), inner.top() + fonts.line + _BELOW - 1, about)

    def _cell(self, painter: QPainter, inner: QRect, cell: Cell, decimals: int, fonts: _Fonts) -> None:
        colours, right = self._theme.colours, inner.left() + inner.width()
        painter.setFont(fonts.bold if cell.best else fonts.plain)
        metrics = painter.fontMetrics()
        text = written(cell.value, decimals) or "–"
        whole, point, part = text.partition(".")
        number = cell.value is None or isinstance(cell.value, (int, float))
        if number and metrics.horizontalAdvance(point + part) <= fonts.decimals:
            left = right - fonts.decimals - metrics.horizontalAdvance(whole)  # the decimal point stands where it does in every row
        else:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            left = right - metrics.horizontalAdvance(text)
        wide = metrics.horizontalAdvance(text)
        if cell.best:
            ground = QRectF(left - 6, inner.top() - 2.5, wide + 12, fonts.line + 5)
            painter.setPen(QColor(colours.accent))
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(ground, 5, 5)
        painter.setPen(QColor(colours.muted if cell.value is None else colours.text))
        write(painter, left, inner.top(), text)
        if cell.change:  # nothing is said where they are equal
            painter.setFont(fonts.small)
            painter.setPen(QColor({"better": colours.good, "worse": colours.bad}.get(cell.verdict, colours.muted)))
            change = written(cell.change, decimals, sign=True)
            whole, point, part = change.partition(".")
            at = right - fonts.decimals - painter.fontMetrics().horizontalAdvance(whole)
            write(painter, at, inner.top() + fonts.line + _BELOW, change)


def write(painter: QPainter, left: int, top: int, text: str) -> None:
    """One line on the base line of the font: letters of another script, from a higher font, stand on it, too."""
    painter.drawText(QPoint(left, top + painter.fontMetrics().ascent()), text)


def explained(row: Row) -> bool:
    """Whether what it is stands below its name; parts of a figure are explained with the whole."""
    return bool(row.metric.about) and " " not in row.path[-1]


class FigureTable(Worded, QTableView):
    """See the module."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(theme, self))
        plain(self, QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setSectionsClickable(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        theme.changed.connect(self.viewport().update)
        self.retranslate()

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
        self.clearSpans()
        self._rows.put(models)
        fonts = _Fonts(self.font())
        one, two = fonts.line + 2 * _PAD, fonts.line + fonts.below + _BELOW + 2 * _PAD
        for number, line in enumerate(self._rows.lines):
            if isinstance(line, Row):
                high = two if explained(line) or any(cell.change is not None for cell in line.cells) else one
            else:
                high = one + (2 * SPACE if number else 4)
                self.setSpan(number, 0, 1, self._rows.columnCount())
            self.verticalHeader().resizeSection(number, high)
        self._fit()
        if same:
            self.verticalScrollBar().setValue(at)

    def _fit(self) -> None:
        """Give every column the width of what is in it, and the names of figures the rest."""
        if not self.rows:
            return
        fonts, header = _Fonts(self.font()), self.horizontalHeader()
        bold, plain = QFontMetrics(fonts.bold), QFontMetrics(fonts.plain)
        widths = [plain.horizontalAdvance(self._rows._words(row, 1)) for row in self.rows]
        taken = [0, max(bold.horizontalAdvance(self.tr("Unit")), *widths) + 2 * _EDGE + 4]
        for number, model in enumerate(self.models):
            wholes = [
                bold.horizontalAdvance(written(row.cells[number].value, row.decimals).partition(".")[0])
                for row in self.rows if not isinstance(row.cells[number].value, str)
            ]  # fmt: skip
            least = max(wholes, default=0) + fonts.decimals + 2 * _EDGE + SPACE
            taken.append(max(least, min(bold.horizontalAdvance(model.name) + 2 * SPACE, _NAME)))
        for column, width in enumerate(taken):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            if column:
                self.setColumnWidth(column, width)
        about = QFontMetrics(fonts.small)
        names = max(
            max(plain.horizontalAdvance(self._rows._words(row, 0)), about.horizontalAdvance(figure_word(row.metric.about)))
            for row in self.rows
        )
        free = self.viewport().width() - sum(taken)
        # No wider than its words, so that the numbers are near; no narrower than reads well, and then the rest is scrolled to.
        self.setColumnWidth(0, max(_LEAST, min(max(names + 2 * _EDGE + 4, _MOST), free)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # -- copying

    def as_text(self, *, markdown: bool) -> str:
        """The selected rows (all of them, where none is), in Markdown or with tabs between the cells."""
        heads = self.tr("Group"), self.tr("Figure"), self.tr("Unit"), self.tr("Measured on")
        return side_by_side(self.models, self._chosen(), self._name, heads, markdown=markdown)

    def _chosen(self) -> list[Row]:
        chosen = {index.row() for index in self.selectionModel().selectedRows()}
        found = [line for number, line in enumerate(self._rows.lines) if isinstance(line, Row) and (not chosen or number in chosen)]
        return found or self.rows

    @staticmethod
    def _name(row: Row) -> tuple[str, str, str]:
        return _group(row.path[:-1]), _label(row), figure_word(row.metric.unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text(markdown=False))
        else:
            super().keyPressEvent(event)

    # -- words

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Figures of the models"))
        self._rows.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._rows.columnCount() - 1)
        self._fit()
        self.viewport().update()
