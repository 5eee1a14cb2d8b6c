"""Claims in the terms of Wikidata: which item, which property, which value.

Only what a speaker says to hold as it stands can be a statement of Wikidata. Everything else is
told apart here, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from lod.model.claim import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    Modality,
    PeriodValue,
    Polarity,
    QuantityValue,
    Statement,
    Subject,
    TextValue,
    UnknownValue,
    Value,
)
from lod.model.entity import Link
from lod.model.facts import Facts
from lod.namespaces import WIKIDATA_NS, shrink
from lod.vocabulary.terms import Strength
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.statements import ItemRef

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
HOLDS = frozenset({Modality.STATED, Modality.IMPLIED})

#: What a claim says, in a form that can be compared: an item, or the value of the facts.
Wanted = ItemRef | QuantityValue | PeriodValue | TextValue


@dataclass(frozen=True, slots=True)
class MappedClaim:
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


@dataclass(frozen=True, slots=True)
class Unmapped:
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
    mapper = _Mapper(facts, vocabulary)
    for statement in facts.statements:
        yield from mapper.claims(statement)


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


class _Mapper:
    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        self._statements = {statement.id: statement for statement in facts.statements}

    def claims(self, statement: Statement) -> Iterator[MappedClaim | Unmapped]:
        mappings = property_mappings(statement.property, self._vocabulary)
        reason = self._statement_reason(statement)
        if reason is None and not mappings:
            reason = f"{shrink(statement.property)} has no counterpart on Wikidata"
        number = 0
        values: tuple[Value | None, ...] = statement.values or (None,)
        several = self._count(statement) > 1
        for subject, value in product(statement.subjects, values):
            claim = f"{statement.id}/{number + 1}" if several else statement.id
            number += self._width(subject) * self._width(value)
            item, why = self._subject(subject)
            if statement.property in _SCHEMA and not isinstance(subject, DocumentValue):
                item, why = (
                    None,
                    f"{shrink(statement.property)} has a counterpart for documents only",
                )
            wanted: Wanted | None = None
            if reason is None and item is not None:
                wanted, why = self._value(value)
            if reason is not None or item is None or wanted is None:
                yield Unmapped(claim, statement, subject, value, reason or why)
                continue
            for pid, strength in mappings:
                yield MappedClaim(claim, statement, subject, item, pid, strength, wanted)

    def _count(self, statement: Statement) -> int:
        subjects = sum(map(self._width, statement.subjects))
        return subjects * (sum(map(self._width, statement.values)) or 1)

    def _width(self, value: Value | None) -> int:
        """How many claims a value stands for, as the dataset numbers them."""
        return self._count(self._statements[value.id]) if isinstance(value, ClaimValue) else 1

    def _statement_reason(self, statement: Statement) -> str | None:
        """Why none of the claims of a statement can be on Wikidata, or None."""
        if statement.modality not in HOLDS:
            return f"it is {statement.modality}, not said to hold"
        if statement.polarity is not Polarity.POSITIVE:
            return "it is denied"
        if statement.share is not None:
            return "it holds for a share of the subject only"
        if statement.change is not None:
            return "it says a change" + ("" if statement.values else ", and no value")
        if statement.compared_with is not None:
            return "it is a comparison"
        for iri, _ in statement.qualifiers:
            term = self._vocabulary.properties.get(iri)
            if term is None or term.narrows:
                return f"{shrink(iri)} restricts it"
        return None

    def _subject(self, subject: Subject) -> tuple[str | None, str]:
        if isinstance(subject, EntityValue):
            return self._item(subject.slug)
        if isinstance(subject, DocumentValue):
            match = _ITEM.fullmatch(self._facts.document.iri or "")
            return (match[1], "") if match else (None, "the document has no item")
        return None, "it is about another claim"

    def _value(self, value: Value | None) -> tuple[Wanted | None, str]:
        match value:
            case EntityValue(slug):
                qid, why = self._item(slug)
                return (None, why) if qid is None else (ItemRef(qid), "")
            case DocumentValue():
                qid, why = self._subject(value)
                return (None, why) if qid is None else (ItemRef(qid), "")
            case IriValue(iri):
                match = _ITEM.fullmatch(iri)
                return (ItemRef(match[1]), "") if match else (None, f"{iri} is no item of Wikidata")
            case QuantityValue() | PeriodValue() | TextValue():
                return value, ""
            case ClaimValue():
                return None, "its value is another claim"
            case UnknownValue():
                return None, "its value is said to be unknown"
        return None, "it has no value"

    def _item(self, slug: str) -> tuple[str | None, str]:
        entity = self._facts.entities[slug]
        link = entity.link
        if (qid := item_of(link)) is not None:
            return qid, ""
        if link is None:
            return None, f"{entity.label} is not linked yet"
        if link.qid is not None:
            return None, f"{entity.label} is only near {link.qid}"
        return None, f"{entity.label} has no item ({link.reason or 'no reason given'})"
