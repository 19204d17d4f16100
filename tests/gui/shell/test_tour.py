"""The tour drives every page and saves pictures, in a folder of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from genstudio.errors import FileError
from genstudio.gui.app import application
from genstudio.gui.theme import DARK, LIGHT
from genstudio.gui.tour import tour
from genstudio.gui.window import PLACES


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("genstudio.gui.tour._CALM", 10)
    monkeypatch.setattr("genstudio.gui.tour.LANGUAGES", {"en": "English"})


@pytest.mark.slow
def test_there_is_a_picture_of_every_page_in_both_themes(qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    assert tour(application(), tmp_path / "tour", load=False) == 0
    for colours in (LIGHT, DARK):
        for name in [*(place.name for place in PLACES), "preferences", "shortcuts"]:
            picture = QImage(str(tmp_path / "tour" / f"{name}-{colours.name}-en.png"))
            assert not picture.isNull(), name
            shades = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
            assert colours.text in shades or colours.surface in shades, name
            assert len(shades) > 3, name
    assert not home.exists()
    assert os.environ["GENSTUDIO_HOME"] == str(home)


def test_a_folder_that_cannot_be_written_is_told(qtbot: QtBot, home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FileError, match="cannot write"):
        tour(application(), tmp_path / "file" / "tour", load=False)
