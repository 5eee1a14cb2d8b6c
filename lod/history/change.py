"""What can have become of a claim between two versions of the data, and how much that weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import Any

from msgspec import Struct, convert, field, to_builtins
from msgspec.json import decode, encode


class Level(IntEnum):
    """The part of a version's number (Semantic Versioning 2.0.0) that a change counts up."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Change(StrEnum):
    """A kind of difference, the weightiest first. The value is the name used everywhere."""

    WITHDRAWN = "withdrawn"
    """It was there and is not."""
    VALUE_CHANGED = "value-changed"
    """Something else is said: subject, property, value, share, qualifier, modality, polarity."""
    RE_ATTRIBUTED = "re-attributed"
    """Somebody else says it."""
    RE_DATED = "re-dated"
    """It is said of another time, or on another day."""
    ADDED = "added"
    """It was not there and is."""
    RELINKED = "relinked"
    """It leads to other items, of Wikidata or elsewhere."""
    RE_ANCHORED = "re-anchored"
    """The same words stand at another place."""
    REWORDED = "reworded"
    """The same is said in other words."""

    @property
    def level(self) -> Level:
        """What it makes of a version's number.

        >>> Change.RE_DATED.level.name, Change.ADDED.level.name, Change.REWORDED.level.name
        ('MAJOR', 'MINOR', 'PATCH')
        """
        if self in (Change.ADDED, Change.RELINKED):
            return Level.MINOR
        return Level.PATCH if self in (Change.RE_ANCHORED, Change.REWORDED) else Level.MAJOR


#: The kinds in their order.
ORDER = {change: number for number, change in enumerate(Change)}


class Part(Struct, frozen=True):
    """A part of a claim that differs.

    Attributes:
        name: what it is: "value", "during", "quote", the name of a qualifier.
        change: of which kind the difference is.
        before: what was there, each thing in short; empty where nothing was.
        after: what is there now.
    """

    name: str
    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]


class Entry(Struct, frozen=True):
    """What became of one claim, entity, or of something else that the data describes.

    Attributes:
        what: "claim", "entity", "document", "publication", "graph" or "other".
        id: the claim's id, the entity's slug, or the IRI; below the base without that.
        iri: its IRI, after where there is one.
        changes: the kinds, the weightiest first.
        before: the sentences of a claim, or the names of an entity, that were there.
        after: those that are there now.
        parts: what differs in it.
        claims: for an entity, ids of the claims that differ by nothing else.
    """

    what: str
    id: str
    iri: str
    changes: tuple[Change, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    claims: tuple[str, ...] = ()

    @property
    def change(self) -> Change:
        """The weightiest kind."""
        return self.changes[0]

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        said: dict[str, Any] = decode(encode(self))
        return {"change": self.change.value, "changes": said["changes"], **said}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Entry:
        """The entry that `as_dict` made the data of; what else is in it is passed over."""
        return convert(data, cls)


class Version(Struct, frozen=True):
    """Which state of a publication was compared.

    Attributes:
        name: how the user called it.
        base: the IRI under which it names its things; None where the publication is not there.
        version: what it says of itself, or None.
        modified: likewise, an xsd:date.
    """

    name: str
    base: str | None
    version: str | None = None
    modified: str | None = None


class Difference(Struct, frozen=True):
    """What differs between two states of a publication.

    Attributes:
        before: the older state.
        after: the newer one.
        entries: what differs, one entry a claim: claims in the order of the text, then the rest.
        notes: what was not compared, and what differs without a change of what is said.
    """

    before: Version
    after: Version
    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def level(self) -> Level:
        """What it makes of a version's number."""
        return level_of(change for entry in self.entries for change in entry.changes)

    @property
    def facts_changed(self) -> bool:
        """Whether facts changed, and not the words or places alone."""
        return self.level > Level.PATCH

    @property
    def counts(self) -> dict[str, int]:
        """How many entries there are of each kind, each counted once, by its weightiest."""
        return count(entry.change for entry in self.entries)

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        return {
            "before": to_builtins(self.before),
            "after": to_builtins(self.after),
            "factsChanged": self.facts_changed,
            "level": self.level.name.lower(),
            "counts": self.counts,
            "notes": self.notes,
            "changes": [entry.as_dict() for entry in self.entries],
        }


def level_of(changes: Iterable[Change]) -> Level:
    """What changes together make of a version's number.

    >>> level_of([Change.REWORDED, Change.ADDED]).name, level_of([]).name
    ('MINOR', 'NONE')
    """
    return max((change.level for change in changes), default=Level.NONE)


def count(changes: Iterable[Change]) -> dict[str, int]:
    """How many there are of each kind, in the order of the kinds."""
    counted = Counter(changes)
    return {change.value: counted[change] for change in Change if counted[change]}
