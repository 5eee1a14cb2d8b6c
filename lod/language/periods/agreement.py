"""Whether words and a period can mean the same time."""

from __future__ import annotations

from datetime import date
from enum import Enum

from lod.language.dates import PeriodError
from lod.language.edtf import parse_edtf
from lod.language.periods.meaning import Context, Gap, named_in, read_mention, read_time
from lod.language.periods.mentions import Mention, Time
from lod.model.period import Period, Precision

_FIRST, _LAST = "0001-01-01", "9999-12-31"

#: How far an approximate time may lie beside the words beyond its own length, in days.
_ABOUT = 31

#: How many times as long as another an approximate time may be.
_ALIKE = 3
#: How far the ends of approximate times may lie apart where the other end is open, in days.
_YEARS_ABOUT = 366
#: How many days a business year may be longer or shorter than a calendar year.
_SAME_LENGTH = 7

#: Times that are named whole: about one of them is not about its neighbour.
_NAMED_ABOUT = (Precision.YEAR, Precision.DECADE, Precision.CENTURY)
_NAMED_NEAR = frozenset({"near", "within", "weekday"})


class Relation(Enum):
    """How words stand to a period.

    SAME: first and last day are the same. FITS: they may mean it ("around 2020" and 2019).
    SOME_YEAR: they mean it if they mean its year ("on May 9" and 9 May 2025). WITHIN: one lies
    within the other ("in 2025" and a day of 2025, "since 2019" and since 2018), or only one is
    about. OPEN: nothing can be said, the words count from elsewhere or say no time. APART: they
    cannot mean it.
    """

    SAME = "same"
    FITS = "fits"
    SOME_YEAR = "some year"
    WITHIN = "within"
    OPEN = "open"
    APART = "apart"


def relation(mention: Mention, context: Context, meant: Period) -> Relation:
    """How a mention stands to a period that is resolved.

    Words counted from the reference may mean another stretch of the same length that overlaps with
    it, since "last year" may be a business year.
    """
    try:
        reading = read_mention(mention, context)
        said = None if reading.edtf is None else parse_edtf(reading.edtf)
    except PeriodError:
        return Relation.OPEN
    if reading.gap is Gap.BEGUN:
        return _in_either_year(mention, context, meant)
    if said is None:
        return _without_year(mention, context, meant) if reading.gap is Gap.YEAR else Relation.OPEN
    business = reading.relative or mention.times[0].rule.op == "years"
    found = _compare(said, meant, moved=business, part=mention.times[0].part is not None)
    if found in (Relation.SAME, Relation.FITS) and not _marked_alike(mention, said, meant):
        return Relation.WITHIN
    both_about = said.approximate and meant.approximate and not reading.relative
    if found is Relation.FITS and both_about and said.precision is meant.precision in _NAMED_ABOUT:
        return Relation.APART  # "around 1883" and 1884~: each is about another one
    if found in (Relation.SAME, Relation.FITS):
        return found
    if found is Relation.WITHIN and mention.op == "range" and _is_closed(said, meant):
        return Relation.APART  # an exact range is another one
    if reading.loose:
        return Relation.OPEN
    if mention.op == "in" and mention.times[0].rule.op in _NAMED_NEAR:
        named = _by_name(mention.times[0], context, meant)
        return found if named is Relation.APART else named
    return found


def _compare(said: Period, meant: Period, *, moved: bool = False, part: bool = False) -> Relation:
    """How two periods stand to each other.

    Args:
        said: what words mean.
        meant: what the facts say.
        moved: whether the words may mean another stretch of that length.
        part: whether they mean a part of what is said, which no value says.
    """
    if (said.start, said.end) == (meant.start, meant.end):
        if said.start is said.end is None and said.edtf != meant.edtf:
            return Relation.APART
        return Relation.SAME if said.time == meant.time else _same_moment(said, meant)
    start, end = said.start or _FIRST, said.end or _LAST
    other_start, other_end = meant.start or _FIRST, meant.end or _LAST
    length, other_length = _days(start, end) + 1, _days(other_start, other_end) + 1
    alike = length <= _ALIKE * other_length and other_length <= _ALIKE * length
    about = said.approximate or meant.approximate or said.uncertain or meant.uncertain
    if end < other_start or other_end < start:
        both = said.approximate and meant.approximate and said.precision is meant.precision
        if both and said.precision is not Precision.INTERVAL:
            return Relation.APART  # "around 1825" is not around 1824
        gap = _days(end, other_start) if end < other_start else _days(other_end, start)
        near = about and gap <= length // 2 + _ABOUT
        return Relation.FITS if near and (alike or length < _ABOUT) else Relation.APART
    closed = None not in (said.start, said.end, meant.start, meant.end)
    if about and closed and (alike or max(length, other_length) < 2 * _ABOUT):
        return Relation.FITS
    if (
        about
        and not closed
        and (said.start is None, said.end is None) == (meant.start is None, meant.end is None)
    ):
        ends = [(said.start, meant.start), (said.end, meant.end)]
        if all(
            one is None or two is None or abs(_days(one, two)) <= _YEARS_ABOUT for one, two in ends
        ):
            return Relation.FITS
    if moved and closed and abs(length - other_length) <= _SAME_LENGTH:
        return Relation.FITS
    if start <= other_start and other_end <= end:
        return Relation.FITS if part else Relation.WITHIN
    return Relation.WITHIN if other_start <= start and end <= other_end else Relation.APART


