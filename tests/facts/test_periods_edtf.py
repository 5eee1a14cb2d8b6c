"""EDTF: what is read, how it is refused, and that our reading is the library's."""

from __future__ import annotations

from datetime import date
from typing import Any

import edtf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.facts.dates import PeriodError
from lod.facts.period.edtf_library import read
from lod.facts.periods import parse_edtf

TABLE = [
    # level 0
    ("2023", "2023-01-01", "2023-12-31", "year", ""),
    ("2024-02", "2024-02-01", "2024-02-29", "month", ""),
    ("2023-02", "2023-02-01", "2023-02-28", "month", ""),
    ("1900-02", "1900-02-01", "1900-02-28", "month", ""),
    ("2025-05-09", "2025-05-09", "2025-05-09", "day", ""),
    ("0001", "0001-01-01", "0001-12-31", "year", ""),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day", ""),
    (" 2023 ", "2023-01-01", "2023-12-31", "year", ""),
    ("2024-01/2024-09", "2024-01-01", "2024-09-30", "interval", ""),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "interval", ""),
    ("2024/2024", "2024-01-01", "2024-12-31", "interval", ""),
    ("2024/2024-05", "2024-01-01", "2024-05-31", "interval", ""),
    ("2024-05-09T10:00:00Z", "2024-05-09", "2024-05-09", "day", ""),
    # level 1
    ("2024~", "2024-01-01", "2024-12-31", "year", "~"),
    ("2024?", "2024-01-01", "2024-12-31", "year", "?"),
    ("2024%", "2024-01-01", "2024-12-31", "year", "~?"),
    ("2024-05-09~", "2024-05-09", "2024-05-09", "day", "~"),
    ("../2024", None, "2024-12-31", "interval", ""),
    ("2024/..", "2024-01-01", None, "interval", ""),
    ("/2030", None, "2030-12-31", "interval", ""),
    ("2030/", "2030-01-01", None, "interval", ""),
    ("../..", None, None, "interval", ""),
    ("2004~/2005?", "2004-01-01", "2005-12-31", "interval", "~?"),
    ("202X", "2020-01-01", "2029-12-31", "decade", ""),
    ("199X~", "1990-01-01", "1999-12-31", "decade", "~"),
    ("18XX", "1800-01-01", "1899-12-31", "century", ""),
    ("00XX", "0001-01-01", "0099-12-31", "century", ""),
    ("000X", "0001-01-01", "0009-12-31", "decade", ""),
    ("2XXX", "2000-01-01", "2999-12-31", "interval", ""),
    ("2024-XX", "2024-01-01", "2024-12-31", "year", ""),
    ("2024-05-XX", "2024-05-01", "2024-05-31", "month", ""),
    ("2024-XX-XX", "2024-01-01", "2024-12-31", "year", ""),
    ("2024-21", "2024-03-01", "2024-05-31", "season", ""),
    ("2024-22", "2024-06-01", "2024-08-31", "season", ""),
    ("2024-23", "2024-09-01", "2024-11-30", "season", ""),
    ("2023-24", "2023-12-01", "2024-02-29", "season", ""),
    ("2024-24", "2024-12-01", "2025-02-28", "season", ""),
    ("2020-21/2021-22", "2020-03-01", "2021-08-31", "interval", ""),
    ("2020-21~/2021", "2020-03-01", "2021-12-31", "interval", "~"),
    # level 2
    ("2024-33", "2024-01-01", "2024-03-31", "quarter", ""),
    ("2024-34", "2024-04-01", "2024-06-30", "quarter", ""),
    ("2024-35", "2024-07-01", "2024-09-30", "quarter", ""),
    ("2024-36", "2024-10-01", "2024-12-31", "quarter", ""),
    ("2024-37", "2024-01-01", "2024-04-30", "interval", ""),
    ("2024-40", "2024-01-01", "2024-06-30", "interval", ""),
    ("2024-41", "2024-07-01", "2024-12-31", "interval", ""),
    ("2024-29", "2024-09-01", "2024-11-30", "season", ""),
    ("2024-30", "2024-12-01", "2025-02-28", "season", ""),
    ("156X-12-25", "1560-12-25", "1569-12-25", "decade", ""),
    ("20X4", "2004-01-01", "2094-12-31", "interval", ""),
    ("XXXX-05-09", None, None, "day", ""),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "day", "~"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", "day", "?"),
    ("%2024", "2024-01-01", "2024-12-31", "year", "~?"),
    ("[2023,2025]", "2023-01-01", "2025-12-31", "interval", ""),
    ("{2023,2024-05}", "2023-01-01", "2024-05-31", "interval", ""),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "interval", ""),
    ("[..1984]", None, "1984-12-31", "interval", ""),
    ("199X/2005", "1990-01-01", "2005-12-31", "interval", ""),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "interval", ""),
    ("1950S2", "1900-01-01", "1999-12-31", "century", "~"),
    ("1950S3~", "1950-01-01", "1959-12-31", "decade", "~"),
]


