"""The model that the window works with."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.gui.engine import Engine, Task

__all__ = ["Models"]

log = logging.getLogger(__name__)


def _list() -> list[dict[str, Any]]:
    from genstudio import studio  # late: it costs a tenth of a second, and the window is there without it

    return studio.models()


def _load(name: str) -> Any:
    from genstudio import studio

    return studio.load(name)


class Models(QObject):
    """Lists the installed models and loads one at a time, in the background.

    ``current`` is a ``genstudio.Model`` or None while none is loaded; it is used only inside functions that run in the engine's
    lane "model" (looking at ``name``, ``domain``, ``manifest`` and ``attributes`` is free).
    """

    loading = Signal(str)  # name
    changed = Signal(object)  # the model
    failed = Signal(str, str)  # a sentence, details
    listed = Signal(list)  # of studio.models()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.current: Any = None
        self.known: list[dict[str, Any]] = []
        self.wanted = ""
        self.expected = ""

    @property
    def domain(self) -> str:
        """The domain of the model in use, "" while there is none."""
        return str(self.current.domain.name) if self.current is not None else ""

    def refresh(self) -> Task:
        """List what is installed, anew."""
        return self._engine.run(_list, name="list models", done=self._have_list)

    def expect(self, name: str) -> None:
        """Say that this model comes as soon as what is before it has been loaded; ``expected`` until it or another is."""
        self.wanted = self.expected = name
        self.loading.emit(name)

    def load(self, name: str) -> Task:
        """Load a model by name or folder; it replaces the current one once it is there."""
        self.wanted, self.expected = name, ""
        self.loading.emit(name)
        return self._engine.run(
            partial(_load, name), lane="model", channel="load", name="load model", done=self._have, failed=self.failed.emit
        )

    def _have_list(self, known: list[dict[str, Any]]) -> None:
        self.known = known
        self.listed.emit(known)

    def _have(self, model: Any) -> None:
        self.current = model
        log.info("the model is loaded: %s", model.name)
        self.changed.emit(model)
