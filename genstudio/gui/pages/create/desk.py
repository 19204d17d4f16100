"""What the page holds: the kind of pieces, the tool, the ends and what was made. Every change of it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from genstudio.domains import get_domain, names, piece_type
from genstudio.domains.melody import Melody
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.pages.create.work import Request
from genstudio.gui.toolwords import ends_needed, offered

__all__ = ["LETTERS", "Change", "Desk", "End", "Results", "State", "editor_of", "typed"]

LETTERS = "abcd"
_LENGTH = 16  # bars of a phrase, until a model is there


@dataclass(frozen=True)
class End:
    """A piece that is an end. bars: first and last (from 1) of the part that is meant; None: a part of the model's length from the
    start, or all of it."""

    item: Item
    bars: tuple[int, int] | None = None
    _shown: dict[int, Item] = field(default_factory=dict, compare=False, repr=False)

    def units(self) -> int:
        """Its bars or words."""
        return get_domain(self.item.domain).units(self.item.piece)

    def span(self, length: int) -> tuple[int, int]:
        """The first and the last bar that are meant, for a model whose phrases have ``length`` bars (0: any)."""
        count = max(1, self.units())
        if self.bars is not None:
            first = min(self.bars[0], count)
            return first, min(max(first, self.bars[1]), count, first + length - 1 if length else count)
        if not length or count <= length:
            return 1, count
        return (count - length + 1, count) if kinds.showing(self.item.domain).latest else (1, length)

    def shown(self, length: int) -> Item:
        """The part that is meant, as an item to look at and to play; the same one each time."""
        domain = get_domain(self.item.domain)
        if not domain.grammar.separator:
            return self.item
        if length not in self._shown:
            first, last = self.span(length)
            whole = (first, last) == (1, self.units())
            part = self.item.piece if whole else domain.part(self.item.piece, first, last)
            self._shown[length] = self.item if whole else Item(part, domain.name, part.title or self.item.title, of=self.item)
        return self._shown[length]


def editor_of(domain: str) -> str:
    """How a piece of a domain can be written by hand: "keyboard" (one voice of notes), "steps" (drums), "curve" (what begins
    blank), or "" (it cannot)."""
    known = get_domain(domain)
    if not known.plays:
        return "curve" if kinds.showing(domain).blank() is not None else ""
    if issubclass(piece_type(domain), Melody):
        return "keyboard"
    return "" if get_domain(domain).pitched else "steps"


def typed(text: str, domain: str) -> Item | None:
    """A piece from what a person typed; None where there is nothing."""
    piece = get_domain(domain).parse(text)
    return None if piece is None else Item(piece, domain, piece.title)


@dataclass(frozen=True, eq=False)
class Results:
    """What a request gave. remarks: sentences about how it was made."""

    request: Request
    items: tuple[Item, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class State:
    """The four ends and what each tool has made. topics: what tools work on in place of A, because something was marked in it."""

    ends: tuple[End | None, ...] = (None, None, None, None)
    results: Mapping[str, Results] = field(default_factory=dict)
    topics: Mapping[str, End] = field(default_factory=dict)

    def with_end(self, index: int, end: End | None) -> State:
        """With another end, whose number is from 0, and without what was made of the one that was there."""
        ends = tuple(end if index == at else one for at, one in enumerate(self.ends))
        apart = {tool: one for tool, one in self.results.items() if max(len(one.request.pieces), ends_needed(tool)) <= index}
        return replace(self, ends=ends, results=apart)

    def with_topic(self, tool: str, end: End | None) -> State:
        """With another piece for a tool to work on in place of A; None: it works on A."""
        others = {name: one for name, one in self.topics.items() if name != tool}
        return replace(self, topics=others if end is None else {**others, tool: end})

    def with_results(self, tool: str, results: Results) -> State:
        """With what a tool has made."""
        return replace(self, results={**self.results, tool: results})


class Change(QUndoCommand):
    """From one state of a domain to another. What is made because an end has changed belongs to that change: of two changes with
    one ``token`` the second joins the first."""

    def __init__(self, text: str, desk: Desk, domain: str, tool: str, after: State, token: object) -> None:
        super().__init__(text)
        self._desk, self._domain, self._tool = desk, domain, tool
        self._before, self.after, self.token = desk.states[domain], after, token

    def redo(self) -> None:
        self._desk.apply(self._domain, self._tool, self.after)

    def undo(self) -> None:
        self._desk.apply(self._domain, self._tool, self._before)

    def id(self) -> int:
        return 7301

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Change) or other.token is not self.token:
            return False
        self.after = other.after
        return True


class Desk(QObject):
    """Shared by the parts of the page, which show what it holds and say what shall be changed."""

    applied = Signal()  # another state: a change, or one that is undone
    ends_changed = Signal(object)  # a token: what is made now because of that joins the change with this token

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.states: dict[str, State] = {name: State() for name in names()}
        self.domain = context.models.domain or kinds.FIRST
        self.tool = "interpolate"
        self.lengths = {name: _LENGTH if get_domain(name).unit == "bar" else 0 for name in names()}

    # -- what it holds

    @property
    def state(self) -> State:
        """That of the domain that is shown."""
        return self.states[self.domain]

    @property
    def topic(self) -> End | None:
        """The piece that the tool works on in place of A, where something is marked in it."""
        return self.state.topics.get(self.tool)

    @property
    def ends(self) -> tuple[End | None, ...]:
        """What the tool works on: the four ends, of which the first may be another piece now."""
        return self.state.ends if self.topic is None else (self.topic, *self.state.ends[1:])

    @property
    def model(self) -> Any:
        """The model, where it is one of the domain that is shown."""
        models = self.context.models
        return models.current if models.current is not None and models.domain == self.domain else None

    @property
    def length(self) -> int:
        """Bars of a phrase; 0: any."""
        return self.lengths[self.domain]

    @property
    def music(self) -> bool:
        """Whether the pieces play."""
        return kinds.plays(self.domain)

    @property
    def text(self) -> bool:
        """Whether they are read and typed."""
        return kinds.is_text(self.domain)

    @property
    def has_parts(self) -> bool:
        """Whether pieces of this domain have parts."""
        domain = get_domain(self.domain)
        return bool(domain.roles(domain.from_symbols("")))

    @property
    def has(self) -> set[str]:
        """What there is, of what settings and tools may need (see ``genstudio.latent.operations.base.Operation.settings``)."""
        domain, model = get_domain(self.domain), self.model
        found = {domain.unit, domain.kind, *domain.holds, *(("pitches",) if domain.grammar.pitches else ())}
        return found | ({"parts"} if self.has_parts else set()) | ({"details"} if model is not None and model.fills else set())

    @property
    def tools(self) -> tuple[str, ...]:
        """Those for pieces of this domain."""
        return offered(self.domain, parts=self.has_parts)

    @property
    def needed(self) -> int:
        """How many ends the tool works on."""
        return ends_needed(self.tool)

    @property
    def free(self) -> int:
        """The next end that is empty; the first where none is."""
        return next((at for at in range(max(1, self.needed)) if self.state.ends[at] is None), 0)

    @property
    def missing(self) -> list[int]:
        """The ends that are needed and empty."""
        return [at for at in range(self.needed) if self.ends[at] is None]

    def shown(self, end: End | None) -> Any:
        """The piece that is meant with an end."""
        return None if end is None else end.shown(self.length).piece

    # -- changing it

    def apply(self, domain: str, tool: str, state: State) -> None:
        """Take over a state: a change, or one that is undone."""
        self.context.engine.stop_channel("create")
        self.states[domain] = state
        self.domain, self.tool = domain, tool
        self.applied.emit()
        self.tell_ends()

    def tell_ends(self) -> None:
        """Say to all what the ends are."""
        a, b = (None if end is None else end.shown(self.length) for end in self.state.ends[:2])
        self.context.bus.ends_changed.emit(a, b)

    def change(self, text: str, state: State, token: object = None, *, domain: str = "", tool: str = "") -> None:
        """Change it so that it can be undone; of two changes with one token the second joins the first."""
        token = token if token is not None else object()
        self.context.undo.push(Change(text, self, domain or self.domain, tool or self.tool, state, token))

    def change_ends(self, text: str, state: State, *, domain: str = "", tool: str = "") -> None:
        """Change ends, and have made what they ask for; with another A the tool works on that."""
        if state.ends[0] is not self.states[domain or self.domain].ends[0]:
            state = state.with_topic(tool or self.tool, None)
        token = object()
        self.change(text, state, token, domain=domain, tool=tool)
        self.ends_changed.emit(token)