@pytest.mark.parametrize(("text", "start", "end", "precision", "marks"), TABLE)
def test_reads(text: str, start: str | None, end: str | None, precision: str, marks: str) -> None:
    period = parse_edtf(text)
    assert (period.start, period.end, str(period.precision)) == (start, end, precision)
    assert (period.approximate, period.uncertain) == ("~" in marks, "?" in marks)
    assert period.edtf == text.strip()
    assert period.words is None
    assert period.resolved_against is None


REFUSED = [
    ("2024-13", "month 13 does not exist", "33 to 36 quarters"),
    ("2024-00", "month 0 does not exist", "01 to 12"),
    ("2024-42", "month 42 does not exist", "40 and 41 halves"),
    ("2024-01-32", "day 32 does not exist", "01 to 31"),
    ("2024-02-31", "day 31 does not exist", "2024-02 has the days 01 to 29"),
    ("2023-02-29", "day 29 does not exist", "2023-02 has the days 01 to 28"),
    ("2024-02-30/2024-03-01", "day 30 does not exist", "01 to 29"),
    ("2024-01/2024-13", "month 13 does not exist", "01 to 12"),
    ("{2023-02-29,2024}", "day 29 does not exist", "01 to 28"),
    ("0000", "year 0 does not exist", "0001 to 9999"),
    ("0000-05", "year 0 does not exist", "0001 to 9999"),
    ("0000/2024", "year 0 does not exist", "0001 to 9999"),
    ("0000-21", "year 0 does not exist", "0001 to 9999"),
    ("-0044", "out of range", "0001 to 9999"),
    ("Y20240", "out of range", "0001 to 9999"),
    ("Y17E7", "out of range", "0001 to 9999"),
    ("9999-24", "out of range", "0001 to 9999"),
    ("99999", "not EDTF", "four digits"),
    ("2024/2023", "ends before it begins", "from 2024-01-01 to 2023-12-31"),
    ("2024-05-09/2024-05-08", "ends before it begins", "swap"),
    ("[2025,2024]/2023", "not EDTF", ""),
    ("/", "at least one date", "2024/.."),
    ("/..", "at least one date", "2024/.."),
    ("../", "at least one date", "2024/.."),
    ("2024/25", "not EDTF", "in full: 2024/2025"),
    ("2024-05/09", "not EDTF", "in full: 2024-05/2024-09"),
    ("2024/2025/2026", "not EDTF", "one slash"),
    ("2015-2020", "not EDTF", "2015/2020"),
    ("2024–05", "not EDTF", "plain hyphens"),
    ("2024-35~", "takes no ~", "2024-07~/2024-09~"),
    ("2024-W05", "not EDTF", "2024-01-29/2024-02-04"),
    ("2024-W99", "not EDTF", "write the days"),
    ("199x", "not EDTF", "199X"),
    ("199u", "not EDTF", "199X"),
    ("2024/open", "not EDTF", "2024/.."),
    ("unknown/2024", "not EDTF", "2024/"),
    ("2024-1X", "not EDTF", ""),
    ("2024-05-1X", "cannot be resolved to days", "X stands for"),
    ("2024S9", "cannot be resolved to days", ""),
    ("2024/ 2025", "not EDTF", "no spaces"),
    ("27.11.2024", "not EDTF", "2024-11-27"),
    ("", "not EDTF", "2023"),
    ("NaN", "not EDTF", "2023"),
    ("null", "not EDTF", "2023"),
    ("last year", "not EDTF", ""),
    ("🎉", "not EDTF", "2023"),
    ("２０２４", "not EDTF", "2023"),
    ("2024\x00", "not EDTF", "2023"),
    ("2" * 10_000, "too long", "100"),
    ("[" + "2020," * 2000 + "2020]", "too long", "100"),
    ("(" * 90, "not EDTF", ""),
]


