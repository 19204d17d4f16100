"""A model as a card: what it is called and for, three pieces that it wrote, how good it is, and what can be done with it."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QWidget

import genstudio
from genstudio.gui import faces, icons
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Button, Worded, Words, beside, new_button, new_label, stacked
from genstudio.gui.measured import Measured
from genstudio.gui.spans import size
from genstudio.gui.theme import SPACE
from genstudio.gui.verdicts import Verdict, verdicts
from genstudio.gui.widgets.card_text import CardText
from genstudio.gui.widgets.cards import CardStrip
from genstudio.gui.widgets.flow import Flow

__all__ = ["ModelFace"]

_SIGNS = {"good": "check", "warn": "warning", "bad": "close"}  # colours alone are not enough
_HIGH = 132  # pixels of the examples


class _Name(QLineEdit):
    """Where a model is given another name: Enter takes it, Escape leaves the old one."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Line(QWidget):
    """A sentence with its sign, in the colour of what it means."""

    def __init__(self, context: Context, verdict: Verdict, parent: QWidget) -> None:
        super().__init__(parent)
        self.verdict = verdict
        self.sign = QLabel(self)
        self.words = QLabel(verdict.words, self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box = beside(into=self, gap=SPACE)
        box.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        box.addWidget(self.words, 1)
        self._theme = context.theme
        self._theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        colour = getattr(self._theme.colours, self.verdict.tone)
        self.sign.setPixmap(icons.pixmap(_SIGNS[self.verdict.tone], colour, 16, self.devicePixelRatioF()))


class ModelFace(Worded, QFrame):
    """See the module. What its buttons do is said by signals; renaming asks in place."""

    use = Signal()
    renamed = Signal(str)  # the new name
    duplicate = Signal()
    delete = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.model: Measured | None = None
        self._examples: dict[str, list[Item]] = {}  # by folder, as far as they were read or written
        self.setProperty("kind", "panel")
        self.heading = new_label(self, "title", wrap=True)
        self.name = _Name(self)
        self.name.hide()
        self.name.returnPressed.connect(self._take_name)
        self.name.left.connect(self._leave_name)
        self.purpose = new_label(self, wrap=True)
        self.facts = new_label(self, "muted", wrap=True)
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.row = Flow()
        self.row.gap = SPACE
        self.buttons: dict[str, Button] = {}
        self._add("use", self.use, "primary", "", lambda: (self.tr("Use"), self.tr("Use the model")))
        self._add("rename", self._ask_name, "", "", lambda: (self.tr("Rename"), self.tr("Rename the model")))
        self._add("duplicate", self.duplicate, "", "copy", lambda: (self.tr("Duplicate"), self.tr("Duplicate the model")))
        self._add("card", self._card, "", "info", lambda: (
            self.tr("Data and licence"), self.tr("Show the data, the licence and the limits of the model")
        ))  # fmt: skip
        self._add("delete", self.delete, "danger", "trash", lambda: (self.tr("Delete"), self.tr("Delete the model")))
        self.why = new_label(self, "caption", wrap=True)
        self.examples = CardStrip(context, self)
        self.examples.setFixedHeight(_HIGH)
        self.shown_head = new_label(self, "heading", lambda: self.tr("What it writes"), of=self.examples)
        self.write = new_button(
            self, self._write, "", lambda: (self.tr("Let it write three"), "", self.tr("Three pieces of its own, as it is now"))
        )
        self.good_head = new_label(self, "heading", lambda: self.tr("How good it is"))
        self.unknown = new_label(
            self, "muted", lambda: self.tr("Not known yet: measure it, and it stands here in words."), wrap=True
        )
        self.lines: list[_Line] = []
        self._judged = stacked(gap=SPACE)
        box = stacked(
            self.heading, self.name, self.purpose, self.facts, self.row, self.why, SPACE, self.shown_head, self.examples, into=self,
            margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE), gap=SPACE,
        )  # fmt: skip
        box.addWidget(self.write, 0, Qt.AlignmentFlag.AlignLeft)
        box.addSpacing(SPACE)
        box.addWidget(self.good_head)
        box.addWidget(self.unknown)
        box.addLayout(self._judged)
        self.retranslate()

    def _add(self, name: str, clicked: Any, kind: str, picture: str, words: Words) -> None:
        self.buttons[name] = made = new_button(self, clicked, kind, words, picture=picture)
        made.setIconSize(QSize(16, 16))
        self.row.addWidget(made)

    # -- what it shows

    def show_model(self, model: Measured | None) -> None:
        """Show another one, or the same as it is now."""
        other = model is None or self.model is None or model.key != self.model.key
        self.model = model
        if other:
            self._leave_name()
        self._tell()
        if model is None or model.error:
            self._show_examples([])
        elif model.key in self._examples:
            self._show_examples(self._examples[model.key])
        else:
            self._show_examples([])
            self.context.engine.run(
                partial(faces.kept_examples, model.key, model.face.title), channel="examples of a model", name="read examples",
                done=partial(self._have, model.key), failed=lambda *_: None,
            )  # fmt: skip

    def _have(self, key: str, items: list[Item]) -> None:
        self._examples[key] = items
        if self.model is not None and self.model.key == key:
            self.write.setEnabled(True)
            self._show_examples(items)

    def _show_examples(self, items: list[Item]) -> None:
        model = self.model
        usable = model is not None and not model.error
        captions = ["" if item.is_text else self.tr("Example {number}").format(number=at) for at, item in enumerate(items, 1)]
        self.examples.set_items(items, captions=captions)
        self.examples.setVisible(bool(items))
        self.write.setVisible(usable and not items)
        self.shown_head.setVisible(usable)

    def _write(self) -> None:
        model = self.model
        if model is None:
            return
        self.write.setEnabled(False)
        self.write.setText(self.tr("Writing …"))
        task = self.context.engine.run(
            partial(faces.written_examples, model.key, model.face.title), lane="model", name="write examples",
            done=partial(self._have, model.key), failed=self.context.bus.trouble.emit,
        )  # fmt: skip
        task.finished.connect(self._written)

    def _written(self) -> None:
        self.write.setEnabled(True)
        self.write.retranslate()

    @property
    def in_use(self) -> bool:
        """Whether it is the model that pieces are made with."""
        current = self.context.models.current
        return current is not None and self.model is not None and str(current.folder) == self.model.key

    def _tell(self) -> None:
        model = self.model
        self.setVisible(model is not None)
        if model is None:
            return
        face, usable = model.face, not model.error
        self.heading.setText(face.title)
        self.purpose.setText(model.error or face.purpose)
        parts = [size(model.size) if model.size else ""]
        parts.append(self.tr("learned from {data}").format(data=face.data) if face.data else "")
        parts.append(self.tr("licence of that: {licence}").format(licence=face.licence) if face.licence else "")
        parts.append(self.tr("belongs to a training") if model.run else "")
        self.facts.setText("  ·  ".join(part for part in parts if part))
        self.buttons["use"].setText(self.tr("In use") if self.in_use else self.tr("Use"))
        self.buttons["use"].setEnabled(usable and not self.in_use)
        self.buttons["duplicate"].setEnabled(usable)
        self.buttons["card"].setEnabled(usable)
        self.buttons["rename"].setEnabled(usable and face.own)
        why = self._why_not(model)
        self.buttons["delete"].setText(self.tr("Take off the list") if self._elsewhere(model) else self.tr("Delete"))
        self.buttons["delete"].setEnabled(not why)
        self.why.setText(why or (self.tr("It is not in your folder of models; a duplicate of it is.") if not face.own else ""))
        self.why.setVisible(bool(self.why.text()))
        for name, button in self.buttons.items():
            said = self.tr("In use") if name == "use" and usable else self.why.text() if name in ("rename", "delete") else ""
            button.setToolTip("" if button.isEnabled() else said or model.error)
        self._judge(verdicts(model.judged, model.domain, model.preset) if usable else [])

    @staticmethod
    def _elsewhere(model: Measured) -> bool:
        return not model.face.own and not model.run and not faces.shipped(model.key)

    def _why_not(self, model: Measured) -> str:
        """Why it cannot be deleted; "" where it can."""
        if faces.shipped(model.key):
            return self.tr("It comes with GenStudio, so it is not renamed or deleted; a duplicate of it is your own.")
        if model.run:
            return self.tr("It belongs to a training and goes with it; a duplicate of it is your own.")
        return self.tr("It is in use; use another one to delete it.") if self.in_use else ""

    def _judge(self, found: list[Verdict]) -> None:
        while self.lines:
            line = self.lines.pop()
            self._judged.removeWidget(line)
            line.hide()
            line.deleteLater()
        for verdict in found:
            line = _Line(self.context, verdict, self)
            self.lines.append(line)
            self._judged.addWidget(line)
        self.good_head.setVisible(self.model is not None and not self.model.error)
        self.unknown.setVisible(not found and not self.good_head.isHidden())

    def _card(self) -> None:
        model = self.model
        if model is not None:
            self.context.engine.run(
                partial(genstudio.model_card, model.key), name="read a model card",
                done=lambda text: CardText(model.face.title, text, self).open(), failed=self.context.bus.trouble.emit,
            )  # fmt: skip

    # -- another name

    def _ask_name(self) -> None:
        if self.model is not None:
            self.name.setText(self.model.face.title)
            self.heading.hide()
            self.name.show()
            self.name.selectAll()
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_name(self) -> None:
        if self.name.isHidden():
            return
        focused = self.name.hasFocus()
        self.name.hide()
        self.heading.show()
        if focused:
            self.buttons["rename"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_name(self) -> None:
        text = " ".join(self.name.text().split())
        if text and self.model is not None and text != self.model.face.title:
            self.renamed.emit(text)
        self._leave_name()

    # -- words

    def retranslate(self) -> None:
        self.name.setAccessibleName(self.tr("Name of the model"))
        self.name.setPlaceholderText(self.tr("Name of the model"))
        self._tell()
