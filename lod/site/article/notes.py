"""The claims as notes to the text: one for each statement, numbered in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lod.facts.quantities import is_supported
from lod.facts.schema import DOCUMENT
from lod.model.claim import (
    ChangeValue,
    ClaimValue,
    EntityValue,
    IriValue,
    Modality,
    PeriodValue,
    Polarity,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import shrink
from lod.site.article.amounts import change_words, quantity_words
from lod.site.safe_links import safe_link
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.model.claim import Statement
    from lod.model.period import Period
    from lod.site.view import ClaimView, PublicationView

#: Longest label in a note, in code points; a name is short, and a hostile one is cut.
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a note names.

    Attributes:
        text: its name or words.
        language: tag of their language, or None.
        path: path of its page in the site, or None.
        link: IRI of it elsewhere that may be linked, or None.
        item: QID, IRI and pinned label of its Wikidata item, or None.
        close: whether that item is near, but not the same.
        slug: of an entity, else None.
        kind: "entity", "words", "quantity", "time", "claim", "iri" or "unknown".
        detail: bounds of a quantity, EDTF of a time; else None.
        wording: the words of the quote that say it, or None.
    """

    text: str
    language: str | None = None
    path: str | None = None
    link: str | None = None
    item: tuple[str, str, str] | None = None
    close: bool = False
    slug: str | None = None
    kind: str = "entity"
    detail: str | None = None
    wording: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One statement, ready for the page.

    Attributes:
        number: from 1, in the order of the text.
        statement: it.
        claims: its claims.
        speakers: the chain, outermost first.
        subjects: what it is about.
        relation: the property.
        values: what is said of the subjects.
        extras: qualifiers and the like: name and what stands there.
        shares: words that restrict the subject, at most one.
        changes: what changed, at most one.
        compared: what the value is compared with.
    """

    number: int
    statement: Statement
    claims: tuple[ClaimView, ...]
    speakers: tuple[Thing, ...]
    subjects: tuple[Thing, ...]
    relation: Thing
    values: tuple[Thing, ...]
    extras: tuple[tuple[Thing, Thing], ...]
    shares: tuple[Thing, ...] = ()
    changes: tuple[Thing, ...] = ()
    compared: tuple[Thing, ...] = ()

    @property
    def anchor(self) -> str:
        """The fragment that leads to it."""
        return f"claim-{self.statement.id}"

    @property
    def manner(self) -> str:
        """How it is meant, in one word: the modality, or "denied"."""
        if self.statement.polarity is Polarity.NEGATIVE:
            return "denied"
        return str(self.statement.modality)

    @property
    def line(self) -> str:
        """The line below its quotes: "solid", "dashed", "dotted" or "double"."""
        if self.statement.polarity is Polarity.NEGATIVE:
            return "double"
        if self.statement.modality in (Modality.STATED, Modality.IMPLIED):
            return "solid"
        evaluative = self.statement.modality in (Modality.EVALUATIVE, Modality.RETRACTED)
        return "dotted" if evaluative else "dashed"

    @property
    def title(self) -> str:
        """One line that says it, for titles of figures."""
        more = f" (+{len(self.claims) - 1})" if len(self.claims) > 1 else ""
        return short(self.claims[0].sentence) + more

    @property
    def topic(self) -> str:
        """What it is about and in which relation, in a few words, for rows of figures."""
        more = " …" if len(self.subjects) > 1 else ""
        return short(f"{self.subjects[0].text}{more} · {self.relation.text}", 90)

    @property
    def entities(self) -> tuple[str, ...]:
        """Slugs of the entities that it names, each once."""
        extra = [thing for _, thing in self.extras]
        things = (*self.subjects, *self.values, *extra)
        return tuple(dict.fromkeys(thing.slug for thing in things if thing.slug is not None))

    @property
    def period(self) -> Period | None:
        """When, or None."""
        during = self.statement.during
        return None if during is None else during.period


class Notes:
    """The notes of one publication.

    Args:
        view: the publication.
        language: of the reader.
    """

    def __init__(self, view: PublicationView, language: str) -> None:
        self.view = view
        self.language = language if is_supported(language) else "en"
        self._guide = view.guide(language)
        self._entities: dict[str, Thing] = {}

    @cached_property
    def all(self) -> tuple[Note, ...]:
        """Every note, in the order of the text."""
        groups = self.view.claims_by_statement.values()
        return tuple(self._note(number, claims) for number, claims in enumerate(groups, 1))

    def _note(self, number: int, claims: tuple[ClaimView, ...]) -> Note:
        statement = claims[0].statement
        compared = statement.compared_with
        with_ = () if compared is None else (compared.value, compared.period)
        return Note(
            number=number,
            statement=statement,
            claims=claims,
            speakers=tuple(map(self.speaker, statement.speakers)),
            subjects=self._things(statement.subjects),
            relation=self.term(statement.property),
            values=self._things(statement.values),
            extras=tuple((self.term(iri), self.thing(v)) for iri, v in statement.qualifiers),
            shares=self._things(() if statement.share is None else (statement.share,)),
            changes=self._things(() if statement.change is None else (statement.change,)),
            compared=self._things(one for one in with_ if one is not None),
        )

    def _things(self, values: Iterable[Value | ChangeValue]) -> tuple[Thing, ...]:
        return tuple(map(self.thing, values))

    def speaker(self, slug: str) -> Thing:
        """One of a speaker chain."""
        return self.document() if slug == DOCUMENT else self.entity(slug)

    def document(self) -> Thing:
        """The document."""
        link = self._guide.document
        return Thing(short(link.label, LONGEST), link.language, link.path)

    def entity(self, slug: str) -> Thing:
        """An entity, with its Wikidata item."""
        found = self._entities.get(slug)
        if found is None:
            link = self.view.facts.entities[slug].link
            item = None
            if link is not None and link.qid is not None:
                known = self._guide.item(link.qid)
                item = (link.qid, safe_link(known.href) or "", short(known.label, LONGEST))
            name = self._guide.entity(slug)
            found = Thing(
                short(name.label, LONGEST),
                name.language,
                name.path,
                item=item,
                close=link is not None and link.close,
                slug=slug,
            )
            self._entities[slug] = found
        return found

    def term(self, iri: str) -> Thing:
        """A property or qualifier; a term of ours has a page."""
        found = self._guide.term(iri)
        curie = shrink(iri, self.view.facts.publication.prefixes)
        label = short(found.label, LONGEST)
        return Thing(label, None, found.path, found.href, kind="term", detail=curie)

    def thing(self, value: Value | ChangeValue) -> Thing:
        """Any value."""
        language = self.view.facts.document.language
        if isinstance(value, EntityValue):
            return self.entity(value.slug)
        if isinstance(value, QuantityValue):
            words, detail = quantity_words(value.quantity, self.language)
            return Thing(
                words, self.language, kind="quantity", detail=detail, wording=value.wording
            )
        if isinstance(value, ChangeValue):
            words, detail = change_words(value.change, self.language)
            return Thing(
                words, self.language, kind="quantity", detail=detail, wording=value.wording
            )
        if isinstance(value, PeriodValue):
            return self.time(value)
        if isinstance(value, TextValue):
            return Thing(value.text, value.language or language, kind="words")
        if isinstance(value, UnknownValue):
            return Thing(value.text, language, kind="unknown")
        if isinstance(value, ClaimValue):
            claims = self.view.claims_by_statement[value.id]
            path = self.view.paths.file(claims[0].iri)
            return Thing(short(claims[0].sentence), language, path, kind="claim")
        if isinstance(value, IriValue):
            curie = shrink(value.iri, self.view.facts.publication.prefixes)
            return Thing(short(curie, LONGEST), link=safe_link(value.iri), kind="iri")
        return self.document()

    def time(self, value: PeriodValue) -> Thing:
        """A period: its words, else its EDTF value."""
        period = value.period
        words = value.wording or period.words
        text = words or period.edtf or ""
        detail = period.edtf if words else None
        language = self.view.facts.document.language if words else None
        return Thing(text, language, kind="time", detail=detail, wording=value.wording)
