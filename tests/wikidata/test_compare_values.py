"""Values of the text against values of Wikidata: quantities with hedges, dates with precision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.language.quantities.parsing import parse_quantity
from lod.model.period import Period
from lod.model.quantity import Comparator, Quantity
from lod.wikidata.compare import Agreement, compare_period, compare_quantity
from lod.wikidata.values import (
    GREGORIAN,
    JULIAN,
    Amount,
    Moment,
    Span,
    amount_of,
    moment_of,
    moment_of_edtf,
)

SAME, COMPATIBLE = Agreement.SAME, Agreement.COMPATIBLE
DIFFERENT, INCOMPARABLE = Agreement.DIFFERENT, Agreement.INCOMPARABLE
DOLLAR, PERCENT = "http://www.wikidata.org/entity/Q4917", "http://www.wikidata.org/entity/Q11229"


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [
        ("28 billion USD", {"amount": "+28000000000", "unit": DOLLAR}, SAME),
        ("28 billion USD", {"amount": "+28000000001", "unit": DOLLAR}, DIFFERENT),
        (
            "28 billion USD",
            {
                "amount": "+28100000000",
                "unit": DOLLAR,
                "lowerBound": "+27900000000",
                "upperBound": "+28300000000",
            },
            COMPATIBLE,
        ),
        # A bound alone is no bound: they come in pairs.
        (
            "28 billion USD",
            {"amount": "+28100000000", "unit": DOLLAR, "lowerBound": "+27900000000"},
            DIFFERENT,
        ),
        ("28 billion USD", {"amount": "+28000000000", "unit": "1"}, INCOMPARABLE),
        ("28 percent", {"amount": "+28", "unit": DOLLAR}, INCOMPARABLE),
        ("28 percent", {"amount": "+28", "unit": PERCENT}, SAME),
        ("28 percent", {"amount": "+28", "unit": "https" + PERCENT[4:]}, SAME),
        ("more than 28 billion USD", {"amount": "+28000000000", "unit": DOLLAR}, DIFFERENT),
        ("more than 28 billion USD", {"amount": "+28000000001", "unit": DOLLAR}, COMPATIBLE),
        ("at least 28 percent", {"amount": "+28", "unit": PERCENT}, COMPATIBLE),
        ("at least 28 percent", {"amount": "+27.9", "unit": PERCENT}, DIFFERENT),
        ("less than 28 percent", {"amount": "+28", "unit": PERCENT}, DIFFERENT),
        ("almost 28 percent", {"amount": "+27.6", "unit": PERCENT}, COMPATIBLE),
        ("almost 28 percent", {"amount": "+28.1", "unit": PERCENT}, DIFFERENT),
        ("about 28 percent", {"amount": "+28", "unit": PERCENT}, COMPATIBLE),
        ("about 28 percent", {"amount": "+28.4", "unit": PERCENT}, COMPATIBLE),
        ("about 28 percent", {"amount": "+28.6", "unit": PERCENT}, DIFFERENT),
        ("between 20 and 30 percent", {"amount": "+25", "unit": PERCENT}, COMPATIBLE),
        ("between 20 and 30 percent", {"amount": "+31", "unit": PERCENT}, DIFFERENT),
        (
            "between 20 and 30 percent",
            {"amount": "+25", "unit": PERCENT, "lowerBound": "+20", "upperBound": "+30"},
            SAME,
        ),
    ],
)
def test_quantities_with_hedges_units_and_bounds(
    words: str, value: dict[str, Any], expected: Agreement
) -> None:
    amount = amount_of(value)
    assert amount is not None
    assert compare_quantity(parse_quantity(words), amount) is expected


def test_circa_makes_an_approximate_amount_the_same() -> None:
    amount = amount_of({"amount": "+28", "unit": PERCENT}, circa=True)
    assert amount is not None
    assert compare_quantity(parse_quantity("about 28 percent"), amount) is SAME


@pytest.mark.parametrize("amount", [None, "", "+abc", "NaN", "Infinity", 5])
def test_what_is_no_amount_is_not_read(amount: object) -> None:
    assert amount_of({"amount": amount, "unit": "1"}) is None


@given(st.decimals(-(10**15), 10**15, places=3), st.decimals(0, 10**6, places=3))
def test_an_exclusive_bound_never_admits_itself(number: Decimal, more: Decimal) -> None:
    above = Quantity(Comparator.MORE_THAN, minimum=number)
    below = Quantity(Comparator.LESS_THAN, maximum=number)
    assert compare_quantity(above, Amount(number)) is DIFFERENT
    assert compare_quantity(below, Amount(number)) is DIFFERENT
    expected = COMPATIBLE if more else DIFFERENT
    assert compare_quantity(above, Amount(number + more)) is expected
    assert compare_quantity(below, Amount(number - more)) is expected


def time(text: str, precision: int, calendar: str = GREGORIAN) -> dict[str, Any]:
    return {"time": text, "precision": precision, "calendarmodel": calendar}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (time("+2018-00-00T00:00:00Z", 9), ((2018, 1, 1), (2018, 12, 31))),
        # The digits below the precision say nothing.
        (time("+2018-01-01T00:00:00Z", 9), ((2018, 1, 1), (2018, 12, 31))),
        (time("+2024-02-00T00:00:00Z", 10), ((2024, 2, 1), (2024, 2, 29))),
        (time("+1900-02-00T00:00:00Z", 10), ((1900, 2, 1), (1900, 2, 28))),
        (time("+2024-05-09T00:00:00Z", 11), ((2024, 5, 9), (2024, 5, 9))),
        # A day is claimed, but there is none.
        (time("+2024-05-00T00:00:00Z", 11), ((2024, 5, 1), (2024, 5, 31))),
        (time("+2024-00-00T00:00:00Z", 11), ((2024, 1, 1), (2024, 12, 31))),
        (time("+1995-00-00T00:00:00Z", 8), ((1990, 1, 1), (1999, 12, 31))),
        (time("+2000-00-00T00:00:00Z", 7), ((1901, 1, 1), (2000, 12, 31))),
        (time("+1901-00-00T00:00:00Z", 7), ((1901, 1, 1), (2000, 12, 31))),
        (time("-0044-03-15T00:00:00Z", 11), ((-43, 3, 15), (-43, 3, 15))),
        # The Russian Empire was proclaimed on 22 October 1721 (Julian), 2 November.
        (time("+1721-10-22T00:00:00Z", 11, JULIAN), ((1721, 11, 2), (1721, 11, 2))),
        (time("+1900-02-29T00:00:00Z", 11, JULIAN), ((1900, 3, 13), (1900, 3, 13))),
    ],
)
def test_times_with_their_precision(value: dict[str, Any], expected: tuple[Any, Any]) -> None:
    moment = moment_of(value)
    assert moment is not None
    assert moment.span == Span(*expected)


@pytest.mark.parametrize(
    "value",
    [{}, {"time": "2018", "precision": 9}, {"time": "+2018-00-00T00:00:00Z"}, {"precision": 9}],
)
def test_what_is_no_time_is_not_read(value: dict[str, Any]) -> None:
    assert moment_of(value) is None


def test_a_time_coarser_than_a_century_has_no_days() -> None:
    moment = moment_of(time("+2000-00-00T00:00:00Z", 6))
    assert moment is not None
    assert moment.span is None
    period = Period(edtf="2000", start="2000-01-01", end="2000-12-31")
    assert compare_period(period, moment) is INCOMPARABLE


@given(
    st.integers(-9998, 9999).filter(bool),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from([9, 10, 11]),
)
def test_a_written_time_is_read_as_it_was(year: int, month: int, day: int, precision: int) -> None:
    moment = Moment(year, month if precision > 9 else 0, day if precision > 10 else 0, precision)
    assert moment_of(moment.as_value()) == moment


YEAR = Period(edtf="1991", start="1991-01-01", end="1991-12-31")
DAY = Period(edtf="1991-12-16", start="1991-12-16", end="1991-12-16")


@pytest.mark.parametrize(
    ("ours", "theirs", "circa", "expected"),
    [
        (YEAR, "1991", False, SAME),
        (YEAR, "1991-12", False, COMPATIBLE),
        (YEAR, "1990", False, DIFFERENT),
        (DAY, "1991-12-16", False, SAME),
        (DAY, "1991-12", False, COMPATIBLE),
        (DAY, "1991-12-21", False, DIFFERENT),
        (DAY, "1992", False, DIFFERENT),
        (YEAR, "1991", True, COMPATIBLE),
        (YEAR, "1990", True, INCOMPARABLE),
        (Period(words="soon"), "1991", False, INCOMPARABLE),
    ],
)
def test_dates_with_their_precision(
    ours: Period, theirs: str, circa: bool, expected: Agreement
) -> None:
    moment = moment_of_edtf(theirs)
    assert moment is not None
    assert compare_period(ours, moment, circa=circa) is expected


def _day(date: str) -> Period:
    return Period(edtf=date, start=date, end=date)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (_day("1581-10-04"), Moment(1581, 10, 4, 11, julian=True), SAME),
        (_day("1581-10-04"), Moment(1581, 10, 14, 11), SAME),
        (_day("1581-10-04"), Moment(1581, 10, 4, 11), COMPATIBLE),  # in which calendar?
        (_day("1581-10-04"), Moment(1581, 10, 5, 11), DIFFERENT),
        (_day("1581-10-04"), Moment(1581, 10, 14, 11, julian=True), DIFFERENT),
        (_day("1581-10-04"), Moment(1581, 0, 0, 9, julian=True), COMPATIBLE),
        (_day("1582-10-15"), Moment(1582, 10, 5, 11, julian=True), SAME),
    ],
)
def test_old_days_are_of_the_julian_calendar(
    ours: Period, theirs: Moment, expected: Agreement
) -> None:
    assert compare_period(ours, theirs) is expected
