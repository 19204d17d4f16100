"""How a training went: its curves, the same piece at each evaluation, and all figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import Worded, new_label, stacked
from genstudio.gui.record import Evaluation
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.widgets.curves import Curves
from genstudio.gui.widgets.tables import Table
from genstudio.gui.widgets.training_now import HistoryStrip

__all__ = ["RunFigures"]

_REDRAW = 500  # milliseconds between two drawings of the curves


class RunFigures(Worded, QWidget):
    """Shows one training; drawn only while it is looked at."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.run: Run | None = None
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW)
        self._redraw.timeout.connect(self.draw)
        self.learned = new_label(self, wrap=True)
        self.curves = Curves(context, self)
        self.history = HistoryStrip(context, self)
        self.examples = self.history.cards
        self.figures = Table(self._figure, 0, self, many=True)
        self.figures.setMinimumHeight(280)
        stacked(self.learned, self.curves, self.history, self.figures, into=self, gap=2 * SPACE)
        self.retranslate()

    def show_run(self, run: Run | None) -> None:
        """Look at another training."""
        self.run = run
        self.history.show_run(run)
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
        self.history.draw()
        shown = bool(record.evaluations)
        self.figures.setVisible(shown)
        if len(record.evaluations) != self.figures.total() or not shown:
            self._show_figures()

    def _show_figures(self) -> None:
        evaluations = self.run.record.evaluations if self.run is not None else []
        names: dict[str, None] = {"step": None}
        for one in evaluations:
            names |= dict.fromkeys(name for name in one.figures if name not in ("version", "done", "total"))
        self.figures.put([])
        self.figures.name(list(names), self.tr("Find a figure"), [14] * len(names))
        self.figures.put([[one.figures.get(name, "") for name in names] for one in reversed(evaluations)])

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
        self.figures.view.setAccessibleName(self.tr("Figures of every evaluation"))
        self._show_figures()
        self.draw()
