"""The ends above the stage, with the line between them, how much of each the model keeps, and what can be done where that is
little: other bars of it, a plainer rhythm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSlider, QWidget

from genstudio.domains import Kept, Note, get_domain
from genstudio.gui.items import Item
from genstudio.gui.layouts import Worded, named
from genstudio.gui.pages.create.desk import LETTERS, Desk, End
from genstudio.gui.pages.create.filling import Filling
from genstudio.gui.pages.create.well import Well
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import writes_parts
from genstudio.progress import Stop

__all__ = ["EndsBar", "straightened"]

log = logging.getLogger(__name__)

_KEPT = 256  # pieces of which it is known how much the model keeps
_WIDE = 700  # pixels from which the line stands between the names of its ends
_ROOMY = 900  # from which the line takes more room than an end, which says all that it has to say
_FOUR = 1000  # and from which four ends stand side by side
_SIXTEENTH = 120  # ticks
_MOST = 24  # parts of a song that are tried


class EndsBar(Worded, QWidget):
    """The places of the ends that the tool works on. Between two of music, where there is room, lies the line."""

    looked_at = Signal(int, object)  # number of an end, Item

    def __init__(self, desk: Desk, filling: Filling, line: QSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk, self.filling, self.line = desk.context, desk, filling, line
        self._kept: dict[tuple[str, str, str], Kept] = {}  # by digest of the model, domain and symbols
        self._whole = False
        self._shape: tuple[object, ...] = ()
        self.setProperty("written", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACE)
        self.wells = [Well(self.context, letter, self) for letter in LETTERS]
        line.setParent(self)
        for number, well in enumerate(self.wells):
            well.wanted.connect(partial(filling.wanted, number))
            well.ended.connect(partial(filling.other_part, number))
            well.dropped.connect(partial(filling.dropped, number))
            well.files.connect(partial(filling.read, number))
            well.edited.connect(partial(filling.typing, number))
            well.tell_kept(None, partial(self._remedies, number))
            well.card.pressed.connect(lambda _, number=number: self.looked_at.emit(number, self.wells[number].card.current_item))
        filling.told.connect(lambda number, sentence: self.wells[number].tell(sentence))
        self.retranslate()

    def commit(self) -> None:
        """Take over what is typed and is not an end yet."""
        for well in self.wells:
            well.commit()

    def meant(self, domain: str) -> list[End | None]:
        """The ends of a domain, with what is typed and not taken over yet."""
        ends = list(self.desk.states[domain].ends)
        if domain != self.desk.domain or not self.desk.text:
            return ends
        return [ends[at] if at == 0 and self.desk.topic is not None else well.meant for at, well in enumerate(self.wells)]

    def show_ends(self, whole: bool, line: bool) -> None:
        """Show the ends that the tool works on; ``whole``: all of each is meant; ``line``: there is a way between them."""
        desk, needed = self.desk, self.desk.needed
        self._whole = whole
        for number, well in enumerate(self.wells):
            well.setVisible(number < needed)
            well.show_end(desk.ends[number], desk.domain, desk.length, whole, apart=number == 0 and desk.topic is not None)
        self.line.setVisible(line)
        self.setVisible(needed > 0)
        self._arrange()
        # Of a text with a gap the model keeps nothing that is of interest: the gap is no word.
        self._tell_kept(0 if desk.tool == "fill" or writes_parts(desk.tool) else needed)

    def _arrange(self) -> None:
        """Lay out: the line between two names, or below them; four ends in one row, or in two."""
        needed, line, music = self.desk.needed, self.line.isVisibleTo(self), not self.desk.text
        beside = line and music and self.width() >= _WIDE
        columns = 4 if needed == 4 and self.width() >= _FOUR else 2
        stretches = (3, 4, 3) if self.width() >= _ROOMY else (1, 1, 1)
        shape = (needed, line, beside, columns, stretches)
        if shape == self._shape:
            return
        self._shape = shape
        grid = self._grid
        for widget in (*self.wells, self.line):
            grid.removeWidget(widget)
        for column in range(4):
            grid.setColumnStretch(column, 0)
        if beside:
            for column, widget in enumerate((self.wells[0], self.line, self.wells[1])):
                grid.addWidget(widget, 0, column)
                grid.setColumnStretch(column, stretches[column])
            return
        for number in range(needed):
            grid.addWidget(self.wells[number], number // columns, number % columns)
            grid.setColumnStretch(number % columns, 1)
        if line:
            grid.addWidget(self.line, 1, 0, 1, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # -- how much of the ends the model keeps

    def _mark(self, piece: Any) -> tuple[str, str, str]:
        """What decides how much of a piece the model keeps."""
        desk = self.desk
        return (desk.model.digest if desk.model is not None else ""), desk.domain, get_domain(desk.domain).to_symbols(piece)

    def learn_kept(self, pieces: Any) -> None:
        """Take what was measured while pieces were made of the ends."""
        for place, kept in pieces.kept.items():
            self._kept[self._mark(pieces[place])] = kept

    def _tell_kept(self, needed: int) -> None:
        """Say of each end how much of it the model keeps, and find out where that is not known."""
        desk, model = self.desk, self.desk.model
        ends = [(number, end) for number, end in enumerate(desk.ends[:needed]) if end is not None]
        unknown = []
        for number, end in ends:
            piece = end.item.piece if self._whole else desk.shown(end)
            found = self._kept.get(self._mark(piece)) if model is not None else None
            self.wells[number].tell_kept(found)
            if found is None:
                unknown.append(piece)
        for number in set(range(len(self.wells))) - {number for number, _ in ends}:
            self.wells[number].tell_kept(None)
        # The ends of a way and the corners of a mix are measured with it.
        measured_anyway = desk.tool in ("interpolate", "blend")
        if model is None or not unknown or self._whole or measured_anyway or model.network.spec.bottleneck == "none":
            self.context.engine.stop_channel("create.kept")
            return
        self.context.engine.run(
            partial(measure, model, unknown), lane="model", channel="create.kept", name="what is kept",
            done=partial(self._have_kept, model, unknown), failed=lambda sentence, details: log.info("not measured: %s", sentence),
        )  # fmt: skip

    def _have_kept(self, model: Any, pieces: list[Any], found: list[Kept]) -> None:
        if model is not self.desk.model:
            return
        for piece, kept in zip(pieces, found, strict=True):
            self._kept[self._mark(piece)] = kept
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        self.show_ends(self._whole, self.line.isVisibleTo(self))

    def _remedies(self, number: int) -> list[tuple[str, Callable[[], object]]]:
        """What can be done so that the model keeps more of an end."""
        desk, filling = self.desk, self.filling
        end, well = desk.ends[number], self.wells[number]
        if end is None:
            return []
        found: list[tuple[str, Callable[[], object]]] = []
        if desk.music:
            if desk.model is not None and 0 < desk.length < end.units():
                found.append((self.tr("Take the bars of which most is kept"), partial(self._take_best, number, end)))
                found.append((self.tr("Choose other bars …"), well.phrases.ask))
            plain = straightened(end.shown(desk.length))
            if plain is not None:
                found.append((self.tr("Put the rhythm on sixteenths"), partial(filling.take, plain, LETTERS[number])))
            if end.item.source and Path(end.item.source).is_file():
                found.append((self.tr("Read the file again …"), partial(filling.read, number, [end.item.source])))
        current = desk.model.name if desk.model is not None else ""
        for one in self.context.models.known:
            name = str(one["name"])
            if one.get("domain") == desk.domain and "error" not in one and name != current:
                title = self.context.models.title(name)
                found.append((self.tr("Use the model {name}").format(name=title), partial(self.context.models.load, name)))
        found.append((self.tr("Take another piece …"), partial(filling.wanted, number, "open")))
        return found

    def _take_best(self, number: int, end: End) -> None:
        self.context.engine.run(
            partial(best_bars, self.desk.model, end), lane="model", channel=f"create.read.{number}",
            name="the bars that are kept best", done=partial(self.filling.other_part, number), failed=self.filling.trouble.emit,
        )  # fmt: skip

    def retranslate(self) -> None:
        named(self.line, self.tr("Place between A and B"), self.tr("Drag, or use the arrow keys; with Shift in small steps"))


# These functions run in the engine's lanes, never in the window's thread.


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
