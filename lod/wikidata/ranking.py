"""Ranks the items that an entity could be, each with a score and the reasons for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from lod.facts.check_links import class_words, entity_names, type_contradicts
from lod.links.kinds import (
    allowed_kinds,
    confusable,
    contradicts,
    head_of_phrase,
    kind_table,
    kinds_of_phrase,
    kinds_of_types,
    usual_kinds,
)
from lod.links.lock import LockedItem
from lod.links.names import fold_name, likeness
from lod.model.entity import Entity
from lod.model.facts import Facts
from lod.namespaces import REL_NS
from lod.vocabulary.vocabulary import Vocabulary

#: By how much the best candidate must lead to be accepted without a person.
MARGIN = 0.1
#: From which likeness on two names are one name for whoever reads it.
SAME_NAME = 0.95
# What each kind of evidence is worth. A name that is the item's label and a type that fits come to
# 0.85; beyond that something of the publication must speak for the item too.
_LABEL, _ALIAS = 0.70, 0.64
_LANGUAGE, _MOST_LANGUAGES = 0.05, 0.10
_TYPE, _POSSIBLE_TYPE = 0.15, 0.05
_TYPE_AGAINST, _DESCRIBED_AGAINST = -0.5, -0.35
_NEIGHBOUR, _DESCRIPTION = 0.08, 0.05
_TAKEN = -0.5
_WORDS, _MOST_WORDS = 0.075, 2
_PAST, _LONE_PLACE = -0.1, -0.05
_SHORT = 4
_PLACES = frozenset({"country", "region", "settlement"})
_FORMER = re.compile(
    r"\b(?:former|historical|historic|ancient|medieval|defunct|abolished|extinct)\b"
)
_PAST_TIME = re.compile(
    r"\b[0-9]{3,4}\s*[-–]\s*[0-9]{2,4}\b|\b(?:from|until|to) [0-9]{4}\b|\bKingdom of\b"
)


class Ranked(Struct, frozen=True):
    """An item that an entity could be.

    Attributes:
        item: what is known of it.
        score: from 0 to 1.
        reasons: what speaks for and against it, in phrases.
        same_name: whether it bears a name of the entity.
        confusable: whether it could be taken for the entity by that name.
    """

    item: LockedItem
    score: float
    reasons: tuple[str, ...]
    same_name: bool
    confusable: bool


class Verdict(Struct, frozen=True):
    """Whether the best candidate may be accepted without a person.

    Attributes:
        accepted: it, or None.
        reason: why, one phrase.
    """

    accepted: Ranked | None
    reason: str


class Ranking:
    """Ranks candidates for the entities of one publication.

    Args:
        facts: the publication.
        vocabulary: its terms.
    """

    def __init__(self, facts: Facts, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._names = {
            slug: frozenset(fold_name(name) for name in entity_names(entity))
            for slug, entity in facts.entities.items()
        }
        self._linked = {
            entity.link.qid: slug
            for slug, entity in facts.entities.items()
            if entity.link is not None and entity.link.qid is not None and not entity.link.close
        }

    def rank(
        self,
        entity: Entity,
        items: Iterable[LockedItem],
        related: Mapping[str, frozenset[str]] | None = None,
    ) -> list[Ranked]:
        """Rank the items that an entity could be.

        Args:
            entity: the entity.
            items: the candidates.
            related: QID of a candidate to the QIDs that its statements name.

        Returns:
            The candidates, best first; those of one score in the order in which they came.
        """
        related = related or {}
        none: frozenset[str] = frozenset()
        found = [self._rank(entity, item, related.get(item.qid, none)) for item in items]
        return sorted(found, key=lambda ranked: -ranked.score)

    def _rank(self, entity: Entity, item: LockedItem, related: frozenset[str]) -> Ranked:
        reasons: list[str] = []
        score, same, words = self._name(entity, item, reasons)
        more = self._languages(entity, item, reasons)
        kind, could_be = self._kind(entity, item, reasons)
        more += self._neighbours(entity, item, related, reasons)
        more += _own_description(entity, item, reasons)
        score += kind + more
        if same and not more and words < 2 and self._is_place(entity):
            reasons.append("many places have so short a name, and nothing else speaks for this one")
            score += _LONE_PLACE
        score += _past(item, reasons)
        if (other := self._linked.get(item.qid, entity.slug)) != entity.slug:
            reasons.append(f"it is {other} already")
            score += _TAKEN
        return Ranked(item, round(min(max(score, 0.0), 1.0), 3), tuple(reasons), same, could_be)

    def _name(
        self, entity: Entity, item: LockedItem, reasons: list[str]
    ) -> tuple[float, bool, int]:
        """What the name is worth, whether it is the same, and how many words of it tell."""
        noise = class_words(entity.type, self._vocabulary)
        person = REL_NS + "Person" in self._vocabulary.superclasses(entity.type)
        best, reason, same = 0.0, "no name alike", False
        labels = frozenset(item.labels.values())
        for theirs in item.names:
            worth, what = (_LABEL, "label") if theirs in labels else (_ALIAS, "alias")
            for ours in entity_names(entity):
                alike = likeness(ours, theirs, noise, person)
                same = same or alike >= SAME_NAME
                if alike * worth > best:
                    best = alike * worth
                    how = "is" if alike >= SAME_NAME else f"is like ({alike:.2f})"
                    reason = f'"{ours}" {how} its {what} "{theirs}"'
        reasons.append(reason)
        # A word that only says what the thing is ("county", "river") does not count.
        said = allowed_kinds(entity.type, self._vocabulary) or frozenset()
        words = max(_telling_words(name, said) for name in _shared_names(entity, item))
        if same and not person:
            # The more words a name has, the fewer things bear it. People are the exception.
            best += _WORDS * min(max(words - 1, 0), _MOST_WORDS)
        return best, same, words

    def _languages(self, entity: Entity, item: LockedItem, reasons: list[str]) -> float:
        agreeing = [
            tag
            for tag, label in entity.labels.items()
            if tag in item.labels and likeness(label, item.labels[tag]) >= SAME_NAME
        ]
        if len(agreeing) < 2:
            return 0.0
        reasons.append(f"labels agree in {', '.join(agreeing)}")
        return min(_LANGUAGE * (len(agreeing) - 1), _MOST_LANGUAGES)

    def _kind(self, entity: Entity, item: LockedItem, reasons: list[str]) -> tuple[float, bool]:
        """What the types are worth, and whether the item could be taken for the entity."""
        allowed = allowed_kinds(entity.type, self._vocabulary)
        kinds = kinds_of_types(item.types, item.superclasses, foreign=item.foreign)
        named = ", ".join(label or qid for qid, label in item.types.items())
        if kinds or item.types:
            if type_contradicts(entity.type, item, self._vocabulary):
                reasons.append(f"its type does not fit: {named}")
                return _TYPE_AGAINST, confusable(kinds, allowed)
            if kinds and allowed is not None:
                reasons.append(f"its type fits: {named}")
                return self._fit(entity, kinds), True
        described = kinds_of_phrase(item.descriptions.get("en", ""))
        if not described or kinds:
            return 0.0, True
        if contradicts(described, allowed):
            reasons.append(f"its description does not fit: {item.descriptions['en']}")
            return _DESCRIBED_AGAINST, confusable(described, allowed)
        if allowed is None:
            return 0.0, True
        reasons.append(f"its description fits: {item.descriptions['en']}")
        return self._fit(entity, described), True

    def _is_place(self, entity: Entity) -> bool:
        """Whether it is a place whose name others may bear; states keep theirs to themselves."""
        usual = usual_kinds(entity.type, self._vocabulary) or frozenset()
        families = kind_table().families
        return {families[kind] for kind in usual} == {"place"} and usual != {"country"}

    def _fit(self, entity: Entity, kinds: frozenset[str]) -> float:
        """What a kind is worth that the class allows: less where it is not the usual one."""
        usual = usual_kinds(entity.type, self._vocabulary)
        return _TYPE if usual is not None and not kinds.isdisjoint(usual) else _POSSIBLE_TYPE

    def _neighbours(
        self, entity: Entity, item: LockedItem, related: frozenset[str], reasons: list[str]
    ) -> float:
        """Whether the item's statements or description name another entity of the publication."""
        for qid in sorted(related):
            slug = self._linked.get(qid)
            if slug is not None and slug != entity.slug:
                reasons.append(f"its statements name {slug} ({qid})")
                return _NEIGHBOUR
        words = f" {' '.join(fold_name(text) for text in item.descriptions.values())} "
        own = self._names[entity.slug]
        for slug, names in self._names.items():
            if slug == entity.slug:
                continue
            for name in names - own:
                if len(name) >= _SHORT and f" {name} " in words:
                    reasons.append(f"its description names {slug}")
                    return _NEIGHBOUR
        return 0.0


