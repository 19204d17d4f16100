"""The piece that is selected, seen large: as a piano roll, a score or words, alone or beside another."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QStackedWidget, QToolButton, QWidget

from genstudio.domains import plays
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item, other_model
from genstudio.gui.layouts import Worded, beside, stacked
from genstudio.gui.live import voice_of
from genstudio.gui.views.roll import RollView
from genstudio.gui.views.score import ScoreView
from genstudio.gui.views.text import TextView
from genstudio.gui.widgets.chooser import Choice, Chooser
from genstudio.gui.widgets.mixer import PartsBar
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["Viewer"]

_STEP = 1.25
_LEAST = 150  # pixels
_ROOM = 620  # pixels from which the buttons that zoom are there
_NOTHING = "nothing"


class Viewer(Worded, QFrame):
    """A panel over the transport. It follows what is selected; its cursor follows the player, and a click in the roll plays from
    there. What it is compared with is an end of the Create page, or a neighbour in the list that the player goes through."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._item: Item | None = None
        self._ends: dict[str, Item | None] = {"a": None, "b": None}
        self._other = _NOTHING
        self._height = 320
        self.setProperty("kind", "bottombar")
        self.setMinimumHeight(_LEAST)
        self.title = ShortLabel(self)
        self.title.setProperty("kind", "heading")
        self.kinds = {name: QToolButton(self) for name in ("roll", "score")}
        self._group = QButtonGroup(self)
        for name, button in self.kinds.items():
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(partial(context.settings.__setitem__, "view", name))
            self._group.addButton(button)
        self.compare = Chooser(self._choices, self)
        self.compare.setProperty("kind", "chooser")
        self.compare.chosen.connect(self._compare)
        self.lead, self.smaller, self.fitting, self.larger, self.shut = (QToolButton(self) for _ in range(5))
        self.lead.setCheckable(True)
        for button, clicked in (
            (self.lead, lambda: context.settings.__setitem__("lead_sheet", self.lead.isChecked())), (self.fitting, self._fit),
            (self.smaller, lambda: self._zoom(1 / _STEP)), (self.larger, lambda: self._zoom(_STEP)), (self.shut, self.closed.emit),
        ):  # fmt: skip
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(clicked)
        self.roll, self.score, self.text = RollView(context.theme, self), ScoreView(context, self), TextView(context, self)
        self.parts = PartsBar(context, self)
        self.views = QStackedWidget(self)
        for view in (self.roll, self.score, self.text):
            self.views.addWidget(view)
        # The tabs first: they stay where they are, whatever comes and goes beside them.
        head = beside(*self.kinds.values(), 12, (self.title, 1), margins=(16, 6, 12, 6), gap=4)
        for button in (self.lead, self.compare, self.smaller, self.fitting, self.larger, self.shut):
            head.addSpacing(0 if button in (self.fitting, self.larger) else 8)
            head.addWidget(button)
        stacked(head, self.parts, (self.views, 1), into=self, gap=0)
        player = context.player
        player.moved.connect(self._moved)
        player.changed.connect(self._played)
        player.mixers.changed.connect(lambda mixed: self._mute())
        self.roll.seek.connect(self._seek)
        self.roll.looped.connect(self._loop)
        self.roll.keyed.connect(self._key)
        context.settings.changed.connect(self._setting)
        context.theme.changed.connect(self.retheme)
        context.bus.ends_changed.connect(self._have_ends)
        context.models.chosen.connect(lambda: self._show() if self.isVisible() else None)
        self.retheme()
        self.retranslate()

    # -- what is shown

    @property
    def item(self) -> Item | None:
        """What it shows."""
        return self._item

    @property
    def other(self) -> Item | None:
        """What that is compared with."""
        player = self.context.player
        found: Item | None = None
        if self._other in self._ends:
            found = self._ends[self._other]
        elif self._other in ("before", "after"):
            found = player.neighbour(1 if self._other == "after" else -1, self._item)
        fits = found is not None and self._item is not None and found.domain == self._item.domain and found is not self._item
        return found if fits else None

    @property
    def _music(self) -> bool:
        """Whether it shows music; with nothing chosen, whether what the model makes will be."""
        if self._item is not None:
            return self._item.music
        return not self.context.models.domain or plays(self.context.models.domain)

    def set_height(self, height: int) -> None:
        """How high it would be; less where the window has no room."""
        self._height = height
        self.setMaximumHeight(height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(640, self._height)

    def hasHeightForWidth(self) -> bool:
        return False  # as high as was chosen, whatever the names of parts take

    def show_item(self, item: Item | None) -> None:
        """Show a piece. Nothing is drawn or engraved while the panel is folded away."""
        self._item = item
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        item, other = self._item, self.other
        words = not self._music
        score = not words and self.context.settings["view"] == "score"
        maker = other_model(item, self.context.models) if item is not None else ""
        made_by = self.context.models.title(maker) if maker else ""
        title = self._name(item)
        self.title.setText(self.tr("{title}, by {model}").format(title=title, model=made_by).lstrip(", ") if maker else title)
        drums = item is not None and item.music and not item.piece.pitched
        self.kinds["roll"].setText(self.tr("Drum grid") if drums else self.tr("Piano roll"))
        self.kinds["roll"].setAccessibleName(self.kinds["roll"].text())
        for name, button in self.kinds.items():
            button.setVisible(not words)
            button.setChecked((name == "score") == score)
        self.compare.setVisible(not score)
        lead = bool(self.context.settings["lead_sheet"])
        self.lead.setVisible(score and item is not None and len(item.piece.parts) > 1)
        self.lead.setChecked(lead)
        self._show_zoom()
        self.compare.set_current(self._other, self._named(self._other))
        if words:
            self.views.setCurrentWidget(self.text)
            self.text.show_items(item, other)
        elif score:
            self.views.setCurrentWidget(self.score)
            self.score.show_item(item, lead_sheet=lead)
        else:
            self.views.setCurrentWidget(self.roll)
            self.roll.show_items(item, other)
            self._mute()
            self._played()
        self.parts.show_item(None if score else item)

    def _name(self, item: Item | None) -> str:
        """What stands above the picture: a text says itself what it is called, but not where on the way it lies."""
        if item is None:
            return self.tr("Nothing chosen")
        if item.music:
            return item.title
        return "" if item.t is None else self.tr("{place} of the way from A to B").format(place=f"{item.t:.0%}")

    def _show_zoom(self) -> None:
        """Show the buttons that zoom where there is room for them; the keys and the wheel do it anyway."""
        for button in (self.smaller, self.fitting, self.larger):
            button.setVisible(self._music and self.width() >= _ROOM)

    def _mute(self) -> None:
        """Show which parts are not heard."""
        item = self._item
        if self.isVisible() and item is not None and item.music:
            heard = self.context.player.mixers.heard(item)
            self.roll.set_silent(part for part in range(len(item.piece.parts)) if part not in heard)

    def retranslate(self) -> None:
        """Set every string."""
        self.setAccessibleName(self.tr("Large view"))
        for button, text in ((self.kinds["score"], self.tr("Score")), (self.lead, self.tr("Lead sheet"))):
            button.setText(text)
            button.setAccessibleName(text)
        self.lead.setToolTip(self.tr("Only the tune and its chord symbols"))
        self.compare.set_words(self.tr("Compare with"), self.tr("Search"))
        self.compare.setToolTip(self.tr("Lay another piece over this one"))
        for button, name, key in (
            (self.smaller, self.tr("Smaller"), "−"), (self.fitting, self.tr("Show all of it"), "0"),
            (self.larger, self.tr("Larger"), "+"), (self.shut, self.tr("Close the large view"), "V"),
        ):  # fmt: skip
            button.setAccessibleName(name)
            button.setToolTip(f"{name}  ({key})")
        self._show()

    def retheme(self) -> None:
        """Take the icons in the colours of the theme."""
        colours = self.context.theme.colours
        for button, name in (
            (self.smaller, "zoom-out"), (self.fitting, "fit"), (self.larger, "zoom-in"), (self.shut, "close"),
        ):  # fmt: skip
            button.setIcon(icon(name, colours))

    # -- comparing

    def _named(self, which: str) -> str:
        ends = {name: item.title if item is not None else "" for name, item in self._ends.items()}
        return {
            _NOTHING: self.tr("Compare"),
            "a": self.tr("With A: {title}").format(title=ends["a"]),
            "b": self.tr("With B: {title}").format(title=ends["b"]),
            "before": self.tr("With the one before"),
            "after": self.tr("With the one after"),
        }[which]

    def _choices(self) -> list[Choice]:
        found = [Choice(_NOTHING, self.tr("Nothing"))]
        found += [Choice(end, self._named(end)) for end, item in self._ends.items() if item is not None]
        if self._item in self.context.player.items:
            found += [Choice(which, self._named(which)) for which in ("before", "after")]
        return found

    def _compare(self, which: object) -> None:
        self._other = str(which)
        self._show()

    def _have_ends(self, a: Item | None, b: Item | None) -> None:
        self._ends = {"a": a, "b": b}
        if self.isVisible() and self._other in self._ends:
            self._show()

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

    # -- zoom

    def _zoom(self, factor: float) -> None:
        view = self.views.currentWidget()
        if isinstance(view, (RollView, ScoreView)):
            view.zoom(factor)

    def _fit(self) -> None:
        view = self.views.currentWidget()
        if isinstance(view, (RollView, ScoreView)):
            view.fit()

    # -- events

    def _setting(self, name: str) -> None:
        if name in ("view", "lead_sheet") and self.isVisible():
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_zoom()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, item = event.key(), self.item
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key == Qt.Key.Key_E and item is not None and not event.modifiers():
            self.context.bus.edit.emit(item)
        elif key == Qt.Key.Key_F and item is not None and not event.modifiers():
            shelf = self.context.shelf
            (shelf.unkeep if shelf.is_kept(item) else shelf.keep)(item)
        else:
            super().keyPressEvent(event)
