"""Remembers which kinds of queries were slow, so that the next one does not stand in the way."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable

#: A query longer than this is never looked at as one that is soon over.
LONG = 20_000
_MOST = 2_000
_DETAILS = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|<[^<>\s]*>|[0-9]+|\s+")


def shape_of(text: str) -> str:
    """A query without its details: texts, IRIs and numbers.

    >>> shape_of('ASK { ?s <https://e.org/p> "x", 12 }')
    'ASK{?s,}'
    """
    return _DETAILS.sub("", text)


class SlowShapes:
    """The shapes of queries that were slow not long ago.

    Args:
        seconds: how long one is remembered.
        clock: gives the time in seconds.
    """

    def __init__(self, seconds: float = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._known: OrderedDict[str, float] = OrderedDict()

    def note(self, text: str, *, is_slow: bool) -> None:
        """Remember how a query was, or that it is slow no more."""
        if not text or len(text) > LONG:
            return
        shape = shape_of(text)
        self._known.pop(shape, None)
        if is_slow:
            self._known[shape] = self._clock() + self._seconds
            while len(self._known) > _MOST:
                self._known.popitem(last=False)

    def expects_slow(self, text: str) -> bool:
        """Whether a query is like one that was slow, or too long to tell."""
        if len(text) > LONG:
            return True
        if not text or not self._known:
            return False
        shape = shape_of(text)
        until = self._known.get(shape)
        if until is None:
            return False
        if until < self._clock():
            del self._known[shape]
            return False
        return True
