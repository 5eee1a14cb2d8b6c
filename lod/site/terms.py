"""The pages of vocabulary terms: what each means, what it is elsewhere, and which claims use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lod.namespaces import LOD_NS, REL_NS, shrink
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.guide import ClaimRow, Link, shipped_term_path
from lod.site.safe_links import safe_link
from lod.site.term_data import term_data
from lod.site.texts import preferred
from lod.vocabulary.terms import Class, Concept, Property

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lod.site.site import Site
    from lod.site.view import PublicationView
    from lod.vocabulary.terms import Term
    from lod.vocabulary.vocabulary import Vocabulary

#: How many claims, entities or publications a page lists.
_MOST = 50
_OURS = (LOD_NS, REL_NS)


@dataclass(slots=True)
class Use:
    """Where a term is used.

    Attributes:
        count: claims, or entities of a class, that use it.
        rows: the first of the claims.
        links: the first of the entities, or of the publications.
    """

    count: int = 0
    rows: list[ClaimRow] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as the list of terms shows it."""

    name: Link
    curie: str
    definition: str
    count: int


def term_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The pages of terms that belong to a publication.

    Args:
        view: the publication.
        site: the site.

    Yields:
        For the only publication of a site, a page for each term of ours and of its own, and their
        list; among several, pages for those of its own.
    """
    guide = view.guide(site.language)
    prefixes = view.facts.publication.prefixes
    own = [term for iri, term in view.vocabulary.terms.items() if not iri.startswith(_OURS)]
    if site.several and not own:
        return
    terms = own if site.several else list(view.vocabulary.terms.values())
    uses = uses_of(view, site)
    pages = _Pages(site, view.vocabulary, guide.term_path, prefixes)
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
    from lod.vocabulary.vocabulary import load_vocabulary

    vocabulary = load_vocabulary()
    pages = _Pages(site, vocabulary, shipped_term_path, {})
    for term in vocabulary.terms.values():
        yield from pages.term(term, uses.get(term.iri, Use()))
    yield pages.index(
        list(vocabulary.terms.values()), {iri: use.count for iri, use in uses.items()}
    )


def uses_of(view: PublicationView, site: Site) -> dict[str, Use]:
    """Which claims use a term, and which entities are of a class.

    A claim uses its property, its qualifiers, and every concept that it or its values name.
    """
    guide = view.guide(site.language)
    found: dict[str, Use] = {}
    for entity in view.facts.entities.values():
        use = found.setdefault(entity.type, Use())
        use.count += 1
        if len(use.links) < _MOST:
            use.links.append(guide.entity(entity.slug))
    for id_, terms in terms_of_statements(view).items():
        for claim in view.claims_by_statement[id_]:
            for iri in terms:
                use = found.setdefault(iri, Use())
                use.count += 1
                if len(use.rows) < _MOST:
                    use.rows.append(guide.rows[claim.iri])
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
        yield SiteFile(f"{path}.ttl", turtle)
        yield SiteFile(f"{path}.jsonld", json_ld)
        page = f"{path}.html"
        content = self._site.templates.render(
            "term.html",
            self._site,
            page,
            about=head_values(None, self._site, term.iri, page),
            iri=term.iri,
            term=term,
            kind=kind_of(term),
            label=preferred(term.labels, self._site.language) or term.name,
            use=use,
            mappings=list(self._mappings(term).items()),
            domain=[self._outside(iri) for iri in sorted(getattr(term, "domain", ()))],
            range=[self._outside(iri) for iri in sorted(getattr(term, "range", ()))],
            scheme=self._outside(term.scheme) if isinstance(term, Concept) else None,
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
        label = preferred(known.labels, self._site.language) if known is not None else ""
        return Link(
            label or shrink(iri, self._prefixes),
            None if path is None else f"{path}.html",
            safe_link(iri),
        )

    def index(self, terms: Iterable[Term], counts: Mapping[str, int]) -> SiteFile:
        """The list of all terms: those in use first told by their number."""
        groups: dict[str, list[TermRow]] = {kind: [] for kind in _KINDS}
        for term in terms:
            name = self._outside(term.iri)
            if name.path is not None:
                row = TermRow(name, term.curie, term.definition, counts.get(term.iri, 0))
                groups[kind_of(term)].append(row)
        for rows in groups.values():
            rows.sort(key=lambda row: (row.name.label.casefold(), row.curie))
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
