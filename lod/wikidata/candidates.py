"""Finds the items that the entities of a publication could be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from msgspec import Struct

from lod.facts.check_links import entity_names
from lod.links.lock import LockedItem
from lod.links.names import ALIKE, fold_name, likeness
from lod.model.entity import Entity
from lod.model.facts import Facts
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.client import Client
from lod.wikidata.items import Item, ItemOutcome, target_of
from lod.wikidata.linking import ItemSource, languages_of, read_outcomes, related_items
from lod.wikidata.ranking import Ranked, Ranking, Verdict, judge
from lod.wikidata.reconcile import ReconcileQuery

#: How many items one search gives, and how many of all are looked at closely.
SEARCH_LIMIT, MAX_ITEMS = 20, 12
_MAX_NAMES = 8
_AT_ONCE = 3
#: More candidates: takes entities, gives the ids that another service proposes for each.
Proposer = Callable[[Sequence[Entity]], list[list[str]]]


class Proposal(Struct, frozen=True):
    """What was found for one entity.

    Attributes:
        entity: the entity, without a decision yet.
        ranked: the candidates, best first.
        truncated: whether there may be more items of its name than were looked at.
    """

    entity: Entity
    ranked: tuple[Ranked, ...]
    truncated: bool

    def verdict(self, threshold: float) -> Verdict:
        """Whether the best may be accepted without a person.

        Args:
            threshold: the lowest score that is accepted.
        """
        return judge(self.ranked, threshold, truncated=self.truncated)


def undecided(facts: Facts, slugs: Iterable[str] = ()) -> list[Entity]:
    """The entities without a decision about their item, in the order of the facts.

    Args:
        facts: the publication.
        slugs: only these; all where empty.
    """
    wanted = frozenset(slugs)
    return [
        entity
        for slug, entity in facts.entities.items()
        if entity.link is None and (not wanted or slug in wanted)
    ]


def propose(
    facts: Facts,
    vocabulary: Vocabulary,
    source: ItemSource,
    entities: Sequence[Entity],
    *,
    date: str,
    proposer: Proposer | None = None,
    foreign: bool = False,
) -> list[Proposal]:
    """Look candidates up and rank them.

    Args:
        facts: the publication.
        vocabulary: its terms.
        source: the Wikibase.
        entities: for which entities.
        date: xsd:date to put on the snapshots.
        proposer: a reconciliation service, asked beside the search.
        foreign: whether the Wikibase has other ids than Wikidata.

    Returns:
        A proposal for each entity, in their order.

    Raises:
        NetworkError: a request failed for good.
    """
    languages = languages_of(facts)
    queries = [
        (number, name, language)
        for number, entity in enumerate(entities)
        for name in entity_names(entity)[:_MAX_NAMES]
        for language in _languages(entity, name, languages)
    ]
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        answers = list(pool.map(lambda q: source.search(q[1], q[2], limit=SEARCH_LIMIT), queries))
    finally:
        # Whoever stops the work, or an error, does not wait for what was not asked yet.
        pool.shutdown(cancel_futures=True)
    found: list[dict[str, float]] = [{} for _ in entities]
    cut = [False] * len(entities)
    for (number, name, _), candidates in zip(queries, answers, strict=True):
        for candidate in candidates:
            names = (candidate.match_text, candidate.label, *candidate.aliases)
            alike = max(likeness(name, one, person=True) for one in names)
            if alike >= ALIKE:
                best = found[number].get(candidate.qid, 0.0)
                found[number][candidate.qid] = max(alike, best)
        if len(candidates) >= SEARCH_LIMIT:
            # Matches of the whole name come first; if even the last is one, there may be more.
            cut[number] |= fold_name(candidates[-1].match_text) == fold_name(name)
    if proposer is not None and entities:
        for more, qids in zip(found, proposer(entities), strict=True):
            for qid in qids:
                more.setdefault(qid, ALIKE)
    chosen = [sorted(one, key=lambda qid: -one[qid])[:MAX_ITEMS] for one in found]
    looked_up = read_outcomes(
        source, (qid for qids in chosen for qid in qids), languages, date, foreign=foreign
    )
    return _ranked(facts, vocabulary, entities, chosen, found, cut, looked_up)


def _ranked(
    facts: Facts,
    vocabulary: Vocabulary,
    entities: Sequence[Entity],
    chosen: Sequence[Sequence[str]],
    found: Sequence[dict[str, float]],
    cut: Sequence[bool],
    looked_up: Mapping[str, tuple[ItemOutcome, LockedItem | None]],
) -> list[Proposal]:
    related = {
        item.qid: related_items(item)
        for outcome, _ in looked_up.values()
        if isinstance(item := target_of(outcome), Item)
    }
    ranking = Ranking(facts, vocabulary)
    proposals = []
    for entity, qids, all_found, truncated in zip(entities, chosen, found, cut, strict=True):
        snapshots = {
            pinned.qid: pinned for qid in qids if (pinned := looked_up[qid][1]) is not None
        }
        left_out = [alike for qid, alike in all_found.items() if qid not in qids]
        proposals.append(
            Proposal(
                entity,
                tuple(ranking.rank(entity, snapshots.values(), related)),
                truncated or any(alike >= 1.0 for alike in left_out),
            )
        )
    return proposals


def _languages(entity: Entity, name: str, languages: Sequence[str]) -> Sequence[str]:
    """The languages in which a name is searched: all for what stands without a language."""
    own = [tag.lower() for tag, label in entity.labels.items() if label == name]
    return list(dict.fromkeys((*own, *languages)))


def reconciliation(client: Client, vocabulary: Vocabulary, language: str) -> Proposer:
    """What proposes candidates from the service of a client's Wikibase.

    Args:
        client: of a Wikibase with a reconciliation service.
        vocabulary: its mappings say which class of Wikidata to ask for.
        language: of the names.
    """

    def propose(entities: Sequence[Entity]) -> list[list[str]]:
        queries = [
            ReconcileQuery(entity.label, type=wikidata_class(entity.type, vocabulary))
            for entity in entities
        ]
        return client.reconcile(queries, language)

    return propose


def wikidata_class(class_iri: str, vocabulary: Vocabulary) -> str | None:
    """The class of Wikidata that is the same as one of ours, or None.

    >>> from lod.vocabulary.vocabulary import load_vocabulary
    >>> wikidata_class("https://w3id.org/lod-facts/relations#City", load_vocabulary())
    'Q515'
    """
    known = vocabulary.classes.get(class_iri)
    mappings = () if known is None else known.wikidata
    return next((qid for qid, strength in mappings if strength == "equivalent"), None)
