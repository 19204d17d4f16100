"""The application: what is there before the window, around it, and after it.

The order at the start: language and colours, the window with its first page, the first painting; then the other pages, one in each
idle moment; then, one after the other, the libraries of sound, the device, and the model, which loads torch on a thread. At the end
everything is closed in the opposite order.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, Qt, QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QMessageBox

import genstudio
from genstudio.gui.context import Bus, Context
from genstudio.gui.engine import Engine
from genstudio.gui.garbage import Garbage, share_heaps
from genstudio.gui.icons import application_icon
from genstudio.gui.instance import Instance, hand_over
from genstudio.gui.jobs import Jobs
from genstudio.gui.lane import Lane
from genstudio.gui.language import Language
from genstudio.gui.logs import Log
from genstudio.gui.models import Models
from genstudio.gui.pages.base import Page
from genstudio.gui.player import Player
from genstudio.gui.project.archive import SUFFIX
from genstudio.gui.project.keeper import Projects
from genstudio.gui.project.session import Session
from genstudio.gui.settings import Settings
from genstudio.gui.shelf import Shelf
from genstudio.gui.style import Look
from genstudio.gui.theme import Theme
from genstudio.gui.watchdog import Watchdog
from genstudio.gui.widgets.transport import Transport
from genstudio.gui.window import Window

__all__ = ["Studio", "application", "run"]

log = logging.getLogger(__name__)

_UNDO = 200  # steps that are kept
_LOOK = 1000  # milliseconds between two looks at what Qt has said


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The one application object of the process."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["genstudio", *arguments])
    app.setApplicationName("genstudio")
    app.setApplicationDisplayName("GenStudio")
    app.setApplicationVersion(genstudio.__version__)
    app.setDesktopFileName("genstudio")
    app.setWindowIcon(application_icon())
    return app


class _Relay(QObject):
    """Brings a fault from whatever thread it was in to the window's."""

    told = Signal(str, str)


class Studio(QObject):
    """Everything of one start, put together and taken apart again."""

    def __init__(self, app: QApplication, *, home: Path | None = None, log_path: str = "", load: bool = True) -> None:
        """``load``: make ready what takes long, the model of the settings and the sound, once the window is there."""
        super().__init__()
        self.app = app
        self._load = load
        self._closed = False
        self._garbage = Garbage(self)
        settings = Settings(home / "studio.json" if home is not None else None, self)
        self.language = Language(self)
        self.language.use(settings["language"])
        theme = Theme(parent=self)
        self.look = Look(app, theme, settings)
        engine = Engine(self)
        self._garbage.follow(engine)
        undo = QUndoStack(self, undoLimit=_UNDO)
        self.context = Context(
            engine=engine,
            models=Models(engine, self),
            player=Player(engine, settings, self),
            jobs=Jobs(engine, self),
            settings=settings,
            shelf=Shelf(engine, undo, home / "library.db" if home is not None else None, self),
            theme=theme,
            bus=Bus(self),
            confirm=self._confirm,
            undo=undo,
        )
        self.projects = Projects(self.context, self._pages, self)
        self.session = Session(self.projects, self._pages, home, self)
        self.window = Window(self.context, self.projects, self.session.drop, transport=Transport, log_path=log_path)
        self.relay = _Relay(self)
        self.relay.told.connect(self.context.bus.trouble, Qt.ConnectionType.QueuedConnection)
        self.window.stack.built.connect(self.session.restore)
        self.projects.trouble.connect(self.context.bus.trouble)
        self.context.models.changed.connect(self._garbage.settle)
        self.context.bus.models_changed.connect(self.context.models.refresh)
        self.window.painted.connect(self._painted)
        self.window.stack.complete.connect(self._complete)
        self.session.trouble.connect(lambda sentence: self.context.bus.trouble.emit(sentence, ""))
        shelf = self.context.shelf
        shelf.trouble.connect(self.context.bus.trouble)
        shelf.remarked.connect(self.context.bus.say)
        shelf.kept.connect(self.context.player.mixers.take_along)
        settings.changed.connect(self._setting)

    def _pages(self) -> Iterable[Page]:
        return self.window.pages.values()

    def start(self, page: str = "", files: Sequence[str] = ()) -> None:
        """Show the window with a page; the rest follows once it is painted."""
        self._files = list(files)
        self.session.begin()
        wanted = page or self.context.settings["page"]
        self.window.go(wanted if wanted in self.window.places else next(iter(self.window.places)))
        self.window.show()

    def _painted(self) -> None:
        QTimer.singleShot(0, self.window, self.window.stack.build_rest)

    def _complete(self) -> None:
        log.info("every page is built")
        context = self.context
        context.shelf.start()
        self.prune_history()
        context.models.refresh()
        if self._load:
            context.models.expect(context.settings["model"])
            context.player.warm(self._warm)
        if self._files:
            context.bus.open_files.emit(self._files)
        self.session.opened()
        self._tell_of_last_time()

    def _tell_of_last_time(self) -> None:
        """Say what came back or was set aside, until a person has read it."""
        session, notice, settings = self.session, self.window.notice, self.context.settings
        work, before = session.set_aside, settings.set_aside
        if work is not None and session.intact:
            opened = partial(self.context.bus.open_project.emit, str(work), True, work.stem)
            notice.offer(lambda: self.tr(
                "GenStudio ended several times while it opened the work of last time; the work is set aside, unchanged, as {name}."
            ).format(name=work.name), opened if work.suffix == SUFFIX else None)  # fmt: skip
        elif work is not None:
            notice.offer(lambda: self.tr(
                "The work of last time could not be opened and was set aside as {name}."
            ).format(name=work.name))  # fmt: skip
        elif before is not None:
            notice.offer(lambda: self.tr(
                "The settings could not be read and were set aside as {name}; the usual ones are used."
            ).format(name=before.name))  # fmt: skip
        elif session.recovered:
            notice.offer(lambda: self.tr("Last time ended unexpectedly; your work is here again."))

    def prune_history(self) -> None:
        """Forget what is too old for the history, in the background: nothing that is kept, and nothing that a page works with."""
        used = [item for page in self.window.pages.values() for item in page.in_use()]
        self.context.shelf.prune(self.context.settings["history"], used, self._pruned)

    def _pruned(self, count: int) -> None:
        if count:
            one = self.tr("One old piece that was not kept was taken out of the history.")
            many = self.tr("{count} old pieces that were not kept were taken out of the history.")
            self.context.bus.say.emit(one if count == 1 else many.format(count=f"{count:,}"))

    def _warm(self) -> None:
        """Sound is ready, or cannot be had: now the model, unless another was asked for meanwhile."""
        context = self.context
        if not self._closed and context.models.expected:
            context.models.load(context.models.expected)

    def _setting(self, name: str) -> None:
        if name == "language":
            self.language.use(self.context.settings["language"])

    def _confirm(self, title: str, question: str) -> bool:
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        return QMessageBox.question(self.window, title, question, yes | no, no) == yes

    def asked(self, files: list[str]) -> None:
        """Another start has handed its files over."""
        self.window.come_to_front()
        if files:
            self.context.bus.open_files.emit(files)

    def close(self) -> None:
        """Save, stop everything, and wait for the threads."""
        if self._closed:
            return
        self._closed = True
        self.session.end()
        context = self.context
        context.settings.write()
        for page in self.window.pages.values():
            page.shut()
        context.player.close()
        context.shelf.close()
        context.engine.close()
        self.look.close()
        self.window.desk.settled()
        self.window.close()
        # Now, and not whenever the interpreter comes to it: the window listens to what goes before it then.
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)
        self._garbage.close()
        self.language.use("en")


