"""The dialog that asks what to export, in which formats, and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, Wrong, beside, having, new_button, new_label, stacked
from genstudio.gui.theme import SPACE
from genstudio.gui.views.parts import part_names
from genstudio.gui.widgets.export_choices import Destination, FormatList, Glimpse, option_form
from genstudio.gui.widgets.exporting import ExportOptions, Planned, Written, planned, told, words, write_items
from genstudio.gui.widgets.flow import Flow
from genstudio.gui.widgets.naming import stem_for
from genstudio.progress import Progress
from genstudio.rendering.formats.registry import CHOICES, OPTIONS

__all__ = ["ExportDialog", "export"]


class Foot(QWidget):
    """The buttons below, and how far the writing is, which is a job."""

    done = Signal(object)  # Written
    over = Signal(str, bool)  # it was not all written: a sentence, and whether some of it was

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Any = None
        self._count = (0, 0)  # of the files: those that are written, and all
        self.bar = QProgressBar(self, maximum=1000)
        self.stop = new_button(self, self._stop, words=lambda: self.tr("Stop"))
        self.close_button = new_button(self, words=lambda: self.tr("Close"))
        self.go = having(new_button(self, kind="primary"), default=True)
        for widget in (self.bar, self.stop):
            widget.hide()
        beside((self.bar, 9), None, self.stop, self.close_button, self.go, into=self, gap=SPACE)

    @property
    def busy(self) -> bool:
        """Whether it is being written."""
        return self._job is not None

    def allow(self, reason: str) -> None:
        """Let it be written, or say why not."""
        self.go.setEnabled(not reason and not self.busy)
        self.go.setToolTip(reason)

    def run(self, title: str, work: Callable[..., Written]) -> None:
        """Write it."""
        self._count = (0, 0)
        self._job = self._context.jobs.start(title, work, lane="files")
        self._job.in_place = True
        self._job.progressed.connect(self._progressed)
        self._job.done.connect(self._done)
        self._job.failed.connect(self._failed)
        self._job.stopped.connect(self._stopped)
        self.bar.setValue(0)
        self._working(True)

    def out_of_sight(self) -> None:
        """The dialog is closed: the window says it where writing fails."""
        if self._job is not None:
            self._job.in_place = False

    def _working(self, on: bool) -> None:
        self.bar.setVisible(on)
        self.stop.setVisible(on)
        self.stop.setEnabled(True)
        self.allow(self.tr("It is being written.") if on else "")

    def _progressed(self, event: Progress) -> None:
        if event.total:
            self._count = (event.done, event.total)
            self.bar.setValue(round(1000 * event.done / event.total))

    def _stop(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.stop.setToolTip(self.tr("It ends after the file that is being written."))
            self._job.stop()

    def _done(self, written: Written) -> None:
        self._job = None
        self._working(False)
        self.done.emit(written)

    def _failed(self, sentence: str) -> None:
        self._over(sentence[:1].upper() + sentence[1:], False)

    def _stopped(self) -> None:
        said = self.tr("Stopped: {done} of {total} files were written, each of them whole.")
        self._over(said.format(done=self._count[0], total=self._count[1]), bool(self._count[0]))

    def _over(self, said: str, some: bool) -> None:
        self._job = None
        self._working(False)
        self.over.emit(said, some)


class ExportDialog(Worded, QDialog):
    """Asks what to write, in which formats and where, and writes it as a job."""

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
        self.resize(760, min(640, parent.window().height() - 5 * SPACE) if parent is not None else 640)
        self.setMinimumSize(640, 440)
        self._build(set(map(id, chosen)))
        self._restore()
        self.retranslate()
        self._formats_changed()

    # -- widgets

    def _build(self, chosen: set[int]) -> None:
        several = len(self.items) > 1
        self.formats = FormatList(self.items, self._drums, self)
        self.formats.setFixedWidth(200)
        self.formats.ticked_changed.connect(self._formats_changed)
        self.glimpse = Glimpse(self.context.theme, self)
        self.pieces = QListWidget(self)
        self.pieces.setFixedHeight(14 * SPACE)
        self.every = QCheckBox(self)
        for item in self.items:
            row = QListWidgetItem(item.title, self.pieces)
            row.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            row.setCheckState(Qt.CheckState.Checked if id(item) in chosen else Qt.CheckState.Unchecked)
        self.pieces.currentRowChanged.connect(lambda row: self.glimpse.show_item(self.items[row] if row >= 0 else None))
        self.pieces.setCurrentRow(next((row for row, item in enumerate(self.items) if id(item) in chosen), 0))
        self.pieces.itemChanged.connect(self._pieces_changed)
        self.every.clicked.connect(self._tick_all)
        self.pieces.setVisible(several)
        self.every.setVisible(several)
        self.apart, self.joined = QRadioButton(self), QRadioButton(self)
        self.apart.toggled.connect(self._show_names)
        self.options_form = option_form(self._drums, self)
        self.place = Destination(several, self)
        self.place.changed.connect(self._show_names)

        inside = QWidget(self)
        how = beside(self.apart, (self.joined, 1))
        right = stacked(self.glimpse, self.every, self.pieces, how, into=inside, margins=(0, 0, SPACE, 0), gap=SPACE)
        self._build_parts(right)
        right.addSpacing(SPACE)
        right.addWidget(self.options_form)
        right.addStretch()
        right.addWidget(having(QFrame(self), "line"))
        right.addSpacing(SPACE)
        right.addWidget(self.place)
        scroll = QScrollArea(self, widgetResizable=True)
        having(scroll, frameShape=QFrame.Shape.NoFrame, focusPolicy=Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)

        self.error = Wrong(self)
        self.foot = Foot(self.context, self)
        self.go, self.stop = self.foot.go, self.foot.stop
        self.go.clicked.connect(self.start)
        self.foot.close_button.clicked.connect(self.close)
        self.finished.connect(self.foot.out_of_sight)
        self.foot.done.connect(self._done)
        self.foot.over.connect(self._over)
        stacked(
            (beside(self.formats, (scroll, 1), gap=3 * SPACE), 1), self.error, self.foot, into=self,
            margins=(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE), gap=2 * SPACE,
        )  # fmt: skip

    def _build_parts(self, column: QVBoxLayout) -> None:
        self.parts_label = new_label(self, "muted", lambda: self.tr("Parts, played as the mixer has them"))
        self.parts_box = QWidget(self)
        flow = Flow(self.parts_box)
        self.parts: dict[str, QCheckBox] = {}
        heard = [self.context.player.mixers.heard(item) for item in self.items]
        for name in dict.fromkeys(name for names in self._names for name in names if len(names) > 1):
            tick = self.parts[name] = QCheckBox(name, self.parts_box)
            tick.setChecked(any(names[part] == name for names, on in zip(self._names, heard, strict=True) for part in on))
            tick.toggled.connect(self._show_names)
            flow.addWidget(tick)
        for widget in (self.parts_label, self.parts_box):
            widget.setVisible(bool(self.parts))
            column.addWidget(widget)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Export"))
        for part in (self.formats, self.options_form, self.place):
            part.retranslate()
        self.every.setText(self.tr("Pieces to export"))
        self.pieces.setAccessibleName(self.tr("Pieces to export"))
        for name, tick in self.parts.items():
            tick.setAccessibleName(self.tr("Part: {name}").format(name=name))
        self.apart.setText(self.tr("A file for each"))
        self.joined.setText(self.tr("All in one file"))
        self.foot.bar.setAccessibleName(self.tr("Progress"))
        self._show_names()

    # -- what is chosen

    def choose(self, *names: str) -> None:
        """Tick these formats and no others, where there are some of them for these pieces."""
        self.formats.tick(names)

    def _fits(self, item: Item) -> bool:
        return any(known.offers(choice, item.piece) for known, choice in map(CHOICES.__getitem__, self.formats.ticked))

    @property
    def chosen(self) -> list[Item]:
        """The pieces that are ticked and that one of the formats is for."""
        return [
            item
            for row, item in enumerate(self.items)
            if self._fits(item) and (len(self.items) == 1 or self.pieces.item(row).checkState() == Qt.CheckState.Checked)
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
        given = {name: value for name, value in self.options_form.values.items() if value != OPTIONS[name].default}
        font = str(self.context.settings["soundfont"])
        if font and any("soundfont" in CHOICES[name][0].option_names for name in self.formats.ticked):
            given["soundfont"] = font
        return ExportOptions(self.joined.isChecked(), self.place.name.text().strip(), self.place.replace, given)

    def _restore(self) -> None:
        kept: dict[str, Any] = self.context.settings["export"]
        usual = kinds.showing(self.items[0].domain).format or self.formats.first
        known = kept.get("format")
        names = known.get(self.items[0].domain, usual) if isinstance(known, dict) else usual
        self.choose(*([names] if isinstance(names, str) else map(str, names)))
        if not self.formats.ticked:
            self.choose(usual)
        where = QStandardPaths.StandardLocation
        home = where.DocumentsLocation if usual == "txt" else where.MusicLocation
        self.place.folder.setText(str(kept.get("folder") or QStandardPaths.writableLocation(home) or Path.home()))
        if isinstance(kept.get("options"), dict):
            self.options_form.restore(kept["options"])
        if len(self.items) > 1 and kept.get("pattern"):
            self.place.name.setText(str(kept["pattern"]))
            self.place.named = True

    def _remember(self) -> None:
        kept: dict[str, Any] = {**self.context.settings["export"]}
        known = kept.get("format")
        formats = {**known} if isinstance(known, dict) else {}
        kept["format"] = {**formats, self.items[0].domain: self.formats.ticked}
        kept["folder"] = self.place.folder.text()
        options = kept.get("options")
        kept["options"] = {**(options if isinstance(options, dict) else {}), **self.options_form.values}
        if len(self.items) > 1 and self.place.named and "{" in self.place.name.text():
            kept["pattern"] = self.place.name.text().strip()
        elif len(self.items) > 1:
            kept.pop("pattern", None)
        self.context.settings["export"] = kept

    def _formats_changed(self) -> None:
        choices = [CHOICES[name][1] for name in self.formats.ticked]
        if choices:
            (self.joined if all(choice.joined for choice in choices) else self.apart).setChecked(True)
        asked = {name for choice in choices for name in choice.asks}
        if self._mixed or any(map(len, self._names)):
            asked.discard("instrument")
        self.options_form.offer(asked)
        self.pieces.blockSignals(True)
        for row, item in enumerate(self.items):
            listed = self.pieces.item(row)
            fits = self._fits(item)
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            listed.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if fits else flags)
            listed.setToolTip("" if fits or not choices else self.tr("This format is not for such a piece."))
        self.pieces.blockSignals(False)
        self._pieces_changed()

    def _tick_all(self) -> None:
        on = self.every.checkState() != Qt.CheckState.Unchecked
        self.every.setTristate(False)
        for row, item in enumerate(self.items):
            if self._fits(item):
                self.pieces.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _pieces_changed(self) -> None:
        count, fitting, state = len(self.chosen), sum(map(self._fits, self.items)), Qt.CheckState
        self.every.setCheckState(state.Checked if count == fitting else state.PartiallyChecked if count else state.Unchecked)
        for button in (self.apart, self.joined):
            button.setVisible(count > 1)
        if not self.place.named and count:
            stem = stem_for(self.chosen)
            self.place.name.setText(stem if count == 1 else "{name} {number} {title}" if stem else "{title}")
        self._show_names()

    def _show_names(self) -> None:
        items, folder = self.chosen, self.place.path
        reason = ""
        if not self.formats.ticked:
            reason = self.tr("Tick at least one format.")
        elif not items:
            reason = self.tr("Tick at least one piece.")
        elif not all(map(self._ticked, items)):
            reason = self.tr("Tick at least one part of each piece.")
        elif folder is None:
            reason = self.tr("Choose a folder.")
        files: list[Planned] = []
        existing: list[str] = []
        if folder is not None and not reason:
            names = planned(items, self.formats.ticked, self.options)
            existing = [file.name for file in names if (folder / file.name).exists()]
            self.place.clash.setVisible(bool(existing))  # whether files are replaced depends on it
            files = planned(items, self.formats.ticked, self.options, folder)
        self.place.show_files(files, existing)
        self.go.setText(self.tr("Export {count} files").format(count=len(files)) if len(files) > 1 else self.tr("Export"))
        self.foot.allow(reason)

    # -- writing

    def start(self) -> None:
        """Write what is chosen."""
        items, folder = self.chosen, self.place.path
        if not items or folder is None or self.foot.busy:
            return
        self._remember()
        self.error.hide()
        label = ", ".join(words(drums=self._drums, domain=self.items[0].domain)[name][0] for name in self.formats.ticked)
        title = self.tr("Export {title} as {format}") if len(items) == 1 else self.tr("Export {count} pieces as {format}")
        title = title.format(title=items[0].title, count=len(items), format=label)
        self.foot.run(title, partial(write_items, list(map(self._taken, items)), folder, self.formats.ticked, self.options))

    def _done(self, written: Written) -> None:
        self.context.bus.wrote.emit(told(written), written.paths[0].parent)
        self.written.emit(written)
        self.accept()

    def _over(self, said: str, some: bool) -> None:
        """It has ended before its end: say so, and let it be tried again."""
        self.error.say(said)
        self._show_names()
        if some and self.place.path is not None:
            self.context.bus.wrote.emit(said, self.place.path)


def export(context: Context, items: Sequence[Item], among: Sequence[Item] = (), window: QWidget | None = None) -> ExportDialog:
    """Ask how ``items`` are to be written, and write them; others of their kind of ``among`` can be ticked too."""
    kind = {kinds.kind_of(item.domain) for item in items}
    among = [item for item in among if kinds.kind_of(item.domain) in kind]
    listed = [*among, *(item for item in items if all(item is not other for other in among))]
    dialog = ExportDialog(context, listed, items, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
