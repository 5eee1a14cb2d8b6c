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
import os
import re
import socket
import subprocess
import sys
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from lod.errors import LodError, QueryError
from lod.query.answers import PROGRAM, Answer, QueryTask, ResultTask, stopped
from lod.query.process import WorkerGoneError, start_worker
from lod.query.worker import HEAD, packed, unpacked
from lod.server.settings import Settings

#: The answer where too much is asked at once.
BUSY = Answer("busy", message="Too many queries run at once.", hint="Ask again in a moment.")
_N_QUADS = "application/n-quads"
_SPARE = 1
_A_MOMENT = 0.01
#: Seconds between two looks at the queries that run.
_LOOK = 0.02
#: Seconds after which a process that was killed was killed for its query.
_AT_ONCE = 0.2
_MOST_TRIES = 5
_MOST_SAID = 64 * 1024
_BUFFER = 1 << 20
_LOW_PRIORITY = 19


class PoolData(Struct, frozen=True):
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


class Slots:
    """Places that only so many may hold at once, with a queue that has an end.

    Args:
        places: how many there are.
        queue: how many may wait for one.
    """

    def __init__(self, places: int, queue: int) -> None:
        self.places = places
        self.held = 0
        self._queue = queue
        self._waiting: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    def try_take(self) -> bool:
        """Take a place if one is free."""
        is_free = self.held < self.places
        self.held += is_free
        return is_free

    async def take(self, seconds: float) -> bool:
        """Take a place, waiting for one; False where the queue is full or the wait too long."""
        if self.try_take():
            return True
        if len(self._waiting) >= self._queue:
            return False
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        has_place = False
        try:
            await asyncio.wait((turn,), timeout=seconds)
            has_place = turn.done()
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not has_place:  # it was given, but who waited was cancelled before it knew
                self.give()
        return has_place

    def give(self) -> None:
        """Give a place back: to the next who waits, if any."""
        if self._waiting:
            self._waiting.popleft().set_result(None)  # the place changes hands
        else:
            self.held -= 1


