"""Cards: the picture of a publication, and of each claim what to embed, a picture, oEmbed.

The card of a claim is a part of its page, and all that is shown of that at `#card`. Where pages are
parts for the templates of another site, each card is a page of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from lod.pages.pictures import HEIGHT, WIDTH, Card, MissingLettersError, can_draw, draw
from lod.pages.sharing import claim_card, publication_card
from lod.pages.texts import short
from lod.site.files import SiteFile

if TYPE_CHECKING:
    from lod.pages.view import ClaimView, PublicationView
    from lod.site.site import Site

#: Size of the frame that a card is embedded in, in pixels.
_FRAME = (600, 320)


def with_picture(view: PublicationView, site: Site) -> tuple[Site, list[SiteFile]]:
    """The site with the picture of a publication, and its file; as it is where none is drawn."""
    if not view.claims or not can_draw():
        return site, []
    path = f"{view.folder}card.png"
    files = list(_picture(path, publication_card(view, site.templates.words), site))
    return (replace(site, picture=path) if files else site), files


def card_page(claim: ClaimView, site: Site) -> str:
    """The path of what to embed."""
    return card_file(claim, ".html") if site.options.fragment else f"{claim.path}#card"


def card_file(claim: ClaimView, ending: str) -> str:
    """The path of a file that belongs to a card."""
    return f"{claim.path.removesuffix('.html')}/card{ending}"


def oembed_page(claim: ClaimView, site: Site) -> str | None:
    """The path of what oEmbed asks for, or None where that is not written."""
    return card_file(claim, ".json") if site.options.cards else None


def snippet(claim: ClaimView, site: Site) -> str:
    """What another page puts in to show the card."""
    page = card_page(claim, site)
    return site.templates.fill("cards/snippet.html", site=site, claim=claim, card_page=page).strip()


def card_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`card.png` and `card.json` of every claim where asked for, `card.html` where pages are parts.

    Args:
        view: the publication.
        site: the site.
    """
    words, options = site.templates.words, site.options
    for claim in view.claims if options.cards or options.fragment else ():
        card = claim_card(view, claim, words)
        if options.fragment:
            page = card_file(claim, ".html")
            content = site.templates.render(
                "cards/card.html",
                site,
                page,
                claim=claim,
                card=card,
                original=view.in_original(claim.statement.anchors[0]),
                oembed=oembed_page(claim, site),
            )
            yield SiteFile(page, content)
        if options.cards:
            picture = card_file(claim, ".png")
            drawn = list(_picture(picture, card, site))
            yield from drawn
            yield _oembed(view, claim, site, picture if drawn else None)


def _picture(path: str, card: Card, site: Site) -> Iterator[SiteFile]:
    try:
        yield SiteFile(path, draw(card, site.templates))
    except MissingLettersError as error:
        site.undrawn[path] = error.letters


def _oembed(view: PublicationView, claim: ClaimView, site: Site, picture: str | None) -> SiteFile:
    """The answer of oEmbed 1.0 for the card, as a file."""
    width, height = _FRAME
    data: dict[str, Any] = {
        "version": "1.0",
        "type": "rich",
        "title": short(claim.sentence),
        "author_name": ": ".join(short(one.label, 80) for one in claim.speakers),
        "provider_name": short(view.facts.publication.publisher.name),
        "provider_url": site.base,
        "html": snippet(claim, site),
        "width": width,
        "height": height,
    }
    if picture is not None:
        data |= {"thumbnail_url": site.address(picture)}
        data |= {"thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return SiteFile(card_file(claim, ".json"), text.encode("utf-8"))
