"""Clients that take their time: they hold a connection for a while, and no more."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from lod.server.data import store_data
from lod.server.pool import QueryPool
from lod.server.run import listen
from lod.server.services import Services
from lod.server.settings import Settings
from lod.server.store_pages import StorePages
from lod.server.telemetry import RequestLog

SETTINGS = Settings(
    head_seconds=0.5, body_seconds=0.5, write_seconds=0.5, keep_alive_seconds=0.5, connections=20
)


@pytest.fixture(scope="module")
def port(store_folder: Path) -> Iterator[int]:
    """A server with little patience, in a thread of this process."""
    import asyncio

    import uvicorn

    from lod.server.app import Application
    from lod.server.run import uvicorn_options

    data = store_data(store_folder)
    backend = QueryPool(data.pool, SETTINGS)
    services = Services(StorePages(backend, data.base), backend, SETTINGS, RequestLog(StringIO()))
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(Application(services), **uvicorn_options(SETTINGS)))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


def seconds_until_closed(connection: socket.socket) -> float:
    started = time.monotonic()
    connection.settimeout(20)
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
    return time.monotonic() - started


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-More: a",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HT",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 100\r\n\r\nASK",
    ],
    ids=["nothing", "line", "headers", "idle", "second", "body"],
)
def test_connection_is_closed(port: int, sent: bytes) -> None:
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(sent)
        assert seconds_until_closed(connection) < 5


def test_headers_one_byte_at_a_time_are_no_way_to_stay(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        started = time.monotonic()
        is_open = True
        while is_open and time.monotonic() - started < 20:
            try:
                connection.sendall(b"G")
            except ConnectionError:
                is_open = False
            time.sleep(0.05)
        assert not is_open


def test_who_does_not_read_is_let_go(port: int) -> None:
    query = b"SELECT%20*%20%7B?s%20?p%20?o%7D"
    request = b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with closing(socket.socket()) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(("127.0.0.1", port))
        connection.sendall(request * 20)
        # The patience of the server counts from when it has an answer, however long that takes it.
        assert select.select([connection], [], [], 60)[0], "there is no answer"
        time.sleep(4 * SETTINGS.write_seconds)
        connection.settimeout(20)
        size = 0
        try:
            while part := connection.recv(65536):
                size += len(part)
        except ConnectionError:
            pass
    # Not even the second answer was sent as a whole.
    assert size < 12_000_000


def test_many_connections_do_not_shut_others_out(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(30)]
    try:
        for connection in held:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")
        end = time.monotonic() + 15
        while True:
            with closing(socket.create_connection(("127.0.0.1", port))) as connection:
                connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                if b" 200 " in connection.recv(65536)[:20]:
                    break
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        for connection in held:
            connection.close()
