"""Reads a text that is one quantity, as the facts give it."""

from __future__ import annotations

import re
from functools import lru_cache

from lod.facts.quantity.finding import proportion_of
from lod.facts.quantity.folding import fold
from lod.facts.quantity.hedges import hedged
from lod.facts.quantity.lexicon import Lexicon, any_of, lexicon
from lod.facts.quantity.matches import QuantityError, QuantityMatch
from lod.facts.quantity.rates import read_per
from lod.facts.quantity.reading import read_quantity
from lod.model.quantity import Comparator, Quantity, Unit

_EXAMPLES = (
    'such as "more than 28 billion USD", "80 percent", "between 5 and 7" or "60,000 students"'
)
# What is counted: up to six words that begin with a letter.
_NOUNS = re.compile(r"[^\W\d_][\w'’./-]*(?: [^\W\d_][\w'’./-]*){0,5}")
_LONGEST = 200  # code points; longer texts are no quantity
_SHOWN = 60  # code points of the text that a message repeats


@lru_cache(maxsize=4096)
def parse_quantity(text: str, language: str = "en") -> Quantity:
    """Read a text that is one quantity: hedge, number, unit.

    What follows the number and is no known unit is what is counted: `60,000 students`. The number
    format is that of the language: `9.400` is 9,400 in German and 9.4 in English. A bare `$` is the
    US dollar, unless the region of the language tag has a dollar of its own (`en-CA`).

    Args:
        text: the quantity.
        language: language tag; one without data of its own is read as English.

    Returns:
        The quantity; its value is exact as written (`3.20` keeps its digits). A fraction that no
        decimal can write is a ratio: "a third" is 1 per 3.

    Raises:
        QuantityError: the text is no quantity, or something stands beside it.

    >>> quantity = parse_quantity("more than 28 billion USD")
    >>> quantity.comparator, quantity.minimum, quantity.unit.currency
    (<Comparator.MORE_THAN: 'moreThan'>, Decimal('28000000000'), 'USD')
    >>> parse_quantity("9.400", "de").value
    Decimal('9400')
    """
    lx = lexicon(language)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if len(text) > _LONGEST:
        raise QuantityError(f'"{shown}" is too long for a quantity', hint=f"write it {_EXAMPLES}")
    stripped = text.strip()
    if not stripped:
        raise QuantityError("there is no quantity here", hint=f"write one, {_EXAMPLES}")
    low = fold(stripped)
    match = _first(lx, stripped, low)
    if match is None:
        raise _no_number(lx, shown, low, language)
    ahead = low[: match.start].strip()
    if ahead:
        raise _unknown_hedge(lx, shown, stripped[: match.start].strip(), match.quantity)
    if match.end == len(low):
        return match.quantity
    whole = _with_noun(lx, stripped, low, match)
    if whole is None:
        raise QuantityError(
            f'"{shown}": "{stripped[match.end :].strip()}" after the quantity is not understood',
            hint=f"write only the hedge, the number and the unit, {_EXAMPLES}",
        )
    return whole


def parse_share(text: str, language: str = "en") -> Quantity:
    """Read a share: a proportion in words ("almost all"), or any quantity ("80 percent", "half").

    Args:
        text: the share.
        language: language tag.

    Returns:
        The quantity. For a proportion in words it has `proportion`, the local name of the concept
        in the scheme `lod:proportions`, and no number.

    Raises:
        QuantityError: the text is no share.

    >>> parse_share("almost all").proportion
    'almostAll'
    >>> parse_share("two-fifths").value
    Decimal('0.4')
    """
    if len(text) <= _LONGEST:
        proportion = proportion_of(text, language)
        if proportion is not None:
            return proportion
    try:
        return parse_quantity(text, language)
    except QuantityError as error:
        words = lexicon(language).data["proportions"]
        known = '", "'.join(phrases[0] for phrases in words.values())
        hint = f'{error.hint}; a share may also be said in words: "{known}"'
        raise QuantityError(error.message, hint=hint) from None


def _first(lx: Lexicon, text: str, low: str) -> QuantityMatch | None:
    end = 0
    for start in lx.start.finditer(low):
        if start.start() >= end:
            match = read_quantity(lx, text, low, start.start())
            if match is not None:
                return match
    return None


