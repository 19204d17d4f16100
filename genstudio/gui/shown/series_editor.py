"""The window in which a time series is drawn by hand."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QLocale, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from genstudio.domains.series.picture import ticks
from genstudio.domains.series.piece import Series
from genstudio.domains.series.reading import SHORTEST
from genstudio.gui.context import Context
from genstudio.gui.editor.base import EditDialog
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, new_label
from genstudio.gui.shown.curve import Curve, pen, span_of, value
from genstudio.gui.shown.sketch import Sketch
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["CurveDialog", "Paper"]

_ROOM = 0.15  # of the range, above and below, to draw beyond it
_FINE, _COARSE = 0.01, 0.1  # of the range, by which keys move a value
_LARGEST = 1e300
_LONGEST = 2000  # steps that can be asked for
_SEASONS = (0, 4, 5, 7, 12, 24)
_EDGE = (64, 12, 16, 26)  # pixels left, above, right and below of the lines

class Paper(QWidget):
    """The curve to draw on. ``at``: the step that keys change."""

    changed = Signal()  # of what is drawn, or of the step at hand

    def __init__(self, context: Context, piece: Series, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._frame = context, piece
        self.sketch = Sketch(piece.values)
        self.at = 0
        self._span = (0.0, 1.0)
        self._last: tuple[int, float] | None = None  # where the pointer was in this stroke
        self.fit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        context.theme.changed.connect(self.update)

    @property
    def piece(self) -> Series:
        """What becomes of what was given."""
        return self._frame.edited(self.sketch.values)

    @property
    def whole(self) -> Series:
        """All that is drawn, also a forecast that is out of date."""
        return replace(self.piece, values=self.sketch.values)

    def set_season(self, season: int) -> None:
        """Take another season, which begins with the first step."""
        self._frame = replace(self._frame, season=season, phase=0)
        self.update()

    def fit(self) -> None:
        """Make room for all that is drawn, and above and below it."""
        low, high = span_of([self.whole])
        room = _ROOM * (high - low)
        self._span = low - room, high + room

    @property
    def curve(self) -> Curve:
        """Where steps and values are."""
        left, top, right, bottom = _EDGE
        return Curve(self.whole, QRectF(self.rect()).adjusted(left, top, -right, -bottom), self._span)

    def put(self, found: float | None) -> None:
        """Give the step at hand a value, or none."""
        self.sketch.begin()
        self.sketch.line(self.at, found, self.at, found)
        self.settle()

    def settle(self) -> None:
        """Show what has changed."""
        self.sketch.end()
        self.at = min(self.at, len(self.sketch.values) - 1)
        self.fit()
        self.update()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last change back."""
        self.sketch.undo()
        self.settle()

    def redo(self) -> None:
        """Make it again."""
        self.sketch.redo()
        self.settle()

    # -- the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self.sketch.begin()
            self._stroke(event.position(), erase=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._stroke(event.position(), erase=bool(event.buttons() & Qt.MouseButton.RightButton))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._last is not None:
            self._last = None
            self.settle()

    def _stroke(self, place: QPointF, *, erase: bool) -> None:
        """Draw from where the pointer was to where it is."""
        curve = self.curve
        step, found = curve.step(place.x()), self._rounded(curve.found(place.y()))
        first, a = self._last or (step, found)
        self.sketch.line(first, None if erase else a, step, None if erase else found)
        self._last, self.at = (step, found), step
        self.update()
        self.changed.emit()

    def _rounded(self, found: float) -> float:
        """A value with the digits that can be drawn."""
        digits = min(300, max(-300, 3 - math.floor(math.log10(self._span[1] - self._span[0]))))
        return round(found, digits)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, count, size = event.key(), len(self.sketch.values), self._frame.size
        moves = {
            Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: count - 1,
            Qt.Key.Key_PageUp: self.at - size, Qt.Key.Key_PageDown: self.at + size,
        }  # fmt: skip
        if key in moves:
            self.at = min(count - 1, max(0, moves[Qt.Key(key)]))
            self.update()
            self.changed.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            share = _COARSE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _FINE
            by = share * (self._span[1] - self._span[0])
            self.put(self._rounded(self._near() + (by if key == Qt.Key.Key_Up else -by)))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.put(None)
        else:
            super().keyPressEvent(event)

    def _near(self) -> float:
        """The value at hand; of a gap the one that is nearest to it."""
        known = [(abs(step - self.at), one) for step, one in enumerate(self.sketch.values) if one is not None]
        return min(known)[1] if known else sum(self._span) / 2

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, curve = self._context.theme.colours, self.curve
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if self.hasFocus() else colours.line), 1.0))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        self._paint_axes(painter, curve)
        if self.sketch.given != self.sketch.values and len(self.sketch.given) == len(self.sketch.values):
            given = Curve(replace(self._frame, values=self.sketch.given, bands=(), scores=()), curve.rect, self._span)
            given.draw(painter, QPen(QColor(colours.faint), 1.0))
        painter.setPen(QPen(QColor(colours.edge), 1.0))
        at = curve.x(self.at)
        painter.drawLine(QPointF(at, curve.rect.top()), QPointF(at, curve.rect.bottom()))
        curve.draw_bands(painter, QColor(colours.accent))
        begin = min(len(self.sketch.values), len(self._frame) - self._frame.forecast)
        ahead = colours.accent if curve.piece.forecast else colours.faint
        curve.draw(painter, pen(QColor(ahead), 2.0), max(0, begin - 1))
        curve.draw(painter, pen(QColor(colours.text), 2.0), 0, begin)
        found = self.sketch.values[self.at]
        if found is not None:
            painter.setBrush(QColor(colours.accent))
            painter.setPen(QPen(QColor(colours.surface), 2.0))
            painter.drawEllipse(QPointF(at, curve.y(found)), 6, 6)
        painter.end()

    def _paint_axes(self, painter: QPainter, curve: Curve) -> None:
        colours, rect, piece = self._context.theme.colours, curve.rect, curve.piece
        font = self.font()
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.86))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for found in (one for one in ticks(*self._span) if self._span[0] <= one <= self._span[1]):
            painter.setPen(QPen(QColor(colours.line), 1.0))
            painter.drawLine(QPointF(rect.left(), curve.y(found)), QPointF(rect.right(), curve.y(found)))
            painter.setPen(QColor(colours.muted))
            painter.drawText(QRectF(0, curve.y(found) - 10, rect.left() - 8, 20), right, value(found))
        first, last = piece.labels_of(0, 1)[0], piece.labels_of(len(piece) - 1, len(piece))[0]
        under = QRectF(rect.left(), rect.bottom() + 4, rect.width(), metrics.height())
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), first)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignRight), last)
        label = piece.labels_of(self.at, self.at + 1)[0]
        wide = metrics.horizontalAdvance(label) + 2 * SPACE
        left = min(rect.right() - wide, max(rect.left(), curve.x(self.at) - wide / 2))
        here = QRectF(left, under.top(), wide, under.height())
        painter.fillRect(here, QColor(colours.surface))
        painter.setPen(QColor(colours.text))
        painter.drawText(here, int(Qt.AlignmentFlag.AlignCenter), label)


