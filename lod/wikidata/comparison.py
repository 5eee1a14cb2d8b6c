"""The comparison of a publication as rows of plain data: for tables, JSON and pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, to_builtins

from lod.language.quantities.formatting import format_quantity
from lod.model.facts import Facts
from lod.model.period import Period
from lod.model.value import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import shrink
from lod.wikidata.compare import Compared, Judged, Outcome
from lod.wikidata.mapped import MappedClaim
from lod.wikidata.statements import SeenReference, Snapshot
from lod.wikidata.values import ItemRef, describe_value, span_of, span_text


class Theirs(Struct, frozen=True):
    """A statement of Wikidata that was considered, as text.

    Attributes:
        item: QID of the item that it is on.
        pid: its property.
        id: its id.
        rank: preferred or normal.
        value: its value, with bounds and unit.
        times: when it holds.
        references: its references, each in a few words.
        agreement: same, compatible, different or incomparable.
        timing: how the times go together.
        match: whether it is the one that says the same.
    """

    item: str
    pid: str
    id: str
    rank: str
    value: str
    times: tuple[str, ...]
    references: tuple[str, ...]
    agreement: str
    timing: str
    match: bool


class Row(Struct, frozen=True):
    """One comparison, as text.

    Attributes:
        claim: id of the claim.
        subject: label of what it is about.
        item: QID of that, or None.
        property: short name of the claim's property.
        pid: the property of Wikidata, or None.
        mapping: equivalent, sub or close; None where there is no such property.
        value: what is said, hedge and unit included.
        during: when, or None.
        outcome: what was found.
        reason: why it is not comparable, or None.
        notes: what else to know.
        theirs: what Wikidata says, what counts most first.
        quotes: the words of the text.
    """

    claim: str
    subject: str
    item: str | None
    property: str
    pid: str | None
    mapping: str | None
    value: str
    during: str | None
    outcome: Outcome
    reason: str | None
    notes: tuple[str, ...]
    theirs: tuple[Theirs, ...]
    quotes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The row as plain JSON data; what has no value is null."""
        data: dict[str, Any] = to_builtins(self)
        return data


def rows(facts: Facts, compared: Sequence[Compared], snapshot: Snapshot) -> list[Row]:
    """The comparison as text.

    Args:
        facts: the publication.
        compared: the result of `lod.wikidata.compare.compare`.
        snapshot: what it was compared with.
    """
    labels = {
        **{
            entity.link.qid: entity.label
            for entity in facts.entities.values()
            if entity.link is not None and entity.link.qid is not None and not entity.link.close
        },
        **snapshot.labels,
    }
    return [_row(facts, one, labels) for one in compared]


def counts(table: Sequence[Row]) -> dict[str, int]:
    """How many rows have each outcome, in the order of `Outcome`."""
    counted = Counter(row.outcome for row in table)
    return {str(outcome): counted[outcome] for outcome in Outcome}


def _row(facts: Facts, one: Compared, labels: Mapping[str, str]) -> Row:
    claim = one.claim
    statement = claim.statement
    mapped = claim if isinstance(claim, MappedClaim) else None
    return Row(
        claim.claim,
        _text(facts, claim.subject),
        mapped.item if mapped else None,
        shrink(statement.property, facts.publication.prefixes),
        mapped.pid if mapped else None,
        mapped.strength if mapped else None,
        _ours(facts, one, labels),
        None if statement.during is None else period_text(statement.during.period),
        one.outcome,
        one.reason,
        one.notes,
        # The statement that says the same first.
        tuple(
            _theirs(judged, judged is one.match, labels)
            for judged in sorted(one.considered, key=lambda judged: judged is not one.match)
        ),
        tuple(anchor.exact for anchor in statement.anchors),
    )


def _ours(facts: Facts, one: Compared, labels: Mapping[str, str]) -> str:
    value = one.claim.value
    if isinstance(value, ItemRef):
        return describe_value(value, labels)
    return "" if value is None else _text(facts, value)


def _theirs(judged: Judged, match: bool, labels: Mapping[str, str]) -> Theirs:
    seen = judged.seen
    return Theirs(
        seen.item,
        seen.pid,
        seen.id,
        seen.rank,
        describe_value(seen.value, labels),
        tuple(map(span_text, seen.times)),
        tuple(_reference(reference, labels) for reference in seen.references),
        str(judged.agreement),
        str(judged.timing),
        match,
    )


def _reference(reference: SeenReference, labels: Mapping[str, str]) -> str:
    parts = [f"stated in {labels.get(qid, qid)}" for qid in reference.stated_in]
    parts += reference.urls
    if not parts:
        parts = [", ".join(reference.properties)]
    return "; ".join(parts) + ("" if reference.names_source else " (names no source)")


def _text(facts: Facts, value: Value) -> str:
    match value:
        case EntityValue(slug):
            return facts.entities[slug].label
        case DocumentValue():
            return next(iter(facts.document.titles.values()), "the document")
        case ClaimValue(id_):
            return f"claim {id_}"
        case QuantityValue(quantity):
            return format_quantity(quantity)
        case PeriodValue(period):
            return period_text(period)
        case IriValue(iri):
            return iri
        case TextValue(text) | UnknownValue(text):
            return f'"{text}"'


def period_text(period: Period) -> str:
    """A period as people read it: its words and its days.

    >>> period_text(Period(words="last year", edtf="2023", start="2023-01-01", end="2023-12-31"))
    'last year = 2023'
    """
    span = span_of(period)
    days = period.edtf or (span_text(span) if span is not None else None)
    parts = dict.fromkeys(part for part in (period.words, days) if part)
    return " = ".join(parts)
