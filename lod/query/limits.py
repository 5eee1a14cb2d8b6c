"""Limits of queries: how long a query may run, and how much it may give."""

from __future__ import annotations

from msgspec import Struct

from lod.counts import counted
from lod.errors import QueryError, QueryLimitError

_MEBIBYTE = 1 << 20


class Limits(Struct, frozen=True):
    """What one query may use. None lifts a limit.

    Attributes:
        seconds: wall time from the question to the last row.
        rows: rows of a SELECT, triples of a CONSTRUCT or DESCRIBE.
        bytes: size of the result, its terms written as N-Triples in UTF-8.
        memory: bytes of memory that the query may take beside the data. It is held on Linux; other
            systems have no such limit for a process.

    Raises:
        QueryError: a limit is not a positive number.

    >>> Limits(seconds=5).rows
    100000
    """

    seconds: float | None = 30
    rows: int | None = 100_000
    bytes: int | None = 64 * _MEBIBYTE
    memory: int | None = 1024 * _MEBIBYTE

    def __post_init__(self) -> None:
        for name in ("seconds", "rows", "bytes", "memory"):
            value = getattr(self, name)
            if value is not None and not 0 < value < float("inf"):
                raise QueryError(
                    f"The limit {name}={value} is not a positive number.",
                    hint="None lifts the limit.",
                )

    @property
    def fields(self) -> tuple[float | None, int | None, int | None, int | None]:
        """Seconds, rows, bytes and memory, as a message of plain data has them."""
        return self.seconds, self.rows, self.bytes, self.memory

    def reached(self, name: str) -> QueryLimitError:
        """The error of a query that was stopped.

        Args:
            name: the limit that it reached: seconds, rows, bytes or memory.

        >>> print(Limits(rows=10).reached("rows"))
        The query was stopped: it has more than 10 rows.
        """
        value = getattr(self, name) or 0
        size = _size(value)
        said, hint = {
            "seconds": (f"it ran for more than {counted(value, 'second')}", ""),
            "rows": (f"it has more than {counted(value, 'row')}", "; or add LIMIT"),
            "bytes": (f"its result is larger than {size}", "; or select less"),
            "memory": (f"it needs more memory than {size}", "; or let it match less"),
        }[name]
        return QueryLimitError(
            f"The query was stopped: {said}.",
            hint=f"Raise it with Limits({name}=…), --max-{name} on the command line{hint}.",
        )


def _size(number: int) -> str:
    return f"{number / _MEBIBYTE:.3g} MiB" if number >= _MEBIBYTE else counted(number, "byte")
