"""The files about the data of a whole site: catalogues, feed, sitemaps, citation, redirects.

The summaries are read portion by portion for each file, and no more of them is held than that,
however many there are; what grows with them is written part by part.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.pages.names import shipped_term_path
from lod.site.data.archives import (
    CRATE,
    publication_citation,
    publication_crate,
    site_citation,
    site_crate,
)
from lod.site.data.catalogue import catalogue_files
from lod.site.data.describe import Overview, overview, site_description
from lod.site.data.feeds import feed_files, index_path, site_sitemaps
from lod.site.data.head import site_head
from lod.site.data.redirects import redirect_files
from lod.site.data.statements import address
from lod.site.data.streams import stream_files
from lod.site.data.void import void_files
from lod.site.files import PublicationSummary, SiteFile, StreamedFile
from lod.site.site import disagreements_path, item_path, list_path, page_count
from lod.site.summaries import Summaries
from lod.store.database import Database
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.site.site import Site


def whole_data_files(summaries: Summaries, site: Site) -> Iterator[SiteFile | StreamedFile]:
    """The files about the data of a whole site.

    Args:
        summaries: of all publications.
        site: the site.
    """
    found = overview(summaries)
    if found is None:
        return
    yield from void_files(summaries, found, site)
    yield from catalogue_files(summaries, found, site)
    yield from feed_files(summaries, site)
    indexes = []
    for file in site_sitemaps(summaries, site, _pages(summaries, found, site), found.modified):
        yield file
        if not file.path.startswith("sitemap-site-"):
            indexes.append(file.path)
    if site.several:
        yield SiteFile("CITATION.cff", site_citation(found, site))
        yield StreamedFile(CRATE, site_crate(summaries, found, site))
        yield _page(found, site)
        if found.counts["releases"]:
            yield from stream_files(summaries, site)
    else:
        yield SiteFile("CITATION.cff", publication_citation(found.first, site))
        yield SiteFile(CRATE, publication_crate(found.first, site))
    yield from redirect_files(site)
    yield _robots(site, indexes)


def _pages(summaries: Summaries, found: Overview, site: Site) -> Iterator[str]:
    """The pages that belong to no publication."""
    if site.several:
        yield from (list_path(n) for n in range(1, page_count(found.publications) + 1))
        yield "dataset.html"
        if site.disagreements:
            last = page_count(site.disagreements)
            yield from (disagreements_path(number) for number in range(1, last + 1))
        for qid, publications in _items(summaries):
            pages = range(1, page_count(publications) + 1)
            yield from (item_path(qid, number) for number in pages)
    if not site.options.fragment:
        yield "search.html"
    yield "vocabulary/index.html"
    terms = (shipped_term_path(iri) for iri in load_vocabulary().terms)
    yield from (f"{path}.html" for path in terms if path is not None)
    if site.has_query:
        yield "query.html"


def _items(summaries: Summaries) -> Iterator[tuple[str, int]]:
    """Every Wikidata item that is linked, and by how many publications."""
    with (
        Database(
            None, "CREATE TABLE item (qid TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;"
        ) as known,
        known.transaction(),
    ):
        for portion in summaries.made("items", _linked):
            known.executemany(
                "INSERT INTO item VALUES (?1, ?2) ON CONFLICT DO UPDATE SET number = number + ?2",
                json.loads(portion).items(),
            )
        yield from known.execute("SELECT qid, number FROM item ORDER BY qid")


def _linked(summaries: list[PublicationSummary]) -> bytes:
    """The items that some publications link, and by how many each, as JSON."""
    return json.dumps(Counter(qid for one in summaries for qid in one.items)).encode()


def _page(found: Overview, site: Site) -> SiteFile:
    content = site.templates.render(
        "data/site.html",
        site,
        "dataset.html",
        about=f"{site.base}dataset",
        **site_head(found, site, "dataset.html"),
        found=found,
        description=site_description(found, site),
    )
    return SiteFile("dataset.html", content, listed=True)


def _robots(site: Site, indexes: list[str]) -> SiteFile:
    """robots.txt (RFC 9309): everything may be read; where the sitemaps are."""
    lines = ["User-agent: *", "Allow: /", ""]
    lines += [f"Sitemap: {address(site, path)}" for path in indexes or [index_path(1)]]
    return SiteFile("robots.txt", ("\n".join(lines) + "\n").encode("utf-8"))
