"""How a song is read, where a person knows better: its track or parts, its metre and its key."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHeaderView,
    QRadioButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from genstudio.domains import Domain, get_domain, known_options, readers
from genstudio.domains.base import Track
from genstudio.domains.score.piece import MOST_PARTS
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.instruments import instrument_name
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, Wrong, allow, beside, new_label, stacked
from genstudio.gui.readings import hear, look
from genstudio.gui.theme import SPACE
from genstudio.gui.views.description import key_name
from genstudio.gui.widgets.reading import ROW, ok_buttons
from genstudio.gui.widgets.tables import plain

__all__ = ["MusicFields", "SongDialog"]

_METRES = ("2/4", "3/4", "4/4", "2/2", "3/2", "3/8", "6/8", "9/8", "12/8", "5/4", "7/8")
_TONICS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


class MusicFields(Worded, QWidget):
    """Metre, key and grid of music, each "as the file says" until it is changed; and of scores, whether chords are recognised."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._domain = ""
        self._said = ("", "")
        self.metre, self.key, self.mode, self.grid = QComboBox(self), QComboBox(self), QComboBox(self), QCheckBox(self)
        self.chords = QCheckBox(self)
        self.chords.hide()
        metre = new_label(self, "", lambda: (
            self.tr("Metre"), "", self.tr("Choose or type the metre where the file says a wrong one, or none")
        ), of=self.metre)  # fmt: skip
        self._key_name = new_label(self, "", lambda: (
            self.tr("Key"), "", self.tr("Choose the key where the file says a wrong one, or none")
        ), of=self.key)  # fmt: skip
        self.metre.setEditable(True)
        self.metre.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for field, least in ((self.metre, 14), (self.key, 14), (self.mode, 8)):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            field.setMinimumContentsLength(least)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        grid.addWidget(metre, 0, 0)
        grid.addWidget(self.metre, 0, 1)
        grid.addWidget(self._key_name, 1, 0)
        grid.addLayout(beside((self.key, 2), (self.mode, 1), gap=SPACE), 1, 1)
        grid.addWidget(self.grid, 2, 1)
        grid.addWidget(self.chords, 3, 1)
        grid.setColumnStretch(1, 1)
        self.grid.setChecked(True)
        self.metre.currentTextChanged.connect(lambda text: self.changed.emit())
        self.key.currentIndexChanged.connect(self._key_chosen)
        self.mode.currentIndexChanged.connect(lambda index: self.changed.emit())
        for tick in (self.grid, self.chords):
            tick.toggled.connect(lambda on: self.changed.emit())
        self.retranslate()

    def show_for(self, domain: str, metre: str = "", key: str = "") -> None:
        """Offer what files of a domain have; ``metre`` and ``key`` are what was found in them."""
        self._domain, self._said = domain, (metre, key)
        for part in (self._key_name, self.key, self.mode):
            part.setVisible(get_domain(domain).pitched)
        self.chords.setVisible("chords" in known_options(get_domain(domain)))
        self.retranslate()

    def _key_chosen(self) -> None:
        self.mode.setEnabled(self.key.currentData() is not None)
        self.changed.emit()

    def options(self) -> dict[str, Any]:
        """How files are to be read, as of ``Domain.read``; what is as the file says is left out."""
        found: dict[str, Any] = {}
        text = self.metre.currentText().strip()
        if self.metre.currentIndex() != 0 or text != self.metre.itemText(0):
            found["metre"] = text
        if self.key.isVisibleTo(self) and self.key.currentData() is not None:
            found["key"] = f"{self.key.currentData()} {self.mode.currentData()}"
        if not self.grid.isChecked():
            found["grid"] = False
        if self.chords.isVisibleTo(self) and self.chords.isChecked():
            found["chords"] = True
        return {name: value for name, value in found.items() if value != ""}

    def put(self, options: dict[str, Any]) -> None:
        """Show these options."""
        metre, key = str(options.get("metre", "")), str(options.get("key", ""))
        tonic, _, mode = key.partition(" ")
        if metre:
            self.metre.setCurrentIndex(self.metre.findData(metre))
            self.metre.setEditText(metre)
        self.key.setCurrentIndex(max(0, self.key.findData(tonic)))
        self.mode.setCurrentIndex(max(0, self.mode.findData(mode)))
        self.grid.setChecked(bool(options.get("grid", True)))
        self.chords.setChecked(bool(options.get("chords", False)))

    def retranslate(self) -> None:
        """Set every string."""
        metre, key = self._said
        found = self.tr("As found: {what}")
        plain = self.tr("As the file says")
        modes = (("major", self.tr("major")), ("minor", self.tr("minor")), ("dorian", self.tr("dorian")),
                 ("mixolydian", self.tr("mixolydian")))  # fmt: skip
        typed = self.options() if self.metre.count() else {}
        self.blockSignals(True)
        for field, first, choices in (
            (self.metre, found.format(what=metre) if metre else plain, [(one, one) for one in _METRES]),
            (self.key, found.format(what=key_name(key)) if key else plain, [(one, one) for one in _TONICS]),
            (self.mode, None, modes),
        ):
            field.clear()
            if first is not None:
                field.addItem(first, None)
            for value, said in choices:
                field.addItem(said, value)
        self.metre.setCurrentIndex(0)
        self.put(typed)
        self.mode.setEnabled(self.key.currentData() is not None)
        self.blockSignals(False)
        self.mode.setAccessibleName(self.tr("Mode"))
        self.mode.setToolTip(self.tr("Major, minor or another mode of the key"))
        for tick, name, help_ in (
            (self.grid, self.tr("Put played notes on a grid"), self.tr("Without it every note stays where it was played")),
            (self.chords, self.tr("Recognise the chords"), self.tr("Find chord symbols from the notes where the file has none")),
        ):
            tick.setText(name)
            tick.setAccessibleName(name)
            tick.setToolTip(help_)


