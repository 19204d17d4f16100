"""What each tool asks of a model. These functions run in the engine's lane "model", never in the window's thread."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from genstudio.progress import Stop

__all__ = ["PARTS", "TOOLS", "Place", "Request", "WayKeeper", "carry_out", "count_of", "ends_needed", "gap_of", "writes"]

Place = tuple[float, ...]
"""Where something stands between the ends: (t,) on the way from A to B, (u, v) in the square, each from 0 to 1."""
TOOLS = ("interpolate", "blend", "sample", "vary", "shape", "continue", "fill", "rhythm", "harmonise", "accompany")
PARTS = ("harmonise", "accompany")
"""Those that write parts of a score; they work on all of it, however long."""
_ENDS = {
    "interpolate": 2, "blend": 4, "sample": 0, "vary": 1, "shape": 1, "continue": 1, "fill": 1, "rhythm": 2, "harmonise": 1,
    "accompany": 1,
}  # fmt: skip


def ends_needed(tool: str) -> int:
    """How many ends a tool works on."""
    return _ENDS[tool]


def writes(tool: str, parts: Sequence[str]) -> bool:
    """Whether a model whose parts have these roles can do what one of :data:`PARTS` asks for."""
    return "symbols" in parts if tool == "harmonise" else len([role for role in parts if role != "symbols"]) > 1


@dataclass(frozen=True)
class Request:
    """What is to be made. pieces: the parts of the ends. values: of the tool's parameters, see ``tools.DEFAULTS``. changes: of
    attributes, in standard deviations."""

    tool: str
    pieces: tuple[Any, ...]
    values: Mapping[str, Any]
    changes: Mapping[str, float] = field(default_factory=dict)

    def options(self) -> dict[str, Any]:
        """The keyword arguments that say how codes are decoded."""
        values = self.values
        given = {name: values[name] for name in ("temperature", "top_p", "seed") if name in values}
        typed = ",".join(values.get(name, "") for name in ("bars", "words"))
        hold = [*(name for name in ("key", "metre") if values.get(name)), *(part.strip() for part in re.split("[,，]", typed))]
        if any(hold):
            given["hold"] = tuple(filter(None, hold))
        if values.get("whole"):
            given["whole"] = True
        return given


def count_of(request: Request) -> int:
    """How many pieces will be made."""
    values = request.values
    if request.tool == "interpolate":
        return int(values["steps"])
    if request.tool == "blend":
        return int(values["grid"]) ** 2
    return 1 if request.tool == "shape" else int(values["n"])


def gap_of(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """The first and the last bar that are filled in; None of a text, which marks its gap itself."""
    if "first" not in values:
        return None
    return min(values["first"], values["last"]), max(values["first"], values["last"])


def carry_out(model: Any, request: Request, stop: Stop) -> Any:
    """The pieces (``genstudio.Pieces``) that are asked for."""
    values, pieces, options = request.values, request.pieces, request.options()
    options["stop"] = stop
    length = values.get("length") or None
    if request.tool == "interpolate":
        return model.interpolate(pieces[0], pieces[1], values["steps"], method=values["method"], **options)
    if request.tool == "blend":
        return model.blend(*pieces, values["grid"], **options)
    if request.tool == "sample":
        return model.sample(values["n"], length=length, spread=values.get("spread"), **options)
    if request.tool == "vary":
        return model.vary(pieces[0], values["n"], values["amount"], **options)
    if request.tool == "continue":
        return model.continue_(pieces[0], values["n"], length=length, given=values.get("given") or None, **options)
    if request.tool == "rhythm":
        return model.rhythm(pieces[0], pieces[1], values["n"], tune=values["tune"], **options)
    if request.tool == "harmonise":
        return model.harmonise(pieces[0], n=values["n"], **options)
    if request.tool == "accompany":
        written = tuple(part.strip() for part in re.split("[,，]", values["written"]) if part.strip())
        return model.accompany(pieces[0], n=values["n"], written=written, **options)
    if request.tool == "fill":
        return model.fill(pieces[0], gap_of(values), values["n"], **options)
    return model.shape(pieces[0], dict(request.changes), seed=values["seed"], stop=stop)


class WayKeeper:
    """The way between two ends, or the square between four, kept from one place to the next; used in the lane "model" only."""

    def __init__(self) -> None:
        self._key: Any = None
        self._way: Any = None

    def at(self, model: Any, request: Request, places: Sequence[Place], stop: Stop) -> Any:
        """What stands at some places: ``genstudio.Pieces``."""
        return self._of(model, request).at(*(place if len(place) > 1 else place[0] for place in places), stop=stop)

    def _of(self, model: Any, request: Request) -> Any:
        values = tuple(sorted((name, value) for name, value in request.values.items() if name not in ("steps", "grid")))
        key = (model, request.pieces, values)
        if self._key is None or not _same(self._key, key):
            options = request.options()
            if request.tool == "blend":
                self._way = model.square(*request.pieces, **options)
            else:
                self._way = model.way(*request.pieces[:2], method=request.values["method"], **options)
            self._key = key
        return self._way


def _same(a: Any, b: Any) -> bool:
    return a[0] is b[0] and len(a[1]) == len(b[1]) and all(x is y for x, y in zip(a[1], b[1], strict=True)) and a[2] == b[2]
