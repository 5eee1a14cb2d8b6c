"""English words for times, and what they mean."""

from __future__ import annotations

import pytest

from lod.language.periods import PeriodError, parse_period, unresolved_hint

#: The publication date of most rows: a Wednesday.
REFERENCE = "2024-11-27"

ABSOLUTE = [
    ("in 2023", "2023"),
    ("In 2023", "2023"),
    ("during 2023", "2023"),
    ("the year 2023", "2023"),
    ("May 2025", "2025-05"),
    ("in May 2025", "2025-05"),
    ("in May of 2025", "2025-05"),
    ("may 2025", "2025-05"),
    ("Sept. 2024", "2024-09"),
    ("Sep 2024", "2024-09"),
    ("9 May 2025", "2025-05-09"),
    ("on 9 May 2025", "2025-05-09"),
    ("on the 9th of May 2025", "2025-05-09"),
    ("May 9, 2025", "2025-05-09"),
    ("on May 9th, 2025", "2025-05-09"),
    ("on Friday, 9 May 2025", "2025-05-09"),
    ("on Friday May 9 2025", "2025-05-09"),
    ("Jan. 5, 2024", "2024-01-05"),
    ("29 February 2024", "2024-02-29"),
    ("9.5.2025", "2025-05-09"),
    ("as of 1 May 2025", "2025-05-01"),
    ("on 2025-05-09", "2025-05-09"),
    ("the third quarter of 2024", "2024-35"),
    ("in the 3rd quarter of 2024", "2024-35"),
    ("third-quarter 2024", "2024-35"),
    ("Q3 2024", "2024-35"),
    ("in Q1 of 2024", "2024-33"),
    ("2024 Q4", "2024-36"),
    ("the first half of 2024", "2024-01/2024-06"),
    ("in the second half of 2024", "2024-07/2024-12"),
    ("H1 2024", "2024-01/2024-06"),
    ("in the first nine months of 2024", "2024-01/2024-09"),
    ("the first 9 months of 2024", "2024-01/2024-09"),
    ("the last three months of 2024", "2024-10/2024-12"),
    ("the nine months ended 30 September 2024", "2024-01/2024-09"),
    ("the three months to September 2024", "2024-07/2024-09"),
    ("the three months ended January 31, 2024", "2023-11/2024-01"),
    ("the year to June 2024", "2023-07/2024-06"),
    ("summer 2024", "2024-22"),
    ("in the summer of 2024", "2024-22"),
    ("fall 2024", "2024-23"),
    ("autumn 2024", "2024-23"),
    ("the winter of 2024/25", "2024-24"),
    ("winter 2024-25", "2024-24"),
    ("the 1990s", "199X"),
    ("in the 1990s", "199X"),
    ("the early 1990s", "1990~/1993~"),
    ("the mid-1990s", "1994~/1996~"),
    ("the late 19th century", "1867~/1899~"),
    ("in the mid-19th century", "1834~/1866~"),
    ("the 2000s", "200X"),
    ("the 19th century", "18XX"),
    ("in the nineteenth century", "18XX"),
    ("the twenty-first century", "20XX"),
    ("in early 2024", "2024-01~/2024-04~"),
    ("mid-2024", "2024-05~/2024-08~"),
    ("late in 2024", "2024-09~/2024-12~"),
    ("by late 2024", "/2024"),
    ("since early 2024", "2024/.."),
    ("by early 2024", "/2024-04~"),
    ("in late May 2024", "2024-05-21~/2024-05-31~"),
    ("2024-Q4", "2024-36"),
    ("AD 79", "0079"),
    ("in 476", "0476"),
    ("in 476 CE", "0476"),
    ("at 7.40am on 3 February 2022", "2022-02-03T07:40:00"),
    ("3 February 2022 at 2.30 pm GMT", "2022-02-03T14:30:00Z"),
    ("at noon on 3 February 2022", "2022-02-03T12:00:00"),
    ("2024–Q4", "2024-36"),
    ("Q4-2024", "2024-36"),
    ("2024-H2", "2024-07/2024-12"),
    ("2024-May", "2024-05"),
    ("2010–11", "2010/2011"),
    ("in 1914–18", "1914/1918"),
    ("2023/24", "2023/2024"),
    ("at the end of 2024", "2024"),
    ("at the beginning of May 2024", "2024-05"),
    ("by 2030", "/2030"),
    ("by the end of 2025", "/2025"),
    ("no later than May 2025", "/2025-05"),
    ("until 2030", "../2030"),
    ("up to 2030", "../2030"),
    ("since 1991", "1991/.."),
    ("ever since 1991", "1991/.."),
    ("from 1991 on", "1991/.."),
    ("from 2015 to the present", "2015/.."),
    ("starting in May 2025", "2025-05/.."),
    ("since the third quarter of 2024", "2024-07/.."),
    ("since the 1990s", "1990/.."),
    ("after 2020", "2021/"),
    ("after 31 December 2024", "2025-01-01/"),
    ("before 2020", "/2019"),
    ("before March 2024", "/2024-02"),
    ("before 1 March 2024", "/2024-02-29"),
    ("no earlier than 2026", "2026/"),
    ("from 2015 to 2020", "2015/2020"),
    ("between 2015 and 2020", "2015/2020"),
    ("2015 to 2020", "2015/2020"),
    ("2015-2020", "2015/2020"),
    ("2015–2020", "2015/2020"),
    ("January-September 2024", "2024-01/2024-09"),
    ("from January to September 2024", "2024-01/2024-09"),
    ("from January through September of 2024", "2024-01/2024-09"),
    ("between May and September 2024", "2024-05/2024-09"),
    ("from November to March 2025", "2024-11/2025-03"),
    ("from November 2024 to March", "2024-11/2025-03"),
    ("from 5 to 9 May 2025", "2025-05-05/2025-05-09"),
    ("May 5-9, 2025", "2025-05-05/2025-05-09"),
    ("5–9 May 2025", "2025-05-05/2025-05-09"),
    ("from 5 May 2024 to 9 June 2025", "2024-05-05/2025-06-09"),
    ("from the first quarter to the third quarter of 2024", "2024-01/2024-09"),
    ("from the 1990s to 2010", "1990/2010"),
    ("around 2020", "2020~"),
    ("about 9 May 2025", "2025-05-09~"),
    ("circa 1850", "1850~"),
    ("around the third quarter of 2024", "2024-07~/2024-09~"),
    ("since around 1990", "1990~/.."),
    ("from around 2015 to 2020", "2015~/2020"),
    ("perhaps in 2020", "2020?"),
    ("perhaps around 2020", "2020%"),
    ("in  the\u00a01990s.", "199X"),
]


