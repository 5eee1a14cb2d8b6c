"""Makes the files of a site: those of each publication, and those of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.diagnostics import Finding, Severity
from lod.errors import InputError
from lod.pages.interface import Words
from lod.pages.render import Templates
from lod.rdf.iri import iri_problem
from lod.site.data.publication import data_files
from lod.site.data.whole import whole_data_files
from lod.site.files import SiteFile, StreamedFile, asset_files
from lod.site.fragment import in_parts
from lod.site.pages.article import article_files
from lod.site.pages.cards import card_files, with_picture
from lod.site.pages.claims import claim_files
from lod.site.pages.entities import entity_files, list_files, missing_page
from lod.site.pages.history import history_files
from lod.site.pages.provenance import provenance_files
from lod.site.pages.query import query_files, whole_query_files
from lod.site.pages.terms import term_files, vocabulary_files
from lod.site.search.index import search_files
from lod.site.site import Site, SiteOptions

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.publication import Publication
    from lod.site.summaries import Summaries

#: Told how many pages or publications are done, and of how many, where that is known.
Progress = Callable[[int, int | None], None]

#: What makes the files of one publication, in the order in which they are written.
_PUBLICATION = (
    *(article_files, card_files, claim_files, entity_files, list_files),
    *(provenance_files, term_files, data_files, history_files, query_files, search_files),
)
#: What makes the files of the whole site.
_WHOLE = (missing_page, vocabulary_files, whole_data_files, whole_query_files)
#: Pages that are nothing without scripts, and the page for what is not there: of no use as parts.
_SCRIPTED = frozenset({query_files, search_files, missing_page, whole_query_files})


def page_findings(publication: Publication) -> Iterator[Finding]:
    """Warnings about the pages of a publication without errors.

    Args:
        publication: it.
    """
    if not publication.require_facts().document.titles:
        path = ("document",)
        yield Finding(
            "title-missing",
            Severity.WARNING,
            "the text has no title: its page, the cards and the lists show the title of the data, "
            "and search engines get no headline",
            "write its title under title:",
            path,
            publication.locate(path),
        )


def check_base(base: str | None) -> None:
    """Refuse a base that no site can stand at.

    Raises:
        InputError: it is no absolute http(s) IRI that ends with "/".
    """
    if base is None:
        return
    problem = iri_problem(base)
    if problem is None and not base.lower().startswith(("http://", "https://")):
        problem = "is none of http or https"
    if problem is None and ("?" in base or "#" in base or not base.endswith("/")):
        problem = 'does not end with "/", or has a query or a fragment'
    if problem is not None:
        raise InputError(
            f"the base {base} {problem}", hint="give the address of the site, as https://…/"
        )


def make_site(
    base: str, title: str, options: SiteOptions, *, several: bool, desk: str = ""
) -> Site:
    """The site, with its templates and words."""
    frame = "fragment" if options.fragment else ""
    templates = Templates(Words(options.language, options.words), options.templates, frame)
    return Site(base, title, options.language, several, templates, options, desk=desk)


def publication_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """All files of one publication."""
    here, pictures = with_picture(view, site.at(view))
    yield from pictures
    for produce in _PUBLICATION:
        if not (site.options.fragment and produce in _SCRIPTED):
            yield from in_parts(produce(view, here), here)


def whole_files(summaries: Summaries, site: Site) -> Iterator[SiteFile | StreamedFile]:
    """All files of the whole site, but for what only a corpus has."""
    yield from in_parts(asset_files(site.options.templates), site)
    for produce in _WHOLE:
        if not (site.options.fragment and produce in _SCRIPTED):
            yield from in_parts(produce(summaries, site), site)


class SitePlan(Struct, frozen=True):
    """How the site of a corpus is built; plain data that goes to the workers.

    Attributes:
        base: absolute IRI of the site.
        title: of the site.
        options: what the user chose.
        aside: folder in which publications are written before they take their place.
    """

    base: str
    title: str
    options: SiteOptions
    aside: Path


@lru_cache(maxsize=1)
def site_of(plan: SitePlan) -> Site:
    """The site, with its templates and words: made once in a process."""
    return make_site(plan.base, plan.title, plan.options, several=True)
