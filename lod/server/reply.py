"""What is answered: a status, a body, and what a client may know and keep of it.

Conditional requests (RFC 9110, section 13), HEAD and compression are done here for every answer.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate, parsedate_to_datetime
from functools import lru_cache
from hashlib import blake2b
from html import escape
from pathlib import Path

from starlette.datastructures import Headers

from lod.server.negotiation import Offer, accepts_gzip, choose

_SMALL = 400
_INLINE = 64 * 1024
_LARGE = 8 << 20
_LEVEL = 5
_COMPRESSIBLE = ("text/", "+json", "+xml", "/json", "/xml", "/javascript", "n-triples", "n-quads")
_NO_BODY = (204, 304)
_GZIP = "-gz"


@dataclass(slots=True)
class Reply:
    """An answer before it is sent.

    Attributes:
        status: of HTTP.
        body: the bytes of the representation, unless `file` has them.
        content_type: its media type, with parameters.
        headers: further headers.
        etag: digest of the body; made from the body where it is "" and the status is 200.
        modified: seconds since 1970 when it last changed, or None.
        vary: names of request headers that it depends on.
        cache: whether it may be kept, to be asked for again.
        file: a large file whose content is the body.
        size: bytes of that file.
        zipped: the body in gzip where that is known already.
        form: form of the query that it answers, for the log.
        outcome: why that has no result, in one word, for the log.
        detail: for the log alone; it may quote the request.
    """

    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: float | None = None
    vary: tuple[str, ...] = ()
    cache: bool = True
    file: Path | None = None
    size: int = 0
    zipped: bytes | None = None
    form: str = ""
    outcome: str = ""
    detail: str = ""


def problem(
    status: int,
    message: str,
    hint: str | None = None,
    *,
    accept: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """An answer that says what was wrong: as text, JSON (RFC 9457) or a page, as one prefers.

    Args:
        status: of HTTP, 400 or more.
        message: what was wrong.
        hint: what to do about it.
        accept: the Accept header of the request.
        headers: further headers.
    """
    chosen = choose(accept, _PROBLEMS)
    name = chosen[0].name if chosen else "text"
    if name == "json":
        data = {"status": status, "title": message} | ({"detail": hint} if hint else {})
        body, type_ = json.dumps(data, ensure_ascii=False) + "\n", _PROBLEM_JSON.content_type()
    elif name == "html":
        said = f"<p>{escape(hint)}</p>" if hint else ""
        body = _PAGE.format(status=status, message=escape(message), hint=said)
        type_ = "text/html; charset=utf-8"
    else:
        body, type_ = "\n".join(filter(None, (message, hint))) + "\n", "text/plain; charset=utf-8"
    return Reply(
        status,
        body.encode(),
        type_,
        dict(headers or {}),
        vary=("Accept",),
        cache=False,
        detail=message,
    )


_PROBLEM_TEXT = Offer("text", "text/plain", charset=True)
_PROBLEM_JSON = Offer(
    "json",
    "application/problem+json",
    ("application/json", "application/ld+json", "application/sparql-results+json"),
)
_PROBLEM_HTML = Offer("html", "text/html", charset=True)
_PROBLEMS = (_PROBLEM_TEXT, _PROBLEM_JSON, _PROBLEM_HTML)
_PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{status}</title></head>\n<body><main><h1>{status}</h1><p>{message}</p>{hint}"
    "</main></body></html>\n"
)


def not_acceptable(
    offers: Sequence[tuple[Offer, str | None]], accept: str | None = None, what: str = "this"
) -> Reply:
    """406 with what there is, in the body and in Link headers.

    Args:
        offers: each representation, and where it is found, or None where only Accept asks for it.
        accept: the Accept header.
        what: what was asked for, for the sentence.
    """
    listed = ", ".join(offer.media_type for offer, _ in offers)
    links = ", ".join(
        f'<{place}>; rel="alternate"; type="{offer.media_type}"'
        for offer, place in offers
        if place is not None
    )
    return problem(
        406,
        f"None of the media types that you accept is there for {what}.",
        f"There is: {listed}",
        accept=accept,
        headers={"Link": links} if links else {},
    )


def digest_of(body: bytes) -> str:
    """The digest that makes a strong ETag."""
    return blake2b(body, digest_size=12).hexdigest()


def _known(value: str | None) -> set[str]:
    """The tags of an If-None-Match header; those of weak comparison count too."""
    return {part.strip().removeprefix("W/") for part in (value or "").split(",")} - {""}


def is_unchanged(request: Headers, etag: str, modified: float | None) -> bool:
    """Whether the client has this representation already (RFC 9110, 13.2.2).

    Args:
        request: its headers.
        etag: of the representation, without quotation marks or coding.
        modified: seconds since 1970, or None.
    """
    if (tags := request.get("if-none-match")) is not None:
        known = _known(tags)
        return "*" in known or bool(known & {f'"{etag}"', f'"{etag}{_GZIP}"'})
    since = request.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


async def finish(reply: Reply, method: str, request: Headers) -> Reply:
    """Make an answer ready to be sent: validators, 304, compression, length.

    Args:
        reply: the answer; it is changed.
        method: of the request.
        request: its headers.
    """
    headers = reply.headers
    vary = list(reply.vary)
    is_read = method in ("GET", "HEAD")
    if reply.status == 200 and reply.cache:
        reply.etag = reply.etag or digest_of(reply.body)
        headers.setdefault("Cache-Control", "no-cache")
        if reply.modified is not None:
            headers["Last-Modified"] = _date(int(reply.modified))
        if is_read and is_unchanged(request, reply.etag, reply.modified):
            reply.status = 304
    elif not reply.cache:
        headers.setdefault("Cache-Control", "no-store")
    size = reply.size if reply.file else len(reply.body)
    coding = ""
    if size >= _SMALL and _is_compressible(reply.content_type) and reply.file is None:
        vary.append("Accept-Encoding")
        if size <= _LARGE and accepts_gzip(request.get("accept-encoding")):
            coding = _GZIP
            if reply.status != 304:
                reply.zipped = reply.zipped or await _zip(reply.body)
                reply.body, size = reply.zipped, len(reply.zipped)
                headers["Content-Encoding"] = "gzip"
    if reply.status in (200, 304) and reply.etag:
        headers["ETag"] = f'"{reply.etag}{coding}"'
    if vary:
        headers["Vary"] = ", ".join(dict.fromkeys(vary))
    if reply.status in _NO_BODY:
        reply.body, reply.file = b"", None
    else:
        headers["Content-Length"] = str(size)
        headers["Content-Type"] = reply.content_type
    if method == "HEAD":
        reply.body, reply.file = b"", None
    return reply


@lru_cache(maxsize=64)
def _date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)


@lru_cache(maxsize=256)
def _is_compressible(content_type: str) -> bool:
    kind = content_type.partition(";")[0]
    return kind.startswith(_COMPRESSIBLE[0]) or kind.endswith(_COMPRESSIBLE[1:])


async def _zip(body: bytes) -> bytes:
    if len(body) <= _INLINE:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
