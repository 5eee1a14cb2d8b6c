"""Writes quantities for sentences; what is written can be read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lod.language.inflection import run_on
from lod.language.quantities.lexicon import Lexicon, lexicon
from lod.model.quantity import Change, Comparator, Quantity

_LARGEST = 10**24  # larger numbers are written in digits


def format_quantity(quantity: Quantity, language: str = "en") -> str:
    """Write a quantity as news does: hedge, number, unit.

    Currencies are written by their codes, units by their names in the language. `parse_share`
    reads the result as the same quantity, as far as the language knows its unit.

    Args:
        quantity: any quantity.
        language: language tag.

    Returns:
        A phrase for a sentence, in the number format of the language.

    >>> from lod.language.quantities.parsing import parse_quantity
    >>> format_quantity(parse_quantity("exceeding the threshold of $28 billion"))
    'more than 28 billion USD'
    >>> format_quantity(parse_quantity("80 %", "de"), "de")
    '80 Prozent'
    """
    lx = lexicon(language)
    data: Mapping[str, Any] = lx.data["format"]
    if quantity.proportion is not None:
        phrases = lx.data["proportions"].get(quantity.proportion)
        return str(phrases[0]) if phrases else quantity.proportion
    comparator = quantity.comparator
    if comparator is Comparator.BETWEEN:
        bounds = (quantity.minimum or Decimal(0), quantity.maximum or Decimal(0))
        # A scale that stands once holds for both ends: written out where they differ in it.
        scaled = len({_scale(lx, bound) for bound in bounds}) == 1
        words = str(data["between"]).format(
            *(_number(lx, bound, scaled=scaled) for bound in bounds)
        )
        last = bounds[1] if "plurals" in data else None
        return words + _unit(lx, quantity, words, last, scaled=scaled) + _per(lx, quantity)
    value = next(
        (one for one in (quantity.value, quantity.minimum, quantity.maximum) if one is not None),
        Decimal(0),
    )
    per = quantity.per
    if quantity.unit is None and per is not None and per.unit is None:
        whole = per.value or Decimal(1)
        pattern = str(data["ratio"]) if 1 <= value < whole else "{0}/{1}"
        words = pattern.format(_number(lx, value, scaled=False), _number(lx, whole, scaled=False))
    else:
        number = _ordinal(lx, value) if quantity.ordinal else _number(lx, value)
        words = number + _unit(lx, quantity, number, value) + _per(lx, quantity)
    if comparator is Comparator.EXACTLY:
        return words
    return f"{data['hedges'][comparator.value]} {words}"


def format_change(change: Change, language: str = "en") -> str:
    """Write a change: its direction and, where it is known, by how much.

    Args:
        change: any change.
        language: language tag.

    Returns:
        A phrase that `parse_change` reads as the same change.

    >>> from lod.language.quantities.changes import parse_change
    >>> format_change(parse_change("rose by 0.2 percentage points"))
    'up 0.2 percentage points'
    """
    words = lexicon(language).data["format"]["changes"][change.direction.value]
    direction = str(words[1] if change.ongoing else words[0])
    if change.amount is None:
        return direction
    amount = format_quantity(change.amount, language)
    of = lexicon(language).data["numbers"]["more"].get("of_change")
    return f"{direction} {run_on(of, amount, language) if of else amount}"


def _scale(lx: Lexicon, value: Decimal) -> tuple[int, str]:
    """The largest scale that leaves at most three digits behind the point, and its name."""
    size = abs(value)
    if size < _LARGEST and size == size.to_integral_value():
        for scale, name in lx.data["format"]["units"]:
            if size >= scale and int(size) % (scale // 1000) == 0:
                return scale, name
    return 1, ""


def _number(lx: Lexicon, value: Decimal, *, scaled: bool = True) -> str:
    size = abs(value)
    sign = "-" if value.is_signed() and size else ""
    scale, name = _scale(lx, value) if scaled else (1, "")
    if scale == 1:
        return sign + _grouped(lx, format(size, "f"))
    short = format((size / scale).normalize(), "f")
    grouped = _grouped(lx, short)
    forms = [name, *lx.data["format"]["singular"].get(name, ())]
    plural = _plural(lx, grouped)
    return f"{sign}{grouped} {forms[plural] if len(forms) > plural else name}"


def _plural(lx: Lexicon, number: str) -> int:
    """Which name of a unit or scale a written number takes: a place among the plurals."""
    plurals = lx.data["format"].get("plurals")
    if plurals is None:
        return int(number == "1")
    return next((at for at, (_, pattern) in enumerate(plurals) if re.search(pattern, number)), 0)


def _grouped(lx: Lexicon, plain: str) -> str:
    whole, _, fraction = plain.partition(".")
    group = lx.data["format"]["group"]
    parts: list[str] = []
    # Spanish writes 2000, and 20 000
    while len(whole) >= (4 if parts else lx.data["numbers"]["more"].get("group_from", 4)):
        whole, last = whole[:-3], whole[-3:]
        parts.append(last)
    grouped = group.join([whole, *reversed(parts)])
    return f"{grouped}{lx.data['numbers']['decimal'][0]}{fraction}" if fraction else grouped


def _ordinal(lx: Lexicon, value: Decimal) -> str:
    default, endings, exceptions = lx.data["format"]["ordinal"]
    plain = format(value, "f")
    number = int(value)
    ending = default if number % 100 in exceptions else endings.get(str(number % 10), default)
    return f"{plain}{ending}"


def _unit(
    lx: Lexicon, quantity: Quantity, number: str, value: Decimal | None, *, scaled: bool = True
) -> str:
    """The unit behind a number, as it is written, and as it is."""
    if quantity.unit is None:
        return ""
    name = lx.units.name(quantity.unit, plural=_plural_of(lx, value, scaled=scaled))
    link = lx.data["numbers"]["more"].get("of_many")
    if link and quantity.unit.currency is None and number.rpartition(" ")[2] in lx.scales:
        name = run_on(link[0], name, lx.language)  # "2 millions de tonnes"
    return f" {name}"


def _plural_of(lx: Lexicon, value: Decimal | None, *, scaled: bool = True) -> int:
    """Which name a unit has behind a number; behind a word of scale that of many."""
    if value is None or (scaled and _scale(lx, value)[0] > 1):
        return 0
    if "plurals" not in lx.data["format"]:
        return int(value == 1)
    return _plural(lx, _number(lx, value, scaled=False))


def _per(lx: Lexicon, quantity: Quantity) -> str:
    """The denominator of a rate; "1" is left out before a unit."""
    per = quantity.per
    if per is None or (quantity.unit is None and per.unit is None):
        return ""
    word = lx.data["format"]["per"]
    number = _number(lx, per.value or Decimal(1))
    if per.unit is None:
        return f" {word} {number}"
    name = lx.units.name(per.unit, plural=_plural_of(lx, per.value))
    return f" {word} {name}" if per.value == 1 else f" {word} {number} {name}"
