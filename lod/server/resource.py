"""What a store says of one thing: asked with queries that begin at it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lod.iri import iri_problem
from lod.namespaces import PREFIXES
from lod.server.query_task import QueryTask
from lod.server.sparql import Backend

_LABEL = f"{PREFIXES['rdfs']}label"
_MOST = 2000
_MOST_REFERENCES = 200
_MOST_LABELS = 400
_DEPTH = 3


class BackendError(Exception):
    """A query that a page needs gave no result.

    Attributes:
        kind: why, as in `Answer`.
        message: why, in words.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True, slots=True)
class Value:
    """A term.

    Attributes:
        kind: "uri", "bnode" or "literal".
        text: the IRI, the label, or the lexical form.
        language: of a literal, or "".
        datatype: IRI of a literal's datatype, or "".
    """

    kind: str
    text: str
    language: str = ""
    datatype: str = ""

    def token(self) -> str:
        r"""The term in N-Triples.

        >>> Value("literal", 'say "hi"\n', "en").token()
        '"say \\"hi\\"\\n"@en'
        """
        if self.kind == "uri":
            return f"<{self.text}>"
        if self.kind == "bnode":
            return f"_:{self.text}"
        text = self.text.replace("\\", "\\\\").replace('"', '\\"')
        text = text.replace("\n", "\\n").replace("\r", "\\r")
        if self.language:
            return f'"{text}"@{self.language}'
        return f'"{text}"^^<{self.datatype}>' if self.datatype else f'"{text}"'


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple and the graph in which it stands ("" for the default graph)."""

    subject: str
    predicate: str
    object: Value
    graph: str


@dataclass(slots=True)
class Resource:
    """What is known of a thing.

    Attributes:
        iri: the thing.
        statements: of which it is the subject, and those of its parts.
        references: of which it is the object.
        labels: IRI to label, of everything named.
    """

    iri: str
    statements: list[Statement] = field(default_factory=list)
    references: list[Statement] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def described(self) -> list[Statement]:
        """What is said of it, without what is only reported."""
        return [one for one in self.statements if not is_reported(one.graph)]

    def n_triples(self) -> str:
        """What is said of it and its parts, without what is only reported."""
        lines = (
            f"<{one.subject}> <{one.predicate}> {one.object.token()} .\n"
            for one in self.described
            if one.object.kind != "bnode"
        )
        return "".join(dict.fromkeys(lines))


def is_reported(graph: str) -> bool:
    """Whether a graph has what a speaker reports, and the publisher does not assert."""
    return "/reported/" in graph


async def find_resource(iri: str, backend: Backend) -> Resource | None:
    """What a store says of a thing, of its parts, and what refers to it; None for nothing.

    Raises:
        BackendError: a query failed.
    """
    if iri_problem(iri) is not None:
        return None
    resource = Resource(iri)
    wanted, known = [iri], {iri}
    for _ in range(_DEPTH):
        found = await _about(wanted, backend)
        resource.statements += found
        wanted = [
            one.object.text
            for one in found
            if one.object.kind == "uri" and one.object.text.startswith(f"{iri}/")
        ]
        wanted = [part for part in dict.fromkeys(wanted) if part not in known]
        known.update(wanted)
        if not wanted:
            break
    resource.references = await _references(iri, backend)
    if not resource.statements and not resource.references:
        return None
    resource.labels = await _labels(resource, backend)
    return resource


async def is_known(iri: str, backend: Backend) -> bool:
    """Whether a store says anything of a thing.

    Raises:
        BackendError: the query failed.
    """
    if iri_problem(iri) is not None:
        return False
    triples = (f"<{iri}> ?p ?o", f"?s ?p <{iri}>")
    ways = [way for one in triples for way in (f"{{ {one} }}", f"{{ GRAPH ?g {{ {one} }} }}")]
    query = f"ASK {{ {' UNION '.join(ways)} }}"
    return bool((await _json(query, backend))["boolean"])


async def _about(iris: Iterable[str], backend: Backend) -> list[Statement]:
    named = " ".join(f"<{iri}>" for iri in iris if iri_problem(iri) is None)
    rows = await rows_of(
        f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {named} }} "
        f"{{ GRAPH ?g {{ ?s ?p ?o }} }} UNION {{ ?s ?p ?o }} }} LIMIT {_MOST}",
        backend,
    )
    return _statements(rows)


async def _references(iri: str, backend: Backend) -> list[Statement]:
    rows = await rows_of(
        f"SELECT ?s ?p ?g {{ {{ GRAPH ?g {{ ?s ?p <{iri}> }} }} UNION {{ ?s ?p <{iri}> }} "
        f"FILTER(?s != <{iri}>) }} LIMIT {_MOST_REFERENCES}",
        backend,
    )
    return _statements([{**row, "o": Value("uri", iri)} for row in rows])


def _statements(rows: list[dict[str, Value]]) -> list[Statement]:
    """The rows, each triple of a named graph without its copy in the default graph."""
    found: dict[tuple[str, str, Value], str] = {}
    for row in rows:
        if row["s"].kind != "uri":
            continue
        key = row["s"].text, row["p"].text, row["o"]
        graph = row["g"].text if "g" in row else ""
        if key not in found or (graph and (not found[key] or is_reported(found[key]))):
            found[key] = graph
    return [Statement(*key, graph) for key, graph in sorted(found.items(), key=_order)]


def _order(item: tuple[tuple[str, str, Value], str]) -> tuple[str, str, str, str]:
    (subject, predicate, value), _ = item
    return subject, predicate, value.kind, value.text


async def _labels(resource: Resource, backend: Backend) -> dict[str, str]:
    labels = {
        one.subject: one.object.text for one in resource.statements if one.predicate == _LABEL
    }
    named = {one.object.text for one in resource.statements if one.object.kind == "uri"}
    named |= {one.subject for one in resource.references} | {
        one.graph for one in resource.statements if one.graph
    }
    missing = sorted(iri for iri in named - labels.keys() if iri_problem(iri) is None)
    if missing:
        values = " ".join(f"<{iri}>" for iri in missing[:_MOST_LABELS])
        rows = await rows_of(
            f"SELECT ?s ?o {{ VALUES ?s {{ {values} }} {{ GRAPH ?g {{ ?s <{_LABEL}> ?o }} }} "
            f"UNION {{ ?s <{_LABEL}> ?o }} }} LIMIT {_MOST}",
            backend,
        )
        for row in rows:
            labels.setdefault(row["s"].text, row["o"].text)
    return labels


async def rows_of(query: str, backend: Backend) -> list[dict[str, Value]]:
    """The rows of a SELECT, unbound variables left out.

    Raises:
        BackendError: the query failed.
    """
    data = await _json(query, backend)
    return [
        {
            name: Value(
                "literal" if term["type"] == "typed-literal" else term["type"],
                term["value"],
                term.get("xml:lang", ""),
                term.get("datatype", ""),
            )
            for name, term in row.items()
        }
        for row in data["results"]["bindings"]
    ]


async def _json(query: str, backend: Backend) -> dict[str, Any]:
    answer = await backend.run(QueryTask(query))
    if answer.kind != "ok":
        raise BackendError(answer.kind, answer.message)
    data: dict[str, Any] = json.loads(answer.body)
    return data
