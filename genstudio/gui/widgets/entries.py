"""A list of things with a name, a line about each, and how far each is: corpora, trainings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genstudio.gui import icons
from genstudio.gui.layouts import Worded, new_button, new_label, stacked
from genstudio.gui.theme import SPACE, Theme

__all__ = ["Entry", "EntryList", "EntryPanel"]

_ENTRY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Entry:
    """One line of the list. key: tells it apart. tone: "" or "good", "warn", "bad", "accent" for the words about it. fraction: how
    far it is, None where that does not apply. ticked: whether its box is ticked, None where it has none."""

    key: str
    title: str
    about: str = ""
    tone: str = ""
    fraction: float | None = None
    ticked: bool | None = None


def _box(rect: QRect) -> QRect:
    """Where the box of an entry is that fills ``rect``."""
    return QRect(rect.left() + SPACE + 4, rect.center().y() - 8, 17, 17)


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def _ratio(self) -> float:
        parent = self.parent()
        return parent.devicePixelRatioF() if isinstance(parent, QWidget) else 1.0

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        line = option.fontMetrics.height()
        return QSize(160, 2 * line + 3 * SPACE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        colours = self._theme.colours
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(rect).adjusted(2, 1, -2, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.selection))
            painter.drawRoundedRect(ground, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(colours.sunken))
            painter.drawRoundedRect(ground, 6, 6)
        inner = rect.adjusted(SPACE + 4, SPACE - 1, -SPACE - 4, -SPACE + 1)
        if entry.ticked is not None:
            box = _box(rect)
            inner.setLeft(box.right() + SPACE + 2)
            painter.setPen(QPen(QColor(colours.accent if entry.ticked else colours.edge), 1))
            painter.setBrush(QColor(colours.accent if entry.ticked else colours.surface))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            if entry.ticked:
                pixmap = icons.pixmap("check", colours.on_accent, 13, self._ratio())
                painter.drawPixmap(QPointF(box.left() + 2, box.top() + 2), pixmap)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        line = painter.fontMetrics().height()
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), line), Qt.AlignmentFlag.AlignVCenter, title)
        small = QFont(option.font)
        small.setPointSizeF(max(7.5, small.pointSizeF() * 0.88))
        painter.setFont(small)
        tones = {"good": colours.good, "warn": colours.warn, "bad": colours.bad, "accent": colours.accent}
        painter.setPen(QColor(tones.get(entry.tone, colours.muted)))
        about = painter.fontMetrics().elidedText(entry.about, Qt.TextElideMode.ElideRight, inner.width())
        below = QRect(inner.left(), inner.top() + line + 3, inner.width(), painter.fontMetrics().height())
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, about)
        if entry.fraction is not None:
            track = QRectF(inner.left(), rect.bottom() - 5, inner.width(), 3)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(track, 1.5, 1.5)
            track.setWidth(max(3.0, track.width() * min(1.0, max(0.0, entry.fraction))))
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(track, 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(ground, 6, 6)
        painter.restore()


class EntryList(QListWidget):
    """See the module; ``chosen`` gives the key of the entry that is looked at, "" for none. A click into its box, or Space, ticks
    an entry that has one, and does not look at it."""

    chosen = Signal(str)
    ticked = Signal(str, bool)  # the key of an entry, whether it shall be ticked

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = False
        self.setProperty("kind", "popup")  # no frame of its own
        self.setItemDelegate(_Delegate(theme, self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._told)
        theme.changed.connect(self.viewport().update)

    def show_entries(self, entries: Sequence[Entry], current: str | None = None) -> None:
        """Show these, and look at ``current``; None: at what was looked at before, where it is still there."""
        if current is None:
            current = self.current
        self._quiet = True
        if [self.item(row).data(_ENTRY).key for row in range(self.count())] == [entry.key for entry in entries]:
            for row, entry in enumerate(entries):
                self._set(self.item(row), entry)
        else:
            self.clear()
            for entry in entries:
                item = QListWidgetItem()
                self._set(item, entry)
                self.addItem(item)
        self._quiet = False
        self.look_at(current)

    @staticmethod
    def _set(item: QListWidgetItem, entry: Entry) -> None:
        if item.data(_ENTRY) != entry:
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (entry.title, entry.about) if part))
            item.setToolTip(f"{entry.title}\n{entry.about}" if entry.about else entry.title)
            state = Qt.CheckState.Checked if entry.ticked else Qt.CheckState.Unchecked  # for screen readers
            item.setData(Qt.ItemDataRole.CheckStateRole, None if entry.ticked is None else state)

    @property
    def current(self) -> str:
        """The key of the one that is looked at, "" for none."""
        row = self.currentRow()
        return str(self.item(row).data(_ENTRY).key) if row >= 0 else ""

    def look_at(self, key: str) -> None:
        """Look at the entry with this key; at none where it is not there. It is told only where it is another."""
        for row in range(self.count()):
            if self.item(row).data(_ENTRY).key == key:
                if self.currentRow() != row:
                    self.setCurrentRow(row)
                return
        self._quiet = True
        self.setCurrentRow(-1)
        self.clearSelection()
        self._quiet = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            entry: Entry = item.data(_ENTRY)
            around = _box(self.visualItemRect(item)).adjusted(-SPACE, -SPACE, SPACE - 2, SPACE)
            if entry.ticked is not None and around.contains(event.position().toPoint()):
                self.ticked.emit(entry.key, not entry.ticked)
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentRow()
        entry: Entry | None = self.item(row).data(_ENTRY) if row >= 0 else None
        if event.key() == Qt.Key.Key_Space and entry is not None and entry.ticked is not None:
            self.ticked.emit(entry.key, not entry.ticked)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        nothing = self.currentRow() < 0
        self._quiet = nothing  # Qt would look at the first entry by itself
        super().focusInEvent(event)
        if nothing:
            self.selectionModel().clearCurrentIndex()
        self._quiet = False

    def _told(self, item: QListWidgetItem | None) -> None:
        if not self._quiet:
            self.chosen.emit(str(item.data(_ENTRY).key) if item is not None else "")


class EntryPanel(Worded, QFrame):
    """A list of things at the side of a page: a heading, what stands there while there are none, and a button for a new one;
    ``words`` gives these three."""

    def __init__(self, theme: Theme, words: Callable[[], tuple[str, str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setProperty("kind", "panel")
        self.heading = new_label(self, "heading")
        self.hint = new_label(self, "caption", wrap=True)  # shown by whom it is of use to
        self.hint.hide()
        self.entries = EntryList(theme, self)
        self.empty = new_label(self, "muted", wrap=True)
        self.new_button = new_button(self, words=lambda: words()[2])
        stacked(
            self.heading, self.hint, self.empty, (self.entries, 1), None, self.new_button, into=self,
            margins=(SPACE + 4, 2 * SPACE, SPACE + 4, SPACE + 4), gap=SPACE,
        )  # fmt: skip
        self.show_entries([])
        self.retranslate()

    def show_entries(self, entries: Sequence[Entry], current: str | None = None) -> None:
        """Show these; see :meth:`EntryList.show_entries`."""
        self.entries.show_entries(entries, current)
        self.empty.setVisible(not entries)
        self.entries.setVisible(bool(entries))

    def retranslate(self) -> None:
        heading, nothing, _ = self._words()
        self.heading.setText(heading)
        self.entries.setAccessibleName(heading)
        self.empty.setText(nothing)
