"""One publication as its pages show it: claims in the order of the text, and who mentions whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lod.dataset.claims import ClaimWriter
from lod.dataset.metadata import text_iri
from lod.dataset.ntriples import RDFS_LABEL, index, split_literal, unescape
from lod.model.claim import ClaimValue, DocumentValue, EntityValue, Statement, Value
from lod.site.paths import Paths

if TYPE_CHECKING:
    from lod.dataset.dataset import Dataset
    from lod.dataset.ntriples import Node
    from lod.facts.coverage import Coverage
    from lod.facts.links.lock import Lock
    from lod.facts.text import SourceText
    from lod.model.entity import Entity
    from lod.model.facts import Facts
    from lod.publication import Publication
    from lod.site.guide import Guide
    from lod.vocabulary.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim: one combination of a statement's subjects and values.

    Attributes:
        iri: its IRI.
        number: its number in its statement, from 1; 0 where the statement is this claim alone.
        statement: what it shares with its siblings: anchors, speakers, period, modality.
        subject: its own subject.
        value: its own value; None where only a change is said.
        sentence: the plain sentence that is its label.
        holds: whether its speaker says that it holds as it stands (it has a direct triple).
        language: of the sentence.
    """

    iri: str
    number: int
    statement: Statement
    subject: Value
    value: Value | None
    sentence: str
    holds: bool
    language: str = "en"

    @property
    def id(self) -> str:
        """The id of the statement, with the number of the claim where there are several."""
        return f"{self.statement.id}/{self.number}" if self.number else self.statement.id

    @property
    def start(self) -> int:
        """First code point of its first quote."""
        return min(anchor.start for anchor in self.statement.anchors)


class PublicationView:
    """A publication without errors, as the pages need it.

    Args:
        publication: it.
        folder: where it stands in the site, "" or ending with "/".

    Attributes:
        publication: it.
        facts: its model.
        dataset: its quads.
        vocabulary: its terms.
        text: the text, with its paragraphs and sentences.
        coverage: which sentences and words carry facts.
        lock: what is pinned of the linked items, or None.
        paths: where its things stand.

    Raises:
        FindingsError: the publication has errors.
    """

    def __init__(self, publication: Publication, folder: str = "") -> None:
        facts, text, coverage = publication.require_facts(), publication.text, publication.coverage
        assert text is not None, "facts without a text"  # noqa: S101 (what `facts` promises)
        assert coverage is not None, "facts without coverage"  # noqa: S101 (likewise)
        self.publication = publication
        self.facts: Facts = facts
        self.dataset: Dataset = publication.dataset()
        self.vocabulary: Vocabulary = publication.vocabulary
        self.text: SourceText = text
        self.coverage: Coverage = coverage
        self.lock: Lock | None = publication.lock
        self.paths = Paths(facts.publication.base, folder)
        self._guides: dict[str, Guide] = {}

    @property
    def base(self) -> str:
        """The IRI under which the publication names its things."""
        return self.facts.publication.base

    @property
    def folder(self) -> str:
        """Where it stands in the site, "" or ending with "/"."""
        return self.paths.folder

    @cached_property
    def text_iri(self) -> str:
        """The IRI of the exact text that positions count in."""
        return text_iri(self.facts)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """What the default graph says: subject token to predicate token to object tokens."""
        return index(self.dataset.default)

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """Every claim, in the order of the text."""
        in_text_order = sorted(
            self.facts.statements, key=lambda s: min(anchor.start for anchor in s.anchors)
        )
        return tuple(claim for s in in_text_order for claim in self._claims_of(s))

    def _claims_of(self, statement: Statement) -> Iterator[ClaimView]:
        iris = self._writer.claims(statement.id)
        holds = self._writer.holds(statement)
        values: Sequence[Value | None] = self._each(statement.values) or [None]
        pairs = [(subject, v) for subject in self._each(statement.subjects) for v in values]
        for number, (iri, (subject, value)) in enumerate(zip(iris, pairs, strict=True), 1):
            label, language, _ = split_literal(self.nodes[f"<{iri}>"][RDFS_LABEL][0])
            several = number if len(iris) > 1 else 0
            sentence = unescape(label)
            yield ClaimView(iri, several, statement, subject, value, sentence, holds, language)

    def _each(self, values: tuple[Value, ...]) -> list[Value]:
        """The values; one that is another statement as often as that has claims."""
        return [
            value
            for value in values
            for _ in range(
                len(self._writer.claims(value.id)) if isinstance(value, ClaimValue) else 1
            )
        ]

    @cached_property
    def _writer(self) -> ClaimWriter:
        return ClaimWriter(self.facts, self.vocabulary, self.text_iri)

    @cached_property
    def claims_by_statement(self) -> dict[str, tuple[ClaimView, ...]]:
        """The claims of each statement, by its id."""
        found: dict[str, list[ClaimView]] = {}
        for claim in self.claims:
            found.setdefault(claim.statement.id, []).append(claim)
        return {id_: tuple(claims) for id_, claims in found.items()}

    @cached_property
    def mentions(self) -> dict[str, tuple[ClaimView, ...]]:
        """Slug of each entity to the claims that have it as subject, value or in a qualifier."""
        found: dict[str, dict[str, ClaimView]] = {}
        for claim in self.claims:
            parts = [claim.subject, claim.value, *(v for _, v in claim.statement.qualifiers)]
            for part in parts:
                if isinstance(part, EntityValue):
                    found.setdefault(part.slug, {})[claim.iri] = claim
        return {slug: tuple(claims.values()) for slug, claims in found.items()}

    @cached_property
    def said_by(self) -> dict[str, tuple[ClaimView, ...]]:
        """Slug of each speaker, the document's included, to what it says, alone or through one."""
        found: dict[str, list[ClaimView]] = {}
        for claim in self.claims:
            for slug in dict.fromkeys(claim.statement.speakers):
                found.setdefault(slug, []).append(claim)
        return {slug: tuple(claims) for slug, claims in found.items()}

    def guide(self, language: str) -> Guide:
        """What its things are called, and where their pages stand, for readers of a language."""
        from lod.site.guide import Guide

        if language not in self._guides:
            self._guides[language] = Guide(self, language)
        return self._guides[language]

    def entity(self, value: Value | str) -> Entity | None:
        """The entity that a value or slug stands for; None for anything else."""
        slug = value.slug if isinstance(value, EntityValue) else value
        return self.facts.entities.get(slug) if isinstance(slug, str) else None

    def iri(self, value: Value | str) -> str | None:
        """The IRI of an entity (value or slug) or of the document; None for any other value."""
        if isinstance(value, DocumentValue) or value == "document":
            return f"{self.base}document"
        entity = self.entity(value)
        return None if entity is None else f"{self.base}entity/{entity.slug}"
