"""Shows how far a long job is, where a terminal is there to see it."""

from __future__ import annotations

import sys
import time
from collections import deque
from types import TracebackType
from typing import TextIO

#: The rate is that of the last seconds: what was taken over at first says nothing of the rest.
_WINDOW = 20.0
_INTERVAL = 0.2
_MINUTE, _HOUR = 60, 3600


class Progress:
    r"""One line that is written anew: how many, how many a second, and the time left.

    Args:
        unit: what is counted, in the plural.
        stream: where to write; nothing is written where it is no terminal.

    >>> with Progress("things", open("/dev/null", "w")) as progress:
    ...     progress.update(10, 100)
    """

    def __init__(self, unit: str, stream: TextIO | None = None) -> None:
        self._unit = unit
        self._stream = stream or sys.stderr
        self.is_shown = self._stream.isatty()
        self._past: deque[tuple[float, int]] = deque()
        self._shown = float("-inf")

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def update(self, done: int, total: float | None) -> None:
        """Say how far it is.

        Args:
            done: how many are done.
            total: how many there are, by the best estimate; None where nobody knows.
        """
        if not self.is_shown:
            return
        now = time.monotonic()
        self._past.append((now, done))
        while now - self._past[0][0] > _WINDOW:
            self._past.popleft()
        if now - self._shown >= _INTERVAL:
            self._shown = now
            self._stream.write(f"\r\x1b[K{self._line(now, done, total)}")
            self._stream.flush()

    def _line(self, now: float, done: int, total: float | None) -> str:
        then, before = self._past[0]
        parts = [f"{done:,} {self._unit}"]
        if now > then and done > before:
            rate = (done - before) / (now - then)
            parts.append(f"{rate:,.0f} a second")
            if total is not None:
                parts.append(f"{duration(max(total - done, 0) / rate)} left")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """A time span in words.

    >>> duration(8.4), duration(200), duration(9000)
    ('8 s', '3 min 20 s', '2 h 30 min')
    """
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min {whole % _MINUTE} s"
    return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE} min"
