"""Writes to stores: by SPARQL 1.1 Update, or by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from http import HTTPStatus

from lod.http.errors import NetworkError, TimeUpError
from lod.push.address import with_graph
from lod.push.parcel import Parcel, Step, for_update
from lod.push.transport import Answer, HtmlAnswerError, StoreError, Transport

#: What a server has in its `Server` header that takes graphs several times faster than updates.
VIRTUOSO = "virtuoso"
_UPDATE, _TRIPLES = "application/sparql-update", "application/n-triples"
#: What stores answer to a request that is too much for them, in their various ways.
_TOO_MUCH = {400, 413, 414, 422, 500}
#: What is answered where no updates are taken. 403 is none of it: there the user has no right.
_NO_UPDATE = {400, 404, 405, 406, 410, 411, 415, 422, 500, 501}
#: The triples that a request may have, by the name of the server, where that is known. Virtuoso
#: makes a program of some lines for each triple, and refuses programs of 10,000 lines; the time
#: that it takes grows faster than the number.
_MOST = {VIRTUOSO: 250}
_GONE = {404, 410}
_NO_PUT = {404, 405, 410, 415, 501}

Quads = tuple[str, Sequence[str]]


class UpdateWriter:
    """Replaces graphs by SPARQL Update.

    A publication is one request: its graphs are dropped, then inserted anew. A request should be
    atomic (SPARQL 1.1 Update, section 2.2), and in most stores it is. Where a store cannot take a
    publication in one request, its triples are first gathered in graphs of their own, in many
    requests, and then moved into place in one. Every request can be repeated.

    Args:
        transport: the session.
        address: of SPARQL Update.
        server: what the server calls itself.
    """

    name = "update"

    def __init__(self, transport: Transport, address: str, server: str) -> None:
        self._transport = transport
        self._address = address
        known = (most for name, most in _MOST.items() if name in server.lower())
        self._most: int | None = next(known, None)

    def replace(self, parcel: Parcel, gone: Sequence[str]) -> bool:
        """Make the store have a publication as it is.

        Args:
            parcel: the publication.
            gone: graphs that it had and has no more.

        Returns:
            Whether that was one request.

        Raises:
            NetworkError: one of its kinds; unless it was cut off in the middle, the store has the
                publication as it was.
        """
        if self._most is None or parcel.quads <= self._most:
            drops = _drops([*parcel.graphs, *gone])
            try:
                self._send(f"{drops} ;\n{_insert(parcel.graphs.items())}")
            except NetworkError as error:
                if error.status not in _TOO_MUCH or parcel.quads < 2:
                    raise
                refused: NetworkError | None = error
            else:
                return True
        else:
            refused = None
        self._gather(parcel, gone, refused)
        return False

    def change(self, parcel: Parcel, step: Step) -> bool | None:
        """Make the store have a publication as it is, where it has an older state of it.

        Args:
            parcel: the publication.
            step: what differs from the state that the store has.

        Returns:
            True: it is one request. None where the store cannot take it in one, and nothing was
            changed.

        Raises:
            NetworkError: one of its kinds.
        """
        if self._most is not None and step.size > self._most:
            return None
        parts = [_drops(step.dropped)] if step.dropped else []
        if step.deleted:
            parts.append(_data("DELETE", step.deleted.items()))
        if step.added:
            parts.append(_data("INSERT", step.added.items()))
        try:
            self._send(" ;\n".join(parts))
        except NetworkError as error:
            if error.status not in _TOO_MUCH:
                raise
            return None
        return True

    def remove(self, graphs: Sequence[str]) -> None:
        """Take graphs out of the store; those that are not there are fine.

        Raises:
            NetworkError: one of its kinds.
        """
        if graphs:
            self._send(_drops(graphs))

    def _gather(self, parcel: Parcel, gone: Sequence[str], refused: NetworkError | None) -> None:
        aside = {graph: _aside(graph) for graph in parcel.graphs}
        most = self._most or parcel.quads
        if refused is not None:
            most = max(1, min(most, parcel.quads) // 2)
        try:
            self._send(_drops(aside.values()))
            waiting = list(_parts(parcel, aside, most))
            while waiting:
                part = waiting.pop(0)
                size = sum(len(lines) for _, lines in part)
                try:
                    self._send(_insert(part))
                except NetworkError as error:
                    if error.status not in _TOO_MUCH or size < 2:
                        raise
                    waiting[:0] = _halves(part, size)
                    most = min(most, max(1, size // 2))
            moves = [f"MOVE SILENT GRAPH <{aside[graph]}> TO GRAPH <{graph}>" for graph in aside]
            self._send(" ;\n".join([*moves, *([_drops(gone)] if gone else [])]))
        except NetworkError:
            with suppress(NetworkError):
                self._send(_drops(aside.values()))
            raise
        self._most = most

    def _send(self, update: str) -> Answer:
        return self._transport.write("POST", self._address, update.encode(), _UPDATE)


def takes_update(transport: Transport, address: str) -> Answer | None:
    """Ask whether an address takes SPARQL Update, with an update that changes nothing.

    Returns:
        The answer, which says what the server calls itself; None where it does not.

    Raises:
        NetworkError: the store cannot be reached, or wants to know who is there.
    """
    try:
        return transport.write("POST", address, b"INSERT DATA {}", _UPDATE)
    except NetworkError as error:
        if error.status in _NO_UPDATE or isinstance(error, HtmlAnswerError):
            return None
        raise


def takes_graphs(transport: Transport, address: str) -> bool:
    """Whether a Virtuoso takes graphs at an address: asked with an empty graph, which it keeps not.

    Raises:
        TimeUpError: there is no time left.
    """
    nothing = with_graph(address, _aside(""))
    try:
        transport.write("PUT", nothing, b"", _TRIPLES)
        # Who answers everything with 200 is no graph store.
        return transport.send("GET", nothing, accept=_TRIPLES, also=_GONE).status in _GONE
    except TimeUpError:
        raise
    except NetworkError:
        return False


def _drops(graphs: Iterable[str]) -> str:
    return " ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)


def _insert(quads: Iterable[Quads]) -> str:
    return _data("INSERT", quads)


def _data(operation: str, quads: Iterable[Quads]) -> str:
    parts = [f"{operation} DATA {{\n"]
    for graph, lines in quads:
        parts.append(f"GRAPH <{graph}> {{\n")
        parts.extend(f"{for_update(line)}\n" for line in lines)
        parts.append("}\n")
    parts.append("}")
    return "".join(parts)


def _aside(graph: str) -> str:
    """The graph in which another one is gathered: always the same, so that leftovers are found."""
    return f"urn:lod:incoming:{hashlib.sha256(graph.encode()).hexdigest()[:32]}"


def _parts(parcel: Parcel, names: dict[str, str], most: int) -> Iterator[list[Quads]]:
    for graph, lines in parcel.graphs.items():
        for start in range(0, len(lines), most):
            yield [(names[graph], lines[start : start + most])]


def _halves(part: list[Quads], size: int) -> list[list[Quads]]:
    ((graph, lines),) = part
    return [[(graph, lines[: size // 2])], [(graph, lines[size // 2 :])]]


class GraphStoreWriter:
    """Puts graphs into a store, one after another.

    A reader can meet a publication of which some graphs are new and some old; each graph by itself
    is replaced as one step (section 5.3). The graph that says which graphs there are comes last, so
    that it never forgets one that is still there.

    Args:
        transport: the session.
        address: of the Graph Store Protocol.
        updates: writes what it refuses, where the store takes updates too.

    Attributes:
        address: of the Graph Store Protocol.
        updates: writes what it refuses, or None.
    """

    name = "gsp"

    def __init__(
        self, transport: Transport, address: str, updates: UpdateWriter | None = None
    ) -> None:
        self.address = address
        self.updates = updates
        self._transport = transport

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
        try:
            for graph in first:
                self._put(graph, parcel.graphs[graph])
            self.remove(gone)
            self._put(last, parcel.graphs[last])
        except NetworkError as error:
            if self.updates is None or error.status not in _TOO_MUCH:
                raise
            return self.updates.replace(parcel, gone)
        return not (first or gone)

    def change(self, parcel: Parcel, step: Step) -> bool | None:
        """Make the store have a publication as it is, where it has an older state of it.

        Args:
            parcel: the publication.
            step: what differs from the state that the store has: only its graphs are sent, whole.

        Returns:
            Whether that was one step; None where the store refuses a graph that it may take by an
            update.

        Raises:
            NetworkError: one of its kinds.
        """
        touched = [graph for graph in parcel.graphs if graph in step.touched]
        try:
            for graph in touched[:-1]:
                self._put(graph, parcel.graphs[graph])
            self.remove(step.dropped)
            for graph in touched[-1:]:
                self._put(graph, parcel.graphs[graph])
        except NetworkError as error:
            if self.updates is None or error.status not in _TOO_MUCH:
                raise
            return None
        return len(touched) + len(step.dropped) < 2

    def remove(self, graphs: Sequence[str]) -> None:
        """Take graphs out of the store; those that are not there are fine.

        Raises:
            NetworkError: one of its kinds.
        """
        for graph in graphs:
            self._transport.send("DELETE", with_graph(self.address, graph), also=_GONE)

    def _put(self, graph: str, lines: Sequence[str]) -> None:
        body = "".join(f"{line}\n" for line in lines).encode()
        try:
            self._transport.write("PUT", with_graph(self.address, graph), body, _TRIPLES)
        except NetworkError as error:
            if error.status not in _NO_PUT:
                if error.status == HTTPStatus.INTERNAL_SERVER_ERROR and error.hint is None:
                    error.hint = (
                        "a store may take by SPARQL Update what it refuses so: --via update"
                    )
                raise
            raise StoreError(
                f"{error.message}; it takes neither a graph (PUT) nor SPARQL Update",
                hint="docs/push.md has the addresses of some stores",
            ) from error
