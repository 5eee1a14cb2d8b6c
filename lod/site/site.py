"""The site as a whole: its options, what every page needs of it, and what building it did."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from lod.diagnostics import Finding
from lod.pages.names import link
from lod.pages.texts import preferred

if TYPE_CHECKING:
    from lod.pages.render import Templates
    from lod.pages.view import PublicationView


class SiteOptions(Struct, frozen=True):
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
        cards: whether each claim gets a picture, and what oEmbed asks for.
        fragment: whether parts of pages are written, for the templates of another site.
        base_path: path on its host at which the parts stand, begins and ends with "/"; None leaves
            their links relative.
        full_data: whether each thing has data files of its own, and the dataset is written in all
            forms; else the data of a thing are in those that `lod build` writes of the dataset.
    """

    base: str | None = None
    title: str | None = None
    language: str = "en"
    templates: Path | None = None
    words: Path | None = None
    query_assets: Path | None = None
    query_cdn: str | None = None
    jobs: int = 1
    cards: bool = False
    fragment: bool = False
    base_path: str | None = None
    full_data: bool = False


class Site(Struct, frozen=True):
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
        desk: who publishes it, where that is one.
        picture: path of the picture for sharing the publication, or None.
        undrawn: path of each picture that could not be drawn, to the letters that no font has.
        disagreements: how many there are between its publications.
    """

    base: str
    title: str
    language: str
    several: bool
    templates: Templates
    options: SiteOptions = field(default_factory=SiteOptions)
    publication: str | None = None
    folder: str = ""
    desk: str = ""
    picture: str | None = None
    undrawn: dict[str, str] = field(default_factory=dict)
    disagreements: int = 0

    @property
    def brand(self) -> str:
        """What stands at the top of every page: the title that was asked for, else the desk."""
        return self.options.title or self.desk or self.title

    def at(self, view: PublicationView) -> Site:
        """The site as the pages of one publication need it."""
        titles = view.facts.publication.titles
        return replace(self, publication=preferred(titles, self.language), folder=view.folder)

    def address(self, path: str) -> str:
        """The absolute address of one of its files."""
        return self.base + link("index.html", path)

    @property
    def full_data(self) -> bool:
        """Whether each thing has data files of its own."""
        return self.options.full_data

    @property
    def has_query(self) -> bool:
        """Whether there is a page to query the data in the browser."""
        asked = self.options.query_assets is not None or self.options.query_cdn is not None
        return asked and not self.options.fragment


#: How many findings of a corpus are kept; the rest is counted.
MOST_FINDINGS = 1000


class SiteReport(Struct):
    """What the building of a site did.

    Attributes:
        pages: HTML files that were written in this run.
        files: all files that were.
        bytes: of these.
        publications: how many the site holds.
        built: how many of them were built in this run; the others had not changed.
        removed: how many are there no more.
        skipped: how many have errors, and are left out.
        seconds: how long it took.
        findings: what was found: of one publication everything, of a corpus errors and warnings.
        findings_left_out: how many more there are.
        undrawn: path of each picture that could not be drawn, to the letters that no font has.
        in_english: names of the interface words that the language of the site lacks.
        base: absolute IRI for which the site was made, "" where none was.
    """

    pages: int = 0
    files: int = 0
    bytes: int = 0
    publications: int = 0
    built: int = 0
    removed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)
    findings_left_out: int = 0
    undrawn: dict[str, str] = field(default_factory=dict)
    in_english: list[str] = field(default_factory=list)
    base: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The report as plain JSON data."""
        return {
            "base": self.base,
            "publications": self.publications,
            "built": self.built,
            "removed": self.removed,
            "skipped": self.skipped,
            "pages": self.pages,
            "files": self.files,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "findings": [finding.as_dict() for finding in self.findings],
            "findings_left_out": self.findings_left_out,
            "undrawn": self.undrawn,
            "in_english": self.in_english,
        }


#: How many publications a page lists, and how many pages before and after it a page links to.
PAGE_SIZE, _NEAR = 100, 3


def page_count(rows: int) -> int:
    """How many pages a list has; an empty one has one.

    >>> page_count(0), page_count(100), page_count(101)
    (1, 1, 2)
    """
    return max(1, -(-rows // PAGE_SIZE))


def page_rows(number: int) -> tuple[int, int]:
    """Which rows of a list a page of it shows: the position of the first, from 0, and how many.

    >>> page_rows(1), page_rows(3)
    ((0, 100), (200, 100))
    """
    return PAGE_SIZE * (number - 1), PAGE_SIZE


def near_pages(number: int, last: int) -> list[int]:
    """The pages that one page of a list links to: the first, the last, and those near to it.

    >>> near_pages(10, 90)
    [1, 7, 8, 9, 10, 11, 12, 13, 90]
    """
    near = {1, last, *range(number - _NEAR, number + _NEAR + 1)}
    return [one for one in sorted(near) if 1 <= one <= last]


def list_path(number: int) -> str:
    """The path of a page of the list of publications.

    >>> list_path(1), list_path(2)
    ('index.html', 'publications/2.html')
    """
    return "index.html" if number == 1 else f"publications/{number}.html"


def item_path(qid: str, number: int = 1) -> str:
    """The path of a page of a Wikidata item.

    >>> item_path("Q232"), item_path("Q232", 2)
    ('item/Q232.html', 'item/Q232-2.html')
    """
    return f"item/{qid}.html" if number == 1 else f"item/{qid}-{number}.html"


def disagreements_path(number: int) -> str:
    """The path of a page of the disagreements between publications.

    >>> disagreements_path(1), disagreements_path(2)
    ('disagreements.html', 'disagreements/2.html')
    """
    return "disagreements.html" if number == 1 else f"disagreements/{number}.html"


_Row = TypeVar("_Row")


def next_page(rows: Iterator[_Row]) -> list[_Row]:
    """The rows of the next page of a list; none where it has ended."""
    return list(islice(rows, PAGE_SIZE))
