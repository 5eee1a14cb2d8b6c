"""The pages of claims: one a claim, and one a statement that stands for several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lod.dataset.ntriples import iri_of
from lod.namespaces import WIKIDATA_NS
from lod.site.claim_details import ClaimDetails
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.turtle_text import turtle_text
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.model.claim import Statement
    from lod.site.site import Site
    from lod.site.view import ClaimView, PublicationView


def claim_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The page of every claim.

    Args:
        view: the publication.
        site: the site.

    Yields:
        `claim/{id}.html`; for a statement that stands for several claims, that is the page of
        what they share, and each has its own below it.
    """
    pages = _Pages(view, site)
    for claims in view.claims_by_statement.values():
        shared = pages.shared(claims[0].statement)
        if len(claims) > 1:
            yield pages.statement(claims, shared)
        for claim in claims:
            yield pages.claim(claim, claims, shared)


class _Pages:
    """Makes the pages of one publication."""

    def __init__(self, view: PublicationView, site: Site) -> None:
        self._view = view
        self._site = site
        self._guide = view.guide(site.language)
        self._details = ClaimDetails(view, self._guide)
        self._about = f"<{SCHEMA.about}>"
        self._text_page = f"{view.paths.path(view.text_iri)}.html"
        self._article = f"{view.folder}document.html"

    def shared(self, statement: Statement) -> dict[str, Any]:
        """What all claims of a statement show alike."""
        details, guide = self._details, self._guide
        return {
            "quotes": details.quotes(statement),
            "text_page": self._text_page,
            "text_place": f"{self._article}#claim-{statement.id}",
            "statement": statement,
            "property": guide.term(statement.property),
            "modality": guide.concept(str(statement.modality)),
            "modality_name": str(statement.modality),
            "negative": str(statement.polarity) == "negative",
            "speakers": [guide.speaker(slug) for slug in statement.speakers],
            "share": None if statement.share is None else details.values.quantity(statement.share),
            "change": None if statement.change is None else details.values.change(statement.change),
            "compared": []
            if statement.compared_with is None
            else details.values.comparison(statement.compared_with),
            "during": None if statement.during is None else details.values.period(statement.during),
            "qualifiers": details.qualifiers(statement),
            "relations": details.relations(statement),
            "graph": f"{self._view.folder}{details.graph(statement)}.html",
        }

    def claim(
        self, claim: ClaimView, claims: tuple[ClaimView, ...], shared: dict[str, Any]
    ) -> SiteFile:
        """The page of one claim."""
        details, guide, view = self._details, self._guide, self._view
        node = view.nodes[f"<{claim.iri}>"]
        items = [iri_of(token) for token in node.get(self._about, ())]
        reasons = details.reasons(claim)
        return self._render(
            claim.id,
            "claim.html",
            claim.iri,
            shared
            | {
                "claim": claim,
                "row": guide.rows[claim.iri],
                "siblings": [row for row in guide.rows_of(claims) if row.iri != claim.iri],
                "subject": guide.value(claim.subject),
                "value": None if claim.value is None else details.values.value(claim.value),
                "items": [guide.item(iri.removeprefix(WIKIDATA_NS)) for iri in items],
                "reasons": reasons,
                "citation": details.citation(claim),
                "turtle": turtle_text(view, [claim.iri, *details.parts(claim.statement)]),
            },
        )

    def statement(self, claims: tuple[ClaimView, ...], shared: dict[str, Any]) -> SiteFile:
        """The page of a statement that stands for several claims."""
        statement = claims[0].statement
        values = self._details.values
        return self._render(
            statement.id,
            "statement.html",
            f"{self._view.base}claim/{statement.id}",
            shared
            | {
                "siblings": self._guide.rows_of(claims),
                "subjects": [values.value(value) for value in statement.subjects],
                "values": [values.value(value) for value in statement.values],
                "turtle": turtle_text(self._view, self._details.parts(statement)),
            },
        )

    def _render(self, id_: str, template: str, about: str, values: dict[str, Any]) -> SiteFile:
        page = f"{self._view.folder}claim/{id_}.html"
        content = self._site.templates.render(
            template,
            self._site,
            page,
            view=self._view,
            iri=about,
            about=head_values(self._view, self._site, about, page),
            **values,
        )
        return SiteFile(page, content, listed=True)
