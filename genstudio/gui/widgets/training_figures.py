"""How a training went: its curves, the same piece at each evaluation, and all figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from genstudio.config import get_preset
from genstudio.domains import get_domain
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import stacked
from genstudio.gui.record import Evaluation
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.widgets.cards import CardStrip
from genstudio.gui.widgets.curves import Curves
from genstudio.gui.widgets.tables import Table
from genstudio.gui.widgets.training_now import read_examples

__all__ = ["RunFigures"]

_REDRAW = 500  # milliseconds between two drawings of the curves
_EXAMPLES = 16  # of one piece; of more evaluations some between the first and the last are left out


class RunFigures(QWidget):
    """Shows one training; drawn only while it is looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.run: Run | None = None
        self._shown_examples: tuple[int, ...] = ()
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW)
        self._redraw.timeout.connect(self.draw)
        self.learned, self.examples_title, self.examples_hint = (QLabel(self) for _ in range(3))
        self.learned.setWordWrap(True)
        self.examples_title.setProperty("kind", "heading")
        self.examples_hint.setProperty("kind", "caption")
        self.examples_hint.setWordWrap(True)
        self.curves = Curves(context, self)
        self.examples = CardStrip(context, self)
        self.examples.setFixedHeight(156)
        self.figures = Table(self._figure, 0, self, many=True)
        self.figures.setMinimumHeight(280)
        under = stacked(self.examples_title, self.examples_hint, gap=4)
        stacked(self.learned, self.curves, under, self.examples, self.figures, into=self, gap=2 * SPACE)

    def show_run(self, run: Run | None) -> None:
        """Look at another training."""
        self.run = run
        self._shown_examples = ()
        self.draw()

    def draw_soon(self) -> None:
        """Show how far it is, but not at every step."""
        if not self._redraw.isActive():
            self._redraw.start()

    def draw(self) -> None:
        """Show how far it is."""
        run = self.run
        if run is None or not self.isVisible():
            return
        record = run.record
        self.learned.setVisible(bool(record.evaluations))
        if record.evaluations:
            self.learned.setText(self._in_words(record.evaluations[-1], record.latent_dims, record.prior))
        self.curves.setVisible(record.step > 0)
        self.curves.show_record(record)
        self._draw_examples(run)
        shown = bool(record.evaluations)
        self.figures.setVisible(shown)
        if len(record.evaluations) != self.figures.total() or not shown:
            self._show_figures()

    def _draw_examples(self, run: Run) -> None:
        evaluations = [one for one in run.record.evaluations if one.example]
        if len(evaluations) > _EXAMPLES:
            last = len(evaluations) - 1
            evaluations = [evaluations[round(number * last / (_EXAMPLES - 1))] for number in range(_EXAMPLES)]
        for part in (self.examples_title, self.examples_hint, self.examples):
            part.setVisible(bool(evaluations))
        steps = tuple(one.step for one in evaluations)
        if evaluations and steps != self._shown_examples and run.order is not None:
            self._shown_examples = steps
            domain = get_preset(run.order.preset).domain
            names = [f"original{get_domain(domain).output_suffix}", *(Path(one.example).name for one in evaluations)]
            self.context.engine.run(
                partial(read_examples, run.folder, domain, names), channel="training examples", name="read examples",
                done=partial(self._have_examples, run, steps),
            )  # fmt: skip

    def _have_examples(self, run: Run, steps: tuple[int, ...], items: list[Item | None]) -> None:
        if run is not self.run or steps != self._shown_examples:
            return
        original, *written = items
        captions = [self.tr("The piece"), *(self.tr("Step {step}").format(step=f"{step:,}") for step in reversed(steps))]
        pairs = zip([original, *reversed(written)], captions, strict=True)
        shown = [(item, caption) for item, caption in pairs if item is not None]
        self.examples.set_items([item for item, _ in shown], [caption for _, caption in shown], current=self.examples.current)

    def _columns(self) -> list[str]:
        evaluations = self.run.record.evaluations if self.run is not None else []
        names: dict[str, None] = {"step": None}
        for one in evaluations:
            names |= dict.fromkeys(name for name in one.figures if name not in ("version", "done", "total"))
        return list(names)

    def _show_figures(self) -> None:
        columns = self._columns()
        evaluations = self.run.record.evaluations if self.run is not None else []
        self.figures.put([])
        self.figures.name(columns, self.tr("Find a figure"), [14] * len(columns))
        self.figures.put([[one.figures.get(name, "") for name in columns] for one in reversed(evaluations)])

    @staticmethod
    def _figure(row: int, column: int, value: Any) -> str:
        return f"{value:.6g}" if isinstance(value, float) else str(value)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.draw()

    def _in_words(self, last: Evaluation, dims: int, prior: Mapping[str, float]) -> str:
        figures = last.figures
        parts = []
        if "active_units" in figures and dims:
            said = self.tr("The model uses {active} of its {dims} dimensions.")
            parts.append(said.format(active=f"{figures['active_units']:.0f}", dims=dims))
        if "note_f1" in figures:
            said = self.tr("Of pieces it has not seen, {share} of the notes come back right.")
            parts.append(said.format(share=f"{figures['note_f1']:.0%}"))
        if figures.get("exact", 0.0) >= 0.005:
            parts.append(self.tr("{share} of them come back without any difference.").format(share=f"{figures['exact']:.0%}"))
        if "accuracy_teacher_forced" in figures:
            said = self.tr("It foretells {share} of the next tokens.")
            parts.append(said.format(share=f"{figures['accuracy_teacher_forced']:.0%}"))
        if {"kl", "kl_standard"} <= prior.keys():
            said = self.tr("Samples come from a prior that it has learned: a piece costs {kl} nats under it, not {standard}.")
            parts.append(said.format(kl=f"{prior['kl']:.1f}", standard=f"{prior['kl_standard']:.1f}"))
        return " ".join(parts)

    def retranslate(self) -> None:
        """Set every string."""
        self.examples_title.setText(self.tr("As it learns"))
        self.examples.setAccessibleName(self.examples_title.text())
        self.examples_hint.setText(
            self.tr("One piece that it has not seen, and what it made of it at each evaluation; Space plays.")
        )
        self.examples.setAccessibleName(self.tr("Examples of what it has learned"))
        self.figures.view.setAccessibleName(self.tr("Figures of every evaluation"))
        self.curves.retranslate()
        self._show_figures()
        self._shown_examples = ()
        self.draw()
