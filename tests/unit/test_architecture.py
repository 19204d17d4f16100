"""The floors of ARCHITECTURE.md hold, and each contract is seen to fail once."""

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
        [sys.executable, "-c", call], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
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


FLOORS = "A file imports only from floors below its own"
TORCH = "torch is imported in models and above it, never by domains, tokens, corpus, cli or gui directly"
QT = "PySide6 is imported only in gui"
MIDI = "MIDI libraries are imported only in domains and rendering"


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("errors.py", "import genstudio.progress", FLOORS),
        ("progress.py", "import genstudio.files", FLOORS),
        ("config.py", "import genstudio.paths", FLOORS),
        ("domains/text.py", "import genstudio.tokens", FLOORS),
        ("corpus/build.py", "import genstudio.models.latent", FLOORS),
        ("models/latent.py", "import genstudio.generation", FLOORS),
        ("latent/model.py", "import genstudio.studio", FLOORS),
        ("generation/places.py", "import genstudio.latent", FLOORS),
        ("latent/sources.py", "import genstudio.training.loop", FLOORS),
        ("training/loop.py", "import genstudio.latent.codec", FLOORS),
        ("studio.py", "import genstudio.cli", FLOORS),
        ("library/store.py", "import genstudio.studio", FLOORS),
        ("domains/text.py", "import genstudio.library", FLOORS),
        ("domains/text.py", "import torch", TORCH),
        ("tokens/layout.py", "import torch", TORCH),
        ("corpus/build.py", "from torch import nn", TORCH),
        ("library/store.py", "import torch", TORCH),
        ("cli/train.py", "def late():\n    import torch", TORCH),
        ("cli/train.py", "import accelerate", TORCH),
        ("rendering/audio.py", "import torch", TORCH),
        ("rendering/audio.py", "import genstudio.training.loop", FLOORS),
        ("training/loop.py", "import genstudio.rendering", FLOORS),
        ("studio.py", "import PySide6.QtCore", QT),
        ("cli/_session.py", "from PySide6 import QtCore", QT),
        ("models/latent.py", "import pretty_midi", MIDI),
        ("studio.py", "import symusic", MIDI),
        ("cli/export.py", "import mido", MIDI),
        ("corpus/build.py", "from music21 import converter", MIDI),
    ],
)
def test_a_contract_fails(copy: Path, module: str, line: str, contract: str) -> None:
    with open(copy / "genstudio" / module, "a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    status, said = lint(copy)
    assert status == 1
    assert f"{contract} BROKEN" in said


def test_a_new_module_needs_a_floor(copy: Path) -> None:
    (copy / "genstudio" / "extra.py").write_text("import genstudio.errors\n", encoding="utf-8")
    status, said = lint(copy)
    assert status == 1
    assert "genstudio.extra" in said


def test_a_gui_may_have_qt_but_not_torch(copy: Path) -> None:
    window = copy / "genstudio" / "gui" / "extra.py"
    window.write_text("import PySide6.QtCore\nimport genstudio.studio\n", encoding="utf-8")
    assert lint(copy)[0] == 0
    window.write_text("import torch\n", encoding="utf-8")
    status, said = lint(copy)
    assert status == 1
    assert f"{TORCH} BROKEN" in said


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