class SongDialog(QDialog):
    """Which track of a song is meant, or which parts of it, and in what metre and key it is; ``chosen`` gives how it is to be read,
    by the reader of ``domain``."""

    chosen = Signal(dict)

    def __init__(
        self, context: Context, path: str, domain: str, options: dict[str, Any] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.context = context
        self._path, self.domain, self._options = path, domain, dict(options or {})
        self._tracks: list[Track] = []
        self._listened: Item | None = None
        self.setWindowTitle(self.tr("How {file} is read").format(file=Path(path).name))
        self.resize(620, 480)
        self.said = new_label(self, "heading", wrap=True)
        self.said.setText(self.tr("Looking what is in there …"))
        self.kinds: dict[str, QRadioButton] = {}
        line = beside(gap=2 * SPACE)
        able = [one for one in readers(Path(path).suffix) if one.plays and one.pitched and get_domain(domain).pitched]
        for one in able if len(able) > 1 else ():
            kind = kinds.one(one.name)
            said = self.tr("Its parts together, as a {kind}") if _many(one) else self.tr("One part alone, as a {kind}")
            button = self.kinds[one.name] = QRadioButton(said.format(kind=kind), self)
            button.setChecked(one.name == domain)
            button.toggled.connect(partial(self._read_as, one.name))
            line.addWidget(button)
        line.addStretch(1)
        self.list = QTableWidget(0, 4, self)
        plain(self.list, QAbstractItemView.SelectionMode.SingleSelection, ROW + 8)
        self.list.setAccessibleName(self.tr("Tracks"))
        self.list.setHorizontalHeaderLabels(["", self.tr("Track"), self.tr("Instrument"), self.tr("Notes")])
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        notes = self.list.horizontalHeaderItem(3)
        assert notes is not None
        notes.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list.setColumnWidth(0, 44)
        self.list.setColumnWidth(3, 80)
        self.list.itemActivated.connect(lambda item: self.accept())
        self.frame = QFrame(self)
        self.frame.setProperty("kind", "panel")
        self.fields = MusicFields(self.frame)
        self.fields.show_for(domain)
        stacked(self.fields, into=self.frame, margins=2 * SPACE)
        self.error = Wrong(self)
        self.buttons = ok_buttons(self, self.tr("Read it so"))
        stacked(
            self.said, line, (self.list, 1), self.frame, self.error, self.buttons, into=self,
            margins=(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE), gap=2 * SPACE,
        )  # fmt: skip
        self.list.itemChanged.connect(lambda item: self._ready())
        self.play_buttons: list[QToolButton] = []
        context.player.started.connect(self._marks)
        context.player.ended.connect(self._marks)
        self._look()

    def _look(self) -> None:
        self.context.engine.run(
            partial(look, self._path, self.domain), channel="tracks", name="look at the tracks", done=self._have,
            failed=self._failed,
        )  # fmt: skip

    def _read_as(self, domain: str, on: bool) -> None:
        """Read the file by another reader."""
        if on and domain != self.domain:
            self.domain = domain
            self._options = {name: value for name, value in self.options().items() if name in ("metre", "key", "grid")}
            self._look()

    # -- what it shows

    def _have(self, found: tuple[list[Track], Item | None]) -> None:
        self._tracks, item = found
        several, many = len(self._tracks) > 1, _many(get_domain(self.domain))
        self.error.say("")
        self.play_buttons = []
        wanted = {number for number in str(self._options.get("parts", "")).split(",") if number}
        self.list.blockSignals(True)
        mode = QAbstractItemView.SelectionMode
        self.list.setSelectionMode(mode.NoSelection if many else mode.SingleSelection)
        self.list.setVisible(several)
        self.list.setRowCount(len(self._tracks))
        chosen = self._options.get("track")
        for row, track in enumerate(self._tracks):
            button = QToolButton(self.list)
            button.clicked.connect(partial(self.play, row))
            self.play_buttons.append(button)
            self.list.setCellWidget(row, 0, button)
            instrument = self.tr("Drums") if track.drums else instrument_name(track.program + 1)
            for column, text in ((1, self._track_name(track)), (2, instrument), (3, f"{track.notes:,}")):
                shown = QTableWidgetItem(text)
                if column == 3:
                    shown.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if many and column == 1:
                    shown.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                    on = str(track.number) in wanted if wanted else track.chosen
                    shown.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
                self.list.setItem(row, column, shown)
            if not many and (track.number == chosen or (chosen is None and track.chosen)):
                self.list.selectRow(row)
        self.list.blockSignals(False)
        if several:
            said = self.tr("Which of the {count} parts are read?") if many else self.tr("Which of the {count} tracks is meant?")
            self.said.setText(said.format(count=len(self._tracks)))
            self.list.setFocus()
        else:
            self.said.setText(self.tr("Is this right?"))
            self.resize(self.width(), 280)
        if item is not None:
            metre = item.piece.metres[0]
            self.fields.show_for(self.domain, f"{metre.numerator}/{metre.denominator}", getattr(item.piece, "key", None) or "")
        else:
            self.fields.show_for(self.domain)
        self.fields.put(self._options)
        self._marks()
        self._ready()

    def _ticked(self) -> list[int]:
        """The numbers of the parts that are ticked."""
        found = []
        for row, track in enumerate(self._tracks):
            item = self.list.item(row, 1)
            if item is not None and item.checkState() == Qt.CheckState.Checked:
                found.append(track.number)
        return found

    def _ready(self) -> None:
        """Allow what can be read."""
        able = not _many(get_domain(self.domain)) or len(self._tracks) < 2 or 1 <= len(self._ticked()) <= MOST_PARTS
        reason = "" if able else self.tr("Tick from 1 to {most} parts.").format(most=MOST_PARTS)
        allow(self.buttons.button(QDialogButtonBox.StandardButton.Ok), reason)

    def _failed(self, sentence: str, details: str) -> None:
        self.error.say(sentence[:1].upper() + sentence[1:])

    def play(self, row: int) -> None:
        """Let a track be heard, or silence it."""
        number = self._tracks[row].number
        if self._heard(row):
            self.context.player.stop()
            return
        self._row_heard = row
        which: dict[str, Any] = {"parts": str(number)} if _many(get_domain(self.domain)) else {"track": number}
        asked = {**self.fields.options(), **which}
        self.context.engine.run(
            partial(hear, self._path, self.domain, asked), channel="hear a track", name="hear a track", done=self._play,
            failed=self._failed,
        )  # fmt: skip

    def _heard(self, row: int) -> bool:
        """Whether a track is heard now."""
        player = self.context.player
        return self._listened is not None and player.playing and player.item is self._listened and row == self._row_heard

    def _track_name(self, track: Track) -> str:
        return track.name or self.tr("Track {number}").format(number=track.number)

    def _play(self, item: Item) -> None:
        self.error.say("")
        self._listened = item
        self.context.player.play(item)

    _row_heard = -1

    def _marks(self, *_: object) -> None:
        for row, button in enumerate(self.play_buttons):
            heard, name = self._heard(row), self._track_name(self._tracks[row])
            button.setIcon(icon("stop" if heard else "play"))
            button.setAccessibleName((self.tr("Stop {name}") if heard else self.tr("Play {name}")).format(name=name))
            button.setToolTip(button.accessibleName())

    # -- what was chosen

    def options(self) -> dict[str, Any]:
        """How the file is to be read, as of ``Domain.read``."""
        found = self.fields.options()
        if _many(get_domain(self.domain)):
            ticked = self._ticked()
            if len(self._tracks) > 1 and ("parts" in self._options or ticked != [one.number for one in self._tracks if one.chosen]):
                found["parts"] = ",".join(map(str, ticked))
            return found
        row = self.list.currentRow()
        if len(self._tracks) > 1 and row >= 0 and not (self._tracks[row].chosen and "track" not in self._options):
            found["track"] = self._tracks[row].number
        return found

    def done(self, result: int) -> None:
        if self._listened is not None and self.context.player.item is self._listened:
            self.context.player.stop()
        options = self.options()
        super().done(result)
        if result == QDialog.DialogCode.Accepted:
            self.chosen.emit(options)


def _many(domain: Domain) -> bool:
    """Whether a reader takes several parts of a file, and not one track."""
    return "parts" in known_options(domain)
