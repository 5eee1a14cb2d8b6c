"""Statements of a Wikibase, read from their JSON as far as a comparison needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lod.namespaces import WIKIDATA_NS
from lod.wikidata.amounts import Amount, amount_of
from lod.wikidata.properties import (
    CIRCA,
    END_TIME,
    NO_SOURCE,
    POINT_IN_TIME,
    REFERENCE_URL,
    SOURCING_CIRCUMSTANCES,
    START_TIME,
    STATED_IN,
)
from lod.wikidata.times import Moment, Span, moment_of

_RANKS = {"preferred": 0, "normal": 1, "deprecated": 2}


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item as a value."""

    qid: str


@dataclass(frozen=True, slots=True)
class Words:
    """Words as a value; the language is None for a plain string."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Special:
    """No value: `somevalue` (there is one, not known which) or `novalue` (there is none)."""

    kind: str


Known = ItemRef | Amount | Moment | Words | Special


@dataclass(frozen=True, slots=True)
class SeenReference:
    """A reference of a statement.

    Attributes:
        properties: PIDs of its snaks.
        urls: its reference URLs (P854).
        stated_in: QIDs of what it is stated in (P248).
    """

    properties: tuple[str, ...]
    urls: tuple[str, ...]
    stated_in: tuple[str, ...]

    @property
    def names_source(self) -> bool:
        """Whether it names a source, and not only where Wikidata copied the statement from."""
        return not NO_SOURCE.issuperset(self.properties)


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement that is on Wikidata.

    Attributes:
        item: QID of the item that it is on.
        pid: its property.
        id: its id, or "" where it has none.
        rank: "preferred", "normal" or "deprecated".
        value: its value; None where it is of a kind that is not read here (coordinates).
        times: what it says about its time: points (P585), or one from start to end (P580, P582).
        references: its references.
        raw: its JSON.
    """

    item: str
    pid: str
    id: str
    rank: str
    value: Known | None
    times: tuple[Span, ...]
    references: tuple[SeenReference, ...]
    raw: Mapping[str, Any]

    @property
    def deprecated(self) -> bool:
        """Whether Wikidata itself holds it for wrong."""
        return self.rank == "deprecated"

    @property
    def is_referenced(self) -> bool:
        """Whether a reference names a source."""
        return any(reference.names_source for reference in self.references)


def read_statements(item: str, property_: str, raw: Iterable[Mapping[str, Any]]) -> list[Seen]:
    """Read the statements of one property, preferred ones first, deprecated ones last.

    Args:
        item: QID of the item that they are on.
        property_: PID.
        raw: statements as the API gives them; what is no statement is passed over.
    """
    seen = [read_statement(item, property_, one) for one in raw if "mainsnak" in one]
    return sorted(seen, key=lambda one: _RANKS[one.rank])


def read_statement(item: str, property_: str, raw: Mapping[str, Any]) -> Seen:
    """Read one statement; see `read_statements`."""
    qualifiers = raw.get("qualifiers") or {}
    circa = any(value == ItemRef(CIRCA) for value in _values(qualifiers, (SOURCING_CIRCUMSTANCES,)))
    rank = raw.get("rank")
    return Seen(
        item,
        property_,
        str(raw.get("id", "")),
        rank if rank in _RANKS else "normal",
        read_snak(raw["mainsnak"], circa=circa),
        tuple(_times(qualifiers)),
        tuple(_reference(one.get("snaks") or {}) for one in raw.get("references") or ()),
        raw,
    )


def read_snak(snak: Mapping[str, Any], *, circa: bool = False) -> Known | None:
    """The value of a snak; None where it is of a kind that is not read here.

    >>> read_snak({"snaktype": "novalue", "property": "P40"})
    Special(kind='novalue')
    """
    if snak.get("snaktype") != "value":
        return Special(str(snak.get("snaktype")))
    data = snak.get("datavalue") or {}
    value = data.get("value")
    match data.get("type"):
        case "string":
            return Words(str(value))
        case "wikibase-entityid" if isinstance(value, Mapping):
            qid = str(value.get("id") or f"Q{value.get('numeric-id')}")
            return ItemRef(qid) if qid.startswith("Q") else Words(qid)
        case "quantity" if isinstance(value, Mapping):
            return amount_of(value, circa=circa)
        case "time" if isinstance(value, Mapping):
            return moment_of(value)
        case "monolingualtext" if isinstance(value, Mapping):
            return Words(str(value.get("text", "")), str(value.get("language", "")))
    return None


def text_of(value: Known | None, labels: Mapping[str, str]) -> str:
    """A value as people read it.

    Args:
        value: the value.
        labels: QID to label; an item without one is shown by its id.
    """
    match value:
        case ItemRef(qid):
            return f"{labels[qid]} ({qid})" if qid in labels else qid
        case Amount():
            unit = value.unit_id
            return f"{value.text} {labels.get(unit, unit)}" if unit else value.text
        case Moment():
            return value.text
        case Words(text, language):
            return f'"{text}"' + (f" ({language})" if language else "")
        case Special(kind):
            return "no value" if kind == "novalue" else "unknown value"
    return "a value of another kind"


def span_text(span: Span) -> str:
    """A stretch of time as people read it.

    >>> span_text(Span((2012, 5, 7), None))
    'from 2012-05-07'
    """
    first, last = (
        "" if one is None else "{:04}-{:02}-{:02}".format(*one) for one in (span.first, span.last)
    )
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "at an unknown time"


def item_iri(qid: str) -> str:
    """The IRI of an item."""
    return WIKIDATA_NS + qid


def _reference(snaks: Mapping[str, Sequence[Mapping[str, Any]]]) -> SeenReference:
    urls = [value.text for value in _values(snaks, (REFERENCE_URL,)) if isinstance(value, Words)]
    items = [value.qid for value in _values(snaks, (STATED_IN,)) if isinstance(value, ItemRef)]
    return SeenReference(tuple(snaks), tuple(urls), tuple(items))


def _times(qualifiers: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Span]:
    for value in _values(qualifiers, (POINT_IN_TIME,)):
        if isinstance(value, Moment) and value.span is not None:
            yield value.span
    starts, ends = (
        [value.span for value in _values(qualifiers, (property_,)) if isinstance(value, Moment)]
        for property_ in (START_TIME, END_TIME)
    )
    first = next((span.first for span in starts if span is not None), None)
    last = next((span.last for span in ends if span is not None), None)
    if first is not None or last is not None:
        yield Span(first, last)


def _values(
    snaks: Mapping[str, Sequence[Mapping[str, Any]]], properties: Iterable[str]
) -> Iterator[Known | None]:
    for property_ in properties:
        for snak in snaks.get(property_) or ():
            yield read_snak(snak)
