"""The child process that runs the queries of a server: looked at, under limits, one at a time.

Everything that a query can make expensive is done here, where it can be killed: taking the text
apart, finding what is wrong with it, evaluating it, writing the result. Messages are those of
`lod.query.worker`. Requests: ("load", N-Quads) · ("open", folder) · ("known", base, prefixes) ·
("query", task, limits) · ("convert", task, limits). Answers: ("done",) or the fields of an
`Answer`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lod.errors import FormatError, LodError, QueryError, QueryRefusedError
from lod.query.checked import CheckedQuery, check_query
from lod.query.result import QueryResult, RawRow, named_in_order
from lod.query.worker import Seal, receive, send
from lod.server.known_queries import KnownQueries, Looked
from lod.server.query_task import Answer, QueryTask, ResultTask

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
        self._most: int | None = None
        self._form = ""
        self._is_stable = False
        self._base: str | None = None
        self._prefixes: dict[str, str] = {}
        self._known = KnownQueries({})
        self._formats = {
            "json": pyoxigraph.QueryResultsFormat.JSON,
            "xml": pyoxigraph.QueryResultsFormat.XML,
            "csv": pyoxigraph.QueryResultsFormat.CSV,
            "tsv": pyoxigraph.QueryResultsFormat.TSV,
        }

    @property
    def is_worn(self) -> bool:
        """Whether queries left it with much memory; a new process is then the better one."""
        size = self._seal.size()
        return None not in (size, self._most) and (size or 0) > (self._most or 0)

    def answer(self, request: tuple[Any, ...]) -> tuple[Any, ...]:
        """Do what one request asks."""
        operation, *arguments = request
        if operation in ("query", "convert"):
            task, limits = arguments
            do = self._query if operation == "query" else self._convert
            return self._limited(do, task, *limits).fields()
        if operation == "load":
            self._store.load(arguments[0], self._engine.RdfFormat.N_QUADS)
        elif operation == "open":
            self._store = self._engine.Store.read_only(arguments[0])
            self._seal.opens_files = True
        else:
            base, self._prefixes = arguments
            self._base = base or None
            self._known = KnownQueries(self._prefixes)
        return ("done",)

    def _limited(
        self,
        do: Callable[[tuple[Any, ...], int | None, int | None], Answer],
        task: tuple[Any, ...],
        seconds: float | None,
        rows: int | None,
        size: int | None,
        memory: int | None,
    ) -> Answer:
        """Do one task under limits."""
        if self._most is None and memory is not None and (now := self._seal.size()) is not None:
            self._most = now + memory // 2
        self._seal.close(seconds, memory)
        self._form, self._is_stable = "", False
        try:
            answer = do(task, rows, size)
        except QueryRefusedError as error:
            return Answer("refused", self._form, message=error.message, hint=error.hint)
        except QueryError as error:
            return Answer("malformed", self._form, message=error.message, hint=error.hint)
        except LodError as error:
            return Answer("format", self._form, message=error.message, hint=error.hint)
        except MemoryError:
            return Answer("memory", self._form)
        except _TooLargeError:
            return Answer("bytes", self._form)
        except (ValueError, OSError, RuntimeError) as error:
            return Answer("failed", self._form, message=str(error))
        if answer.kind != "ok":
            return answer
        etag = blake2b(answer.body, digest_size=12).hexdigest()
        return Answer("ok", answer.form, answer.format, answer.body, etag, self._is_stable)

    def _query(self, fields: tuple[Any, ...], rows: int | None, size: int | None) -> Answer:
        task = QueryTask(*fields)
        query = self._known.look(task.text)
        self._form, self._is_stable = query.form, query.is_stable
        if task.only_check:
            return self._checked(task.text)
        is_graph = query.form in ("CONSTRUCT", "DESCRIBE")
        format_ = task.graphs if is_graph else task.results
        if format_ is None:
            self._parse(check_query(task.text, self._prefixes))
            return Answer("not-acceptable", query.form)
        found = self._run(query, task)
        return (self._graph if is_graph else self._table)(found, query.form, format_, rows, size)

    def _convert(self, fields: tuple[Any, ...], rows: int | None, size: int | None) -> Answer:
        """Read a result of another store and write it anew."""
        task = ResultTask(*fields)
        self._form = task.form
        engine = self._engine
        try:
            if task.form in ("CONSTRUCT", "DESCRIBE"):
                format_ = engine.RdfFormat.from_media_type(task.media_type)
                if format_ is None:
                    raise ValueError(task.media_type)
                triples = (
                    quad.triple for quad in engine.parse(task.data, format=format_, lenient=True)
                )
                return self._graph(triples, task.form, task.format, rows, size)
            found = engine.parse_query_results(task.data, engine.QueryResultsFormat.JSON)
            return self._table(found, task.form, task.format, rows, size)
        except (SyntaxError, ValueError):
            said = "The store gave no result: what it answered is malformed."
            return Answer("upstream", task.form, message=said)

    def _checked(self, text: str) -> Answer:
        from lod.server.portable_query import portable

        query = check_query(text, self._prefixes)
        self._parse(query)
        return Answer("ok", query.form, body=portable(query).encode())

    def _parse(self, query: CheckedQuery) -> None:
        """Make sure that a query is well-formed; there is no data, so nothing is found."""
        try:
            self._engine.Store().query(
                query.text, prefixes=dict(query.prefixes), base_iri=self._base
            )
        except SyntaxError as error:
            raise self._diagnosis(query, error) from None

    def _run(self, query: Looked, task: QueryTask) -> Any:
        node = self._engine.NamedNode
        default, named = task.default_graphs, task.named_graphs
        is_restricted = default is not None or named is not None
        try:
            return self._store.query(
                query.text,
                prefixes=query.prefixes,
                base_iri=self._base,
                use_default_graph_as_union=not is_restricted,
                # Where a dataset is given, it is whole: what it does not name is not there.
                default_graph=[node(one) for one in default or ()] if is_restricted else None,
                named_graphs=[node(one) for one in named or ()] if is_restricted else None,
            )
        except SyntaxError as error:
            raise self._diagnosis(check_query(task.text, self._prefixes), error) from None

    def _diagnosis(self, query: CheckedQuery, error: SyntaxError) -> QueryError:
        from lod.query.diagnosis import diagnose

        def probe(text: str) -> str | None:
            try:
                self._engine.Store().query(text, prefixes=dict(query.prefixes), base_iri=self._base)
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
        lines: list[RawRow] = []
        total = 0
        for number, triple in enumerate(found, 1):
            if rows is not None and number > rows:
                return Answer("rows", form)
            line = str(triple.subject), str(triple.predicate), str(triple.object)
            lines.append(line)
            total += sum(map(len, line)) + 5
            if size is not None and total > size:
                return Answer("bytes", form)
        lines = named_in_order(lines)
        if format_ == "n-triples":
            body = "".join(sorted({f"{s} {p} {o} .\n" for s, p, o in lines})).encode()
        else:
            base = self._base or ""
            result = QueryResult(form, raw=lines, base=base, prefixes=self._prefixes)
            body = result.serialize(format_).encode()
        if size is not None and len(body) > size:
            return Answer("bytes", form)
        return Answer("ok", form, format_, body)


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
    import lod.query.writers
    import lod.server.portable_query  # noqa: F401
    from lod.dataset.jsonld_context import shipped_context

    shipped_context()
    worker = QueryWorker()
    while not worker.is_worn and (request := receive(sys.stdin.buffer)) is not None:
        try:
            answer = worker.answer(request)
        except MemoryError:
            answer = Answer("memory").fields()
        except Exception as error:
            answer = Answer("failed", message=str(error)).fields()
        send(sys.stdout.buffer, answer)