@pytest.mark.parametrize(("words", "edtf"), ABSOLUTE)
@pytest.mark.parametrize("reference", [None, REFERENCE])
def test_absolute_words(words: str, edtf: str, reference: str | None) -> None:
    period = parse_period(words=words, edtf=None, reference=reference)
    assert period.edtf == edtf
    assert period.resolved_against is None
    assert period.words == " ".join(words.split())


RELATIVE = [
    ("last year", REFERENCE, "2023"),
    ("Last year", REFERENCE, "2023"),
    ("last year", "2000-01-01", "1999"),
    ("last year", "2024-02-29", "2023"),
    ("next year", REFERENCE, "2025"),
    ("next year", "1999-12-31", "2000"),
    ("this year", REFERENCE, "2024"),
    ("the current year", REFERENCE, "2024"),
    ("in the coming year", REFERENCE, "2025"),
    ("the year before last", REFERENCE, "2022"),
    ("the year after next", REFERENCE, "2026"),
    ("the previous year", REFERENCE, "2023"),
    ("a year earlier", REFERENCE, "2023"),
    ("one year before", REFERENCE, "2023"),
    ("the past year", REFERENCE, "2023-11-27~/2024-11-27"),
    ("over the past year", "2024-02-29", "2023-02-28~/2024-02-29"),
    ("over the last year", REFERENCE, "2023-11-27~/2024-11-27"),
    ("in the last five years", REFERENCE, "2019-11-27~/2024-11-27"),
    ("in the past three months", "2024-05-31", "2024-02-29~/2024-05-31"),
    ("over the past two weeks", REFERENCE, "2024-11-13~/2024-11-27"),
    ("in the past 10 days", REFERENCE, "2024-11-17~/2024-11-27"),
    ("over the next two years", REFERENCE, "2024-11-27/2026-11-27~"),
    ("in the last decade", REFERENCE, "2014-11-27~/2024-11-27"),
    ("from January to September of the current year", REFERENCE, "2024-01/2024-09"),
    ("from January to September of last year", REFERENCE, "2023-01/2023-09"),
    ("in the first nine months of the year", REFERENCE, "2024-01/2024-09"),
    ("in the first half of next year", REFERENCE, "2025-01/2025-06"),
    ("the fourth quarter of last year", REFERENCE, "2023-36"),
    ("last year's third quarter", REFERENCE, "2023-35"),
    ("May this year", REFERENCE, "2024-05"),
    ("in May of last year", REFERENCE, "2023-05"),
    ("on May 9 this year", REFERENCE, "2024-05-09"),
    ("on 9 May next year", REFERENCE, "2025-05-09"),
    ("last October", REFERENCE, "2024-10"),
    ("last November", REFERENCE, "2023-11"),
    ("last December", REFERENCE, "2023-12"),
    ("last January", "2024-01-15", "2023-01"),
    ("next May", REFERENCE, "2025-05"),
    ("next November", REFERENCE, "2025-11"),
    ("next December", REFERENCE, "2024-12"),
    ("this May", REFERENCE, "2024-05"),
    ("last summer", REFERENCE, "2024-22"),
    ("last summer", "2024-07-01", "2023-22"),
    ("last winter", REFERENCE, "2023-24"),
    ("last winter", "2025-01-10", "2023-24"),
    ("this winter", "2025-01-10", "2024-24"),
    ("this winter", REFERENCE, "2024-24"),
    ("next spring", REFERENCE, "2025-21"),
    ("last month", REFERENCE, "2024-10"),
    ("last month", "2024-01-31", "2023-12"),
    ("last month", "2024-03-31", "2024-02"),
    ("this month", REFERENCE, "2024-11"),
    ("next month", "2023-12-31", "2024-01"),
    ("last week", REFERENCE, "2024-11-18/2024-11-24"),
    ("last week", "2024-11-25", "2024-11-18/2024-11-24"),
    ("this week", "2024-11-24", "2024-11-18/2024-11-24"),
    ("next week", "2024-12-29", "2024-12-30/2025-01-05"),
    ("last quarter", REFERENCE, "2024-35"),
    ("last quarter", "2024-02-29", "2023-36"),
    ("next quarter", REFERENCE, "2025-33"),
    ("this decade", REFERENCE, "202X"),
    ("last century", REFERENCE, "19XX"),
    ("this century", "2000-01-01", "20XX"),
    ("last century", "1999-12-31", "18XX"),
    ("yesterday", REFERENCE, "2024-11-26"),
    ("yesterday", "2024-03-01", "2024-02-29"),
    ("yesterday", "2023-03-01", "2023-02-28"),
    ("yesterday", "2000-01-01", "1999-12-31"),
    ("today", "2024-02-29", "2024-02-29"),
    ("tonight", REFERENCE, "2024-11-27"),
    ("tomorrow", "2024-12-31", "2025-01-01"),
    ("tomorrow", "2024-02-28", "2024-02-29"),
    ("the day before yesterday", REFERENCE, "2024-11-25"),
    ("the day after tomorrow", REFERENCE, "2024-11-29"),
    ("on Monday", REFERENCE, "2024-11-25"),
    ("on Wednesday", REFERENCE, "2024-11-27"),
    ("on Thursday", REFERENCE, "2024-11-21"),
    ("Monday morning", REFERENCE, "2024-11-25"),
    ("last Wednesday", REFERENCE, "2024-11-20"),
    ("last Monday", REFERENCE, "2024-11-25"),
    ("next Wednesday", REFERENCE, "2024-12-04"),
    ("next Thursday", REFERENCE, "2024-11-28"),
    ("this Friday", REFERENCE, "2024-11-29"),
    ("these days", REFERENCE, "2024-11~"),
    ("a year ago", REFERENCE, "2023"),
    ("3 years ago", REFERENCE, "2021"),
    ("three years ago", REFERENCE, "2021"),
    ("twenty-five years ago", REFERENCE, "1999"),
    ("about ten years ago", REFERENCE, "2014~"),
    ("a month ago", "2024-03-31", "2024-02"),
    ("two weeks ago", REFERENCE, "2024-11-11/2024-11-17"),
    ("10 days ago", REFERENCE, "2024-11-17"),
    ("two decades ago", REFERENCE, "2004~"),
    ("half a century ago", REFERENCE, "1974~"),
    ("half a year ago", REFERENCE, "2024-05"),
    ("more than 20 years ago", REFERENCE, "/2004"),
    ("in three years' time", REFERENCE, "2027"),
    ("two years from now", REFERENCE, "2026"),
    ("by the end of the year", REFERENCE, "/2024"),
    ("by the end of next year", REFERENCE, "/2025"),
    ("at the end of the month", REFERENCE, "2024-11"),
    ("later this year", REFERENCE, "2024"),
    ("early last year", REFERENCE, "2023-01~/2023-04~"),
    ("in the last quarter", REFERENCE, "2024-35"),
    ("the past quarter", REFERENCE, "2024-35"),
    ("since last year", REFERENCE, "2023/.."),
    ("since Monday", REFERENCE, "2024-11-25/.."),
    ("until next May", REFERENCE, "../2025-05"),
    ("so far this year", REFERENCE, "2024-01-01/2024-11-27"),
    ("from 2015 to last year", REFERENCE, "2015/2023"),
]


