"""Extended Date/Time Format (ISO 8601-2:2019, levels 0 to 2; loc.gov/standards/datetime).

Plain dates, their qualifiers, intervals of them, seasons, quarters, decades and centuries are read
here, because the `edtf` library needs 10 ms for what takes 3 µs; everything else goes to that
library (`lod.facts.period.edtf_library`). A test holds that both give the same dates.

What is decided here where the format leaves it open, or where the library's answer is no fact:

* First and last day are days from 0001-01-01 to 9999-12-31. Year 0, years before it and years of
  more than four digits are refused.
* An unknown end (`2024/`) and an open one (`2024/..`) both have no date; the library would invent
  one ten years on.
* A winter (`2024-24`) begins in the year that it names and ends with the February of the next; the
  library ends it with December. Seasons 21 to 24 are those of the northern hemisphere.
* `18XX` is 1800 to 1899, and `00XX` begins with year 1. A year wholly unknown (`XXXX-05-09`) gives
  no dates.
* `1950S2` (two digits are significant) is 1900 to 1999, approximate.
* A set (`[2023,2025]`, `{2023,2025}`) has the first and last day of all its members.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lod.facts.dates import PeriodError, check_date, days_in_month, parse_date, shown
from lod.model.period import Period, Precision

#: EDTF values are short; the library's work on a long set grows into minutes.
MAX_LENGTH = 100

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_SPAN_OF_YEARS = re.compile(r"([0-9]{2})([0-9])?X{1,2}([~?%]?)")

#: Number of a part of a year: its first and last month (the last counted on into the next year).
_PARTS = {
    **dict.fromkeys((21, 25, 31), (3, 5)),
    **dict.fromkeys((22, 26, 32), (6, 8)),
    **dict.fromkeys((23, 27, 29), (9, 11)),
    **dict.fromkeys((24, 28, 30), (12, 14)),
    **{33 + i: (1 + 3 * i, 3 + 3 * i) for i in range(4)},
    **{37 + i: (1 + 4 * i, 4 + 4 * i) for i in range(3)},
    **{40 + i: (1 + 6 * i, 6 + 6 * i) for i in range(2)},
}

#: First and last day (None: not known), how exact, approximate, uncertain.
Reading = tuple[str | None, str | None, Precision, bool, bool]


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> Period:
    """Read an EDTF value.

    Args:
        text: the value, such as `2023`, `2024-01/2024-09`, `2024-35` (the third quarter), `199X`,
            `2024~`, `1991/..`. White space around it does not count.

    Returns:
        The period, without words; `edtf` is the value as it was written.

    Raises:
        PeriodError: it is no EDTF, a day does not exist, an interval ends before it begins, or a
            day is outside the years 0001 to 9999.

    >>> period = parse_edtf("2024-02")
    >>> period.start, period.end, str(period.precision)
    ('2024-02-01', '2024-02-29', 'month')
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise PeriodError(
            f"{shown(text)} is too long for EDTF", hint=f"at most {MAX_LENGTH} characters"
        )
    reading = _interval(text) if "/" in text else _single(text)
    if reading is None:
        reading = _from_library(text)
    start, end, precision, approximate, uncertain = reading
    if start is not None and end is not None and start > end:
        raise PeriodError(
            f"{shown(text)} ends before it begins", hint=f"from {start} to {end}: swap the ends"
        )
    return Period(
        edtf=text,
        start=start,
        end=end,
        precision=precision,
        approximate=approximate,
        uncertain=uncertain,
    )


def part_of_year(text: str, year: int, number: int) -> tuple[str, str, Precision]:
    """First day, last day and precision of a season, quarter, third or half of a year.

    Args:
        text: the whole value, for messages.
        year: 1 to 9999.
        number: 21 to 41, as in ISO 8601-2, 4.8 (EDTF level 2, sub-year groupings).
    """
    check_date(text, year)
    first, last = _PARTS[number]
    end_year = year + (last > 12)
    last -= 12 * (last > 12)
    if end_year > 9999:
        raise out_of_range(text)
    if number <= 32:
        precision = Precision.SEASON
    else:
        precision = Precision.QUARTER if number <= 36 else Precision.INTERVAL
    day = days_in_month(end_year, last)
    return f"{year:04d}-{first:02d}-01", f"{end_year:04d}-{last:02d}-{day:02d}", precision


def out_of_range(text: str) -> PeriodError:
    """The error of a day before year 1 or after year 9999."""
    return PeriodError(f"{shown(text)} is out of range", hint="years are 0001 to 9999")


