"""Compares what every language writes alike: bare digits, percentages, codes and signs of money.

For texts in languages of which lod has no data. A number that a word follows may be scaled by it
("28 milliards"), one before a word may be negative, and numbers stand in words too: only where
digits settle it is anything said.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lod.language.data import FALLBACK
from lod.language.quantities.lexicon import Lexicon, lexicon
from lod.language.quantities.matches import MatchResult, Mismatch, QuantityMatch
from lod.model.quantity import Comparator, Quantity
from lod.patterns import lazy

_PERCENT = "http://qudt.org/vocab/unit/PERCENT"
_SPACE = "[ \u00a0\u2009\u202f]"
# Digits in groups of three, or without groups, and a fraction.
_DIGITS = lazy(
    rf"(?<![\w.,:/^-])[-\u2212]?(?:[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+|[0-9]+(?:[.,'\u2019][0-9]{{3}})+"
    rf"|[0-9]+)(?:[.,][0-9]+)?(?![\w:/^\u00b2\u00b3]|[.,-][0-9])"
)
_AFTER = lazy(rf"{_SPACE}?(%|[A-Z]{{3}}(?!\w)|[$\u20ac\u00a3\u00a5\u20bd\u20b8])")
_BEFORE = lazy(rf"(?:(?<!\w)([A-Z]{{3}})|([$\u20ac\u00a3\u00a5\u20bd\u20b8])){_SPACE}?$")
_WORD = lazy(rf"{_SPACE}?-?[^\W\d_]")
#: Smaller whole numbers are often in words, and those of one digit too ("mille").
_IN_WORDS = 100


class _Found(NamedTuple):
    """Digits of a text: what they may be, "%" or a currency, and whether a word follows."""

    values: frozenset[Decimal]
    unit: str | None
    open: bool
    start: int
    end: int


def match_digits(stated: Quantity, text: str) -> MatchResult | None:
    """Compare a quantity with the digits of a text, whatever its language.

    Args:
        stated: what the facts say; its hedge is not compared.
        text: the quote.

    Returns:
        Where the digits are, or the nearest ones where none are; None where it cannot be told.

    >>> from lod.language.quantities.parsing import parse_quantity
    >>> match_digits(parse_quantity("12 percent"), "Le chômage est de 12 %").agrees
    True
    >>> match_digits(parse_quantity("13 percent"), "Le chômage est de 12 %").agrees
    False
    >>> match_digits(parse_quantity("28,000,000,000 USD"), "28 milliards de dollars") is None
    True
    """
    value = stated.said
    if value is None or stated.ordinal or stated.per is not None:
        return None
    unit = None
    if stated.unit is not None:
        unit = stated.unit.currency or ("%" if stated.unit.qudt == _PERCENT else stated.unit.qudt)
    found = list(_digits(lexicon(FALLBACK), text))
    same = [one for one in found if value in one.values]
    for one in same:
        if one.unit == unit and (unit is not None or not one.open or value >= _IN_WORDS):
            return _result(stated, one, None)
    if same or not found:
        return None
    near = [one for one in found if one.unit == unit and unit is not None and not one.open]
    if near:
        return _result(stated, near[0], Mismatch.NUMBER)
    digits = _significant(value)
    whole = value == value.to_integral_value()
    if whole and (abs(value) < _IN_WORDS or len(digits) == 1):
        return None
    rest = [one for one in found if not _is_year(one)]
    if not rest or any(_significant(number) == digits for one in rest for number in one.values):
        return None
    return _result(stated, rest[0], Mismatch.NUMBER)


def _result(stated: Quantity, found: _Found, mismatch: Mismatch | None) -> MatchResult:
    said = stated
    if mismatch is not None:
        said = Quantity(Comparator.EXACTLY, min(found.values))
    return MatchResult(QuantityMatch(said, found.start, found.end), mismatch)


def _digits(english: Lexicon, text: str) -> Iterator[_Found]:
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        unit = None
        if (after := _AFTER.match(text, end)) is not None:
            unit, end = _unit(english, after[1]), after.end() if _unit(english, after[1]) else end
        if unit is None and (before := _BEFORE.search(text, 0, start)) is not None:
            unit = _unit(english, before[1] or before[2])
            start = before.start() if unit else start
        follows = _WORD.match(text, end) is not None
        yield _Found(_values(match[0]), unit, follows, start, end)


def _unit(english: Lexicon, sign: str) -> str | None:
    if sign == "%":
        return sign
    return english.units.signs.get(sign) or (sign if sign in english.units.codes else None)


def _values(written: str) -> frozenset[Decimal]:
    """What digits may be: a point or comma before three digits may be either."""
    plain = written.replace("\u2212", "-").replace(",", ".")
    plain = "".join(char for char in plain if char in "0123456789.-")
    whole, dot, fraction = plain.rpartition(".")
    if not dot:
        return frozenset({Decimal(plain)})
    as_fraction = Decimal(f"{whole.replace('.', '')}.{fraction}")
    if len(fraction) != 3:
        return frozenset({as_fraction})
    grouped = Decimal(plain.replace(".", ""))
    several = "." in whole and len({char for char in written if char in ".,"}) == 1
    return frozenset({grouped} if several else {grouped, as_fraction})


def _significant(value: Decimal) -> str:
    return "".join(map(str, value.as_tuple().digits)).strip("0")


def _is_year(found: _Found) -> bool:
    return found.unit is None and all(1000 <= value < 2200 for value in found.values)
