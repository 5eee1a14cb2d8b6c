"""Runs queries in a pool of processes, so that a slow one stands in nobody's way.

There are two lanes. A query starts in the fast one, where processes always stand ready. Once it
has run for a moment, it counts as slow: its process gives way to everything else on the machine,
it takes one of the few slow places, and another process takes over in the fast lane. Where no slow
place is free it is stopped, and the client is told to come again. A query like one that was slow
waits for a slow place from the start.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lod.errors import LodError, QueryError
from lod.query.process import WorkerGoneError
from lod.server.query_job import BUSY, Job, ended, explained
from lod.server.query_process import QueryProcess
from lod.server.query_task import Answer, QueryTask, ResultTask
from lod.server.result_cache import ResultCache
from lod.server.settings import Settings
from lod.server.slots import Slots
from lod.server.slow_shapes import SlowShapes

_SPARE = 1
_A_MOMENT = 0.01
#: Seconds between two looks at the queries that run.
_LOOK = 0.02
#: Seconds after which a process that was killed was killed for its query.
_AT_ONCE = 0.2
_MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class PoolData:
    """What the queries are asked of.

    Attributes:
        base: IRI that relative IRIs in queries are resolved against, or "".
        prefixes: prefix to namespace IRI, which queries may use without declaring them.
        quads: N-Quads, held in memory by every process; or
        store: the folder of a database, opened read-only.
    """

    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)
    quads: bytes = b""
    store: Path | None = None


class QueryPool:
    """The processes, and who may use them.

    Args:
        data: what is queried.
        settings: numbers and limits.

    Attributes:
        outcomes: how many queries ended in which way.
        started: how many processes were started.
    """

    def __init__(self, data: PoolData, settings: Settings) -> None:
        self.outcomes: Counter[str] = Counter()
        self.started = 0
        self._data = data
        self._settings = settings
        self._fast = Slots(settings.fast_workers, settings.queue)
        self._slow = Slots(settings.slow_workers, settings.queue)
        self._idle: deque[QueryProcess] = deque()
        self._idle_slow: deque[QueryProcess] = deque()
        self._processes: set[QueryProcess] = set()
        self._generations: dict[QueryProcess, int] = {}
        self._generation = 0
        self._shapes = SlowShapes()
        self._cache = ResultCache(settings.cache)
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs: set[Job] = set()
        self._looks = False
        self._starting = 0
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """How many queries wait for a place."""
        return self._fast.waiting + self._slow.waiting

    @property
    def running(self) -> tuple[int, int]:
        """How many queries run in the fast and in the slow lane."""
        return self._fast.held, self._slow.held

    @property
    def processes(self) -> list[int]:
        """The process ids."""
        return [one.pid for one in self._processes if not one.is_gone]

    @property
    def is_ready(self) -> bool:
        """Whether a query would be answered."""
        return not self._is_closed and (bool(self._processes) or self._starting > 0)

    async def start(self) -> None:
        """Start the processes of the fast lane.

        Raises:
            LodError: one cannot be started, or the data cannot be read.
        """
        count = self._settings.fast_workers
        self._idle.extend(await asyncio.gather(*(self._new() for _ in range(count))))
        self._refill()

    async def close(self) -> None:
        """End all processes."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(one.close() for one in list(self._processes)))

    def kill(self) -> None:
        """End all processes at once, when no event loop runs any more."""
        for process in self._processes:
            process.kill()

    def gauges(self) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """What the metrics say: name, help, labels, value."""
        for kind, count in sorted(self.outcomes.items()):
            yield "lod_queries_total", "Queries by how they ended.", {"outcome": kind}, count
        for lane, held in zip(("fast", "slow"), self.running, strict=True):
            yield "lod_queries_running", "Queries that run.", {"lane": lane}, held
        hits = self._cache.hits
        yield "lod_query_cache_hits_total", "Queries answered from the cache.", {}, hits
        yield "lod_queries_waiting", "Queries that wait for a process.", {}, self.waiting
        yield "lod_query_processes", "Query processes.", {}, len(self.processes)
        yield (
            "lod_query_processes_started_total",
            "Query processes that were started.",
            {},
            self.started,
        )

    async def replace(self, data: PoolData) -> None:
        """Ask the queries of other data from now on; those that run end with the old.

        Raises:
            LodError: the data cannot be read; the old is kept.
        """
        before, self._data = self._data, data
        self._generation += 1
        try:
            first = await self._new()
        except LodError:
            self._data = before
            raise
        self._cache.clear()
        old = [*self._idle, *self._idle_slow]
        self._idle = deque([first])
        self._idle_slow.clear()
        await asyncio.gather(*(self._end(one) for one in old))
        self._refill()

    async def run(
        self, task: QueryTask | ResultTask, gone: Callable[[], Awaitable[None]] | None = None
    ) -> Answer:
        """Run a query.

        Args:
            task: the query, or a result to be written anew.
            gone: ends when nobody waits for the answer any more.

        Returns:
            What came of it; whatever happens to its process, there is an answer.
        """
        kept = task if isinstance(task, QueryTask) and not task.only_check else None
        if kept is not None and (known := self._cache.find(kept)) is not None:
            self.outcomes["ok"] += 1
            return known
        generation = self._generation
        answer = await self._run(task, gone)
        for _ in range(_MOST_TRIES):
            if answer.kind == "killed":  # its process, most likely before it had the query
                answer = await self._run(task, gone)
        if answer.kind == "killed":
            answer = replace(answer, kind="memory")
        self.outcomes[answer.kind] += 1
        if kept is not None and answer.kind == "ok" and generation == self._generation:
            self._cache.keep(kept, answer)
        return answer

    async def _run(
        self, task: QueryTask | ResultTask, gone: Callable[[], Awaitable[None]] | None
    ) -> Answer:
        is_slow = self._shapes.expects_slow(task.text)
        slots = self._slow if is_slow else self._fast
        if not await slots.take(self._settings.queue_seconds):
            return BUSY
        try:
            process = await self._take(is_slow)
        except BaseException as error:
            slots.give()
            if isinstance(error, LodError):
                return Answer("ended", message="The query engine cannot be started.")
            raise
        job = Job(process, task, time.monotonic(), process.seconds_used(), is_slow, gone)
        self._jobs.add(job)
        self._look_later()
        try:
            fields = await process.ask(*task.request(self._settings.limits))
            return explained(Answer(*fields), self._settings.limits)
        except WorkerGoneError as error:
            answer = ended(job.stopped or error.reason)
            if answer.kind == "killed" and time.monotonic() - job.started > _AT_ONCE:
                return replace(answer, kind="memory")
            return explained(answer, self._settings.limits)
        except BaseException:
            job.stop("gone")  # the rest of its answer must not meet the next question
            raise
        finally:
            self._jobs.discard(job)
            job.over()
            self._release(job)

    def _look_later(self) -> None:
        if not self._looks:
            self._looks = True
            asyncio.get_running_loop().call_later(_LOOK, self._look)

    def _look(self) -> None:
        """See how long the queries run: all at once, as timers of their own would cost more."""
        self._looks = False
        now = time.monotonic()
        seconds = self._settings.limits.seconds
        for job in list(self._jobs):
            took = now - job.started
            if job.stopped:
                continue
            if seconds is not None and took >= seconds:
                job.stop("seconds")
            elif took >= self._settings.slow_after:
                job.watch_client()
                self._look_whether_slow(job)
        if self._jobs and not self._is_closed:
            self._look_later()

    def _look_whether_slow(self, job: Job) -> None:
        """A query has run for a moment."""
        if job.is_slow:
            return
        if self._settings.slow_after - job.seconds_used() > _A_MOMENT:
            return  # it waited for a processor: the machine is slow, not the query
        self._shapes.note(job.task.text, is_slow=True)
        if not self._slow.try_take():
            job.stop("busy")
            return
        job.is_slow = True
        job.process.give_way()
        self._fast.give()
        self._refill()

    def _release(self, job: Job) -> None:
        """A query is over: its process and its place are free."""
        process = job.process
        if job.is_slow and not job.stopped and job.seconds_used() < self._settings.slow_after:
            self._shapes.note(job.task.text, is_slow=False)
        is_current = self._generations.get(process) == self._generation
        idle = self._idle_slow if job.is_slow else self._idle
        if process.is_gone or not is_current or (len(idle) >= self._settings.slow_workers + 8):
            self._later(self._end(process))
        else:
            idle.append(process)
        (self._slow if job.is_slow else self._fast).give()
        self._refill()

    async def _take(self, is_slow: bool) -> QueryProcess:
        """A process that stands ready, or a new one."""
        idle = self._idle_slow if is_slow else self._idle
        while idle:
            process = idle.pop()  # the last one used has the data at hand
            if not process.is_gone:
                return process
            self._later(self._end(process))
        process = await self._new()
        if is_slow:
            process.give_way()
        return process

    def _refill(self) -> None:
        """Have as many processes ready in the fast lane as may be asked for, and one to spare."""
        free = self._fast.places - self._fast.held
        missing = free + _SPARE - len(self._idle) - self._starting
        for _ in range(missing if not self._is_closed else 0):
            self._starting += 1
            self._later(self._add())

    async def _add(self) -> None:
        try:
            # What cannot be started now is tried again by the query that needs it.
            with contextlib.suppress(LodError):
                self._idle.append(await self._new())
        finally:
            self._starting -= 1

    async def _new(self) -> QueryProcess:
        data, generation = self._data, self._generation
        process = await QueryProcess.start()
        self.started += 1
        self._processes.add(process)
        self._generations[process] = generation
        try:
            await process.ask("known", data.base, dict(data.prefixes))
            if data.store is not None:
                answer = await process.ask("open", str(data.store))
            else:
                answer = await process.ask("load", data.quads)
            if answer[0] != "done":
                raise QueryError(f"The data could not be loaded: {Answer(*answer).message}.")
        except BaseException as error:
            await self._end(process)
            if isinstance(error, WorkerGoneError):
                raise QueryError(
                    "The data could not be loaded; most likely memory ran out.",
                    hint=error.said.decode(errors="replace").strip()[-500:] or None,
                ) from None
            raise
        return process

    async def _end(self, process: QueryProcess) -> None:
        self._processes.discard(process)
        self._generations.pop(process, None)
        await process.close()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
