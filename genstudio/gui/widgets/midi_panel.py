"""The panel for MIDI: the keyboard that is played on, where music plays to, who gets the clock, and what a recording becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import called, new_button, new_label
from genstudio.gui.midi_in import input_ports
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.recorder import GRIDS, Recorder
from genstudio.gui.views.bars import counted_in
from genstudio.gui.widgets.popover import Popover
from genstudio.gui.widgets.practice import form_in

__all__ = ["MidiPanel", "PortBox"]

_ENDS = ("", "a", "b")


class PortBox(QComboBox):
    """Shows and sets a setting that names a port, "" for none; a port that is not there now stays chosen."""

    def __init__(self, settings: Any, name: str, ports: Callable[[], tuple[list[str], str]], parent: QWidget | None = None) -> None:
        """``ports`` lists them, and says why there are none."""
        super().__init__(parent)
        self._settings, self._name, self._ports = settings, name, ports
        self.none = ""  # what "" is called
        self.why = ""
        self.told = self.activated
        self.activated.connect(self._choose)
        self.fill()

    def fill(self, *, look: bool = False) -> None:
        """Show what is chosen; with ``look``, among the ports that there are."""
        chosen = str(self._settings[self._name])
        found, self.why = self._ports() if look else ([], "")
        self.clear()
        self.addItem(self.none, "")
        for port in found:
            self.addItem(port, port)
        if chosen and chosen not in found:
            self.addItem(self.tr("{port} (not connected)").format(port=chosen) if look else chosen, chosen)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        if self.why:
            self.setToolTip(self.why)

    unfinished = False

    def value(self) -> str:
        """The port that is chosen."""
        return str(self._settings[self._name])

    def put(self, value: str) -> None:
        """Nothing is put: it shows what the setting says."""

    def showPopup(self) -> None:
        self.fill(look=True)
        super().showPopup()

    def _choose(self, index: int) -> None:
        self._settings[self._name] = str(self.itemData(index))


class MidiPanel(Popover):
    """What is set holds at once. ``record`` begins a recording, and ends it."""

    def __init__(self, context: Context, button: QWidget, recorder: Recorder) -> None:
        super().__init__(context, button)
        settings, player = context.settings, context.player
        self._recorder = recorder
        self.keyboard = PortBox(settings, "midi_keyboard", input_ports, self)
        self.sound = PortBox(settings, "midi_port", MidiOutput.ports, self)
        self.clock = PortBox(settings, "midi_clock", MidiOutput.ports, self)
        self.grid, self.end = QComboBox(self), QComboBox(self)
        for name in GRIDS:
            self.grid.addItem("", name)
        for end in _ENDS:
            self.end.addItem("", end)
        self.grid.activated.connect(lambda row: settings.__setitem__("record_grid", str(self.grid.itemData(row))))
        self.end.activated.connect(lambda row: settings.__setitem__("record_end", str(self.end.itemData(row))))
        self.state, self.about = (new_label(self, "caption", wrap=True) for _ in range(2))
        self.record = new_button(self, self._record, "primary")
        self._fields: tuple[QWidget, ...] = (self.keyboard, self.sound, self.clock, self.grid, self.end)
        self._labels = tuple(QLabel(self) for _ in self._fields)
        form = form_in(self)
        for widget in (*self._fields, self.state, self.about):
            widget.setFixedWidth(236)
        for label, field in zip(self._labels, self._fields, strict=True):
            label.setBuddy(field)
            form.addRow(label, field)
            if field is self.keyboard:
                form.addRow("", self.state)
        form.addRow("", self.about)
        form.addRow("", self.record)
        self.setFixedWidth(420)
        for signal in (recorder.changed, recorder.keyboard.changed, player.live.played, player.changed):
            signal.connect(self._follow)
        settings.changed.connect(lambda name: self._follow())
        self.retranslate()

    @property
    def first(self) -> QWidget | None:
        return self.keyboard

    def open(self) -> None:
        super().open()
        if self._recorder.keyboard.reason:
            self._recorder.keyboard.begin()  # it may be there by now
        self.show_state()  # now that it is seen, among the ports that there are

    def _record(self) -> None:
        self.close_panel()
        self._recorder.toggle()

    def _follow(self) -> None:
        if self.isVisible():
            self._tell()

    def show_state(self) -> None:
        settings = self.context.settings
        for box in (self.keyboard, self.sound, self.clock):
            box.fill(look=self.isVisible())
        self.grid.setCurrentIndex(max(0, self.grid.findData(settings["record_grid"])))
        self.end.setCurrentIndex(max(0, _ENDS.index(settings["record_end"]) if settings["record_end"] in _ENDS else 0))
        self._tell()

    def _tell(self) -> None:
        """What can be played on, and what a recording would be."""
        keyboard, live = self._recorder.keyboard, self.context.player.live
        wanted = str(self.context.settings["midi_keyboard"])
        if keyboard.name and live.latency:
            said = self.tr("Connected. From key to sound: {count} ms").format(count=round(1000 * live.latency))
        elif keyboard.name:
            said = self.tr("Connected. Play a key.")
        elif keyboard.reason or self.keyboard.why:
            said = keyboard.reason or self.keyboard.why
        elif wanted:
            said = self.tr("It is not connected now; it is played as soon as it is.")
        else:
            said = self.tr("Choose one to play and record on it.")
        self.state.setText(said)
        frame, settings = self._recorder.frame, self.context.settings
        about = self.tr("A recording is in {metre} at {tempo}, as what is chosen, with the metronome.")
        tempo = counted_in(frame.metre).told(frame.bpm * float(settings["tempo"]))
        self.about.setText(about.format(metre="{}/{}".format(*frame.metre), tempo=tempo))
        active = self._recorder.active
        called(self.record, self.tr("Stop recording") if active else self.tr("Record"))
        self.record.setEnabled(active or bool(keyboard.name))
        if self.isVisible():
            self.place()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("MIDI and recording"))
        self.title.setText(self.tr("MIDI and recording"))
        names = (
            self.tr("Keyboard"), self.tr("Music plays to"), self.tr("Clock goes to"), self.tr("Notes are put on"),
            self.tr("It becomes"),
        )  # fmt: skip
        for label, field, name in zip(self._labels, self._fields, names, strict=True):
            label.setText(name)
            field.setAccessibleName(name)
        self.keyboard.none, self.clock.none = self.tr("None"), self.tr("Nobody")
        self.sound.none = self.tr("The sound of this computer")
        grids = {
            "1/4": self.tr("quarters"), "1/8": self.tr("eighths"), "1/8t": self.tr("triplets of eighths"),
            "1/16": self.tr("sixteenths"), "1/16t": self.tr("triplets of sixteenths"), "1/32": self.tr("thirty-seconds"),
        }  # fmt: skip
        for row, name in enumerate(GRIDS):
            self.grid.setItemText(row, grids[name])
        for row, name in enumerate((self.tr("the next free end"), self.tr("A"), self.tr("B"))):
            self.end.setItemText(row, name)
        super().retranslate()
