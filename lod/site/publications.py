"""The root of the site of a corpus: the list of its publications, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.site.corpus_state import SiteState
    from lod.site.site import Site

#: How many publications a page lists.
PAGE_SIZE = 100
#: How many pages before and after it a page links to.
_NEAR = 3


def list_path(number: int) -> str:
    """The path of a page of the list.

    >>> list_path(1), list_path(2)
    ('index.html', 'publications/2.html')
    """
    return "index.html" if number == 1 else f"publications/{number}.html"


def publication_lists(state: SiteState, site: Site) -> Iterator[SiteFile]:
    """The list of publications, the newest first, in pages."""
    count = state.count()
    last = max(1, -(-count // PAGE_SIZE))
    rows = state.listed()
    for number in range(1, last + 1):
        near = {1, last, *range(number - _NEAR, number + _NEAR + 1)}
        content = site.templates.render(
            "publications.html",
            site,
            list_path(number),
            rows=list(islice(rows, PAGE_SIZE)),
            count=count,
            number=number,
            last=last,
            pages=[(one, list_path(one)) for one in sorted(near) if 1 <= one <= last],
        )
        yield SiteFile(list_path(number), content, listed=True)