def _same_moment(said: Period, meant: Period) -> Relation:
    """How two times of one day stand to each other; a zone that only one of them has may be it."""
    if said.time is None or meant.time is None:
        return Relation.WITHIN
    length = len("2022-02-03T07:40:00")
    zones = {said.time[length:], meant.time[length:]}
    if said.time[:length] == meant.time[:length]:
        return Relation.FITS if "" in zones else Relation.APART
    return Relation.APART


def _marked_alike(mention: Mention, said: Period, meant: Period) -> bool:
    """Whether "around" and "perhaps" stand in the words just where the value has them."""
    about = mention.approximate or any(time.approximate for time in mention.times)
    if (meant.approximate and not said.approximate) or (about and not meant.approximate):
        return False
    unsure = mention.uncertain or any(time.uncertain for time in mention.times)
    return meant.uncertain == unsure


def lifetime_end(mention: Mention, context: Context, meant: Period) -> bool:
    """Whether a period is one of the two years of "(1742–1809)", which are told apart by it."""
    words, (start, end) = context.words, (mention.start, mention.end)
    if len(mention.times) != 2 or words[start - 1 : start] != "(" or words[end : end + 1] != ")":
        return False
    return any(read_time(time, context).edtf == meant.edtf for time in mention.times)


def _is_closed(said: Period, meant: Period) -> bool:
    """Whether both are intervals with two ends."""
    return meant.precision is Precision.INTERVAL and None not in (
        said.start,
        said.end,
        meant.start,
        meant.end,
    )


def _in_either_year(mention: Mention, context: Context, meant: Period) -> Relation:
    """Of "winter 2024" in a report of that year: it may have begun in the year before."""
    said = parse_edtf(read_mention(mention, context._replace(ahead=None)).edtf or "")
    found = _compare(said, meant)
    if found is not Relation.APART or mention.times[0].rule.op != "season":
        return found
    year, _, part = (said.edtf or "").partition("-")
    return _compare(parse_edtf(f"{int(year) - 1:04d}-{part}"), meant)


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _years(meant: Period) -> list[int]:
    """The years in which a time without a year may lie, and those beside them."""
    ends = [int(day[:4]) for day in (meant.start, meant.end) if day is not None]
    return sorted({year + by for year in ends for by in (-1, 0, 1) if 1 <= year + by <= 9999})


def counts_otherwise(mention: Mention, context: Context, meant: Period) -> bool:
    """Whether words that count from elsewhere ("a year earlier") mean another time.

    Args:
        mention: the words.
        context: what they are read with; its reference is the date that they count from.
        meant: what the facts say.
    """
    try:
        reading = read_mention(mention, context)
        said = None if reading.edtf is None else parse_edtf(reading.edtf)
    except PeriodError:
        return False
    return reading.loose and said is not None and _compare(said, meant) is Relation.APART


def _without_year(mention: Mention, context: Context, meant: Period) -> Relation:
    """Words without a year: whether they mean the period in some year."""
    years = _years(meant)
    if not years:
        return Relation.OPEN
    nearest = Relation.APART
    for year in years:
        try:
            reading = read_mention(mention, context._replace(year=year))
            said = parse_edtf(reading.edtf or "")
        except PeriodError:  # 29 February in a common year
            continue
        found = _compare(said, meant, part=mention.times[0].part is not None)
        if found in (Relation.SAME, Relation.FITS) and _marked_alike(mention, said, meant):
            return Relation.SOME_YEAR
        exact = mention.op == "range" and _is_closed(said, meant)
        nearest = Relation.WITHIN if found is Relation.WITHIN and not exact else nearest
    return nearest


def _by_name(time: Time, context: Context, meant: Period) -> Relation:
    """Of "last October" and "on Monday", whether the period is any October or Monday."""
    if "weekday" in time.slots:
        if meant.precision is not Precision.DAY or meant.start is None:
            return Relation.APART
        weekday = date.fromisoformat(meant.start).isoweekday()
        same = weekday == context.language.number("weekday", time.slots["weekday"])
        return Relation.SOME_YEAR if same else Relation.APART
    for year in _years(meant):
        try:
            said = parse_edtf(named_in(time, context, year))
        except PeriodError:  # the winter of 9999
            continue
        if _compare(said, meant) in (Relation.SAME, Relation.FITS):
            return Relation.SOME_YEAR
    return Relation.APART
