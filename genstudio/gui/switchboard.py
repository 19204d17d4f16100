"""What is said on the bus and is not for one page alone: pieces are played and edited, pages that are not built yet are reached."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from genstudio.gui import kinds
from genstudio.gui.items import Item

if TYPE_CHECKING:
    from genstudio.gui.window import Window

__all__ = ["Switchboard"]


class Switchboard(QObject):
    """Listens for the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.context, self._window = window.context, window
        context, bus = self.context, self.context.bus
        bus.play.connect(self._play)
        bus.edit.connect(self._edit)
        context.models.failed.connect(bus.trouble)
        context.models.loading.connect(lambda name: context.player.brace(True))
        for ended in (context.models.changed, context.models.failed):
            ended.connect(lambda *_: context.player.brace(False))
        context.models.changed.connect(self._have_model)
        context.jobs.ended.connect(self._job_ended)

    def connect_pages(self) -> None:
        """See to it that pages hear what is for them; once the window has its pages."""
        bus = self.context.bus
        bus.make_end.connect(partial(self._window.stack.tell, "create", bus.make_end))
        for name, signal in (
            ("create", bus.operate), ("create", bus.again), ("map", bus.show_on_map), ("train", bus.learn_from),
            ("models", bus.show_figures),
        ):  # fmt: skip
            signal.connect(partial(self._deliver, name, signal))

    def _deliver(self, name: str, signal: Any, *values: object) -> None:
        """Bring a page to the front, and see to it that it hears a signal."""
        self._window.stack.tell(name, signal, *values)
        if name in self._window.places:
            self._window.go(name)

    def go_with_keys(self, name: str) -> None:
        """Bring a page to the front, and have the keys go to it."""
        self._window.go(name)
        page = self._window.pages[name]
        at: QWidget | None = self._window.focusWidget()
        if at is None or not page.isAncestorOf(at):
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def other_theme(self) -> None:
        """Light instead of dark, or dark instead of light."""
        self.context.settings["theme"] = "light" if self.context.theme.dark else "dark"

    def other_language(self) -> None:
        """Speak the other language."""
        from genstudio.gui.language import chosen

        self.context.settings["language"] = "en" if chosen(self.context.settings["language"]) == "zh_CN" else "zh_CN"

    def _play(self, item: Item) -> None:
        """Play a piece from the start; one that is playing stops."""
        player = self.context.player
        if player.item is item and player.playing:
            player.stop()
        else:
            player.play(item)

    def play_or_pause(self) -> None:
        """Go on or pause; where nothing was played yet, play the selected piece."""
        player = self.context.player
        if player.item is None and self.context.bus.selection is not None:
            self._play(self.context.bus.selection)
        else:
            player.toggle()

    def _edit(self, item: Item) -> None:
        dialog = kinds.showing(item.domain).editor(self.context, item, self._window)
        if dialog is None:
            self.context.bus.say.emit(self.tr("There is no editor for {things}.").format(things=kinds.many(item.domain)))
            return
        dialog.made.connect(lambda made: self._edited(item, made))
        dialog.open()

    def _edited(self, item: Item, made: Item) -> None:
        """What was edited is kept, and takes the place of the piece where that is an end."""
        self.context.shelf.keep(made)
        self.context.bus.edited.emit(item, made)
        self.context.bus.selected.emit(made)
        self.context.bus.say.emit(self.tr("{title} is in the library.").format(title=made.title))

    def _have_model(self, model: Any) -> None:
        installed = {str(one["name"]): str(one.get("folder")) for one in self.context.models.known}
        own = str(model.folder)
        self.context.settings["model"] = model.name if installed.get(model.name) == own else own
        self.context.bus.say.emit(self.tr("{model} is ready.").format(model=self.context.models.title(model.name)))

    def _job_ended(self, job: Any) -> None:
        if job.state == "done":
            self._window.trouble.take_back(job.kind)
            self.context.bus.say.emit(self.tr("{title}: done.").format(title=job.title))
        elif job.state == "stopped":
            self.context.bus.say.emit(self.tr("{title}: stopped.").format(title=job.title))
        else:
            self.context.bus.trouble.emit(f"{job.title}: {job.error[0]}", job.error[1])
            self._window.trouble.kind = job.kind
