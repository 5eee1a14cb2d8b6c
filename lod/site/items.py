"""The pages of Wikidata items in the site of a corpus: what all texts say of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.namespaces import WIKIDATA_NS
from lod.site import paged
from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.site.site import Site

#: Title and folder of a publication, and what it says of the item, as JSON.
Mention = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ItemSummary:
    """What all pages of an item say.

    Attributes:
        qid: the item.
        names: what publications call it, the most common first.
        publications: how many link it.
        claims: how many of their claims are about it.
    """

    qid: str
    names: tuple[str, ...]
    publications: int
    claims: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of an item, before it is made.

    Attributes:
        item: the item.
        number: of the page, from 1.
        mentions: the publications that it shows, the newest first.
    """

    item: ItemSummary
    number: int
    mentions: tuple[Mention, ...]


def item_file(page: ItemPage, site: Site) -> SiteFile:
    """A page of an item.

    Args:
        page: it.
        site: the site.
    """
    item, path = page.item, paged.item_path(page.item.qid, page.number)
    last = paged.page_count(item.publications)
    content = site.templates.render(
        "item.html",
        site,
        path,
        qid=item.qid,
        href=f"{WIKIDATA_NS}{item.qid}",
        names=item.names,
        label=item.names[0] if item.names else item.qid,
        mentions=[(title, folder, json.loads(data)) for title, folder, data in page.mentions],
        publications=item.publications,
        claims=item.claims,
        pages=[
            (one, paged.item_path(item.qid, one)) for one in paged.near_pages(page.number, last)
        ],
        number=page.number,
        last=last,
    )
    return SiteFile(path, content, listed=True)
