"""The library: what was kept, the history of all that was made, and what was removed; found, put in order and taken out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QStackedWidget, QWidget, QWidgetAction

from genstudio.domains import get_domain, plays
from genstudio.gui.context import Context
from genstudio.gui.items import Item
from genstudio.gui.layouts import Words, beside, having, new_button, new_label, stacked
from genstudio.gui.pages.base import Page
from genstudio.gui.shelf import Query
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.filters import Filters
from genstudio.gui.widgets.kept import LibraryModel
from genstudio.gui.widgets.pieces import PieceView
from genstudio.gui.widgets.short import ShortLabel
from genstudio.library import Entry

__all__ = ["LibraryPage"]


class _Empty(QFrame):
    """What stands there instead of an empty list, and leads on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "well")
        self.head, self.more = new_label(self, "heading", wrap=True), new_label(self, "muted", wrap=True)
        self.do = new_button(self, kind="primary")
        for label in (self.head, self.more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = stacked(None, self.head, self.more, SPACE, self.do, None, into=self, margins=None, gap=SPACE)
        inside.setAlignment(self.do, Qt.AlignmentFlag.AlignCenter)

    def tell(self, query: Query) -> None:
        """Say why nothing is there that was asked for, and what to do."""
        if not query.plain:
            said = (self.tr("Nothing was found"), self.tr("No piece has all of this. Try a word less, or fewer filters."),
                    self.tr("Show everything"))  # fmt: skip
        elif query.view == "removed":
            said = (self.tr("Nothing was removed"), self.tr("What you remove waits here, so that you can bring it back."),
                    self.tr("Back to the library"))  # fmt: skip
        elif query.view == "history":
            said = (self.tr("Nothing was made yet"), self.tr("All that you make comes here by itself, the newest first."),
                    self.tr("Make something"))  # fmt: skip
        else:
            said = (self.tr("Nothing is kept yet"), self.tr("Press F on a piece, or its heart, and it comes here. The history "
                    "has everything that you made."), self.tr("Look at the history"))  # fmt: skip
        for show, text in zip((self.head.setText, self.more.setText, self.do.setText), said, strict=True):
            show(text)


class _Tags(QMenu):
    """The tags that there are, those of all ``entries`` ticked, and a line for a new one."""

    def __init__(
        self, parent: QWidget, entries: list[Entry], known: Sequence[str], tag: Callable[[list[Entry], str, bool], None]
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Tags"))
        self.field = having(QLineEdit(self, placeholderText=self.tr("New tag")), accessibleName=self.tr("New tag"))
        self.field.returnPressed.connect(lambda: tag(entries, self.field.text(), True))
        self.field.returnPressed.connect(self.close)
        new = QWidgetAction(self)
        new.setDefaultWidget(self.field)
        self.addAction(new)
        tags = list(dict.fromkeys([*known, *(name for entry in entries for name in entry.tags)]))
        if tags:
            self.addSeparator()
        for name in tags:
            action = self.addAction(name)
            action.setCheckable(True)
            action.setChecked(all(name in entry.tags for entry in entries))
            action.toggled.connect(partial(tag, entries, name))


class LibraryPage(Page):
    """Views, search and filters above, the list in the middle, what can be done with the selected rows below."""

    name = "library"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._stale = True
        self.model = LibraryModel(context, self)
        self.model.found.connect(self._found)
        self._build()
        self._wire()
        self.setFocusProxy(self.filters.search)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self.filters.search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._to_list)

    # -- widgets

    def _build(self) -> None:
        self.count = having(ShortLabel(self), "muted")
        views: tuple[tuple[str, str, Words], ...] = (
            ("kept", "heart", lambda: (self.tr("Kept"), "", self.tr("What you kept, and your own pieces"))),
            ("history", "history", lambda: (self.tr("History"), "", self.tr("Everything that was made, the newest first"))),
            ("removed", "trash", lambda: (self.tr("Removed"), "", self.tr("What was removed, to bring it back"))),
        )
        self.views = {
            name: having(new_button(self, kind="quiet", words=words, picture=drawing), checkable=True, autoExclusive=True)
            for name, drawing, words in views
        }
        self.views["kept"].setChecked(True)
        heading = new_label(self, "title", lambda: self.tr("Library"))
        head = beside(heading, (self.count, 1), *self.views.values(), gap=2 * SPACE)
        self.filters = Filters(self)
        self.list = PieceView(self.context, self)
        self.piece_actions = self.list.piece_actions
        self.list.setModel(self.model)
        self.empty = _Empty(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)

        self.bar = having(QFrame(self), "panel")
        self.selected = ShortLabel(self.bar)
        actions = self.piece_actions
        buttons: tuple[tuple[str, str, Callable[..., object], Words | None], ...] = (  # keep and remove say what they do now
            ("play", "play", lambda: actions.play(), lambda: self.tr("Play")), ("keep", "heart", actions.keep, None),
            ("tag", "tag", self._open_tags, lambda: self.tr("Tag")), ("again", "redo", self.again, lambda: self.tr("Make again")),
            ("remove", "trash", self.remove_or_restore, None), ("export", "", actions.export, lambda: self.tr("Export…")),
        )
        self.buttons = {
            name: new_button(self.bar, done, "quiet" if drawing else "primary", words, picture=drawing)
            for name, drawing, done, words in buttons
        }
        beside(
            (self.selected, 1), *self.buttons.values(), into=self.bar, margins=(2 * SPACE, SPACE, SPACE, SPACE), gap=SPACE,
        )  # fmt: skip
        self.bar.hide()

        stacked(
            head, self.filters, (self.stack, 1), self.bar, into=self, margins=(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE),
            gap=2 * SPACE,
        )  # fmt: skip

    def _wire(self) -> None:
        self.filters.changed.connect(self.look)
        self.filters.search.returnPressed.connect(self._to_list)
        for button in self.views.values():
            button.toggled.connect(self._change_view)
        self.list.chosen.connect(self._show_bar)
        self.piece_actions.remove.connect(self.remove_or_restore)
        self.piece_actions.extend_menu.connect(self._extend)
        self.empty.do.clicked.connect(self._fill)
        self.context.shelf.changed.connect(self._changed)
        self.context.models.listed.connect(self.filters.list_models)
        self.context.bus.show_collection.connect(self._show_collection)

    def retranslate(self) -> None:
        self.filters.retranslate()
        self.filters.list_models(self.context.models.known)
        self.list.setAccessibleName(self.tr("Pieces"))
        self._found()

    # -- looking

    @property
    def view(self) -> str:
        """What of the library is shown: "kept", "history" or "removed"."""
        return next((name for name, button in self.views.items() if button.isChecked()), "kept")

    @property
    def query(self) -> Query:
        """What is looked for."""
        return self.filters.query(self.view)

    def entered(self) -> None:
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Look at everything anew."""
        self._stale = False
        self.look()
        self.context.shelf.tags(self.filters.list_tags)

    def look(self) -> None:
        """Look for what is asked for."""
        self.model.look(self.query)

    def show_view(self, name: str) -> None:
        """Show what is kept, the history or what was removed."""
        self.views[name].setChecked(True)

    def _show_collection(self, name: str) -> None:
        self.show_view("kept")
        self.filters.show_tag(name)

    def _change_view(self, on: bool) -> None:
        if on:
            self.filters.order.setVisible(self.view != "history")
            self.list.clearSelection()
            self.look()

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _found(self) -> None:
        total, query = self.model.total, self.model.query
        if query.view == "history":
            one, many = self.tr("1 entry"), self.tr("{count} entries")
        else:
            one, many = self.tr("1 piece"), self.tr("{count} pieces")
        if query.tag:
            one, many = self.tr("1 piece in “{tag}”"), self.tr("{count} pieces in “{tag}”")
        self.count.setText((one if total == 1 else many).format(count=f"{total:,}", tag=query.tag))
        self.empty.tell(query)
        self.stack.setCurrentIndex(int(total == 0))
        self._show_bar()

    def _fill(self) -> None:
        if not self.model.query.plain:
            self.filters.clear()
        elif self.view == "history":
            self.context.bus.go.emit("create")
        else:
            self.show_view("kept" if self.view == "removed" else "history")

    # -- the selected pieces

    @property
    def chosen(self) -> list[Entry]:
        """The selected pieces; of a making all of its pieces."""
        return self.model.entries_of(self.list.selected_rows)

    def _show_bar(self) -> None:
        rows, entries = self.list.selected_rows, self.chosen
        self.bar.setVisible(bool(entries))
        if not entries:
            return
        single, gone = len(rows) == 1, all(entry.removed is not None for entry in entries)
        count = self.tr("{count} pieces selected").format(count=len(entries))
        self.selected.setText(" ".join(self.model.row(rows[0]).title.split()) if single else count)
        kept = all(entry.kept for entry in entries)
        self.buttons["keep"].setText(self.tr("Stop keeping") if kept else self.tr("Keep"))
        self.buttons["keep"].setVisible(not gone)
        self.buttons["remove"].setText(self.tr("Restore") if gone else self.tr("Remove"))
        self.buttons["play"].setVisible(single and plays(entries[0].domain))
        made = {entry.job for entry in entries}
        self.buttons["again"].setVisible(len(made) == 1 and None not in made)

    def remove_or_restore(self) -> None:
        """Remove the selected pieces, or bring them back where they are removed ones."""
        entries = self.chosen
        if entries and all(entry.removed is not None for entry in entries):
            self.context.shelf.remove(entries, False)
        elif entries:
            self.context.shelf.remove(entries)
            said = self.tr("Removed; undo brings it back.") if len(entries) == 1 else self.tr("Removed; undo brings them back.")
            self.context.bus.say.emit(said)

    def again(self) -> None:
        """Make the pieces of the selected one's job again, and see that they are the same."""
        entries = self.chosen
        if not entries or entries[0].job is None:
            return
        place = entries[0].place
        self.context.bus.say.emit(self.tr("Making it again…"))
        self.context.shelf.open(entries[:1], lambda items: self._again(items[0], place))

    def _again(self, before: Item, place: int) -> None:
        if before.job is not None:
            self.context.shelf.again(before.job, self.context.models, partial(self._made_again, before, place))

    def _made_again(self, before: Item, place: int, items: list[Item]) -> None:
        domain, item = get_domain(before.domain), items[place]
        same = domain.to_symbols(item.piece) == domain.to_symbols(before.piece)
        said = self.tr("Made again, the same to the last note.") if same else self.tr("Made again, but it came out differently.")
        if before.is_text and same:
            said = self.tr("Made again, the same to the last letter.")
        self.context.bus.say.emit(said)
        self.context.bus.selected.emit(item)
        if before.music:
            self.context.bus.play.emit(item)

    def select_all(self) -> None:
        """Select everything that was found, also what has not been looked at yet."""
        if self.model.whole:
            self.list.selectAll()
        else:
            self.model.found.connect(self.list.selectAll, Qt.ConnectionType.SingleShotConnection)
            self.model.look(self.query, all=True)

    def _extend(self, menu: QMenu) -> None:
        entries, rows = self.chosen, self.list.selected_rows
        menu.addSeparator()
        if len(rows) == 1 and self.model.flags(self.model.index(rows[0])) & Qt.ItemFlag.ItemIsEditable:
            menu.addAction(self.tr("Rename"), lambda: self.list.edit(self.list.currentIndex())).setShortcut(Qt.Key.Key_F2)
        if self.buttons["again"].isVisibleTo(self.bar):
            menu.addAction(self.tr("Make again"), self.again)
        menu.addAction(self.tr("Learn from these"), lambda: self.context.shelf.open(entries, self.context.bus.learn_from.emit))
        menu.addMenu(self._tag_menu(menu))
        gone = all(entry.removed is not None for entry in entries)
        menu.addAction(self.tr("Restore") if gone else self.tr("Remove"), self.remove_or_restore).setShortcut(Qt.Key.Key_Delete)

    def _tag_menu(self, parent: QWidget) -> QMenu:
        return _Tags(parent, self.chosen, self.filters.known_tags, self.context.shelf.tag)

    def _open_tags(self) -> None:
        menu = self._tag_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button = self.buttons["tag"]
        menu.popup(button.mapToGlobal(button.rect().topLeft()) - QPoint(0, menu.sizeHint().height()))

    # -- the rest of a page

    def commands(self) -> list[QAction]:
        found = []
        for text, keys, function in (
            (self.tr("Search the library"), QKeySequence(QKeySequence.StandardKey.Find), self._to_search),
            (self.tr("Select everything that was found"), QKeySequence(QKeySequence.StandardKey.SelectAll), self.select_all),
            (self.tr("Export the selected pieces"), QKeySequence("Ctrl+E"), self.piece_actions.export),
        ):
            action = QAction(text, self, shortcut=keys)
            action.triggered.connect(function)
            found.append(action)
        found[0].setProperty("anywhere", True)  # also after a click on the name of the place
        return found

    def _to_list(self) -> None:
        """From what is searched for to the first piece that was found."""
        if self.model.rowCount():
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))

    def _to_search(self) -> None:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.search.selectAll()

    def save(self) -> dict[str, object]:
        return {"text": self.filters.search.text(), "view": self.view}

    def restore(self, state: dict[str, object]) -> None:
        self.filters.search.setText(str(state.get("text", "")))
        view = str(state.get("view", "history" if state.get("history") else "kept"))
        self.show_view(view if view in self.views else "kept")
