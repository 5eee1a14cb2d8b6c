"""The pages of where claims come from: the exact text, the build, what each speaker reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.dataset.ntriples import iri_of, lines, split_literal, unescape
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.guide import Link
from lod.site.turtle_text import turtle_text
from lod.version import __version__

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView


@dataclass(frozen=True, slots=True)
class TextSentence:
    """A sentence of the text.

    Attributes:
        number: from 1.
        before: white space before it.
        text: its words.
    """

    number: int
    before: str
    text: str


def provenance_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`text/{hash}.html`, `build.html` and `reported/{chain}.html`."""
    yield _text(view, site)
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
        text_page=f"{view.paths.path(view.text_iri)}.html",
        turtle=turtle_text(view, [iri]),
        **values,
    )
    return SiteFile(page, content, listed=True)


def _text(view: PublicationView, site: Site) -> SiteFile:
    """The text as it was read, each sentence with a place to link to."""
    raw, sentences = view.text.raw, view.text.sentences
    ends = [0, *(sentence.end for sentence in sentences)]
    found = [
        TextSentence(one.number, raw[before : one.start], raw[one.start : one.end])
        for before, one in zip(ends, sentences, strict=False)
    ]
    return _page(view, site, view.text_iri, "text.html", sentences=found, after=raw[ends[-1] :])


def _reported(view: PublicationView, site: Site, iri: str) -> SiteFile:
    """The direct triples that a speaker reports, and the claims behind them."""
    guide = view.guide(site.language)
    chain = tuple(iri.removeprefix(f"{view.base}reported/").split("/"))
    claims = tuple(
        claim for claim in view.claims if claim.holds and claim.statement.speakers == chain
    )
    triples = [
        (_named(view, site, subject), guide.term(iri_of(predicate)), _named(view, site, object_))
        for subject, predicate, object_ in lines(view.dataset.graphs[iri])
    ]
    return _page(
        view,
        site,
        iri,
        "reported.html",
        speakers=[guide.speaker(slug) for slug in chain],
        triples=triples,
        rows=guide.rows_of(claims),
    )


def _named(view: PublicationView, site: Site, token: str) -> Link:
    """What a term of a triple is called, and where its page stands."""
    guide = view.guide(site.language)
    if not token.startswith("<"):
        text, language, _ = split_literal(token)
        return Link(unescape(text), None, None, language or None)
    iri = iri_of(token)
    local = iri.removeprefix(view.base)
    kind, _, rest = local.partition("/")
    if local == "document":
        return guide.document
    if kind == "entity" and rest in view.facts.entities:
        return guide.entity(rest)
    if kind == "claim" and local != iri:
        return _claim_part(view, iri, rest)
    return guide.outside(iri)


def _claim_part(view: PublicationView, iri: str, rest: str) -> Link:
    """A claim, or a value of one, which stands on its page."""
    values = view.nodes.get(f"<{iri}>", {})
    words = next((objects[0] for key, objects in values.items() if key.endswith("#wording>")), None)
    label = rest if words is None else unescape(split_literal(words)[0])
    return Link(label, view.paths.file(iri))
