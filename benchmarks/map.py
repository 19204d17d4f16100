"""The map: 50,000 codes to the plane and to files (PCA), and the nearest pieces of one of them. Encoding is not part of it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from _common import bar, best


def measure(pieces: int = 50_000, dims: int = 288, values: int = 8) -> dict[str, Any]:
    """Seconds with ``pieces`` random codes [dims], as a model of two bars gives them, and ``values`` attributes."""
    import numpy as np

    from genstudio.models.latent_map import nearest, open_map, plane, write_map

    draw = np.random.default_rng(0)
    codes = (draw.standard_normal((pieces, dims)) * np.linspace(2, 0.1, dims)).astype(np.float16)
    used = np.ones((pieces, dims // 8), bool)
    began = time.perf_counter()
    found = plane(codes, "pca")
    drawn = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "map"
        about = {"method": "pca", "attributes": [{"name": str(number)} for number in range(values)]}
        index = [(f"Tune number {row}", f"book.abc#{row}") for row in range(pieces)]
        began = time.perf_counter()
        size = write_map(folder, found, codes, used, draw.standard_normal((pieces, values)), index, about)
        written = time.perf_counter() - began
        chart = open_map(folder)
        query = codes[7].astype(np.float32)
        near = best(lambda: nearest(chart.whole()[0], query, 5), 3)
    return {
        "name": f"Map of {pieces:,} pieces ({dims} dimensions, PCA)",
        "figures": {
            "plane, seconds": drawn,
            "writing, seconds": written,
            "nearest pieces, seconds": near,
            "small files, MB for 12,000 pieces": size / 1e6 * 12_000 / pieces,
        },
        "bars": [
            bar("plane and writing, seconds", drawn + written, "at most", 60.0),
            bar("small files, MB for 12,000 pieces", size / 1e6 * 12_000 / pieces, "at most", 1.0),
        ],
    }
