"""Harmonising a melody of sixteen bars in a program that is running."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any

from _common import bar, best, write_song


def measure(model: str | None = None, repeats: int = 9) -> dict[str, Any]:
    """Seconds with the model ``model`` (a name or folder; None: the first installed one that writes chord symbols)."""
    import genstudio

    if model is None:
        installed = [entry for entry in genstudio.list_models() if "symbols" in entry.get("parts", ())]
        if not installed:
            raise SystemExit("no model that writes chord symbols is installed; give one with --scores-model")
        model = str(installed[0]["name"])
    loaded = genstudio.load(model)
    with tempfile.TemporaryDirectory() as name:
        tune = Path(name) / "tune.mid"
        write_song(tune, 0, bars=16, accompaniment=False)
        (made,) = loaded.harmonise(tune)
        warm = [best(lambda: loaded.harmonise(tune), 1) for _ in range(repeats)]
    return {
        "name": f"Harmonising sixteen bars ({model})",
        "figures": {"chords": len(made.symbols), "warm, best": min(warm), "warm, median": statistics.median(warm)},
        "bars": [bar("warm, seconds", statistics.median(warm), "at most", 0.5)],
    }
