"""The transport: the bar at the bottom that plays. For a text it becomes the size of the words, copy and keep."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.gui.context import Context
from genstudio.gui.icons import icon, on_accent
from genstudio.gui.instruments import families, instrument_name, kit_name, kits
from genstudio.gui.items import Item
from genstudio.gui.player import TEMPOS
from genstudio.gui.widgets.chooser import Choice, Chooser
from genstudio.gui.widgets.grip import Grip, held
from genstudio.gui.widgets.mixer import MixerPanel
from genstudio.gui.widgets.seek import SeekSlider
from genstudio.gui.widgets.short import ShortLabel
from genstudio.gui.widgets.viewer import Viewer

__all__ = ["Transport", "clock"]

_TEXT_SIZES = (0.8, 3.0)
_TEMPO_STEPS = (0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0, 3.0, 4.0)
_INSTRUMENT = 176  # pixels of its name
_NARROW = 1120  # pixels of a bar in which the instrument is only a picture
_BACK = 2.0  # seconds after which "previous" goes to the start first


def clock(seconds: float) -> str:
    """Minutes and seconds.

    >>> clock(7.9), clock(128)
    ('0:07', '2:08')
    """
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


_SHOWN = ("loop", "loop_beats", "viewer", "viewer_height", "volume", "text_size", "midi_port", "tempo", "instrument", "kit")


class Transport(QFrame):
    """Plays and pauses what the bus says is selected, and shows where it is. Space belongs to whoever has the focus; here are the
    keys M (mute) and L (loop)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._player = context.player
        self._selected: Item | None = None
        self.setProperty("kind", "bottombar")
        self._buttons: dict[str, QToolButton] = {}
        self.viewer = Viewer(context, self)
        self.grip = Grip(context, self.viewer, self)
        self.pages = QStackedWidget(self)
        self.pages.setFixedHeight(72)
        self.pages.addWidget(self._music_bar())
        self.pages.addWidget(self._text_bar())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self.line = QFrame(self)
        self.line.setProperty("kind", "line")
        for widget in (self.grip, self.viewer, self.line, self.pages):
            box.addWidget(widget)
        self.viewer.closed.connect(lambda: context.settings.__setitem__("viewer", False))
        self._make_actions()
        player, settings, shelf = context.player, context.settings, context.shelf
        player.changed.connect(self._show_player)
        player.moved.connect(self._moved)
        player.started.connect(self.viewer.show_item)
        settings.changed.connect(self._setting)
        context.bus.selected.connect(self._select)
        context.theme.changed.connect(self.retheme)
        for signal in (shelf.changed, shelf.kept, shelf.unkept):
            signal.connect(self._show_kept)
        self.retheme()
        self.retranslate()

    # -- building

    def _button(self, name: str, clicked: Any, parent: QWidget) -> QToolButton:
        button = QToolButton(parent)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setIconSize(QSize(20, 20))
        button.clicked.connect(clicked)
        self._buttons[name] = button
        return button

    def _viewer_button(self, name: str, parent: QWidget) -> QToolButton:
        button = self._button(name, lambda on: self.context.settings.__setitem__("viewer", bool(on)), parent)
        button.setCheckable(True)
        return button

    def _music_bar(self) -> QWidget:
        bar = QWidget(self)
        self.previous = self._button("previous", self._previous, bar)
        self.play_button = self._button("play", self._play, bar)
        self.play_button.setProperty("kind", "play")
        self.play_button.setIconSize(QSize(24, 24))
        self.next = self._button("next", lambda: self._player.step(1), bar)
        self.loop = self._button("loop", lambda on: self._player.set_loops(bool(on)), bar)
        self.loop.setCheckable(True)
        self.title = ShortLabel(bar)
        self.title.setProperty("kind", "caption")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.reason = QToolButton(bar)
        self.reason.setProperty("kind", "remark")
        self.reason.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.reason.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.reason.setIconSize(QSize(16, 16))
        self.reason.clicked.connect(lambda: self.context.bus.trouble.emit(self._player.reason, ""))
        self.reason.hide()
        self.time, self.length = QLabel("0:00", bar), QLabel("0:00", bar)
        for label in (self.time, self.length):
            label.setProperty("kind", "muted")
            label.setMinimumWidth(36)
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.seek = SeekSlider(self.context, bar)
        self.seek.valueChanged.connect(self._sought)
        self.seek.sliderReleased.connect(lambda: self._player.seek(self.seek.value() / 1000))
        self.tempo = Chooser(self._tempos, bar)
        self.tempo.setProperty("kind", "chooser")
        self.tempo.chosen.connect(lambda value: self.context.settings.__setitem__("tempo", float(value)))
        self.instrument = Chooser(self._instruments, bar)
        self.instrument.setProperty("kind", "chooser")
        self.instrument.setFixedWidth(_INSTRUMENT)
        self.instrument.chosen.connect(self._choose_instrument)
        self.mixer = self._button("mixer", self._toggle_mixer, bar)
        self.mixer.setProperty("kind", "chooser")
        self.mixer.setCheckable(True)
        self.mixer.setFixedWidth(_INSTRUMENT)
        self.panel = MixerPanel(self.context, self.mixer)
        self.panel.closed.connect(lambda: self.mixer.setChecked(False))
        self.port = Chooser(self._ports, bar)
        self.port.setIconSize(QSize(20, 20))
        self.port.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.port.chosen.connect(lambda value: self.context.settings.__setitem__("midi_port", str(value)))
        self._buttons["keyboard"] = self.port
        self.mute = self._button("volume", self._toggle_mute, bar)
        self.mute.setCheckable(True)
        self.volume = QSlider(Qt.Orientation.Horizontal, bar)
        self.volume.setRange(0, 100)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(88)
        self.volume.valueChanged.connect(self._set_volume)
        self.large = self._viewer_button("large", bar)
        self.export = self._button("export", self._export, bar)
        self.keep = self._button("heart", self._keep, bar)
        self.keep.setCheckable(True)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.title, 1)
        head.addWidget(self.reason)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.time)
        line.addWidget(self.seek, 1)
        line.addWidget(self.length)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.setContentsMargins(0, 8, 0, 6)
        head.setContentsMargins(48, 0, 48, 0)
        middle.addLayout(head)
        middle.addLayout(line)
        box = QHBoxLayout(bar)
        box.setContentsMargins(16, 0, 16, 0)
        box.setSpacing(4)
        for button in (self.previous, self.play_button, self.next, self.loop):
            box.addWidget(button)
        box.addSpacing(8)
        box.addLayout(middle, 1)
        box.addSpacing(8)
        box.addWidget(self.tempo)
        box.addSpacing(4)
        box.addWidget(self.instrument)
        box.addWidget(self.mixer)
        box.addSpacing(4)
        box.addWidget(self.port)
        box.addWidget(self.mute)
        box.addWidget(self.volume)
        box.addSpacing(4)
        box.addWidget(self.large)
        box.addWidget(self.export)
        box.addWidget(self.keep)
        return bar

    def _text_bar(self) -> QWidget:
        bar = QWidget(self)
        self.sentence = ShortLabel(bar)
        self.sentence.setProperty("kind", "caption")
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.letters_label = QLabel(bar)
        self.letters_label.setProperty("kind", "muted")
        self.letters = QSlider(Qt.Orientation.Horizontal, bar)
        self.letters.setRange(round(10 * _TEXT_SIZES[0]), round(10 * _TEXT_SIZES[1]))
        self.letters.setFixedWidth(160)
        self.letters.valueChanged.connect(lambda value: self.context.settings.__setitem__("text_size", value / 10))
        self.large_text = self._viewer_button("large text", bar)
        self.copy = self._button("copy", self._copy, bar)
        self.export_text = self._button("export", self._export, bar)
        self.keep_text = self._button("heart", self._keep, bar)
        self.keep_text.setCheckable(True)
        box = QHBoxLayout(bar)
        box.setContentsMargins(24, 0, 16, 0)
        box.setSpacing(8)
        box.addWidget(self.letters_label)
        box.addWidget(self.letters)
        box.addSpacing(16)
        box.addWidget(self.sentence, 1)
        box.addWidget(self.large_text)
        for button in (self.copy, self.export_text, self.keep_text):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            box.addWidget(button)
        return bar

    def _make_actions(self) -> None:
        self._mute_action = QAction(self)
        self._mute_action.setShortcut("M")
        self._mute_action.triggered.connect(self._toggle_mute)
        self._loop_action = QAction(self)
        self._loop_action.setShortcut("L")
        self._loop_action.triggered.connect(lambda: self._player.set_loops(not self._player.loops))
        self._viewer_action = QAction(self)
        self._viewer_action.setShortcut("V")
        self._viewer_action.triggered.connect(lambda: self._turn("viewer"))
        self._export_action = QAction(self)
        self._export_action.setShortcut("Ctrl+E")
        self._export_action.triggered.connect(self._export)
        self._leave_to_page()
        self.addActions(self.commands())

    def _turn(self, name: str) -> None:
        """Turn a setting on or off."""
        self.context.settings[name] = not self.context.settings[name]

    def _leave_to_page(self) -> None:
        """The Library exports what is selected there with the same keys, and Create has a large view of its own."""
        page = self.context.settings["page"]
        self._export_action.setEnabled(page != "library")
        self._viewer_action.setEnabled(page != "create")

    def commands(self) -> list[QAction]:
        """Its actions with shortcuts, for the list of shortcuts."""
        return [self._mute_action, self._loop_action, self._viewer_action, self._export_action]

    # -- strings and colours

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("Player"))
        self._mute_action.setText(self.tr("Mute"))
        self._loop_action.setText(self.tr("Loop"))
        self._viewer_action.setText(self.tr("Large view"))
        self._export_action.setText(self.tr("Export"))
        self.grip.setToolTip(self.tr("Drag to make the view higher or lower"))
        self.grip.setAccessibleName(self.tr("Height of the large view"))
        self.seek.setAccessibleName(self.tr("Place in the piece"))
        self.time.setAccessibleName(self.tr("Time"))
        self.length.setAccessibleName(self.tr("Length"))
        self.volume.setAccessibleName(self.tr("Volume"))
        self.volume.setToolTip(self.tr("Volume"))
        self.tempo.set_words(self.tr("Tempo"), self.tr("Search"))
        self.instrument.set_words(self.tr("Instrument"), self.tr("Search instruments"))
        self.mixer.setText(self.tr("Mixer"))
        self.mixer.setAccessibleName(self.tr("Mixer"))
        self.mixer.setToolTip(self.tr("Mixer: instrument and level of each part, and which are heard"))
        self.port.set_words(self.tr("Where it plays"), self.tr("Search"))
        self.port.setToolTip(self.tr("Where it plays: the sound of this computer, or a MIDI port"))
        self.letters_label.setText(self.tr("Size of the words"))
        self.letters.setAccessibleName(self.tr("Size of the words"))
        for button, text in ((self.copy, self.tr("Copy")), (self.export_text, self.tr("Export"))):
            button.setText(text)
            button.setAccessibleName(text)
        self.export.setAccessibleName(self.tr("Export"))
        self._show_player()
        self._show_settings()

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        drawings = {"large": "roll", "large text": "text"}
        for name, button in self._buttons.items():
            button.setIcon(icon(drawings.get(name, name), colours))
        self.reason.setIcon(icon("warning", colours))
        for button in (self.export, self.export_text):
            button.setIcon(icon("export", colours))
        self.tempo.setIcon(icon("tempo", colours))
        self.instrument.setIcon(icon("instrument", colours))
        self._show_player()
        self._show_settings()

    # -- what is shown

    @property
    def item(self) -> Item | None:
        """What its buttons are about: a text that is selected, else what the player has."""
        if self._selected is not None and not self._selected.music:
            return self._selected
        return self._player.item

    def _select(self, item: Item | None) -> None:
        self._selected = item
        if item is not None:
            self._player.select(item)
        self.viewer.show_item(item)
        self._show_player()

    def _show_player(self) -> None:
        player, item = self._player, self.item
        text = item is not None and not item.music
        self.pages.setCurrentIndex(1 if text else 0)
        if text and item is not None:
            self.sentence.setText(" ".join(item.facts["text"].split()))
            self.sentence.setToolTip(item.facts["text"])
        self._show_kept()
        colours = self.context.theme.colours
        playing = player.playing
        self.play_button.setIcon((on_accent if item is not None else icon)("pause" if playing else "play", colours))
        nothing = self.tr("Choose a piece first: click one, and Space plays it.")
        about = {
            self.play_button: (self.tr("Pause") if playing else self.tr("Play"), self.tr("Space"), item is not None and not text),
            self.export: (self.tr("Export"), "Ctrl+E", item is not None),
        }
        for button, (name, key, able) in about.items():
            self._able(button, able, f"{name}  ({key})" if key else name, nothing, name)
        before, after = player.neighbour(-1), player.neighbour(1)
        self._able(
            self.previous, item is not None, self.tr("Back to the start, or the piece before"), nothing, self.tr("Previous")
        )
        why = self.tr("There is no piece after this one.") if item is not None else nothing
        self._able(self.next, after is not None, self.tr("The next piece"), why, self.tr("Next"))
        self.previous.setProperty("has_before", before is not None)
        self._able(self.seek, item is not None and not text, "", nothing, self.seek.accessibleName())
        self.title.setText(item.title if item is not None else self.tr("Nothing chosen"))
        self.title.setToolTip(item.title if item is not None else "")
        self.reason.setVisible(bool(player.reason))
        self.reason.setText(self.tr("No sound"))
        self.reason.setAccessibleName(player.reason or self.tr("No sound"))
        self.reason.setToolTip(player.reason)
        self.length.setText(clock(player.duration))
        self.seek.blockSignals(True)
        self.seek.setMaximum(round(1000 * player.duration))
        self.seek.blockSignals(False)
        self._show_loop()
        self.seek.span = player.loop_span if player.loops else None
        self.mute.setChecked(player.muted)
        self.mute.setIcon(icon("mute" if player.muted else "volume", colours))
        name = self.tr("Unmute") if player.muted else self.tr("Mute")
        self.mute.setToolTip(f"{name}  (M)")
        self.mute.setAccessibleName(name)
        self._show_tempo()
        self._show_instrument()
        self._moved(player.position)

    @staticmethod
    def _able(widget: QWidget, able: bool, tip: str, why: str, name: str) -> None:
        """Enabled with its tip, or disabled with the reason."""
        widget.setEnabled(able)
        widget.setToolTip(tip if able else why)
        widget.setAccessibleName(name)

    def _show_kept(self, *_: object) -> None:
        item = self.item
        kept = item is not None and self.context.shelf.is_kept(item)
        name = self.tr("Stop keeping") if kept else self.tr("Keep")
        for button in (self.keep, self.keep_text):
            button.setChecked(kept)
            button.setIcon(icon("heart-filled" if kept else "heart", self.context.theme.colours))
            tip = self.tr("Kept in the library; click to let it go") if kept else self.tr("Keep it in the library")
            self._able(button, item is not None, tip, self.tr("Choose a piece first."), name)
        self.keep_text.setText(name)

    def _moved(self, seconds: float) -> None:
        if not self.seek.isSliderDown():
            self.seek.blockSignals(True)
            self.seek.setValue(round(1000 * seconds))
            self.seek.blockSignals(False)
        text = clock(seconds)
        if text != self.time.text():
            self.time.setText(text)

    def _show_loop(self) -> None:
        on = self.context.player.loops
        self.loop.setChecked(on)
        name = self.tr("Stop repeating") if on else self.tr("Repeat")
        self.loop.setToolTip(f"{name}  (L)")
        self.loop.setAccessibleName(name)

    def _show_settings(self) -> None:
        settings = self.context.settings
        self._show_loop()
        for slider, value in ((self.volume, 100 * settings["volume"]), (self.letters, 10 * settings["text_size"])):
            slider.blockSignals(True)
            slider.setValue(round(value))
            slider.blockSignals(False)
        large = self._viewer_action.isEnabled() and bool(settings["viewer"])
        name = self.tr("Close the large view") if large else self.tr("See it large: piano roll, score, words")
        for button in (self.large, self.large_text):
            button.setChecked(large)
            button.setToolTip(f"{name}  (V)")
            button.setAccessibleName(name)
            button.setVisible(self._viewer_action.isEnabled())
        self.viewer.set_height(held(int(settings["viewer_height"])))
        self.viewer.setVisible(large)
        self.grip.setVisible(large)
        self.line.setVisible(large)
        port = str(settings["midi_port"])
        self.port.set_current(port, port)
        self.port.setChecked(bool(port))
        self._show_tempo()
        self._show_instrument()

    def _show_tempo(self) -> None:
        factor = float(self.context.settings["tempo"])
        item = self.item
        if item is not None and item.music:
            label = f"♩ = {item.piece.tempos[0].bpm * factor:.0f}"
        else:
            label = f"{factor:.0%}"
        self.tempo.set_current(factor, label)
        tip = self.tr("Tempo: {percent} of what is written, at the same pitch").format(percent=f"{factor:.0%}")
        self.tempo.setToolTip(tip)

    def _show_instrument(self) -> None:
        parts = self.item is not None and self.item.music and bool(self.item.piece.parts)
        self.mixer.setVisible(parts)
        self.instrument.setVisible(not parts)
        self.panel.show_item(self.item)
        number = int(self.context.settings["kit" if self._drums else "instrument"])
        item = self.item
        own = item.piece.program + 1 if item is not None and item.music else 0
        named = kit_name if self._drums else instrument_name
        name = named(number) if 1 <= number <= 128 else named(own) if own else self._its_own
        room = _INSTRUMENT - 52
        self.instrument.set_current(number, self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room))
        about = self.tr("Kit: {name}") if self._drums else self.tr("Instrument: {name}")
        self.instrument.setToolTip(about.format(name=name))

    def _setting(self, name: str) -> None:
        if name in _SHOWN:
            self._show_settings()
        elif name == "page":
            self._leave_to_page()
            self._show_settings()

    # -- what the choosers offer

    def _tempos(self) -> list[Choice]:
        item = self.item
        bpm = item.piece.tempos[0].bpm if item is not None and item.music else 0.0
        steps = sorted({*_TEMPO_STEPS, min(TEMPOS[1], max(TEMPOS[0], float(self.context.settings["tempo"])))})
        found = []
        for factor in steps:
            label = f"{factor:.0%}" + (f"    ♩ = {bpm * factor:.0f}" if bpm else "")
            if factor == 1.0:
                label += "    " + self.tr("as written")
            found.append(Choice(factor, label))
        return found

    def _instruments(self) -> list[Choice]:
        found = [Choice(0, self._its_own)]
        if self._drums:
            return found + [Choice(number, kit_name(number), also=str(number)) for number in kits()]
        for family, numbers in families():
            found.append(Choice(None, family, heading=True))
            found += [Choice(number, instrument_name(number), also=str(number)) for number in numbers]
        return found

    def _ports(self) -> list[Choice]:
        ports, why = self._player.midi_ports()
        self.port.set_note(why)
        return [Choice("", self.tr("The sound of this computer")), *(Choice(port, port) for port in ports)]

    @property
    def _drums(self) -> bool:
        """Whether the instrument is a kit of drums."""
        return self.item is not None and self.item.music and not self.item.piece.pitched

    @property
    def _its_own(self) -> str:
        return self.tr("Its own kit") if self._drums else self.tr("Its own instrument")

    # -- what is done

    def _choose_instrument(self, number: object) -> None:
        self.context.settings["kit" if self._drums else "instrument"] = int(str(number))

    def _play(self) -> None:
        self._player.toggle()

    def _previous(self) -> None:
        if self._player.position > _BACK or self._player.neighbour(-1) is None:
            self._player.seek(0.0)
        else:
            self._player.step(-1)

    def _sought(self, value: int) -> None:
        if self.seek.isSliderDown():  # it goes there when it is let go of
            self.time.setText(clock(value / 1000))
        else:
            self._player.seek(value / 1000)

    def _toggle_mixer(self) -> None:
        self.panel.toggle()

    def _toggle_mute(self) -> None:
        self._player.set_muted(not self._player.muted)

    def _set_volume(self, value: int) -> None:
        self.context.settings["volume"] = value / 100
        if value and self._player.muted:
            self._player.set_muted(False)

    def _keep(self) -> None:
        item, shelf = self.item, self.context.shelf
        if item is not None:
            (shelf.unkeep if shelf.is_kept(item) else shelf.keep)(item)
        self._show_kept()

    def _export(self) -> None:
        if self.item is not None:
            from genstudio.gui.widgets.export_dialog import Exporter

            Exporter(self.context, self.window()).export([self.item])

    def _copy(self) -> None:
        text = self.item.facts.get("text") if self.item is not None else None
        if text is not None:  # a melody may have been chosen since the button was shown
            QApplication.clipboard().setText(str(text))
            self.context.bus.say.emit(self.tr("Copied."))

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.instrument.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else beside)
        self.mixer.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else beside)
        for button in (self.instrument, self.mixer):
            button.setFixedWidth(44 if narrow else _INSTRUMENT)
        self.volume.setFixedWidth(64 if narrow else 88)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._player.item is not None:
            self._player.seek(self._player.position + (1 if event.key() == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
