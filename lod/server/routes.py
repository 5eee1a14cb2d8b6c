"""Which part of the server answers what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lod.server import description, graph_store, sparql
from lod.server.asked import Asked
from lod.server.endpoint_page import POLICY, endpoint_page
from lod.server.media import EXTENSIONS, GRAPHS, HTML
from lod.server.metrics import CONTENT_TYPE, Metrics
from lod.server.negotiation import choose
from lod.server.pages import Thing
from lod.server.reply import Reply, not_acceptable, problem
from lod.server.watch_script import SCRIPT, with_script

if TYPE_CHECKING:
    from lod.server.app import Services

_READ = "GET, HEAD, OPTIONS"


class Routes:
    """The addresses of the server.

    Args:
        services: what it is made of.
        metrics: what it counts.
    """

    SPARQL = "/sparql"
    GRAPHS = "/graph-store"
    EVENTS = "/.lod/events"
    WATCH = "/.lod/watch.js"

    def __init__(self, services: Services, metrics: Metrics) -> None:
        self._services = services
        self._metrics = metrics
        self._counts: description.Counts | None = None
        self._counted_at: float | None = None

    @classmethod
    def allowed(cls, path: str) -> str:
        """The methods that a path answers, for the Allow header."""
        return sparql.ALLOWED if path == cls.SPARQL else _READ

    async def answer(self, asked: Asked) -> tuple[str, Reply]:
        """The name of the part that answers, and its answer.

        Raises:
            RefusedError: the request is malformed, or asks what is not done here.
        """
        path = asked.path
        if path == self.SPARQL:
            return "sparql", await self._sparql(asked)
        if path == self.GRAPHS or path.startswith(f"{self.GRAPHS}/"):
            local = path[len(self.GRAPHS) + 1 :]
            base = self._services.pages.base
            graph = await graph_store.answer_graph(asked, self._services.backend, base, local)
            return "graph-store", self._dated(graph)
        if asked.method not in ("GET", "HEAD"):
            raise asked.refuse(
                405, f"{asked.method} is not done here: the data is read-only.", Allow=_READ
            )
        if path in ("/health", "/health/ready", "/health/live"):
            return "health", self._health(path)
        if path == "/metrics":
            text = self._metrics.text().encode()
            return "metrics", Reply(200, text, CONTENT_TYPE, cache=False)
        if path == self.WATCH and self._services.watch is not None:
            return "watch", Reply(200, SCRIPT, "text/javascript; charset=utf-8", cache=False)
        return "page", await self._page(asked)

    def _health(self, path: str) -> Reply:
        is_ready = path == "/health/live" or self._services.backend.is_ready
        body = json.dumps({"status": "ok" if is_ready else "not ready"}).encode() + b"\n"
        return Reply(200 if is_ready else 503, body, "application/json", cache=False)

    async def _sparql(self, asked: Asked) -> Reply:
        request = await sparql.read_request(asked)
        if request.text is not None:
            return self._dated(await sparql.answer_query(request, asked, self._services.backend))
        offers = (*GRAPHS, HTML)
        chosen = choose(asked.accept, offers)
        if chosen is None:
            listed = [(offer, None) for offer in offers]
            return not_acceptable(listed, asked.accept, "the description of this service")
        offer, media_type = chosen
        endpoint = f"{asked.origin}{self.SPARQL}"
        if offer is HTML:
            page = Reply(200, endpoint_page(self._services.pages.base), HTML.content_type())
            page.headers["Content-Security-Policy"] = POLICY
            page.vary = ("Accept",)
            return page
        lines = description.describe(endpoint, await self._count(), union=self._services.union)
        body = description.write_description(lines, offer.name)
        reply = Reply(200, body, offer.content_type(media_type), vary=("Accept", "Host"))
        return self._dated(reply)

    async def _count(self) -> description.Counts:
        """The counts of the data as it is now."""
        modified = self._services.modified
        if self._counts is None or self._counted_at != modified:
            self._counts = await description.count(self._services.backend)
            self._counted_at = modified
        return self._counts

    def _dated(self, reply: Reply) -> Reply:
        if reply.status == 200:
            reply.modified = self._services.modified
        return reply

    async def _page(self, asked: Asked) -> Reply:
        found = await self._services.pages.find(asked.path[1:])
        if isinstance(found, Thing):
            return _see(found, asked)
        if found is None:
            missing = None
            chosen = choose(asked.accept, (HTML,))
            if chosen is not None and asked.accept and "html" in asked.accept:
                missing = await self._services.pages.missing()
            found = missing or problem(404, "There is nothing here.", accept=asked.accept)
        if found.modified is None:
            self._dated(found)
        is_page = found.content_type.startswith("text/html")
        if self._services.watch is not None and is_page and found.file is None:
            found = with_script(found, self.WATCH)
        return found


def _see(thing: Thing, asked: Asked) -> Reply:
    """303 to the document about a thing that the client wants most."""

    def place(name: str) -> str:
        fragment = f"#{thing.fragment}" if thing.fragment and name == HTML.name else ""
        return f"/{thing.path}{EXTENSIONS[name]}{fragment}"

    places = [(offer, place(offer.name)) for offer in thing.offers]
    links = ", ".join(
        f'<{there}>; rel="describedby"; type="{offer.media_type}"' for offer, there in places
    )
    chosen = choose(asked.accept, thing.offers)
    if chosen is None:
        reply = not_acceptable(places, asked.accept, "this thing")
        reply.vary = ("Accept",)
        return reply
    there = place(chosen[0].name)
    return Reply(
        303,
        f"See {there}\n".encode(),
        headers={"Location": there, "Link": links, "Cache-Control": "no-cache"},
        vary=("Accept",),
    )
