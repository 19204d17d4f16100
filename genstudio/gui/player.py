"""The player: one piece of music at a time, to the sound device, to a MIDI port, or, where there is neither, to a silent clock.

Conventions: all times are seconds of the music as written, so at twice the tempo they run twice as fast, and a place in a piece
stays the same place when the tempo changes.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genstudio.errors import GenStudioError
from genstudio.gui.audio_out import AudioOutput, watch
from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.live import Live
from genstudio.gui.metronome import Lead, count_in
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.mixers import Mixers
from genstudio.gui.outputs import Output, SilentOutput
from genstudio.gui.settings import Settings
from genstudio.gui.sounds import Sound, Sounds, Take
from genstudio.gui.views.bars import bar_at, seconds_of, tick_at

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["TEMPOS", "Player"]

log = logging.getLogger(__name__)

TEMPOS = (0.25, 4.0)
"""The least and the most tempo factor."""
_TICK = 16  # milliseconds
_LEAST = 0.25  # seconds of a loop
_RAMP = 5  # ticks in which a change of volume is heard
_SETTLE = 150  # milliseconds: a slider that is being dragged is not followed at every step


@dataclass
class _Turn:
    """From what plays to another item: at ``at`` of what is heard now, from ``place`` of the other. done: the output sees to it."""

    item: Item
    take: Take
    sound: Sound | None
    span: tuple[float, float] | None
    at: float
    place: float
    done: bool = False
    seen: float = 0.0  # the last position while it was waited for


class Player(QObject):
    """Plays items; see the module's conventions for times.

    Volume, instrument, tempo, loop, MIDI port and SoundFont are those of the settings, and a change of them is heard at once. The
    parts of a score are played as ``mixers`` says.
    """

    started = Signal(object)  # Item: it is what plays now
    paused = Signal()
    resumed = Signal()
    ended = Signal()  # by itself, or stopped, or another takes its place
    moved = Signal(float)  # position
    changed = Signal()  # anything of what the properties say, but the position
    closing = Signal()
    unavailable = Signal(str)  # there is no sound, and why

    def __init__(self, engine: Engine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self._settings = settings
        self.mixers = Mixers(settings, self)
        self.mixers.changed.connect(self._mixed)
        self._sounds = Sounds(engine, self)
        self._sounds.ready.connect(self._have_sound)
        self._sounds.failed.connect(self._no_sound)
        self._item: Item | None = None
        self._items: list[Item] = []
        self._next: Item | None = None  # selected while another plays
        self._turn: _Turn | None = None  # to what was selected, at the next beat, or to what follows, at the end
        self._after: Item | None = None  # what follows
        self._state = "stopped"  # or "waiting" (for its sound), "playing", "paused"
        self._at = 0.0  # the position while nothing plays
        self._take: Take | None = None  # what the output plays
        self._sound: Sound | None = None
        self._output: Output = SilentOutput()
        self._opened = self._closed = False
        self._span: tuple[float, float] | None = None
        self._muted = self._braced = False
        self._repeats = False  # whatever the setting says
        self._volume = self._loudness
        self._reason = ""
        self._bars = 0  # that are counted in before what begins next
        self._lead: tuple[float, Lead] | None = None  # what is being counted, and the place in what is heard after it
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._tick)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self._retake)
        # Devices come and go in several steps.
        self._came = QTimer(self)
        self._came.setSingleShot(True)
        self._came.setInterval(_SETTLE)
        self._came.timeout.connect(self._devices)
        self.live = Live(engine, settings, lambda: self._output, self, loudness=lambda: self._loudness)
        settings.changed.connect(self._setting)

    # -- what it plays

    @property
    def item(self) -> Item | None:
        """What is played, or would be: the last one chosen."""
        return self._item

    @property
    def playing(self) -> bool:
        """Whether it runs, or will as soon as its sound is there."""
        return self._state in ("playing", "waiting")

    @property
    def waiting(self) -> bool:
        """Whether it is waiting for its sound."""
        return self._state == "waiting"

    @property
    def preparing(self) -> bool:
        """Whether what was selected is yet to be rendered before it can be gone over to."""
        return self._next is not None and self._turn is None and self._state == "playing"

    @property
    def position(self) -> float:
        """Where it is, in seconds."""
        if self._take is not None and self._state in ("playing", "paused"):
            place = self._output.position
            return min(self.duration, (place if self._lead is None else max(place, self._lead[0])) * self._take.tempo)
        return self._at

    @property
    def place(self) -> float:
        """As :attr:`position`, but before the beginning while it is counted in."""
        lead = self._lead[0] - self._output.position if self._lead is not None and self._take is not None else 0.0
        return self.position - max(0.0, lead) * (self._take.tempo if self._take is not None else 1.0)

    @property
    def counting(self) -> int:
        """How many beats are still counted in before it begins, 0 while none are."""
        if self._lead is None or self._take is None or self._state not in ("playing", "paused"):
            return 0
        at, lead = self._lead
        return lead.left(at - self._output.position)

    @property
    def duration(self) -> float:
        """The length of the piece in seconds, 0 without one."""
        return float(self._item.piece.seconds) if self._item is not None and self._item.music else 0.0

    @property
    def reason(self) -> str:
        """Why nothing is heard, a sentence; "" while sound works, or nobody has tried yet."""
        return self._reason

    @property
    def items(self) -> list[Item]:
        """What previous and next step through."""
        return list(self._items)

    def set_items(self, items: Sequence[Item]) -> None:
        """Say what previous and next step through: the results of a page, in their order."""
        self._items = list(items)
        self.changed.emit()

    def warm(self, then: Callable[[], object]) -> None:
        """Load in the background what the first sound needs, so that it comes at once, and open the device; ``then`` is called when
        that is done, or cannot be."""
        task = self._engine.run(_load_sound, name="load the libraries of sound", done=self._warmed)
        task.finished.connect(then)

    def _warmed(self, loaded: bool) -> None:
        if not self._closed:
            self._open()
            self._engine.run(_read_soundfont, name="read the SoundFont")

    def select(self, item: Item | None) -> None:
        """Take an item without playing it, and make its sound ready. Where music plays it goes over to the item at the next beat,
        to the same place in the music; a text's turn comes after it."""
        if self.playing and item is not None and item is self._next:
            return
        self._next = None
        if item is not self._item:
            self._after = None
        elif self._after is not None:
            return
        if item is self._item:
            if self._turn is not None and not self._turn_back():
                self._next = item  # it is on its way to another one, and comes back from there
            return
        if self.playing:
            self._next = item
            if item is not None and item.music and item.piece.notes:
                self._go_over()
            return
        if self._state == "paused":
            self._halt()
        self._item, self._at, self._span = item, 0.0, None
        if item is not None and item.music and self._opened and self._output.needs_sound:
            self._sounds.want(self._wanted(item))
        self.changed.emit()
        self.moved.emit(0.0)

    def _go_over(self) -> None:
        """Plan to go over to what is selected at the next beat of what plays, as soon as its sound is there."""
        item, now = self._next, self._item
        if item is None or now is None or not item.music or not item.piece.notes:
            return
        if self._state == "waiting":  # nothing is heard yet
            self._item, self._span, self._next = item, None, None
            self._at = min(self._at, self.duration)
            self.started.emit(item)
            self._begin()
            self.changed.emit()
            return
        if self._state != "playing" or self._take is None or (self._turn is not None and not self._turn_back()):
            return  # it is tried again once it is heard
        take = self._wanted(item)
        sound = self._sounds.get(take) if self._output.needs_sound else None
        if self._output.needs_sound and sound is None:
            self._sounds.want(take)
            return
        self._turn = self._turn_to(item, take, sound, self._same_span(now.piece, item.piece))

    def _turn_to(self, item: Item, take: Take, sound: Sound | None, span: tuple[float, float] | None) -> _Turn | None:
        """From what plays to a take of an item at the next beat; None where it ends before: the other one's turn comes then."""
        assert self._take is not None
        assert self._item is not None
        now = self._item.piece
        beat = self._next_beat(now, tick_at(now, self._output.earliest * self._take.tempo))
        tick = beat
        if self._loop is not None:
            first, last = (round(tick_at(now, at * self._take.tempo)) for at in self._loop)
            if beat is None or beat >= last:
                beat, tick = last, first
        if beat is None or tick is None:
            return None
        place = seconds_of(item.piece, tick % max(1, item.piece.length)) / take.tempo
        turn = _Turn(item, take, sound, span, seconds_of(now, beat) / self._take.tempo, place)
        if sound is not None:
            turn.done = self._output.turn(sound, turn.at, turn.place, self._repeated(take, span))
        return turn

    def _turn_take(self, take: Take, sound: Sound) -> bool:
        """Let what plays go on as another take at its next beat, in time and without a gap; False where that cannot be."""
        item = self._item
        if item is None or not sound.whole or (self._turn is not None and not self._turn_back()):
            return False
        self._turn = turn = self._turn_to(item, take, sound, self._span)
        if turn is None or not turn.done:
            self._turn = None
            return False
        return True

    def follow(self, item: Item) -> None:
        """Play an item from its start when what plays has ended, without a gap; not while that is repeated, or if something else is
        selected or played before."""
        self._after = item
        self._plan_after()

    def _plan_after(self) -> None:
        item = self._after
        if item is None or self._turn is not None or self._state != "playing" or self._take is None or self._loop is not None:
            return
        take = self._wanted(item)
        sound = self._sounds.get(take) if self._output.needs_sound else None
        if self._output.needs_sound and sound is None:
            self._sounds.want(take)
            return
        turn = _Turn(item, take, sound, None, self._take.melody.seconds / self._take.tempo, 0.0)
        if sound is not None:
            turn.done = self._output.turn(sound, turn.at, turn.place, self._repeated(take, None))
        self._turn = turn

    @staticmethod
    def _next_beat(music: Music, tick: float) -> int | None:
        """The first beat of a piece from ``tick`` on, None where it has none any more."""
        bar = bar_at(music, math.floor(tick))
        if bar is None:
            return None
        found = next((beat for beat in bar.beats if beat >= tick - 1), bar.end)
        return found if found < music.length else None

    def _same_span(self, before: Music, after: Music) -> tuple[float, float] | None:
        """What is repeated, in another piece: the same bars, if it has them."""
        if self._span is None:
            return None
        ticks = [min(after.length, tick_at(before, at)) for at in self._span]
        first, last = (seconds_of(after, tick) for tick in ticks)
        return (first, last) if last - first >= _LEAST else None

    def _turn_back(self) -> bool:
        """Do not go over; False where what was selected is on its way to the ear."""
        if self._turn is not None and self._turn.done and not self._output.turn_back():
            return False
        self._turn = None
        return True

    def _look_over(self) -> None:
        """Whether the time has come: what was selected is what plays from now on."""
        turn = self._turn
        if turn is None:
            return
        if turn.done and not self._output.turned:
            return
        position = self._output.position
        late = position - turn.at
        if not turn.done and late < 0:
            loop = self._loop
            if loop is None or position >= turn.seen:
                turn.seen = position
                return
            late = position - loop[0]  # the time came at the end of the loop
        self._turn = None
        another = turn.item is not self._item
        self._item, self._take, self._sound, self._span = turn.item, turn.take, turn.sound, turn.span
        if self._next is turn.item:
            self._next = None
        if not turn.done:
            self._output.start(turn.take, turn.sound, turn.place + late, self._loop)
        if another:
            self._after = None
            self.started.emit(turn.item)
        self.changed.emit()
        if self._next is not None:
            self._go_over()
        else:
            self._plan_after()

    def brace(self, on: bool = True) -> None:
        """Be ready for a window that is busy, or no longer: as much sound as there is room for is made ready then."""
        self._braced = on
        self._output.brace(on)

    def play(self, item: Item, at: float = 0.0, *, bars: int = 0) -> None:
        """Play an item from ``at`` on, after ``bars`` that are counted in; what played before ends. A text is only selected, and so
        is a piece without notes, unless it is counted in: then it is something to play to, with the metronome."""
        self._halt()
        self._next = self._after = None
        if item is not self._item:
            self._item, self._span = item, None
        self._at = 0.0
        if not item.music or not (item.piece.notes or bars):
            self.changed.emit()
            self.moved.emit(0.0)
            return
        self._open()
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
        elif self._item is not None:
            counted = {"bars": int(self._settings["count_in"])} if self._settings["count_in_play"] else {}
            self.play(self._item, self._at if self._at < self.duration else 0.0, **counted)

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
            item, before, at = self._next, self._item, self._at
            self._halt()
            self._next, self._item, self._span, self._at = None, item, None, 0.0
            if before is not None and item.music:
                self._at = min(self.duration, seconds_of(item.piece, tick_at(before.piece, at) % max(1, item.piece.length)))
            self.moved.emit(self._at)
        self.changed.emit()

    def resume(self) -> None:
        """Go on."""
        if self._state != "paused":
            return
        if self._take is not None and self._item is not None and self._take == self._wanted(self._item):
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
        at = max(0.0, min(float(seconds), self.duration))
        if self._state == "playing" and self._take is not None:
            if self._sound is None or at / self._take.tempo * self._sound.rate < self._sound.ready:
                self._run(self._take, self._sound, at)
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

    def neighbour(self, by: int) -> Item | None:
        """The item that lies so many places on, or None."""
        if self._item not in self._items:
            return None
        place = self._items.index(self._item) + by
        return self._items[place] if 0 <= place < len(self._items) else None

    # -- how it plays

    @property
    def loop_setting(self) -> str:
        """The setting that says whether what it has is repeated: beats have one of their own, since most are played in a loop."""
        music = self._item is not None and self._item.music
        return "loop_beats" if music and self._item is not None and not self._item.piece.pitched else "loop"

    @property
    def loops(self) -> bool:
        """Whether what it has is repeated."""
        return self._repeats or bool(self._settings[self.loop_setting])

    def set_loops(self, on: bool) -> None:
        """Repeat what it has, or no longer."""
        self._repeats = False
        if bool(self._settings[self.loop_setting]) != on:
            self._settings[self.loop_setting] = on  # comes back as a change of the settings
        else:
            self._again()
            self.changed.emit()

    def repeat(self) -> None:
        """Repeat what plays until it is stopped, or a loop is turned on or off: something is being tried at it."""
        if self.playing and not self.loops:
            self._repeats = True
            self._again()
            self.changed.emit()

    @property
    def loop_span(self) -> tuple[float, float] | None:
        """What is repeated, (from, to) in seconds; None: all of it."""
        return self._span

    @property
    def repeated(self) -> tuple[float, float] | None:
        """What is repeated now, the whole piece or a part, in seconds; None: nothing is."""
        loop, take = self._loop, self._take
        return None if take is None or loop is None else (loop[0] * take.tempo, loop[1] * take.tempo)

    def set_loop_span(self, span: tuple[float, float] | None) -> None:
        """Repeat a part, and turn the loop on; None: the whole piece is what a loop repeats."""
        self._span = span
        if span is not None and not self.loops:
            self._settings[self.loop_setting] = True  # comes back as a change of the settings
        else:
            self._again()
            self.changed.emit()

    @property
    def muted(self) -> bool:
        """Whether the volume is nought for the time being."""
        return self._muted

    def set_muted(self, muted: bool) -> None:
        """Be silent, or not."""
        if muted != self._muted:
            self._muted = muted
            self._level()
            self.changed.emit()

    def midi_ports(self) -> tuple[list[str], str]:
        """The MIDI ports that there are, and, where there can be none, why."""
        return MidiOutput.ports()

    @property
    def _loudness(self) -> float:
        """The amplitude; the slider is by ear, which hears ratios."""
        return 0.0 if self._muted else float(self._settings["volume"]) ** 2

    @property
    def _clicks(self) -> float:
        """How loud the metronome is, 0 while it is off; what has no notes is there to be played to."""
        on = self._settings["metronome"] or (self._item is not None and self._item.music and not self._item.piece.notes)
        return min(1.0, max(0.0, float(self._settings["metronome_level"]))) if on else 0.0

    @property
    def _loop(self) -> tuple[float, float] | None:
        """What is repeated, in seconds of what is heard."""
        return self._repeated(self._take, self._span) if self._take is not None else None

    def _repeated(self, take: Take, span: tuple[float, float] | None) -> tuple[float, float] | None:
        """What is repeated of a take, in seconds of what is heard."""
        if not (self._repeats or self._settings["loop" if take.melody.pitched else "loop_beats"]):
            return None
        whole = take.melody.seconds
        first, last = span or (0.0, whole)
        last = min(last, whole)
        return (first / take.tempo, last / take.tempo) if last - first >= _LEAST else None

    def _setting(self, name: str) -> None:
        if name == "volume":
            self._level()
        elif name in ("metronome", "metronome_level"):
            self._output.set_metronome(self._clicks)
        elif name in ("loop", "loop_beats"):
            self._repeats = False
            self._again()
        elif name in ("tempo", "instrument", "kit", "soundfont"):
            self._settle.start()
        elif name == "midi_port" and self._opened:
            self._reopen()
        else:
            return
        self.changed.emit()

    def _mixed(self, item: Item) -> None:
        if self._item is not None and self._item.music:
            self._settle.start()
        self.changed.emit()

    def _level(self) -> None:
        """Let the volume come to what is set, over a few ticks while it plays."""
        if self._state != "playing":
            self._volume = self._loudness
            self._output.set_volume(self._volume)

    def _retake(self) -> None:
        """Tempo, instrument or SoundFont are other ones: what plays goes on with them as soon as the sound is there."""
        if self._item is None or not self._item.music:
            return
        if self._take == self._wanted(self._item):
            if self._turn is not None and self._turn.item is self._item:  # it was another one for a moment
                self._turn_back()
        elif self.playing:
            self._begin()
        elif self._state == "paused":
            self._drop()
        elif self._opened and self._output.needs_sound:
            self._sounds.want(self._wanted(self._item))

    # -- the works

    def _wanted(self, item: Item) -> Take:
        tempo = min(TEMPOS[1], max(TEMPOS[0], float(self._settings["tempo"])))
        instrument = int(self._settings["instrument" if item.piece.pitched else "kit"])
        if not 1 <= instrument <= 128 or item.piece.parts:  # parts have instruments of their own
            instrument = 0
        music = self.mixers.mixed(item)
        like = item.piece if music is not item.piece else None
        return Take(music, instrument, tempo, str(self._settings["soundfont"]), self._output.rate, like)

    def _begin(self) -> None:
        """Play the item with what is set now from where it is, at once or as soon as the sound is there."""
        assert self._item is not None
        take = self._wanted(self._item)
        sound = self._sounds.get(take) if self._output.needs_sound else None
        if sound is not None and self._state == "playing" and self._turn_take(take, sound):
            return
        if sound is not None or not self._output.needs_sound:
            self._run(take, sound, self.position)
        else:
            self._sounds.want(take)

    def _run(self, take: Take, sound: Sound | None, at: float) -> None:
        self._take, self._sound, self._turn = take, sound, None
        self._volume = self._loudness
        self._output.set_volume(self._volume)
        self._output.set_metronome(self._clicks)
        lead = count_in(take.melody, take.tempo, at, self._bars) if self._bars else None
        self._lead, self._bars = (at / take.tempo, lead) if lead is not None else None, 0
        self._output.start(take, sound, at / take.tempo, self._loop, lead)
        self._state = "playing"
        self._timer.start()
        self._look()
        self.changed.emit()
        if self._next is not None:
            self._go_over()
        self._plan_after()

    def _again(self) -> None:
        """What is repeated is something else: begin anew where it is."""
        if self._state == "playing" and self._take is not None:
            if self._turn is not None or not self._output.repeat(self._loop):
                self._run(self._take, self._sound, self.position)
        elif self._state == "paused":
            self._drop()

    def _drop(self) -> None:
        """Let the output go of what is paused; it begins anew where it was."""
        self._at = self.position
        self._output.stop()
        self._take = self._sound = None

    def _have_sound(self, take: Take, sound: Sound) -> None:
        if self._next is not None and self._next.music and take == self._wanted(self._next) and sound.whole:
            self._go_over()
        if self._after is not None and self._after.music and take == self._wanted(self._after) and sound.whole:
            self._plan_after()
        if self._item is None or take != self._wanted(self._item) or not self._output.needs_sound:
            return
        if take == self._take and self._turn is None and self._state in ("playing", "paused"):
            if sound.whole:
                self._sound = sound
                self._output.extend(sound)
        elif self._state == "playing" and self._turn_take(take, sound):
            return
        elif self.playing and self.position / take.tempo * take.rate < sound.ready:
            self._run(take, sound, self.position)

    def _no_sound(self, take: Take, message: str) -> None:
        if self._item is None or take != self._wanted(self._item) or not self.playing:
            return
        self._tell(message)
        self._use(SilentOutput())

    def _tick(self) -> None:
        if self._state != "playing":
            self._timer.stop()
            return
        goal = self._loudness
        if self._volume != goal:
            step = 1.0 / _RAMP
            self._volume = min(goal, self._volume + step) if goal > self._volume else max(goal, self._volume - step)
            self._output.set_volume(self._volume)
        self._output.tick()
        if self._look():
            return
        if self._lead is not None and self._output.position >= self._lead[0]:
            self._lead = None
        self._look_over()
        self.moved.emit(self.position)
        if self._output.over:
            self._halt()
            self._rewind()

    def _rewind(self) -> None:
        """Back to the start, or to what was selected meanwhile."""
        self._at = 0.0
        if self._next is not None:
            self.select(self._next)
        else:
            self.moved.emit(0.0)
            self.changed.emit()

    def _look(self) -> bool:
        """Whether the output has failed; if so, what plays goes on at another."""
        if not self._output.trouble:
            return False
        trouble = self._output.trouble
        log.warning("output: %s", trouble)
        self._output.trouble = ""
        if isinstance(self._output, MidiOutput):
            self._tell(trouble)
            self._use(SilentOutput())
        else:
            self._reopen(trouble)
        return True

    def _halt(self) -> None:
        """End what plays or waits, and say so."""
        was = self._state
        self._timer.stop()
        if was in ("playing", "paused"):
            self._output.stop()
        self._state = "stopped"
        self._repeats = False
        self._take = self._sound = self._turn = self._lead = None
        self._bars = 0
        if was != "stopped":
            self.ended.emit()

    # -- outputs

    def _open(self) -> None:
        """Open the device or the port, once."""
        if not self._opened:
            self._opened = True
            watch(self, self._came.start)
            self._output = self._find()
            self._output.brace(self._braced)
            self._output.set_volume(self._loudness)

    def _find(self, trouble: str = "") -> Output:
        """The port that is chosen, else the default device, else the clock, with the reason."""
        port = str(self._settings["midi_port"])
        try:
            if port:
                found: Output = MidiOutput(port)
            else:
                found = AudioOutput(self)
        except GenStudioError as error:
            self._tell(f"{trouble} {error}".strip())
            return SilentOutput()
        self._tell("")
        return found

    def _reopen(self, trouble: str = "") -> None:
        """Go over to what is the device or the port now."""
        self._use(self._find(trouble))

    def _use(self, output: Output) -> None:
        """Go on at another output from where it is."""
        at = self.position
        old, self._output = self._output, output
        old.close()
        self._at, self._take, self._sound, self._turn = at, None, None, None
        output.brace(self._braced)
        output.set_volume(self._loudness)
        if self.playing:
            self._state = "waiting"
            self._begin()
        self.changed.emit()

    def _devices(self) -> None:
        """Devices have come or gone."""
        self.live.rest()
        if isinstance(self._output, SilentOutput) or (isinstance(self._output, AudioOutput) and not self._output.current):
            self._reopen()

    def _tell(self, reason: str) -> None:
        if reason != self._reason:
            self._reason = reason
            if reason:
                log.info("no sound: %s", reason)
                self.unavailable.emit(reason)
            self.changed.emit()

    def close(self) -> None:
        """End, and give the device back."""
        self._closed = True
        self.closing.emit()
        self._halt()
        self.live.close()
        self._settle.stop()
        self._came.stop()
        self._output.close()
        self._output = SilentOutput()


def _load_sound() -> bool:
    """Load what sound needs: a quarter of a second that the window's thread should not spend.

    With it comes what is small and needed later: while torch is being loaded the window's thread would wait for its turn.
    """
    import importlib

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
