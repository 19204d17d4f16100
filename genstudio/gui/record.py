"""What a training has told, made ready to be drawn: its curves, evaluations, warnings, speed.

A record is fed with the events of ``genstudio train --events``. It keeps a bounded number of points, however long the training is;
and when the training goes back to an earlier step, as one does that was killed and resumed, the record goes back with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from genstudio.gui.speech import heard

__all__ = ["CURVES", "Evaluation", "Record", "Series"]

CURVES = ("negative_elbo", "reconstruction_nll", "kl", "active_units")
"""What is drawn, by the names of the events."""
_POINTS = 400  # of a curve, about as many as there are pixels


class Series:
    """A curve of means: ``x`` the last step and ``y`` the mean of each group of steps. Groups grow as the training does."""

    def __init__(self, limit: int = _POINTS) -> None:
        self.x: list[int] = []
        self.y: list[float] = []
        self._counts: list[int] = []
        self._width = 1
        self._limit = limit

    def __len__(self) -> int:
        return len(self.x)

    def add(self, step: int, value: float) -> None:
        """The value of one more step."""
        if self.x and self._counts[-1] < self._width:
            count = self._counts[-1] + 1
            self.y[-1] += (value - self.y[-1]) / count
            self.x[-1], self._counts[-1] = step, count
            return
        self.x.append(step)
        self.y.append(value)
        self._counts.append(1)
        if len(self.x) > self._limit:
            self._halve()

    def _halve(self) -> None:
        y, n = self.y, self._counts
        pairs = range(0, len(self.x) - 1, 2)
        counts = [n[i] + n[i + 1] for i in pairs]
        means = [(y[i] * n[i] + y[i + 1] * n[i + 1]) / (n[i] + n[i + 1]) for i in pairs]
        odd = len(self.x) % 2 == 1
        self.x = [self.x[i + 1] for i in pairs] + ([self.x[-1]] if odd else [])
        self.y = means + ([self.y[-1]] if odd else [])
        self._counts = counts + ([self._counts[-1]] if odd else [])
        self._width *= 2

    def back_to(self, step: int) -> None:
        """Forget what comes after ``step``."""
        while self.x and self.x[-1] > step:
            self.x.pop()
            self.y.pop()
            self._counts.pop()


@dataclass(frozen=True)
class Evaluation:
    """One evaluation on held-out pieces. figures: by name, also those of ``reconstruction``. example: file of a piece as it came
    back, ``original`` and ``reconstructed`` the same as text. new: file of a piece that it wrote by itself. copied, new_copied:
    whether what came back, and the new one, is a copy of a piece that it learns from."""

    step: int
    figures: Mapping[str, float]
    example: str = ""
    original: str = ""
    reconstructed: str = ""
    new: str = ""
    copied: bool = False
    new_copied: bool = False


@dataclass
class Record:
    """See the module.

    step, steps: how far it is, of how many. encoded, pieces: the same of the pieces that its prior is fitted to, 0 before and after
    that. prior_step, prior_steps: the same of the fitting, 0 before it. prior: what the prior is worth, "kl" and "kl_standard".
    training: curves of the steps. held_out: curves of the evaluations. warnings: the last
    message of each kind. seconds: how long it has worked, all its processes together. status: "" while it runs, then "done",
    "stopped" or "failed". error: why it failed.
    """

    step: int = 0
    steps: int = 0
    encoded: int = 0
    pieces: int = 0
    prior_step: int = 0
    prior_steps: int = 0
    prior: dict[str, float] = field(default_factory=dict)
    training: dict[str, Series] = field(default_factory=lambda: {name: Series() for name in CURVES[:3]})
    held_out: dict[str, Series] = field(default_factory=lambda: {name: Series() for name in CURVES})
    evaluations: list[Evaluation] = field(default_factory=list)
    latent_dims: int = 0
    warnings: dict[str, str] = field(default_factory=dict)
    status: str = ""
    error: str = ""
    seconds: float = 0.0
    _before: float = 0.0  # seconds of the processes before this one
    _begun: float | None = None
    _first: tuple[float, int] | None = None  # (time, step) of the first step of this process
    _last: tuple[float, int] | None = None
    _prior_first: tuple[float, int] | None = None  # the same of the prior
    _prior_last: tuple[float, int] | None = None

    def take(self, event: Mapping[str, Any]) -> None:
        """One more event; what is not known, or not as expected, is left out."""
        kind = event.get("event")
        time = _number(event.get("time"))
        if kind == "begin":
            self._before, self._begun = self.seconds, time
        elif time is not None and self._begun is not None:
            self.seconds = self._before + max(0.0, time - self._begun)
        if kind == "begin":
            self.status = self.error = ""
            self.encoded = self.pieces = 0
            self._first = self._last = self._prior_first = self._prior_last = None
            self.warnings.clear()
        elif kind == "step":
            self._step(event)
        elif kind == "evaluation":
            self._evaluation(event)
        elif kind in ("prior_step", "prior_evaluation"):
            self._prior(event)
        elif kind == "progress" and event.get("stage") == "encoding":
            self.encoded, self.pieces = (_whole(event.get(name)) or 0 for name in ("done", "total"))
        elif kind == "done":
            self._worth(event.get("prior"))
        elif kind == "warning":
            self.warnings[str(event.get("kind", ""))] = heard(event, "message")
        elif kind == "end":
            self.status, self.error = str(event.get("status", "")), heard(event, "error")

    def _step(self, event: Mapping[str, Any]) -> None:
        step = _whole(event.get("step"))
        if step is None or step < 1:
            return
        self.steps = _whole(event.get("total")) or self.steps
        self.prior_step = self.prior_steps = self.encoded = self.pieces = 0  # a model that learns on gets a new one
        self.prior.clear()
        if step <= self.step:
            self.back_to(step - 1)
        self.step = step
        nll, kl, time = (_number(event.get(name)) for name in ("reconstruction_nll", "kl", "time"))
        if nll is not None:
            self.training["reconstruction_nll"].add(step, nll)
        if kl is not None:
            self.training["kl"].add(step, kl)
        if nll is not None and kl is not None:
            self.training["negative_elbo"].add(step, nll + kl)
        if time is not None:
            self._first = self._first or (time, step)
            self._last = (time, step)

    def _evaluation(self, event: Mapping[str, Any]) -> None:
        step = _whole(event.get("step"))
        if step is None:
            return
        figures = {name: value for name, found in event.items() if name != "time" and (value := _number(found)) is not None}
        compared = event.get("reconstruction")
        if isinstance(compared, Mapping):
            figures |= {str(name): value for name, found in compared.items() if (value := _number(found)) is not None}
        self.latent_dims = int(figures.get("latent_dims", self.latent_dims))
        while self.evaluations and self.evaluations[-1].step >= step:
            self.evaluations.pop()
        for name, series in self.held_out.items():
            series.back_to(step - 1)
            if name in figures:
                series.add(step, figures[name])
        texts = {name: str(event.get(name) or "") for name in ("example", "original", "reconstructed", "new")}
        copied, new_copied = (event.get(name) is True for name in ("copied", "new_copied"))
        self.evaluations.append(Evaluation(step, figures, copied=copied, new_copied=new_copied, **texts))
        if step > 0 and (time := _number(event.get("time"))) is not None and self._last is not None:
            self._last = (time, self._last[1])  # evaluations take time, too

    def _prior(self, event: Mapping[str, Any]) -> None:
        step = _whole(event.get("step"))
        if step is None or step < 1:
            return
        self.encoded = self.pieces = 0
        self.prior_step, self.prior_steps = step, _whole(event.get("total")) or self.prior_steps
        if (time := _number(event.get("time"))) is not None:
            self._prior_first = self._prior_first or (time, step)
            self._prior_last = (time, step)
        if event.get("event") == "prior_evaluation":
            self._worth(event)

    def _worth(self, found: Any) -> None:
        """What a prior is worth, where it is of use."""
        if isinstance(found, Mapping) and found.get("kept") is not False:
            values = {name: _number(found.get(name)) for name in ("kl", "kl_standard")}
            self.prior = {name: value for name, value in values.items() if value is not None}
        elif isinstance(found, Mapping):
            self.prior = {}

    @property
    def kept(self) -> Evaluation | None:
        """That of the model that is kept: of a training that goes on from another model the best one, else the last."""
        last = self.evaluations[-1] if self.evaluations else None
        step = None if last is None else last.figures.get("kept", last.step)
        return next((one for one in self.evaluations if one.step == step), last)

    @property
    def share(self) -> float:
        """How much of the stage that it is in is done, 0 to 1: of the training, of the encoding, of the fitting of the prior."""
        stages = ((self.encoded, self.pieces), (self.prior_step, self.prior_steps), (self.step, self.steps))
        return next((min(1.0, done / total) for done, total in stages if total), 0.0)

    def back_to(self, step: int) -> None:
        """Forget what comes after ``step``."""
        for series in (*self.training.values(), *self.held_out.values()):
            series.back_to(step)
        self.evaluations = [evaluation for evaluation in self.evaluations if evaluation.step <= step]
        self.step = min(self.step, step)

    @property
    def seconds_a_step(self) -> float | None:
        """How long a step of the training takes, evaluations included; None while it is not known."""
        return _pace(self._first, self._last)

    @property
    def eta(self) -> float | None:
        """Seconds that are left of the stage that it is in; None while it is not known."""
        if self.pieces:
            return None
        if self.prior_steps:
            pace = _pace(self._prior_first, self._prior_last)
            return None if pace is None else pace * max(0, self.prior_steps - self.prior_step)
        pace = self.seconds_a_step
        return None if pace is None or not self.steps else pace * max(0, self.steps - self.step)

    @property
    def collapsed(self) -> str:
        """What was told of a posterior collapse, "" where there is none or it has passed."""
        said = self.warnings.get("posterior collapse", "")
        last = self.evaluations[-1].figures if self.evaluations else {}
        return "" if said and last.get("kl", 0.0) >= 0.5 and last.get("active_units", 0.0) > 0 else said


def _pace(first: tuple[float, int] | None, last: tuple[float, int] | None) -> float | None:
    """Seconds a step between two (time, step); None where they are too near to each other."""
    if first is None or last is None or last[1] - first[1] < 3:
        return None
    return max(0.0, last[0] - first[0]) / (last[1] - first[1])


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    return float(value)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
