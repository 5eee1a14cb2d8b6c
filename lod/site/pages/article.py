"""The article page, and the page with its claims as notes, from which the first one also reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lod.namespaces import shrink
from lod.pages.graph import make_graph
from lod.pages.lines import make_lines
from lod.pages.map import make_map
from lod.pages.names import Link, link
from lod.pages.prose import make_prose
from lod.pages.quantities import make_quantities
from lod.pages.sharing import described
from lod.pages.texts import preferred, short
from lod.pages.timeline import make_timeline
from lod.site.data.describe import spdx
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.pages.history import correction_page

if TYPE_CHECKING:
    from lod.model.claim import Statement
    from lod.model.facts import Document
    from lod.pages.interface import Words
    from lod.pages.view import PublicationView, StatementView
    from lod.site.site import Site

#: Longest title that is shown, in code points.
_LONGEST_TITLE = 300


def article_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`index.html` and `document.html`, which are the same, and `notes.html`.

    A further version of the text has a page like the first one, `document/NAME.html`.

    Args:
        view: the publication.
        site: the site.
    """
    page = f"{view.folder}document.html"
    notes_page = f"{view.folder}notes.html"
    notes = list(view.statements.values())
    facets, tokens = make_facets(view, site.templates.words)
    document = view.facts.document
    common: dict[str, Any] = {
        "title": _title(view, site, document),
        "document": document,
        "publication": view.facts.publication,
        "license_name": spdx(view.facts.publication.license),
        "notes_page": notes_page,
        "notes_link": link(page, notes_page),
        "document_page": page,
        "paths": view.paths,
        "language_of": {one.name: one.language for one in document.all_versions},
    }
    lines = make_lines(view)
    in_lines = frozenset(note.statement.id for line in lines for note in line.notes)
    shared: dict[str, Any] = {
        **common,
        "claims": len(view.claims),
        "titled": True,
        "page_type": "article",
        "description": described(view, site.templates.words),
        "claims_page": f"{view.folder}claims.html",
        "by_number": {note.number: note for note in notes},
        "facets": [facet.name for facet in facets],
        "mentions": view.mentions,
        "corrections": [(one, correction_page(view, one)) for one in view.story.corrections],
    }
    values: dict[str, Any] = {
        **shared,
        **_text_values(view, site, document, page),
        "lines": lines,
        "timeline": make_timeline(view, in_lines),
        "quantities": make_quantities(view, in_lines),
        "graph": make_graph(view),
        "map": make_map(view),
    }
    content = site.templates.render("article/document.html", site, page, **values)
    yield SiteFile(page, content, listed=True)
    yield SiteFile(f"{view.folder}index.html", content)
    for version in document.versions:
        page_ = view.document_page(version.name)
        drawings = dict.fromkeys(("lines", "timeline", "quantities", "graph", "map"))
        values = {**shared, **_text_values(view, site, version, page_), **drawings}
        content = site.templates.render("article/document.html", site, page_, **values)
        yield SiteFile(page_, content, listed=True)
    content = site.templates.render(
        "article/notes.html",
        site,
        notes_page,
        **common,
        notes=notes,
        tokens=tokens,
        facets=facets,
        items_of=lambda note: view.items(note, note.claims),
    )
    yield SiteFile(notes_page, content, listed=True)


def _text_values(
    view: PublicationView, site: Site, document: Document, page: str
) -> dict[str, Any]:
    """What the page of a version of the text has of its own."""
    names, coverage = view.names, view.coverages[document.name]
    marked = [
        (note.number, _quoted_in(note.statement, document.name))
        for note in view.statements.values()
        if note.statement.anchors_in(document.name)
    ]
    iri = f"{view.base}{document.local}"
    versions = view.facts.document.all_versions
    source = next((one for one in versions if one.key == document.translation_of), None)
    return {
        "title": _title(view, site, document),
        "headline": _title(view, site, document).label,
        "document": document,
        "document_page": page,
        "notes_link": link(page, f"{view.folder}notes.html"),
        "about": iri,
        **head_values(view, site, iri, page),
        "authors": [names.speaker(slug) for slug in document.author],
        "translators": [names.entity(slug) for slug in document.translators],
        "translated": None if source is None else view.document_page(source.name),
        "source": source,
        "newspaper": names.entity(document.published_in) if document.published_in else None,
        "versions": [(one, view.document_page(one.name)) for one in versions],
        "counts": _counts(view, site, document.name),
        "prose": make_prose(view.texts[document.name], marked, coverage),
        "coverage": coverage,
        "bare": [s for s in coverage.sentences if s.no_fact is not None],
    }


