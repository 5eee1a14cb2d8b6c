"""Finds every quantity, and every proportion in words, of a running text."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec.structs import replace

from lod.language.quantities.lexicon import Lexicon, any_of, lexicon
from lod.language.quantities.matches import QuantityMatch
from lod.language.quantities.reading import read_quantity
from lod.model.quantity import Comparator, Quantity
from lod.patterns import lazy


def find_quantities(text: str, language: str = "en") -> list[QuantityMatch]:
    """Every quantity that a running text states, in text order.

    The span has the hedge, the sign of money, the number, the unit and the denominator of a rate.
    What is counted ("enterprises") is no part of it, except before the denominator of a rate: where
    a noun phrase ends, the words do not show. Of overlapping readings the longest one is returned.

    Numbers that may belong to a date ("2024", "May 9") are returned with `calendar` set; whole
    dates and clock times ("2024-11-27", "12:30") and codes ("Soyuz-5", "3.5.1") are not returned.
    Only the digits 0 to 9 are read.

    Args:
        text: running text.
        language: its language tag.

    Returns:
        The matches; positions are code points of `text`, the end exclusive.

    >>> text = "Last year, it set a new record, exceeding the threshold of $28 billion."
    >>> [text[found.start : found.end] for found in find_quantities(text)]
    ['exceeding the threshold of $28 billion']
    """
    return list(quantities_in(text, language))


@lru_cache(maxsize=2048)
def quantities_in(text: str, language: str) -> tuple[QuantityMatch, ...]:
    """As `find_quantities`, kept for the next call."""
    lx = lexicon(language)
    low = lx.fold(text)
    found: list[QuantityMatch] = []
    end = 0
    for start in lx.start.finditer(low):
        pos = start.start()
        if pos < end:
            continue
        match = read_quantity(lx, text, low, pos)
        if match is not None and match.start < end:
            # A sign or hedge between two numbers belongs to the first: "5 $ 7", "5 or more than 7".
            match = _shifted(read_quantity(lx, text[end:], low[end:], pos - end), end)
        if match is None:
            continue
        if found and _is_half_of_a_whole(match, found[-1]):
            continue
        found.append(match)
        end = match.end
    return tuple(found)


def _shifted(match: QuantityMatch | None, offset: int) -> QuantityMatch | None:
    if match is None:
        return None
    alternatives = tuple(
        replace(one, start=one.start + offset, end=one.end + offset) for one in match.alternatives
    )
    start, end = match.start + offset, match.end + offset
    return replace(match, start=start, end=end, alternatives=alternatives)


def _is_half_of_a_whole(match: QuantityMatch, before: QuantityMatch) -> bool:
    """Whether it is the "half" of "the first half"."""
    return (
        before.quantity.ordinal
        and before.end + 1 == match.start
        and match.quantity.unit is None
        and match.quantity.value is not None
        and match.quantity.value < 1
    )


def find_proportions(text: str, language: str = "en") -> list[QuantityMatch]:
    """Every proportion that a running text says in words alone: "almost all", "most", "many".

    Proportions that are numbers ("two-fifths", "80 percent") are found by `find_quantities`.

    Args:
        text: running text.
        language: its language tag.

    Returns:
        The matches; `quantity.proportion` is the local name of the concept.

    >>> text = "Almost all subjects of the Russian Federation have established direct ties"
    >>> [(text[found.start : found.end], found.quantity.proportion)
    ...  for found in find_proportions(text)]
    [('Almost all', 'almostAll')]
    """
    return list(proportions_in(text, language))


@lru_cache(maxsize=2048)
def proportions_in(text: str, language: str) -> tuple[QuantityMatch, ...]:
    """As `find_proportions`, kept for the next call."""
    lx = lexicon(language)
    pattern, concepts = _proportions(lx)
    low = lx.fold(text)
    taken = [(found.start, found.end) for found in quantities_in(text, language)]
    return tuple(
        QuantityMatch(_proportion(concepts[" ".join(match[0].split())]), *match.span())
        for match in pattern.finditer(low)
        if not any(match.start() < end and start < match.end() for start, end in taken)
    )


def proportion_of(text: str, language: str) -> Quantity | None:
    """The proportion that a whole text says in words, or None."""
    lx = lexicon(language)
    concept = _proportions(lx)[1].get(" ".join(lx.fold(text).split()))
    return None if concept is None else _proportion(concept)


@lru_cache(maxsize=64)
def _proportions(lx: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the phrases, and the concept of each."""
    concepts = {
        phrase: concept for concept, phrases in lx.data["proportions"].items() for phrase in phrases
    }
    pattern = any_of(concepts).replace(r"\ ", " +")
    return lazy(rf"(?<![\w-]){pattern}(?![\w-])"), concepts


@lru_cache(maxsize=64)
def _proportion(concept: str) -> Quantity:
    return Quantity(Comparator.EXACTLY, proportion=concept)
