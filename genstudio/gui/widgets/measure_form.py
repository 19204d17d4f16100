"""What a model shall be measured on and how thoroughly; and, while it is measured, how far that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from genstudio.config import SamplingChoice, settings
from genstudio.evaluation.options import EvaluationOptions
from genstudio.gui.context import Context
from genstudio.gui.corpora import Facts
from genstudio.gui.layouts import Worded, Wrong, allow, beside, new_button, new_label, stacked
from genstudio.gui.measured import Measured
from genstudio.gui.measuring import Measurer, Wish, in_words
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.corpus_job import CorpusChoice
from genstudio.gui.widgets.form import Form
from genstudio.progress import Progress

__all__ = ["MeasureForm"]

_ASK, _WORK = range(2)
_SETTLED = {"split", "write", "examples", "seed", *(about["name"] for about in settings(SamplingChoice))}  # nobody is asked
_BEGIN = {"limit": 500, "interpolation": 20}


class _Stack(QStackedWidget):
    """As high as the part in front."""

    def sizeHint(self) -> QSize:
        part = self.currentWidget()
        return part.sizeHint() if part is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        part = self.currentWidget()
        return part.minimumSizeHint() if part is not None else super().minimumSizeHint()


class MeasureForm(Worded, QFrame):
    """Asks, has it measured, and shows how far that is; what went wrong is said in it."""

    left = Signal()  # it has the focus, and goes

    def __init__(self, context: Context, measurer: Measurer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._measurer = context, measurer
        self._models: list[Measured] = []
        self.setProperty("kind", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.stack = _Stack(self)
        self.stack.addWidget(self._make_ask())
        self.stack.addWidget(self._make_work())
        stacked(self.stack, into=self, margins=(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4))
        measurer.begun.connect(self._begun)
        measurer.progressed.connect(self._progressed)
        measurer.failed.connect(self._failed)
        measurer.done.connect(self._measured)
        measurer.stopped.connect(lambda: self._turn(_ASK))
        self.retranslate()

    def _make_ask(self) -> QWidget:
        page = QWidget(self)
        self.head = new_label(page, "heading")
        self.error = Wrong(page)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.corpora = CorpusChoice(self.context, self._about, page)
        self.corpora.setMinimumContentsLength(18)
        self.corpora.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.corpora.found.connect(self._tell)
        self.corpora.currentIndexChanged.connect(self._tell)
        self.form = Form([about for about in settings(EvaluationOptions) if about["name"] not in _SETTLED], _BEGIN, page)
        self.label = new_label(page, "muted", lambda: self.tr("Corpus"))
        self.label.setBuddy(self.corpora)
        self.every = QCheckBox(page)
        self.hint = new_label(page, "caption", wrap=True)
        go = partial(self.context.bus.go.emit, "corpus")
        self.new_corpus = new_button(page, go, "", lambda: self.tr("Build a corpus"))
        close = new_button(page, self.hide, "quiet", lambda: (self.tr("Close"), self.tr("Close the form")))
        self.start = new_button(page, self._start, "primary", lambda: (self.tr("Start"), self.tr("Start measuring")))
        stacked(
            self.head, self.error, beside(self.label, (self.corpora, 1), gap=SPACE), self.form, self.hint,
            beside(self.every, None, self.new_corpus, close, self.start, gap=SPACE), into=page, gap=SPACE,
        )  # fmt: skip
        return page

    def _make_work(self) -> QWidget:
        page = QWidget(self)
        self.doing = new_label(page, "heading")
        self.stage = new_label(page, "muted")
        self.bar = QProgressBar(page)
        self.stop_button = new_button(page, self._stop, "", lambda: (self.tr("Stop"), self.tr("Stop measuring")))
        beside((stacked(self.doing, self.stage, 2, self.bar, gap=4), 1), self.stop_button, into=page, gap=2 * SPACE)
        return page

    # -- asking

    def show_models(self, models: Sequence[Measured]) -> None:
        """Ask about these: the first, and, where they are wanted too, the others of the same kind of data."""
        domain, on = (models[0].domain, models[0].on) if models and models[0].domain else (None, "")
        self._models = [model for model in models if model.domain == domain and not model.error]
        self.corpora.look_for(domain, on.partition(" split of ")[2])
        self._tell()

    def ask(self) -> None:
        """Come into sight, to be filled in."""
        self.show()
        self.corpora.look()
        (self.stop_button if self._measurer.running else self.corpora).setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self, one: Facts) -> str:
        kept, seen = self.tr("{name}: {count} pieces"), self.tr("{name}: {count} pieces looked at in training")
        count = f"{one.counts[one.held_out]:,}" if one.held_out else ""
        return (kept if one.held_out == "test" else seen).format(name=one.name, count=count) if count else ""

    def _tell(self) -> None:
        nothing, chosen = self.corpora.count() == 0, self.corpora.chosen
        lacking = self.tr("There is no corpus of its kind that holds pieces out; make one first.") if nothing else ""
        self.head.setText(self.tr("Measure {name}").format(name=self._models[0].name if self._models else ""))
        allow(self.corpora, lacking)
        self.corpora.setPlaceholderText(self.tr("none yet"))
        self.corpora.setAccessibleDescription(chosen.folder if chosen is not None else "")
        self.start.setEnabled(not nothing and bool(self._models))
        self.start.setToolTip(lacking)
        self.new_corpus.setVisible(nothing)
        self.every.setVisible(len(self._models) > 1)
        self.every.setText(self.tr("All {count} models, one after the other").format(count=len(self._models)))
        usual = self.tr("On pieces that it was not trained on. More samples and pairs take longer and are nearer to the truth.")
        self.hint.setText(lacking or usual)

    @property
    def corpus(self) -> Facts | None:
        """The one that is chosen."""
        return self.corpora.chosen

    def _start(self) -> None:
        corpus = self.corpus
        if corpus is None or not self._models:
            return
        self.error.say("")
        models = self._models if self.every.isVisible() and self.every.isChecked() else self._models[:1]
        # A language model has no latent space in which there could be a way between two pieces.
        asked = [{**self.form.values, **({"interpolation": 0} if one.bottleneck == "none" else {})} for one in models]
        self._measurer.measure([
            Wish(one.key, one.name, corpus.folder, corpus.held_out, options=options)
            for one, options in zip(models, asked, strict=True)
        ])  # fmt: skip

    # -- at work

    def _begun(self, wish: Wish, waiting: int) -> None:
        words = self.tr("Measuring {name}") if not waiting else self.tr("Measuring {name}, then {count} more")
        self.doing.setText(words.format(name=wish.name, count=waiting))
        self.stage.setText(self.tr("Starting"))
        self.bar.setRange(0, 0)
        allow(self.stop_button)
        self._turn(_WORK)

    def _progressed(self, told: Progress) -> None:
        if self.stop_button.isEnabled():
            self.stage.setText(in_words(told))
        known = bool(told.total and told.done)
        self.bar.setRange(0, 1000 if known else 0)
        if known and told.total:
            self.bar.setValue(round(1000 * min(1.0, told.done / told.total)))

    def _measured(self, told: object) -> None:
        if not self._measurer.running:  # else another one follows
            self._turn(_ASK)
            if self._in_focus:
                self.left.emit()
            self.hide()

    def _failed(self, sentence: str) -> None:
        self._turn(_ASK)
        self.error.say(sentence)
        self.show()

    def _turn(self, part: int) -> None:
        focused = self._in_focus
        self.stack.setCurrentIndex(part)
        self.stack.updateGeometry()
        if focused:
            (self.stop_button if part == _WORK else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        allow(self.stop_button, self.tr("It ends at its next safe point."))
        self.stage.setText(self.tr("Stopping"))
        self._measurer.stop()

    @property
    def _in_focus(self) -> bool:
        return any(one.hasFocus() for one in self.findChildren(QWidget))

    # -- words

    def retranslate(self) -> None:
        self.bar.setAccessibleName(self.tr("Progress of the measurement"))
        self.label.setToolTip(self.tr("Pieces that this corpus holds out are measured on."))
        self.form.retranslate()
        self._tell()
