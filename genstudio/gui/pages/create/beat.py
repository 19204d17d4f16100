"""Writing a beat: the steps of a drum machine, a row for each voice of a kit.

A click strikes a step or silences it, a drag goes on with that; with Shift, or the right button, a hit gets the next loudness. With
the keyboard: arrows go over the steps, Space strikes or silences, 1 to 4 say how loud.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.domains import Music
from genstudio.domains.music.geometry import kit_rows, strength
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.pages.create.pattern import BARS, GRIDS, LOUD, METRES, Pattern
from genstudio.gui.theme import SPACE, Colours
from genstudio.gui.views.bars import tick_at
from genstudio.gui.views.colours import mixed
from genstudio.gui.views.drums import level_name, voice_colour, voice_name
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["BeatDialog", "StepGrid"]

_SIDE = 116  # pixels of the names
_RULER = 24
_ROW = 34
_CELL = (22, 44)  # the least and the most for a step
_GAP = 3  # between steps
_BEAT = 6  # more between beats


class StepGrid(QWidget):
    """The steps. It changes the pattern and says so; what is heard is for others."""

    changed = Signal()
    struck = Signal(int, int)  # a drum and how loud, to be heard
    moved = Signal(str)  # what is at the cursor, in words

    def __init__(self, context: Context, pattern: Pattern, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self.pattern = context, pattern
        self.velocity = LOUD[2]
        self.place = (0, 0)  # step and row of the cursor
        self.playing: int | None = None  # the step that is heard
        self._painting: int | None = None  # what a drag puts on steps: a velocity, 0 for silence
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        context.theme.changed.connect(self.update)
        self.fit()

    @property
    def rows(self) -> tuple[int, ...]:
        """The drums, the highest row first."""
        return kit_rows(drum for _, drum in self.pattern.hits)

    def fit(self) -> None:
        """Have the size that the steps need, and as much as there is."""
        around = self.parentWidget()
        steps, beats = self.pattern.steps, self.pattern.length // self.pattern.beat
        room = (around.width() if around is not None else 0) - _SIDE - beats * _BEAT - SPACE
        self._cell = min(_CELL[1], max(_CELL[0], room // max(1, steps)))
        self.setFixedSize(round(self._x(steps)) + SPACE, _RULER + len(self.rows) * _ROW + 4)
        self.place = (min(self.place[0], steps - 1), min(self.place[1], len(self.rows) - 1))
        self.update()

    def _x(self, step: int) -> float:
        return _SIDE + step * self._cell + step * self.pattern.grid // self.pattern.beat * _BEAT

    def cell_rect(self, step: int, row: int) -> QRectF:
        """Where a step is drawn."""
        return QRectF(self._x(step), _RULER + row * _ROW + 2, self._cell - _GAP, _ROW - 4)

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        row = int((point.y() - _RULER) // _ROW)
        if not 0 <= row < len(self.rows) or point.x() < _SIDE:
            return None
        return next((step, row) for step in reversed(range(self.pattern.steps)) if self._x(step) <= point.x() or step == 0)

    # -- changes

    def put(self, step: int, row: int, velocity: int) -> None:
        """Strike a step so loud; 0: silence it."""
        drum = self.rows[row]
        if velocity:
            self.pattern.strike(step, drum, velocity)
            self.struck.emit(drum, velocity)
        else:
            self.pattern.take_out(step, drum)
        self._tell()

    def _loud(self, step: int, row: int) -> int:
        there = self.pattern.at(step, self.rows[row])
        return there[0][1] if there else 0

    def _louder(self, step: int, row: int) -> int:
        """The next loudness of a hit, and after the loudest the softest."""
        now = self._loud(step, row)
        return next((loud for loud in LOUD if loud > now), LOUD[0]) if now else self.velocity

    def _tell(self) -> None:
        self.update()
        self.describe()
        self.changed.emit()

    def describe(self) -> None:
        """Say what is at the cursor."""
        step, row = self.place
        tick = step * self.pattern.grid
        bar, rest = divmod(tick, self.pattern.bar)
        beat = f"{rest / self.pattern.beat + 1:.2f}".rstrip("0").rstrip(".")
        loud = self._loud(step, row)
        said = self.tr("{drum}, bar {bar}, beat {beat}: {loud}").format(
            drum=voice_name(self.rows[row]), bar=bar + 1, beat=beat, loud=level_name(loud) if loud else self.tr("silent")
        )
        self.setAccessibleDescription(said)
        self.moved.emit(said)

    def show_playing(self, step: int | None) -> None:
        """Mark the step that is heard."""
        if step != self.playing:
            self.playing = step
            self.update()

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position())
        if found is None:
            return
        self.place = found
        if event.button() == Qt.MouseButton.RightButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.put(*found, self._louder(*found))
            return
        self._painting = 0 if self._loud(*found) else self.velocity
        self.put(*found, self._painting)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position())
        if self._painting is None or found is None or found == self.place:
            return
        self.place = found
        if bool(self._loud(*found)) != bool(self._painting):
            self.put(*found, self._painting)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._painting = None

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, (step, row) = event.key(), self.place
        moves = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
            Qt.Key.Key_Home: (-step, 0), Qt.Key.Key_End: (self.pattern.steps, 0),
        }  # fmt: skip
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in moves:
            along, down = moves[Qt.Key(key)]
            self.place = (max(0, min(self.pattern.steps - 1, step + along)), max(0, min(len(self.rows) - 1, row + down)))
            self.update()
            self.describe()
        elif key == Qt.Key.Key_Space:
            self.put(step, row, 0 if self._loud(step, row) else self.velocity)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.put(step, row, LOUD[key - Qt.Key.Key_1])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_0):
            self.put(step, row, 0)
        else:
            super().keyPressEvent(event)

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._context.theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(colours.surface))
        self._paint_ruler(painter, colours)
        for row, drum in enumerate(self.rows):
            self._paint_row(painter, row, drum, colours)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(self.cell_rect(*self.place).adjusted(-1.5, -1.5, 1.5, 1.5), 6, 6)

    def _paint_ruler(self, painter: QPainter, colours: Colours) -> None:
        small = QFont(self.font())
        small.setPointSizeF(max(6.0, small.pointSizeF() * 0.85))
        painter.setFont(small)
        pattern = self.pattern
        for beat in range(pattern.length // pattern.beat):
            step = -(-beat * pattern.beat // pattern.grid)
            bar, rest = divmod(beat * pattern.beat, pattern.bar)
            painter.setPen(QColor(colours.text if rest == 0 else colours.muted))
            text = str(bar + 1) if rest == 0 else f"{bar + 1}.{rest // pattern.beat + 1}"
            painter.drawText(QPointF(self._x(step) + 2, _RULER - 8), text)
            if rest == 0 and bar:
                painter.setPen(QPen(QColor(colours.edge), 1))
                x = self._x(step) - (_BEAT + _GAP) / 2
                painter.drawLine(QPointF(x, 4), QPointF(x, self.height() - 4))
        if self.playing is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(QRectF(self._x(self.playing), _RULER - 4, self._cell - _GAP, 3), 1.5, 1.5)

    def _paint_row(self, painter: QPainter, row: int, drum: int, colours: Colours) -> None:
        painter.setFont(self.font())
        painter.setPen(QColor(colours.text))
        name = QFontMetricsF(self.font()).elidedText(voice_name(drum), Qt.TextElideMode.ElideRight, _SIDE - 34)
        side = QRectF(0, _RULER + row * _ROW, _SIDE - 10, _ROW)
        painter.drawText(side.adjusted(24, 0, 0, 0), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)
        colour = voice_colour(drum, colours)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(8, side.center().y() - 4, 8, 8), 2, 2)
        pattern = self.pattern
        for step in range(pattern.steps):
            rect = self.cell_rect(step, row)
            first = step * pattern.grid % pattern.beat == 0
            ground = mixed(colours.surface, colours.edge, 0.24 if first else 0.11)
            painter.setBrush(mixed(ground, colours.accent, 0.28) if step == self.playing else ground)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect, 5, 5)
            for tick, loud in pattern.at(step, drum):
                off = (tick - step * pattern.grid) / pattern.grid * rect.width()
                tall = rect.height() * (0.34 + 0.66 * strength(loud))
                hit = QRectF(rect.left() + off, rect.bottom() - tall, rect.width(), tall)
                painter.setBrush(mixed(ground, colour, 0.8 + 0.2 * strength(loud)))
                painter.setPen(QPen(QColor(colours.text), 1.5) if step == self.playing else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(hit, min(5.0, tall / 3), min(5.0, tall / 3))


class BeatDialog(QDialog):
    """Write a beat; ``made`` brings it."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, domain: str, piece: Music | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.pattern = Pattern(domain, piece)
        self._playing: Item | None = None
        self.resize(980, 520)
        self.setWindowTitle(self.tr("Tap in a beat"))
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
        self.play = QPushButton()
        self.metre, self.bars, self.step, self.tempo = QComboBox(), QComboBox(), QComboBox(), WholeField()
        for numerator, denominator in METRES:
            self.metre.addItem(f"{numerator}/{denominator}", (numerator, denominator))
        self.metre.setCurrentIndex(METRES.index(self.pattern.metre))
        for count in BARS:
            self.bars.addItem(str(count), count)
        self.bars.setCurrentIndex(BARS.index(self.pattern.bars))
        for ticks in GRIDS.values():
            self.step.addItem("", ticks)
        self.step.setCurrentIndex(self.step.findData(self.pattern.grid))
        self.tempo.setRange(40, 240)
        self.tempo.setValue(round(self.pattern.tempo))
        self._fields = (self.metre, self.bars, self.step, self.tempo)
        self._labels = tuple(QLabel() for _ in self._fields)
        self.undo, self.redo, self.clear = QToolButton(), QToolButton(), QPushButton()
        top.addWidget(self.play)
        for label, field in zip(self._labels, self._fields, strict=True):
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            top.addSpacing(SPACE)
            top.addWidget(label)
            top.addWidget(field)
        top.addStretch(1)
        for button in (self.undo, self.redo, self.clear):
            top.addWidget(button)
        layout.addLayout(top)
        self.grid = StepGrid(self.context, self.pattern)
        self.area = QScrollArea()
        self.area.setWidget(self.grid)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.area, 1)
        layout.addLayout(self._build_loudness())
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
        for button in (self.play, self.clear, self.cancel, self.use):
            button.setAutoDefault(False)
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo.setShortcut(QKeySequence.StandardKey.Redo)
        self.play.clicked.connect(self._play)
        self.undo.clicked.connect(lambda: self._step_back(self.pattern.undo))
        self.redo.clicked.connect(lambda: self._step_back(self.pattern.redo))
        self.clear.clicked.connect(lambda: self._step_back(self.pattern.clear))
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        for box in (self.metre, self.bars, self.step):
            box.currentIndexChanged.connect(self._set)
        self.tempo.valueChanged.connect(self._set)
        self.grid.changed.connect(self._refresh)
        self.grid.struck.connect(self._sound)
        self.grid.moved.connect(self._say)
        player = self.context.player
        player.moved.connect(self._moved)
        player.ended.connect(self._ended)
        self.grid.setFocus()

    def _build_loudness(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self.loud_label = QLabel()
        self.loud_label.setProperty("kind", "muted")
        row.addWidget(self.loud_label)
        self._levels = QButtonGroup(self)
        self.levels: list[QPushButton] = []
        for velocity in LOUD:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, velocity=velocity: setattr(self.grid, "velocity", velocity))
            self._levels.addButton(button)
            self.levels.append(button)
            row.addWidget(button)
        self.levels[LOUD.index(self.grid.velocity)].setChecked(True)
        row.addStretch(1)
        self.told = QLabel()
        self.told.setProperty("kind", "muted")
        row.addWidget(self.told)
        return row

    # -- settings and changes

    def _set(self) -> None:
        pattern = self.pattern
        pattern.metre = METRES[self.metre.currentIndex()]
        pattern.bars = int(self.bars.currentData())
        pattern.grid = int(self.step.currentData())
        pattern.tempo = float(self.tempo.value())
        self.grid.fit()
        self._refresh()

    def _step_back(self, change: object) -> None:
        assert callable(change)
        change()
        self.grid.fit()
        self._refresh()
        self.grid.setFocus()

    def _refresh(self) -> None:
        there = self.pattern.piece("") is not None
        empty = "" if there else self.tr("There are no hits yet.")
        for button in (self.use, self.play, self.clear):
            button.setEnabled(there)
            button.setToolTip(empty)
        self.undo.setEnabled(self.pattern.can_undo)
        self.redo.setEnabled(self.pattern.can_redo)

    def _say(self, words: str) -> None:
        self.told.setText(words)

    # -- sound

    def _sound(self, drum: int, velocity: int) -> None:
        if self._playing is None or not self.context.player.playing:
            self.context.player.play(Item(self.pattern.single(drum, velocity), self.pattern.domain, voice_name(drum)))

    def _play(self) -> None:
        """Play it, or stop it."""
        player = self.context.player
        if self._playing is not None and player.playing:
            player.stop()
            return
        piece = self.pattern.piece(self.tr("My beat"))
        if piece is not None:
            item = Item(piece, self.pattern.domain, piece.title)
            player.play(item)
            self._playing = item
            self._show_play()

    def _moved(self, seconds: float) -> None:
        if self._playing is not None and self.context.player.item is self._playing:
            step = self.pattern.step_of(int(tick_at(self._playing.piece, seconds)))
            self.grid.show_playing(step if step < self.pattern.steps and self.context.player.playing else None)

    def _ended(self) -> None:
        self._playing = None
        self.grid.show_playing(None)
        self._show_play()

    def _show_play(self) -> None:
        going = self._playing is not None
        self.play.setText(self.tr("Stop") if going else self.tr("Play"))
        self.play.setAccessibleName(self.play.text())
        self.play.setIcon(icon("stop" if going else "play", self.context.theme.colours))

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_P and not event.modifiers():
            self._play()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.use.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.grid.fit()
        return super().event(event)

    def accept(self) -> None:
        piece = self.pattern.piece(self.tr("My beat"))
        if piece is not None:
            self.made.emit(Item(piece, self.pattern.domain, piece.title))
            super().accept()

    def done(self, result: int) -> None:
        if self._playing is not None:
            self.context.player.stop()
        super().done(result)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        for button, name in ((self.undo, "undo"), (self.redo, "redo"), (self.clear, "trash")):
            button.setIcon(icon(name, colours))
        self._show_play()

    def retranslate(self) -> None:
        """Set every string."""
        for index, text in enumerate((self.tr("Sixteenths"), self.tr("Triplets of eighths"))):
            self.step.setItemText(index, text)
        words = (self.tr("Metre"), self.tr("Bars"), self.tr("Steps"), self.tr("Tempo"))
        for label, field, text in zip(self._labels, self._fields, words, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        for button, text in ((self.clear, self.tr("Clear")), (self.cancel, self.tr("Cancel")), (self.use, self.tr("Use it"))):
            button.setText(text)
            button.setAccessibleName(text)
        for tool, text in ((self.undo, self.tr("Undo")), (self.redo, self.tr("Redo"))):
            tool.setAccessibleName(text)
            tool.setToolTip(f"{text}  ({tool.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        self.loud_label.setText(self.tr("A click strikes"))
        for number, (button, velocity) in enumerate(zip(self.levels, LOUD, strict=True), 1):
            name = level_name(velocity)
            button.setText(name[:1].upper() + name[1:])
            button.setAccessibleName(self.tr("New hits: {loud}").format(loud=name))
            button.setToolTip(self.tr("On the steps: the key {number}").format(number=number))
        self.grid.setAccessibleName(self.tr("Steps of the beat"))
        self.grid.describe()
        self.hint.setText(
            self.tr(
                "Click a step to strike or silence it; with Shift a hit gets louder. Or with the keyboard: arrows, Space to "
                "strike, 1 to 4 for how loud, P to play."
            )
        )
        self._show_play()