class SlowShapes:
    """Remembers which kinds of queries were slow, so that the next one stands in nobody's way.

    Args:
        seconds: how long one is remembered.
        clock: gives the time in seconds.
    """

    #: A query longer than this is never looked at as one that is soon over.
    LONG = 20_000
    _MOST = 2_000
    _DETAILS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|<[^<>\s]*>|[0-9]+|\s+")

    def __init__(self, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: OrderedDict[str, float] = OrderedDict()

    @classmethod
    def of(cls, text: str) -> str:
        """A query without its details: texts, IRIs and numbers.

        >>> SlowShapes.of('ASK { ?s <https://e.org/p> "x", 12 }')
        'ASK{?s,}'
        """
        return cls._DETAILS.sub("", text)

    def note(self, text: str, *, is_slow: bool) -> None:
        """Remember how a query was, or that it is slow no more."""
        if len(text) > self.LONG:
            return
        shape = self.of(text)
        self._until.pop(shape, None)
        if is_slow:
            self._until[shape] = self._clock() + self._seconds
            if len(self._until) > self._MOST:
                self._until.popitem(last=False)

    def expects_slow(self, text: str) -> bool:
        """Whether a query is like one that was slow, or too long to tell."""
        if len(text) > self.LONG:
            return True
        return bool(self._until) and self._until.get(self.of(text), float("-inf")) >= self._clock()


class ResultCache:
    """Keeps the results that were used last; the data does not change under them.

    Args:
        size: bytes of queries and results that are kept; 0 keeps nothing.

    Attributes:
        hits: how many queries were answered from it.
    """

    _LARGE = 256 * 1024
    _OVERHEAD = 1000

    def __init__(self, size: int) -> None:
        self.hits = 0
        self._size = size
        self._held = 0
        self._known: OrderedDict[QueryTask, Answer] = OrderedDict()

    def find(self, task: QueryTask) -> Answer | None:
        """The answer to a query, or None."""
        answer = self._known.get(task)
        if answer is not None:
            self.hits += 1
            self._known.move_to_end(task)
        return answer

    def keep(self, task: QueryTask, answer: Answer) -> None:
        """Keep an answer that would be the same if the query was asked again."""
        size = self._size_of(task, answer)
        if not answer.is_stable or size > min(self._LARGE, self._size) or task in self._known:
            return
        self._known[task] = answer
        self._held += size
        while self._held > self._size:
            self._held -= self._size_of(*self._known.popitem(last=False))

    def clear(self) -> None:
        """Forget everything: the data is another."""
        self._known.clear()
        self._held = 0

    def _size_of(self, task: QueryTask, answer: Answer) -> int:
        return 4 * len(task.text) + len(answer.body) + self._OVERHEAD


class _Worker:
    """A process that answers queries, one at a time; killed when it must be.

    Args:
        process: it.
        reader: gives its answers.
        writer: takes the requests.
        data: what it holds.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        data: PoolData,
    ) -> None:
        self.data = data
        self.pid = process.pid
        self._process = process
        self._reader = reader
        self._writer = writer
        self._has_ended = False

    @classmethod
    async def start(cls, data: PoolData) -> _Worker:
        """Start one, without the data.

        Raises:
            QueryError: it cannot be started.
        """
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.to_thread(
                start_worker,
                ["-c", PROGRAM, str(Path(__file__).parents[2])],
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                process_group=0,  # Ctrl-C is for the server, which ends its processes itself
            )
        except QueryError:
            ours.close()
            raise
        finally:
            theirs.close()
        return cls(process, *await asyncio.open_connection(sock=ours, limit=_BUFFER), data)

    @property
    def is_gone(self) -> bool:
        """Whether it ended."""
        is_cut = self._reader.at_eof() or self._reader.exception() is not None
        return self._has_ended or is_cut

    def seconds_used(self) -> float:
        """Seconds of processor time that it has had; of any clock where that is not known."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):  # it ended
                # The clock of another process, as clock_getcpuclockid(3) makes it.
                return time.clock_gettime((~self.pid << 3) | 2)
        return time.monotonic()

    async def ask(self, *request: Any) -> tuple[Any, ...]:
        """Ask something.

        Raises:
            WorkerGoneError: it ended before it answered.
        """
        try:
            self._writer.write(packed(request))
            head = await self._reader.readexactly(HEAD)
            return unpacked(await self._reader.readexactly(int.from_bytes(head, "big")))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise await self._last_words() from None

    def give_way(self) -> None:
        """Let everything else run before it, which cannot be taken back."""
        with contextlib.suppress(OSError):  # it ended by itself
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOW_PRIORITY)
            if sys.platform == "linux":  # what runs only where nothing else would
                os.sched_setscheduler(self.pid, os.SCHED_IDLE, os.sched_param(0))

    def kill(self) -> None:
        """End it now, whatever it does."""
        self._has_ended = True
        self._process.kill()

    async def close(self) -> None:
        """End it and wait until it has ended."""
        self.kill()
        await self._last_words()

    async def _last_words(self) -> WorkerGoneError:
        """How it ended."""
        self._has_ended = True
        code, said = await asyncio.to_thread(self._reap)
        self._writer.close()
        return WorkerGoneError(code, said)

    def _reap(self) -> tuple[int, bytes]:
        said = b""
        stream = self._process.stderr
        if stream is not None and not stream.closed:
            with stream:
                said = stream.read(_MOST_SAID)
        return self._process.wait(), said


class _Lane(Slots):
    """Places for queries, and the processes that wait for them."""

    def __init__(self, places: int, queue: int) -> None:
        super().__init__(places, queue)
        self.idle: list[_Worker] = []