def judge(ranked: Sequence[Ranked], threshold: float, *, truncated: bool = False) -> Verdict:
    """Decide whether the best candidate may be accepted without a person.

    Another item that bears the name and could be taken for the entity is enough to ask a person,
    whatever the scores are: a city and its region, two people.

    Args:
        ranked: the candidates, best first.
        threshold: the lowest score that is accepted.
        truncated: whether the search may have had more items of the name than it gave.
    """
    if not ranked:
        return Verdict(None, "no candidate")
    best = ranked[0]
    if best.score < threshold:
        return Verdict(None, f"the best has {best.score:.2f}, below {threshold:.2f}")
    if not best.same_name:
        return Verdict(None, "the best has another name")
    rivals = [one for one in ranked[1:] if one.same_name and one.confusable]
    if rivals:
        ids = ", ".join(one.item.qid for one in rivals[:3])
        return Verdict(None, f"ambiguous: {ids} bears the name too")
    if truncated:
        return Verdict(None, "ambiguous: more items bear the name than the search gives")
    if len(ranked) > 1 and best.score - ranked[1].score < MARGIN:
        return Verdict(None, f"ambiguous: {ranked[1].item.qid} comes near ({ranked[1].score:.2f})")
    return Verdict(best, "; ".join(best.reasons))


