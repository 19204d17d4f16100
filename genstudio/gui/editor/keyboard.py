"""A piano to play on with the mouse or the rows of the computer's keyboard, and what is played put into a draft.

Without recording each key writes a note of the chosen length and goes on; while recording, what is played in time is put on the
steps. The letters A W S E D F T G Y H U J K O L P are C to D#.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from genstudio.domains.music.geometry import is_black
from genstudio.gui.context import Context
from genstudio.gui.editor.canvas import Canvas
from genstudio.gui.editor.draft import MOST_BARS
from genstudio.gui.layouts import Worded, having, named
from genstudio.gui.views.colours import pitch_colours, smooth
from genstudio.gui.views.parts import ink_on

__all__ = ["Keyboard", "Recorder"]

_LOW, _HIGH = 48, 84  # pitches of the keyboard: C3 to C6
_KEYS = "AWSEDFTGYHUJKOLP"
_BASE = 60  # the pitch of A


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
        painter = smooth(self)
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
                    painter.setPen(ink_on(palette[pitch % 12]) if pitch in self.down else QColor(ground[black]))
                    where = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
                    painter.drawText(rect.adjusted(0, 0, 0, -6), where, letter)

    def _letter(self, pitch: int) -> str:
        place = pitch - _BASE - 12 * self.octave
        return _KEYS[place] if 0 <= place < len(_KEYS) else ""

class Recorder(Worded, Keyboard):
    """A keyboard that writes what is played into the draft of a canvas."""

    written = Signal()
    heard = Signal(int, int)  # pitch and velocity of a key, while nothing is recorded
    go = Signal()  # recording begins: silence, please

    def __init__(self, context: Context, canvas: Canvas, tempo: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._canvas, self._tempo = canvas, tempo
        self.record = having(QPushButton(autoDefault=False), checkable=True)
        self._started: dict[int, float] = {}  # where keys that are down went down, in ticks
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=20)
        self._timer.timeout.connect(self._tick)
        self.record.toggled.connect(self._record)
        self.pressed.connect(self._key_down)
        self.released.connect(self._key_up)
        self.retranslate()

    def _now(self) -> float:
        """Ticks since the recording began; negative during the count-in."""
        return self._clock.elapsed() / 1000 * self._tempo() * 480 / 60 - self._canvas.draft.bar

    def _key_down(self, pitch: int) -> None:
        if self.record.isChecked():
            self._started[pitch] = self._now()
            return
        self.heard.emit(pitch, 80)
        canvas = self._canvas
        canvas.draft.write(canvas.cursor_tick, canvas.cursor_tick + canvas.grid, pitch)
        canvas.go_to(canvas.cursor_tick + canvas.grid)
        self.written.emit()

    def _key_up(self, pitch: int) -> None:
        began, grid, now = self._started.pop(pitch, None), self._canvas.grid, self._now()
        if began is not None and now > -grid:  # what was played in the count-in is no note
            start = _nearest(began, grid)
            self._canvas.draft.write(start, max(start + grid, _nearest(now, grid)), pitch)
            self.written.emit()

    def _record(self, on: bool) -> None:
        self._started.clear()
        if on:
            self.go.emit()
            self._clock.start()
            self._timer.start()
        else:
            self._timer.stop()
            self._canvas.go_to(max((note.end for note in self._canvas.draft.notes), default=0))
        self.tell()

    def _tick(self) -> None:
        now = self._now()
        if now >= (MOST_BARS - 1) * self._canvas.draft.bar:
            self.stop()
            return
        self.tell()
        if now >= 0:
            self._canvas.go_to(int(now))

    def stop(self) -> None:
        """End the recording."""
        self.record.setChecked(False)
        self.release_all()

    def tell(self) -> None:
        """Say on the button which beat it is."""
        if not self.record.isChecked():
            self.record.setText(self.tr("Record"))
            return
        draft, now = self._canvas.draft, self._now()
        beats = draft.bar // draft.beat
        beat = int((now + draft.bar) // draft.beat)
        counted = self.tr("In {count}").format(count=beats - beat)
        self.record.setText(counted if now < 0 else self.tr("Stop ({beat})").format(beat=beat % beats + 1))

    def take_back(self) -> None:
        """Take out the note before the cursor, or go back a step where there is none."""
        canvas = self._canvas
        before = [note for note in canvas.draft.notes if note.start < canvas.cursor_tick <= note.end]
        canvas.draft.select(before)
        canvas.draft.delete()
        canvas.go_to(min((note.start for note in before), default=canvas.cursor_tick - canvas.grid))
        self.written.emit()

    def key(self, event: QKeyEvent, down: bool) -> bool:
        """Take a key of the computer; whether it is one of the piano's."""
        text = event.text().upper()
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier) or not text:
            return False
        if text in _KEYS:
            if not event.isAutoRepeat():
                (self.press if down else self.release)(_BASE + 12 * self.octave + _KEYS.index(text))
        elif down and text in ("Z", "X"):
            self.octave = max(-1, min(1, self.octave + (1 if text == "X" else -1)))
            self.release_all()
            self.update()
        elif down and text == ".":
            self._canvas.go_to(self._canvas.cursor_tick + self._canvas.grid)
        elif down and event.key() == Qt.Key.Key_Backspace:
            self.take_back()
        else:
            return False
        return True

    def retranslate(self) -> None:
        named(self.record, self.tr("Record"), self.tr("One bar is counted in; what you play is put on the steps"))
        self.setAccessibleName(self.tr("Piano keyboard"))
        self.tell()


def _nearest(tick: float, grid: int) -> int:
    return max(0, round(tick / grid)) * grid
