"""What an item of Wikidata is, coarsely, and whether an entity of ours can be that."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from msgspec import Struct

from lod.namespaces import REL_NS
from lod.patterns import lazy
from lod.vocabulary.vocabulary import Vocabulary

# Where the head of a noun phrase ends: a preposition, a relative clause, punctuation.
_HEAD_END = lazy(
    r"[,;:(/]|\b(?:of|in|for|from|by|on|at|to|that|which|who|whose|where|is|are|was|were|between|located|based|published|"
    r"with|used|near|as|within|since|under)\b"
)
# "film and television actor" has two heads, of which the last may say what the thing is.
_AND = lazy(r"\b(?:and|or)\b|&")
_WORD = lazy(r"[^\W\d_]+")


class KindTable(Struct, frozen=True):
    """The table of `kinds.toml`.

    Attributes:
        by_item: QID of a class of Wikidata to the kind that it stands for.
        by_word: last word of a class's name to the kinds that it may stand for.
        by_first_word: first word of a class's name to the kind that it settles.
        families: kind to family; kinds of one family bear each other's names.
        allowed: IRI of a class of ours to the kinds that it allows.
        usual: IRI of a class of ours to the kinds that it mostly is, where these are fewer.
        never: kinds that no entity is.
        stopwords: words that say nothing about which thing a name names.
    """

    by_item: Mapping[str, str]
    by_word: Mapping[str, frozenset[str]]
    by_first_word: Mapping[str, str]
    families: Mapping[str, str]
    allowed: Mapping[str, frozenset[str]]
    usual: Mapping[str, frozenset[str]]
    never: frozenset[str]
    stopwords: frozenset[str]


@cache
def kind_table() -> KindTable:
    """The shipped table."""
    data = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text("utf-8"))
    words: dict[str, set[str]] = {}
    for name, kind in data["kinds"].items():
        for word in kind["words"].split():
            words.setdefault(word, set()).add(name)
    return KindTable(
        by_item={qid: name for name, kind in data["kinds"].items() for qid in kind["items"]},
        by_word={word: frozenset(names) for word, names in words.items()},
        by_first_word={
            kind["first"].casefold(): name
            for name, kind in data["kinds"].items()
            if "first" in kind
        },
        families={name: kind["family"] for name, kind in data["kinds"].items()},
        allowed={
            REL_NS + name: frozenset(kinds) for name, kinds in data["classes"]["allow"].items()
        },
        usual={REL_NS + name: frozenset(kinds) for name, kinds in data["classes"]["usual"].items()},
        never=frozenset(data["classes"]["never"]),
        stopwords=frozenset(data["stopwords"].split()),
    )


@lru_cache(maxsize=4096)
def head_of_phrase(phrase: str) -> str:
    """The part of a noun phrase that says what the thing is, in lower case.

    >>> head_of_phrase("regional organisation whose members are former republics")
    'regional organisation '
    """
    return next((part for part in _HEAD_END.split(phrase.casefold()) if _WORD.search(part)), "")


@lru_cache(maxsize=4096)
def kinds_of_phrase(phrase: str) -> frozenset[str]:
    """The kinds that the head word of a type's label or of a description names.

    Args:
        phrase: in English.

    >>> sorted(kinds_of_phrase("city in Kazakhstan"))
    ['settlement']
    >>> sorted(kinds_of_phrase("Kazakh politician"))
    ['person']
    >>> sorted(kinds_of_phrase("American film and television actor"))
    ['person', 'work']
    >>> sorted(kinds_of_phrase("something else altogether"))
    []
    """
    heads = [
        words for piece in _AND.split(head_of_phrase(phrase)) if (words := _WORD.findall(piece))
    ]
    if not heads:
        return frozenset()
    if (settled := kind_table().by_first_word.get(heads[0][0])) is not None:
        return frozenset({settled})
    return frozenset().union(*(_kinds_of_word(words[-1]) for words in heads))


def _kinds_of_word(word: str) -> frozenset[str]:
    table = kind_table().by_word
    return table.get(word) or table.get(word.removesuffix("s")) or frozenset()


def kinds_of_types(
    types: Mapping[str, str], superclasses: Iterable[str] = (), *, foreign: bool = False
) -> frozenset[str]:
    """The kinds of an item, from its types.

    Args:
        types: QIDs of its types (P31) to their English labels, "" where there is none.
        superclasses: QIDs of the classes above these.
        foreign: whether the ids are not those of Wikidata; then the labels alone tell.

    Returns:
        The kinds; empty where none is known.

    >>> sorted(kinds_of_types({"Q515": "city"}))
    ['settlement']
    """
    table = kind_table()
    ids = () if foreign else (*types, *superclasses)
    found = {table.by_item[qid] for qid in ids if qid in table.by_item}
    if found:
        return frozenset(found)
    return frozenset().union(*(kinds_of_phrase(label) for label in types.values() if label))


def allowed_kinds(class_iri: str, vocabulary: Vocabulary) -> frozenset[str] | None:
    """The kinds that an entity of a class may be.

    Args:
        class_iri: a class of ours, or of the publication's own.
        vocabulary: gives the classes above it.

    Returns:
        The kinds, or None where all but the forbidden ones will do.

    >>> from lod.vocabulary.vocabulary import load_vocabulary
    >>> sorted(allowed_kinds("https://w3id.org/lod-facts/relations#City", load_vocabulary()))
    ['region', 'settlement']
    """
    listed = _listed_class(class_iri, vocabulary)
    return None if listed is None else kind_table().allowed[listed]


def usual_kinds(class_iri: str, vocabulary: Vocabulary) -> frozenset[str] | None:
    """The kinds that an entity of a class mostly is, a part of `allowed_kinds`.

    Args:
        class_iri: a class of ours, or of the publication's own.
        vocabulary: gives the classes above it.

    >>> from lod.vocabulary.vocabulary import load_vocabulary
    >>> sorted(usual_kinds("https://w3id.org/lod-facts/relations#City", load_vocabulary()))
    ['settlement']
    """
    listed = _listed_class(class_iri, vocabulary)
    table = kind_table()
    return None if listed is None else table.usual.get(listed, table.allowed[listed])


def _listed_class(class_iri: str, vocabulary: Vocabulary) -> str | None:
    """The class of the table that is nearest to a class: itself, or one above it."""
    table = kind_table().allowed
    if class_iri in table:
        return class_iri
    above = sorted(iri for iri in vocabulary.superclasses(class_iri) if iri in table)
    # The nearest class above is the one that allows least.
    return min(above, key=lambda iri: len(table[iri]), default=None)


def contradicts(kinds: frozenset[str], allowed: frozenset[str] | None) -> bool:
    """Whether something of these kinds cannot be what the entity is.

    Args:
        kinds: of the item; empty where nothing is known of it.
        allowed: as `allowed_kinds` gives them.
    """
    if not kinds:
        return False
    if kinds <= kind_table().never:
        return True
    return allowed is not None and kinds.isdisjoint(allowed)


def confusable(kinds: frozenset[str], allowed: frozenset[str] | None) -> bool:
    """Whether something of these kinds could be taken for the entity by its name alone.

    A city, the region around it and the airport beside it bear one name; so do two people. A film
    and a river do too, but nobody who has their types before them confuses these.
    """
    if not kinds or allowed is None:
        return not kinds <= kind_table().never or not kinds
    families = kind_table().families
    return not {families[kind] for kind in kinds}.isdisjoint(families[kind] for kind in allowed)
