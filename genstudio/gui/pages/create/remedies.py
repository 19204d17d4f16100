"""What can be done about an end of which the model keeps little: other bars of it, a plainer rhythm. These functions run in the
engine's lanes, never in the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from genstudio.domains import Note, get_domain
from genstudio.gui.items import Item
from genstudio.gui.pages.create.ends import End
from genstudio.progress import Stop

__all__ = ["best_bars", "measure", "straightened"]

_SIXTEENTH = 120  # ticks
_MOST = 24  # parts of a song that are tried


def measure(model: Any, pieces: list[Any], stop: Stop) -> list[Any]:
    """How much the model keeps of each piece (``genstudio.domains.Kept``)."""
    return [model.kept(piece, stop=stop) for piece in pieces]


def best_bars(model: Any, end: End, stop: Stop) -> End:
    """The part of a song, of the model's length, of which the model keeps most; of equals the one with most notes."""
    length = int(model.phrase_length)
    count = end.units()
    spans = [(first, min(first + length - 1, count)) for first in range(1, count + 1, max(1, length))][:_MOST]
    found = []
    for span in spans:
        part = End(end.item, span)
        piece = part.shown(length).piece
        if piece.notes:
            kept = model.kept(piece, stop=stop)
            found.append((kept.share, kept.of, -span[0], part))
    return max(found, key=lambda one: one[:3])[3] if found else end


def _on_sixteenths(notes: Sequence[Note], length: int) -> list[Note]:
    """The notes with every onset and end on a sixteenth, without those that would begin at ``length`` or later."""
    found = []
    for note in notes:
        start = (note.start + _SIXTEENTH // 2) // _SIXTEENTH * _SIXTEENTH
        end = max(start + _SIXTEENTH, (note.end + _SIXTEENTH // 2) // _SIXTEENTH * _SIXTEENTH)
        if start < length:
            found.append(note._replace(start=start, end=min(end, length)))
    return found


def straightened(item: Item) -> Item | None:
    """The piece with every onset and end on a sixteenth; None where they are there already, or nothing would be left."""
    domain, piece = get_domain(item.domain), item.piece
    if piece.parts:
        parts = tuple(replace(part, notes=tuple(_on_sixteenths(part.notes, piece.length))) for part in piece.parts)
        before, after = ([[note.start for note in part.notes] for part in some] for some in (piece.parts, parts))
        if before == after or not any(after):
            return None
        made = domain.from_symbols(domain.to_symbols(replace(piece, parts=parts)))
        known = domain.metadata(piece)
        known["parts"] = [{name: value for name, value in part.items() if name != "velocities"} for part in known["parts"]]
        return Item(domain.with_metadata(made, known), item.domain, item.title, source=item.source)
    notes = _on_sixteenths(piece.notes, piece.length)
    if piece.pitched:  # one voice: a note ends where the next begins, and of two that begin together the later one stays
        later = {note.start: note for note in notes}
        starts = sorted(later)
        follow = [*starts[1:], piece.length]
        notes = [later[start]._replace(end=min(later[start].end, next_)) for start, next_ in zip(starts, follow, strict=True)]
    if not notes or tuple(note[:3] for note in notes) == tuple(note[:3] for note in piece.notes):
        return None
    plain = domain.from_symbols(domain.to_symbols(replace(piece, notes=tuple(notes))))
    dressing = {name: value for name, value in domain.metadata(piece).items() if name != "velocities"}
    return Item(domain.with_metadata(plain, dressing), item.domain, item.title, source=item.source)
