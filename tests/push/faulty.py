"""A server in front of a store that does wrong what it is told to do wrong."""

from __future__ import annotations

import base64
import io
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.stores.running import RunningStore

#: Takes the place of a write; True where the write is to follow all the same.
Fault = Callable[["Handler"], bool]


@dataclass(slots=True)
class Proxy:
    """The server.

    Attributes:
        port: where it listens.
        behind: the port of the store.
        faults: for the next writes, one each.
        always: for every write, once `faults` is empty.
        on_read: for every read.
        guard: asked first, for every request.
        seen: method, path and headers of each request.
        most_at_once: how many requests were open at once.
        open: how many are open now.
        connections: how many connections are open now.
        stopping: set when the server is to stop.
    """

    port: int = 0
    behind: int = 0
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | None = None
    on_read: Fault | None = None
    guard: Fault | None = None
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    most_at_once: int = 0
    open: int = 0
    connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def update(self) -> str:
        """The address for SPARQL Update."""
        return f"http://127.0.0.1:{self.port}/update"

    @property
    def graph_store(self) -> str:
        """The address of the Graph Store Protocol."""
        return f"http://127.0.0.1:{self.port}/store"

    @property
    def writes(self) -> int:
        """How many writes came, but for those that change nothing."""
        return sum(method != "GET" and "/query" not in path for method, path, _ in self.seen)


class Handler(BaseHTTPRequestHandler):
    """Passes requests on, unless a fault takes their place."""

    protocol_version = "HTTP/1.1"
    proxy: Proxy
    body: bytes

    def setup(self) -> None:
        """Count the connection."""
        with self.proxy.lock:
            self.proxy.connections += 1
        super().setup()

    def finish(self) -> None:
        """The connection is closed, by the client or here."""
        with self.proxy.lock:
            self.proxy.connections -= 1
        super().finish()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name below
        """Say nothing."""

    def _handle(self) -> None:
        proxy = self.proxy
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with proxy.lock:
            proxy.seen.append((self.command, self.path, dict(self.headers)))
            proxy.open += 1
            proxy.most_at_once = max(proxy.most_at_once, proxy.open)
        try:
            if self._goes_on():
                self.pass_on()
        except (OSError, HTTPException):  # the client or the store has gone
            self.close_connection = True
        finally:
            with proxy.lock:
                proxy.open -= 1

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815 - the names are given

    def _goes_on(self) -> bool:
        proxy = self.proxy
        if proxy.guard is not None and not proxy.guard(self):
            return False
        if self.command == "GET" or self.body.startswith(b"query="):
            return proxy.on_read is None or proxy.on_read(self)
        if self.body == b"INSERT DATA {}":
            return True
        with proxy.lock:
            fault = proxy.faults.popleft() if proxy.faults else proxy.always
        return fault is None or fault(self)

    def pass_on(self) -> None:
        """Ask the store and hand over its answer."""
        store = HTTPConnection("127.0.0.1", self.proxy.behind, timeout=60)
        names = ("Content-Type", "Accept")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        store.request(self.command, self.path, self.body, headers)
        answer = store.getresponse()
        body = answer.read()
        self.answer(body, answer.status, answer.headers.get("Content-Type"))
        store.close()

    def answer(
        self, body: bytes = b"", status: int = 204, kind: str | None = None, **headers: str
    ) -> None:
        """Send an answer; names of headers are written with underscores."""
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    """A server whose clients may go away at any moment."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that was cut off is what many tests are about."""


def nothing(handler: Handler) -> bool:
    """Say that it is done, and do nothing."""
    handler.answer()
    return False


def half(handler: Handler) -> bool:
    """Store the first half of the lines."""
    lines = handler.body.splitlines(keepends=True)
    kept, is_update = lines[: len(lines) // 2], handler.command == "POST"
    if is_update and handler.body.startswith(b"DROP") and b"INSERT" in handler.body:
        opened = b"".join(kept).count(b"{") - b"".join(kept).count(b"}")
        kept.append(b"}" * opened)
    handler.body = b"".join(kept)
    return True


def html_page(handler: Handler) -> bool:
    """A page of a login, with status 200."""
    handler.answer(b"<!DOCTYPE html><title>Log in</title>", 200, "text/html; charset=utf-8")
    return False


def failing(status: int = 503, **headers: str) -> Fault:
    """An error, with the words of a proxy."""

    def fault(handler: Handler) -> bool:
        handler.answer(b"come again", status, "text/plain", **headers)
        return False

    return fault


def cut(handler: Handler) -> bool:
    """Do it, and end the connection without an answer."""
    connection, handler.wfile = handler.wfile, io.BytesIO()
    handler.pass_on()
    handler.wfile = connection
    handler.close_connection = True
    return False


def silent(handler: Handler) -> bool:
    """Nothing, until the server stops."""
    handler.proxy.stopping.wait()
    handler.close_connection = True
    return False


def redirect(location: str, status: int = 307) -> Fault:
    """Somewhere else."""

    def fault(handler: Handler) -> bool:
        handler.answer(b"", status, None, Location=location)
        return False

    return fault


def huge(handler: Handler) -> bool:
    """A body without end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/n-triples")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True
    while not handler.proxy.stopping.is_set():
        handler.wfile.write(b"<urn:a> <urn:b> <urn:c> .\n" * 4096)
    return False


def basic(user: str, password: str) -> Fault:
    """Wants a user and a password (RFC 7617)."""
    wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def guard(handler: Handler) -> bool:
        if handler.headers.get("Authorization") == wanted:
            return True
        handler.answer(b"who is there?", 401, "text/plain", WWW_Authenticate='Basic realm="x"')
        return False

    return guard


@contextmanager
def faulty(store: RunningStore | None) -> Iterator[Proxy]:
    """Start the server in front of a store; without one everything must be a fault."""
    proxy = Proxy(behind=urlsplit(store.update).port or 0 if store else 0)
    handler = type("Bound", (Handler,), {"proxy": proxy})
    server = Server(("127.0.0.1", 0), handler)
    proxy.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()