def _single(text: str) -> Reading | None:
    """A value without a slash, or None where the library must read it."""
    match = _DATE.fullmatch(text)
    if match is not None:
        year, month, day, mark = match.groups()
        approximate, uncertain = mark in ("~", "%"), mark in ("?", "%")
        if month is None:
            check_date(text, int(year))
            return f"{year}-01-01", f"{year}-12-31", Precision.YEAR, approximate, uncertain
        if day is not None:
            check_date(text, int(year), int(month), int(day))
            date = f"{year}-{month}-{day}"
            return date, date, Precision.DAY, approximate, uncertain
        if int(month) in _PARTS:
            if mark:
                raise PeriodError(
                    f"{shown(text)}: a season or quarter takes no {mark}",
                    hint="write its months: "
                    + "/".join(
                        date[:7] + mark for date in part_of_year(text, int(year), int(month))[:2]
                    ),
                )
            return (*part_of_year(text, int(year), int(month)), False, False)
        _check_month(text, int(year), int(month))
        last = days_in_month(int(year), int(month))
        start, end = f"{year}-{month}-01", f"{year}-{month}-{last:02d}"
        return start, end, Precision.MONTH, approximate, uncertain
    match = _SPAN_OF_YEARS.fullmatch(text)
    if match is None or len(text.rstrip("~?%")) != 4:
        return None
    century, decade, mark = match.groups()
    approximate, uncertain = mark in ("~", "%"), mark in ("?", "%")
    known = century + (decade or "")
    first = max(int(known.ljust(4, "0")), 1)
    precision = Precision.CENTURY if decade is None else Precision.DECADE
    start, end = f"{first:04d}-01-01", f"{known.ljust(4, '9')}-12-31"
    return start, end, precision, approximate, uncertain


def _interval(text: str) -> Reading | None:
    """A value with a slash, or None where the library must read it."""
    lower, _, upper = text.partition("/")
    if not (lower or upper) or (lower, upper) in (("", ".."), ("..", "")):
        raise PeriodError(
            f"{shown(text)}: an interval needs at least one date",
            hint="write 2024/.. (open end), 2024/ (unknown end) or 2024/2025",
        )
    ends: list[Reading | None] = []
    for end in (lower, upper):
        if end in ("", ".."):
            ends.append((None, None, Precision.INTERVAL, False, False))
        elif (match := _DATE.fullmatch(end)) and (match[3] or int(match[2] or 0) not in _PARTS):
            ends.append(_single(end))
        else:
            return None
    first, last = ends
    if first is None or last is None:
        return None
    return first[0], last[1], Precision.INTERVAL, first[3] or last[3], first[4] or last[4]


def _check_month(text: str, year: int, month: int) -> None:
    """Check a month of an EDTF value, where 21 to 41 stand for parts of a year."""
    if month <= 12:
        check_date(text, year, month)
        return
    raise PeriodError(
        f"{shown(text)}: month {month} does not exist",
        hint="01 to 12 are months, 21 to 24 seasons, 33 to 36 quarters, 40 and 41 halves",
    )


def _from_library(text: str) -> Reading:
    """A value of level 1 or 2 as the `edtf` library reads it.

    Raises:
        PeriodError: the library cannot read it; the hint says what to write.
    """
    from lod.facts.period.edtf_library import read

    reading = None if " " in text.replace(", ", ",") else read(text)
    if reading is None:
        raise PeriodError(f"{shown(text)} is not EDTF", hint=_hint(text))
    return reading


_TYPED_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{2})")
_SHORT_END = re.compile(r"([0-9]{4})/([0-9]{2})")
_SHORT_MONTH = re.compile(r"([0-9]{4}-[0-9]{2})/([0-9]{2})")
_YEARS = re.compile(r"([0-9]{4})\s?[-\u2013]\s?([0-9]{4})")
_OLD = re.compile(r"[0-9]{1,4}[ux]{1,3}([-~?].*)?|.*(open|unknown|uu).*", re.IGNORECASE)
_LONG = re.compile(r"Y?[0-9]{5,}.*|Y?-[0-9]{4,}.*")
_SPACE = re.compile(r"\s")


def _hint(text: str) -> str:  # one line a kind of mistake
    """What to write in place of what is no EDTF."""
    if not text:
        return "write a year, a month or a day, such as 2023, 2024-05 or 2024-05-09"
    if _LONG.fullmatch(text):
        return "years are 0001 to 9999, with four digits"
    if match := _YEARS.fullmatch(text):
        return f"an interval has a slash: {match[1]}/{match[2]}"
    if _TYPED_DASHES.search(text):
        return "EDTF has plain hyphens (-)"
    if match := _WEEK.fullmatch(text):
        return _week_hint(int(match[1]), int(match[2]))
    if match := _SHORT_END.fullmatch(text):
        return f"both ends of an interval are written in full: {match[1]}/{match[1][:2]}{match[2]}"
    if match := _SHORT_MONTH.fullmatch(text):
        return (
            f"both ends of an interval are written in full: {match[0][:8]}{match[1][:5]}{match[2]}"
        )
    if _OLD.fullmatch(text):
        return (
            "an unknown digit is X (199X), an open end .. (2024/..), an unknown end empty (2024/)"
        )
    if text.count("/") > 1:
        return "an interval has one slash: 2024-01/2024-09; for a list write {2023,2025}"
    if _SPACE.search(text):
        return "EDTF has no spaces"
    try:
        parse_date(text)
    except PeriodError as error:
        if error.hint and ": " in error.hint:
            return error.hint
    return "write, for example, 2023, 2024-05, 2024-05-09, 2024-01/2024-09, 2024-35 or 199X"


def _week_hint(year: int, week: int) -> str:
    """The days of an ISO week, which EDTF cannot name."""
    from datetime import date

    try:
        first = date.fromisocalendar(year, week, 1).isoformat()
        last = date.fromisocalendar(year, week, 7).isoformat()
    except ValueError:
        return "EDTF has no weeks; write the days"
    return f"EDTF has no weeks; write the days: {first}/{last}"
