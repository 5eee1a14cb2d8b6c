"""Reads one quantity of running text: the hedge before a number, the number, what follows it."""

from __future__ import annotations

import re
from decimal import Decimal

from lod.facts.quantity.amounts import Amount, is_year, read_amount, read_unit
from lod.facts.quantity.before import word_before
from lod.facts.quantity.hedges import hedged, read_after, read_hedge
from lod.facts.quantity.lexicon import Lexicon
from lod.facts.quantity.matches import QuantityMatch
from lod.facts.quantity.ranges import read_range
from lod.facts.quantity.rates import read_rate
from lod.model.quantity import Comparator, Quantity

_DIGITS = frozenset("0123456789")
_EXACTLY = Comparator.EXACTLY
# Digits that go on behind a hyphen, but not as a range: a score, a telephone number, a season.
_JOINED = re.compile(r"(?<=[0-9])-[0-9]")
_NOUN = re.compile(r" ([^\W\d_][\w'-]*)")


def read_quantity(lx: Lexicon, text: str, low: str, pos: int) -> QuantityMatch | None:
    """Read the quantity whose number begins at a position.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        pos: where the digits or number words begin.

    Returns:
        The quantity and its span, or None where there is no number, or one that is part of a name,
        a date, a score or a code ("Soyuz-5", "12:30", "3-1", "3.5.1").
    """
    amount = read_amount(lx, text, low, pos)
    if amount is None:
        return None
    found = read_range(lx, text, low, amount) if amount.end < len(low) else None
    if found is not None:
        return found
    if _JOINED.match(low, amount.end):
        return None
    return _finish(lx, text, low, amount)


def _finish(lx: Lexicon, text: str, low: str, amount: Amount) -> QuantityMatch:
    """Hedges on both sides, the denominator of a rate, and what kind of number it is."""
    number, value, start, end, unit_id = amount
    comparator, weak = _EXACTLY, False
    size = len(low)
    unit = None if unit_id is None else lx.units.unit(unit_id)
    per: Quantity | None = None
    after: Comparator | None = None
    if end < size and not number.ordinal:
        after, end = read_after(lx, low, end)
        if after is not None and unit is None and end < size:  # "5 or more years"
            found = read_unit(lx, text, low, end)
            if found is not None:
                unit, end = lx.units.unit(found[0]), found[1]
        unit, per, end = read_rate(lx, text, low, end, unit)
        if after is None and end < size:
            after, end = read_after(lx, low, end)
    before = read_hedge(lx, low, start) if start else None
    plain_start = start
    if before is not None:
        comparator, start, weak = before
    elif after is not None:
        comparator = after
    if number.parts is not None and per is None:
        per = Quantity(_EXACTLY, Decimal(number.parts))
    quantity = hedged(comparator, value, unit=unit, per=per, ordinal=number.ordinal)
    calendar = unit is None and _is_calendar(lx, text, low, amount)
    alternatives: tuple[QuantityMatch, ...] = ()
    if weak and unit_id in lx.units.durations:
        bare = Quantity(_EXACTLY, value, unit=unit, per=per)
        alternatives = (QuantityMatch(bare, plain_start, end, calendar),)
    elif number.ordinal and low[end - 1] == ".":
        cardinal = hedged(comparator, value)
        alternatives = (QuantityMatch(cardinal, start, end - 1, calendar),)
    elif low[end : end + 1] == "." and end == number.end and lx.ordinal_suffix.match(low, end):
        place = hedged(comparator, value, ordinal=True)
        alternatives = (QuantityMatch(place, start, end + 1, calendar),)
    return QuantityMatch(quantity, start, end, calendar, alternatives)


def _is_calendar(lx: Lexicon, text: str, low: str, amount: Amount) -> bool:
    """Whether a bare number may be a year, the day of a date or a clock time."""
    if is_year(amount):
        return True
    number = amount.number
    if number.scale > 1 or number.parts is not None or not 0 <= number.value <= 31:
        return False
    if low[number.start] not in _DIGITS and not number.ordinal:
        return False
    word, begin = word_before(low, amount.start)
    if word.rstrip(".") in lx.months and text[begin].isupper():
        return True
    following = _NOUN.match(low, amount.end)
    if following is not None and following[1] in lx.before_month:
        following = _NOUN.match(low, following.end())
    if following is not None and following[1] in lx.months and text[following.start(1)].isupper():
        return True
    return lx.clock.longest(low, amount.end) is not None
