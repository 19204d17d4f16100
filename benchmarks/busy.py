"""A busy machine: a training beside another program, and the slider of the window beside a training.

The training is ``genstudio train`` as a whole process. It is run with OpenMP's own way of waiting, with ours, and with ours beside
one process that takes a processor; one after the other, several times, the best of each counted. The slider is moved in a studio
that does nothing else and again while its Train page trains a model.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar, busy, write_song

ROOT = Path(__file__).resolve().parent.parent
PRESET = "melody-2bar"
MODEL = "folk-melody-2bar"
WAITING = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY")
LIBRARYS_OWN = {"KMP_LIBRARY": "throughput"}  # somebody's own setting, with which ours are left out; it is what is used by itself
SETTINGS = ("prior.steps=0", "optimizer.evaluate_every=1000000", "optimizer.evaluate_on=8")


def measure(corpus: Path | None = None, steps: int = 40, rounds: int = 2, moves: int = 60, spinning: bool = True) -> dict[str, Any]:
    """Ratios within one run.

    Args:
        corpus: made for melodies of two bars; of generated songs by default.
        steps: of each training. rounds: of which the best counts. moves: of the slider.
        spinning: measure OpenMP's own way of waiting, too; beside other programs it is slow.
    """
    seconds: dict[str, list[float]] = {"own": [], "alone": [], "beside": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = corpus if corpus is not None else _corpus(folder)
        for _ in range(rounds):
            if spinning:
                seconds["own"].append(_train(data, folder / "model", steps, LIBRARYS_OWN))
            seconds["alone"].append(_train(data, folder / "model", steps))
            with busy(1):
                seconds["beside"].append(_train(data, folder / "model", steps))
        slider = _slider(folder / "home", data, moves)
    best = {name: min(times) for name, times in seconds.items() if times}
    figures: dict[str, Any] = {
        f"{steps} steps, alone, seconds": best["alone"],
        f"{steps} steps, beside a busy process, seconds": best["beside"],
    }
    bars = [bar("share of its idle speed that a training keeps", best["alone"] / best["beside"], "at least", 0.45)]
    if spinning:
        figures[f"{steps} steps, alone, OpenMP's own waiting, seconds"] = best["own"]
        # A twentieth is what two runs of the same differ by.
        bars.append(bar("idle speed, of that with OpenMP's own waiting", best["own"] / best["alone"], "at least", 0.95))
    figures |= {f"slider, {name}, seconds": value for name, value in slider.items()}
    bars.append(bar("slider, p95 while training by p95 idle", slider["p95 while training"] / slider["p95 idle"], "at most", 3.0))
    return {"name": "A busy machine", "figures": figures, "bars": bars}


def _corpus(folder: Path) -> Path:
    import genstudio

    (folder / "songs").mkdir()
    for number in range(120):
        write_song(folder / "songs" / f"{number:03d}.mid", number, bars=64, accompaniment=False)
    genstudio.build_corpus([folder / "songs"], folder / "corpus", preset=PRESET)
    return folder / "corpus"


def _train(corpus: Path, out: Path, steps: int, extra: dict[str, str] | None = None) -> float:
    """Seconds of a whole process."""
    environment = {name: value for name, value in os.environ.items() if name not in WAITING} | (extra or {})
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "genstudio", "train", "--corpus", str(corpus), "--preset", PRESET, "--out", str(out)]
    command += ["--max-steps", str(steps), "--device", "cpu", *(word for one in SETTINGS for word in ("--set", one))]
    began = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"the training ended with {done.returncode}: {done.stderr[-500:]}")
    shutil.rmtree(out)
    return taken


def _slider(home: Path, corpus: Path, moves: int) -> dict[str, float]:
    """Seconds to the exact answer, in a process of its own."""
    environment = {**os.environ, "GENSTUDIO_HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"}
    command = [sys.executable, __file__, str(home), str(corpus), str(moves)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=900)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or not lines:
        raise SystemExit(f"the studio ended with {done.returncode}: {done.stderr[-500:]}")
    found: dict[str, float] = json.loads(lines[-1])
    return found


# -- in the process of the studio


def _moved(home: Path, corpus: Path, moves: int) -> dict[str, float]:
    from morph import Slider, opened, until

    from genstudio.gui.trainer import Order

    found = {}
    with opened(home) as (app, studio):
        slider = Slider(app, studio)
        slider.load(MODEL)
        _, idle = slider.timed(moves, 0)
        trainer: Any = studio.window.stack.build("train").trainer
        until(app, lambda: trainer.restored)
        run = trainer.add(Order("busy", str(corpus), PRESET, (*SETTINGS, "optimizer.steps=100000")))
        until(app, lambda: run.record.step > 1, 600.0)
        first, began = run.record.step, time.perf_counter()
        _, training = slider.timed(moves, 1)
        until(app, lambda: run.record.step > first, 600.0)
        rate = (run.record.step - first) / (time.perf_counter() - began)
        for name, times in (("idle", idle), ("while training", training)):
            found |= {f"median {name}": statistics.median(times), f"p95 {name}": statistics.quantiles(times, n=20)[-1]}
        found["a step of the training meanwhile"] = 1 / rate
    return found


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    print(json.dumps(_moved(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
