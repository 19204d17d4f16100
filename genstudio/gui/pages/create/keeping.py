"""What the page holds, as JSON values and items: for the next start, and for a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from genstudio.domains import get_domain
from genstudio.gui.items import Item
from genstudio.gui.pages.create.desk import LETTERS, Desk, End, Results, State
from genstudio.gui.pages.create.shaping import ShapePanel
from genstudio.gui.pages.create.tools import Parameters, defaults
from genstudio.gui.pages.create.work import Request, count_of
from genstudio.gui.toolwords import TOOLS, ends_needed

__all__ = ["end_from", "end_record", "records", "restored", "results_from", "saved"]

_given: WeakKeyDictionary[Results, list[Item]] = WeakKeyDictionary()


def saved(
    desk: Desk, parameters: Parameters, panel: ShapePanel, meant: Callable[[str], list[End | None]]
) -> dict[str, object]:
    """Kind of pieces, tool, settings, sliders, ends and results; ``meant`` gives the ends of a domain with what is being typed."""
    return {
        "domain": desk.domain,
        "tool": desk.tool,
        "values": parameters.values,
        "sampling_of": parameters.sampling_of,
        "changes": panel.changes,
        "ends": {name: [end_record(end) if end is not None else None for end in meant(name)] for name in desk.states},
        "results": {name: records(state.results, name) for name, state in desk.states.items()},
        "topics": {name: {tool: end_record(end) for tool, end in state.topics.items()} for name, state in desk.states.items()},
    }


def restored(state: Mapping[str, object], desk: Desk, parameters: Parameters, panel: ShapePanel) -> None:
    """Inverse of :func:`saved`: what is not there becomes as it is at first, and what does not fit is left out."""
    ends, topics, results, values, changes = (
        found if isinstance(found := state.get(name), Mapping) else {}
        for name in ("ends", "topics", "results", "values", "changes")
    )
    for name in desk.states:
        kept = ends.get(name)
        found = [end_from(one, name) for one in kept[: len(LETTERS)]] if isinstance(kept, list) else []
        padded = (*found, *[None] * (len(LETTERS) - len(found)))
        there = topics.get(name)
        apart = {tool: end_from(one, name) for tool, one in there.items()} if isinstance(there, Mapping) else {}
        known = {tool: end for tool, end in apart.items() if end is not None and tool in TOOLS and ends_needed(tool) == 1}
        desk.states[name] = State(padded, results_from(results.get(name), name), known)
    for tool in TOOLS:
        if tool != "interpolate":  # whose settings are kept among the preferences
            parameters.put(tool, defaults(tool))
        if isinstance(one := values.get(tool), Mapping):
            parameters.put(tool, one)
    panel.put({str(name): float(by) for name, by in changes.items() if isinstance(by, (int, float))})
    parameters.sampling_of = str(state.get("sampling_of", ""))
    desk.tool = str(state["tool"]) if state.get("tool") in TOOLS else next(iter(TOOLS))
    if state.get("domain") in desk.states:
        desk.domain = str(state["domain"])


def end_record(end: End) -> dict[str, Any]:
    """Everything that brings an end back."""
    return {"piece": end.item, "bars": list(end.bars) if end.bars else None}


def end_from(kept: object, domain: str) -> End | None:
    """Inverse of :func:`end_record`; None for what does not fit, or is of another domain."""
    item = kept.get("piece") if isinstance(kept, Mapping) else None
    if not isinstance(kept, Mapping) or not isinstance(item, Item) or item.domain != domain:
        return None
    bars = kept.get("bars")
    bars = tuple(bars) if isinstance(bars, list) and len(bars) == 2 and all(isinstance(bar, int) for bar in bars) else None
    if bars is not None and not 1 <= bars[0] <= bars[1]:
        bars = None
    return End(item, bars) if get_domain(domain).phrases(item.piece, 0, 0, 1) else None


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
