"""A training that is looked at: how far it is, what it has learned, what is wrong with it and what helps, and its model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from genstudio.config import get_preset
from genstudio.gui import corpora
from genstudio.gui.context import Context
from genstudio.gui.layouts import Button, Worded, Words, beside, new_button, new_label, stacked
from genstudio.gui.spans import about_time
from genstudio.gui.speech import spoken
from genstudio.gui.style import set_kind
from genstudio.gui.theme import SPACE
from genstudio.gui.trainer import Run
from genstudio.gui.verdicts import so_far
from genstudio.gui.widgets.form import Fold
from genstudio.gui.widgets.training_figures import RunFigures
from genstudio.gui.widgets.training_now import NowStrip

__all__ = ["RunPanel", "state_of"]


def state_of(run: Run) -> tuple[str, str]:
    """A few words about how a run is, and their tone."""
    translate = QCoreApplication.translate
    at = f"{run.saved:,}"
    record = run.record
    prior = {"step": f"{record.prior_step:,}", "steps": f"{record.prior_steps:,}"}
    timed = run.order is not None and run.order.minutes > 0
    far = {"share": f"{100 * run.share:.0f}"}
    if timed and run.state == "running" and record.steps:
        return translate("Runs", "Learning, {share} %").format(**far), "accent"
    if timed and run.state == "paused":
        return translate("Runs", "Paused at {share} %").format(**far), "warn"
    if timed and run.state == "stopped":
        return translate("Runs", "Stopped at {share} %").format(**far), ""
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


def about_material(report: corpora.Report) -> str:
    """What is learned from, and how much was left out and why."""
    translate = QCoreApplication.translate
    pieces, learned, held = report.get("used_pieces", 0), report.get("train", 0), report.get("valid", 0)
    if pieces == learned + held + report.get("test", 0):
        head = translate("Runs", "Learns from {learned} pieces; {held} more are kept back to see how well it learns.")
    else:
        head = translate(
            "Runs", "Learns from {learned} phrases of {count} pieces; {held} more are kept back to see how well it learns."
        )
    refused, twice, others = report.get("refused", []), report.get("duplicate_pieces", 0), report.get("ignored", 0)
    left = []
    if twice:
        left.append(translate("Runs", "{count} there twice").format(count=f"{twice:,}"))
    if others:
        words = translate("Runs", "1 file of another kind") if others == 1 else translate("Runs", "{count} files of other kinds")
        left.append(words.format(count=f"{others:,}"))
    if refused:
        first = f"{Path(refused[0]['path']).name}: {spoken(refused[0]['reason'])}".rstrip(".")
        left.append(translate("Runs", "{count} that cannot be used ({reason})").format(count=f"{len(refused):,}", reason=first))
    said = head.format(count=f"{pieces:,}", learned=f"{learned:,}", held=f"{held:,}")
    return said if not left else f"{said} " + translate("Runs", "Left out: {what}.").format(what="; ".join(left))


class _Strip(QFrame):
    """A message with lines of buttons below it."""

    def __init__(self, kind: str, parent: QWidget, *lines: Sequence[Button]) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.head = new_label(self, "heading", wrap=True)
        self.words = new_label(self, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        stacked(
            (stacked(self.head, self.words, gap=SPACE), 1), *(beside(*line, None, gap=SPACE) for line in lines), into=self,
            margins=(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4), gap=SPACE,
        )  # fmt: skip


class RunPanel(Worded, QWidget):
    """Shows one run, and says what a person asks for."""

    asked = Signal(str, object)  # "resume", "pause", "stop", "again", "discard", "use", "longer", "card" or "figures", and the run
    remedy = Signal(object, list)  # the run, and "name=value" to change

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.run: Run | None = None
        self._report: corpora.Report = {}
        self.title = new_label(self, "title", wrap=True)
        self.state = new_label(self, "muted", wrap=True)
        self.material = new_label(self, "caption", wrap=True)
        head = beside((stacked(self.title, self.state, self.material, gap=4), 1), gap=SPACE)
        words: dict[str, Words] = {
            "resume": lambda: (
                self.tr("Resume") if self.run is not None and self.run.saved else self.tr("Start now"), "",
                self.tr("Go on exactly where it was"),
            ),
            "pause": lambda: (self.tr("Pause"), "", self.tr("Stop for a while; it goes on exactly where it was")),
            "stop": lambda: (self.tr("Stop"), "", self.tr("End it and keep the model so far")),
            "again": lambda: (self.tr("Start again"), "", self.tr("Forget how far it has come and train from the beginning")),
            "discard": lambda: (self.tr("Discard"), "", self.tr("End it and delete all of it")),
        }  # fmt: skip
        kinds = {"resume": "primary", "again": "quiet", "discard": "quiet"}
        self.buttons = {name: self._button(name, kinds.get(name, ""), said) for name, said in words.items()}
        for button in self.buttons.values():
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.error = _Strip("trouble", self)
        self.remedies = [new_button(self, partial(self._remedy, number), "" if number else "primary") for number in range(3)]
        self.collapse = _Strip("trouble", self, self.remedies[:1], self.remedies[1:])
        self.use_button = self._button("use", "primary", lambda: (self.tr("Use it"), self.tr("Install and use the model")))
        self.longer_button = self._button("longer", "", lambda: (self.tr("30 minutes more"), self.tr("Learn 30 minutes more")))
        self.card_button = self._button("card", "quiet", lambda: (self.tr("Model card"), self.tr("Show the model card")))
        self.figures_button = self._button(
            "figures", "quiet", lambda: (self.tr("Figures"), self.tr("Show and measure the figures of the model"))
        )
        self.ready = _Strip(
            "panel", self, (self.use_button, self.longer_button, self.card_button, self.figures_button)
        )
        self.now = NowStrip(context, self)
        self.more = RunFigures(context, self)
        self.fold = Fold(self.more, lambda: self.tr("Curves and figures"), self)
        box = stacked(
            head, self.bar, self.error, self.collapse, self.ready, self.now, into=self, margins=(0, 0, SPACE, 0), gap=2 * SPACE,
        )  # fmt: skip
        box.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.more)
        box.addStretch(1)
        self.retranslate()

    def _button(self, what: str, kind: str, words: Words) -> Button:
        return new_button(self, lambda: self.asked.emit(what, self.run) if self.run is not None else None, kind, words)

    # -- showing one

    def show_run(self, run: Run | None) -> None:
        """Look at another run."""
        if self.run is not None:
            self.run.changed.disconnect(self._changed)
            self.run.advanced.disconnect(self._advanced)
        self.run = run
        self.now.show_run(run)
        self.more.show_run(run)
        self._report = {}
        self.material.hide()
        if run is not None:
            run.changed.connect(self._changed)
            run.advanced.connect(self._advanced)
            self.title.setText(run.title)
            self._changed()
            if run.order is not None and run.order.minutes:
                self.context.engine.run(
                    partial(corpora.report_of, Path(run.order.corpus)), channel="what is learned from", name="read a report",
                    done=partial(self._have_report, run),
                )  # fmt: skip

    def _have_report(self, run: Run, report: corpora.Report) -> None:
        if run is self.run and report:
            self._report = report
            self.material.setText(about_material(report))
            self.material.show()

    def _changed(self) -> None:
        self._tell()
        self.now.draw()
        self.more.draw()

    def _advanced(self) -> None:
        self._tell()
        self.now.draw()
        self.more.draw_soon()

    def _tell(self) -> None:
        run = self.run
        if run is None:
            return
        state, record = run.state, run.record
        words, tone = state_of(run)
        parts = [words]
        timed = run.order is not None and run.order.minutes > 0
        if state == "running" and run.left is not None:
            parts.append(self.tr("{time} left").format(time=about_time(run.left)))
        if state == "running" and not timed and record.seconds_a_step is not None and not (record.pieces or record.prior_steps):
            pace = record.seconds_a_step
            speed = self.tr("{count} steps a second") if pace < 1 else self.tr("{count} s a step")
            parts.append(speed.format(count=f"{1 / pace if 0 < pace < 1 else pace:.2g}"))
        elif state == "done" and not timed:
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
        focused = next((button for name, button in self.buttons.items() if button.hasFocus() and not shown[name]), None)
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        if focused is not None:  # Qt would give it to the next, which may be the one that deletes
            (self.now.cards if self.now.isVisibleTo(self) else self).setFocus(Qt.FocusReason.OtherFocusReason)
        self.buttons["resume"].retranslate()
        self.bar.setVisible((bool(record.steps) or run.active) and state != "done")
        self.bar.setRange(0, 1000 if record.steps else 0)
        if record.steps:
            self.bar.setValue(round(1000 * run.share))
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
        judged = so_far(run.record)
        timed = run.order is not None and run.order.minutes > 0
        self.longer_button.setVisible(timed and (done or run.state == "stopped"))
        self.ready.head.setText(self.tr("The model is ready") if done else self.tr("The model so far can be used"))
        where = (
            self.tr("It is installed as {name}.").format(name=run.model) if run.model else
            self.tr("Install it, and make pieces with it on the Create page.")
        )  # fmt: skip
        tone = ""
        use = "" if judged is not None and judged.tone == "bad" else "primary"
        if self.use_button.property("kind") != use:
            set_kind(self.use_button, use)
        if judged is not None and timed:
            self.ready.head.setText(judged.head)
            where = f"{judged.words} {where}" if run.model else judged.words
            tone = judged.tone
        elif timed and done:
            where = self.tr("No piece could be kept back to see how well it learned. Listen to what it writes.") + " " + where
        if self.ready.head.property("tone") != tone:
            self.ready.head.setProperty("tone", tone)
            set_kind(self.ready.head, "heading")
        self.ready.words.setText(where)

    # -- words

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self.material.setText(about_material(self._report))
        self._tell()