def _quoted_in(statement: Statement, version: str) -> Statement:
    """The statement with its quotes in one text alone."""
    if all(anchor.version == version for anchor in statement.anchors):
        return statement
    return replace(statement, anchors=statement.anchors_in(version))


def _title(view: PublicationView, site: Site, document: Document) -> Link:
    """The title of the text, else that of the data."""
    for titles in (document.titles, view.facts.publication.titles):
        if text := preferred(titles, site.language):
            tag = next(tag for tag, title in titles.items() if title == text)
            return Link(short(text, _LONGEST_TITLE), language=tag)
    return Link("document")


def _counts(view: PublicationView, site: Site, version: str) -> list[str]:
    """How many claims, quotes, speakers, entities that claims name, and sentences there are."""
    count = site.templates.words.count
    notes = view.statements.values()
    quotes = sum(len(note.statement.anchors_in(version)) for note in notes)
    entities = {slug for note in notes for slug in note.entities}
    return [
        count("article.claims", len(view.claims)),
        count("article.quotes", quotes),
        count("article.speakers", len(view.said_by)),
        count("article.entities", len(entities)),
        count("article.sentences", len(view.texts[version].sentences)),
    ]


#: Most options of a filter, the most frequent ones.
MOST = 250


class Option(Struct, frozen=True):
    """One choice of a filter.

    Attributes:
        value: as it stands in the address of the page: a slug, or the CURIE of a property.
        label: what it is called.
        token: its short name in the page, where claims say what they belong to.
        count: how many claims it has.
    """

    value: str
    label: str
    token: str
    count: int


class Facet(Struct, frozen=True):
    """A filter.

    Attributes:
        name: "speaker", "modality", "property" or "entity".
        options: the most frequent first.
    """

    name: str
    options: tuple[Option, ...]


def make_facets(view: PublicationView, words: Words) -> tuple[list[Facet], dict[int, str]]:
    """The filters of the notes.

    Args:
        view: the publication.
        words: of the interface.

    Returns:
        The filters; and for each note, by its number, its tokens with spaces between them.
    """
    facets: dict[str, dict[str, tuple[str, int]]] = {
        name: {} for name in ("speaker", "modality", "property", "entity")
    }
    for note in view.statements.values():
        for name, value, label in _values(note, view, words):
            _, count = facets[name].get(value, ("", 0))
            facets[name][value] = (label, count + len(note.claims))
    tokens: dict[tuple[str, str], str] = {}
    made = []
    for name, found in facets.items():
        ordered = sorted(found.items(), key=lambda one: (-one[1][1], one[1][0].casefold(), one[0]))
        options = []
        for number, (value, (label, count)) in enumerate(ordered[:MOST]):
            tokens[name, value] = f"{name[0]}{number}"
            options.append(Option(value, short(label, 60), f"{name[0]}{number}", count))
        made.append(Facet(name, tuple(options)))
    own = {
        note.number: " ".join(
            tokens[name, value]
            for name, value, _ in _values(note, view, words)
            if (name, value) in tokens
        )
        for note in view.statements.values()
    }
    return made, own


def _values(
    note: StatementView, view: PublicationView, words: Words
) -> Iterator[tuple[str, str, str]]:
    """Filter, value and label of everything that a note belongs to, each once."""
    for slug in _once(note.statement.speakers):
        yield "speaker", slug, view.names.speaker(slug).brief
    modality = str(note.statement.modality)
    for manner in _once((modality, note.manner)):
        yield "modality", manner, words(f"article.modality_{manner}")
    yield (
        "property",
        shrink(note.statement.property, view.facts.publication.prefixes),
        note.relation.brief,
    )
    for slug in note.entities:
        yield "entity", slug, view.names.entity(slug).brief


def _once(values: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(values)
