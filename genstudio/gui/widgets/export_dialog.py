"""The dialog that asks what to export, in which format, and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from genstudio.gui.context import Context
from genstudio.gui.instruments import kit_name, kits
from genstudio.gui.items import Item
from genstudio.gui.theme import SPACE
from genstudio.gui.views.parts import part_names
from genstudio.gui.widgets.exporting import ExportOptions, Written, groups, names_of, told, words, write_items
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.naming import stem_for
from genstudio.gui.widgets.numbers import NumberField, WholeField
from genstudio.progress import Progress
from genstudio.rendering.formats.base import Choice, Format
from genstudio.rendering.formats.registry import CHOICES, OPTIONS

__all__ = ["ExportDialog", "Exporter"]

Index = QModelIndex | QPersistentModelIndex
_STEPS = {"tempo": 0.05, "scale": 0.25}  # of one press of a spin box's button
_LABELS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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


class ExportDialog(QDialog):
    """Asks what to write, in which format and where, and writes it as a job."""

    written = Signal(object)  # Written

    def __init__(self, context: Context, items: Sequence[Item], chosen: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.items = list(items)
        # Instruments and kits are different lists: one is shown where all music is of one kind.
        pitched = {bool(item.piece.pitched) for item in items if item.music}
        self._drums = pitched == {False}
        self._mixed = len(pitched) > 1
        self._names = [part_names(item.piece.parts) if item.music else [] for item in items]  # of the parts of each
        self._job: Any = None
        self._named = False  # the name was typed
        self.setMinimumSize(720, 640)
        self._build(set(map(id, chosen)))
        self._restore()
        self.retranslate()
        self._format_changed()

    # -- widgets

    def _build(self, chosen: set[int]) -> None:
        self.formats = QListWidget(self)
        self.formats.setFixedWidth(184)
        self.formats.setItemDelegate(_Heads(self.formats))
        group = ""
        for written_as, choice in CHOICES.values():
            if not any(written_as.fits(item.piece) for item in self.items):
                continue
            if choice.group != group:
                group = choice.group
                head = QListWidgetItem(self.formats)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setData(Qt.ItemDataRole.UserRole, f"/{group}")
            QListWidgetItem(self.formats).setData(Qt.ItemDataRole.UserRole, choice.name)
        self.formats.currentItemChanged.connect(self._format_changed)

        self.name_of_format, self.help = QLabel(self), QLabel(self)
        self.name_of_format.setProperty("kind", "heading")
        self.help.setProperty("kind", "muted")
        self.help.setWordWrap(True)

        self.pieces = QListWidget(self)
        self.pieces.setMinimumHeight(12 * SPACE)
        self.every = QCheckBox(self)
        for item in self.items:
            row = QListWidgetItem(item.title, self.pieces)
            row.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            row.setCheckState(Qt.CheckState.Checked if id(item) in chosen else Qt.CheckState.Unchecked)
        self.pieces.itemChanged.connect(self._pieces_changed)
        self.every.clicked.connect(self._tick_all)
        several = len(self.items) > 1
        self.pieces.setVisible(several)
        self.every.setVisible(several)

        self.parts_label = QLabel(self)
        self.parts_label.setProperty("kind", "muted")
        self.parts_box = QWidget(self)
        flow = Flow(self.parts_box)
        self.parts: dict[str, QCheckBox] = {}
        heard = [self.context.player.mixers.heard(item) for item in self.items]
        for name in dict.fromkeys(name for names in self._names for name in names if len(names) > 1):
            tick = self.parts[name] = QCheckBox(name, self.parts_box)
            tick.setChecked(any(names[part] == name for names, on in zip(self._names, heard, strict=True) for part in on))
            tick.toggled.connect(self._show_names)
            flow.addWidget(tick)
        self.parts_label.setVisible(bool(self.parts))
        self.parts_box.setVisible(bool(self.parts))

        self.apart, self.joined = QRadioButton(self), QRadioButton(self)
        self.apart.toggled.connect(self._show_names)
        how = QHBoxLayout()
        how.setSpacing(2 * SPACE)
        how.addWidget(self.apart)
        how.addWidget(self.joined)
        how.addStretch()

        self.form = QFormLayout()
        self.form.setHorizontalSpacing(2 * SPACE)
        self.form.setVerticalSpacing(SPACE)
        self.form.setLabelAlignment(_LABELS)
        asked = {name for _, choice in CHOICES.values() for name in choice.asks}
        self.fields = {name: self._field(item) for name, item in OPTIONS.items() if name in asked}
        self._labels = {name: QLabel(self) for name in self.fields}
        for name, widget in self.fields.items():
            self._labels[name].setBuddy(widget)
            self.form.addRow(self._labels[name], widget)

        self.folder, self.browse = QLineEdit(self), QPushButton(self)
        self.name, self.preview = QLineEdit(self), QLabel(self)
        self.preview.setProperty("kind", "caption")
        self.preview.setWordWrap(True)
        self.there, self.clash = QLabel(self), QComboBox(self)
        self.clash.addItem("", False)
        self.clash.addItem("", True)
        self.there.setProperty("kind", "warn")
        self.there.setWordWrap(True)
        self.browse.clicked.connect(self._browse)
        self.folder.textChanged.connect(self._show_names)
        self.name.textEdited.connect(self._name_typed)
        self.folder_label, self.name_label = QLabel(self), QLabel(self)
        self.folder_label.setBuddy(self.folder)
        self.name_label.setBuddy(self.name)
        place = QHBoxLayout()
        place.setSpacing(SPACE)
        place.addWidget(self.folder, 1)
        place.addWidget(self.browse)
        clash = QHBoxLayout()
        clash.addWidget(self.there, 1)
        clash.addWidget(self.clash)
        where = QFormLayout()
        where.setHorizontalSpacing(2 * SPACE)
        where.setVerticalSpacing(SPACE)
        where.setLabelAlignment(_LABELS)
        where.addRow(self.folder_label, place)
        where.addRow(self.name_label, self.name)
        where.addRow("", self.preview)
        where.addRow("", clash)

        self.error = QLabel(self)
        self.error.setProperty("kind", "error")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.hide()
        self.stop, self.close_button, self.go = QPushButton(self), QPushButton(self), QPushButton(self)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self.start)
        self.close_button.clicked.connect(self.close)
        self.stop.clicked.connect(self._stop)
        self.stop.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.bar, 1)
        buttons.addStretch()
        buttons.addWidget(self.stop)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.go)

        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self.name_of_format)
        right.addWidget(self.help)
        right.addSpacing(SPACE)
        right.addWidget(self.every)
        right.addWidget(self.pieces, 1)
        right.addLayout(how)
        right.addWidget(self.parts_label)
        right.addWidget(self.parts_box)
        right.addSpacing(SPACE)
        right.addLayout(self.form)
        right.addStretch(0 if several else 1)
        line = QFrame(self)
        line.setProperty("kind", "line")
        right.addWidget(line)
        right.addSpacing(SPACE)
        right.addLayout(where)
        right.addWidget(self.error)
        top = QHBoxLayout()
        top.setSpacing(3 * SPACE)
        top.addWidget(self.formats)
        top.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(top, 1)
        whole.addLayout(buttons)

    def _field(self, item: dataclasses.Field[Any]) -> QComboBox | QSpinBox | QDoubleSpinBox | QCheckBox | QLineEdit:
        """A control for an option, at its default."""
        about = item.metadata
        offered = self._offered(item)
        if offered:
            box = QComboBox(self)
            for value, text in offered.items():
                box.addItem(text, value)
            box.setCurrentIndex(max(0, box.findData(item.default)))
            return box
        if isinstance(item.default, bool):
            tick = QCheckBox(self)
            tick.setChecked(item.default)
            return tick
        if isinstance(item.default, str):
            return QLineEdit(item.default, self)
        number: Any = WholeField(self) if isinstance(item.default, int) else NumberField(self)
        number.setRange(about["low"], about["high"])
        number.setSingleStep(_STEPS.get(item.name, 1 if isinstance(item.default, int) else 0.1))
        number.setValue(item.default)
        number.setSuffix(f" {about['unit']}" if about["unit"] else "")
        return number  # type: ignore[no-any-return]

    def _offered(self, item: dataclasses.Field[Any]) -> dict[Any, str]:
        """The values of an option that is chosen from a list, with what stands there; {}: it is not."""
        if item.name == "instrument":
            from genstudio.rendering.instruments import INSTRUMENTS

            return {"": ""} | ({kit: kit_name(kit) for kit in kits()} if self._drums else dict(enumerate(INSTRUMENTS, 1)))
        if item.name == "rate":
            return {rate: f"{rate / 1000:g} kHz" for rate in (22050, 44100, 48000, 96000)}
        return dict.fromkeys(item.metadata["choices"], "")

    def retranslate(self) -> None:
        """Set every string."""
        labels, heads = words(drums=self._drums), groups(drums=self._drums)
        self.setWindowTitle(self.tr("Export"))
        for row in range(self.formats.count()):
            item = self.formats.item(row)
            key = str(item.data(Qt.ItemDataRole.UserRole))
            item.setText(heads[key[1:]] if key.startswith("/") else labels[key][0])
        self.formats.setAccessibleName(self.tr("Format"))
        self.every.setText(self.tr("Pieces to export"))
        self.pieces.setAccessibleName(self.tr("Pieces to export"))
        self.parts_label.setText(self.tr("Parts, played as the mixer has them"))
        for name, tick in self.parts.items():
            tick.setAccessibleName(self.tr("Part: {name}").format(name=name))
        self.apart.setText(self.tr("A file for each"))
        self.joined.setText(self.tr("All in one file"))
        for name, widget in self.fields.items():
            label = self.tr("Kit") if name == "instrument" and self._drums else self.tr(OPTIONS[name].metadata["label"])
            self._labels[name].setText(label)
            widget.setAccessibleName(label)
            for row, value in enumerate(OPTIONS[name].metadata["choices"]):
                assert isinstance(widget, QComboBox)
                widget.setItemText(row, self.tr(value.capitalize()))
        instrument = self.fields["instrument"]
        assert isinstance(instrument, QComboBox)
        instrument.setItemText(0, self.tr("As it is"))
        self.clash.setItemText(0, self.tr("Find new names"))
        self.clash.setItemText(1, self.tr("Replace the files"))
        self.clash.setAccessibleName(self.tr("What to do with files of the same names"))
        self.folder_label.setText(self.tr("Folder"))
        self.name_label.setText(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("The titles of the pieces"))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.name.setAccessibleName(self.tr("Name"))
        self.browse.setText(self.tr("Choose…"))
        self.browse.setAccessibleName(self.tr("Choose a folder"))
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop.setText(self.tr("Stop"))
        self.close_button.setText(self.tr("Close"))
        self.go.setText(self.tr("Export"))
        self._show_format()
        self._show_names()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # -- what is chosen

    @property
    def choice(self) -> Choice:
        """The entry of the list that is chosen."""
        return CHOICES[str(self.formats.currentItem().data(Qt.ItemDataRole.UserRole))][1]

    @property
    def format(self) -> Format[Any]:
        """The format of that entry."""
        return CHOICES[self.choice.name][0]

    def choose(self, name: str) -> None:
        """Take the format of that name, where there is one for these pieces."""
        for row in range(self.formats.count()):
            if self.formats.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.formats.setCurrentRow(row)

    @property
    def chosen(self) -> list[Item]:
        """The pieces that are ticked and that the format is for."""
        fits = self.format.fits
        return [
            item
            for row, item in enumerate(self.items)
            if fits(item.piece) and (len(self.items) == 1 or self.pieces.item(row).checkState() == Qt.CheckState.Checked)
        ]

    def _ticked(self, item: Item) -> list[int]:
        """The parts of a piece that are wanted; of a piece without a choice it is the only one."""
        names = next(names for one, names in zip(self.items, self._names, strict=True) if one is item)
        if len(names) < 2:
            return [0]
        return [part for part, name in enumerate(names) if self.parts[name].isChecked()]

    def _taken(self, item: Item) -> Item:
        """A piece with the parts that are wanted, as the mixer has them."""
        if len(item.piece.parts if item.music else ()) < 2:
            return item
        return dataclasses.replace(item, piece=self.context.player.mixers.chosen(item, self._ticked(item)))

    @property
    def options(self) -> ExportOptions:
        """What was asked for."""
        given = {name: value for name in self.choice.asks if (value := _value(self.fields[name])) != OPTIONS[name].default}
        font = str(self.context.settings["soundfont"])
        if "soundfont" in self.format.option_names and font:
            given["soundfont"] = font
        return ExportOptions(
            joined=self.joined.isChecked(),
            stem=self.name.text().strip(),
            replace=bool(self.clash.currentData()) and not self.clash.isHidden(),
            settings=given,
        )

    def _restore(self) -> None:
        kept: dict[str, Any] = self.context.settings["export"]
        usual = "midi" if self.items[0].music else "txt"
        self.choose(usual)
        known = kept.get("format", {})
        self.choose(str(known.get(self.items[0].domain, usual)) if isinstance(known, dict) else usual)
        where = QStandardPaths.StandardLocation
        home = where.DocumentsLocation if usual == "txt" else where.MusicLocation
        self.folder.setText(str(kept.get("folder") or QStandardPaths.writableLocation(home) or Path.home()))

    def _remember(self) -> None:
        kept: dict[str, Any] = self.context.settings["export"]
        formats = kept.get("format")
        formats = {**formats} if isinstance(formats, dict) else {}
        formats[self.items[0].domain] = self.choice.name
        self.context.settings["export"] = {"folder": self.folder.text(), "format": formats}

    def _format_changed(self) -> None:
        if self.formats.currentItem() is None:
            return
        choice = self.choice
        (self.joined if choice.joined else self.apart).setChecked(True)
        for name, widget in self.fields.items():
            there = name in choice.asks and not (name == "instrument" and (self._mixed or any(map(len, self._names))))
            self._labels[name].setVisible(there)
            widget.setVisible(there)
        for row, item in enumerate(self.items):
            listed = self.pieces.item(row)
            fits = self.format.fits(item.piece)
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            listed.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if fits else flags)
            listed.setToolTip("" if fits else self.tr("This format is not for such a piece."))
        self._show_format()
        self._pieces_changed()

    def _show_format(self) -> None:
        if self.formats.currentItem() is not None:
            label, about = words(drums=self._drums)[self.choice.name]
            self.name_of_format.setText(label)
            self.help.setText(about)

    def _tick_all(self) -> None:
        on = self.every.checkState() != Qt.CheckState.Unchecked
        self.every.setTristate(False)
        for row, item in enumerate(self.items):
            if self.format.fits(item.piece):
                self.pieces.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _pieces_changed(self) -> None:
        count, fitting = len(self.chosen), sum(self.format.fits(item.piece) for item in self.items)
        state = Qt.CheckState
        self.every.setCheckState(state.Checked if count == fitting else state.PartiallyChecked if count else state.Unchecked)
        for button in (self.apart, self.joined):
            button.setVisible(count > 1)
        if not self._named and count:
            self.name.setText(stem_for(self.chosen))
        self._show_names()

    def _name_typed(self) -> None:
        self._named = bool(self.name.text().strip())
        self._show_names()

    def _show_names(self) -> None:
        if self.formats.currentItem() is None:
            return
        items = self.chosen
        self.clash.hide()
        self.there.hide()
        if items and not all(map(self._ticked, items)):
            self.preview.setText("")
            self._allow(self.tr("Tick at least one part of each piece."))
            return
        if not items:
            self.preview.setText("")
            self._allow(self.tr("Tick at least one piece."))
            return
        names = names_of(items, self.choice.name, self.options)
        self.preview.setText(names[0] if len(names) == 1 else self.tr("{count} files: {first} … {last}").format(
            count=len(names), first=names[0], last=names[-1]))  # fmt: skip
        folder = self.folder.text().strip()
        if not folder:
            self._allow(self.tr("Choose a folder."))
            return
        existing = [name for name in names if (Path(folder) / name).exists()]
        if existing:
            one, many = self.tr("{name} is there already."), self.tr("{count} of these files are there already.")
            self.there.setText((one if len(existing) == 1 else many).format(name=existing[0], count=len(existing)))
        self.there.setVisible(bool(existing))
        self.clash.setVisible(bool(existing))
        self._allow("")

    def _allow(self, reason: str) -> None:
        self.go.setEnabled(not reason and self._job is None)
        self.go.setToolTip(reason)

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder"), self.folder.text())
        if found:
            self.folder.setText(found)

    # -- writing

    def start(self) -> None:
        """Write what is chosen."""
        items = self.chosen
        if not items or self._job is not None:
            return
        self._remember()
        self.error.hide()
        label = words(drums=self._drums)[self.choice.name][0]
        title = self.tr("Export {title} as {format}") if len(items) == 1 else self.tr("Export {count} pieces as {format}")
        title = title.format(title=items[0].title, count=len(items), format=label)
        work = partial(write_items, list(map(self._taken, items)), Path(self.folder.text().strip()), self.choice.name, self.options)
        self._job = self.context.jobs.start(title, work, lane="files")
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.stopped.connect(self._stopped)
        self.bar.setValue(0)
        self._working(True)

    def _working(self, on: bool) -> None:
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.stop.setEnabled(True)
        self._allow(self.tr("It is being written.") if on else "")

    def _progressed(self, event: Progress) -> None:
        if event.total:
            self.bar.setValue(round(1000 * event.done / event.total))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.stop.setToolTip(self.tr("It ends after the file that is being written."))
            self._job.stop()

    def _done(self, written: Written) -> None:
        self._job = None
        self._working(False)
        self.context.bus.wrote.emit(told(written), written.paths[0].parent)
        self.written.emit(written)
        self.accept()

    def _failed(self, sentence: str, details: str) -> None:
        self._job = None
        self._working(False)
        self.error.setText(sentence[:1].upper() + sentence[1:])
        self.error.show()
        self._show_names()

    def _stopped(self) -> None:
        self._job = None
        self._working(False)
        self._show_names()


def _value(field: QComboBox | QSpinBox | QDoubleSpinBox | QCheckBox | QLineEdit) -> Any:
    """What a control says."""
    if isinstance(field, QComboBox):
        return field.currentData()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    return field.text() if isinstance(field, QLineEdit) else field.value()


class Exporter(QObject):
    """Opens the export dialog."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._window = parent

    def export(
        self, items: Sequence[Item], among: Sequence[Item] = (), done: Callable[[Written], None] | None = None
    ) -> ExportDialog:
        """Ask how ``items`` are to be written, and write them; others of ``among`` can be ticked too."""
        listed = [*among, *(item for item in items if all(item is not other for other in among))]
        dialog = ExportDialog(self.context, listed, items, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if done is not None:
            dialog.written.connect(done)
        dialog.open()
        return dialog