def run(
    files: Sequence[str] = (),
    *,
    page: str = "",
    theme: str = "",
    language: str = "",
) -> int:
    """Open the studio and return when it is closed; 0 is well.

    Args:
        files: opened as if they were dropped into the window.
        page: the page to begin with; "" for that of last time.
        theme, language: for this start and those to come; "" for those of the settings.
    """
    # Where Qt guesses that nobody sees standard error (Windows, a session of systemd), it would write elsewhere than the log reads.
    os.environ.setdefault("QT_FORCE_STDERR_LOGGING", "1")
    app = application()
    absolute = [str(Path(file).absolute()) for file in files]
    if hand_over(absolute):
        return 0
    instance = Instance()
    if instance.taken and hand_over(absolute):
        return 0
    journal = Log()
    journal.open()
    share_heaps()
    lane = Lane()
    lane.open()
    watchdog = Watchdog(journal.crashes)
    look = QTimer(watchdog)
    look.timeout.connect(journal.look)
    look.start(_LOOK)
    studio = Studio(app, log_path=str(journal.path or ""))
    journal.listener = studio.relay.told.emit
    if theme:
        studio.context.settings["theme"] = theme
    if language:
        studio.context.settings["language"] = language
    instance.asked.connect(studio.asked)
    if not (absolute or page or studio.context.settings["toured"]):  # who comes for the first time, and with nothing in hand
        studio.window.stack.complete.connect(lambda: studio.window.dialogs.show_tour(focus=False))
    with _Signals(studio.window.desk.leave):
        studio.start(page, absolute)
        try:
            return app.exec()
        finally:
            watchdog.last()
            instance.close()
            studio.close()
            journal.listener = None
            look.stop()
            watchdog.close()
            lane.close()
            journal.close()


class _Signals:
    """Ctrl-C and a request of the system to end close the window, as its button does.

    Python sees a signal only between two of its own steps, and Qt's loop has none; so the system writes a byte into a pair of
    sockets (``signal.set_wakeup_fd``), which wakes the loop.
    """

    def __init__(self, close: Callable[[], Any]) -> None:
        self._close = close

    def __enter__(self) -> None:
        import socket

        self._near, self._far = socket.socketpair()
        for end in (self._near, self._far):
            end.setblocking(False)
        self._former = {number: signal.signal(number, self._asked) for number in (signal.SIGINT, signal.SIGTERM)}
        self._fd = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._drain)

    def _drain(self) -> None:
        try:
            self._near.recv(64)
        except OSError as error:
            log.debug("nothing to read: %s", error)

    def _asked(self, number: int, frame: Any) -> None:
        QTimer.singleShot(0, self._close)

    def __exit__(self, *_: object) -> None:
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd)
        for number, handler in self._former.items():
            signal.signal(number, handler)
        self._near.close()
        self._far.close()

