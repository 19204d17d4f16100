"""The page of the map with a small model: places become pieces, paths too, and a map is made where there is none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

import genstudio
from genstudio.domains import get_domain
from genstudio.gui.charts import Walk, folder_for, walk
from genstudio.gui.context import Context
from genstudio.gui.items import Item, items_of
from genstudio.gui.language import Language
from genstudio.gui.pages.map import MapPage
from genstudio.gui.shelf import Query
from genstudio.gui.views.latent_map import GATHER, PATH, along
from genstudio.progress import Stop

Settled = Callable[[], None]


@pytest.fixture(scope="session")
def tiny_map(melody_model: Path, melody_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("maps") / "tiny"
    genstudio.make_map(melody_model, melody_corpus, out)
    return out


@pytest.fixture(scope="session")
def loaded(melody_model: Path) -> Any:
    return genstudio.load(melody_model)


@pytest.fixture
def empty(context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> MapPage:
    """The page before there is a model."""
    monkeypatch.setenv("GENSTUDIO_HOME", str(tmp_path / "home"))
    page = MapPage(context)
    qtbot.addWidget(page)
    page.retranslate()
    page.retheme()
    page.resize(1000, 700)
    page.show()
    page.entered()
    context.bus.play.connect(context.player.play)
    return page


@pytest.fixture
def page(empty: MapPage, context: Context, loaded: Any, tiny_map: Path, settled: Settled) -> MapPage:
    context.settings["maps"] = {loaded.name: str(tiny_map)}
    context.models.current = loaded
    context.models.changed.emit(loaded)
    settled()
    return empty


def _at(page: MapPage, row: int) -> QPoint:
    view = page.view
    return view.to_screen((float(view.cloud.x[row]), float(view.cloud.y[row]))).toPoint()


def test_the_map_of_the_model_is_shown(page: MapPage) -> None:
    assert page.stack.currentIndex() == 0
    assert page.chart is not None
    assert len(page.view.cloud) == len(page.chart.index) > 50
    assert page.head.by.currentText() == "Note density"
    assert page.view.legend.label == "Note density (notes a quarter)"
    page.head.by.setCurrentIndex(page.head.by.findText("Rests"))
    assert page.view.legend.high.endswith("%")
    assert "Rests" in page.view.accessibleDescription()
    page.retranslate()
    assert page.head.by.currentText() == "Rests"
    assert page.save()["by"] == "rests"


def test_a_map_of_texts_speaks_of_reading(page: MapPage, loaded: Any) -> None:
    assert "near ones sound alike" in page.body.hint.text()
    page._model = SimpleNamespace(domain=get_domain("text"), name="words")
    page.retranslate()
    assert "near ones are alike" in page.body.hint.text()
    assert "hear" not in page.body.hint.text()
    page._model = loaded


def test_attributes_are_told_in_the_language(page: MapPage, qtbot: QtBot) -> None:
    language = Language(page)
    language.use("zh_CN")
    try:
        qtbot.waitUntil(lambda: page.head.by.currentText() == "音符密度")
        assert page.view.legend.label.startswith("音符密度")
    finally:
        language.use("en")
    qtbot.waitUntil(lambda: page.head.by.currentText() == "Note density")


def test_pointing_shows_the_piece(page: MapPage, qtbot: QtBot, settled: Settled) -> None:
    qtbot.mouseMove(page.view, _at(page, 7))
    row = page.view.row
    assert row >= 0
    assert page.view._popup is not None
    assert page.view._popup[1:] == (page.chart.index[row][0], page.head.word(row), None)
    qtbot.waitUntil(lambda: row in page.places.known)
    assert page.view._popup[3] is page.places.known[row].piece


def test_a_click_makes_what_lies_there(page: MapPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    selected: list[Item] = []
    context.bus.selected.connect(selected.append)
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    settled()
    (item,) = page.found.items
    assert item.job is not None
    assert item.job.operation == "map"
    assert context.player.item is item
    assert selected[-1] is item
    assert page.list.isVisible()
    assert not page.body.hint.isVisible()
    found: list[Any] = []
    context.shelf.search(Query(operation="map"), found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert found[0].total == 1  # it is in the history


def test_holding_plays_as_long_as_it_is_held(page: MapPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    at = _at(page, 3)
    qtbot.mouseMove(page.view, at)
    row = page.view.row
    with qtbot.waitSignal(page.view.held):
        qtbot.mousePress(page.view, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: context.player.playing)
    assert context.player.item is page.places.known[row]
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=at)
    assert not context.player.playing
    assert page.found.items == []
    settled()


def test_a_drawn_path_becomes_a_piece(page: MapPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    page.path_bar.steps.setValue(5)
    qtbot.mouseClick(page.head.buttons[PATH], Qt.MouseButton.LeftButton)
    assert page.path_bar.isVisible()
    assert not page.path_bar.go.isEnabled()
    assert page.path_bar.go.toolTip()
    qtbot.mousePress(page.view, Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    for step in range(1, 9):
        qtbot.mouseMove(page.view, QPoint(100 + 30 * step, 300 - 10 * step))
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=QPoint(340, 220))
    settled()
    (item,) = page.found.items
    assert item.job is not None
    assert 2 <= len(item.job.codes) == len(page.view.stops) <= 5
    assert str(len(page.view.stops)) in item.title
    context.player.duration = 10.0
    context.player.moved.emit(2.5)
    assert page.view.progress == 0.25
    page.path_bar.steps.setValue(3)
    page.path_bar.go.click()
    settled()
    assert len(page.found.items) == 2
    page.path_bar.clear.click()
    assert page.view.path == []


def test_the_map_stays_where_it_is_when_the_first_piece_is_found(page: MapPage, qtbot: QtBot, settled: Settled) -> None:
    row = int(np.hypot(page.view.cloud.x, page.view.cloud.y).argmin())
    at = _at(page, row)
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=at)
    settled()
    assert page.list.isVisible()
    assert _at(page, row) == at
    qtbot.mouseClick(page.head.buttons[PATH], Qt.MouseButton.LeftButton)  # a bar opens below the map
    assert page.path_bar.isVisible()
    assert _at(page, row) == at


def test_a_path_keeps_the_metre_of_its_start(page: MapPage, loaded: Any) -> None:
    chart = page.chart
    order = np.argsort(chart.coordinates[:, 0])
    ends = [tuple(map(float, chart.coordinates[row])) for row in (order[2], order[-3])]
    found = walk(loaded, chart, along(ends, 9), Stop())
    metres = {(one.numerator, one.denominator) for piece in found.pieces for one in piece.metres}
    assert len(metres) == 1
    assert len(found.places) == 9 - found.left
    page.path_bar.show_path(2, Walk(found.pieces, found.places, "6/8", near=2, left=1))
    said = page.path_bar.said.text()
    assert "All of it is in 6/8" in said
    assert "left out" in said
    assert "nearest piece" in said


def _gather(page: MapPage, qtbot: QtBot) -> int:
    """Drag around the middle of the map; how many pieces that chose."""
    qtbot.mouseClick(page.head.buttons[GATHER], Qt.MouseButton.LeftButton)
    near = np.argsort(np.hypot(page.view.cloud.x, page.view.cloud.y))[:5]
    places = [_at(page, int(row)) for row in near]
    left, right = min(at.x() for at in places) - 3, max(at.x() for at in places) + 3
    top, bottom = min(at.y() for at in places) - 3, max(at.y() for at in places) + 3
    corners = [QPoint(left, top), QPoint(right, top), QPoint(right, bottom), QPoint(left, bottom)]
    qtbot.mousePress(page.view, Qt.MouseButton.LeftButton, pos=corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(page.view, corner)
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=corners[-1])
    assert set(near.tolist()) <= set(page.view.chosen.tolist())
    return len(page.view.chosen)


def test_pieces_are_gathered_into_a_collection(page: MapPage, context: Context, qtbot: QtBot, settled: Settled) -> None:
    bar = page.gather_bar
    count = _gather(page, qtbot)
    assert f"{count} piece" in bar.said.text()
    bar.name.clear()
    assert not bar.buttons["collect"].isEnabled()
    qtbot.keyClicks(bar.name, "my jigs")
    shown: list[str] = []
    context.bus.show_collection.connect(shown.append)
    qtbot.mouseClick(bar.buttons["collect"], Qt.MouseButton.LeftButton)
    assert not bar.buttons["collect"].isEnabled()  # they are being made
    settled()
    tags: list[Any] = []
    context.shelf.tags(tags.extend)
    qtbot.waitUntil(lambda: bool(tags))
    assert tags == [("my jigs", count)]
    assert shown == ["my jigs"]
    assert context.shelf.undo is not None
    context.shelf.undo.undo()
    settled()
    found: list[Any] = []
    context.shelf.tags(lambda those: found.append(those))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [[]]
    qtbot.mouseClick(bar.buttons["clear"], Qt.MouseButton.LeftButton)
    assert not len(page.view.chosen)
    assert not bar.buttons["play"].isEnabled()


def test_gathered_pieces_play_one_after_another_and_are_learnt_from(
    page: MapPage, context: Context, qtbot: QtBot, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[Item] = []
    followed: list[Item] = []
    monkeypatch.setattr(context.player, "set_items", listed.extend, raising=False)
    monkeypatch.setattr(context.player, "follow", lambda *items, around: followed.extend(items), raising=False)
    count = _gather(page, qtbot)
    qtbot.mouseClick(page.gather_bar.buttons["play"], Qt.MouseButton.LeftButton)
    settled()
    assert len(listed) == count
    assert context.player.item is listed[0]
    assert followed == listed[1:]
    with qtbot.waitSignal(context.bus.learn_from) as told:
        qtbot.mouseClick(page.gather_bar.buttons["learn"], Qt.MouseButton.LeftButton)
    assert [item.title for item in told.args[0]] == [item.title for item in listed]
    settled()


def test_what_is_looked_at_elsewhere_is_marked(page: MapPage, context: Context, loaded: Any, settled: Settled, tunes: Path) -> None:
    files = sorted(tunes.iterdir())
    items = items_of(loaded.interpolate(files[0], files[1], 5))
    context.bus.selected.emit(items[3])
    settled()
    assert len(page.view.way) == 5
    assert page.view.way_t == 0.75
    assert page.view.here == pytest.approx(page.view.way[3], abs=1e-4)
    assert page.view.a == page.view.way[0]
    own = Item(loaded.piece(files[2])[0], "melody", "mine")
    context.bus.ends_changed.emit(own, None)
    settled()
    assert page.view.a != page.view.way[0] if page.view.way else True
    assert page.view.b is None
    page.view.zoom(50.0)
    context.bus.show_on_map.emit(own)
    settled()
    assert page.view.here == pytest.approx(page.view.a, abs=1e-4)
    assert page.view.rect().contains(page.view.to_screen(page.view.here).toPoint())


def test_a_piece_of_another_kind_is_told(page: MapPage, context: Context, made: Callable[..., Any], settled: Settled) -> None:
    context.bus.show_on_map.emit(items_of(made("words"))[0])
    settled()
    assert "not of the kind" in page.error.text()
    assert page.error.isVisible()


def test_a_map_is_made_where_there_is_none(
    empty: MapPage, context: Context, loaded: Any, melody_corpus: Path, qtbot: QtBot, settled: Settled
) -> None:
    page, maker = empty, empty.maker
    assert "being opened" in maker.head.text()
    context.models.current = loaded
    context.models.changed.emit(loaded)
    assert "being opened" in maker.head.text()  # whether there is one is not known yet
    assert not maker.go.isVisible()
    settled()
    assert page.stack.currentIndex() == 1
    assert "has no map yet" in maker.head.text()
    assert not maker.go.isEnabled()
    maker.use(str(melody_corpus))
    qtbot.mouseClick(maker.go, Qt.MouseButton.LeftButton)
    assert maker.bar.isVisible()
    qtbot.waitUntil(lambda: page.chart is not None, timeout=20000)
    assert page.stack.currentIndex() == 0
    assert (folder_for(loaded.name) / "map.json").is_file()
    assert context.settings["maps"] == {loaded.name: str(folder_for(loaded.name))}
    assert [job.state for job in context.jobs.all] == ["done"]
    settled()


def test_known_corpora_are_offered(
    empty: MapPage, context: Context, loaded: Any, melody_corpus: Path, text_corpus: Path, settled: Settled
) -> None:
    context.settings["corpora"] = [str(melody_corpus), str(text_corpus), "/nowhere"]
    context.models.current = loaded
    context.models.changed.emit(loaded)
    settled()
    corpora = empty.maker.corpora
    assert [corpora.itemData(number) for number in range(corpora.count())] == [str(melody_corpus)]


def test_a_failure_is_told_in_place(
    empty: MapPage, context: Context, loaded: Any, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    context.models.current = loaded
    context.models.changed.emit(loaded)
    settled()
    (tmp_path / "nothing").mkdir()
    empty.maker.use(str(tmp_path / "nothing"))
    empty.maker.begin()
    qtbot.waitUntil(empty.error.isVisible)
    assert "here is no corpus" in empty.error.text()
    assert empty.maker.go.isVisible()


def test_a_map_of_other_weights_is_not_taken(
    empty: MapPage, context: Context, loaded: Any, tiny_map: Path, tmp_path: Path, settled: Settled
) -> None:
    import json
    import shutil

    other = tmp_path / "other"
    shutil.copytree(tiny_map, other)
    about = json.loads((other / "map.json").read_text())
    (other / "map.json").write_text(json.dumps({**about, "digest": "0" * 64}))
    context.models.current = loaded
    empty.take([str(other)])
    settled()
    assert empty.chart is None
    assert "other weights" in empty.maker.more.text()


def test_a_map_without_codes_says_so(
    page: MapPage, context: Context, tiny_map: Path, tmp_path: Path, settled: Settled, qtbot: QtBot
) -> None:
    import shutil

    small = tmp_path / "small"
    shutil.copytree(tiny_map, small, ignore=shutil.ignore_patterns("*.npy"))
    page.take([str(small)])
    settled()
    assert page.chart is not None
    assert page.chart.codes is None
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    settled()
    assert "came without the codes" in page.error.text()


def test_every_control_has_a_name(page: MapPage) -> None:
    parts = (page.view, page.head.by, page.path_bar.steps, page.gather_bar.name, page.list, page.maker.corpora, page.maker.bar)
    for widget in (*parts, *page.body.buttons.values()):
        assert widget.accessibleName(), widget
    assert len(page.commands()) == 5


def test_what_became_of_a_path_has_the_width_of_the_map(page: MapPage, qtbot: QtBot) -> None:
    page.view.set_tool(PATH)
    qtbot.waitUntil(page.path_bar.isVisible)
    assert page.path_bar.said.width() > page.path_bar.width() - 40
