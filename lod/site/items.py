"""The pages of Wikidata items in the site of a corpus: what all texts say of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lod.namespaces import WIKIDATA_NS
from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.site.site import Site

#: How many publications a page shows.
PAGE_SIZE = 100

#: Title and folder of a publication, and what it says of the item.
Mention = tuple[str, str, dict[str, Any]]


def item_files(qid: str, mentions: list[Mention], site: Site) -> Iterator[SiteFile]:
    """The pages of an item: `item/{qid}.html`, then `item/{qid}-2.html` and so on.

    Args:
        qid: the item.
        mentions: the publications that link it, the newest first; the pages show them in turn.
        site: the site.
    """
    pages = range(0, len(mentions), PAGE_SIZE)
    names: dict[str, int] = {}
    for _, _, mention in mentions:
        for label, _, close in mention["entities"]:
            if not close:
                names[label] = names.get(label, 0) + 1
    ordered = sorted(names, key=lambda name: (-names[name], name))
    paths = [page_path(f"item/{qid}", number) for number in range(1, len(pages) + 1)]
    for number, start in enumerate(pages, 1):
        page = paths[number - 1]
        content = site.templates.render(
            "item.html",
            site,
            page,
            qid=qid,
            href=f"{WIKIDATA_NS}{qid}",
            names=ordered[:20],
            label=ordered[0] if ordered else qid,
            mentions=mentions[start : start + PAGE_SIZE],
            publications=len(mentions),
            claims=sum(mention["count"] for _, _, mention in mentions),
            paths=paths,
            pages=list(enumerate(paths, 1)),
            number=number,
        )
        yield SiteFile(page, content, listed=True)


def page_path(path: str, number: int) -> str:
    """The path of a page of several.

    >>> page_path("item/Q232", 1), page_path("item/Q232", 2)
    ('item/Q232.html', 'item/Q232-2.html')
    """
    return f"{path}.html" if number == 1 else f"{path}-{number}.html"
