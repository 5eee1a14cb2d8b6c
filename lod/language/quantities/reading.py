"""Reads one quantity of running text: hedges, the number or range, its unit, and per what."""

from __future__ import annotations

from decimal import Decimal

from lod.language.quantities.amounts import (
    OPENING,
    Amount,
    is_year,
    marker_before,
    read_amount,
    read_unit,
    word_before,
)
from lod.language.quantities.change_words import change_words
from lod.language.quantities.lexicon import Lexicon
from lod.language.quantities.matches import QuantityMatch
from lod.model.quantity import Comparator, Quantity, Unit
from lod.patterns import lazy

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
    hedge = [word.lstrip(OPENING) for word in words[len(words) - skipped - count :]]
    for word in reversed(hedge):
        begin = low.rfind(word, 0, begin)
    if lx.limits and " ".join(hedge[:count]) in lx.limits and _follows_change(lx, low, begin):
        return None
    return comparator, begin, weak and low[begin : low.find(" ", begin)] in lx.during


def _follows_change(lx: Lexicon, low: str, end: int) -> bool:
    """Whether a word of change, or the amount that it changed from, stands before it."""
    first = max((match.end() for match in _SENTENCE_END.finditer(low, 0, end)), default=0)
    if change_words(lx).pattern.search(low, first, end) is not None:
        return True
    return lx.old_amount.search(low, first, end) is not None


_SENTENCE_END = lazy(r"[.;!?] (?=[^\W\d_])")


def read_after(lx: Lexicon, low: str, end: int) -> tuple[Comparator | None, int]:
    """A hedge behind the number or the unit: "or more", "+"."""
    char = low[end]
    if char == "+":
        return Comparator.AT_LEAST, end + 1
    if char in " -":
        found = lx.after.longest(low, end)
        begin = end
        if found is None and lx.counted is not None and (noun := lx.counted.match(low, end)):
            begin = noun.end()
            found = lx.after.longest(low, begin)
        if found is not None and lx.after_old and low[begin : found[1]].strip() in lx.after_old:
            found = found if lx.old_ending.search(low, 0, begin) else None
        if found is not None and not (lx.limits and _precedes_change(lx, low, end, found[1])):
            return found
    return None, end


def _precedes_change(lx: Lexicon, low: str, start: int, end: int) -> bool:
    """Whether a hedge behind an amount is "to", since a word of change follows it."""
    if low[start:end].rpartition(" ")[2] not in lx.limits:
        return False
    stop = _SENTENCE_END.search(low, end)
    return change_words(lx).pattern.search(low, end, stop.start() if stop else len(low)) is not None


_NOUN = lazy(r" ([^\W\d_][\w'-]*)")


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
    if end >= len(low) or low[end] not in " /.":
        return None, end
    begin = end
    if low[end] == ".":  # "100 руб. за тонну"
        if low[low.rfind(" ", 0, end) + 1 : end] not in lx.dotted:
            return None, end
        begin += 1
    match = lx.per.match(low, begin)
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
    leading = marker_before(lx, low, first.start, lx.between | lx.from_)
    between = leading is not None and leading[0] in lx.between
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
    start = first.start if leading is None else leading[1]
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


_DIGITS = frozenset("0123456789")
_EXACTLY = Comparator.EXACTLY
# Digits that go on behind a hyphen, but not as a range: a score, a telephone number, a season.
_JOINED = lazy(r"(?<=[0-9])-[0-9]")


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
    if low[pos] in _DIGITS and (several := _read_several(lx, low, pos)) is not None:
        return several
    amount = read_amount(lx, text, low, pos)
    if amount is None:
        return None
    found = read_range(lx, text, low, amount) if amount.end < len(low) else None
    if found is not None:
        return found
    if _JOINED.match(low, amount.end):
        return None
    return _finish(lx, text, low, amount)


def _read_several(lx: Lexicon, low: str, pos: int) -> QuantityMatch | None:
    """Two numbers that belong together: "a ratio of 3:1", "a 52-48 vote"."""
    previous = low[:pos].rstrip(" ")
    if previous[previous.rfind(" ") + 1 :] in lx.ratio_words:
        ahead = lx.ratio_ahead.search(low, max(0, pos - _REACH), pos)
        match = lx.ratio.match(low, pos)
        if ahead is not None and match is not None:
            first, second = (Decimal(one.replace(",", ".")) for one in match.groups())
            quantity = Quantity(_EXACTLY, first, per=Quantity(_EXACTLY, second))
            return QuantityMatch(quantity, ahead.start(), match.end())
    if (before := low[pos - 1 : pos]) and (before.isalnum() or before in "-.,/:"):
        return None
    match = lx.votes.match(low, pos)
    if match is None or not match[1]:
        return None
    first, second = (Decimal(one.replace(",", ".")) for one in match.groups()[:2])
    other = QuantityMatch(Quantity(_EXACTLY, second), match.start(2), match.end(2))
    return QuantityMatch(Quantity(_EXACTLY, first), pos, match.end(), alternatives=(other,))


def _finish(lx: Lexicon, text: str, low: str, amount: Amount) -> QuantityMatch:
    """Hedges on both sides, the denominator of a rate, and what kind of number it is."""
    number, value, start, end, unit_id, margin = amount
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
    elif lx.about and low[number.start : number.end].rpartition(" ")[2] in lx.about:
        comparator = Comparator.APPROXIMATELY
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
    if margin is not None:
        span = Quantity(Comparator.BETWEEN, None, value - margin, value + margin, unit, per)
        alternatives = (QuantityMatch(span, start, end, calendar),)
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
