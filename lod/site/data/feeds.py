"""What machines follow: the Atom feed (RFC 4287) and the sitemaps (sitemaps.org, protocol 0.9).

The feed has the publications of a site, the one that changed last first. Dates are those of the
data, at midnight UTC; what has no date is not in the feed.

Each publication lists its pages in files of its own, `sitemap-1.xml` and so on in its folder. The
index at the root, `sitemap.xml`, names these, and one for the pages of the whole site.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from itertools import chain, count, islice
from typing import TYPE_CHECKING

from lod.dataset.metadata import text_iri
from lod.pages.names import RELEASES_PAGE, release_page, shipped_term_path
from lod.rdf.rdfxml import MARKUP, NO_CHAR
from lod.site.data.describe import dataset_iri, description, last_change, makers, title
from lod.site.data.statements import address
from lod.site.files import PublicationSummary, SiteFile
from lod.site.summaries import Summaries

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site

#: How many entries the feed has at most.
LONGEST = 100
#: The date of a feed without entries: it must have one.
_NEVER = "1970-01-01"


def feed_files(summaries: Summaries, site: Site) -> Iterator[SiteFile]:
    """The feed."""
    days = chain.from_iterable(map(json.loads, summaries.made("days", _days)))
    dated = ((day, -position) for day, position in zip(days, count(), strict=False) if day)
    chosen = [-position for _, position in heapq.nlargest(LONGEST, dated)]
    found = dict(zip(sorted(chosen), summaries.at(set(chosen)), strict=True))
    newest = [(last_change(found[one]) or "", found[one]) for one in chosen]
    text = site.templates.fill(
        "data/feed.xml",
        site=site,
        xml=xml_text,
        address=lambda path: address(site, path),
        updated=newest[0][0] if newest else _NEVER,
        entries=[
            {
                "day": day,
                "summary": summary,
                "iri": dataset_iri(summary),
                "title": title(summary, site.language),
                "makers": makers(summary),
                "description": description(summary, site.templates.words),
            }
            for day, summary in newest
        ],
    )
    yield SiteFile("feed.xml", text.encode("utf-8"))


def _days(summaries: list[PublicationSummary]) -> bytes:
    """When each publication changed, as JSON."""
    return json.dumps([last_change(one) for one in summaries]).encode()


#: What one file may hold by the protocol: addresses, and bytes.
MAX_ADDRESSES = 50_000
MAX_BYTES = 50 * 1024 * 1024
_NS = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: What stands around the addresses takes less than this.
_AROUND = 200
#: How many addresses a file of a publication has: under both limits, however long they are, so
#: that the number of files follows from that of the pages.
PART = 20_000
#: Lists that every publication has beside the pages of its things.
_LISTS = ("entities.html", "claims.html", "dataset.html")


def page_paths(view: PublicationView) -> Iterator[str]:
    """The pages of a publication that search engines shall know."""
    paths, base = view.paths, view.base
    documents = view.facts.document.all_versions
    things = [f"{base}{one.local}" for one in documents]
    things += [f"{base}entity/{slug}" for slug in view.facts.entities]
    for statement in view.facts.statements:
        iris = [claim.iri for claim in view.statements[statement.id].claims]
        things += dict.fromkeys([f"{base}claim/{statement.id}", *iris])
    things += [text_iri(view.facts, one.name) for one in documents]
    things += [f"{base}build", *view.dataset.graphs]
    for iri in things:
        file = paths.file(iri)
        if file is not None:
            yield file
    yield from (view.folder + name for name in _LISTS)
    if view.story.releases:
        yield view.folder + RELEASES_PAGE
        yield from (release_page(view.folder, one.version) for one in view.story.releases)
    own = [iri for iri in view.vocabulary.terms if shipped_term_path(iri) is None]
    named = (view.names.term_path(iri) for iri in own)
    yield from (f"{path}.html" for path in named if path is not None)


def publication_sitemaps(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The sitemaps of one publication."""
    day = view.facts.publication.modified or view.facts.document.published
    entries = (_entry("url", address(site, path), day) for path in page_paths(view))
    number = 0
    while part := list(islice(entries, PART)):
        number += 1
        content = _file("urlset", [entry.encode("utf-8") for entry in part])
        yield SiteFile(f"{view.folder}sitemap-{number}.xml", content)


def site_sitemaps(
    summaries: Summaries, site: Site, pages: Iterable[str], day: str | None
) -> Iterator[SiteFile]:
    """The sitemaps of the whole site: its own pages, and the index.

    Args:
        summaries: the publications.
        site: the site.
        pages: paths of the pages that belong to no publication.
        day: xsd:date of the last change, or None.
    """
    entries = (_entry("url", address(site, path), day) for path in pages)
    own = 0
    for content in _files("urlset", entries):
        own += 1
        yield SiteFile(f"sitemap-site-{own}.xml", content)
    named = chain(
        (_entry("sitemap", address(site, f"sitemap-site-{n}.xml"), day) for n in range(1, own + 1)),
        chain.from_iterable(
            map(json.loads, summaries.made("sitemaps", lambda some: _sitemaps(some, site)))
        ),
    )
    for number, content in enumerate(_files("sitemapindex", named), 1):
        yield SiteFile(index_path(number), content)


def _sitemaps(summaries: list[PublicationSummary], site: Site) -> bytes:
    """The entries of some publications in the index, as JSON."""
    return json.dumps(
        [
            _entry("sitemap", address(site, f"{one.folder}sitemap-{n}.xml"), last_change(one))
            for one in summaries
            for n in range(1, -(-one.counts["pages"] // PART) + 1)
        ]
    ).encode()


def index_path(number: int) -> str:
    """The path of an index; there are several beyond 50,000 publications."""
    return "sitemap.xml" if number == 1 else f"sitemap-index-{number}.xml"


def _entry(kind: str, location: str, day: str | None) -> str:
    changed = "" if day is None else f"<lastmod>{xml_text(day)}</lastmod>"
    return f"<{kind}><loc>{xml_text(location)}</loc>{changed}</{kind}>\n"


def _file(kind: str, entries: Iterable[bytes]) -> bytes:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<{kind} xmlns="{_NS}">\n'.encode()
    return head + b"".join(entries) + f"</{kind}>\n".encode()


def _files(kind: str, entries: Iterable[str]) -> Iterator[bytes]:
    """The entries in files that keep the limits; none where there are no entries."""
    held: list[bytes] = []
    size = _AROUND
    for entry in entries:
        encoded = entry.encode("utf-8")
        if len(held) == MAX_ADDRESSES or size + len(encoded) > MAX_BYTES:
            yield _file(kind, held)
            held, size = [], _AROUND
        held.append(encoded)
        size += len(encoded)
    if held:
        yield _file(kind, held)


def xml_text(text: str) -> str:
    r"""A text for an element or an attribute; what XML cannot hold is shown as U+FFFD.

    >>> xml_text("a < b & ]]> \0")
    'a &lt; b &amp; ]]&gt; \ufffd'
    """
    return NO_CHAR.sub("\ufffd", text).translate(MARKUP)
