"""The morph slider: from a move to the painted result, in the real window, for melodies of two bars and of sixteen.

Two answers are timed: the first that is painted (the nearest place that is finished) and the exact one (decoded and painted).
Nothing is decoded ahead, so this is the worst case: every place is new.
"""

from __future__ import annotations

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from _common import bar

MODELS = (("folk-melody-2bar", 0.050), ("folk-melody-16bar", 0.150))
WARM = 5  # moves that are not counted


def measure(moves: int = 60) -> dict[str, Any]:
    """Seconds over ``moves`` random places for each model."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from PySide6.QtCore import QEvent, QEventLoop, QObject
    except ImportError:
        raise SystemExit("PySide6 is not installed") from None
    from genstudio.gui.app import Studio, application

    class Painted(QObject):
        """How often a widget was painted."""

        count = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            self.count += event.type() == QEvent.Type.Paint
            return False

    app = application()

    def until(reached: Callable[[], bool], seconds: float = 60.0) -> None:
        end = time.perf_counter() + seconds
        while not reached():
            if time.perf_counter() > end:
                raise SystemExit("the window did not answer")
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # asking again and again would slow what it waits for

    def timed(page: Any) -> tuple[list[float], list[float]]:
        """Seconds to the first answer and to the exact one, for each move."""
        painted, draw = Painted(), random.Random(0)
        exact: list[float] = []
        page.stage.installEventFilter(painted)

        def shown(item: Any, is_exact: bool) -> None:
            if is_exact:
                exact.append(item.t)
                painted.count = 0  # what is painted from here on is the exact one

        page.morphing.shown.connect(shown)
        firsts, exacts = [], []
        for _ in range(moves + WARM):
            exact.clear()
            painted.count = 0
            began = time.perf_counter()
            page.slider.move(draw.random())
            until(lambda: painted.count > 0)
            firsts.append(time.perf_counter() - began)
            until(lambda: bool(exact) and painted.count > 0)
            exacts.append(time.perf_counter() - began)
        page.morphing.shown.disconnect(shown)
        page.stage.removeEventFilter(painted)
        return firsts[WARM:], exacts[WARM:]

    figures: dict[str, Any] = {}
    bars = []
    with tempfile.TemporaryDirectory() as home:
        os.environ["GENSTUDIO_HOME"] = home
        studio = Studio(app, home=Path(home), load=False)
        try:
            built: list[bool] = []
            studio.window.complete.connect(lambda: built.append(True))
            studio.start("create")
            until(lambda: bool(built))
            page: Any = studio.window.pages["create"]
            models = studio.context.models
            page.morphing.ahead = False
            for name, limit in MODELS:
                models.load(name)
                until(lambda name=name: models.current is not None and models.current.name == name)  # type: ignore[misc]
                page.begin_with_example()
                until(lambda: not studio.context.engine.working)
                for what, times in zip(("first answer", "exact"), timed(page), strict=True):
                    figures[f"{name}, {what}, median"] = statistics.median(times)
                    figures[f"{name}, {what}, p95"] = statistics.quantiles(times, n=20)[-1]
                bars.append(bar(f"{name}, exact, p95, seconds", figures[f"{name}, exact, p95"], "at most", limit))
        finally:
            studio.close()
    return {"name": "Morph slider, from a move to the painted result", "figures": figures, "bars": bars}
