"""What is asked of the model: the request that ends, tool and settings make, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject

from genstudio.config import GAP
from genstudio.domains import get_domain
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS
from genstudio.gui.pages.create.work import Request
from genstudio.gui.toolwords import TOOLS, takes_whole, tool_of, writes

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
        return (bool(self._values(tool).get("whole")) or takes_whole(tool)) and not self.desk.text

    def request(self) -> Request | None:
        """What would be made now; None where an end or a change is missing."""
        desk, tool, model = self.desk, self.desk.tool, self.desk.model
        if desk.missing:
            return None
        ends = desk.ends[: desk.needed]
        values = self._values(tool)
        asked = {about["name"] for about in TOOLS[tool].settings if set(str(about.get("needs") or "").split()) <= desk.has}
        values = {name: value for name, value in values.items() if name in asked}
        whole = bool(values.get("whole")) or takes_whole(tool)
        pieces = tuple(end.item.piece if whole else desk.shown(end) for end in ends if end is not None)
        if tool_of(TOOLS[tool]).needs and (model is None or self._why_not_able()):
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