@pytest.mark.parametrize(("words", "reference", "edtf"), RELATIVE)
def test_relative_words(words: str, reference: str, edtf: str) -> None:
    period = parse_period(words=words, edtf=None, reference=reference)
    assert period.edtf == edtf
    assert period.resolved_against == reference
    assert period.start is not None or period.end is not None


@pytest.mark.parametrize("words", sorted({row[0] for row in RELATIVE}))
def test_relative_words_need_a_reference(words: str) -> None:
    period = parse_period(words=words, edtf=None, reference=None)
    assert period.edtf is None
    assert period.start is None
    assert period.words == words
    assert "published" in unresolved_hint(words, None)


UNRESOLVED = [
    "soon",
    "current",
    "currently",
    "recently",
    "in recent years",
    "in the coming weeks",
    "in the next few years",
    "several years ago",
    "in the near future",
    "some day",
    "on May 9",
    "May 9",
    "in September",
    "from January to September",
    "the third quarter",
    "in the first half",
    "three years later",
    "a month earlier",
    "the following year",
    "in the same month",
    "fiscal 2024",
    "in the fiscal year 2023/24",
    "FY2024",
    "the third quarter of fiscal 2024",
    "the 2024/25 season",
    "the 1900s",
    "by soon",
    "at the last week of the war",
    "in 2023 or so",
    "last yearly",
    "20000 years ago",
    "the first 13 months of 2024",
    "the fifth quarter of 2024",
    "the third half of 2024",
    "summer 2024/25",
]


