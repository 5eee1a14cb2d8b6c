"""Stated quantities against the words of a quote."""

from __future__ import annotations

import pytest

from lod.language.quantities import (
    Mismatch,
    compare_quantities,
    match_quantity,
    parse_quantity,
    parse_share,
)

NUMBER, UNIT, HEDGE = Mismatch.NUMBER, Mismatch.UNIT, Mismatch.HEDGE

COMPARED = [
    ("28 billion", "28 bn", None),
    ("28 billion", "28,000,000,000", None),
    ("2.8 billion", "28 billion", NUMBER),
    ("3.20", "3.2", None),
    ("three", "3", None),
    ("12", "a dozen", None),
    ("28 billion USD", "$28 billion", None),
    ("28 billion USD", "28 billion dollars", None),
    ("28 billion USD", "28 billion", UNIT),
    ("28 billion", "$28 billion", UNIT),
    ("28 billion EUR", "$28 billion", UNIT),
    ("5 CAD", "C$5", None),
    ("5 USD", "C$5", UNIT),
    ("20 GBP", "20 pounds", None),
    ("20 lb", "20 pounds", None),
    ("20 USD", "20 pounds", UNIT),
    ("5 tonnes", "5 tons", None),
    ("5 short tons", "5 tons", None),
    ("5 tonnes", "5 short tons", UNIT),
    ("5 tonnes", "5 metric tons", None),
    ("5 km", "5 kilometres", None),
    ("5 °C", "5 degrees", None),
    ("80 percent", "80%", None),
    ("80", "80 percent", UNIT),
    ("80 percent", "80", UNIT),
    ("0.2 percentage points", "0.2 percent", UNIT),
    ("0.2 percent", "0.2 percentage points", UNIT),
    ("2 times", "twice", None),
    ("2", "twice", UNIT),
    ("half", "50 percent", None),
    ("more than half", "more than 50 percent", None),
    ("more than half", "50 percent", HEDGE),
    ("two-fifths", "40 percent", None),
    ("two-fifths", "two in five", None),
    ("0.5", "0.5 percent", UNIT),
    ("5", "500 percent", NUMBER),
    ("a third", "one in three", None),
    ("a third", "33 percent", NUMBER),
    ("a third", "1", UNIT),
    ("4.1 percent of GDP", "4.1 percent", None),
    ("23,000", "23,000 enterprises", None),
    ("23,000 companies", "23,000 enterprises", None),
    ("60,000 students", "60,000", None),
    ("more than 28 billion USD", "exceeding $28 billion", None),
    ("more than 5", "over 5", None),
    ("more than 5", "5", HEDGE),
    ("5", "more than 5", HEDGE),
    ("more than 5", "at least 5", HEDGE),
    ("about 150", "some 150", None),
    ("almost 5", "just under 5", None),
    ("less than 5", "more than 5", HEDGE),
    ("between 5 and 7", "5-7", None),
    ("between 5 and 7", "5", NUMBER),
    ("between 5 and 7", "between 5 and 8", NUMBER),
    ("20th", "twentieth", None),
    ("20th", "20", UNIT),
    ("3.5 hours per call", "3.5 hours a call", None),
    ("3.5 hours", "3.5 hours per call", UNIT),
    ("80 USD a barrel", "$80 per barrel", None),
    ("5 per 1,000", "5 per 100", UNIT),
]


@pytest.mark.parametrize(("stated", "found", "expected"), COMPARED)
def test_quantities_are_compared(stated: str, found: str, expected: Mismatch | None) -> None:
    assert compare_quantities(parse_quantity(stated), parse_quantity(found)) is expected


TRADE = "Last year, it set a new record, exceeding the threshold of $28 billion"

