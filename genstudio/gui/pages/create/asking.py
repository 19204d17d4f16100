"""What is asked of the model: the request that ends, tool and settings make, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from genstudio.config import GAP
from genstudio.domains import get_domain
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS
from genstudio.gui.pages.create.work import PARTS, Request, writes

__all__ = ["Asking"]


class Asking(QObject):
    """Puts requests together. ``values``: gives the settings of a tool; ``changes``: what is to be more or less of a piece."""

    def __init__(
        self, desk: Desk, values: Callable[[str], dict[str, Any]], changes: Callable[[], Mapping[str, float]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self.desk, self._values, self._changes = desk, values, changes

    @property
    def whole(self) -> bool:
        """Whether all of each end is meant, however long."""
        tool = self.desk.tool
        return (bool(self._values(tool).get("whole")) or tool in PARTS) and self.desk.music

    def request(self) -> Request | None:
        """What would be made now; None where an end or a change is missing."""
        desk, tool, model = self.desk, self.desk.tool, self.desk.model
        if desk.missing:
            return None
        ends = desk.state.ends[: desk.needed]
        details = model is not None and bool(model.fills)
        idle = {*(("words",) if desk.music else ("key", "metre", "whole", "bars")), *(() if details else ("bars", "words"))}
        if tool == "fill" and not desk.music:
            idle |= {"first", "last"}
        values = {name: value for name, value in self._values(tool).items() if name not in idle}
        whole = bool(values.get("whole")) or tool in PARTS
        pieces = tuple(end.item.piece if whole else desk.shown(end) for end in ends if end is not None)
        if tool in ("rhythm", "fill", *PARTS) and (model is None or self._why_not_able()):
            return None
        changes = self._changes() if tool == "shape" else {}
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
        if desk.tool == "shape" and not self._changes():
            return self.tr("Move a slider first: more of something, or less.")
        return self._why_not_able()

    def _why_not_able(self) -> str:
        """Why the model, or the piece, is none for the tool; "" when it is."""
        tool = self.desk.tool
        reasons = {"fill": self._why_no_gap, "rhythm": self._why_no_rhythm, **dict.fromkeys(PARTS, self._why_no_parts)}
        return reasons[tool]() if tool in reasons else ""

    def _why_no_parts(self) -> str:
        desk, domain = self.desk, get_domain(self.desk.domain)
        if not writes(desk.tool, domain.roles(domain.from_symbols(desk.model.lineup))):
            if desk.tool == "harmonise":
                return self.tr("This model writes no chord symbols; choose one of lead sheets at the top.")
            return self.tr("This model writes no parts for a melody; choose another one at the top.")
        return "" if desk.model.fills else self.tr("This model cannot do that; choose another one at the top, or train one.")

    def _why_no_rhythm(self) -> str:
        if not get_domain(self.desk.domain).grammar.pitches:
            return self.tr("These have no pitches; choose a model of melodies at the top.")
        return "" if self.desk.model.fills else self.tr("This model cannot do that; choose another one at the top, or train one.")

    def _why_no_gap(self) -> str:
        if not self.desk.model.fills:
            return self.tr("This model cannot fill gaps; choose another one at the top, or train one.")
        end = self.desk.state.ends[0]
        if end is not None and not self.desk.music and GAP not in end.item.piece.text:
            return self.tr("Write ___ in A where something is missing.")
        return ""
