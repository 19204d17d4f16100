"""The examples of the guide are a core and a domain: in a copy of the package they pass the contract tests like any other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import genstudio

PACKAGE = Path(genstudio.__file__).parent
ROOT = PACKAGE.parent
EXAMPLES = ROOT / "docs" / "examples"

pytestmark = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are in the checkout")


# An example, its place in the package, and the contract that it is held to.
PLACES = [
    ("convolution.py", "models/cores/convolution.py", "test_cores.py"),
    ("chords.py", "domains/chords/__init__.py", "test_domains.py"),
]


def test_the_contracts_hold(tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("__pycache__", "_data", "gui")
    shutil.copytree(PACKAGE, tmp_path / "genstudio", ignore=leave)
    shutil.copytree(ROOT / "tests" / "contract", tmp_path / "tests" / "contract", ignore=leave)
    for name in ("pyproject.toml", "tests/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    for example, place, _ in PLACES:
        target = tmp_path / "genstudio" / place
        target.parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / example, target)
    names = [Path(example).stem for example, _, _ in PLACES]
    chosen = ["-k", " or ".join(names), *(f"tests/contract/{contract}" for _, _, contract in PLACES)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *chosen], cwd=tmp_path, capture_output=True, text=True,
        encoding="utf-8", timeout=600, check=False, stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTEST_ADDOPTS": "", "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    passed = [line for line in done.stdout.splitlines() if " PASSED" in line]
    for name in names:
        assert sum(name in line for line in passed) >= 20, done.stdout[-4000:]
