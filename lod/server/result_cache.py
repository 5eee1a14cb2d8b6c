"""Keeps results of queries that were asked before; the data does not change under them."""

from __future__ import annotations

from collections import OrderedDict

from lod.server.query_task import Answer, QueryTask

_LARGE = 256 * 1024
_OVERHEAD = 1000


class ResultCache:
    """The results that were used last.

    Args:
        size: bytes of queries and results that are kept; 0 keeps nothing.

    Attributes:
        hits: how many queries were answered from it.
    """

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
        size = _size(task, answer)
        if not answer.is_stable or size > min(_LARGE, self._size) or task in self._known:
            return
        self._known[task] = answer
        self._held += size
        while self._held > self._size:
            self._held -= _size(*self._known.popitem(last=False))

    def clear(self) -> None:
        """Forget everything: the data is another."""
        self._known.clear()
        self._held = 0


def _size(task: QueryTask, answer: Answer) -> int:
    return 4 * len(task.text) + len(answer.body) + _OVERHEAD