MATCHED = [
    ("more than 28 billion USD", TRADE, "en", "exceeding the threshold of $28 billion"),
    ("23,000", "More than 23,000 enterprises operate", "en", HEDGE),
    ("more than 23,000", "More than 23,000 enterprises operate", "en", "More than 23,000"),
    (
        "more than 23,000 enterprises",
        "More than 23,000 enterprises operate",
        "en",
        "More than 23,000 enterprises",
    ),
    ("about 60,000 students", "about 60,000 Kazakhstani students", "en", "about 60,000"),
    ("three schools", "three more such schools will open", "en", "three"),
    ("one branch", "a branch of MGIMO will open", "en", "a branch"),
    ("20th", "hosting the 20th anniversary Forum", "en", "20th"),
    ("7 percent", "rose from 5 to 7 percent", "en", "7 percent"),
    ("between 5 and 7 percent", "rose from 5 to 7 percent", "en", "from 5 to 7 percent"),
    ("5 years", "was built over five years", "en", "five years"),
    ("more than 5 years", "was built over five years", "en", "over five years"),
    ("over 5 people", "over five people came", "en", "over five people"),
    ("2000 people", "2000 people came", "en", "2000 people"),
    ("2.8 billion USD", "28 billion USD in 2024", "en", NUMBER),
    ("1,24 Mrd. Franken", "auf 1,24 Milliarden Franken", "de", "1,24 Milliarden Franken"),
    ("20", "Es waren 20. Danach", "de", "20"),
    ("20.", "das 20. Forum", "de", "20."),
    ("20.", "Kasan, 20. regionales Forum", "de", "20."),
    ("20", "Die Zahl betrug am 1. Mai die 20. Danach", "de", "20"),
]


@pytest.mark.parametrize(("stated", "quote", "language", "expected"), MATCHED)
def test_the_words_that_state_it_are_found(
    stated: str, quote: str, language: str, expected: str | Mismatch
) -> None:
    result = match_quantity(parse_quantity(stated, language), quote, language)
    if isinstance(expected, Mismatch):
        assert result.mismatch is expected
        assert not result.agrees
    else:
        assert result.agrees
        assert result.match is not None
        assert quote[result.match.start : result.match.end] == expected


@pytest.mark.parametrize(
    ("stated", "quote", "mismatch", "nearest"),
    [
        (
            "more than 2.8 billion USD",
            "of 3 schools, " + TRADE,
            NUMBER,
            "exceeding the threshold of $28 billion",
        ),
        ("28 billion USD", TRADE, HEDGE, "exceeding the threshold of $28 billion"),
        ("more than 28 billion EUR", TRADE, UNIT, "exceeding the threshold of $28 billion"),
        ("80 percent", "5 schools and 79 percent", NUMBER, "79 percent"),
        ("0.2 percentage points", "0.2 percent, then 3 percentage points", UNIT, "0.2 percent"),
        ("5", "in 2024, on May 9", NUMBER, None),
        ("5", "no number", NUMBER, None),
    ],
)
def test_the_nearest_words_are_named(
    stated: str, quote: str, mismatch: Mismatch, nearest: str | None
) -> None:
    result = match_quantity(parse_quantity(stated), quote)
    assert result.mismatch is mismatch
    said = None if result.match is None else quote[result.match.start : result.match.end]
    assert said == nearest


def test_proportions_in_words_are_matched() -> None:
    quote = "Almost all subjects have ties with most partners, half of them with 5"
    almost = match_quantity(parse_share("almost all"), quote)
    assert almost.agrees
    assert almost.match is not None
    assert quote[almost.match.start : almost.match.end] == "Almost all"
    assert match_quantity(parse_share("most"), quote).agrees
    assert match_quantity(parse_share("half"), quote).agrees
    assert match_quantity(parse_share("few"), quote).mismatch is NUMBER
    assert match_quantity(parse_share("few"), "80 percent").mismatch is NUMBER
    assert match_quantity(parse_share("almost all"), "").match is None


def test_a_quantity_read_in_one_language_is_found_in_another() -> None:
    stated = parse_quantity("more than 28 billion USD")
    assert match_quantity(stated, "mehr als 28 Milliarden Dollar", "de").agrees
    points = parse_quantity("0.2 percentage points")
    assert match_quantity(points, "um 0,2 Prozentpunkte", "de").agrees
    assert match_quantity(points, "um 0,2 Prozent", "de").mismatch is UNIT
