"""The view model of a publication: its claims, statements and things as every page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.dataset.metadata import text_iri
from lod.model.claim import Modality, Polarity, Statement
from lod.model.expansion import HOLDING, Expansion, Obstacle, holds, obstacles
from lod.model.value import ChangeValue, ClaimValue, EntityValue, UnknownValue, Value
from lod.pages.names import Link, Names, Paths
from lod.pages.originals import words_in_original
from lod.pages.prose import in_context
from lod.pages.texts import short
from lod.pages.values import Values
from lod.rdf.terms import RDFS_LABEL, index, split_literal, unescape
from lod.rdf.turtle import Terms, document, subject_block
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.facts.coverage import Coverage
    from lod.facts.text import SourceText
    from lod.history.story import Story
    from lod.links.lock import Lock
    from lod.model.anchor import Anchor
    from lod.model.entity import Entity
    from lod.model.facts import Document, Facts
    from lod.model.period import Period
    from lod.pages.prose import Kind
    from lod.publication import Publication
    from lod.rdf.dataset import Dataset
    from lod.rdf.terms import Node
    from lod.vocabulary.vocabulary import Vocabulary

#: Longest quote in a list and in a citation, in code points.
_QUOTED, _CITED = 180, 300


class ClaimView(Struct, frozen=True):
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
        path: of its page.
        relation: its property.
        speakers: who says it, outermost first.
    """

    iri: str
    number: int
    statement: Statement
    subject: Value
    value: Value | None
    sentence: str
    holds: bool
    language: str
    path: str
    relation: Link
    speakers: tuple[Link, ...]

    @property
    def id(self) -> str:
        """The id of the statement, with the number of the claim where there are several."""
        return f"{self.statement.id}/{self.number}" if self.number else self.statement.id

    @property
    def modality(self) -> str:
        """How it is meant: local name of the `lod:` concept."""
        return str(self.statement.modality)

    @property
    def negative(self) -> bool:
        """Whether it denies."""
        return self.statement.polarity is Polarity.NEGATIVE

    @property
    def during(self) -> str | None:
        """The words of its period, or None."""
        during = self.statement.during
        if during is None:
            return None
        return during.wording or during.period.words or during.period.edtf

    @property
    def quote(self) -> str:
        """The words of its first quote, cut where they are many."""
        return short(self.statement.anchors[0].exact, _QUOTED)

    @property
    def version(self) -> str:
        """Name of the version of the text that this quote is of; "" for the document's own."""
        return self.statement.anchors[0].version


