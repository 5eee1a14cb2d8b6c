"""Pages made from what a store says, for stores that have no folder of pages.

A thing is asked for with queries that begin at it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from operator import attrgetter
from os.path import commonprefix
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from msgspec import Struct, field

from lod.namespaces import LOD_NS, PREFIXES, shrink
from lod.query.answers import Answer, QueryTask
from lod.query.terms import Term, TermType
from lod.rdf.dataset import Dataset
from lod.rdf.iri import iri_problem
from lod.rdf.serialize import serialize
from lod.server.media import BY_EXTENSION, EXTENSIONS, HTML, JSONLD, NT, TTL, Offer
from lod.server.pages import Thing, claim_part
from lod.server.reply import Reply, page
from lod.server.services import Backend
from lod.server.sparql import failure
from lod.vocabulary.names import REL

#: In which forms a thing is described, the favourite first.
OFFERS = (HTML, TTL, JSONLD, NT)
_BY_EXTENSION = {extension: one for extension, one in BY_EXTENSION.items() if one in OFFERS}
_MOST_DOCUMENTS = 500
_IN_PATH = "/-._~!$&'()*+,;=:@%"
_DOCUMENTS = f"""SELECT DISTINCT ?document ?title {{
  {{ GRAPH ?g {{ ?document a <{REL.Document}> . OPTIONAL {{ ?document rdfs:label ?label }}
    OPTIONAL {{ ?document schema:name ?name }} }} }}
  UNION {{ ?document a <{REL.Document}> . OPTIONAL {{ ?document rdfs:label ?label }}
    OPTIONAL {{ ?document schema:name ?name }} }}
  BIND(COALESCE(?name, ?label) AS ?title)
}} ORDER BY ?document LIMIT {_MOST_DOCUMENTS}"""
_BASES = f"""SELECT DISTINCT ?document {{
  {{ GRAPH ?g {{ ?document a <{REL.Document}> }} }} UNION {{ ?document a <{REL.Document}> }}
}} LIMIT {_MOST_DOCUMENTS}"""
_LABEL = f"{PREFIXES['rdfs']}label"
_MOST = 2000
_MOST_REFERENCES = 200
_MOST_LABELS = 400
_DEPTH = 3
#: What JSON results call the types of terms; some stores write literals with a datatype apart.
_TYPES = {str(one): one for one in TermType} | {"typed-literal": TermType.LITERAL}


class StorePages:
    """Descriptions of the things in a store.

    Args:
        backend: runs the queries.
        base: the IRI that the root of the server stands for; "" finds out what the documents in
            the store have in common.
    """

    def __init__(self, backend: Backend, base: str = "") -> None:
        self._backend = backend
        self.base = base
        self._has_base = bool(base)

    async def prepare(self) -> None:
        """Find out the base, where none was given."""
        if self._has_base:
            return
        try:
            rows = await rows_of(_BASES, self._backend)
        except BackendError:
            return  # asked again with the next page
        self.base = common_base([row["document"].value for row in rows])
        self._has_base = True

    async def find(self, path: str) -> Thing | Reply | None:
        """What stands at a path."""
        await self.prepare()
        try:
            if path in ("", "index.html"):
                return await self._start()
            if path.startswith("resource/"):
                return await self._elsewhere(path.removeprefix("resource/"))
            return await self._below_base(path)
        except BackendError as error:
            return failure(error.answer, None)

    async def missing(self) -> Reply | None:
        """No page of its own."""
        return None

    async def _below_base(self, path: str) -> Thing | Reply | None:
        if not self.base:
            return None
        stem, offer = _split(path)
        if offer is not None:
            reply = await self._describe(self._iris(stem), offer, f"/{stem}")
            if reply is not None:
                return reply
        if not await self._is_known(path):
            return None
        part = claim_part(path)
        if part is not None and await self._is_known(part[0], f"<{LOD_NS}modality>"):
            return Thing(part[0], OFFERS, path.removeprefix(f"{part[0]}/").replace("/", "-"))
        # What the claims of a list share is below none of them: it is a document of its own.
        return Thing(path, OFFERS)

    async def _is_known(self, path: str, predicate: str | None = None) -> bool:
        for iri in self._iris(path):
            if await is_known(iri, self._backend, predicate):
                return True
        return False

    async def _elsewhere(self, path: str) -> Thing | Reply | None:
        """A thing whose IRI is not below the base, by its whole IRI."""
        stem, offer = _split(path)
        iri = unquote(stem if offer else path)
        if iri_problem(iri) is not None:
            return None
        if offer is not None:
            return await self._describe([iri], offer, f"/resource/{stem}")
        if await is_known(iri, self._backend):
            return Thing(f"resource/{path}", OFFERS)
        return None

    def _iris(self, path: str) -> list[str]:
        """The IRIs that a path may stand for: as it came, and decoded."""
        return list(dict.fromkeys((self.base + path, self.base + unquote(path))))

    async def _describe(self, iris: list[str], offer: Offer, stem: str) -> Reply | None:
        for iri in iris:
            resource = await find_resource(iri, self._backend)
            if resource is None:
                continue
            others = [
                (one.label, one.media_type, f"{stem}{EXTENSIONS[one.name]}")
                for one in OFFERS
                if one is not offer
            ]
            link = ", ".join(
                f'<{place}>; rel="alternate"; type="{kind}"' for _, kind, place in others
            )
            if offer is HTML:
                reply = self._page_about(resource, others)
            else:
                dataset = Dataset(self.base, resource.n_triples(), {}, PREFIXES)
                text = await asyncio.to_thread(serialize, dataset, offer.name)
                reply = Reply(200, text.encode(), offer.content_type())
            reply.headers["Link"] = link
            return reply
        return None

    def _page_about(self, resource: Resource, others: list[tuple[str, str, str]]) -> Reply:
        """The page about a thing; label, media type and address of the same in other forms."""
        parts = _grouped(resource.described, "subject")
        of_part = len(resource.iri) + 1

        def linked(iri: str) -> _Shown:
            """An IRI as the page shows it: what is on this page leads there."""
            if iri in parts and iri.startswith(f"{resource.iri}/"):
                return _Shown(iri[of_part:], f"#{iri[of_part:].replace('/', '-')}")
            return _Shown(resource.labels.get(iri) or shrink(iri), self._address(iri))

        def rows(statements: list[Statement]) -> list[tuple[_Shown, list[_Shown]]]:
            return [
                (
                    _Shown(shrink(predicate), self._address(predicate)),
                    [
                        linked(one.object.value)
                        if one.object.type is TermType.IRI
                        else _Shown(one.object.value, None, one.object.language)
                        for one in said
                    ],
                )
                for predicate, said in _grouped(statements, "predicate").items()
            ]

        references = {
            Statement(resource.iri, one.predicate, Term(TermType.IRI, one.subject), "")
            for one in resource.references
        }
        return page(
            "resource.html",
            "store.css",
            iri=resource.iri,
            title=resource.labels.get(resource.iri) or shrink(resource.iri),
            others=others,
            parts=[(iri[of_part:], rows(said)) for iri, said in parts.items()],
            reported=[
                (linked(graph), rows(said))
                for graph, said in _grouped(resource.reported, "graph").items()
            ],
            references=rows(sorted(references, key=attrgetter("predicate", "object.value"))),
        )

    def _address(self, iri: str) -> str | None:
        """Where an IRI is linked to: here where it is ours, else where it leads on the web."""
        if self.base and iri.startswith(self.base):
            return "/" + quote(iri[len(self.base) :], safe=_IN_PATH)
        return iri if iri.startswith(("http://", "https://")) else None

    async def _start(self) -> Reply:
        """The page of the root: the documents in the store."""
        rows = await rows_of(_DOCUMENTS, self._backend)
        titles: dict[str, str] = {}
        for row in rows:
            titles.setdefault(row["document"].value, row.get("title", row["document"]).value)
        documents = [(self._address(iri) or iri, title) for iri, title in titles.items()]
        return page("documents.html", "store.css", documents=documents)


def _split(path: str) -> tuple[str, Offer | None]:
    """A path without its extension, and the form that the extension stands for."""
    forms = (pair for pair in _BY_EXTENSION.items() if path.endswith(pair[0]))
    extension, offer = next(forms, ("", None))
    return path.removesuffix(extension), offer


def common_base(documents: list[str]) -> str:
    """What the IRIs of documents begin with, up to a slash; "" where they share no host.

    >>> common_base(["https://e.org/a/document"])
    'https://e.org/a/'
    >>> common_base(["https://e.org/x/1/document", "https://e.org/x/2/document"])
    'https://e.org/x/'
    >>> common_base(["https://a.org/document", "https://b.org/document"])
    ''
    """
    folders = [iri.rpartition("/")[0] + "/" for iri in documents]
    common = commonprefix(folders)  # noqa: RUF071 - of texts, and then cut at a slash
    common = common[: common.rfind("/") + 1]
    return common if common.count("/") >= 3 else ""


class BackendError(Exception):
    """A query that a page needs gave no result.

    Attributes:
        answer: what came of it.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.message)
        self.answer = answer


