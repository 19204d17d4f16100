"""What the page holds: the kind of pieces, the tool, the ends and what was made. Every change of it can be undone."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from genstudio.domains import get_domain, names
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.pages.create.ends import End
from genstudio.gui.pages.create.state import Change, State
from genstudio.gui.toolwords import ends_needed, offered

__all__ = ["Desk"]

_LENGTH = 16  # bars of a phrase, until a model is there


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
        domain = domain or self.domain
        before = self.states[domain]
        change = Change(text, self.apply, domain, tool or self.tool, before, state, token if token is not None else object())
        self.context.undo.push(change)

    def change_ends(self, text: str, state: State, *, domain: str = "", tool: str = "") -> None:
        """Change ends, and have made what they ask for; with another A the tool works on that."""
        if state.ends[0] is not self.states[domain or self.domain].ends[0]:
            state = state.with_topic(tool or self.tool, None)
        token = object()
        self.change(text, state, token, domain=domain, tool=tool)
        self.ends_changed.emit(token)
