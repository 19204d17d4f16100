"""The model that the window works with."""

from __future__ import annotations

import logging
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genstudio.gui.engine import Engine, Task
from genstudio.gui.faces import title_of
from genstudio.gui.speech import call_models

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["Models"]

log = logging.getLogger(__name__)


def _list() -> list[dict[str, Any]]:
    import genstudio  # late: it costs a tenth of a second, and the window is there without it

    return genstudio.list_models()


def _load(name: str) -> Any:
    import genstudio

    model = genstudio.load(name)
    _ = model.digest  # worked out here, and not in the window's thread, which compares it with that of what was made
    return model


class Models(QObject):
    """Lists the installed models and loads one at a time, in the background.

    ``current`` is a ``genstudio.Model`` or None while none is loaded; it is used only inside functions that run in the engine's
    lane "model" (looking at ``name``, ``domain``, ``manifest`` and ``attributes`` is free).
    """

    loading = Signal(str)  # name
    changed = Signal(object)  # the model
    failed = Signal(str, str)  # a sentence, details
    chosen = Signal()  # another model is chosen: it is being loaded, is there, or could not be loaded
    listed = Signal(list)  # of genstudio.list_models()

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.current: Any = None
        self.known: list[dict[str, Any]] = []
        self.wanted = ""
        self.expected = ""
        self._waiting = False  # for the one that is wanted
        call_models(self.title)
        # Whatever tells that another one is there, or is on its way.
        for signal in (self.loading, self.changed, self.failed):
            signal.connect(lambda *_: self.chosen.emit())

    @property
    def domain(self) -> str:
        """The domain of the model in use, "" while there is none."""
        return str(self.current.domain.name) if self.current is not None else ""

    def title(self, name: str) -> str:
        """What a model is called, in the language of the window; ``name``: as it is loaded, by name or folder."""
        about = next((one for one in self.known if str(one["name"]) == name), None)
        if about is not None:
            return title_of(str(about.get("folder", "")), str(about.get("title", "")))
        current = self.current
        if current is not None and name in (current.name, str(current.folder)):
            return title_of(current.folder, str(current.manifest.get("title", "")))
        return title_of(name.replace("\\", "/").rstrip("/"))

    def suiting(self, domain: str, piece: Any = None) -> str:
        """The name of an installed model for a kind of pieces, "" where there is none: of several the one whose parts are most like
        those of ``piece``."""
        from genstudio.domains import get_domain  # late: it loads numpy, and the window is there without it

        able = [one for one in self.known if one.get("domain") == domain and "error" not in one]
        if not able:
            return ""
        here = Counter(get_domain(domain).roles(piece) if piece is not None else ())

        def like(about: dict[str, Any]) -> int:
            parts = Counter(about.get("parts") or ())
            return 2 * (parts & here).total() - parts.total()

        return str(max(able, key=like)["name"])

    def made(self, job: Job) -> bool:
        """Whether the model that is chosen made something; one that is still being loaded has made nothing yet."""
        return self.has(job.digest)

    def has(self, digest: str) -> bool:
        """Whether the model of this digest is the one that is chosen, and there."""
        return self.current is not None and not self._waiting and bool(digest == self.current.digest)

    def refresh(self) -> Task:
        """List what is installed, anew."""
        return self._engine.run(_list, name="list models", done=self._have_list)

    def expect(self, name: str) -> None:
        """Say that this model comes as soon as what is before it has been loaded; ``expected`` until it or another is."""
        self.wanted = self.expected = name
        self.loading.emit(name)

    def load(self, name: str) -> Task:
        """Load a model by name or folder; it replaces the current one once it is there."""
        self.wanted, self.expected, self._waiting = name, "", True
        self.loading.emit(name)
        return self._engine.run(
            partial(_load, name), lane="model", channel="load", name="load model", done=self._have, failed=self._not_loaded
        )

    def _have_list(self, known: list[dict[str, Any]]) -> None:
        self.known = known
        self.listed.emit(known)

    def _have(self, model: Any) -> None:
        self.current, self._waiting = model, False
        log.info("the model is loaded: %s", model.name)
        self.changed.emit(model)

    def _not_loaded(self, sentence: str, details: str) -> None:
        self.wanted, self._waiting = (self.current.name if self.current is not None else ""), False
        self.failed.emit(sentence, details)
