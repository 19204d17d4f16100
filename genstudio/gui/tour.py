"""A tour of the studio: every page in both themes and both languages, and the dialogs, as pictures.

It works in a folder of its own, so that nobody's library or settings are shown or changed, and needs no display (Qt's platform
``offscreen``). A picture is taken when nothing is being worked on any longer.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from genstudio.errors import FileError
from genstudio.files import replacing
from genstudio.gui.app import Studio
from genstudio.gui.kinds import FIRST
from genstudio.gui.language import LANGUAGES
from genstudio.gui.welcome import beginnings

__all__ = ["tour"]

THEMES = ("light", "dark")
_SIZE = 1280, 800
_CALM = 250  # milliseconds without work before a picture is taken
_LONGEST = 60_000  # milliseconds that a picture waits


def tour(app: QApplication, out: Path, *, load: bool = True) -> int:
    """Write the pictures into the folder ``out``, as ``PAGE-THEME-LANGUAGE.png``.

    Args:
        load: load a model first, so that pages have something to show.

    Returns:
        0.

    Raises:
        FileError: the folder cannot be written.
    """
    with _own_home() as home:
        studio = Studio(app, home=home, load=load)
        try:
            studio.context.settings["theme"] = "light"
            studio.context.settings["language"] = "en"
            studio.window.resize(*_SIZE)
            studio.start("home")
            settle(studio)
            if load:
                for item, end in zip(beginnings(FIRST), "ab", strict=True):
                    studio.context.bus.make_end.emit(item, end)
                settle(studio)
            for language in LANGUAGES:
                for theme in THEMES:
                    studio.context.settings["language"] = language
                    studio.context.settings["theme"] = theme
                    _pictures(studio, out, f"{theme}-{language}")
        finally:
            studio.close()
    return 0


def _pictures(studio: Studio, out: Path, suffix: str) -> None:
    for name in studio.window.places:
        studio.window.go(name)
        settle(studio)
        _save(studio.window, out / f"{name}-{suffix}.png")
    dialogs = studio.window.dialogs
    for name, show in (("preferences", dialogs.show_preferences), ("shortcuts", dialogs.show_shortcuts)):
        dialog = _opened(studio.window, show)
        settle(studio)
        _save(dialog, out / f"{name}-{suffix}.png")
        dialog.close()
        settle(studio)


def _opened(window: QWidget, show: Callable[[], None]) -> QDialog:
    before = set(window.findChildren(QDialog))
    show()
    return next(dialog for dialog in window.findChildren(QDialog) if dialog not in before)


def settle(studio: Studio) -> None:
    """Wait until nothing is being worked on and everything has been drawn."""
    loop = QEventLoop()
    calm, limit = QTimer(), QTimer()
    for timer, milliseconds in ((calm, _CALM), (limit, _LONGEST)):
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
    engine = studio.context.engine

    def look() -> None:
        if engine.working:
            calm.start()
        else:
            loop.quit()

    calm.timeout.connect(look)
    limit.timeout.connect(loop.quit)
    calm.start()
    limit.start()
    loop.exec()


def _save(widget: QWidget, path: Path) -> None:
    picture = widget.grab()
    with replacing(path) as temporary:
        if not picture.save(str(temporary), "PNG"):
            raise FileError(f"cannot write {path}; choose another folder.")


@contextmanager
def _own_home() -> Iterator[Path]:
    former = os.environ.get("GENSTUDIO_HOME")
    with tempfile.TemporaryDirectory(prefix="genstudio-tour-", ignore_cleanup_errors=True) as folder:
        os.environ["GENSTUDIO_HOME"] = folder
        try:
            yield Path(folder)
        finally:
            if former is None:
                del os.environ["GENSTUDIO_HOME"]
            else:
                os.environ["GENSTUDIO_HOME"] = former
