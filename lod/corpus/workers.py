"""The processes that build what corpora are made into."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from lod.errors import LodError

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Workers:
    """Processes that do what they are given, in any order.

    Args:
        pool: the processes; None does the work in this one, at once.
    """

    def __init__(self, pool: ProcessPoolExecutor | None) -> None:
        self._pool = pool

    def submit(self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Have a function called; it and its arguments go to another process."""
        if self._pool is not None:
            with _ctrl_c_held_back():  # the pool may start a process now
                return self._pool.submit(function, *args, **kwargs)
        future: Future[_T] = Future()
        future.set_result(function(*args, **kwargs))
        return future


def ahead(things: Iterable[_T], most: int) -> Iterator[_T]:
    """Things in their order, each given once those that follow it are begun, so many in all.

    >>> list(ahead(iter("abc"), 2))
    ['a', 'b', 'c']
    """
    waiting: deque[_T] = deque()
    for one in things:
        waiting.append(one)
        while len(waiting) >= most:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


@contextlib.contextmanager
def started(jobs: int) -> Iterator[Workers]:
    """Start processes; they end with the block, and with this process.

    Args:
        jobs: how many; where it is 1, this process does the work itself.

    Raises:
        LodError: a process was killed.
    """
    if jobs <= 1:
        yield Workers(None)
        return
    pool = ProcessPoolExecutor(
        jobs,
        multiprocessing.get_context(_method()),
        initializer=_begin,
        initargs=(os.getpid(),),
    )
    try:
        yield Workers(pool)
    except BrokenProcessPool:
        raise LodError(
            "a worker process was killed",
            hint="run the command again, it goes on where it stopped; with fewer --jobs if memory "
            "is short",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _method() -> str:
    """How processes start: by fork they inherit what is imported, but only one thread can."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


@contextlib.contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """A process that starts here is not interrupted before it leaves Ctrl-C to its parent."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(parent: int) -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
