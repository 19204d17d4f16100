"""From a sixteen-bar melody to files: sound against real time, notation, pictures."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from _common import bar, best, write_song


def measure(repeats: int = 3) -> dict[str, Any]:
    """Seconds, and for sound how many times as fast as it plays, in a program that is running."""
    from genstudio import rendering
    from genstudio.domains import get_domain

    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        song = Path(name) / "song.mid"
        write_song(song, 0, bars=16, accompaniment=False)
        melody = get_domain("melody").read(song).pieces[0]
        plays = melody.seconds
        for instrument in ("piano", "violin", "flute"):
            path = Path(name) / f"{instrument}.wav"
            figures[f"wav, {instrument}"] = best(lambda: rendering.export(melody, path, instrument=instrument), repeats)  # noqa: B023
        for kind in ("flac", "ogg", "midi", "musicxml", "abc"):
            path = Path(name) / kind
            figures[kind] = best(lambda: rendering.export(melody, path, to=kind), repeats)  # noqa: B023
        for picture in ("score", "roll"):
            for kind in ("svg", "png", "pdf"):
                path = Path(name) / picture
                figures[f"{picture}, {kind}"] = best(
                    lambda: rendering.export(melody, path, to=kind, picture=picture),  # noqa: B023
                    repeats,
                )
    slowest = max(seconds for name, seconds in figures.items() if name.startswith("wav"))
    return {
        "name": f"Export of sixteen bars, which play for {plays:.1f} seconds (seconds each)",
        "figures": {**figures, "real time against the slowest wav": plays / slowest},
        "bars": [
            bar("wav, seconds", slowest, "at most", 1.0),
            bar("times as fast as it plays", plays / slowest, "at least", 20.0),
        ],
    }
