"""What the benchmarks share: generated songs, timing, tables."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCALE = (0, 2, 4, 5, 7, 9, 11)


def best(function: Callable[[], Any], repeats: int) -> float:
    """Seconds of the fastest of several calls: what is slower was disturbed."""
    found = float("inf")
    for _ in range(repeats):
        began = time.perf_counter()
        function()
        found = min(found, time.perf_counter() - began)
    return found


@contextmanager
def busy(count: int) -> Iterator[None]:
    """So many processes beside that do nothing but take a processor each."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
        for other in others:
            other.wait()


def write_song(path: Path, seed: int, bars: int = 32, accompaniment: bool = True) -> None:
    """A song of a melody (and chords and a bass) in 4/4 as a MIDI file."""
    import pretty_midi

    draw = random.Random(seed)
    tempo = draw.randrange(80, 160)
    eighth = 30.0 / tempo
    song = pretty_midi.PrettyMIDI(resolution=480, initial_tempo=tempo)
    song.time_signature_changes.append(pretty_midi.TimeSignature(4, 4, 0.0))
    melody = pretty_midi.Instrument(73, name="melody")
    degree = 7
    for bar in range(bars):
        at = 8 * bar
        while at < 8 * bar + 8:
            length = min(8 * bar + 8 - at, draw.choice((1, 1, 2, 2, 3, 4)))
            degree = min(16, max(2, degree + draw.choice((-2, -1, -1, 0, 1, 1, 2))))
            pitch = 53 + 12 * (degree // 7) + SCALE[degree % 7]
            melody.notes.append(pretty_midi.Note(90, pitch, at * eighth, (at + length) * eighth))
            at += length
    song.instruments.append(melody)
    if accompaniment:
        chords, bass = pretty_midi.Instrument(0, name="chords"), pretty_midi.Instrument(32, name="bass")
        for bar in range(bars):
            root = draw.randrange(7)
            for beat in range(4):
                start, end = (8 * bar + 2 * beat) * eighth, (8 * bar + 2 * beat + 2) * eighth
                for step in (0, 2, 4):
                    place = root + step
                    chords.notes.append(pretty_midi.Note(60, 48 + 12 * (place // 7) + SCALE[place % 7], start, end))
                bass.notes.append(pretty_midi.Note(70, 36 + SCALE[root], start, end))
        song.instruments += [chords, bass]
    song.write(str(path))


def find_midi(folder: Path, limit: int) -> list[Path]:
    """At most ``limit`` MIDI files of a folder, spread over it."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".mid", ".midi") and path.is_file())
    return files[:: max(1, len(files) // limit)][:limit]


def table(result: dict[str, Any]) -> str:
    """A benchmark's result as a small table."""
    rows: Sequence[tuple[str, str]] = [
        (name, f"{value:.4g}" if isinstance(value, float) else str(value)) for name, value in result["figures"].items()
    ]
    width = max(len(name) for name, _ in rows)
    lines = [result["name"], "-" * len(result["name"]), *(f"  {name:<{width}}  {value}" for name, value in rows)]
    for bar in result["bars"]:
        reached = "reached" if bar["reached"] else "MISSED"
        lines.append(f"  {bar['what']}: {bar['value']:.3g} ({bar['sense']} {bar['bar']:.3g}: {reached})")
    return "\n".join(lines)


def bar(what: str, value: float, sense: str, limit: float) -> dict[str, Any]:
    """A figure against its bar; ``sense`` is "at least" or "at most"."""
    return {
        "what": what,
        "value": value,
        "sense": sense,
        "bar": limit,
        "reached": value >= limit if sense == "at least" else value <= limit,
    }
