"""All figures of models, for those who want them: the table, the curves, and the training pieces that samples are near to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QTabWidget, QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import Worded, allow, beside, new_button, new_label, stacked
from genstudio.gui.measured import Measured, written
from genstudio.gui.speech import spoken
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.figure_curves import FigureCurves
from genstudio.gui.widgets.figure_table import FigureTable
from genstudio.gui.widgets.tables import Table

__all__ = ["Figures"]

_NOTHING, _TABS = range(2)
_HIGH = 460  # pixels of the tabs, within a page that scrolls


class Figures(Worded, QWidget):
    """See the module."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bus = context.bus
        self._models: list[Measured] = []
        self.on = new_label(self, "muted", wrap=True)
        self.copy_button = new_button(self, words=lambda: self.tr("Copy as a table"), picture="copy")
        self.table = FigureTable(context.theme, self)
        menu = QMenu(self.copy_button)
        self.copy_markdown = menu.addAction("")
        self.copy_markdown.triggered.connect(self.copy)
        self.copy_tabs = menu.addAction("")
        self.copy_tabs.triggered.connect(lambda: self._copy(self.table.as_text(markdown=False)))
        self.copy_button.setMenu(menu)
        self.note = QFrame(self)
        self.note.setProperty("kind", "well")
        self.note_words = new_label(self.note, wrap=True)
        beside(self.note_words, into=self.note, margins=(2 * SPACE, SPACE, 2 * SPACE, SPACE))
        self.note.hide()
        self.curves = FigureCurves(context, self)
        self.nearest = Table(self._near_words, 4, self, many=True)
        self.tabs = QTabWidget(self)
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.table, self.curves, self.nearest):
            page = QWidget()
            stacked(part, into=page, margins=(0, SPACE + 4, 0, 0))
            self.tabs.addTab(page, "")
        self.tabs.setMinimumHeight(_HIGH)
        self.nothing = new_label(self, "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(self.tabs)
        head = beside((self.on, 1), gap=SPACE)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        stacked(head, self.note, (self.stack, 1), into=self, gap=SPACE + 4)
        self.retranslate()

    def show_models(self, models: Sequence[Measured]) -> None:
        """Show these, the one that is looked at first."""
        self._models = list(models)
        first = models[0] if models else None
        with_figures = [model for model in models if model.figures]
        self.on.setText(self._about(first) if first is not None else "")
        self.table.show_models(models if with_figures else [])
        self.curves.show_models(with_figures)
        self.tabs.setTabEnabled(1, bool(self.curves.plots))
        self.tabs.setTabToolTip(1, "" if self.curves.plots else self.tr("Measure with ways to see curves."))
        near = first.nearest if first is not None else ()
        self.nearest.put([(one.number, one.longest, one.distance, one.title, one.source, one.copied) for one in near])
        self.tabs.setTabEnabled(2, bool(near))
        samples = self.tr("Measure with new pieces; what they are near to is shown while the window is open.")
        self.tabs.setTabToolTip(2, "" if near else samples)
        self.stack.setCurrentIndex(_TABS if with_figures else _NOTHING)
        self.nothing.setText(self._why_nothing(first))
        self.note_words.setText("\n".join(self._remarks(models)))
        self.note.setVisible(bool(self.note_words.text()) and bool(with_figures))
        for action in (self.copy_markdown, self.copy_tabs):
            action.setEnabled(bool(with_figures))
        allow(self.copy_button, "" if with_figures else self.tr("There are no figures yet."))

    def _near_words(self, row: int, column: int, value: Any) -> str:
        if column == 2:
            return written(value, 3) or "–"
        if column == 5:
            return self.tr("a long passage") if value else ""
        return str(value)

    def _about(self, model: Measured) -> str:
        parts = [f"{model.core}, {model.bottleneck}" if model.core else ""]
        parts.append(self.tr("measured on the {on}").format(on=self._on(model.on)) if model.on else self.tr("not measured yet"))
        return "  ·  ".join(part for part in parts if part)

    def _on(self, said: str) -> str:
        """What a model was measured on: of the engine's words those that are not a name, in the language of the window."""
        split, _, corpus = said.partition(" split of ")
        known = {
            "train": self.tr("train split of {corpus}"), "valid": self.tr("valid split of {corpus}"),
            "test": self.tr("test split of {corpus}"),
        }  # fmt: skip
        return known[split].format(corpus=corpus) if corpus and split in known else said

    def _why_nothing(self, model: Measured | None) -> str:
        if model is None or model.error:
            return model.error if model is not None else ""
        return self.tr(
            "Nothing has been measured of {name} yet.\n\nMeasuring shows how much of a piece comes back, how likely the model "
            "finds pieces that it has not seen, how much of its latent space is in use, and how smooth the way between two "
            "pieces is."
        ).format(name=model.name)

    def _remarks(self, models: Sequence[Measured]) -> list[str]:
        """What must be known to read the table."""
        found, others = [], []
        for model in models[1:]:
            if model.figures and models[0].figures and model.pieces != models[0].pieces:
                count = model.figures.get(("n",))
                words = self.tr("{count} pieces").format(count=f"{count:,}") if isinstance(count, int) else "?"
                others.append(f"{model.name} ({self._on(model.on) or '?'}, {words})")
        if others:
            what = self.tr("Measured on other pieces than {first}, and so not compared with it: {others}.")
            found.append(what.format(first=models[0].name, others=", ".join(others)))
        missing = [model.name for model in models if not model.figures]
        if missing:
            found.append(self.tr("Not measured yet: {names}.").format(names=", ".join(missing)))
        compared = [model for model in models if model.figures and model.pieces == models[0].pieces]
        if len({model.tokenizer for model in compared}) > 1:
            found.append(self.tr("Their tokenizers differ: figures that count tokens are not compared."))
        for model in models:
            found += [f"{model.name}: {remark}" if len(models) > 1 else remark for remark in map(spoken, model.remarks)]
        return found

    def copy(self) -> None:
        """Put the table on the clipboard, in Markdown."""
        if self.table.models:
            self._copy(self.table.as_text(markdown=True))

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._bus.say.emit(self.tr("The table is on the clipboard."))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def retranslate(self) -> None:
        self.copy_markdown.setText(self.tr("Markdown"))
        self.copy_tabs.setText(self.tr("Tabs between the cells, every digit"))
        self.tabs.setTabText(0, self.tr("Figures"))
        self.tabs.setTabText(1, self.tr("Curves"))
        self.tabs.setTabText(2, self.tr("Nearest training pieces"))
        self.nearest.name(
            [
                self.tr("Sample"), self.tr("Longest shared"), self.tr("Distance"), self.tr("Nearest training piece"),
                self.tr("Its source"), self.tr("Copied"),
            ],
            self.tr("Find a piece"), [7, 12, 9, 26, 30, 14],
        )  # fmt: skip
        self.nearest.view.setAccessibleName(self.tr("Samples beside the training pieces nearest to them"))
        self.tabs.tabBar().setAccessibleName(self.tr("Figures or curves"))
        self.show_models(self._models)