def _no_number(lx: Lexicon, shown: str, low: str, language: str) -> QuantityError:
    words = low.split()
    proportion = proportion_of(low, language)
    if proportion is not None:
        return QuantityError(
            f'"{shown}" is a proportion in words, not a number',
            hint="give it as the share: of the claim, or write a number",
        )
    if any(word in lx.vague for word in words) or " ".join(words[:2]) in lx.vague:
        return QuantityError(
            f'"{shown}" says no number',
            hint="keep the words as text: {text: …}; a number that the source does not give "
            "would be invented",
        )
    return QuantityError(
        f'"{shown}" is no quantity: a number was expected, with its hedge and unit',
        hint=f"write it {_EXAMPLES}" + _format_hint(lx, low),
    )


def _format_hint(lx: Lexicon, low: str) -> str:
    """How the language writes numbers, where the text has digits that it does not write so."""
    if not any(char.isdigit() for char in low):
        return ""
    numbers = lx.data["numbers"]
    group, decimal = numbers["group"][0], numbers["decimal"][0]
    return f"; numbers are written like 1{group}234{decimal}5 in this language"


def _unknown_hedge(lx: Lexicon, shown: str, ahead: str, quantity: Quantity) -> QuantityError:
    if quantity.comparator is Comparator.BETWEEN:
        return QuantityError(
            f'"{shown}": a range takes no other hedge', hint=f'leave "{ahead}" out'
        )
    known = '", "'.join(lx.data["format"]["hedges"].values())
    return QuantityError(
        f'"{shown}": "{ahead}" before the number is no known hedge',
        hint=f'known hedges are "{known}" and their synonyms',
    )


def _with_noun(lx: Lexicon, text: str, low: str, match: QuantityMatch) -> Quantity | None:
    """The quantity with what is counted as its unit, or None where the rest is no noun phrase."""
    quantity = match.quantity
    start = match.end
    if low[start] not in " -" or quantity.proportion is not None:
        return None
    end = len(low)
    comparator = quantity.comparator
    after = _after_pattern(lx).search(low, start)
    if after is not None and comparator is Comparator.EXACTLY:
        found = lx.after.longest(low, after.start())
        if found is not None:
            comparator, end = found[0], after.start()
    per = quantity.per
    rate = _rate_pattern(lx).search(low, start + 1, end)
    if rate is not None and per is None:
        denominator, stop = read_per(lx, text[:end], low[:end], rate.start())
        if denominator is not None and stop == end:
            per, end = denominator, rate.start()
    rest = " ".join(text[start + 1 : end].split())
    if quantity.unit is not None:
        return _qualified(lx, quantity, rest)
    first = low[start + 1 : end].lstrip().partition(" ")[0]
    if not _NOUNS.fullmatch(rest) or first in lx.not_units:
        return None
    if comparator is not quantity.comparator and quantity.value is not None:
        return hedged(comparator, quantity.value, unit=Unit(rest), per=per)
    return _replace(quantity, Unit(rest), per)


def _qualified(lx: Lexicon, quantity: Quantity, rest: str) -> Quantity | None:
    """A unit of something, as tables name it: "4.1 percent of GDP"."""
    unit = quantity.unit
    if unit is None or unit.currency is not None or unit.qudt is None or quantity.per is not None:
        return None
    first, _, noun = rest.partition(" ")
    if first not in lx.unit_of or not _NOUNS.fullmatch(noun):
        return None
    if not lx.not_units.isdisjoint(fold(noun).split()):
        return None
    return _replace(quantity, Unit(f"{unit.text} {rest}", None, unit.qudt, unit.wikidata), None)


def _replace(quantity: Quantity, unit: Unit, per: Quantity | None) -> Quantity:
    return Quantity(
        quantity.comparator,
        quantity.value,
        quantity.minimum,
        quantity.maximum,
        unit,
        per,
        quantity.ordinal,
    )


@lru_cache(maxsize=64)
def _after_pattern(lx: Lexicon) -> re.Pattern[str]:
    phrases = [phrase for phrases in lx.data["hedges"]["after"].values() for phrase in phrases]
    return re.compile(f" {any_of(phrases)}$")


@lru_cache(maxsize=64)
def _rate_pattern(lx: Lexicon) -> re.Pattern[str]:
    return re.compile(f" {any_of([*lx.data['per']['words'], *lx.data['per']['articles']])} ")
