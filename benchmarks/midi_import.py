"""Reading MIDI files as melodies, against pretty_midi reading the same files."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

from _common import bar, best, find_midi, write_song


def measure(midi: Path | None = None, count: int = 60, repeats: int = 3) -> dict[str, Any]:
    """Seconds for ``count`` files of the folder ``midi`` (or generated ones), each way, and their ratio."""
    import pretty_midi

    from genstudio.domains import get_domain
    from genstudio.errors import GenStudioError

    domain = get_domain("melody")
    with tempfile.TemporaryDirectory() as name:
        if midi is None:
            files = [Path(name) / f"song-{number:03d}.mid" for number in range(count)]
            for number, path in enumerate(files):
                write_song(path, number)
        else:
            files = find_midi(midi, count)
        usable = []
        for path in files:  # both must be able to read it, else one would be faster by giving up
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    pretty_midi.PrettyMIDI(str(path))
                domain.read(path)
            except (GenStudioError, OSError, ValueError, KeyError, IndexError, EOFError):
                continue
            usable.append(path)
        if not usable:
            raise SystemExit(f"no MIDI file that both read was found in {midi}")
        ours = theirs = 0.0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for path in usable:  # interleaved, so that whatever else the machine does meets both
                ours += best(lambda path=path: domain.read(path), repeats)
                theirs += best(lambda path=path: pretty_midi.PrettyMIDI(str(path)), repeats)
    ratio = theirs / ours
    return {
        "name": "MIDI import",
        "figures": {
            "files": len(usable),
            "domain.read, ms a file": 1000 * ours / len(usable),
            "pretty_midi, ms a file": 1000 * theirs / len(usable),
            "files a second": len(usable) / ours,
        },
        "bars": [bar("times pretty_midi's speed", ratio, "at least", 30.0)],
    }
