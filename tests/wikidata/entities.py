"""The entities of the local Wikibase: real ones, and what a test makes of them."""

from __future__ import annotations

import copy
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Entity = dict[str, Any]

#: Items known by their label only were last changed then.
_MODIFIED = "2021-01-01T00:00:00Z"
_FIRST_REVISION = 1_000_000_000


@lru_cache(maxsize=1)
def real_labels() -> Mapping[str, tuple[str, str, tuple[str, ...]]]:
    """Id to English label, description and aliases, of 66,369 real entities."""
    text = gzip.decompress((DATA / "labels.tsv.gz").read_bytes()).decode()
    lines = text.split("\n")[1:] + (DATA / "more-labels.tsv").read_text("utf-8").split("\n")[1:]
    rows = (line.split("\t") for line in lines if line)
    return {
        qid: (label, description, tuple(filter(None, aliases.split("|"))))
        for qid, label, description, aliases in rows
    }


@dataclass(frozen=True)
class Recorded:
    """A recorded answer, and the request that it was given to."""

    ids: tuple[str, ...]
    props: frozenset[str]
    body: bytes


@lru_cache(maxsize=1)
def recorded_answers() -> tuple[Recorded, ...]:
    """All recorded answers."""
    rows = [line.split("\t") for line in (DATA / "requests.tsv").read_text("utf-8").splitlines()]
    return tuple(
        Recorded(
            tuple(ids.split("|")),
            frozenset(props.split("|")),
            (DATA / "answers" / file).read_bytes(),
        )
        for file, ids, props in rows[1:]
    )


@lru_cache(maxsize=1)
def real_entities() -> Mapping[str, Entity]:
    """The entities that are known as a whole, as the API would give them."""
    found: dict[str, Entity] = {}
    for path in sorted((DATA / "entities").glob("*.json")):
        entity = json.loads(path.read_text("utf-8"))
        found[entity["id"]] = {**page_info(entity["id"]), **entity}
    for recorded in recorded_answers():
        if "claims" in recorded.props:
            found |= json.loads(recorded.body)["entities"]
    return found


def page_info(qid: str, revision: int = 0, modified: str = _MODIFIED) -> Entity:
    """What `props=info` adds to an entity."""
    number = int(qid[1:])
    return {
        "pageid": number + 100,
        "ns": 0 if qid.startswith("Q") else 120,
        "title": qid if qid.startswith("Q") else f"Property:{qid}",
        "lastrevid": revision or _FIRST_REVISION + number,
        "modified": modified,
    }


def term(language: str, value: str) -> dict[str, str]:
    """A label, description or alias as the API writes it."""
    return {"language": language, "value": value}


def statement(prop: str, qid: str, rank: str = "normal") -> Entity:
    """A statement whose value is an item."""
    value = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    snak = {
        "snaktype": "value",
        "property": prop,
        "datavalue": {"value": value, "type": "wikibase-entityid"},
        "datatype": "wikibase-item",
    }
    return {"mainsnak": snak, "type": "statement", "id": f"{qid}${prop}", "rank": rank}


def _from_labels(qid: str) -> Entity:
    label, description, aliases = real_labels()[qid]
    entity: Entity = {**page_info(qid), "type": "item" if qid[0] == "Q" else "property", "id": qid}
    if qid[0] == "P":
        entity["datatype"] = "wikibase-item"
    entity["labels"] = {"en": term("en", label)} if label else {}
    entity["descriptions"] = {"en": term("en", description)} if description else {}
    entity["aliases"] = {"en": [term("en", alias) for alias in aliases]} if aliases else {}
    entity["claims"] = {}
    entity["sitelinks"] = {}
    return entity


@dataclass
class Entities:
    """The real entities, with the changes of one test on top.

    Attributes:
        changed: entities that the test added or edited.
        redirects: id to the id that it was merged into.
        deleted: id to time and comment of its deletion.
        hidden: ids that read as missing without a trace.
        base: IRI under which the items are named.
    """

    changed: dict[str, Entity] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    deleted: dict[str, tuple[str, str]] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    base: str = "http://www.wikidata.org/entity/"

    def get(self, qid: str) -> Entity | None:
        """The entity itself; None where it is redirected, deleted or was never there."""
        if qid in self.redirects or qid in self.deleted or qid in self.hidden:
            return None
        if qid in self.changed:
            return self.changed[qid]
        if qid in real_entities():
            return real_entities()[qid]
        return _from_labels(qid) if qid in real_labels() else None

    def add(
        self,
        qid: str,
        labels: Mapping[str, str],
        *,
        descriptions: Mapping[str, str] | None = None,
        aliases: Mapping[str, Sequence[str]] | None = None,
        claims: Mapping[str, list[Entity]] | None = None,
    ) -> Entity:
        """Add an item, or replace one."""
        entity = {
            **page_info(qid),
            "type": "item",
            "id": qid,
            "labels": {code: term(code, text) for code, text in labels.items()},
            "descriptions": {code: term(code, text) for code, text in (descriptions or {}).items()},
            "aliases": {
                code: [term(code, text) for text in texts]
                for code, texts in (aliases or {}).items()
            },
            "claims": dict(claims or {}),
            "sitelinks": {},
        }
        self.changed[qid] = entity
        return entity

    def edit(self, qid: str) -> Entity:
        """A copy of an entity that the test may change; it has a new revision."""
        entity = self.get(qid)
        assert entity is not None, f"there is no {qid} to edit"
        if qid not in self.changed:
            entity = self.changed[qid] = copy.deepcopy(entity)
        entity["lastrevid"] += 1
        entity["modified"] = "2026-11-01T00:00:00Z"
        return entity

    def set_items(self, qid: str, prop: str, values: Sequence[str]) -> None:
        """Give an entity items as the values of a property ("P31", ["Q5"])."""
        self.edit(qid)["claims"][prop] = [statement(prop, value) for value in values]

    def redirect(self, qid: str, target: str) -> None:
        """Merge an item into another."""
        self.redirects[qid] = target

    def delete(
        self, qid: str, when: str = "2024-11-27T10:00:00Z", comment: str = "not notable"
    ) -> None:
        """Delete an item."""
        self.deleted[qid] = (when, comment)

    def __iter__(self) -> Iterator[str]:
        """All ids that have an entity."""
        for qid in {**real_labels(), **real_entities(), **self.changed}:
            if self.get(qid) is not None:
                yield qid