class CurveDialog(EditDialog):
    """Edits a series: it is drawn with the mouse, moved with keys, or typed step by step."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self._new = not item.title
        self.resize(QSize(980, 560).boundedTo(self.screen().availableSize() - QSize(40, 80)))
        self.paper = Paper(context, item.piece, self)
        self.undo, self.redo = QToolButton(), QToolButton()
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo.setShortcut(QKeySequence.StandardKey.Redo)
        self.smooth, self.gap = QPushButton(), QPushButton()
        self.typed, self.steps, self.season = QLineEdit(), WholeField(), QComboBox()
        self.typed.setFixedWidth(110)
        self.steps.setRange(SHORTEST, max(_LONGEST, len(item.piece)))
        for season in _SEASONS:
            self.season.addItem("", season)
        self._labels = tuple(QLabel() for _ in range(3))
        column = self._column()
        column.addLayout(self._build_top())
        column.addWidget(self.paper, 1)
        self.fate = new_label(kind="warn", wrap=True)
        column.addWidget(self.fate)
        column.addLayout(self._foot)
        self.undo.clicked.connect(self.paper.undo)
        self.redo.clicked.connect(self.paper.redo)
        self.smooth.clicked.connect(self._smooth)
        self.gap.clicked.connect(lambda: self.paper.put(None))
        self.typed.editingFinished.connect(self._type)
        self.steps.valueChanged.connect(self._resize)
        self.season.activated.connect(lambda: self.paper.set_season(self.season.currentData()))
        self.paper.changed.connect(self._refresh)
        self.context.theme.changed.connect(self.retheme)
        self.retranslate()
        self.retheme()
        self._refresh()
        self.paper.setFocus()

    def _build_top(self) -> QHBoxLayout:
        row = beside(self.undo, self.redo, gap=SPACE)
        for label, field in zip(self._labels, (self.typed, self.steps, self.season), strict=True):
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            row.addSpacing(SPACE)
            row.addWidget(label)
            row.addWidget(field)
        for widget in (self._labels[2], self.season):  # elsewhere the calendar says it
            widget.setVisible(self._new)
        for button in (self.smooth, self.gap):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        self.told = new_label(kind="muted")
        row.addWidget(self.told)
        return row

    # -- what is changed

    def _smooth(self) -> None:
        self.paper.sketch.begin()
        self.paper.sketch.smooth()
        self.paper.settle()

    def _resize(self, count: int) -> None:
        self.paper.sketch.begin()
        self.paper.sketch.resize(count)
        self.paper.settle()

    def _type(self) -> bool:
        """Take the number that is typed for the step at hand, nothing for a gap; whether it is one."""
        text = self.typed.text().strip().replace("−", "-")
        if text == self._written():
            return True
        found, right = QLocale().toDouble(text)
        if not right:
            try:
                found = float(text or "nan")
            except ValueError:
                found = math.inf
        if math.isinf(found) or abs(found) > _LARGEST:
            self.told.setText(self.tr("“{text}” is no number; type one such as 12.5, or nothing for a gap.").format(text=text))
            return False
        self.typed.setModified(False)
        self.paper.put(None if math.isnan(found) else found)
        return True

    def _written(self) -> str:
        """The value of the step at hand as it is typed."""
        found = self.paper.sketch.values[self.paper.at]
        return "" if found is None else f"{found:.10g}"

    def _refresh(self) -> None:
        """Show what can be done, and where one is."""
        paper = self.paper
        sketch, piece, whole = paper.sketch, paper.piece, paper.whole
        for button, can in zip((self.undo, self.redo), sketch.can, strict=True):
            button.setEnabled(can)
        label, found = whole.labels_of(paper.at, paper.at + 1)[0], sketch.values[paper.at]
        said = f"{label}: {self.tr('a gap') if found is None else value(found)}"
        self.told.setText(said)
        paper.setAccessibleDescription(said)
        self.gap.setEnabled(found is not None)
        if not self.typed.isModified() or not self.typed.hasFocus():
            self.typed.setText(self._written())
        with QSignalBlocker(self.steps):
            self.steps.setValue(len(sketch.values))
        known = sum(one is not None for one in piece.values)
        changed = sketch.values != sketch.given
        broken = None in piece.values[len(piece) - piece.forecast :]
        wrong = self.tr("A series has at least {count} values.").format(count=SHORTEST) if known < SHORTEST else ""
        wrong = wrong or (self.tr("A forecast has no gaps; draw its steps, or take the last ones off.") if broken else "")
        self.use.setEnabled(not wrong and (changed or (self._new and len(set(sketch.values)) > 1)))
        self.use.setToolTip(wrong or ("" if self.use.isEnabled() else self.tr("Nothing is changed yet.")))
        self.fate.setText(wrong or (self._fate(piece) if changed else ""))

    def _fate(self, piece: Series) -> str:
        """What becomes of the forecast, or of the scores."""
        given = self.item.piece
        if given.forecast and not piece.forecast:
            return self.tr("The forecast followed from other values and is left out; forecast the edited series again.")
        if piece.by_hand and not given.by_hand:
            return self.tr("The forecast is now written by hand: the bands that said how sure it was are left out.")
        scored = self.tr("The scores were those of other values and are left out; score the edited series again.")
        return scored if given.scores else ""

    def accept(self) -> None:
        if not self._type():
            return
        piece, given = self.paper.piece, self.item.piece
        title = self._title() if not self._new else self.tr("Drawn by hand")
        if given.forecast and not piece.forecast and given.title:  # that of the item says that it is a forecast
            title = self.tr("{title}, edited").format(title=given.title)
        about = {"season": piece.season, "phase": piece.phase, "start": piece.start, "step": piece.step, "labels": given.labels}
        made = replace(Series.of(piece.values, title=title, **about), bands=piece.bands)
        self.made.emit(Item(made, self.item.domain, title, t=self.item.t))
        super().accept()

    # -- looks and words

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        for button, name in ((self.undo, "undo"), (self.redo, "redo")):
            button.setIcon(icon(name, self.context.theme.colours))

    def retranslate(self) -> None:
        super().retranslate()
        if self._new:
            self.setWindowTitle(self.tr("Draw a time series"))
        for button, text, about in (
            (self.undo, self.tr("Undo"), ""), (self.redo, self.tr("Redo"), ""),
            (self.smooth, self.tr("Smooth"), self.tr("Draw every value nearer to its neighbours")),
            (self.gap, self.tr("Make a gap"), self.tr("Take out the value of the step at hand (Delete)")),
        ):  # fmt: skip
            if button not in (self.undo, self.redo):
                button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(about or text)
        fields = (self.typed, self.steps, self.season)
        for label, field, text in zip(self._labels, fields, (self.tr("Value"), self.tr("Steps"), self.tr("Season")), strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        for place, season in enumerate(_SEASONS):
            every = self.tr("{count} steps").format(count=season)
            self.season.setItemText(place, every if season else self.tr("None"))
        self.paper.setAccessibleName(self.tr("Curve to draw"))
        self.hint.setText(
            self.tr(
                "Drag to draw the curve; with the right button you make gaps. Or with the keyboard: left and right choose a step, "
                "up and down move its value, with Shift further, Delete makes a gap."
            )
        )
        self._refresh()
