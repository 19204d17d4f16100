"""The shape of what the commands besides the operations say with ``--json``: keys, and the types of their values."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from pathlib import Path
from typing import Any

from genstudio import cli

__all__ = ["results"]

FOLDER = Path(__file__).parent / "first-edition"
SONGS = str(Path(__file__).parents[2] / "resources" / "songs")


def results(folder: Path) -> dict[str, Any]:
    """Run the commands in ``folder``, with a data folder of their own, on what the first edition wrote."""
    shutil.copytree(FOLDER, folder / "home" / "models", ignore=shutil.ignore_patterns("corpus", "out", "tunes", "library.db"))
    shutil.copy(FOLDER / "library.db", folder / "home")
    for name in ("corpus", "tunes", "out"):
        shutil.copytree(FOLDER / name, folder / name)
    before, home = Path.cwd(), os.environ.get("GENSTUDIO_HOME")
    os.environ["GENSTUDIO_HOME"] = str(folder / "home")
    os.chdir(folder)
    try:
        return {" ".join(words[:2]).replace(f" {SONGS}", ""): _shape(_said(words)) for words in _calls()}
    finally:
        os.chdir(before)
        if home is None:
            del os.environ["GENSTUDIO_HOME"]
        else:
            os.environ["GENSTUDIO_HOME"] = home


def _calls() -> list[list[str]]:
    tiny = ["--set", "optimizer.batch_size=8", "--set", "prior.steps=0", "--device", "cpu"]
    core = [word for name in ("width=8", "heads=2", "encoder_layers=1", "decoder_layers=1", "mixing_layers=1", "slots=2")
            for word in ("--set", f"core.{name}")]  # fmt: skip
    return [
        ["corpus", SONGS, "out", "--preset", "melody-2bar", "--out", "c", "--vocab-size", "330", "--workers", "1"],
        ["train", "--max-steps", "2", "--corpus", "corpus", "--preset", "melody-2bar", "--out", "m", *core, *tiny],
        ["evaluate", "--model", "model", "--corpus", "corpus", "--samples", "2", "--generated", "4", "--interpolation", "2"],
        ["compare", "--cores", "lstm", "--bottlenecks", "ae", "--corpus", "corpus", "--max-steps", "2", "--samples", "2",
         "--set", "core.hidden=8", "--set", "core.embedding=8", "--out", "compared", *tiny],
        ["attributes", "model", "--corpus", "c", "--donors", "8"],
        ["map", "--model", "model", "--corpus", "corpus"],
        ["nearest", "tunes/00.mid", "--model", "model", "-n", "2"],
        ["export", "tunes/00.mid", "--out", "tune.abc"],
        ["trace", "out/vary/variation-00.mid"],
        ["models", "list"],
        ["models", "show", "model"],
        ["history", "list"],
        ["keep", "1"],
        ["doctor"],
        ["--version"],
    ]  # fmt: skip


def _said(words: list[str]) -> Any:
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        cli.main([*words, "--json"])
    return json.loads(out.getvalue())


def _shape(value: Any) -> Any:
    """Keys and types: of a list that of its first entry, of a number that it is one."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(value[0])] if value else []
    return "number" if isinstance(value, (int, float)) and not isinstance(value, bool) else type(value).__name__
