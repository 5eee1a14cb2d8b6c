"""The server as an ASGI application: who may ask, which part answers, what is told of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from typing import Any

from lod.server import sparql
from lod.server.media import GRAPHS, HTML, choose
from lod.server.pages import SitePages, Thing
from lod.server.reply import TEMPLATES, Reply, finish, not_acceptable, page, problem, speak
from lod.server.request import AllowedHosts, RefusedError, Request
from lod.server.services import EventStream, Services
from lod.server.telemetry import CONTENT_TYPE, Metrics

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_CHUNK = 64 * 1024
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Location, Retry-After, Vary",
}
_PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match, "
    "If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
_SPARQL = "/sparql"
_GRAPHS = "/graph-store"
_EVENTS = "/.lod/events"
_WATCH = "/.lod/watch.js"


class Application:
    """The server.

    Args:
        services: what it is made of.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.metrics = Metrics(self._gauges)
        self.failure: BaseException | None = None
        self._counts: tuple[float | None, sparql.Counts] | None = None
        self._hosts = AllowedHosts(services.settings.host, services.settings.allowed_hosts)
        self._usual = _encoded({**_SAFE, **(_CORS if services.settings.cors else {})})
        self._hooks: list[asyncio.Future[None]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or start and end the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self.services.backend.start()
        except Exception as error:  # told by who started it, in place of a traceback
            self.failure = error
            await self.services.backend.close()
            await send({"type": "lifespan.startup.failed", "message": ""})
            return
        self._hooks = [asyncio.ensure_future(hook()) for hook in self.services.hooks]
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for hook in self._hooks:
            hook.cancel()
        await asyncio.gather(*self._hooks, return_exceptions=True)
        await self.services.backend.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        speak(self.services.words)
        request = self._request(scope, receive)
        self.metrics.running += 1
        route, status, sent = "refused", 500, 0
        reply = Reply(500)
        try:
            try:
                self._refuse(scope, request)
                if self.services.watch is not None and request.path == _EVENTS:
                    route, status = "events", 200
                    await self._stream(self.services.watch, send)
                    return
                route, reply = await self._answer(request)
            except RefusedError as error:
                reply = error.reply
            except Exception as error:
                # Nothing of the inside is told; the log has the kind and place of the mistake.
                reply = problem(500, "The server made a mistake.", accept=request.accept)
                reply.detail = _told(error)
            reply = await finish(reply, request.method, request.headers)
            status = reply.status
            sent = await self._send(reply, send)
        finally:
            seconds = time.perf_counter() - started
            self.metrics.running -= 1
            self.metrics.note(route, request.method, status, seconds, sent)
            logs_queries = self.services.settings.log_queries
            self.services.log.write(
                "request",
                method=request.method[:20],
                path=request.path[:500],
                status=status,
                ms=round(1000 * seconds, 2),
                bytes=sent,
                form=reply.form,
                outcome=reply.outcome,
                query=request.query if logs_queries else None,
                # What is said of a request that is wrong quotes it.
                detail=reply.detail if status >= 500 or (logs_queries and status >= 400) else None,
            )

    def _request(self, scope: Scope, receive: Receive) -> Request:
        settings = self.services.settings
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        return Request(
            scope["method"],
            # Some clients name the whole address; what counts is the path in it.
            scope["raw_path"].decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            headers,
            f"{scope['scheme']}://{headers.get('host', 'localhost')}",
            receive,
            settings.max_body,
            settings.body_seconds,
        )

    def _refuse(self, scope: Scope, request: Request) -> None:
        """Answer who may not ask, or asks in no way that is understood.

        Raises:
            RefusedError: the answer.
        """
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) > 1 or (not hosts and scope["http_version"] != "1.0"):
            raise RefusedError(problem(400, "A request has one Host header."))
        if hosts and not self._hosts.allow(hosts[0].decode("latin-1")):
            said, hint = "This server does not answer under that name.", "--allow-host NAME"
            raise RefusedError(problem(421, said, f"Start it with {hint}."))
        if len(request.path) + len(request.query) > self.services.settings.max_url:
            hint = "Send the query as the body of a POST request."
            raise RefusedError(problem(414, "The address is too long.", hint))
        if not request.path.startswith("/") or not request.path.isascii():
            raise RefusedError(problem(400, "The path is malformed."))
        if request.method == "OPTIONS":
            allow = sparql.ALLOWED if request.path == _SPARQL else sparql.READ
            headers = {"Allow": allow}
            if self.services.settings.cors:
                headers |= {"Access-Control-Allow-Methods": allow, **_PREFLIGHT}
            raise RefusedError(Reply(204, headers=headers, cache=False))

    async def _answer(self, request: Request) -> tuple[str, Reply]:
        """The name of the part that answers, and its answer.

        Raises:
            RefusedError: the request is malformed, or asks what is not done here.
        """
        path = request.path
        if path == _SPARQL:
            return "sparql", await self._answer_sparql(request)
        if path == _GRAPHS or path.startswith(f"{_GRAPHS}/"):
            local = path[len(_GRAPHS) + 1 :]
            base = self.services.pages.base
            graph = await sparql.answer_graph(request, self.services.backend, base, local)
            return "graph-store", self._dated(graph)
        if request.method not in ("GET", "HEAD"):
            raise request.refuse(
                405, f"{request.method} is not done here: the data is read-only.", Allow=sparql.READ
            )
        if path in ("/health", "/health/ready", "/health/live"):
            return "health", self._health(path)
        if path == "/metrics":
            text = self.metrics.text().encode()
            return "metrics", Reply(200, text, CONTENT_TYPE, cache=False)
        if path == _WATCH and self.services.watch is not None:
            script = (TEMPLATES / "watch.js").read_bytes()
            return "watch", Reply(200, script, "text/javascript; charset=utf-8", cache=False)
        return "page", await self._page(request)

    def _health(self, path: str) -> Reply:
        is_ready = path == "/health/live" or self.services.backend.is_ready
        body = json.dumps({"status": "ok" if is_ready else "not ready"}).encode() + b"\n"
        return Reply(200 if is_ready else 503, body, "application/json", cache=False)

    async def _answer_sparql(self, request: Request) -> Reply:
        asked = await sparql.read_request(request)
        if asked.format == sparql.PAGE and asked.text is not None:
            base, backend = self.services.pages.base, self.services.backend
            return self._dated(await sparql.answer_in_page(asked, request, backend, base))
        if asked.text is not None:
            return self._dated(await sparql.answer_query(asked, request, self.services.backend))
        offers = (*GRAPHS, HTML)
        chosen = choose(request.accept, offers)
        if chosen is None:
            listed = [(offer, None) for offer in offers]
            return not_acceptable(listed, request.accept, "the description of this service")
        offer, media_type = chosen
        endpoint = f"{request.origin}{_SPARQL}"
        if offer is HTML:
            form = page("endpoint.html", "endpoint.css", base=self.services.pages.base)
            form.vary = ("Accept",)
            return form
        lines = sparql.describe(endpoint, await self._count(), union=self.services.union)
        body = sparql.write_description(lines, offer.name)
        reply = Reply(200, body, offer.content_type(media_type), vary=("Accept", "Host"))
        return self._dated(reply)

    async def _count(self) -> sparql.Counts:
        """The counts of the data as it is now."""
        modified = self.services.modified
        if self._counts is None or self._counts[0] != modified:
            self._counts = modified, await sparql.count_data(self.services.backend)
        return self._counts[1]

    def _dated(self, reply: Reply) -> Reply:
        if reply.status == 200:
            reply.modified = self.services.modified
        return reply

    async def _page(self, request: Request) -> Reply:
        pages = self.services.pages
        if isinstance(pages, SitePages):
            wanted = request.headers.get("accept-datetime")
            if (older := pages.version(request.path[1:], request.origin, wanted)) is not None:
                return older
        found = await pages.find(request.path[1:])
        if isinstance(found, Thing):
            return _see(found, request)
        if found is None:
            missing = None
            chosen = choose(request.accept, (HTML,))
            if chosen is not None and request.accept and "html" in request.accept:
                missing = await self.services.pages.missing()
            found = missing or problem(404, "There is nothing here.", accept=request.accept)
        if found.modified is None:
            self._dated(found)
        is_page = found.content_type.startswith("text/html")
        if self.services.watch is not None and is_page and found.file is None:
            _add_script(found, _WATCH)
        return found

    async def _send(self, reply: Reply, send: Send) -> int:
        """Send an answer; gives how many bytes its body has."""
        headers = list(self._usual)
        if "Content-Security-Policy" not in reply.headers:
            headers.append(_POLICY_HEADER)
        elif "frame-ancestors 'none'" not in reply.headers["Content-Security-Policy"]:
            # The older header would forbid what the policy allows.
            headers = [header for header in headers if header[0] != b"x-frame-options"]
        headers += _encoded(reply.headers)
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        if reply.file is None and len(reply.body) <= _CHUNK:
            await send({"type": "http.response.body", "body": reply.body})
            return len(reply.body)
        sent, size = 0, reply.size if reply.file else len(reply.body)
        async for part in _parts(reply):
            sent += len(part)
            async with asyncio.timeout(self.services.settings.write_seconds):
                more = sent < size
                await send({"type": "http.response.body", "body": part, "more_body": more})
        return sent

    async def _stream(self, watch: EventStream, send: Send) -> None:
        """Tell a page what happens, until it or the server goes away."""
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async for event in watch.events():
            await send({"type": "http.response.body", "body": event, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def _gauges(self) -> Iterator[tuple[str, str, dict[str, str], float]]:
        yield from self.services.backend.gauges()
        yield (
            "lod_log_lines_dropped_total",
            "Lines of the log that nobody took.",
            {},
            self.services.log.dropped,
        )


def _encoded(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in headers.items()
    ]


_POLICY_HEADER = (b"content-security-policy", _POLICY.encode())


def _told(error: Exception) -> str:
    """A mistake for the log: what it is and where it happened."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "" if trace is None else f" in {trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
    return f"{type(error).__name__}: {error}{place}"


async def _parts(reply: Reply) -> AsyncIterator[bytes]:
    """The body of an answer in parts."""
    if reply.file is None:
        for at in range(0, len(reply.body), _CHUNK):
            yield reply.body[at : at + _CHUNK]
        return
    left = reply.size
    with await asyncio.to_thread(reply.file.open, "rb") as stream:
        stream.seek(reply.start)
        # Where it was cut meanwhile, the client sees that bytes are missing.
        while part := await asyncio.to_thread(stream.read, min(4 * _CHUNK, left)):
            left -= len(part)
            yield part


def _see(thing: Thing, request: Request) -> Reply:
    """303 to the document about a thing that the client wants most."""
    places = [(offer, f"/{thing.place(offer)}") for offer in thing.offers]
    links = ", ".join(
        f'<{there}>; rel="describedby"; type="{offer.media_type}"' for offer, there in places
    )
    chosen = choose(request.accept, thing.offers)
    if chosen is None:
        reply = not_acceptable(places, request.accept, "this thing")
        reply.vary = ("Accept",)
        return reply
    there = f"/{thing.place(chosen[0])}"
    return Reply(
        303,
        f"See {there}\n".encode(),
        headers={"Location": there, "Link": links, "Cache-Control": "no-cache"},
        vary=("Accept",),
    )


def _add_script(page: Reply, address: str) -> None:
    """Put into a page, while its source is watched, the script that loads it anew.

    Args:
        page: an HTML page; it is changed.
        address: of the script.
    """
    tag = f'<script src="{address}" defer></script>'.encode()
    before, end, after = page.body.rpartition(b"</body>")
    page.body = before + tag + end + after if end else page.body + tag
    page.zipped, page.etag, page.cache = None, "", False
    policy = page.headers.get("Content-Security-Policy", "")
    for name in ("script-src", "connect-src"):
        if f"{name} 'self'" not in policy:
            policy = f"{name} 'self'; {policy}"
    page.headers["Content-Security-Policy"] = policy
