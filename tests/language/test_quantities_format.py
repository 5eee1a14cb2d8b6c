"""What is written is read as the same quantity: for quantities of every kind."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lod.language.quantities import (
    format_change,
    format_quantity,
    match_quantity,
    parse_change,
    parse_quantity,
    parse_share,
)
from lod.language.quantities.lexicon import lexicon
from lod.language.quantities.reading import hedged
from lod.model.quantity import Change, Comparator, Direction, Quantity, Unit

LANGUAGES = st.sampled_from(["en", "de", "de-CH"])
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15).map(Decimal),
    st.integers(1, 999).map(lambda number: Decimal(number) * 10**6),
    st.integers(1, 99999).map(lambda number: Decimal(number) * 10**7),
    st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=2),
    st.decimals(0, 10, allow_nan=False, allow_infinity=False, places=6),
)
SINGLE = st.sampled_from([one for one in Comparator if one is not Comparator.BETWEEN])
UNITS = st.sampled_from(
    [None, "concentr-percent", "percentage-point", "mass-tonne", "short-ton", "duration-hour",
     "area-square-kilometer", "speed-kilometer-per-hour", "temperature-celsius", "times", "degree",
     "energy-kilowatt-hour", "volume-barrel", "USD", "EUR", "CHF", "KZT", "GBP"]
)  # fmt: skip
COUNTED = st.sampled_from([None, "students", "short films", "Schulen", "well-known individuals"])


@st.composite
def quantities(draw: st.DrawFn, language: str) -> Quantity:
    """Any quantity that can be said in a language."""
    table = lexicon(language).units
    key = draw(UNITS)
    counted = draw(COUNTED)
    unit = table.unit(key) if key else Unit(counted) if counted else None
    per: Quantity | None = None
    if unit is not None and draw(st.booleans()):
        denominator = draw(UNITS)
        count = draw(st.sampled_from([Decimal(1), Decimal(1000), Decimal(10**6)]))
        other = table.unit(denominator) if denominator else Unit("call")
        per = Quantity(Comparator.EXACTLY, count, unit=other)
    if draw(st.booleans()):
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        if low < high:
            return Quantity(Comparator.BETWEEN, None, low, high, unit, per)
    if unit is None and draw(st.booleans()):
        number = draw(st.integers(1, 9999).map(Decimal))
        return hedged(Comparator.EXACTLY, number, ordinal=True)
    return hedged(draw(SINGLE), draw(NUMBERS), unit=unit, per=per)


@given(LANGUAGES, st.data())
def test_a_written_quantity_reads_as_itself(language: str, data: st.DataObject) -> None:
    quantity = data.draw(quantities(language))
    written = format_quantity(quantity, language)
    assert parse_quantity(written, language) == quantity, written


@given(LANGUAGES, st.data())
def test_a_written_quantity_is_found_in_a_sentence(language: str, data: st.DataObject) -> None:
    quantity = data.draw(quantities(language))
    quote = f"Xyz, {format_quantity(quantity, language)}, xyz"
    result = match_quantity(quantity, quote, language)
    assert result.agrees, (quote, result)


@given(st.integers(1, 30), st.integers(2, 30), LANGUAGES, SINGLE)
def test_fractions_read_as_themselves(
    numerator: int, denominator: int, language: str, comparator: Comparator
) -> None:
    fraction = parse_quantity(f"{numerator}/{denominator}")
    assert fraction.value is not None
    quantity = hedged(comparator, fraction.value, per=fraction.per)
    written = format_quantity(quantity, language)
    assert parse_share(written, language) == quantity, written


@given(LANGUAGES, st.data(), st.sampled_from([Direction.UP, Direction.DOWN]), st.booleans())
def test_a_written_change_reads_as_itself(
    language: str, data: st.DataObject, direction: Direction, ongoing: bool
) -> None:
    amount = data.draw(st.none() | quantities(language))
    change = Change(direction, amount, ongoing)
    if amount is None:
        assert parse_change(format_change(change, language), language) == change
    elif not amount.ordinal and all(
        bound is None or bound >= 0 for bound in (amount.value, amount.minimum, amount.maximum)
    ):
        written = format_change(change, language)
        assert parse_change(written, language) == change, written
