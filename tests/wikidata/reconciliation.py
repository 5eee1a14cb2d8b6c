"""A small reconciliation service over the entities, in both versions of the API."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from typing import Any

from tests.wikidata.entities import Entities, Entity
from tests.wikidata.search_index import fold, search

Json = dict[str, Any]


def manifest(address: str, versions: list[str] | None) -> Json:
    """What the service says of itself; versions are None for services older than the reports."""
    data: Json = {
        "name": "Local Wikibase",
        "identifierSpace": "http://www.wikidata.org/entity/",
        "schemaSpace": "http://www.wikidata.org/prop/direct/",
        "defaultTypes": [{"id": "Q35120", "name": "entity"}],
        "view": {"url": f"{address}/wiki/{{{{id}}}}"},
    }
    return data if versions is None else {"versions": versions, **data}


def respond(
    entities: Entities, params: Mapping[str, str], language: str, versions: list[str] | None
) -> Json:
    """The candidates for a batch of queries."""
    try:
        queries = json.loads(params["queries"])
    except (KeyError, ValueError):
        return {"status": "error", "message": "invalid query"}
    if len(queries) > 50:
        return {"status": "error", "message": "too many queries"}
    rich = "0.2" in (versions or [])
    return {
        name: {"result": _candidates(entities, query, language, rich)}
        for name, query in queries.items()
    }


def _types(entity: Entity) -> list[str]:
    return [
        statement["mainsnak"]["datavalue"]["value"]["id"]
        for statement in (entity["claims"] or {}).get("P31", ())
        if statement["mainsnak"]["snaktype"] == "value"
    ]


def _candidates(entities: Entities, query: Json, language: str, rich: bool) -> list[Json]:
    text = query["query"]
    wanted = query.get("type", [])
    wanted = {wanted} if isinstance(wanted, str) else set(wanted)
    found = []
    for name in search(entities, text, language, "item")[:50]:
        entity = entities.get(name.qid)
        assert entity is not None
        types = _types(entity)
        likeness = difflib.SequenceMatcher(None, fold(text), name.folded).ratio()
        score = round(100 * likeness) / (1 if not wanted or wanted & set(types) else 2)
        labels = entity["labels"]
        candidate: Json = {
            "id": name.qid,
            "name": labels.get(language, labels.get("en", {"value": name.qid}))["value"],
            "score": score,
            "match": False,
            "type": [{"id": kind, "name": kind} for kind in types],
        }
        if rich:
            candidate["description"] = entity["descriptions"].get("en", {"value": ""})["value"]
            candidate["features"] = [{"id": "all_labels", "value": round(100 * likeness)}]
        found.append(candidate)
    found.sort(key=lambda candidate: -float(candidate["score"]))
    if found and found[0]["score"] == 100 and (len(found) == 1 or found[1]["score"] < 100):
        found[0]["match"] = True
    return found[: query.get("limit", 5)]
