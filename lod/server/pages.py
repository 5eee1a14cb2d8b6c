"""Where pages come from: what a path of the server stands for, and the folder of a site."""

from __future__ import annotations

import asyncio
import os
import re
from collections import OrderedDict
from html import escape
from html.parser import HTMLParser
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, unquote_to_bytes

from msgspec import Struct

from lod.rdf.iri import path_of
from lod.server.media import BY_EXTENSION, EXTENSIONS, HTML, Offer, content_type_of
from lod.server.memento import memento_headers, time_gate, time_map
from lod.server.reply import Reply, digest_of, finish

_LARGE = 1 << 20
_CACHED = 64 << 20
_INDEX = "index.html"
_MISSING = "404.html"
#: A part of a claim, which stands in the page of the claim: `claim/{id}` or `claim/{id}/{n}`, the
#: part that has a place there, and what is below that.
_PART = re.compile(
    r"((?:.+/)?claim/[^/]+(?:/\d+)?)/(anchor/\d+|(?:value|share|change|comparedWith|period|with|card)\b)"
    r"(.*)"
)
#: A thing of a release: the folder of the release, and what the thing is called below it.
_OF_RELEASE = re.compile(r"((?:.+/)?release/[^/]+)/((?:claim|entity|correction)/.+)")
#: A thing of a publication, below the folder of that.
_OF_PUBLICATION = re.compile(r"document(?:/[^/]+)?|build|(?:text|entity|claim|reported)/.+")
#: Beside the page of what was withdrawn.
_GONE = ".gone"
#: Pages of claims have cards, which are made to be shown in other pages.
_CARD = re.compile(r"(?:.+/)?claim/.+\.html")
#: Links of a page that its header repeats (FAIR Signposting Profile), and how long that may be.
_SIGNPOSTS = frozenset(
    "alternate author canonical cite-as collection describedby item license linkset type".split()
)
_LONGEST_LINKS = 6000
#: Scripts and styles come from the site alone. Who may frame a page is put after it.
SITE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors "
)
#: The one hidden folder that is there for all (RFC 8615).
_WELL_KNOWN = ".well-known"


class Thing(Struct, frozen=True):
    """What is no document itself; there are documents about it.

    Attributes:
        path: of the documents, without an extension, percent-encoded, below the root.
        offers: the documents that there are, the favourite first.
        fragment: where in the page it stands, or "".
        data: the path of the documents for programs, where that is another; or "".
    """

    path: str
    offers: tuple[Offer, ...]
    fragment: str = ""
    data: str = ""

    def place(self, offer: Offer) -> str:
        """The path of one of its documents, below the root, percent-encoded."""
        if offer is HTML:
            return f"{self.path}.html{f'#{self.fragment}' * bool(self.fragment)}"
        return (self.data or self.path) + EXTENSIONS[offer.name]


class PageSource(Protocol):
    """Where pages come from."""

    @property
    def base(self) -> str:
        """The IRI that the root of the server stands for."""

    async def find(self, path: str) -> Thing | Reply | None:
        """What stands at a path.

        Args:
            path: below the root, percent-encoded, without a slash at its beginning.

        Returns:
            A thing, to be answered with 303; a document; or None.
        """

    async def missing(self) -> Reply | None:
        """The page that says that there is nothing, or None."""


def safe_segments(path: str) -> list[str] | None:
    r"""The segments of a path, decoded; None where one is not fit to name a file.

    Args:
        path: percent-encoded, without a slash at its beginning.

    >>> safe_segments("entity/putin.html")
    ['entity', 'putin.html']
    >>> [safe_segments(p) for p in ("a/%2e%2e/b", "a//b", "a%2Fb", "%5c", "a%00", ".git/x", "%ff")]
    [None, None, None, None, None, None, None]
    """
    segments = []
    for part in path.split("/"):
        try:
            name = unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError:
            return None
        if not name or (name.startswith(".") and name != _WELL_KNOWN) or len(name) > 255:
            return None
        if any(character in '/\\:*?"<>|' or not character.isprintable() for character in name):
            return None
        segments.append(name)
    return segments


