"""The site as a whole: its options, and what every page needs of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lod.site.texts import preferred

if TYPE_CHECKING:
    from lod.site.templates import Templates
    from lod.site.view import PublicationView


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What a user may choose.

    Attributes:
        base: absolute IRI at which the site will stand, ends with "/"; None takes the base of the
            publication, or what the bases of all publications begin with.
        title: of the site; None takes that of the publication.
        language: of the interface words.
        templates: folder of templates that take the place of ours, or None.
        words: a TOML file of interface words that take the place of ours, or None.
        query_assets: folder with the packages of the query page (a `node_modules`), or None.
        query_cdn: IRI of a host that serves them, ends with "/", or None.
        jobs: worker processes.
    """

    base: str | None = None
    title: str | None = None
    language: str = "en"
    templates: Path | None = None
    words: Path | None = None
    query_assets: Path | None = None
    query_cdn: str | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Site:
    """What the functions that make files are given.

    Attributes:
        base: absolute IRI at which the site stands, ends with "/".
        title: of the site.
        language: of the interface words.
        several: whether it holds several publications, so that `index.html` is their list.
        publication: title of the publication whose pages are made, None for those of the whole.
        folder: where that stands in the site, "" or ending with "/".
        templates: renders pages.
        options: what the user chose.
    """

    base: str
    title: str
    language: str
    several: bool
    templates: Templates
    options: SiteOptions = field(default_factory=SiteOptions)
    publication: str | None = None
    folder: str = ""

    def at(self, view: PublicationView) -> Site:
        """The site as the pages of one publication need it."""
        titles = view.facts.publication.titles
        return replace(self, publication=preferred(titles, self.language), folder=view.folder)

    @property
    def has_query(self) -> bool:
        """Whether there is a page to query the data in the browser."""
        return self.options.query_assets is not None or self.options.query_cdn is not None
