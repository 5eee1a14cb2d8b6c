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
        self._waiting: deque[asyncio.Future[None]] = deque()

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
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(seconds):
                await turn
        except TimeoutError:
            return self._withdraw(turn)
        except asyncio.CancelledError:
            if self._withdraw(turn):
                self.give()
            raise
        return True

    def _withdraw(self, turn: asyncio.Future[None]) -> bool:
        """Leave the queue; whether the place had been given in the meantime."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        return turn.done() and not turn.cancelled()

    def give(self) -> None:
        """Give a place back: to the next who waits, if any."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)  # the place changes hands
                return
        self.held -= 1
