"""The reconciliation service API, versions 0.1 and 0.2 (W3C Entity Reconciliation group).

0.1: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.1-20230321/
0.2: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lod.wikidata.errors import BadAnswerError
from lod.wikidata.json_body import mapping_of, read_object, text_of
from lod.wikidata.outcomes import is_entity_id
from lod.wikidata.transport import Answer, Request

_VERSIONS = ("0.2", "0.1")
#: How many queries one request may hold: services refuse or time out on large ones.
BATCH = 10


@dataclass(frozen=True, slots=True)
class ReconcileQuery:
    """A name to be matched.

    Attributes:
        text: the name.
        type: QID of the class that it should be of, or None.
        limit: how many candidates to ask for.
        properties: pairs of property id and value (a QID or a text) that the item should have.
    """

    text: str
    type: str | None = None
    limit: int = 10
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReconcileCandidate:
    """One item that the service proposes.

    Attributes:
        qid: its id.
        name: its label.
        score: the service's own score, of no fixed scale; None where it gives none.
        match: whether the service is sure.
        types: ids of its classes.
        description: its description; "" in version 0.1.
        features: name to value of what the score is made of; empty in version 0.1.
    """

    qid: str
    name: str
    score: float | None
    match: bool
    types: tuple[str, ...] = ()
    description: str = ""
    features: tuple[tuple[str, float | bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself.

    Attributes:
        name: its name.
        version: the newest version that both sides know, "0.1" or "0.2".
        identifier_space: IRI of the database that its ids are from.
    """

    name: str
    version: str
    identifier_space: str


def manifest_request(service: str) -> Request:
    """Ask a service what it is."""
    return Request(service, ())


def read_manifest(answer: Answer, entity: str) -> Manifest:
    """Read what a service says of itself.

    Args:
        answer: of the service.
        entity: concept base IRI of the Wikibase.

    Raises:
        BadAnswerError: it speaks neither version, or its ids are those of another database.
    """
    data = read_object(answer.body, answer.url)
    # Services older than the first report do not name a version.
    versions = data.get("versions", ["0.1"])
    known = versions if isinstance(versions, list) else []
    version = next((version for version in _VERSIONS if version in known), None)
    if version is None:
        raise BadAnswerError(f"{answer.url} speaks neither version 0.1 nor 0.2 of the API")
    space = text_of(data.get("identifierSpace"))
    if space != entity:
        raise BadAnswerError(f"{answer.url} knows the ids of {space or 'nothing'}, not of {entity}")
    return Manifest(text_of(data.get("name")), version, space)


def queries_request(service: str, version: str, queries: Sequence[ReconcileQuery]) -> Request:
    """Ask for candidates.

    Args:
        service: IRI of the service.
        version: "0.1" or "0.2".
        queries: at most 10.
    """
    batch = {f"q{number}": _query(query, version) for number, query in enumerate(queries)}
    return Request(service, (("queries", json.dumps(batch, ensure_ascii=False)),), "POST")


def _query(query: ReconcileQuery, version: str) -> dict[str, Any]:
    data: dict[str, Any] = {"query": query.text, "limit": query.limit}
    if query.type is not None:
        data["type"] = query.type if version == "0.1" else [query.type]
        # A class of the vocabulary is often a superclass of the item's: rank by it, do not filter.
        data["type_strict"] = "should"
    if query.properties:
        data["properties"] = [
            {"pid": prop, "v": {"id": value} if is_entity_id(value) else value}
            for prop, value in query.properties
        ]
    return data


def read_results(answer: Answer, count: int) -> list[list[ReconcileCandidate]]:
    """The candidates for each query, in the order of the queries and of the service.

    Raises:
        BadAnswerError: the service reports an error, or answers another question.
    """
    data = read_object(answer.body, answer.url)
    results = []
    for number in range(count):
        result = mapping_of(data.get(f"q{number}")).get("result")
        if not isinstance(result, list):
            said = text_of(data.get("message"))[:200] or "no result"
            raise BadAnswerError(f"{answer.url} gives no candidates: {said}")
        results.append([_candidate(mapping_of(candidate), answer.url) for candidate in result])
    return results


def _candidate(data: Mapping[str, Any], url: str) -> ReconcileCandidate:
    qid = text_of(data.get("id"))
    if not is_entity_id(qid):
        raise BadAnswerError(f"{url} proposes the id {qid!r}")
    types = data.get("type")
    features = data.get("features")
    return ReconcileCandidate(
        qid=qid,
        name=text_of(data.get("name")),
        score=_number(data.get("score")),
        match=data.get("match") is True,
        # Version 0.1 leaves open whether a type is an object or only its id.
        types=tuple(
            text_of(kind.get("id")) if isinstance(kind, dict) else text_of(kind)
            for kind in (types if isinstance(types, list) else ())
        ),
        description=text_of(data.get("description")),
        features=tuple(
            (text_of(feature.get("id")), value)
            for feature in (features if isinstance(features, list) else ())
            if isinstance(feature, dict) and isinstance(value := feature.get("value"), int | float)
        ),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
