"""Turns items of a Wikibase into what the lock pins of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from lod.facts.links.kinds import kind_table
from lod.facts.links.lock import LockedItem
from lod.model.facts import Facts
from lod.wikidata.outcomes import Item, ItemOutcome, target_of
from lod.wikidata.search import Candidate

#: The property with an item's place on Earth.
COORDINATES = "P625"
_EARTH = "Q2"


class ItemSource(Protocol):
    """What linking asks of a Wikibase; `lod.wikidata.client.Client` has it."""

    def get_items(
        self, qids: Iterable[str], languages: Sequence[str] = ..., props: Sequence[str] = ...
    ) -> dict[str, ItemOutcome]:
        """Items by their ids."""

    def get_superclasses(
        self, qids: Iterable[str], *, max_depth: int = ...
    ) -> dict[str, frozenset[str]]:
        """The classes above some classes."""

    def search(self, text: str, language: str, *, limit: int = ...) -> list[Candidate]:
        """Items whose label or alias begins with a text."""


def languages_of(facts: Facts) -> list[str]:
    """The languages in which names are looked for: the text's, those of the labels, English.

    A tag with a region or script is followed by its plain language.
    """
    tags = [facts.document.language]
    for entity in facts.entities.values():
        tags += entity.labels
    codes = (code for tag in tags for code in (tag.lower(), tag.lower().partition("-")[0]))
    return list(dict.fromkeys((*codes, "en")))


def read_outcomes(
    source: ItemSource,
    qids: Iterable[str],
    languages: Sequence[str],
    date: str,
    *,
    foreign: bool = False,
) -> dict[str, tuple[ItemOutcome, LockedItem | None]]:
    """Look items up, with the labels of their types and the classes above these.

    Args:
        source: the Wikibase.
        qids: which.
        languages: codes of the languages to keep.
        date: xsd:date to put on the snapshots.
        foreign: whether the Wikibase has other ids than Wikidata.

    Returns:
        For each id its outcome and the snapshot of the item that it leads to, if any. The
        snapshot has the id of that item.

    Raises:
        NetworkError: a request failed for good.
    """
    outcomes = source.get_items(list(dict.fromkeys(qids)), list(languages))
    items = {qid: target_of(outcome) for qid, outcome in outcomes.items()}
    types = list(dict.fromkeys(t for item in items.values() if item for t in item.types))
    labels: Mapping[str, ItemOutcome] = {}
    above: Mapping[str, frozenset[str]] = {}
    if types:
        labels = source.get_items(types, ["en"], ("labels",))
        above = source.get_superclasses(types)
    names = {
        qid: (found.label("en") or "") if (found := target_of(outcome)) is not None else ""
        for qid, outcome in labels.items()
    }
    return {
        qid: (
            outcome,
            None
            if (item := items[qid]) is None
            else pin(item, names, above, date, foreign=foreign),
        )
        for qid, outcome in outcomes.items()
    }


def pin(
    item: Item,
    type_labels: Mapping[str, str],
    superclasses: Mapping[str, frozenset[str]],
    date: str,
    *,
    foreign: bool = False,
) -> LockedItem:
    """The snapshot of an item.

    Args:
        item: as the Wikibase has it, in the languages to keep.
        type_labels: English labels of its types.
        superclasses: the classes above its types; those that say of what kind it is are kept.
        date: xsd:date of the snapshot.
        foreign: whether the Wikibase has other ids than Wikidata.
    """
    known = kind_table().by_item
    above = {qid for type_ in item.types for qid in superclasses.get(type_, ())}
    kept = frozenset() if foreign else above & known.keys() - set(item.types)
    return LockedItem(
        qid=item.qid,
        labels=dict(sorted(item.labels.items())),
        aliases={tag: names for tag, names in sorted(item.aliases.items()) if names},
        descriptions=dict(sorted(item.descriptions.items())),
        types={qid: type_labels.get(qid, "") for qid in item.types},
        superclasses=tuple(sorted(kept, key=lambda qid: int(qid[1:]))),
        coordinates=coordinates_of(item),
        revision=item.revision or None,
        date=date,
        foreign=foreign,
    )


def coordinates_of(item: Item) -> tuple[float, float] | None:
    """Latitude and longitude of an item in degrees; None for none, or not on Earth."""
    statements = [
        one for one in item.claims.get(COORDINATES, ()) if one.get("rank") != "deprecated"
    ]
    statements.sort(key=lambda one: one.get("rank") != "preferred")
    for value in _values(statements):
        latitude, longitude = value.get("latitude"), value.get("longitude")
        globe = str(value.get("globe") or _EARTH).rpartition("/")[2]
        if (
            isinstance(latitude, int | float)
            and isinstance(longitude, int | float)
            and abs(latitude) <= 90
            and abs(longitude) <= 360
            and globe == _EARTH
        ):
            return float(latitude), float(longitude)
    return None


def related_items(item: Item) -> frozenset[str]:
    """The items that the statements of an item name as values."""
    return frozenset(
        qid
        for statements in item.claims.values()
        for value in _values(statements)
        if isinstance(qid := value.get("id"), str)
    )


def _values(statements: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for statement in statements:
        snak = statement.get("mainsnak")
        data = snak.get("datavalue") if isinstance(snak, dict) else None
        value = data.get("value") if isinstance(data, dict) else None
        if isinstance(value, dict):
            yield value
