"""Time series: lines broken at gaps, with the fan of a forecast, to read, to compare, and to draw by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from genstudio.domains.series.piece import Series
from genstudio.gui.items import Item
from genstudio.gui.showing import Panel, Showing
from genstudio.gui.shown.curve import Curve, about, facts, pen, period, span_of
from genstudio.gui.theme import Colours
from genstudio.gui.views.colours import mixed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget

    from genstudio.gui.context import Context
    from genstudio.gui.editor.base import EditDialog

__all__ = ["Curves"]

_BLANK = 48  # steps of one that is begun
_STRONG = 90  # pixels of height from which lines are drawn stronger

translate = QCoreApplication.translate


class Curves(Showing):
    """Pieces that are a ``Series``."""

    icon = "chart"
    format, own = "own", "Table, CSV"  # as the tables of texts, with whose translation
    counts = False
    latest = True

    def about(self, item: Item) -> list[str]:
        return about(item.piece)

    def facts(self, item: Item) -> list[tuple[str, str]]:
        return facts(item.piece)

    def unchanged(self, item: Item) -> str:
        return translate("Series", "same values")

    def paint(
        self, painter: QPainter, rect: QRectF, piece: Any, colours: Colours, *, before: Any = None, t: float | None = None,
        position: float | None = None, small: bool = False,
    ) -> None:  # fmt: skip
        if not len(piece):
            return
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 1.2 if small else 2.0 if rect.height() > _STRONG else 1.6
        room = 2.0 if small else 5.0 if piece.scores else 3.0
        inner = rect.adjusted(room, room, -room, -room)
        others = [before] if before is not None and len(before) and not small else []
        span, steps = span_of([piece, *others]), max(len(one) for one in (piece, *others))
        curve = Curve(piece, inner, span, steps)
        tint = mixed(colours.a, colours.b, t) if t is not None else QColor(colours.text)
        accent, begin = QColor(colours.accent), len(piece) - piece.forecast
        for other in others:
            Curve(other, inner, span, steps).draw(painter, QPen(QColor(colours.faint), 1.0))
        curve.draw_bands(painter, accent)
        curve.draw(painter, pen(tint, wide), 0, begin)
        if piece.forecast:
            curve.draw(painter, pen(accent, wide), max(0, begin - 1))
        curve.ring(painter, QColor(colours.bad), 2.5 if small else 4.0)
        painter.restore()

    def phrase(self, piece: Any, first: int, last: int) -> str:
        begin, end = max(0, (first - 1) * piece.size - piece.phase), min(len(piece), last * piece.size - piece.phase)
        when = period(piece.cut(begin, end))
        return when or translate("Series", "Steps {first} to {last}").format(first=begin + 1, last=end)

    def teach(self, tool: str) -> str:
        if tool == "fill":
            return translate("Series", "Give it A with gaps, which its editor makes; what could stand there is found.")
        return ""

    def blank(self) -> Series:
        return Series(values=(0.0,) * _BLANK)

    def reading(self, context: Context, path: str, options: Mapping[str, Any], parent: QWidget | None = None) -> QDialog | None:
        from genstudio.gui.shown.series_reading import NumbersDialog

        return NumbersDialog(context, path, options, parent)

    def panel(self, context: Context, parent: QWidget | None = None) -> Panel:
        from genstudio.gui.shown.series_panel import SeriesPanel

        return SeriesPanel(context, parent)

    def editor(self, context: Context, item: Item, parent: QWidget | None = None) -> EditDialog | None:
        from genstudio.gui.shown.series_editor import CurveDialog

        return CurveDialog(context, item, parent)
