"""The endpoint: SPARQL 1.1 over HTTP.

That is the query operation of the SPARQL 1.1 Protocol, the reading operations of the Graph Store
HTTP Protocol, and the Service Description with the counts of VoID.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from lod.namespaces import PREFIXES
from lod.pages.texts import safe_link
from lod.query.answers import GRAPH_FORMS, Answer, QueryTask
from lod.rdf.dataset import Dataset
from lod.rdf.iri import iri_problem
from lod.rdf.serialize import serialize
from lod.server.media import GRAPHS, RESULTS, Offer, choose
from lod.server.reply import Reply, not_acceptable, page, problem
from lod.server.request import Pairs, Request
from lod.server.services import Backend

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
#: The methods of the endpoint, and of all else.
ALLOWED = "GET, HEAD, POST, OPTIONS"
READ = "GET, HEAD, OPTIONS"
SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = PREFIXES["void"]
_RDF_TYPE = f"{PREFIXES['rdf']}type"
_INTEGER = f"{PREFIXES['xsd']}integer"
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT_IRIS = {
    "json": f"{_FORMATS}SPARQL_Results_JSON",
    "xml": f"{_FORMATS}SPARQL_Results_XML",
    "csv": f"{_FORMATS}SPARQL_Results_CSV",
    "tsv": f"{_FORMATS}SPARQL_Results_TSV",
    "turtle": f"{_FORMATS}Turtle",
    "json-ld": f"{_FORMATS}JSON-LD",
    "n-triples": f"{_FORMATS}N-Triples",
    "rdf-xml": f"{_FORMATS}RDF_XML",
}
_MOST_GRAPHS = 500
#: What a page shows of a result: rows of a table, and code points of a graph.
_MOST_ROWS, _MOST_SHOWN = 1000, 200_000
#: The form of a result that is a page for people.
PAGE = "html"
_COUNTS = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g "
    f"LIMIT {_MOST_GRAPHS}"
)
_TOTALS = (
    "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)"
    " { ?s ?p ?o }"
)
_BY_NAME = {offer.name: offer for offer in (*RESULTS, *GRAPHS)}
_BY_MEDIA_TYPE = {offer.media_type: offer.name for offer in (*RESULTS, *GRAPHS)}
_BY_NAME |= {"ttl": GRAPHS[0], "jsonld": GRAPHS[1], "nt": GRAPHS[2], "rdf": GRAPHS[3]}

#: Which status says what became of a query.
STATUS = {
    "malformed": 400,
    "refused": 403,
    "not-acceptable": 406,
    "format": 406,
    "rows": 422,
    "bytes": 422,
    "memory": 422,
    "failed": 500,
    "ended": 500,
    "upstream": 502,
    "busy": 503,
    "gone": 503,
    "seconds": 504,
}
_RETRY_AFTER = "2"


class QueryRequest(Struct, frozen=True):
    """What a request asks.

    Attributes:
        text: the query, or None where there is none.
        default_graphs: values of `default-graph-uri`.
        named_graphs: values of `named-graph-uri`.
        format: name of a format that wins over Accept, or None.
    """

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


async def read_request(request: Request) -> QueryRequest:
    """What a request to the endpoint asks (SPARQL 1.1 Protocol, 2.1).

    Raises:
        RefusedError: it is an update, malformed, or of another media type.
    """
    if request.method in ("GET", "HEAD"):
        return _from_fields(request, request.fields())
    if request.method != "POST":
        raise request.refuse(
            405, f"{request.method} is not done here: the data is read-only.", Allow=ALLOWED
        )
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UPDATE:
        raise _update(request)
    if media_type not in (_FORM, _QUERY):
        raise request.refuse(
            415,
            f"A query is not sent as {media_type}." if media_type else "There is no Content-Type.",
            f"Send it as {_QUERY}, or as a form ({_FORM}).",
            Accept_Post=f"{_QUERY}, {_FORM}",
        )
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise request.refuse(
            415,
            "A query is sent as it is, without a Content-Encoding.",
            Accept_Encoding="identity",
        )
    charset = parameters.lower().replace(" ", "").replace('"', "")
    if "charset=" in charset and "charset=utf-8" not in charset:
        raise request.refuse(415, "A query is sent in UTF-8.")
    body = await request.body()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise request.refuse(400, "The body is not UTF-8.") from None
    if media_type == _FORM:
        return _from_fields(request, request.parse_fields(text), needs_query=True)
    fields = request.fields()
    if any(name == "query" for name, _ in fields):
        raise request.refuse(400, "There are two queries: one in the address, one in the body.")
    return _from_fields(request, [*fields, ("query", text)])


def _from_fields(request: Request, fields: Pairs, *, needs_query: bool = False) -> QueryRequest:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _update(request)
    queries = values.get("query", [])
    if len(queries) > 1:
        raise request.refuse(400, "There is more than one query.", "Send one query a request.")
    if not queries and needs_query:
        raise request.refuse(400, "There is no query.", 'Send it in the field "query".')
    for name in ("default-graph-uri", "named-graph-uri"):
        for iri in values.get(name, ()):
            if (wrong := iri_problem(iri)) is not None:
                raise request.refuse(400, f"The {name} {iri[:200]} {wrong}.")
    # Clients write the name of a format, its media type, or words of their own, which are left.
    form = (values.get("format") or [""])[0].lower()
    form = form if form in _BY_NAME or form == PAGE else _BY_MEDIA_TYPE.get(form, "")
    return QueryRequest(
        queries[0] if queries else None,
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        form or None,
    )


def _update(request: Request) -> Exception:
    return request.refuse(
        403,
        "Updates are not done here: the data is read-only.",
        "Change the facts and build again; the data is made from them alone.",
    )


async def answer_query(asked: QueryRequest, request: Request, backend: Backend) -> Reply:
    """Run the query of a request and answer with its result in the form that the client wants."""
    results, graphs = _wanted(asked.format, request.accept)
    is_restricted = bool(asked.default_graphs or asked.named_graphs)
    task = QueryTask(
        asked.text or "",
        results[0].name if results else None,
        graphs[0].name if graphs else None,
        asked.default_graphs if is_restricted else None,
        asked.named_graphs if is_restricted else None,
    )
    answer = await backend.run(task, request.gone)
    if answer.kind != "ok":
        return failure(answer, request.accept)
    chosen = graphs if answer.form in GRAPH_FORMS else results
    offer, media_type = chosen or (_BY_NAME[answer.format], None)
    type_ = offer.content_type(media_type)
    return Reply(200, answer.body, type_, etag=answer.etag, vary=("Accept",), form=answer.form)


async def answer_in_page(
    asked: QueryRequest, request: Request, backend: Backend, base: str
) -> Reply:
    """The form with its query, and the result of that as a table, or what was wrong.

    Args:
        asked: the query.
        request: the request it came with.
        backend: answers it.
        base: IRI below which things have pages here.
    """
    is_restricted = bool(asked.default_graphs or asked.named_graphs)
    task = QueryTask(
        asked.text or "",
        default_graphs=asked.default_graphs if is_restricted else None,
        named_graphs=asked.named_graphs if is_restricted else None,
    )
    answer = await backend.run(task, request.gone)
    values: dict[str, Any] = {"base": base, "query": asked.text}
    failed = None
    if answer.kind != "ok":
        failed = failure(answer, "application/json")
        values["problem"] = json.loads(failed.body)
    elif answer.form in GRAPH_FORMS:
        values["graph"] = answer.body.decode("utf-8")[:_MOST_SHOWN]
    else:
        values["result"] = _table(json.loads(answer.body), base)
    reply = page("endpoint.html", "endpoint.css", **values)
    reply.form, reply.vary = answer.form, ("Accept",)
    if failed is not None:
        reply.status, reply.cache, reply.outcome = failed.status, False, failed.outcome
        reply.detail = failed.detail
        reply.headers |= failed.headers
    return reply


def _table(result: dict[str, Any], base: str) -> dict[str, Any]:
    """A result in SPARQL JSON as a page shows it."""
    if "boolean" in result:
        return {"answer": result["boolean"]}
    names = result["head"]["vars"]
    rows = result["results"]["bindings"]

    def cell(value: dict[str, str] | None) -> dict[str, str | None]:
        if value is None:
            return {"text": ""}
        text = value["value"]
        is_iri = value["type"] == "uri"
        own = is_iri and base and text.startswith(base) and not text.startswith(f"{base}/")
        href = f"/{text[len(base) :]}" if own else safe_link(text) if is_iri else None
        return {"text": text, "href": href, "language": value.get("xml:lang")}

    return {
        "names": names,
        "rows": [[cell(row.get(name)) for name in names] for row in rows[:_MOST_ROWS]],
        "count": len(rows),
    }


def _wanted(
    format_: str | None, accept: str | None
) -> tuple[tuple[Offer, str] | None, tuple[Offer, str] | None]:
    """The forms in which a table and a graph are wanted."""
    results, graphs = choose(accept, RESULTS), choose(accept, GRAPHS)
    if format_ is None:
        return results, graphs
    offer = _BY_NAME[format_]
    if offer in GRAPHS:
        return results or (RESULTS[0], RESULTS[0].media_type), (offer, offer.media_type)
    # "xml" is a format of both.
    graph = GRAPHS[3] if format_ == "xml" else GRAPHS[0]
    is_open = graphs is None or format_ == "xml"
    return (offer, offer.media_type), (graph, graph.media_type) if is_open else graphs


def failure(answer: Answer, accept: str | None) -> Reply:
    """The answer where a query has no result."""
    if answer.kind == "not-acceptable":
        is_graph = answer.form in GRAPH_FORMS
        offers = GRAPHS if is_graph else RESULTS
        reply = not_acceptable(
            [(offer, None) for offer in offers], accept, f"{answer.form} queries"
        )
    else:
        status = STATUS.get(answer.kind, 500)
        message, hint = answer.message, answer.hint
        if answer.kind == "failed":
            # What the engine says may name files.
            message, hint = "The query cannot be evaluated.", None
        headers = {"Retry-After": _RETRY_AFTER} if status == 503 else {}
        reply = problem(status, message, hint, accept=accept, headers=headers)
        reply.detail = answer.message
    reply.form, reply.outcome = answer.form, answer.kind
    return reply


async def answer_graph(request: Request, backend: Backend, base: str, local: str) -> Reply:
    """Answer with one graph.

    Args:
        request: the request.
        backend: where the graph is.
        base: IRI below which graphs are named directly.
        local: what follows the address of the graph store in the path; "" where a parameter
            names the graph (5.2 of the specification), else the graph is named directly (5.1).

    Raises:
        RefusedError: it is no read, or names no graph.
    """
    if request.method not in ("GET", "HEAD"):
        raise request.refuse(
            405, f"{request.method} is not done here: the data is read-only.", Allow=READ
        )
    graph = _graph(request, base, local)
    chosen = choose(request.accept, GRAPHS)
    if chosen is None:
        return not_acceptable([(offer, None) for offer in GRAPHS], request.accept, "a graph")
    if graph is not None:
        there = await backend.run(
            QueryTask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"), request.gone
        )
        if there.kind != "ok":
            return failure(there, request.accept)
        if not json.loads(there.body)["boolean"]:
            raise request.refuse(404, f"There is no graph {graph}.")
    where = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}"
    answer = await backend.run(QueryTask(query, graphs=chosen[0].name), request.gone)
    if answer.kind != "ok":
        return failure(answer, request.accept)
    type_ = chosen[0].content_type(chosen[1])
    return Reply(200, answer.body, type_, etag=answer.etag, vary=("Accept",), form="GRAPH")


def _graph(request: Request, base: str, local: str) -> str | None:
    """The IRI of the graph; None for the default graph."""
    if local:
        graph = base + unquote(local)
        if not base or iri_problem(graph) is not None:
            raise request.refuse(404, "There is no such graph.")
        return graph
    fields = request.fields()
    graphs = [value for name, value in fields if name == "graph"]
    is_default = any(name == "default" for name, _ in fields)
    if len(graphs) + is_default != 1:
        raise request.refuse(
            400, "One graph has to be named.", "Add ?graph=IRI, or ?default for the default graph."
        )
    if is_default:
        return None
    if (wrong := iri_problem(graphs[0])) is not None:
        raise request.refuse(400, f"The graph {graphs[0][:200]} {wrong}.")
    return graphs[0]


class Counts(Struct, frozen=True):
    """What is known of the size of the data.

    Attributes:
        triples: of the default graph, or None where counting took too long.
        subjects: that it has, or None.
        properties: that it has, or None.
        graphs: IRI of each named graph to its triples; the first of them where there are many.
    """

    triples: int | None
    subjects: int | None
    properties: int | None
    graphs: dict[str, int]


async def count_data(backend: Backend) -> Counts:
    """Count the triples of the data; what takes too long is left out."""
    totals = await _rows(backend, _TOTALS)
    graphs = await _rows(backend, _COUNTS)
    first = totals[0] if totals else {}

    named = {row["g"]: int(row["n"]) for row in graphs if "g" in row}
    triples, subjects, properties = (
        int(first[name]) if name in first else None for name in ("n", "subjects", "properties")
    )
    return Counts(triples, subjects, properties, named)


async def _rows(backend: Backend, query: str) -> list[dict[str, str]]:
    answer = await backend.run(QueryTask(query))
    if answer.kind != "ok":
        return []
    return [
        {name: term["value"] for name, term in row.items()}
        for row in json.loads(answer.body)["results"]["bindings"]
    ]


def describe(endpoint: str, counts: Counts, *, union: bool) -> str:
    """The description as N-Triples.

    Args:
        endpoint: IRI of the endpoint.
        counts: of the data.
        union: whether the default graph is the union of all graphs.
    """
    service, dataset, default = (f"{endpoint}#{name}" for name in ("service", "data", "default"))
    lines = [
        _link(service, _RDF_TYPE, f"{SD}Service"),
        _link(service, f"{SD}endpoint", endpoint),
        _link(service, f"{SD}supportedLanguage", f"{SD}SPARQL11Query"),
        *(_link(service, f"{SD}feature", f"{SD}UnionDefaultGraph") for _ in range(union)),
        *(
            _link(service, f"{SD}resultFormat", _FORMAT_IRIS[offer.name])
            for offer in (*RESULTS, *GRAPHS)
        ),
        _link(service, f"{SD}defaultDataset", dataset),
        _link(dataset, _RDF_TYPE, f"{SD}Dataset"),
        _link(dataset, _RDF_TYPE, f"{_VOID}Dataset"),
        _link(dataset, f"{_VOID}sparqlEndpoint", endpoint),
        *_number(dataset, f"{_VOID}triples", counts.triples),
        *_number(dataset, f"{_VOID}distinctSubjects", counts.subjects),
        *_number(dataset, f"{_VOID}properties", counts.properties),
        _link(dataset, f"{SD}defaultGraph", default),
        _link(default, _RDF_TYPE, f"{SD}Graph"),
        *_number(default, f"{_VOID}triples", counts.triples),
    ]
    for number, (graph, triples) in enumerate(counts.graphs.items(), 1):
        named, content = f"{endpoint}#named-{number}", f"{endpoint}#graph-{number}"
        lines += [
            _link(dataset, f"{SD}namedGraph", named),
            _link(named, _RDF_TYPE, f"{SD}NamedGraph"),
            _link(named, f"{SD}name", graph),
            _link(named, f"{SD}graph", content),
            _link(content, _RDF_TYPE, f"{SD}Graph"),
            *_number(content, f"{_VOID}triples", triples),
        ]
    return "".join(lines)


def write_description(lines: str, format_: str) -> bytes:
    """The description in an RDF format."""
    return serialize(Dataset("", lines, {}, {**PREFIXES, "sd": SD}), format_).encode()


def _link(subject: str, predicate: str, target: str) -> str:
    return f"<{subject}> <{predicate}> <{target}> .\n"


def _number(subject: str, predicate: str, number: int | None) -> list[str]:
    if number is None:
        return []
    return [f'<{subject}> <{predicate}> "{number}"^^<{_INTEGER}> .\n']
