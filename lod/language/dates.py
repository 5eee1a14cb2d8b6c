"""Calendar dates, written YYYY-MM-DD, and the error of everything that is read as a time.

Dates are those of the proleptic Gregorian calendar from 0001-01-01 to 9999-12-31, without a time
zone (a subset of xsd:date, XML Schema Part 2, 3.3.9).
"""

from __future__ import annotations

from functools import lru_cache

from lod.errors import LodError
from lod.patterns import lazy

_DATE = lazy(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE = lazy(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})([T ].*)?")
_DAY_FIRST = lazy(r"([0-9]{1,2})\.\s?([0-9]{1,2})\.\s?([0-9]{4})")
_LONG_YEAR = lazy(r"[-+]?Y?-?[0-9]{5,}(-.*)?|-[0-9]{4}(-.*)?")

_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

#: How much of a bad value a message shows, in code points.
_SHOWN = 60


class PeriodError(LodError):
    """A date or period cannot be read; the hint says what was expected."""


def shown(text: str) -> str:
    """A value as messages show it: quoted, on one line, cut where it is long.

    >>> shown("2024-13")
    "'2024-13'"
    """
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def is_leap(year: int) -> bool:
    """Whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The number of days of a month.

    >>> days_in_month(2024, 2)
    29
    """
    return 29 if month == 2 and is_leap(year) else _DAYS[month]


def check_date(text: str, year: int, month: int = 1, day: int = 1) -> None:
    """Check that year, month and day exist.

    Args:
        text: the value that they come from, for the message.
        year: 1 to 9999.
        month: 1 to 12.
        day: 1 to the last day of the month.

    Raises:
        PeriodError: one of them does not exist.
    """
    if year == 0:
        raise PeriodError(f"{shown(text)}: year 0 does not exist", hint="years are 0001 to 9999")
    if not 1 <= month <= 12:
        raise PeriodError(
            f"{shown(text)}: month {month} does not exist",
            hint="months are 01 to 12; the order is year, month, day",
        )
    last = days_in_month(year, month)
    if not 1 <= day <= last:
        raise PeriodError(
            f"{shown(text)}: day {day} does not exist",
            hint=f"{year:04d}-{month:02d} has the days 01 to {last}",
        )


@lru_cache(maxsize=4096)
def parse_date(text: str) -> str:
    """Check a calendar date.

    Args:
        text: exactly YYYY-MM-DD, with ASCII digits and without spaces or a time zone.

    Returns:
        The same text, known to be an xsd:date.

    Raises:
        PeriodError: it is not written so, or the day does not exist.

    >>> parse_date("2024-02-29")
    '2024-02-29'
    >>> parse_date("2023-02-29")
    Traceback (most recent call last):
    ...
    lod.language.dates.PeriodError: '2023-02-29': day 29 does not exist
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise PeriodError(f"{shown(text)} is not a date", hint=_hint(text))
    check_date(text, int(match[1]), int(match[2]), int(match[3]))
    return text


def _hint(text: str) -> str:
    """What to write in place of what is no date."""
    expected = "write a calendar date as YYYY-MM-DD"
    text = text.strip()
    if _LONG_YEAR.fullmatch(text):
        return "years are 0001 to 9999, with four digits"
    if match := _LOOSE.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
    else:
        return f"{expected}, such as 2024-11-27"
    try:
        check_date(text, year, month, day)
    except PeriodError:
        return f"{expected}, such as 2024-11-27"
    return f"{expected}: {year:04d}-{month:02d}-{day:02d}"
