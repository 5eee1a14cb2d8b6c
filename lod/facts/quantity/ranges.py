"""Reads ranges: "between 5 and 7", "from 5 to 7 percent", "$5-7 billion"."""

from __future__ import annotations

from decimal import Decimal

from lod.facts.quantity.amounts import Amount, is_year, read_amount
from lod.facts.quantity.before import word_before
from lod.facts.quantity.lexicon import Lexicon
from lod.facts.quantity.matches import QuantityMatch
from lod.facts.quantity.rates import read_rate
from lod.model.quantity import Comparator, Quantity


def read_range(lx: Lexicon, text: str, low: str, first: Amount) -> QuantityMatch | None:
    """Read a range that begins with an amount.

    A unit or a scale that stands once holds for both ends. The first end is the smaller one: what
    is not so is no range ("3-1", "555-0199").

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        first: the amount that has been read.

    Returns:
        The range, or None. "From 5 to 7 percent" may also be said of two values: they are its
        alternatives.
    """
    separator = lx.range_separator.match(low, first.end)
    if separator is None or not _can_be_end(first):
        return None
    word, dash = separator.groups()
    leading, begin = word_before(low, first.start)
    between = leading in lx.between
    if word is not None and word not in lx.to and not between:
        return None
    signs = lx.before_number.match(text, separator.end())
    pos = separator.end() if signs is None else signs.end()
    if lx.start.match(low, pos) is None:
        return None
    joined = dash is not None and pos == separator.end()
    second = read_amount(lx, text, low, pos, joined=joined)
    if second is None or not _can_be_end(second):
        return None
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        return None
    smaller, greater = first.value, second.value
    if first.number.scale == 1 and smaller < greater / second.number.scale:
        smaller = _scaled(smaller, second.number.scale)
    if smaller >= greater:
        return None
    if dash is not None and is_year(first) and low[first.end] == " " and not is_year(second):
        return None  # "in 2024 - 3,000 people": a dash between two thoughts
    start = begin if between or leading in lx.from_ else first.start
    unit_id = first.unit or second.unit
    unit = None if unit_id is None else lx.units.unit(unit_id)
    calendar = unit is None and is_year(first) and is_year(second)
    unit, per, end = read_rate(lx, text, low, second.end, unit)
    alternatives: tuple[QuantityMatch, ...] = ()
    if word is not None and not between:
        one = Quantity(Comparator.EXACTLY, smaller, unit=unit, per=per)
        other = Quantity(Comparator.EXACTLY, greater, unit=unit, per=per)
        alternatives = (
            QuantityMatch(one, first.start, first.end, calendar),
            QuantityMatch(other, second.start, end, calendar),
        )
    quantity = Quantity(Comparator.BETWEEN, None, smaller, greater, unit, per)
    return QuantityMatch(quantity, start, end, calendar, alternatives)


def _can_be_end(amount: Amount) -> bool:
    return not amount.number.ordinal and amount.number.parts is None


def _scaled(value: Decimal, scale: int) -> Decimal:
    scaled = value * scale
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled
