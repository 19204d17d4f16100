"""Sentences, large and calm; what differs from a neighbour is underlined and bold, what the neighbour had is struck out."""

from __future__ import annotations

import difflib
import html
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded

if TYPE_CHECKING:
    from genstudio.gui.context import Context

__all__ = ["TextView", "differences", "in_lines"]

_SIZES = (0.8, 3.0)
_STEP = 0.1
_LEAST = 96  # pixels
_LARGE = 1.5  # of the shown sentence, to the setting
_COLUMN = 760  # the most pixels of a line
# A word with the marks at its end, or one Chinese, Japanese or Korean character: these are written without spaces.
_CJK = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORDS = re.compile(rf"[{_CJK}]|[^\s{_CJK}]+|\s+")
_LINE = re.compile(rf"([{_CJK}]{{3,9}})[，。！？；、]")


def differences(text: str, neighbour: str) -> list[tuple[str, str]]:
    """The words of a text in order, each ``("same" | "new" | "gone", words)``; "gone" are those of the neighbour that it lacks.

    >>> differences("the old man sleeps", "the man sleeps well")
    [('same', 'the'), ('new', ' old'), ('same', ' man sleeps'), ('gone', ' well')]
    """
    new, old = _WORDS.findall(text), _WORDS.findall(neighbour)
    found: list[tuple[str, str]] = []
    for kind, first, last, low, high in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(new[low:high])))
            continue
        if last > first:
            found.append(("gone", "".join(old[first:last])))
        if high > low:
            found.append(("new", "".join(new[low:high])))
    return found


def in_lines(text: str) -> str:
    """A poem whose lines have equally many characters with each line in a line of its own; any other text as it is.

    >>> in_lines("床前明月光，疑是地上霜。").splitlines()
    ['床前明月光，', '疑是地上霜。']
    """
    lines = list(_LINE.finditer(text))
    whole = "".join(line.group() for line in lines) == text
    return "\n".join(line.group() for line in lines) if whole and len({len(line.group()) for line in lines}) == 1 else text


