"""Runs the benchmarks: ``python benchmarks/run.py --all``, or some of them by name; ``--json`` for a program.

Exit status: 0 all bars reached, 1 one was missed.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # a checkout needs no installation
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HERE.parent), os.environ.get("PYTHONPATH"))))

from _common import table  # noqa: E402

NAMES = (
    "startup", "midi_import", "score_reading", "interpolation", "harmonise", "morph", "library", "map", "map_view", "rendering",
    "studio", "training", "busy",
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which ones: {', '.join(NAMES)}")
    parser.add_argument("--all", action="store_true", help="all of them")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--midi", type=Path, metavar="DIR", help="midi_import: a folder of MIDI files instead of generated ones")
    parser.add_argument("--scores", type=Path, metavar="DIR", help="score_reading: a folder of MusicXML files")
    parser.add_argument("--scores-model", metavar="M", help="harmonise: a model of scores by name or folder")
    parser.add_argument("--model", metavar="M", help="interpolation: a model by name or folder")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="training, busy: a corpus instead of a generated one")
    parser.add_argument("--preset", default="melody-16bar", metavar="P", help="training: the preset (default melody-16bar)")
    parser.add_argument("--steps", type=int, default=8, metavar="N", help="training: steps (default 8)")
    parser.add_argument("--threads", type=int, default=0, metavar="N", help="training: threads of torch (default: its own choice)")
    args = parser.parse_args()
    unknown = [name for name in args.names if name not in NAMES]
    if unknown or bool(args.names) == args.all:
        parser.error(f"name some of {', '.join(NAMES)}, or give --all")
    options: dict[str, dict[str, Any]] = {
        "midi_import": {"midi": args.midi},
        "score_reading": {"scores": args.scores},
        "interpolation": {"model": args.model},
        "harmonise": {"model": args.scores_model},
        "busy": {"corpus": args.corpus},
        "training": {"corpus": args.corpus, "preset": args.preset, "steps": args.steps, "threads": args.threads},
    }
    results = []
    for name in NAMES if args.all else args.names:
        try:
            result = importlib.import_module(name).measure(**options.get(name, {}))
        except SystemExit as error:
            result = {"name": name, "skipped": str(error), "figures": {}, "bars": []}
        results.append(result)
        if not args.json:
            print(f"{name}: skipped: {result['skipped']}" if "skipped" in result else table(result), end="\n\n", flush=True)
    if args.json:
        machine = {
            "processor": platform.processor() or platform.machine(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        }
        print(json.dumps({"machine": machine, "results": results}))
    return int(any(not bar["reached"] for result in results for bar in result["bars"]))


if __name__ == "__main__":
    sys.exit(main())
