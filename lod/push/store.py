"""A store: how it is written to and read, as far as it says so when it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from types import TracebackType
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from lod.http.errors import NetworkError, TimeUpError, UnauthorizedError, WrongContentTypeError
from lod.http.retry import NetworkLimits
from lod.push.address import check_address, graph_store_beside, query_candidates, with_graph
from lod.push.transport import Answer, StoreError, Transport
from lod.push.writers import VIRTUOSO, GraphStoreWriter, UpdateWriter, takes_graphs, takes_update

if TYPE_CHECKING:
    import pyoxigraph

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.5, text/plain;q=0.4"
_NOT_FOUND = {404, 410}
_ANY_ERROR = range(400, 600)
#: How many subjects or graphs one query names.
_NAMED = 200


class Via(StrEnum):
    """How a store is written to."""

    AUTO = "auto"
    GSP = "gsp"
    UPDATE = "update"


class Target(Struct, frozen=True):
    """Which store, and how it is reached.

    Attributes:
        address: its Graph Store Protocol or its SPARQL Update endpoint.
        query: where it answers queries; looked for in the usual places where None.
        via: how it is written to; "auto" asks it.
        plain: whether a password may go over a connection that others can read.
        limits: of the requests.
    """

    address: str
    query: str | None = None
    via: Via = Via.AUTO
    plain: bool = False
    limits: NetworkLimits = field(default_factory=NetworkLimits)


class Store(AbstractContextManager["Store"]):
    """A store that can be written to and read.

    Args:
        target: which one.
        need_query: whether to insist on an address for queries where graphs cannot be read.

    Attributes:
        target: which one.
        writer: writes to it.
        reader: reads it.

    Raises:
        InputError: an address is none.
        StoreError: there is no store, or no way to read it.
        NetworkError: it cannot be reached.
    """

    def __init__(self, target: Target, *, need_query: bool = True) -> None:
        check_address(target.address, "--to")
        if target.query is not None:
            check_address(target.query, "--query")
        self.target = target
        self._transport = Transport(target.address, target.limits, plain=target.plain)
        try:
            self.writer = self._find_writer()
            self.reader = self._find_reader(need_query=need_query)
        except BaseException:
            self._transport.close()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    @property
    def chosen(self) -> str | None:
        """Why the Graph Store Protocol was chosen; None where the address itself is written to."""
        writer = self.writer
        if not isinstance(writer, GraphStoreWriter) or writer.updates is None:
            return None
        return f"Virtuoso takes graphs faster than updates, here at {writer.address}"

    def _find_writer(self) -> GraphStoreWriter | UpdateWriter:
        address, via = self.target.address, self.target.via
        if via is not Via.GSP:
            answer = takes_update(self._transport, address)
            if answer is not None:
                updates = UpdateWriter(self._transport, address, answer.server)
                beside = graph_store_beside(address) if via is Via.AUTO else None
                if beside is None or VIRTUOSO not in answer.server.lower():
                    return updates
                is_there = takes_graphs(self._transport, beside)
                return GraphStoreWriter(self._transport, beside, updates) if is_there else updates
            if via is Via.UPDATE:
                raise StoreError(
                    f"{address} does not take SPARQL Update",
                    hint="name its Update endpoint with --to; --via gsp is for a graph store",
                )
        return GraphStoreWriter(self._transport, address)

    def _find_reader(self, *, need_query: bool) -> Reader:
        graph_store = self.writer.address if isinstance(self.writer, GraphStoreWriter) else None
        if self.target.query is not None:
            reader = Reader(self._transport, self.target.query, graph_store)
            reader.check_query()
            return reader
        query = find_query_address(self._transport, self.target.address)
        if query is None and graph_store is None and need_query:
            raise StoreError(
                f"{self.target.address} takes updates, but nobody answers queries near it",
                hint="name the query endpoint with --query, so that what was sent can be checked",
            )
        return Reader(self._transport, query, graph_store)


def find_query_address(transport: Transport, address: str) -> str | None:
    """Where the store answers queries; None where it is at none of the usual places.

    Args:
        transport: the session.
        address: where the store is written to.

    Raises:
        NetworkError: the store cannot be reached.
    """
    for candidate in query_candidates(address):
        try:
            answer = _ask(transport, candidate, "ASK {}", also=_ANY_ERROR)
        except UnauthorizedError:
            continue
        except NetworkError as error:
            if error.transient or isinstance(error, TimeUpError):
                raise
            continue
        if answer.status < 300 and _is_boolean(answer):
            return candidate
    return None


class Reader:
    """Reads a store, by query or by its graphs.

    Args:
        transport: the session.
        query: where it answers queries, or None.
        graph_store: its Graph Store Protocol, or None; read in the place of queries where given.
    """

    def __init__(self, transport: Transport, query: str | None, graph_store: str | None) -> None:
        self.query = query
        self._transport = transport
        self._graph_store = graph_store

    @property
    def can_read(self) -> bool:
        """Whether there is any way to read the store."""
        return self.query is not None or self._graph_store is not None

    def check_query(self) -> None:
        """Make sure that queries are answered where they should be.

        Raises:
            StoreError: something else is there.
            NetworkError: nothing is there.
        """
        assert self.query is not None  # noqa: S101 - asked only where there is one
        if not _is_boolean(_ask(self._transport, self.query, "ASK {}")):
            raise StoreError(f"{self.query} does not answer queries as SPARQL 1.1 wants it")

    def counts(self, graphs: Sequence[str]) -> dict[str, int] | None:
        """How many triples graphs have; those without any are left out.

        Returns:
            None where the store answers no queries.

        Raises:
            NetworkError: one of its kinds.
        """
        if self.query is None:
            return None
        counts: dict[str, int] = {}
        for some in _batched(graphs):
            named = " ".join(f"<{graph}>" for graph in some)
            rows = self._select(
                "SELECT ?g (COUNT(?s) AS ?n) { GRAPH ?g { ?s ?p ?o } "
                f"VALUES ?g {{ {named} }} }} GROUP BY ?g"
            )
            for row in rows:
                if "g" in row:  # some stores give a row for no group at all
                    counts[row["g"]] = int(row["n"])
        return {graph: count for graph, count in counts.items() if count}

    def sizes(self, beginning: str) -> dict[int, int] | None:
        """How many graphs there are of each number of triples, in one query about all of them.

        Args:
            beginning: how the IRIs of the graphs begin.

        Returns:
            None where the store does not say, or not in time.

        Raises:
            TimeUpError: there is no time left.
        """
        if self.query is None:
            return None
        try:
            rows = self._select(
                "SELECT ?n (COUNT(?g) AS ?graphs) { { SELECT ?g (COUNT(?s) AS ?n) "
                "{ GRAPH ?g { ?s ?p ?o } } GROUP BY ?g } "
                f'FILTER(STRSTARTS(STR(?g), "{beginning}")) }} GROUP BY ?n',
                once=True,
            )
            return {int(row["n"]): int(row["graphs"]) for row in rows if "n" in row}
        except TimeUpError:
            raise
        except (NetworkError, ValueError, KeyError):
            return None

    def described(self, graph: str, beginning: str) -> list[str]:
        """The subjects of a graph whose IRIs have a common beginning.

        What is reported is described in the publication's own graph, so this finds the graphs of a
        publication that somebody else pushed.
        """
        if self.query is None:
            return []
        rows = self._select(
            f"SELECT DISTINCT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} "
            f'FILTER(STRSTARTS(STR(?s), "{beginning}")) }}'
        )
        return sorted(row["s"] for row in rows)

    def fetch(self, graph: str, sent: Sequence[str] = ()) -> set[str]:
        """The canonical lines of a graph; none where there is no such graph.

        Args:
            graph: its IRI.
            sent: the lines that it should have. Some stores give no more than a number of rows,
                and do not say so: then the subjects of what is missing are asked for.

        Raises:
            NetworkError: one of its kinds.
        """
        most = max(self._transport.limits.max_bytes, 8 * sum(map(len, sent)))
        if self._graph_store is not None:
            answer = self._transport.send(
                "GET",
                with_graph(self._graph_store, graph),
                accept=_TRIPLES,
                also=_NOT_FOUND,
                most=most,
            )
            found = set() if answer.status in _NOT_FOUND else _lines(answer, self._graph_store)
        else:
            found = self._construct(f"GRAPH <{graph}> {{ ?s ?p ?o }}", most)
        missing = [line for line in sent if line not in found]
        if missing and self.query is not None and (counts := self.counts([graph])) is not None:
            there = counts.get(graph, 0)
            subjects = list(dict.fromkeys(line.partition(" ")[0] for line in missing))
            for some in _batched(subjects):
                if len(found) >= there:
                    break
                named = " ".join(some)
                pattern = f"GRAPH <{graph}> {{ VALUES ?s {{ {named} }} ?s ?p ?o }}"
                found |= self._construct(pattern, most)
        return found

    def _construct(self, pattern: str, most: int) -> set[str]:
        assert self.query is not None  # noqa: S101 - there is one of the two addresses
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        answer = _ask(self._transport, self.query, query, accept=_TRIPLES, most=most)
        return _lines(answer, self.query)

    def _select(self, query: str, *, once: bool = False) -> list[dict[str, str]]:
        assert self.query is not None  # noqa: S101 - asked only where there is one
        answer = _ask(self._transport, self.query, query, once=once)
        try:
            rows = json.loads(answer.body)["results"]["bindings"]
            return [{name: str(cell["value"]) for name, cell in row.items()} for row in rows]
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise WrongContentTypeError(
                f"{self.query} answered with {answer.kind or 'no content type'} "
                "instead of SPARQL results in JSON"
            ) from None


def _ask(
    transport: Transport,
    address: str,
    query: str,
    *,
    accept: str = _RESULTS,
    also: Iterable[int] = (),
    most: int | None = None,
    once: bool = False,
) -> Answer:
    # A form: some stores hang when a query comes as it is.
    return transport.send(
        "POST",
        address,
        body={"query": query},
        accept=accept,
        also=frozenset(also),
        most=most,
        once=once,
    )


def _is_boolean(answer: Answer) -> bool:
    try:
        data: Any = json.loads(answer.body)
        return isinstance(data["boolean"], bool)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def _lines(answer: Answer, address: str) -> set[str]:
    """The canonical lines of RDF that came back."""
    import pyoxigraph

    format_ = _format(answer.kind)
    if format_ is None:
        raise WrongContentTypeError(
            f"{address} answered with {answer.kind or 'no content type'} instead of N-Triples"
        )
    try:
        parsed = pyoxigraph.parse(answer.body, format=format_)
        return {f"{quad.triple} ." for quad in parsed}
    except SyntaxError as error:
        raise WrongContentTypeError(
            f"{address} gave {format_.name} back that is not well-formed: {error.msg}"
        ) from None


def _format(kind: str) -> pyoxigraph.RdfFormat | None:
    import pyoxigraph

    if kind in ("text/plain", "application/n-triples"):
        return pyoxigraph.RdfFormat.N_TRIPLES
    found = pyoxigraph.RdfFormat.from_media_type(kind) if kind else None
    return None if found is None or kind.endswith(("xml", "json")) else found


def _batched(names: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(names), _NAMED):
        yield names[start : start + _NAMED]
