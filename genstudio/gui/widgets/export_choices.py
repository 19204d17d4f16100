"""What the export dialog asks: the formats, their options, and where the files go and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QT_TRANSLATE_NOOP, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from genstudio.gui import folders, kinds
from genstudio.gui.instruments import kit_name, kits
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, new_button, new_label
from genstudio.gui.theme import SPACE, Theme
from genstudio.gui.widgets.exporting import Planned, groups, words
from genstudio.gui.widgets.form import Form
from genstudio.gui.widgets.naming import TOKENS
from genstudio.rendering.formats.registry import CHOICES, OPTIONS

__all__ = ["Destination", "FormatList", "Glimpse", "option_form"]

Index = QModelIndex | QPersistentModelIndex
_AS_IT_IS, _KIT = QT_TRANSLATE_NOOP("ExportDialog", "As it is"), QT_TRANSLATE_NOOP("ExportDialog", "Kit")
_LABELS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAME = Qt.ItemDataRole.UserRole


class _Heads(QStyledItemDelegate):
    """Draws the heads of the groups, which cannot be chosen, as heads."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        if not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            font = option.font
            font.setPointSizeF(0.88 * font.pointSizeF())
            font.setBold(True)
            option.font = font
            option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        if not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            size.setHeight(size.height() + (SPACE if index.row() else 0))
        return size