class TextView(Worded, QTextBrowser):
    """Shows one sentence, and below it, where there is one, how it differs from a neighbour. Ctrl and the wheel, or Ctrl with
    ``+``, ``-`` and ``0``, change the size of the words, which is that of the settings. Where ``marks_words`` is set, it tells
    which words are selected, with the mouse or with Shift and the arrow keys."""

    marked = Signal(object)  # where in the text the words that are selected begin and end, or None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._item: Item | None = None
        self._neighbour: Item | None = None
        self._filling = False
        self.marks_words = False
        self.words_marked: tuple[int, int] | None = None
        self.selectionChanged.connect(self._selected)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(_LEAST)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(24)
        self.setProperty("kind", "reading")
        # One can go through it with the keyboard and select.
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        context.theme.changed.connect(self._show)
        context.settings.changed.connect(self._setting)
        self.retranslate()

    def show_items(self, item: Item | None, neighbour: Item | None = None) -> None:
        """Show a text, with its differences to a neighbour; melodies and None leave the view empty."""
        self._item = item if item is not None and item.is_text else None
        self._neighbour = neighbour if neighbour is not None and neighbour.is_text else None
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Text"))
        self._show()

    def describe(self) -> str:
        """What it shows, in words."""
        if self._item is None:
            return self.tr("No text is shown.")
        text = str(self._item.piece.text)
        if self._neighbour is None:
            return text
        parts = differences(text, str(self._neighbour.piece.text))

        def listed(wanted: str) -> str:
            return ", ".join(bare for kind, words in parts if kind == wanted and (bare := words.strip(" \n.,;:!?。，；：！？")))

        new, gone = listed("new"), listed("gone")
        said = [text]
        if new:
            said.append(self.tr("New: {words}.").format(words=new))
        if gone:
            said.append(self.tr("Gone: {words}.").format(words=gone))
        if not new and not gone:
            said.append(self.tr("The same as its neighbour."))
        return " ".join(said)

    def unmark(self) -> None:
        """Select nothing."""
        cursor = self.textCursor()
        cursor.clearSelection()
        self.setTextCursor(cursor)

    def _selected(self) -> None:
        """Tell the whole words that are selected of the text itself."""
        if not self.marks_words:
            return
        found: tuple[int, int] | None = None
        cursor = self.textCursor()
        if self._item is not None and cursor.hasSelection():
            text = str(self._item.piece.text)
            shown = in_lines(text)
            # Line ends that only the picture has are no part of the text.
            ends = cursor.selectionStart(), cursor.selectionEnd()
            first, last = (at if shown == text else len(shown[:at].replace("\n", "")) for at in ends)
            words = [word.span() for word in _WORDS.finditer(text) if not word.group().isspace()]
            inside = [span for span in words if span[1] > first and span[0] < last]
            found = (inside[0][0], inside[-1][1]) if inside else None
        if found != self.words_marked:
            self.words_marked = found
            self.marked.emit(found)

    def _setting(self, name: str) -> None:
        if name == "text_size":
            self._show()

    def resize_words(self, steps: int) -> None:
        """Make the words larger or smaller by steps of a tenth; 0 is the size of the beginning."""
        from genstudio.gui.settings import DEFAULTS

        size = float(DEFAULTS["text_size"]) if steps == 0 else float(self._context.settings["text_size"]) + steps * _STEP
        self._context.settings["text_size"] = round(min(_SIZES[1], max(_SIZES[0], size)), 1)

    def _show(self) -> None:
        colours = self._context.theme.colours
        self.setAccessibleDescription(self.describe())
        base = self.font().pointSizeF() * float(self._context.settings["text_size"])
        side = max(24, (self.viewport().width() - _COLUMN) // 2)
        if self._item is None:
            words = html.escape(self.tr("Choose a sentence to read it here."))
            self.setHtml(f'<p align="center" style="color:{colours.muted}; margin-top:48px">{words}</p>')
            return
        text = in_lines(str(self._item.piece.text))
        looks = {
            "same": "{words}",
            "new": f'<span style="font-weight:600; text-decoration:underline; color:{colours.accent}">{{words}}</span>',
            "gone": f'<span style="text-decoration:line-through; color:{colours.muted}">{{words}}</span>',
        }
        body = _marked([("same", text)], looks)
        large = f"font-size:{base * _LARGE:.1f}pt; line-height:150%; margin:0 {side}px 8px {side}px; color:{colours.text}"
        page = [f'<p style="{large}">{body}</p>']
        if self._neighbour is not None:
            parts = differences(text, in_lines(str(self._neighbour.piece.text)))
            heading = html.escape(self.tr("Compared with {title}").format(title=self._neighbour.title))
            legend = html.escape(self.tr("underlined: new; struck out: gone"))
            page.append(
                f'<p style="font-size:{base:.1f}pt; margin:24px {side}px 4px {side}px; color:{colours.muted}">{heading}'
                f'  ·  {legend}</p><p style="font-size:{base * 1.15:.1f}pt; line-height:150%; margin:0 {side}px; '
                f'color:{colours.text}">{_marked(parts, looks)}</p>'
            )
        self._filling = True
        self.setHtml("".join(page))
        self._filling = False
        self.moveCursor(QTextCursor.MoveOperation.Start)

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A text that brings the scroll bar with it makes the view narrower while it is set; setting it then would double it.
        if event.size().width() != event.oldSize().width() and not self._filling:
            self._show()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.resize_words(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_0: 0}
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in steps:
            self.resize_words(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _marked(parts: list[tuple[str, str]], looks: dict[str, str]) -> str:
    """The words as HTML; line ends stand as they are. Lines are drawn through and under words, not the spaces around them."""
    found = []
    for (kind, words), (after, _) in zip(parts, [*parts[1:], ("", "")], strict=True):
        bare = words.strip()
        lead, trail = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :] if bare else ""
        if (kind, after) == ("gone", "new") and not trail:
            trail = " "
        found += [_plain(lead), looks[kind].format(words=_plain(bare)) if bare else "", _plain(trail)]
    return f'<span style="white-space:pre-wrap">{"".join(found)}</span>'


def _plain(words: str) -> str:
    return html.escape(words).replace("\n", "<br/>")
