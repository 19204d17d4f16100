"""The map under the hand: every piece a point to point at, to hear, to draw a path through, or to gather with others.

Drag pans, the wheel zooms, a click decodes a place, holding on a point plays it. Arrow keys pan, ``+``, ``-`` and ``0`` zoom, Enter
decodes the middle, Space plays what is pointed at, ``P`` draws a path, ``G`` gathers pieces. Conventions: places are the map's own
coordinates.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from genstudio.gui.theme import Theme
from genstudio.gui.views.map_marks import Legend, MapMarks, along
from genstudio.gui.views.map_plane import Spot

__all__ = ["EXPLORE", "GATHER", "PATH", "Legend", "MapView", "along"]

_NEAR = 9.0  # pixels within which a point is pointed at
_HOLD = 280  # milliseconds after which a press is a hold
_STEP = 1.25
_PAN = 64.0
_LEAST_STROKE = 5.0  # pixels between two places of what is drawn
EXPLORE, PATH, GATHER = "explore", "path", "gather"


class MapView(MapMarks):
    """The map. It knows no model: it says what was pointed at, and is told what to show there."""

    pointed = Signal(int)  # the row of the point under the pointer (or in the middle, with keys), or -1
    decode = Signal(float, float, int)  # a place that was clicked, and the row of the point there, or -1
    held = Signal(int)  # a point that is being held down
    released = Signal()
    play = Signal(int)  # Space on a point
    drawn = Signal(list)  # the places of a path
    gathered = Signal()  # other points are chosen
    tool_changed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.tool = EXPLORE
        self._press: QPointF | None = None
        self._last: QPointF | None = None
        self._panned = False
        self._hold = QTimer(self, singleShot=True, interval=_HOLD)
        self._hold.timeout.connect(self._held)
        self._holding = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_tool(self, tool: str) -> None:
        """Choose what a drag does."""
        if tool != self.tool:
            self.tool, self._lassoing = tool, tool == GATHER
            self._stroke = None
            self.setCursor(self._cursor)
            self.tool_changed.emit(tool)
            self.update()

    @property
    def _cursor(self) -> Qt.CursorShape:
        return Qt.CursorShape.ArrowCursor if self.tool == EXPLORE else Qt.CursorShape.CrossCursor

    def gather(self, rows: NDArray[np.int64], *, more: bool = False) -> None:
        """Choose points; ``more``: besides those that are chosen."""
        self.choose(np.concatenate([self.chosen, rows]) if more else rows)
        self.gathered.emit()

    def _toggle(self, row: int) -> None:
        if row >= 0:
            self.gather(np.setxor1d(self.chosen, [row]))

    # -- the mouse

    def _point_at(self, row: int) -> None:
        if row != self.row:
            self.row = row
            self._popup = None
            self.pointed.emit(row)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._keys = self._fitted = False  # what was clicked stays under the pointer, whatever opens beside the map
        self._press = self._last = event.position()
        self._panned = False
        if self.tool != EXPLORE and event.button() == Qt.MouseButton.LeftButton:
            self._stroke = [self.to_map(event.position())]
            self._point_at(-1)
        elif event.button() == Qt.MouseButton.LeftButton and self.row >= 0:
            self._hold.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._stroke is not None:
            last = self.to_screen(self._stroke[-1])
            if math.hypot(at.x() - last.x(), at.y() - last.y()) >= _LEAST_STROKE:
                self._stroke.append(self.to_map(at))
                self.update()
        elif self._press is not None and self._last is not None and not self._holding:
            far = (at - self._press).manhattanLength()
            if self._panned or far > 4:
                self._hold.stop()
                self._panned = True
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
                self.pan(self._last.x() - at.x(), self._last.y() - at.y())
                self._last = at
        elif self._press is None:
            self._keys = False
            self._point_at(self.cloud.nearest(*self.to_map(at), _NEAR / self.scale))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hold.stop()
        pressed, self._press, self._last = self._press, None, None
        self.setCursor(self._cursor)
        if self._holding:
            self._holding = False
            self.released.emit()
        elif self._stroke is not None:
            stroke, self._stroke = self._stroke, None
            if self.tool == GATHER:
                self._lasso(stroke, more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            elif len(stroke) > 1:
                self.drawn.emit(stroke)
            else:
                self.show_path([*self.path, *stroke])  # places that are clicked one by one make a path too
        elif pressed is not None and not self._panned and event.button() == Qt.MouseButton.LeftButton:
            x, y = self.to_map(event.position())
            row = self.cloud.nearest(x, y, _NEAR / self.scale)
            self.decode.emit(x, y, row)
        self.update()

    def _lasso(self, stroke: list[Spot], *, more: bool) -> None:
        if len(stroke) > 2:
            self.gather(self.cloud.inside(stroke), more=more)
        else:
            self._toggle(self.cloud.nearest(*stroke[0], _NEAR / self.scale))

    def _held(self) -> None:
        if self.row >= 0 and self._press is not None:
            self._holding = True
            self.held.emit(self.row)

    def leaveEvent(self, event: QEvent) -> None:
        if not self._keys:
            self._point_at(-1)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.pixelDelta().isNull() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
        else:  # two fingers on a touchpad
            self.pan(-event.pixelDelta().x(), -event.pixelDelta().y())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), event.position())
            return True
        return super().event(event)

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, far = event.key(), _PAN * (4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        steps = {
            Qt.Key.Key_Left: (-far, 0.0), Qt.Key.Key_Right: (far, 0.0), Qt.Key.Key_Up: (0.0, -far), Qt.Key.Key_Down: (0.0, far),
        }  # fmt: skip
        if key in steps:
            self.pan(*steps[Qt.Key(key)])
            self._by_key()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
            self._by_key()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / _STEP)
            self._by_key()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space and self.row >= 0:
            self.play.emit(self.row)
        elif key == Qt.Key.Key_P:
            self.set_tool(EXPLORE if self.tool == PATH else PATH)
        elif key == Qt.Key.Key_G:
            self.set_tool(EXPLORE if self.tool == GATHER else GATHER)
        elif key == Qt.Key.Key_Escape and self.tool == GATHER and (len(self.chosen) or self._stroke):
            self._stroke = None
            self.gather(np.zeros(0, np.int64))
        elif key == Qt.Key.Key_Escape and (self.path or self._stroke):
            self._stroke = None
            self.show_path([])
        else:
            super().keyPressEvent(event)

    def _by_key(self) -> None:
        """With keys the point nearest to the middle is pointed at."""
        self._keys = True
        self._point_at(self.cloud.nearest(*self.middle, 3 * _NEAR / self.scale))
        self.update()

    def _enter(self) -> None:
        if self.tool == GATHER:
            self._keys = True
            self._toggle(self.row)
            self.update()
        elif self.tool == PATH:  # a path can be made place by place
            self.show_path([*self.path, self.middle])
        else:
            self._keys = True
            self.decode.emit(*self.middle, -1)

    # -- the rest

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._keys = True
        super().focusInEvent(event)
