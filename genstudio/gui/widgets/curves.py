"""The curves of a training: what it pays for (-ELBO), its two parts, and how much of the latent space is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from genstudio.gui.context import Context
from genstudio.gui.layouts import Worded
from genstudio.gui.record import CURVES, Record
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.plots import Line, Lines

__all__ = ["Curves"]


def smoothed(values: Sequence[float]) -> list[float]:
    """A running mean that forgets, over a thirtieth of the values; right from the first value on (Kingma & Ba 2015, section 3)."""
    keep = max(0.0, 1 - 30 / max(30, len(values)))
    mean, weight, found = 0.0, 0.0, []
    for value in values:
        mean = keep * mean + (1 - keep) * value
        weight = keep * weight + (1 - keep)
        found.append(mean / weight)
    return found


class Curves(Worded, QWidget):
    """Four of them, each with a thin line for the pieces that are trained on and a strong one for those held out; where one points,
    all are read."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record = Record()
        self.plots = {name: Lines(context, self, last=True) for name in CURVES}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2 * SPACE)
        for number, plot in enumerate(self.plots.values()):
            grid.addWidget(plot, number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)
            plot.written = "{:.2f}".format
            for other in self.plots.values():
                plot.pointed.connect(other.point)
        self.plots["active_units"].written = self._dimensions

    def _dimensions(self, value: float) -> str:
        dims = self._record.latent_dims
        return self.tr("{value} of {dims}").format(value=f"{value:.0f}", dims=dims) if dims else f"{value:.0f}"

    def show_record(self, record: Record) -> None:
        """Draw what a training has told so far."""
        self._record = record
        words = {
            "negative_elbo": (
                self.tr("−ELBO"),
                self.tr("What the training lowers: reconstruction and KL together, in nats a piece."),
            ),
            "reconstruction_nll": (
                self.tr("Reconstruction"),
                self.tr("How surprised the decoder is by the pieces, in nats a piece."),
            ),
            "kl": (self.tr("KL"), self.tr("How much of each piece passes through the latent space, in nats.")),
            "active_units": (self.tr("Active units"), self.tr("Dimensions of the latent space that differ from piece to piece.")),
        }
        for name, plot in self.plots.items():
            title, about = words[name]
            plot.setToolTip(about)
            held, trained = record.held_out[name], record.training.get(name)
            lines = [Line(self.tr("held out"), list(held.y), "accent", list(held.x))]  # the record grows
            if trained is not None:
                values, steps = list(trained.y), list(trained.x)
                lines[:0] = [
                    Line("", values, "muted", steps, thin=True),
                    Line(self.tr("training"), smoothed(values), "muted", steps, thin=True),
                ]
            plot.show_lines(title, lines, span=self._span(name, [value for line in lines for value in line.values]))

    def _span(self, name: str, values: Sequence[float]) -> tuple[float, float] | None:
        """The values to be seen: the first steps are far off, and must not flatten all that follows."""
        if name == "active_units" and self._record.latent_dims:
            return 0.0, float(self._record.latent_dims)
        if not values:
            return None
        ranked = sorted(values)
        low = 0.0 if name == "kl" else ranked[0]
        return low, max(ranked[int(0.98 * (len(ranked) - 1))], low + 1e-3, *self._record.held_out[name].y[-3:])

    def retranslate(self) -> None:
        self.show_record(self._record)
