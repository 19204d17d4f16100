"""One studio at a time: a second start hands its files to the first and leaves.

The two talk over a local socket whose name is made from the user's folder, so that other folders (tests) have their own. A message
is one line of JSON of a limited length; anything else is left unread.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from genstudio import paths

__all__ = ["Instance", "hand_over"]

log = logging.getLogger(__name__)

_WAIT = 800  # milliseconds
_LONGEST = 1_000_000


def _name(home: Path | None) -> str:
    return "genstudio-" + hashlib.sha256(str((home or paths.home()).absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def hand_over(files: list[str], home: Path | None = None) -> bool:
    """Give ``files`` to the studio that is running, which comes to the front; False where none is."""
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    if not socket.waitForConnected(_WAIT):
        return False
    socket.write((json.dumps({"files": files}) + "\n").encode("utf-8"))
    socket.waitForBytesWritten(_WAIT)
    # The answer tells a studio that works from a socket that was left behind.
    answered = socket.waitForReadyRead(_WAIT)
    socket.disconnectFromServer()
    return answered


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    there = socket.waitForConnected(_WAIT)
    socket.abort()
    return there


class Instance(QObject):
    """The listening end.

    taken: another studio has begun to listen since :func:`hand_over` found none: two were started at once.
    """

    asked = Signal(list)  # [str]: files of another start; empty: come to the front

    def __init__(self, home: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sockets: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._connected)
        name = _name(home)
        # Listening would take the place of the one that listens: with access for one user only, Qt renames its socket over it.
        self.taken = _answers(name)
        if not self.taken and not self._server.listen(name):
            QLocalServer.removeServer(name)  # left behind by a crash
            if not self._server.listen(name):
                log.warning("other starts cannot hand their files over: %s", self._server.errorString())

    def _connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            # It stays until the server goes: a deferred deletion of its own could come after that of the server, and crash.
            self._sockets.append(socket)
            socket.readyRead.connect(partial(self._read, socket))
            if socket.bytesAvailable():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST:
            socket.abort()
            return
        if not socket.canReadLine():
            return
        try:
            message = json.loads(bytes(socket.readLine().data()))
            files = [str(file) for file in message["files"]]
        except (ValueError, KeyError, TypeError, RecursionError):
            socket.abort()
            return
        socket.write(b"ok\n")
        socket.flush()
        self.asked.emit(files)

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
        for socket in self._sockets:
            socket.abort()
