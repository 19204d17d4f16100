"""The inspector: what there is to know of the selected piece, on the right of the window.

Facts of the piece itself, in words, are there at once. What needs the model (its code, what is nearest in the corpus) comes when it
is worked out, and only while the inspector is shown. What is for experiments is in the lab, which is folded until it is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item, other_model
from genstudio.gui.layouts import Worded, Words, beside, having, new_button, new_label, stacked

__all__ = ["Inspector"]

_WIDTH = 272
_NEAREST = 3


def look_closer(model: Any, item: Item, chart: str) -> dict[str, Any]:
    """What the model says of a piece: the norm of its code and how many of its dimensions are used; with a map, what is nearest."""
    if model.domain.name != item.domain:
        return {}
    if item.job is not None and item.job.digest == model.digest:
        import numpy as np

        code = item.job.code(item.place)
        code = code[~np.isnan(code)].astype("float64")  # without the details that are blank, which are no numbers
        found: dict[str, Any] = {"norm": float((code**2).sum() ** 0.5), "dims": len(code)}
    else:
        codes, used = model.encode_used([model.piece(item.piece)[0]])
        mask = used[0]
        found = {"norm": float(codes[0][mask].norm()), "dims": int(mask.sum())}
    if chart:
        near = model.nearest(item.piece, chart, _NEAREST)
        found["nearest"] = [(str(one["title"] or one["source"]), float(one["distance"])) for one in near]
    return found


class _Section(QWidget):
    """A heading that folds what is under it, and rows of a name and a value."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.head = new_button(self, kind="section", words=words)
        self.head.setCheckable(True)
        self.head.setChecked(True)
        self.body = QWidget(self)
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(4, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.head.toggled.connect(self._fold)
        self._fold(True)
        stacked(self.head, self.body, into=self, gap=8)

    def _fold(self, on: bool) -> None:
        self.body.setVisible(on)
        self.head.setIcon(icon("chevron-down" if on else "chevron-right"))

    def set_rows(self, rows: list[tuple[str, str]]) -> None:
        """Replace the rows; without any the section is not shown."""
        while (child := self._grid.takeAt(0)) is not None:
            widget = child.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(rows):
            label = having(QLabel(name, self.body), "muted")
            shown = QLabel(value, self.body, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{name}: {value}" if name else value)
            top = Qt.AlignmentFlag.AlignTop
            if name:
                self._grid.addWidget(label, row, 0, top)
                self._grid.addWidget(shown, row, 1, top)
            else:
                label.hide()
                self._grid.addWidget(shown, row, 0, 1, 2, top)
        self.setVisible(bool(rows))


class Inspector(Worded, QFrame):
    """Follows ``bus.selected``."""

    folded = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.item: Item | None = None
        self._closer: dict[str, Any] = {}
        self.setProperty("kind", "inspector")
        self.setFixedWidth(_WIDTH)
        fold = new_button(self, self.folded, "icon", lambda: (
            "", self.tr("Fold the inspector away"), self.tr("Fold the inspector away  (Ctrl+I)"),
        ), picture="sidebar")  # fmt: skip
        line = beside((new_label(self, "heading", lambda: self.tr("Inspector")), 1), fold)
        self._scroll = QScrollArea(self, widgetResizable=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = having(QWidget(self._scroll), "page")
        self._title = new_label(inner, "heading", wrap=True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._empty = new_label(inner, "muted", lambda: self.tr(
            "Select a piece, and its facts are here: key, metre, tempo, notes, and how it was made."
        ), wrap=True)  # fmt: skip
        names: tuple[Callable[[], str], ...] = (
            lambda: self.tr("Piece"), lambda: self.tr("How it was made"), lambda: self.tr("Most like it"), lambda: self.tr("Lab"),
        )  # fmt: skip
        fold_words = lambda name: (name(), self.tr("Show or fold: {section}").format(section=name()))  # noqa: E731
        self._piece, self._made, self._near, self.lab = (_Section(partial(fold_words, name), inner) for name in names)
        self.lab.head.setChecked(bool(context.settings["lab"]))
        self.lab.head.toggled.connect(lambda on: context.settings.__setitem__("lab", on))
        stacked(self._title, self._empty, *self._sections, None, into=inner, margins=(0, 0, 8, 0), gap=16)
        self._scroll.setWidget(inner)
        stacked(line, (self._scroll, 1), into=self, margins=(16, 12, 8, 8), gap=8)
        context.bus.selected.connect(self.show_item)
        context.models.changed.connect(self._model_changed)
        self.retranslate()

    @property
    def _sections(self) -> tuple[_Section, ...]:
        return self._piece, self._made, self._near, self.lab

    def retranslate(self) -> None:
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def show_item(self, item: Item | None) -> None:
        """Show another piece."""
        if item is self.item:
            return
        self.item = item
        self._closer = {}
        self._show()
        self._ask()

    def _model_changed(self, model: Any) -> None:
        self._closer = {}
        self._show()
        self._ask()

    def _ask(self) -> None:
        model, item = self.context.models.current, self.item
        if item is None or model is None or self._closer or not self.isVisible():
            return
        chart = str(self.context.settings["maps"].get(model.name, ""))
        self.context.engine.run(
            partial(look_closer, model, item, chart), lane="model", channel="inspector", name="look closer",
            done=partial(self._have, model, item), failed=self._failed,
        )  # fmt: skip

    def _have(self, model: Any, item: Item, found: dict[str, Any]) -> None:
        if item is self.item and model is self.context.models.current:
            self._closer = found
            self._show()

    def _failed(self, sentence: str, details: str) -> None:
        self._near.set_rows([("", sentence)])

    # -- the rows

    def _show(self) -> None:
        item = self.item
        self._empty.setVisible(item is None)
        self._title.setVisible(item is not None)
        self._title.setText(item.title if item is not None else "")
        self._piece.set_rows(self._piece_rows(item) if item is not None else [])
        self._made.set_rows(self._made_rows(item) if item is not None else [])
        near = self._closer.get("nearest", [])
        self._near.set_rows([("", title) for title, _ in near])
        self.lab.set_rows(self._lab_rows(item) if item is not None else [])

    def _piece_rows(self, item: Item) -> list[tuple[str, str]]:
        rows = kinds.showing(item.domain).facts(item)
        if item.source:
            rows.append((self.tr("File"), item.source.replace("\\", "/").rsplit("/", 1)[-1]))
        return rows

    def _made_rows(self, item: Item) -> list[tuple[str, str]]:
        job = item.job
        if job is None or item.given:  # an end is the user's own
            return []
        from genstudio.gui.toolwords import operation_label  # late: with it comes every operation

        rows = [(self.tr("As"), operation_label(job.operation))]
        nameless = type(item.piece).__name__  # what a record calls a piece without a title
        of = item.of.title if item.of is not None else ""
        titled = filter(None, (of if source == nameless else source for source in job.sources))
        sources = [re.sub(r"\.\w{1,8}$", "", source.replace("\\", "/").rsplit("/", 1)[-1]) for source in titled]
        if sources:
            rows.append((self.tr("From"), ", ".join(dict.fromkeys(sources))))
        if item.t is not None:
            rows.append((self.tr("Way from A to B"), f"{item.t:.0%}"))
        rows.append((self.tr("With"), self.context.models.title(job.model)))
        return rows

    def _lab_rows(self, item: Item) -> list[tuple[str, str]]:
        rows, job, closer, number = [], item.job, self._closer, QLocale()
        if job is not None and not item.given:
            rows.append((self.tr("Seed"), str(job.seed)))
            temperature = job.decoding.get("temperature")
            if temperature is not None:
                rows.append((self.tr("Temperature"), f"{temperature:g}"))
        if "norm" in closer:
            # The code that this model gives it is not that of which it was made.
            if job is None or item.given or other_model(item, self.context.models):
                rows.append((self.tr("Seen by"), self.context.models.title(self.context.models.current.name)))
            rows.append((self.tr("Norm"), number.toString(closer["norm"], "f", 2)))
            rows.append((self.tr("Latent numbers"), number.toString(closer["dims"])))
        distances = [number.toString(distance, "f", 2) for _, distance in closer.get("nearest", [])]
        if distances:
            rows.append((self.tr("Distances to the most like it"), ", ".join(distances)))
        if item.number is not None:
            rows.append((self.tr("Number in the library"), str(item.number)))
        if job is not None and not item.given:
            rows.append((self.tr("Job"), job.id))
        return rows
