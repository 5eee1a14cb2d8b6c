"""Items by their ids: batches, redirects, and why the API calls an id missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from lod.wikidata import api
from lod.wikidata.errors import ApiError, BadAnswerError
from lod.wikidata.exchange import Exchange
from lod.wikidata.outcomes import (
    Deleted,
    DoublyRedirected,
    Item,
    ItemOutcome,
    Malformed,
    Missing,
    Redirected,
    is_entity_id,
    parse_item,
    target_of,
)
from lod.wikidata.wikibase import Wikibase

#: Codes by which a Wikibase says that one id of a batch cannot be read.
_UNREADABLE_ID = {"no-such-entity", "invalid-entity-id"}
#: So many redirects in a row are followed.
_MAX_HOPS = 10


class ItemReader:
    """Reads items of one Wikibase.

    Args:
        wikibase: which one.
        exchange: asks it.
    """

    def __init__(self, wikibase: Wikibase, exchange: Exchange) -> None:
        self.wikibase = wikibase
        self.exchange = exchange

    def read(
        self, qids: Iterable[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, ItemOutcome]:
        """The outcome for each id, see `Client.get_items`."""
        asked = list(dict.fromkeys(qids))
        well_formed = sorted(filter(is_entity_id, asked), key=_id_order)
        codes = list(dict.fromkeys([*map(str.lower, languages), "mul"])) if languages else []
        outcomes: dict[str, ItemOutcome] = {}
        missing: list[str] = []
        for qid, entity in self._get_entities(well_formed, codes, props).items():
            if entity is None:
                outcomes[qid] = Malformed(qid)
            elif "missing" in entity:
                missing.append(qid)
            else:
                item = self._item(entity)
                outcomes[qid] = item if item.qid == qid else Redirected(qid, item)
        outcomes |= self._explain(missing, codes, props)
        return {qid: outcomes.get(qid, Malformed(qid)) for qid in asked}

    def superclasses(self, qids: Iterable[str], max_depth: int) -> dict[str, frozenset[str]]:
        """The classes above each class, see `Client.get_superclasses`."""
        asked = list(dict.fromkeys(qids))
        above: dict[str, tuple[str, ...]] = {}
        level = set(asked)
        for _ in range(max_depth):
            for qid, outcome in self.read(level, ("en",), ("claims",)).items():
                item = target_of(outcome)
                above[qid] = () if item is None else item.superclasses
            level = {parent for qid in level for parent in above[qid]} - above.keys()
            if not level:
                break
        return {qid: _reachable(qid, above) for qid in asked}

    def _item(self, entity: Mapping[str, Any]) -> Item:
        return parse_item(
            entity,
            instance_of=self.wikibase.instance_of,
            subclass_of=self.wikibase.subclass_of,
        )

    def _get_entities(
        self, ids: Sequence[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, dict[str, Any] | None]:
        """The JSON of each entity; None for an id that the Wikibase cannot read."""
        batches = [ids[start : start + api.BATCH] for start in range(0, len(ids), api.BATCH)]
        fetch = partial(self._get_batch, languages=languages, props=props)
        found: dict[str, dict[str, Any] | None] = {}
        for batch in self.exchange.at_once(fetch, batches):
            found |= batch
        return found

    def _get_batch(
        self, ids: Sequence[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, dict[str, Any] | None]:
        request = api.entities_request(self.wikibase.api, ids, languages, props)
        try:
            return dict(
                self.exchange.ask(
                    request, lambda answer: api.read_entities(api.read_envelope(answer), ids)
                ).items()
            )
        except ApiError as error:
            if error.code not in _UNREADABLE_ID:
                raise
        if len(ids) == 1:
            return {ids[0]: None}
        # One id that cannot be read fails all: the halves tell which one it is.
        middle = len(ids) // 2
        return {
            **self._get_batch(ids[:middle], languages, props),
            **self._get_batch(ids[middle:], languages, props),
        }

    def _explain(
        self, missing: Sequence[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, ItemOutcome]:
        """Why the API calls ids missing: redirected twice, deleted, or never there."""
        paths: dict[str, list[str]] = {qid: [qid] for qid in missing}
        outcomes: dict[str, ItemOutcome] = {}
        waiting = list(missing)
        for _ in range(_MAX_HOPS):
            ends = sorted({paths[qid][-1] for qid in waiting}, key=_id_order)
            targets = self._redirects(ends)
            waiting = [qid for qid in waiting if paths[qid][-1] in targets]
            for qid in waiting:
                paths[qid].append(targets[paths[qid][-1]])
            # A circle has no end; what was visited twice is not asked again.
            waiting = [qid for qid in waiting if paths[qid][-1] not in paths[qid][:-1]]
            if not waiting:
                break
            ends = sorted({paths[qid][-1] for qid in waiting}, key=_id_order)
            entities = self._get_entities(ends, languages, props)
            for qid in waiting:
                entity = entities[paths[qid][-1]]
                if entity is None or "missing" in entity:
                    continue
                item = self._item(entity)
                via = paths[qid][1:] + ([] if item.qid == paths[qid][-1] else [item.qid])
                outcomes[qid] = (
                    DoublyRedirected(qid, tuple(via[:-1]), item)
                    if len(via) > 1
                    else Redirected(qid, item)
                )
            waiting = [qid for qid in waiting if qid not in outcomes]
        gone = [qid for qid in missing if qid not in outcomes]
        for qid, deletion in zip(
            gone,
            self.exchange.at_once(self._deletion, [paths[qid][-1] for qid in gone]),
            strict=True,
        ):
            via = paths[qid][1:]
            outcomes[qid] = (
                Missing(qid, tuple(via))
                if deletion is None
                else Deleted(qid, *deletion, via=tuple(via))
            )
        return outcomes

    def _redirects(self, ids: Sequence[str]) -> dict[str, str]:
        """Id to the id that it redirects to, for those that do."""
        namespace = self.wikibase.item_namespace
        batches = [ids[start : start + api.BATCH] for start in range(0, len(ids), api.BATCH)]

        def ask(batch: Sequence[str]) -> dict[str, str]:
            request = api.redirects_request(self.wikibase.api, [namespace + qid for qid in batch])
            return self.exchange.ask(
                request, lambda answer: api.read_redirects(api.read_envelope(answer))
            )

        found: dict[str, str] = {}
        for redirects in self.exchange.at_once(ask, batches):
            for source, target in redirects.items():
                qid = target.removeprefix(namespace)
                if not is_entity_id(qid):
                    raise BadAnswerError(f"{source} redirects to {target!r}, which is no item")
                found[source.removeprefix(namespace)] = qid
        return found

    def _deletion(self, qid: str) -> tuple[str, str | None] | None:
        request = api.deletion_request(self.wikibase.api, self.wikibase.item_namespace + qid)
        return self.exchange.ask(
            request, lambda answer: api.read_deletion(api.read_envelope(answer))
        )


def _id_order(qid: str) -> tuple[str, int]:
    """Sorts ids by number, so that the same ids always make the same requests."""
    return qid[0], int(qid[1:])


def _reachable(start: str, above: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(above.get(start, ()))
    while waiting:
        qid = waiting.pop()
        if qid not in found:
            found.add(qid)
            waiting.extend(above.get(qid, ()))
    return frozenset(found)
