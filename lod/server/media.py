"""What the server offers, and which of several representations a client is given.

Content negotiation is that of RFC 9110, 12.5.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from lod.rdf.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format

_WORD = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_RANGE = re.compile(rf"\s*({_WORD})/({_WORD})\s*((?:;[^,\"]*(?:{_QUOTED}[^,\"]*)*)?)$")
_QUALITY = re.compile(r"(?:^|;)\s*q\s*=\s*([^;\s]*)\s*(?=;|$)", re.IGNORECASE)
_LONG = 1000  # headers of that length are not worth remembering
# Clients write .9 and 0.12345, too: these are read by their value (RFC 9110, 12.4.2, has neither).
_WEIGHT = re.compile(r"0?\.[0-9]+|0(?:\.[0-9]*)?|1(?:\.0*)?")
# Commas inside quoted parameters separate nothing.
_ELEMENT = re.compile(rf"(?:[^,\"]|{_QUOTED}|\")+")


class Offer(Struct, frozen=True):
    """One representation that there is.

    Attributes:
        name: how the server calls it.
        media_type: what it is sent as, without parameters.
        also: other media types under which a client may ask for it; it is then sent as these.
        label: how it is called in sentences.
        charset: whether its media type says that it is UTF-8.
    """

    name: str
    media_type: str
    also: tuple[str, ...] = ()
    label: str = ""
    charset: bool = False

    def content_type(self, media_type: str | None = None) -> str:
        """The Content-Type to send it with."""
        return f"{media_type or self.media_type}{'; charset=utf-8' if self.charset else ''}"


def _rdf(format_: Format, *also: str, charset: bool = False) -> Offer:
    return Offer(
        format_.name,
        format_.media_type,
        (*format_.other_media_types, *also),
        format_.label,
        charset,
    )


HTML = Offer("html", "text/html", ("application/xhtml+xml",), "HTML", charset=True)
TTL = _rdf(TURTLE, charset=True)
JSONLD = _rdf(JSON_LD, "application/json")
NT = _rdf(N_TRIPLES, "text/plain")
RDFXML = _rdf(RDF_XML, "application/xml", "text/xml")
TRIG_DATA = _rdf(TRIG)
NQ = _rdf(N_QUADS)

#: Graphs, the server's favourite first.
GRAPHS = (TTL, JSONLD, NT, RDFXML)

JSON = Offer("json", "application/sparql-results+json", ("application/json",), "JSON")
XML = Offer("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), "XML")
CSV = Offer("csv", "text/csv", (), "CSV", charset=True)
TSV = Offer("tsv", "text/tab-separated-values", (), "TSV", charset=True)

#: Tables and answers, the server's favourite first.
RESULTS = (JSON, XML, CSV, TSV)

#: Representations of a thing, by the extension of the file.
BY_EXTENSION = {
    ".html": HTML,
    ".ttl": TTL,
    ".jsonld": JSONLD,
    ".nt": NT,
    ".rdf": RDFXML,
    ".trig": TRIG_DATA,
    ".nq": NQ,
}
EXTENSIONS = {offer.name: extension for extension, offer in BY_EXTENSION.items()}

#: Media types of the other files of a site, by extension.
FILES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".parquet": "application/vnd.apache.parquet",
    ".gz": "application/gzip",
    ".zst": "application/zstd",
    ".csv": "text/csv; charset=utf-8",
    ".cff": "application/yaml",
    ".atom": "application/atom+xml",
    ".rq": "application/sparql-query",
    ".zip": "application/zip",
    **{extension: offer.content_type() for extension, offer in BY_EXTENSION.items()},
}

#: Files without an extension, by name (VoID, 7.2).
NAMES = {"void": TTL.content_type()}


def content_type_of(name: str) -> str:
    """The Content-Type of a file of a site.

    >>> content_type_of("putin.ttl"), content_type_of("void"), content_type_of("x.unknown")
    ('text/turtle; charset=utf-8', 'text/turtle; charset=utf-8', 'application/octet-stream')
    """
    extension = name[name.rfind(".") :].lower() if "." in name else ""
    return NAMES.get(name) or FILES.get(extension, "application/octet-stream")


class MediaRange(Struct, frozen=True):
    """One element of an Accept header.

    Attributes:
        type: the part before the slash, or "*".
        subtype: the part after it, or "*".
        quality: 0 to 1.
    """

    type: str
    subtype: str
    quality: float

    @property
    def specificity(self) -> int:
        """0 for `*/*`, 1 for `text/*`, 2 for a media type."""
        return (self.type != "*") + (self.subtype != "*")

    def matches(self, media_type: str) -> bool:
        """Whether a media type without parameters is in the range."""
        kind, _, subtype = media_type.partition("/")
        return self.type in ("*", kind) and self.subtype in ("*", subtype)


def parse_accept(header: str) -> list[MediaRange]:
    """The media ranges of an Accept header.

    Parameters other than `q` do not matter. What is malformed is left out.

    >>> parse_accept('text/turtle;version="1,2";q=0.5, */*;q=0')[0]
    MediaRange(type='text', subtype='turtle', quality=0.5)
    """
    ranges = []
    for element in _ELEMENT.findall(header):
        match = _RANGE.match(element.strip())
        if match is None or (match[1] == "*" and match[2] != "*"):
            continue
        quality = 1.0
        weight = _QUALITY.search(re.sub(_QUOTED, '""', match[3]))
        if weight is not None:
            if not _WEIGHT.fullmatch(weight[1]):
                continue
            quality = float(weight[1])
        ranges.append(MediaRange(match[1].lower(), match[2].lower(), quality))
    return ranges


def quality_of(media_type: str, ranges: Iterable[MediaRange]) -> float:
    """How much a client wants a media type: what the most specific range says.

    Ranges that differ only in parameters count as one, with the highest weight among them.
    """
    best = (-1, 0.0)
    for one in ranges:
        if one.matches(media_type):
            best = max(best, (one.specificity, one.quality))
    return best[1]


def choose(accept: str | None, offers: Sequence[Offer]) -> tuple[Offer, str] | None:
    """The representation that a client wants most.

    Args:
        accept: the Accept header; None where there is none. One in which nothing is well-formed
            counts as none.
        offers: what there is, the server's favourite first; it decides among equals.

    Returns:
        The offer and the media type to send it as, or None where nothing is acceptable.

    >>> turtle, page = Offer("ttl", "text/turtle"), Offer("html", "text/html")
    >>> choose("text/html;q=0.4, text/turtle", [page, turtle])[0].name
    'ttl'
    >>> choose("image/png", [page, turtle]) is None
    True
    """
    if accept is not None and len(accept) > _LONG:
        return _choose.__wrapped__(accept, tuple(offers))
    return _choose(accept, tuple(offers))


@lru_cache(maxsize=1024)
def _choose(accept: str | None, offers: tuple[Offer, ...]) -> tuple[Offer, str] | None:
    if not offers:
        return None
    ranges = parse_accept(accept) if accept else []
    if not ranges:
        return offers[0], offers[0].media_type
    best: tuple[Offer, str] | None = None
    most = 0.0
    for offer in offers:
        for media_type in (offer.media_type, *offer.also):
            quality = quality_of(media_type, ranges)
            if media_type != offer.media_type and not _is_named(media_type, ranges):
                continue  # an alias is for those who ask for it by name
            if quality > most:
                best, most = (offer, media_type), quality
    return best


def _is_named(media_type: str, ranges: Iterable[MediaRange]) -> bool:
    return any(one.specificity == 2 and one.matches(media_type) for one in ranges)


def accepts_gzip(header: str | None) -> bool:
    """Whether an Accept-Encoding header wants gzip at least as much as the bytes themselves.

    Codings that are not named there are as welcome as `*` says (RFC 9110, 12.5.3).

    >>> accepts_gzip("br, gzip;q=0.5"), accepts_gzip("gzip;q=0, *"), accepts_gzip("identity")
    (True, False, False)
    >>> accepts_gzip("gzip;q=0.5, identity"), accepts_gzip("gzip;q=0.5, identity;q=0.1")
    (False, True)
    """
    wanted: dict[str, float] = {}
    for element in (header or "").split(","):
        coding, _, rest = element.partition(";")
        weight = _QUALITY.search(rest)
        quality = float(weight[1]) if weight and _WEIGHT.fullmatch(weight[1]) else 1.0
        wanted[coding.strip().lower()] = quality
    gzip = wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0)))
    return gzip > 0 and gzip >= wanted.get("identity", 0.0)
