"""Reads an amount: a number with its sign of money or its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from lod.facts.quantity.before import Before, read_before
from lod.facts.quantity.lexicon import Lexicon
from lod.facts.quantity.numbers import Number, read_number


class Amount(NamedTuple):
    """A number with its sign of money and its unit.

    Attributes:
        number: the number as it was read.
        value: the number, negative where a minus says so.
        start: where it begins, a sign included.
        end: code point after its last one, that of the unit where there is one.
        unit: id of the unit, or None.
    """

    number: Number
    value: Decimal
    start: int
    end: int
    unit: str | None


def read_amount(
    lx: Lexicon, text: str, low: str, pos: int, *, bare: bool = False, joined: bool = False
) -> Amount | None:
    """Read the amount whose number begins at a position.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        pos: where the digits or number words begin.
        bare: whether "million" may stand without an article ("per million").
        joined: whether what stands right before belongs to something else ("5-7", "/100").

    Returns:
        The amount, or None.
    """
    before = Before(pos)
    if pos and not (joined and text[pos - 1] in "-–−‑/"):
        known = read_before(lx, text, low, pos)
        if known is None:
            return None
        before = known
    start, currency, negative, month = before
    number = read_number(lx, low, pos, money=currency is not None, date=month, bare=bare)
    if number is None:
        return None
    end, unit = number.end, number.unit
    if start == pos:
        start = number.start
    if currency is not None:
        unit = currency
    elif unit is None and not number.ordinal and end < len(low):
        found = read_unit(lx, text, low, end, part=number.part)
        if found is not None:
            unit, end = found
    if end == number.end and end < len(low) and low[end].isalnum():
        return None  # "5G", "1980s"
    return Amount(number, -number.value if negative else number.value, start, end, unit)


def read_unit(
    lx: Lexicon, text: str, low: str, end: int, *, part: bool = False
) -> tuple[str, int] | None:
    """The unit or currency that follows a number.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        end: where the number ends.
        part: whether the number is a fraction in words: "half an hour".

    Returns:
        Its id and where it ends, or None.
    """
    following = low[end]
    if following not in " -" and following.isascii() and not following.isalpha():
        if following not in "%$":
            return None
    elif (found := lx.units.names.longest(low, end)) is not None:
        return found
    symbol = lx.units.symbols.match(text, end)
    if symbol is not None:
        name = symbol[1]
        unit = lx.units.symbol_ids.get(name)
        if unit is None and name in lx.units.codes:
            unit = name
        if unit is not None and not (name == "s" and symbol.start(1) == end):
            return unit, symbol.end()
    if part and (more := lx.part_of.match(low, end)) is not None and more.end() > end:
        found = lx.units.names.longest(low, more.end())
        if found is not None:
            return found
    return None


def is_year(amount: Amount) -> bool:
    """Whether a bare number may be a year."""
    number = amount.number
    return (
        number.plain
        and amount.unit is None
        and number.end - number.start == 4
        and 1000 <= number.value < 2200
    )
