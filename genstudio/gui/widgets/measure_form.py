"""What a model shall be measured on and how thoroughly; and, while it is measured, how far that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from genstudio.config import SamplingChoice, settings
from genstudio.evaluation.options import EvaluationOptions
from genstudio.gui.context import Context
from genstudio.gui.layouts import beside, new_button, new_label, stacked
from genstudio.gui.measured import Corpus, Measured, corpora_for
from genstudio.gui.measuring import Wish, in_words
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.form import Form
from genstudio.progress import Progress

__all__ = ["MeasureForm"]

_ASK, _WORK = range(2)
_SETTLED = {"split", "write", "examples", "seed", *(about["name"] for about in settings(SamplingChoice))}  # nobody is asked
_BEGIN = {"limit": 500, "interpolation": 20}


class _Corpora(QComboBox):
    """The wheel scrolls the page unless it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Stack(QStackedWidget):
    """As high as the part in front."""

    def sizeHint(self) -> QSize:
        part = self.currentWidget()
        return part.sizeHint() if part is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        part = self.currentWidget()
        return part.minimumSizeHint() if part is not None else super().minimumSizeHint()


class MeasureForm(QFrame):
    """Asks, and shows how far it is; whoever owns it measures."""

    wanted = Signal(list)  # of Wish
    stop = Signal()
    build_corpus = Signal()
    turned = Signal()  # it asks, works, is shown or hidden: it is of another height

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._models: list[Measured] = []
        self._corpora: list[Corpus] = []
        self._domain = ""
        self._narrow: bool | None = None
        self.setProperty("kind", "panel")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.stack = _Stack(self)
        self.stack.addWidget(self._make_ask())
        self.stack.addWidget(self._make_work())
        stacked(self.stack, into=self, margins=(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4))
        context.bus.corpora_changed.connect(self.look)

    def _make_ask(self) -> QWidget:
        page = QWidget(self)
        self.head = new_label(page, "heading")
        self.error = new_label(page, "error", wrap=True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.corpora = _Corpora(page)
        self.corpora.setMinimumContentsLength(18)
        self.corpora.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.corpora.currentIndexChanged.connect(self._tell)
        self.form = Form([about for about in settings(EvaluationOptions) if about["name"] not in _SETTLED], _BEGIN, page)
        self.label = new_label(page, "muted")
        self.label.setBuddy(self.corpora)
        self.every = QCheckBox(page)
        self.hint = new_label(page, "caption", wrap=True)
        self.new_corpus = new_button(page, lambda: self.build_corpus.emit())
        self.close_button = new_button(page, self.hide, "quiet")
        self.start = new_button(page, self._start, "primary")
        stacked(
            self.head, self.error, beside(self.label, (self.corpora, 1), gap=SPACE), self.form, self.hint,
            beside(self.every, None, self.new_corpus, self.close_button, self.start, gap=SPACE), into=page, gap=SPACE,
        )  # fmt: skip
        return page

    def _make_work(self) -> QWidget:
        page = QWidget(self)
        self.doing = new_label(page, "heading")
        self.stage = new_label(page, "muted")
        self.bar = QProgressBar(page)
        self.stop_button = new_button(page, self._stop)
        beside((stacked(self.doing, self.stage, 2, self.bar, gap=4), 1), self.stop_button, into=page, gap=2 * SPACE)
        return page

    # -- asking

    def show_models(self, models: Sequence[Measured]) -> None:
        """Ask about these: the first, and, where they are wanted too, the others of the same kind of data."""
        domain = models[0].domain if models else ""
        self._models = [model for model in models if model.domain == domain and not model.error]
        if domain != self._domain:
            self._domain = domain
            self._corpora = []
            self.look()
        self._tell()

    def look(self, folder: str = "") -> None:
        """Look for corpora anew."""
        if self._domain:
            known = [str(place) for place in self.context.settings["corpora"]]
            self.context.engine.run(
                partial(corpora_for, self._domain, known), channel="corpora to measure on", name="look for corpora",
                done=partial(self._have, self._domain),
            )  # fmt: skip

    def _have(self, domain: str, found: list[Corpus]) -> None:
        if domain != self._domain:
            return
        before = self.corpora.currentData()
        on = self._models[0].on if self._models else ""
        self._corpora = found
        self.corpora.blockSignals(True)
        self.corpora.clear()
        for one in found:
            kept, seen = self.tr("{name}: {count} pieces"), self.tr("{name}: {count} pieces looked at in training")
            said = kept if one.split == "test" else seen
            self.corpora.addItem(said.format(name=one.name, count=f"{one.count:,}"), one.folder)
        like = next((one.folder for one in found if on.endswith(f" {one.name}")), "")
        self.corpora.setCurrentIndex(max(0, self.corpora.findData(before or like)) if found else -1)
        self.corpora.blockSignals(False)
        self._tell()

    def _tell(self) -> None:
        first = self._models[0].name if self._models else ""
        self.head.setText(self.tr("Measure {name}").format(name=first))
        nothing = not self._corpora
        self.corpora.setEnabled(not nothing)
        self.corpora.setPlaceholderText(self.tr("none yet"))
        self.corpora.setToolTip(self.tr("There is no corpus of its kind that holds pieces out; make one first.") if nothing else "")
        self.start.setEnabled(not nothing and bool(self._models))
        self.start.setToolTip(self.corpora.toolTip())
        self.new_corpus.setVisible(nothing)
        self.every.setVisible(len(self._models) > 1)
        self.every.setText(self.tr("All {count} models, one after the other").format(count=len(self._models)))
        self.hint.setText(
            self.corpora.toolTip() if nothing else
            self.tr("On pieces that it was not trained on. More samples and pairs take longer and are nearer to the truth.")
        )  # fmt: skip
        chosen = self.corpus
        self.corpora.setAccessibleDescription(chosen.folder if chosen is not None else "")

    @property
    def corpus(self) -> Corpus | None:
        """The one that is chosen."""
        return next((one for one in self._corpora if one.folder == self.corpora.currentData()), None)

    def say(self, sentence: str) -> None:
        """Show what went wrong, or nothing."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def values(self) -> dict[str, Any]:
        """What the fields say."""
        return self.form.values

    def put(self, values: dict[str, Any]) -> None:
        """Inverse of :meth:`values`; what does not fit is left out."""
        self.form.restore(values)

    def _start(self) -> None:
        corpus = self.corpus
        if corpus is None or not self._models:
            return
        self.say("")
        models = self._models if self.every.isVisible() and self.every.isChecked() else self._models[:1]
        # A language model has no latent space in which there could be a way between two pieces.
        asked = [{**self.values(), **({"interpolation": 0} if one.bottleneck == "none" else {})} for one in models]
        self.wanted.emit([
            Wish(one.key, one.name, corpus.folder, corpus.split, options=options)
            for one, options in zip(models, asked, strict=True)
        ])  # fmt: skip

    # -- at work

    def begin(self, wish: Wish, waiting: int) -> None:
        """A model is being measured, and so many after it will be."""
        words = self.tr("Measuring {name}") if not waiting else self.tr("Measuring {name}, then {count} more")
        self.doing.setText(words.format(name=wish.name, count=waiting))
        self.stage.setText(self.tr("Starting"))
        self.bar.setRange(0, 0)
        self.stop_button.setEnabled(True)
        self.stop_button.setToolTip("")
        self._turn(_WORK)

    def tell(self, told: Progress) -> None:
        """It has got further."""
        if self.stop_button.isEnabled():
            self.stage.setText(in_words(told))
        known = bool(told.total and told.done)
        self.bar.setRange(0, 1000 if known else 0)
        if known and told.total:
            self.bar.setValue(round(1000 * min(1.0, told.done / told.total)))

    def over(self) -> None:
        """Nothing is being measured any longer."""
        self._turn(_ASK)

    def _turn(self, part: int) -> None:
        focused = self.in_focus
        self.stack.setCurrentIndex(part)
        self.stack.updateGeometry()
        self.turned.emit()
        if focused:
            (self.stop_button if part == _WORK else self.start).setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_button.setToolTip(self.tr("It ends at its next safe point."))
        self.stage.setText(self.tr("Stopping"))
        self.stop.emit()

    @property
    def asking(self) -> bool:
        """Whether its fields are in sight."""
        return not self.isHidden() and self.stack.currentIndex() == _ASK

    @property
    def in_focus(self) -> bool:
        """Whether one of its controls has the focus."""
        return any(one.hasFocus() for one in self.findChildren(QWidget))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit()

    # -- words

    def retranslate(self) -> None:
        """Set every string."""
        self.label.setText(self.tr("Corpus"))
        self.corpora.setAccessibleName(self.tr("Corpus"))
        self.label.setToolTip(self.tr("Pieces that this corpus holds out are measured on."))
        self.form.retranslate()
        self.new_corpus.setText(self.tr("Build a corpus"))
        self.close_button.setText(self.tr("Close"))
        self.close_button.setAccessibleName(self.tr("Close the form"))
        self.start.setText(self.tr("Start"))
        self.start.setAccessibleName(self.tr("Start measuring"))
        self.stop_button.setText(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop measuring"))
        self.bar.setAccessibleName(self.tr("Progress of the measurement"))
        self._tell()
        self._have(self._domain, self._corpora)
