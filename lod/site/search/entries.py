"""What the search finds of one publication: itself, its entities, claims and terms; plain data.

Entries are made in the processes that make the pages, with their words already taken apart, so
that the index has only to sort them.

The words of a text are folded so that what people type finds what is written: compatibility forms,
case, accents, points and harakat, stroked letters and digits of other scripts do not matter.
`assets/search_words.js` does the same thing in the same steps; a table of cases runs in both.
Scripts that are written without spaces have no words to split at. There every pair of neighbours
is a token, and the last character alone, so that a single character is the beginning of a token
wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lod.namespaces import LOD_NS, REL_NS, shrink
from lod.pages.names import shipped_term_path
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.model.entity import Entity
    from lod.pages.view import PublicationView
    from lod.vocabulary.terms import Term

#: The kinds of entries, in the order in which results show them.
KINDS = ("publication", "item", "entity", "claim", "term")

#: Where a word stands, best first: a label, another name, the sentence, words that explain.
LABEL, NAME, SENTENCE, REST = PLACES = range(4)

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
    for iri, term in view.vocabulary.terms.items():
        path = view.names.term_path(iri)
        if path is not None and not (items and iri.startswith(_SHIPPED)):
            yield _of_term(term, f"{path}.html")


def shipped_term_entries() -> list[SearchEntry]:
    """The terms of our vocabularies, which a site of several publications has once."""
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


#: Longer words are cut: no one types more, and hostile labels have no limit.
MAX_WORD = 40

# Marks that are left out: accents, Hebrew points, Arabic harakat, variation selectors, tatweel.
# Marks of other scripts are letters there (vowels of Devanagari, for example) and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad]"
)
#: What no normalization takes apart.
_LETTERS = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ς": "σ"},
        **{"æ": "ae", "œ": "oe", "þ": "th"},
        **{
            chr(start + digit): str(digit) for start in (0x660, 0x6F0, 0x966) for digit in range(10)
        },
    }
)
# Thai, Lao, Myanmar, Khmer; iteration mark and zero, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")
_ASCII_WORDS = re.compile("[a-z0-9]+")


def fold(text: str) -> str:
    """The text without what does not matter to a search.

    Upper case and then lower case, not case folding: browsers have these two, and together they
    say the same.

    >>> fold("Straße ÉTÉ ﬁn Қазақстан أحمد Łódź")
    'strasse ete fin қазақстан احمد lodz'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).upper().lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", text.translate(_LETTERS))


def tokens(text: str) -> list[str]:
    """The tokens of a text, in their order; each as often as it stands there.

    >>> tokens("Kazakhstan's GDP: 28,5 %")
    ['kazakhstan', 's', 'gdp', '28', '5']
    >>> tokens("哈萨克 2024")
    ['哈萨', '萨克', '克', '2024']
    """
    folded = fold(text)
    if folded.isascii():
        return [word[:MAX_WORD] for word in _ASCII_WORDS.findall(folded)]
    found: list[str] = []
    word: list[str] = []
    for character in folded:
        if _is_of_word(character):
            word.append(character)
        elif word:
            found += _of_word("".join(word))
            word.clear()
    return found + _of_word("".join(word)) if word else found


@lru_cache(maxsize=4096)
def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _of_word(word: str) -> list[str]:
    if not _UNSPACED_RUN.search(word):
        return [word[:MAX_WORD]]
    found: list[str] = []
    for run in _RUNS.findall(word):
        if _UNSPACED_RUN.match(run):
            found += [run[at : at + 2] for at in range(len(run))]
        else:
            found.append(run[:MAX_WORD])
    return found
