"""Queries of a server: looked at, run and written in a worker process, which can be killed.

Everything that a query can make expensive is done there: taking the text apart, finding what is
wrong with it, evaluating it, writing the result. The worker is that of `lod.query.worker`; in place
of its own it has the requests ("context", base, prefixes) · ("query", task, limits) · ("convert",
task, limits). The answer to the last two are the fields of an `Answer`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from lod.errors import FormatError, LodError, QueryError, QueryRefusedError
from lod.query.checked import CheckedQuery, check_query, portable
from lod.query.diagnosis import diagnose
from lod.query.limits import Limits
from lod.query.result import QueryResult, RawRow, named_in_order
from lod.query.worker import Worker, end_with_parent

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: What the interpreter is told to make of a worker process one that writes results: its arguments
#: are the folder of lod and that of the engine.
PROGRAM = "import sys; sys.path[:0] = sys.argv[1:]; from lod.query.answers import main; main()"
#: Forms of queries whose result is a graph.
GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"')
# What XML 1.0 cannot hold.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_LESS = "Let it match less: begin at a thing that is known."
_SELECT_LESS = "Add LIMIT and OFFSET, or select less."
#: Why a query was stopped: what is said, where no limit says it, and what to do.
_STOPPED = {
    "seconds": ("", "Let it match less: begin at a thing that is known, or add LIMIT."),
    "rows": ("", _SELECT_LESS),
    "bytes": ("", _SELECT_LESS),
    "memory": ("", _LESS),
    "busy": (
        "Too many long queries run at once.",
        "Ask again in a moment, or let the query match less.",
    ),
    "outside": ("The query was stopped from outside, most likely as memory ran out.", _LESS),
    "ended": (
        "The query engine came to a sudden end; the query may nest too deep.",
        "Write it with fewer brackets in brackets.",
    ),
}


class QueryTask(NamedTuple):
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


class ResultTask(NamedTuple):
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


class Answer(NamedTuple):
    """What came of a query.

    Attributes:
        kind: "ok", or why there is no result: "malformed", "refused", "not-acceptable", "seconds",
            "rows", "bytes", "memory", "format", "failed", "busy", "outside", "ended", "upstream".
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


def stopped(reason: str, limits: Limits, form: str = "") -> Answer:
    """The answer to a query that was stopped, or whose process ended.

    Args:
        reason: the limit that it reached, "busy", "outside" where somebody killed it, or another
            where it came to an end by itself.
        limits: that it had.
        form: of the query.
    """
    kind = reason if reason in _STOPPED else "ended"
    message, hint = _STOPPED[kind]
    return Answer(kind, form, message=message or limits.reached(kind).message, hint=hint)


class _LimitReachedError(Exception):
    """A result is larger than a limit, which is the argument."""


class _Output(BytesIO):
    """Gathers a result up to a size.

    Args:
        limit: bytes, or None.
    """

    def __init__(self, limit: int | None) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: ReadableBuffer) -> int:
        size = super().write(data)
        if self._limit is not None and self.tell() > self._limit:
            raise _LimitReachedError("bytes")
        return size


