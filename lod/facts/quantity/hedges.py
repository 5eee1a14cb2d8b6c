"""Reads the hedge before and behind a quantity."""

from __future__ import annotations

from decimal import Decimal

from lod.facts.quantity.before import OPENING
from lod.facts.quantity.lexicon import Lexicon
from lod.model.quantity import Comparator, Quantity, Unit

_REACH = 80  # how far before a number its hedge is looked for, in code points
_LOWER = frozenset({Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.JUST_OVER})
_UPPER = frozenset({Comparator.LESS_THAN, Comparator.AT_MOST, Comparator.ALMOST})


def hedged(
    comparator: Comparator,
    value: Decimal,
    *,
    unit: Unit | None = None,
    per: Quantity | None = None,
    ordinal: bool = False,
) -> Quantity:
    """The quantity that fills the bound which its hedge decides on."""
    if comparator in _LOWER:
        return Quantity(comparator, None, value, None, unit, per, ordinal)
    if comparator in _UPPER:
        return Quantity(comparator, None, None, value, unit, per, ordinal)
    return Quantity(comparator, value, None, None, unit, per, ordinal)


def read_hedge(lx: Lexicon, low: str, start: int) -> tuple[Comparator, int, bool] | None:
    """The hedge that ends where a quantity begins.

    Returns:
        The comparator, where the hedge begins, and whether it is a word that may mean "during".
    """
    sign = lx.hedge_signs.get(low[start - 1])
    if sign is not None:
        return sign, start - 1, False
    segment = low[max(0, start - _REACH) : start]
    stripped = segment.rstrip(" ")
    if len(stripped) == len(segment):
        return None
    if stripped and stripped[-1] in lx.hedge_signs:
        return lx.hedge_signs[stripped[-1]], start - len(segment) + len(stripped) - 1, False
    words = stripped.split()
    found = lx.before.longest(words)
    skipped = 0
    if found is None:
        link = lx.links.longest(words)
        if link is None:
            return None
        skipped = link[1]
        found = lx.before.longest(words[:-skipped])
        if found is None or (found[0][1] and not link[0]):
            return None
    (comparator, weak), count = found
    begin = start
    for word in reversed(words[len(words) - skipped - count :]):
        begin = low.rfind(word.lstrip(OPENING), 0, begin)
    return comparator, begin, weak and low[begin : low.find(" ", begin)] in lx.during


def read_after(lx: Lexicon, low: str, end: int) -> tuple[Comparator | None, int]:
    """A hedge behind the number or the unit: "or more", "+"."""
    char = low[end]
    if char == "+":
        return Comparator.AT_LEAST, end + 1
    if char in " -":
        found = lx.after.longest(low, end)
        if found is not None:
            return found
    return None, end
