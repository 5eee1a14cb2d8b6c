"""The root of the site of a corpus: the list of its publications, in pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from lod.site import paged
from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.site.corpus_state import SiteState
    from lod.site.site import Site


def publication_lists(state: SiteState, site: Site) -> Iterator[SiteFile]:
    """The list of publications, the newest first, in pages."""
    count = state.count()
    last = paged.page_count(count)
    rows = state.listed()
    for number in range(1, last + 1):
        path = paged.list_path(number)
        content = site.templates.render(
            "publications.html",
            site,
            path,
            rows=list(islice(rows, paged.PAGE_SIZE)),
            count=count,
            number=number,
            last=last,
            pages=[(one, paged.list_path(one)) for one in paged.near_pages(number, last)],
        )
        yield SiteFile(path, content, listed=True)
