"""What the page holds of a domain, and the change of it that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtGui import QUndoCommand

from genstudio.gui.items import Item
from genstudio.gui.pages.create.ends import End
from genstudio.gui.pages.create.work import Request, count_of
from genstudio.gui.toolwords import TOOLS, ends_needed

__all__ = ["Change", "Results", "State", "records", "results_from"]

_ID = 7301


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


_given: WeakKeyDictionary[Results, list[Item]] = WeakKeyDictionary()


def records(results: Mapping[str, Results], domain: str) -> dict[str, Any]:
    """What brings back what each tool has made."""
    found = {}
    for tool, one in results.items():
        given = _given.setdefault(one, [Item(piece, domain, piece.title) for piece in one.request.pieces])
        request = {"values": dict(one.request.values), "changes": dict(one.request.changes), "pieces": given}
        found[tool] = {"request": request, "items": list(one.items), "remarks": [str(remark) for remark in one.remarks]}
    return found


def results_from(kept: object, domain: str) -> dict[str, Results]:
    """Inverse of :func:`records`; what does not fit is left out."""
    found = {}
    for tool, one in kept.items() if isinstance(kept, Mapping) else ():
        try:
            items, given = tuple(one["items"]), one["request"]["pieces"]
            if tool not in TOOLS or not all(isinstance(item, Item) and item.domain == domain for item in (*items, *given)):
                continue
            values = dict(one["request"]["values"])
            changes = {str(name): float(to) for name, to in one["request"]["changes"].items()}
            request = Request(tool, tuple(item.piece for item in given), values, changes)
            if values.get("again") is not True and count_of(request) != len(items):
                continue
            found[tool] = Results(request, items, tuple(map(str, one["remarks"])))
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return found


class Change(QUndoCommand):
    """From one state of a domain to another.

    What is made because an end has changed belongs to that change: of two changes with one ``token`` the second joins the first.
    """

    def __init__(
        self,
        text: str,
        apply: Callable[[str, str, State], None],
        domain: str,
        tool: str,
        before: State,
        after: State,
        token: object,
    ) -> None:
        super().__init__(text)
        self._apply, self._domain, self._tool, self._before = apply, domain, tool, before
        self.after, self.token = after, token

    def redo(self) -> None:
        self._apply(self._domain, self._tool, self.after)

    def undo(self) -> None:
        self._apply(self._domain, self._tool, self._before)

    def id(self) -> int:
        return _ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Change) or other.token is not self.token:
            return False
        self.after = other.after
        return True
