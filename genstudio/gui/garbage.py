"""Python's cycles are collected in the window's thread only.

The collector runs in whatever thread happens to allocate. A cycle that holds widgets is then taken apart on a worker's thread, and
Qt, whose widgets belong to the window's thread, ends the process. So the collector is off while a window is open, and a timer of
the window does its work by the same thresholds.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

__all__ = ["Garbage"]

_EVERY = 500  # milliseconds


class Garbage(QObject):
    """Collects from its making to :meth:`close`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def settle(self) -> None:
        """Leave what is there now out of later collections: torch alone is a tenth of a second of them. What was left out before is
        looked at once more, since a model is a cycle and may have been let go of."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """Leave the collector as it was."""
        self._timer.stop()
        gc.unfreeze()
        if self._was_on:
            gc.enable()
