"""A training that is looked at: how far it is, what it has learned, what is wrong with it and what helps, and its model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from genstudio.config import get_preset
from genstudio.domains import get_domain, read_file
from genstudio.errors import GenStudioError
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.record import Evaluation
from genstudio.gui.spans import about_time
from genstudio.gui.speech import spoken
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.views import curves as curves_view
from genstudio.gui.widgets.cards import CardStrip
from genstudio.gui.widgets.form import Fold
from genstudio.gui.widgets.tables import Table

__all__ = ["RunPanel", "state_of"]

_REDRAW = 500  # milliseconds between two drawings of the curves
_EXAMPLES = 16  # of one piece; of more evaluations some between the first and the last are left out


def state_of(run: Run) -> tuple[str, str]:
    """A few words about how a run is, and their tone."""
    translate = QCoreApplication.translate
    at = f"{run.saved:,}"
    record = run.record
    prior = {"step": f"{record.prior_step:,}", "steps": f"{record.prior_steps:,}"}
    if record.prior_steps and run.state == "paused":
        return translate("Runs", "Paused at step {step} of {steps} of the prior").format(**prior), "warn"
    if record.prior_steps and run.state == "stopped":
        return translate("Runs", "Stopped at step {step} of {steps} of the prior").format(**prior), ""
    words = {
        "queued": (translate("Runs", "Waiting"), ""),
        "pausing": (translate("Runs", "Pausing, saving first"), "accent"),
        "stopping": (translate("Runs", "Stopping, saving first"), "accent"),
        "paused": (translate("Runs", "Paused at step {step}").format(step=at), "warn"),
        "stopped": (translate("Runs", "Stopped at step {step}").format(step=at), ""),
        "done": (translate("Runs", "Done"), "good"),
        "failed": (translate("Runs", "Failed"), "bad"),
        "interrupted": (translate("Runs", "Ended unexpectedly"), "bad"),
        "elsewhere": (translate("Runs", "Works in another process"), "accent"),
        "damaged": (translate("Runs", "Damaged"), "bad"),
    }
    if run.state == "running":
        if not record.steps:
            return translate("Runs", "Starting"), "accent"
        if record.pieces:
            counts = {"count": f"{record.encoded:,}", "total": f"{record.pieces:,}"}
            return translate("Runs", "Encoding for the prior, {count} of {total} pieces").format(**counts), "accent"
        if record.prior_steps:
            return translate("Runs", "Fitting the prior, step {step} of {steps}").format(**prior), "accent"
        return translate("Runs", "Step {step} of {steps}").format(step=f"{record.step:,}", steps=f"{record.steps:,}"), "accent"
    return words[run.state]


def _examples(folder: Path, domain: str, evaluations: Sequence[Evaluation]) -> list[Item | None]:
    """The piece as it is, and as it came back at each evaluation; None where it cannot be read."""
    kind = get_domain(domain)
    places = [folder / "training" / "examples" / f"original{kind.output_suffix}"]
    places += [folder / "training" / "examples" / Path(one.example).name for one in evaluations]
    found: list[Item | None] = []
    for place in places:
        try:
            pieces = read_file(kind, place).pieces
        except GenStudioError:
            pieces = []
        found.append(Item(pieces[0], domain, place.stem, source=str(place)) if pieces else None)
    return found


class _Strip(QFrame):
    """A message with buttons, below it or beside it."""

    def __init__(self, kind: str, parent: QWidget, *, beside: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.head = QLabel(self)
        self.head.setProperty("kind", "heading")
        self.head.setWordWrap(True)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE)
        said = QVBoxLayout()
        said.setSpacing(SPACE if not beside else 4)
        said.addWidget(self.head)
        said.addWidget(self.words)
        box = QHBoxLayout(self) if beside else QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        box.setSpacing(SPACE)
        box.addLayout(said, 1)
        box.addLayout(self.buttons)
        self._box = box

    def new_line(self) -> None:
        """Further buttons stand in a line of their own."""
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACE)
        self._box.addLayout(self.buttons)

    def button(self, kind: str = "") -> QPushButton:
        made = QPushButton(self)
        if kind:
            made.setProperty("kind", kind)
        self.buttons.addWidget(made)
        return made


class RunPanel(QWidget):
    """Shows one run; what a person asks for is said by signals."""

    pause = Signal(object)  # Run, as all of these
    resume = Signal(object)
    stop = Signal(object)
    discard = Signal(object)
    again = Signal(object)
    remedy = Signal(object, list)  # and "name=value" to change
    use = Signal(object)
    card = Signal(object)
    measured = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.run: Run | None = None
        self.curves: curves_view.Curves | None = None
        self._shown_examples: tuple[int, ...] = ()
        self._loading_curves = False
        self._redraw = QTimer(self)
        self._redraw.setSingleShot(True)
        self._redraw.setInterval(_REDRAW)
        self._redraw.timeout.connect(self._draw)
        self.title = QLabel(self)
        self.title.setProperty("kind", "title")
        self.title.setWordWrap(True)
        self.state = QLabel(self)
        self.state.setProperty("kind", "muted")
        self.state.setWordWrap(True)
        self.buttons: dict[str, QPushButton] = {}
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.state)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addLayout(words, 1)
        for name, signal, kind in (
            ("discard", self.discard, "quiet"), ("again", self.again, "quiet"), ("stop", self.stop, ""), ("pause", self.pause, ""),
            ("resume", self.resume, "primary"),
        ):  # fmt: skip
            button = QPushButton(self)
            if kind:
                button.setProperty("kind", kind)
            button.clicked.connect(partial(self._say, signal))
            self.buttons[name] = button
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.error = _Strip("trouble", self)
        self.collapse = _Strip("trouble", self)
        self.remedies = [self.collapse.button("primary")]
        self.collapse.buttons.addStretch(1)
        self.collapse.new_line()
        self.remedies += [self.collapse.button(), self.collapse.button()]
        self.collapse.buttons.addStretch(1)
        for number, button in enumerate(self.remedies):
            button.clicked.connect(partial(self._remedy, number))
        self.ready = _Strip("panel", self, beside=True)
        self.card_button = self.ready.button("quiet")
        self.figures_button = self.ready.button("quiet")
        self.use_button = self.ready.button("primary")
        self.use_button.clicked.connect(partial(self._say, self.use))
        self.card_button.clicked.connect(partial(self._say, self.card))
        self.figures_button.clicked.connect(partial(self._say, self.measured))
        self.learned = QLabel(self)
        self.learned.setWordWrap(True)
        self.legend = QLabel(self)
        self.legend.setProperty("kind", "caption")
        self.legend.setWordWrap(True)
        self._curves_place = QVBoxLayout()
        self.examples_title = QLabel(self)
        self.examples_title.setProperty("kind", "heading")
        self.examples_hint = QLabel(self)
        self.examples_hint.setProperty("kind", "caption")
        self.examples_hint.setWordWrap(True)
        self.examples = CardStrip(context, self)
        self.examples.setFixedHeight(156)
        self.figures = Table(self._figure, 0, self, many=True)
        self.figures.setMinimumHeight(280)
        self.fold = Fold(self.figures, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, SPACE, 0)
        box.setSpacing(2 * SPACE)
        box.addLayout(head)
        box.addWidget(self.bar)
        for part in (self.error, self.collapse, self.ready, self.learned):
            box.addWidget(part)
        box.addLayout(self._curves_place)
        box.addWidget(self.legend)
        under = QVBoxLayout()
        under.setSpacing(4)
        under.addWidget(self.examples_title)
        under.addWidget(self.examples_hint)
        box.addLayout(under)
        box.addWidget(self.examples)
        box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.figures)
        box.addStretch(1)

    def _say(self, signal: Any, *_: object) -> None:
        if self.run is not None:
            signal.emit(self.run)

    # -- showing one

    def show_run(self, run: Run | None) -> None:
        """Look at another run."""
        if self.run is not None:
            self.run.changed.disconnect(self._changed)
            self.run.advanced.disconnect(self._advanced)
        self.run = run
        self._shown_examples = ()
        if run is not None:
            run.changed.connect(self._changed)
            run.advanced.connect(self._advanced)
            self.title.setText(run.title)
            self._changed()
            self._draw()

    def _changed(self) -> None:
        self._tell()
        self._draw()

    def _advanced(self) -> None:
        self._tell()
        if not self._redraw.isActive():
            self._redraw.start()

    def _tell(self) -> None:
        run = self.run
        if run is None:
            return
        state, record = run.state, run.record
        words, tone = state_of(run)
        parts = [words]
        if state == "running" and record.eta is not None:
            parts.append(self.tr("{time} left").format(time=about_time(record.eta)))
        if state == "running" and record.seconds_a_step is not None and not (record.pieces or record.prior_steps):
            pace = record.seconds_a_step
            speed = self.tr("{count} steps a second") if pace < 1 else self.tr("{count} s a step")
            parts.append(speed.format(count=f"{1 / pace if 0 < pace < 1 else pace:.2g}"))
        elif state == "done":
            parts.append(self.tr("{count} steps").format(count=f"{run.saved:,}"))
        if run.model:
            parts.append(self.tr("installed as {name}").format(name=run.model))
        self.state.setText("  ·  ".join(parts))
        kind = {"good": "good", "bad": "error", "warn": "warn"}.get(tone, "muted")
        if self.state.property("kind") != kind:
            set_kind(self.state, kind)
        shown = {
            "discard": state != "elsewhere",
            "again": run.order is not None and state in ("failed", "interrupted"),
            "stop": state in ("running", "queued"),
            "pause": state == "running",
            "resume": run.can_resume,
        }
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        self.buttons["resume"].setText(self.tr("Resume") if run.saved else self.tr("Start now"))
        self.buttons["resume"].setAccessibleName(self.buttons["resume"].text())
        self.bar.setVisible((bool(record.steps) or run.active) and state != "done")
        self.bar.setRange(0, 1000 if record.steps else 0)
        if record.steps:
            self.bar.setValue(round(1000 * record.share))
        self._tell_error(run)
        self._tell_collapse(run)
        self._tell_model(run)

    def _tell_error(self, run: Run) -> None:
        self.error.setVisible(run.state in ("failed", "interrupted", "damaged"))
        if run.state == "failed":
            self.error.head.setText(self.tr("The training failed"))
            self.error.words.setText(spoken(run.error))
        elif run.state == "interrupted":
            self.error.head.setText(self.tr("The training ended unexpectedly"))
            words = (
                self.tr("Up to step {step} all is kept, and it can go on from there as if nothing had happened.")
                if run.saved else self.tr("Nothing was kept yet; it can start from the beginning.")
            )  # fmt: skip
            self.error.words.setText(words.format(step=f"{run.saved:,}"))
        elif run.state == "damaged":
            self.error.head.setText(self.tr("The folder of this training is damaged"))
            said = self.tr("{error} It cannot go on; discard it, and train anew on its corpus.")
            self.error.words.setText(said.format(error=spoken(run.error)))

    def _remedies(self, run: Run) -> list[tuple[str, list[str]]]:
        assert run.order is not None
        now = {"kl.weight": get_preset(run.order.preset).config.kl.weight}
        for text in run.order.overrides:
            name, _, value = text.partition("=")
            if name == "kl.weight":
                now[name] = float(value)
        lower = min(0.5, now["kl.weight"] / 2)
        return [
            (self.tr("Hide 30 % of the decoder's inputs and start again"), ["word_dropout=0.3"]),
            (self.tr("Give it free bits"), ["kl.floor=0.25", "kl.floor_mode=dimension"]),
            (self.tr("Lower the KL weight to {weight}").format(weight=f"{lower:.3g}"), [f"kl.weight={lower:.6g}"]),
        ]

    def _tell_collapse(self, run: Run) -> None:
        collapsed = bool(run.record.collapsed) and run.order is not None
        self.collapse.setVisible(collapsed)
        if not collapsed:
            return
        figures = run.record.evaluations[-1].figures if run.record.evaluations else {}
        self.collapse.head.setText(self.tr("The decoder does not listen to the latent space"))
        said = self.tr(
            "{active} of {dims} dimensions are in use and the KL is {kl} nats, so every place of the space sounds alike (posterior "
            "collapse). It helps to make the decoder need the code: hide some of its inputs from it, or charge less for the code. "
            "This run is stopped and kept, and a new one begins."
        )
        active, kl = f"{figures.get('active_units', 0):.0f}", f"{figures.get('kl', 0):.2f}"
        self.collapse.words.setText(said.format(active=active, dims=run.record.latent_dims, kl=kl))
        for button, (words, changes) in zip(self.remedies, self._remedies(run), strict=True):
            button.setText(words)
            button.setAccessibleName(words)
            button.setToolTip(", ".join(changes))

    def _remedy(self, number: int) -> None:
        if self.run is not None:
            self.remedy.emit(self.run, self._remedies(self.run)[number][1])

    def _tell_model(self, run: Run) -> None:
        self.ready.setVisible(run.has_model)
        done = run.state == "done"
        self.ready.head.setText(self.tr("The model is ready") if done else self.tr("The model so far can be used"))
        self.ready.words.setText(
            self.tr("It is installed as {name}.").format(name=run.model) if run.model else
            self.tr("Install it, and make pieces with it on the Create page.")
        )  # fmt: skip
        evaluations = run.record.evaluations
        self.learned.setVisible(bool(evaluations))
        if evaluations:
            self.learned.setText(self._in_words(evaluations[-1], run.record.latent_dims, run.record.prior))

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

    # -- curves, examples, figures

    def _draw(self) -> None:
        run = self.run
        if run is None or not self.isVisible():
            return
        record = run.record
        told = record.step > 0
        self.legend.setVisible(told and self.curves is not None)
        if told and self.curves is None:
            if not self._loading_curves:
                self._loading_curves = True
                self.context.engine.run(curves_view.library, name="load the plots", done=self._have_plots)
        elif self.curves is not None:
            self.curves.setVisible(told)
            self.curves.show_record(record)
        self._draw_examples(run)
        shown = bool(record.evaluations)
        self.fold.setVisible(shown)
        self.figures.setVisible(shown and self.fold.isChecked())
        if len(record.evaluations) != self.figures.total() or not shown:
            self._show_figures()

    def _have_plots(self, _: object) -> None:
        self.curves = curves_view.Curves(self.context.theme, self)
        self._curves_place.addWidget(self.curves)
        self._draw()

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
            self.context.engine.run(
                partial(_examples, run.folder, domain, evaluations), channel="training examples", name="read examples",
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
        self._draw()

    # -- looks and words

    def retheme(self) -> None:
        """Take the colours of the theme."""
        self.fold.retheme(self.context.theme.colours)

    def retranslate(self) -> None:
        """Set every string."""
        for name, words, about in (
            ("discard", self.tr("Discard"), self.tr("End it and delete all of it")),
            ("again", self.tr("Start again"), self.tr("Forget how far it has come and train from the beginning")),
            ("stop", self.tr("Stop"), self.tr("End it and keep the model so far")),
            ("pause", self.tr("Pause"), self.tr("Stop for a while; it goes on exactly where it was")),
            ("resume", self.tr("Resume"), self.tr("Go on exactly where it was")),
        ):
            self.buttons[name].setText(words)
            self.buttons[name].setAccessibleName(words)
            self.buttons[name].setToolTip(about)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.card_button.setText(self.tr("Model card"))
        self.card_button.setAccessibleName(self.tr("Show the model card"))
        self.figures_button.setText(self.tr("Figures"))
        self.figures_button.setAccessibleName(self.tr("Show and measure the figures of the model"))
        self.use_button.setText(self.tr("Use it"))
        self.use_button.setAccessibleName(self.tr("Install and use the model"))
        for button in self.remedies:  # their words depend on the run
            button.setAccessibleName(self.tr("Start again with another setting"))
        self.legend.setText(self.tr(
            "Dots: pieces that are held out. Thin line: pieces that are trained on. Point at a curve to read it."
        ))  # fmt: skip
        self.examples_title.setText(self.tr("As it learns"))
        self.examples_hint.setText(
            self.tr("One piece that it has not seen, and what it made of it at each evaluation; Space plays.")
        )
        self.examples.setAccessibleName(self.tr("Examples of what it has learned"))
        self.fold.name(self.tr("All figures"))
        self.figures.view.setAccessibleName(self.tr("Figures of every evaluation"))
        if self.curves is not None:
            self.curves.retranslate()
        self._show_figures()
        self._shown_examples = ()
        self._tell()
        self._draw()
