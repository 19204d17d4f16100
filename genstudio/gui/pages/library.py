"""The library: what was made and kept, found again, put in order, made again and taken out."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from genstudio.domains import get_domain, names, plays
from genstudio.gui import kinds
from genstudio.gui.context import Context
from genstudio.gui.icons import icon
from genstudio.gui.items import Item
from genstudio.gui.pages.base import Page
from genstudio.gui.shelf import Query
from genstudio.gui.theme import SPACE
from genstudio.gui.widgets.history import JobList
from genstudio.gui.widgets.kept import EntryModel
from genstudio.gui.widgets.pieces import PieceList
from genstudio.gui.widgets.rows import operation_label
from genstudio.gui.widgets.short import ShortLabel
from genstudio.library import Entry, JobEntry

__all__ = ["LibraryPage"]

_OPERATIONS = (
    "interpolate", "sample", "vary", "blend", "path", "continue", "fill", "rhythm", "shape",
    "analogy", "reconstruct", "map", "import",
)  # fmt: skip


class LibraryPage(Page):
    """Search and filters above, the pieces or the history in the middle, what can be done with the selected ones below."""

    name = "library"
    icon = "library"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._stale = True
        self._tags: list[tuple[str, int]] = []
        self._job: str | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self.look)
        self.model = EntryModel(context, self)
        self.model.on_found(self._found)
        self._build()
        self._wire()
        self.setFocusProxy(self.search)

    # -- widgets

    def _build(self) -> None:
        self.heading, self.count = QLabel(self), ShortLabel(self)
        self.heading.setProperty("kind", "title")
        self.count.setProperty("kind", "muted")
        self.by_piece, self.by_job = QPushButton(self), QPushButton(self)
        for button in (self.by_piece, self.by_job):
            button.setProperty("kind", "quiet")
            button.setCheckable(True)
            button.setAutoExclusive(True)
        self.by_piece.setChecked(True)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.by_piece)
        head.addWidget(self.by_job)

        self.search = QLineEdit(self)
        self.search.setProperty("kind", "search")
        self.search.setClearButtonEnabled(True)
        self.favourites, self.removed = QPushButton(self), QPushButton(self)
        for button in (self.favourites, self.removed):
            button.setCheckable(True)
            button.setProperty("kind", "quiet")
        self.kinds, self.operations, self.models, self.tags = (QComboBox(self) for _ in range(4))
        for box in (self.kinds, self.operations, self.models, self.tags):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMaximumWidth(26 * SPACE)
        for value in ("", *names()):
            self.kinds.addItem("", value)
        for value in ("", *_OPERATIONS):
            self.operations.addItem("", value)
        self.filters = QWidget(self)
        rows = QVBoxLayout(self.filters)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE)
        for widgets in (
            (self.search, self.favourites, self.removed), (self.kinds, self.operations, self.models, self.tags),
        ):  # fmt: skip
            row = QHBoxLayout()
            row.setSpacing(SPACE)
            for widget in widgets:
                row.addWidget(widget, int(widget is self.search))
            if widgets[0] is not self.search:
                row.addStretch()
            rows.addLayout(row)

        self.jobs = JobList(self.context, self)
        self.list = PieceList(self.context, self)
        self.list.setModel(self.model)
        both = QWidget(self)
        beside = QHBoxLayout(both)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(2 * SPACE)
        beside.addWidget(self.jobs, 2)
        beside.addWidget(self.list, 3)
        self.jobs.hide()

        self.nothing, self.nothing_more, self.nothing_do = QLabel(self), QLabel(self), QPushButton(self)
        self.nothing.setProperty("kind", "heading")
        self.nothing_more.setProperty("kind", "muted")
        for label in (self.nothing, self.nothing_more):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self.nothing_do.setProperty("kind", "primary")
        empty = QFrame(self)
        empty.setProperty("kind", "well")
        inside = QVBoxLayout(empty)
        inside.setSpacing(SPACE)
        inside.addStretch()
        inside.addWidget(self.nothing)
        inside.addWidget(self.nothing_more)
        inside.addSpacing(SPACE)
        inside.addWidget(self.nothing_do, 0, Qt.AlignmentFlag.AlignCenter)
        inside.addStretch()
        self.stack = QStackedWidget(self)
        self.stack.addWidget(both)
        self.stack.addWidget(empty)

        self.bar = QFrame(self)
        self.bar.setProperty("kind", "panel")
        self.selected = ShortLabel(self.bar)
        self.buttons = {name: QPushButton(self.bar) for name in ("play", "keep", "tag", "again", "remove", "export")}
        line = QHBoxLayout(self.bar)
        line.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        line.setSpacing(SPACE)
        line.addWidget(self.selected, 1)
        for name, button in self.buttons.items():
            button.setProperty("kind", "primary" if name == "export" else "quiet")
            line.addWidget(button)
        self.bar.hide()

        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        whole.setSpacing(2 * SPACE)
        whole.addLayout(head)
        whole.addWidget(self.filters)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.bar)

    def _wire(self) -> None:
        self.search.textChanged.connect(self._look_soon)
        self.search.returnPressed.connect(self._to_list)
        for box in (self.kinds, self.operations, self.models, self.tags):
            box.currentIndexChanged.connect(self._look_soon)
        for button in (self.favourites, self.removed):
            button.toggled.connect(self._look_soon)
        self.by_job.toggled.connect(self._change_view)
        self.jobs.picked.connect(self._pick_job)
        self.list.chosen.connect(self._show_bar)
        self.list.remove.connect(self.remove_or_restore)
        self.list.extend_menu.connect(self._extend)
        self.buttons["play"].clicked.connect(self.list.play)
        self.buttons["keep"].clicked.connect(self.list.keep)
        self.buttons["tag"].clicked.connect(self._open_tags)
        self.buttons["again"].clicked.connect(self.again)
        self.buttons["export"].clicked.connect(self.list.export)
        self.buttons["remove"].clicked.connect(self.remove_or_restore)
        self.nothing_do.clicked.connect(self._fill)
        self.context.shelf.changed.connect(self._changed)
        self.context.models.listed.connect(self._list_models)

    def title(self) -> str:
        return self.tr("Library")

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Library"))
        self.by_piece.setText(self.tr("Pieces"))
        self.by_job.setText(self.tr("History"))
        self.by_piece.setToolTip(self.tr("Every piece, the newest first"))
        self.by_job.setToolTip(self.tr("What was done, with model and seed"))
        self.search.setPlaceholderText(self.tr("Search titles, sources and files"))
        self.search.setAccessibleName(self.tr("Search the library"))
        self.favourites.setText(self.tr("Kept"))
        self.removed.setText(self.tr("Removed"))
        self.removed.setToolTip(self.tr("Show what was removed, to bring it back"))
        for box, name in (
            (self.kinds, self.tr("Kind")), (self.operations, self.tr("Made by")), (self.models, self.tr("Model")),
            (self.tags, self.tr("Tag")),
        ):  # fmt: skip
            box.setAccessibleName(name)
        for number, text in enumerate((self.tr("All kinds"), *map(kinds.label, names()))):
            self.kinds.setItemText(number, text)
        self.operations.setItemText(0, self.tr("Made any way"))
        for number, name in enumerate(_OPERATIONS, 1):
            self.operations.setItemText(number, operation_label(name))
        self._list_models(self.context.models.known)
        self._list_tags(self._tags)
        self.list.setAccessibleName(self.tr("Pieces"))
        self.jobs.retranslate()
        for name, text in (
            ("play", self.tr("Play")), ("tag", self.tr("Tag")), ("again", self.tr("Make again")), ("export", self.tr("Export…")),
        ):  # fmt: skip
            self.buttons[name].setText(text)
        self._found()
        self._show_bar()

    def retheme(self) -> None:
        colours = self.context.theme.colours
        self.favourites.setIcon(icon("heart", colours))
        self.removed.setIcon(icon("trash", colours))
        for name, drawing in (("play", "play"), ("keep", "heart"), ("tag", "tag"), ("again", "redo"), ("remove", "trash")):
            self.buttons[name].setIcon(icon(drawing, colours))
        for action in self.search.actions():
            self.search.removeAction(action)
        self.search.addAction(icon("search", colours), QLineEdit.ActionPosition.LeadingPosition)

    # -- looking

    @property
    def query(self) -> Query:
        """What is looked for."""
        if self.by_job.isChecked():
            return Query(job=self._job or "none")
        return Query(
            text=self.search.text().strip(),
            favourite=self.favourites.isChecked(),
            tag=str(self.tags.currentData() or ""),
            model=str(self.models.currentData() or ""),
            operation=str(self.operations.currentData() or ""),
            domain=str(self.kinds.currentData() or ""),
            removed=self.removed.isChecked(),
        )

    def entered(self) -> None:
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Look at everything anew."""
        self._stale = False
        self.look()
        self.context.shelf.tags(self._list_tags)
        if self.by_job.isChecked():
            self.jobs.look()

    def _look_soon(self) -> None:
        self._later.start()  # once for all that changes now; and not what a signal brings along taken for its interval

    def look(self) -> None:
        """Look for what is asked for."""
        self.model.look(self.query)

    def _changed(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _found(self) -> None:
        total, query = self.model.total, self.model.query
        self.count.setText(self.tr("1 piece") if total == 1 else self.tr("{count} pieces").format(count=f"{total:,}"))
        empty = total == 0 and not self.by_job.isChecked()
        if query.plain:
            self.nothing.setText(self.tr("Nothing is here yet"))
            self.nothing_more.setText(self.tr("All that you make comes here by itself. Press F on a piece to keep it."))
            self.nothing_do.setText(self.tr("Make something"))
        elif query.removed:
            self.nothing.setText(self.tr("Nothing was removed"))
            self.nothing_more.setText(self.tr("What you remove waits here until it is deleted for good."))
            self.nothing_do.setText(self.tr("Back to the library"))
        else:
            self.nothing.setText(self.tr("Nothing was found"))
            self.nothing_more.setText(self.tr("No piece has all of this. Try a word less, or fewer filters."))
            self.nothing_do.setText(self.tr("Show everything"))
        self.stack.setCurrentIndex(int(empty))
        self._show_bar()

    def _fill(self) -> None:
        if self.model.query.plain:
            self.context.bus.go.emit("create")
        else:
            self.show_all()

    def show_all(self) -> None:
        """Take all filters away."""
        for button in (self.favourites, self.removed):
            button.setChecked(False)
        for box in (self.kinds, self.operations, self.models, self.tags):
            box.setCurrentIndex(0)
        self.search.clear()

    def _to_list(self) -> None:
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.model.index(0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _list_models(self, known: list[dict[str, Any]]) -> None:
        _refill(self.models, self.tr("Every model"), [(str(one["name"]), str(one["name"])) for one in known])

    def _list_tags(self, tags: list[tuple[str, int]]) -> None:
        self._tags = tags
        _refill(self.tags, self.tr("Any tag"), [(f"{name} ({count})", name) for name, count in tags])

    # -- the history

    def _change_view(self, by_job: bool) -> None:
        self.jobs.setVisible(by_job)
        self.filters.setVisible(not by_job)
        if by_job:
            self.jobs.look()
        self.look()

    def _pick_job(self, job: JobEntry | None) -> None:
        self._job = job.id if job is not None else None
        self.look()

    # -- the selected pieces

    @property
    def chosen(self) -> list[Entry]:
        """The selected entries."""
        return [self.model.entries[number] for number in self.list.selected_rows if number < len(self.model.entries)]

    def _show_bar(self) -> None:
        entries = self.chosen
        self.bar.setVisible(bool(entries))
        if not entries:
            return
        single, gone = len(entries) == 1, all(entry.removed is not None for entry in entries)
        count = self.tr("{count} pieces selected").format(count=len(entries))
        self.selected.setText(" ".join(entries[0].title.split()) if single else count)
        kept = all(entry.favourite for entry in entries)
        self.buttons["keep"].setText(self.tr("Stop keeping") if kept else self.tr("Keep"))
        self.buttons["remove"].setText(self.tr("Restore") if gone else self.tr("Remove"))
        self.buttons["play"].setVisible(single and plays(entries[0].domain))
        made = {entry.job for entry in entries}
        self.buttons["again"].setVisible(len(made) == 1 and None not in made)

    def remove_or_restore(self) -> None:
        """Remove the selected pieces, or bring them back where they are removed ones."""
        entries = self.chosen
        if entries and all(entry.removed is not None for entry in entries):
            self.context.shelf.restore(entries)
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
        if not before.music and same:
            said = self.tr("Made again, the same to the last letter.")
        self.context.bus.say.emit(said)
        self.context.bus.selected.emit(item)
        if before.music:
            self.context.bus.play.emit(item)

    def select_all(self) -> None:
        """Select everything that was found, also what has not been looked at yet."""
        if len(self.model.entries) < self.model.total:
            self.model.on_found(self._select_all)
            self.model.look(self.query, all=True)
        else:
            self.list.selectAll()

    def _select_all(self) -> None:
        self.model.on_found(self._found)
        self._found()
        self.list.selectAll()

    def _extend(self, menu: QMenu) -> None:
        entries = self.chosen
        menu.addSeparator()
        if len(entries) == 1:
            menu.addAction(self.tr("Rename"), lambda: self.list.edit(self.list.currentIndex())).setShortcut(Qt.Key.Key_F2)
        if self.buttons["again"].isVisibleTo(self.bar):
            menu.addAction(self.tr("Make again"), self.again)
        menu.addAction(self.tr("Learn from these"), lambda: self.context.shelf.open(entries, self.context.bus.learn_from.emit))
        tags = self._tag_menu(menu)
        tags.setTitle(self.tr("Tags"))
        menu.addMenu(tags)
        gone = all(entry.removed is not None for entry in entries)
        menu.addAction(self.tr("Restore") if gone else self.tr("Remove"), self.remove_or_restore).setShortcut(Qt.Key.Key_Delete)

    # -- tags

    def _tag_menu(self, parent: QWidget) -> QMenu:
        """The tags that there are, those of all selected pieces ticked, and a line for a new one."""
        menu = QMenu(parent)
        entries = self.chosen
        field = QLineEdit(menu)
        field.setPlaceholderText(self.tr("New tag"))
        field.setAccessibleName(self.tr("New tag"))

        def add() -> None:
            self.context.shelf.tag(entries, field.text())
            menu.close()

        field.returnPressed.connect(add)
        new = QWidgetAction(menu)
        new.setDefaultWidget(field)
        menu.addAction(new)
        tags = list(dict.fromkeys([*(name for name, _ in self._tags), *(tag for entry in entries for tag in entry.tags)]))
        if tags:
            menu.addSeparator()
        for name in tags:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(all(name in entry.tags for entry in entries))
            action.toggled.connect(partial(self._tag_or_not, entries, name))
        return menu

    def _tag_or_not(self, entries: list[Entry], name: str, on: bool) -> None:
        (self.context.shelf.tag if on else self.context.shelf.untag)(entries, name)

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
            (self.tr("Export the selected pieces"), QKeySequence("Ctrl+E"), self.list.export),
        ):
            action = QAction(text, self)
            action.setShortcut(keys)
            action.triggered.connect(function)
            found.append(action)
        return found

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def save(self) -> dict[str, object]:
        return {"text": self.search.text(), "favourites": self.favourites.isChecked(), "history": self.by_job.isChecked()}

    def restore(self, state: dict[str, object]) -> None:
        self.search.setText(str(state.get("text", "")))
        self.favourites.setChecked(bool(state.get("favourites")))
        (self.by_job if state.get("history") else self.by_piece).setChecked(True)


def _refill(box: QComboBox, first: str, choices: list[tuple[str, str]]) -> None:
    """Give a box other choices; what is chosen stays where it is still there."""
    before = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(first, "")
    for text, value in choices:
        box.addItem(text, value)
    place = max(0, box.findData(before)) if before else 0
    box.setCurrentIndex(place)
    box.blockSignals(False)
    if before and not place:
        box.currentIndexChanged.emit(0)
