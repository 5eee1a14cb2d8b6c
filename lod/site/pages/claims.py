"""The pages of claims: one a claim, and one a statement that stands for several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lod.pages.citing import written
from lod.pages.sharing import claim_card, claim_described, claim_item
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.pages.cards import card_file, card_page, oembed_page, snippet

if TYPE_CHECKING:
    from lod.pages.view import ClaimView, PublicationView, StatementView
    from lod.site.site import Site


def claim_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The page of every claim.

    Args:
        view: the publication.
        site: the site.

    Yields:
        `claim/{id}.html`; for a statement that stands for several claims, that is the page of
        what they share, and each has its own below it.
    """
    for statement in view.statements.values():
        if len(statement.claims) > 1:
            yield _statement(view, site, statement)
        for claim in statement.claims:
            yield _claim(view, site, statement, claim)


def _statement(view: PublicationView, site: Site, statement: StatementView) -> SiteFile:
    """The page of a statement that stands for several claims."""
    id_ = statement.statement.id
    values = {"s": statement, "turtle": view.turtle(statement.parts)}
    return _page(view, site, id_, f"{view.base}claim/{id_}", "statement.html", **values)


def _claim(
    view: PublicationView, site: Site, statement: StatementView, claim: ClaimView
) -> SiteFile:
    """The page of one claim."""
    values = view.values_in(claim.version)
    picture = card_file(claim, ".png")
    return _page(
        view,
        site,
        claim.id,
        claim.iri,
        "claim.html",
        s=statement,
        claim=claim,
        siblings=[one for one in statement.claims if one is not claim],
        subject=values.value(claim.subject),
        value=None if claim.value is None else values.value(claim.value),
        items=view.items(statement, [claim]),
        reasons=view.reasons(claim),
        citation=view.citation(claim),
        headline=claim.sentence,
        description=claim_described(view, claim, site.templates.words),
        references=written(claim_item(view, claim)),
        snippet=snippet(claim, site),
        card=claim_card(view, claim, site.templates.words),
        card_page=card_page(claim, site),
        original=view.in_original(claim.statement.anchors[0]),
        oembed=oembed_page(claim, site),
        picture=picture if site.options.cards and picture not in site.undrawn else None,
        turtle=view.turtle([claim.iri, *statement.parts]),
    )


def _page(
    view: PublicationView, site: Site, id_: str, about: str, template: str, **values: Any
) -> SiteFile:
    page = f"{view.folder}claim/{id_}.html"
    head = head_values(view, site, about, page)
    content = site.templates.render(
        template, site, page, view=view, iri=about, about=head, **values
    )
    return SiteFile(page, content, listed=True)
