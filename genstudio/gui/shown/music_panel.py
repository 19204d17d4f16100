"""Music seen large: a piano roll or a grid of drums that plays, or the engraved score."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import called, having, stacked
from genstudio.gui.live import voice_of
from genstudio.gui.showing import Panel
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.score import ScoreView
from genstudio.gui.widgets.mixer import PartsBar

__all__ = ["MusicPanel"]


class MusicPanel(Panel):
    """A piano roll or a grid of drums, or the engraved score. The cursor follows the player, a click plays from there, and bars
    can be marked in the roll."""

    zooms = True

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._item: Item | None = None
        self._other: Item | None = None
        self.kinds = {name: having(QToolButton(self), checkable=True) for name in ("roll", "score")}
        self._group = QButtonGroup(self)
        for name, button in self.kinds.items():
            button.clicked.connect(partial(context.settings.__setitem__, "view", name))
            self._group.addButton(button)
        self.lead = having(QToolButton(self), checkable=True)
        self.lead.clicked.connect(lambda: context.settings.__setitem__("lead_sheet", self.lead.isChecked()))
        self.tabs, self.tools = tuple(self.kinds.values()), (self.lead,)
        self.roll, self.score, self.parts = RollView(context.theme, self), ScoreView(context, self), PartsBar(context, self)
        self.views = QStackedWidget(self)
        self.views.addWidget(self.roll)
        self.views.addWidget(self.score)
        stacked(self.parts, (self.views, 1), into=self, gap=0)
        player = context.player
        player.moved.connect(self._moved)
        player.changed.connect(self._played)
        player.mixers.changed.connect(lambda mixed: self._mute())
        self.roll.seek.connect(self._seek)
        self.roll.looped.connect(self._loop)
        self.roll.keyed.connect(self._key)
        self.roll.marked.connect(self.marked)
        context.settings.changed.connect(self._setting)
        self.retranslate()

    def hasHeightForWidth(self) -> bool:
        return False  # as high as was chosen, whatever the names of parts take

    # -- what is shown

    @property
    def span(self) -> tuple[int, int] | None:  # type: ignore[override]
        return self.roll.bars_marked

    def show_items(self, item: Item | None, other: Item | None) -> None:
        self._item, self._other = item, other
        self.roll.marks_bars = self.marking
        score = self.context.settings["view"] == "score"
        drums = item is not None and not item.piece.pitched
        called(self.kinds["roll"], self.tr("Drum grid") if drums else self.tr("Piano roll"))
        for name, button in self.kinds.items():
            button.setChecked((name == "score") == score)
        self.compares = not score
        lead = bool(self.context.settings["lead_sheet"])
        self.lead.setVisible(score and item is not None and len(item.piece.parts) > 1)
        self.lead.setChecked(lead)
        if score:
            self.views.setCurrentWidget(self.score)
            self.score.show_item(item, lead_sheet=lead)
        else:
            self.views.setCurrentWidget(self.roll)
            self.roll.show_items(item, other)
            self._mute()
            self._played()
        self.parts.show_item(None if score else item)

    def set_among(self, items: Sequence[Item | None]) -> None:
        self.roll.set_among(items)

    def _mute(self) -> None:
        """Show which parts are not heard."""
        item = self._item
        if self.isVisible() and item is not None:
            heard = self.context.player.mixers.heard(item)
            self.roll.set_silent(part for part in range(len(item.piece.parts)) if part not in heard)

    def _setting(self, name: str) -> None:
        if name in ("view", "lead_sheet") and self.isVisible():
            self.show_items(self._item, self._other)
            self.changed.emit()

    def retranslate(self) -> None:
        called(self.kinds["score"], self.tr("Score"))
        called(self.lead, self.tr("Lead sheet"), self.tr("Only the tune and its chord symbols"))

    @property
    def _view(self) -> RollView | ScoreView:
        """How it is seen."""
        return self.score if self.views.currentWidget() is self.score else self.roll

    def zoom(self, factor: float) -> None:
        self._view.zoom(factor)

    def fit(self) -> None:
        self._view.fit()

    def unmark(self) -> None:
        self.roll.mark(None)

    def focus(self) -> None:
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the player

    @property
    def _ours(self) -> bool:
        """Whether the player has what is shown."""
        return self._item is not None and self.context.player.item is self._item

    def _moved(self, seconds: float) -> None:
        if self.isVisible() and self._ours:
            self.roll.set_position(seconds)

    def _played(self) -> None:
        player = self.context.player
        if self.isVisible():
            self.roll.set_loop(player.loop_span if self._ours and player.loops else None)
            if self._ours:
                self.roll.set_position(player.position)

    def _seek(self, seconds: float) -> None:
        player = self.context.player
        if self._item is None:
            return
        if self._ours:
            player.seek(seconds)
        elif player.playing:
            player.play(self._item, seconds)
        else:
            player.select(self._item)
            player.seek(seconds)

    def _loop(self, span: tuple[float, float] | None) -> None:
        if self._item is not None and not self._ours and not self.context.player.playing:
            self.context.player.select(self._item)
        if self._ours:
            self.context.player.set_loop_span(span)

    def _key(self, pitch: int, pitched: bool) -> None:
        """A key at the left of the roll sounds with the instrument of the piece."""
        live, item = self.context.player.live, self._item
        if pitch < 0 or item is None:
            live.release("roll")
            return
        part = next((index for index, one in enumerate(item.piece.parts) if one.notes and one.pitched == pitched), None)
        live.press("roll", voice_of(item, self.context.settings, part), pitch)
