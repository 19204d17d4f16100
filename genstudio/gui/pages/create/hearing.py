"""What the hand goes over is heard: from the next beat on, in time, again and again."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from genstudio.gui.context import Context
from genstudio.gui.items import Item

__all__ = ["Hearing"]

_PACE = 60  # milliseconds between two pieces that the player is given
_QUIET = 160  # and between the last move and telling all others what is looked at


class Hearing(QObject):
    """Gives the player what is looked at while a hand moves: the newest, but only when the sound of the one before is there, so
    that a hand that never rests is heard too. When it rests, everybody is told."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item: Item | None = None  # looked at
        self._given: Item | None = None  # what the player was given last
        self._pace, self._quiet = QTimer(self), QTimer(self)
        for timer, interval, then in ((self._pace, _PACE, self._give), (self._quiet, _QUIET, self._tell)):
            timer.setSingleShot(True)
            timer.setInterval(interval)
            timer.timeout.connect(then)

    def look(self, item: Item) -> None:
        """A hand has come to a piece."""
        self._item = item
        if not self._pace.isActive():
            self._give()
        self._quiet.start()

    def _give(self) -> None:
        player, item = self._context.player, self._item
        if item is None or not item.music or not player.playing or item is self._given:
            return
        self._pace.start()
        if player.preparing:  # the sound of the one before
            return
        player.repeat()
        player.select(item)
        self._given = item

    def _tell(self) -> None:
        if self._item is not None:
            self._given = None
            self._context.bus.selected.emit(self._item)

    def stop(self) -> None:
        """Forget it."""
        self._item = self._given = None
        self._pace.stop()
        self._quiet.stop()
