"""The pages of where claims come from: the exact text, the build, what each speaker reports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.pages.names import Link
from lod.rdf.terms import iri_of, lines, split_literal, text_of, unescape
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.version import __version__

if TYPE_CHECKING:
    from lod.model.facts import Document
    from lod.pages.view import PublicationView
    from lod.site.site import Site


def provenance_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`text/{hash}.html`, `build.html` and `reported/{chain}.html`."""
    for document in view.facts.document.all_versions:
        yield _text(view, site, document)
    yield _page(view, site, f"{view.base}build", "build.html", version=__version__)
    for iri in view.dataset.graphs:
        yield _reported(view, site, iri)


def _page(view: PublicationView, site: Site, iri: str, template: str, **values: object) -> SiteFile:
    page = f"{view.paths.path(iri)}.html"
    content = site.templates.render(
        template,
        site,
        page,
        view=view,
        iri=iri,
        about=head_values(view, site, iri, page),
        turtle=view.turtle([iri]),
        **values,
    )
    return SiteFile(page, content, listed=True)


def _text(view: PublicationView, site: Site, document: Document) -> SiteFile:
    """The text of a version as it was read, each sentence with a place to link to."""
    text = view.texts[document.name]
    raw, sentences = text.raw, text.sentences
    ends = [0, *(sentence.end for sentence in sentences)]
    found = [
        (one.number, raw[before : one.start], raw[one.start : one.end])
        for before, one in zip(ends, sentences, strict=False)
    ]
    values = {"document": document, "sentences": found, "after": raw[ends[-1] :]}
    return _page(view, site, view.text_iri(document.name), "text.html", **values)


def _reported(view: PublicationView, site: Site, iri: str) -> SiteFile:
    """The direct triples that a speaker reports, and the claims behind them."""
    names = view.names
    claims = tuple(
        claim
        for claim in view.claims
        if claim.holds and view.facts.reported_in(claim.statement) == iri
    )
    chain = claims[0].statement.speakers
    triples = [
        (_named(view, subject), names.term(iri_of(predicate)), _named(view, object_))
        for subject, predicate, object_ in lines(view.dataset.graphs[iri])
    ]
    return _page(
        view,
        site,
        iri,
        "reported.html",
        speakers=[names.speaker(slug) for slug in chain],
        triples=triples,
        rows=claims,
    )


def _named(view: PublicationView, token: str) -> Link:
    """What a term of a triple is called, and where its page stands."""
    names = view.names
    if not token.startswith("<"):
        text, language, _ = split_literal(token)
        return Link(unescape(text), language=language or None)
    iri = iri_of(token)
    local = iri.removeprefix(view.base)
    kind, _, rest = local.partition("/")
    if local == "document":
        return names.document
    if kind == "entity" and rest in view.facts.entities:
        return names.entity(rest)
    if kind == "claim" and local != iri:
        return _claim_part(view, iri, rest)
    return names.outside(iri)


def _claim_part(view: PublicationView, iri: str, rest: str) -> Link:
    """A claim, or a value of one, which stands on its page."""
    values = view.nodes.get(f"<{iri}>", {})
    words = next((objects[0] for key, objects in values.items() if key.endswith("#wording>")), None)
    label = rest if words is None else text_of(words)
    return Link(label, view.paths.file(iri))
