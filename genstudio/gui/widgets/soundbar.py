"""How music sounds: its instrument or its mixer, and how loud it is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QSlider, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.instruments import instrument_name, kit_name
from genstudio.gui.layouts import Worded, beside, having, named
from genstudio.gui.widgets.chooser import Chooser
from genstudio.gui.widgets.itembuttons import tool
from genstudio.gui.widgets.mixer import MixerPanel, choices
from genstudio.gui.widgets.practice import music

__all__ = ["SoundBar"]

_INSTRUMENT = 160  # pixels of its name


class SoundBar(Worded, QWidget):
    """A part of the transport; it follows the player."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.instrument = having(Chooser(lambda: choices(self._its_own, self._drums), self), "chooser")
        self.instrument.chosen.connect(self._choose)
        self.mixer = having(tool(self, checkable=True), "chooser")
        self.instrument.setIcon(icon("instrument"))
        self.mixer.setIcon(icon("mixer"))
        self.panel = MixerPanel(context, self.mixer)
        self.mixer.clicked.connect(self.panel.toggle)
        self.panel.closed.connect(lambda: self.mixer.setChecked(False))
        self.mute = tool(self, checkable=True)
        self.mute.clicked.connect(self.toggle_mute)
        self.volume = having(QSlider(Qt.Orientation.Horizontal, self), maximum=100, pageStep=10)
        self.volume.valueChanged.connect(self._set_volume)
        beside(self.instrument, self.mixer, self.mute, self.volume, into=self, gap=4)
        self.set_narrow(False)
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Have only pictures where there is little room."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in (self.instrument, self.mixer):
            button.setToolButtonStyle(style)
            button.setFixedWidth(44 if narrow else _INSTRUMENT)
        self.volume.setFixedWidth(56 if narrow else 88)

    @property
    def _drums(self) -> bool:
        """Whether the instrument is a kit of drums."""
        item = music(self.context)
        return item is not None and not item.piece.pitched

    @property
    def _its_own(self) -> str:
        return self.tr("Its own kit") if self._drums else self.tr("Its own instrument")

    def show_state(self) -> None:
        """Show what is set, for what the player has."""
        context, item = self.context, music(self.context)
        parts = item is not None and bool(item.piece.parts)
        self.mixer.setVisible(parts)
        self.instrument.setVisible(not parts)
        self.panel.show_item(item)
        number = int(context.settings["kit" if self._drums else "instrument"])
        own = item.piece.program + 1 if item is not None else 0
        word = kit_name if self._drums else instrument_name
        name = word(number) if 1 <= number <= 128 else word(own) if own else self._its_own
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _INSTRUMENT - 52)
        self.instrument.set_current(number, shown)
        about = self.tr("Kit: {name}") if self._drums else self.tr("Instrument: {name}")
        self.instrument.setToolTip(about.format(name=name))
        muted = context.player.muted
        self.mute.setChecked(muted)
        self.mute.setIcon(icon("mute" if muted else "volume"))
        name = self.tr("Unmute") if muted else self.tr("Mute")
        named(self.mute, name, f"{name}  (M)")
        with QSignalBlocker(self.volume):
            self.volume.setValue(round(100 * context.settings["volume"]))

    def retranslate(self) -> None:
        self.instrument.set_words(self.tr("Instrument"), self.tr("Search instruments"))
        self.mixer.setText(self.tr("Mixer"))
        named(self.mixer, self.tr("Mixer"), self.tr("Mixer: instrument and level of each part, and which are heard"))
        named(self.volume, self.tr("Volume"))

    def _choose(self, number: object) -> None:
        self.context.settings["kit" if self._drums else "instrument"] = int(str(number))

    def toggle_mute(self) -> None:
        """Be silent, or not."""
        self.context.player.set_muted(not self.context.player.muted)

    def _set_volume(self, value: int) -> None:
        self.context.settings["volume"] = value / 100
        if value and self.context.player.muted:
            self.context.player.set_muted(False)
