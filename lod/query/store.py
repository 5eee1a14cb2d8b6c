"""Datasets that can be queried, each in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import cast

from lod.errors import LodError, QueryError
from lod.namespaces import PREFIXES
from lod.query.checked import CheckedQuery, check_query
from lod.query.diagnosis import diagnose
from lod.query.disk import DiskStore, find_store, is_store
from lod.query.forms import WrittenForms
from lod.query.limits import Limits
from lod.query.process import WorkerGoneError, WorkerProcess
from lod.query.result import QueryResult, RawRow, named_in_order
from lod.query.rows import read_graph, read_table
from lod.query.sparql_tokens import Kind
from lod.rdf.dataset import Dataset
from lod.rdf.files import RdfFile, format_error, read_rdf_file

_N_QUADS = "application/n-quads"
_USUAL = Limits()
_RDF_TERM_NAMES = ("subject", "predicate", "object")


class QueryStore(AbstractContextManager["QueryStore"]):
    """Data that can be queried. The default graph is the union of all graphs.

    The union is a set: a triple that stands in several graphs is there once. Not so in a store on
    disk, where it is found once in each graph.

    The data is held by a child process, in memory or on disk; it is started with the first query,
    and again after a query that had to be stopped. Queries of several threads wait for each other.
    Close the store, or use it in a `with` statement, to end the process early.

    Args:
        sources: the data, as N-Quads text or files; or one store on disk and nothing else.
        base: IRI that relative IRIs in queries are resolved against, or "".
        prefixes: prefix to namespace IRI, which queries may use without declaring them.

    Raises:
        QueryError: a store on disk is put together with other data.
    """

    def __init__(
        self,
        sources: Sequence[str | RdfFile | DiskStore],
        base: str = "",
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.base = base
        self.prefixes = {**(prefixes or {}), **PREFIXES}
        self._sources = tuple(sources)
        if len(self._sources) > 1 and any(isinstance(one, DiskStore) for one in self._sources):
            raise QueryError(
                "A store on disk is asked alone, not together with other data.",
                hint="lod load puts publications into one store.",
            )
        self._forms = WrittenForms(self._sources)
        self._process: WorkerProcess | None = None
        self._lock = threading.Lock()

    def run(self, query: CheckedQuery, limits: Limits) -> QueryResult:
        """Run a query that was looked at.

        Raises:
            QueryError: it is malformed, or the engine cannot evaluate it.
            QueryLimitError: it reached a limit.
            FormatError: a file of the store is malformed.
        """
        with self._lock:
            process = self._started()
            is_answered = False
            try:
                result = self._ask(process, query, limits)
                is_answered = True
            except LodError:
                raise
            except BaseException:
                # Interrupted: the rest of the answer must not meet the next question.
                process.kill()
                raise
            finally:
                # Who has just answered need not be asked whether it is there.
                if process.was_killed or not (is_answered or process.is_running):
                    self._stop()
            return result

    def _ask(self, process: WorkerProcess, query: CheckedQuery, limits: Limits) -> QueryResult:
        process.begin(limits.seconds)
        try:
            try:
                process.send("query", query.text, query.prefixes, self.base or None, limits.fields)
                kind, *rest = process.receive()
                if kind == "syntax":
                    raise diagnose(query, rest[0], partial(self._probe, process, query))
                form, parts = kind, []
                while kind in ("select", "graph"):
                    parts.append(rest[0])
                    if not rest[1]:
                        break
                    kind, *rest = process.receive()
            except WorkerGoneError as gone:
                raise gone.as_query_error(limits) from None
        finally:
            process.end()
        if kind == "ask":
            return QueryResult(query.form, boolean=rest[0])
        if kind == "limit":
            raise limits.reached(rest[0])
        if kind == "failed":
            raise QueryError(f"The query cannot be evaluated: {rest[0]}.")
        data = b"".join(parts)
        if form == "select":
            variables, (rows, size, may_have_blanks) = read_table(data)
        else:
            variables, (rows, size, may_have_blanks) = _RDF_TERM_NAMES, read_graph(data)
        if limits.bytes is not None and size > limits.bytes:
            raise limits.reached("bytes")
        if query.selects_all:
            variables, rows = _columns_in_order(query, variables, rows)
        raw = self._forms.restore(query, variables, rows)
        if may_have_blanks:
            raw = named_in_order(raw)
        return QueryResult(query.form, variables, raw=raw, base=self.base, prefixes=self.prefixes)

    def _probe(self, process: WorkerProcess, query: CheckedQuery, text: str) -> str | None:
        """Give the engine another text to parse; its message, None if it is well."""
        process.send("probe", text, query.prefixes, self.base or None)
        return cast("str | None", process.receive()[1])

    def _started(self) -> WorkerProcess:
        if self._process is None:
            process = WorkerProcess()
            try:
                for source in self._sources:
                    _load(process, source)
                if not any(isinstance(source, DiskStore) for source in self._sources):
                    process.send("unite")
                    _wait_until_done(process)
            except BaseException:
                process.close()
                raise
            self._process = process
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def close(self) -> None:
        """End the process of the store; another query starts a new one."""
        with self._lock:
            self._stop()

    def __exit__(self, *_: object) -> None:
        self.close()


def _load(process: WorkerProcess, source: str | RdfFile | DiskStore) -> None:
    if isinstance(source, str):
        process.send("load", source.encode(), _N_QUADS, None)
    elif isinstance(source, DiskStore):
        process.send("open", str(source.data))
    else:
        process.send("load", source.data, source.format.media_type, source.base)
    _wait_until_done(process, source)


def _wait_until_done(
    process: WorkerProcess, source: str | RdfFile | DiskStore | None = None
) -> None:
    try:
        kind, *rest = process.receive()
    except WorkerGoneError as gone:
        raise QueryError(
            "The data could not be loaded; most likely memory ran out.",
            hint=gone.said.decode(errors="replace").strip() or None,
        ) from None
    if kind == "done":
        return
    if kind == "syntax" and isinstance(source, RdfFile):
        raise format_error(source, *rest)
    raise QueryError(f"The data could not be loaded: {rest[0]}.")


def _columns_in_order(
    query: CheckedQuery, variables: tuple[str, ...], rows: list[RawRow]
) -> tuple[tuple[str, ...], list[RawRow]]:
    """The columns of SELECT * in the order in which the query names them, not by alphabet."""
    names = (token.text[1:] for token in query.tokens if token.kind is Kind.VARIABLE)
    ordered = tuple(dict.fromkeys(name for name in names if name in variables))
    if ordered == variables or len(ordered) != len(variables):
        return variables, rows
    at = [variables.index(name) for name in ordered]
    return ordered, [[row[one] for one in at] for row in rows]


def open_store(source: Dataset | str | Path | Iterable[str | Path]) -> QueryStore:
    r"""Open a dataset, RDF files, or a store on disk for queries.

    Args:
        source: a dataset, the paths of RDF files of any format, whose graphs are put together, or
            the folder of a store that `lod load` made.

    Raises:
        InputError: a file or the store cannot be read.
        FormatError: the format of a file is unknown, or the file breaks a safety rule. A file
            that is malformed is found with the first query.

    >>> triple = "<https://e.org/a> <https://schema.org/name> \"A\" .\n"
    >>> with open_store(Dataset("https://e.org/", triple)) as store:
    ...     bool(run_query(store, 'ASK { <a> schema:name "A" }'))
    True
    """
    if isinstance(source, Dataset):
        return QueryStore([source.n_quads()], source.base, source.prefixes)
    paths = [source] if isinstance(source, str | Path) else source
    return QueryStore([find_store(one) if is_store(one) else read_rdf_file(one) for one in paths])


def run_query(store: QueryStore, sparql: str, *, limits: Limits | None = None) -> QueryResult:
    """Run a query under the safety rules.

    Args:
        store: what to query. The default graph is the union of its graphs; GRAPH finds each.
        sparql: SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE. The known prefixes and those of
            the dataset need no declaration, and relative IRIs are under its base.
        limits: what it may use; None for the defaults of `Limits`.

    Raises:
        QueryError: it is malformed (with line and column), or cannot be evaluated.
        QueryRefusedError: it is an update, or has SERVICE, FROM or FROM NAMED.
        QueryLimitError: it reached a limit and was stopped.
        FormatError: a file of the store is malformed.
    """
    return store.run(check_query(sparql, store.prefixes), limits or _USUAL)
