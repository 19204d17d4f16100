"""A choice among the MIDI ports that there are now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QWidget

__all__ = ["PortBox"]


class PortBox(QComboBox):
    """Shows and sets a setting that names a port, "" for none; a port that is not there now stays chosen."""

    def __init__(self, settings: Any, name: str, ports: Callable[[], tuple[list[str], str]], parent: QWidget | None = None) -> None:
        """``ports`` lists them, and says why there are none."""
        super().__init__(parent)
        self._settings, self._name, self._ports = settings, name, ports
        self.none = ""  # what "" is called
        self.why = ""
        self.told = self.activated
        self.activated.connect(self._choose)
        self.fill()

    def fill(self, *, look: bool = False) -> None:
        """Show what is chosen; with ``look``, among the ports that there are."""
        chosen = str(self._settings[self._name])
        found, self.why = self._ports() if look else ([], "")
        self.clear()
        self.addItem(self.none, "")
        for port in found:
            self.addItem(port, port)
        if chosen and chosen not in found:
            self.addItem(self.tr("{port} (not connected)").format(port=chosen) if look else chosen, chosen)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        if self.why:
            self.setToolTip(self.why)

    unfinished = False

    def value(self) -> str:
        """The port that is chosen."""
        return str(self._settings[self._name])

    def put(self, value: str) -> None:
        """Nothing is put: it shows what the setting says."""

    def showPopup(self) -> None:
        self.fill(look=True)
        super().showPopup()

    def _choose(self, index: int) -> None:
        self._settings[self._name] = str(self.itemData(index))
