"""A query process as the event loop sees it: asked without waiting, killed when it must be."""

from __future__ import annotations

import asyncio
import contextlib
import json
import marshal
import os
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

from lod.errors import LodError, MissingExtraError
from lod.query.process import WorkerGoneError

_PROGRAM = (
    "import json, sys; sys.path[:0] = json.loads(sys.argv[1]);"
    "from lod.server.query_worker import main; main()"
)
_HEAD = 4
_MOST_SAID = 64 * 1024
_LOW_PRIORITY = 19


class QueryProcess(asyncio.Protocol):
    """One process; it answers one request at a time.

    Attributes:
        is_gone: whether it ended.
        is_slow: whether it was told to give way to others, which cannot be taken back.
    """

    def __init__(self) -> None:
        self.is_gone = False
        self.is_slow = False
        self._answer: asyncio.Future[tuple[Any, ...]] | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._wanted: int | None = None
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    async def start(cls) -> QueryProcess:
        """Start one.

        Raises:
            LodError: it cannot be started.
        """
        loop = asyncio.get_running_loop()
        ours, theirs = socket.socketpair()
        try:
            process = await loop.run_in_executor(None, _start, theirs)
        except OSError as error:
            ours.close()
            raise LodError(f"A query process cannot be started: {error.strerror}.") from error
        finally:
            theirs.close()
        ours.setblocking(False)
        self = cls()
        self._process = process
        await loop.create_connection(lambda: self, sock=ours)
        return self

    @property
    def pid(self) -> int:
        """Its process id."""
        return 0 if self._process is None else self._process.pid

    def seconds_used(self) -> float:
        """Seconds of processor time that it has had; of any clock where that is not known."""
        if sys.platform == "linux" and self._process is not None:
            with contextlib.suppress(OSError):  # it ended
                # The clock of another process, as clock_getcpuclockid(3) makes it.
                return time.clock_gettime((~self._process.pid << 3) | 2)
        return time.monotonic()

    async def ask(self, *request: Any) -> tuple[Any, ...]:
        """Ask something.

        Raises:
            WorkerGoneError: it ended before it answered.
        """
        if self.is_gone or self._transport is None:
            raise await self._last_words()
        self._answer = asyncio.get_running_loop().create_future()
        data = marshal.dumps(request)
        self._transport.writelines((len(data).to_bytes(_HEAD, "big"), data))
        try:
            return await self._answer
        except ConnectionError:
            raise await self._last_words() from None
        finally:
            self._answer = None

    def give_way(self) -> None:
        """Let everything else run before it."""
        self.is_slow = True
        if self._process is None:
            return
        pid = self._process.pid
        with contextlib.suppress(OSError):  # it ended by itself
            os.setpriority(os.PRIO_PROCESS, pid, _LOW_PRIORITY)
            if sys.platform == "linux":  # what runs only where nothing else would
                os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))

    def kill(self) -> None:
        """End it now, whatever it does."""
        self.is_gone = True
        if self._process is not None:
            self._process.kill()

    async def close(self) -> None:
        """End it and wait until it has ended."""
        self.kill()
        await self._last_words()

    async def _last_words(self) -> WorkerGoneError:
        """How it ended."""
        process = self._process
        if process is None:
            return WorkerGoneError(0, b"")
        code, said = await asyncio.get_running_loop().run_in_executor(None, _reap, process)
        if self._transport is not None:
            self._transport.close()
        return WorkerGoneError(code, said)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The way to it is open."""
        self._transport = cast("asyncio.Transport", transport)  # a socket's is one

    def data_received(self, data: bytes) -> None:
        """A part of an answer."""
        self._parts.append(data)
        self._size += len(data)
        if self._wanted is None:
            if self._size < _HEAD:
                return
            self._parts = [b"".join(self._parts)]
            self._wanted = _HEAD + int.from_bytes(self._parts[0][:_HEAD], "big")
        if self._size < self._wanted:
            return
        whole = memoryview(b"".join(self._parts))
        self._parts, self._size, self._wanted = [], 0, None
        if self._answer is not None and not self._answer.done():
            # The other end is our own program on the same interpreter.
            self._answer.set_result(marshal.loads(whole[_HEAD:]))  # noqa: S302

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended."""
        self.is_gone = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError())


def _start(theirs: socket.socket) -> subprocess.Popen[bytes]:
    found = find_spec("pyoxigraph")
    if found is None or found.origin is None or not sys.executable:
        raise MissingExtraError(
            "Queries need a Python interpreter with pyoxigraph.",
            hint="Install it: pip install pyoxigraph",
        )
    folders = [str(Path(__file__).parents[2]), str(Path(found.origin).parents[1])]
    return subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-I", "-S", "-c", _PROGRAM, json.dumps(folders)],
        stdin=theirs.fileno(),
        stdout=theirs.fileno(),
        stderr=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for the server, which ends its processes itself
    )


def _reap(process: subprocess.Popen[bytes]) -> tuple[int, bytes]:
    said = b""
    if process.stderr is not None and not process.stderr.closed:
        with process.stderr:
            said = process.stderr.read(_MOST_SAID)
    return process.wait(), said
