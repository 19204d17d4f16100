"""Set how the threads of numerical libraries behave beside other programs, before any such library is loaded.

torch computes with the threads of OpenMP, which by default spin while they wait for each other: beside one busy program a training
of twenty seconds took minutes. If they sleep while they wait, they lose nothing on an idle machine and share a busy one. OpenMP
reads its settings once, when its library is loaded, so ``import genstudio`` itself sets them, and child processes inherit them. A
setting that is in the environment already is the user's, and stays.
"""

from __future__ import annotations

import math
import os
from collections.abc import MutableMapping
from pathlib import Path

__all__ = ["count", "settle"]

_WAITING = ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY")  # of GNU's, LLVM's and Intel's OpenMP
_NUMBER = ("OMP_NUM_THREADS", "MKL_NUM_THREADS")
_CGROUP = Path("/sys/fs/cgroup")


def settle(environment: MutableMapping[str, str] | None = None) -> None:
    """Make the threads of OpenMP sleep while they wait, and limit their number to the processors that may be used.

    Args:
        environment: the environment variables to set; by default those of this process.
    """
    environment = os.environ if environment is None else environment
    if not any(environment.get(name) for name in _WAITING):
        environment["OMP_WAIT_POLICY"] = "PASSIVE"
        environment["GOMP_SPINCOUNT"] = "0"
        environment["KMP_BLOCKTIME"] = "0"
    # OpenMP sees which processors a process may run on, but not how much of their time a container is given.
    share = _quota()
    if share is not None and share < _allowed() and not any(environment.get(name) for name in _NUMBER):
        environment["OMP_NUM_THREADS"] = str(count())


def count() -> int:
    """The number of processors that this process may use at once: those it may run on, limited by its share of their time; >= 1."""
    share = _quota()
    return _allowed() if share is None else max(1, min(_allowed(), share))


def _allowed() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except (AttributeError, OSError):  # Linux only
        return os.cpu_count() or 1


def _quota() -> int | None:
    """The processor time that a container may use, in whole processors; None where there is no limit."""
    try:
        text = (_CGROUP / "cpu.max").read_text(encoding="ascii")
    except (OSError, ValueError):
        try:  # the first version of control groups
            folder = _CGROUP / "cpu"
            text = " ".join((folder / f"cpu.cfs_{name}_us").read_text(encoding="ascii") for name in ("quota", "period"))
        except (OSError, ValueError):
            return None
    try:
        quota, period = (float(word) for word in text.split()[:2])  # "max" for no limit
    except ValueError:
        return None
    return max(1, math.ceil(quota / period)) if quota > 0 and period > 0 and math.isfinite(quota) else None
