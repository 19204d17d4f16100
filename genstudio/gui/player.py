"""The player: one piece of music at a time, to the sound device, to a MIDI port, or, where there is neither, to a silent clock."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.live import Live
from genstudio.gui.playing import TEMPOS, Playing
from genstudio.gui.selection import Selection
from genstudio.gui.settings import Settings
from genstudio.gui.turns import Span
from genstudio.gui.views.bars import seconds_of, tick_at

__all__ = ["TEMPOS", "Player"]

log = logging.getLogger(__name__)

_SETTLE = 150  # milliseconds: a slider that is being dragged is not followed at every step


class Player(Playing):
    """Plays items.

    Volume, instrument, tempo, loop, MIDI port and SoundFont are those of the settings, and a change of them is heard at once. The
    parts of a score are played as ``mixers`` says.
    """

    def __init__(self, engine: Engine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(engine, settings, parent)
        self._engine = engine
        self._closed = False
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._retake)
        device = self._device
        self.live = Live(engine, settings, lambda: device.output, self, loudness=lambda: device.loudness)
        device.changed.connect(self.changed)
        device.unavailable.connect(self.unavailable)
        device.moved.connect(self.live.rest)
        self.mixers.changed.connect(self._mixed)
        settings.changed.connect(self._setting)

    def warm(self, then: Callable[[], object]) -> None:
        """Load in the background what the first sound needs, so that it comes at once, and open the device; ``then`` is called when
        that is done, or cannot be."""
        task = self._engine.run(_load_sound, name="load the libraries of sound", done=self._warmed)
        task.finished.connect(then)

    def _warmed(self, loaded: bool) -> None:
        if not self._closed:
            self._device.open()
            self._engine.run(_read_soundfont, name="read the SoundFont")

    # -- what it plays

    def listen(self, selection: Selection) -> None:
        """Take what is selected there from now on, and tell there what sounds."""
        selection.sounding, self._selection = self.item, selection
        selection.changed.connect(lambda item: self.select(item) if item is not None else None)

    def select(self, item: Item | None) -> None:
        """Take an item without playing it, and make its sound ready. Where music plays it goes over to the item at the next beat,
        to the same place in the music; a text's turn comes after it."""
        if self.playing and item is not None and item is self._next:
            return
        self._next = None
        if item is not self.item:
            self._row = ()
        elif self._after is not None:
            return
        if item is self.item:
            if not self._turns.back(self._output):
                self._next = item  # it is on its way to another one, and comes back from there
            return
        if self.playing:
            self._next = item
            self._go_over()
            return
        if self._state == "paused":
            self._halt()
        self._put(item)

    def follow(self, *items: Item, around: bool = False) -> None:
        """Play items from their start, one after another, when what plays has ended, without a gap; not if a part is repeated, or
        something else is selected or played before. ``around``: where Loop is on, all of it begins again after the last."""
        if self.item is None:
            return
        loop = self._loop
        self._row, self._around = (self.item, *items), around
        if self._loop != loop:  # one of a row is not repeated
            self._again()
        self._plan_after()

    # -- play, pause, stop

    def brace(self, on: bool = True) -> None:
        """Be ready for a window that is busy, or no longer: as much sound as there is room for is made ready then."""
        self._device.brace(on)

    def play(self, item: Item, at: float = 0.0, *, bars: int = 0) -> None:
        """Play an item from ``at`` on, after ``bars`` that are counted in; what played before ends. A text is only selected, and so
        is a piece without notes, unless it is counted in: then it is something to play to, with the metronome."""
        self._halt()
        self._next, self._row = None, ()
        self._have(item, 0.0, self._repeats.span if item is self.item else None)
        if not item.music or not (item.piece.notes or bars):
            self.changed.emit()
            self.moved.emit(0.0)
            return
        self._device.open()
        self._at = max(0.0, min(at, self.duration))
        self._state, self._bars = "waiting", bars
        self.started.emit(item)
        self._begin()
        self.changed.emit()

    def toggle(self) -> None:
        """Pause what plays, go on with what is paused, play what is chosen."""
        if self.playing:
            self.pause()
        elif self._state == "paused":
            self.resume()
        elif self.item is not None:
            counted = {"bars": int(self._settings["count_in"])} if self._settings["count_in_play"] else {}
            self.play(self.item, self._at if self._at < self.duration else 0.0, **counted)

    def pause(self) -> None:
        """Stand still."""
        if not self.playing:
            return
        if self._state == "playing":
            self._output.pause()
        self._at = self.position
        self._state = "paused"
        self.paused.emit()
        if self._next is not None:  # what is shown is what goes on
            item, before, at = self._next, self._music, self._at
            self._halt()
            self._next = None
            self._have(item)
            if before is not None and item.music:
                self._at = min(self.duration, seconds_of(item.piece, tick_at(before, at) % max(1, item.piece.length)))
            self.moved.emit(self._at)
        self.changed.emit()

    def resume(self) -> None:
        """Go on."""
        if self._state != "paused" or self.item is None:
            return
        if self._heard is not None and self._heard.take == self._wanted(self.item):
            self._state = "playing"
            self._output.resume()
            self._timer.start()
        else:
            self._state = "waiting"
            self._begin()
        self.resumed.emit()
        self.changed.emit()

    def stop(self) -> None:
        """End; the next play begins at the start."""
        self._halt()
        self._rewind()

    def seek(self, seconds: float) -> None:
        """Go to a place; what plays goes on from there."""
        at, heard = max(0.0, min(float(seconds), self.duration)), self._heard
        if self._state == "playing" and heard is not None:
            if heard.sound is None or at / heard.take.tempo * heard.sound.rate < heard.sound.ready:
                self._run(heard, at)
            else:  # its sound is not there yet
                self._output.stop()
                self._state, self._at = "waiting", at
                self._begin()
        elif self._state == "paused":
            self._drop()
        self._at = at
        self.moved.emit(at)

    def step(self, by: int) -> None:
        """Play the item that lies so many places on in :attr:`items`."""
        other = self.neighbour(by)
        if other is not None:
            self.play(other)

    # -- how it plays

    def set_loops(self, on: bool) -> None:
        """Repeat what it has, or no longer."""
        self._repeats.tried = False
        if bool(self._settings[self.loop_setting]) != on:
            self._settings[self.loop_setting] = on  # comes back as a change of the settings
        else:
            self._again()

    def repeat(self) -> None:
        """Repeat what plays until it is stopped, or a loop is turned on or off: something is being tried at it."""
        if self.playing and not self.loops:
            self._repeats.tried = True
            self._again()

    def set_loop_span(self, span: Span | None) -> None:
        """Repeat a part, and turn the loop on; None: the whole piece is what a loop repeats."""
        self._repeats.span = span
        if span is not None and not self.loops:
            self._settings[self.loop_setting] = True  # comes back as a change of the settings
        else:
            self._again()

    def set_muted(self, muted: bool) -> None:
        """Be silent, or not."""
        if muted != self._device.muted:
            self._device.muted = muted
            self._level()
            self.changed.emit()

    def _level(self) -> None:
        if self._state != "playing":  # else it comes to what is set over a few ticks
            self._device.level()

    def _setting(self, name: str) -> None:
        if name == "volume":
            self._level()
        elif name in ("metronome", "metronome_level"):
            self._output.set_metronome(self._clicks)
        elif name in ("loop", "loop_beats"):
            self._repeats.tried = False
            self._again()
            return
        elif name in ("tempo", "instrument", "kit", "soundfont"):
            self._settle.start()
        elif name == "midi_port" and self._device.opened:
            self._device.reopen()
        else:
            return
        self.changed.emit()

    def _mixed(self, item: Item) -> None:
        if self._music is not None:
            self._settle.start()
        self.changed.emit()

    def _retake(self) -> None:
        """Tempo, instrument or SoundFont are other ones: what plays goes on with them as soon as the sound is there."""
        item, goal = self.item, self._turns.goal
        if item is None or not item.music:
            return
        if self._heard is not None and self._heard.take == self._wanted(item):
            if goal is not None and goal.item is item:  # it was another one for a moment
                self._turns.back(self._output)
        elif self.playing:
            self._begin()
        elif self._state == "paused":
            self._drop()
        elif self._device.opened:
            self._ready(item)

    def close(self) -> None:
        """End, and give the device back."""
        self._closed = True
        self.closing.emit()
        self._halt()
        self.live.close()
        self._settle.stop()
        self._device.close()


def _load_sound() -> bool:
    """Load what sound needs: a quarter of a second that the window's thread should not spend.

    With it comes what is small and needed later: while torch is being loaded the window's thread would wait for its turn.
    """
    try:
        importlib.import_module("PySide6.QtMultimedia")
    except ImportError:
        log.info("QtMultimedia cannot be imported")
    for name in ("genstudio.rendering.audio", "filelock", "rapidfuzz.distance"):
        importlib.import_module(name)
    return True


def _read_soundfont() -> None:
    """Have the SoundFont at hand."""
    from genstudio.rendering import soundfont

    soundfont.read(soundfont.find())
