"""Writes by the SPARQL 1.1 Graph Store HTTP Protocol: a PUT for each graph."""

from __future__ import annotations

from collections.abc import Sequence

from lod.http.errors import NetworkError
from lod.push.address import with_graph
from lod.push.errors import StoreError
from lod.push.parcel import Parcel
from lod.push.transport import Transport

_KIND = "application/n-triples"
_GONE = {404, 410}
_NO_PUT = {404, 405, 410, 415, 501}


class GraphStoreWriter:
    """Puts graphs into a store, one after another.

    A reader can meet a publication of which some graphs are new and some old; each graph by itself
    is replaced as one step (section 5.3). The graph that says which graphs there are comes last, so
    that it never forgets one that is still there.

    Args:
        transport: the session.
        address: of the Graph Store Protocol.
    """

    name = "gsp"

    def __init__(self, transport: Transport, address: str) -> None:
        self._transport = transport
        self._address = address

    def replace(self, parcel: Parcel, gone: Sequence[str]) -> bool:
        """Make the store have a publication as it is.

        Args:
            parcel: the publication.
            gone: graphs that it had and has no more.

        Returns:
            Whether that was one step.

        Raises:
            NetworkError: one of its kinds.
        """
        *first, last = parcel.graphs
        for graph in first:
            self._put(graph, parcel.graphs[graph])
        self.remove(gone)
        self._put(last, parcel.graphs[last])
        return not (first or gone)

    def remove(self, graphs: Sequence[str]) -> None:
        """Take graphs out of the store; those that are not there are fine.

        Raises:
            NetworkError: one of its kinds.
        """
        for graph in graphs:
            self._transport.send("DELETE", with_graph(self._address, graph), also=_GONE)

    def _put(self, graph: str, lines: Sequence[str]) -> None:
        body = "".join(f"{line}\n" for line in lines).encode()
        try:
            self._transport.write("PUT", with_graph(self._address, graph), body, _KIND)
        except NetworkError as error:
            if error.status not in _NO_PUT:
                raise
            raise StoreError(
                f"{error.message}; it takes neither a graph (PUT) nor SPARQL Update",
                hint="docs/push.md has the addresses of some stores",
            ) from error
