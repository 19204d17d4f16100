"""What a model shall be measured on and how thoroughly; and, while it is measured, how far that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from genstudio.gui.context import Context
from genstudio.gui.measured import Corpus, Measured, corpora_for
from genstudio.gui.measuring import Wish, in_words
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.numbers import WholeField
from genstudio.progress import Progress

__all__ = ["MeasureForm"]

_ASK, _WORK = range(2)
_BEGIN = {"limit": 500, "samples": 20, "pairs": 20, "generated": 100}
_MOST = {"generated": 10_000}
_NARROW = 860  # pixels


class _Corpora(QComboBox):
    """The wheel scrolls the page unless it has the focus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class _Number(WholeField):
    """Likewise."""

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
        box = QVBoxLayout(self)
        box.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        box.addWidget(self.stack)
        context.bus.corpora_changed.connect(self.look)

    def _make_ask(self) -> QWidget:
        page = QWidget(self)
        self.head = QLabel(page)
        self.head.setProperty("kind", "heading")
        self.error = QLabel(page)
        self.error.setProperty("kind", "error")
        self.error.setWordWrap(True)
        self.error.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.error.hide()
        self.corpora = _Corpora(page)
        self.corpora.setMinimumContentsLength(18)
        self.corpora.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.corpora.currentIndexChanged.connect(self._tell)
        self.numbers = {name: _Number(page) for name in _BEGIN}
        for name, field in self.numbers.items():
            field.setRange(1 if name == "samples" else 0, _MOST.get(name, 100_000))
            field.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType)
            field.setGroupSeparatorShown(True)
            field.setValue(_BEGIN[name])
        self.labels = {name: QLabel(page) for name in ("corpus", *_BEGIN)}
        self.labels["corpus"].setBuddy(self.corpora)
        for name, field in self.numbers.items():
            self.labels[name].setBuddy(field)
        for label in self.labels.values():
            label.setProperty("kind", "muted")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(4)
        self._arrange(narrow=False)
        self.every = QCheckBox(page)
        self.hint = QLabel(page)
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        self.new_corpus = QPushButton(page)
        self.new_corpus.clicked.connect(lambda: self.build_corpus.emit())
        self.close_button = QPushButton(page)
        self.close_button.setProperty("kind", "quiet")
        self.close_button.clicked.connect(self.hide)
        self.start = QPushButton(page)
        self.start.setProperty("kind", "primary")
        self.start.clicked.connect(self._start)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self.every)
        foot.addStretch(1)
        for button in (self.new_corpus, self.close_button, self.start):
            foot.addWidget(button)
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE)
        box.addWidget(self.head)
        box.addWidget(self.error)
        box.addLayout(self._grid)
        box.addWidget(self.hint)
        box.addLayout(foot)
        return page

    def _arrange(self, *, narrow: bool) -> None:
        """In one line or, where that has no room for the words above the fields, in two."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        columns = 4 if narrow else 5
        fields: dict[str, QWidget] = {"corpus": self.corpora, **self.numbers}
        at = 0
        for name, control in fields.items():
            wide = 2 if narrow and name == "corpus" else 1
            line, column = divmod(at, columns)
            self._grid.addWidget(self.labels[name], 2 * line, column, 1, wide)
            self._grid.addWidget(control, 2 * line + 1, column, 1, wide)
            at += wide
        for column in range(5):
            self._grid.setColumnStretch(column, 3 if column == 0 and not narrow else int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < _NARROW)

    def _make_work(self) -> QWidget:
        page = QWidget(self)
        self.doing = QLabel(page)
        self.doing.setProperty("kind", "heading")
        self.stage = QLabel(page)
        self.stage.setProperty("kind", "muted")
        self.bar = QProgressBar(page)
        self.stop_button = QPushButton(page)
        self.stop_button.clicked.connect(self._stop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.doing)
        words.addWidget(self.stage)
        words.addSpacing(2)
        words.addWidget(self.bar)
        box = QHBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * SPACE)
        box.addLayout(words, 1)
        box.addWidget(self.stop_button)
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

    def values(self) -> dict[str, int]:
        """What the fields say."""
        return {name: field.value() for name, field in self.numbers.items()}

    def put(self, values: dict[str, Any]) -> None:
        """Inverse of :meth:`values`; what does not fit is left out."""
        for name, field in self.numbers.items():
            value = values.get(name)
            if isinstance(value, int) and field.minimum() <= value <= field.maximum():
                field.setValue(value)

    def _start(self) -> None:
        corpus = self.corpus
        if corpus is None or not self._models:
            return
        self.say("")
        models = self._models if self.every.isVisible() and self.every.isChecked() else self._models[:1]
        wishes = [Wish(one.key, one.name, corpus.folder, corpus.split, **self.values()) for one in models]
        # A language model has no latent space in which there could be a way between two pieces.
        self.wanted.emit([
            replace(wish, pairs=0) if one.bottleneck == "none" else wish for one, wish in zip(models, wishes, strict=True)
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
        names = {
            "corpus": self.tr("Corpus"), "limit": self.tr("Pieces"), "samples": self.tr("Draws a piece"),
            "pairs": self.tr("Ways"), "generated": self.tr("New pieces"),
        }  # fmt: skip
        about = {
            "corpus": self.tr("Pieces that this corpus holds out are measured on."),
            "limit": self.tr("How many of them, drawn at random with a fixed seed; 0: all"),
            "samples": self.tr("Samples of the latent code for the likelihood of each piece"),
            "pairs": self.tr("Pairs of pieces between which the way is measured; 0: none"),
            "generated": self.tr("Pieces that the model makes by itself, beside real ones and the training pieces; 0: none"),
        }
        fields: dict[str, QWidget] = {"corpus": self.corpora, **self.numbers}
        for name, field in fields.items():
            self.labels[name].setText(names[name])
            field.setAccessibleName(names[name])
            field.setAccessibleDescription(about[name])
            field.setToolTip(about[name])
            self.labels[name].setToolTip(about[name])
        self.numbers["limit"].setSpecialValueText(self.tr("all"))
        self.numbers["pairs"].setSpecialValueText(self.tr("none"))
        self.numbers["generated"].setSpecialValueText(self.tr("none"))
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
