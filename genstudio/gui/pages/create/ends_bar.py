"""The ends above the stage, with the line between them, and how much of each the model keeps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QSlider, QWidget

from genstudio.domains import Kept, get_domain
from genstudio.gui.pages.create.desk import Desk
from genstudio.gui.pages.create.ends import LETTERS, End
from genstudio.gui.pages.create.filling import Filling
from genstudio.gui.pages.create.remedies import best_bars, measure, straightened
from genstudio.gui.pages.create.well import Well
from genstudio.gui.theme import SPACE
from genstudio.gui.toolwords import writes_parts

__all__ = ["EndsBar"]

log = logging.getLogger(__name__)

_KEPT = 256  # pieces of which it is known how much the model keeps
_WIDE = 700  # pixels from which the line stands between the names of its ends
_ROOMY = 900  # from which the line takes more room than an end, which says all that it has to say
_FOUR = 1000  # and from which four ends stand side by side


class EndsBar(QWidget):
    """The places of the ends that the tool works on. Between two of music, where there is room, lies the line."""

    looked_at = Signal(int, object)  # number of an end, Item

    def __init__(self, desk: Desk, filling: Filling, line: QSlider, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.desk, self.filling, self.line = desk.context, desk, filling, line
        self._kept: dict[tuple[str, str, str], Kept] = {}  # by digest of the model, domain and symbols
        self._whole = False
        self._shape: tuple[object, ...] = ()
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
            well.card.pressed.connect(lambda _, number=number: self._clicked(number))
        filling.told.connect(lambda number, sentence: self.wells[number].tell(sentence))

    def _clicked(self, number: int) -> None:
        self.looked_at.emit(number, self.wells[number].card.current_item)

    def commit(self) -> None:
        """Take over what is typed and is not an end yet."""
        for well in self.wells:
            well.commit()

    def meant(self, domain: str) -> list[End | None]:
        """The ends of a domain, with what is typed and not taken over yet."""
        ends = self.desk.states[domain].ends
        return [well.meant for well in self.wells] if domain == self.desk.domain and self.desk.text else list(ends)

    def show_ends(self, whole: bool, line: bool) -> None:
        """Show the ends that the tool works on; ``whole``: all of each is meant; ``line``: there is a way between them."""
        desk, needed = self.desk, self.desk.needed
        self._whole = whole
        for number, well in enumerate(self.wells):
            well.setVisible(number < needed)
            well.show_end(desk.state.ends[number], desk.domain, desk.length, whole)
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
        ends = [(number, end) for number, end in enumerate(desk.state.ends[:needed]) if end is not None]
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

    def _remedies(self, number: int) -> list[tuple[str, Callable[[], None]]]:
        """What can be done so that the model keeps more of an end."""
        desk, filling = self.desk, self.filling
        end, well = desk.state.ends[number], self.wells[number]
        if end is None:
            return []
        found: list[tuple[str, Callable[[], None]]] = []
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
                found.append((self.tr("Use the model {name}").format(name=title), partial(self._use, name)))
        found.append((self.tr("Take another piece …"), partial(filling.wanted, number, "open")))
        return found

    def _use(self, name: str) -> None:
        self.context.models.load(name)

    def _take_best(self, number: int, end: End) -> None:
        self.context.engine.run(
            partial(best_bars, self.desk.model, end), lane="model", channel=f"create.read.{number}",
            name="the bars that are kept best", done=partial(self.filling.other_part, number), failed=self.filling.trouble.emit,
        )  # fmt: skip

    # -- strings and colours

    def retranslate(self) -> None:
        """Set every string."""
        self.line.setAccessibleName(self.tr("Place between A and B"))
        self.line.setToolTip(self.tr("Drag, or use the arrow keys; with Shift in small steps"))

    def retheme(self) -> None:
        """Take the colours of the theme."""
        for well in self.wells:
            well.retheme()