@pytest.mark.parametrize("words", UNRESOLVED)
def test_words_that_stay_words(words: str) -> None:
    period = parse_period(words=words, edtf=None, reference=REFERENCE)
    assert period.words == words
    assert (period.edtf, period.start, period.end, period.precision) == (None, None, None, None)
    assert period.resolved_against is None


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (
            "on May 9",
            "{words: on May 9, edtf: 2025-05-09} (the next) or edtf: 2024-05-09 (the last)",
        ),
        ("on November 27", "edtf: 2025-11-27} (the next) or edtf: 2024-11-27"),
        ("on 29 February", "edtf: 2028-02-29} (the next) or edtf: 2024-02-29"),
        ("in the third quarter", "edtf: 2025-35} (the next) or edtf: 2024-35"),
        ("from January to September", "edtf: 2025-01/2025-09} (the next) or edtf: 2024-01/2024-09"),
        ("soon", "do not say when"),
        ("three years later", "count from another time"),
        ("fiscal 2024", "do not say when"),
        ("gibberish", "do not say when"),
    ],
)
def test_hints_for_words_that_stay_words(words: str, hint: str) -> None:
    assert hint in unresolved_hint(words, REFERENCE)


def test_years_outside_the_calendar_stay_words() -> None:
    for words, reference in [
        ("last year", "0001-06-01"),
        ("yesterday", "0001-01-01"),
        ("last week", "0001-01-03"),
        ("900 years ago", "0500-01-01"),
        ("next year", "9999-06-01"),
        ("tomorrow", "9999-12-31"),
        ("next month", "9999-12-31"),
        ("over the next two years", "9998-12-31"),
        ("after 9999", "2024-01-01"),
        ("before 0001", "2024-01-01"),
    ]:
        period = parse_period(words=words, edtf=None, reference=reference)
        assert period.edtf is None, words


