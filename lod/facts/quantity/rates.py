"""Reads the denominator of a rate: "per call", "per 1,000 short tons", "a barrel", "/kWh"."""

from __future__ import annotations

import re
from decimal import Decimal

from lod.facts.quantity.amounts import read_amount, read_unit
from lod.facts.quantity.lexicon import Lexicon
from lod.model.quantity import Comparator, Quantity, Unit

_NOUN = re.compile(r" ([^\W\d_][\w'-]*)")


def read_per(lx: Lexicon, text: str, low: str, end: int) -> tuple[Quantity | None, int]:
    """The denominator of a rate: "per call", "per 1,000 short tons", "a barrel", "/kWh".

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        end: where the unit or the counted noun ends.

    Returns:
        The denominator and where it ends; None and the same end where there is none.
    """
    if end >= len(low) or low[end] not in " /":
        return None, end
    match = lx.per.match(low, end)
    if match is None or match.end() >= len(low):
        return None, end
    pos = match.end()
    article = match[2] is not None
    value = Decimal(1)
    unit: Unit | None = None
    if not article and (lx.start.match(low, pos)):
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


def _read_noun(lx: Lexicon, text: str, low: str, end: int) -> tuple[Unit | None, int]:
    """The one word that follows, as what is counted."""
    match = _NOUN.match(low, end)
    if match is None or match[1] in lx.not_units:
        return None, end
    return Unit(text[match.start(1) : match.end(1)]), match.end(1)