class AnsweringWorker(Worker):
    """Answers requests with results that are written."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(stream)
        self.operations |= {
            "context": self._set_context,
            "query": partial(self._answer, self._run),
            "convert": partial(self._answer, self._convert),
        }
        self._most: int | None = None
        self._form = ""
        self._is_stable = False
        self._base: str | None = None
        self._prefixes: dict[str, str] = {}

    def answer(self, operation: str, *arguments: Any) -> None:
        """Do what one request asks; end where queries left it with much memory."""
        super().answer(operation, *arguments)
        size = self.seal.size()
        if self._most is not None and size is not None and size > self._most:
            # A new process is the better one. A question that crosses its end is asked again, as
            # with any process that was killed.
            os.kill(os.getpid(), signal.SIGKILL)

    def _set_context(self, base: str, prefixes: dict[str, str]) -> None:
        self._base, self._prefixes = base or None, prefixes
        self.send("done")

    def _answer(
        self,
        do: Callable[[tuple[Any, ...], Limits], Answer],
        task: tuple[Any, ...],
        bounds: tuple[float | None, int | None, int | None, int | None],
    ) -> None:
        """Do one task under limits."""
        limits = Limits(*bounds)
        size = self.seal.size()
        if self._most is None and limits.memory is not None and size is not None:
            self._most = size + limits.memory // 2
        self.seal.close(limits.seconds, limits.memory)
        self._form, self._is_stable = "", False
        try:
            answer = do(task, limits)
        except LodError as error:
            kind = "malformed" if isinstance(error, QueryError) else "format"
            kind = "refused" if isinstance(error, QueryRefusedError) else kind
            answer = Answer(kind, self._form, message=error.message, hint=error.hint)
        except MemoryError:
            answer = stopped("memory", limits, self._form)
        except _LimitReachedError as error:
            answer = stopped(str(error), limits, self._form)
        except Exception as error:  # whatever the engine says, there is an answer
            answer = Answer("failed", self._form, message=str(error))
        if answer.kind == "ok":
            etag = blake2b(answer.body, digest_size=12).hexdigest()
            answer = answer._replace(etag=etag, is_stable=self._is_stable)
        self.send(*answer)

    def _run(self, fields: tuple[Any, ...], limits: Limits) -> Answer:
        task = QueryTask(*fields)
        query = check_query(task.text, self._prefixes)
        self._form, self._is_stable = query.form, query.is_stable
        is_graph = query.form in GRAPH_FORMS
        format_ = task.graphs if is_graph else task.results
        if task.only_check or format_ is None:
            if said := self._problem(query, query.text):
                raise diagnose(query, said, partial(self._problem, query))
            if task.only_check:
                return Answer("ok", query.form, body=portable(query).encode())
            return Answer("not-acceptable", query.form)
        found = self._found(query, task)
        return (self._graph if is_graph else self._table)(found, query.form, format_, limits)

    def _found(self, query: CheckedQuery, task: QueryTask) -> Any:
        node = self.engine.NamedNode
        default, named = task.default_graphs, task.named_graphs
        is_restricted = default is not None or named is not None
        try:
            return self.store.query(
                query.text,
                prefixes=dict(query.prefixes),
                base_iri=self._base,
                use_default_graph_as_union=not (is_restricted or self.is_united),
                # Where a dataset is given, it is whole: what it does not name is not there.
                default_graph=[node(one) for one in default or ()] if is_restricted else None,
                named_graphs=[node(one) for one in named or ()] if is_restricted else None,
            )
        except SyntaxError as error:
            raise diagnose(query, error.msg, partial(self._problem, query)) from None

    def _problem(self, query: CheckedQuery, text: str) -> str | None:
        return self.problem(text, dict(query.prefixes), self._base)

    def _convert(self, fields: tuple[Any, ...], limits: Limits) -> Answer:
        """Read a result of another store and write it anew."""
        task = ResultTask(*fields)
        self._form = task.form
        engine = self.engine
        try:
            if task.form in GRAPH_FORMS:
                format_ = engine.RdfFormat.from_media_type(task.media_type)
                if format_ is None:
                    raise ValueError(task.media_type)
                quads = engine.parse(task.data, format=format_, lenient=True)
                triples = (quad.triple for quad in quads)
                return self._graph(triples, task.form, task.format, limits)
            found = engine.parse_query_results(task.data, engine.QueryResultsFormat.JSON)
            return self._table(found, task.form, task.format, limits)
        except (SyntaxError, ValueError):
            said = "The store gave no result: what it answered is malformed."
            return Answer("upstream", task.form, message=said)

    def _table(self, found: Any, form: str, format_: str, limits: Limits) -> Answer:
        output = _Output(limits.bytes)
        results_format = getattr(self.engine.QueryResultsFormat, format_.upper())
        found.serialize(output=output, format=results_format)
        body = output.getvalue()
        if form == "SELECT" and limits.rows is not None and has_more(limits.rows, body, format_):
            raise _LimitReachedError("rows")
        if format_ == "xml":
            if _CONTROLS.search(body):
                raise FormatError(
                    "The result has a control character, which XML cannot hold.",
                    hint="Ask for JSON.",
                )
            body = body.replace(b"\r", b"&#13;")  # which a reader would take for a newline
        return Answer("ok", form, format_, body)

    def _graph(self, found: Any, form: str, format_: str, limits: Limits) -> Answer:
        lines: list[RawRow] = []
        most = float("inf") if limits.bytes is None else limits.bytes
        total = 0
        for number, triple in enumerate(found, 1):
            if limits.rows is not None and number > limits.rows:
                raise _LimitReachedError("rows")
            line = str(triple.subject), str(triple.predicate), str(triple.object)
            lines.append(line)
            total += sum(map(len, line)) + 5
            if total > most:
                raise _LimitReachedError("bytes")
        lines = named_in_order(lines)
        if format_ == "n-triples":
            body = "".join(sorted({f"{s} {p} {o} .\n" for s, p, o in lines})).encode()
        else:
            base = self._base or ""
            result = QueryResult(form, raw=lines, base=base, prefixes=self._prefixes)
            body = result.serialize(format_).encode()
        if len(body) > most:
            raise _LimitReachedError("bytes")
        return Answer("ok", form, format_, body)


def has_more(limit: int, body: bytes, format_: str) -> bool:
    r"""Whether a table, as the engine writes it, has more rows than a limit.

    Args:
        limit: a number of rows.
        body: the table.
        format_: "json", "xml", "csv" or "tsv".

    >>> body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri"}},{}]}}'
    >>> has_more(1, body, "json"), has_more(2, body, "json")
    (True, False)
    >>> has_more(1, b'a\r\n"x\r\ny"\r\nz\r\n', "csv"), has_more(2, b"?a\n1\n2\n", "tsv")
    (True, False)
    """
    if format_ == "xml":
        return body.count(b"<result>") > limit
    if format_ == "tsv":
        return body.count(b"\n") - 1 > limit
    if format_ == "csv":
        # Every other part between quotation marks is inside a cell.
        return body.count(b"\n") - 1 > limit and (
            sum(part.count(b"\n") for part in body.split(b'"')[::2]) - 1 > limit
        )
    if body.count(b"{") <= limit:
        return False
    bare = _STRINGS.sub(b"", body)  # {:{:[]},:{:[{:{:}},{}]}}
    return bare.count(b"},{") + 1 > limit


def main() -> None:
    """Answer requests until the other end is closed."""
    # What is imported later could not be: a sealed process opens no files.
    import lod.rdf.jsonld
    import lod.rdf.rdfxml
    import lod.rdf.serialize
    import lod.rdf.turtle  # noqa: F401 - as the others, to have it loaded
    from lod.rdf.jsonld_context import shipped_context

    shipped_context()
    end_with_parent()
    AnsweringWorker(sys.stdout.buffer).serve(sys.stdin.buffer)
