"""Worker processes as their parent sees them: started, asked, stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, cast

from lod.errors import QueryError, QueryLimitError
from lod.query import worker
from lod.query.limits import Limits

_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"capacity overflow", b"bad_alloc")


class WorkerGoneError(Exception):
    """The worker ended in the middle of an answer.

    Attributes:
        reason: why it ended: "seconds", "memory", "outside" where somebody killed it, or "itself".
        said: what it wrote to its standard error.
    """

    def __init__(self, code: int, said: bytes, *, timed_out: bool = False) -> None:
        super().__init__(code)
        self.said = said
        # Windows has neither these signals nor exit codes below zero.
        killed_by = {-getattr(signal, name, 0): name for name in ("SIGXCPU", "SIGKILL")}.get(code)
        if timed_out or (code < 0 and killed_by == "SIGXCPU"):
            self.reason = "seconds"
        elif any(words in said for words in _OUT_OF_MEMORY):
            self.reason = "memory"
        else:
            self.reason = "outside" if code < 0 and killed_by == "SIGKILL" else "itself"

    def as_query_error(self, limits: Limits) -> QueryError:
        """What the end of the worker means for the query that it had."""
        reason = self.reason
        if reason == "seconds" or (reason == "memory" and limits.memory is not None):
            return limits.reached(reason)
        if reason == "outside":
            return QueryLimitError(
                "The query was stopped from outside, most likely as memory ran out.",
                hint="Let it match less, or run it where there is more memory.",
            )
        return QueryError(
            "The query engine came to a sudden end; the query may nest too deep.",
            hint="Write it with fewer brackets in brackets.",
        )


def start_worker(program: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a worker process: isolated, and with nothing on its path but what it is told.

    Args:
        program: the arguments of the interpreter that name the program.
        options: as those of `Popen`; they say where the requests come from and the answers go.

    Raises:
        QueryError: it cannot be started.
    """
    engine = find_spec("pyoxigraph")
    if engine is None or engine.origin is None or not sys.executable:
        raise QueryError(
            "Queries need a Python interpreter with pyoxigraph.",
            hint="Install it: pip install pyoxigraph",
        )
    command = [sys.executable, "-I", "-S", *program, str(Path(engine.origin).parents[1])]
    try:
        return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # noqa: S603 - our own
    except OSError as error:
        raise QueryError(f"The query engine cannot be started: {error.strerror}.") from error


class WorkerProcess:
    """One worker, which is asked and waited for.

    Raises:
        QueryError: it cannot be started.
    """

    def __init__(self) -> None:
        pipe = subprocess.PIPE
        self._process = start_worker([worker.__file__], stdin=pipe, stdout=pipe)
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._errors = cast("BinaryIO", self._process.stderr)
        self._watch = _Watch(self._process)
        self._end = weakref.finalize(self, _end, self._process, self._watch)

    def send(self, *request: Any) -> None:
        """Ask something."""
        try:
            self._requests.write(worker.packed(request))
            self._requests.flush()
        except OSError:
            pass  # it is gone; the answer that is missing says why

    def receive(self) -> tuple[Any, ...]:
        """The next frame of the answer.

        Raises:
            WorkerGoneError: there is none.
        """
        frame = worker.read_frame(self._answers)
        if frame is None:
            said = self._errors.read()
            code = self._process.wait()
            raise WorkerGoneError(code, said, timed_out=self._watch.has_timed_out)
        return worker.unpacked(frame)

    @property
    def was_killed(self) -> bool:
        """Whether this side ended it."""
        return self._watch.has_killed

    @property
    def is_running(self) -> bool:
        """Whether it can be asked again."""
        return not self.was_killed and self._process.poll() is None

    def begin(self, seconds: float | None) -> None:
        """Kill it when the time is over, unless `end` is called before.

        Args:
            seconds: from now on; None for never.
        """
        if seconds is not None:
            self._watch.begin(seconds)

    def end(self) -> None:
        """The answer has come, or nobody waits for it any more."""
        self._watch.end()

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._watch.kill()

    def close(self) -> None:
        """End it and free what it holds."""
        self._end()


def _end(process: subprocess.Popen[bytes], watch: _Watch) -> None:
    watch.close()
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe is not None:
            with suppress(OSError):  # bytes that it did not read any more
                pipe.close()


class _Watch:
    """Kills a process when the time of a query is over.

    One thread serves all queries: starting one for each takes longer than most queries do.

    Args:
        process: the process.

    Attributes:
        has_killed: whether the process was killed.
        has_timed_out: whether that was because a query's time was over.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.has_killed = self.has_timed_out = False
        self._process = process
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._until: float | None = None
        self._wakes: float | None = None
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def begin(self, seconds: float) -> None:
        """Kill it after so many seconds, unless `end` is called before."""
        with self._lock:  # the same as that of the condition, and faster
            self._until = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._wakes is None or self._wakes > self._until:
                # A thread that wakes too early looks and sleeps on: no need to disturb it.
                self._changed.notify()

    def end(self) -> None:
        """The query has its answer."""
        with self._lock:
            self._until = None

    def kill(self) -> None:
        """Kill it now."""
        self.has_killed = True
        self._process.kill()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        # Rubbish is collected in any thread, this one too.
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join()

    def _run(self) -> None:
        with self._changed:
            while not self._is_closed:
                left = None if self._until is None else self._until - time.monotonic()
                if left is not None and left <= 0:
                    self.has_timed_out = True
                    self.kill()
                    return
                self._wakes = self._until
                self._changed.wait(left)
