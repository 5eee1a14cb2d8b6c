"""Single quantities and shares: what is read from the words of the facts, and what is refused.

Expected readings are written in a notation: the hedge (`=` exactly, `>` more than, `>=` at least,
`>~` just over, `<`, `<=`, `<~` almost, `~` approximately, `a..b` between), the number as it is
kept, `#` for an ordinal, the currency code or the text of the unit, and `/` with the denominator.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from lod.errors import LodError
from lod.facts.quantities import (
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


ENGLISH = {
    # money
    "$28 billion": "=28000000000 USD",
    "US$28bn": "=28000000000 USD",
    "US$ 28 bn": "=28000000000 USD",
    "13 bn USD": "=13000000000 USD",
    "USD 13 bn": "=13000000000 USD",
    "€5m": "=5000000 EUR",
    "€ 5 million": "=5000000 EUR",
    "5 €": "=5 EUR",
    "$5b": "=5000000000 USD",
    "£20m": "=20000000 GBP",
    "20 million pounds": "=20000000 pounds",
    "20 million pounds sterling": "=20000000 GBP",
    "28 billion dollars": "=28000000000 USD",
    "28 billion US dollars": "=28000000000 USD",
    "28 billion U.S. dollars": "=28000000000 USD",
    "5 million Canadian dollars": "=5000000 CAD",
    "C$5 million": "=5000000 CAD",
    "A$5 million": "=5000000 AUD",
    "HK$5": "=5 HKD",
    "3 million tenge": "=3000000 KZT",
    "1.5 trillion rubles": "=1500000000000 RUB",
    "100 Swiss francs": "=100 CHF",
    "-$5 billion": "=-5000000000 USD",
    "$28,000,000,000": "=28000000000 USD",
    "more than 28 billion USD": ">28000000000 USD",
    "exceeding the threshold of $28 billion": ">28000000000 USD",
    "surpassed $20 billion": ">20000000000 USD",
    # hedges
    "more than 80 percent": ">80 percent",
    "over 5": ">5",
    "above 5": ">5",
    "in excess of 5": ">5",
    "upwards of 5": ">5",
    "exceeded 5": ">5",
    "> 5": ">5",
    "just over 5": ">~5",
    "a little more than 5": ">~5",
    "at least 5": ">=5",
    "no fewer than 5": ">=5",
    "not less than 5": ">=5",
    "a minimum of 5": ">=5",
    "≥5": ">=5",
    "5 or more": ">=5",
    "5+": ">=5",
    "5 years or more": ">=5 years",
    "5 or more years": ">=5 years",
    "23,000 enterprises or more": ">=23000 enterprises",
    "below 5": "<5",
    "fewer than 5": "<5",
    "less than 5": "<5",
    "under 5": "<5",
    "<5%": "<5 percent",
    "up to 5": "<=5",
    "at most 5": "<=5",
    "no more than 5": "<=5",
    "as many as 5": "<=5",
    "not exceeding 5": "<=5",
    "5 or less": "<=5",
    "5 or fewer schools": "<=5 schools",
    "nearly 5": "<~5",
    "almost 5": "<~5",
    "close to 5": "<~5",
    "just under 5": "<~5",
    "just short of $5 billion": "<~5000000000 USD",
    "approximately 60,000": "~60000",
    "some 150": "~150",
    "about 150": "~150",
    "around 150": "~150",
    "roughly 150": "~150",
    "an estimated 150": "~150",
    "c. 150": "~150",
    "~150": "~150",
    "150 or so": "~150",
    "exactly 150": "=150",
    "a total of 150": "=150",
    "Only 150": "=150",
    "MORE THAN 150": ">150",
    # ranges
    "between 5 and 7": "5..7",
    "from 5 to 7": "5..7",
    "5 to 7 percent": "5..7 percent",
    "5-7": "5..7",
    "5–7 percent": "5..7 percent",
    "5 – 7 percent": "5..7 percent",
    "5% to 7%": "5..7 percent",
    "$5-7 billion": "5000000000..7000000000 USD",
    "$5bn-$7bn": "5000000000..7000000000 USD",
    "between $5 billion and $7 billion": "5000000000..7000000000 USD",
    "between 1 and 2 million": "1000000..2000000",
    "between 500 and 1 million": "500..1000000",
    "between 500,000 and 1 million people": "500000..1000000 people",
    "between -5 and -3 degrees": "-5..-3 degrees",
    "between minus 5 and minus 3 degrees Celsius": "-5..-3 degrees Celsius",
    "-5 to 3": "-5..3",
    # words
    "three": "=3",
    "Twenty-one": "=21",
    "twenty one": "=21",
    "one hundred and five": "=105",
    "one hundred twenty-three": "=123",
    "nine hundred and ninety-nine": "=999",
    "a hundred": "=100",
    "fifteen hundred": "=1500",
    "two hundred and fifty thousand": "=250000",
    "two million three hundred thousand": "=2300000",
    "two thousand and five": "=2005",
    "three hundred thousand million": "=300000000000",
    "a million": "=1000000",
    "half a million": "=500000",
    "a quarter of a million": "=250000",
    "two and a half million": "=2500000",
    "three and a half hours": "=3.5 hours",
    "a dozen": "=12",
    "two dozen": "=24",
    "half a dozen": "=6",
    "5 hundred thousand": "=500000",
    "zero": "=0",
    # fractions
    "half": "=0.5",
    "two-fifths": "=0.4",
    "two fifths": "=0.4",
    "three-quarters": "=0.75",
    "a quarter": "=0.25",
    "a third": "=1 / 3",
    "one third": "=1 / 3",
    "more than two-thirds": ">2 / 3",
    "one in three": "=1 / 3",
    "two in five": "=0.4",
    "three out of four": "=0.75",
    "2/5": "=0.4",
    "½": "=0.5",
    "2½": "=2.5",
    "2 1/2 years": "=2.5 years",
    "half an hour": "=0.5 hours",
    # ordinals
    "20th": "=20#",
    "1st": "=1#",
    "22nd": "=22#",
    "twentieth": "=20#",
    "twenty-first": "=21#",
    "first": "=1#",
    # digits
    "1,234,567.89": "=1234567.89",
    "60 000": "=60000",
    "60\u00a0000": "=60000",
    "60\u202f000": "=60000",
    "3.20": "=3.20",
    "0.0500": "=0.0500",
    "0": "=0",
    "2024": "=2024",
    "9.400": "=9.400",
    "minus 3": "=-3",
    "\u22123": "=-3",
    "-3.5%": "=-3.5 percent",
    "5k": "=5000",
    "5m": "=5000000",
    "28 mln": "=28000000",
    # units of measure
    "80%": "=80 percent",
    "80 per cent": "=80 percent",
    "80 pct": "=80 percent",
    "0.2 percentage points": "=0.2 percentage points",
    "0.2 percentage point": "=0.2 percentage points",
    "25 basis points": "=25 basis points",
    "1.5 million tonnes": "=1500000 metric tons",
    "1.5 million metric tons": "=1500000 metric tons",
    "5 tons": "=5 tons",
    "5 short tons": "=5 short tons",
    "5 kg": "=5 kilograms",
    "5kg": "=5 kilograms",
    "5 m": "=5 meters",
    "5 kilometres": "=5 kilometers",
    "5 km²": "=5 square kilometers",
    "60 km/h": "=60 kilometers per hour",
    "60 kilometers per hour": "=60 kilometers per hour",
    "1.5 °C": "=1.5 degrees Celsius",
    "20 degrees": "=20 degrees",
    "3 TWh": "=3 terawatt-hours",
    "20-foot": "=20 feet",
    "5-year": "=5 years",
    "5 years old": "=5 years",
    "5 barrels": "=5 barrels",
    "2.1 times": "=2.1 times",
    "twice": "=2 times",
    "two-fold": "=2 times",
    "tenfold": "=10 times",
    "10x": "=10 times",
    "4.1 percent of GDP": "=4.1 percent of GDP",
    # what is counted
    "60,000 students": "=60000 students",
    "three such schools": "=3 such schools",
    "more than a million people": ">1000000 people",
    "20th anniversary": "=20# anniversary",
    # rates
    "2.1 workers per 1,000 short tons": "=2.1 workers / 1000 short tons",
    "3.5 hours per call": "=3.5 hours / 1 call",
    "$80 a barrel": "=80 USD / 1 barrels",
    "80 USD/barrel": "=80 USD / 1 barrels",
    "5 workers a day": "=5 workers / 1 days",
    "5 deaths per 100,000 inhabitants": "=5 deaths / 100000 inhabitants",
    "30 cents per kWh": "=30 cents / 1 kilowatt-hours",
    "more than 3 hours a day": ">3 hours / 1 days",
}

GERMAN = {
    "1,24 Milliarden Franken": "=1240000000 CHF",
    "9.400": "=9400",
    "9 400": "=9400",
    "1.234.567,89": "=1234567.89",
    "3,20": "=3.20",
    "rund 60.000": "~60000",
    "etwa 150": "~150",
    "ca. 150": "~150",
    "ungefähr 150": "~150",
    "mehr als 80 Prozent": ">80 Prozent",
    "über 5": ">5",
    "überschritt die Marke von 20 Milliarden Dollar": ">20000000000 USD",
    "gut 60.000": ">~60000",
    "mindestens 5": ">=5",
    "nicht weniger als 5": ">=5",
    "60.000 oder mehr": ">=60000",
    "weniger als 5": "<5",
    "unter 5": "<5",
    "höchstens 5": "<=5",
    "bis zu 150 Schulen": "<=150 Schulen",
    "knapp 5": "<~5",
    "fast 5": "<~5",
    "knapp die Hälfte": "<~0.5",
    "zwischen 5 und 7 Prozent": "5..7 Prozent",
    "von 5 bis 7": "5..7",
    "5 bis 7 Millionen Euro": "5000000..7000000 EUR",
    "5–7 Prozent": "5..7 Prozent",
    "0,2 Prozentpunkte": "=0.2 Prozentpunkte",
    "ein Dutzend": "=12",
    "zwei Dutzend": "=24",
    "eins": "=1",
    "zwei": "=2",
    "einundzwanzig": "=21",
    "dreiundsechzig": "=63",
    "zweihundertfünfzig": "=250",
    "neunhundertneunundneunzig": "=999",
    "dreitausendfünfhundert": "=3500",
    "zweiundzwanzigtausend": "=22000",
    "zwei Millionen dreihunderttausend": "=2300000",
    "hundert Menschen": "=100 Menschen",
    "eine Million": "=1000000",
    "eine halbe Million": "=500000",
    "eineinhalb Millionen": "=1500000",
    "anderthalb Stunden": "=1.5 Stunden",
    "zwei Fünftel": "=0.4",
    "ein Drittel": "=1 / 3",
    "drei Viertel": "=0.75",
    "zwei von fünf": "=0.4",
    "20.": "=20#",
    "zwanzigste": "=20#",
    "erstes": "=1#",
    "5 Mio. Euro": "=5000000 EUR",
    "5 Mio Euro": "=5000000 EUR",
    "28 Mrd. Dollar": "=28000000000 USD",
    "1 Billion Euro": "=1000000000000 EUR",
    "Fr. 100": "=100 CHF",
    "100 Schweizer Franken": "=100 CHF",
    "1,5 Millionen Tonnen": "=1500000 Tonnen",
    "minus 3,5 Grad": "=-3.5 Grad",
    "60 km/h": "=60 Kilometer pro Stunde",
    "60 Stundenkilometer": "=60 Kilometer pro Stunde",
    "dreimal": "=3 mal",
    "2,1-mal": "=2.1 mal",
    "zehnfach": "=10 mal",
    "80 Dollar je Barrel": "=80 USD / 1 Barrel",
    "80 Dollar das Barrel": "=80 USD / 1 Barrel",
    "5 Euro pro Stunde": "=5 EUR / 1 Stunden",
}

REGIONS = [
    ("9'400", "de-CH", "=9400"),
    ("9’400 Franken", "de-CH", "=9400 CHF"),
    ("3.20", "de-CH", "=3.20"),
    ("3,20", "de_ch", "=3.20"),
    ("9'400", "de", "=9400"),
    ("$5", "en-CA", "=5 CAD"),
    ("$5", "en-US", "=5 USD"),
    ("US$5", "en-AU", "=5 USD"),
    ("5 dollars", "en-GB", "=5 USD"),
    ("more than 28 billion USD", "kk", ">28000000000 USD"),  # no data: as in English
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH.items())
def test_english_is_read(text: str, expected: str) -> None:
    assert notation(parse_quantity(text)) == expected


@pytest.mark.parametrize(("text", "expected"), GERMAN.items())
def test_german_is_read(text: str, expected: str) -> None:
    assert notation(parse_quantity(text, "de")) == expected


@pytest.mark.parametrize(("text", "language", "expected"), REGIONS)
def test_the_region_decides(text: str, language: str, expected: str) -> None:
    assert notation(parse_quantity(text, language)) == expected


@pytest.mark.parametrize("table", [(ENGLISH, "en"), (GERMAN, "de")], ids=["en", "de"])
def test_what_is_written_is_read_again(table: tuple[dict[str, str], str]) -> None:
    texts, language = table
    for text in texts:
        quantity = parse_quantity(text, language)
        written = format_quantity(quantity, language)
        assert notation(parse_quantity(written, language)) == notation(quantity), written


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
        ("1e5", "en", "a number was expected"),
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
        ("3.20", "de", "a number was expected"),
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
        parse_quantity("3.20", "de")
    assert "1.234,5" in (caught.value.hint or "")


def test_large_numbers_stay_exact() -> None:
    digits = "123456789012345678901234567890123456789"
    assert parse_quantity(digits).value == Decimal(digits)
    expected = Decimal(f"1{digits[:6]}.{digits[6:]}")
    assert parse_quantity(f"1.{digits} million").value == expected


def test_languages_without_data_are_known() -> None:
    assert is_supported("de-AT")
    assert not is_supported("kk")
