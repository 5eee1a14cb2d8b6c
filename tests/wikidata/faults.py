"""What servers do wrong: each fault answers one request in the place of the right answer."""

from __future__ import annotations

import gzip
import json
import socket
import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.wikidata.action_api import error

if TYPE_CHECKING:
    from tests.wikidata.wikibase import Handler

#: Answers a request; True where the right answer is to follow.
Fault = Callable[["Handler"], bool]

_JSON = "application/json; charset=utf-8"
_CHUNK = bytes(64 * 1024)


def answer(body: bytes, *, status: int = 200, kind: str | None = _JSON, **headers: str) -> Fault:
    """Any answer at all; names of headers are written with underscores."""

    def fault(handler: Handler) -> bool:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.answer(body, status=status, kind=kind, headers=named)
        return False

    return fault


def maxlag(retry_after: str | None = "5") -> Fault:
    """The servers lag: HTTP 200, an error inside."""
    lag = error("maxlag", "Waiting for 10.64.48.35: 7.2 seconds lagged.", lag=7.2)
    body = json.dumps(lag).encode()
    return answer(body) if retry_after is None else answer(body, Retry_After=retry_after)


def too_many(retry_after: str | None = "7", **headers: str) -> Fault:
    """HTTP 429."""
    if retry_after is not None:
        headers["Retry_After"] = retry_after
    return answer(b"Too many requests", status=429, kind="text/plain", **headers)


def failing(status: int = 503) -> Fault:
    """HTTP 5xx, with the page that proxies make of it."""
    return answer(b"<html>error</html>", status=status, kind="text/html")


def redirect(location: str, status: int = 302, body: bytes = b"") -> Fault:
    """A redirect of HTTP."""
    return answer(body, status=status, kind="text/html", Location=location)


def api_error(code: str, info: str = "") -> Fault:
    """An error of the API, HTTP 200."""
    return answer(json.dumps(error(code, info)).encode())


def truncated(handler: Handler) -> bool:
    """The connection ends before the body does."""
    handler.start(headers={"Content-Length": "1000"})
    handler.wfile.write(b'{"entities": {"Q1": {"id": ')
    handler.close_connection = True
    return False


def truncated_chunks(handler: Handler) -> bool:
    """The connection ends between two chunks."""
    handler.start(headers={"Transfer-Encoding": "chunked"})
    handler.wfile.write(b"4\r\n{   \r\n")
    handler.close_connection = True
    return False


def half_json(handler: Handler) -> bool:
    """A whole body that holds half an answer, as after a timeout inside the server."""
    handler.answer(b'{"entities": {"Q1": {"id": ')
    return False


def drip(handler: Handler) -> bool:
    """A byte now and then, without end."""
    handler.start(headers={"Content-Length": "1000000"})
    while not handler.local.stopping.wait(0.01):
        handler.wfile.write(b" ")
        handler.wfile.flush()
    return False


def drip_headers(handler: Handler) -> bool:
    """Headers without end, a byte now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.local.stopping.wait(0.01):
        handler.wfile.write(b"x")
        handler.wfile.flush()
    return False


def silent(handler: Handler) -> bool:
    """Nothing, ever."""
    handler.local.stopping.wait()
    handler.close_connection = True
    return False


def silent_in_body(handler: Handler) -> bool:
    """Half a body, then nothing."""
    handler.start(headers={"Content-Length": "1000"})
    handler.wfile.write(b"{")
    return silent(handler)


def hang_up(handler: Handler) -> bool:
    """The connection is reset without an answer."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    return False


def zeros(total: int, *, status: int = 200, declared: bool = False, location: str = "") -> Fault:
    """A huge body, streamed; `local.bytes_sent` counts what the client took of it."""

    def fault(handler: Handler) -> bool:
        headers = {"Content-Length": str(total)} if declared else {"Connection": "close"}
        if location:
            headers["Location"] = location
        handler.close_connection = True
        handler.start(status=status, headers=headers)
        left = total
        while left > 0 and not handler.local.stopping.is_set():
            left -= len(_CHUNK)
            handler.wfile.write(_CHUNK)
            handler.local.bytes_sent += len(_CHUNK)
        return False

    return fault


def bomb(megabytes: int) -> Fault:
    """A small body that is huge when it is decompressed."""
    return answer(gzip.compress(bytes(megabytes << 20)), Content_Encoding="gzip")


def late(seconds: float) -> Fault:
    """The right answer, a little late."""

    def fault(handler: Handler) -> bool:
        handler.local.stopping.wait(seconds)
        return True

    return fault
