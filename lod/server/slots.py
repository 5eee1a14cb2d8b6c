"""Places that only so many may hold at once, with a queue that has an end."""

from __future__ import annotations

import asyncio
from collections import deque


class Slots:
    """A number of places.

    Args:
        places: how many there are.
        queue: how many may wait for one.
    """

    def __init__(self, places: int, queue: int) -> None:
        self.places = places
        self.held = 0
        self._queue = queue
        self._waiting: deque[asyncio.Future[bool]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    def try_take(self) -> bool:
        """Take a place if one is free."""
        if self.held >= self.places:
            return False
        self.held += 1
        return True

    async def take(self, seconds: float) -> bool:
        """Take a place, waiting for one; False where the queue is full or the wait too long."""
        if self.try_take():
            return True
        if len(self._waiting) >= self._queue:
            return False
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(turn)
        end = loop.call_later(seconds, self._withdraw, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                self.give()  # it was given in the meantime
            self._withdraw(turn)
            raise
        finally:
            end.cancel()

    def _withdraw(self, turn: asyncio.Future[bool]) -> None:
        """Leave the queue."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        if not turn.done():
            turn.set_result(False)

    def give(self) -> None:
        """Give a place back: to the next who waits, if any."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(True)  # the place changes hands
                return
        self.held -= 1
