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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _common import bar

MODELS = (("folk-melody-2bar", 0.050), ("folk-melody-16bar", 0.150))
WARM = 5  # moves that are not counted


class Slider:
    """Moves the slider of a studio that is open, and looks when the answer is painted."""

    def __init__(self, app: Any, studio: Any) -> None:
        self.app, self.studio = app, studio
        self.page: Any = studio.window.pages["create"]
        self.page.stage.morphing.ahead = False

    def load(self, name: str) -> None:
        """Take a model, and two ends."""
        models = self.studio.context.models
        models.load(name)
        until(self.app, lambda: models.current is not None and models.current.name == name)
        self.page.filling.begin_with_example()
        until(self.app, lambda: not self.studio.context.engine.working)

    def timed(self, moves: int, seed: int = 0) -> tuple[list[float], list[float]]:
        """Seconds to the first answer and to the exact one, for each move. Another seed has other places: none is known yet."""
        from PySide6.QtCore import QEvent, QObject

        class Painted(QObject):
            """How often a widget was painted."""

            count = 0

            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
                self.count += event.type() == QEvent.Type.Paint
                return False

        page, painted, draw = self.page, Painted(), random.Random(seed)
        exact: list[float] = []
        roll = page.stage.view.panel_of("melody").roll.viewport()
        roll.installEventFilter(painted)

        def shown(item: Any, is_exact: bool) -> None:
            if is_exact:
                exact.append(item.t)
                painted.count = 0  # what is painted from here on is the exact one

        page.stage.morphing.shown.connect(shown)
        firsts, exacts = [], []
        for _ in range(moves + WARM):
            exact.clear()
            painted.count = 0
            began = time.perf_counter()
            page.stage.line.move(draw.random())
            until(self.app, lambda: painted.count > 0)
            firsts.append(time.perf_counter() - began)
            until(self.app, lambda: bool(exact) and painted.count > 0)
            exacts.append(time.perf_counter() - began)
        page.stage.morphing.shown.disconnect(shown)
        roll.removeEventFilter(painted)
        return firsts[WARM:], exacts[WARM:]


def until(app: Any, reached: Callable[[], bool], seconds: float = 120.0) -> None:
    """Let the window work until something is reached."""
    from PySide6.QtCore import QEventLoop

    end = time.perf_counter() + seconds
    while not reached():
        if time.perf_counter() > end:
            raise SystemExit("the window did not answer")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)  # asking again and again would slow what it waits for


@contextmanager
def opened(home: Path, page: str = "create") -> Iterator[tuple[Any, Any]]:
    """The application and a studio of its own, built to its last page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        from genstudio.gui.app import Studio, application
    except ImportError:
        raise SystemExit("PySide6 is not installed") from None
    os.environ["GENSTUDIO_HOME"] = str(home)
    app = application()
    studio = Studio(app, home=home, load=False)
    try:
        built: list[bool] = []
        studio.window.stack.complete.connect(lambda: built.append(True))
        studio.start(page)
        until(app, lambda: bool(built))
        yield app, studio
    finally:
        studio.close()


def measure(moves: int = 60) -> dict[str, Any]:
    """Seconds over ``moves`` random places for each model."""
    figures: dict[str, Any] = {}
    bars = []
    with tempfile.TemporaryDirectory() as home, opened(Path(home)) as (app, studio):
        slider = Slider(app, studio)
        for name, limit in MODELS:
            slider.load(name)
            for what, times in zip(("first answer", "exact"), slider.timed(moves), strict=True):
                figures[f"{name}, {what}, median"] = statistics.median(times)
                figures[f"{name}, {what}, p95"] = statistics.quantiles(times, n=20)[-1]
            bars.append(bar(f"{name}, exact, p95, seconds", figures[f"{name}, exact, p95"], "at most", limit))
    return {"name": "Morph slider, from a move to the painted result", "figures": figures, "bars": bars}
