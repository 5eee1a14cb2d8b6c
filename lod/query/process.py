"""The worker process as its parent sees it: started, asked, stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from lod.errors import QueryError, QueryLimitError
from lod.query import worker
from lod.query.limits import Limits

_OUT_OF_MEMORY = (b"memory allocation", b"MemoryError", b"capacity overflow", b"bad_alloc")


class WorkerGoneError(Exception):
    """The worker ended in the middle of an answer.

    Attributes:
        code: its exit code; negative for the signal that ended it.
        said: what it wrote to its standard error.
    """

    def __init__(self, code: int, said: bytes) -> None:
        super().__init__(code)
        self.code = code
        self.said = said

    @property
    def reason(self) -> str:
        """Why it ended: "seconds", "memory", "outside" where somebody killed it, or "itself"."""
        if self._ended_by("SIGXCPU"):
            return "seconds"
        if any(words in self.said for words in _OUT_OF_MEMORY):
            return "memory"
        return "outside" if self._ended_by("SIGKILL") else "itself"

    def as_query_error(self, limits: Limits, timed_out: bool) -> QueryError:
        """What the end of the worker means for the query that it had."""
        reason = "seconds" if timed_out else self.reason
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

    def _ended_by(self, name: str) -> bool:
        # Windows has neither these signals nor exit codes below zero.
        return self.code < 0 and self.code == -getattr(signal, name, 0)


class WorkerProcess:
    """One worker.

    Raises:
        QueryError: it cannot be started.
    """

    def __init__(self) -> None:
        found = find_spec("pyoxigraph")
        if found is None or found.origin is None or not sys.executable:
            raise QueryError(
                "Queries need a Python interpreter with pyoxigraph.",
                hint="Install it: pip install pyoxigraph",
            )
        folder = Path(found.origin).parent.parent
        self._killed = False
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-I", "-S", worker.__file__, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise QueryError(f"The query engine cannot be started: {error.strerror}.") from error
        self._watch = _Watch(self._process)
        self._end = weakref.finalize(self, _end, self._process, self._watch)

    def send(self, *request: Any) -> None:
        """Ask something."""
        with suppress(OSError):  # it is gone; the answer that is missing says why
            worker.send(self._pipe(self._process.stdin), request)

    def receive(self) -> tuple[Any, ...]:
        """The next frame of the answer.

        Raises:
            WorkerGoneError: there is none.
        """
        answer = worker.receive(self._pipe(self._process.stdout))
        if answer is None:
            said = self._pipe(self._process.stderr).read()
            raise WorkerGoneError(self._process.wait(), said)
        return answer

    @property
    def is_running(self) -> bool:
        """Whether it can be asked again."""
        gone = self._killed or self._watch.has_killed
        return not gone and self._process.poll() is None

    def deadline(self, seconds: float | None) -> Deadline:
        """Kills it when the time is over, as a `with` statement.

        Args:
            seconds: from its beginning; None for never.
        """
        return Deadline(self._watch, seconds)

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._killed = True
        self._process.kill()

    def close(self) -> None:
        """End it and free what it holds."""
        self._end()

    @staticmethod
    def _pipe(pipe: Any) -> BinaryIO:
        stream: BinaryIO = pipe
        return stream


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
        has_killed: whether a query's time was over.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.has_killed = False
        self._process = process
        self._changed = threading.Condition()
        self._until: float | None = None
        self._wakes: float | None = None
        self._is_closed = False
        self._thread: threading.Thread | None = None

    def begin(self, seconds: float) -> None:
        """Kill it after so many seconds, unless `end` is called before."""
        with self._changed:
            self._until = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._wakes is None or self._wakes > self._until:
                # A thread that wakes too early looks and sleeps on: no need to disturb it.
                self._changed.notify()

    def end(self) -> None:
        """The query has its answer."""
        with self._changed:
            self._until = None

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
                    self.has_killed = True
                    self._process.kill()
                    return
                self._wakes = self._until
                self._changed.wait(left)


class Deadline:
    """Kills a worker when its time is over.

    Args:
        watch: who kills it.
        seconds: from now; None for never.
    """

    def __init__(self, watch: _Watch, seconds: float | None) -> None:
        self._watch = watch
        self._seconds = seconds

    @property
    def passed(self) -> bool:
        """Whether it was killed."""
        return self._watch.has_killed

    def __enter__(self) -> Deadline:
        if self._seconds is not None:
            self._watch.begin(self._seconds)
        return self

    def __exit__(self, *_: object) -> None:
        self._watch.end()
