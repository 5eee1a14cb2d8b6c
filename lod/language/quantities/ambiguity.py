"""Refuses numbers that another language would read otherwise, where nothing says which is meant."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lod.language.data import FALLBACK, unit_data
from lod.language.quantities.amounts import read_unit
from lod.language.quantities.formatting import format_quantity
from lod.language.quantities.lexicon import Lexicon, any_of, lexicon
from lod.language.quantities.matches import QuantityError
from lod.language.quantities.phrases import fold
from lod.patterns import lazy

if TYPE_CHECKING:
    import re

    from lod.model.quantity import Quantity

_ONE_SEPARATOR = lazy(r"(?<![0-9.,])(0*[1-9][0-9]{0,2})([.,])([0-9]{3})(?![.,]?[0-9])")
_DECIMAL_COMMA = lazy(r"(?<![0-9.,])([0-9]+),([0-9]{1,2}|[0-9]{4,})(?![.,]?[0-9])")
_AFTER_NUMBER = lazy(r"[0-9] ?((?:[^\W\d_][\w'.-]* ?)+)$")


def check_same_everywhere(text: str, english: Lexicon) -> None:
    """Check that a quantity in English has a number that every language reads alike.

    Args:
        text: the quantity.
        english: the lexicon of English.

    Raises:
        QuantityError: one separator stands before three digits ("1.234"), a word of scale has
            several values ("billion"), or a word before the unit is not known ("28 milliards USD").

    >>> from lod.language.quantities.lexicon import lexicon
    >>> check_same_everywhere("more than 1,234,567 USD", lexicon("en"))
    >>> check_same_everywhere("1.234 EUR", lexicon("en"))
    Traceback (most recent call last):
    ...
    lod.language.quantities.matches.QuantityError: "1.234 EUR" may be 1234 or have a fraction
    """
    shown = text.strip()
    low = fold(shown)
    if (found := _ONE_SEPARATOR.search(low)) is not None:
        whole, _, rest = found.groups()
        raise QuantityError(
            f'"{shown}" may be {whole}{rest} or have a fraction',
            hint=f"write {whole}{rest} for the one, {whole}.{rest}0 for the other: lod has no data "
            "for the language of the text, and reads numbers as English writes them",
        )
    if (found := _DECIMAL_COMMA.search(low)) is not None:
        raise QuantityError(
            f'"{shown}" has a comma before {len(found[2])} digits',
            hint=f"write {found[1]}.{found[2]}: lod has no data for the language of the text, and "
            "reads numbers as English writes them",
        )
    words = low.replace("-", " ").split()
    for word, factors in unit_data()["several_values"].items():
        if word in words:
            _refuse_scale(shown, word, factors, english)
    after = _AFTER_NUMBER.search(shown)
    if after is not None:
        _check_unit(shown, after[1].split(), english)


def _check_unit(shown: str, words: list[str], english: Lexicon) -> None:
    """Refuse an unknown word between the number and a unit: it may be one of scale."""
    if fold(words[0]) in english.scales:
        words = words[1:]
    ends = {*english.not_units, *english.data["per"]["words"]}
    stop = next((at for at, word in enumerate(words) if fold(word) in ends), len(words))
    for at in range(stop):
        tail = " " + " ".join(words[at:stop])
        if read_unit(english, tail, fold(tail), 0) is not None:
            if at:
                raise QuantityError(
                    f'"{shown}": "{" ".join(words[:at])}" before the unit is not known',
                    hint="write the number in digits and the unit in English: lod has no data "
                    "for the language of the text",
                )
            return


def _refuse_scale(shown: str, word: str, factors: list[int], english: Lexicon) -> None:
    """Raise the error for a word such as "billion", with the number in digits."""
    digits = fold(shown).partition(word)[0]
    match = english.digits.search(digits)
    written = []
    if match is not None and match.end() == len(digits.rstrip(" -")):
        number = Decimal(match[1].translate(english.no_groups) + "." + (match[2] or "0"))
        # all the places, grouped: two separators leave no doubt
        written = [f"{int(number * factor):,}" for factor in factors]
    hint = f"write {written[0]} or {written[1]}" if written else "write the number in digits"
    raise QuantityError(
        f'"{shown}": "{word}" is 10^{len(str(factors[0])) - 1} in some languages and '
        f"10^{len(str(factors[1])) - 1} in others",
        hint=f"{hint}: lod has no data for the language of the text",
    )


def check_scale_words(text: str, english: Quantity, language: str) -> None:
    """Check that no word of scale of a text that English alone can read has two values.

    "28.5 billion USD" is 28.5·10^9 in English. In the facts of a French text, where numbers have
    no such point, "billion" is 10^12; in those of a Spanish text it may stand for "billones". In
    German the capital of "Billion" says which it is.

    Args:
        text: the quantity.
        english: what it is in English; the language itself cannot read it.
        language: tag of the text that it belongs to.

    Raises:
        QuantityError: a word of scale has another value in the language of the text.

    >>> from lod.language.quantities.parsing import parse_quantity
    >>> check_scale_words("28 million USD", parse_quantity("28 million USD"), "fr")
    >>> check_scale_words("2.5 billion USD", parse_quantity("2.5 billion USD"), "fr")
    Traceback (most recent call last):
    ...
    lod.language.quantities.matches.QuantityError: "2.5 billion USD": "billion" is 10^9 in English \
and 10^12 in the language of the text
    """
    lx, shown = lexicon(language), text.strip()
    found = _two_valued(lx).findall(fold(shown)) if lx.two_valued else []
    if not found:
        return
    word = found[0]
    scales = lexicon(FALLBACK).scales
    theirs, ours = scales[word], lx.two_valued[word]
    hint = "write the number in digits"
    if all(scales.get(one, theirs) == theirs for one in fold(shown).replace("-", " ").split()):
        larger = replace(
            english,
            **{
                name: value * ours / theirs
                for name in ("value", "minimum", "maximum")
                if (value := getattr(english, name)) is not None
            },
        )
        ways = (format_quantity(one, language) for one in (english, larger))
        hint = "write " + " or ".join(f'"{way}"' for way in ways)
    raise QuantityError(
        f'"{shown}": "{word}" is 10^{len(str(theirs)) - 1} in English and '
        f"10^{len(str(ours)) - 1} in the language of the text",
        hint=hint,
    )


@lru_cache(maxsize=64)
def _two_valued(lx: Lexicon) -> re.Pattern[str]:
    return lazy(rf"(?<![^\W\d_]){any_of(lx.two_valued)}(?![^\W\d_])")
