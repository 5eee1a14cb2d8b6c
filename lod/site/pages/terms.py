"""The pages of vocabulary terms: what each means, what it is elsewhere, and which claims use it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lod.language.data import term_label, term_phrases
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, shrink
from lod.pages.names import Link, shipped_term_path
from lod.pages.texts import preferred, safe_link
from lod.rdf.dataset import Dataset
from lod.rdf.jsonld import to_jsonld
from lod.rdf.jsonld_schema import jsonld_schema
from lod.rdf.terms import about, literal
from lod.rdf.turtle import to_turtle
from lod.resources import read
from lod.site.data.head import term_head
from lod.site.data.statements import texts
from lod.site.files import SiteFile
from lod.vocabulary.names import LOD, OWL, RDF, RDFS, SCHEMA, SKOS
from lod.vocabulary.source import HISTORY_FILE, OWN_FILES, term_history
from lod.vocabulary.terms import Class, Concept, Property
from lod.vocabulary.vocabulary import load_vocabulary
from lod.vocabulary.whole import ontology, shapes_with_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lod.pages.view import ClaimView, PublicationView
    from lod.site.files import PublicationSummary
    from lod.site.site import Site
    from lod.vocabulary.terms import Term
    from lod.vocabulary.vocabulary import Vocabulary

#: How many claims, entities or publications a page lists.
_MOST = 50
_OURS = (LOD_NS, REL_NS)
#: What the IRIs of both vocabularies begin with.
_BASE = LOD_NS.removesuffix("ns#")
#: Path of the files of all our terms, without ending.
WHOLE = "vocabulary/ontology"


class Use(Struct):
    """Where a term is used.

    Attributes:
        count: claims, or entities of a class, that use it.
        rows: the first of the claims.
        links: the first of the entities, or of the publications.
    """

    count: int = 0
    rows: list[ClaimView] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def term_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The pages of terms that belong to a publication.

    Args:
        view: the publication.
        site: the site.

    Yields:
        For the only publication of a site, a page for each term of ours and of its own, and their
        list; among several, pages for those of its own.
    """
    prefixes = view.facts.publication.prefixes
    own = [term for iri, term in view.vocabulary.terms.items() if not iri.startswith(_OURS)]
    if site.several and not own:
        return
    terms = own if site.several else list(view.vocabulary.terms.values())
    uses = uses_of(view)
    pages = _Pages(site, view.vocabulary, view.names.term_path, prefixes)
    for term in terms:
        yield from pages.term(term, uses.get(term.iri, Use()))
    if not site.several:
        yield pages.index(terms, {iri: use.count for iri, use in uses.items()})


def shared_term_files(uses: Mapping[str, Use], site: Site) -> Iterator[SiteFile]:
    """The pages of our terms in a site of several publications.

    Args:
        uses: IRI of a term to the publications that use it.
        site: the site.
    """
    vocabulary = load_vocabulary()
    pages = _Pages(site, vocabulary, shipped_term_path, {})
    for term in vocabulary.terms.values():
        yield from pages.term(term, uses.get(term.iri, Use()))
    yield pages.index(
        list(vocabulary.terms.values()), {iri: use.count for iri, use in uses.items()}
    )


