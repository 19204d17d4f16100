"""What the player does with sounds and outputs: it has what is at hand rendered and played, and goes over to what comes next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer

from genstudio.gui.engine import Engine
from genstudio.gui.items import Item
from genstudio.gui.metronome import count_in
from genstudio.gui.mixers import Mixers
from genstudio.gui.playhead import Playhead
from genstudio.gui.settings import Settings
from genstudio.gui.sounds import Sound, Sounds, Take
from genstudio.gui.turns import Heard, Span

__all__ = ["TEMPOS", "Playing"]

TEMPOS = (0.25, 4.0)
"""The least and the most tempo factor."""
_TICK = 16  # milliseconds


class Playing(Playhead):
    """Plays what is at hand. The parts of a score are played as ``mixers`` says."""

    def __init__(self, engine: Engine, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(settings, parent)
        self.mixers = Mixers(settings, self)
        self._sounds = Sounds(engine, self)
        self._sounds.ready.connect(self._have_sound)
        self._sounds.failed.connect(self._no_sound)
        self._bars = 0  # that are counted in before what begins next
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=_TICK)
        self._timer.timeout.connect(self._tick)
        self._device.leaving.connect(self._leave)
        self._device.replaced.connect(self._arrive)

    def _have(self, item: Item | None, at: float = 0.0, span: Span | None = None) -> None:
        self._selection.sounding, self._at, self._repeats.span = item, at, span

    # -- to play

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
        """Let the output go of what is paused; it begins again where it was."""
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

    # -- to go over

    def _again(self) -> None:
        """What is repeated is something else."""
        if self._state == "playing" and self._heard is not None:
            if self._turns.back(self._output) and self._output.repeat(self._loop):
                self._go_on()
            else:  # begin again where it is
                self._run(self._heard, self.position)
        elif self._state == "paused":
            self._drop()
        self.changed.emit()

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

    # -- to end

    def _rewind(self) -> None:
        """Back to the start, or to what was selected meanwhile."""
        self._at = 0.0
        if self._next is not None:
            self._put(self._next)
        else:
            self.moved.emit(0.0)
            self.changed.emit()

    def _put(self, item: Item | None) -> None:
        """Have an item at hand, and its sound ready, while nothing plays."""
        self._next = None
        self._have(item)
        if item is not None and item.music and self._device.opened:
            self._ready(item)
        self.changed.emit()
        self.moved.emit(0.0)

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
