"""Runs a server until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lod.errors import InputError, LodError, MissingExtraError

if TYPE_CHECKING:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    from lod.server.services import Services
    from lod.server.settings import Settings

_EXTRA = "pip install 'lod-facts[server]'"
#: Open files that the server needs beside its connections, at most.
_OWN_FILES = 500


def require_extra() -> None:
    """Make sure that the packages of the server are installed.

    Raises:
        MissingExtraError: one is not; the hint has the command that installs them.
    """
    for name in ("uvicorn", "httptools", "httpx", "watchfiles"):
        try:
            __import__(name)
        except ImportError:
            raise MissingExtraError(
                f"lod serve needs the package {name}, and it is not installed.",
                hint=f"Install it: {_EXTRA}",
            ) from None


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: address or name.
        port: 0 takes a free one.

    Raises:
        InputError: the port is in use, or not allowed; or there is no such address here.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise InputError(
            f"{host} is no address of this machine: {error.strerror}.",
            hint="--host 127.0.0.1 is this machine alone, --host 0.0.0.0 all its addresses",
        ) from None
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(2048)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise InputError(
                f"Port {port} of {host} is in use.",
                hint="--port names another one; --port 0 takes any that is free",
            ) from None
        raise InputError(f"Port {port} of {host}: {error.strerror}.") from None
    return listening


def address_of(listening: socket.socket) -> str:
    """The address of a listening socket, as a client on this machine writes it."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what it means
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _allow_files(wanted: int) -> None:
    """Let the process have so many open files, where the system's usual number is smaller."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def serve(
    services: Services, listening: socket.socket, started: Callable[[], None] | None = None
) -> None:
    """Run a server until SIGINT or SIGTERM; running requests are finished first.

    Args:
        services: what it is made of.
        listening: where it listens.
        started: called once it answers.

    Raises:
        LodError: it cannot start.
    """
    import uvicorn

    from lod.server.app import Application

    application = Application(services)
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
    config = uvicorn.Config(application, **uvicorn_options(services.settings))

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if not self.should_exit and started is not None:
                started()

        def handle_exit(self, sig: int, frame: object) -> None:
            services.stopping.set()
            # A second signal ends it at once.
            self.force_exit = self.should_exit
            self.should_exit = True

    server = Server(config)
    _allow_files(services.settings.connections + _OWN_FILES)
    try:
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(server.serve([listening]))
    except SystemExit:  # the library's way to say that the start failed
        if application.failure is None:
            raise LodError("The server cannot start.") from None
    finally:
        services.backend.kill()
        services.log.close()
        listening.close()
    if isinstance(application.failure, LodError):
        raise application.failure
    if application.failure is not None:
        raise LodError(f"The server cannot start: {application.failure}")


def protocol_under(settings: Settings) -> type[HttpToolsProtocol]:
    """HTTP/1.1 under limits: clients that are slow, or send endless headers, hold no connection.

    The server library bounds the time of idle connections alone. Here a request's head has to come
    within a time and a size, and a connection that was closed has to be gone within a time.
    """
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

    class LimitedProtocol(HttpToolsProtocol):
        """One connection."""

        _head = 0
        _has_head = False
        _head_timer: asyncio.TimerHandle | None = None
        _close_timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in the library
            super().connection_made(transport)
            self._begin_head()

        def connection_lost(self, exc: Exception | None) -> None:
            self._end_head()
            if self._close_timer is not None:
                self._close_timer.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            if not self._has_head:
                self._head += len(data)
                end = data.find(b"\r\n\r\n")
                if self._head > settings.max_head and (end < 0 or end > settings.max_head):
                    self._refuse(431, "Request Header Fields Too Large")
                    return
            if not self.transport.is_closing():
                super().data_received(data)
            # Most heads come whole, and need no timer.
            if self._head and not self._has_head and self._head_timer is None:
                self._begin_head()

        def on_headers_complete(self) -> None:
            self._has_head = True
            self._end_head()
            if not self.url.startswith((b"/", b"*")):
                # The host of an absolute target counts, whatever Host says (RFC 9112, 3.2.2).
                target = urlsplit(self.url)
                host = target.netloc if target.scheme in (b"http", b"https") else b""
                self.headers[:] = [one for one in self.headers if one[0] != b"host"]
                self.headers.append((b"host", host))
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._has_head = False
            self._head = 0
            super().on_message_complete()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            if self.transport.is_closing():
                self._abort_later()

        def timeout_keep_alive_handler(self) -> None:
            super().timeout_keep_alive_handler()
            self._abort_later()

        def _begin_head(self) -> None:
            self._head_timer = self.loop.call_later(settings.head_seconds, self._too_slow)

        def _end_head(self) -> None:
            if self._head_timer is not None:
                self._head_timer.cancel()
                self._head_timer = None

        def _too_slow(self) -> None:
            self._head_timer = None
            if self._head:
                self._refuse(408, "Request Timeout")
            else:
                self.transport.close()

        def _refuse(self, status: int, phrase: str) -> None:
            """Answer before there is a request that the application could answer."""
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(
                    f"HTTP/1.1 {status} {phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
                    f"content-length: {len(phrase) + 1}\r\nconnection: close\r\n\r\n{phrase}\n"
                    "".encode()
                )
            self.transport.close()
            self._abort_later()

        def _abort_later(self) -> None:
            """Let go of a connection whose client does not take what was sent."""
            if self._close_timer is None:
                self._close_timer = self.loop.call_later(
                    settings.write_seconds, self.transport.abort
                )

    return LimitedProtocol


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """The settings of a server as the library calls them."""
    return {
        "http": protocol_under(settings),
        "ws": "none",
        "lifespan": "on",
        "access_log": False,
        "log_config": None,
        "server_header": False,
        "proxy_headers": False,
        "limit_concurrency": settings.connections,
        "timeout_keep_alive": settings.keep_alive_seconds,
        "timeout_graceful_shutdown": int(settings.shutdown_seconds),
    }
