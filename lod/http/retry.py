"""Repeats what may succeed later, under limits: with growing waits, jitter, and as is asked."""

from __future__ import annotations

import math
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from msgspec import Struct

from lod.counts import counted
from lod.http.errors import DeadlineError, NetworkError, TimeUpError

T = TypeVar("T")
# Seconds; no timer takes less than nothing.
_SHORTEST = 0.001


class NetworkLimits(Struct, frozen=True):
    """Limits of one request, and of its repetition. Times are seconds.

    Attributes:
        connect: how long to wait for a connection.
        read: how long the server may be silent.
        deadline: how long one request may take in all, its redirects included.
        max_bytes: the largest answer, counted after decompression.
        attempts: how often one request is sent before its error is reported.
        backoff: the first wait where the server names none; doubled with each attempt.
        max_wait: the longest wait. A server that asks for more is not asked again.
        redirects: how many redirects are followed.
        parallel: how many requests are open at once.
        whole: how long all requests together may take, waits included; None for no limit. Time in
            which no request is open or waits does not count.
    """

    connect: float = 10.0
    read: float = 30.0
    deadline: float = 60.0
    max_bytes: int = 64 * 1024 * 1024
    attempts: int = 5
    backoff: float = 1.0
    max_wait: float = 120.0
    redirects: int = 5
    parallel: int = 3
    whole: float | None = None


class Retry:
    """Repeats requests under limits. Several threads may use it: they wait together.

    Args:
        limits: attempts, backoff, the longest wait, how many at once.
        sleep: waits for some seconds.
        now: the time in seconds, of any origin.
        jitter: a number from 0 to 1, another one each time.
    """

    def __init__(
        self,
        limits: NetworkLimits,
        *,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.limits = limits
        self._sleep = sleep
        self._now = now
        self._jitter = jitter
        self._slots = threading.BoundedSemaphore(limits.parallel)
        self._lock = threading.Lock()
        self._not_before = 0.0
        self._running = 0
        self._since = 0.0
        self._used = 0.0

    def run(self, attempt: Callable[[], T], *, once: bool = False) -> T:
        """Call `attempt` until it succeeds.

        Args:
            attempt: does the work once, and raises NetworkError.
            once: whether its first error is the last.

        Raises:
            TimeUpError: the time for all requests together is over.
            NetworkError: the last one, where it is not transient, the attempts are used up, or
                the server asks for a longer wait than the limit.
        """
        with self._counted():
            attempts = 1 if once else self.limits.attempts
            for number in range(1, attempts + 1):
                try:
                    with self._slots:
                        self._wait_for_turn()
                        return attempt()
                except NetworkError as error:
                    if isinstance(error, DeadlineError) and self._left() <= 0:
                        raise self._time_up(error) from error
                    if not error.transient or number == attempts:
                        raise
                    wait = self._wait_after(error, number)
                    if wait is None:
                        seconds = counted(error.retry_after or 0, "second")
                        error.hint = f"the server asks to wait {seconds}"
                        raise
                    if wait >= self._left():
                        raise self._time_up(error) from error
                    self._hold(wait)
        raise AssertionError("limits.attempts is below 1")

    def deadline(self) -> float:
        """Seconds that the next request may take: its own limit, or what is left of the whole."""
        return max(min(self.limits.deadline, self._left()), _SHORTEST)

    def _left(self) -> float:
        """Seconds that are left for all requests together."""
        if self.limits.whole is None:
            return math.inf
        with self._lock:
            running = self._now() - self._since if self._running else 0.0
            return self.limits.whole - self._used - running

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Count the time of `with`, once where several threads have it at the same time."""
        with self._lock:
            if not self._running:
                self._since = self._now()
            self._running += 1
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                if not self._running:
                    self._used += self._now() - self._since

    def _time_up(self, last: NetworkError | None = None) -> TimeUpError:
        said = f", the last with: {last.message}" if last is not None else ""
        seconds = counted(self.limits.whole or 0, "second")
        return TimeUpError(
            f"the requests had taken {seconds} in all, their limit{said}",
            hint="run it again to go on from what was done, or allow more with --max-seconds",
        )

    def _wait_after(self, error: NetworkError, number: int) -> float | None:
        """Seconds to wait, or None where the server asks for too long a wait.

        Jitter only ever adds to what the server asks.
        """
        asked = error.retry_after
        if error.least_wait:
            asked = max(asked or 0.0, error.least_wait)
        if asked is not None:
            if asked > self.limits.max_wait:
                return None
            return asked * (1 + 0.1 * self._jitter())
        longest: float = min(self.limits.backoff * 2 ** (number - 1), self.limits.max_wait)
        return longest * (0.5 + 0.5 * self._jitter())

    def _hold(self, wait: float) -> None:
        """Let nobody send anything before the wait is over: the server means all of us."""
        with self._lock:
            self._not_before = max(self._not_before, self._now() + wait)

    def _wait_for_turn(self) -> None:
        with self._lock:
            wait = self._not_before - self._now()
        if max(wait, 0.0) >= self._left():
            raise self._time_up()
        if wait > 0:
            self._sleep(wait)