# -- EDTF in place of words, and beside them ---------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["2023", "2024-01/2024-09", "199X", "2024~", "2024-35", "1991/..", "../2024", "2011-12"],
)
def test_words_that_are_edtf(value: str) -> None:
    period = parse_period(words=value, edtf=None, reference=REFERENCE)
    assert period == parse_period(words=None, edtf=value, reference=None)
    assert period.words is None
    assert period.edtf == value
    assert period.resolved_against is None


@pytest.mark.parametrize(
    ("words", "edtf", "resolved_against"),
    [
        ("on May 9", "2025-05-09", None),
        ("May 9", "2025-05", None),
        ("in September", "2024-09", None),
        ("from January to September", "2024-01/2024-09", None),
        ("from November to March", "2023-11/2024-03", None),
        ("in the third quarter", "2024-35", None),
        ("in the third quarter", "2024-07/2024-09", None),
        ("on 29 February", "2020-02-29", None),
        ("last year", "2023", REFERENCE),
        ("last year", "2023-07/2024-06", REFERENCE),  # a business year
        ("last year", "2023-05-09", REFERENCE),
        ("last October", "2023-10", REFERENCE),
        ("on Monday", "2024-12-02", REFERENCE),
        ("next Monday", "2024-12-09", REFERENCE),
        ("a year earlier", "2015", None),
        ("a year earlier", "2023", REFERENCE),
        ("the previous year", "1990", None),
        ("these days", "2024-11-28", REFERENCE),
        ("these days", "2024-12-05", REFERENCE),
        ("around 2020", "2019", None),
        ("in 2025", "2025-05-09", None),
        ("9 May 2025", "2025-05", None),
        ("since 1991", "1991-12-25/..", None),
        ("since 1991", "1991/2024", None),
        ("in early 2024", "2024-01/2024-03", None),
        ("soon", "2025", None),
        ("three years later", "2018", None),
        ("fiscal 2024", "2023-10/2024-09", None),
        ("2024/25", "2024-07/2025-06", None),
        ("2020-21", "2020/2021", None),
        ("31 June", "2024-06-30", None),
        ("the jubilee year", "2024", None),
    ],
)
def test_edtf_decides_and_words_are_kept(
    words: str, edtf: str, resolved_against: str | None
) -> None:
    period = parse_period(words=words, edtf=edtf, reference=REFERENCE)
    assert period.words == words
    assert period.edtf == edtf
    assert period.resolved_against == resolved_against
    assert period.start == parse_period(words=None, edtf=edtf, reference=None).start


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("last year", "2022"),
        ("last year", "2024"),
        ("next year", "2023"),
        ("in 2023", "2024"),
        ("in 2023", "2023-07/2024-06"),
        ("on May 9", "2025-05-08"),
        ("on May 9", "2025-04"),
        ("in September", "2024-08"),
        ("from January to September", "2024-01/2024-10"),
        ("from January to September 2024", "2024-01/2024-10"),
        ("from January to September of the current year", "2023-01/2023-09"),
        ("on Monday", "2024-12-03"),
        ("last October", "2024-09"),
        ("9 May 2025", "2025-05-19"),
        ("the third quarter of 2024", "2024-36"),
        ("yesterday", "2024-11-25"),
        ("the 1990s", "2001"),
        ("by 2030", "2031"),
        ("since 1991", "1990"),
        ("around 2020", "2012"),
    ],
)
def test_words_that_contradict_the_edtf_value(words: str, edtf: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_period(words=words, edtf=edtf, reference=REFERENCE)
    assert "different times" in caught.value.message
    assert words in caught.value.message
    assert edtf in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("words", "edtf", "reference", "message"),
    [
        (None, None, REFERENCE, "needs words or EDTF"),
        ("", None, REFERENCE, "empty"),
        (" \n ", "2024", REFERENCE, "empty"),
        ("last year", None, "2024-13-01", "month 13"),
        ("last year", None, "", "not a date"),
        ("last year", "2024-13", REFERENCE, "month 13"),
        ("2024-13", None, REFERENCE, "month 13"),
        ("2024-01-32", None, REFERENCE, "day 32"),
        ("2024-02-31", None, REFERENCE, "day 31"),
        ("2024-02-30/2024-03-01", None, REFERENCE, "day 30"),
        ("0 BC", None, REFERENCE, "year 0"),
        ("in 0000", None, REFERENCE, "year 0"),
        ("99999", None, REFERENCE, "not EDTF"),
        ("2024/2023", None, REFERENCE, "ends before it begins"),
        ("from 2020 to 2015", None, REFERENCE, "ends before it begins"),
        ("2020-2015", None, REFERENCE, "ends before it begins"),
        ("31 February 2025", None, REFERENCE, "day 31"),
        ("29 February 2023", None, REFERENCE, "day 29"),
        ("on 31 June", None, REFERENCE, "day 31"),
        ("May 0, 2024", None, REFERENCE, "day 0"),
        ("9.13.2025", None, REFERENCE, "month 13"),
        ("from 5 to 32 May 2025", None, REFERENCE, "day 32"),
        ("from 9 to 5 May 2025", None, REFERENCE, "ends before it begins"),
        ("2024/21", None, REFERENCE, "not EDTF"),
        ("NaN", None, REFERENCE, "names no time"),
        ("banana", None, REFERENCE, "names no time"),
        ("2020-21", None, REFERENCE, "two years"),
        ("2023-24", None, REFERENCE, "two years"),
        ("28", None, REFERENCE, "not EDTF"),
        ("12:30", None, REFERENCE, "not EDTF"),
        ("🎉", None, REFERENCE, "not EDTF"),
        ("...", None, REFERENCE, "not EDTF"),
        ("x" * 10_000, None, REFERENCE, "too long"),
        ("last year " * 1000, None, REFERENCE, "too long"),
        ("9" * 10_000, None, REFERENCE, "too long"),
    ],
)
def test_bad_periods(words: str | None, edtf: str | None, reference: str, message: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_period(words=words, edtf=edtf, reference=reference)
    assert message in caught.value.message
    assert caught.value.hint
    assert len(caught.value.message) < 250
