"""The transport: the bar at the bottom that plays. For a text it becomes the size of the words, copy and keep."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, having, named, stacked
from genstudio.gui.midi_clock import MidiClock
from genstudio.gui.midi_in import Keyboard
from genstudio.gui.recorder import Recorder
from genstudio.gui.widgets.grip import Grip, held
from genstudio.gui.widgets.playbar import PlayBar, clock
from genstudio.gui.widgets.textbar import TextBar
from genstudio.gui.widgets.viewer import Viewer

__all__ = ["Transport", "clock"]

_SHOWN = (
    "loop", "loop_beats", "viewer", "viewer_height", "volume", "text_size", "midi_port", "tempo", "instrument", "kit", "metronome",
)  # fmt: skip


class Transport(Worded, QFrame):
    """Plays and pauses what the bus says is selected, and shows where it is. Space belongs to whoever has the focus; here are the
    keys M (mute), L (loop), K (metronome) and R (record)."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._player = context.player
        context.player.listen(context.bus.chosen)
        self.setProperty("kind", "bottombar")
        self.keyboard = Keyboard(context.settings, self)
        self.recorder = Recorder(context, self.keyboard, self)
        self.midi_clock = MidiClock(context.player, context.settings, self)
        self.viewer = Viewer(context, self)
        self.grip = Grip(context, self.viewer, self)
        self.pages = QStackedWidget(self)
        self.pages.setFixedHeight(72)
        self.music, self.text = PlayBar(context, self.recorder, self), TextBar(context, self)
        self.pages.addWidget(self.music)
        self.pages.addWidget(self.text)
        self.line = having(QFrame(self), "line")
        stacked(self.grip, self.viewer, self.line, self.pages, into=self, gap=0)
        self.viewer.closed.connect(lambda: context.settings.__setitem__("viewer", False))
        self._actions = [self._action(keys, done) for keys, done in self._done()]
        self._leave_to_page()
        self.addActions(self._actions)
        context.player.changed.connect(self._show_player)
        context.player.started.connect(self.viewer.show_item)
        context.settings.changed.connect(self._setting)
        context.bus.selected.connect(self._select)
        self.retranslate()
        self.keyboard.begin()

    def _done(self) -> list[tuple[str, Callable[[], object]]]:
        """The keys, and what they do."""
        settings, bar = self.context.settings, self.music
        return [
            ("M", bar.sound.toggle_mute),
            ("L", bar.turn_loop),
            ("K", bar.turn_metronome),
            ("R", lambda: bar.record.click()),
            ("V", lambda: settings.__setitem__("viewer", not settings["viewer"])),
            ("Ctrl+E", lambda: self._shown.buttons.export_item()),
        ]

    def _action(self, keys: str, done: Callable[[], object]) -> QAction:
        action = QAction(self)
        action.setShortcut(keys)
        action.triggered.connect(lambda: done())
        return action

    def _leave_to_page(self) -> None:
        """The Library exports what is selected there with the same keys, and Create has a large view of its own."""
        page = self.context.settings["page"]
        self._actions[-2].setEnabled(page != "create")
        self._actions[-1].setEnabled(page != "library")

    def commands(self) -> list[QAction]:
        """Its actions with shortcuts, for the list of shortcuts."""
        return list(self._actions)

    # -- strings

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Player"))
        names = (
            self.tr("Mute"), self.tr("Loop"), self.tr("Metronome"), self.tr("Record"), self.tr("Large view"), self.tr("Export"),
        )  # fmt: skip
        for action, name in zip(self._actions, names, strict=True):
            action.setText(name)
        named(self.grip, self.tr("Height of the large view"), self.tr("Drag to make the view higher or lower"))
        self._show_player()
        self._show_settings()

    # -- what is shown

    @property
    def item(self) -> Item | None:
        """What its buttons are about: a text that is selected, else what the player has."""
        return self.context.bus.chosen.shown

    @property
    def _shown(self) -> PlayBar | TextBar:
        return self.text if self.pages.currentIndex() else self.music

    def _select(self, item: Item | None) -> None:
        self.viewer.show_item(item)
        self._show_player()

    def _show_player(self) -> None:
        item = self.item
        self.pages.setCurrentIndex(1 if item is not None and not item.music else 0)
        self.text.show_item(item)

    def _show_settings(self) -> None:
        settings = self.context.settings
        self.text.show_size()
        large = self._actions[-2].isEnabled() and bool(settings["viewer"])
        self.viewer.set_height(held(int(settings["viewer_height"])))
        self.viewer.setVisible(large)
        self.grip.setVisible(large)
        self.line.setVisible(large)
        self.music.show_state()

    def _setting(self, name: str) -> None:
        if name in _SHOWN:
            self._show_settings()
        elif name == "page":
            self._leave_to_page()
            self._show_settings()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.music.set_narrow(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._player.item is not None:
            self._player.seek(self._player.position + (1 if event.key() == Qt.Key.Key_Right else -1))
        else:
            super().keyPressEvent(event)
