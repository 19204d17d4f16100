"""The piece that is selected, seen large, alone or beside another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item, other_model
from genstudio.gui.layouts import Worded, beside, having, named, stacked
from genstudio.gui.showing import Panel
from genstudio.gui.widgets.chooser import Choice, Chooser
from genstudio.gui.widgets.itembuttons import tool
from genstudio.gui.widgets.short import ShortLabel

__all__ = ["Viewer"]

_STEP = 1.25
_LEAST = 150  # pixels
_ROOM = 620  # pixels from which the buttons that zoom are there
_NOTHING = "nothing"


class Viewer(Worded, QFrame):
    """A panel over the transport. It follows what is selected; what shows it is the panel of its kind, made when it is first
    needed. What it is compared with is an end of the Create page, or a neighbour in the list that the player goes through."""

    closed = Signal()
    marked = Signal(object)  # the part of the piece that is marked, or None

    def __init__(self, context: Context, parent: QWidget | None = None, *, marking: bool = False) -> None:
        """``marking``: a part of what is shown can be marked."""
        super().__init__(parent)
        self.context = context
        self.item: Item | None = None  # what it shows
        self._ends: dict[str, Item | None] = {"a": None, "b": None}
        self._other = _NOTHING
        self._height = 320
        self._marking = marking
        self._panels: dict[str, Panel] = {}
        self.setProperty("kind", "bottombar")
        self.setMinimumHeight(_LEAST)
        self.title = having(ShortLabel(self), "heading")
        self.compare = having(Chooser(self._choices, self), "chooser")
        self.compare.chosen.connect(self._compare)
        self.smaller, self.fitting, self.larger, self.shut = (tool(self, size=18) for _ in range(4))
        for button, drawing, clicked in (
            (self.smaller, "zoom-out", lambda: self.panel.zoom(1 / _STEP)), (self.fitting, "fit", lambda: self.panel.fit()),
            (self.larger, "zoom-in", lambda: self.panel.zoom(_STEP)), (self.shut, "close", self.closed.emit),
        ):  # fmt: skip
            button.setIcon(icon(drawing))
            button.clicked.connect(clicked)
        self.views = QStackedWidget(self)
        # The tabs first: they stay where they are, whatever comes and goes beside them.
        self._tabs, self._tools = beside(gap=4), beside(gap=8)
        head = beside(self._tabs, 12, (self.title, 1), self._tools, margins=(16, 6, 12, 6), gap=4)
        for button in (self.compare, self.smaller, self.fitting, self.larger, self.shut):
            head.addSpacing(0 if button in (self.fitting, self.larger) else 8)
            head.addWidget(button)
        stacked(head, (self.views, 1), into=self, gap=0)
        context.bus.ends_changed.connect(self._have_ends)
        context.models.chosen.connect(lambda: self._show() if self.isVisible() else None)
        self.retranslate()

    # -- the panels

    @property
    def panel(self) -> Panel:
        """The one of what is shown; with nothing chosen, of what the model makes."""
        return self.panel_of(self.item.domain if self.item is not None else self.context.models.domain or kinds.FIRST)

    def panel_of(self, domain: str) -> Panel:
        """The one that shows the pieces of a domain."""
        kind = kinds.kind_of(domain)
        if kind not in self._panels:
            panel = self._panels[kind] = kinds.showing(domain).panel(self.context, self)
            panel.marking = self._marking
            panel.marked.connect(self.marked)
            panel.changed.connect(self._show_head)
            for row, buttons in ((self._tabs, panel.tabs), (self._tools, panel.tools)):
                for button in buttons:
                    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                    row.addWidget(button)
            self.views.addWidget(panel)
        return self._panels[kind]

    @property
    def span(self) -> tuple[int, int] | None:
        """The part of what is shown that is marked."""
        return self.panel.span

    def unmark(self, *, focus: bool) -> None:
        """Mark nothing; ``focus``: the keys go to what is shown."""
        if focus:
            self.panel.focus()
        for panel in self._panels.values():
            panel.unmark()

    def set_among(self, items: Sequence[Item | None]) -> None:
        """Show what comes on one scale, that of these pieces."""
        first = next((item for item in items if item is not None), None)
        if first is not None:
            self.panel_of(first.domain).set_among(items)

    # -- what is shown

    @property
    def other(self) -> Item | None:
        """What that is compared with."""
        player = self.context.player
        found: Item | None = None
        if self._other in self._ends:
            found = self._ends[self._other]
        elif self._other in ("before", "after"):
            found = player.neighbour(1 if self._other == "after" else -1, self.item)
        fits = found is not None and self.item is not None and found.domain == self.item.domain and found is not self.item
        return found if fits else None

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
        """Show a piece. Nothing is drawn or engraved while it is folded away."""
        self.item = item
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        item, panel = self.item, self.panel
        maker = other_model(item, self.context.models) if item is not None else ""
        made_by = self.context.models.title(maker) if maker else ""
        title = self._name(item)
        self.title.setText(self.tr("{title}, by {model}").format(title=title, model=made_by).lstrip(", ") if maker else title)
        for other in self._panels.values():
            for button in (*other.tabs, *other.tools):
                button.setVisible(other is panel)
        self.views.setCurrentWidget(panel)
        panel.show_items(item, self.other)
        self._show_head()

    def _show_head(self) -> None:
        self.compare.setVisible(self.panel.compares)
        self.compare.set_current(self._other, self._named(self._other))
        self._show_zoom()

    def _name(self, item: Item | None) -> str:
        """What stands above the picture: a text says itself what it is called, but not where on the way it lies."""
        if item is None:
            return self.tr("Nothing chosen")
        if not item.is_text:
            return item.title
        return "" if item.t is None else self.tr("{place} of the way from A to B").format(place=f"{item.t:.0%}")

    def _show_zoom(self) -> None:
        """Show the buttons that zoom where there is room for them; the keys and the wheel do it anyway."""
        for button in (self.smaller, self.fitting, self.larger):
            button.setVisible(self.panel.zooms and self.width() >= _ROOM)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Large view"))
        self.compare.set_words(self.tr("Compare with"), self.tr("Search"))
        self.compare.setToolTip(self.tr("Lay another piece over this one"))
        for button, name, key in (
            (self.smaller, self.tr("Smaller"), "−"), (self.fitting, self.tr("Show all of it"), "0"),
            (self.larger, self.tr("Larger"), "+"), (self.shut, self.tr("Close the large view"), "V"),
        ):  # fmt: skip
            named(button, name, f"{name}  ({key})")
        if self.isVisible():
            self._show()

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
        if self.item in self.context.player.items:
            found += [Choice(which, self._named(which)) for which in ("before", "after")]
        return found

    def _compare(self, which: object) -> None:
        self._other = str(which)
        self._show()

    def _have_ends(self, a: Item | None, b: Item | None) -> None:
        self._ends = {"a": a, "b": b}
        if self.isVisible() and self._other in self._ends:
            self._show()

    # -- events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.isVisible():
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
