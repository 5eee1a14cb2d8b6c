"""Refreshes the lock of a publication, and says what changed in Wikidata since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from lod.facts.links.check import name_likeness, type_contradicts
from lod.facts.links.lock import Decision, Lock, LockedItem
from lod.facts.links.names import ALIKE
from lod.model.entity import Entity
from lod.model.facts import Facts
from lod.namespaces import WIKIDATA_NS
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.outcomes import DoublyRedirected, Redirected
from lod.wikidata.pinning import ItemSource, languages_of, read_outcomes
from lod.wikidata.ranking import Ranking


class ChangeKind(StrEnum):
    """What happened to an item since it was locked."""

    LOCKED = "locked"
    RENAMED = "renamed"
    RETYPED = "retyped"
    MERGED = "merged"
    DELETED = "deleted"
    SUSPECT = "vandalised-looking"
    DROPPED = "dropped"


#: What a person should look at.
SERIOUS = frozenset({ChangeKind.MERGED, ChangeKind.DELETED, ChangeKind.SUSPECT})


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        kind: what happened.
        qid: to which item.
        slugs: the entities that are linked to it.
        message: what was and what is, one sentence.
        serious: whether a person should look at it.
    """

    kind: ChangeKind
    qid: str
    slugs: tuple[str, ...]
    message: str
    serious: bool


def refresh(
    facts: Facts,
    vocabulary: Vocabulary,
    lock: Lock,
    source: ItemSource,
    *,
    date: str,
    by: str,
    wikibase: str,
    accept_suspect: bool = False,
    slugs: Iterable[str] = (),
) -> tuple[Lock, list[Change]]:
    """Look up every linked item anew.

    A snapshot whose content is the same keeps its date, so that nothing changes in the file. One
    whose new names no longer resemble the entity's is reported, and the old one is kept.

    Args:
        facts: the publication.
        vocabulary: its terms.
        lock: the lock as it is; an empty one for a new one.
        source: the Wikibase.
        date: xsd:date of the snapshots.
        by: who decided the links for which the lock names nobody.
        wikibase: IRI under which the items are named.
        accept_suspect: whether to take over what looks vandalised.
        slugs: look up the items of these entities only, and leave the rest as it is; all where
            empty.

    Returns:
        The new lock, and what changed, by the numbers of the items.

    Raises:
        NetworkError: a request failed for good; nothing is half refreshed.
    """
    everything = linked_entities(facts)
    wanted = frozenset(slugs)
    linked = {
        qid: entities
        for qid, entities in everything.items()
        if not wanted or any(entity.slug in wanted for entity in entities)
    }
    looked_up = read_outcomes(
        source, linked, languages_of(facts), date, foreign=wikibase != WIKIDATA_NS
    )
    ranking = Ranking(facts, vocabulary)
    items: dict[str, LockedItem] = {}
    changes: list[Change] = []
    for qid, entities in sorted(linked.items(), key=lambda pair: int(pair[0][1:])):
        outcome, now = looked_up[qid]
        old = lock.items.get(qid)
        found = list(_changes(qid, entities, old, now, outcome, vocabulary))
        changes += found
        kinds = {change.kind for change in found}
        kept: LockedItem
        if isinstance(outcome, Redirected | DoublyRedirected) and now is not None:
            kept = replace(old or now, qid=qid, merged=now.qid, deleted=False, date=date)
        elif now is None:
            kept = replace(old or LockedItem(qid, {}), deleted=True, merged=None, date=date)
        elif ChangeKind.SUSPECT in kinds and old is not None and not accept_suspect:
            kept = old
        else:
            kept = now
        decided = {
            entity.slug: old.decided[entity.slug]
            if old is not None and entity.slug in old.decided
            else Decision(by, "written in the facts", _score(ranking, entity, now))
            for entity in entities
        }
        kept = replace(kept, decided=decided)
        if old is not None and kept == replace(old, date=kept.date):
            kept = old
        items[qid] = kept
    for qid, item in lock.items.items():
        if qid in everything:
            items.setdefault(qid, item)
        else:
            message = f"{qid} ({item.label}) is linked to no entity any more"
            changes.append(Change(ChangeKind.DROPPED, qid, (), message, False))
    return Lock(items, wikibase), changes


def linked_entities(facts: Facts) -> dict[str, list[Entity]]:
    """The linked items, each with the entities that are linked to it."""
    linked: dict[str, list[Entity]] = {}
    for entity in facts.entities.values():
        if entity.link is not None and entity.link.qid is not None:
            linked.setdefault(entity.link.qid, []).append(entity)
    return linked


def _score(ranking: Ranking, entity: Entity, item: LockedItem | None) -> float | None:
    return None if item is None else ranking.rank(entity, [item])[0].score


def _changes(
    qid: str,
    entities: Sequence[Entity],
    old: LockedItem | None,
    now: LockedItem | None,
    outcome: object,
    vocabulary: Vocabulary,
) -> Iterator[Change]:
    slugs = tuple(entity.slug for entity in entities)

    def change(kind: ChangeKind, message: str, serious: bool | None = None) -> Change:
        return Change(kind, qid, slugs, message, kind in SERIOUS if serious is None else serious)

    name = old.label if old is not None else slugs[0]
    if now is None:
        yield change(ChangeKind.DELETED, f"{qid} ({name}) does not exist, or no longer does")
        return
    if isinstance(outcome, Redirected | DoublyRedirected):
        yield change(ChangeKind.MERGED, f"{qid} ({name}) was merged into {now.qid} ({now.label})")
        return
    if old is None or old.deleted or not old.labels:
        yield change(ChangeKind.LOCKED, f"{qid} is {now.label}")
        return
    for entity in entities:
        if (
            name_likeness(entity, now.names, vocabulary) < ALIKE
            and name_likeness(entity, old.names, vocabulary) >= ALIKE
        ):
            yield change(
                ChangeKind.SUSPECT,
                f"{qid} was called {old.label}, and is now called {now.label}, which is unlike "
                f"{entity.label}",
            )
            return
    for tag in sorted(old.labels.keys() | now.labels.keys()):
        before, after = old.labels.get(tag), now.labels.get(tag)
        if before != after:
            what = f'"{after}"' if after is not None else "gone"
            was = f'"{before}"' if before is not None else "none"
            yield change(ChangeKind.RENAMED, f"the label ({tag}) of {qid} was {was}, is {what}")
    if old.types.keys() != now.types.keys():
        contradicts = any(
            type_contradicts(entity.type, now, vocabulary)
            and not type_contradicts(entity.type, old, vocabulary)
            for entity in entities
        )
        yield change(
            ChangeKind.RETYPED,
            f"{qid} ({now.label}) was: {_types(old)}; is: {_types(now)}",
            contradicts,
        )


def _types(item: LockedItem) -> str:
    return ", ".join(label or qid for qid, label in item.types.items()) or "without a type"
