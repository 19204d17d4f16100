"""The panels of the transport: the tempo and the metronome, and the bars that are repeated."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QSlider, QWidget

from genstudio.domains.music.time import DEFAULT_TEMPO, TICKS, beat_ticks
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Words, beside, called, having, new_button, new_label
from genstudio.gui.metronome import COUNTS
from genstudio.gui.player import TEMPOS
from genstudio.gui.theme import SPACE
from genstudio.gui.views.bars import bars_in, bars_of, counted_in, span_of
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.popover import Popover

__all__ = ["LoopPanel", "Tap", "TempoPanel", "form_in", "music"]

_TAPS = 8  # of which the mean is taken
_LONGEST_TAP = 2.5  # seconds; after a longer wait tapping starts again


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
        self._bpm, self._note = DEFAULT_TEMPO, ""  # of the piece, and the sign of its beat
        settings = context.settings
        self.tempo = WholeField(self)
        self.tempo.setKeyboardTracking(False)  # a number that is being typed is none yet
        self.tempo.setMinimumWidth(88)
        self.tap = new_button(self, words=lambda: (
            self.tr("Tap"), self.tr("Tap the tempo"), self.tr("Tap on the beats, twice or more")
        ))  # fmt: skip
        self.written = new_button(self, lambda: settings.__setitem__("tempo", 1.0), "quiet", lambda: (
            self.tr("As written: {bpm}").format(bpm=f"{self._bpm:.0f}"), self.tr("The piece's own tempo")
        ))  # fmt: skip
        self.share = new_label(self, "caption")
        self.clicks = QCheckBox(self)
        self.level = having(QSlider(Qt.Orientation.Horizontal, self), minimum=5, maximum=100, minimumWidth=160)
        self.bars = QComboBox(self)
        for count in COUNTS[1:]:
            self.bars.addItem("", count)
        self.before = QCheckBox(self)
        self._name = new_label(self, "", lambda: (
            self.tr("Tempo  {note} =").format(note=self._note), self.tr("Tempo in beats a minute")
        ), of=self.tempo)  # fmt: skip
        form = form_in(self)
        form.addRow(self._name, _line(self.tempo, self.tap, self.written))
        form.addRow("", self.share)
        form.addRow(new_label(self, "", lambda: self.tr("Metronome"), of=self.clicks), self.clicks)
        form.addRow(new_label(
            self, "", lambda: (self.tr("Loudness"), self.tr("Loudness of the metronome")), of=self.level
        ), self.level)  # fmt: skip
        form.addRow(new_label(
            self, "", lambda: (self.tr("Count in"), self.tr("Bars that are counted in")), of=self.bars
        ), self.bars)  # fmt: skip
        form.addRow("", self.before)
        self.tempo.valueChanged.connect(self._set_tempo)
        self.tap.pressed.connect(self._tapped)
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
        self._bpm, self._note = written, note.sign
        self._name.retranslate()
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
        self.written.retranslate()
        self.bars.setCurrentIndex(max(0, self.bars.findData(int(settings["count_in"]))))
        self.share.setText(self.tr("{percent} of what is written, at the same pitch").format(percent=f"{factor:.0%}"))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Tempo and metronome"))
        self.title.setText(self.tr("Tempo and metronome"))
        self.clicks.setText(self.tr("Click on every beat  (K)"))
        for row, count in enumerate(COUNTS[1:]):
            self.bars.setItemText(row, self.tr("one bar") if count == 1 else self.tr("{count} bars").format(count=count))
        called(self.before, self.tr("Before playing too, not only before recording"))
        super().retranslate()


class LoopPanel(Popover):
    """From which bar to which the piece is repeated."""

    def __init__(self, context: Context, button: QWidget) -> None:
        super().__init__(context, button)
        self.start, self.end = WholeField(self), WholeField(self)
        hint = new_label(self, "caption", lambda: self.tr(
            "Or hold Shift and drag over the line of the piece, or drag the ends of what is marked there."
        ), wrap=True)  # fmt: skip
        self.whole = new_button(self, lambda: context.player.set_loop_span(None), "", lambda: (
            self.tr("The whole piece"), self.tr("Repeat the whole piece")
        ))  # fmt: skip
        form = form_in(self)
        names: tuple[tuple[WholeField, Words], ...] = (
            (self.start, lambda: (self.tr("From bar"), self.tr("First bar that is repeated"))),
            (self.end, lambda: (self.tr("To bar"), self.tr("Last bar that is repeated"))),
        )
        for field, words in names:
            field.setKeyboardTracking(False)
            form.addRow(new_label(self, "", words, of=field), field)
            field.valueChanged.connect(self._set)
        form.addRow("", self.whole)
        self.box.addWidget(hint)
        self.setFixedWidth(300)
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
        super().retranslate()
