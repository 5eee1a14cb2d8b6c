"""`wikidata.lock`: what was known of every linked item when its link was decided.

The file is JSON, one short line a value, keys and items in a fixed order, so that a change of one
item is a change of a few lines. It is written by `lod link` and read by `lod check` and
`lod build`, which therefore need no network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct, field

from lod.diagnostics import Location, Path
from lod.namespaces import WIKIDATA_NS
from lod.patterns import lazy
from lod.sources.json_source import read_json
from lod.sources.source import Node, SourceProblem

#: Version of the format.
VERSION = "1"
_QID = lazy(r"Q[1-9][0-9]{0,9}")
_DATE = lazy(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ITEM_KEYS = {
    *("labels", "aliases", "descriptions", "types", "superclasses", "coordinates", "revision"),
    *("date", "nameOnly", "merged", "deleted", "decided"),
}


class Decision(Struct, frozen=True):
    """Who linked an entity to an item, and why.

    Attributes:
        by: who decided.
        why: the reasons, one sentence.
        score: from 0 to 1, how well the item fitted, or None where it was not compared.
    """

    by: str
    why: str
    score: float | None = None


class LockedItem(Struct, frozen=True):
    """A snapshot of one item.

    Attributes:
        qid: the item, as it is linked.
        labels: language tag to label, in the publication's languages.
        aliases: language tag to further names.
        descriptions: language tag to description.
        types: QIDs of its types (P31) to their labels, "" where there is none.
        superclasses: QIDs of those classes above its types that say of what kind it is.
        coordinates: latitude and longitude (P625) in degrees, or None.
        revision: number of the revision, or None where the source does not say.
        date: xsd:date of the snapshot.
        name_only: whether its source tells the name and nothing else, so that nothing but the name
            confirms a link to it.
        merged: the item into which it was merged since, or None.
        deleted: whether it is no longer there.
        decided: slug of each entity that is linked to it, to who decided so.
        foreign: whether the ids of its types are those of another Wikibase than Wikidata, so that
            only their labels tell anything. The lock as a whole says so, not the item.
    """

    qid: str
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    superclasses: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    revision: int | None = None
    date: str = ""
    name_only: bool = False
    merged: str | None = None
    deleted: bool = False
    decided: Mapping[str, Decision] = field(default_factory=dict)
    foreign: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every label and alias, each once."""
        more = (alias for aliases in self.aliases.values() for alias in aliases)
        return tuple(dict.fromkeys((*self.labels.values(), *more)))

    @property
    def label(self) -> str:
        """The label to show: the English one, else the first, else the QID."""
        return self.labels.get("en") or next(iter(self.labels.values()), self.qid)


def _nowhere(path: Path) -> Location:
    return Location("wikidata.lock", 1, 1)


class Lock(Struct, frozen=True):
    """The content of a `wikidata.lock`.

    Attributes:
        items: by QID.
        wikibase: IRI under which the items are named.
        locate: gives the place of a key in the file.
    """

    items: Mapping[str, LockedItem] = field(default_factory=dict)
    wikibase: str = WIKIDATA_NS
    locate: Callable[[Path], Location] = _nowhere


def lock_file(facts_file: FilePath) -> FilePath:
    """The lock that belongs to a facts file.

    >>> lock_file(FilePath("speech/facts.yaml")).as_posix()
    'speech/wikidata.lock'
    >>> lock_file(FilePath("speech/other.yaml")).as_posix()
    'speech/other.wikidata.lock'
    """
    stem = facts_file.stem
    return facts_file.with_name("wikidata.lock" if stem == "facts" else f"{stem}.wikidata.lock")


def read_lock(data: bytes, file: str) -> Lock:
    r"""Read a lock.

    Args:
        data: the bytes of the file.
        file: its name, for the findings.

    Raises:
        SourceProblem: it is not JSON, or not a lock; the location is the place in it.

    >>> lock = read_lock(b'{"version": 1, "items": {"Q911": {"labels": {"en": "Ufa"}}}}', "l")
    >>> lock.items["Q911"].label
    'Ufa'
    """
    source = read_json(data, file)
    if source.problems:
        raise source.problems[0]
    return _LockReader(file, source.locate).lock(source.root)


