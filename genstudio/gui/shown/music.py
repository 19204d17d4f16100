"""Music: rolls, grids of drums and scores, to hear, to mark bars of, and to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from genstudio.domains.music.geometry import SIXTEENTH
from genstudio.gui.instruments import kit_name
from genstudio.gui.items import Item
from genstudio.gui.showing import Panel, Showing, said
from genstudio.gui.theme import Colours
from genstudio.gui.views.bars import counted_in
from genstudio.gui.views.colours import mixed
from genstudio.gui.views.description import key_name, words_of
from genstudio.gui.views.drums import mark_of
from genstudio.gui.views.parts import part_names
from genstudio.gui.views.thumb import paint_roll

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from genstudio.gui.context import Context
    from genstudio.gui.editor.base import EditDialog

__all__ = ["Music"]

_DENSE = 8  # pixels for a note, at the least, for what is drawn around notes

translate = QCoreApplication.translate


class Music(Showing):
    """Pieces that are a ``Music``."""

    icon = "music"
    format = "midi"

    def about(self, item: Item) -> list[str]:
        facts, count, pitched, parts = item.facts, len(item.piece.notes), item.piece.pitched, len(item.piece.parts)
        one = translate("Kinds", "1 note") if pitched else translate("Kinds", "1 hit")
        several = translate("Kinds", "{count} notes") if pitched else translate("Kinds", "{count} hits")
        return [
            key_name(str(facts.get("key") or "")), str(facts["metre"]),
            translate("Kinds", "{count} parts").format(count=parts) if parts > 1 else "",
            one if count == 1 else several.format(count=count),
        ]  # fmt: skip

    def facts(self, item: Item) -> list[tuple[str, str]]:
        facts = dict(item.facts)
        if facts.get("key"):
            facts["key"] = key_name(str(facts["key"]))
        if facts.get("bars"):
            bars, seconds = int(facts["bars"]), round(float(facts.get("seconds") or 0))
            several = translate("Kinds", "{bars} bars, {seconds} seconds")
            length = several if bars != 1 else translate("Kinds", "1 bar, {seconds} seconds")
            facts["bars"] = length.format(bars=bars, seconds=seconds)
            if facts.get("pickup"):
                facts["bars"] = translate("Kinds", "{length}, with a pickup").format(length=facts["bars"])
            facts["tempo"] = counted_in(item.piece).told(facts["tempo"])
        if facts.get("range"):  # spelled in the key, as in the roll
            pitches, words = [note.pitch for note in item.piece.notes], words_of(item.piece)
            low, high = words.pitch(min(pitches)), words.pitch(max(pitches))
            facts["range"] = translate("Kinds", "{low} to {high}").format(low=low, high=high)
        if item.piece.parts:
            facts["parts"] = ", ".join(part_names(item.piece.parts))
            facts["chords"] = facts.get("chords") or ""
        names = {
            "key": translate("Kinds", "Key"), "metre": translate("Kinds", "Metre"), "tempo": translate("Kinds", "Tempo"),
            "bars": translate("Kinds", "Length"), "parts": translate("Kinds", "Parts"), "notes": translate("Kinds", "Notes"),
            "chords": translate("Kinds", "Chord symbols"), "hits": translate("Kinds", "Hits"), "range": translate("Kinds", "Range"),
        }  # fmt: skip
        rows = [(label, said(facts[name])) for name, label in names.items() if facts.get(name) not in (None, "")]
        if "kit" in facts:
            rows.append((translate("Kinds", "Kit"), kit_name(int(facts["kit"]) + 1)))
        return rows

    def unchanged(self, item: Item) -> str:
        return translate("Kinds", "same notes") if item.piece.pitched else translate("Kinds", "same hits")

    def paint(
        self, painter: QPainter, rect: QRectF, piece: Any, colours: Colours, *, before: Any = None, t: float | None = None,
        position: float | None = None, small: bool = False,
    ) -> None:  # fmt: skip
        tint = mixed(colours.a, colours.b, t) if t is not None else None
        if small:
            paint_roll(painter, rect, piece, colours, tint=tint, fold=True)
            return
        # Where notes are only a few pixels wide, lines between them and frames around them would hide them.
        if (len(piece.notes) if piece.pitched else piece.length / SIXTEENTH) * _DENSE <= rect.width():
            paint_roll(painter, rect, piece, colours, tint=tint, position=position, compare=before)
            return
        paint_roll(painter, rect.adjusted(0, 4, 0, -4), piece, colours, position=position, fold=before is None)
        if tint is not None:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), tint)
        if before is not None and piece.length:
            known = {mark_of(note, before.pitched) for note in before.notes}
            for note in piece.notes:
                if mark_of(note, piece.pitched) not in known:
                    x, wide = (rect.width() * ticks / piece.length for ticks in (note.start, note.end - note.start))
                    painter.fillRect(QRectF(rect.left() + x, rect.top(), max(1.0, wide), 2), QColor(colours.accent))

    def panel(self, context: Context, parent: QWidget | None = None) -> Panel:
        from genstudio.gui.shown.music_panel import MusicPanel

        return MusicPanel(context, parent)

    def editor(self, context: Context, item: Item, parent: QWidget | None = None) -> EditDialog:
        from genstudio.gui.editor.notes import NotesDialog

        return NotesDialog(context, item, parent)
