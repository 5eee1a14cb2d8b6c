"""Calendar dates: what is one, and what the message says of what is none."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import LodError
from lod.language.dates import PeriodError, days_in_month, parse_date


@pytest.mark.parametrize(
    "text", ["2024-11-27", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "1900-02-28"]
)
def test_reads_a_date(text: str) -> None:
    assert parse_date(text) == text


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2024-13-01", "month 13 does not exist", "01 to 12"),
        ("2024-00-01", "month 0 does not exist", "01 to 12"),
        ("2024-01-32", "day 32 does not exist", "01 to 31"),
        ("2024-01-00", "day 0 does not exist", "01 to 31"),
        ("2024-02-31", "day 31 does not exist", "2024-02 has the days 01 to 29"),
        ("2023-02-29", "day 29 does not exist", "2023-02 has the days 01 to 28"),
        ("1900-02-29", "day 29 does not exist", "1900-02 has the days 01 to 28"),
        ("2024-06-31", "day 31 does not exist", "01 to 30"),
        ("0000-01-01", "year 0 does not exist", "0001 to 9999"),
        ("-0044-03-15", "is not a date", "0001 to 9999"),
        ("20240-01-01", "is not a date", "0001 to 9999"),
        ("99999", "is not a date", "0001 to 9999"),
        ("2024-1-5", "is not a date", "YYYY-MM-DD: 2024-01-05"),
        ("27.11.2024", "is not a date", "YYYY-MM-DD: 2024-11-27"),
        ("2024/11/27", "is not a date", "YYYY-MM-DD: 2024-11-27"),
        ("2024-11-27T10:00:00Z", "is not a date", "YYYY-MM-DD: 2024-11-27"),
        ("2024-11-27Z", "is not a date", "such as 2024-11-27"),
        ("2024-11", "is not a date", "such as 2024-11-27"),
        ("2024", "is not a date", "such as 2024-11-27"),
        ("20241127", "is not a date", "0001 to 9999"),
        ("", "is not a date", "such as 2024-11-27"),
        (" 2024-11-27", "is not a date", "2024-11-27"),
        ("2024-11-27\n", "is not a date", "2024-11-27"),
        ("NaN", "is not a date", "such as 2024-11-27"),
        ("November 27, 2024", "is not a date", "such as 2024-11-27"),
        ("２０２４-11-27", "is not a date", "such as 2024-11-27"),
        ("2024-٠١-٠٥", "is not a date", "such as 2024-11-27"),
        ("🎉", "is not a date", "such as 2024-11-27"),
        ("2024-11-27" * 1000, "is not a date", "such as 2024-11-27"),
    ],
)
def test_refuses_what_is_no_date(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_date(text)
    assert message in caught.value.message
    assert caught.value.hint is not None
    assert hint in caught.value.hint
    assert len(caught.value.message) < 200


def test_the_error_is_one_of_lods() -> None:
    assert issubclass(PeriodError, LodError)


@given(st.dates())
def test_every_calendar_date_is_read(day: date) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()


@given(st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_agrees_with_the_calendar(text: str) -> None:
    try:
        expected: str | None = date.fromisoformat(text).isoformat()
    except ValueError:
        expected = None
    try:
        found: str | None = parse_date(text)
    except PeriodError:
        found = None
    assert found == expected


@given(st.text())
def test_only_period_errors(text: str) -> None:
    with contextlib.suppress(PeriodError):
        assert parse_date(text) == text


@given(st.integers(1, 9998), st.integers(1, 12))
def test_days_in_month(year: int, month: int) -> None:
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    assert days_in_month(year, month) == (following - first).days
