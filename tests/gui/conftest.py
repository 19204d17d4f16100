"""What the tests of the window share. They run offscreen, and every test leaves the process as it found it: no thread of ours, no
window that is still open, no process."""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import gc
import importlib
import importlib.util
import multiprocessing
import os
import threading
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key

if importlib.util.find_spec("PySide6") is None or importlib.util.find_spec("pytestqt") is None:
    collect_ignore_glob = ["*"]  # the window is an extra
else:
    # Before Qt is loaded; a real display can be asked for.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot


    # A wait that succeeds ends at once, so none needs to be short: on a busy machine everything takes its time.
    _PATIENCE = 600_000  # milliseconds

    def _patient(name: str) -> None:
        wait = getattr(QtBot, name)

        @functools.wraps(wait)
        def waits(*arguments: Any, timeout: int = 0, **more: Any) -> Any:
            if more.get("raising") is not False:  # else it waits for what shall not come
                timeout = max(timeout, _PATIENCE)
            return wait(*arguments, timeout=timeout, **more)

        setattr(QtBot, name, waits)

    for _name in ("waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"):
        _patient(_name)


_HERE = Path(__file__).parent


def _ours() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name.startswith("genstudio-")}


@pytest.fixture(scope="session", autouse=True)
def _loaded(qapp: object) -> None:
    """Load what is large before any test, in this thread, so that no test waits for it; and the parts of Qt that say something
    while they are loaded: the studio never listens to that in Python, but pytest-qt does."""
    importlib.import_module("genstudio.models.checkpoint")
    importlib.import_module("pyqtgraph")
    with contextlib.suppress(ImportError):
        importlib.import_module("PySide6.QtMultimedia").QMediaDevices.audioOutputs()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Collect in this thread only, as the studio does, between the tests too: pytest-xdist listens in a thread of its own, and a
    collection that begins there takes widgets apart and ends the process."""
    if not item.path.is_relative_to(_HERE):  # this hook is called for every test, not only for those of its folder
        return (yield)
    gc.disable()
    stream = item.config.stash.get(fault_handler_stderr_fd_key, None)
    if stream is not None:  # the log of a studio takes the traces of crashes to its own file, and pytest would lose them
        faulthandler.enable(stream)
    result = yield
    generation = next((number for number in (2, 1) if gc.get_count()[number] > gc.get_threshold()[number]), 0)
    gc.collect(generation)
    if nextitem is None or not nextitem.path.is_relative_to(_HERE):
        gc.collect()
        gc.enable()
    return result


@pytest.fixture(autouse=True)
def _nothing_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test after which something of ours still runs."""
    before = _ours()
    yield
    left = [thread.name for thread in _ours() - before if thread.is_alive()]
    assert not left, f"threads are left: {left}"
    app = QApplication.instance()
    if isinstance(app, QApplication):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        shown = [type(widget).__name__ for widget in app.topLevelWidgets() if widget.isVisible()]
        assert not shown, f"windows are left: {shown}"
    assert not multiprocessing.active_children()


@pytest.fixture(autouse=True, scope="module")
def _nothing_left_for_other_threads() -> Iterator[None]:
    """What the tests of a file leave is collected here, in Qt's thread, and not later in a thread of another test."""
    yield
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of one test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("GENSTUDIO_HOME", str(folder))
    return folder


@pytest.fixture
def start(qtbot: QtBot, home: Path) -> Iterator[Callable[..., Any]]:
    """``start(page, files, load=False)``: a whole studio, built to its last page; closed after the test."""
    from genstudio.gui.app import Studio, application

    opened: list[Any] = []

    def begin(page: str = "", files: list[str] | None = None, *, load: bool = False, wait: bool = True) -> Any:
        studio = Studio(application(), home=home, load=load)
        opened.append(studio)
        studio.context.settings["language"] = "en"
        if not studio.context.settings["geometry"]:
            studio.window.resize(1280, 800)  # offscreen there is less room than on any desktop
        if wait:
            with qtbot.waitSignal(studio.window.stack.complete, timeout=20_000):
                studio.start(page, files or [])
        else:
            studio.start(page, files or [])
        with warnings.catch_warnings():  # deprecated, but a display without a window manager makes no window the active one
            warnings.simplefilter("ignore", DeprecationWarning)
            QApplication.setActiveWindow(studio.window)
        return studio

    yield begin
    for studio in opened:
        studio.close()
        studio.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def find() -> Callable[..., Any]:
    """``find(parent, words)``: the widget in ``parent``, shown or not, that a screen reader calls so, or that shows these words."""

    def found(parent: Any, words: str) -> Any:
        for widget in parent.findChildren(QWidget):
            if words == widget.accessibleName() or (hasattr(widget, "text") and callable(widget.text) and widget.text() == words):
                return widget
        raise AssertionError(f"nothing is called {words!r}")

    return found


@pytest.fixture
def calm(qtbot: QtBot) -> Callable[[Any], None]:
    """``calm(studio)``: wait until nothing is being worked on."""
    return lambda studio: qtbot.waitUntil(lambda: not studio.context.engine.working, timeout=30_000)
