"""One lane for the loading of libraries: while the studio is open, one thread at a time loads packages of others.

Loading a native library takes locks of the system's loader and of Python, and runs code of the library. When two threads load at
once, each can come to hold what the other waits for, or one sees a package that is half there. So the first import of whatever is
neither Python's own nor ours waits until no other thread is loading; what is loaded already is had without waiting. It is the
import itself that is watched, so that no caller has to think of it and none can go around it.

Our own modules and the standard library do not wait: they may be in the middle of their import when they ask for a package of
others, and those never import ours. So nobody who loads waits for somebody who waits.
"""

from __future__ import annotations

import builtins
import importlib
import logging
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

__all__ = ["Lane"]

log = logging.getLogger(__name__)

_LONGEST = 60.0  # seconds: a library that does not come back keeps nobody else from loading
_FREE = frozenset({*sys.stdlib_module_names, "genstudio"})


class Lane:
    """In force from :meth:`open` to :meth:`close`.

    waiting: how many threads are waiting now.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = threading.RLock()
        self._count = threading.Lock()
        self._open = False

    def open(self) -> None:
        """Take the place of Python's import."""
        if self._open:
            return
        self._open = True
        self._import, self._by_name = builtins.__import__, importlib.import_module
        builtins.__import__ = self._statement
        importlib.import_module = self._call

    def close(self) -> None:
        """Put Python's import back."""
        if not self._open:
            return
        self._open = False
        if builtins.__import__ == self._statement:
            builtins.__import__ = self._import
        if importlib.import_module == self._call:
            importlib.import_module = self._by_name

    @property
    def mine(self) -> bool:
        """Whether the calling thread is in the lane."""
        return bool(self._lock._is_owned())  # type: ignore[attr-defined]

    def _statement(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        # What is relative belongs to a package that is being loaded, or is there.
        if level or name.partition(".")[0] in _FREE or _there(name, fromlist or ()):
            return self._import(name, globals, locals, fromlist or (), level)
        with self._turn(name):
            return self._import(name, globals, locals, fromlist or (), level)

    def _call(self, name: str, package: str | None = None) -> Any:
        if name.startswith(".") or name.partition(".")[0] in _FREE or _there(name):
            return self._by_name(name, package)
        with self._turn(name):
            return self._by_name(name, package)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        mine = self._lock.acquire(blocking=False)
        if not mine:
            with self._count:
                self.waiting += 1
            mine = self._lock.acquire(timeout=_LONGEST)
            with self._count:
                self.waiting -= 1
            if not mine:
                log.error("another thread has been loading for %.0f seconds; %s does not wait for it", _LONGEST, name)
        try:
            yield
        finally:
            if mine:
                self._lock.release()


def _there(name: str, parts: Sequence[str] = ()) -> bool:
    """Whether a module, and what is asked of it, has been loaded to its end."""
    module = sys.modules.get(name)
    if module is None or getattr(getattr(module, "__spec__", None), "_initializing", False):
        return False
    return all(part == "*" or hasattr(module, part) for part in parts)
