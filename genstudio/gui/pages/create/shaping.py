"""The sliders of the tool that changes a piece, and where a model knows none, how it learns them."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from genstudio.gui.layouts import stacked
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.shape import ShapePanel
from genstudio.gui.speech import Told
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.attribute_maker import AttributeMaker

__all__ = ["Shaping"]


class Shaping(QWidget):
    """Asks the model what it can make more or less of."""

    changed = Signal()
    trouble = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk = desk.context, desk
        self._asked: Any = None  # the model that was asked
        self._unshaped: Any = None  # the model that is loaded, where it has learned none
        self.panel = ShapePanel()
        self.learner = AttributeMaker(desk.context)
        self.learner.hide()
        stacked(self.panel, self.learner, into=self, gap=SPACE)
        self.panel.changed.connect(self.changed)
        self.learner.learned.connect(self._learned)
        self.learner.trouble.connect(self.trouble)

    def forget(self) -> None:
        """Another model came: it is asked anew."""
        self._asked = None

    def refresh(self) -> None:
        """Show what can be done with the model and the piece that are there now."""
        shown = self.desk.tool == "shape"
        self.setVisible(shown)
        self.panel.reset.setVisible(shown and bool(self.panel.sliders))
        if not shown:
            return
        model = self.desk.model
        self.learner.setVisible(model is not None and model is self._unshaped)
        if model is not None and self._asked is not model:
            self._asked = model
            self.context.engine.run(
                lambda: model.attributes, lane="model", channel="create.attributes", name="attributes",
                done=partial(self._have, model), failed=partial(self._none, model),
            )  # fmt: skip
        self._show()

    def _none(self, model: Any, sentence: str, details: str) -> None:
        """Say why there are no sliders, or, where that can be mended, how."""
        if model is not self.desk.model:  # another one came meanwhile
            return
        if isinstance(sentence, Told) and sentence.remedy == "learn-attributes":
            self._unshaped = model
            self.panel.say("")
            self.learner.tell(model.name, model.folder, model.domain.name)
        else:
            self.panel.say(sentence)
        self.refresh()

    def _learned(self, folder: str) -> None:
        """A model has learned what it can shape: it is loaded again, so that it knows."""
        self.context.bus.models_changed.emit()
        current = self.context.models.current
        if current is not None and str(current.folder) == folder:
            self._unshaped = None
            self.context.models.load(folder)

    def _have(self, model: Any, found: list[dict[str, Any]]) -> None:
        if model is not self.desk.model:  # another one came meanwhile
            return
        measured = [one for one in found if one["kind"] == "measure"]
        self.panel.set_attributes(measured or found, self.desk.domain)
        self.refresh()
        self.changed.emit()

    def _show(self) -> None:
        desk = self.desk
        results = desk.state.results.get("shape")
        made = results.items[0].piece if results is not None and results.items else None
        self.panel.set_piece(desk.shown(desk.ends[0]), made, desk.domain)
