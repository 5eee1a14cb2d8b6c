"""Another SPARQL store in place of the embedded one, asked after the same checks and limits.

What is sent is the query as it was understood here, written anew. What comes back is read, under
limits, in a process of its own, and written in the form that the client wants: so a store's own
ways of writing results, or of being wrong, reach no client.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from lod.errors import LodError
from lod.namespaces import PREFIXES
from lod.query.answers import GRAPH_FORMS, Answer, QueryTask, ResultTask
from lod.server.pool import BUSY, PoolData, QueryPool, Slots
from lod.server.settings import Settings

if TYPE_CHECKING:
    import httpx

_TABLES = "application/sparql-results+json"
_GRAPHS = "application/n-triples, text/turtle;q=0.5"
_AT_ONCE = 8
_CONNECT_SECONDS = 5
_FORM = "application/x-www-form-urlencoded"


class RemoteStore:
    """A SPARQL store at an address.

    Args:
        endpoint: IRI that takes queries.
        settings: numbers and limits.

    Attributes:
        outcomes: how many queries ended in which way.
    """

    def __init__(self, endpoint: str, settings: Settings) -> None:
        self.outcomes: Counter[str] = Counter()
        self._endpoint = endpoint
        self._settings = settings
        # It holds no data: queries are only looked at there, and answers read.
        self._pool = QueryPool(PoolData("", dict(PREFIXES)), settings)
        self._slots = Slots(_AT_ONCE, settings.queue)
        self._client: httpx.AsyncClient | None = None
        self._is_reachable = False

    @property
    def is_ready(self) -> bool:
        """Whether a query would be answered."""
        return self._is_reachable and self._pool.is_ready

    async def start(self) -> None:
        """Make it ready.

        Raises:
            LodError: the store does not answer.
        """
        import httpx

        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(self._settings.limits.seconds, connect=_CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=_AT_ONCE),
            follow_redirects=False,
            trust_env=False,  # no password of a netrc goes out unasked
        )
        await self._pool.start()
        answer = await self.run(QueryTask("ASK {}"))
        if answer.kind != "ok":
            raise LodError(
                f"The store at {self._endpoint} gives no answer: {answer.message}",
                hint="give the IRI that takes queries, such as http://127.0.0.1:7878/query",
            )

    async def close(self) -> None:
        """End its processes and connections."""
        await self._pool.close()
        if self._client is not None:
            await self._client.aclose()

    def kill(self) -> None:
        """End its processes at once, when no event loop runs any more."""
        self._pool.kill()

    def gauges(self) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """What the metrics say of it."""
        yield from self._pool.gauges()
        for kind, count in sorted(self.outcomes.items()):
            name, help_ = "lod_store_queries_total", "Queries to the store by how they ended."
            yield name, help_, {"outcome": kind}, count
        yield "lod_store_queries_running", "Queries that the store runs.", {}, self._slots.held

    async def run(
        self, task: QueryTask, gone: Callable[[], Awaitable[None]] | None = None
    ) -> Answer:
        """Run a query; there is always an answer."""
        checked = await self._pool.run(task._replace(only_check=True))
        if checked.kind != "ok":
            return checked
        is_graph = checked.form in GRAPH_FORMS
        format_ = task.graphs if is_graph else task.results
        if format_ is None:
            return Answer("not-acceptable", checked.form)
        if not await self._slots.take(self._settings.queue_seconds):
            return BUSY
        try:
            answer = await _unless(gone, self._fetch(checked.body.decode(), task, is_graph))
        finally:
            self._slots.give()
        if answer.kind == "ok":
            result = ResultTask(answer.body, answer.format, checked.form, format_)
            answer = await self._pool.run(result, gone)
        self.outcomes[answer.kind] += 1
        return answer._replace(form=checked.form)

    async def _fetch(self, query: str, task: QueryTask, is_graph: bool) -> Answer:
        """The result as the store writes it; its media type as format."""
        import httpx

        if self._client is None:
            return _upstream("it was not started")
        fields: dict[str, Any] = {"query": query}
        if task.default_graphs:
            fields["default-graph-uri"] = list(task.default_graphs)
        if task.named_graphs:
            fields["named-graph-uri"] = list(task.named_graphs)
        limits = self._settings.limits
        headers = {"Accept": _GRAPHS if is_graph else _TABLES, "Content-Type": _FORM}
        parts: list[bytes] = []
        size = 0
        try:
            async with (
                asyncio.timeout(limits.seconds),
                self._client.stream(
                    "POST", self._endpoint, data=fields, headers=headers
                ) as response,
            ):
                async for part in response.aiter_bytes():
                    size += len(part)
                    # Formats differ in size; the limit itself holds for what is given on.
                    if limits.bytes is not None and size > 4 * limits.bytes:
                        return Answer("bytes", message=limits.reached("bytes").message)
                    parts.append(part)
                self._is_reachable = True
                if response.status_code != httpx.codes.OK:
                    return _upstream(f"it answered with {response.status_code}")
                media_type = response.headers.get("content-type", "").partition(";")[0].strip()
        except (TimeoutError, httpx.TimeoutException):
            return Answer("seconds", message=limits.reached("seconds").message)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._is_reachable = False
            return _upstream(f"it cannot be reached ({type(error).__name__})")
        return Answer("ok", format=media_type, body=b"".join(parts))


def _upstream(reason: str) -> Answer:
    return Answer("upstream", message=f"The store gave no result: {reason}.")


async def _unless(gone: Callable[[], Awaitable[None]] | None, work: Awaitable[Answer]) -> Answer:
    """What work gives, unless nobody waits for it any more."""
    task = asyncio.ensure_future(work)
    if gone is None:
        return await task
    watch = asyncio.ensure_future(gone())
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            return task.result()
        return Answer("gone", message="Nobody waits for the answer.")
    finally:
        for one in (watch, task):
            one.cancel()
        await asyncio.gather(watch, task, return_exceptions=True)
