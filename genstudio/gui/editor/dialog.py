"""The window in which a piece is edited: the notes of any music, or the words of a text."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genstudio.domains import Music, get_domain
from genstudio.domains.music.time import TempoChange
from genstudio.gui.context import Context
from genstudio.gui.editor.canvas import Canvas
from genstudio.gui.editor.draft import GRIDS, Draft
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.live import voice_of
from genstudio.gui.theme import SPACE
from genstudio.gui.views.bars import tick_at
from genstudio.gui.views.parts import part_names
from genstudio.gui.widgets.numbers import WholeField

__all__ = ["EditDialog", "NotesDialog", "WordsDialog", "editor_for"]

_LOUDER = 12


def editor_for(context: Context, item: Item, parent: QWidget | None = None) -> EditDialog:
    """The editor of a piece."""
    return (NotesDialog if item.music else WordsDialog)(context, item, parent)


class EditDialog(QDialog):
    """Edits a piece; ``made`` brings the changed one, which is a piece of its own. The piece itself stays as it is."""

    made = Signal(object)  # Item

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.item = context, item
        self.hint = QLabel()
        self.hint.setProperty("kind", "caption")
        self.hint.setWordWrap(True)
        self.cancel, self.use = QPushButton(), QPushButton()
        self.use.setProperty("kind", "primary")
        self.cancel.clicked.connect(self.reject)
        self.use.clicked.connect(self.accept)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.hint, 1)
        self._foot.addWidget(self.cancel)
        self._foot.addWidget(self.use)
        for button in (self.cancel, self.use):
            button.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _column(self) -> QVBoxLayout:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE + 4)
        return column

    def _title(self) -> str:
        """What the changed piece is called."""
        return self.tr("{title}, edited").format(title=self.item.title) if self.item.job is not None else self.item.title

    def retranslate(self) -> None:
        """Set every string."""
        self.setWindowTitle(self.tr("Edit {title}").format(title=self.item.title))
        for button, text in ((self.cancel, self.tr("Cancel")), (self.use, self.tr("Use it"))):
            button.setText(text)
            button.setAccessibleName(text)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class NotesDialog(EditDialog):
    """Edits the notes of music."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self.draft = Draft(item.piece, item.domain)
        self._played: Item | None = None
        self.resize(1040, 620)
        self._build()
        self.retranslate()
        self.retheme()
        self._refresh()
        player = context.player
        player.moved.connect(self._moved)
        player.ended.connect(lambda: self.canvas.set_position(None))
        context.theme.changed.connect(self.retheme)

    def _build(self) -> None:
        self.play, self.delete, self.quantise = QPushButton(), QPushButton(), QPushButton()
        self.undo, self.redo, self.octave_down, self.octave_up = QToolButton(), QToolButton(), QToolButton(), QToolButton()
        self.softer, self.louder, self.less, self.more = QToolButton(), QToolButton(), QToolButton(), QToolButton()
        self.part, self.step, self.tempo = QComboBox(), QComboBox(), WholeField()
        for ticks in GRIDS.values():
            self.step.addItem("", ticks)
        self.step.setCurrentIndex(list(GRIDS).index("1/8" if self.draft.pitched else "1/16"))
        for number in self.draft.parts:
            self.part.addItem("", number)
        self.tempo.setRange(20, 320)
        self.tempo.setValue(round(self.draft.piece.tempos[0].bpm))
        self._labels = (QLabel(), QLabel(), QLabel())
        fields = (self.part, self.step, self.tempo)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for widget in (self.play, self.undo, self.redo):
            row.addWidget(widget)
        for label, field in zip(self._labels, fields, strict=True):
            label.setProperty("kind", "muted")
            label.setBuddy(field)
            row.addSpacing(SPACE)
            row.addWidget(label)
            row.addWidget(field)
        self._labels[0].setVisible(len(self.draft.parts) > 1)
        self.part.setVisible(len(self.draft.parts) > 1)
        row.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(SPACE)
        for widget in (self.octave_down, self.octave_up, self.softer, self.louder, self.quantise, self.delete):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self.less)
        tools.addWidget(self.more)
        self.canvas = Canvas(self.context, self.draft)
        self.area = QScrollArea()
        self.area.setWidget(self.canvas)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for bar in (self.area.horizontalScrollBar(), self.area.verticalScrollBar()):
            bar.valueChanged.connect(lambda _: self.canvas.update())  # its names stay where they are
        column = self._column()
        for line in (row, tools):
            column.addLayout(line)
        column.addWidget(self.area, 1)
        column.addLayout(self._foot)
        for button, change in (
            (self.undo, self.draft.undo), (self.redo, self.draft.redo), (self.delete, self.draft.delete),
            (self.octave_down, lambda: self.draft.move(0, -12)), (self.octave_up, lambda: self.draft.move(0, 12)),
            (self.softer, lambda: self.draft.louder(-_LOUDER)), (self.louder, lambda: self.draft.louder(_LOUDER)),
            (self.quantise, lambda: self.draft.quantise(self.canvas.grid)),
            (self.less, self.draft.shorter), (self.more, self.draft.longer),
        ):  # fmt: skip
            button.clicked.connect(lambda _=False, change=change: self._do(change))
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo.setShortcut(QKeySequence.StandardKey.Redo)
        for widget in (self.play, self.delete, self.quantise):
            widget.setAutoDefault(False)
        self.play.clicked.connect(self._play)
        self.part.currentIndexChanged.connect(self._other_part)
        self.step.currentIndexChanged.connect(self._step)
        self.tempo.valueChanged.connect(lambda _: self._refresh())
        self.canvas.changed.connect(self._refresh)
        self.canvas.touched.connect(self._sound)
        self._step()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._bring_into_view()
        self.canvas.setFocus()

    def _bring_into_view(self) -> None:
        notes = self.draft.notes
        if notes:
            middle = sorted(note.pitch for note in notes)[len(notes) // 2]
            self.area.verticalScrollBar().setValue(round(self.canvas.y_of(middle) - self.area.viewport().height() / 2))

    # -- what is chosen

    def _other_part(self) -> None:
        self.draft.at_hand(int(self.part.currentData()))
        self.canvas.fit()
        self._bring_into_view()
        self._refresh()

    def _step(self) -> None:
        self.canvas.grid = int(self.step.currentData())
        self.canvas.update()

    def _do(self, change: object) -> None:
        assert callable(change)
        change()
        if self.part.currentData() != self.draft.part:  # an undone change was of another part
            self.part.setCurrentIndex(self.part.findData(self.draft.part))
        self.canvas.fit()
        self._refresh()

    def _refresh(self) -> None:
        draft, some = self.draft, bool(self.draft.selected)
        self.undo.setEnabled(draft.can_undo)
        self.redo.setEnabled(draft.can_redo)
        for button in (self.octave_down, self.octave_up, self.softer, self.louder, self.delete):
            button.setEnabled(some)
        self.octave_down.setVisible(draft.pitched)
        self.octave_up.setVisible(draft.pitched)
        self.less.setEnabled(get_domain(self.item.domain).units(draft.piece) > 1)
        there = any(part.notes for part in draft.piece.parts) if draft.piece.parts else bool(draft.notes)
        self.play.setEnabled(there)
        self.use.setEnabled(there and self.piece != self.item.piece)
        self.use.setToolTip("" if there else self.tr("There are no notes yet."))

    @property
    def piece(self) -> Music:
        """The piece as it is now, at the tempo of the field."""
        piece, tempo = self.draft.piece, self.tempo.value()
        first = piece.tempos[0]
        if tempo == round(first.bpm):
            return piece
        times = tempo / first.bpm
        return replace(piece, tempos=tuple(TempoChange(change.tick, change.bpm * times) for change in piece.tempos))

    # -- sound

    def _play(self) -> None:
        player = self.context.player
        if player.playing and player.item is self._played:
            player.stop()
            return
        self._played = self._made()
        player.play(self._played)

    def _sound(self, pitch: int, velocity: int) -> None:
        item = Item(self.draft.piece, self.item.domain, "")
        self.context.player.live.touch(voice_of(item, self.context.settings, self.draft.part), pitch, velocity)

    def _moved(self, seconds: float) -> None:
        if self._played is not None and self.context.player.item is self._played:
            self.canvas.set_position(tick_at(self._played.piece, seconds))

    # -- keys and the end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._play()
        else:
            super().keyPressEvent(event)

    def _made(self) -> Item:
        return Item(replace(self.piece, title=self._title()), self.item.domain, self._title(), of=self.item.of)

    def accept(self) -> None:
        self.made.emit(self._made())
        super().accept()

    def done(self, result: int) -> None:
        if self._played is not None and self.context.player.item is self._played:
            self.context.player.stop()
        super().done(result)

    # -- strings and colours

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        for button, name in ((self.play, "play"), (self.undo, "undo"), (self.redo, "redo"), (self.delete, "trash")):
            button.setIcon(icon(name, colours))

    def retranslate(self) -> None:
        super().retranslate()
        steps = {
            "1/4": self.tr("Quarters"), "1/8": self.tr("Eighths"), "1/8t": self.tr("Triplets of eighths"),
            "1/16": self.tr("Sixteenths"), "1/16t": self.tr("Triplets of sixteenths"),
        }  # fmt: skip
        for index, name in enumerate(GRIDS):
            self.step.setItemText(index, steps[name])
        names = part_names(self.draft.piece.parts) if self.draft.piece.parts else [""]
        for index, number in enumerate(self.draft.parts):
            self.part.setItemText(index, names[number])
        for label, field, text in zip(
            self._labels, (self.part, self.step, self.tempo), (self.tr("Part"), self.tr("Steps"), self.tr("Tempo")), strict=True
        ):
            label.setText(text)
            field.setAccessibleName(text)
        for button, text, about in (
            (self.play, self.tr("Play"), self.tr("Space")),
            (self.delete, self.tr("Delete"), self.tr("Take out the selected notes")),
            (self.quantise, self.tr("Quantise"), self.tr("Put the selected notes, or all, on the steps")),
            (self.octave_down, self.tr("Octave down"), ""), (self.octave_up, self.tr("Octave up"), ""),
            (self.softer, self.tr("Softer"), ""), (self.louder, self.tr("Louder"), ""),
            (self.less, self.tr("Remove the last bar"), ""), (self.more, self.tr("Add a bar"), ""),
            (self.undo, self.tr("Undo"), ""), (self.redo, self.tr("Redo"), ""),
        ):  # fmt: skip
            if button not in (self.undo, self.redo):
                button.setText(text)
            button.setAccessibleName(text)
            button.setToolTip(about or text)
        self.canvas.setAccessibleName(self.tr("Roll to edit"))
        self.hint.setText(
            self.tr(
                "Drag in an empty place to write a note, drag a note to move it, drag its end to change its length; right-click "
                "takes it out. Shift selects several. Arrow keys move what is selected, Shift and an arrow by octaves or in length."
            )
        )


class WordsDialog(EditDialog):
    """Edits a text."""

    def __init__(self, context: Context, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(context, item, parent)
        self.words = QPlainTextEdit(str(item.piece.text))
        self.words.setTabChangesFocus(True)
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.textChanged.connect(self._refresh)
        self.resize(560, 300)
        column = self._column()
        column.addWidget(self.words, 1)
        column.addLayout(self._foot)
        self.retranslate()
        self._refresh()

    def _refresh(self) -> None:
        text = self.words.toPlainText().strip()
        self.use.setEnabled(bool(text) and text != str(self.item.piece.text))

    def accept(self) -> None:
        piece = get_domain(self.item.domain).parse(self.words.toPlainText())
        if piece is not None:
            self.made.emit(Item(piece, self.item.domain, piece.title))
            super().accept()

    def retranslate(self) -> None:
        super().retranslate()
        self.words.setAccessibleName(self.tr("Words to edit"))
        self.hint.setText(self.tr("The piece itself stays as it is; what you write is a piece of its own."))
