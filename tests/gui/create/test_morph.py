"""The slider: mouse, keys, steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from genstudio.gui.widgets.morph import MorphSlider


@pytest.fixture
def slider(context, show):
    made = show(MorphSlider(context), 400, 52)
    made.set_steps([index / 4 for index in range(5)])
    made.told = []
    made.moved.connect(made.told.append)
    return made


def at(slider, t):
    return QPoint(round(slider._x(t)), round(slider._y))


def test_a_click_goes_there_and_near_a_step_to_the_step(slider, qtbot):
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.38))
    assert slider.t == pytest.approx(0.38, abs=0.003)
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.5) + QPoint(4, 0))
    assert slider.t == 0.5
    assert slider.told[-1] == 0.5


def test_keys_go_from_step_to_step(slider, qtbot):
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.told == [0.25, 0.5]
    qtbot.keyClick(slider, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert slider.told[-1] == pytest.approx(0.51)
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    assert slider.told[-1] == 0.5
    qtbot.keyClick(slider, Qt.Key.Key_End)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.told[-1] == 1.0
    assert slider.told.count(1.0) == 1  # where it is already, nothing is told


def test_putting_it_tells_nobody(slider):
    slider.put(0.7)
    assert slider.t == pytest.approx(0.7)
    assert slider.told == []


def test_a_drag(slider, qtbot):
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.0))
    for t in (0.1, 0.33, 0.81):
        qtbot.mouseMove(slider, at(slider, t))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(slider, 0.81))
    assert [round(t, 1) for t in slider.told] == [0.1, 0.3, 0.8]
    before = slider.grab().toImage()
    slider.put(0.2)
    assert slider.grab().toImage() != before
