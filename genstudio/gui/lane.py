"""One lane for the loading of libraries: while the studio is open, one thread at a time loads packages of others.

Loading a native library takes locks of the system's loader and of Python, and runs code of the library. When two threads load at
once, each can come to hold what the other waits for, or one sees a package that is half there. So the first import of whatever is
neither Python's own nor ours waits until no other thread is loading; what is loaded already is had without waiting. It is the
import itself that is watched, so that no caller has to think of it and none can go around it.

Our own modules and the standard library do not wait: they may be in the middle of their import when they ask for a package of
others, and those never import ours. So nobody who loads waits for somebody who waits.

What is watched is the step of the import system in which a module is looked for and loaded, which every kind of import comes to
before it takes a lock. Python's ``__import__`` itself belongs to PySide, which replaces it when it likes.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import Any

__all__ = ["Lane"]

log = logging.getLogger(__name__)

_LONGEST = 60.0  # seconds: a library that does not come back keeps nobody else from loading
_FREE = frozenset({*sys.stdlib_module_names, "genstudio"})
_STEP = "_find_and_load"
_system: Any = sys.modules["_frozen_importlib"]  # importlib._bootstrap


class Lane:
    """In force from :meth:`open` to :meth:`close`.

    waiting: how many threads are waiting now.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = threading.RLock()
        self._count = threading.Lock()
        self._load: Any = None

    def open(self) -> None:
        """Watch imports from now on."""
        self._load = getattr(_system, _STEP)
        setattr(_system, _STEP, self._turn)

    def close(self) -> None:
        """Leave imports as they were."""
        setattr(_system, _STEP, self._load)

    @property
    def mine(self) -> bool:
        """Whether the calling thread is in the lane."""
        return bool(self._lock._is_owned())  # type: ignore[attr-defined]

    def _turn(self, name: str, further: Any) -> Any:
        """Load the module ``name``, in turn; ``further`` is how the import system imports what that needs."""
        if name.partition(".")[0] in _FREE or _there(name):
            return self._load(name, further)
        if not self._enter():
            log.error("another thread has been loading for %.0f seconds; %s does not wait for it", _LONGEST, name)
            return self._load(name, further)
        try:
            return self._load(name, further)
        finally:
            self._lock.release()

    def _enter(self) -> bool:
        if self._lock.acquire(blocking=False):
            return True
        with self._count:
            self.waiting += 1
        try:
            return self._lock.acquire(timeout=_LONGEST)
        finally:
            with self._count:
                self.waiting -= 1


def _there(name: str) -> bool:
    """Whether a module has been loaded to its end."""
    module = sys.modules.get(name)
    return module is not None and not getattr(getattr(module, "__spec__", None), "_initializing", False)
