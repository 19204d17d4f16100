"""What is played, where it is, and how: the side of the player that is read. :class:`genstudio.gui.player.Player` moves it.

Conventions: all times are seconds of the music as written, so at twice the tempo they run twice as fast, and a place in a piece
stays the same place when the tempo changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genstudio.gui.device import Device
from genstudio.gui.items import Item
from genstudio.gui.metronome import Lead
from genstudio.gui.outputs import Output
from genstudio.gui.selection import Selection
from genstudio.gui.settings import Settings
from genstudio.gui.turns import Heard, Repeats, Span, Turns

if TYPE_CHECKING:
    from genstudio.domains import Music

__all__ = ["Playhead"]


class Playhead(QObject):
    """What the player has and does; see the module's conventions for times."""

    started = Signal(object)  # Item: it is what plays now
    paused = Signal()
    resumed = Signal()
    ended = Signal()  # by itself, or stopped, or another takes its place
    moved = Signal(float)  # position
    changed = Signal()  # anything of what the properties say, but the position
    closing = Signal()
    unavailable = Signal(str)  # there is no sound, and why

    def __init__(self, settings: Settings, parent: QObject | None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._device = Device(settings, self)
        self._repeats = Repeats(settings)
        self._turns = Turns(self._repeats)  # to what was selected, at the next beat, or to what follows, at the end
        self._selection = Selection(self)
        self._items: list[Item] = []
        self._next: Item | None = None  # selected while another plays
        self._row: tuple[Item, ...] = ()  # pieces that are played one after another, and among them what plays
        self._around = False  # whether Loop is about the whole row
        self._state = "stopped"  # or "waiting" (for its sound), "playing", "paused"
        self._at = 0.0  # the position while nothing plays
        self._heard: Heard | None = None  # what the output plays
        self._lead: tuple[float, Lead] | None = None  # what is being counted, and the place in what is heard after it

    # -- what

    @property
    def item(self) -> Item | None:
        """What is played, or would be: the last one chosen."""
        return self._selection.sounding

    @property
    def _output(self) -> Output:
        return self._device.output

    @property
    def _music(self) -> Music | None:
        return self.item.piece if self.item is not None and self.item.music else None

    @property
    def items(self) -> list[Item]:
        """What previous and next step through."""
        return list(self._items)

    def set_items(self, items: Sequence[Item]) -> None:
        """Say what previous and next step through: the results of a page, in their order."""
        self._items = list(items)
        self.changed.emit()

    def neighbour(self, by: int, item: Item | None = None) -> Item | None:
        """The item that lies so many places on from one, else from what is played, or None."""
        item = item or self.item
        place = self._items.index(item) + by if item in self._items else -1
        return self._items[place] if 0 <= place < len(self._items) else None

    @property
    def _after(self) -> Item | None:
        """What follows when what plays has ended."""
        if self.item not in self._row or self._repeats.span is not None:
            return None
        place = self._row.index(self.item) + 1
        return self._row[place] if place < len(self._row) else self._row[0] if self._around and self.loops else None

    # -- where

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
        return self._next is not None and self._turns.goal is None and self._state == "playing"

    @property
    def position(self) -> float:
        """Where it is, in seconds."""
        if self._heard is None or self._state not in ("playing", "paused"):
            return self._at
        place = self._output.position
        return min(self.duration, (place if self._lead is None else max(place, self._lead[0])) * self._heard.take.tempo)

    @property
    def _before(self) -> float:
        """How long it is still counted in, in heard seconds."""
        counted = self._lead is not None and self._heard is not None and self._state in ("playing", "paused")
        return max(0.0, self._lead[0] - self._output.position) if counted and self._lead is not None else 0.0

    @property
    def place(self) -> float:
        """As :attr:`position`, but before the beginning while it is counted in."""
        return self.position - self._before * (self._heard.take.tempo if self._heard is not None else 1.0)

    @property
    def counting(self) -> int:
        """How many beats are still counted in before it begins, 0 while none are."""
        return self._lead[1].left(self._before) if self._lead is not None else 0

    @property
    def duration(self) -> float:
        """The length of the piece in seconds, 0 without one."""
        return float(self._music.seconds) if self._music is not None else 0.0

    # -- how

    @property
    def loop_setting(self) -> str:
        """The setting that says whether what it has is repeated."""
        return self._repeats.setting(self._music)

    @property
    def loops(self) -> bool:
        """Whether what it has is repeated."""
        return self._repeats.on(self._music)

    @property
    def loop_span(self) -> Span | None:
        """What is repeated, (from, to) in seconds; None: all of it."""
        return self._repeats.span

    @property
    def _loop(self) -> Span | None:
        """What is repeated, in heard seconds. A piece that another one follows is not."""
        heard = self._heard
        return self._repeats.of(heard.take, self._repeats.span) if heard is not None and self._after is None else None

    @property
    def repeated(self) -> Span | None:
        """What is repeated now, the whole piece or a part, in seconds; None: nothing is."""
        loop, heard = self._loop, self._heard
        return None if heard is None or loop is None else (loop[0] * heard.take.tempo, loop[1] * heard.take.tempo)

    @property
    def reason(self) -> str:
        """Why nothing is heard, a sentence; "" while sound works, or nobody has tried yet."""
        return self._device.reason

    @property
    def muted(self) -> bool:
        """Whether the volume is zero for the time being."""
        return self._device.muted

    @property
    def _clicks(self) -> float:
        """How loud the metronome is, 0 while it is off; what has no notes is there to be played to."""
        on = self._settings["metronome"] or (self._music is not None and not self._music.notes)
        return min(1.0, max(0.0, float(self._settings["metronome_level"]))) if on else 0.0
