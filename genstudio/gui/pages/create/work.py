"""What each tool asks of a model. These functions run in the engine's lane "model", never in the window's thread."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from genstudio.gui.toolwords import TOOLS
from genstudio.gui.widgets.fields import kind_of
from genstudio.latent.tools import Holding
from genstudio.progress import Stop

__all__ = ["Place", "Request", "WayKeeper", "carry_out", "count_of"]

Place = tuple[float, ...]
"""Where something stands between the ends: (t,) on the way from A to B, (u, v) in the square, each from 0 to 1."""
_HELD = tuple(item.name for item in dataclasses.fields(Holding))


def _words(text: str) -> list[str]:
    return [word.strip() for word in re.split("[,，]", text) if word.strip()]


@dataclass(frozen=True)
class Request:
    """What is to be made. pieces: the parts of the ends. values: of the operation's settings. changes: of attributes, in standard
    deviations."""

    tool: str
    pieces: tuple[Any, ...]
    values: Mapping[str, Any]
    changes: Mapping[str, float] = field(default_factory=dict)

    def options(self) -> dict[str, Any]:
        """The values as keyword arguments of the operation; what is as it is by default is left out."""
        operation = TOOLS[self.tool]
        own = {item.name: item.default for item in dataclasses.fields(operation.options)}
        given: dict[str, Any] = {}
        hold: list[str] = []
        for about in operation.settings:
            name, value = about["name"], self.values.get(about["name"])
            if name in _HELD:
                hold += [name] if value is True else _words(value) if value else []
            elif name in self.values:
                if kind_of(about) == "bars" and value is not None:
                    value = min(value), max(value)
                elif about["type"].startswith("tuple[str"):
                    value = tuple(_words(str(value)))
                if name not in own or value != own[name]:
                    given[name] = value
        if hold:
            given["hold"] = tuple(hold)
        return given | ({"changes": dict(self.changes)} if "changes" in own else {})


def count_of(request: Request) -> int:
    """How many pieces will be made."""
    values = request.values
    many = values.get("steps") if request.tool == "interpolate" else values.get("n")
    return int(values["grid"]) ** 2 if "grid" in values else int(many or 1)


def carry_out(model: Any, request: Request, stop: Stop) -> Any:
    """The pieces (``genstudio.Pieces``) that are asked for."""
    operation = TOOLS[request.tool]
    pieces = [list(request.pieces)] if any(one.many for one in operation.sources) else request.pieces
    return getattr(model, operation.function)(*pieces, **request.options(), stop=stop)


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
            options = {name: value for name, value in request.options().items() if name not in ("steps", "grid")}
            if request.tool == "blend":
                self._way = model.square(*request.pieces, **options)
            else:
                self._way = model.way(*request.pieces[:2], **options)
            self._key = key
        return self._way


def _same(a: Any, b: Any) -> bool:
    return a[0] is b[0] and len(a[1]) == len(b[1]) and all(x is y for x, y in zip(a[1], b[1], strict=True)) and a[2] == b[2]
