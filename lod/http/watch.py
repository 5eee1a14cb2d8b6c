"""A watch over one request: whatever connection it uses is cut when its time is over.

Timeouts of a socket count silence. A server that sends a byte now and then is never silent, not
even in its headers, so that only a second thread can end the wait.
"""

from __future__ import annotations

import socket
import threading
from types import TracebackType

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.response import HTTPResponse

_current = threading.local()


class Watch:
    """Cuts the connections that this thread uses inside `with`, once the time is over.

    Args:
        seconds: the time.

    Attributes:
        expired: whether the time was over before the end of `with`.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def follow(self, connection: socket.socket | None) -> None:
        """Cut this connection too."""
        if connection is None:
            return
        with self._lock:
            self._sockets.append(connection)
            expired = self.expired
        if expired:
            _shut(connection)

    def _cut(self) -> None:
        with self._lock:
            self.expired = True
            sockets = list(self._sockets)
        for connection in sockets:
            _shut(connection)

    def __enter__(self) -> Watch:
        _current.watch = self
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        _current.watch = None
        with self._lock:
            # A cut that is under way would hit a connection that is in the pool again.
            self._sockets.clear()


def _shut(connection: socket.socket) -> None:
    try:
        # Unlike close(), this wakes a thread that waits for the connection. On a TLS connection
        # the plain socket is shut: its own shutdown is not made for use from another thread.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _follow(connection: HTTPConnection) -> None:
    watch: Watch | None = getattr(_current, "watch", None)
    if watch is not None:
        watch.follow(connection.sock)


class _WatchedHTTPConnection(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        _follow(self)
        return super().getresponse()


class _WatchedHTTPSConnection(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 has it
        _follow(self)
        return super().getresponse()


class _WatchedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _WatchedHTTPConnection


class _WatchedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPSConnection


#: Connection pools whose connections a `Watch` can cut, for `PoolManager.pool_classes_by_scheme`.
WATCHED_POOLS: dict[str, type[HTTPConnectionPool]] = {
    "http": _WatchedHTTPPool,
    "https": _WatchedHTTPSPool,
}
