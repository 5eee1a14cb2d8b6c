"""What is answered: a status, a body, and what a client may know and keep of it.

Conditional requests (RFC 9110, section 13), HEAD and compression are done here for every answer.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from email.utils import formatdate, parsedate_to_datetime
from functools import cache, lru_cache
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from msgspec import Struct, field

from lod.pages.interface import Words
from lod.server.media import HTML, Offer, accepts_gzip, choose

#: The templates of the pages that the server makes itself.
TEMPLATES = Path(__file__).parents[1] / "pages" / "templates" / "server"

_SMALL = 400
_INLINE = 64 * 1024
_LARGE = 8 << 20
_LEVEL = 5
_COMPRESSIBLE = ("text/", "+json", "+xml", "/json", "/xml", "/javascript", "n-triples", "n-quads")
_NO_BODY = (204, 304)
_GZIP = "-gz"


class Reply(Struct):
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
        size: bytes of that file that are sent.
        start: the first of them.
        in_parts: whether a part of it can be asked for.
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
    start: int = 0
    in_parts: bool = False
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
    more = dict(headers or {})
    if name == "json":
        data = {"status": status, "title": message} | ({"detail": hint} if hint else {})
        body, type_ = json.dumps(data, ensure_ascii=False) + "\n", _PROBLEM_JSON.content_type()
    elif name == "html":
        css, more["Content-Security-Policy"] = _style("store.css")
        title = _words.get()(f"server.problem_{status}")
        body = _render(
            "problem.html", style=css, status=status, title=title, message=message, hint=hint
        )
        type_ = HTML.content_type()
    else:
        body, type_ = "\n".join(filter(None, (message, hint))) + "\n", "text/plain; charset=utf-8"
    return Reply(
        status,
        body.encode(),
        type_,
        more,
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
_PROBLEMS = (_PROBLEM_TEXT, _PROBLEM_JSON, Offer("html", "text/html"))


def page(template: str, style: str, **values: Any) -> Reply:
    """A page that the server makes itself: plain HTML that needs neither script nor picture.

    Args:
        template: name of its template.
        style: name of its style sheet.
        values: what the template shows; each is escaped where it is written.
    """
    css, policy = _style(style)
    body = _render(template, style=css, **values).encode()
    return Reply(200, body, HTML.content_type(), {"Content-Security-Policy": policy})


#: The words of the server that answers in this context.
_words: ContextVar[Words] = ContextVar("words", default=Words())  # noqa: B039 - nothing changes them


def speak(words: Words) -> None:
    """Let the pages that the server makes itself be in a language, in this context.

    Args:
        words: of the language.
    """
    _words.set(words)


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(t=_words.get(), **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style(name: str) -> tuple[Markup, str]:
    """A style sheet, and the policy under which a page may have it."""
    css = (TEMPLATES / name).read_text("utf-8")
    digest = b64encode(sha256(css.encode()).digest()).decode()
    return Markup(css), (  # noqa: S704 - a file of ours
        f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
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


def is_unchanged(request: Mapping[str, str], etag: str, modified: float | None) -> bool:
    """Whether the client has this representation already (RFC 9110, 13.2.2).

    Args:
        request: its headers, names in lower case.
        etag: of the representation, without quotation marks or coding.
        modified: seconds since 1970, or None.
    """
    if (tags := request.get("if-none-match")) is not None:
        # Tags of weak comparison count too.
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or bool(known & {f'"{etag}"', f'"{etag}{_GZIP}"'})
    since = request.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        return int(modified) <= parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


_BYTES = re.compile(r"bytes=[ \t]*(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The part of a representation that a Range header asks for (RFC 9110, 14.1.2).

    Returns:
        First byte and the one after the last, both the same where nothing is there to give; None
        for the whole: where the header is malformed, or asks for several parts at once.

    >>> byte_range("bytes=2-3", 10), byte_range("bytes=-4", 10), byte_range("bytes=8-", 10)
    ((2, 4), (6, 10), (8, 10))
    >>> byte_range("bytes=10-", 10), byte_range("bytes=0-1, 4-5", 10), byte_range("lines=1-2", 10)
    ((10, 10), None, None)
    """
    match = _BYTES.fullmatch(header.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size
    first, end = int(match[1]), int(match[2]) + 1 if match[2] else size
    if end <= first and match[2]:
        return None
    return (first, min(end, size)) if first < size else (size, size)


def _cut(reply: Reply, request: Mapping[str, str], size: int) -> int:
    """Make the answer the part that was asked for; gives its size."""
    condition = request.get("if-range")
    last = reply.headers.get("Last-Modified")
    if condition is not None and condition not in (f'"{reply.etag}"', last):
        return size  # it is another by now: all of it
    part = byte_range(request["range"], size)
    if part is None:
        return size
    first, end = part
    if first == end:
        reply.status = 416
        reply.headers["Content-Range"] = f"bytes */{size}"
        reply.body, reply.file = b"", None
        return 0
    reply.status = 206
    reply.headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    reply.start, reply.size = first, end - first
    reply.body = reply.body[first:end]
    return end - first


async def finish(reply: Reply, method: str, request: Mapping[str, str]) -> Reply:
    """Make an answer ready to be sent: validators, 304, compression, length.

    Args:
        reply: the answer; it is changed.
        method: of the request.
        request: its headers, names in lower case.
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
    in_parts = reply.in_parts and reply.status == 200
    if in_parts:
        headers["Accept-Ranges"] = "bytes"
    in_parts = in_parts and method == "GET" and "range" in request
    if size >= _SMALL and _is_compressible(reply.content_type) and reply.file is None:
        vary.append("Accept-Encoding")
        if size <= _LARGE and not in_parts and accepts_gzip(request.get("accept-encoding")):
            coding = _GZIP
            if reply.status != 304:
                reply.zipped = reply.zipped or await _zip(reply.body)
                reply.body, size = reply.zipped, len(reply.zipped)
                headers["Content-Encoding"] = "gzip"
    if in_parts:
        size = _cut(reply, request, size)
    if reply.status in (200, 206, 304) and reply.etag:
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
