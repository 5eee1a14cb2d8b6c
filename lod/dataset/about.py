"""The Wikidata items that a claim is about, for direct lookup across publications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lod.model.claim import Statement
from lod.model.facts import Facts
from lod.model.value import ClaimValue, EntityValue, Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class Items:
    """Looks up items through what entities are made of, about, and part of.

    Items that an entity is only near to do not count.

    Args:
        facts: the publication.
    """

    __slots__ = ("_entities", "_found", "_orders")

    def __init__(self, facts: Facts) -> None:
        self._entities = facts.entities
        self._found: dict[str, frozenset[str]] = {}
        self._orders: dict[frozenset[str], list[str]] = {}

    def of(
        self,
        statement: Statement,
        subject: Value,
        value: Value | None,
        statements: Mapping[str, Statement],
    ) -> list[str]:
        """The QIDs of subject, value and qualifiers of one claim, by number.

        Args:
            statement: the statement of the claim.
            subject: its subject.
            value: its value, or None.
            statements: all statements by id, to look through claims about claims.
        """
        found: frozenset[str] = frozenset()
        values = [subject, *(qualifier for _, qualifier in statement.qualifiers)]
        if value is not None:
            values.append(value)
        for one in values:
            if isinstance(one, EntityValue):
                known = self._found.get(one.slug)
                found |= self.of_entity(one.slug) if known is None else known
            elif isinstance(one, ClaimValue):
                deep: set[str] = set()
                self._collect((one,), statements, deep, set())
                found |= deep
        return self._ordered(found)

    def _ordered(self, found: frozenset[str]) -> list[str]:
        """The QIDs by number; the same few sets come again and again."""
        ordered = self._orders.get(found)
        if ordered is None:
            ordered = sorted(found, key=lambda qid: int(qid[1:]))
            self._orders[found] = ordered
        return ordered

    def _collect(
        self,
        values: Iterable[Value],
        statements: Mapping[str, Statement],
        found: set[str],
        seen: set[str],
    ) -> None:
        for value in values:
            if isinstance(value, EntityValue):
                found |= self.of_entity(value.slug)
            elif isinstance(value, ClaimValue) and value.id not in seen:
                seen.add(value.id)
                other = statements[value.id]
                self._collect((*other.subjects, *other.values), statements, found, seen)

    def of_entity(self, slug: str) -> frozenset[str]:
        """The QIDs of an entity, through members, about and partOf."""
        known = self._found.get(slug)
        if known is not None:
            return known
        found: set[str] = set()
        seen = {slug}
        waiting = [slug]
        while waiting:
            entity = self._entities[waiting.pop()]
            if entity.link is not None and entity.link.qid is not None and not entity.link.close:
                found.add(entity.link.qid)
            following = (*entity.members, *entity.about)
            if entity.part_of is not None:
                following += (entity.part_of,)
            for other in following:
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
        self._found[slug] = result = frozenset(found)
        return result
