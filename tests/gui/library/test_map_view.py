"""The view of the map with made-up points: what is under the pointer, panning and zooming, drawing, colours that can be read."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from genstudio.gui.theme import DARK, LIGHT, Colours, Theme
from genstudio.gui.views.latent_map import EXPLORE, GATHER, PATH, Legend, MapView, along
from genstudio.gui.views.map_plane import MARGIN, PointCloud, scale_colours


@pytest.fixture(scope="module")
def points() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((100_000, 2)).astype(np.float32)


@pytest.fixture
def view(qtbot: QtBot) -> MapView:
    """Five points on a cross."""
    view = MapView(Theme())
    qtbot.addWidget(view)
    view.resize(600, 600)
    view.set_points(np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]], np.float32))
    view.show()
    view.fit()
    return view


def _at(view: MapView, row: int) -> QPoint:
    return view.to_screen((float(view.cloud.x[row]), float(view.cloud.y[row]))).toPoint()


def _picture(view: MapView) -> QImage:
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    view.render(painter, QPoint(0, 0))
    painter.end()
    return image


# -- points


def test_the_nearest_of_many_is_found(points: np.ndarray) -> None:
    cloud = PointCloud(points)
    for x, y in np.random.default_rng(1).uniform(-4, 4, (30, 2)):
        away = np.hypot(points[:, 0] - x, points[:, 1] - y)
        row = cloud.nearest(float(x), float(y), 0.05)
        assert row == (int(away.argmin()) if away.min() <= 0.05 else -1)
    assert cloud.nearest(50.0, 0.0, 1.0) == -1
    assert PointCloud(np.zeros((0, 2), np.float32)).nearest(0, 0, 1) == -1
    assert PointCloud(np.ones((3, 2), np.float32)).nearest(1, 1, 0.1) == 0


def test_every_point_that_is_seen_is_drawn() -> None:
    cloud = PointCloud(np.array([[0, 0], [0.5, 0.25], [9, 9]], np.float32))
    colours = np.array([0xFF112233, 0xFF445566, 0xFF778899], np.uint32)
    picture = cloud.draw(200, 100, 100.0, (0.0, 0.0), colours)[MARGIN:-MARGIN, MARGIN:-MARGIN]
    assert picture[50, 100] == 0xFF112233
    assert picture[25, 150] == 0xFF445566
    assert 0xFF778899 not in picture
    assert picture[0, 0] == 0


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.999, -0.499)])
def test_points_at_the_edge_stay_in_the_picture(place: tuple[float, float]) -> None:
    cloud = PointCloud(np.array([place], np.float32))
    picture = cloud.draw(200, 100, 100.0, (1.0, -0.5), np.array([0xFFFFFFFF], np.uint32))
    assert np.count_nonzero(picture) > 20


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_every_colour_of_the_scale_is_seen_on_the_ground(colours: Colours) -> None:
    def luminance(colour: QColor) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]  # type: ignore[index]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    ground = luminance(QColor(colours.page))
    shades = [luminance(QColor.fromRgba(int(shade))) for shade in scale_colours(colours is DARK)]
    assert min((max(ground, shade) + 0.05) / (min(ground, shade) + 0.05) for shade in shades) >= 3
    steps = np.diff(shades[::15]) * (1 if colours is DARK else -1)
    assert (steps > 0).all()  # it reads without colour: lighter, or darker, all the way


def test_places_along_a_path() -> None:
    assert along([(0.0, 0.0), (1.0, 0.0), (1.0, 3.0)], 5) == [(0, 0), (1, 0), (1, 1), (1, 2), (1, 3)]
    assert along([(2.0, 2.0), (2.0, 2.0)], 5) == [(2, 2)]


# -- the view


def test_places_and_back(view: MapView) -> None:
    view.zoom(1.7, QPointF(120, 80))
    x, y = view.to_map(view.to_screen((0.25, -0.5)))
    assert (x, y) == pytest.approx((0.25, -0.5))
    fixed = view.to_map(QPointF(120, 80))
    view.zoom(1.3, QPointF(120, 80))
    assert view.to_map(QPointF(120, 80)) == pytest.approx(fixed)


def test_the_pointer_finds_points(view: MapView, qtbot: QtBot) -> None:
    told: list[int] = []
    view.pointed.connect(told.append)
    qtbot.mouseMove(view, _at(view, 3) + QPoint(4, -3))
    qtbot.mouseMove(view, _at(view, 3) + QPoint(60, 60))
    assert told == [3, -1]


def test_a_click_decodes_a_drag_pans(view: MapView, qtbot: QtBot) -> None:
    told: list[tuple[float, float, int]] = []
    view.decode.connect(lambda x, y, row: told.append((x, y, row)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=_at(view, 1))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.to_screen((0.5, 0.5)).toPoint())
    assert [row for _, _, row in told] == [1, -1]
    assert told[1][:2] == pytest.approx((0.5, 0.5), abs=0.01)
    before = view.to_screen((0.0, 0.0))
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    qtbot.mouseMove(view, QPoint(330, 310))
    qtbot.mouseMove(view, QPoint(350, 320))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(350, 320))
    assert view.to_screen((0.0, 0.0)) == before + QPointF(50, 20)
    assert len(told) == 2


def test_holding_a_point_is_no_click(view: MapView, qtbot: QtBot) -> None:
    told: list[int] = []
    view.decode.connect(lambda x, y, row: told.append(row))
    qtbot.mouseMove(view, _at(view, 2))
    with qtbot.waitSignal(view.held) as held:
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=_at(view, 2))
    assert held.args == [2]
    with qtbot.waitSignal(view.released):
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=_at(view, 2))
    assert told == []


def test_the_keyboard_does_everything(view: MapView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.middle[0] > 0
    scale = view.scale
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale == pytest.approx(1.25 * scale)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.middle == pytest.approx((0, 0), abs=1e-3)
    with qtbot.waitSignal(view.decode) as told:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert told.args[:2] == pytest.approx([0, 0], abs=1e-3)
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert view.row == 0  # the point in the middle
    with qtbot.waitSignal(view.play) as played:
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert played.args == [0]
    qtbot.keyClick(view, Qt.Key.Key_P)
    assert view.tool == PATH
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert len(view.path) == 2
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.path == []


def test_a_path_is_drawn(view: MapView, qtbot: QtBot) -> None:
    view.set_tool(PATH)
    with qtbot.waitSignal(view.drawn) as told:
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
        for step in range(1, 11):
            qtbot.mouseMove(view, QPoint(100 + 20 * step, 100))
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 100))
    path = told.args[0]
    assert len(path) == 11
    assert path[0] == pytest.approx(view.to_map(QPointF(100, 100)))
    assert path[-1] == pytest.approx(view.to_map(QPointF(300, 100)))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))
    assert len(view.path) == 1  # a click adds a place


def test_pieces_are_chosen_with_the_pointer_and_with_keys(view: MapView, qtbot: QtBot) -> None:
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert view.tool == GATHER
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=_at(view, 1))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=_at(view, 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=_at(view, 1))
    assert view.chosen.tolist() == [2]
    view.zoom(1.0)
    qtbot.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert view.chosen.tolist() == [0, 2]
    assert view.middle == pytest.approx((0, 0), abs=0.01)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not len(view.chosen)
    qtbot.keyClick(view, Qt.Key.Key_G)
    assert view.tool == EXPLORE


def test_what_a_line_is_drawn_around_is_inside() -> None:
    cloud = PointCloud(np.array([[0, 0], [2, 2], [0.5, 3.5], [9, 9], [3.4, 0.4]], np.float32))
    horseshoe = [(-1, -1), (4, -1), (4, 1), (1, 1), (1, 3), (4, 3), (4, 4), (-1, 4)]
    assert cloud.inside(horseshoe).tolist() == [0, 2, 4]
    assert cloud.inside([(0, 0), (1, 1), (2, 2)]).tolist() == []


def test_names_of_regions_keep_away_from_a_path_and_are_read_upon_one(view: MapView) -> None:
    middle = view.to_map(QPointF(view.rect().center()))
    view.show_regions([("reels", middle)])
    ((_, alone),) = view.placed_regions()
    left, right = (view.to_map(QPointF(x, alone.center().y())) for x in (20, view.width() - 20))
    view.show_path([left, right])
    ((_, moved),) = view.placed_regions()
    assert not moved.adjusted(0, -5, 0, 5).contains(QPointF(moved.center().x(), alone.center().y()))
    assert abs(moved.center().y() - alone.center().y()) < 2 * alone.height()
    # Lines everywhere: the name stands upon them.
    rows = [view.to_map(QPointF(x, y)) for y in range(20, view.height() - 20, 4) for x in (20, view.width() - 20)]
    view.show_path(rows)
    ((_, covered),) = view.placed_regions()
    assert covered.center() == alone.center()
    picture = view.grab().toImage()
    ground = QColor(view._theme.colours.page)
    edge = [picture.pixelColor(round(covered.left()) + 4, y) for y in range(round(covered.top()) + 4, round(covered.bottom()) - 4)]
    assert all(abs(one.lightness() - ground.lightness()) < 50 for one in edge)


def test_names_of_regions_fade_and_never_overlap(view: MapView) -> None:
    view.show_regions([(name, (0.3, 0.3)) for name in ("reels", "jigs", "airs", "polkas")] + [("far away", (9.0, 9.0))])
    placed = view.placed_regions()
    assert [name for name, _ in placed] == ["reels", "jigs", "airs"]  # there is no room for the last
    assert not any(one.intersects(other) for _, one in placed for _, other in placed if one is not other)
    assert view.naming == 1.0
    view.zoom(3.0)
    assert 0.0 < view.naming < 1.0
    view.zoom(3.0)
    assert view.naming == 0.0


def test_what_is_not_chosen_fades(view: MapView) -> None:
    at = _at(view, 1)
    before = _picture(view).pixelColor(at)
    view.choose(np.array([2]))
    assert _picture(view).pixelColor(at).lightness() > before.lightness()
    assert _picture(view).pixelColor(_at(view, 2)) == before


def test_zoom_has_ends(view: MapView) -> None:
    for _ in range(100):
        view.zoom(2.0)
    assert view.scale <= 4e5
    for _ in range(100):
        view.zoom(0.5)
    assert view.scale > 10
    view.pan(1e9, 1e9)
    assert max(map(abs, view.middle)) <= 1  # never away from the points


def test_it_fits_again_when_the_window_grows(view: MapView) -> None:
    before = view.scale
    view.resize(900, 900)
    assert view.scale > before
    view.zoom(2.0)
    chosen = view.scale
    view.resize(600, 600)
    assert view.scale == chosen


def test_what_is_shown_is_painted(view: MapView, points: np.ndarray) -> None:
    plain = _picture(view)
    view.colour_by(np.array([-2, 0, 2, 1, -1], np.float32), Legend("Density", "≤ 1", "≥ 3"))
    coloured = _picture(view)
    assert coloured != plain
    view.show_way([(-1.0, 0.0), (0.0, 0.5), (1.0, 0.0)], 0.5)
    way = _picture(view)
    assert way != coloured
    at = view.to_screen((-1.0, 0.0)).toPoint()
    assert way.pixelColor(at + QPoint(-8, 0)) == QColor(LIGHT.a)
    at = view.to_screen((1.0, 0.0)).toPoint()
    assert way.pixelColor(at + QPoint(8, 0)) == QColor(LIGHT.b)
    view.show_path([(0.0, -1.0), (0.0, 1.0)], [(0.0, -1.0), (0.0, 1.0)])
    drawn = _picture(view)
    assert drawn != way
    view.show_progress(0.5)
    assert _picture(view) != drawn


def test_a_way_that_leads_nowhere_is_painted(view: MapView) -> None:
    view.show_way([(0.5, 0.5)] * 3, 0.7)  # between two pieces that lie on one another
    view.show_path([(0.2, 0.2)] * 2)
    view.show_progress(0.4)
    at = view.to_screen((0.5, 0.5)).toPoint()
    assert _picture(view).pixelColor(at + QPoint(8, 0)) in (QColor(LIGHT.a), QColor(LIGHT.b))


def test_a_hundred_thousand_points_are_shown(points: np.ndarray, qtbot: QtBot) -> None:
    view = MapView(Theme(DARK))
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.set_points(points)
    view.colour_by(points[:, 0])
    image = _picture(view)
    shades = {image.pixel(x, 300) for x in range(100, 700)}
    assert len(shades) > 50
    view.colour_by(np.full(100_000, np.nan, np.float32))  # what cannot be measured is drawn as an average is
    assert _picture(view) != image
