"""The floors of ARCHITECTURE.md hold, and each kind of contract is seen to fail once."""

from __future__ import annotations

import ast
import functools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import genstudio

PACKAGE = Path(genstudio.__file__).parent
ROOT = PACKAGE.parent

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="the contracts are in the checkout")


def lint(folder: Path) -> tuple[int, str]:
    pytest.importorskip("importlinter")
    call = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"
    done = subprocess.run(
        [sys.executable, "-c", call], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=600, check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(PACKAGE, tmp_path / "genstudio", ignore=shutil.ignore_patterns("__pycache__", "_data"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_floors_hold() -> None:
    status, said = lint(ROOT)
    assert status == 0, said


def test_each_contract_is_seen_to_fail(copy: Path) -> None:
    cases = {
        "A file imports only from floors below its own": ("domains/text/__init__.py", "import genstudio.library"),
        "torch is imported in models and above it, never by domains, tokens, corpus, cli or gui directly": (
            "cli/train.py", "def late():\n    import torch",
        ),
        "PySide6 is imported only in gui": ("health.py", "import PySide6.QtCore"),
        "MIDI libraries are imported only in domains and rendering": ("corpus/build.py", "from music21 import converter"),
        "No circle of imports anywhere, by imports within functions neither": (
            "domains/music/time.py", "def late():\n    import genstudio.domains.music.notes",
        ),
    }  # fmt: skip
    for module, line in cases.values():
        with open(copy / "genstudio" / module, "a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    status, said = lint(copy)
    assert status == 1
    for contract in cases:
        assert f"{contract} BROKEN" in said


def test_a_new_module_needs_a_floor(copy: Path) -> None:
    (copy / "genstudio" / "extra.py").write_text("import genstudio.errors\n", encoding="utf-8")
    status, said = lint(copy)
    assert status == 1
    assert "genstudio.extra" in said


@functools.cache
def _imported_and_called() -> dict[Path, tuple[set[str], set[str]]]:
    """The packages that each file imports, and the functions that it calls by ``name`` or ``name.name``."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        packages, functions = found[path] = set[str](), set[str]()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                packages |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                packages.add((node.module or "").split(".")[0])
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                functions.add(node.func.id)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                functions.add(f"{node.func.value.id}.{node.func.attr}")
    return found


@pytest.mark.slow
def test_nothing_unsafe_is_loaded() -> None:
    """No pickle and no torch.load anywhere: a model file from a stranger must not run code."""
    for path, (packages, functions) in _imported_and_called().items():
        assert not {"pickle", "dill", "joblib", "shelve", "marshal"} & packages, path
        assert "torch.load" not in functions, path


def test_the_library_does_not_print_or_configure_logging() -> None:
    for path, (_, functions) in _imported_and_called().items():
        assert "basicConfig(" not in path.read_text(encoding="utf-8"), path
        assert "print" not in functions, path


def test_data_folders_hold_no_python() -> None:
    for name in ("tokenizers", "checkpoints", "resources"):
        assert not list((ROOT / name).rglob("*.py"))


def test_constraints_pin_every_dependency() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.split("\ndependencies = [", 1)[1].split("]", 1)[0]
    needed = {name.lower().replace("-", "_") for name in re.findall(r'"([A-Za-z0-9_-]+)', block)}
    pinned = {
        line.split("==")[0].lower().replace("-", "_")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    }
    assert "torch" in needed
    assert needed <= pinned


def test_what_the_page_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[`(]((?:genstudio|docs|tests|resources|checkpoints|benchmarks)/[\w./-]*)[`#)]", text))
    assert len(named) > 50
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    known = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()} - {"__main__"}
    told = {Path(name).parts[1].removesuffix(".py") for name in named if name.startswith("genstudio/")}
    assert known - told == set()
    assert [name for name in re.findall(r"`(\w+\.py)`", text) if not any(PACKAGE.rglob(name))] == []


def test_pages_and_classes_of_the_window_stay_small() -> None:
    """A page has at most 400 lines, a class of the window at most 300."""
    gui = PACKAGE / "gui"
    pages = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (gui / "pages").rglob("*.py")}
    assert [name for name, lines in pages.items() if lines > 400] == []
    classes = {
        f"{path.relative_to(gui)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in gui.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert len(classes) > 200
    assert [name for name, lines in classes.items() if lines > 300] == []
