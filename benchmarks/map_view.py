"""Panning and zooming the map of the desktop studio with many points, drawn offscreen."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from _common import bar


def measure(points: int = 100_000, frames: int = 120, width: int = 1280, height: int = 720) -> dict[str, Any]:
    """Milliseconds of a frame while the map is panned and zoomed, as the window would paint it, and of finding a point."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtCore import QPoint
        from PySide6.QtGui import QImage, QPainter
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise SystemExit(f"PySide6 is missing ({error})") from None
    import numpy as np

    from genstudio.gui.theme import Theme
    from genstudio.gui.views.latent_map import Legend, MapView

    app = QApplication.instance() or QApplication([])
    rng = np.random.default_rng(0)
    coordinates = rng.standard_normal((points, 2)).astype(np.float32)
    began = time.perf_counter()
    view = MapView(Theme())
    view.resize(width, height)
    view.set_points(coordinates)
    building = time.perf_counter() - began
    view.colour_by(coordinates[:, 0] + 0.3 * rng.standard_normal(points).astype(np.float32), Legend("Density", "0", "4"))
    view.show_way([(-1.0, 0.5), (0.0, 0.2), (1.0, -0.4)], 0.4)
    image = QImage(width, height, QImage.Format.Format_RGB32)

    def run(step: Callable[[int], None]) -> list[float]:
        times = []
        for number in range(frames):
            began = time.perf_counter()
            step(number)
            painter = QPainter(image)
            view.render(painter, QPoint(0, 0))
            painter.end()
            times.append(1000 * (time.perf_counter() - began))
        return times

    figures: dict[str, Any] = {"points": points, "frame": f"{width} x {height}", "preparing, ms": 1000 * building}
    worst = 0.0
    for name, step in (
        ("panning the whole", lambda number: view.pan(7 if number % 40 < 20 else -7, 3)),
        ("zooming", lambda number: view.zoom(1.06 if number < frames // 2 else 1 / 1.06)),
        ("panning within", lambda number: view.pan(-9 if number % 30 < 15 else 9, 5)),
    ):
        if name == "panning within":
            view.zoom(4.0)
        times = sorted(run(step))
        late = times[int(0.95 * len(times))]
        figures[f"{name}, median ms"], figures[f"{name}, p95 ms"] = statistics.median(times), late
        worst = max(worst, late)
    view.fit()
    finding = []
    for x, y in rng.standard_normal((400, 2)):
        began = time.perf_counter()
        view.cloud.nearest(float(x), float(y), 9 / view.scale)
        finding.append(1000 * (time.perf_counter() - began))
    figures["finding the point under the pointer, ms"] = statistics.median(finding)
    view.deleteLater()
    app.processEvents()
    return {"name": "Map view", "figures": figures, "bars": [bar("p95 of a frame, ms", worst, "at most", 33.0)]}
