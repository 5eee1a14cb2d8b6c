"""What the server offers: media types of pages, of results, of graphs."""

from __future__ import annotations

from lod.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from lod.server.negotiation import Offer


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

#: Graphs, the server's favourite first.
GRAPHS = (TTL, JSONLD, NT, RDFXML)

JSON = Offer("json", "application/sparql-results+json", ("application/json",), "JSON")
XML = Offer("xml", "application/sparql-results+xml", ("application/xml", "text/xml"), "XML")
CSV = Offer("csv", "text/csv", (), "CSV", charset=True)
TSV = Offer("tsv", "text/tab-separated-values", (), "TSV", charset=True)

#: Tables and answers, the server's favourite first.
RESULTS = (JSON, XML, CSV, TSV)

#: Representations of a thing, by the extension of the file.
BY_EXTENSION = {".html": HTML, ".ttl": TTL, ".jsonld": JSONLD, ".nt": NT, ".rdf": RDFXML}
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
    ".trig": "application/trig",
    ".nq": "application/n-quads",
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
