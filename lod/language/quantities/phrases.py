"""Text as it is searched (folded), and tables of phrases that are looked up in it word by word."""

from __future__ import annotations

from functools import lru_cache
from typing import Generic, TypeVar

from lod.language.normalization import lower
from lod.patterns import lazy

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_TABLE = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("‘’‚‛′ʼ", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | {"⁄": "/", "μ": "µ"}
)


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    r"""Lower case, plain spaces, hyphens and apostrophes, one code point for one.

    >>> fold("More than\u00a05–7")
    'more than 5-7'
    """
    low = lower(text)
    if low.isascii() and low.isprintable():
        return low
    return low.translate(_TABLE)


_T = TypeVar("_T")

# A word in folded text: letters, with full stops and apostrophes inside ("u.s", "o'clock").
_WORD = lazy(r"\.?[ -]*([^\W\d_]+(?:['.][^\W\d_]+)*)")
_FIRST = lazy(r"[ -]*([^\W\d_]+(?:['.][^\W\d_]+)*)")
_SPLIT = lazy(r"\.?[ -]+")


class Phrases(Generic[_T]):
    """A table of phrases in folded form.

    >>> table = Phrases[int]()
    >>> table.add("or more", 1)
    >>> table.longest("5 or more of them", 1)
    (1, 9)
    >>> table.longest("5 or six", 1) is None
    True
    """

    __slots__ = ("_beginnings", "_values")

    def __init__(self) -> None:
        self._values: dict[str, _T] = {}
        self._beginnings: set[str] = set()

    def add(self, phrase: str, value: _T) -> None:
        """Add a phrase; a later one replaces an earlier one."""
        words = [word for word in _SPLIT.split(phrase) if word]
        key = " ".join(words)
        self._values[key] = value
        for length in range(1, len(words)):
            self._beginnings.add(" ".join(words[:length]))

    def longest(self, low: str, start: int) -> tuple[_T, int] | None:
        """The value of the longest phrase that begins at a position, and where it ends.

        Spaces and hyphens before the phrase and between its words do not count.

        Args:
            low: folded text.
            start: where the phrase, or the space before it, begins.

        Returns:
            The value and the end (exclusive), or None.
        """
        match = _FIRST.match(low, start)
        best: tuple[_T, int] | None = None
        phrase = ""
        while match is not None:
            phrase = f"{phrase} {match[1]}" if phrase else match[1]
            value = self._values.get(phrase)
            if value is not None:
                end = match.end()
                if low[end : end + 1].isdigit():
                    break
                best = value, end
            if phrase not in self._beginnings:
                break
            match = _WORD.match(low, match.end())
        return best


class LeftPhrases(Generic[_T]):
    """A table of phrases that end where something begins, read from right to left."""

    __slots__ = ("_beginnings", "_values")

    def __init__(self) -> None:
        self._values: dict[str, _T] = {}
        self._beginnings: set[str] = set()

    def add(self, phrase: str, value: _T) -> None:
        """Add a phrase; a later one replaces an earlier one."""
        words = phrase.split()[::-1]
        self._values[" ".join(words)] = value
        for length in range(1, len(words)):
            self._beginnings.add(" ".join(words[:length]))

    def longest(self, words: list[str]) -> tuple[_T, int] | None:
        """The value of the longest phrase that ends the words, and its number of words."""
        best: tuple[_T, int] | None = None
        phrase = ""
        for count, raw in enumerate(reversed(words), 1):
            word = raw.lstrip("([\"'„“”«»‹›‚")
            phrase = f"{phrase} {word}" if phrase else word
            value = self._values.get(phrase)
            if value is not None:
                best = value, count
            if phrase not in self._beginnings or word != raw:
                break
        return best
