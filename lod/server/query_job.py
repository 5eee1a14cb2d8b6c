"""A query that runs in a process, and what is said of one that was stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from lod.query.limits import Limits
from lod.server.query_process import QueryProcess
from lod.server.query_task import Answer, QueryTask, ResultTask


@dataclass(slots=True, eq=False)
class Job:
    """A query that runs.

    Attributes:
        process: where.
        task: what.
        started: when, in seconds of the monotonic clock.
        used: seconds of processor time that its process had had by then.
        is_slow: whether it holds a slow place.
        gone: ends when nobody waits for the answer any more; None where nobody can tell.
        stopped: why its process was killed, or "".
        watch: waits for the client to go away.
    """

    process: QueryProcess
    task: QueryTask | ResultTask
    started: float
    used: float
    is_slow: bool
    gone: Callable[[], Awaitable[None]] | None = None
    stopped: str = ""
    watch: asyncio.Task[None] | None = None

    def seconds_used(self) -> float:
        """Seconds of processor time that it took so far."""
        return self.process.seconds_used() - self.used

    def watch_client(self) -> None:
        """Stop it when nobody waits for it any more."""
        if self.gone is not None and self.watch is None:
            self.watch = asyncio.ensure_future(_stop_when(self.gone, self))

    def stop(self, reason: str) -> None:
        """Kill it."""
        self.stopped = self.stopped or reason
        self.process.kill()

    def over(self) -> None:
        """Nobody has to watch it any more."""
        if self.watch is not None:
            self.watch.cancel()


#: The answer where too much is asked at once.
BUSY = Answer("busy", message="Too many queries run at once.", hint="Ask again in a moment.")
_HINTS = {
    "seconds": "Let it match less: begin at a thing that is known, or add LIMIT.",
    "rows": "Add LIMIT and OFFSET, or select less.",
    "bytes": "Add LIMIT and OFFSET, or select less.",
    "memory": "Let it match less: begin at a thing that is known.",
}


def ended(reason: str) -> Answer:
    """The answer to a query whose process ended, for that reason."""
    if reason in ("seconds", "memory"):
        return Answer(reason)
    if reason == "busy":
        return Answer(
            "busy",
            message="Too many long queries run at once.",
            hint="Ask again in a moment, or let the query match less.",
        )
    if reason == "outside":
        return Answer(
            "killed",
            message="The query was stopped from outside, most likely as memory ran out.",
            hint=_HINTS["memory"],
        )
    return Answer(
        "ended",
        message="The query engine came to a sudden end; the query may nest too deep.",
        hint="Write it with fewer brackets in brackets.",
    )


async def _stop_when(gone: Callable[[], Awaitable[None]], job: Job) -> None:
    await gone()
    job.stop("gone")


def explained(answer: Answer, limits: Limits) -> Answer:
    """An answer that says which limit was reached."""
    if answer.kind not in ("seconds", "rows", "bytes", "memory") or answer.message:
        return answer
    said = limits.reached(answer.kind).message
    return Answer(answer.kind, answer.form, message=said, hint=_HINTS[answer.kind])
