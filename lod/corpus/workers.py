"""The processes that build shards."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from lod.corpus.shards import Plan, Shard, Task, write_shard
from lod.errors import LodError

#: Submits a shard to be written.
Submit = Callable[[Task], Future[Shard]]


@contextlib.contextmanager
def workers(jobs: int, plan: Plan) -> Iterator[Submit]:
    """Start processes that write shards; they end with the block, and with this process.

    Args:
        jobs: how many; where it is 1, this process does the work itself.
        plan: how the corpus is built.

    Raises:
        LodError: a process was killed.
    """
    if jobs <= 1:
        yield lambda task: _done(write_shard(task, plan))
        return
    pool = ProcessPoolExecutor(
        jobs,
        multiprocessing.get_context(_method()),
        initializer=_begin,
        initargs=(os.getpid(),),
    )
    try:
        yield lambda task: pool.submit(write_shard, task, plan)
    except BrokenProcessPool:
        raise LodError(
            "a worker process was killed",
            hint="run the command again, it goes on where it stopped; with fewer --jobs if memory "
            "is short",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _done(shard: Shard) -> Future[Shard]:
    future: Future[Shard] = Future()
    future.set_result(shard)
    return future


def _method() -> str:
    """How processes start: by fork they inherit what is imported, but only one thread can."""
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


def _begin(parent: int) -> None:
    """A worker leaves Ctrl-C to its parent, and ends with it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
