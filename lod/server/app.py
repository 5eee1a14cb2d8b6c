"""The server as an ASGI application: who may ask, which part answers, what is told of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from starlette.datastructures import Headers

from lod.server.asked import Asked, RefusedError
from lod.server.hosts import AllowedHosts
from lod.server.metrics import CONTENT_TYPE, Metrics
from lod.server.pages import PageSource
from lod.server.reply import Reply, finish, problem
from lod.server.request_log import RequestLog
from lod.server.routes import Routes
from lod.server.settings import Settings
from lod.server.sparql import Backend

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


class ServedBackend(Backend, Protocol):
    """A backend that is started and ended with the server."""

    @property
    def is_ready(self) -> bool:
        """Whether a query would be answered."""
        ...

    async def start(self) -> None:
        """Make it ready."""
        ...

    async def close(self) -> None:
        """End it, with all its processes."""
        ...

    def kill(self) -> None:
        """End its processes at once, when no event loop runs any more."""
        ...

    def gauges(self) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """What the metrics say of it."""
        ...


class EventStream(Protocol):
    """What the pages are told while the server watches their source."""

    def events(self) -> AsyncIterator[bytes]:
        """The events for one page, until it goes away."""
        ...


@dataclass(slots=True)
class Services:
    """What a server is made of.

    Attributes:
        pages: where pages come from.
        backend: runs queries.
        settings: numbers and limits.
        log: takes a line for each request.
        union: whether the default graph of queries is the union of all graphs.
        modified: when the data last changed, in seconds since 1970; None where nobody knows.
        watch: what the pages are told, where the server watches their source.
        hooks: run at the start, and cancelled at the end.
        stopping: set once the server is to stop.
    """

    pages: PageSource
    backend: ServedBackend
    settings: Settings
    log: RequestLog
    union: bool = True
    modified: float | None = None
    watch: EventStream | None = None
    hooks: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)


class Application:
    """The server.

    Args:
        services: what it is made of.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.metrics = Metrics(self._gauges)
        self.failure: BaseException | None = None
        self._routes = Routes(services, self.metrics)
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
        except Exception as error:
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
        headers = Headers(scope=scope)
        method: str = scope["method"]
        asked = self._asked(scope, headers, receive)
        self.metrics.running += 1
        route, status, sent = "refused", 500, 0
        reply = Reply(500)
        try:
            try:
                refusal = self._refusal(scope, asked)
                if refusal is not None:
                    reply = refusal
                elif self.services.watch is not None and asked.path == Routes.EVENTS:
                    route, status = "events", 200
                    await self._stream(self.services.watch, send)
                    return
                else:
                    route, reply = await self._routes.answer(asked)
            except RefusedError as error:
                reply = error.reply
            except Exception as error:
                # Nothing of the inside is told; the log has the kind and place of the mistake.
                reply = problem(500, "The server made a mistake.", accept=asked.accept)
                reply.detail = _told(error)
            reply = await finish(reply, method, headers)
            status = reply.status
            sent = await self._send(reply, send)
        finally:
            seconds = time.perf_counter() - started
            self.metrics.running -= 1
            self.metrics.note(route, method, status, seconds, sent)
            logs_queries = self.services.settings.log_queries
            self.services.log.write(
                "request",
                method=method[:20],
                path=asked.path[:500],
                status=status,
                ms=round(1000 * seconds, 2),
                bytes=sent,
                form=reply.form,
                outcome=reply.outcome,
                query=asked.query if logs_queries else None,
                # What is said of a request that is wrong quotes it.
                detail=reply.detail if status >= 500 or (logs_queries and status >= 400) else None,
            )

    def _asked(self, scope: Scope, headers: Headers, receive: Receive) -> Asked:
        settings = self.services.settings
        # Some clients name the whole address; what counts is the path in it.
        path = scope["raw_path"].decode("latin-1")
        return Asked(
            scope["method"],
            path,
            scope["query_string"].decode("latin-1"),
            headers,
            f"{scope['scheme']}://{headers.get('host', 'localhost')}",
            receive,
            settings.max_body,
            settings.body_seconds,
        )

    def _refusal(self, scope: Scope, asked: Asked) -> Reply | None:
        """The answer to who may not ask, or asks in no way that is understood."""
        hosts = asked.headers.getlist("host")
        if len(hosts) > 1 or (not hosts and scope["http_version"] != "1.0"):
            return problem(400, "A request has one Host header.")
        if hosts and not self._hosts.allow(hosts[0]):
            return problem(
                421,
                "This server does not answer under that name.",
                "Start it with --allow-host NAME.",
            )
        if len(asked.path) + len(asked.query) > self.services.settings.max_url:
            return problem(
                414, "The address is too long.", "Send the query as the body of a POST request."
            )
        if not asked.path.startswith("/") or not asked.path.isascii():
            return problem(400, "The path is malformed.")
        if asked.method == "OPTIONS":
            allow = Routes.allowed(asked.path)
            headers = {"Allow": allow}
            if self.services.settings.cors:
                headers |= {"Access-Control-Allow-Methods": allow, **_PREFLIGHT}
            return Reply(204, headers=headers, cache=False)
        return None

    async def _send(self, reply: Reply, send: Send) -> int:
        """Send an answer; gives how many bytes its body has."""
        headers = list(self._usual)
        if "Content-Security-Policy" not in reply.headers:
            headers.append(_POLICY_HEADER)
        headers += _encoded(reply.headers)
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        if reply.file is not None:
            return await self._send_file(reply.file, reply.size, send)
        body = reply.body
        if len(body) <= _CHUNK:
            await send({"type": "http.response.body", "body": body})
            return len(body)
        for at in range(0, len(body), _CHUNK):
            part = body[at : at + _CHUNK]
            more = at + _CHUNK < len(body)
            async with asyncio.timeout(self.services.settings.write_seconds):
                await send({"type": "http.response.body", "body": part, "more_body": more})
        return len(body)

    async def _send_file(self, file: Path, size: int, send: Send) -> int:
        left = size
        stream = await asyncio.to_thread(file.open, "rb")
        with stream:
            while left > 0:
                part = await asyncio.to_thread(stream.read, min(4 * _CHUNK, left))
                if not part:
                    break  # it was cut meanwhile; the client sees that bytes are missing
                left -= len(part)
                async with asyncio.timeout(self.services.settings.write_seconds):
                    await send({"type": "http.response.body", "body": part, "more_body": left > 0})
        return size - left

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


__all__ = ["CONTENT_TYPE", "Application", "ServedBackend", "Services"]
