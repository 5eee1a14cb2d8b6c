"""How alike two names are: without case, diacritics and punctuation, and never transliterated."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from lod.links.kinds import kind_table
from lod.patterns import lazy

#: From which likeness on two names are taken to name the same.
ALIKE = 0.6

_WORD = lazy(r"[^\W_]+")
# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})
_EXACT, _SAME_WORDS, _INITIALS, _PART, _NEAR_WORD = 1.0, 0.95, 0.8, 0.75, 0.9
_OTHER_HEAD = 0.75


@lru_cache(maxsize=8192)
def fold_name(name: str) -> str:
    """The form in which names are compared.

    >>> fold_name("Kazakhstan–Russia relations")
    'kazakhstan russia relations'
    >>> fold_name("İstanbul") == fold_name("istanbul")
    True
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join(_WORD.findall(bare))


@lru_cache(maxsize=8192)
def scripts(name: str) -> frozenset[str]:
    """The scripts of the letters of a name, by the first word of their Unicode names.

    >>> sorted(scripts("Уфа (Ufa)"))
    ['CYRILLIC', 'LATIN']
    """
    return frozenset(
        unicodedata.name(c, "OTHER").split("-")[0].split()[0] for c in name if c.isalpha()
    )


def comparable(ours: Iterable[str], theirs: Iterable[str]) -> bool:
    """Whether any name of one side is written in a script of the other."""
    mine = frozenset().union(*map(scripts, ours))
    return any(not mine.isdisjoint(scripts(name)) for name in theirs)


@lru_cache(maxsize=16384)
def likeness(
    ours: str, theirs: str, noise: frozenset[str] = frozenset(), person: bool = False
) -> float:
    """How alike two names are, from 0 to 1.

    Args:
        ours: a name of the entity.
        theirs: a label or alias of the item.
        noise: folded words that may be added to either name ("city", of a city).
        person: whether a name that is a part of the other is alike ("Putin").

    >>> likeness("Turkestan", "Turkistan (city)", frozenset({"city"})) > ALIKE
    True
    >>> likeness("Russia", "Ufa")
    0.0
    >>> likeness("Russia", "Russian") < ALIKE
    True
    >>> likeness("CIS", "Commonwealth of Independent States")
    0.8
    """
    first, second = fold_name(ours), fold_name(theirs)
    if not first or not second:
        return _EXACT if ours.strip() == theirs.strip() else 0.0
    if first == second or first.replace(" ", "") == second.replace(" ", ""):
        return _EXACT
    if _is_initials(ours, second) or _is_initials(theirs, first):
        return _INITIALS
    mine, other = _tokens(_bare(ours), noise), _tokens(_bare(theirs), noise)
    if sorted(mine) == sorted(other):
        return _SAME_WORDS
    shared = _shared(mine, other)
    alike = shared / (len(mine) + len(other) - shared) * _SAME_WORDS
    if person and shared and shared >= _NEAR_WORD * min(len(mine), len(other)):
        return max(alike, _PART)
    if _heads_differ(first, second):
        alike *= _OTHER_HEAD
    return round(alike, 4)


def best_likeness(
    ours: Iterable[str],
    theirs: Iterable[str],
    noise: frozenset[str] = frozenset(),
    person: bool = False,
) -> float:
    """The likeness of the two names that are most alike."""
    ours, theirs = tuple(ours), tuple(theirs)
    if not frozenset(ours).isdisjoint(theirs):
        return _EXACT
    return max((likeness(one, two, noise, person) for one in ours for two in theirs), default=0.0)


def _bare(name: str) -> str:
    """The folded name without what only tells where it is: "Moscow, Russia" is Moscow."""
    first, comma, rest = name.partition(",")
    return fold_name(first if comma and "," not in rest and first.strip() else name)


def _heads_differ(first: str, second: str) -> bool:
    """Whether two names "X of Y" are of other things: a president and a republic."""
    if " of " not in first or " of " not in second:
        return False
    return first.partition(" of ")[0].split()[-1] != second.partition(" of ")[0].split()[-1]


def _tokens(folded: str, noise: frozenset[str]) -> tuple[str, ...]:
    words = folded.split()
    stop = kind_table().stopwords
    kept = tuple(word for word in words if word not in stop and word not in noise)
    return kept or tuple(words)


def _shared(mine: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How many words the names share; a word with another spelling counts a little less."""
    rest = list(other)
    shared = 0.0
    unmatched = []
    for word in mine:
        if word in rest:
            rest.remove(word)
            shared += 1
        else:
            unmatched.append(word)
    for word in unmatched:
        if (near := next((two for two in rest if _is_variant(word, two)), None)) is not None:
            rest.remove(near)
            shared += _NEAR_WORD
    return shared


def _is_variant(one: str, two: str) -> bool:
    """Whether two words are spellings of one: "organisation", "organization"; not "Russian"."""
    if len(one) < 5 or abs(len(one) - len(two)) > 2 or one[0] != two[0]:
        return False
    if one.startswith(two) or two.startswith(one):
        return one.removesuffix("s") == two.removesuffix("s")
    from difflib import SequenceMatcher  # few names need it

    return SequenceMatcher(None, one, two, autojunk=False).ratio() >= 0.85


def _is_initials(short: str, folded: str) -> bool:
    """Whether capitals are the first letters of a name, with or without its small words."""
    if not (2 <= len(short) <= 10 and short.isalpha() and short.isupper()):
        return False
    words = folded.split()
    stop = kind_table().stopwords
    letters = fold_name(short)
    return len(words) > 1 and letters in (
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in stop),
    )
