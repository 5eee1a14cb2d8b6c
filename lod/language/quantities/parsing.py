"""Reads a text that is one quantity, as the facts give it."""

from __future__ import annotations

import re
from functools import lru_cache

from lod.language.data import FALLBACK, is_supported
from lod.language.quantities.amounts import read_unit
from lod.language.quantities.finding import proportion_of
from lod.language.quantities.lexicon import Lexicon, any_of, lexicon
from lod.language.quantities.matches import QuantityError, QuantityMatch, UnknownScaleError
from lod.language.quantities.reading import hedged, read_per, read_quantity
from lod.model.quantity import Comparator, Quantity, Unit
from lod.patterns import lazy

_EXAMPLES = (
    'such as "more than 28 billion USD", "80 percent", "between 5 and 7" or "60,000 students"'
)
# What is counted: up to six words that begin with a letter.
_NOUNS = lazy(r"[^\W\d_][\w'’./-]*(?: [^\W\d_][\w'’./-]*){0,5}")
_LONGEST = 200  # code points; longer texts are no quantity
_LEAST_ALIKE, _ALIKE = 6, 0.85  # letters of a word, and how like a word of scale it is written
_SHOWN = 60  # code points of the text that a message repeats


@lru_cache(maxsize=4096)
def parse_quantity(text: str, language: str = "en") -> Quantity:
    """Read a text that is one quantity: hedge, number, unit; in the language, or in English.

    What follows the number and is no known unit is what is counted: `60,000 students`. The number
    format is that of the language where the text can be read in it: `9.400` is 9,400 in German and
    9.4 in English. A bare `$` is the US dollar, unless the region of the language tag has a dollar
    of its own (`en-CA`).

    In a language without data the text is read as English, and refused where another language
    would read it otherwise: `1.234`, `1 billion`, `28 milliards USD`. So is, in a language that has
    data, what English alone can read and has a word of scale with two values: `28.5 billion USD`
    in the facts of a French text, where `28 billion USD` is French.

    Args:
        text: the quantity.
        language: language tag.

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
    if not is_supported(language):
        from lod.language.quantities.ambiguity import check_same_everywhere

        check_same_everywhere(text, lexicon(FALLBACK))
    lx = lexicon(language)
    if lx.english_scales and not lx.english_scales.isdisjoint(text.replace("-", " ").split()):
        return _read(text, FALLBACK)  # "3 billion CHF" in German, which writes "Billion"
    try:
        own = _read(text, language)
    except QuantityError as error:
        if lx.language == FALLBACK:
            raise
        try:
            english = _read(text, FALLBACK)
        except QuantityError:
            raise error from None
        _check_scale_words(text, english, lx, language)
        if isinstance(error, UnknownScaleError) and english.unit and not _is_known(english):
            raise
        return english
    if lx.language == FALLBACK:
        return own
    if _is_known(own) or own.unit is None:
        return own
    return _in_english(text, own, language)


def _is_known(quantity: Quantity) -> bool:
    unit = quantity.unit
    return unit is not None and (unit.currency or unit.qudt) is not None


def _check_scale_words(text: str, english: Quantity, lx: Lexicon, language: str) -> None:
    if lx.two_valued:
        from lod.language.quantities.ambiguity import check_scale_words

        check_scale_words(text, english, language)


def _in_english(text: str, own: Quantity, language: str) -> Quantity:
    """Of a text in another language, the reading as English where only that knows the unit.

    Raises:
        QuantityError: the two readings have different numbers.
    """
    try:
        english = _read(text, FALLBACK)
    except QuantityError:
        return own
    if not _is_known(english):
        return own
    ends = [(one.value, one.minimum, one.maximum) for one in (own, english)]
    if ends[0] != ends[1]:
        name = lexicon(language).units.name(english.unit, plural=0) if english.unit else ""
        raise QuantityError(
            f'"{text.strip()}" has the unit in English, and a number that English reads otherwise',
            hint=f'write the unit in the language of the text: "{name}"',
        )
    return english


def _read(text: str, language: str) -> Quantity:
    """The quantity that a text is in one language."""
    lx = lexicon(language)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    if len(text) > _LONGEST:
        raise QuantityError(f'"{shown}" is too long for a quantity', hint=f"write it {_EXAMPLES}")
    stripped = text.strip()
    if not stripped:
        raise QuantityError("there is no quantity here", hint=f"write one, {_EXAMPLES}")
    low = lx.fold(stripped)
    match = _first(lx, stripped, low)
    if match is None:
        raise _no_number(lx, shown, low, language)
    ahead = low[: match.start].strip()
    if ahead:
        raise _unknown_hedge(lx, shown, stripped[: match.start].strip(), match.quantity)
    if match.end == len(low) or (low[match.end :] == "." and match.quantity.unit is not None):
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
        if lexicon(language).language != FALLBACK:
            proportion = proportion_of(text, FALLBACK)
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
    for word in words:
        if (known := lx.foreign_scales.get(word.strip(".,-"))) is not None:
            return _unknown_scale(lx, shown, word.strip(".,-"), known)
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


def _unknown_scale(lx: Lexicon, shown: str, word: str, known: str) -> QuantityError:
    """A word that multiplies in another language, or is written like one of this one."""
    near = known or next(iter(_near(lx, word, 0.6)), "")
    return UnknownScaleError(
        f'"{shown}": "{word}" is no word of scale in this language',
        hint=f'the nearest is "{near}"; or write the number in digits'
        if near
        else "write the number in digits",
    )


def _near(lx: Lexicon, word: str, alike: float) -> list[str]:
    """The word of scale that is most like another word, if any is."""
    from difflib import get_close_matches  # few texts need it

    return get_close_matches(word, lx.scales, 1, alike)


def _check_noun(lx: Lexicon, shown: str, rest: str) -> None:
    """Check that what is counted hides no word of scale: "28 billions USD", "5 milion people".

    Raises:
        QuantityError: it does.
    """
    words = rest.split()
    first = lx.fold(words[0]).strip(".")
    if len(first) >= _LEAST_ALIKE and (near := _near(lx, first, _ALIKE)):
        raise _unknown_scale(lx, shown, words[0], near[0])
    for at in range(1, len(words)):
        tail = " ".join(words[at:])
        found = read_unit(lx, f" {tail}", lx.fold(f" {tail}"), 0)
        if found is not None and found[0] in lx.units.codes:
            raise QuantityError(
                f'"{shown}": "{" ".join(words[:at])}" stands between the number and the currency '
                "and is not known",
                hint=f"words of scale are {', '.join(lx.long_scales)}; or write the number in "
                "digits",
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
    if quantity.unit is None and (link := lx.of_many.match(low, start)) is not None:
        start = link.end() - 1
    rest = " ".join(text[start + 1 : end].split())
    if quantity.unit is not None:
        return _qualified(lx, quantity, rest)
    first = low[start + 1 : end].lstrip().partition(" ")[0]
    if not _NOUNS.fullmatch(rest) or first in lx.not_units:
        return None
    _check_noun(lx, text, rest)
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
    if not lx.not_units.isdisjoint(lx.fold(noun).split()):
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
    return lazy(f" {any_of(phrases)}$")


@lru_cache(maxsize=64)
def _rate_pattern(lx: Lexicon) -> re.Pattern[str]:
    return lazy(f" {any_of([*lx.data['per']['words'], *lx.data['per']['articles']])} ")
