"""Links a publication: decisions go into its facts file, the items are pinned in its lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from lod.errors import FindingsError, InputError
from lod.facts.check_links import name_likeness, type_contradicts
from lod.facts.load import facts_file, load_folder
from lod.links.edit import add_link
from lod.links.kinds import kind_table
from lod.links.lock import (
    Decision,
    Lock,
    LockedItem,
    lock_file,
    read_lock,
    write_lock,
)
from lod.links.names import ALIKE
from lod.model.entity import Entity, Link
from lod.model.facts import Facts
from lod.namespaces import WIKIDATA_NS
from lod.sources.source import SourceProblem, read_bytes
from lod.store.files import write_file
from lod.store.locks import locked
from lod.store.together import ChangedError, replace_together, settle
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.items import (
    DEPRECATED,
    Candidate,
    Garbled,
    Item,
    ItemOutcome,
    Redirected,
    ranked_values,
    target_of,
)
from lod.wikidata.ranking import Ranking

#: The property with an item's place on Earth.
COORDINATES = "P625"
_EARTH = "Q2"


class Linking(Struct):
    """A publication whose links are being decided.

    Attributes:
        file: its facts file.
        lock_file: its lock.
        facts: what it says; links that are decided here are in it at once.
        vocabulary: its terms.
        lock: the lock, with what was decided here.
        lock_problem: why the old lock could not be read, or None.
        decided: slug to link, what was decided here.
    """

    file: Path
    lock_file: Path
    facts: Facts
    vocabulary: Vocabulary
    lock: Lock
    lock_problem: str | None = None
    decided: dict[str, Link] = field(default_factory=dict)

    def accept(self, slug: str, item: LockedItem, decision: Decision) -> None:
        """Link an entity to an item; its facts and the lock change together.

        Args:
            slug: the entity.
            item: the snapshot to pin.
            decision: who decided, and why.

        Raises:
            InputError: another entity is that item already.
            EditError: the facts file has no safe place for it; nothing was written.
            OutputError: a file cannot be written.
        """
        for other in self.facts.entities.values():
            if other.link is not None and other.link.qid == item.qid and not other.link.close:
                raise InputError(f"{slug}: {item.qid} is {other.slug} already")
        with locked(self.file, "session", wait=True):
            self._decide(slug, Link(item.qid), item, decision)

    def decline(self, slug: str, reason: str) -> None:
        """Say that an entity has no item.

        Args:
            slug: the entity.
            reason: why.

        Raises:
            EditError: the facts file has no safe place for it; nothing was written.
            OutputError: the file cannot be written.
        """
        with locked(self.file, "session", wait=True):
            self._decide(slug, Link(None, reason=reason))

    def save_lock(self, lock: Lock) -> bool:
        """Write the lock, where it changed; what another session has decided meanwhile stays.

        Returns:
            Whether anything was written.

        Raises:
            OutputError: it cannot be written; the old one still stands.
        """
        with locked(self.file, "session", wait=True):
            known = self.lock.items.keys()
            self._read_lock_again()
            items = {qid: item for qid, item in self.lock.items.items() if qid not in known}
            for qid, item in lock.items.items():
                there = self.lock.items.get(qid, item).decided
                items[qid] = replace(item, decided={**there, **item.decided})
            self.lock = replace(lock, items=items)
            text = write_lock(self.lock)
            try:
                if self.lock_file.read_bytes() == text.encode():
                    return False
            except OSError:
                pass  # there is none yet, or writing it says what is wrong
            write_file(self.lock_file, text.encode())
            return True

    def _read_lock_again(self) -> None:
        """Take over what another session has pinned meanwhile."""
        if self.lock_problem is None and self.lock_file.is_file():
            try:
                self.lock = read_lock(read_bytes(self.lock_file), str(self.lock_file))
            except (SourceProblem, InputError) as broken:
                # Broken just now, by whoever is writing it: what was read before still counts.
                self.lock_problem = str(broken)

    def _decide(
        self,
        slug: str,
        link: Link,
        item: LockedItem | None = None,
        decision: Decision | None = None,
    ) -> None:
        """Write a link into the facts, with its item into the lock, whoever else writes there."""
        written = False
        while not written:
            settle(self.file.parent)
            # Read anew each time: whoever edits the file meanwhile loses nothing.
            before = read_bytes(self.file)
            text = add_link(_as_text(before, self.file), slug, link, str(self.file))
            files, lock = {self.file.name: text.encode()}, self.lock
            if item is not None and decision is not None:
                self._read_lock_again()
                old = self.lock.items.get(item.qid)
                decided: Mapping[str, Decision] = {} if old is None else old.decided
                pinned = replace(item, decided={**decided, slug: decision})
                lock = replace(self.lock, items={**self.lock.items, item.qid: pinned})
                files[self.lock_file.name] = write_lock(lock).encode()
            with suppress(ChangedError):
                replace_together(
                    self.file.parent, files, before={self.file.name: before}, wait=True
                )
                written = True
        self.lock = lock
        self.facts.entities[slug].link = link
        self.decided[slug] = link


def open_linking(path: Path, wikibase: str) -> Linking:
    """Open a publication to decide its links.

    What is wrong with its links is no obstacle; every other error is.

    Args:
        path: its folder or facts file.
        wikibase: IRI under which the items are named.

    Raises:
        InputError: there is none, or its lock is of another Wikibase.
        FindingsError: its facts have errors.
    """
    file = facts_file(path)
    loaded = load_folder(path, check_lock=False)
    if loaded.facts is None:
        errors = [finding for finding in loaded.findings if finding.severity == "error"]
        raise FindingsError(
            f"{file}: the facts have errors, so their links cannot be decided yet", errors
        )
    locked = lock_file(file)
    lock, problem = Lock(wikibase=wikibase), None
    if locked.is_file():
        try:
            lock = read_lock(read_bytes(locked), str(locked))
        except SourceProblem as broken:
            problem = f"{broken.location}: {broken.message}"
    if lock.items and lock.wikibase != wikibase:
        raise InputError(
            f"{locked} pins items of {lock.wikibase}, not of {wikibase}",
            hint="name that Wikibase, or delete the lock",
        )
    return Linking(file, locked, loaded.facts, loaded.vocabulary, lock, problem)


def _as_text(data: bytes, file: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8") from None


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
        name_only=not (item.revision or item.aliases or item.descriptions or item.claims),
        foreign=foreign,
    )


def coordinates_of(item: Item) -> tuple[float, float] | None:
    """Latitude and longitude of an item in degrees; None for none, or not on Earth."""
    for rank, value in ranked_values(item.claims.get(COORDINATES, ())):
        latitude, longitude = value.get("latitude"), value.get("longitude")
        globe = str(value.get("globe") or _EARTH).rpartition("/")[2]
        if (
            isinstance(latitude, int | float)
            and isinstance(longitude, int | float)
            and abs(latitude) <= 90
            and abs(longitude) <= 360
            and globe == _EARTH
            and rank < DEPRECATED
        ):
            return float(latitude), float(longitude)
    return None


def related_items(item: Item) -> frozenset[str]:
    """The items that the statements of an item name as values."""
    return frozenset(
        qid
        for statements in item.claims.values()
        for _, value in ranked_values(statements)
        if isinstance(qid := value.get("id"), str)
    )


class ChangeKind(StrEnum):
    """What happened to an item since it was locked."""

    LOCKED = "locked"
    RENAMED = "renamed"
    RETYPED = "retyped"
    MERGED = "merged"
    DELETED = "deleted"
    SUSPECT = "vandalised-looking"
    DROPPED = "dropped"
    GARBLED = "garbled"


#: What a person should look at.
SERIOUS = frozenset({ChangeKind.MERGED, ChangeKind.DELETED, ChangeKind.SUSPECT, ChangeKind.GARBLED})


class Change(Struct, frozen=True):
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
        if isinstance(outcome, Redirected) and now is not None:
            kept = replace(old or now, qid=qid, merged=now.qid, deleted=False, date=date)
        elif isinstance(outcome, Garbled):
            if old is None:
                continue  # another time it may be read
            kept = old
        elif now is None:
            kept = replace(old or LockedItem(qid, {}), deleted=True, merged=None, date=date)
        elif ChangeKind.SUSPECT in kinds and old is not None and not accept_suspect:
            kept = old
        else:
            kept = now
        decided = {
            entity.slug: old.decided[entity.slug]
            if old is not None and entity.slug in old.decided
            else Decision(
                by,
                "written in the facts",
                None if now is None else ranking.rank(entity, [now])[0].score,
            )
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
    if isinstance(outcome, Garbled):
        yield change(ChangeKind.GARBLED, f"{qid} ({name}) cannot be read: {outcome.problem}")
        return
    if now is None:
        yield change(ChangeKind.DELETED, f"{qid} ({name}) does not exist, or no longer does")
        return
    if isinstance(outcome, Redirected):
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