def _shared_names(entity: Entity, item: LockedItem) -> list[str]:
    """The names of the item that are names of the entity; one empty name where none is exactly."""
    ours = frozenset(fold_name(name) for name in entity_names(entity))
    return [name for name in item.names if fold_name(name) in ours] or [""]


def _telling_words(name: str, said: frozenset[str]) -> int:
    """How many words of a name do more than say of which of some kinds the thing is."""
    kinds = kind_table().by_word
    none: frozenset[str] = frozenset()
    return sum(kinds.get(word, none).isdisjoint(said) for word in fold_name(name).split())


def _past(item: LockedItem, reasons: list[str]) -> float:
    """Whether it is a place or state of the past, which has the name of one of today."""
    text = item.descriptions.get("en", "")
    past = _FORMER.search(head_of_phrase(text)) or _PAST_TIME.search(text)
    if past and not kinds_of_phrase(text).isdisjoint(_PLACES):
        reasons.append(f"it is of the past: {text}")
        return _PAST
    return 0.0


def _own_description(entity: Entity, item: LockedItem, reasons: list[str]) -> float:
    """Whether our description and the item's share words that say something."""
    if entity.description is None or not item.descriptions:
        return 0.0
    ours = _content_words(entity.description)
    theirs = frozenset().union(*map(_content_words, item.descriptions.values()))
    names = frozenset(word for name in entity_names(entity) for word in _content_words(name))
    shared = (ours & theirs) - names
    if not shared:
        return 0.0
    reasons.append(f"descriptions share {', '.join(sorted(shared)[:3])}")
    return _DESCRIPTION


@lru_cache(maxsize=4096)
def _content_words(text: str) -> frozenset[str]:
    stop = kind_table().stopwords
    words = fold_name(text).split()
    return frozenset(word for word in words if len(word) >= _SHORT and word not in stop)
