"""Where music is played to: the MIDI port that is chosen, else the default device, else a silent clock; and how loud."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.errors import GenStudioError
from genstudio.gui.audio_out import AudioOutput, watch
from genstudio.gui.midi_out import MidiOutput
from genstudio.gui.outputs import Output, SilentOutput
from genstudio.gui.settings import Settings

__all__ = ["Device"]

log = logging.getLogger(__name__)

_RAMP = 5  # ticks in which a change of volume is heard
_SETTLE = 150  # milliseconds: devices come and go in several steps


class Device(QObject):
    """Holds the output, and finds another one where that fails or the device is another one.

    output: what is played to now. opened: whether it was looked for. reason: why nothing is heard, a sentence; "" while there is
    sound.
    """

    leaving = Signal()  # the output is about to be closed
    replaced = Signal()  # another one is in its place
    changed = Signal()  # the reason
    unavailable = Signal(str)  # there is no sound, and why
    moved = Signal()  # devices have come or gone

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.output: Output = SilentOutput()
        self.opened = self.muted = self._braced = False
        self.reason = ""
        self._volume = self.loudness
        self._came = QTimer(self, singleShot=True, interval=_SETTLE)
        self._came.timeout.connect(self._devices)

    def open(self) -> None:
        """Open the device or the port, once."""
        if not self.opened:
            self.opened = True
            watch(self, self._came.start)
            self._take(self._find())

    def reopen(self, trouble: str = "") -> None:
        """Go over to what is the device or the port now; ``trouble`` is why."""
        self._use(self._find(trouble))

    def give_up(self, reason: str) -> None:
        """Go on without sound, and say why."""
        self._tell(reason)
        self._use(SilentOutput())

    def failed(self) -> bool:
        """Whether the output has stopped by itself; if so, another one takes its place."""
        trouble, self.output.trouble = self.output.trouble, ""
        if not trouble:
            return False
        log.warning("output: %s", trouble)
        (self.give_up if isinstance(self.output, MidiOutput) else self.reopen)(trouble)
        return True

    def _find(self, trouble: str = "") -> Output:
        port = str(self._settings["midi_port"])
        try:
            found: Output = MidiOutput(port) if port else AudioOutput(self)
        except GenStudioError as error:
            self._tell(f"{trouble} {error}".strip())
            return SilentOutput()
        self._tell("")
        return found

    def _use(self, output: Output) -> None:
        self.leaving.emit()
        self.output.close()
        self._take(output)
        self.replaced.emit()

    def _take(self, output: Output) -> None:
        self.output = output
        output.brace(self._braced)
        output.set_volume(self.loudness)

    def _devices(self) -> None:
        self.moved.emit()
        if isinstance(self.output, SilentOutput) or (isinstance(self.output, AudioOutput) and not self.output.current):
            self.reopen()

    def _tell(self, reason: str) -> None:
        if reason != self.reason:
            self.reason = reason
            if reason:
                log.info("no sound: %s", reason)
                self.unavailable.emit(reason)
            self.changed.emit()

    # -- how loud

    @property
    def loudness(self) -> float:
        """The amplitude that is set; the slider is by ear, which hears ratios."""
        return 0.0 if self.muted else float(self._settings["volume"]) ** 2

    def level(self) -> None:
        """Have what is set at once."""
        self._volume = self.loudness
        self.output.set_volume(self._volume)

    def tick(self) -> None:
        """Let the volume come to what is set, and the output do its work."""
        goal = self.loudness
        if self._volume != goal:
            step = 1.0 / _RAMP
            self._volume = min(goal, self._volume + step) if goal > self._volume else max(goal, self._volume - step)
            self.output.set_volume(self._volume)
        self.output.tick()

    def brace(self, on: bool) -> None:
        """Be ready for a window that is busy, or no longer."""
        self._braced = on
        self.output.brace(on)

    def close(self) -> None:
        """Give it back."""
        self._came.stop()
        self.output.close()
        self.output = SilentOutput()
