"""Claims in the terms of Wikidata: which item, which property, which value.

Only what a speaker says to hold as it stands can be a statement of Wikidata. Everything else is
told apart here, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from lod.model.claim import Statement
from lod.model.entity import Link
from lod.model.expansion import Claim, Expansion, Obstacle, obstacles
from lod.model.facts import Facts
from lod.model.value import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    Subject,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import WIKIDATA_NS, shrink
from lod.vocabulary.terms import Strength
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.values import ItemRef

_WDT = "http://www.wikidata.org/prop/direct/"
_ITEM = re.compile(rf"{re.escape(WIKIDATA_NS)}(Q[1-9]\d*)")
_PID = re.compile(r"P[1-9]\d*")
#: What is said of the document itself, by the terms of schema.org.
_SCHEMA: Mapping[str, str] = {
    "https://schema.org/author": "P50",
    "https://schema.org/headline": "P1476",
    "https://schema.org/isPartOf": "P1433",
    "https://schema.org/datePublished": "P577",
    "https://schema.org/inLanguage": "P407",
}
#: What a claim says, in a form that can be compared: an item, or the value of the facts.
Wanted = ItemRef | QuantityValue | PeriodValue | TextValue


class CannotSayError(Exception):
    """Wikidata's data model has no place for something; the message says why, as a phrase."""


class MappedClaim(Struct, frozen=True):
    """A claim that may be a statement of Wikidata.

    Attributes:
        claim: its id: that of the statement, with `/n` where the statement has several claims.
        statement: the entry of the facts.
        subject: what it is about.
        item: QID of that.
        pid: the property of Wikidata.
        strength: how near the property of the claim is to that of Wikidata.
        value: what is said.
    """

    claim: str
    statement: Statement
    subject: Subject
    item: str
    pid: str
    strength: Strength
    value: Wanted


class Unmapped(Struct, frozen=True):
    """A claim that cannot be a statement of Wikidata.

    Attributes:
        claim: as for `MappedClaim`.
        statement: the entry of the facts.
        subject: what it is about.
        value: what is said, or None.
        reason: why, as a phrase.
    """

    claim: str
    statement: Statement
    subject: Subject
    value: Value | None
    reason: str


def map_claims(facts: Facts, vocabulary: Vocabulary) -> Iterator[MappedClaim | Unmapped]:
    """Every claim of a publication, in the order of the facts.

    A claim whose property maps to several properties of Wikidata is given once for each.
    """
    expansion = Expansion(facts.statements)
    for statement in facts.statements:
        for one in expansion.expand(statement):
            try:
                mapped = _map(one, facts, vocabulary)
            except CannotSayError as error:
                yield Unmapped(one.id, statement, one.subject, one.value, str(error))
                continue
            for item, pid, strength, wanted in mapped:
                yield MappedClaim(one.id, statement, one.subject, item, pid, strength, wanted)


def item_of(link: Link | None) -> str | None:
    """The item that an entity is, not merely one that is near."""
    return link.qid if link is not None and not link.close else None


def property_mappings(iri: str, vocabulary: Vocabulary) -> tuple[tuple[str, Strength], ...]:
    """The properties of Wikidata that a property maps to, with the strength of the mapping.

    Args:
        iri: IRI of the property; `wdt:P…` itself is a property of Wikidata.
        vocabulary: the terms of the publication.
    """
    if iri.startswith(_WDT) and _PID.fullmatch(pid := iri[len(_WDT) :]):
        return ((pid, "equivalent"),)
    term = vocabulary.properties.get(iri)
    if term is not None and term.wikidata:
        return tuple((pid, strength) for pid, strength in term.wikidata if _PID.fullmatch(pid))
    return ((_SCHEMA[iri], "equivalent"),) if iri in _SCHEMA else ()


def needed_items(facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """The items that a comparison has to read: each once, in the order of the facts."""
    return list(dict.fromkeys(_items(facts, vocabulary)))


def _items(facts: Facts, vocabulary: Vocabulary) -> Iterator[str]:
    for claim in map_claims(facts, vocabulary):
        if isinstance(claim, MappedClaim):
            yield claim.item
            if isinstance(claim.value, ItemRef):
                yield claim.value.qid


def _map(
    claim: Claim, facts: Facts, vocabulary: Vocabulary
) -> list[tuple[str, str, Strength, Wanted]]:
    """Item, property, strength of the mapping, value: one for each property.

    Raises:
        CannotSayError: Wikidata has no place for the claim.
    """
    _require_whole(claim.statement, vocabulary)
    property_ = claim.statement.property
    mappings = property_mappings(property_, vocabulary)
    if not mappings:
        raise CannotSayError(f"{shrink(property_)} has no counterpart on Wikidata")
    if property_ in _SCHEMA and not isinstance(claim.subject, DocumentValue):
        raise CannotSayError(f"{shrink(property_)} has a counterpart for documents only")
    item = _subject(claim.subject, facts)
    wanted = _value(claim.value, facts)
    return [(item, pid, strength, wanted) for pid, strength in mappings]


def _require_whole(statement: Statement, vocabulary: Vocabulary) -> None:
    """Of a statement that is said to hold as it stands nothing is raised."""
    for obstacle, iri in obstacles(statement, vocabulary):
        if obstacle is Obstacle.TIME:  # Wikidata says it in qualifiers
            continue
        reasons = {
            Obstacle.MODALITY: f"it is {statement.modality}, not said to hold",
            Obstacle.NEGATIVE: "it is denied",
            Obstacle.SHARE: "it holds for a share of the subject only",
            Obstacle.CHANGE: "it says a change" + ("" if statement.values else ", and no value"),
            Obstacle.QUALIFIER: f"{shrink(iri)} restricts it",
        }
        raise CannotSayError(reasons[obstacle])
    if statement.compared_with is not None:
        raise CannotSayError("it is a comparison")
    for iri, _ in statement.qualifiers:
        # What a qualifier of other terms does is not known, so it is taken to restrict.
        if iri not in vocabulary.properties:
            raise CannotSayError(f"{shrink(iri)} restricts it")


def _subject(subject: Subject, facts: Facts) -> str:
    if isinstance(subject, EntityValue):
        return _item(subject.slug, facts)
    if not isinstance(subject, DocumentValue):
        raise CannotSayError("it is about another claim")
    if match := _ITEM.fullmatch(facts.document.iri or ""):
        return match[1]
    raise CannotSayError("the document has no item")


def _value(value: Value | None, facts: Facts) -> Wanted:
    match value:
        case EntityValue() | DocumentValue():
            return ItemRef(_subject(value, facts))
        case IriValue(iri):
            if match := _ITEM.fullmatch(iri):
                return ItemRef(match[1])
            raise CannotSayError(f"{iri} is no item of Wikidata")
        case QuantityValue() | PeriodValue() | TextValue():
            return value
        case ClaimValue():
            raise CannotSayError("its value is another claim")
        case UnknownValue():
            raise CannotSayError("its value is said to be unknown")
    raise CannotSayError("it has no value")


def _item(slug: str, facts: Facts) -> str:
    entity = facts.entities[slug]
    link = entity.link
    if (qid := item_of(link)) is not None:
        return qid
    if link is None:
        raise CannotSayError(f"{entity.label} is not linked yet")
    if link.qid is not None:
        raise CannotSayError(f"{entity.label} is only near {link.qid}")
    raise CannotSayError(f"{entity.label} has no item ({link.reason or 'no reason given'})")
