"""Forms of one word, and the words that say nothing by themselves.

The data are in `inflections.toml` of each language: endings, not rules of grammar. Two words are
forms of one where they are alike without an ending each. In a language without data, words are
alike where they begin alike and differ in their last letters only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct, field

from lod.language.data import primary, table
from lod.language.normalization import normalize
from lod.patterns import lazy

_WORD = lazy(r"\d+(?:[.,:'’]\d+)*|[^\W\d_]+")
_SHORTEST = 3  # letters that are left without an ending
_LONGEST_ENDING = 4  # letters that a form may have more, where nothing is known of its language
_SHORT = 3  # letters of words that are taken for function words there
_LONG = 5  # letters of words that no text has by the way
_MOST_WORDS = 50_000


class Inflection(Struct, frozen=True):
    """The word forms of one language.

    Attributes:
        endings: what may be taken off the end of a word, longest first; where endings stand behind
            each other, one group for each place, the outermost first.
        prefixes: the same for its beginning.
        letters: letters that are one in other forms of a word, code point to text.
        irregular: a form to the word that stands for all its forms.
        function_words: words without content.
        anaphors: words that point back to what was named before.
        pointers: words that make one of the noun after them.
        names_inflect: whether names have other forms in a sentence: of persons, too.
        known: whether there are data of the language.
    """

    endings: tuple[tuple[str, ...], ...] = ()
    prefixes: tuple[str, ...] = ()
    letters: dict[int, str] = field(default_factory=dict)
    irregular: dict[str, str] = field(default_factory=dict)
    function_words: frozenset[str] = frozenset()
    anaphors: frozenset[str] = frozenset()
    pointers: frozenset[str] = frozenset()
    names_inflect: bool = False
    known: bool = False
    _stems: dict[str, frozenset[str]] = field(default_factory=dict)

    def stems(self, word: str) -> frozenset[str]:
        """What is left of a folded word without an ending, in every way that is possible.

        >>> inflection = load_inflection("en")
        >>> sorted(inflection.stems("companies") & inflection.stems("company"))
        ['compan']
        """
        known = self._stems.get(word)
        if known is None:
            known = self._find_stems(word)
            if len(self._stems) < _MOST_WORDS:
                self._stems[word] = known
        return known

    def _find_stems(self, word: str) -> frozenset[str]:
        if not self.known:
            return frozenset({word[: max(_SHORTEST, len(word) - _LONGEST_ENDING)]})
        plain = self.irregular.get(word, word).translate(self.letters)
        found = {plain}
        for start in ("", *self.prefixes):
            if plain.startswith(start) and len(plain) - len(start) >= _SHORTEST:
                rest = plain[len(start) :]
                found.add(rest)
                cut: list[str] = []
                for endings in self.endings:
                    cut += [
                        word[: -len(ending)]
                        for word in (rest, *cut)
                        for ending in endings
                        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST
                    ]
                found.update(cut)
                # "planned", "plan": the last letter may be there twice.
                found.update(s[:-1] for s in cut if s[-1] == s[-2] and len(s) > _SHORTEST)
        return frozenset(found)

    def has_content(self, word: str) -> bool:
        """Whether a folded word says something by itself; a long word always does."""
        if self.known:
            return word not in self.function_words or len(word) >= _LONG
        return len(word) > _SHORT or word[0].isdigit()

    def points_back(self, words: str) -> bool:
        """Whether words are no name, but point back to what was named before.

        >>> english = load_inflection("en")
        >>> english.points_back("She"), english.points_back("this document")
        (True, True)
        >>> english.points_back("Her Majesty's Treasury"), english.points_back("IT")
        (False, False)
        """
        if words.isupper() and len(words) > 1:
            return False
        found = words_of(words.casefold())
        if not found:
            return False
        # A pointer makes an anaphor of common nouns only: names have capital letters.
        common = words[words.find(" ") + 1 :] == words[words.find(" ") + 1 :].lower()
        return all(word in self.anaphors for word in found) or (
            len(found) > 1 and found[0] in self.pointers and common
        )


@lru_cache(maxsize=16)
def load_inflection(language: str) -> Inflection:
    """The word forms of a language; one that knows nothing, where lod has no data of it.

    Args:
        language: primary language subtag ("en").
    """
    data = table(language, "inflections")
    if data is None:
        return Inflection()
    forms = [line.split() for line in data["irregular"]]
    letters = {ord(pair[0]): pair[1:] for pair in data["letters"].split()}
    groups = [group.translate(letters).split() for group in _groups(data["endings"])]
    return Inflection(
        endings=tuple(tuple(dict.fromkeys(group)) for group in groups),
        prefixes=tuple(data["prefixes"].split()),
        letters=letters,
        irregular={form: line[0] for line in forms for form in line},
        function_words=frozenset(data["function_words"].split()),
        anaphors=frozenset(data["anaphors"].split()),
        pointers=frozenset(data["pointers"].split()),
        names_inflect=data.get("names_inflect", False),
        known=True,
    )


def _groups(endings: str | list[str]) -> list[str]:
    return [endings] if isinstance(endings, str) else endings


@cache
def contractions_of(language: str) -> Mapping[str, list[tuple[re.Pattern[str], str]]]:
    """The words of a language that run together with the next: what that begins with, and how.

    Args:
        language: primary language subtag.
    """
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for word, following, said in (table(language, "inflections") or {}).get("contractions", ()):
        found.setdefault(word, []).append((lazy(following), said))
    return found


def run_on(word: str, following: str, language: str) -> str:
    """A word and what follows it, as the language writes the two: "de le Pont" is "du Pont".

    Args:
        word: one word.
        following: the words after it.
        language: its tag.

    >>> run_on("of", "Acme", "en")
    'of Acme'
    """
    for pattern, said in contractions_of(primary(language)).get(word, ()):
        if (match := pattern.match(following)) is not None:
            return f"{said}{following[match.end() :]}"
    return f"{word} {following}"


def words_of(folded: str) -> list[str]:
    """The words and numbers of folded text, compounds with a hyphen in their parts.

    >>> words_of("russian-kazakh trade of 1,200 tons")
    ['russian', 'kazakh', 'trade', 'of', '1,200', 'tons']
    """
    found: list[str] = _WORD.findall(folded)
    return found


@lru_cache(maxsize=512)
def stems_in(folded: str, language: str) -> frozenset[str]:
    """The stems of all words of folded text."""
    inflection = load_inflection(language)
    return frozenset().union(*map(inflection.stems, words_of(folded)))


def missing_words(text: str, quote: str, language: str) -> list[str]:
    """The numbers and content words of a text that a quote does not have, in any form.

    Args:
        text: the words that are said to be the quote's.
        quote: the quoted words.
        language: primary language subtag of both.

    >>> missing_words("a record of 28 billion", "It set new records, exceeding $28 billion.", "en")
    []
    >>> missing_words("a modest rise of 82", "It set new records, exceeding $28 billion.", "en")
    ['modest', 'rise', '82']
    """
    folded, words = normalize(quote).casefold(), normalize(text).casefold()
    if words in folded:
        return []
    inflection = load_inflection(language)
    there = stems_in(folded, language)
    numbers = set(words_of(folded))
    missing = []
    for word in words_of(words):
        if word[0].isdigit():
            found = word in numbers
        elif not inflection.known:  # scripts without spaces, and endings that are not known
            found = next(iter(inflection.stems(word))) in folded
        else:
            found = not inflection.stems(word).isdisjoint(there)
        if not found and inflection.has_content(word):
            missing.append(word)
    return missing
