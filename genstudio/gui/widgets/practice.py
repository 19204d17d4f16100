"""The panels of the transport: the tempo and the metronome, and the bars that are repeated."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, beat_ticks
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, called, having, named, new_label
from genstudio.gui.metronome import COUNTS
from genstudio.gui.player import TEMPOS
from genstudio.gui.theme import SPACE
from genstudio.gui.views.bars import bars_in, bars_of, counted_in, span_of
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.popover import Popover

__all__ = ["LoopPanel", "Tap", "TempoPanel", "form_in", "music"]

_TAPS = 8  # of which the mean is taken
_LONGEST_TAP = 2.5  # seconds; after a longer wait tapping begins anew


class Tap:
    """The tempo that is tapped. Moments are seconds of a clock that only goes forward."""

    def __init__(self) -> None:
        self._moments: list[float] = []

    def tap(self, moment: float) -> float | None:
        """One tap; the beats a minute of the last ones, None at the first."""
        if self._moments and not 0 < moment - self._moments[-1] <= _LONGEST_TAP:
            self._moments.clear()
        self._moments = [*self._moments[-_TAPS:], moment]
        count = len(self._moments) - 1
        return 60 * count / (self._moments[-1] - self._moments[0]) if count else None


def form_in(panel: Popover) -> QFormLayout:
    """Rows of a label and what it is of, below the title of a panel."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, SPACE, SPACE)
    form.setHorizontalSpacing(2 * SPACE)
    form.setVerticalSpacing(SPACE)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    panel.box.addLayout(form)
    return form


def _line(*widgets: QWidget) -> QHBoxLayout:
    return beside(*widgets, gap=SPACE)


def music(context: Context) -> Item | None:
    """The music that the player has."""
    item = context.player.item
    return item if item is not None and item.music else None


class TempoPanel(Popover):
    """The tempo, typed or tapped; the metronome; how many bars are counted in."""

    def __init__(self, context: Context, button: QWidget, clock: Callable[[], float] = time.monotonic) -> None:
        """``clock`` tells the moment of a tap."""
        super().__init__(context, button)
        self._clock, self._tap = clock, Tap()
        settings = context.settings
        self.tempo = WholeField(self)
        self.tempo.setKeyboardTracking(False)  # a number that is being typed is none yet
        self.tempo.setMinimumWidth(88)
        self.tap, self.written = QPushButton(self), having(QPushButton(self), "quiet")
        self.share = new_label(self, "caption")
        self.clicks = QCheckBox(self)
        self.level = having(QSlider(Qt.Orientation.Horizontal, self), minimum=5, maximum=100, minimumWidth=160)
        self.bars = QComboBox(self)
        for count in COUNTS[1:]:
            self.bars.addItem("", count)
        self.before = QCheckBox(self)
        self._labels = tuple(QLabel(self) for _ in range(4))
        form = form_in(self)
        form.addRow(self._labels[0], _line(self.tempo, self.tap, self.written))
        form.addRow("", self.share)
        form.addRow(self._labels[1], self.clicks)
        form.addRow(self._labels[2], self.level)
        form.addRow(self._labels[3], self.bars)
        form.addRow("", self.before)
        for label, field in zip(self._labels, (self.tempo, self.clicks, self.level, self.bars), strict=True):
            label.setBuddy(field)
        self.tempo.valueChanged.connect(self._set_tempo)
        self.tap.pressed.connect(self._tapped)
        self.written.clicked.connect(lambda: settings.__setitem__("tempo", 1.0))
        self.clicks.toggled.connect(lambda on: settings.__setitem__("metronome", bool(on)))
        self.level.valueChanged.connect(lambda value: settings.__setitem__("metronome_level", value / 100))
        self.bars.activated.connect(lambda row: settings.__setitem__("count_in", int(self.bars.itemData(row))))
        self.before.toggled.connect(lambda on: settings.__setitem__("count_in_play", bool(on)))
        settings.changed.connect(lambda name: self.show_state() if self.isVisible() else None)
        context.player.changed.connect(lambda: self.show_state() if self.isVisible() else None)
        self.retranslate()

    @property
    def first(self) -> QWidget | None:
        return self.tempo if self.tempo.isEnabled() else self.clicks

    def _set_tempo(self, bpm: int) -> None:
        item = music(self.context)
        if item is not None:
            written = counted_in(item.piece).of(item.piece.tempos[0].bpm)
            if bpm != round(written * float(self.context.settings["tempo"])):  # else a tempo between two numbers would be lost
                self.context.settings["tempo"] = min(TEMPOS[1], max(TEMPOS[0], bpm / written))

    def _tapped(self) -> None:
        """A tap is on a beat, as the metronome clicks."""
        item, beats = music(self.context), self._tap.tap(self._clock())
        if item is not None and beats is not None:
            first = item.piece.metres[0]
            quarters = beats * beat_ticks(first.numerator, first.denominator) / TICKS
            factor = quarters / item.piece.tempos[0].bpm
            self.context.settings["tempo"] = min(TEMPOS[1], max(TEMPOS[0], factor))

    def show_state(self) -> None:
        settings, item = self.context.settings, music(self.context)
        factor = float(settings["tempo"])
        note = counted_in(item.piece if item is not None else (4, 4))
        written = note.of(item.piece.tempos[0].bpm if item is not None else DEFAULT_TEMPO)
        self._labels[0].setText(self.tr("Tempo  {note} =").format(note=note.sign))
        for widget in (self.tempo, self.clicks, self.level, self.before):
            widget.blockSignals(True)
        self.tempo.setRange(round(written * TEMPOS[0]), round(written * TEMPOS[1]))
        self.tempo.setValue(round(written * factor))
        self.clicks.setChecked(bool(settings["metronome"]))
        self.level.setValue(round(100 * settings["metronome_level"]))
        self.before.setChecked(bool(settings["count_in_play"]))
        for widget in (self.tempo, self.clicks, self.level, self.before):
            widget.blockSignals(False)
        self.tempo.setEnabled(item is not None)
        self.tap.setEnabled(item is not None)
        self.written.setEnabled(factor != 1.0)
        self.written.setText(self.tr("As written: {bpm}").format(bpm=f"{written:.0f}"))
        self.bars.setCurrentIndex(max(0, self.bars.findData(int(settings["count_in"]))))
        self.share.setText(self.tr("{percent} of what is written, at the same pitch").format(percent=f"{factor:.0%}"))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Tempo and metronome"))
        self.title.setText(self.tr("Tempo and metronome"))
        names = (self.tr("Metronome"), self.tr("Loudness"), self.tr("Count in"))
        for label, name in zip(self._labels[1:], names, strict=True):
            label.setText(name)
        self.tempo.setAccessibleName(self.tr("Tempo in beats a minute"))
        self.tap.setText(self.tr("Tap"))
        named(self.tap, self.tr("Tap the tempo"), self.tr("Tap on the beats, twice or more"))
        self.written.setAccessibleName(self.tr("The piece's own tempo"))
        self.clicks.setText(self.tr("Click on every beat  (K)"))
        self.clicks.setAccessibleName(self.tr("Metronome"))
        self.level.setAccessibleName(self.tr("Loudness of the metronome"))
        self.bars.setAccessibleName(self.tr("Bars that are counted in"))
        for row, count in enumerate(COUNTS[1:]):
            self.bars.setItemText(row, self.tr("one bar") if count == 1 else self.tr("{count} bars").format(count=count))
        called(self.before, self.tr("Before playing too, not only before recording"))
        super().retranslate()


