"""What is written to hurt must be read in bounds: of time, of memory, and with no error but our own.

The suite makes a few inputs of each kind; GENSTUDIO_HOSTILE=300 in the environment makes some 300 with each generator.
"""

from __future__ import annotations

import resource
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from genstudio.errors import GenStudioError

SECONDS = 5.0  # of processor time
MEGABYTES = 500
Bounded = Callable[[Callable[[], Any]], None]


def _memory() -> float:
    """The most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)


@pytest.fixture
def bounded() -> Bounded:
    """Runs a function that may raise a GenStudioError and nothing else, in bounds of processor time and memory."""
    if not hasattr(signal, "SIGPROF"):
        pytest.skip("this system does not count the processor time of a process")

    def stop(number: int, frame: Any) -> None:
        raise TimeoutError("more than 5 s:\n" + "".join(traceback.format_stack(frame)[-6:]))

    def check(function: Callable[[], Any]) -> None:
        before = _memory()
        old = signal.signal(signal.SIGPROF, stop)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            function()
        except GenStudioError as error:
            told = str(error)
            assert told
            assert len(told) < 2000, told[:300]
            assert "Traceback" not in told
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0.0)
            signal.signal(signal.SIGPROF, old)
        assert _memory() - before < MEGABYTES

    return check
