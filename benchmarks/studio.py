"""The desktop studio from nothing: until it is painted, until one key plays the way between two songs, its memory, and how smooth
it stays while a model is trained.

Everything is measured in a process of its own, drawn offscreen, with a new home each time. Where there is no sound device the
silent clock plays.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar, write_song

QUIET = 1.5  # seconds without work after which memory is looked at
TICK = 5  # milliseconds of the timer whose lateness is measured
TINY = ("core.width=96", "core.encoder_layers=2", "core.decoder_layers=2", "optimizer.batch_size=32",
        "optimizer.evaluate_every=50", "optimizer.steps=100000")  # fmt: skip


def measure(starts: int = 5, seconds: float = 20.0) -> dict[str, Any]:
    """Starts of the studio, the best counted; then intervals of the window's loop over so many seconds of a training."""
    try:
        import PySide6  # noqa: F401
    except ImportError:
        raise SystemExit("PySide6 is not installed") from None
    begun = [_child("start") for _ in range(starts)]
    smooth = _child("train", str(seconds))
    best = {name: min(one[name] for one in begun) for name in begun[0]}
    figures = {
        "first painting, seconds": best["painted"],
        "first painting, median of the starts": statistics.median(one["painted"] for one in begun),
        "one key, playing, seconds from the start": best["playing"],
        "model loaded and the way made, seconds from the start": best["ready"],
        "memory with the model, MB": best["memory"],
        **{f"training, {name}": value for name, value in smooth.items()},
    }
    return {
        "name": "The desktop studio from nothing",
        "figures": figures,
        "bars": [
            bar("first painting, seconds", best["painted"], "at most", 1.0),
            bar("memory with a model, MB", best["memory"], "at most", 600.0),
            bar("loop of the window while training, p99, ms", smooth["interval of the window's loop, p99, ms"], "at most", 35.0),
        ],
    }


def _child(*arguments: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "GENSTUDIO_HOME": home, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
        command = [sys.executable, __file__, str(time.monotonic()), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise SystemExit(f"the studio ended with {done.returncode}: {done.stderr[-500:]}")
    found: dict[str, float] = json.loads(lines[-1])
    return found


# -- in the process of the studio


def _memory() -> float:
    """Resident, in MB."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmRSS:")[1].split()[0]) * 1024 / 1e6
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def _watch(found: dict[str, float], began: float) -> None:
    """Have the studio tell when it is painted, plays and is ready, and close itself then."""
    from genstudio.gui import app

    begin = app.Studio.start

    def start(studio: Any, *arguments: Any, **options: Any) -> None:
        from PySide6.QtCore import Qt, QTimer

        context, window = studio.context, studio.window
        begin(studio, *arguments, **options)
        clock = QTimer(window)
        clock.setInterval(50)
        rested = [time.monotonic()]

        def painted() -> None:
            from PySide6.QtTest import QTest

            found["painted"] = time.monotonic() - began
            QTest.keyClick(window.windowHandle(), Qt.Key.Key_Space)
            clock.start()

        def moved(seconds: float) -> None:
            if seconds > 0:
                found.setdefault("playing", time.monotonic() - began)

        def look() -> None:
            if context.engine.working or context.models.current is None or "playing" not in found:
                rested[0] = time.monotonic()
            elif time.monotonic() - rested[0] > QUIET:
                found["ready"] = rested[0] - began
                found["memory"] = _memory()
                clock.stop()
                window.close()

        window.painted.connect(painted)
        context.player.moved.connect(moved)
        clock.timeout.connect(look)

    app.Studio.start = start


def _start(began: float) -> dict[str, float]:
    from genstudio.cli import main

    found: dict[str, float] = {}
    _watch(found, began)
    main(["gui", "--page", "home"])
    return found


def _train(seconds: float) -> dict[str, float]:
    from PySide6.QtCore import QEventLoop, Qt, QTimer

    import genstudio
    from genstudio import paths
    from genstudio.gui.app import Studio, application
    from genstudio.gui.trainer import Order

    home = paths.home()
    songs = home / "songs"
    songs.mkdir(parents=True)
    for number in range(60):
        write_song(songs / f"{number}.mid", number, bars=16, accompaniment=False)
    corpus = home / "corpora" / "songs"
    genstudio.build_corpus([songs], corpus, preset="melody-2bar", stride=2, vocab_size=340, valid=0.1, test=0.1, workers=1)
    app = application()
    opened = Studio(app)
    opened.start("train")
    page: Any = opened.window.stack.build("train")

    def until(reached: Any) -> None:
        end = time.monotonic() + 120
        while not reached():
            if time.monotonic() > end:
                raise SystemExit("the window did not answer")
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    until(lambda: page.trainer.restored and opened.context.models.current is not None and not opened.context.engine.working)
    run = page.trainer.add(Order("songs", str(corpus), "melody-2bar", TINY))
    page.look_at(run)
    until(lambda: run.record.step > 0)
    first, at, intervals = run.record.step, [time.perf_counter()], []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.setInterval(TICK)

    def tick() -> None:
        now = time.perf_counter()
        intervals.append(1000 * (now - at[0]))
        at[0] = now

    timer.timeout.connect(tick)
    timer.start()
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end)
    timer.stop()
    steps = run.record.step - first
    opened.close()
    whole = sorted(intervals[1:])
    return {
        "steps in the time": steps,
        "interval of the window's loop, median, ms": statistics.median(whole),
        "interval of the window's loop, p99, ms": whole[int(0.99 * len(whole))],
        "interval of the window's loop, longest, ms": whole[-1],
    }


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    print(json.dumps(_start(float(sys.argv[1])) if sys.argv[2] == "start" else _train(float(sys.argv[3]))))
