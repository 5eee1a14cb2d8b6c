"""Times in running text: which words name one, and which words name a given one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.language.periods import find_periods, match_period, parse_period
from lod.model.period import Period

REFERENCE = "2024-11-27"

ENGLISH = [
    (
        "Last year, it set a new record, exceeding the threshold of $28 billion, and from January "
        "to September of the current year, it surpassed $20 billion.",
        ["Last year", "from January to September of the current year"],
    ),
    (
        "These days, Ufa is hosting the 20th anniversary Forum of Interregional Cooperation",
        ["These days"],
    ),
    ("at the anniversary celebrations in Moscow on May 9.", ["on May 9"]),
    ("the summits of the CIS in Moscow and BRICS in Kazan last October.", ["last October"]),
    ("Soon, a branch of MGIMO will open in Astana", ["Soon"]),
    ("Approximately 60,000 Kazakhstani students are studying at Russian universities.", []),
    ("up 0.2 points in September 2024 and in August 2024", ["in September 2024", "in August 2024"]),
    ("from 4.1 percent a year earlier", ["a year earlier"]),
    ("By the end of 2025, 3.5 million tonnes; by 2030, more", ["By the end of 2025", "by 2030"]),
    ("May I march in May? March on! In March, yes.", ["in May", "In March"]),
    ("You may go. The may tree. On may 9.", []),
    ("2024 was good. The 2024 budget; exports of 2023.", ["2024", "2023"]),
    ("1999 people, 2000 schools and 2024 percent of $2023", []),
    ("28,2024 and 2024,28 and 1.2024", []),
    ("Expo 2017, 2023's growth", ["2017", "2023"]),
    ("COVID-19 May 2020; Soyuz-5 May", ["May 2020"]),
    (
        "fiscal 2024, fiscal year 2023/24 and FY2024",
        ["fiscal 2024", "fiscal year 2023/24", "FY2024"],
    ),
    ("the 1990s, mid-2024 and the 19th century", ["the 1990s", "mid-2024", "the 19th century"]),
    ("in 44 BC and in the 5th century BC", ["in 44 BC", "in the 5th century BC"]),
    ("in the last week of May 2024", ["May 2024"]),
    ("over the past\u00a0five\nyears, 2015–2020", ["over the past\u00a0five\nyears", "2015–2020"]),
    ("Friday, 9 May 2025, and 2025-05-09", ["Friday, 9 May 2025", "2025-05-09"]),
    ("🎉 in 2023", ["in 2023"]),
    ("", []),
]
GERMAN = [
    (
        "Im dritten Quartal 2024 stieg er auf 1,24 Milliarden Franken, 2023 waren es 9.400.",
        ["Im dritten Quartal 2024", "2023"],
    ),
    ("2000 Menschen, 2023 Euro, doch 2024 stieg es", ["2024"]),
    ("Am Morgen kam er, morgen geht er.", ["morgen"]),
    ("am 7. August, im Vorjahr und seit 1991", ["am 7. August", "im Vorjahr", "seit 1991"]),
    ("wie heuer", ["heuer"]),
    ("Bis Ende 2025 sollen es 2,5 Prozent sein.", ["Bis Ende 2025"]),
    ("Zum 31. Dezember 2023 und per 30.09.2024", ["Zum 31. Dezember 2023", "per 30.09.2024"]),
    ("der mai ist gekommen", []),
]


@pytest.mark.parametrize(
    ("text", "words", "language"),
    [(*row, "en") for row in ENGLISH] + [(*row, "de") for row in GERMAN],
)
def test_finds_the_words_that_name_times(text: str, words: list[str], language: str) -> None:
    found = find_periods(text, language)
    assert [match.words for match in found] == words
    assert all(text[match.start : match.end] == match.words for match in found)


def test_finds_nothing_in_a_language_without_data() -> None:
    assert find_periods("in 2023", "uk") == []


def _period(value: str) -> Period:
    """A period as a row of the tables gives it: words, EDTF, or both with a bar between."""
    words, _, edtf = value.partition("|")
    return parse_period(words=words or None, edtf=edtf or None, reference=REFERENCE)


@pytest.mark.parametrize(
    ("stated", "text", "words", "exact"),
    [
        ("last year", "Last year, it set a new record", "Last year", True),
        ("2023", "Last year, it set a new record", "Last year", True),
        ("2023", "In 2023 and in 2022", "In 2023", True),
        ("2022", "In 2023 and in 2022", "in 2022", True),
        (
            "2024-01/2024-09",
            "and from January to September of the current year, it surpassed",
            "from January to September of the current year",
            True,
        ),
        ("on May 9|2025-05-09", "celebrations in Moscow on May 9.", "on May 9", True),
        ("2025-05-09", "celebrations in Moscow on May 9.", "on May 9", False),
        ("May 9|2025-05-09", "celebrations in Moscow on May 9.", "May 9", True),
        ("soon", "Soon, a branch will open", "Soon", True),
        ("current", "with the current volume amounting", "current", True),
        ("2024-09", "September exports rose", "September", False),
        ("2024-35", "in the third quarter", "in the third quarter", False),
        ("2024-07/2024-09", "in the third quarter of 2024", "in the third quarter of 2024", True),
        ("2023-09", "from 3.8 percent a month earlier", "a month earlier", False),
        ("2015", "a year earlier it was 5", "a year earlier", False),
        ("2024-11-25", "he said on Monday", "on Monday", True),
        ("2024-12-02", "he will speak on Monday", "on Monday", False),
        ("1991/..", "since 1991", "since 1991", True),
        ("/2030", "by 2030, or until 2031", "by 2030", True),
        ("in  the 1990s", "in the\u00a01990s", "in the\u00a01990s", True),
        ("last year’s", "last year's budget", "last year's", True),
    ],
)
def test_matches_the_words_that_name_a_period(
    stated: str, text: str, words: str, exact: bool
) -> None:
    result = match_period(_period(stated), text, REFERENCE)
    assert result.match is not None
    assert result.match.words == words
    assert text[result.match.start : result.match.end] == words
    assert (result.agrees, result.exact) == (True, exact)


@pytest.mark.parametrize(
    ("stated", "text", "nearest"),
    [
        ("2022", "Last year, it set a new record", "Last year"),
        ("next year", "Last year, it set a new record", "Last year"),
        ("2025-05-08", "celebrations in Moscow on May 9.", "on May 9"),
        ("2024-09", "in August 2024 and in July 2024", "in August 2024"),
        ("2024-12-03", "on Monday", "on Monday"),
        ("2023", "Soon, a branch will open", "Soon"),
        ("soon", "in 2023", "in 2023"),
        ("2023", "31 February 2023", "31 February 2023"),
        ("2023", "no time at all", None),
        ("ast year", "last year", "last year"),
        ("2024-05-09", "in May 2024 it rose", "in May 2024"),
        ("2024-05", "on 9 May 2024 it rose", "on 9 May 2024"),
        ("2018/..", "since 2019", "since 2019"),
        ("/2025-01-13", "by 31 January 2025", "by 31 January 2025"),
    ],
)
def test_shows_what_the_text_names_instead(stated: str, text: str, nearest: str | None) -> None:
    result = match_period(_period(stated), text, REFERENCE)
    assert not result.agrees
    assert (result.match and result.match.words) == nearest


def test_relative_words_match_without_a_reference() -> None:
    stated = parse_period(words=None, edtf="2023", reference=None)
    assert match_period(stated, "Last year, it rose", None).agrees


def test_matches_in_german() -> None:
    stated = parse_period(words=None, edtf="2023", reference=None, language="de")
    result = match_period(stated, "Der Umsatz lag im Vorjahr höher", REFERENCE, "de")
    assert result.match is not None
    assert (result.match.words, result.exact) == ("im Vorjahr", True)


_WORDS = """
    last next year years in on May March 9 2024 2023 from to September of the current by 1990s 19th
    century quarter third Q3 ago three 3 . , - – / € $ % 🎉 Monday İ ß soon half first months week
    fiscal BC around perhaps end early mid- und bis vor Jahren letzten dritten Quartal 7. August
