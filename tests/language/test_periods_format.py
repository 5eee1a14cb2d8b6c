"""Periods as words in a sentence, and those words read again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.language.dates import PeriodError
from lod.language.periods import format_period, parse_edtf, parse_period
from lod.model.period import Period

TABLE = [
    ("2023", "in 2023", "im Jahr 2023"),
    ("2024-05", "in May 2024", "im Mai 2024"),
    ("2025-05-09", "on 9 May 2025", "am 9. Mai 2025"),
    ("2024-01/2024-09", "from January to September 2024", "von Januar bis September 2024"),
    ("2024-11/2025-03", "from November 2024 to March 2025", "von November 2024 bis März 2025"),
    ("2025-05-05/2025-05-09", "from 5 to 9 May 2025", "vom 5. bis 9. Mai 2025"),
    (
        "2025-05-05/2025-06-09",
        "from 5 May 2025 to 9 June 2025",
        "vom 5. Mai 2025 bis zum 9. Juni 2025",
    ),
    ("2015/2020", "from 2015 to 2020", "von 2015 bis 2020"),
    ("2015/2020-05", "from 2015 to May 2020", "von 2015 bis Mai 2020"),
    ("1991/..", "from 1991 on", "ab 1991"),
    ("2025-05-09/..", "from 9 May 2025 on", "ab dem 9. Mai 2025"),
    ("../2030", "until 2030", "bis 2030"),
    ("/2030", "by 2030", "bis 2030"),
    ("/2025-05-09", "by 9 May 2025", "bis zum 9. Mai 2025"),
    ("2021/", "from 2021 to an unknown date", "von 2021 bis zu einem unbekannten Zeitpunkt"),
    ("2024-35", "in the third quarter of 2024", "im dritten Quartal 2024"),
    ("2024-40", "in the first half of 2024", "im ersten Halbjahr 2024"),
    ("2024-22", "in summer 2024", "im Sommer 2024"),
    ("2024-24", "in winter 2024/25", "im Winter 2024/25"),
    ("1999-24", "in winter 1999/00", "im Winter 1999/00"),
    ("2024-37", "from January to April 2024", "von Januar bis April 2024"),
    ("2024-29", "from September to November 2024", "von September bis November 2024"),
    ("199X", "in the 1990s", "in den 1990er Jahren"),
    ("190X", "from 1900 to 1909", "von 1900 bis 1909"),
    ("18XX", "in the 19th century", "im 19. Jahrhundert"),
    ("00XX", "in the 1st century", "im 1. Jahrhundert"),
    ("10XX", "in the 11th century", "im 11. Jahrhundert"),
    ("99XX", "in the 100th century", "im 100. Jahrhundert"),
    ("21XX", "in the 22nd century", "im 22. Jahrhundert"),
    ("2020~", "around 2020", "etwa im Jahr 2020"),
    ("2020?", "perhaps in 2020", "möglicherweise im Jahr 2020"),
    ("2020%", "perhaps around 2020", "möglicherweise etwa im Jahr 2020"),
    ("2025-05-09~", "around 9 May 2025", "etwa am 9. Mai 2025"),
    ("199X~", "around the 1990s", "etwa in den 1990er Jahren"),
    ("2015~/2020", "from around 2015 to 2020", "von etwa 2015 bis 2020"),
    ("1990~/..", "from around 1990 on", "ab etwa 1990"),
    (
        "2020-21/2021-22",
        "from spring 2020 to summer 2021",
        "von Frühjahr 2020 bis Sommer 2021",
    ),
    ("199X/2005", "from the 1990s to 2005", "von den 1990er Jahren bis 2005"),
    # no good phrase
    ("[2023,2025]", "[2023,2025]", "[2023,2025]"),
    ("XXXX-05-09", "XXXX-05-09", "XXXX-05-09"),
    ("156X-12-25", "156X-12-25", "156X-12-25"),
    ("../..", "../..", "../.."),
    ("2004-06~-11", "2004-06~-11", "2004-06~-11"),
]


@pytest.mark.parametrize(("edtf", "english", "german"), TABLE)
def test_phrases(edtf: str, english: str, german: str) -> None:
    period = parse_edtf(edtf)
    assert format_period(period, "en") == english
    assert format_period(period, "de") == german


def test_unresolved_periods_keep_their_words() -> None:
    assert format_period(Period(words="soon"), "en") == "soon"
    assert format_period(Period(words="soon"), "uk") == "soon"


def test_resolved_words_are_said_as_dates() -> None:
    period = parse_period(words="last year", edtf=None, reference="2024-11-27")
    assert format_period(period, "en") == "in 2023"


def test_a_language_without_data_says_edtf() -> None:
    assert format_period(parse_edtf("2024-35"), "uk") == "2024-35"


_marks = st.sampled_from(["", "", "~", "?", "%"])
_days = st.dates(date(1, 1, 1), date(9998, 12, 31)).map(date.isoformat)
_dates = st.one_of(_days, _days.map(lambda day: day[:7]), _days.map(lambda day: day[:4]))
_marked = st.tuples(_dates, _marks).map("".join)
_spans = st.tuples(
    st.one_of(st.integers(0, 999).map("{:03d}X".format), st.integers(0, 99).map("{:02d}XX".format)),
    _marks,
).map("".join)
_parts = st.tuples(st.integers(1, 9998), st.integers(21, 41)).map(lambda p: f"{p[0]:04d}-{p[1]}")
_ends = st.one_of(_marked, st.just(".."), st.just(""))
_values = st.one_of(
    _marked,
    _spans,
    _parts,
    st.tuples(_ends, _ends).map("/".join),
    st.tuples(_spans, _marked).map("/".join),
    st.sampled_from([row[0] for row in TABLE]),
)


@settings(max_examples=400, deadline=None)
@given(_values, st.sampled_from(["en", "de"]))
def test_a_phrase_is_read_as_the_same_days(edtf: str, language: str) -> None:
    try:
        period = parse_edtf(edtf)
    except PeriodError:
        return
    phrase = format_period(period, language)
    again = parse_period(words=phrase, edtf=None, reference=None, language=language)
    assert (again.start, again.end) == (period.start, period.end)
    assert (again.approximate, again.uncertain) == (period.approximate, period.uncertain)