class LoopPanel(Popover):
    """From which bar to which the piece is repeated."""

    def __init__(self, context: Context, button: QWidget) -> None:
        super().__init__(context, button)
        self.start, self.end = WholeField(self), WholeField(self)
        self.hint = new_label(self, "caption", wrap=True)
        self.whole = QPushButton(self)
        self._labels = (QLabel(self), QLabel(self))
        form = form_in(self)
        for label, field in zip(self._labels, (self.start, self.end), strict=True):
            field.setKeyboardTracking(False)
            label.setBuddy(field)
            form.addRow(label, field)
            field.valueChanged.connect(self._set)
        form.addRow("", self.whole)
        self.box.addWidget(self.hint)
        self.setFixedWidth(300)
        self.whole.clicked.connect(lambda: context.player.set_loop_span(None))
        context.player.changed.connect(lambda: self.show_state() if self.isVisible() else None)
        self.retranslate()

    @property
    def first(self) -> QWidget | None:
        return self.start

    def ready(self) -> bool:
        return music(self.context) is not None

    def _set(self) -> None:
        item = music(self.context)
        if item is not None:
            self.context.player.set_loop_span(span_of(item.piece, self.start.value(), self.end.value()))

    def show_state(self) -> None:
        item = music(self.context)
        if item is None:
            return
        numbers = [bar.number for bar in bars_of(item.piece)]
        span = self.context.player.loop_span
        chosen = (numbers[0], numbers[-1]) if span is None else bars_in(item.piece, span)
        for field, number in zip((self.start, self.end), chosen, strict=True):
            with QSignalBlocker(field):
                field.setRange(numbers[0], numbers[-1])
                field.setValue(number)
        self.whole.setEnabled(span is not None)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Bars that are repeated"))
        self.title.setText(self.tr("Bars that are repeated"))
        self._labels[0].setText(self.tr("From bar"))
        self._labels[1].setText(self.tr("To bar"))
        self.start.setAccessibleName(self.tr("First bar that is repeated"))
        self.end.setAccessibleName(self.tr("Last bar that is repeated"))
        self.whole.setText(self.tr("The whole piece"))
        self.whole.setAccessibleName(self.tr("Repeat the whole piece"))
        self.hint.setText(self.tr("Or hold Shift and drag over the line of the piece, or drag the ends of what is marked there."))
        super().retranslate()
