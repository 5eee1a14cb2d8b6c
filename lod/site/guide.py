"""The way to the things of a publication: what each is called, and where its page stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lod.facts.schema import DOCUMENT
from lod.model.claim import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    TextValue,
    UnknownValue,
)
from lod.namespaces import LOD_NS, REL_NS, WIKIDATA_NS, shrink
from lod.site.safe_links import safe_link
from lod.site.texts import preferred, short

if TYPE_CHECKING:
    from lod.model.claim import Value
    from lod.site.view import ClaimView, PublicationView

_SHIPPED = {LOD_NS: "lod", REL_NS: "rel"}
#: Longest quote in a list, in code points.
_QUOTED = 180
#: A name of a term that may be the name of a file as it stands.
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,120}")


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a page names.

    Attributes:
        label: what it is called.
        path: of its page in the site, or None.
        href: IRI elsewhere, safe to link to, or None.
        language: of the label, or None.
    """

    label: str
    path: str | None = None
    href: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as lists show it.

    Attributes:
        iri: its IRI.
        id: of the statement, with the number of the claim where there are several.
        path: of its page.
        sentence: the plain sentence.
        language: of the sentence.
        modality: local name of the `lod:` concept.
        negative: whether it denies.
        speakers: outermost first.
        property: its property.
        during: the words of its period, or None.
        start: first code point of its first quote.
        quote: the words of its first quote, cut where they are many.
    """

    iri: str
    id: str
    path: str
    sentence: str
    language: str
    modality: str
    negative: bool
    speakers: tuple[Link, ...]
    property: Link
    during: str | None
    start: int
    quote: str


def shipped_term_path(iri: str) -> str | None:
    """The page of a term of ours, without ending; None for another.

    >>> shipped_term_path("https://w3id.org/lod-facts/ns#moreThan")
    'vocabulary/lod/moreThan'
    """
    cut = iri.rfind("#") + 1
    prefix = _SHIPPED.get(iri[:cut])
    name = iri[cut:]
    return f"vocabulary/{prefix}/{name}" if prefix is not None and _PLAIN.fullmatch(name) else None


class Guide:
    """Knows what the things of a publication are called, in the language of the reader.

    Args:
        view: the publication.
        language: of the reader.
    """

    def __init__(self, view: PublicationView, language: str) -> None:
        self.view = view
        self.language = language
        self._terms: dict[str, Link] = {}
        self._entities: dict[str, Link] = {}

    @cached_property
    def rows(self) -> dict[str, ClaimRow]:
        """Every claim as a row, by its IRI, in the order of the text."""
        return {claim.iri: self._row(claim) for claim in self.view.claims}

    def _row(self, claim: ClaimView) -> ClaimRow:
        statement = claim.statement
        during = statement.during
        words = None
        if during is not None:
            words = during.wording or during.period.words or during.period.edtf
        return ClaimRow(
            claim.iri,
            claim.id,
            f"{self.view.folder}claim/{claim.id}.html",
            claim.sentence,
            claim.language,
            str(statement.modality),
            str(statement.polarity) == "negative",
            tuple(self.speaker(slug) for slug in statement.speakers),
            self.term(statement.property),
            words,
            claim.start,
            short(statement.anchors[0].exact, _QUOTED),
        )

    def rows_of(self, claims: tuple[ClaimView, ...]) -> list[ClaimRow]:
        """The rows of some claims."""
        return [self.rows[claim.iri] for claim in claims]

    def entity(self, slug: str) -> Link:
        """An entity."""
        found = self._entities.get(slug)
        if found is None:
            labels = self.view.facts.entities[slug].labels
            tag = next((one for one in (self.language, "en") if one in labels), None)
            tag = tag or next(iter(labels), None)
            label = labels[tag] if tag is not None else slug
            found = Link(label, f"{self.view.folder}entity/{slug}.html", None, tag)
            self._entities[slug] = found
        return found

    @cached_property
    def document(self) -> Link:
        """The document."""
        document = self.view.facts.document
        label = preferred(document.titles, self.language) or shrink(f"{self.view.base}{DOCUMENT}")
        return Link(label, f"{self.view.folder}document.html", None, document.language)

    def speaker(self, slug: str) -> Link:
        """A speaker: an entity or the document."""
        return self.document if slug == DOCUMENT else self.entity(slug)

    def term(self, iri: str) -> Link:
        """A term: of ours, of the publication's own, or of a vocabulary that is not read."""
        found = self._terms.get(iri)
        if found is None:
            term = self.view.vocabulary.terms.get(iri)
            label = preferred(term.labels, self.language) if term is not None else ""
            path = self.term_path(iri)
            found = Link(
                label or shrink(iri, self.view.facts.publication.prefixes),
                None if path is None else f"{path}.html",
                safe_link(iri),
            )
            self._terms[iri] = found
        return found

    def concept(self, name: str) -> Link:
        """A concept of ours by its local name, such as "moreThan"."""
        return self.term(LOD_NS + name)

    def term_path(self, iri: str) -> str | None:
        """The page of a term, without ending; None where it has none."""
        path = shipped_term_path(iri)
        if path is None and iri in self.view.vocabulary.terms:
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefixes = self.view.facts.publication.prefixes
            prefix = next(
                (one for one, namespace in prefixes.items() if namespace == iri[:cut]), ""
            )
            name = iri[cut:]
            if _PLAIN.fullmatch(name):
                # A CURIE cannot stand in place of a prefix, so that no other term is called so.
                own = prefix if _PLAIN.fullmatch(prefix) else "own"
                path = f"{self.view.folder}vocabulary/{own}/{name}"
        return path

    def value(self, value: Value) -> Link:
        """A value that is no quantity and no period."""
        match value:
            case EntityValue(slug):
                return self.entity(slug)
            case DocumentValue():
                return self.document
            case ClaimValue(id_):
                return Link(id_, f"{self.view.folder}claim/{id_}.html")
            case TextValue(text, language):
                return Link(text, None, None, language)
            case UnknownValue(text):
                return Link(text, None, None, self.view.facts.document.language)
            case IriValue(iri):
                return self.outside(iri)
        raise TypeError(f"{type(value).__name__} has no name")

    def outside(self, iri: str) -> Link:
        """A resource outside the publication."""
        return Link(shrink(iri, self.view.facts.publication.prefixes), None, safe_link(iri))

    def item(self, qid: str) -> Link:
        """A Wikidata item, by what the lock calls it."""
        lock = self.view.lock
        known = lock.items.get(qid) if lock is not None else None
        label = preferred(known.labels, self.language) if known is not None else ""
        return Link(label or qid, None, f"{WIKIDATA_NS}{qid}")
