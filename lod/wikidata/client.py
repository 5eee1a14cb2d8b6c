"""The client of a Wikibase: items by id, candidates by name."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lod.errors import InputError
from lod.http.limits import NetworkLimits
from lod.http.retry import Retry
from lod.wikidata import api
from lod.wikidata.cache import Cache
from lod.wikidata.errors import ApiError
from lod.wikidata.exchange import Exchange, Traffic
from lod.wikidata.items import ItemReader
from lod.wikidata.outcomes import ItemOutcome
from lod.wikidata.search import MAX_TEXT, Candidate, read_candidates
from lod.wikidata.transport import Transport
from lod.wikidata.wikibase import WIKIDATA, Wikibase

if TYPE_CHECKING:
    from lod.wikidata.reconcile import Manifest, ReconcileCandidate, ReconcileQuery

#: Which parts of an item are asked for.
PROPS = ("labels", "descriptions", "aliases", "claims", "info")
_MAX_CANDIDATES = 50


class Client:
    """Reads from a Wikibase. Several threads may use one client.

    Nothing is ever written to the Wikibase.

    Args:
        wikibase: which one.
        contact: who runs this, for the User-Agent: a mail address or a page.
        cache: folder for the answers, or None to keep none.
        max_age: seconds for which a kept answer is good; 0 asks anew, and keeps the new answer.
        limits: times, sizes, attempts, parallel requests.
        sleep: waits for some seconds.
        now: seconds since 1970.
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
        now: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.wikibase = wikibase
        self.limits = limits or NetworkLimits()
        self._exchange = Exchange(
            Transport(wikibase, contact, self.limits),
            Retry(self.limits, sleep=sleep, now=now, jitter=jitter),
            None if cache is None else Cache(cache, max_bytes=2 * self.limits.max_bytes, now=now),
            max_age,
        )
        self._items = ItemReader(wikibase, self._exchange)
        self._manifests: dict[str, Manifest] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._exchange.transport.close()

    @property
    def cache_problem(self) -> str | None:
        """Why answers could not be kept, or None."""
        return None if self._exchange.cache is None else self._exchange.cache.problem

    @property
    def traffic(self) -> Traffic:
        """What was sent so far, and what the cache answered."""
        return self._exchange.traffic

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
        return self._items.read(qids, languages, props)

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
        return self._items.superclasses(qids, max_depth)

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

    def reconcile(
        self, queries: Iterable[ReconcileQuery], language: str = "en"
    ) -> list[list[ReconcileCandidate]]:
        """Candidates from the reconciliation service of the Wikibase.

        Args:
            queries: names, with what is known of them.
            language: language tag, for services whose address has `{lang}`.

        Returns:
            The candidates for each query, best first.

        Raises:
            InputError: no service was given.
            NetworkError: a request failed for good, or the service is none for this Wikibase.
        """
        from lod.wikidata import reconcile

        if self.wikibase.reconciliation is None:
            raise InputError("no reconciliation service was given")
        service = self.wikibase.reconciliation.replace("{lang}", _path_part(language))
        version = self._manifest(service).version
        asked = list(queries)
        batches = [
            asked[start : start + reconcile.BATCH]
            for start in range(0, len(asked), reconcile.BATCH)
        ]

        def ask(batch: Sequence[ReconcileQuery]) -> list[list[ReconcileCandidate]]:
            request = reconcile.queries_request(service, version, batch)
            return self._exchange.ask(request, partial(reconcile.read_results, count=len(batch)))

        return [
            candidates for batch in self._exchange.at_once(ask, batches) for candidates in batch
        ]

    def _manifest(self, service: str) -> Manifest:
        from lod.wikidata import reconcile

        if service not in self._manifests:
            read = partial(reconcile.read_manifest, entity=self.wikibase.entity)
            self._manifests[service] = self._exchange.ask(reconcile.manifest_request(service), read)
        return self._manifests[service]

    def _search(self, text: str, language: str, limit: int) -> list[Candidate]:
        request = api.search_request(self.wikibase.api, text, language, limit)
        return self._exchange.ask(
            request, lambda answer: read_candidates(api.read_envelope(answer), self.wikibase.entity)
        )


def _path_part(language: str) -> str:
    """A language tag that can stand in an address."""
    code = language.lower()
    if not code.replace("-", "").isalnum() or not code.isascii():
        raise InputError(f"{language!r} is no language tag")
    return code
