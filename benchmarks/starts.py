"""Starts of the real window on a busy machine, counted: does each become whole, load its model, and close when it is asked to?

    python benchmarks/starts.py                          # 100 starts beside two busy processes, drawn offscreen
    xvfb-run -a python benchmarks/starts.py --platform xcb
    python benchmarks/starts.py --starts 10 --busy 2 --at-once 3 --json

Each start is ``genstudio gui`` in a process of its own with a new home. It has succeeded when its log says that every page is built
and the model loaded, and it then ends with the exit status 0 after SIGTERM. What takes longer than the limit is a hang; the stacks
that the window's watchdog wrote are kept with it.

Exit status: 0 no start failed, 1 some did.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from _common import busy

ROOT = Path(__file__).resolve().parent.parent
SIGNS = ("every page is built", "the model is loaded")
LOOK = 0.05  # seconds between two looks at the log


def start(platform: str = "offscreen", limit: float = 120.0, closing: float = 60.0) -> dict[str, Any]:
    """One start.

    Args:
        platform: of Qt; "" for the system's own choice.
        limit: seconds until it is whole, after which it counts as hanging.
        closing: seconds from SIGTERM to its end, likewise.

    Returns:
        ``outcome``: "well", "hangs" (while it starts), "stays" (after SIGTERM) or "fails" (another exit status); ``seconds`` until
        it was whole; ``closing``, seconds until it had ended; where something went wrong, ``status``, ``seen``, ``said`` and
        ``stacks``.
    """
    with tempfile.TemporaryDirectory(prefix="genstudio-start-", ignore_cleanup_errors=True) as folder:
        home, spoken = Path(folder) / "home", Path(folder) / "stderr"
        environment = {**os.environ, "GENSTUDIO_HOME": str(home), "QT_LOGGING_RULES": ""}
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        if platform:
            environment["QT_QPA_PLATFORM"] = platform
        command = [sys.executable, "-m", "genstudio", "gui", "--page", "home"]
        result: dict[str, Any] = {"outcome": "well", "seconds": None, "closing": None}
        began = time.monotonic()
        with open(spoken, "wb") as stderr:
            studio = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stderr=stderr, cwd=folder)
        try:
            seen = _until_whole(studio, home / "logs" / "studio.log", began + limit)
            if len(seen) == len(SIGNS):
                result["seconds"] = time.monotonic() - began
                asked = time.monotonic()
                studio.terminate()
                try:
                    status: int | None = studio.wait(closing)
                    result["closing"] = time.monotonic() - asked
                except subprocess.TimeoutExpired:
                    status = None
                result["outcome"] = {0: "well", None: "stays"}.get(status, "fails")
            else:
                status = studio.poll()
                result["outcome"] = "hangs" if status is None else "fails"
            if result["outcome"] != "well":
                result |= {"status": status, "seen": seen, "said": _end(spoken), "stacks": _end(home / "logs" / "crash.log")}
        finally:
            studio.kill()
            studio.wait()
    return result


def _until_whole(studio: subprocess.Popen[bytes], log: Path, end: float) -> list[str]:
    """Wait for the signs of a whole window; those that were seen."""
    while True:
        over = studio.poll() is not None or time.monotonic() > end
        try:
            text = log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            text = ""
        seen = [sign for sign in SIGNS if sign in text]
        if over or len(seen) == len(SIGNS):
            return seen
        time.sleep(LOOK)


def _end(path: Path, most: int = 6000) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")[-most:]
    except OSError:
        return ""


def measure(
    starts: int = 100, beside: int = 2, at_once: int = 1, platform: str = "offscreen", limit: float = 120.0, report: bool = False
) -> dict[str, Any]:
    """So many starts beside so many busy processes, ``at_once`` of them at the same time."""
    results: list[dict[str, Any]] = []
    with busy(beside), ThreadPoolExecutor(at_once) as pool:
        for number, result in enumerate(pool.map(lambda _: start(platform, limit), range(starts)), 1):
            results.append(result)
            if report:
                print(number, json.dumps(result), file=sys.stderr, flush=True)
    outcomes = [result["outcome"] for result in results]
    whole = [result["seconds"] for result in results if result["seconds"] is not None]
    closing = [result["closing"] for result in results if result["closing"] is not None]
    return {
        "starts": starts,
        "busy processes": beside,
        "at once": at_once,
        "platform": platform or "the system's",
        "cores": os.cpu_count(),
        "limit, seconds": limit,
        **{name: outcomes.count(name) for name in ("well", "hangs", "stays", "fails")},
        "until whole, median, seconds": round(statistics.median(whole), 2) if whole else None,
        "until whole, longest, seconds": round(max(whole), 2) if whole else None,
        "closing, longest, seconds": round(max(closing), 2) if closing else None,
        "troubles": [result for result in results if result["outcome"] != "well"],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=100, metavar="N", help="how many (default 100)")
    parser.add_argument("--busy", type=int, default=2, metavar="N", help="busy processes beside (default 2)")
    parser.add_argument("--at-once", type=int, default=1, metavar="N", help="starts at the same time (default 1)")
    parser.add_argument("--platform", default="offscreen", metavar="P", help="of Qt; '' for the system's (default offscreen)")
    parser.add_argument("--limit", type=float, default=120.0, metavar="S", help="seconds after which a start hangs (default 120)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the result there too")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    args = parser.parse_args()
    result = measure(args.starts, args.busy, args.at_once, args.platform, args.limit, report=True)
    if args.out:
        args.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if args.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name}: {value}" for name, value in result.items() if name != "troubles"))
    return int(result["well"] != result["starts"])


if __name__ == "__main__":
    sys.exit(main())
