"""The reconciliation service API, versions 0.1 and 0.2 (W3C Entity Reconciliation group).

0.1: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.1-20230321/
0.2: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from lod.wikidata.api import BadAnswerError, is_entity_id, mapping_of, read_object, text_of
from lod.wikidata.transport import Answer, Request

_VERSIONS = ("0.2", "0.1")
#: How many queries one request may hold: services refuse or time out on large ones.
BATCH = 10


class ReconcileQuery(Struct, frozen=True):
    """A name to be matched.

    Attributes:
        text: the name.
        type: QID of the class that it should be of, or None.
        limit: how many candidates to ask for.
    """

    text: str
    type: str | None = None
    limit: int = 10


def read_manifest(answer: Answer, entity: str) -> str:
    """The newest version of the API that a service and we know, from what it says of itself.

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
    return version


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
    return data


def read_results(answer: Answer, count: int) -> list[list[str]]:
    """The ids that are proposed for each query, in the order of the queries and of the service.

    Scores are the service's own, of no fixed scale; so only the order counts.

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
        results.append([text_of(mapping_of(candidate).get("id")) for candidate in result])
        if wrong := [qid for qid in results[-1] if not is_entity_id(qid)]:
            raise BadAnswerError(f"{answer.url} proposes the id {wrong[0]!r}")
    return results
