"""Playing or drawing a melody: a roll to draw in, a keyboard to play on, and a recorder.

Without recording each key writes a note of the chosen length and goes on; while recording, what is played in time is put on the
grid. Keys of the computer follow the rows of a piano: A W S E D F T G Y H U J K O L P are C to D#.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from genstudio.domains.melody import Melody, Note
from genstudio.domains.music.geometry import is_black
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.pages.create.score import GRIDS, METRES, MOST_BARS, Score, quantised
from genstudio.gui.theme import SPACE
from genstudio.gui.views.roll import pitch_colours
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["ComposeDialog", "Keyboard", "Sheet"]

_LOW, _HIGH = 48, 84  # pitches of the roll and the keyboard: C3 to C6
_KEYS = "AWSEDFTGYHUJKOLP"
_BASE = 60  # the pitch of A
_ROW = 9  # pixels of a semitone
_QUARTER = 40  # pixels of a quarter
_SIDE = 34  # pixels of the names at the left
_SOUND = 0.35  # seconds of a key that is heard while nothing is recorded


def _name(pitch: int) -> str:
    return f"{'C C♯D D♯E F F♯G G♯A A♯B '[2 * (pitch % 12):][:2].strip()}{pitch // 12 - 1}"


class Sheet(QWidget):
    """A roll to draw in: a drag writes a note, a click on a note takes it out."""

    changed = Signal()
    touched = Signal(int)  # a pitch, to be heard

    def __init__(self, context: Context, score: Score, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.score = context, score
        self.grid = GRIDS["1/8"]
        self.cursor_tick = 0
        self._drawn: tuple[int, int, int] | None = None  # start, end and pitch of the note that is being drawn
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        context.theme.changed.connect(self.update)
        self.fit()

    def fit(self) -> None:
        """Have room for what there is and a bar or two more."""
        bars = min(MOST_BARS, max(self.score.bars + 1, self.cursor_tick // self.score.bar + 2))
        around = self.parentWidget()
        room = around.width() if around is not None else 0
        self.setFixedSize(max(room, self.x_of(bars * self.score.bar) + SPACE), (_HIGH - _LOW + 1) * _ROW)
        self.setAccessibleDescription(", ".join(_name(note.pitch) for note in self.score.notes))
        self.update()

    def _x(self, tick: float) -> float:
        return _SIDE + tick * _QUARTER / 480

    def x_of(self, tick: float) -> int:
        """The pixel of a tick."""
        return round(self._x(tick))

    def y_of(self, pitch: int) -> int:
        """The pixel of the middle of a pitch."""
        return round((_HIGH - pitch + 0.5) * _ROW)

    def _place(self, event: QMouseEvent) -> tuple[int, int]:
        tick = max(0.0, (event.position().x() - _SIDE) * 480 / _QUARTER)
        pitch = _HIGH - int(event.position().y() // _ROW)
        return int(tick), min(_HIGH, max(_LOW, pitch))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tick, pitch = self._place(event)
        note = self.score.note_at(tick, pitch)
        if event.button() == Qt.MouseButton.RightButton or note is not None:
            if note is not None:
                self.score.remove(note)
                self._tell()
            return
        start = tick // self.grid * self.grid
        self._drawn = (start, start + self.grid, pitch)
        self.touched.emit(pitch)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawn is not None:
            start, _, _ = self._drawn
            tick, pitch = self._place(event)
            if pitch != self._drawn[2]:
                self.touched.emit(pitch)
            self._drawn = (start, max(start + self.grid, (tick // self.grid + 1) * self.grid), pitch)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drawn is not None:
            start, end, pitch = self._drawn
            self._drawn = None
            self.score.add(start, end, pitch)
            self.cursor_tick = end
            self._tell()

    def _tell(self) -> None:
        self.fit()
        self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        small = self.font()
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.7))
        painter.setFont(small)
        for pitch in range(_LOW, _HIGH + 1):
            y = (_HIGH - pitch) * _ROW
            if is_black(pitch):
                painter.fillRect(QRectF(_SIDE, y, self.width(), _ROW), QColor(colours.sunken))
            if pitch % 12 == 0:
                painter.setPen(QColor(colours.muted))
                where = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                painter.drawText(QRectF(0, y - 3, _SIDE - 6, _ROW + 6), where, _name(pitch))
        tick = 0
        while self._x(tick) < self.width():
            whole, beat = tick % self.score.bar == 0, tick % self.score.bar % self.score.beat == 0
            painter.setPen(QPen(QColor(colours.edge if whole else colours.line), 1.2 if whole else 1.0 if beat else 0.4))
            painter.drawLine(QPointF(self._x(tick), 0), QPointF(self._x(tick), self.height()))
            tick += self.grid
        palette = pitch_colours(colours)
        drawn = [Note(*self._drawn)] if self._drawn is not None else []
        painter.setPen(Qt.PenStyle.NoPen)
        for note in [*self.score.notes, *drawn]:
            painter.setBrush(palette[note.pitch % 12])
            y = (_HIGH - min(_HIGH, max(_LOW, note.pitch))) * _ROW
            painter.drawRoundedRect(
                QRectF(self._x(note.start) + 0.5, y + 0.5, max(3.0, (note.end - note.start) * _QUARTER / 480 - 1.5), _ROW - 1), 2, 2
            )
        painter.setPen(QPen(QColor(colours.accent), 2))
        painter.drawLine(QPointF(self._x(self.cursor_tick), 0), QPointF(self._x(self.cursor_tick), self.height()))


class _Area(QScrollArea):
    """Leaves the arrow keys to the dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class Keyboard(QWidget):
    """A piano to click on; ``pressed`` and ``released`` tell pitches."""

    pressed = Signal(int)
    released = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.down: set[int] = set()
        self._clicked: int | None = None
        self.octave = 0
        self.setMinimumSize(420, 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 92)

    def _white(self) -> list[int]:
        return [pitch for pitch in range(_LOW, _HIGH + 1) if not is_black(pitch)]

    def rect_of(self, pitch: int) -> QRectF:
        """Where a key is drawn."""
        white = self._white()
        wide = self.width() / len(white)
        if not is_black(pitch):
            return QRectF(white.index(pitch) * wide, 0, wide, self.height())
        return QRectF((white.index(pitch - 1) + 1) * wide - 0.3 * wide, 0, 0.6 * wide, 0.6 * self.height())

    def _pitch_at(self, point: QPointF) -> int | None:
        order = sorted(range(_LOW, _HIGH + 1), key=lambda pitch: not is_black(pitch))
        return next((pitch for pitch in order if self.rect_of(pitch).contains(point)), None)

    def press(self, pitch: int) -> None:
        """A key goes down."""
        if pitch not in self.down:
            self.down.add(pitch)
            self.update()
            self.pressed.emit(pitch)

    def release(self, pitch: int) -> None:
        """A key goes up."""
        if pitch in self.down:
            self.down.discard(pitch)
            self.update()
            self.released.emit(pitch)

    def release_all(self) -> None:
        """All keys go up: the window has lost the keyboard."""
        for pitch in sorted(self.down):
            self.release(pitch)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._clicked = self._pitch_at(event.position())
        if self._clicked is not None:
            self.press(self._clicked)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._clicked is not None:
            self.release(self._clicked)
            self._clicked = None

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        palette = pitch_colours(colours)
        dark = colours.name == "dark"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = self.font()
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.75))
        painter.setFont(small)
        # A piano is black and white in the dark too.
        for black in (False, True):
            for pitch in range(_LOW, _HIGH + 1):
                if is_black(pitch) != black:
                    continue
                ground = ("#0d1016", "#c9ceda") if dark else ("#2b3140", "#ffffff")
                painter.setBrush(palette[pitch % 12] if pitch in self.down else QColor(ground[not black]))
                painter.setPen(QPen(QColor(colours.edge), 1))
                rect = self.rect_of(pitch)
                painter.drawRoundedRect(rect.adjusted(0.5, -4, -0.5, -1), 3, 3)
                letter = self._letter(pitch)
                if letter:
                    painter.setPen(QColor(colours.on_accent if pitch in self.down else ground[black]))
                    where = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
                    painter.drawText(rect.adjusted(0, 0, 0, -6), where, letter)

    def _letter(self, pitch: int) -> str:
        place = pitch - _BASE - 12 * self.octave
        return _KEYS[place] if 0 <= place < len(_KEYS) else ""


