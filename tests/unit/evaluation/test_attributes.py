from __future__ import annotations

import numpy as np
import pytest

from genstudio.evaluation.attributes import control_metrics


def test_control_metrics_in_closed_form():
    asked = np.array([-2.0, -1.0, 1.0, 2.0])
    obtained = np.stack([asked / 2, [0.5, 0.0, 0.0, -0.5], [0.0, 0.0, 0.0, 0.25]], 1)
    found = control_metrics(asked, obtained, 0, ["a", "b", "c"], np.array([0.1, 0.2, 0.3, 0.4]))
    assert found["correlation"] == pytest.approx(1.0)
    assert found["slope"] == pytest.approx(0.5)
    assert found["own"] == pytest.approx(0.75)
    assert (found["other"], found["worst"]) == (pytest.approx(0.25), "b")
    assert found["ratio"] == pytest.approx(1 / 3)
    assert found["moved"] == pytest.approx(0.25)
    assert control_metrics(asked, obtained, 0, ["a", "b", "c"], asked, [1])["worst"] == "c"


def test_the_correlation_is_pearsons():
    draw = np.random.default_rng(0)
    asked = draw.uniform(-2, 2, 50)
    obtained = asked[:, None] + draw.standard_normal((50, 2))
    found = control_metrics(asked, obtained, 1, ["a", "b"], np.zeros(50))
    assert found["correlation"] == pytest.approx(np.corrcoef(asked, obtained[:, 1])[0, 1])
    assert found["slope"] == pytest.approx(np.polyfit(asked, obtained[:, 1], 1)[0])


def test_what_does_not_move():
    asked = np.array([-1.0, 1.0])
    still = control_metrics(asked, np.zeros((2, 1)), 0, ["a"], np.zeros(2))
    assert (still["correlation"], still["ratio"], still["worst"]) == (0.0, 0.0, "")
    assert control_metrics(asked, np.array([[0.0, 1.0], [0.0, 1.0]]), 0, ["a", "b"], np.zeros(2))["ratio"] == 1.0
