"""The window fits the screen, and everything in it can be reached."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from genstudio.gui.app import Studio, application
from genstudio.gui.frame import put_back
from genstudio.gui.window import Window


@pytest.fixture
def opened(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``opened(width, height, geometry)``: a studio on a screen of that size, with the geometry that was kept."""
    studios = []

    def begin(width: int, height: int, geometry: str = "") -> Any:
        screen = SimpleNamespace(availableGeometry=lambda: QRect(0, 0, width, height))
        monkeypatch.setattr(Window, "screen", lambda window: screen)
        home.mkdir(exist_ok=True)
        (home / "studio.json").write_text(f'{{"geometry": "{geometry}"}}')
        studios.append(Studio(application(), home=home, load=False))
        return studios[-1]

    yield begin
    for studio in studios:
        studio.close()
        studio.deleteLater()


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        ((800, 600), (792, 560)), ((1024, 600), (1016, 560)), ((1280, 720), (1272, 680)), ((1366, 768), (1280, 728)),
        ((1920, 1080), (1536, 864)), ((3840, 2160), (3072, 1728)),
    ],
)
def test_the_first_window_fits_the_screen_with_its_frame(
    opened: Callable[..., Any], screen: tuple[int, int], size: tuple[int, int]
) -> None:
    window = opened(*screen).window
    assert (window.width(), window.height()) == size


def test_what_was_kept_on_a_larger_screen_is_fitted(opened: Callable[..., Any]) -> None:
    large = opened(2560, 1440).window
    large.setGeometry(900, 300, 1100, 1000)
    kept = base64.b64encode(large.saveGeometry().data()).decode("ascii")
    window = opened(1366, 768, kept).window
    assert window.height() == 728  # its width was fitted by Qt, to the screen of the platform offscreen
    assert QRect(0, 0, 1366, 768).contains(window.geometry().adjusted(-4, -36, 4, 4))  # with its frame
    assert window.y() == 36  # it is as high as the screen


def test_place_and_size_are_kept_as_they_change(start: Callable[..., Any], qtbot: QtBot) -> None:
    """Saved as they change, so that they are restored after the process was killed."""
    studio = start("home")
    window, settings = studio.window, studio.context.settings
    qtbot.waitUntil(lambda: window.grab() is not None and window._painted)

    def kept() -> QWidget:
        again = QWidget()
        qtbot.addWidget(again)
        put_back(again, settings["geometry"])
        return again

    window.resize(792, 640)
    assert kept().size() == QSize(792, 640)
    window.move(0, 60)
    assert kept().y() in range(60, 64)  # the frame of this platform
    window.showMaximized()
    qtbot.waitUntil(lambda: kept().isMaximized())


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(960, 560), (1272, 680)])
@pytest.mark.slow
def test_nothing_is_off_the_window(
    start: Callable[..., Any], calm: Callable[[Any], None], qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    studio = start("home")
    studio.context.settings["language"] = language
    window = studio.window
    window.setMinimumSize(*size)  # as on a screen that is hardly larger
    window.resize(*size)
    for name in window.places:
        window.go(name)
        calm(studio)
        qtbot.wait(1)
        assert (window.width(), window.height()) == size
        for part in (window.top, window.rail, window.transport, window.status, window.stack):
            inside = QRect(part.mapTo(window, part.rect().topLeft()), part.size())
            assert window.rect().contains(inside), (name, type(part).__name__)
        for part in (window.top, window.transport):  # nor squeezed until it cannot be read
            assert part.width() >= part.minimumSizeHint().width(), (name, type(part).__name__)
            assert part.height() >= part.minimumSizeHint().height(), (name, type(part).__name__)
        page = window.pages[name]
        assert page.width() >= page.minimumSizeHint().width(), name
        assert page.height() >= page.minimumSizeHint().height(), name


def test_home_takes_the_width_that_it_gets(start: Callable[..., Any], calm: Callable[[Any], None], qtbot: QtBot) -> None:
    studio = start("home")
    calm(studio)
    page = studio.window.pages["home"]
    qtbot.waitUntil(lambda: page.samples.count > 4 and page.strip.count > 2)
    for width, in_a_row in ((1280, 4), (3072, 6)):
        studio.window.resize(width, 1700)
        qtbot.waitUntil(lambda: page.welcome.width() > page.width() - 80)
        last = page.strip.place(page.strip.count - 1)
        assert last.right() > page.strip.viewport().width() - 16  # the way goes from edge to edge
        assert len({page.samples.place(number).left() for number in range(page.samples.count)}) == in_a_row