class StatementView:
    """One statement with its claims: the page of each of them, and a note to the text.

    Args:
        view: the publication.
        number: from 1, in the order of the text.
        claims: its claims.

    Attributes:
        number: from 1, in the order of the text.
        claims: its claims.
        statement: it.
    """

    def __init__(self, view: PublicationView, number: int, claims: tuple[ClaimView, ...]) -> None:
        self._view = view
        self.number = number
        self.claims = claims
        self.statement = claims[0].statement
        self.relation = claims[0].relation
        self.speakers = claims[0].speakers

    def _links(self, *values: Value | ChangeValue | None) -> tuple[Link, ...]:
        describe = self._view.values_in(self.claims[0].version).value
        return tuple(describe(value) for value in values if value is not None)

    @cached_property
    def subjects(self) -> tuple[Link, ...]:
        """What it is about."""
        return self._links(*self.statement.subjects)

    @cached_property
    def values(self) -> tuple[Link, ...]:
        """What is said of the subjects."""
        return self._links(*self.statement.values)

    @cached_property
    def qualifiers(self) -> tuple[tuple[Link, Link], ...]:
        """Its qualifiers: term and value."""
        names, values = self._view.names, self._view.values_in(self.claims[0].version)
        return tuple((names.term(iri), values.value(v)) for iri, v in self.statement.qualifiers)

    @cached_property
    def share(self) -> tuple[Link, ...]:
        """What restricts the subject, at most one."""
        return self._links(self.statement.share)

    @cached_property
    def change(self) -> tuple[Link, ...]:
        """What changed, at most one."""
        return self._links(self.statement.change)

    @cached_property
    def compared(self) -> tuple[Link, ...]:
        """What its value is compared with: a value, a period, or both."""
        compared = self.statement.compared_with
        return () if compared is None else self._links(compared.value, compared.period)

    @cached_property
    def during(self) -> tuple[Link, ...]:
        """When, at most one."""
        return self._links(self.statement.during)

    @property
    def period(self) -> Period | None:
        """When, as the model has it, or None."""
        during = self.statement.during
        return None if during is None else during.period

    @property
    def modality(self) -> str:
        """How it is meant: local name of the `lod:` concept."""
        return self.claims[0].modality

    @property
    def negative(self) -> bool:
        """Whether it denies."""
        return self.claims[0].negative

    @property
    def manner(self) -> str:
        """How it is meant, in one word: the modality, or "denied"."""
        return "denied" if self.negative else self.modality

    @property
    def line(self) -> str:
        """The line below its quotes: "solid", "dashed", "dotted" or "double"."""
        if self.negative:
            return "double"
        if self.statement.modality in HOLDING:
            return "solid"
        evaluative = self.statement.modality in (Modality.EVALUATIVE, Modality.RETRACTED)
        return "dotted" if evaluative else "dashed"

    @property
    def anchor(self) -> str:
        """The fragment that leads to it in the article."""
        return f"claim-{self.statement.id}"

    @property
    def topic(self) -> str:
        """What it is about and in which relation, in a few words, for rows of figures."""
        more = " …" if len(self.subjects) > 1 else ""
        return short(f"{self.subjects[0].brief}{more} · {self.relation.brief}", 90)

    @property
    def entities(self) -> tuple[str, ...]:
        """Slugs of the entities that it names, each once."""
        links = (*self.subjects, *self.values, *(value for _, value in self.qualifiers))
        return tuple(dict.fromkeys(one.slug for one in links if one.slug and one.kind == "thing"))

    @property
    def quotes(self) -> list[tuple[Anchor, list[tuple[Kind, str]], Document]]:
        """Its quotes, each in its context, and the version of the document that it is of."""
        view = self._view
        return [
            (
                one,
                in_context(view.texts[one.version], one),
                view.facts.document.version(one.version),
            )
            for one in self.statement.anchors
        ]

    @property
    def is_own(self) -> bool:
        """Whether the document's own text is quoted."""
        return not self.claims[0].version

    @property
    def place(self) -> str:
        """The page of the first text that is quoted, at its words."""
        return f"{self._view.document_page(self.claims[0].version)}#{self.anchor}"

    @property
    def parts(self) -> list[str]:
        """The IRIs of the nodes that it has beside its claims."""
        return self._view.parts.get(self.statement.id, [])

    @property
    def relations(self) -> list[tuple[str, list[ClaimView]]]:
        """How it stands to others: "denies", "denied-by", "mentioned-by" and so on, and which."""
        statements = self._view.statements
        return [
            (kind, [claim for id_ in ids for claim in statements[id_].claims])
            for kind, ids in self._view.relations.get(self.statement.id, {}).items()
        ]

    @property
    def reported(self) -> str:
        """The page of what its speakers report."""
        iri = self._view.facts.reported_in(self.statement)
        return f"{self._view.folder}{iri.removeprefix(self._view.base)}.html"


