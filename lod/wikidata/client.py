"""The client of a Wikibase: items by id, candidates by name."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lod.errors import InputError
from lod.http.retry import NetworkLimits, Retry
from lod.wikidata import api, reconcile
from lod.wikidata.api import ApiError, BadAnswerError, is_entity_id
from lod.wikidata.cache import Cache
from lod.wikidata.items import (
    MAX_TEXT,
    Candidate,
    Deleted,
    Garbled,
    Item,
    ItemOutcome,
    Malformed,
    Missing,
    Redirected,
    parse_item,
    read_candidates,
    target_of,
)
from lod.wikidata.reconcile import ReconcileQuery
from lod.wikidata.transport import Request, Transport
from lod.wikidata.wikibase import WIKIDATA, Wikibase

#: Which parts of an item are asked for.
PROPS = ("labels", "descriptions", "aliases", "claims", "info")
_MAX_CANDIDATES = 50
#: Codes by which a Wikibase says that one id of a batch cannot be read.
_UNREADABLE_ID = {"no-such-entity", "invalid-entity-id"}
#: So many redirects in a row are followed.
_MAX_HOPS = 10
T = TypeVar("T")


class Client(AbstractContextManager["Client"]):
    """Reads from a Wikibase. Several threads may use one client.

    Nothing is ever written to the Wikibase.

    Args:
        wikibase: which one.
        contact: who runs this, for the User-Agent: a mail address or a page.
        cache: folder for the answers, or None to keep none.
        max_age: seconds for which a kept answer is good; 0 asks anew, and keeps the new answer.
        limits: times, sizes, attempts, parallel requests.
        sleep: waits for some seconds.
        now: the time in seconds, both of day and for limits; None for the clocks of the machine.
        jitter: a number from 0 to 1, another one each time.

    Raises:
        InputError: the contact cannot be used.

    ```python
    with Client(contact="desk@example.org", cache=Path("~/.cache/lod").expanduser()) as client:
        outcome = client.get_items(["Q232"], ["en", "kk"])["Q232"]
        candidates = client.search("Kazakhstan", "en")
    ```
    """

    def __init__(
        self,
        wikibase: Wikibase = WIKIDATA,
        *,
        contact: str,
        cache: Path | None = None,
        max_age: float = 86_400.0,
        limits: NetworkLimits | None = None,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], float] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.wikibase = wikibase
        self.limits = limits or NetworkLimits()
        self._transport = Transport(
            wikibase,
            contact,
            Retry(self.limits, sleep=sleep, now=now or time.monotonic, jitter=jitter),
            None
            if cache is None
            else Cache(cache, max_bytes=2 * self.limits.max_bytes, now=now or time.time),
            max_age,
        )
        self._versions: dict[str, str] = {}

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def get_items(
        self,
        qids: Iterable[str],
        languages: Sequence[str] = (),
        props: Sequence[str] = PROPS,
    ) -> dict[str, ItemOutcome]:
        """Items by their ids.

        Args:
            qids: ids as they were given, well-formed or not.
            languages: language tags of the labels, descriptions and aliases that are wanted;
                those for any language ("mul") come with them. None means all languages.
            props: which parts of the items. "info" is the revision, "claims" also the types.

        Returns:
            The outcome for each id, in the order of the ids.

        Raises:
            NetworkError: a request failed for good.
        """
        asked = list(dict.fromkeys(qids))
        well_formed = sorted(filter(is_entity_id, asked), key=_id_order)
        codes = list(dict.fromkeys([*map(str.lower, languages), "mul"])) if languages else []
        outcomes: dict[str, ItemOutcome] = {}
        missing: list[str] = []
        for qid, entity in self._entities(well_formed, codes, props).items():
            if entity is None:
                outcomes[qid] = Malformed(qid)
            elif isinstance(entity, str):
                outcomes[qid] = Garbled(qid, entity)
            elif "missing" in entity:
                missing.append(qid)
            else:
                item = self._item(entity)
                outcomes[qid] = item if item.qid == qid else Redirected(qid, item)
        outcomes |= self._explain(missing, codes, props)
        return {qid: outcomes.get(qid, Malformed(qid)) for qid in asked}

    def get_superclasses(
        self, qids: Iterable[str], *, max_depth: int = 20
    ) -> dict[str, frozenset[str]]:
        """All classes above some classes ("subclass of", any number of steps).

        Args:
            qids: ids of classes.
            max_depth: how many steps up.

        Returns:
            For each id the ids above it, itself not among them (unless it is above itself).

        Raises:
            NetworkError: a request failed for good.
        """
        asked = list(dict.fromkeys(qids))
        above: dict[str, tuple[str, ...]] = {}
        level = set(asked)
        for _ in range(max_depth):
            for qid, outcome in self.get_items(level, ("en",), ("claims",)).items():
                item = target_of(outcome)
                above[qid] = () if item is None else item.superclasses
            level = {parent for qid in level for parent in above[qid]} - above.keys()
            if not level:
                break
        return {qid: _reachable(qid, above) for qid in asked}

    def search(self, text: str, language: str, *, limit: int = 10) -> list[Candidate]:
        """Items whose label or alias begins with a text, best first.

        Args:
            text: a name.
            language: language tag; labels of its fallbacks are searched too. A language that the
                Wikibase does not know is searched as its main one (`en` for `en-x-old`).
            limit: how many at most, up to 50.

        Returns:
            Candidates; none for an empty text, or one longer than any label.

        Raises:
            NetworkError: the request failed for good.
        """
        text = " ".join(text.split())
        if not text or len(text) > MAX_TEXT:
            return []
        limit = max(1, min(limit, _MAX_CANDIDATES))
        code = language.lower()
        try:
            return self._search(text, code, limit)
        except ApiError as error:
            main = code.partition("-")[0]
            if main == code or "language" not in f"{error.code} {error.message}":
                raise
            return self._search(text, main, limit)

    def reconcile(self, queries: Iterable[ReconcileQuery], language: str = "en") -> list[list[str]]:
        """Ids of candidates from the reconciliation service of the Wikibase.

        Args:
            queries: names, with what is known of them.
            language: language tag, for services whose address has `{lang}`.

        Returns:
            The candidates for each query, best first.

        Raises:
            InputError: no service was given.
            NetworkError: a request failed for good, or the service is none for this Wikibase.
        """
        if self.wikibase.reconciliation is None:
            raise InputError("no reconciliation service was given")
        service = self.wikibase.reconciliation.replace("{lang}", _path_part(language))
        if service not in self._versions:
            read = partial(reconcile.read_manifest, entity=self.wikibase.entity)
            self._versions[service] = self._transport.ask(Request(service, ()), read)
        version = self._versions[service]

        def ask(batch: Sequence[ReconcileQuery]) -> list[list[str]]:
            request = reconcile.queries_request(service, version, batch)
            return self._transport.ask(request, partial(reconcile.read_results, count=len(batch)))

        answers = self._transport.in_batches(ask, list(queries), reconcile.BATCH)
        return [candidates for batch in answers for candidates in batch]

    def _ask(
        self,
        request: Request,
        read: Callable[[Mapping[str, Any]], T],
        keep: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """What `read` makes of the answer of the action API."""
        return self._transport.ask(request, lambda answer: read(api.read_envelope(answer)), keep)

    def _search(self, text: str, language: str, limit: int) -> list[Candidate]:
        request = api.search_request(self.wikibase.api, text, language, limit)
        return self._ask(request, partial(read_candidates, entity=self.wikibase.entity))

    def _item(self, entity: Mapping[str, Any]) -> Item:
        return parse_item(
            entity,
            instance_of=self.wikibase.instance_of,
            subclass_of=self.wikibase.subclass_of,
        )

    def _entities(
        self, ids: Sequence[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, dict[str, Any] | str | None]:
        """The JSON of each entity, or what is wrong with it.

        None stands for an id that the Wikibase cannot read.
        """
        fetch = partial(self._batch, languages=languages, props=props)
        batches = self._transport.in_batches(fetch, ids, api.BATCH)
        return {qid: entity for batch in batches for qid, entity in batch.items()}

    def _batch(
        self, ids: Sequence[str], languages: Sequence[str], props: Sequence[str]
    ) -> dict[str, dict[str, Any] | str | None]:
        request = api.entities_request(self.wikibase.api, ids, languages, props)
        try:
            read = partial(api.read_entities, ids=ids)
            entities: dict[str, dict[str, Any] | str] = self._ask(request, read, _all_whole)
            return {**entities}
        except ApiError as error:
            if error.code not in _UNREADABLE_ID:
                raise
        if len(ids) == 1:
            return {ids[0]: None}
        # One id that cannot be read fails all: the halves tell which one it is.
        middle = len(ids) // 2
        return {
            **self._batch(ids[:middle], languages, props),
            **self._batch(ids[middle:], languages, props),
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
            entities = self._entities(ends, languages, props)
            for qid in waiting:
                entity = entities[paths[qid][-1]]
                if not isinstance(entity, dict) or "missing" in entity:
                    continue
                item = self._item(entity)
                via = paths[qid][1:] + ([] if item.qid == paths[qid][-1] else [item.qid])
                outcomes[qid] = Redirected(qid, item, tuple(via[:-1]))
            waiting = [qid for qid in waiting if qid not in outcomes]
        gone = [qid for qid in missing if qid not in outcomes]
        for qid, deletion in zip(
            gone,
            self._transport.at_once(self._deletion, [paths[qid][-1] for qid in gone]),
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

        def ask(batch: Sequence[str]) -> dict[str, str]:
            request = api.redirects_request(self.wikibase.api, [namespace + qid for qid in batch])
            return self._ask(request, api.read_redirects)

        found: dict[str, str] = {}
        for redirects in self._transport.in_batches(ask, ids, api.BATCH):
            for source, target in redirects.items():
                qid = target.removeprefix(namespace)
                if not is_entity_id(qid):
                    raise BadAnswerError(f"{source} redirects to {target!r}, which is no item")
                found[source.removeprefix(namespace)] = qid
        return found

    def _deletion(self, qid: str) -> tuple[str, str | None] | None:
        request = api.deletion_request(self.wikibase.api, self.wikibase.item_namespace + qid)
        return self._ask(request, api.read_deletion)


def _all_whole(entities: Mapping[str, dict[str, Any] | str]) -> bool:
    """Whether an answer can be kept: what is garbled may be right the next time."""
    return not any(isinstance(entity, str) for entity in entities.values())


def _path_part(language: str) -> str:
    """A language tag that can stand in an address."""
    code = language.lower()
    if not code.replace("-", "").isalnum() or not code.isascii():
        raise InputError(f"{language!r} is no language tag")
    return code


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
