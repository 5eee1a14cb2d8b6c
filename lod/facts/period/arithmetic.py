"""Counting with EDTF values: the next month, the end of a quarter, the week of a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

from lod.facts.dates import days_in_month
from lod.facts.period.edtf import parse_edtf
from lod.model.period import Precision

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")


class OutOfRangeError(Exception):
    """A year is outside 0001 to 9999."""


def year_text(year: int) -> str:
    """A year in four digits.

    Raises:
        OutOfRangeError: it is outside 0001 to 9999.
    """
    if not 1 <= year <= 9999:
        raise OutOfRangeError
    return f"{year:04d}"


def month_text(year: int, month: int) -> str:
    """A month; months before January and after December count on into other years."""
    return f"{year_text(year + (month - 1) // 12)}-{(month - 1) % 12 + 1:02d}"


def shifted(day: date, months: int) -> date:
    """The same day some months on, or the last one of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year_text(year)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def week_of(day: date) -> str:
    """The ISO week of a day, as the interval of its days."""
    monday = day - timedelta(days=day.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def unit_at(day: date, unit: str, by: int) -> str:
    """The day, week, month, quarter, year, decade or century some units from that of a day."""
    if unit == "day":
        return (day + timedelta(days=by)).isoformat()
    if unit == "week":
        return week_of(day + timedelta(weeks=by))
    if unit == "month":
        return month_text(day.year, day.month + by)
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + by
        return f"{year_text(day.year + quarter // 4)}-{33 + quarter % 4}"
    if unit == "decade":
        return f"{year_text(day.year + 10 * by)[:3]}X"
    if unit == "century":
        return f"{year_text(day.year + 100 * by)[:2]}XX"
    return year_text(day.year + by)


def end_of(edtf: str, side: int) -> str | None:
    """The first (side 0) or last (side 1) year, month or day of a value; None where open."""
    if "/" in edtf:
        end = edtf.split("/")[side]
        return None if end in ("", "..") else end
    period = parse_edtf(edtf)
    day = period.end if side else period.start
    if day is None:
        return None
    mark = edtf[-1] if edtf[-1] in "~?%" else ""
    if period.precision in (Precision.QUARTER, Precision.SEASON):
        return day[:7] + mark
    if period.precision in (Precision.DECADE, Precision.CENTURY):
        return day[:4] + mark
    return edtf


def next_to(edtf: str | None, by: int) -> str:
    """The year, month or day after (by 1) or before (by -1)."""
    match = _DATE.fullmatch(edtf or "")
    if match is None:
        raise OutOfRangeError
    year, month, day, mark = match.groups()
    if month is None:
        return year_text(int(year) + by) + mark
    if day is None:
        return month_text(int(year), int(month) + by) + mark
    return (date(int(year), int(month), int(day)) + timedelta(days=by)).isoformat() + mark


def marked(edtf: str, approximate: bool, uncertain: bool) -> str:
    """A value with ~, ? or %; a part of a year is written as its months, which can carry it."""
    if not (approximate or uncertain):
        return edtf
    if "/" in edtf:
        ends = edtf.split("/")
        return "/".join(
            end if end in ("", "..") else marked(end, approximate, uncertain) for end in ends
        )
    if edtf[-1] in "~?%":
        approximate = approximate or edtf[-1] in "~%"
        uncertain = uncertain or edtf[-1] in "?%"
        edtf = edtf[:-1]
    mark = "%" if approximate and uncertain else "~" if approximate else "?"
    first, last = end_of(edtf, 0), end_of(edtf, 1)
    if "X" in edtf or first == last:
        return edtf + mark
    return f"{first}{mark}/{last}{mark}"
