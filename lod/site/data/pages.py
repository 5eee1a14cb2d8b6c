"""The data files of one publication: downloads, a file for each thing, the page about the data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.dataset.jsonld import to_jsonld
from lod.dataset.serialize import serialize
from lod.dataset.trig import to_trig
from lod.dataset.turtle import to_turtle
from lod.errors import FormatError
from lod.formats import FORMATS, format_of_media_type
from lod.site.data import crate
from lod.site.data.authorities import spdx
from lod.site.data.citation import publication_citation
from lod.site.data.counts import LINKS, link_count
from lod.site.data.describe import citation, description, makers, title
from lod.site.data.head import dataset_head
from lod.site.data.sitemap import publication_sitemaps
from lod.site.data.things import Things
from lod.site.data.void import publication_void
from lod.site.files import Download, PublicationSummary, SiteFile
from lod.site.paths import JSONLD, TURTLE

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView


def data_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The data files of a publication.

    Args:
        view: the publication.
        site: the site.
    """
    from lod.site.summary import summarize

    downloads = []
    for download, content in download_files(view):
        downloads.append(download)
        yield SiteFile(download.path, content)
    yield from thing_files(view)
    summary = summarize(view, downloads)
    yield dataset_page(summary, site)
    yield from publication_sitemaps(view, site)
    if site.several:
        # The only publication of a site has them at the root, which is its folder.
        yield SiteFile(f"{view.folder}void.ttl", publication_void(summary, site))
        yield SiteFile(f"{view.folder}CITATION.cff", publication_citation(summary, site))
        yield SiteFile(f"{view.folder}{crate.NAME}", crate.publication_crate(summary, site))


def download_files(view: PublicationView) -> Iterator[tuple[Download, bytes]]:
    """The whole dataset in every format that can hold it, with its size and hash."""
    for format_ in FORMATS:
        try:
            content = serialize(view.dataset, format_).encode("utf-8")
        except FormatError:
            # RDF/XML has no way to write some characters and predicates: the others have it all.
            continue
        path = f"{view.folder}dataset.{format_.extension}"
        digest = hashlib.sha256(content).hexdigest()
        yield Download(path, format_.media_type, len(content), digest), content


def thing_files(view: PublicationView) -> Iterator[SiteFile]:
    """Turtle and JSON-LD of every thing; for a reported graph also TriG, which can hold it."""
    for thing in Things(view):
        path = view.paths.path(thing.iri)
        if path is None:
            continue
        yield SiteFile(path + TURTLE, to_turtle(thing.dataset).encode("utf-8"))
        text = to_jsonld(thing.dataset, root=thing.iri)
        yield SiteFile(path + JSONLD, text.encode("utf-8"))
        if thing.dataset.graphs:
            yield SiteFile(f"{path}.trig", to_trig(thing.dataset).encode("utf-8"))


def dataset_page(summary: PublicationSummary, site: Site) -> SiteFile:
    """The page about the data: licence, counts, how to cite, downloads, links to descriptions."""
    page = f"{summary.folder}dataset.html"
    words = site.templates.words
    content = site.templates.render(
        "data/dataset.html",
        site,
        page,
        **dataset_head(summary, site, page),
        summary=summary,
        title=title(summary, site.language),
        description=description(summary, words),
        license_name=spdx(summary.license),
        makers=makers(summary),
        citation=citation(summary, words),
        downloads=[(format_of_media_type(one.media_type), one) for one in summary.downloads],
        links=[(predicate, summary.counts[link_count(predicate)]) for predicate in LINKS],
    )
    return SiteFile(page, content, listed=True)
