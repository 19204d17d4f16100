"""What plays music: the buttons, the line of the piece with what is repeated on it, tempo, metronome, recording."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QSlider, QStyle, QStyleOptionSlider, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.icons import icon, on_accent
from genstudio.gui.layouts import Worded, beside, having, named, stacked
from genstudio.gui.recorder import Recorder
from genstudio.gui.views.bars import bars_in, counted_in, span_of
from genstudio.gui.views.colours import ink, smooth
from genstudio.gui.widgets.itembuttons import ItemButtons, able, tool
from genstudio.gui.widgets.midi_panel import MidiPanel
from genstudio.gui.widgets.popover import Popover
from genstudio.gui.widgets.practice import LoopPanel, TempoPanel, music
from genstudio.gui.widgets.short import ShortLabel
from genstudio.gui.widgets.soundbar import SoundBar

__all__ = ["PlayBar", "SeekSlider", "clock"]


_NEAR = 6  # pixels of an end of what is repeated that can be dragged


class SeekSlider(QSlider):
    """The place in the melody, in milliseconds; a click goes there at once. What is repeated is marked on it: a drag with Shift
    marks another part, and its ends can be dragged."""

    marked = Signal(float, float, bool)  # seconds between which something is marked, and whether the drag is over

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._context = context
        self.span: tuple[float, float] | None = None
        self._anchor: float | None = None  # seconds that a mark is dragged from
        self.setSingleStep(1000)
        self.setPageStep(4000)
        self.setMouseTracking(True)

    def _room(self) -> tuple[int, int]:
        """Where the middle of the handle is at the beginning, and how far it goes."""
        option, part = QStyleOptionSlider(), QStyle.SubControl
        self.initStyleOption(option)
        groove, handle = (
            self.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, one, self)
            for one in (part.SC_SliderGroove, part.SC_SliderHandle)
        )
        return groove.left() + handle.width() // 2, max(1, groove.width() - handle.width())

    def _value(self, x: float) -> int:
        left, room = self._room()
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x) - left, room)

    def x_of(self, seconds: float) -> float:
        """The pixel of a place."""
        left, room = self._room()
        return left + room * min(1.0, 1000 * seconds / max(1, self.maximum()))

    def _end_at(self, x: float) -> int | None:
        """Which end of what is repeated is there: 0, 1 or none."""
        if self.span is None or not self.maximum():
            return None
        near = [(abs(self.x_of(at) - x), end) for end, at in enumerate(self.span)]
        return min(near)[1] if min(near)[0] <= _NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.isEnabled():
            super().mousePressEvent(event)
            return
        event.accept()
        x = event.position().x()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._anchor = self._value(x) / 1000
            self._mark(x, False)
        elif self.span is not None and (end := self._end_at(x)) is not None:
            self._anchor = self.span[1 - end]
        else:
            self.setSliderDown(True)
            self.setSliderPosition(self._value(x))

    def _mark(self, x: float, over: bool) -> None:
        if self._anchor is not None:
            first, last = sorted((self._anchor, self._value(x) / 1000))
            self.marked.emit(first, last, over)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._anchor is not None:
            self._mark(x, False)
        elif self.isSliderDown():
            self.setSliderPosition(self._value(x))
        elif self._end_at(x) is not None:
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            self._mark(event.position().x(), True)
            self._anchor = None
        elif self.isSliderDown():
            self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.span is not None and self.maximum() > 0:
            painter = smooth(self)
            colours = self._context.theme.colours
            left, right = (self.x_of(second) for second in self.span)
            middle = self.height() / 2
            ink(painter, Qt.PenStyle.NoPen, QColor(colours.selection))
            painter.drawRoundedRect(QRectF(left, middle - 8, right - left, 16), 3, 3)
            painter.setPen(QPen(QColor(colours.accent), 2))
            for x in (left, right):
                painter.drawLine(round(x), round(middle - 8), round(x), round(middle + 8))
            painter.end()
        super().paintEvent(event)



_NARROW = 1180  # pixels in which names become pictures
_BACK = 2.0  # seconds after which "previous" goes to the start first


def clock(seconds: float) -> str:
    """Minutes and seconds.

    >>> clock(7.9), clock(128)
    ('0:07', '2:08')
    """
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


class PlayBar(Worded, QWidget):
    """Follows the player."""

    def __init__(self, context: Context, recorder: Recorder, parent: QWidget) -> None:
        super().__init__(parent)
        self.context, self.recorder = context, recorder
        self._player = context.player
        self._lay_out()
        self.retranslate()
        player = context.player
        player.changed.connect(self.show_state)
        player.moved.connect(self._moved)
        recorder.changed.connect(self.show_state)
        recorder.keyboard.changed.connect(self.show_state)

    # -- building

    def _tool(self, picture: str, clicked: object, *, checkable: bool = False, size: int = 20) -> QToolButton:
        button = tool(self, checkable=checkable, size=size)
        button.setIcon(icon(picture))
        button.clicked.connect(clicked)
        return button

    def _lay_out(self) -> None:
        context = self.context
        self.previous = self._tool("previous", self._previous)
        self.play_button = having(self._tool("play", lambda: self._player.toggle(), size=24), "play")
        self.next = self._tool("next", lambda: self._player.step(1))
        self.record = self._tool("record", self._record, checkable=True)
        self.loop = self._tool("loop", self.turn_loop, checkable=True)
        self.region = having(tool(self, checkable=True), "chooser")
        self.metronome = self._tool("tempo", self.turn_metronome, checkable=True)
        self.tempo = having(tool(self, checkable=True), "chooser")
        self.midi = self._tool("keyboard", self._toggle_midi, checkable=True)
        self.loop_panel, self.tempo_panel = LoopPanel(context, self.region), TempoPanel(context, self.tempo)
        self.midi_panel = MidiPanel(context, self.midi, self.recorder)
        self.region.clicked.connect(self.loop_panel.toggle)
        self.tempo.clicked.connect(self.tempo_panel.toggle)
        panels: tuple[Popover, ...] = (self.loop_panel, self.tempo_panel, self.midi_panel)
        for panel in panels:
            panel.closed.connect(self.show_state)
        self.region.setFixedWidth(68)  # as wide for every number
        self.tempo.setFixedWidth(84)
        self.sound, self.buttons = SoundBar(context, self), ItemButtons(context, self, words=False)
        self.title = having(ShortLabel(self), "caption")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        beside_icon = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.reason = having(tool(self, size=16), "remark", toolButtonStyle=beside_icon)
        self.reason.setIcon(icon("warning"))
        self.reason.clicked.connect(lambda: self.context.bus.trouble.emit(self._player.reason, ""))
        self.reason.hide()
        self.time, self.length = (having(QLabel("0:00", self), "muted", minimumWidth=36) for _ in range(2))
        self.time.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.seek = SeekSlider(context, self)
        self.seek.valueChanged.connect(self._sought)
        self.seek.sliderReleased.connect(lambda: self._player.seek(self.seek.value() / 1000))
        self.seek.marked.connect(self._marked)
        head = beside((self.title, 1), self.reason, margins=(48, 0, 48, 0), gap=16)
        middle = stacked(head, beside(self.time, (self.seek, 1), self.length, gap=8), margins=(0, 8, 0, 6), gap=0)
        beside(
            self.previous, self.play_button, self.next, self.record, self.loop, self.region, 4, (middle, 1), 4, self.tempo,
            self.metronome, self.midi, 4, self.sound, self.buttons, into=self, margins=(16, 0, 16, 0), gap=4,
        )  # fmt: skip

    def set_narrow(self, width: int) -> None:
        """Make do with a width."""
        narrow = width < _NARROW
        self.sound.set_narrow(narrow)
        self.length.setVisible(not narrow)

    # -- strings and colours

    def retranslate(self) -> None:
        self.seek.setAccessibleName(self.tr("Place in the piece"))
        self.time.setAccessibleName(self.tr("Time"))
        self.length.setAccessibleName(self.tr("Length"))
        named(self.midi, self.tr("MIDI and recording"), self.tr("MIDI: the keyboard you play on, and where the music plays to"))
        self.show_state()

    # -- what is shown

    def show_state(self) -> None:
        """Show what the player has and does, and what is set."""
        player = self._player
        item, piece = player.item, music(self.context)
        nothing = self.tr("Choose a piece first: click one, and Space plays it.")
        playing = player.playing
        self.play_button.setIcon((on_accent if item is not None else icon)("pause" if playing else "play"))
        name, key = (self.tr("Pause") if playing else self.tr("Play")), self.tr("Space")
        able(self.play_button, piece is not None, f"{name}  ({key})", nothing, name)
        able(self.previous, item is not None, self.tr("Back to the start, or the piece before"), nothing, self.tr("Previous"))
        why = self.tr("There is no piece after this one.") if item is not None else nothing
        able(self.next, player.neighbour(1) is not None, self.tr("The next piece"), why, self.tr("Next"))
        able(self.seek, piece is not None, self.tr("Hold Shift and drag to choose the bars that are repeated"), nothing,
             self.seek.accessibleName())  # fmt: skip
        self.title.setText(item.title if item is not None else self.tr("Nothing chosen"))
        self.title.setToolTip(item.title if item is not None else "")
        self.reason.setVisible(bool(player.reason))
        self.reason.setText(self.tr("No sound"))
        named(self.reason, player.reason or self.tr("No sound"), player.reason)
        self.length.setText(clock(player.duration))
        with QSignalBlocker(self.seek):
            self.seek.setMaximum(round(1000 * player.duration))
        self.seek.span = player.loop_span if player.loops else None
        self.seek.update()
        self._show_loop()
        self._show_tempo()
        self._show_record()
        self.sound.show_state()
        self.buttons.show_item(item)
        self._moved(player.position)

    def _show_loop(self) -> None:
        on, piece, span = self._player.loops, music(self.context), self._player.loop_span
        self.loop.setChecked(on)
        name = self.tr("Stop repeating") if on else self.tr("Repeat")
        named(self.loop, name, f"{name}  (L)")
        first, last = bars_in(piece.piece, span) if piece is not None and span is not None else (0, 0)
        self.region.setText(f"{first}–{last}" if last else "A–B")
        told = self.tr("Bars {first} to {last} are repeated") if last else self.tr("Choose the bars that are repeated")
        able(
            self.region, piece is not None, told.format(first=first, last=last),
            self.tr("Choose a piece of music first."), self.tr("Bars that are repeated"),
        )  # fmt: skip
        self.region.setChecked(self.loop_panel.isVisible())

    def _show_tempo(self) -> None:
        settings, piece = self.context.settings, music(self.context)
        factor = float(settings["tempo"])
        written = piece.piece.tempos[0].bpm if piece is not None else 0.0
        self.tempo.setText(counted_in(piece.piece).told(written * factor) if piece is not None else f"{factor:.0%}")
        told = self.tr("Tempo: {percent} of what is written; type or tap another one").format(percent=f"{factor:.0%}")
        named(self.tempo, self.tr("Tempo and metronome"), told)
        self.tempo.setChecked(self.tempo_panel.isVisible())
        on = bool(settings["metronome"])
        self.metronome.setChecked(on)
        name = self.tr("Metronome off") if on else self.tr("Metronome")
        named(self.metronome, name, f"{name}  (K)")
        self.midi.setChecked(self.midi_panel.isVisible() or bool(settings["midi_port"]))

    def _show_record(self) -> None:
        active, ready = self.recorder.active, bool(self.recorder.keyboard.name)
        self.record.setChecked(active)
        name = self.tr("Stop recording") if active else self.tr("Record")
        named(self.record, name, f"{name}  (R)" if active or ready else self.tr("Record: choose a MIDI keyboard first  (R)"))

    def _moved(self, seconds: float) -> None:
        if not self.seek.isSliderDown():
            with QSignalBlocker(self.seek):
                self.seek.setValue(round(1000 * seconds))
        beats = self._player.counting
        text = f"−{beats}" if beats else clock(seconds)
        if text != self.time.text():
            self.time.setText(text)

    # -- what is done

    def turn_loop(self) -> None:
        """Repeat, or no longer."""
        self._player.set_loops(not self._player.loops)

    def turn_metronome(self) -> None:
        """Click on the beats, or no longer."""
        self.context.settings["metronome"] = not self.context.settings["metronome"]

    def _record(self) -> None:
        if self.recorder.active or self.recorder.keyboard.name:
            self.recorder.toggle()
        else:
            self.midi_panel.open()
        self.show_state()

    def _toggle_midi(self) -> None:
        self.midi_panel.toggle()
        self.show_state()

    def _marked(self, first: float, last: float, over: bool) -> None:
        """Something was marked on the line: whole bars are repeated."""
        piece = music(self.context)
        if piece is not None:
            bars = bars_in(piece.piece, (first, max(last, first + 0.01)))
            self.seek.span = span_of(piece.piece, *bars)
            self.seek.update()
            if over:
                self._player.set_loop_span(self.seek.span)

    def _previous(self) -> None:
        if self._player.position > _BACK or self._player.neighbour(-1) is None:
            self._player.seek(0.0)
        else:
            self._player.step(-1)

    def _sought(self, value: int) -> None:
        if self.seek.isSliderDown():  # it goes there when it is let go of
            self.time.setText(clock(value / 1000))
        else:
            self._player.seek(value / 1000)
