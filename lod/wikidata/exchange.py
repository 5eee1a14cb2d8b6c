"""Requests on their way: from the cache, or sent, repeated, kept; a few at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from lod.http.retry import Retry
from lod.wikidata.cache import Cache
from lod.wikidata.transport import Answer, Request, Transport

T = TypeVar("T")
U = TypeVar("U")


@dataclass(slots=True)
class Traffic:
    """What a client has done so far.

    Attributes:
        sent: requests sent, repetitions included; redirects are not counted.
        cached: answers that came from the cache.
    """

    sent: int = 0
    cached: int = 0


class Exchange:
    """Asks and gets answered. Several threads may use it.

    Args:
        transport: sends a request once.
        retry: repeats it.
        cache: keeps answers, or None.
        max_age: seconds for which a kept answer is good; 0 asks anew.

    Attributes:
        traffic: what was sent so far.
    """

    def __init__(
        self, transport: Transport, retry: Retry, cache: Cache | None, max_age: float
    ) -> None:
        self.traffic = Traffic()
        self.transport = transport
        self.cache = cache
        self._retry = retry
        self._max_age = max_age
        self._lock = threading.Lock()

    def ask(self, request: Request, read: Callable[[Answer], T]) -> T:
        """The answer to a request as `read` reads it, from the cache or from the server.

        Only what `read` accepts is kept: no error, no half answer.
        """
        if self.cache is not None and self._max_age > 0:
            cached = self.cache.get(request, self._max_age)
            if cached is not None:
                with self._lock:
                    self.traffic.cached += 1
                return read(Answer(request.url, cached.body))

        def attempt() -> tuple[Answer, T]:
            with self._lock:
                self.traffic.sent += 1
            answer = self.transport.send(request)
            return answer, read(answer)

        answer, value = self._retry.run(attempt)
        if self.cache is not None:
            self.cache.put(request, answer.body)
        return value

    def at_once(self, work: Callable[[T], U], arguments: Sequence[T]) -> list[U]:
        """Do some work for each argument, a few at a time; the first error ends the rest."""
        if len(arguments) < 2:
            return [work(argument) for argument in arguments]
        pool = ThreadPoolExecutor(self._retry.limits.parallel)
        try:
            return list(pool.map(work, arguments))
        finally:
            pool.shutdown(cancel_futures=True)
