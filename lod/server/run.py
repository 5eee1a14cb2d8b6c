"""Runs a server until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from lod.errors import InputError, LodError, MissingExtraError

if TYPE_CHECKING:
    from lod.server.app import Services

_EXTRA = "pip install 'lod-facts[server]'"
#: Open files that the server needs beside its connections, at most.
_OWN_FILES = 500


def require_extra() -> None:
    """Make sure that the packages of the server are installed.

    Raises:
        MissingExtraError: one is not; the hint has the command that installs them.
    """
    for name in ("starlette", "uvicorn", "httptools", "httpx", "watchfiles"):
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
    from lod.server.http_protocol import uvicorn_options

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
