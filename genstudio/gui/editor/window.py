"""What is in the window in which music is written: its buttons and fields, a roll with a piano, and the steps of a drum machine."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QScrollArea, QStackedWidget, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.editor.base import EditDialog
from genstudio.gui.editor.canvas import Canvas
from genstudio.gui.editor.draft import GRIDS, LOUD, METRES, Draft
from genstudio.gui.editor.keyboard import Recorder
from genstudio.gui.editor.steps import StepGrid
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.layouts import beside, called, having, named, new_label
from genstudio.gui.theme import SPACE
from genstudio.gui.views.bars import counted_in
from genstudio.gui.views.drums import level_name
from genstudio.gui.views.parts import part_names
from genstudio.gui.widgets.numbers import WholeField
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["NotesWindow"]


class _Area(QScrollArea):
    """Leaves the arrow keys to the dialog."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidget(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: inside.update())  # names stay where they are

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()


class NotesWindow(EditDialog):
    """The widgets and their words; what they do is for :class:`genstudio.gui.editor.notes.NotesDialog`."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None, *, new: bool = False) -> None:
        super().__init__(context, item, parent)
        self.draft, self._new = Draft(item.piece, item.domain), new
        self.resize(QSize(1040, 640).boundedTo(self.screen().availableSize() - QSize(40, 80)))
        self._build()

    def _build(self) -> None:
        self.play, self.delete, self.quantise, self.clear = (QPushButton(autoDefault=False) for _ in range(4))
        self.undo, self.redo, self.octave_down, self.octave_up = (QToolButton() for _ in range(4))
        self.softer, self.louder, self.less, self.more = (QToolButton() for _ in range(4))
        for button, picture in ((self.undo, "undo"), (self.redo, "redo"), (self.delete, "trash"), (self.clear, "trash")):
            button.setIcon(icon(picture))
        self.part, self.metre, self.step, self.tempo = QComboBox(), QComboBox(), QComboBox(), WholeField()
        for number in self.draft.parts:
            self.part.addItem("", number)
        for metre in METRES:
            self.metre.addItem("{}/{}".format(*metre), metre)
        for ticks in GRIDS.values():
            self.step.addItem("", ticks)
        self.canvas, self.steps = Canvas(self.context, self.draft), StepGrid(self.context, self.draft)
        self.keyboard = Recorder(self.context, self.canvas, lambda: self.bpm)
        self.record = self.keyboard.record
        self.area, self.steps_area = _Area(self.canvas), _Area(self.steps)
        self.views = QStackedWidget()
        self.views.addWidget(self.area)
        self.views.addWidget(self.steps_area)
        self._column(self._build_top(), self._build_tools(), (self.views, 1), self.keyboard, self._foot)
        self._show_tempo(self.draft.piece.tempos[0].bpm)

    @property
    def bpm(self) -> float:
        """The tempo of the field in quarters a minute."""
        return self.tempo.value() * self._note.quarters

    def _show_tempo(self, bpm: float) -> None:
        """Show a tempo in what is counted in the metre of the piece, for which there is room in any case."""
        self._note = counted_in(self.draft.piece)
        with QSignalBlocker(self.tempo):
            self.tempo.setRange(10, 640)
            self.tempo.setValue(round(self._note.of(bpm)))
        self._labels[3].setText(self.tr("Tempo  {note} =").format(note=self._note.sign))

    def _build_top(self) -> QHBoxLayout:
        self._fields = (self.part, self.metre, self.step, self.tempo)
        self._labels = tuple(new_label(kind="muted") for _ in self._fields)
        row = beside(self.record, self.play, self.undo, self.redo, gap=SPACE)
        for label, field in zip(self._labels, self._fields, strict=True):
            label.setBuddy(field)
            row.addSpacing(SPACE)
            row.addWidget(label)
            row.addWidget(field)
        for place, shown in ((0, len(self.draft.parts) > 1), (1, self._new and self.draft.plain)):
            self._labels[place].setVisible(shown)
            self._fields[place].setVisible(shown)
        self.told = having(ShortLabel(), "muted")
        row.addSpacing(SPACE)
        row.addWidget(self.told, 1)
        return row

    def _build_tools(self) -> QWidget:
        self.loud_label = new_label(kind="muted")
        bar = QWidget()
        self._levels = QButtonGroup(self)
        self.levels: list[QPushButton] = []
        tools = beside(self.loud_label, into=bar, gap=SPACE)
        for velocity in LOUD:
            button = having(QPushButton(autoDefault=False), "quiet", checkable=True)
            button.clicked.connect(lambda _=False, velocity=velocity: setattr(self.steps, "velocity", velocity))
            self._levels.addButton(button)
            self.levels.append(button)
            tools.addWidget(button)
        self.levels[LOUD.index(self.steps.velocity)].setChecked(True)
        for widget in (self.octave_down, self.octave_up, self.softer, self.louder, self.quantise, self.delete, self.clear):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self.less)
        tools.addWidget(self.more)
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo.setShortcut(QKeySequence.StandardKey.Redo)
        return bar

    @property
    def view(self) -> Canvas | StepGrid:
        """Where the part at hand is edited: drums on steps, if their bars are all alike."""
        return self.canvas if self.draft.pitched or not self.draft.plain else self.steps

    def _show_play(self, going: bool) -> None:
        called(self.play, self.tr("Stop") if going else self.tr("Play"))
        self.play.setIcon(icon("stop" if going else "play"))

    def retranslate(self) -> None:
        super().retranslate()
        if self._new:
            self.setWindowTitle(self.tr("Play or draw") if self.draft.pitched else self.tr("Tap in a beat"))
        steps = {
            "1/2": self.tr("Halves"), "1/4": self.tr("Quarters"), "1/8": self.tr("Eighths"),
            "1/8t": self.tr("Triplets of eighths"), "1/16": self.tr("Sixteenths"), "1/16t": self.tr("Triplets of sixteenths"),
        }  # fmt: skip
        for index, name in enumerate(GRIDS):
            self.step.setItemText(index, steps[name])
        names = part_names(self.draft.piece.parts) if self.draft.piece.parts else [""]
        for index, number in enumerate(self.draft.parts):
            self.part.setItemText(index, names[number])
        words = (self.tr("Part"), self.tr("Metre"), self.tr("Steps"), self.tr("Tempo"))
        for label, field, text in zip(self._labels, self._fields, words, strict=True):
            label.setText(text)
            field.setAccessibleName(text)
        self._show_tempo(self.bpm)
        for button, text, about in (
            (self.delete, self.tr("Delete"), self.tr("Take out the selected notes")),
            (self.quantise, self.tr("Quantise"), self.tr("Put the selected notes, or all, on the steps")),
            (self.octave_down, self.tr("Octave down"), ""), (self.octave_up, self.tr("Octave up"), ""),
            (self.softer, self.tr("Softer"), ""), (self.louder, self.tr("Louder"), ""), (self.clear, self.tr("Clear"), ""),
            (self.less, self.tr("Remove the last bar"), ""), (self.more, self.tr("Add a bar"), ""),
            (self.undo, self.tr("Undo"), ""), (self.redo, self.tr("Redo"), ""),
        ):  # fmt: skip
            if button not in (self.undo, self.redo):
                button.setText(text)
            named(button, text, about or text)
        self.loud_label.setText(self.tr("A click strikes"))
        for number, (level, velocity) in enumerate(zip(self.levels, LOUD, strict=True), 1):
            name = level_name(velocity)
            level.setText(name[:1].upper() + name[1:])
            key = self.tr("On the steps: the key {number}").format(number=number)
            named(level, self.tr("New hits: {loud}").format(loud=name), key)
        self.canvas.setAccessibleName(self.tr("Roll to edit"))
        self.steps.setAccessibleName(self.tr("Steps of the beat"))
        self.steps.describe()
        self._hint()
        self._show_play(False)

    def _hint(self) -> None:
        self.hint.setText(
            self.tr(
                "Drag in an empty place to write a note, drag a note to move it, drag its end to change its length; right-click "
                "takes it out. Shift selects several, arrow keys move what is selected, plus and minus make it louder and softer: "
                "the stronger the colour, the louder. Or play: the keys A to P are a piano, Z and X change the octave, a full "
                "stop is a rest, Backspace takes back."
            )
            if self.draft.pitched
            else self.tr(
                "Click a step to strike or silence it; with Shift a hit gets louder. Or with the keyboard: arrows, Space to "
                "strike, 1 to 4 for how loud, P to play."
            )
        )
