"""What a query process is asked, and what it answers; known to both its ends."""

from __future__ import annotations

from dataclasses import dataclass
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
            (
                self.text,
                self.results,
                self.graphs,
                self.default_graphs,
                self.named_graphs,
                self.only_check,
            ),
            (limits.seconds, limits.rows, limits.bytes, limits.memory),
        )


@dataclass(frozen=True, slots=True)
class ResultTask:
    """A result of another store to be read, and written in another format.

    Attributes:
        data: as the store wrote it.
        media_type: what the store says that it is.
        form: of the query.
        format: name of the format to write.
    """

    data: bytes
    media_type: str
    form: str
    format: str

    @property
    def text(self) -> str:
        """Nothing: it is no query."""
        return ""

    def request(self, limits: Limits) -> tuple[Any, ...]:
        """The task as a message of plain data."""
        return (
            "convert",
            (self.data, self.media_type, self.form, self.format),
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
        is_stable: whether the same data would give the same again.
        message: why there is no result.
        hint: what to do about it.
    """

    kind: str
    form: str = ""
    format: str = ""
    body: bytes = b""
    etag: str = ""
    is_stable: bool = False
    message: str = ""
    hint: str | None = None

    def fields(self) -> tuple[str, str, str, bytes, str, bool, str, str | None]:
        """The answer as a message of plain data."""
        return (
            self.kind,
            self.form,
            self.format,
            self.body,
            self.etag,
            self.is_stable,
            self.message,
            self.hint,
        )
