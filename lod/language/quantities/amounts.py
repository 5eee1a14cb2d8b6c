"""Reads an amount: what stands before a number, the number, and its unit."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from lod.language.quantities.lexicon import Lexicon
from lod.language.quantities.numbers import Number, read_number

#: What may open a phrase; it does not belong to its words.
OPENING = "([\"'„“”«»‹›‚"
_DIGITS = frozenset("0123456789")
_MINUS = "-–−"
_REACH = 40  # how far before a number a hedge is looked for that ends with a word for minus


class Before(NamedTuple):
    """What stands right before a number.

    Attributes:
        start: where it begins; the number's own start where there is nothing.
        currency: ISO 4217 code of a sign of money, or None.
        negative: whether there is a minus.
        month: whether the name of a month stands there; it does not belong to the number.
    """

    start: int
    currency: str | None = None
    negative: bool = False
    month: bool = False


def read_before(lx: Lexicon, text: str, low: str, pos: int) -> Before | None:
    """Read what stands right before a number.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        pos: where the digits or number words begin, above 0.

    Returns:
        What there is, or None where the number is part of a word or a code.
    """
    before = text[pos - 1]
    if before.isspace():
        return _read_over_space(lx, text, low, pos)
    if before.isalnum():
        return _read_code(lx, text, pos) if before.isalpha() else None
    if before in "_#№§.^±":
        return None
    if before in "/:,'’":
        return None if pos > 1 and text[pos - 2] in _DIGITS else Before(pos)
    if before in _MINUS or before == "‑":
        return _read_minus(lx, text, pos)
    return _read_sign(lx, text, pos) or Before(pos)


def _read_over_space(lx: Lexicon, text: str, low: str, pos: int) -> Before | None:
    previous = low[:pos].rstrip(" ")
    end = len(previous)
    if not end:
        return Before(pos)
    last = text[end - 1]
    if last.isupper() and (code := _read_code(lx, text, end)) is not None:
        return code
    if not last.isalpha() and (sign := _read_sign(lx, text, end)) is not None:
        return sign
    if previous.endswith(lx.tolerances):
        return None
    begin = previous.rfind(" ") + 1
    word = previous[begin:].lstrip(OPENING)
    if word in lx.minus and lx.before.longest(previous[-_REACH:].split()) is None:  # "au moins 5"
        return Before(end - len(word), negative=True)
    return Before(pos, month=word.rstrip(".") in lx.months and text[end - len(word)].isupper())


def _read_minus(lx: Lexicon, text: str, pos: int) -> Before | None:
    """A minus sign; a hyphen after a word or a number is none."""
    ahead = text[pos - 2] if pos > 1 else " "
    if ahead.isspace() or ahead in OPENING:
        return Before(pos - 1, negative=True)
    signed = _read_sign(lx, text, pos - 1)
    return None if signed is None else signed._replace(negative=True)


def _read_sign(lx: Lexicon, text: str, end: int) -> Before | None:
    """A sign of money that ends at a position: "US$", "€", and a minus before it."""
    for length in (5, 4, 3, 2, 1):
        start = end - length
        code = lx.units.signs.get(text[start:end]) if start >= 0 else None
        if code is None:
            continue
        ahead = text[start - 1] if start else " "
        if text[start].isalpha() and ahead.isalnum():
            continue
        if ahead in _MINUS and (start < 2 or not text[start - 2].isalnum()):
            return Before(start - 1, code, negative=True)
        return Before(start, code)
    return None


def _read_code(lx: Lexicon, text: str, end: int) -> Before | None:
    """An ISO 4217 code that ends at a position, or a sign that ends in a letter ("Fr")."""
    start = end - 3
    if start < 0 or text[start:end] not in lx.units.codes:
        return _read_sign(lx, text, end)
    if start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        return None
    return Before(start, text[start:end])


def word_before(low: str, start: int) -> tuple[str, int]:
    """The word right before a position, and where it begins."""
    if start < 2 or low[start - 1] != " ":
        return "", start
    stop = start - 1
    begin = low.rfind(" ", 0, stop) + 1
    word = low[begin:stop].lstrip(OPENING)
    return word, stop - len(word)


def marker_before(
    lx: Lexicon, low: str, start: int, markers: frozenset[str]
) -> tuple[str, int] | None:
    """One of some words before an amount, with or without an article between: "de los 3".

    Args:
        lx: the language.
        low: folded text.
        start: where the amount begins.
        markers: the words.

    Returns:
        The word and where it begins, or None.
    """
    word, begin = word_before(low, start)
    if word not in markers and word in lx.one_word_links:
        word, begin = word_before(low, begin)
    return (word, begin) if word in markers else None


class Amount(NamedTuple):
    """A number with its sign of money and its unit.

    Attributes:
        number: the number as it was read.
        value: the number, negative where a minus says so.
        start: where it begins, a sign included.
        end: code point after its last one, that of the unit where there is one.
        unit: id of the unit, or None.
        margin: what stands behind "±", or None.
    """

    number: Number
    value: Decimal
    start: int
    end: int
    unit: str | None
    margin: Decimal | None = None


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
    if (
        low[end : end + 2].lstrip(" -")[:1] in lx.foreign_initials
        and lx.foreign_scale.match(low, end) is not None
    ):
        return None  # "3 Mia. Franken" in English: not 3 of something
    words = text[pos:end].replace("-", " ").split()
    if number.scale > 1 and not lx.english_scales.isdisjoint(words):
        return None  # "1 billion" in German, which writes "Billion"
    if start == pos:
        start = number.start
    margin, end = _read_margin(lx, text, low, end)
    number_end = end
    if currency is not None:
        unit = currency
    elif unit is None and not number.ordinal and end < len(low):
        found = read_unit(lx, text, low, end, part=number.part, many=number.scale > 1)
        if found is not None:
            unit, end = found
            if lx.number_ending is not None and (ending := lx.number_ending.match(low, end)):
                end = ending.end()  # "60 %-дан"
    if end == number_end and end < len(low) and low[end].isalnum():
        return None  # "5G", "1980s"
    value = number.value
    if end < len(low):
        if margin is None and end > number_end:
            margin, end = _read_margin(lx, text, low, end, unit)
        if low[end : end + 1] == " ":
            if end > number_end and (added := lx.added_behind.match(low, end)) is not None:
                value, end = value + lx.added[added[0][1:]], added.end()  # "three years and a half"
            if (zero := lx.below_zero.longest(low, end)) is not None:
                negative, end = True, zero[1]
    return Amount(number, -value if negative else value, start, end, unit, margin)


def _read_margin(
    lx: Lexicon, text: str, low: str, end: int, unit: str | None = None
) -> tuple[Decimal | None, int]:
    """What stands behind "±" after a number or its unit, and where it ends."""
    following = low[end : end + 3]
    if not any(sign in following for sign in "±+p"):
        return None, end
    match = lx.tolerance.match(low, end)
    if match is None or match.end() >= len(low) or lx.start.match(low, match.end()) is None:
        return None, end
    margin = read_number(lx, low, match.end())
    if margin is None:
        return None, end
    stop = margin.end
    if unit is not None and stop < len(low):
        found = read_unit(lx, text, low, stop)
        if found is not None and found[0] == unit:
            stop = found[1]
    return margin.value, stop


def read_unit(
    lx: Lexicon, text: str, low: str, end: int, *, part: bool = False, many: bool = False
) -> tuple[str, int] | None:
    """The unit or currency that follows a number.

    Args:
        lx: the language.
        text: the text.
        low: the same text, folded.
        end: where the number ends.
        part: whether the number is a fraction in words: "half an hour".
        many: whether a word of scale ends it: "2 millions d'euros".

    Returns:
        Its id and where it ends, or None.
    """
    following = low[end]
    named: tuple[str, int] | None = None
    if following not in " -" and following.isascii() and not following.isalpha():
        if following not in "%$":
            return None
    elif (found := lx.units.names.longest(low, end)) is not None and not lx.units.has_symbols:
        return found
    else:
        named = found
    symbol = lx.units.symbols.match(text, end)
    if named is not None and (symbol is None or symbol.end() <= named[1]):
        return named
    if symbol is not None:
        name = symbol[1]
        unit = lx.units.symbol_ids.get(name)
        if unit is None and name in lx.units.codes:
            unit = name
        if unit is not None and not (name == "s" and symbol.start(1) == end):
            return unit, symbol.end()
    if many and (link := lx.of_many.match(low, end)) is not None:
        return read_unit(lx, text, low, link.end() - 1)
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
