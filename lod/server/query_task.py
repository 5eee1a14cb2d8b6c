"""What a query process is asked, and what it answers; known to both its ends."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Any

from lod.query.limits import Limits


@dataclass(frozen=True, slots=True)
class QueryTask:
    """One query to run.

    Attributes:
        text: SPARQL.
        results: format for a table or an answer ("json", "xml", "csv", "tsv"), or None where the
            client accepts none.
        graphs: format for a graph, the name of an RDF format, or None.
        default_graphs: IRIs of the graphs that make the default graph; None for all graphs.
        named_graphs: IRIs of the graphs that GRAPH finds; None for all.
        only_check: look at the query and give it as another store can run it, but run nothing.
    """

    text: str
    results: str | None = "json"
    graphs: str | None = "turtle"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    only_check: bool = False

    def request(self, limits: Limits) -> tuple[Any, ...]:
        """The task as a message of plain data."""
        return (
            "query",
            astuple(self),
            (limits.seconds, limits.rows, limits.bytes, limits.memory),
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a query.

    Attributes:
        kind: "ok", or why there is no result: "malformed", "refused", "not-acceptable", "seconds",
            "rows", "bytes", "memory", "format", "failed", "busy", "ended".
        form: SELECT, ASK, CONSTRUCT or DESCRIBE; "" where it is not known.
        format: name of the format of `body`.
        body: the result; or, for a check, the query for another store.
        etag: digest of the body.
        message: why there is no result.
        hint: what to do about it.
    """

    kind: str
    form: str = ""
    format: str = ""
    body: bytes = b""
    etag: str = ""
    message: str = ""
    hint: str | None = None
