"""Reads the denominator of a rate: "per call", "per 1,000 short tons", "a barrel", "/kWh"."""

from __future__ import annotations

import re
from decimal import Decimal

from lod.facts.quantity.amounts import read_amount, read_unit
from lod.facts.quantity.lexicon import Lexicon
from lod.model.quantity import Comparator, Quantity, Unit

_NOUN = re.compile(r" ([^\W\d_][\w'-]*)")


def read_per(
    lx: Lexicon, text: str, low: str, end: int, *, explicit: bool = False
) -> tuple[Quantity | None, int]:
    """The denominator of a rate: "per call", "per 1,000 short tons", "a barrel", "/kWh".

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        end: where the unit or the counted noun ends.
        explicit: whether only a word like "per" will do: after a number without a unit.

    Returns:
        The denominator and where it ends; None and the same end where there is none.
    """
    if end >= len(low) or low[end] not in " /":
        return None, end
    match = lx.per.match(low, end)
    if match is None or match.end() >= len(low) or (explicit and match[1] is None):
        return None, end
    pos = match.end()
    article = match[2] is not None
    value = Decimal(1)
    unit: Unit | None = None
    if not article and lx.start.match(low, pos):
        amount = read_amount(lx, text, low, pos, bare=True, joined=True)
        if amount is not None and not amount.number.ordinal and amount.number.parts is None:
            value, pos = amount.value, amount.end
            if amount.unit is not None:
                return Quantity(Comparator.EXACTLY, value, unit=lx.units.unit(amount.unit)), pos
            unit, stop = _read_noun(lx, text, low, pos)
            return Quantity(Comparator.EXACTLY, value, unit=unit), stop
    found = read_unit(lx, text, low, pos)
    if found is not None:
        return Quantity(Comparator.EXACTLY, value, unit=lx.units.unit(found[0])), found[1]
    known = lx.per_nouns.longest(low, pos)
    if known is not None:
        stop = known[1]
        return Quantity(Comparator.EXACTLY, value, unit=Unit(text[pos:stop])), stop
    if article:
        return None, end
    unit, stop = _read_noun(lx, text, low, pos - 1)
    return (None, end) if unit is None else (Quantity(Comparator.EXACTLY, value, unit=unit), stop)


def read_rate(
    lx: Lexicon, text: str, low: str, end: int, unit: Unit | None
) -> tuple[Unit | None, Quantity | None, int]:
    """What a number counts and per what, where a rate follows: "workers per 1,000 short tons".

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        end: where the number or its unit ends.
        unit: the unit, if one has been read.

    Returns:
        The unit, which may be a noun now, the denominator or None, and where all of it ends.
    """
    if end >= len(low):
        return unit, None, end
    start = end
    if unit is None and (noun := lx.noun_per.match(low, end)) is not None:
        unit = Unit(text[noun.start(1) : noun.end(1)])
        end = noun.end(1)
    per, end = read_per(lx, text, low, end, explicit=unit is None)
    if per is None and end > start:
        return None, None, start
    return unit, per, end


def _read_noun(lx: Lexicon, text: str, low: str, end: int) -> tuple[Unit | None, int]:
    """The one word that follows, as what is counted."""
    match = _NOUN.match(low, end)
    if match is None or match[1] in lx.not_units:
        return None, end
    return Unit(text[match.start(1) : match.end(1)]), match.end(1)
