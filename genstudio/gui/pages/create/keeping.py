"""What the page holds, as JSON values: for the next start, and for a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS, End, end_from
from genstudio.gui.pages.create.shape import ShapePanel
from genstudio.gui.pages.create.state import State, records, results_from
from genstudio.gui.pages.create.tools import Parameters, defaults
from genstudio.gui.toolwords import TOOLS, ends_needed

__all__ = ["restored", "saved"]


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
        "ends": {name: [end.record() if end is not None else None for end in meant(name)] for name in desk.states},
        "results": {name: records(state.results, name) for name, state in desk.states.items()},
        "topics": {name: {tool: end.record() for tool, end in state.topics.items()} for name, state in desk.states.items()},
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
