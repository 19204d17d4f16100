"""Reading scores: all MusicXML files of a folder, with two processes."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from _common import bar

PROCESSES = 2
SUFFIXES = (".mxl", ".musicxml", ".xml")


def parts_in(path: Path) -> tuple[int, int, float]:
    """The number of parts (-1 where it is refused) and of notes that are read from a file, and the processor's seconds for it."""
    from genstudio.domains import get_domain
    from genstudio.errors import GenStudioError

    began = time.process_time()
    try:
        pieces = get_domain("score").read(path).pieces
    except GenStudioError:
        return -1, 0, time.process_time() - began
    taken = time.process_time() - began
    return sum(len(piece.parts) for piece in pieces), sum(len(part.notes) for piece in pieces for part in piece.parts), taken


def measure(scores: Path | None = None) -> dict[str, Any]:
    """Seconds for all files of the folder ``scores``."""
    if scores is None:
        raise SystemExit("give a folder of MusicXML files with --scores")
    files = sorted(path for path in scores.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    if not files:
        raise SystemExit(f"no MusicXML file was found in {scores}")
    with ProcessPoolExecutor(PROCESSES) as pool:
        list(pool.map(parts_in, files[:PROCESSES]))  # starts the processes, which import what they need
        began = time.perf_counter()
        found = list(pool.map(parts_in, files, chunksize=4))
        taken = time.perf_counter() - began
    read = [one for one in found if one[0] >= 0]
    if not read:
        raise SystemExit(f"no file of {scores} could be read")
    return {
        "name": f"Reading scores with {PROCESSES} processes",
        "figures": {
            "files": len(files),
            "refused": len(files) - len(read),
            "parts": sum(parts for parts, _, _ in read),
            "notes": sum(notes for _, notes, _ in read),
            "seconds": taken,
            "seconds of the processors": sum(seconds for _, _, seconds in found),
        },
        "bars": [bar("milliseconds a file", 1000 * taken / len(files), "at most", 41.0)],  # 1,460 songs with piano in a minute
    }
