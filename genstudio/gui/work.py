"""What a person was working on: each page's state, saved now and then and at the end, and there again at the next start.

One JSON file in the user's folder, written whole or not at all. A file ``work.open`` is there while the studio runs, and counts
the starts that did not end well: after one, the work is restored and a sentence says so; after several, it is set aside, since it
may be what they died of.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio import paths
from genstudio.errors import FileError
from genstudio.files import read_json, write_json, write_text
from genstudio.gui.engine import Engine
from genstudio.gui.pages.base import Page

__all__ = ["Work"]

log = logging.getLogger(__name__)

_EVERY = 20_000  # milliseconds
_TOO_OFTEN = 3


class Work(QObject):
    """Saves and restores pages."""

    trouble = Signal(str)

    def __init__(
        self, engine: Engine, pages: Callable[[], Iterable[Page]], home: Path | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        home = home or paths.home()
        self.path = home / "work.json"
        self._open = home / "work.open"
        self._engine = engine
        self._pages = pages
        self._states: dict[str, dict[str, object]] = {}
        self._written = ""
        self._told = False
        self.recovered = False
        self.set_aside: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.save)

    def begin(self) -> None:
        """Read what there is, and begin to save."""
        crashes = self._crashes()
        if self.path.exists():
            try:
                found = read_json(self.path)
                pages = found["pages"]
                self._states = {str(name): dict(state) for name, state in pages.items()}
            except (FileError, KeyError, TypeError, ValueError, AttributeError) as error:
                log.warning("the work of last time cannot be read: %s", error)
                self._put_aside()
        if crashes >= _TOO_OFTEN and self._states:
            self._put_aside()
        self.recovered = crashes > 0 and bool(self._states)
        try:
            write_text(self._open, str(crashes + 1))
        except FileError as error:
            log.warning("%s", error)
        self._timer.start()

    def _crashes(self) -> int:
        try:
            return min(99, max(0, int(self._open.read_text(encoding="utf-8"))))
        except (OSError, ValueError):
            return 0

    def _put_aside(self) -> None:
        aside = self.path.with_suffix(".damaged.json")
        try:
            self.path.replace(aside)
            self.set_aside = aside
        except OSError as error:
            log.warning("the work of last time cannot be set aside: %s", error)
        self._states = {}

    def restore(self, page: Page) -> None:
        """Bring a page back to where it was. A state that does not fit is left out; a page must open in any case."""
        state = self._states.get(page.name)
        if not state:
            return
        try:
            page.restore(state)
        except Exception:
            log.exception("the state of the page %s cannot be restored", page.name)

    def _collect(self) -> str:
        for page in self._pages():
            try:
                state = page.save()
                json.dumps(state)
            except Exception:
                log.exception("the state of the page %s cannot be saved", page.name)
                continue
            self._states[page.name] = state
        return json.dumps(self._states, sort_keys=True)

    def save(self) -> None:
        """Save in the background, when anything has changed."""
        text = self._collect()
        if text != self._written:
            self._written = text
            self._engine.run(partial(write_json, self.path, _file(text)), name="save the work", channel="work", failed=self._failed)

    def _failed(self, sentence: str, details: str) -> None:
        self._written = ""
        log.warning("%s", sentence)
        if not self._told:  # once is enough; it is tried again in any case
            self._told = True
            self.trouble.emit(sentence)

    def end(self) -> None:
        """Save now, and note that all went well."""
        self._timer.stop()
        try:
            write_json(self.path, _file(self._collect()))
        except FileError as error:
            log.warning("%s", error)
            return
        self._open.unlink(missing_ok=True)


def _file(text: str) -> dict[str, Any]:
    return {"version": 1, "pages": json.loads(text)}