class _LockReader:
    """Turns plain data into a lock; the first thing that is wrong ends it."""

    def __init__(self, file: str, locate: Callable[[Path], Location]) -> None:
        self.file = file
        self.locate = locate

    def fail(self, message: str, path: Path) -> SourceProblem:
        hint = "lod link --update writes it anew; nobody needs to edit it"
        return SourceProblem("bad-lock", message, self.locate(path), hint)

    def lock(self, root: Node) -> Lock:
        data = self.mapping(root, ())
        if data.get("version") != VERSION:
            raise self.fail(f"the lock has not the version {VERSION}", ("version",))
        wikibase = self.text(data.get("wikibase", WIKIDATA_NS), ("wikibase",))
        items = {}
        for qid, node in self.mapping(data.get("items", {}), ("items",)).items():
            if not _QID.fullmatch(qid):
                raise self.fail(f'"{qid}" is no item id', ("items", qid))
            items[qid] = self.item(qid, node, ("items", qid), wikibase != WIKIDATA_NS)
        return Lock(items, wikibase, self.locate)

    def item(self, qid: str, node: Node, at: Path, foreign: bool) -> LockedItem:
        data = self.mapping(node, at)
        for key in data.keys() - _ITEM_KEYS:
            raise self.fail(f'an item has no key "{key}"', (*at, key))
        merged = data.get("merged")
        if merged is not None and not _QID.fullmatch(self.text(merged, (*at, "merged"))):
            raise self.fail(f'"{merged}" is no item id', (*at, "merged"))
        date = self.text(data.get("date", ""), (*at, "date"))
        if date and not _DATE.fullmatch(date):
            raise self.fail(f'"{date}" is no date, YYYY-MM-DD', (*at, "date"))
        aliases = self.mapping(data.get("aliases", {}), (*at, "aliases"))
        decided = self.mapping(data.get("decided", {}), (*at, "decided"))
        return LockedItem(
            qid=qid,
            labels=self.texts(data.get("labels", {}), (*at, "labels")),
            aliases={
                tag: self.strings(names, (*at, "aliases", tag)) for tag, names in aliases.items()
            },
            descriptions=self.texts(data.get("descriptions", {}), (*at, "descriptions")),
            types=self.texts(data.get("types", {}), (*at, "types")),
            superclasses=self.strings(data.get("superclasses", []), (*at, "superclasses")),
            coordinates=self.coordinates(data.get("coordinates"), (*at, "coordinates")),
            revision=self.revision(data.get("revision"), (*at, "revision")),
            date=date,
            name_only=data.get("nameOnly") is not None,
            merged=None if merged is None else str(merged),
            deleted=data.get("deleted") is not None,
            decided={
                slug: self.decision(one, (*at, "decided", slug)) for slug, one in decided.items()
            },
            foreign=foreign,
        )

    def decision(self, node: Node, at: Path) -> Decision:
        data = self.mapping(node, at)
        by, why = (self.text(data.get(key, ""), (*at, key)) for key in ("by", "why"))
        score = data.get("score")
        return Decision(by, why, None if score is None else self.number(score, (*at, "score")))

    def coordinates(self, node: Node, at: Path) -> tuple[float, float] | None:
        if node is None:
            return None
        data = self.mapping(node, at)
        latitude, longitude = (
            self.number(data.get(key), (*at, key)) for key in ("latitude", "longitude")
        )
        return latitude, longitude

    def revision(self, node: Node, at: Path) -> int | None:
        if node is None:
            return None
        text = self.text(node, at)
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            raise self.fail("a revision is a whole number", at)
        return int(text)

    def mapping(self, node: Node, at: Path) -> dict[str, Node]:
        if type(node) is not dict:
            raise self.fail("expected an object", at)
        return node

    def text(self, node: Node, at: Path) -> str:
        if type(node) is not str:
            raise self.fail("expected text", at)
        return node

    def texts(self, node: Node, at: Path) -> dict[str, str]:
        return {key: self.text(value, (*at, key)) for key, value in self.mapping(node, at).items()}

    def strings(self, node: Node, at: Path) -> tuple[str, ...]:
        if type(node) is not list:
            raise self.fail("expected a list of texts", at)
        return tuple(self.text(value, (*at, index)) for index, value in enumerate(node))

    def number(self, node: Node, at: Path) -> float:
        try:
            return float(self.text(node, at))
        except ValueError:
            raise self.fail("expected a number", at) from None


def write_lock(lock: Lock) -> str:
    """The text of a lock; the same lock gives the same bytes."""
    items = {qid: _item_data(lock.items[qid]) for qid in sorted(lock.items, key=_number)}
    data = {"version": int(VERSION), "wikibase": lock.wikibase, "items": items}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _number(qid: str) -> int:
    return int(qid[1:])


def _item_data(item: LockedItem) -> dict[str, Any]:
    """The JSON data of an item; what is empty is left out."""
    data: dict[str, Any] = {
        "labels": dict(sorted(item.labels.items())),
        "aliases": {tag: list(names) for tag, names in sorted(item.aliases.items()) if names},
        "descriptions": dict(sorted(item.descriptions.items())),
        "types": {qid: item.types[qid] for qid in sorted(item.types, key=_number)},
        "superclasses": sorted(item.superclasses, key=_number),
        "coordinates": None,
        "revision": item.revision,
        "date": item.date,
        "nameOnly": item.name_only or None,
        "merged": item.merged,
        "deleted": item.deleted or None,
        "decided": {slug: _decision_data(one) for slug, one in sorted(item.decided.items())},
    }
    if item.coordinates is not None:
        data["coordinates"] = dict(zip(("latitude", "longitude"), item.coordinates, strict=True))
    return {key: value for key, value in data.items() if value not in ({}, [], None, "")}


def _decision_data(decision: Decision) -> dict[str, Any]:
    data: dict[str, Any] = {"by": decision.by, "why": decision.why}
    if decision.score is not None:
        data["score"] = round(decision.score, 3)
    return data
