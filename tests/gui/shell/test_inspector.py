"""What the inspector says of a piece, and of its code."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

import genstudio
from genstudio.gui.items import Item
from genstudio.gui.widgets.inspector import look_closer


def test_blank_details_have_no_norm(walker: Path, make_tune: Any, tmp_path: Path) -> None:
    model = genstudio.load(walker)
    songs = [tmp_path / f"{seed}.mid" for seed in range(2)]
    for seed, song in enumerate(songs):
        make_tune(2000 + seed, 2, (4, 4)).write(str(song))
    pieces = model.interpolate(*songs, steps=3)
    found = look_closer(model, Item(pieces[1], "melody", "", job=pieces.job, place=1), "")
    summary = pieces.job.codes[1][: model.network.layout.summary]
    assert np.isnan(pieces.job.codes[1]).any(), "else this test says nothing"
    assert found == {"norm": pytest.approx(float(np.linalg.norm(summary))), "dims": len(summary)}


def shown(section: QWidget) -> dict[str, str]:
    """The rows of a section that can be seen, values by names."""
    words = [label.text() for label in section.findChildren(QLabel) if label.isVisible()]
    return dict(zip(words[::2], words[1::2], strict=False))


def test_a_piece_is_told_in_words_and_the_lab_is_folded_until_it_is_wanted(
    start: Callable[..., Any], walker: Path, make_tune: Any, tmp_path: Path, qtbot: Any, calm: Callable[[Any], None]
) -> None:
    studio = start("home")
    studio.context.models.load(str(walker))
    calm(studio)
    songs = [tmp_path / f"{name}.mid" for name in ("one", "two")]
    for seed, song in enumerate(songs):
        make_tune(2000 + seed, 2, (4, 4)).write(str(song))
    pieces = studio.context.models.current.interpolate(*songs, steps=3)
    item = Item(pieces[1], "melody", "", job=pieces.job, place=1, t=0.5, number=12)
    studio.context.bus.selected.emit(item)
    inspector = studio.window.inspector
    qtbot.waitUntil(lambda: "Tempo" in shown(inspector._piece))
    made = shown(inspector._made)
    assert made == {"As": "In between", "From": "one, two", "Way from A to B": "50%", "With": walker.name}
    nameless = dataclasses.replace(pieces.job, sources=("Melody", "Melody"))  # as of pieces without a title
    for of, named in ((Item(pieces[0], "melody", "A song"), {"From": "A song"}), (None, {})):
        studio.context.bus.selected.emit(dataclasses.replace(item, job=nameless, of=of))
        qtbot.waitUntil(lambda: "As" in shown(inspector._made))
        assert {name: value for name, value in shown(inspector._made).items() if name == "From"} == named
    studio.context.bus.selected.emit(item)
    qtbot.waitUntil(lambda: "Tempo" in shown(inspector._piece))
    piece = shown(inspector._piece)
    assert piece["Tempo"].startswith("♩ = ")
    assert piece["Length"].startswith("2 bars, ")
    assert shown(inspector.lab) == {}
    qtbot.mouseClick(inspector.lab.head, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Norm" in shown(inspector.lab))
    lab = shown(inspector.lab)
    assert {"Seed", "Norm", "Latent numbers", "Number in the library", "Job"} <= set(lab)
    assert lab["Number in the library"] == "12"
    assert studio.context.settings["lab"]  # at the next start as well
