"""Quantities for the page: in words, and as what is known of the number."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lod.facts.quantities import format_change, format_quantity
from lod.model.quantity import Comparator

if TYPE_CHECKING:
    from lod.model.quantity import Change, Quantity

#: The sign of each hedge, before the number that it is said of.
SIGNS = {
    Comparator.EXACTLY: "=",
    Comparator.APPROXIMATELY: "≈",
    Comparator.MORE_THAN: ">",
    Comparator.JUST_OVER: ">",
    Comparator.AT_LEAST: "≥",
    Comparator.LESS_THAN: "<",
    Comparator.ALMOST: "<",
    Comparator.AT_MOST: "≤",
}


def quantity_words(quantity: Quantity, language: str) -> tuple[str, str | None]:
    r"""A quantity in words, and its bounds in signs.

    Args:
        quantity: any quantity.
        language: of the words.

    Returns:
        The words; and the bounds, or None for a proportion that has no number.

    >>> from lod.facts.quantities import parse_quantity
    >>> quantity_words(parse_quantity("more than 28 billion USD"), "en")
    ('more than 28 billion USD', '> 28\u202f000\u202f000\u202f000')
    """
    return format_quantity(quantity, language), bounds(quantity)


def change_words(change: Change, language: str) -> tuple[str, str | None]:
    """A change in words, and the bounds of its amount where it has one."""
    amount = None if change.amount is None else bounds(change.amount)
    return format_change(change, language), amount


def bounds(quantity: Quantity) -> str | None:
    """What is known of a number, in signs; None where there is no number.

    >>> from lod.facts.quantities import parse_quantity
    >>> bounds(parse_quantity("between 3 and 4 percent"))
    '3 … 4'
    """
    if quantity.proportion is not None:
        return None
    if quantity.comparator is Comparator.BETWEEN:
        return f"{plain(quantity.minimum)} … {plain(quantity.maximum)}"
    known = (quantity.value, quantity.minimum, quantity.maximum)
    number = next((one for one in known if one is not None), None)
    return None if number is None else f"{SIGNS[quantity.comparator]} {plain(number)}"


def plain(number: Decimal | None) -> str:
    r"""A number in digits, its thousands apart by narrow spaces, which every language reads.

    >>> plain(Decimal("28E9")), plain(Decimal("-0.25"))
    ('28\u202f000\u202f000\u202f000', '-0.25')
    """
    if number is None:
        return ""
    if abs(number.adjusted()) > 30:
        return f"{number:.3E}"
    return f"{number:,f}".replace(",", "\u202f")
