"""Quantities and proportions in running text: the spans, and what is passed over."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.language.quantities import (
    QuantityError,
    find_changes,
    find_proportions,
    find_quantities,
    parse_change,
    parse_quantity,
    parse_share,
)

# The spans are marked with [ ], those that may belong to a date with { }.
ENGLISH = [
    "Last year, it set a new record, [exceeding the threshold of $28 billion], and from January to "
    "September of the current year, it [surpassed $20 billion].",
    "with the current volume amounting to [approximately $13 billion]. [More than 23,000] "
    "enterprises with Russian participation operate in the Republic.",
    "[more than 80 percent] of Kazakhstan's oil exports",
    "Ufa is hosting the [20th] anniversary Forum",
    "It includes [about 150] joint events and projects",
    "[Approximately 60,000] Kazakhstani students",
    "[three] more such schools will soon open",
    "the [80th] anniversary of Victory; in Moscow on May {9}.",
    "using the Russian Soyuz-5 launch vehicle, COVID-19, the G20 and the 5G network, A4",
    "in {2024} and {2025}, from the 1980s to the '90s",
    "on {9} May {2024}, on the {9th} of May, on May {9th}",
    "at 12:30, at {10} a.m., on 2024-11-27 and 9/11/2001",
    "version 3.5.1, pages 5-3, #7 and §8, the 3/4/5 rule, GO:0050896, 0123",
    "({1348 - 1949}), in {2024} - [3,000] people",
    "{from 2010 to 2015}, but [between 500 and 700] people",
    "it rose [from 5 to 7 percent]",
    "It costs [$80 a barrel], [3.5 hours per call] and [2.1 workers per 1,000 short tons].",
    "a [20-foot] wall, a [5-year] plan, [half an hour]",
    "They won 3-1; call 555-0199 [5 times]",
    "([about 5]) and “[some 150]”",
    "[More\nthan\n80\u00a0percent] of it",
    "the [first] half of the year",
    "[60,000+] students, [5 or more years], [150 or so]",
    "[one in three] people, [two-fifths] of them, [a third], [three out of four]",
    "dozens of schools, hundreds of people, millions more, someone, often, stone",
    "[€5m], [US$28bn], [13 bn USD], [C$5 million], [EUR 5 million]",
    "temperatures of [-5 to 3 degrees Celsius], [minus 3], a drop of [0.2 percentage points]",
    "In {2024} [300] people",
    "On May {9} [300] people",
    "🎉 [28 billion] İstanbul [5 percent]",
    "[5 $] [7], [5 or more] than [7]",
    "",
    "no numbers here at all",
]

GERMAN = [
    "Der Umsatz stieg um [3 Prozent] auf [1,24 Milliarden Franken].",
    "[Rund 60.000] Studenten aus Kasachstan, [mehr als 80 Prozent] der Exporte",
    "am {20.} Mai {2024}, im Jahr {2024}. Das [20.] Forum und der [80.] Jahrestag",
    "Es waren [20]. Danach kamen [drei] weitere.",
    "Der Handel [überschritt die Marke von 20 Milliarden Dollar].",
    "eine Schule, [ein Drittel], [eine Million]",
    "um {14} Uhr, um 14:30 Uhr, am 27.11.2024",
    "[zwischen 5 und 7 Prozent], [5 bis 7 Mio. Euro], [von 5 bis 7]",
    "[einundzwanzig] Länder, [zweihundertfünfzig Millionen] Menschen, [dreimal] so viel",
]


def _marked(text: str) -> tuple[str, list[tuple[str, bool]]]:
    """The text without its marks, and the marked spans with whether they are calendar ones."""
    spans: list[tuple[str, bool]] = []
    plain = ""
    start = 0
    for char in text:
        if char in "[{":
            start = len(plain)
        elif char in "]}":
            spans.append((plain[start:], char == "}"))
        else:
            plain += char
    return plain, spans


@pytest.mark.parametrize(
    ("marked", "language"),
    [*((text, "en") for text in ENGLISH), *((text, "de") for text in GERMAN)],
)
def test_quantities_are_found(marked: str, language: str) -> None:
    text, spans = _marked(marked)
    found = find_quantities(text, language)
    assert [(text[one.start : one.end], one.calendar) for one in found] == spans


def test_the_whole_article() -> None:
    article = Path(__file__).parents[2] / "examples" / "russia-kazakhstan" / "article.txt"
    text = article.read_text("utf-8")
    said = [text[one.start : one.end] for one in find_quantities(text)]
    assert [words for words in said if any(map(str.isdigit, words))] == [
        "exceeding the threshold of $28 billion",
        "surpassed $20 billion",
        "approximately $13 billion",
        "More than 23,000",
        "more than 80 percent",
        "20th",
        "about 150",
        "Approximately 60,000",
        "80th",
        "9",
    ]


def test_both_values_of_a_movement_are_alternatives() -> None:
    text = "rose from 5 to 7 percent"
    (found,) = find_quantities(text)
    assert [text[one.start : one.end] for one in found.alternatives] == ["5", "7 percent"]
    assert [str(one.quantity.value) for one in found.alternatives] == ["5", "7"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Almost all subjects of the Federation", "en", [("Almost all", "almostAll")]),
        (
            "Many leading universities, most of the schools",
            "en",
            [("Many", "many"), ("most of the", "most")],
        ),
        ("some 150 events and some schools", "en", [("some", "some")]),
        ("more than half of them, 80 percent", "en", []),
        ("almost all the\nmost", "en", [("almost all the", "almostAll"), ("most", "most")]),
        ("small halls, almost", "en", []),
        (
            "Fast alle Länder, die meisten Schulen",
            "de",
            [("Fast alle", "almostAll"), ("die meisten", "most")],
        ),
    ],
)
def test_proportions_are_found(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    found = find_proportions(text, language)
    assert [(text[one.start : one.end], one.quantity.proportion) for one in found] == expected


_PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "more than|about|between|and|from|to|$|€|USD|28 billion|5|7|percent|-|–|−|per|a|an|half"
        "|third|million|two|twenty|one|in|20th|20.|9.400|1,5|½|°C|km/h|May|2024|or more|+|%|hours"
        "|’|\u00a0|mehr als|zwischen|und|bis|Millionen|ein|Drittel|zwanzig|pro|Uhr|rose|by|up|all"
        "|doubled|İ|ß|١٢|５|\u202e|\u200f|\x00|ﬁ|🎉".split("|")
    ),
    st.integers(0, 10**12).map(str),
)
_TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(_PIECES, max_size=14).map(" ".join),
    st.lists(_PIECES, max_size=14).map("".join),
)


@given(_TEXTS, st.sampled_from(["en", "de", "de-CH", "en-CA"]))
def test_every_span_reads_as_what_was_found(text: str, language: str) -> None:
    end = 0
    for found in find_quantities(text, language):
        assert end <= found.start < found.end <= len(text)
        end = found.end
        said = text[found.start : found.end]
        assert parse_quantity(said, language) == found.quantity, said
        for one in found.alternatives:
            assert found.start <= one.start < one.end <= found.end + 1


@given(_TEXTS, st.sampled_from(["en", "de", "kk", "ru", "uk", "x"]))
def test_any_text_is_read_or_refused(text: str, language: str) -> None:
    for parse in (parse_quantity, parse_share, parse_change):
        with suppress(QuantityError):
            parse(text, language)
    for found in find_changes(text, language):
        assert 0 <= found.start < found.end <= len(text)
    for share in find_proportions(text, language):
        assert 0 <= share.start < share.end <= len(text)