class ComposeDialog(QDialog):
    """Play or draw a melody; ``made`` brings it."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, melody: Melody | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.score = Score(melody)
        self._started: dict[int, float] = {}  # where keys that are down went down, in ticks
        self._clock = QElapsedTimer()
        self._recording = False
        self._timer = QTimer(self)
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._tick)
        self.resize(860, 560)
        self.setWindowTitle(self.tr("Play or draw"))
        self._build()
        self.retranslate()
        self.retheme()
        self._refresh()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE + 4)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        self.record, self.play, self.clear = QPushButton(), QPushButton(), QPushButton()
        self.record.setCheckable(True)
        self.metre, self.step, self.tempo = QComboBox(), QComboBox(), WholeField()
        for numerator, denominator in METRES:
            self.metre.addItem(f"{numerator}/{denominator}", (numerator, denominator))
        self.metre.setCurrentIndex(METRES.index(self.score.metre))
        for name, ticks in GRIDS.items():
            self.step.addItem("", ticks)
            if name == "1/8":
                self.step.setCurrentIndex(self.step.count() - 1)
        self.tempo.setRange(40, 240)
        self.tempo.setValue(round(self.score.tempo))
        self._labels = (QLabel(), QLabel(), QLabel())
        top.addWidget(self.record)
        top.addWidget(self.play)
        for label, field in zip(self._labels, (self.metre, self.step, self.tempo), strict=True):
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            top.addSpacing(SPACE)
            top.addWidget(label)
            top.addWidget(field)
        top.addStretch(1)
        top.addWidget(self.clear)
        layout.addLayout(top)
        self.sheet = Sheet(self.context, self.score)
        self.area = _Area()
        self.area.setWidget(self.sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.area, 1)
        self.keyboard = Keyboard(self.context)
        layout.addWidget(self.keyboard)
        bottom = QHBoxLayout()
        self.hint = QLabel()
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        self.cancel, self.use = QPushButton(), QPushButton()
        self.use.setProperty("kind", "primary")
        bottom.addWidget(self.hint, 1)
        bottom.addWidget(self.cancel)
        bottom.addWidget(self.use)
        layout.addLayout(bottom)
        for button in (self.record, self.play, self.clear, self.cancel, self.use):
            button.setAutoDefault(False)
        self.record.toggled.connect(self._record)
        self.play.clicked.connect(self._play)
        self.clear.clicked.connect(self._clear)
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self.metre.currentIndexChanged.connect(self._set)
        self.step.currentIndexChanged.connect(self._set)
        self.tempo.valueChanged.connect(self._set)
        self.keyboard.pressed.connect(self._key_down)
        self.keyboard.released.connect(self._key_up)
        self.sheet.changed.connect(self._refresh)
        self.sheet.touched.connect(self._sound)
        self.sheet.setFocus()
        self.area.verticalScrollBar().setValue(self.sheet.y_of(72) - 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sheet.fit()

    # -- settings

    def _set(self) -> None:
        self.score.metre = METRES[self.metre.currentIndex()]
        self.score.tempo = float(self.tempo.value())
        self.sheet.grid = int(self.step.currentData())
        self.sheet.fit()

    def _clear(self) -> None:
        self.score.clear()
        self.sheet.cursor_tick = 0
        self.sheet.fit()
        self._refresh()

    def _refresh(self) -> None:
        there = bool(self.score.notes)
        empty = "" if there else self.tr("There are no notes yet.")
        for button in (self.use, self.play, self.clear):
            button.setEnabled(there)
            button.setToolTip(empty)

    # -- playing

    def _now(self) -> float:
        """Ticks since the recording began; the count-in is before nought."""
        return self._clock.elapsed() / 1000 * self.score.tempo * 480 / 60 - self.score.bar

    def _sound(self, pitch: int) -> None:
        ticks = max(1, round(_SOUND * self.score.tempo * 480 / 60))
        note = Score()
        note.tempo = self.score.tempo
        note.add(0, ticks, pitch)
        melody = note.melody("")
        if melody is not None:
            self.context.player.play(Item(melody, "melody", _name(pitch)))

    def _key_down(self, pitch: int) -> None:
        if self._recording:
            self._started[pitch] = self._now()
            return
        self._sound(pitch)
        at = self.sheet.cursor_tick
        self.score.add(at, at + self.sheet.grid, pitch)
        self._go_to(at + self.sheet.grid)
        self._refresh()

    def _key_up(self, pitch: int) -> None:
        began = self._started.pop(pitch, None)
        if began is None:
            return
        grid = self.sheet.grid
        end, start = quantised(self._now(), grid), quantised(began, grid)
        if self._now() > -grid:  # what was played in the count-in is no note
            self.score.add(start, max(start + grid, end), pitch)
            self.sheet.fit()
            self._refresh()

    def _go_to(self, tick: int) -> None:
        self.sheet.cursor_tick = max(0, min(tick, (MOST_BARS - 1) * self.score.bar))
        self.sheet.fit()
        self.area.ensureVisible(self.sheet.x_of(self.sheet.cursor_tick), self.area.verticalScrollBar().value() + 40, 60, 0)

    # -- recording

    def _record(self, on: bool) -> None:
        self._recording = on
        self._started.clear()
        if on:
            self.context.player.stop()
            self._clock.start()
            self._timer.start()
            self.sheet.setFocus()
        else:
            self._timer.stop()
            self._go_to(quantised(self.score.end, self.sheet.grid))
        self._tell()

    def _tick(self) -> None:
        now = self._now()
        if now >= (MOST_BARS - 1) * self.score.bar:
            self.record.setChecked(False)
            return
        self._tell()
        if now >= 0:
            self._go_to(int(now))

    def _tell(self) -> None:
        if not self._recording:
            self.record.setText(self.tr("Record"))
            return
        beat = int((self._now() + self.score.bar) // self.score.beat)
        beats = self.score.bar // self.score.beat
        if self._now() < 0:
            self.record.setText(self.tr("In {count}").format(count=beats - beat))
        else:
            self.record.setText(self.tr("Stop ({beat})").format(beat=beat % beats + 1))

    def _play(self) -> None:
        melody = self.score.melody(self.tr("My melody"))
        if melody is not None:
            self.context.player.play(Item(melody, "melody", melody.title))

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        text = event.text().upper()
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            super().keyPressEvent(event)
        elif text and text in _KEYS:
            if not event.isAutoRepeat():
                self.keyboard.press(_BASE + 12 * self.keyboard.octave + _KEYS.index(text))
        elif text in ("Z", "X"):
            self.keyboard.octave = max(-1, min(1, self.keyboard.octave + (1 if text == "X" else -1)))
            self.keyboard.release_all()
            self.keyboard.update()
        elif key == Qt.Key.Key_Backspace:
            self._take_back()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._go_to(self.sheet.cursor_tick + (1 if key == Qt.Key.Key_Right else -1) * self.sheet.grid)
        elif key == Qt.Key.Key_Space and not self.record.hasFocus():
            self._play()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.use.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        text = event.text().upper()
        if text and text in _KEYS and not event.isAutoRepeat():
            self.keyboard.release(_BASE + 12 * self.keyboard.octave + _KEYS.index(text))
        else:
            super().keyReleaseEvent(event)

    def _take_back(self) -> None:
        """Take out the note before the cursor, or go back a step where there is none."""
        at = self.sheet.cursor_tick
        before = [note for note in self.score.notes if note.start < at <= note.end]
        for note in before:
            self.score.remove(note)
        self._go_to(before[0].start if before else at - self.sheet.grid)
        self._refresh()

    # -- the end

    def accept(self) -> None:
        self.record.setChecked(False)
        melody = self.score.melody(self.tr("My melody"))
        if melody is not None:
            self.made.emit(Item(melody, "melody", melody.title))
            super().accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        self.keyboard.release_all()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.keyboard.release_all()
        super().changeEvent(event)

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        self.play.setIcon(icon("play", colours))
        self.clear.setIcon(icon("trash", colours))

    def retranslate(self) -> None:
        """Set every string."""
        steps = {
            "1/2": self.tr("Halves"), "1/4": self.tr("Quarters"), "1/8": self.tr("Eighths"),
            "1/8t": self.tr("Triplets of eighths"), "1/16": self.tr("Sixteenths"),
        }  # fmt: skip
        for index, name in enumerate(GRIDS):
            self.step.setItemText(index, steps[name])
        for label, field, text in zip(
            self._labels, (self.metre, self.step, self.tempo), (self.tr("Metre"), self.tr("Steps"), self.tr("Tempo")), strict=True
        ):
            label.setText(text)
            field.setAccessibleName(text)
        for button, text in (
            (self.play, self.tr("Play")), (self.clear, self.tr("Clear")), (self.cancel, self.tr("Cancel")),
            (self.use, self.tr("Use it")), (self.record, self.tr("Record")),
        ):  # fmt: skip
            button.setText(text)
            button.setAccessibleName(text)
        self.record.setToolTip(self.tr("One bar is counted in; what you play is put on the steps"))
        self.sheet.setAccessibleName(self.tr("Roll to draw in"))
        self.keyboard.setAccessibleName(self.tr("Piano keyboard"))
        self.hint.setText(
            self.tr(
                "Drag in the roll to write a note, click a note to take it out. Or play: the keys A to P are a piano, Z and X "
                "change the octave, Right is a rest, Backspace takes back."
            )
        )
        self._tell()
