"""A curve that is being drawn: its values, and what was changed of them. There is nothing of Qt here."""

from __future__ import annotations

__all__ = ["Sketch", "Values"]

_MOST_UNDO = 200

Values = tuple[float | None, ...]


class Sketch:
    """Values that are being drawn; every change can be undone.

    values: as they are now. given: as they were.
    """

    def __init__(self, values: Values) -> None:
        self.values, self.given = values, values
        self._undo: list[Values] = []
        self._redo: list[Values] = []

    def begin(self) -> None:
        """Begin a change; what is done until the next one is undone with it."""
        if not self._undo or self._undo[-1] != self.values:
            self._undo = [*self._undo[-_MOST_UNDO:], self.values]
        self._redo.clear()

    def end(self) -> None:
        """Forget that a change was begun which changed nothing."""
        if self._undo and self._undo[-1] == self.values:
            self._undo.pop()

    def undo(self) -> None:
        """Take the last change back."""
        if self._undo:
            self._redo.append(self.values)
            self.values = self._undo.pop()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        if self._redo:
            self._undo.append(self.values)
            self.values = self._redo.pop()

    @property
    def can(self) -> tuple[bool, bool]:
        """Whether something can be undone, and made again."""
        return bool(self._undo), bool(self._redo)

    def line(self, first: int, a: float | None, last: int, b: float | None) -> None:
        """Put a straight line from one step and value to another; a gap from one step to the other where there is no value."""
        found = list(self.values)
        for step in range(min(first, last), max(first, last) + 1):
            share = (step - first) / (last - first) if last != first else 1.0
            found[step] = None if a is None or b is None else a + share * (b - a)
        self.values = tuple(found)

    def smooth(self) -> None:
        """Take of each value half, and a quarter of each neighbour; the ends and gaps stay."""
        found = list(self.values)
        for step in range(1, len(found) - 1):
            before, own, after = self.values[step - 1 : step + 2]
            if before is not None and own is not None and after is not None:
                found[step] = 0.25 * before + 0.5 * own + 0.25 * after
        self.values = tuple(found)

    def resize(self, count: int) -> None:
        """Make it so long: further steps have the last value that there is."""
        last = next((one for one in reversed(self.values) if one is not None), 0.0)
        self.values = (*self.values[:count], *(last,) * (count - len(self.values)))