class PublicationView:
    """A publication without errors, as the pages need it.

    Args:
        publication: it.
        folder: where it stands in the site, "" or ending with "/".
        language: of the reader.

    Attributes:
        publication: it.
        facts: its model.
        dataset: its quads.
        vocabulary: its terms.
        text: the text, with its paragraphs and sentences.
        texts: that and those of further versions, by their names.
        coverage: which sentences and words carry facts.
        coverages: that of each text.
        lock: what is pinned of the linked items, or None.
        paths: where its things stand.
        names: what its things are called.
        values: how its values are shown.

    Raises:
        FindingsError: the publication has errors.
    """

    def __init__(self, publication: Publication, folder: str = "", language: str = "en") -> None:
        facts, text, coverage = publication.require_facts(), publication.text, publication.coverage
        assert text is not None, "facts without a text"  # noqa: S101 (what `facts` promises)
        assert coverage is not None, "facts without coverage"  # noqa: S101 (likewise)
        self.publication = publication
        self.facts: Facts = facts
        self.dataset: Dataset = publication.dataset()
        self.vocabulary: Vocabulary = publication.vocabulary
        self.text: SourceText = text
        self.coverage: Coverage = coverage
        self.texts = {"": text, **{one.name: one.text for one in publication.versions}}
        self.coverages = {"": coverage, **{one.name: one.coverage for one in publication.versions}}
        self.lock: Lock | None = publication.lock
        self.paths = Paths(facts.publication.base, folder)
        self.names = Names(facts, self.vocabulary, self.lock, self.paths, language)
        self.values = Values(self.names, self._claim)

    @property
    def base(self) -> str:
        """The IRI under which the publication names its things."""
        return self.facts.publication.base

    @property
    def folder(self) -> str:
        """Where it stands in the site, "" or ending with "/"."""
        return self.paths.folder

    def text_iri(self, version: str = "") -> str:
        """The IRI of the exact text of a version, in which positions count."""
        return text_iri(self.facts, version)

    def text_page(self, version: str = "") -> str:
        """The page of that text."""
        return f"{self.paths.path(self.text_iri(version))}.html"

    def document_page(self, version: str = "") -> str:
        """The page of a version of the document, where its quotes are marked."""
        return f"{self.folder}{self.facts.document.version(version).local}.html"

    def values_in(self, version: str) -> Values:
        """How values are shown whose wordings are of a version."""
        if not version:
            return self.values
        return Values(self.names, self._claim, self.facts.document.version(version).language)

    @cached_property
    def story(self) -> Story:
        """The releases of the publication, and what they tell of its things."""
        from lod.history.story import read_story

        return read_story(self.publication.folder, self.dataset)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """What the default graph says: subject token to predicate token to object tokens."""
        return index(self.dataset.default)

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """Every claim, in the order of the text."""
        in_text_order = sorted(self.facts.statements, key=Statement.first_place)
        expansion = Expansion(self.facts.statements)
        return tuple(claim for s in in_text_order for claim in self._claims_of(s, expansion))

    def _claims_of(self, statement: Statement, expansion: Expansion) -> Iterator[ClaimView]:
        stands = holds(statement, self.vocabulary)
        relation = self.names.term(statement.property)
        speakers = tuple(map(self.names.speaker, statement.speakers))
        for one in expansion.expand(statement):
            iri = f"{self.base}claim/{one.id}"
            label, language, _ = split_literal(self.nodes[f"<{iri}>"][RDFS_LABEL][0])
            yield ClaimView(
                iri,
                one.number,
                statement,
                one.subject,
                one.value,
                unescape(label),
                stands,
                language,
                self.paths.file(iri) or "",
                relation,
                speakers,
            )

    @cached_property
    def statements(self) -> dict[str, StatementView]:
        """The statements by their ids, in the order of the text."""
        found: dict[str, list[ClaimView]] = {}
        for claim in self.claims:
            found.setdefault(claim.statement.id, []).append(claim)
        return {
            id_: StatementView(self, number, tuple(claims))
            for number, (id_, claims) in enumerate(found.items(), 1)
        }

    def _claim(self, id_: str) -> Link:
        """A claim that another one names."""
        first = self.statements[id_].claims[0]
        path = f"{self.folder}claim/{id_}.html"
        return Link(short(first.sentence), path, None, first.language, "claim")

    @cached_property
    def relations(self) -> dict[str, dict[str, dict[str, None]]]:
        """Id of each statement to the kinds of its relations, and the ids of the others."""
        found: dict[str, dict[str, dict[str, None]]] = {}

        def note(one: str, kind: str, other: str) -> None:
            found.setdefault(one, {}).setdefault(kind, {})[other] = None

        for statement in self.facts.statements:
            for kind, back, ids in (
                ("denies", "denied-by", statement.denies),
                ("replaces", "replaced-by", statement.replaces),
            ):
                for other in ids:
                    note(statement.id, kind, other)
                    note(other, back, statement.id)
            values = statement.things()
            for value in values:
                if isinstance(value, ClaimValue):
                    note(value.id, "mentioned-by", statement.id)
        return found

    @cached_property
    def parts(self) -> dict[str, list[str]]:
        """Id of each statement to the IRIs of the nodes that it has beside its claims."""
        start = f"<{self.base}claim/"
        claims = set(self.dataset.claims)
        found: dict[str, list[str]] = {}
        for token in self.nodes:
            if token.startswith(start) and (iri := token[1:-1]) not in claims:
                found.setdefault(token[len(start) :].partition("/")[0], []).append(iri)
        return found

    def reasons(self, claim: ClaimView) -> list[tuple[str, Link | None]]:
        """Why a claim has no direct triple; empty where it has one.

        Returns:
            "modality", "negative", "share", "change", "qualifier" or "no-value"; and the modality
            or the qualifier, or None.
        """
        statement = claim.statement
        found: list[tuple[str, Link | None]] = []
        for obstacle, iri in obstacles(statement, self.vocabulary):
            term = self.names.term(iri) if iri else None
            if obstacle is Obstacle.MODALITY:
                term = self.names.concept(statement.modality)
            found.append((obstacle.value, term))
        if not found and (claim.value is None or isinstance(claim.value, UnknownValue)):
            found.append(("no-value", None))
        return found

    def citation(self, claim: ClaimView) -> list[str]:
        """How to cite a claim: its parts, each to be followed by a full stop."""
        publication = self.facts.publication
        text = self.facts.document.version(claim.version)
        # A colon reads well in either direction; an arrow would turn with the script.
        speakers = ": ".join(speaker.label for speaker in claim.speakers)
        quote = short(claim.statement.anchors[0].exact, _CITED)
        where = [short(self.names.version(claim.version).label)]
        if text.published_in is not None:
            where.append(short(self.names.entity(text.published_in).label))
        if text.published is not None:
            where.append(text.published)
        data = [short(next(iter(publication.titles.values()), ""))]
        data.append(short(publication.publisher.name))
        if publication.version is not None:
            data.append(short(publication.version, 40))
        return [f"{short(speakers)}: “{quote}”", ", ".join(where), ", ".join(data)]

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

    def items(
        self, note: StatementView, claims: Iterable[ClaimView]
    ) -> list[tuple[str, Link, bool]]:
        """The Wikidata items of claims: of what they are about, through members, of who says it.

        Args:
            note: the statement of the claims.
            claims: some or all of its claims.

        Returns:
            QID, the item, and whether it is only near to what is meant.
        """
        entities = self.facts.entities
        named = [found for slug in note.entities if (found := entities[slug].link) is not None]
        near = {found.qid for found in named if found.close}
        about = f"<{SCHEMA.about}>"
        iris = [iri for claim in claims for iri in self.nodes[f"<{claim.iri}>"].get(about, ())]
        qids = [iri[1:-1].rpartition("/")[2] for iri in iris]
        speakers = [entities[slug].link for slug in note.statement.speakers if slug in entities]
        qids += [found.qid for found in speakers if found is not None and found.qid is not None]
        return [(qid, self.names.item(qid), qid in near) for qid in dict.fromkeys(qids)]

    def in_original(self, anchor: Anchor) -> str | None:
        """The link to the words in the published text, or None where that has no address."""
        return words_in_original(self.facts.document.version(anchor.version), anchor)

    def entity(self, slug: str | None) -> Entity | None:
        """An entity by its slug; None for anything else."""
        return self.facts.entities.get(slug or "")

    @cached_property
    def _terms(self) -> Terms:
        return Terms(self.base, self.dataset.prefixes)

    def turtle(self, things: Iterable[str]) -> str:
        """What the default graph says of some things, as Turtle.

        Args:
            things: their IRIs, in order; one of which nothing is said is passed over.
        """
        terms = self._terms.anew()
        said = ((token, self.nodes.get(token)) for token in (f"<{iri}>" for iri in things))
        return document(terms, (subject_block(token, node, terms) for token, node in said if node))
