"""Where words stand in a long text, without reading the text anew for each quote."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from itertools import accumulate, count
from operator import add

#: A text shorter than this, in code points, is searched faster than it is indexed.
SHORT = 50_000
#: So few places of one word are not worth looking for a rarer word.
_FEW = 8
#: More words with one beginning or ending are not put together.
_MOST_ALIKE = 200
#: Where every word of a quote is so common (a place in so many code points), searching is faster.
_COMMON = 400
#: What divides words beside spaces, in scripts that have none between words.
_DIVIDERS = "、。，"
_LAST = "\U0010ffff"


class WordIndex:
    """The places of every word of a text. A word is here what stands between two spaces.

    Args:
        text: the text, in any form.

    Attributes:
        text: the text.
        looked_at: how many code points were read so far: those of the text when it is indexed or
            searched from end to end, and those of each place that was compared.

    >>> index = WordIndex("one two, one three " * 10_000)
    >>> list(index.find("two, one thr"))[:3], list(index.find("two, two"))
    ([4, 23, 42], [])
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.looked_at = 0

    @cached_property
    def _places(self) -> dict[str, array[int]]:
        places: dict[str, array[int]] = defaultdict(partial(array, "I"))
        self.looked_at += len(self.text)
        words = _spaced(self.text).split(" ")
        starts = map(add, accumulate(map(len, words), initial=0), count())
        for word, start in zip(words, starts, strict=False):  # the last start is the end
            places[word].append(start)
        return dict(places)

    @cached_property
    def _forwards(self) -> list[str]:
        return sorted(self._places)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted([word[::-1] for word in self._places])

    def find(self, words: str) -> Iterator[int]:
        """Each place where the text has some words, overlapping ones too, in text order.

        Args:
            words: at least one code point; they may begin and end inside a word.

        Yields:
            The first code point of each.
        """
        found = None if len(self.text) < SHORT else self._rarest(words)
        if found is None:
            return self._search(words)
        return self._compare(words, *found)

    def has(self, words: str) -> bool:
        """Whether the text has some words; they may begin and end inside a word."""
        return next(self.find(words), None) is not None

    def _search(self, words: str) -> Iterator[int]:
        at = -1
        while True:
            begin = at + 1
            at = self.text.find(words, begin)
            self.looked_at += (len(self.text) if at < 0 else at) - begin
            if at < 0:
                return
            yield at

    def _compare(self, words: str, places: Iterable[int], offset: int) -> Iterator[int]:
        for place in places:
            self.looked_at += len(words)
            if place >= offset and self.text.startswith(words, place - offset):
                yield place - offset

    def _rarest(self, words: str) -> tuple[Iterable[int], int] | None:
        """The places of the rarest word of a quote, and where that stands in the quote.

        None where no word is rare, or all that there is of words is part of a longer one.
        """
        parts = _spaced(words).split(" ")
        if len(parts) == 1:
            return None
        best: tuple[Iterable[int], int] | None = None
        fewest = len(self.text) // _COMMON
        at = len(parts[0]) + 1
        for word in parts[1:-1]:
            places = self._places.get(word, ())
            if len(places) <= fewest:
                fewest, best = len(places), (places, at)
            at += len(word) + 1
        for part, start in ((parts[0], 0), (parts[-1], at)) if fewest > _FEW else ():
            alike = self._alike(part, at_end=not start) if part else []
            number = sum(len(self._places[word]) for word in alike)
            if part and len(alike) <= _MOST_ALIKE and number < fewest:
                fewest = number
                best = self._placed(alike, part, start)
        return best

    def _alike(self, part: str, *, at_end: bool) -> list[str]:
        """The words that begin with some letters, or end with them; one too many at most."""
        known, part = (self._backwards, part[::-1]) if at_end else (self._forwards, part)
        first = bisect_left(known, part)
        last = bisect_left(known, part + _LAST, first)
        alike = known[first : min(last, first + _MOST_ALIKE + 1)]
        return [word[::-1] for word in alike] if at_end else alike

    def _placed(self, alike: list[str], part: str, start: int) -> tuple[list[int], int]:
        """The places of a quote's first or last word, which may be part of one of the text."""
        if start:
            return sorted(place for word in alike for place in self._places[word]), start
        return sorted(
            place + len(word) - len(part) for word in alike for place in self._places[word]
        ), 0


def _spaced(text: str) -> str:
    """The text with a space for each mark that divides words, code point for code point."""
    for mark in _DIVIDERS:
        text = text.replace(mark, " ")
    return text
