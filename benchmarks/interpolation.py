"""A nine-step interpolation of two sixteen-bar melodies: in a program that is running, and as a command from nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar, best, write_song


def measure(model: str | None = None, repeats: int = 9, cold: int = 2) -> dict[str, Any]:
    """Seconds with the model ``model`` (a name or folder; None: the first installed one for melodies)."""
    import genstudio

    if model is None:
        installed = [entry for entry in genstudio.list_models() if entry.get("domain") == "melody"]
        if not installed:
            raise SystemExit("no melody model is installed; give one with --model")
        model = str(max(installed, key=lambda entry: entry["phrase"]["length"])["name"])
    loaded = genstudio.load(model)
    with tempfile.TemporaryDirectory() as name:
        a, b = Path(name) / "a.mid", Path(name) / "b.mid"
        for seed, path in enumerate((a, b)):
            write_song(path, seed, bars=16, accompaniment=False)
        loaded.interpolate(a, b, 9)
        warm = [best(lambda: loaded.interpolate(a, b, 9), 1) for _ in range(repeats)]
        command = [sys.executable, "-m", "genstudio", "interpolate", str(a), str(b), "--model", model, "--steps", "9", "--out"]
        taken = []
        for number in range(cold):
            began = time.perf_counter()
            subprocess.run([*command, str(Path(name) / f"out-{number}")], check=True, capture_output=True)
            taken.append(time.perf_counter() - began)
    return {
        "name": f"Interpolation in nine steps ({model}, phrases of {loaded.phrase_length} bars)",
        "figures": {"warm, best": min(warm), "warm, median": statistics.median(warm), "command, best": min(taken)},
        "bars": [
            bar("warm, seconds", statistics.median(warm), "at most", 1 / 3),
            bar("command, seconds", min(taken), "at most", 5.0),
        ],
    }
