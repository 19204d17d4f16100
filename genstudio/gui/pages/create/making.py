"""Having made what is asked for: the work, its results, and what these are called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.gui.items import Item, items_of, other_model
from genstudio.gui.pages.create.asking import Asking
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.morphing import way_titles
from genstudio.gui.pages.create.state import Results, State
from genstudio.gui.pages.create.work import Request, carry_out, count_of
from genstudio.gui.toolwords import TOOLS, tool_name, tool_of, tool_word
from genstudio.gui.views.parts import progression

__all__ = ["Making"]

_SETTLE = 250  # milliseconds between a changed setting and the work it asks for


class Making(QObject):
    """Has made what the desk asks for, and puts it there."""

    begun = Signal(object)  # Request
    made = Signal(object)  # genstudio.Pieces, before they are on the desk
    over = Signal(bool)  # finished; or stopped or failed, so that nothing came of it
    impossible = Signal()  # there is nothing to make
    trouble = Signal(str, str)

    def __init__(self, desk: Desk, asking: Asking, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.desk, self.asking = desk.context, desk, asking
        self._now: tuple[Request, object, State] | None = None  # what is being made, for which change, from which state
        self._token: object = None
        self._task: Any = None
        self.running = False
        self.first = True  # nothing was made yet since the start
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE)
        self._settle.timeout.connect(self.run)
        desk.applied.connect(self.forget)
        desk.ends_changed.connect(self.ask)

    @property
    def going(self) -> bool:
        """Whether something is being made that was not stopped."""
        return self._now is not None

    def forget(self) -> None:
        """What is being made is not wanted any more."""
        self._now = None

    def ask(self, token: object) -> None:
        """Have made what the ends ask for, where that takes no decision."""
        self._token = token
        if self.desk.tool not in ("shape", "sample") and self.asking.request() is not None:
            self.run()

    def ask_soon(self) -> None:
        """Have it made when settings have come to rest."""
        self._token = object()
        self._settle.start()

    def run(self) -> None:
        """Make what is asked for."""
        self._settle.stop()
        request, model = self.asking.request(), self.desk.model
        if request is None or model is None:
            self.impossible.emit()
            return
        token, self._token = self._token, None
        self._now = (request, token, self.desk.state)
        self.running = True
        self.begun.emit(request)  # what is looked at is asked for first
        task = self.context.engine.run(
            partial(carry_out, model, request), lane="model", channel="create", name=request.tool, done=self._made,
            failed=self.trouble.emit,
        )  # fmt: skip
        task.finished.connect(self._over)
        self._task = task

    def run_again(self) -> None:
        """Make it, as a change of its own."""
        self._token = None
        self.run()

    def stop(self) -> None:
        """Let go of what is being made."""
        self._settle.stop()
        self.context.engine.stop_channel("create")

    def _over(self) -> None:
        if self.sender() is not None and self.sender() is not self._task:
            return
        self.running, unmade = False, self._now is not None
        self._now = None
        self.over.emit(unmade)

    def _made(self, pieces: Any) -> None:
        if self._now is None:
            return
        (request, token, state), self._now = self._now, None
        items = tuple(items_of(pieces, self._titles(request, pieces), self.made_of(request.tool)))
        results = Results(request, items, tuple(pieces.remarks))
        self.context.shelf.record(pieces)
        self.made.emit(pieces)
        state = state.with_results(request.tool, results)
        domain = pieces.domain.name
        if self.first and token is None:
            self.desk.apply(domain, request.tool, state)  # what was there at the last start is there again: that is no change
        else:
            self.desk.change(tool_name(request.tool), state, token, domain=domain, tool=request.tool)
        self.first = False

    # -- made again, and by whom

    def again(self, item: Item) -> None:
        """Make again what made a piece, and show it."""
        if item.job is not None:
            self.context.shelf.again(item.job, self.context.models, partial(self._have_again, item))

    def _have_again(self, item: Item, items: list[Item]) -> None:
        job = item.job
        assert job is not None
        tool = {"morph": "interpolate"}.get(job.operation, job.operation)
        tool = tool if tool in TOOLS else "sample"
        request = Request(tool, (), {"again": True})
        state = self.desk.states[item.domain].with_results(tool, Results(request, tuple(items)))
        self.desk.change(self.tr("Make again"), state, domain=item.domain, tool=tool)

    @property
    def maker(self) -> str:
        """The name of the model that made what the tool shows, where that is not the one that is chosen; else ""."""
        results = self.desk.state.results.get(self.desk.tool)
        items = results.items if results is not None else ()
        return next((maker for item in items if (maker := other_model(item, self.context.models))), "")

    @property
    def stale(self) -> bool:
        """Whether the tool shows nothing, or what another model made than the one that is here."""
        return self.desk.tool not in self.desk.state.results or (self.desk.model is not None and bool(self.maker))

    # -- what the results are called

    def made_of(self, tool: str) -> list[Item]:
        """The pieces that a tool works on, as far as the results are like one of them: A, and B at the other end of a way."""
        count = 2 if tool == "interpolate" else min(1, self.desk.needed)
        return [end.item for end in self.desk.ends[:count] if end is not None]

    def end_titles(self) -> tuple[str, str]:
        """What A and B are called."""
        a, b = self.desk.state.ends[:2]
        return (a.item.title if a else "A"), (b.item.title if b else "B")

    def _titles(self, request: Request, pieces: Any) -> list[str]:
        if pieces.domain.is_text:
            return [piece.text for piece in pieces]
        first = self.desk.ends[0]
        name = first.item.title if first is not None else ""
        count = range(1, len(pieces) + 1)
        if request.tool == "interpolate":
            return way_titles(*self.end_titles(), pieces.ts)
        if request.tool == "blend":
            side = request.values["grid"]
            words = self.tr("Mix, row {row}, column {column}")
            corners = dict(zip((1, side, side * side - side + 1, side * side), self.desk.state.ends, strict=True))
            given = {n: end.item.title for n, end in corners.items() if end is not None}
            return [given.get(n, words.format(row=(n - 1) // side + 1, column=(n - 1) % side + 1)) for n in count]
        named, seed = tool_word(tool_of(TOOLS[request.tool]).made), request.values.get("seed", 0)
        return [named.format(title=name, number=n, seed=seed) for n in count]

    def captions(self, request: Request, items: Sequence[Item] = ()) -> list[str]:
        """What stands above each card; ``items``: the pieces, once they are there. Those that differ in their chords bear these."""
        if request.values.get("again"):
            return []
        count = count_of(request)
        if request.tool == "interpolate":
            return ["A", *(f"{index / max(1, count - 1):.0%}" for index in range(1, count - 1)), "B"]
        if request.tool == "blend":
            side = int(request.values["grid"])
            corners = {0: "A", side - 1: "B", count - side: "C", count - 1: "D"}
            return [corners.get(index, f"{index // side + 1}·{index % side + 1}") for index in range(count)]
        if request.tool == "shape":
            return [self.tr("Changed")]
        chords = [progression(item.piece) for item in items] if tool_of(TOOLS[request.tool]).writes == "symbols" else []
        return [" · ".join(filter(None, (str(n), words))) for n, words in enumerate(chords or [""] * count, 1)]
