"""What a server may be told: where it listens, whom it answers, and its limits."""

from __future__ import annotations

from msgspec import Struct, field

from lod.query.limits import Limits

_MEBIBYTE = 1 << 20


class Settings(Struct, frozen=True):
    """The settings of a server.

    Attributes:
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        allowed_hosts: names that a Host header may have beside the loopback ones and `host`;
            "*" allows any.
        cors: whether pages of other origins may read the answers.
        framing: who may show the pages of a site in a frame, as `frame-ancestors` has it; pages of
            claims, which have cards, are for all.
        language: of the pages that the server makes itself, and of those that are built for it;
            None takes that of the site, or else English.
        log_queries: whether the log has the text of queries.
        limits: of one query.
        fast_workers: processes for queries that are over soon.
        slow_workers: processes for queries that are not; they run at a low priority.
        slow_after: seconds of processor time after which a query counts as slow.
        queue: how many queries may wait for a process.
        queue_seconds: how long a query may wait for one.
        cache: bytes of results that are kept to be given again; 0 for none.
        max_body: bytes of the body of a request.
        max_url: bytes of path and query string.
        max_head: bytes of a request's first line and headers.
        head_seconds: how long a client may take to send them.
        body_seconds: how long it may take for the body.
        write_seconds: how long it may take to read the next part of an answer.
        keep_alive_seconds: how long an idle connection stays open.
        connections: how many connections are open at once.
        shutdown_seconds: how long running requests may take once the server is to stop.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ()
    cors: bool = True
    framing: str = "'none'"
    language: str | None = None
    log_queries: bool = False
    limits: Limits = field(
        default_factory=lambda: Limits(
            seconds=10, rows=100_000, bytes=16 * _MEBIBYTE, memory=512 * _MEBIBYTE
        )
    )
    fast_workers: int = 2
    slow_workers: int = 2
    slow_after: float = 0.1
    queue: int = 64
    queue_seconds: float = 5
    cache: int = 32 * _MEBIBYTE
    max_body: int = 2 * _MEBIBYTE
    max_url: int = 32 * 1024
    max_head: int = 64 * 1024
    head_seconds: float = 10
    body_seconds: float = 30
    write_seconds: float = 30
    keep_alive_seconds: float = 15
    connections: int = 1000
    shutdown_seconds: float = 10
