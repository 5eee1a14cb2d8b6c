"""Pages from a folder that `lod site` made: files, and the things that they are about."""

from __future__ import annotations

import asyncio
import os
import re
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from lod.server.media import BY_EXTENSION, HTML, content_type_of
from lod.server.pages import Thing, safe_segments
from lod.server.reply import Reply, digest_of, finish

_LARGE = 1 << 20
_CACHED = 64 << 20
_INDEX = "index.html"
_MISSING = "404.html"
#: A part of a claim, which stands in the page of the claim: `claim/{id}` or `claim/{id}/{n}`, the
#: part that has a place there, and what is below that.
_PART = re.compile(
    r"((?:.+/)?claim/[^/]+(?:/\d+)?)/(anchor/\d+|(?:value|share|change|comparedWith|period|with)\b)"
    r"(.*)"
)
#: Scripts and styles come from the site alone; nothing frames it.
SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def claim_part(path: str) -> tuple[str, str] | None:
    """The path of the claim that a path names a part of, and the fragment of the part.

    >>> claim_part("claim/trade/anchor/1/quote"), claim_part("x/claim/a/2/value")
    (('claim/trade', 'anchor-1'), ('x/claim/a/2', 'value'))
    >>> claim_part("claim/trade") is None
    True
    """
    match = _PART.fullmatch(path)
    return (match[1], match[2].replace("/", "-")) if match else None


@dataclass(frozen=True, slots=True)
class _Cached:
    """A file that was read.

    Attributes:
        state: what `stat` said of it.
        body: its bytes.
        zipped: the same in gzip, or None.
        etag: digest of its bytes.
    """

    state: tuple[int, int, int]
    body: bytes
    zipped: bytes | None
    etag: str


class SitePages:
    """The files of a site.

    Args:
        folder: the site.
        base: the IRI that its root stands for.
    """

    def __init__(self, folder: Path, base: str) -> None:
        self.base = base
        self._folder = folder
        self._cache: OrderedDict[Path, _Cached] = OrderedDict()
        self._cached = 0

    async def find(self, path: str) -> Thing | Reply | None:
        """What stands at a path."""
        if path in ("", _INDEX):
            return await self._document([_INDEX])
        trimmed = path.removesuffix("/")
        segments = safe_segments(trimmed)
        if segments is None:
            return None
        file = self._file(segments) if path == trimmed else None
        if file is not None:
            return await self._read(file)
        if path != trimmed or self._file([*segments, _INDEX]) is not None:
            index = await self._document([*segments, _INDEX])
            if index is not None and path != trimmed:
                return index
        if thing := self._thing(trimmed, segments):
            return thing
        if part := claim_part(trimmed):
            return self._part(trimmed, *part)
        if path == trimmed and self._file([*segments, _INDEX]) is not None:
            return Reply(308, headers={"Location": f"/{path}/"}, cache=False)
        return None

    async def missing(self) -> Reply | None:
        """The page of the site that says that there is nothing."""
        page = await self._document([_MISSING])
        if page is not None:
            page.status, page.cache, page.etag = 404, False, ""
            page.modified = None
        return page

    def _thing(self, path: str, segments: list[str]) -> Thing | None:
        *folder, name = segments
        offers = tuple(
            offer
            for extension, offer in BY_EXTENSION.items()
            if self._file([*folder, name + extension]) is not None
        )
        return Thing(path, offers) if offers else None

    def _part(self, path: str, claim: str, fragment: str) -> Thing | None:
        segments = safe_segments(claim)
        thing = None if segments is None else self._thing(claim, segments)
        if thing is None or segments is None:
            return None
        return Thing(thing.path, thing.offers, fragment) if self._names(path, segments) else None

    def _names(self, path: str, claim: list[str]) -> bool:
        """Whether the data of a claim names a part of it."""
        iri = self.base + unquote(path)
        local = unquote(path).split("/claim/")[-1].removeprefix("claim/")
        for extension, written in (
            (".jsonld", (f'"{iri}"',)),
            (".ttl", (f"<{iri}>", f"claim/{local}>", f"claim:{local}")),
        ):
            file = self._file([*claim[:-1], claim[-1] + extension])
            if file is not None:
                data = file.read_bytes()
                return any(one.encode() in data for one in written)
        return True

    def _file(self, segments: list[str]) -> Path | None:
        """The file at a path; None where there is none inside the folder."""
        path = self._folder.joinpath(*segments)
        try:
            if not path.is_file():
                return None
            inside = path.resolve().is_relative_to(self._folder.resolve())
        except OSError:
            return None
        return path if inside else None

    async def _document(self, segments: list[str]) -> Reply | None:
        file = self._file(segments)
        return None if file is None else await self._read(file)

    async def _read(self, file: Path) -> Reply | None:
        """A file as an answer."""
        content_type = content_type_of(file.name)
        try:
            said = file.stat()
            state = (said.st_mtime_ns, said.st_size, said.st_ino)
            reply = Reply(200, content_type=content_type, modified=said.st_mtime)
            reply.headers["Content-Security-Policy"] = SITE_POLICY
            if extension := BY_EXTENSION.get(file.suffix.lower()):
                self._link_others(file, extension.media_type, reply)
            if said.st_size > _LARGE:
                reply.file, reply.size = file, said.st_size
                reply.etag = "-".join(f"{part:x}" for part in state)
                return reply
            cached = self._cache.get(file)
            if cached is None or cached.state != state:
                cached = await self._remember(file, state, content_type)
            else:
                self._cache.move_to_end(file)
        except OSError:
            return None
        reply.body, reply.zipped, reply.etag = cached.body, cached.zipped, cached.etag
        return reply

    async def _remember(
        self, file: Path, state: tuple[int, int, int], content_type: str
    ) -> _Cached:
        from starlette.datastructures import Headers

        body = await asyncio.to_thread(file.read_bytes)
        zipped = None
        if content_type.startswith(("text/", "application/")) and file.suffix not in (
            ".gz",
            ".zst",
            ".zip",
        ):
            accepting = Headers({"accept-encoding": "gzip"})
            packed = await finish(Reply(body=body, content_type=content_type), "GET", accepting)
            zipped = packed.zipped
        cached = _Cached(state, body, zipped, digest_of(body))
        self._forget(file)
        self._cache[file] = cached
        self._cached += len(body) + len(zipped or b"")
        while self._cached > _CACHED:
            self._forget(next(iter(self._cache)))
        return cached

    def _forget(self, file: Path) -> None:
        old = self._cache.pop(file, None)
        if old is not None:
            self._cached -= len(old.body) + len(old.zipped or b"")

    def _link_others(self, file: Path, media_type: str, reply: Reply) -> None:
        """Say in a Link header in which other forms a document is there."""
        relative = file.relative_to(self._folder)
        stem = quote(os.fspath(relative.with_suffix("")).replace(os.sep, "/"))
        links = [
            f'</{stem}{extension}>; rel="alternate"; type="{offer.media_type}"'
            for extension, offer in BY_EXTENSION.items()
            if offer.media_type != media_type and file.with_suffix(extension).is_file()
        ]
        if links:
            reply.headers["Link"] = ", ".join(links)
            if media_type == HTML.media_type:
                reply.vary = (*reply.vary, "Accept")
