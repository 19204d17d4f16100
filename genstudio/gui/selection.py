"""What is selected: pages set it; the player goes over to it, and the transport, the inspector and the cards show it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from genstudio.gui.items import Item

__all__ = ["Selection"]


class Selection(QObject):
    """item: what was selected last. sounding: what the player has, playing or not."""

    changed = Signal(object)  # Item or None: another one is selected, or the same one again

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.item: Item | None = None
        self.sounding: Item | None = None

    def select(self, item: Item | None) -> None:
        """Select a piece, or nothing."""
        self.item = item
        self.changed.emit(item)

    @property
    def shown(self) -> Item | None:
        """What the transport is about: a text that is selected, else what sounds or would."""
        return self.item if self.item is not None and not self.item.music else self.sounding