class FormatList(QListWidget):
    """The formats for some pieces, each with a box; a click anywhere in its row, or Space, ticks it."""

    ticked_changed = Signal()

    def __init__(self, items: Sequence[Item], drums: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drums, self._domain = drums, items[0].domain if items else ""
        self.setItemDelegate(_Heads(self))
        group = ""
        for written_as, choice in CHOICES.values():
            if not any(written_as.offers(choice, item.piece) for item in items):
                continue
            if choice.group != group:
                group = choice.group
                head = QListWidgetItem(self)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setData(_NAME, f"/{group}")
            row = QListWidgetItem(self)
            row.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            row.setCheckState(Qt.CheckState.Unchecked)
            row.setData(_NAME, choice.name)
        self.setCurrentRow(1)
        self.itemChanged.connect(lambda: self.ticked_changed.emit())

    def retranslate(self) -> None:
        """Set every string."""
        labels, heads = words(drums=self._drums, domain=self._domain), groups(drums=self._drums)
        self.setAccessibleName(self.tr("Formats"))
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            key = str(item.data(_NAME))
            if key.startswith("/"):
                item.setText(heads.get(key[1:], key[1:].capitalize()))
            else:
                item.setText(labels[key][0])
                item.setToolTip(labels[key][1])
        self.blockSignals(False)

    @property
    def ticked(self) -> list[str]:
        """The formats that are ticked."""
        rows = map(self.item, range(self.count()))
        return [str(row.data(_NAME)) for row in rows if row.checkState() == Qt.CheckState.Checked and row.flags()]

    @property
    def first(self) -> str:
        """The first format that is offered, "" where none is."""
        rows = (self.item(row) for row in range(self.count()))
        return next((str(row.data(_NAME)) for row in rows if row.flags()), "")

    def tick(self, names: Sequence[str]) -> None:
        """Tick these and no others."""
        self.blockSignals(True)
        for row in map(self.item, range(self.count())):
            if row.flags():
                row.setCheckState(Qt.CheckState.Checked if row.data(_NAME) in names else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.ticked_changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self.itemAt(event.position().toPoint())
        if row is None or not row.flags() or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        on = row.checkState() == Qt.CheckState.Checked
        row.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        event.accept()


def option_form(drums: bool, parent: QWidget) -> Form:
    """Fields for the options of all formats; instruments and sample rates are chosen from a list."""
    from genstudio.rendering.instruments import INSTRUMENTS

    named = {kit: kit_name(kit) for kit in kits()} if drums else dict(enumerate(INSTRUMENTS, 1))
    rates = (22050, 44100, 48000, 96000)
    lists: dict[str, dict[str, Any]] = {
        "instrument": {"choices": ("", *named), "words": (_AS_IT_IS, *named.values()), **({"label": _KIT} if drums else {})},
        "rate": {"choices": rates, "words": [f"{rate / 1000:g} kHz" for rate in rates]},
    }
    asked = {name for _, choice in CHOICES.values() for name in choice.asks}
    settings = []
    for name, item in OPTIONS.items():
        if name in asked:
            about = {"name": name, "default": item.default, "type": str(item.type), **item.metadata}
            settings.append({**about, "words": [value.capitalize() for value in about["choices"]], **lists.get(name, {})})
    return Form(settings, {}, parent, columns=1, wide=True, context="ExportDialog")  # where the words of the engine are


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(2 * SPACE)
    form.setVerticalSpacing(SPACE)
    form.setLabelAlignment(_LABELS)
    return form


class Glimpse(QWidget):
    """A small picture of a piece, or its first words."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._item: Item | None = None
        self.setFixedHeight(8 * SPACE)

    def show_item(self, item: Item | None) -> None:
        """Show a piece, or nothing."""
        self._item = item
        self.setAccessibleName(item.title if item is not None else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, rect = self._theme.colours, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.page))
        painter.drawRoundedRect(rect, 6, 6)
        inner = rect.adjusted(SPACE, 6, -SPACE, -6)
        if self._item is not None and not self._item.is_text:
            kinds.showing(self._item.domain).paint(painter, inner, self._item.piece, colours)
        elif self._item is not None:
            painter.setPen(QColor(colours.text))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(inner, int(flags), str(self._item.facts.get("text") or self._item.title))
        painter.end()


class Destination(QWidget):
    """The folder, what the files are called, what that comes to, and what happens to files of the same names."""

    changed = Signal()

    def __init__(self, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.named = False  # the name was typed
        self.folder, self.name = QLineEdit(self), QLineEdit(self)
        browse = new_button(self, self._browse, words=lambda: (self.tr("Choose…"), self.tr("Choose a folder")))
        self.insert = new_button(self, self._offer, words=lambda: (self.tr("Insert…"), self.tr("Insert into the name")))
        self.insert.setVisible(several)
        self.files = QListWidget(self)
        self.files.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.files.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.files.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.files.setFixedHeight((12 if several else 8) * SPACE)
        self.there, self.clash = new_label(self, "warn", wrap=True), QComboBox(self)
        self.clash.addItem("", False)
        self.clash.addItem("", True)
        self.folder.textChanged.connect(lambda: self.changed.emit())
        self.clash.currentIndexChanged.connect(lambda: self.changed.emit())
        self.name.textEdited.connect(self._typed)
        form = _form(self)
        for label, first, *more in (
            (new_label(self, words=lambda: self.tr("Folder"), of=self.folder), self.folder, browse),
            (new_label(self, words=lambda: self.tr("Name"), of=self.name), self.name, self.insert),
            (new_label(self, words=lambda: (self.tr("Files"), self.tr("Files that will be written")), of=self.files), self.files),
            (QLabel(self), self.there, self.clash),
        ):
            form.addRow(label, beside((first, 1), *more, gap=SPACE))

    def retranslate(self) -> None:
        """Set every string."""
        self.clash.setItemText(0, self.tr("Find new names"))
        self.clash.setItemText(1, self.tr("Replace the files"))
        self.clash.setAccessibleName(self.tr("What to do with files of the same names"))
        self.name.setPlaceholderText(self.tr("The titles of the pieces"))

    @property
    def path(self) -> Path | None:
        """The folder, None where none is given."""
        text = self.folder.text().strip()
        return Path(text).expanduser() if text else None

    @property
    def replace(self) -> bool:
        """Whether files of the same names are written over."""
        return bool(self.clash.currentData()) and not self.clash.isHidden()

    def show_files(self, files: Sequence[Planned], existing: Sequence[str]) -> None:
        """Show what will be written, and which of its names are taken."""
        self.files.clear()
        for file in files:
            QListWidgetItem(file.name, self.files).setToolTip(file.name)
        if existing:
            one, many = self.tr("{name} is there already."), self.tr("{count} of these files are there already.")
            self.there.setText((one if len(existing) == 1 else many).format(name=existing[0], count=len(existing)))
        self.there.setVisible(bool(existing))
        self.clash.setVisible(bool(existing))

    def tokens(self) -> QMenu:
        """What a name can have of each piece."""
        menu = QMenu(self)
        labels = (
            self.tr("Number"), self.tr("Title"), self.tr("What it was made of"), self.tr("Model"), self.tr("Kind"), self.tr("Date"),
        )  # fmt: skip
        for token, label in zip(TOKENS, labels, strict=True):
            menu.addAction(f"{label}  {{{token}}}", partial(self._insert, token))
        return menu

    def _offer(self) -> None:
        menu = self.tokens()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.insert.mapToGlobal(self.insert.rect().bottomLeft()))

    def _insert(self, token: str) -> None:
        before, text = self.name.text()[: self.name.cursorPosition()], f"{{{token}}}"
        self.name.insert(text if not before or before.endswith(" ") else f" {text}")
        self._typed()

    def _typed(self) -> None:
        self.named = bool(self.name.text().strip())
        self.changed.emit()

    def _browse(self) -> None:
        for found in folders.ask(self, self.tr("Choose a folder"), self.folder.text(), mode=folders.Mode.Directory):
            self.folder.setText(found)
