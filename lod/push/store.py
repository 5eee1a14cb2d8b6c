"""Opens a store: finds out how it is written to and read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType

from lod.http.limits import NetworkLimits
from lod.push.address import check_address
from lod.push.errors import StoreError
from lod.push.graph_store import GraphStoreWriter
from lod.push.reader import Reader, find_query_address
from lod.push.transport import Transport
from lod.push.update import UpdateWriter, takes_update


class Via(StrEnum):
    """How a store is written to."""

    AUTO = "auto"
    GSP = "gsp"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Target:
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


class Store:
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

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._transport.close()

    def _find_writer(self) -> GraphStoreWriter | UpdateWriter:
        address, via = self.target.address, self.target.via
        if via is not Via.GSP:
            answer = takes_update(self._transport, address)
            if answer is not None:
                return UpdateWriter(self._transport, address, answer.server)
            if via is Via.UPDATE:
                raise StoreError(
                    f"{address} does not take SPARQL Update",
                    hint="name its Update endpoint with --to; --via gsp is for a graph store",
                )
        return GraphStoreWriter(self._transport, address)

    def _find_reader(self, *, need_query: bool) -> Reader:
        graph_store = self.target.address if self.writer.name == "gsp" else None
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
