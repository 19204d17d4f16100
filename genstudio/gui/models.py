"""The model that the window works with."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from genstudio.domains import get_domain
from genstudio.gui.engine import Engine, Task
from genstudio.gui.faces import shipped, title_of
from genstudio.gui.speech import call_models

if TYPE_CHECKING:
    from genstudio.provenance import Job

__all__ = ["Models", "length_of"]

log = logging.getLogger(__name__)


def length_of(about: Mapping[str, Any]) -> int:
    """Bars of the phrases of a model, as it is listed; 0 where it takes any."""
    return int((about.get("phrase") or {}).get("length") or 0)


def _list() -> list[dict[str, Any]]:
    import genstudio  # late: it costs a tenth of a second, and the window is there without it
    from genstudio.gui.measured import measured

    return [{**one, "judged": measured(Path(one["folder"])).judged} for one in genstudio.list_models()]


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
    listed = Signal(list)  # of genstudio.list_models(), with the figures by which each is "judged"

    def __init__(self, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine = engine
        self.current: Any = None
        self.known: list[dict[str, Any]] = []
        self.wanted = ""
        self.expected = ""
        self._waiting = False  # for the one that is wanted
        self.instead_of = ""  # the one that another one was taken for, because that takes more of the songs that were opened
        self._stays = False  # somebody decided which is taken
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

    def suiting(self, domain: str, *pieces: Any) -> str:
        """The name of an installed model for a kind of pieces, "" where there is none: of several the one whose parts are most like
        those of ``pieces``, and of these the one that leaves out the fewest bars, with phrases no longer than they need."""
        able = [one for one in self.known if one.get("domain") == domain and "error" not in one]
        if not able:
            return ""
        known = get_domain(domain)
        here = Counter(known.roles(pieces[0]) if pieces else ())
        bars = max(map(known.units, pieces), default=0)

        def like(about: dict[str, Any]) -> tuple[int, int, int]:
            parts, length = Counter(about.get("parts") or ()), length_of(about) or bars
            return 2 * (parts & here).total() - parts.total(), min(0, length - bars), min(0, bars - length) if bars else 0

        return str(max(able, key=like)["name"])

    def take_all(self, domain: str, pieces: Sequence[Any]) -> None:
        """Load a model that takes all of these pieces, where the one that is wanted, of those that come along, would cut them."""
        about = next((one for one in self.known if one["name"] == self.wanted), {})
        length, longest = length_of(about), max(map(get_domain(domain).units, pieces))
        if self._stays or about.get("domain") != domain or not 0 < length < longest or not shipped(about.get("folder", "")):
            return
        other = next(one for one in self.known if str(one["name"]) == self.suiting(domain, *pieces))
        if Counter(other.get("parts") or ()) == Counter(about.get("parts") or ()) and length < (length_of(other) or longest):
            self.load(str(other["name"]))
            self.instead_of = str(about["name"])
            self.chosen.emit()

    def settle_for(self, name: str) -> None:
        """Load a model that another one was taken for, or stay with that; no other one is taken by itself from then on."""
        self._stays, self.instead_of = True, ""
        if name == self.wanted:
            self.chosen.emit()
        else:
            self.load(name)

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
        self._stays = self._stays or bool(self.instead_of)  # another one is chosen than was taken by itself
        self.wanted, self.expected, self.instead_of, self._waiting = name, "", "", True
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
