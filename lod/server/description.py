"""The description of the endpoint: SPARQL 1.1 Service Description, with the counts of VoID."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lod.dataset.dataset import Dataset
from lod.dataset.serialize import serialize
from lod.namespaces import PREFIXES
from lod.server.media import GRAPHS, RESULTS
from lod.server.query_task import QueryTask
from lod.server.sparql import Backend

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
_COUNTS = (
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g "
    f"LIMIT {_MOST_GRAPHS}"
)
_TOTALS = (
    "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?p) AS ?properties)"
    " { ?s ?p ?o }"
)


@dataclass(frozen=True, slots=True)
class Counts:
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


async def count(backend: Backend) -> Counts:
    """Count the triples of the data; what takes too long is left out."""
    totals = await _rows(backend, _TOTALS)
    graphs = await _rows(backend, _COUNTS)
    first = totals[0] if totals else {}

    def total(name: str) -> int | None:
        return int(first[name]) if name in first else None

    named = {row["g"]: int(row["n"]) for row in graphs if "g" in row}
    return Counts(total("n"), total("subjects"), total("properties"), named)


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
