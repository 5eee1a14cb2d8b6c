"""The article page, and the page with its claims as notes, from which the first one also reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lod.site.article.facets import make_facets
from lod.site.article.graph import make_graph
from lod.site.article.notes import Note, Notes, Thing
from lod.site.article.places import make_map
from lod.site.article.prose import Piece, Prose, make_prose
from lod.site.article.quantities import make_quantities
from lod.site.article.timeline import make_timeline
from lod.site.data.head import head_values
from lod.site.files import SiteFile
from lod.site.paths import link
from lod.site.texts import preferred, short
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.site.site import Site
    from lod.site.view import PublicationView

#: Longest title that is shown, in code points.
_LONGEST_TITLE = 300


def article_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """`index.html` and `document.html`, which are the same, and `notes.html`.

    Args:
        view: the publication.
        site: the site.
    """
    page = f"{view.folder}document.html"
    notes_page = f"{view.folder}notes.html"
    notes = Notes(view, site.language)
    facets, tokens = make_facets(notes, site.templates.words)
    document = view.facts.document
    common: dict[str, Any] = {
        "title": _title(view, site),
        "document": document,
        "publication": view.facts.publication,
        "notes_page": notes_page,
        "notes_link": link(page, notes_page),
        "document_page": page,
        "document_link": link(notes_page, page),
        "paths": view.paths,
    }
    prose = make_prose(
        view.text, [(note.number, note.statement) for note in notes.all], view.coverage
    )
    shown = _shown(prose, notes)
    iri = f"{view.base}document"
    values: dict[str, Any] = {
        **common,
        "about": iri,
        **head_values(view, site, iri, page),
        "authors": [notes.speaker(slug) for slug in document.author],
        "newspaper": notes.entity(document.published_in) if document.published_in else None,
        "counts": _counts(view, notes, site),
        "claims": len(view.claims),
        "claims_page": f"{view.folder}claims.html",
        "prose": shown,
        "coverage": view.coverage,
        "bare": [s for s in view.coverage.sentences if s.no_fact is not None],
        "facets": [facet.name for facet in facets],
        "timeline": make_timeline(notes.all, notes.language, document.published),
        "quantities": make_quantities(notes.all, notes.language),
        "graph": make_graph(notes),
        "map": make_map(notes),
    }
    content = site.templates.render("article/document.html", site, page, **values)
    yield SiteFile(page, content, listed=True)
    yield SiteFile(f"{view.folder}index.html", content)
    content = site.templates.render(
        "article/notes.html",
        site,
        notes_page,
        **common,
        notes=notes.all,
        tokens=tokens,
        facets=facets,
        items_of=lambda note: _items(notes, note),
    )
    yield SiteFile(notes_page, content, listed=True)


def _title(view: PublicationView, site: Site) -> Thing:
    """The title of the text, else that of the data."""
    for titles in (view.facts.document.titles, view.facts.publication.titles):
        if text := preferred(titles, site.language):
            tag = next(tag for tag, title in titles.items() if title == text)
            return Thing(short(text, _LONGEST_TITLE), tag)
    return Thing("document")


def _counts(view: PublicationView, notes: Notes, site: Site) -> list[str]:
    words, number = site.templates.words, site.templates.words.number
    quotes = sum(len(note.statement.anchors) for note in notes.all)
    entities = {slug for note in notes.all for slug in note.entities}
    share = int(100 * view.coverage.share_of_words)
    return [
        words("article.claims", n=number(len(view.claims)))
        if len(view.claims) != 1
        else words("article.claims_one"),
        words("article.quotes", n=number(quotes)),
        words("article.speakers", n=number(len(view.said_by))),
        words("article.entities", n=number(len(entities))),
        words("article.sentences", n=number(len(view.text.sentences))),
        words("article.covered", share=share),
    ]


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A piece as the template writes it.

    Attributes:
        text: its words.
        marks: numbers of the notes.
        ends: numbers of the notes whose last quote ends here.
        shade: 0 to 4.
        missed: whether no fact has it.
        begins: ids of the statements whose first quote begins here.
        first: id of the statement with the most exact quote.
        line: how that is underlined.
        has_words: whether it has a letter or digit: what has none is no link of its own.
    """

    text: str
    marks: tuple[int, ...]
    ends: tuple[int, ...]
    shade: int
    missed: bool
    begins: tuple[str, ...] = ()
    first: str = ""
    line: str = "solid"
    has_words: bool = True


def _shown(prose: Prose, notes: Notes) -> dict[str, Any]:
    """The prose with the ids that links lead to, each at the first words of its claim."""
    by_number = {note.number: note for note in notes.all}
    seen: set[int] = set()

    def shown(piece: Piece) -> ShownPiece:
        new = [number for number in piece.marks if number not in seen]
        seen.update(new)
        return ShownPiece(
            piece.text,
            piece.marks,
            piece.ends,
            piece.shade,
            piece.missed,
            tuple(by_number[number].statement.id for number in new),
            by_number[piece.marks[0]].statement.id if piece.marks else "",
            by_number[piece.marks[0]].line if piece.marks else "solid",
            any(map(str.isalnum, piece.text)),
        )

    paragraphs = [
        {
            "before": paragraph.before,
            "runs": [
                {"kind": run.kind, "reason": run.reason, "pieces": list(map(shown, run.pieces))}
                for run in paragraph.runs
            ],
        }
        for paragraph in prose.paragraphs
    ]
    return {"paragraphs": paragraphs, "after": prose.after}


def _items(notes: Notes, note: Note) -> list[tuple[str, str, str, bool]]:
    """The Wikidata items of a note: of what it is about, through members too, and of who says it.

    Returns:
        QID, IRI, label and whether it is only near to what is meant.
    """
    near = {
        thing.item[0] for thing in map(notes.entity, note.entities) if thing.item and thing.close
    }
    about = f"<{SCHEMA.about}>"
    iris = [
        iri for claim in note.claims for iri in notes.view.nodes[f"<{claim.iri}>"].get(about, ())
    ]
    qids = [iri[1:-1].rpartition("/")[2] for iri in iris]
    qids += [speaker.item[0] for speaker in note.speakers if speaker.item is not None]
    found = []
    for qid in dict.fromkeys(qids):
        known = notes.view.guide(notes.language).item(qid)
        label = "" if known.label == qid else short(known.label, 60)
        found.append((qid, known.href or "", label, qid in near))
    return found