class Statement(Struct, frozen=True):
    """A triple and the graph in which it stands ("" for the default graph)."""

    subject: str
    predicate: str
    object: Term
    graph: str


class _Shown(NamedTuple):
    """A term as a page shows it: its text, where that leads, and its language, where it has any."""

    text: str
    place: str | None
    language: str | None = None


def _grouped(statements: Iterable[Statement], name: str) -> dict[str, list[Statement]]:
    """Statements by one of their attributes, in the order in which they come."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(getattr(statement, name), []).append(statement)
    return groups


class Resource(Struct):
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
    def reported(self) -> list[Statement]:
        """What is only reported of it, by graph."""
        reported = [one for one in self.statements if is_reported(one.graph)]
        return sorted(reported, key=attrgetter("graph"))

    @property
    def described(self) -> list[Statement]:
        """What is said of it, without what is only reported."""
        return [one for one in self.statements if not is_reported(one.graph)]

    def n_triples(self) -> str:
        """What is said of it and its parts, without what is only reported."""
        lines = (
            f"<{one.subject}> <{one.predicate}> {one.object.to_n3()} .\n"
            for one in self.described
            if one.object.type is not TermType.BLANK
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
            one.object.value
            for one in found
            if one.object.type is TermType.IRI and one.object.value.startswith(f"{iri}/")
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


async def is_known(iri: str, backend: Backend, predicate: str | None = None) -> bool:
    """Whether a store says anything of a thing.

    Args:
        iri: the thing.
        backend: asks the store.
        predicate: a term; then only what is said by it of the thing as a subject counts.

    Raises:
        BackendError: the query failed.
    """
    if iri_problem(iri) is not None:
        return False
    triples: tuple[str, ...] = (f"<{iri}> ?p ?o", f"?s ?p <{iri}>")
    if predicate is not None:
        triples = (f"<{iri}> {predicate} ?o",)
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
    return _statements([{**row, "o": Term(TermType.IRI, iri)} for row in rows])


def _statements(rows: list[dict[str, Term]]) -> list[Statement]:
    """The rows, each triple of a named graph without its copy in the default graph."""
    found: dict[tuple[str, str, Term], str] = {}
    for row in rows:
        if row["s"].type is not TermType.IRI:
            continue
        key = row["s"].value, row["p"].value, row["o"]
        graph = row["g"].value if "g" in row else ""
        if key not in found or (graph and (not found[key] or is_reported(found[key]))):
            found[key] = graph
    statements = [Statement(*key, graph) for key, graph in found.items()]
    return sorted(statements, key=attrgetter("subject", "predicate", "object.type", "object.value"))


async def _labels(resource: Resource, backend: Backend) -> dict[str, str]:
    labels = {
        one.subject: one.object.value for one in resource.statements if one.predicate == _LABEL
    }
    named = {one.object.value for one in resource.statements if one.object.type is TermType.IRI}
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
            labels.setdefault(row["s"].value, row["o"].value)
    return labels


async def rows_of(query: str, backend: Backend) -> list[dict[str, Term]]:
    """The rows of a SELECT, unbound variables left out.

    Raises:
        BackendError: the query failed.
    """
    data = await _json(query, backend)
    return [
        {
            name: Term(
                _TYPES[term["type"]], term["value"], term.get("datatype"), term.get("xml:lang")
            )
            for name, term in row.items()
        }
        for row in data["results"]["bindings"]
    ]


async def _json(query: str, backend: Backend) -> dict[str, Any]:
    answer = await backend.run(QueryTask(query))
    if answer.kind != "ok":
        raise BackendError(answer)
    data: dict[str, Any] = json.loads(answer.body)
    return data
