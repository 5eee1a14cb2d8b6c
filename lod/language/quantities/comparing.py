"""Compares a stated quantity with what a text says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from lod.language.quantities.finding import proportions_in, quantities_in
from lod.language.quantities.lexicon import lexicon
from lod.language.quantities.matches import MatchResult, Mismatch, QuantityMatch
from lod.language.quantities.phrases import fold
from lod.language.quantities.roles import Role, role_of
from lod.language.quantities.units import same_unit
from lod.model.quantity import Comparator, Quantity


def compare_quantities(stated: Quantity, found: Quantity) -> Mismatch | None:
    """Whether a found quantity says what is stated, and if not, in what it differs.

    Numbers are compared as numbers ("28 billion" is "28,000,000,000"); a fraction or ratio is also
    the percentage that it equals ("half" is "50 percent"). Units are compared as
    `lod.language.quantities.units.same_unit` says: what is counted is not compared. A hedge that
    only one of them has is a difference; its synonyms are not.

    Args:
        stated: what the facts say.
        found: what the text says.

    Returns:
        None where they agree, else the first of number, unit and hedge that differs.
    """
    if stated.proportion is not None or found.proportion is not None:
        return None if stated.proportion == found.proportion else Mismatch.NUMBER
    if not (
        stated.ordinal is found.ordinal
        and same_unit(stated.unit, found.unit)
        and _same_denominator(stated.per, found.per)
    ):
        if not _is_same_ratio(stated, found):
            return Mismatch.UNIT if _bounds(stated) == _bounds(found) else Mismatch.NUMBER
    elif _bounds(stated) != _bounds(found):
        return Mismatch.NUMBER
    return None if stated.comparator is found.comparator else Mismatch.HEDGE


def _bounds(quantity: Quantity) -> tuple[Decimal | None, ...]:
    """The numbers, whichever bound they fill: the hedge is compared by itself."""
    if quantity.comparator is Comparator.BETWEEN:
        return quantity.minimum, quantity.maximum
    if quantity.value is not None:
        return (quantity.value,)
    return (quantity.maximum if quantity.minimum is None else quantity.minimum,)


def _same_denominator(stated: Quantity | None, found: Quantity | None) -> bool:
    if stated is None or found is None:
        return stated is found
    return stated.value == found.value and same_unit(stated.unit, found.unit)


def _is_same_ratio(stated: Quantity, found: Quantity) -> bool:
    """Whether both are parts of a whole, said in different ways, and equal."""
    if len(_bounds(stated)) != 1 or len(_bounds(found)) != 1:
        return False
    mine, theirs = _as_ratio(stated), _as_ratio(found)
    if mine is None or theirs is None:
        return False
    return mine[0] * theirs[1] == theirs[0] * mine[1]


def _as_ratio(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """The numerator and denominator of a fraction ("0.5", "1 in 3") or percentage."""
    number = _bounds(quantity)[0]
    if number is None or quantity.ordinal:
        return None
    if quantity.unit is None:
        if quantity.per is None:
            return (number, Decimal(1)) if 0 <= number <= 1 else None
        if quantity.per.unit is None and quantity.per.value is not None:
            return number, quantity.per.value
        return None
    if quantity.per is None and quantity.unit.qudt == _PERCENT:
        return number, Decimal(100)
    return None


_PERCENT = "http://qudt.org/vocab/unit/PERCENT"


@lru_cache(maxsize=4096)
def match_quantity(
    stated: Quantity, text: str, language: str = "en", not_as: frozenset[Role] = frozenset()
) -> MatchResult:
    """Find the words of a text that state a quantity.

    Args:
        stated: what the facts say.
        text: the quote.
        language: its language tag.
        not_as: roles that the amount may not have among others of the text.

    Returns:
        The first span that states it, to be published as the wording. Where none does, the nearest
        one and in what it differs: with the same number if there is one, else with the same unit
        or the same digits ("28 billion" for "2.8 billion"). Years and days of dates never are the
        nearest one. Without any number in the text there is no match, and `NUMBER` differs.

    >>> from lod.language.quantities.parsing import parse_quantity
    >>> text = "exceeding the threshold of $28 billion"
    >>> match_quantity(parse_quantity("more than 28 billion USD"), text).agrees
    True
    >>> match_quantity(parse_quantity("more than 2.8 billion USD"), text).mismatch
    <Mismatch.NUMBER: 'number'>
    """
    if stated.proportion is not None:
        return _match_proportion(stated, text, language)
    nearest: QuantityMatch | None = None
    in_role: QuantityMatch | None = None
    nearest_rank: tuple[int, int] | None = None
    for match in _readings(text, language):
        mismatch = compare_quantities(stated, match.quantity)
        if mismatch is None:
            found = _with_counted(stated, match, text)
            if not not_as or role_of(match, text, language) not in not_as:
                return MatchResult(found, None)
            in_role = in_role or found
            continue
        if match.calendar:
            continue
        rank = (_ORDER[mismatch], -_likeness(stated, match.quantity))
        if nearest_rank is None or rank < nearest_rank:
            nearest, nearest_rank = match, rank
    if in_role is not None:
        return MatchResult(in_role, Mismatch.ROLE)
    one = _match_article(stated, text, language)
    if one is not None:
        return MatchResult(one, None)
    if nearest is None:
        return MatchResult(None, Mismatch.NUMBER)
    return MatchResult(nearest, compare_quantities(stated, nearest.quantity))


_ORDER = {Mismatch.HEDGE: 0, Mismatch.UNIT: 1, Mismatch.NUMBER: 2}


def _readings(text: str, language: str) -> Iterator[QuantityMatch]:
    for match in quantities_in(text, language):
        yield match
        yield from match.alternatives


def _likeness(stated: Quantity, found: Quantity) -> int:
    """How near a quantity with another number is: by its unit, its digits, its hedge."""
    score = 0
    if same_unit(stated.unit, found.unit):
        score += 4 if found.unit is not None else 2
    if _significant(stated) == _significant(found):
        score += 3
    if stated.ordinal is found.ordinal:
        score += 1
    if stated.comparator is found.comparator:
        score += 1
    return score


def _significant(quantity: Quantity) -> tuple[str, ...]:
    """The digits without leading and trailing zeros: "28" of 2.8 and of 28 billion."""
    return tuple(
        "".join(map(str, number.as_tuple().digits)).strip("0")
        for number in _bounds(quantity)
        if number is not None
    )


def _with_counted(stated: Quantity, match: QuantityMatch, text: str) -> QuantityMatch:
    """The match with the counted noun of the stated quantity, where it follows at once."""
    unit = stated.unit
    if unit is None or match.quantity.unit is not None or match.quantity.per is not None:
        return match
    end = match.end + 1 + len(unit.text)
    following = fold(text[match.end : end])
    if following[:1] != " " or following[1:] != fold(unit.text) or text[end : end + 1].isalnum():
        return match
    return QuantityMatch(match.quantity, match.start, end, match.calendar, match.alternatives)


def _match_proportion(stated: Quantity, text: str, language: str) -> MatchResult:
    found = proportions_in(text, language)
    for match in found:
        if match.quantity.proportion == stated.proportion:
            return MatchResult(match, None)
    if found:
        return MatchResult(found[0], Mismatch.NUMBER)
    numbers = [match for match in quantities_in(text, language) if not match.calendar]
    return MatchResult(numbers[0] if numbers else None, Mismatch.NUMBER)


def _match_article(stated: Quantity, text: str, language: str) -> QuantityMatch | None:
    """For exactly one counted thing: its name behind an article ("a branch")."""
    unit = stated.unit
    if stated.value != 1 or stated.comparator is not Comparator.EXACTLY or stated.ordinal:
        return None
    lx = lexicon(language)
    if unit is None and stated.per is None:
        one = lx.article.search(fold(text)) if lx.article_is_one else None
        return None if one is None else QuantityMatch(stated, *one.span())
    if unit is None or unit.currency is not None or unit.qudt is not None:
        return None
    for word in re.finditer(re.escape(fold(unit.text)), low := fold(text)):
        before = low[: word.start()].rstrip(" ")
        begin = before.rfind(" ") + 1
        if before[begin:] in lexicon(language).articles and not low[word.end() :][:1].isalnum():
            return QuantityMatch(stated, begin, word.end())
    return None
