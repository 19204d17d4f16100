"""The player: one piece of music at a time, to the sound device, to a MIDI port, or, where there is neither, to a silent clock."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.live import Live
from genstudio.gui.metronome import count_in
from genstudio.gui.mixers import Mixers
from genstudio.gui.playhead import Playhead
from genstudio.gui.selection import Selection
from genstudio.gui.settings import Settings
from genstudio.gui.sounds import Sound, Sounds, Take
from genstudio.gui.turns import Heard, Span
from genstudio.gui.views.bars import seconds_of, tick_at

__all__ = ["TEMPOS", "Player"]

log = logging.getLogger(__name__)

TEMPOS = (0.25, 4.0)
"""The least and the most tempo factor."""
_TICK = 16  # milliseconds
_SETTLE = 150  # milliseconds: a slider that is being dragged is not followed at every step


class Player(Playhead):
    """Plays items.

    Volume, instrument, tempo, loop, MIDI port and SoundFont are those of the settings, and a change of them is heard at once. The
    parts of a score are played as ``mixers`` says.
    """

    def __init__(self, engine: Engine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(settings, parent)
        self._engine = engine
        self.mixers = Mixers(settings, self)
        self.mixers.changed.connect(self._mixed)
        self._sounds = Sounds(engine, self)
        self._sounds.ready.connect(self._have_sound)
        self._sounds.failed.connect(self._no_sound)
        self._closed = False
        self._bars = 0  # that are counted in before what begins next
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._retake)
        device = self._device
        self.live = Live(engine, settings, lambda: device.output, self, loudness=lambda: device.loudness)
        device.leaving.connect(self._leave)
        device.replaced.connect(self._arrive)
        device.changed.connect(self.changed)
        device.unavailable.connect(self.unavailable)
        device.moved.connect(self.live.rest)
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

    def _have(self, item: Item | None, at: float = 0.0, span: Span | None = None) -> None:
        self._selection.sounding, self._at, self._repeats.span = item, at, span

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
        self._have(item)
        if item is not None and item.music and self._device.opened:
            self._ready(item)
        self.changed.emit()
        self.moved.emit(0.0)

    def follow(self, *items: Item, around: bool = False) -> None:
        """Play items from their start, one after another, when what plays has ended, without a gap; not if a part is repeated, or
        something else is selected or played before. ``around``: where Loop is on, all of it begins anew after the last."""
        if self.item is None:
            return
        loop = self._loop
        self._row, self._around = (self.item, *items), around
        if self._loop != loop:  # one of a row is not repeated
            self._again()
        self._plan_after()

    def _plan_after(self) -> None:
        item, heard = self._after, self._heard
        if item is None or heard is None or self._turns.goal is not None or self._state != "playing":
            return
        goal = self._ready(item)
        if goal is not None:
            self._turns.at_end(self._output, heard, goal)

    def _go_over(self) -> None:
        """Plan to go over to what is selected at the next beat of what plays, as soon as its sound is there."""
        item, heard = self._next, self._heard
        if item is None or not item.music or not item.piece.notes:
            return
        if self._state == "waiting":  # nothing is heard yet
            self._next = None
            self._have(item, min(self._at, float(item.piece.seconds)))
            self.started.emit(item)
            self._begin()
            self.changed.emit()
        elif heard is not None and self._state == "playing" and self._turns.back(self._output):
            goal = self._ready(item, self._repeats.same(heard.item.piece, item.piece))
            if goal is not None:
                self._turns.at_beat(self._output, heard, goal, self._loop)

    def _turn_take(self, goal: Heard) -> bool:
        """Let what plays go on as another take at its next beat, in time and without a gap; False where that cannot be."""
        output, heard = self._output, self._heard
        if heard is None or goal.sound is None or not goal.sound.whole or not self._turns.back(output):
            return False
        return self._turns.at_beat(output, heard, goal, self._loop) and self._turns.in_stream(output)

    def _look_over(self) -> None:
        """Whether the time has come: what was selected is what plays from now on."""
        found = self._turns.over(self._output, self._loop)
        if found is None:
            return
        before, (heard, at) = self.item, found
        self._heard = heard
        self._have(heard.item, self._at, heard.span)
        if self._next is heard.item:
            self._next = None
        if at is not None:
            self._output.start(heard.take, heard.sound, at, self._loop)
        if heard.item is not before:
            self.started.emit(heard.item)
        self.changed.emit()
        self._go_on()

    def _go_on(self) -> None:
        """See to what comes after what plays."""
        if self._next is not None:
            self._go_over()
        else:
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

    def _rewind(self) -> None:
        """Back to the start, or to what was selected meanwhile."""
        self._at = 0.0
        if self._next is not None:
            self.select(self._next)
        else:
            self.moved.emit(0.0)
            self.changed.emit()

    def _halt(self) -> None:
        """End what plays or waits, and say so."""
        was = self._state
        self._timer.stop()
        if was in ("playing", "paused"):
            self._output.stop()
        self._state = "stopped"
        self._repeats.tried = False
        self._heard = self._lead = None
        self._turns.clear()
        self._bars = 0
        if was != "stopped":
            self.ended.emit()

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

    def _again(self) -> None:
        """What is repeated is something else."""
        if self._state == "playing" and self._heard is not None:
            if self._turns.back(self._output) and self._output.repeat(self._loop):
                self._go_on()
            else:  # begin anew where it is
                self._run(self._heard, self.position)
        elif self._state == "paused":
            self._drop()
        self.changed.emit()

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

    # -- the works

    def _wanted(self, item: Item) -> Take:
        tempo = min(TEMPOS[1], max(TEMPOS[0], float(self._settings["tempo"])))
        instrument = int(self._settings["instrument" if item.piece.pitched else "kit"])
        if not 1 <= instrument <= 128 or item.piece.parts:  # parts have instruments of their own
            instrument = 0
        music = self.mixers.mixed(item)
        like = item.piece if music is not item.piece else None
        return Take(music, instrument, tempo, str(self._settings["soundfont"]), self._output.rate, like)

    def _ready(self, item: Item, span: Span | None = None) -> Heard | None:
        """An item as it is to be heard with what is set now; None while its sound is being rendered."""
        take = self._wanted(item)
        sound = self._sounds.get(take) if self._output.needs_sound else None
        if sound is None and self._output.needs_sound:
            self._sounds.want(take)
            return None
        return Heard(item, take, sound, span)

    def _begin(self) -> None:
        """Play the item with what is set now from where it is, at once or as soon as the sound is there."""
        assert self.item is not None
        goal = self._ready(self.item, self._repeats.span)
        if goal is not None and not (self._state == "playing" and self._turn_take(goal)):
            self._run(goal, self.position)

    def _run(self, heard: Heard, at: float) -> None:
        take = heard.take
        self._heard = heard
        self._turns.clear()
        self._device.level()
        self._output.set_metronome(self._clicks)
        lead = count_in(take.melody, take.tempo, at, self._bars) if self._bars else None
        self._lead, self._bars = (at / take.tempo, lead) if lead is not None else None, 0
        self._output.start(take, heard.sound, at / take.tempo, self._loop, lead)
        self._state = "playing"
        self._timer.start()
        self._device.failed()
        self.changed.emit()
        self._go_on()

    def _drop(self) -> None:
        """Let the output go of what is paused; it begins anew where it was."""
        self._at = self.position
        self._output.stop()
        self._heard = None

    def _have_sound(self, take: Take, sound: Sound) -> None:
        for other, then in ((self._next, self._go_over), (self._after, self._plan_after)):
            if other is not None and other.music and sound.whole and take == self._wanted(other):
                then()
        item, heard, output = self.item, self._heard, self._output
        if item is None or not item.music or take != self._wanted(item) or not output.needs_sound:
            return
        goal = Heard(item, take, sound, self._repeats.span)
        if heard is not None and take == heard.take and self._turns.goal is None and not self.waiting:
            if sound.whole:
                self._heard = goal
                output.extend(sound)
        elif self._state == "playing" and self._turn_take(goal):
            return
        elif self.playing and self.position / take.tempo * take.rate < sound.ready:
            self._run(goal, self.position)

    def _no_sound(self, take: Take, message: str) -> None:
        if self._music is not None and self.item is not None and take == self._wanted(self.item) and self.playing:
            self._device.give_up(message)

    def _tick(self) -> None:
        if self._state != "playing":
            self._timer.stop()
            return
        self._device.tick()
        if self._device.failed():
            return
        if self._lead is not None and self._output.position >= self._lead[0]:
            self._lead = None
        self._look_over()
        self.moved.emit(self.position)
        if self._output.over:
            self._halt()
            self._rewind()

    def _leave(self) -> None:
        """The output is about to be another one."""
        self._at, self._heard = self.position, None
        self._turns.clear()

    def _arrive(self) -> None:
        """Go on at it from where it was."""
        if self.playing:
            self._state = "waiting"
            self._begin()
        self.changed.emit()

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
