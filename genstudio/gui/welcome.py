"""The way between two pieces that Home begins with: how it is made, and how it is played through."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.domains import get_domain
from genstudio.gui import kinds
from genstudio.gui.items import Item, items_of
from genstudio.gui.player import Player
from genstudio.progress import Stop

__all__ = ["STEPS", "WayPlayer", "beginnings", "one_each", "way_between"]

STEPS = 7
_FINE = 33
_EDGE = 0.25  # seconds from its end that a piece has been heard to the end
_BARS = 2


def beginnings(domain: str) -> list[Item]:
    """The two ends of the welcome: the first bars of two pieces that come along, or two sentences."""
    known, found = get_domain(domain), kinds.welcome(domain)
    if not known.grammar.separator:
        return found
    return [dataclasses.replace(item, piece=known.part(item.piece, 1, min(_BARS, known.units(item.piece)))) for item in found]


def way_between(model: Any, ends: list[Item], most: int, stop: Stop) -> list[Item]:
    """At most ``most`` pieces that differ on the way between two ends, they themselves (as the model has them) first and last.

    Near an end many places give the same piece, so the way is walked in small steps, and each piece is taken where it first comes.
    """
    made = items_of(model.interpolate(ends[0].piece, ends[1].piece, steps=_FINE, stop=stop))
    symbols = [model.domain.to_symbols(item.piece) for item in made]
    new = [number for number in range(1, len(made)) if symbols[number] not in symbols[:number] and symbols[number] != symbols[-1]]
    if len(new) > most - 2:
        new = [new[round(number * (len(new) - 1) / (most - 3))] for number in range(most - 2)]
    chosen = [made[0], *(made[number] for number in new), made[-1]]
    titles = [ends[0].title, *(f"{item.t or 0:.0%}" for item in chosen[1:-1]), ends[1].title]
    return [dataclasses.replace(item, title=title) for item, title in zip(chosen, titles, strict=True)]


def one_each(entries: Sequence[Any]) -> list[Any]:
    """One entry of each job, from its middle, in the order of ``entries``; those of no job are all there."""
    jobs: dict[Any, list[Any]] = {}
    for entry in entries:
        jobs.setdefault(entry.job if entry.job is not None else ("own", entry.id), []).append(entry)
    return [made[len(made) // 2] for made in jobs.values()]


class WayPlayer(QObject):
    """Plays the pieces of a way one after the other, without a gap, as far as they are there.

    ends, way: the two pieces, and all of it once it is made. going: which of the way is playing, None for none. hurried: it was
    asked for before the ends were read, in the first moments of a start.
    """

    changed = Signal()
    at = Signal(int)  # which of the way plays now

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self.ends: list[Item] = []
        self.way: list[Item] = []
        self.going: int | None = None
        self.hurried = False
        self._now: Item | None = None
        self._heard = 0.0  # seconds of it
        self._waits = False  # for the rest of the way, to go on at once
        player.started.connect(self._started)
        player.moved.connect(self._moved)
        player.ended.connect(self._ended)

    @property
    def sounds(self) -> bool:
        """Whether it is playing, and is not paused."""
        return self.going is not None and self._player.playing

    def begin(self, ends: list[Item]) -> None:
        """Take other ends; what lies between is not known yet."""
        self.ends, self.way = ends, []

    def toggle(self) -> None:
        """Play from A through everything in between to B; again: stop. What was paused goes on."""
        if self.sounds:
            self.going = None
            self._player.stop()
        elif self.going is not None and not self._waits:
            self._player.toggle()
        elif not self.ends:
            self.hurried = not self.hurried
        else:
            self._waits = False
            self._player.set_items(self.way or self.ends)
            self._go(0)
        self.changed.emit()

    def go_on(self) -> None:
        """The way has come: go on with it where it was waited for."""
        if self._waits:
            self._waits = False
            if not self._player.playing:
                self._go(1)

    def _go(self, number: int) -> None:
        """Play one of the way, and the others after it."""
        if number == 0 and not self.way:
            item = self.ends[0]
        elif number < len(self.way):
            item = self.way[number]
        else:
            self.going = None
            self.changed.emit()
            return
        self.at.emit(number)
        self.going, self._now, self._heard = None, item, 0.0  # what played before ends now, and that is not the end of this
        self._player.play(item)
        self.going = number
        if rest := self.way[number + 1 :]:
            self._player.follow(*rest)
        self.changed.emit()

    def _moved(self, seconds: float) -> None:
        if self.going is not None and seconds:
            self._heard = seconds

    def _started(self, item: Item) -> None:
        going = self.going
        if going is not None and going + 1 < len(self.way) and item is self.way[going + 1]:
            self.going, self._now, self._heard = going + 1, item, 0.0
            self.at.emit(going + 1)
        elif item is not self._now:  # something else was asked for
            self.going = None
        self.changed.emit()

    def _ended(self) -> None:
        if self.going is None or self._now is None:
            return
        if self._heard < float(self._now.piece.seconds) - _EDGE:  # it was stopped, or something else is played
            self.going = None
            self.changed.emit()
        else:
            QTimer.singleShot(0, self, self._go_further)  # not while the player is in the middle of ending

    def _go_further(self) -> None:
        if self.going is None or self._player.playing:
            return
        if self.way:
            self._go(self.going + 1)
        else:
            self._waits = True  # the model is not there yet; it goes on as soon as it is
            self.changed.emit()