def claim_part(path: str) -> tuple[str, str] | None:
    """The path of the claim that a path names a part of, and the fragment of the part.

    >>> claim_part("claim/trade/anchor/1/quote"), claim_part("x/claim/a/2/value")
    (('claim/trade', 'anchor-1'), ('x/claim/a/2', 'value'))
    >>> claim_part("claim/trade") is None
    True
    """
    match = _PART.fullmatch(path)
    return (match[1], match[2].replace("/", "-")) if match else None


class _Cached(Struct, frozen=True):
    """A file that was read.

    Attributes:
        state: what `stat` said of it.
        body: its bytes.
        zipped: the same in gzip, or None.
        etag: digest of its bytes.
        links: what its head links to, as a Link header has it, or "".
    """

    state: tuple[int, int, int]
    body: bytes
    zipped: bytes | None
    etag: str
    links: str = ""


class SitePages:
    """The files of a site.

    Args:
        folder: the site.
        base: the IRI that its root stands for.
        framing: who may show pages in a frame, as `frame-ancestors` has it; those of claims, which
            have cards, are for all.
    """

    def __init__(self, folder: Path, base: str, framing: str = "'none'") -> None:
        self.base = base
        self._framing = framing
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
            reply = await self._read(file)
            if reply is not None and "release" in segments:
                said = memento_headers(self._folder, "/".join(segments))
                others = reply.headers.get("Link")
                reply.headers |= said
                if said and others:
                    reply.headers["Link"] = f"{said['Link']}, {others}"
            if reply is not None and self._file([*segments[:-1], f"{file.stem}{_GONE}"]):
                reply.status = 410
            return reply
        if (gone := await self._gone(trimmed)) is not None:
            return gone
        if released := self._released(trimmed):
            return released
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

    def version(self, path: str, origin: str, wanted: str | None) -> Reply | None:
        """A TimeMap, or the way to an older version of a thing; None where neither is asked for.

        Args:
            path: below the root, percent-encoded.
            origin: scheme and host of the server.
            wanted: the value of `Accept-Datetime`, or None.
        """
        prefix, mark, _ = path.rpartition("timemap/")
        segments = safe_segments(path)
        if segments is None or (wanted is None and not mark) or prefix.endswith("release/"):
            return None
        plain = "/".join(segments)
        if (found := time_map(self._folder, origin, plain, self._was)) is not None:
            return found
        return None if wanted is None else time_gate(self._folder, plain, wanted, self._was)

    def _was(self, path: str) -> bool:
        """Whether a release has a thing."""
        segments = safe_segments(path)
        if self._released(path) is not None:
            return True
        return (
            segments is not None and segments[-1] == "dataset" and bool(self._thing(path, segments))
        )

    async def missing(self) -> Reply | None:
        """The page of the site that says that there is nothing."""
        page = await self._document([_MISSING])
        if page is not None:
            # Its links have the path of the site's base; here the site stands at the root.
            path = path_of(self.base)
            if path not in ("", "/"):
                page.body = page.body.replace(f'="{path}'.encode(), b'="/')
                page.zipped = None
            page.headers.pop("Link", None)
            page.status, page.cache, page.etag = 404, False, ""
            page.modified = None
        return page

    async def _gone(self, path: str) -> Reply | None:
        """The page of what was withdrawn, or of what it was a part of (RFC 9110, 15.5.11)."""
        claim = claim_part(path)
        segments = safe_segments(claim[0] if claim else path)
        if segments is None or self._file([*segments[:-1], segments[-1] + _GONE]) is None:
            return None
        reply = await self._document([*segments[:-1], f"{segments[-1]}.html"])
        if reply is not None:
            reply.status = 410
        return reply

    def _released(self, path: str) -> Thing | None:
        """A thing as it was in a release, which stands in the page of that."""
        match = _OF_RELEASE.fullmatch(path)
        segments = None if match is None else safe_segments(match[1])
        if match is None or segments is None:
            return None
        page = self._file([*segments, "dataset.html"])
        if page is None or f' id="{escape(unquote(match[2]))}"' not in page.read_text("utf-8"):
            return None
        thing = self._thing(f"{match[1]}/dataset", [*segments, "dataset"])
        return None if thing is None else Thing(thing.path, thing.offers, unquote(match[2]))

    def _thing(self, path: str, segments: list[str]) -> Thing | None:
        offers = self._offers(segments)
        if not offers:
            return None
        dataset = self._dataset(segments) if offers == (HTML,) else None
        if dataset is None:
            return Thing(path, offers)
        data = quote("/".join(dataset))
        return Thing(path, (HTML, *(o for o in self._offers(dataset) if o is not HTML)), data=data)

    def _offers(self, segments: list[str]) -> tuple[Offer, ...]:
        """The documents that there are at a path without an extension."""
        *folder, name = segments
        return tuple(
            offer
            for extension, offer in BY_EXTENSION.items()
            if self._file([*folder, name + extension]) is not None
        )

    def _dataset(self, segments: list[str]) -> list[str] | None:
        """The path of the dataset of the publication that a thing belongs to; None for others."""
        for length in range(len(segments) - 1, -1, -1):
            dataset = [*segments[:length], "dataset"]
            if _OF_PUBLICATION.fullmatch("/".join(segments[length:])) and self._offers(dataset):
                return dataset
        return None

    def _part(self, path: str, claim: str, fragment: str) -> Thing | None:
        segments = safe_segments(claim)
        thing = None if segments is None else self._thing(claim, segments)
        if thing is None or segments is None:
            return None
        # The card is a part of the page, and not of the claim.
        if fragment != "card" and not self._names(path, segments):
            return None
        return Thing(thing.path, thing.offers, fragment, thing.data)

    def _names(self, path: str, claim: list[str]) -> bool:
        """Whether the data names a part of a claim."""
        written = f'"{self.base}{unquote(path)}"'
        for stem in (claim, self._dataset(claim)):
            file = None if stem is None else self._file([*stem[:-1], f"{stem[-1]}.jsonld"])
            if file is not None and file.stat().st_size:
                with file.open("rb") as data, mmap(data.fileno(), 0, access=ACCESS_READ) as found:
                    return found.find(written.encode()) >= 0
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
            reply = Reply(200, content_type=content_type, modified=said.st_mtime, in_parts=True)
            is_card = _CARD.fullmatch(file.relative_to(self._folder).as_posix())
            reply.headers["Content-Security-Policy"] = SITE_POLICY + (
                "*" if is_card else self._framing
            )
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
        if cached.links:
            reply.headers["Link"] = cached.links
        return reply

    async def _remember(
        self, file: Path, state: tuple[int, int, int], content_type: str
    ) -> _Cached:
        body = await asyncio.to_thread(file.read_bytes)
        if content_type.startswith(HTML.media_type):
            # Where pages are served, there is something to ask.
            body = body.replace(b"<!--sparql ", b"").replace(b" sparql-->", b"")
        zipped = None
        if content_type.startswith(("text/", "application/")) and file.suffix not in (
            ".gz",
            ".zst",
            ".zip",
        ):
            accepting = {"accept-encoding": "gzip"}
            packed = await finish(Reply(body=body, content_type=content_type), "GET", accepting)
            zipped = packed.zipped
        links = _head_links(body) if content_type.startswith(HTML.media_type) else ""
        cached = _Cached(state, body, zipped, digest_of(body), links)
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


class _HeadLinks(HTMLParser):
    """Collects the links in the head of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link."""
        found = {name: value or "" for name, value in attrs}
        if tag == "link" and found.get("rel") in _SIGNPOSTS and found.get("href"):
            # What browsers read as an IRI is a URI in a header (RFC 8288, 3).
            target = quote(found["href"], safe="%/:=&?~#+!$,;'@()*[]")
            more = "".join(
                f'; {name}="{found[name]}"'
                for name in ("type", "profile")
                if found.get(name) and _PLAIN.fullmatch(found[name])
            )
            self.links.append(f'<{target}>; rel="{found["rel"]}"{more}')


#: What may stand in quotation marks in a header as it is.
_PLAIN = re.compile(r"[ !#-\[\]-~]+")


def _head_links(page: bytes) -> str:
    """The links in the head of a page as a Link header; "" where there are none, or too many."""
    parser = _HeadLinks()
    parser.feed(page.partition(b"</head>")[0].decode("utf-8", "replace"))
    links = ", ".join(parser.links)
    return links if len(links) <= _LONGEST_LINKS else ""