class _Job(Struct, eq=False):
    """A query that runs.

    Attributes:
        worker: where.
        text: of the query.
        lane: whose place it holds.
        started: when, in seconds of the monotonic clock.
        used: seconds of processor time that its process had had by then.
        gone: ends when nobody waits for the answer any more; None where nobody can tell.
        stopped: why its process was killed, or "".
        watch: waits for the client to go away.
    """

    worker: _Worker
    text: str
    lane: _Lane
    started: float
    used: float
    gone: Callable[[], Awaitable[None]] | None
    stopped: str = ""
    watch: asyncio.Task[None] | None = None

    def seconds_used(self) -> float:
        """Seconds of processor time that it took so far."""
        return self.worker.seconds_used() - self.used

    def stop(self, reason: str) -> None:
        """Kill it."""
        self.stopped = self.stopped or reason
        self.worker.kill()

    async def stop_when_gone(self, gone: Callable[[], Awaitable[None]]) -> None:
        """Stop it once nobody waits for it any more."""
        await gone()
        self.stop("gone")


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
        self._fast = _Lane(settings.fast_workers, settings.queue)
        self._slow = _Lane(settings.slow_workers, settings.queue)
        self._workers: set[_Worker] = set()
        self._shapes = SlowShapes()
        self._cache = ResultCache(settings.cache)
        self._tasks: set[asyncio.Task[None]] = set()
        self._jobs: set[_Job] = set()
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
        return [one.pid for one in self._workers if not one.is_gone]

    @property
    def is_ready(self) -> bool:
        """Whether a query would be answered."""
        return not self._is_closed and (bool(self._workers) or self._starting > 0)

    async def start(self) -> None:
        """Start the processes of the fast lane.

        Raises:
            LodError: one cannot be started, or the data cannot be read.
        """
        count = self._settings.fast_workers
        self._fast.idle += await asyncio.gather(*(self._new() for _ in range(count)))
        self._refill()

    async def close(self) -> None:
        """End all processes."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(one.close() for one in list(self._workers)))

    def kill(self) -> None:
        """End all processes at once, when no event loop runs any more."""
        for worker in self._workers:
            worker.kill()

    def gauges(self) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """What the metrics say: name, help, labels, value."""
        for kind, count in sorted(self.outcomes.items()):
            yield "lod_queries_total", "Queries by how they ended.", {"outcome": kind}, count
        for lane, held in zip(("fast", "slow"), self.running, strict=True):
            yield "lod_queries_running", "Queries that run.", {"lane": lane}, held
        for name, help_, value in (
            ("lod_query_cache_hits_total", "Queries answered from the cache.", self._cache.hits),
            ("lod_queries_waiting", "Queries that wait for a process.", self.waiting),
            ("lod_query_processes", "Query processes.", len(self.processes)),
            (
                "lod_query_processes_started_total",
                "Query processes that were started.",
                self.started,
            ),
        ):
            yield name, help_, {}, value

    async def replace(self, data: PoolData) -> None:
        """Ask the queries of other data from now on; those that run end with the old.

        Raises:
            LodError: the data cannot be read; the old is kept.
        """
        before, self._data = self._data, data
        try:
            first = await self._new()
        except LodError:
            self._data = before
            raise
        self._cache.clear()
        old = [*self._fast.idle, *self._slow.idle]
        self._fast.idle, self._slow.idle = [first], []
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
        data = self._data
        answer = await self._run(task, gone)
        for _ in range(_MOST_TRIES):
            if answer.kind == "outside":  # its process, most likely before it had the query
                answer = await self._run(task, gone)
        if answer.kind == "outside":
            answer = answer._replace(kind="memory")
        self.outcomes[answer.kind] += 1
        if kept is not None and answer.kind == "ok" and data is self._data:
            self._cache.keep(kept, answer)
        return answer

    async def _run(
        self, task: QueryTask | ResultTask, gone: Callable[[], Awaitable[None]] | None
    ) -> Answer:
        operation, text = ("query", task.text) if isinstance(task, QueryTask) else ("convert", "")
        lane = self._slow if self._shapes.expects_slow(text) else self._fast
        if not await lane.take(self._settings.queue_seconds):
            return BUSY
        try:
            worker = await self._take(lane)
        except BaseException as error:
            lane.give()
            if isinstance(error, LodError):
                return Answer("ended", message="The query engine cannot be started.")
            raise
        limits = self._settings.limits
        job = _Job(worker, text, lane, time.monotonic(), worker.seconds_used(), gone)
        self._jobs.add(job)
        self._look_later()
        try:
            return Answer(*await worker.ask(operation, tuple(task), limits.fields))
        except WorkerGoneError as error:
            answer = stopped(job.stopped or error.reason, limits)
            took = time.monotonic() - job.started
            is_its_own = answer.kind == "outside" and took > _AT_ONCE
            return answer._replace(kind="memory") if is_its_own else answer
        except BaseException:
            job.stop("gone")  # the rest of its answer must not meet the next question
            raise
        finally:
            self._jobs.discard(job)
            if job.watch is not None:
                job.watch.cancel()
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
                if job.gone is not None and job.watch is None:
                    job.watch = asyncio.ensure_future(job.stop_when_gone(job.gone))
                self._look_whether_slow(job)
        if self._jobs and not self._is_closed:
            self._look_later()

    def _look_whether_slow(self, job: _Job) -> None:
        """A query has run for a moment."""
        # One that waited for a processor is not slow: the machine is.
        waited = self._settings.slow_after - job.seconds_used() > _A_MOMENT
        if job.lane is self._slow or waited:
            return
        if job.text:
            self._shapes.note(job.text, is_slow=True)
        if not self._slow.try_take():
            job.stop("busy")
            return
        job.lane = self._slow
        job.worker.give_way()
        self._fast.give()
        self._refill()

    def _release(self, job: _Job) -> None:
        """A query is over: its process and its place are free."""
        worker, lane = job.worker, job.lane
        is_slow = lane is self._slow and not job.stopped
        if is_slow and job.seconds_used() < self._settings.slow_after:
            self._shapes.note(job.text, is_slow=False)
        is_old = worker.is_gone or worker.data is not self._data
        if is_old or len(lane.idle) >= self._settings.slow_workers + 8:
            self._later(self._end(worker))
        else:
            lane.idle.append(worker)
        lane.give()
        self._refill()

    async def _take(self, lane: _Lane) -> _Worker:
        """A process that stands ready, or a new one."""
        while lane.idle:
            worker = lane.idle.pop()  # the last one used has the data at hand
            if not worker.is_gone:
                return worker
            self._later(self._end(worker))
        worker = await self._new()
        if lane is self._slow:
            worker.give_way()
        return worker

    def _refill(self) -> None:
        """Have as many processes ready in the fast lane as may be asked for, and one to spare."""
        free = self._fast.places - self._fast.held
        missing = free + _SPARE - len(self._fast.idle) - self._starting
        for _ in range(missing if not self._is_closed else 0):
            self._starting += 1
            self._later(self._add())

    async def _add(self) -> None:
        try:
            # What cannot be started now is tried again by the query that needs it.
            with contextlib.suppress(LodError):
                self._fast.idle.append(await self._new())
        finally:
            self._starting -= 1

    async def _new(self) -> _Worker:
        data = self._data
        worker = await _Worker.start(data)
        self.started += 1
        self._workers.add(worker)
        try:
            await worker.ask("context", data.base, dict(data.prefixes))
            if data.store is not None:
                kind, *said = await worker.ask("open", str(data.store))
            else:
                kind, *said = await worker.ask("load", data.quads, _N_QUADS, None)
                if kind == "done":
                    kind, *said = await worker.ask("unite")
            if kind != "done":
                raise QueryError(f"The data could not be loaded: {said[0]}.")
        except BaseException as error:
            await self._end(worker)
            if isinstance(error, WorkerGoneError):
                raise QueryError(
                    "The data could not be loaded; most likely memory ran out.",
                    hint=error.said.decode(errors="replace").strip()[-500:] or None,
                ) from None
            raise
        return worker

    async def _end(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        await worker.close()

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
