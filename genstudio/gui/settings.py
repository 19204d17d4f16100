"""What is kept between starts: preferences and the state of the window, one JSON file in the user's folder.

A damaged file is set aside and the defaults are taken; nothing that stands in it can stop the window from opening.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio import paths
from genstudio.errors import FileError
from genstudio.files import read_json, set_aside, write_json
from genstudio.gui.speech import spoken

__all__ = ["DEFAULTS", "Settings"]

log = logging.getLogger(__name__)

DEFAULTS: dict[str, Any] = {
    "language": "system",  # or "en", "zh_CN"
    "theme": "system",  # or "light", "dark"
    "model": "folk-melody-2bar",
    "volume": 0.8,
    "instrument": 0,  # General MIDI number from 1; 0: the piece's own
    "kit": 0,  # of drums, in the same way
    "tempo": 1.0,
    "loop": False,
    "loop_beats": True,
    "viewer": False,
    "viewer_height": 320,
    "view": "roll",  # or "score"
    "lead_sheet": False,  # whether scores are engraved as tune and chord symbols
    "text_size": 1.2,  # of sentences, times the size of ordinary words
    "midi_port": "",
    "midi_keyboard": "",
    "midi_clock": "",  # the port that clock and transport go to
    "record_grid": "1/16",
    "record_end": "",  # or "a", "b": the end that a recording becomes; "": the next free one
    "metronome": False,
    "metronome_level": 0.7,
    "count_in": 1,  # bars before a recording
    "count_in_play": False,  # whether they come before playing, too
    "soundfont": "",
    "steps": 9,
    "method": "details",  # the first of genstudio.config.METHODS, which a start does not wait for
    "temperature": 0.0,
    "seed": 0,
    "page": "home",
    "rail_folded": False,
    "inspector": True,
    "lab": False,  # whether the lab of the inspector is unfolded
    "geometry": "",
    "recent": [],
    "corpora": [],
    "maps": {},
    "speeds": {},  # seconds a step by what is trained, for the time that a training will take
    "export": {},
    "history": "all",  # how far it goes back, of genstudio.gui.finding.RULES
    "projects": [],  # files, the latest first
    "folders": {},  # in which files were chosen last, by what they are
    "mixes": {},  # of scores, by their contents: what the mixer says of each part
    "welcomed": False,
    "toured": False,  # whether the tour of the window was shown
}
_DELAY = 400  # milliseconds between a change and its writing


class Settings(QObject):
    """``settings[name]`` with the type of its default; a change is told and soon written."""

    changed = Signal(str)
    trouble = Signal(str)  # it cannot be written

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path or paths.home() / "studio.json"
        self.set_aside: Path | None = None  # a damaged file
        self._values = dict(DEFAULTS)
        self._timer = QTimer(self, singleShot=True, interval=_DELAY)
        self._timer.timeout.connect(self.write)
        self._load()

    def _load(self) -> None:
        if not self.path.exists():
            return
        try:
            found = read_json(self.path)
            if not isinstance(found, dict):
                raise FileError(f"{self.path} does not hold settings.")
        except (OSError, ValueError, FileError) as error:
            log.warning("settings are damaged and set aside: %s", error)
            try:
                self.set_aside = set_aside(self.path)
            except OSError as second:
                log.warning("they cannot be set aside: %s", second)
            return
        for name, value in found.items():
            if name in DEFAULTS and self._fits(name, value):
                self._values[name] = value

    @staticmethod
    def _fits(name: str, value: Any) -> bool:
        default = DEFAULTS[name]
        if isinstance(default, bool) or isinstance(value, bool):
            return isinstance(value, bool) and isinstance(default, bool)
        if isinstance(default, (int, float)):
            return isinstance(value, (int, float))
        return isinstance(value, type(default))

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __setitem__(self, name: str, value: Any) -> None:
        if not self._fits(name, value):
            raise ValueError(f"{name} is {value!r}; expected a {type(DEFAULTS[name]).__name__}")
        if self._values[name] != value:
            self._values[name] = value
            self._timer.start()
            self.changed.emit(name)

    def write(self) -> None:
        """Write what has changed now."""
        self._timer.stop()
        try:
            write_json(self.path, {name: value for name, value in self._values.items() if value != DEFAULTS[name]})
        except FileError as error:
            log.warning("settings cannot be written: %s", error)
            self.trouble.emit(spoken(error))
