"""Threads of numerical libraries sleep while they wait, for every entry point, unless the user has set it otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from genstudio import processors

OURS = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME")
THEIRS = (*OURS, "KMP_LIBRARY", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@pytest.fixture
def cgroup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in the place of the control group; this process may run on eight processors."""
    read, group = Path.read_text, "/sys/fs/cgroup"

    def elsewhere(self: Path, *args: Any, **rest: Any) -> str:
        return read(tmp_path / self.relative_to(group) if self.is_relative_to(group) else self, *args, **rest)

    monkeypatch.setattr(Path, "read_text", elsewhere)
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(8)), raising=False)
    return tmp_path


# What the first library itself reads when it is loaded, once for each way in; what comes later reads the same. glibc's getenv sees
# what the loader of the library sees.
LOADED = (
    "import ctypes, os, sys; get = ctypes.CDLL(None).getenv; get.restype = ctypes.c_char_p; import builtins, importlib.abc\n"
    "class First(importlib.abc.MetaPathFinder):\n"
    "    def find_spec(self, name, path=None, target=None):\n"
    "        if name in ('torch', 'numpy', 'scipy', 'sklearn'):\n"
    "            print((get(b'OMP_WAIT_POLICY') or b'').decode(), flush=True)\n"
    "            os._exit(0)\n"
    "sys.meta_path.insert(0, First())\n"
)
ENTRIES = {
    "notebook": "import genstudio; genstudio.load; import torch",
    "module": "from genstudio.models.latent import *; import torch",
    "command": "from genstudio.cli import main; main(['doctor'])",
    "reader": "import genstudio.corpus, numpy",
    "window": "import genstudio.gui.app, numpy",
}


@pytest.mark.parametrize("entry", ENTRIES)
@pytest.mark.skipif(sys.platform == "win32", reason="asks glibc, or its like")
def test_the_waiting_is_settled_before_a_library_is_loaded(entry: str) -> None:
    if entry == "window":
        pytest.importorskip("PySide6")
    env = {name: value for name, value in os.environ.items() if name not in THEIRS}
    code = f"{LOADED}{ENTRIES[entry]}"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=600, check=True)
    assert done.stdout.splitlines()[-1] == "PASSIVE"


@pytest.mark.skipif(sys.platform != "linux", reason="GNU's OpenMP tells of its settings")
@pytest.mark.slow
def test_openmp_reads_the_setting() -> None:
    env = {name: value for name, value in os.environ.items() if name not in THEIRS} | {"OMP_DISPLAY_ENV": "verbose"}
    command = [sys.executable, "-c", "import genstudio, torch; torch.ones(2)"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=True)
    if "OMP_WAIT_POLICY" not in done.stderr:
        pytest.skip("torch comes with another OpenMP")
    assert "OMP_WAIT_POLICY = 'PASSIVE'" in done.stderr
    assert "GOMP_SPINCOUNT = '0'" in done.stderr


@pytest.mark.parametrize("name", ["OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY"])
def test_the_users_own_setting_is_kept(name: str, cgroup: Path) -> None:
    environment = {name: "7"}
    processors.settle(environment)
    assert environment == {name: "7"}


def test_without_a_limit_the_number_of_threads_is_not_set(cgroup: Path) -> None:
    (cgroup / "cpu.max").write_text("max 100000\n")
    environment: dict[str, str] = {}
    processors.settle(environment)
    assert set(environment) == set(OURS)
    assert processors.count() == 8


@pytest.mark.parametrize(
    ("text", "count"), [("150000 100000", 2), ("50000 100000", 1), ("2500000 100000", 8), ("-1 100000", 8), ("?", 8)]
)
def test_a_containers_share_of_the_processors_counts(text: str, count: int, cgroup: Path) -> None:
    (cgroup / "cpu.max").write_text(text)
    environment: dict[str, str] = {}
    processors.settle(environment)
    assert processors.count() == count
    assert environment.get("OMP_NUM_THREADS") == (str(count) if count < 8 else None)
    environment = {"MKL_NUM_THREADS": "3"}
    processors.settle(environment)
    assert "OMP_NUM_THREADS" not in environment


def test_the_first_version_of_control_groups_counts_too(cgroup: Path) -> None:
    (cgroup / "cpu").mkdir()
    (cgroup / "cpu" / "cpu.cfs_quota_us").write_text("300000\n")
    (cgroup / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    assert processors.count() == 3
    (cgroup / "cpu" / "cpu.cfs_quota_us").write_text("-1\n")
    assert processors.count() == 8
