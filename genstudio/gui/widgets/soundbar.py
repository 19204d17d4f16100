"""How music sounds: its instrument or its mixer, and how loud it is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.instruments import families, instrument_name, kit_name, kits
from genstudio.gui.layouts import beside
from genstudio.gui.widgets.chooser import Choice, Chooser
from genstudio.gui.widgets.itembuttons import tool
from genstudio.gui.widgets.mixer import MixerPanel
from genstudio.gui.widgets.practice import music

__all__ = ["SoundBar"]

_INSTRUMENT = 160  # pixels of its name


class SoundBar(QWidget):
    """A part of the transport; it follows the player."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self._narrow = False
        self.instrument = Chooser(self._instruments, self)
        self.instrument.setProperty("kind", "chooser")
        self.instrument.chosen.connect(self._choose)
        self.mixer = tool(self, checkable=True)
        self.mixer.setProperty("kind", "chooser")
        self.panel = MixerPanel(context, self.mixer)
        self.mixer.clicked.connect(self.panel.toggle)
        self.panel.closed.connect(lambda: self.mixer.setChecked(False))
        self.mute = tool(self, checkable=True)
        self.mute.clicked.connect(self.toggle_mute)
        self.volume = QSlider(Qt.Orientation.Horizontal, self)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.valueChanged.connect(self._set_volume)
        beside(self.instrument, self.mixer, self.mute, self.volume, into=self, gap=4)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Have only pictures where there is little room."""
        self._narrow = narrow
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
        named = kit_name if self._drums else instrument_name
        name = named(number) if 1 <= number <= 128 else named(own) if own else self._its_own
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, _INSTRUMENT - 52)
        self.instrument.set_current(number, shown)
        about = self.tr("Kit: {name}") if self._drums else self.tr("Instrument: {name}")
        self.instrument.setToolTip(about.format(name=name))
        muted, colours = context.player.muted, context.theme.colours
        self.mute.setChecked(muted)
        self.mute.setIcon(icon("mute" if muted else "volume", colours))
        name = self.tr("Unmute") if muted else self.tr("Mute")
        self.mute.setToolTip(f"{name}  (M)")
        self.mute.setAccessibleName(name)
        self.volume.blockSignals(True)
        self.volume.setValue(round(100 * context.settings["volume"]))
        self.volume.blockSignals(False)

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        self.instrument.setIcon(icon("instrument", colours))
        self.mixer.setIcon(icon("mixer", colours))

    def retranslate(self) -> None:
        """Set every string."""
        self.instrument.set_words(self.tr("Instrument"), self.tr("Search instruments"))
        self.mixer.setText(self.tr("Mixer"))
        self.mixer.setAccessibleName(self.tr("Mixer"))
        self.mixer.setToolTip(self.tr("Mixer: instrument and level of each part, and which are heard"))
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume"))

    def _instruments(self) -> list[Choice]:
        found = [Choice(0, self._its_own)]
        if self._drums:
            return found + [Choice(number, kit_name(number), also=str(number)) for number in kits()]
        for family, numbers in families():
            found.append(Choice(None, family, heading=True))
            found += [Choice(number, instrument_name(number), also=str(number)) for number in numbers]
        return found

    def _choose(self, number: object) -> None:
        self.context.settings["kit" if self._drums else "instrument"] = int(str(number))

    def toggle_mute(self) -> None:
        """Be silent, or not."""
        self.context.player.set_muted(not self.context.player.muted)

    def _set_volume(self, value: int) -> None:
        self.context.settings["volume"] = value / 100
        if value and self.context.player.muted:
            self.context.player.set_muted(False)
