"""The files about the data of a whole site: catalogues, feed, sitemaps, citation, redirects.

The summaries are read once for each file, and no more of them is held than what a file of a fixed
size needs, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lod.site.data import crate
from lod.site.data.catalogue import catalogue_files
from lod.site.data.citation import publication_citation, site_citation
from lod.site.data.describe import Overview, overview, site_description
from lod.site.data.feed import feed_files
from lod.site.data.head import site_head
from lod.site.data.redirects import redirect_files
from lod.site.data.sitemap import index_path, site_sitemaps
from lod.site.data.statements import address
from lod.site.data.void import void_files
from lod.site.files import PublicationSummary, SiteFile
from lod.site.guide import shipped_term_path
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.site.site import Site


def whole_data_files(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The files about the data of a whole site.

    Args:
        summaries: of all publications; read several times.
        site: the site.
    """
    found = overview(summaries)
    if found is None:
        return
    yield from void_files(summaries, site)
    yield from catalogue_files(summaries, site)
    yield from feed_files(summaries, site)
    indexes = []
    for file in site_sitemaps(summaries, site, _pages(summaries, site), found.modified):
        yield file
        if not file.path.startswith("sitemap-site-"):
            indexes.append(file.path)
    if site.several:
        yield SiteFile("CITATION.cff", site_citation(found, site))
        yield SiteFile(crate.NAME, crate.site_crate(summaries, found, site))
        yield _page(found, site)
    else:
        yield SiteFile("CITATION.cff", publication_citation(found.first, site))
        yield SiteFile(crate.NAME, crate.publication_crate(found.first, site))
    yield from redirect_files(site)
    yield _robots(site, indexes)


def _pages(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[str]:
    """The pages that belong to no publication."""
    if site.several:
        yield "index.html"
        yield "dataset.html"
        items: set[str] = set()
        for summary in summaries:
            for qid in summary.items:
                if qid not in items:
                    items.add(qid)
                    yield f"item/{qid}.html"
    yield "search.html"
    yield "vocabulary/index.html"
    terms = (shipped_term_path(iri) for iri in load_vocabulary().terms)
    yield from (f"{path}.html" for path in terms if path is not None)
    if site.has_query:
        yield "query.html"


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
