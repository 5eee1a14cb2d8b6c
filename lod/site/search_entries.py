"""What the search finds of one publication: itself, its entities, claims and terms; plain data.

Entries are made in the processes that make the pages, with their words already taken apart, so
that the index has only to sort them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from lod.namespaces import LOD_NS, REL_NS, shrink
from lod.site.guide import shipped_term_path
from lod.site.search_words import tokens

if TYPE_CHECKING:
    from lod.model.entity import Entity
    from lod.site.view import PublicationView
    from lod.vocabulary.terms import Term

#: The kinds of entries, in the order in which results show them.
KINDS = ("publication", "item", "entity", "claim", "term")

#: Where a word stands, best first: a label, another name, the sentence, words that explain.
LABEL, NAME, SENTENCE, REST = range(4)

#: Code points that are kept of a label, and of what stands beside it; a label may have a megabyte.
_SHOWN, _READ = 300, 5000
_MOST_WORDS = 600
_SHIPPED = (LOD_NS, REL_NS)


class SearchEntry(NamedTuple):
    """One thing that can be found; plain data that goes from one process to another.

    Attributes:
        kind: one of `KINDS`.
        path: of its page from the root of the site. It names the entry: the same path from several
            publications is one entry, which is found by the words of all.
        title: what the result shows as its link.
        text: what it shows below, or "".
        language: of the title, or "" for that of the interface.
        publication: title of the publication that it is of, or "" for what belongs to none.
        words: each token and the best place where it stands (`LABEL`, `NAME`, …).
    """

    kind: str
    path: str
    title: str
    text: str
    language: str
    publication: str
    words: dict[str, int]


def make_entry(
    kind: str,
    path: str,
    title: str,
    *,
    text: str = "",
    names: Iterable[str] = (),
    rest: Iterable[str] = (),
    sentence: bool = False,
    language: str = "",
    publication: str = "",
) -> SearchEntry:
    """An entry with its words taken apart.

    Args:
        kind: one of `KINDS`.
        path: of its page.
        title: what it is called; long ones are cut.
        text: what is shown below, and found like `rest`.
        names: further names.
        rest: what it is found by at last.
        sentence: the title is a sentence, not a label.
        language: of the title.
        publication: title of the publication that it is of.

    >>> entry = make_entry("entity", "entity/eu.html", "European Union", names=["EU", "Union"])
    >>> entry.words
    {'european': 0, 'union': 0, 'eu': 1}
    """
    words: dict[str, int] = {}
    places = [(SENTENCE if sentence else LABEL, [title]), (NAME, names), (REST, [text, *rest])]
    for place, texts in places:
        for one in texts:
            for token in tokens(one[:_READ]):
                if len(words) < _MOST_WORDS and words.get(token, REST + 1) > place:
                    words[token] = place
    return SearchEntry(
        kind, path, _short(title), _short(text), language, _short(publication), words
    )


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def search_entries(view: PublicationView, *, items: bool = False) -> list[SearchEntry]:
    """Everything that can be found of one publication.

    Args:
        view: the publication.
        items: entities that are linked to a Wikidata item are found as that item, on the page
            that says what all texts say of it; and the terms that all share are left out. For
            sites of several publications.

    Returns:
        The entries, in the order of the kinds; the same for the same publication.
    """
    return list(_entries(view, items))


def _entries(view: PublicationView, items: bool) -> Iterator[SearchEntry]:
    facts = view.facts
    publication = next(iter(facts.publication.titles.values()), view.base)
    yield _of_publication(view, publication)
    for entity in facts.entities.values():
        yield _of_entity(view, entity, publication, items)
    for claim in view.claims:
        path = view.paths.file(claim.iri)
        if path is None:
            continue
        speakers = [_label(view, slug) for slug in claim.statement.speakers]
        quotes = [anchor.exact for anchor in claim.statement.anchors]
        yield make_entry(
            "claim",
            path,
            claim.sentence,
            text=" … ".join(quotes),
            rest=speakers,
            sentence=True,
            language=facts.document.language,
            publication=publication,
        )
    guide = view.guide("en")
    for iri, term in view.vocabulary.terms.items():
        path = guide.term_path(iri)
        if path is not None and not (items and iri.startswith(_SHIPPED)):
            yield _of_term(term, f"{path}.html")


def shipped_term_entries() -> list[SearchEntry]:
    """The terms of our vocabularies, which a site of several publications has once."""
    from lod.vocabulary.vocabulary import load_vocabulary

    return [
        _of_term(term, f"{path}.html")
        for iri, term in load_vocabulary().terms.items()
        if (path := shipped_term_path(iri)) is not None
    ]


def _of_publication(view: PublicationView, title: str) -> SearchEntry:
    about, document = view.facts.publication, view.facts.document
    names = [*about.titles.values(), *document.titles.values()]
    people = [_label(view, slug) for slug in (*document.author, document.published_in or "")]
    return make_entry(
        "publication",
        f"{view.folder}index.html",
        next(iter(document.titles.values()), title),
        text=next(iter(about.descriptions.values()), ""),
        names=[*names, *about.keywords],
        rest=[*about.descriptions.values(), *people],
        language=next(iter(document.titles or about.titles), ""),
    )


def _of_entity(view: PublicationView, entity: Entity, publication: str, items: bool) -> SearchEntry:
    path = view.paths.file(f"{view.base}entity/{entity.slug}") or ""
    names = [*entity.labels.values(), *entity.also]
    language, title = next(iter(entity.labels.items()), ("", entity.slug))
    kind, link = "entity", entity.link
    if items and link is not None and link.qid is not None and not link.close:
        kind, path, publication = "item", f"item/{link.qid}.html", ""
    others = dict.fromkeys(name for name in names if name != title)
    qid = [link.qid] if link is not None and link.qid is not None else []
    return make_entry(
        kind,
        path,
        title,
        text=entity.description or " · ".join(others),
        names=[*names, *qid],
        rest=[shrink(entity.type).rpartition(":")[2]],
        language=language,
        publication=publication,
    )


def _of_term(term: Term, path: str) -> SearchEntry:
    language, label = next(
        iter(sorted(term.labels.items(), key=lambda one: one[0] != "en")), ("", term.name)
    )
    return make_entry(
        "term",
        path,
        f"{label} ({term.curie})",
        text=term.definition,
        names=[*term.labels.values(), term.name],
        language=language,
    )


def _label(view: PublicationView, slug: str) -> str:
    entity = view.entity(slug)
    return "" if entity is None else entity.label
