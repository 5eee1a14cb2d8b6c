"""Quantities and shares as facts give them: what is written, and what is refused.

Expected readings are written in a notation: the hedge (`=` exactly, `>` more than, `>=` at least,
`>~` just over, `<`, `<=`, `<~` almost, `~` approximately, `a..b` between), the number as it is
kept, `#` for an ordinal, the currency code or the text of the unit, and `/` with the denominator.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from lod.errors import LodError
from lod.language.quantities import (
    QuantityError,
    format_quantity,
    is_supported,
    parse_quantity,
    parse_share,
)
from lod.model.quantity import Comparator, Quantity

_SIGNS = {
    Comparator.EXACTLY: "=",
    Comparator.MORE_THAN: ">",
    Comparator.AT_LEAST: ">=",
    Comparator.JUST_OVER: ">~",
    Comparator.LESS_THAN: "<",
    Comparator.AT_MOST: "<=",
    Comparator.ALMOST: "<~",
    Comparator.APPROXIMATELY: "~",
}
_FILLS = {
    Comparator.EXACTLY: "value",
    Comparator.APPROXIMATELY: "value",
    Comparator.MORE_THAN: "minimum",
    Comparator.AT_LEAST: "minimum",
    Comparator.JUST_OVER: "minimum",
    Comparator.LESS_THAN: "maximum",
    Comparator.AT_MOST: "maximum",
    Comparator.ALMOST: "maximum",
}


def notation(quantity: Quantity) -> str:
    """The quantity in the notation of the tables; it also holds which bounds are filled."""
    if quantity.proportion is not None:
        assert (quantity.value, quantity.minimum, quantity.maximum) == (None, None, None)
        assert quantity.unit is None
        return quantity.proportion
    filled = {
        name for name in ("value", "minimum", "maximum") if getattr(quantity, name) is not None
    }
    if quantity.comparator is Comparator.BETWEEN:
        assert filled == {"minimum", "maximum"}
        text = f"{quantity.minimum}..{quantity.maximum}"
    else:
        assert filled == {_FILLS[quantity.comparator]}
        (name,) = filled
        text = f"{_SIGNS[quantity.comparator]}{getattr(quantity, name)}"
    if quantity.ordinal:
        text += "#"
    if quantity.unit is not None:
        text += f" {quantity.unit.currency or quantity.unit.text}"
    if quantity.per is not None:
        per = quantity.per
        text += f" / {per.value}" + (f" {per.unit.currency or per.unit.text}" if per.unit else "")
    return text


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        ("exceeding the threshold of $28 billion", "en", "more than 28 billion USD"),
        ("28,000,000,000", "en", "28 billion"),
        ("23000 enterprises", "en", "23,000 enterprises"),
        ("1234567", "en", "1,234,567"),
        ("3.20 percent", "en", "3.20 percent"),
        ("5–7 percent", "en", "between 5 and 7 percent"),
        ("between 5 and 7 million", "en", "between 5 million and 7 million"),
        ("between 5 and 7,000,000", "en", "between 5 and 7,000,000"),
        ("one hour", "en", "1 hour"),
        ("$80 a barrel", "en", "80 USD per barrel"),
        ("a third", "en", "1 in 3"),
        ("twenty-third", "en", "23rd"),
        ("111th", "en", "111th"),
        ("just under 5", "en", "almost 5"),
        ("1,24 Milliarden Franken", "de", "1,24 Milliarden CHF"),
        ("eine Million", "de", "1 Million"),
        ("knapp 9400 Schulen", "de", "fast 9.400 Schulen"),
        ("-3,5 %", "de", "-3,5 Prozent"),
    ],
)
def test_quantities_are_written_for_sentences(text: str, language: str, written: str) -> None:
    assert format_quantity(parse_quantity(text, language), language) == written


def test_a_quantity_can_be_written_in_another_language() -> None:
    assert format_quantity(parse_quantity("mehr als 80 Prozent", "de"), "en") == (
        "more than 80 percent"
    )
    assert format_quantity(parse_quantity("0.2 percentage points"), "de") == "0,2 Prozentpunkte"


def test_writing_keeps_the_digits_of_each_quantity() -> None:
    assert format_quantity(parse_quantity("3.2")) == "3.2"
    assert format_quantity(parse_quantity("3.20")) == "3.20"


def test_units_carry_their_identifiers() -> None:
    money = parse_quantity("5 USD").unit
    percent = parse_quantity("5 percent").unit
    points = parse_quantity("5 percentage points").unit
    assert money is not None
    assert percent is not None
    assert points is not None
    assert (money.text, money.currency, money.wikidata) == ("US dollars", "USD", "Q4917")
    assert money.qudt == "http://qudt.org/vocab/unit/CCY_USD"
    assert (percent.qudt, percent.wikidata) == ("http://qudt.org/vocab/unit/PERCENT", "Q11229")
    assert points.qudt is None


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("almost all", "en", "almostAll"),
        ("Nearly all", "en", "almostAll"),
        ("all", "en", "all"),
        ("most", "en", "most"),
        ("the vast majority", "en", "most"),
        ("a majority", "en", "majority"),
        ("many", "en", "many"),
        ("several", "en", "several"),
        ("some", "en", "some"),
        ("few", "en", "few"),
        ("hardly any", "en", "hardlyAny"),
        ("none", "en", "none"),
        ("two-fifths", "en", "=0.4"),
        ("half", "en", "=0.5"),
        ("more than 80 percent", "en", ">80 percent"),
        ("fast alle", "de", "almostAll"),
        ("die meisten", "de", "most"),
        ("ein Drittel", "de", "=1 / 3"),
    ],
)
def test_shares_are_read(text: str, language: str, expected: str) -> None:
    share = parse_share(text, language)
    assert notation(share) == expected
    assert notation(parse_share(format_quantity(share, language), language)) == expected


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("", "en", "no quantity here"),
        ("  \n", "en", "no quantity here"),
        ("NaN", "en", "a number was expected"),
        ("inf", "en", "a number was expected"),
        ("1e", "en", "a number was expected"),
        ("0x10", "en", "a number was expected"),
        ("1,24", "en", "a number was expected"),
        ("1.234.567", "en", "a number was expected"),
        ("12:30", "en", "a number was expected"),
        ("2024-11-27", "en", "a number was expected"),
        ("Soyuz-5", "en", "a number was expected"),
        ("5G", "en", "a number was expected"),
        ("1980s", "en", "a number was expected"),
        ("٣", "en", "a number was expected"),
        ("５", "en", "a number was expected"),
        ("million", "en", "a number was expected"),
        ("USD", "en", "a number was expected"),
        ("3,2.5", "de", "a number was expected"),
        ("dozens of schools", "en", "says no number"),
        ("hundreds", "en", "says no number"),
        ("Dutzende Schulen", "de", "says no number"),
        ("almost all", "en", "proportion in words"),
        ("28 billion USD foo", "en", '"foo" after the quantity'),
        ("28 billion last year", "en", '"last year" after the quantity'),
        ("80 percent of exports last year", "en", "after the quantity"),
        ("60,000 students (2024)", "en", "after the quantity"),
        ("5; 6", "en", "after the quantity"),
        ("5, 6", "en", "after the quantity"),
        ("foo 5", "en", '"foo" before the number'),
        ("May 9", "en", '"May" before the number'),
        ("about 5 to 7 percent", "en", "a range takes no other hedge"),
        ("5 " + "x" * 500, "en", "too long"),
        ("9" * 100, "en", "a number was expected"),
    ],
)
def test_what_is_no_quantity_is_refused_with_a_reason(text: str, language: str, said: str) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text, language)
    assert said in caught.value.message
    assert caught.value.hint
    assert len(caught.value.message) < 250
    assert isinstance(caught.value, LodError)


def test_a_share_that_cannot_be_read_names_the_words_for_shares() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_share("lots")
    assert "almost all" in (caught.value.hint or "")


def test_the_number_format_is_hinted_at() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity("3,2.5", "de")
    assert "1.234,5" in (caught.value.hint or "")


def test_large_numbers_stay_exact() -> None:
    digits = "123456789012345678901234567890123456789"
    assert parse_quantity(digits).value == Decimal(digits)
    expected = Decimal(f"1{digits[:6]}.{digits[6:]}")
    assert parse_quantity(f"1.{digits} million").value == expected


def test_languages_without_data_are_known() -> None:
    assert is_supported("de-AT")
    assert not is_supported("uk")
