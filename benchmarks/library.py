"""Searching a library of many pieces, and recording into it."""

from __future__ import annotations

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar

SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "sa", "vel", "no", "ri", "da", "欢", "乐", "明", "月", "歌")
DIMS = 1224  # codes of the sixteen-bar model


def _fill(library: Any, pieces: int, draw: random.Random) -> None:
    """Jobs of a hundred pieces, in large transactions: filling it is not what is measured."""
    import numpy as np

    from genstudio.domains import get_domain
    from genstudio.provenance import Job

    text = get_domain("text")
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 3))) for _ in range(5000)]
    codes = np.zeros((100, 1), np.float32)  # their bytes are never read by a search
    for number in range(pieces // 100):
        made = [text.from_symbols(" ".join(draw.choices(words, k=8)) + ".") for _ in range(100)]
        model = f"model-{number % 7}"
        job = Job(("interpolate", "sample", "vary")[number % 3], model, "d", number, {}, ("a.mid",), codes, {}, ({},) * 100)
        numbers = library.record(job, made, text, [f"/out/{number}/step-{place:02d}.txt" for place in range(100)])
        if number % 10 == 0:
            library.tag(numbers[0], "waltz")
            library.favourite(numbers[1])


def measure(pieces: int = 100_000, repeats: int = 9) -> dict[str, Any]:
    """Milliseconds of the median of ``repeats`` calls of each search, in a library of that many pieces."""
    import numpy as np

    from genstudio.domains import get_domain
    from genstudio.library import Library
    from genstudio.provenance import Job

    draw = random.Random(0)
    asked: dict[str, dict[str, Any]] = {
        "the newest 50": {},
        "a word": {"query": "kalo"},
        "the beginning of a word": {"query": "k"},
        "a word of all pieces": {"query": "step"},
        "one Chinese character": {"query": "欢"},
        "two words": {"query": "ren 明月"},
        "nothing": {"query": "zzz kalo"},
        "favourites": {"favourite": True},
        "a tag": {"tag": "waltz"},
        "a word of all pieces, a rare tag": {"query": "step", "tag": "rare"},
        "a model and a word": {"model": "model-3", "query": "mi"},
        "an operation, offset 5000": {"operation": "vary", "offset": 5000},
        "since yesterday": {"since": time.time() - 86_400},
    }
    figures: dict[str, Any] = {"pieces": pieces}
    with tempfile.TemporaryDirectory() as folder, Library(Path(folder) / "library.db") as library:
        _fill(library, pieces, draw)
        library.tag(1, "rare")
        figures["library, MB"] = (Path(folder) / "library.db").stat().st_size / 1e6
        slowest = 0.0
        for name, options in asked.items():
            times = []
            for _ in range(repeats):
                began = time.perf_counter()
                library.search(**options)
                times.append(1000 * (time.perf_counter() - began))
            figures[f"{name}, ms"] = statistics.median(times)
            slowest = max(slowest, statistics.median(times))
        library._full_text = False
        began = time.perf_counter()
        library.search("kalo")
        figures["a word, by an SQLite without full text, ms"] = 1000 * (time.perf_counter() - began)
        library._full_text = True
        began = time.perf_counter()
        library.count("a")
        figures["counting a common word, ms"] = 1000 * (time.perf_counter() - began)
        text = get_domain("text")
        made = [text.from_symbols(f"recorded {number}") for number in range(9)]
        times = []
        for number in range(repeats):
            job = Job("interpolate", "m", "d", -1 - number, {}, (), np.zeros((9, DIMS), np.float32), {}, ({},) * 9)
            began = time.perf_counter()
            library.record(job, made, text)
            times.append(1000 * (time.perf_counter() - began))
        figures["recording nine pieces, ms"] = statistics.median(times)
    figures["Python and SQLite"] = f"{sys.version.split()[0]}, {sqlite3.sqlite_version}"
    return {
        "name": "Library",
        "figures": figures,
        "bars": [bar("slowest search, ms", slowest, "at most", 50.0)],
    }
