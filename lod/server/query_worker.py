"""The child process that runs the queries of a server: looked at, under limits, one at a time.

Everything that a query can make expensive is done here, where it can be killed: taking the text
apart, finding what is wrong with it, evaluating it, writing the result. Messages are those of
`lod.query.worker`. Requests: ("load", N-Quads) · ("open", folder) · ("known", base, prefixes) ·
("query", task, limits). Answers: ("done",) or the fields of an `Answer`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import astuple
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lod.errors import FormatError, LodError, QueryError, QueryRefusedError
from lod.query.checked import CheckedQuery, check_query
from lod.query.worker import Seal, receive, send
from lod.server.query_task import Answer, QueryTask

if TYPE_CHECKING:
    from pyoxigraph import Store

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"')
# What XML 1.0 cannot hold.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class _TooLargeError(Exception):
    """A result is larger than its limit."""


class _Output:
    """Gathers a result up to a size.

    Args:
        limit: bytes, or None.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._size = 0
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._limit is not None and self._size > self._limit:
            raise _TooLargeError
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""

    def content(self) -> bytes:
        return b"".join(self._parts)


class QueryWorker:
    """Answers requests."""

    def __init__(self) -> None:
        import pyoxigraph

        self._engine = pyoxigraph
        self._store: Store = pyoxigraph.Store()
        self._seal = Seal()
        self._base: str | None = None
        self._prefixes: dict[str, str] = {}
        self._formats = {
            "json": pyoxigraph.QueryResultsFormat.JSON,
            "xml": pyoxigraph.QueryResultsFormat.XML,
            "csv": pyoxigraph.QueryResultsFormat.CSV,
            "tsv": pyoxigraph.QueryResultsFormat.TSV,
        }

    def answer(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Do what one request asks."""
        operation, *arguments = request
        if operation == "query":
            task, limits = arguments
            return astuple(self._query(QueryTask(*task), *limits))
        if operation == "load":
            self._store.load(arguments[0], self._engine.RdfFormat.N_QUADS)
        elif operation == "open":
            self._store = self._engine.Store.read_only(arguments[0])
            self._seal.opens_files = True
        else:
            base, self._prefixes = arguments
            self._base = base or None
        return ("done",)

    def _query(
        self,
        task: QueryTask,
        seconds: float | None,
        rows: int | None,
        size: int | None,
        memory: int | None,
    ) -> Answer:
        self._seal.close(seconds, memory)
        form = ""
        try:
            query = check_query(task.text, self._prefixes)
            form = query.form
            if task.only_check:
                return self._checked(query)
            is_graph = form in ("CONSTRUCT", "DESCRIBE")
            format_ = task.graphs if is_graph else task.results
            if format_ is None:
                return Answer("not-acceptable", form)
            found = self._run(query, task)
            write = self._graph if is_graph else self._table
            return self._finished(write(found, form, format_, rows, size))
        except QueryRefusedError as error:
            return Answer("refused", form, message=error.message, hint=error.hint)
        except QueryError as error:
            return Answer("malformed", form, message=error.message, hint=error.hint)
        except LodError as error:
            return Answer("format", form, message=error.message, hint=error.hint)
        except MemoryError:
            return Answer("memory", form)
        except _TooLargeError:
            return Answer("bytes", form)
        except (ValueError, OSError, RuntimeError) as error:
            return Answer("failed", form, message=str(error))

    def _checked(self, query: CheckedQuery) -> Answer:
        from lod.server.portable_query import portable

        try:
            self._engine.Store().query(
                query.text, prefixes=dict(query.prefixes), base_iri=self._base
            )
        except SyntaxError as error:
            raise self._diagnosis(query, error) from None
        return Answer("ok", query.form, body=portable(query).encode())

    def _run(self, query: CheckedQuery, task: QueryTask) -> Any:
        node = self._engine.NamedNode
        default, named = task.default_graphs, task.named_graphs
        is_restricted = default is not None or named is not None
        try:
            return self._store.query(
                query.text,
                prefixes=dict(query.prefixes),
                base_iri=self._base,
                use_default_graph_as_union=not is_restricted,
                # Where a dataset is given, it is whole: what it does not name is not there.
                default_graph=[node(one) for one in default or ()] if is_restricted else None,
                named_graphs=[node(one) for one in named or ()] if is_restricted else None,
            )
        except SyntaxError as error:
            raise self._diagnosis(query, error) from None

    def _diagnosis(self, query: CheckedQuery, error: SyntaxError) -> QueryError:
        from lod.query.diagnosis import diagnose

        def probe(text: str) -> str | None:
            try:
                self._engine.Store().query(
                    text, prefixes=dict(query.prefixes), base_iri=self._base
                )
            except SyntaxError as problem:
                return problem.msg
            return None

        return diagnose(query, error.msg, probe)

    def _table(
        self, found: Any, form: str, format_: str, rows: int | None, size: int | None
    ) -> Answer:
        output = _Output(size)
        found.serialize(output=output, format=self._formats[format_])
        body = output.content()
        if form == "SELECT" and rows is not None and _more_rows(body, format_, rows):
            return Answer("rows", form)
        if format_ == "xml":
            if _CONTROLS.search(body):
                raise FormatError(
                    "The result has a control character, which XML cannot hold.",
                    hint="Ask for JSON.",
                )
            body = body.replace(b"\r", b"&#13;")  # which a reader would take for a newline
        return Answer("ok", form, format_, body)

    def _graph(
        self, found: Any, form: str, format_: str, rows: int | None, size: int | None
    ) -> Answer:
        lines = []
        total = 0
        for number, triple in enumerate(found, 1):
            if rows is not None and number > rows:
                return Answer("rows", form)
            lines.append((str(triple.subject), str(triple.predicate), str(triple.object)))
            total += sum(map(len, lines[-1])) + 5
            if size is not None and total > size:
                return Answer("bytes", form)
        if format_ == "n-triples":
            body = "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in lines)).encode()
        else:
            from lod.query.result import QueryResult

            result = QueryResult(
                form, raw=lines, base=self._base or "", prefixes=self._prefixes
            )
            body = result.serialize(format_).encode()
        if size is not None and len(body) > size:
            return Answer("bytes", form)
        return Answer("ok", form, format_, body)

    @staticmethod
    def _finished(answer: Answer) -> Answer:
        if answer.kind != "ok":
            return answer
        digest = blake2b(answer.body, digest_size=12).hexdigest()
        return Answer("ok", answer.form, answer.format, answer.body, digest)


def _more_rows(body: bytes, format_: str, limit: int) -> bool:
    r"""Whether a table has more rows than the limit.

    >>> body = b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri"}},{}]}}'
    >>> _more_rows(body, "json", 1), _more_rows(body, "json", 2)
    (True, False)
    >>> _more_rows(b'a\r\n"x\r\ny"\r\nz\r\n', "csv", 1), _more_rows(b"?a\n1\n2\n", "tsv", 2)
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
    import lod.dataset.jsonld
    import lod.dataset.rdfxml
    import lod.dataset.serialize
    import lod.dataset.turtle
    import lod.query.diagnosis
    import lod.query.result
    import lod.query.writers
    import lod.server.portable_query  # noqa: F401

    worker = QueryWorker()
    while (request := receive(sys.stdin.buffer)) is not None:
        try:
            answer = worker.answer(request)
        except MemoryError:
            answer = astuple(Answer("memory"))
        except Exception as error:
            answer = astuple(Answer("failed", message=str(error)))
        send(sys.stdout.buffer, answer)