"""
_words = st.sampled_from(_WORDS.split())
_texts = st.one_of(
    st.text(max_size=80),
    st.lists(_words, max_size=14).map(" ".join),
    st.lists(_words, max_size=14).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(_texts, st.sampled_from(["en", "de"]))
def test_mentions_are_in_order_and_apart(text: str, language: str) -> None:
    end = 0
    for match in find_periods(text, language):
        assert end <= match.start < match.end <= len(text)
        assert match.words == text[match.start : match.end]
        assert match.words == match.words.strip()
        end = match.end


@settings(max_examples=150, deadline=None)
@given(
    _texts,
    st.sampled_from(["2023", "last year", "2024-05~", "1991/..", "../..", "XXXX-05-09", "soon"]),
    st.sampled_from([None, REFERENCE, "0001-01-01", "9999-12-31", "2024-02-29"]),
    st.sampled_from(["en", "de"]),
)
def test_matching_never_fails(text: str, value: str, reference: str | None, tag: str) -> None:
    stated = parse_period(words=value, edtf=None, reference=REFERENCE, language=tag)
    result = match_period(stated, text, reference, tag)
    assert result.agrees <= (result.match is not None)
    assert result.exact <= result.agrees
    if result.match is not None:
        assert result.match.words == text[result.match.start : result.match.end]
