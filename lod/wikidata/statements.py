"""Statements of a Wikibase, read from their JSON as far as a comparison needs it.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from lod.wikidata.api import BadAnswerError, is_entity_id, mapping_of, text_of
from lod.wikidata.items import (
    Deleted,
    Garbled,
    ItemOutcome,
    Malformed,
    Missing,
    target_of,
)
from lod.wikidata.values import ItemRef, Known, Moment, Span, Words, read_snak

POINT_IN_TIME, START_TIME, END_TIME = "P585", "P580", "P582"
STATED_IN, REFERENCE_URL, QUOTATION, RETRIEVED = "P248", "P854", "P1683", "P813"
SOURCING_CIRCUMSTANCES, CIRCA = "P1480", "Q5727902"
SUPPORTED_BY = "P3680"
#: Properties that say the same from the other side: what P1344 says of a person, P710 says of
#: the event.
INVERSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "P1344": ("P710",),
        "P710": ("P1344",),
        "P361": ("P527",),
        "P527": ("P361",),
        "P749": ("P355",),
        "P127": ("P1830",),
        "P40": ("P22", "P25"),
    }
)
#: Properties of which a subject has one value at a time, so that another value contradicts. Of
#: the others another value says nothing: who is a member of one organisation may be of two.
SINGLE_VALUED = frozenset(
    {"P6", "P19", "P20", "P35", "P36", "P159", "P569", "P570", "P571", "P577", "P1476"}
)
#: What may stand in a reference without naming a source: where Wikidata copied it from (P143,
#: P4656), what it was concluded from (P887, P3452), and when (P813).
NO_SOURCE = frozenset({"P143", "P813", "P887", "P3452", "P4656"})
_RANKS = {"preferred": 0, "normal": 1, "deprecated": 2}
_KINDS = ("value", "somevalue", "novalue")
#: PID to statements, as in the `claims` of entity JSON.
Claims = Mapping[str, Sequence[Mapping[str, Any]]]
#: Id of an item, its statements, its label and its revision, if there are any.
_Read = tuple[str, Any, str | None, int]
_PROBLEMS: Mapping[type, str] = {
    Missing: "is not there",
    Deleted: "was deleted",
    Malformed: "is no id of an item",
}


class SeenReference(Struct, frozen=True):
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


class Seen(Struct, frozen=True):
    """A statement that is on Wikidata.

    Attributes:
        item: QID of the item that it is on.
        pid: its property.
        id: its id, or "" where it has none.
        rank: "preferred", "normal" or "deprecated".
        value: its value; None where it is of a kind that is not read here (coordinates).
        times: what it says about its time: points (P585), or one from start to end (P580, P582).
        references: its references.
        circa: whether it is called approximate (P1480).
        raw: its JSON.
    """

    item: str
    pid: str
    id: str
    rank: str
    value: Known | None
    times: tuple[Span, ...]
    references: tuple[SeenReference, ...]
    circa: bool
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
        circa,
        raw,
    )


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


def shape_problem(claims: object) -> str | None:
    """What is wrong with the statements of an item, as a phrase; None where nothing is.

    Args:
        claims: the `claims` of entity JSON. An empty object may be `[]`, as PHP writes it.

    >>> shape_problem({"P31": [{"mainsnak": {"snaktype": "novalue", "property": "P31"}}]})
    >>> shape_problem({"P31": [{"mainsnak": 5}]})
    'the statement 1 of P31: mainsnak is no snak'
    """
    return next(_claims(claims), None)


def _claims(claims: object) -> Iterator[str]:
    if claims == []:
        return
    if not isinstance(claims, dict):
        yield "claims is no object"
        return
    for pid, statements in claims.items():
        if not isinstance(statements, list):
            yield f"{_short(pid)} has no list of statements"
            return
        for number, statement in enumerate(statements, 1):
            for problem in _statement(statement):
                yield f"the statement {number} of {_short(pid)}: {problem}"


def _statement(statement: object) -> Iterator[str]:
    if not isinstance(statement, dict):
        yield "is no object"
        return
    references = statement.get("references", [])
    fine = {
        "id is no text": isinstance(statement.get("id", ""), str),
        # A list or an object is a rank as little as another text.
        "rank is none of preferred, normal, deprecated": statement.get("rank", "normal")
        in tuple(_RANKS),
        "mainsnak is no snak": _is_snak(statement.get("mainsnak")),
        "qualifiers are no snaks": _are_snaks(statement.get("qualifiers", {})),
        "references are none": isinstance(references, list)
        and all(isinstance(one, dict) and _are_snaks(one.get("snaks", {})) for one in references),
    }
    yield from (problem for problem, is_fine in fine.items() if not is_fine)


def _are_snaks(by_property: object) -> bool:
    if by_property == []:
        return True
    return isinstance(by_property, dict) and all(
        isinstance(snaks, list) and all(map(_is_snak, snaks)) for snaks in by_property.values()
    )


def _is_snak(snak: object) -> bool:
    if not isinstance(snak, dict) or snak.get("snaktype") not in _KINDS:
        return False
    if snak["snaktype"] != "value":
        return True
    data = snak.get("datavalue")
    return (
        isinstance(data, dict)
        and isinstance(data.get("type"), str)
        and isinstance(data.get("value"), str | dict)
    )


def _short(text: object) -> str:
    return str(text)[:40]


class Snapshot(Struct, frozen=True):
    """The statements of items, with what became of those that were not there.

    Attributes:
        claims: QID to its statements by PID; merged items under their new QID.
        redirects: QID of a merged item to the one that it became.
        problems: QID of an item that has no statements to compare, to why, as a phrase.
        labels: QID to the label to show.
        revisions: QID to the revision that was read.
    """

    claims: Mapping[str, Claims]
    redirects: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)

    def resolve(self, qid: str) -> str:
        """The item that an id means now."""
        return self.redirects.get(qid, qid)

    def statements(self, qid: str, property_: str) -> Sequence[Mapping[str, Any]]:
        """The statements of an item with a property, as JSON."""
        return self.claims.get(self.resolve(qid), {}).get(property_, ())

    def problem(self, qid: str) -> str | None:
        """Why an item cannot be compared, or None where it can."""
        if (why := self.problems.get(qid)) is not None:
            return why
        return None if self.resolve(qid) in self.claims else "was not read"


def snapshot_of(entities: Mapping[str, Mapping[str, Any]], language: str = "en") -> Snapshot:
    """A snapshot from entity JSON, such as the `entities` of a `wbgetentities` answer.

    Args:
        entities: requested id to entity JSON. A merged item is recognised by the other id inside,
            a missing one by `missing`.
        language: of the labels to show.

    Raises:
        BadAnswerError: an entity has not the shape of one.
    """
    return _snapshot(_read_entities(entities, language))


def _read_entities(
    entities: Mapping[str, Mapping[str, Any]], language: str
) -> Iterator[tuple[str, _Read | str]]:
    for asked, entity in entities.items():
        if "missing" in entity:
            yield asked, "is not there"
            continue
        qid = text_of(entity.get("id", asked))
        if not is_entity_id(qid):
            raise BadAnswerError(f"{asked[:40]} has the id {qid[:40]!r}")
        label = mapping_of(mapping_of(entity.get("labels")).get(language))
        revision = entity.get("lastrevid")
        number = revision if isinstance(revision, int) else 0
        claims = entity.get("claims", {})
        if (problem := shape_problem(claims)) is not None:
            raise BadAnswerError(f"what {qid} says cannot be read: {problem}")
        yield asked, (qid, claims, text_of(label.get("value")) or None, number)


def snapshot_of_outcomes(
    outcomes: Mapping[str, ItemOutcome], languages: Sequence[str] = ("en",)
) -> Snapshot:
    """A snapshot from what a client was told of each id (`Client.get_items`).

    Args:
        outcomes: requested id to outcome.
        languages: of the labels to show, the preferred one first.

    Returns:
        The snapshot; an item whose statements have not the shape of any has a problem.

    >>> from lod.wikidata.items import Deleted
    >>> snapshot_of_outcomes({"Q1": Deleted("Q1", "2024-11-27T10:00:00Z")}).problem("Q1")
    'was deleted'
    """
    return _snapshot((asked, _read(outcome, languages)) for asked, outcome in outcomes.items())


def _read(outcome: ItemOutcome, languages: Sequence[str]) -> _Read | str:
    """What an item says, or why it says nothing."""
    if isinstance(outcome, Garbled):
        return f"cannot be read: {outcome.problem}"
    if (item := target_of(outcome)) is None:
        return _PROBLEMS[type(outcome)]
    if (problem := shape_problem(item.claims)) is not None:
        return f"cannot be read: {problem}"
    return item.qid, item.claims, item.label(*languages), item.revision


def _snapshot(read: Iterable[tuple[str, _Read | str]]) -> Snapshot:
    """A snapshot from what was read under each id, or why nothing was."""
    claims: dict[str, Claims] = {}
    redirects: dict[str, str] = {}
    problems: dict[str, str] = {}
    labels: dict[str, str] = {}
    revisions: dict[str, int] = {}
    for asked, found in read:
        if isinstance(found, str):
            problems[asked] = found
            continue
        qid, raw, label, revision = found
        claims[qid] = raw or {}  # no claims at all can be [] instead of {}
        if qid != asked:
            redirects[asked] = qid
        if label is not None:
            labels[qid] = label
        if revision:
            revisions[qid] = revision
    return Snapshot(claims, redirects, problems, labels, revisions)
