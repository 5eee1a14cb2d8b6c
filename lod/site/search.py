"""The search: one page, and an index that the page reads; no server takes part.

How the builder uses it. For a site of one publication, `search_files(view, site)` gives everything.
For a corpus, each worker calls `search_entries(view, items=True)` (plain data, which may be kept as
JSON for publications that do not change), the main process hands each list to
`SearchIndex.add`, and at last writes what `index_files(index, site)` gives.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from lod.site.files import SiteFile
from lod.site.search_entries import KINDS, search_entries, shipped_term_entries
from lod.site.search_index import SearchIndex
from lod.site.search_words import fold

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView

__all__ = ["SearchIndex", "index_files", "search_entries", "search_files"]

PAGE = "search.html"
#: Names that the page lists for those who have no script.
_LISTED = 1000


def search_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The search of a site of one publication: `search.html` and its index.

    Args:
        view: the publication.
        site: the site; nothing is made for one of several publications, whose index is one.
    """
    if site.several:
        return
    with SearchIndex() as index:
        index.add(search_entries(view))
        yield from index_files(index, site)


def index_files(index: SearchIndex, site: Site) -> Iterator[SiteFile]:
    """The search of a whole site: `search.html`, and the index in `data/`.

    Args:
        index: everything that can be found; nothing can be added to it afterwards.
        site: the site.

    Raises:
        OutputError: the database of the index cannot be written.
    """
    if site.several:
        index.add(shipped_term_entries())
    names = index.names(("item", "entity"), _LISTED)
    page = site.templates.render(
        "search/search.html",
        site,
        PAGE,
        letters=_by_letter(names),
        kinds=KINDS if site.several else [kind for kind in KINDS if kind != "item"],
        words=site.templates.words.part("search"),
    )
    yield SiteFile(PAGE, page)
    yield from index.files()


def _by_letter(
    names: list[tuple[str, str, str]],
) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Path, title and language under the first letter of the title, in the order of letters."""
    found = sorted(((_letter(title), fold(title), title, path, tag) for path, title, tag in names))
    return [
        (letter, [(path, title, tag) for _, _, title, path, tag in group])
        for letter, group in groupby(found, key=lambda one: one[0])
    ]


def _letter(title: str) -> str:
    """The first letter of a title as a heading; "#" for digits and signs.

    >>> _letter("Élysée"), _letter("«казах»"), _letter("2023")
    ('E', 'К', '#')
    """
    for character in fold(title[:50]):
        category = unicodedata.category(character)
        if category[0] == "L":
            return character.upper()[0]
        if category[0] == "N":
            break
    return "#"
