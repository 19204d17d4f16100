"""How long ``genstudio --help`` takes, and what it loads, against a Python that does nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from _common import bar, best

HEAVY = ("torch", "numpy", "sentencepiece", "pretty_midi", "symusic", "music21", "accelerate", "PySide6")
LOADED = (
    "import contextlib, io, json, sys\n"
    "from genstudio.cli import main\n"
    "with contextlib.redirect_stdout(io.StringIO()):\n    main(['--help'])\n"
    "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), len(sys.modules), sep='\\n')"
)


def measure(repeats: int = 5) -> dict[str, Any]:
    """Seconds and modules."""

    def run(*arguments: str) -> str:
        return subprocess.run([sys.executable, *arguments], check=True, capture_output=True, text=True).stdout

    bare = help_time = float("inf")
    for _ in range(repeats):
        bare = min(bare, best(lambda: run("-c", "pass"), 1))
        help_time = min(help_time, best(lambda: run("-m", "genstudio", "--help"), 1))
    names, count = run("-c", LOADED).splitlines()
    heavy = [name for name in HEAVY if name in json.loads(names)]
    return {
        "name": "Start of the command line",
        "figures": {
            "genstudio --help, seconds": help_time,
            "python -c pass, seconds": bare,
            "ratio": help_time / bare,
            "modules loaded": int(count),
            "heavy ones among them": ", ".join(heavy) or "none",
        },
        "bars": [bar("torch loaded by --help", float("torch" in heavy), "at most", 0.0)],
    }
