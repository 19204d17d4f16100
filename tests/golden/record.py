"""Record the present results of operations and commands: ``PYTHONPATH=. python -m tests.golden.record``."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def main() -> int:
    """Write the files that the tests compare with."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    import genstudio
    from tests.golden import cases
    from tests.golden.results import results

    home = Path.cwd()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        cases.prepare(folder)
        loaded = {name: genstudio.load(folder / name) for name in cases.MODELS}
        found = {f"{model} {name}": cases.made(folder, loaded[model], model, call) for name, model, call in cases.calls()}
        _write("operations", found)
        os.chdir(folder)
        outputs = {name: cases.said(arguments) for name, arguments in cases.commands()}
        os.chdir(home)
        _write("commands", outputs)
    with tempfile.TemporaryDirectory() as place:
        _write("results", results(Path(place)))
    interfaces = cases.interfaces()
    _write("interfaces", {f"{kind} {name}": about for kind, group in interfaces.items() for name, about in group.items()})
    return 0


def _write(name: str, found: Mapping[str, Any]) -> None:
    """A line for each case."""
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(found[key], sort_keys=True)}" for key in sorted(found))
    (FOLDER / f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
