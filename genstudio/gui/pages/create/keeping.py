"""What the page holds, as JSON values: for the next start, and for a project."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS, End, end_from
from genstudio.gui.pages.create.shape import ShapePanel
from genstudio.gui.pages.create.state import State
from genstudio.gui.pages.create.tools import Parameters
from genstudio.gui.pages.create.work import TOOLS

__all__ = ["restored", "saved"]


def saved(
    desk: Desk, parameters: Parameters, panel: ShapePanel, meant: Callable[[str], list[End | None]]
) -> dict[str, object]:
    """Kind of pieces, tool, settings, sliders and ends; ``meant`` gives the ends of a domain with what is being typed."""
    return {
        "domain": desk.domain,
        "tool": desk.tool,
        "values": parameters.values,
        "sampling_of": parameters.sampling_of,
        "changes": panel.changes,
        "ends": {name: [end.to_json() if end is not None else None for end in meant(name)] for name in desk.states},
    }


def restored(state: Mapping[str, object], desk: Desk, parameters: Parameters, panel: ShapePanel) -> None:
    """Inverse of :func:`saved`; what does not fit is left out."""
    ends, values = state.get("ends"), state.get("values")
    if isinstance(ends, Mapping):
        for name, kept in ends.items():
            if name in desk.states and isinstance(kept, list):
                found = [end_from(one) for one in kept[: len(LETTERS)]]
                fitting = [one if one is not None and one.item.domain == name else None for one in found]
                desk.states[name] = State((*fitting, *[None] * (len(LETTERS) - len(fitting))))
    if isinstance(values, Mapping):
        for tool, one in values.items():
            if tool in TOOLS and isinstance(one, Mapping):
                parameters.put(tool, one)
    changes = state.get("changes")
    if isinstance(changes, Mapping):
        panel.put({str(name): float(by) for name, by in changes.items() if isinstance(by, (int, float))})
    parameters.sampling_of = str(state.get("sampling_of", ""))
    if state.get("tool") in TOOLS:
        desk.tool = str(state["tool"])
    if state.get("domain") in desk.states and not desk.context.models.domain:
        desk.domain = str(state["domain"])
