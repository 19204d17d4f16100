"""What is asked of the model, or why nothing is; having it made, its results, and what these are called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from genstudio.config import GAP
from genstudio.domains import get_domain
from genstudio.gui.items import Item, items_of, other_model
from genstudio.gui.pages.create.desk import LETTERS, Desk, Results, State
from genstudio.gui.pages.create.morphing import way_titles
from genstudio.gui.pages.create.shaping import ShapePanel
from genstudio.gui.pages.create.tools import Parameters
from genstudio.gui.pages.create.work import Request, carry_out, count_of
from genstudio.gui.toolwords import TOOLS, takes_whole, tool_name, tool_of, tool_word, writes
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

    def __init__(self, desk: Desk, parameters: Parameters, panel: ShapePanel, parent: QObject) -> None:
        super().__init__(parent)
        self.context, self.desk, self._parameters, self._panel = desk.context, desk, parameters, panel
        self._now: tuple[Request, object, State] | None = None  # what is being made, for which change, from which state
        self._token: object = None
        self._task: Any = None
        self.running = False
        self.first = True  # nothing was made yet since the start
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self.run)
        desk.applied.connect(self.forget)
        desk.ends_changed.connect(self.ask)

    # -- what is asked for

    @property
    def whole(self) -> bool:
        """Whether all of each end is meant, however long."""
        tool = self.desk.tool
        return (bool(self._parameters.of(tool).get("whole")) or takes_whole(tool)) and not self.desk.text

    def request(self) -> Request | None:
        """What would be made now; None where an end or a change is missing."""
        desk, tool, model = self.desk, self.desk.tool, self.desk.model
        if desk.missing:
            return None
        ends = desk.ends[: desk.needed]
        values = self._parameters.of(tool)
        asked = {about["name"] for about in TOOLS[tool].settings if set(str(about.get("needs") or "").split()) <= desk.has}
        values = {name: value for name, value in values.items() if name in asked}
        whole = bool(values.get("whole")) or takes_whole(tool)
        pieces = tuple(end.item.piece if whole else desk.shown(end) for end in ends if end is not None)
        if tool_of(TOOLS[tool]).needs and (model is None or self._why_not_able()):
            return None
        changes = self._panel.changes if tool == "shape" else {}
        return None if tool == "shape" and not changes else Request(tool, pieces, values, changes)

    def why_not(self) -> str:
        """Why nothing can be made now; "" when it can."""
        desk, models = self.desk, self.desk.context.models
        if models.current is None:
            loading = self.tr("The model is being loaded; one moment.")
            return loading if models.wanted else self.tr("No model is loaded; choose one at the top.")
        if desk.model is None:
            return self.tr("The model that is loaded is for other pieces; choose another one at the top.")
        if desk.missing:
            return self.tr("This end is empty: {letter}.").format(letter=LETTERS[desk.missing[0]].upper())
        if desk.tool == "shape" and not self._panel.changes:
            return self.tr("Move a slider first: more of something, or less.")
        return self._why_not_able()

    def _why_not_able(self) -> str:
        """Why the model, or the piece, is none for the tool; "" when it is."""
        desk, said, domain = self.desk, tool_of(TOOLS[self.desk.tool]), get_domain(self.desk.domain)
        lacks = set(said.needs.split()) - desk.has
        if "pitches" in lacks:
            return self.tr("These have no pitches; choose a model of melodies at the top.")
        if said.writes and not writes(desk.tool, domain.roles(domain.from_symbols(desk.model.lineup))):
            if said.writes == "symbols":
                return self.tr("This model writes no chord symbols; choose one of lead sheets at the top.")
            return self.tr("This model writes no parts for a melody; choose another one at the top.")
        if lacks:
            return self.tr("This model cannot do that; choose another one at the top, or train one.")
        end = desk.ends[0]
        if desk.tool == "fill" and end is not None and desk.text and GAP not in end.item.piece.text:
            return self.tr("Write ___ in A where something is missing.")
        gap = domain.grammar.gap
        if desk.tool == "fill" and end is not None and gap and gap not in domain.to_symbols(desk.shown(end)):
            return self.tr("A has no gaps; make some in the editor.")
        return ""

    # -- having it made

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
        if self.desk.tool not in ("shape", "sample") and self.request() is not None:
            self.run()

    def ask_soon(self) -> None:
        """Have it made when settings have come to rest."""
        self._token = object()
        self._settle.start()

    def run(self) -> None:
        """Make what is asked for."""
        self._settle.stop()
        request, model = self.request(), self.desk.model
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
