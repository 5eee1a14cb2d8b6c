"""Whether words and a period can mean the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import Enum

from lod.facts.dates import PeriodError
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.mentions import Mention, Time
from lod.facts.period.reading import Context, Gap
from lod.facts.period.resolve import read_mention
from lod.facts.period.times import named_in
from lod.model.period import Period, Precision

_FIRST, _LAST = "0001-01-01", "9999-12-31"

#: How far an approximate time may lie beside the words beyond its own length, in days.
_ABOUT = 31

_NAMED_NEAR = frozenset({"near", "within", "weekday"})


class Relation(Enum):
    """How words stand to a period.

    SAME: first and last day are the same. FITS: one lies within the other ("in 2025" and a day of
    2025, "on May 9" and 9 May 2025). OPEN: nothing can be said, the words count from elsewhere or
    say no time. APART: they cannot mean it.
    """

    SAME = "same"
    FITS = "fits"
    OPEN = "open"
    APART = "apart"


def relation(mention: Mention, context: Context, meant: Period) -> Relation:
    """How a mention stands to a period that is resolved.

    Words that name an exact range ("from January to September 2024") must have the same ends as an
    interval; words counted from the reference may overlap with it in part, since "last year" may be
    a business year.
    """
    try:
        reading = read_mention(mention, context)
        said = None if reading.edtf is None else parse_edtf(reading.edtf)
    except PeriodError:
        return Relation.OPEN
    if said is None:
        return _without_year(mention, context, meant) if reading.gap is Gap.YEAR else Relation.OPEN
    found = _compare(said, meant, exact=mention.op == "range", strict=not reading.relative)
    if found is not Relation.APART:
        return found
    if reading.loose:
        return Relation.OPEN
    if mention.op == "in" and mention.times[0].rule.op in _NAMED_NEAR:
        return _by_name(mention.times[0], context, meant)
    return found


def _compare(said: Period, meant: Period, *, exact: bool, strict: bool) -> Relation:
    start, end = said.start or _FIRST, said.end or _LAST
    other_start, other_end = meant.start or _FIRST, meant.end or _LAST
    if (said.start, said.end) == (meant.start, meant.end):
        return Relation.SAME
    about = said.approximate or meant.approximate or said.uncertain or meant.uncertain
    if end < other_start or other_end < start:
        gap = _days(end, other_start) if end < other_start else _days(other_end, start)
        near = about and gap <= _days(start, end) + _ABOUT
        return Relation.FITS if near else Relation.APART
    within = (start <= other_start and other_end <= end) or (
        other_start <= start and end <= other_end
    )
    closed = None not in (said.start, said.end, meant.start, meant.end)
    if within and exact and closed and not about and meant.precision is Precision.INTERVAL:
        return Relation.APART
    return Relation.FITS if within or about or not strict else Relation.APART


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _years(meant: Period) -> list[int]:
    """The years in which a time without a year may lie, and those beside them."""
    ends = [int(day[:4]) for day in (meant.start, meant.end) if day is not None]
    return sorted({year + by for year in ends for by in (-1, 0, 1) if 1 <= year + by <= 9999})


def _without_year(mention: Mention, context: Context, meant: Period) -> Relation:
    """Words without a year: whether they mean the period in some year."""
    years = _years(meant)
    if not years:
        return Relation.OPEN
    for year in years:
        try:
            reading = read_mention(mention, replace(context, year=year))
            said = parse_edtf(reading.edtf or "")
        except PeriodError:  # 29 February in a common year
            continue
        found = _compare(said, meant, exact=mention.op == "range", strict=True)
        if found is not Relation.APART:
            return Relation.FITS
    return Relation.APART


def _by_name(time: Time, context: Context, meant: Period) -> Relation:
    """Of "last October" and "on Monday", whether the period is any October or Monday."""
    if "weekday" in time.slots:
        if meant.precision is not Precision.DAY or meant.start is None:
            return Relation.APART
        weekday = date.fromisoformat(meant.start).isoweekday()
        same = weekday == context.language.number("weekday", time.slots["weekday"])
        return Relation.FITS if same else Relation.APART
    for year in _years(meant):
        try:
            said = parse_edtf(named_in(time, context, year))
        except PeriodError:  # the winter of 9999
            continue
        if _compare(said, meant, exact=False, strict=True) is not Relation.APART:
            return Relation.FITS
    return Relation.APART
