"""How the pieces of a kind of data appear in the window: on cards, seen large, and where they are edited.

A kind of data that is shown in its own way derives a class from :class:`Showing`, in a module of ``genstudio/gui/shown``, and has a
line in :data:`genstudio.gui.kinds.SHOWN`; nothing else in the window asks of which kind a piece is, but whether it plays and
whether it is text. What a class leaves out is done here for any piece, with what its domain says of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPainter
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QToolButton, QWidget

from genstudio.domains import domain_of, get_domain
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, stacked

if TYPE_CHECKING:
    from genstudio.gui.context import Context
    from genstudio.gui.editor.base import EditDialog
    from genstudio.gui.theme import Colours

__all__ = ["Panel", "Showing", "said"]

_SMALL = 7.5  # points of a picture made of characters, on a card
_COLUMNS = 96  # of one that is seen large


def said(value: Any) -> str:
    """A value, as the language writes numbers."""
    if isinstance(value, float):
        return QLocale().toString(value, "f", 0 if abs(value - round(value)) < 0.05 else 1)
    return QLocale().toString(value) if isinstance(value, int) else str(value)


class Panel(Worded, QWidget):
    """A piece seen large, alone or beside another.

    tabs: buttons that choose how it is seen. tools: what else stands in the head of the view. zooms: whether it can be seen larger
    and smaller. compares: whether another piece can be laid over it now. marking: whether a part of it can be marked; ``span`` is
    the part that is, in the units of the kind, and ``marked`` tells of another one.
    """

    marked = Signal(object)
    changed = Signal()  # it is seen in another way
    zooms = False
    compares = True
    span: tuple[int, int] | None = None

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.marking = False
        self.tabs: Sequence[QToolButton] = ()
        self.tools: Sequence[QWidget] = ()

    def show_items(self, item: Item | None, other: Item | None) -> None:
        """Show a piece (None: that nothing is chosen), and how it differs from another one of its kind."""

    def set_among(self, items: Sequence[Item | None]) -> None:
        """Show what comes on one scale, that of these pieces."""

    def zoom(self, factor: float) -> None:
        """Show it larger by a factor."""

    def fit(self) -> None:
        """Show all of it."""

    def unmark(self) -> None:
        """Mark nothing."""

    def focus(self) -> None:
        """Have the keys go to it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)


class _AnyPanel(Panel):
    """A picture of characters, as a terminal shows it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.picture = QPlainTextEdit(self)
        self.picture.setReadOnly(True)
        self.picture.setTabChangesFocus(True)
        self.picture.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.picture.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        stacked(self.picture, into=self)

    def show_items(self, item: Item | None, other: Item | None) -> None:
        pieces = [one for one in (item, other) if one is not None]
        self.picture.setPlainText("\n\n".join(get_domain(one.domain).show(one.piece, _COLUMNS) for one in pieces))
        self.picture.setAccessibleName(item.title if item is not None else "")

    def focus(self) -> None:
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)


class Showing:
    """The entry of a kind in the table. icon: of what is of it. format: the export format that is offered first, "" for the first
    that fits. own: what its own files are called among the export formats; "": that they are these. counts: whether it is told on
    cards how many parts differ. latest: whether of a long piece the last phrase is meant first, and not the first."""

    icon = "text"
    format = own = ""
    counts = True
    latest = False

    def about(self, item: Item) -> list[str]:
        """What is said of it on a card, a few words each: by default how long it is."""
        domain = get_domain(item.domain)
        count = domain.units(item.piece)
        return [f"{count} {domain.unit}" if count == 1 else f"{count} {domain.unit}s"]

    def facts(self, item: Item) -> list[tuple[str, str]]:
        """What is said of it in the inspector: what it is called, and a value."""
        known = {name: value for name, value in item.facts.items() if name != "title" and isinstance(value, (str, int, float))}
        return [(name[:1].upper() + name[1:].replace("_", " "), said(value)) for name, value in known.items() if value != ""]

    def unchanged(self, item: Item) -> str:
        """That it has the same parts as the piece beside it, though something else differs."""
        return QCoreApplication.translate("Kinds", "same parts")

    def paint(
        self, painter: QPainter, rect: QRectF, piece: Any, colours: Colours, *, before: Any = None, t: float | None = None,
        position: float | None = None, small: bool = False,
    ) -> None:  # fmt: skip
        """Draw a piece on a card.

        Args:
            before: a piece that it is seen beside: what differs stands out.
            t: its place between two ends, where it has one; its colour is between theirs.
            position: where it plays, in seconds.
            small: in a row of a list, where there is room for the picture alone.
        """
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(_SMALL)
        painter.save()
        painter.setClipRect(rect)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        columns = max(16, int(rect.width() / painter.fontMetrics().horizontalAdvance("0")))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(rect, int(flags), domain_of(piece).show(piece, columns))
        painter.restore()

    def phrase(self, piece: Any, first: int, last: int) -> str:
        """What its units (bars, words) from ``first`` to ``last`` are called."""
        if first == last:
            return QCoreApplication.translate("Kinds", "Bar {bar}").format(bar=first)
        return QCoreApplication.translate("Kinds", "Bars {first} to {last}").format(first=first, last=last)

    def teach(self, tool: str) -> str:
        """How one begins with a tool; "" where that is as for any piece."""
        return ""

    def blank(self) -> Any:
        """A piece that the editor begins with where one is drawn from nothing; None where that cannot be."""
        return None

    def reading(self, context: Context, path: str, options: Mapping[str, Any], parent: QWidget | None = None) -> QDialog | None:
        """A dialog that asks how a file is to be read, with a signal ``chosen`` that brings options as of ``Domain.read``; None
        where it is that of music, or of a table of texts. ``options``: how it was read."""
        return None

    def panel(self, context: Context, parent: QWidget | None = None) -> Panel:
        """What shows a piece large."""
        return _AnyPanel(context, parent)

    def editor(self, context: Context, item: Item, parent: QWidget | None = None) -> EditDialog | None:
        """The window in which a piece is edited; None where it cannot be."""
        return None
