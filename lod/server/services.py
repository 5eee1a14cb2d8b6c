"""What a server is made of, as its parts see each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

from msgspec import Struct, field

from lod.pages.interface import Words
from lod.server.pages import PageSource
from lod.server.pool import QueryPool
from lod.server.remote import RemoteStore
from lod.server.settings import Settings
from lod.server.telemetry import RequestLog

#: Runs queries: a pool of processes, or another store.
Backend = QueryPool | RemoteStore


class EventStream(Protocol):
    """What the pages are told while the server watches their source."""

    def events(self) -> AsyncIterator[bytes]:
        """The events for one page, until it goes away."""


class Services(Struct):
    """What a server is made of.

    Attributes:
        pages: where pages come from.
        backend: runs queries.
        settings: numbers and limits.
        log: takes a line for each request.
        words: of the pages that the server makes itself.
        union: whether the default graph of queries is the union of all graphs.
        modified: when the data last changed, in seconds since 1970; None where nobody knows.
        watch: what the pages are told, where the server watches their source.
        hooks: run at the start, and cancelled at the end.
        stopping: set once the server is to stop.
    """

    pages: PageSource
    backend: Backend
    settings: Settings
    log: RequestLog
    words: Words = field(default_factory=Words)
    union: bool = True
    modified: float | None = None
    watch: EventStream | None = None
    hooks: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
