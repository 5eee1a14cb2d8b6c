"""What a Wikibase said of the items of a publication, as plain data to compare with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lod.model.facts import Facts
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.errors import BadAnswerError
from lod.wikidata.json_body import mapping_of, text_of
from lod.wikidata.mapped import MappedClaim, map_claims
from lod.wikidata.outcomes import (
    Deleted,
    ItemOutcome,
    Malformed,
    Missing,
    is_entity_id,
    target_of,
)
from lod.wikidata.statement_shape import shape_problem
from lod.wikidata.statements import ItemRef

#: PID to statements, as in the `claims` of entity JSON.
Claims = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Snapshot:
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
    claims: dict[str, Claims] = {}
    redirects: dict[str, str] = {}
    problems: dict[str, str] = {}
    labels: dict[str, str] = {}
    revisions: dict[str, int] = {}
    for asked, entity in entities.items():
        if "missing" in entity:
            problems[asked] = "is not there"
            continue
        qid = text_of(entity.get("id", asked))
        if not is_entity_id(qid):
            raise BadAnswerError(f"{asked[:40]} has the id {qid[:40]!r}")
        if qid != asked:
            redirects[asked] = qid
        claims[qid] = _whole(qid, entity.get("claims", {}))
        label = mapping_of(mapping_of(entity.get("labels")).get(language))
        if text := text_of(label.get("value")):
            labels[qid] = text
        if isinstance(revision := entity.get("lastrevid"), int):
            revisions[qid] = revision
    return Snapshot(claims, redirects, problems, labels, revisions)


def needed_items(facts: Facts, vocabulary: Vocabulary) -> list[str]:
    """The items that a comparison has to read: each once, in the order of the facts."""
    return list(dict.fromkeys(_items(facts, vocabulary)))


def _items(facts: Facts, vocabulary: Vocabulary) -> Iterator[str]:
    for claim in map_claims(facts, vocabulary):
        if isinstance(claim, MappedClaim):
            yield claim.item
            if isinstance(claim.value, ItemRef):
                yield claim.value.qid


def snapshot_of_outcomes(
    outcomes: Mapping[str, ItemOutcome], languages: Sequence[str] = ("en",)
) -> Snapshot:
    """A snapshot from what a client was told of each id (`Client.get_items`).

    Args:
        outcomes: requested id to outcome.
        languages: of the labels to show, the preferred one first.

    Raises:
        BadAnswerError: the statements of an item have not the shape of any.

    >>> from lod.wikidata.outcomes import Deleted
    >>> snapshot_of_outcomes({"Q1": Deleted("Q1", "2024-11-27T10:00:00Z")}).problem("Q1")
    'was deleted'
    """
    claims: dict[str, Claims] = {}
    redirects: dict[str, str] = {}
    problems: dict[str, str] = {}
    labels: dict[str, str] = {}
    revisions: dict[str, int] = {}
    for asked, outcome in outcomes.items():
        item = target_of(outcome)
        if item is None:
            problems[asked] = _PROBLEMS[type(outcome)]
            continue
        if item.qid != asked:
            redirects[asked] = item.qid
        claims[item.qid] = _whole(item.qid, item.claims)
        if (label := item.label(*languages)) is not None:
            labels[item.qid] = label
        if item.revision:
            revisions[item.qid] = item.revision
    return Snapshot(claims, redirects, problems, labels, revisions)


def _whole(qid: str, claims: Any) -> Claims:
    """The statements of an item, all of which can be read."""
    if (problem := shape_problem(claims)) is not None:
        raise BadAnswerError(f"what {qid} says cannot be read: {problem}")
    return claims or {}  # no claims at all can be [] instead of {}


_PROBLEMS: Mapping[type, str] = {
    Missing: "is not there",
    Deleted: "was deleted",
    Malformed: "is no id of an item",
}
