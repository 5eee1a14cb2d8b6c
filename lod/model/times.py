"""The times of claims as days that can be compared: when they hold, and dates that are values."""

from __future__ import annotations

from msgspec import Struct

from lod.model.period import Period, Tense
from lod.patterns import lazy

#: A calendar day: year, month, day, as numbers.
Day = tuple[int, int, int]
_DATE = lazy(r"(-?[0-9]{4,})(?:-(0[1-9]|1[0-2])(?:-([0-3][0-9]))?)?")
_OPEN = ("", "..")


class When(Struct, frozen=True, array_like=True):
    """The time for which a claim holds for sure.

    Attributes:
        key: two times of the same key are the same.
        first: its first day, or None where it is vague.
        last: its last day, inclusive, or None where it is vague.
        stated: whether the claim says it; else it is the day on which the claim was made.
    """

    key: str
    first: Day | None = None
    last: Day | None = None
    stated: bool = True

    def overlaps(self, other: When) -> bool | None:
        """Whether there is a day of both; None where that cannot be told."""
        if self.key == other.key:
            return True
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return None
        return self.first <= other.last and other.first <= self.last


class Span(Struct, frozen=True, array_like=True, tag_field="kind", tag="span"):
    """A date or period that is a value.

    Attributes:
        key: two of the same key are the same.
        first: the first day that it may be, or None where it is open.
        last: the last day that it may be, inclusive, or None where it is open.
        is_vague: whether it is approximate, uncertain or words, so that it excludes nothing.
    """

    key: str
    first: Day | None = None
    last: Day | None = None
    is_vague: bool = False


def day(date: str) -> Day:
    """An xsd:date as numbers, which can be compared.

    >>> day("-0044-03-15") < day("2024-11-27")
    True
    """
    year, month, last = date.rsplit("-", 2)
    return int(year), int(month), int(last[:2])


def time_of(period: Period | None, made_on: str | None, scope: str) -> When:
    """The time for which a claim holds for sure.

    Ends that are said as a year or month are inside of it somewhere: who had an office until 2020
    and who has it since 2020 had it one after the other. An open end reaches to the day on which
    the claim was made.

    Args:
        period: what the claim says, or None.
        made_on: xsd:date on which it was made, or None.
        scope: the publication, in which vague words of a time mean one time.

    >>> time_of(Period(edtf="2010/2020", start="2010-01-01", end="2020-12-31"), None, "").first
    (2010, 12, 31)
    """
    made = None if made_on is None else day(made_on)
    if period is None or (period.edtf is None and period.tense is Tense.PRESENT):
        if made is None:
            return When(f"{scope} undated", stated=False)
        return When(f"{made_on}/{made_on}", made, made, stated=False)
    if period.edtf is None or _is_vague(period):
        return When(f"{scope} {period.edtf or period.words} {period.as_of or ''}")
    if "/" in period.edtf:
        return _interval(period, period.edtf, made, scope)
    if period.start is None or period.end is None:
        return When(f"{scope} {period.edtf}")
    return When(f"{period.start}/{period.end}", day(period.start), day(period.end))


def _is_vague(period: Period) -> bool:
    edtf = period.edtf or ""
    return period.approximate or period.uncertain or edtf.startswith(("[", "{"))


def _interval(period: Period, edtf: str, made: Day | None, scope: str) -> When:
    begin, end = map(_parsed, edtf.split("/", 1))
    if begin is None or end is None:
        return _half_open(edtf, begin, end, made, scope)
    key = f"{period.start}/{period.end}"
    if begin[1] > end[0]:
        return When(key, begin[0], end[1])
    return When(key, begin[1], end[0])


def _half_open(
    edtf: str,
    begin: tuple[Day, Day] | None,
    end: tuple[Day, Day] | None,
    made: Day | None,
    scope: str,
) -> When:
    """The time of an interval of which one end, or both, is open or vague."""
    first, _, last = edtf.partition("/")
    if begin is not None and last in _OPEN:
        until = max(begin[1], made or begin[1])
        return When(f"{edtf} {scope if made is None else made}", begin[1], until)
    if end is not None and first in _OPEN:
        return When(edtf, end[0], end[0])
    return When(f"{scope} {edtf}")


def _parsed(date: str) -> tuple[Day, Day] | None:
    """The first and the last day of a year, month or day of EDTF; None for anything else."""
    match = _DATE.fullmatch(date)
    if match is None:
        return None
    year, month, number = (int(one or 0) for one in match.groups())
    # No month has more than 31 days: what is compared need not be in the calendar.
    return (year, month or 1, number or 1), (year, month or 12, number or 31)


def span_of(period: Period, scope: str) -> Span:
    """A date or period that is a value.

    Args:
        period: it.
        scope: the publication, in which the same words mean the same.
    """
    if period.edtf is None:
        return Span(f"{scope} {period.words} {period.as_of or ''}", is_vague=True)
    first = None if period.start is None else day(period.start)
    last = None if period.end is None else day(period.end)
    return Span(period.edtf, first, last, _is_vague(period))
