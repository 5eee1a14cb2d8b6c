"""The reading operations of the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

import json
from urllib.parse import unquote

from lod.iri import iri_problem
from lod.server.asked import Asked
from lod.server.media import GRAPHS
from lod.server.negotiation import choose
from lod.server.query_task import QueryTask
from lod.server.reply import Reply, not_acceptable
from lod.server.sparql import Backend, failure

ALLOWED = "GET, HEAD, OPTIONS"
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


async def answer_graph(asked: Asked, backend: Backend, base: str, local: str) -> Reply:
    """Answer with one graph.

    Args:
        asked: the request.
        backend: where the graph is.
        base: IRI below which graphs are named directly.
        local: what follows the address of the graph store in the path; "" where a parameter
            names the graph (5.2 of the specification), else the graph is named directly (5.1).

    Raises:
        RefusedError: it is no read, or names no graph.
    """
    if asked.method not in ("GET", "HEAD"):
        raise asked.refuse(
            405, f"{asked.method} is not done here: the data is read-only.", Allow=ALLOWED
        )
    graph = _graph(asked, base, local)
    chosen = choose(asked.accept, GRAPHS)
    if chosen is None:
        return not_acceptable([(offer, None) for offer in GRAPHS], asked.accept, "a graph")
    if graph is not None:
        there = await backend.run(
            QueryTask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"), asked.gone
        )
        if there.kind != "ok":
            return failure(there, asked.accept)
        if not json.loads(there.body)["boolean"]:
            raise asked.refuse(404, f"There is no graph {graph}.")
    where = (
        _WHOLE
        if graph is None
        else (f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    )
    answer = await backend.run(QueryTask(where, graphs=chosen[0].name), asked.gone)
    if answer.kind != "ok":
        return failure(answer, asked.accept)
    return Reply(
        200,
        answer.body,
        chosen[0].content_type(chosen[1]),
        etag=answer.etag,
        vary=("Accept",),
        form="GRAPH",
    )


def _graph(asked: Asked, base: str, local: str) -> str | None:
    """The IRI of the graph; None for the default graph."""
    if local:
        graph = base + unquote(local)
        if not base or iri_problem(graph) is not None:
            raise asked.refuse(404, "There is no such graph.")
        return graph
    fields = asked.fields()
    graphs = [value for name, value in fields if name == "graph"]
    is_default = any(name == "default" for name, _ in fields)
    if len(graphs) + is_default != 1:
        raise asked.refuse(
            400, "One graph has to be named.", "Add ?graph=IRI, or ?default for the default graph."
        )
    if is_default:
        return None
    if (wrong := iri_problem(graphs[0])) is not None:
        raise asked.refuse(400, f"The graph {graphs[0][:200]} {wrong}.")
    return graphs[0]