@pytest.mark.parametrize(("text", "message", "hint"), REFUSED)
def test_refuses(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_edtf(text)
    assert message in caught.value.message
    assert caught.value.hint
    assert hint in caught.value.hint
    assert len(caught.value.message) < 200


def test_the_library_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PeriodError):
        parse_edtf("2004-02-01/2005-XX")
    assert capsys.readouterr().out == ""


# -- our own reading and the library's ---------------------------------------------------------

_years = st.integers(1, 9998).map("{:04d}".format)
_months = st.tuples(_years, st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02d}")
_days = st.dates(date(1, 1, 1), date(9998, 12, 31)).map(date.isoformat)
_dates = st.one_of(_years, _months, _days)
_marked = st.tuples(_dates, st.sampled_from(["", "~", "?", "%"])).map("".join)
_spans = st.one_of(
    st.tuples(st.integers(1, 999).map("{:03d}X".format), st.sampled_from(["", "~", "?", "%"])),
    st.tuples(st.integers(1, 99).map("{:02d}XX".format), st.sampled_from(["", "~", "?", "%"])),
).map("".join)
_parts = st.tuples(_years, st.integers(21, 41)).map(lambda p: f"{p[0]}-{p[1]:02d}")
_ends = st.one_of(_marked, st.just(".."), st.just(""))
_intervals = st.tuples(_ends, _ends).map("/".join)


def _bounds_of_library(text: str) -> tuple[Any, ...]:
    """First and last day by the library's own methods; None where it has infinity."""
    value = edtf.parse_edtf(text)
    both = value.is_uncertain_and_approximate
    found = [
        None if isinstance(day, float) else "{:04d}-{:02d}-{:02d}".format(*day[:3])
        for day in (value.lower_strict(), value.upper_strict())
    ]
    return (*found, value.is_approximate or both, value.is_uncertain or both)


@settings(max_examples=60, deadline=None)
@given(st.one_of(_marked, _spans, _parts))
def test_agrees_with_the_library_on_single_values(text: str) -> None:
    period = parse_edtf(text)
    start, end, approximate, uncertain = _bounds_of_library(text)
    if text[5:7] in ("24", "28", "30") and len(text) == 7:
        assert str(end).endswith("-12-31")  # the library cuts a winter at the end of its year
        end = period.end
    assert (period.start, period.end) == (start, end)
    assert (period.approximate, period.uncertain) == (approximate, uncertain)


@settings(max_examples=60, deadline=None)
@given(_intervals)
def test_agrees_with_the_library_on_intervals(text: str) -> None:
    lower, upper = text.split("/")
    try:
        start, end, approximate, uncertain = _bounds_of_library(text)
    except (edtf.EDTFParseException, TypeError):
        with pytest.raises(PeriodError):
            parse_edtf(text)
        return
    start, end = start if lower else None, end if upper else None  # unknown: it invents ten years
    if start and end and start > end:
        with pytest.raises(PeriodError):
            parse_edtf(text)
        return
    period = parse_edtf(text)
    assert (period.start, period.end) == (start, end)
    assert (period.approximate, period.uncertain) == (approximate, uncertain)


@settings(max_examples=40, deadline=None)
@given(st.one_of(_marked, _spans, _intervals))
def test_the_wrapped_library_reads_what_we_read_ourselves(text: str) -> None:
    try:
        period = parse_edtf(text)
    except PeriodError:
        return
    assert read(text) == (
        period.start,
        period.end,
        period.precision,
        period.approximate,
        period.uncertain,
    )


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=30),
        st.text(alphabet="0123456789X-/.~?%[]{},YESTZ: ", max_size=24),
        st.from_regex(
            r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/[0-9X]{4}(-[0-9X]{2})?)?", fullmatch=True
        ),
    )
)
def test_only_period_errors_and_ordered_days(text: str) -> None:
    try:
        period = parse_edtf(text)
    except PeriodError:
        return
    for day in (period.start, period.end):
        assert day is None or date.fromisoformat(day).isoformat() == day
    if period.start is not None and period.end is not None:
        assert period.start <= period.end
    assert period.precision is not None