def vocabulary_files(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """Our vocabularies whole, and what goes with them: what their namespace answers with.

    Args:
        summaries: of all publications; the files are the same for any.
        site: the site.
    """
    for path, content in _whole().items():
        yield SiteFile(path, content)


@cache
def _whole() -> dict[str, bytes]:
    from pyoxigraph import RdfFormat, parse

    phrases = "".join(line for term in load_vocabulary().terms for line in _phrases(f"<{term}>"))
    # Turtle documents behind each other are one.
    turtle = f"{ontology()}\n{to_turtle(Dataset(_BASE, phrases, {}, PREFIXES))}".encode()
    schema = json.dumps(jsonld_schema(), ensure_ascii=False, indent=2)
    lines = "".join(f"{triple} .\n" for triple in parse(turtle, format=RdfFormat.TURTLE))
    return {
        f"{WHOLE}.ttl": turtle,
        f"{WHOLE}.jsonld": to_jsonld(Dataset(_BASE, lines, {}, PREFIXES)).encode("utf-8"),
        "vocabulary/shapes.ttl": shapes_with_vocabulary().encode("utf-8"),
        "vocabulary/context.jsonld": read("vocab", "context.jsonld"),
        "vocabulary/dataset.schema.json": (schema + "\n").encode("utf-8"),
    }


def uses_of(view: PublicationView) -> dict[str, Use]:
    """Which claims use a term, and which entities are of a class.

    A claim uses its property, its qualifiers, and every concept that it or its values name.
    """
    found: dict[str, Use] = {}
    for entity in view.facts.entities.values():
        use = found.setdefault(entity.type, Use())
        use.count += 1
        if len(use.links) < _MOST:
            use.links.append(view.names.entity(entity.slug))
    for id_, terms in terms_of_statements(view).items():
        for claim in view.statements[id_].claims:
            for iri in terms:
                use = found.setdefault(iri, Use())
                use.count += 1
                if len(use.rows) < _MOST:
                    use.rows.append(claim)
    return found


def terms_of_statements(view: PublicationView) -> dict[str, list[str]]:
    """Id of each statement to the terms that its claims use."""
    known = view.vocabulary.terms
    start = f"<{view.base}claim/"
    found: dict[str, dict[str, None]] = {}
    for token, node in view.nodes.items():
        if token.startswith(start):
            terms = found.setdefault(token[len(start) : -1].partition("/")[0], {})
            for predicate, objects in node.items():
                for one in (predicate, *objects):
                    if one[0] == "<" and (iri := one[1:-1]) in known:
                        terms[iri] = None
    return {id_: list(terms) for id_, terms in found.items()}


def foreign_terms(view: PublicationView) -> list[str]:
    """CURIEs of the terms in use that have no label in the language of the site."""
    used = {entity.type for entity in view.facts.entities.values()}
    for note in view.statements.values():
        used.add(note.statement.property)
        used.update(iri for iri, _ in note.statement.qualifiers)
    prefixes = view.facts.publication.prefixes
    return sorted(shrink(iri, prefixes) for iri in used if view.names.is_foreign(iri))


class _Pages:
    """Makes the pages of terms.

    Args:
        site: the site.
        vocabulary: the terms.
        path_of: says where the page of a term is, without ending.
        prefixes: of the publication.
    """

    def __init__(
        self,
        site: Site,
        vocabulary: Vocabulary,
        path_of: Callable[[str], str | None],
        prefixes: Mapping[str, str],
    ) -> None:
        self._site = site
        self._vocabulary = vocabulary
        self._path_of = path_of
        self._prefixes = prefixes

    def term(self, term: Term, use: Use) -> Iterator[SiteFile]:
        """The page of a term and its data; nothing where its name cannot be that of a file."""
        path = self._path_of(term.iri)
        if path is None:
            return
        turtle, json_ld = term_data(term, self._prefixes)
        data = WHOLE if is_shipped(term) and not self._site.full_data else path
        if data == path:
            yield SiteFile(f"{path}.ttl", turtle)
            yield SiteFile(f"{path}.jsonld", json_ld())
        page = f"{path}.html"
        content = self._site.templates.render(
            "term.html",
            self._site,
            page,
            about=term_head(term.iri, page, data),
            data=data,
            iri=term.iri,
            term=term,
            kind=kind_of(term),
            label=preferred(term.labels, self._site.language) or term.name,
            use=use,
            mappings=list(self._mappings(term).items()),
            domain=[self._outside(iri) for iri in sorted(getattr(term, "domain", ()))],
            range=[self._outside(iri) for iri in sorted(getattr(term, "range", ()))],
            scheme=self._outside(term.scheme) if isinstance(term, Concept) else None,
            history=term_history().get(term.iri, ()),
            turtle=turtle.decode("utf-8"),
        )
        yield SiteFile(page, content, listed=True)

    def _mappings(self, term: Term) -> dict[str, list[Link]]:
        """The terms that it is mapped to, by how strong that is."""
        found: dict[str, list[Link]] = {}
        for iri, strength in term.mappings:
            if iri != term.iri:
                found.setdefault(strength, []).append(self._outside(iri))
        return found

    def _outside(self, iri: str) -> Link:
        """A term, with its page where it has one."""
        known = self._vocabulary.terms.get(iri)
        path = self._path_of(iri) if known is not None else None
        own = term_label(iri, self._site.language)
        label = own or (preferred(known.labels, self._site.language) if known is not None else "")
        return Link(
            label or shrink(iri, self._prefixes),
            None if path is None else f"{path}.html",
            safe_link(iri),
        )

    def index(self, terms: Iterable[Term], counts: Mapping[str, int]) -> SiteFile:
        """The list of all terms: those in use first told by their number."""
        groups: dict[str, list[tuple[Link, Term, int]]] = {kind: [] for kind in _KINDS}
        for term in terms:
            name = self._outside(term.iri)
            if name.path is not None:
                groups[kind_of(term)].append((name, term, counts.get(term.iri, 0)))
        for rows in groups.values():
            rows.sort(key=lambda row: (row[0].label.casefold(), row[1].curie))
        content = self._site.templates.render(
            "vocabulary.html",
            self._site,
            "vocabulary/index.html",
            groups={kind: rows for kind, rows in groups.items() if rows},
        )
        return SiteFile("vocabulary/index.html", content, listed=True)


_KINDS = ("property", "qualifier", "class", "concept", "other")


def kind_of(term: Term) -> str:
    """What a term is: a property that claims state, a qualifier, a class, a concept, or other."""
    if isinstance(term, Class):
        return "class"
    if isinstance(term, Concept):
        return "concept"
    if isinstance(term, Property):
        return "qualifier" if term.is_qualifier and not term.is_statement else "property"
    return "other"


def is_shipped(term: Term) -> bool:
    """Whether it is one of ours, which stands in the whole of our vocabularies."""
    return f"<{term.iri}>" in _shipped()


def term_data(term: Term, prefixes: Mapping[str, str]) -> tuple[bytes, Callable[[], bytes]]:
    """What is declared of a term.

    Args:
        term: of ours, or of a publication's own.
        prefixes: those of the publication.

    Returns:
        Turtle, and what makes the JSON-LD.
    """
    if is_shipped(term):
        return _shipped_data(term.iri)
    return _data(term.iri, _declared(term), {**PREFIXES, **prefixes})


@cache
def _shipped_data(iri: str) -> tuple[bytes, Callable[[], bytes]]:
    return _data(iri, _shipped()[f"<{iri}>"], PREFIXES)


def _data(iri: str, lines: str, prefixes: Mapping[str, str]) -> tuple[bytes, Callable[[], bytes]]:
    base = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    dataset = Dataset(base, lines, {}, prefixes)
    # Of most terms of a site the JSON-LD is not asked for.
    json_ld = cache(lambda: to_jsonld(dataset, root=iri).encode("utf-8"))
    return to_turtle(dataset).encode("utf-8"), json_ld


#: The predicates of the kinds of phrases that stand with languages and not with the term.
_PHRASES = {
    "phrase": LOD.phrase,
    "inverse": LOD.inversePhrase,
    "qualifier": LOD.qualifierPhrase,
}


def _phrases(subject: str) -> list[str]:
    """The lines of the phrases of a term that stand with languages."""
    return [
        f"{subject} <{predicate}> {literal(text, tag)} .\n"
        for kind, predicate in _PHRASES.items()
        for tag, text in term_phrases(subject[1:-1], kind).items()
    ]


@cache
def _shipped() -> dict[str, str]:
    """The N-Triples lines of our terms, by subject token."""
    from pyoxigraph import RdfFormat, parse

    found: dict[str, list[str]] = {}
    for file in (*OWN_FILES, HISTORY_FILE):
        for triple in parse(read("vocab", file), format=RdfFormat.TURTLE):
            found.setdefault(str(triple.subject), []).append(f"{triple} .\n")
    return {subject: "".join([*lines, *_phrases(subject)]) for subject, lines in found.items()}


def _declared(term: Term) -> str:
    """The lines of a term that is read, not shipped: what was understood of it."""
    types = [RDF.Property]
    if isinstance(term, Class):
        types = [OWL.Class]
    elif isinstance(term, Concept):
        types = [SKOS.Concept]
    elif isinstance(term, Property) and term.is_qualifier:
        types.append(LOD.Qualifier)
    said: dict[str, str | list[str]] = {
        RDF.type: [f"<{type_}>" for type_ in types],
        RDFS.label: texts(term.labels),
        SKOS.definition: texts({"en": term.definition} if term.definition else {}),
    }
    if isinstance(term, Property):
        said |= {
            LOD.phrase: texts(term.phrases),
            LOD.inversePhrase: texts(term.inverse_phrases),
            LOD.qualifierPhrase: texts(term.qualifier_phrases),
            SCHEMA.domainIncludes: [f"<{iri}>" for iri in sorted(term.domain)],
            SCHEMA.rangeIncludes: [f"<{iri}>" for iri in sorted(term.range)],
        }
    same = OWL.equivalentClass if isinstance(term, Class) else OWL.equivalentProperty
    above = RDFS.subClassOf if isinstance(term, Class) else RDFS.subPropertyOf
    strengths = {"equivalent": same, "sub": above, "close": SKOS.closeMatch}
    node = f"<{term.iri}>"
    out = about(node, said)
    for iri, strength in term.mappings:
        out += about(node, {strengths[strength]: f"<{iri}>"})
    return "".join(dict.fromkeys(out))
