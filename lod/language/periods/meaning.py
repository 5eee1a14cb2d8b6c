"""What words mean: an EDTF value, counted from a reference date where they are relative.

What is decided here:

* A week is from Monday to Sunday (ISO 8601), written as the interval of its days.
* "last October", "last Monday" and "last summer" are the nearest that is over on the reference
  date, "next May" the nearest that has not begun. "this May" is in the reference's year. "on
  Monday" is the nearest Monday on or before the reference: news calls today by its name.
* "on May 9", "in September", "the third quarter" without a year are not resolved: whether the next
  or the last is meant is not said. In "from January to September of the current year" the year of
  one end counts for the other.
* "N years ago" is as exact as its unit (a year, a month, a week, a day); decades and centuries ago
  are about that year.
* "the past year", "the last five years" reach back from the reference day, about so far; "last
  year" is the calendar year.
* "a year earlier", "the previous year" are the year before the reference, though the text may count
  from elsewhere (such readings are *loose*). Other words that count from elsewhere ("three years
  later", "a month earlier", "the following year") are not resolved.
* "these days" is about the reference's month.
* "early 2024", "the late 19th century" are about a third of the year or century: EDTF has no other
  way to say it. "The end of the year", "later this year" are the whole year: how much of it is not
  said. "By late 2024" ends with the year.
* "44 BC" is `-0043`, "the 5th century BC" `-04XX`: EDTF has the year 0.
* "at 7.40am on 3 February 2022" is `2022-02-03T07:40:00`, with the time zone where it is said.
* "2010–11" is the years 2010 and 2011, "1914–18" 1914 to 1918.
* "on Monday" is the next Monday in a plan. A season or quarter that begins after the reference is
  ambiguous in a report: "winter 2024" may have begun in 2023.
* "by 2030" is `/2030` (some time up to then, the start unknown), "until 2030" `../2030` (all along
  up to then), "since 1991" and "from 1991 on" `1991/..`, "after 2020" `2021/`, "before 2020"
  `/2019`.
* "the 1990s" is `199X`, "the 19th century" `18XX`. "the 1900s" may be either and is not resolved.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from lod.language.dates import PeriodError, check_date, days_in_month, shown
from lod.language.edtf import parse_edtf
from lod.language.periods.mentions import Mention, Time
from lod.language.periods.rules import Language
from lod.model.period import Precision
from lod.patterns import lazy


class Gap(StrEnum):
    """Why words are not resolved."""

    YEAR = "no year is said"
    REFERENCE = "there is no date to count from"
    WORDS = "the words do not say when"
    BEGUN = "it would begin after the date of the text, in what is no plan"
    ELSEWHERE = "they count from another time in the text"
    RANGE = "the years are outside 0001 to 9999"


class Reading(NamedTuple):
    """What words mean.

    Attributes:
        edtf: the value, or None where there is a gap.
        relative: whether it was counted from the reference.
        loose: whether the text may count from another time.
        gap: what is missing, or None.
    """

    edtf: str | None
    relative: bool = False
    loose: bool = False
    gap: Gap | None = None


class Context(NamedTuple):
    """What a time is read with.

    Attributes:
        language: whose words they are.
        words: all the words, for messages.
        reference: the date that relative words count from, or None.
        year: the year of times that name none, or None.
        ahead: whether they stand in a plan (True) or a report (False), or None where that is not
            known.
    """

    language: Language
    words: str
    reference: date | None
    year: int | None = None
    ahead: bool | None = None


_DATE = lazy(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")


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
    if edtf[0] == "-" or edtf.startswith("0000"):
        return edtf if "X" not in edtf else None
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


_YEAR_GROUPS = {
    f"{kind}_{name}": (by, kind == "loose")
    for kind in ("y", "loose")
    for name, by in (("m2", -2), ("m1", -1), ("0", 0), ("p1", 1), ("p2", 2))
}


def _in_year(time: Time, context: Context, make: Callable[[int], str]) -> Reading:
    """A time of the year that its slots or the context give."""
    slots = time.slots
    digits = slots.get("y") or slots.get("year")
    if digits is not None:
        if int(digits) == 0:
            raise PeriodError(
                f"{shown(context.words)}: year 0 does not exist", hint="years are 0001 to 9999"
            )
        return Reading(make(int(digits)))
    for group, (by, loose) in _YEAR_GROUPS.items():
        if group in slots:
            if context.reference is None:
                return Reading(None, relative=True, loose=loose, gap=Gap.REFERENCE)
            return Reading(make(int(year_text(context.reference.year + by))), True, loose)
    if context.year is not None:
        return Reading(make(int(year_text(context.year))))
    return Reading(None, gap=Gap.YEAR)


def _number(time: Time, context: Context, slot: str) -> int:
    return context.language.number(slot, time.slots[slot])


def _day(time: Time, context: Context) -> Reading:
    month = _number(time, context, "month") if "month" in time.slots else int(time.slots["mm"])
    day = _number(time, context, "day")
    if not 1 <= month <= 12:
        raise PeriodError(
            f"{shown(context.words)}: month {month} does not exist", hint="months are 1 to 12"
        )
    _check_day(context.words, month, day)

    def make(year: int) -> str:
        check_date(context.words, year, month, day)
        return f"{year_text(year)}-{month:02d}-{day:02d}"

    return _in_year(time, context, make)


def _check_day(words: str, month: int, day: int) -> None:
    """Check a day without a year: it must exist in a leap year."""
    last = days_in_month(2000, month)
    if not 1 <= day <= last:
        raise PeriodError(
            f"{shown(words)}: day {day} does not exist", hint=f"the month has the days 1 to {last}"
        )


def _days(time: Time, context: Context) -> Reading:
    month = _number(time, context, "month")
    first, last = _number(time, context, "day"), _number(time, context, "day2")
    for day in (first, last):
        _check_day(context.words, month, day)

    def make(year: int) -> str:
        for day in (first, last):
            check_date(context.words, year, month, day)
        return f"{year_text(year)}-{month:02d}-{first:02d}/{year_text(year)}-{month:02d}-{last:02d}"

    return _in_year(time, context, make)


def _clock(time: Time, context: Context) -> Reading:
    """A day with a time of day, and the time zone where it is said."""
    reading = _day(time, context)
    slots = time.slots
    hour = int(slots.get("hour24") or slots.get("hour") or 12)
    if "half" in slots:
        hour = hour % 12 + 12 * (slots["half"].lower() == "p")
    minute = int(slots.get("minute24") or slots.get("minute") or 0)
    zone = slots.get("zone", "")
    names = {name.lower(): known for name, known in context.language.zones.items()}
    zone = names.get(" ".join(zone.lower().split()), zone)
    if reading.edtf is None:
        return reading
    return reading._replace(edtf=f"{reading.edtf}T{hour:02d}:{minute:02d}:00{zone}")


def _month_of(time: Time, context: Context) -> Reading:
    month = _number(time, context, "month")
    return _in_year(time, context, lambda year: month_text(year, month))


def _part(first_number: int, count: int, op_time: Time, context: Context) -> Reading:
    if "nth" in op_time.rule.args:  # "the last quarter of the year"
        number = int(op_time.rule.args["nth"])
    else:
        number = _number(op_time, context, "ord" if "ord" in op_time.slots else "digit")
    if not 1 <= number <= count:
        return Reading(None, gap=Gap.WORDS)
    if count == 2:
        first = 6 * number - 5
        return _in_year(
            op_time,
            context,
            lambda year: f"{month_text(year, first)}/{month_text(year, first + 5)}",
        )
    return _in_year(op_time, context, lambda year: f"{year_text(year)}-{first_number + number - 1}")


def _begun(reading: Reading, context: Context) -> Reading:
    """A season or quarter; in a report none that has not begun, which may be another year's."""
    if context.ahead is not False or context.reference is None or reading.edtf is None:
        return reading
    if (parse_edtf(reading.edtf).start or "") <= context.reference.isoformat():
        return reading
    return Reading(None, gap=Gap.BEGUN)


def _years_short(time: Time, context: Context) -> Reading:
    """Two years, the second in two digits: "2010–11"."""
    first = int(time.slots["year"])
    last = first // 100 * 100 + int(time.slots["yy"])
    if last < first:
        last += 100
    if not 0 < last - first <= _LONGEST_SHORT:
        return Reading(None, gap=Gap.WORDS)
    return Reading(f"{year_text(first)}/{year_text(last)}")


#: Years that a range with a short end has at most: "1999-05" is a month, "1939–45" a war.
_LONGEST_SHORT = 60


def _run_of_months(time: Time, context: Context, *, last: bool) -> Reading:
    count = _number(time, context, "n")
    if not 1 <= count <= 12:
        return Reading(None, gap=Gap.WORDS)
    first = 13 - count if last else 1

    def make(year: int) -> str:
        end = month_text(year, first + count - 1)
        return end if count == 1 else f"{month_text(year, first)}/{end}"

    return _in_year(time, context, make)


def _months_to(time: Time, context: Context) -> Reading:
    """Some months that end with a named one: "the nine months ended 30 September 2024"."""
    count = _number(time, context, "n") if "n" in time.slots else int(time.rule.args["n"])
    month = _number(time, context, "month")
    if count < 1:
        return Reading(None, gap=Gap.WORDS)

    def make(year: int) -> str:
        end = month_text(year, month)
        return end if count == 1 else f"{month_text(year, month - count + 1)}/{end}"

    if "day" in time.slots:
        _check_day(context.words, month, _number(time, context, "day"))
    return _in_year(time, context, make)


def _season(time: Time, context: Context) -> Reading:
    season = _number(time, context, "season")
    slots = time.slots
    if "yy" in slots and (season != 4 or (int(slots["year"]) + 1) % 100 != int(slots["yy"])):
        return Reading(None, gap=Gap.WORDS)  # only a winter lies in two years
    reading = _in_year(time, context, lambda year: f"{year_text(year)}-{20 + season}")
    return reading if "yy" in slots else _begun(reading, context)


def _era(time: Time, context: Context) -> Reading:
    """A year whose number may be short: "AD 79", "in 476"."""
    return Reading(year_text(int(time.slots.get("num") or time.slots["yyy"])))


def _before_era(time: Time, context: Context) -> Reading:
    """A year or century before the common era: 44 BC is -0043, since 1 BC is 0000."""
    if "ord" in time.slots:
        number = _number(time, context, "ord")
        return (
            Reading(f"-{number - 1:02d}XX") if 1 <= number <= 100 else Reading(None, gap=Gap.WORDS)
        )
    year = int(time.slots["num"]) - 1
    if year < 0:
        raise PeriodError(f"{shown(context.words)}: year 0 does not exist", hint="write 1 BC")
    return Reading(f"{'-' * (year > 0)}{year:04d}")


def _decade(time: Time, context: Context) -> Reading:
    digits = time.slots.get("decade") or str(time.rule.args["decade"])
    if digits.endswith("00") and digits != "2000":
        return Reading(None, gap=Gap.WORDS)
    return Reading(f"{digits[:3]}X")


def _century(time: Time, context: Context) -> Reading:
    number = _number(time, context, "ord")
    if not 1 <= number <= 100:
        return Reading(None, gap=Gap.WORDS)
    return Reading(f"{number - 1:02d}XX")


def _relative(context: Context, make: Callable[[date], str]) -> Reading:
    """A time counted from the reference."""
    if context.reference is None:
        return Reading(None, relative=True, gap=Gap.REFERENCE)
    return Reading(make(context.reference), relative=True)


def _unit_of(time: Time, context: Context) -> str:
    named = time.rule.args.get("unit")
    return str(named) if named else context.language.unit(time.slots["unit"])


def _unit(time: Time, context: Context) -> Reading:
    unit = _unit_of(time, context)
    return _relative(context, lambda day: unit_at(day, unit, int(time.rule.args["by"])))


def _near(time: Time, context: Context) -> Reading:
    """The nearest month, season or day of the week before or after the reference."""
    by = int(time.rule.args["by"])
    return _relative(context, lambda day: _nearest(time, context, day, by))


def _nearest(time: Time, context: Context, day: date, by: int) -> str:
    if "weekday" in time.slots:
        distance = (day.weekday() + 1 - _number(time, context, "weekday")) * -by % 7 or 7
        return (day + timedelta(days=by * distance)).isoformat()
    year = day.year
    while True:
        edtf = named_in(time, context, year)
        period = parse_edtf(edtf)
        if by < 0 and (period.end or "") < day.isoformat():
            return edtf
        if by > 0 and (period.start or "") > day.isoformat():
            return edtf
        year += by


def named_in(time: Time, context: Context, year: int) -> str:
    """The month or season that a time names, in a year."""
    if "month" in time.slots:
        return month_text(year, _number(time, context, "month"))
    return f"{year_text(year)}-{20 + _number(time, context, 'season')}"


def _within(time: Time, context: Context) -> Reading:
    """The named time of the reference's year or week: "this May", "this Monday", "this winter"."""

    def make(day: date) -> str:
        if "weekday" in time.slots:
            monday = day - timedelta(days=day.weekday())
            return (monday + timedelta(days=_number(time, context, "weekday") - 1)).isoformat()
        winter = "season" in time.slots and _number(time, context, "season") == 4
        return named_in(time, context, day.year - (winter and day.month <= 2))

    return _relative(context, make)


def _weekday(time: Time, context: Context) -> Reading:
    def make(day: date) -> str:
        back = (day.weekday() + 1 - _number(time, context, "weekday")) % 7
        if context.ahead:
            return (day + timedelta(days=-back % 7)).isoformat()
        return (day - timedelta(days=back)).isoformat()

    return _relative(context, make)


_LONG_UNITS = {"decade": 10, "century": 100}


def _counted(time: Time, context: Context) -> tuple[int, str, str]:
    """The number and unit of "N years ago"; decades and centuries as years, with a mark."""
    args = time.rule.args
    count = int(args["n"]) if "n" in args else _number(time, context, "n")
    unit = _unit_of(time, context)
    if unit in _LONG_UNITS:
        return count * _LONG_UNITS[unit], "year", "~"
    return count, unit, str(args.get("mark", ""))


def _ago(time: Time, context: Context) -> Reading:
    count, unit, mark = _counted(time, context)
    by = int(time.rule.args["by"])
    return _relative(context, lambda day: unit_at(day, unit, by * count) + mark)


def _more_than_ago(time: Time, context: Context) -> Reading:
    count, unit, _ = _counted(time, context)
    return _relative(context, lambda day: f"/{end_of(unit_at(day, unit, -count), 1)}")


_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _rolling(time: Time, context: Context) -> Reading:
    count = _number(time, context, "n") if "n" in time.slots else 1
    unit = _unit_of(time, context)
    by = int(time.rule.args["by"])

    def make(day: date) -> str:
        if unit in _MONTHS:
            other = shifted(day, by * count * _MONTHS[unit])
        else:
            other = day + timedelta(days=by * count * (7 if unit == "week" else 1))
        if by < 0:
            return f"{other.isoformat()}~/{day.isoformat()}"
        return f"{day.isoformat()}/{other.isoformat()}~"

    return _relative(context, make)


#: What the data of a language may compute, by its name there.
OPS: dict[str, Callable[[Time, Context], Reading]] = {
    "ago": _ago,
    "around_now": lambda time, context: _relative(
        context, lambda day: f"{month_text(day.year, day.month)}~"
    ),
    "before_era": _before_era,
    "century": _century,
    "clock": _clock,
    "day": _day,
    "days": _days,
    "decade": _decade,
    "elsewhere": lambda time, context: Reading(None, gap=Gap.ELSEWHERE),
    "era": _era,
    "short_year": _era,
    "first_months": lambda time, context: _run_of_months(time, context, last=False),
    "half": lambda time, context: _part(40, 2, time, context),
    "iso": lambda time, context: Reading(parse_edtf(time.slots["iso"]).edtf),
    "last_months": lambda time, context: _run_of_months(time, context, last=True),
    "month": _month_of,
    "months_to": _months_to,
    "more_than_ago": _more_than_ago,
    "near": _near,
    "offset": lambda time, context: _relative(
        context, lambda day: unit_at(day, "day", int(time.rule.args["by"]))
    ),
    "quarter": lambda time, context: _begun(_part(33, 4, time, context), context),
    "rolling": _rolling,
    "season": _season,
    "to_date": lambda time, context: _relative(
        context, lambda day: f"{year_text(day.year)}-01-01/{day.isoformat()}"
    ),
    "unit": _unit,
    "vague": lambda time, context: Reading(None, gap=Gap.WORDS),
    "weekday": _weekday,
    "within": _within,
    "year": lambda time, context: _in_year(time, context, year_text),
    "years": _years_short,
}


def read_mention(mention: Mention, context: Context) -> Reading:
    """What a mention means.

    Raises:
        PeriodError: it names a day that does not exist.
    """
    times = [read_time(time, context, mention.op) for time in mention.times]
    if len(times) == 2:
        times = _share_year(mention.times, times, context)
    relative = any(time.relative for time in times)
    loose = any(time.loose for time in times)
    values = [time.edtf for time in times if time.edtf is not None]
    if len(values) < len(times):
        gaps = [time.gap for time in times if time.gap]
        # without a reference, "from May to June of last year" lacks that and not the year of May
        gap = Gap.REFERENCE if Gap.REFERENCE in gaps else next(iter(gaps), Gap.WORDS)
        return Reading(None, relative, loose, gap)
    try:
        edtf = _framed(mention.op, values)
    except (OutOfRangeError, OverflowError):
        return Reading(None, relative, loose, Gap.RANGE)
    if edtf is None:
        return Reading(None, relative, loose, Gap.WORDS)
    return Reading(marked(edtf, mention.approximate, mention.uncertain), relative, loose)


#: Of a frame with one end, the part of a time that is at its outer end: that is the time's own.
_OUTER = {"by": "late", "until": "late", "since": "early", "unknown_end": "early"}


def _third(edtf: str, part: str) -> str:
    """About a third of a century, decade, year or month; anything else as it is."""
    at = ("early", "mid", "late").index(part)
    if edtf.endswith("XX"):
        first, last = ((0, 33), (34, 66), (67, 99))[at]
        return f"{edtf[:2]}{first:02d}~/{edtf[:2]}{last:02d}~"
    if edtf.endswith("X"):
        first, last = ((0, 3), (4, 6), (7, 9))[at]
        return f"{edtf[:3]}{first}~/{edtf[:3]}{last}~"
    if len(edtf) == len("2024") and edtf.isdecimal():
        return f"{edtf}-{4 * at + 1:02d}~/{edtf}-{4 * at + 4:02d}~"
    if len(edtf) == len("2024-05") and edtf[5:] <= "12" and "/" not in edtf:
        last = (10, 20, int((parse_edtf(edtf).end or "")[8:] or 0))[at]
        return f"{edtf}-{10 * at + 1:02d}~/{edtf}-{last:02d}~"
    return edtf


def read_time(time: Time, context: Context, op: str = "in") -> Reading:
    """What one time means, without the words around it.

    Args:
        time: the time.
        context: what it is read with.
        op: what the words around make of it: "by late 2024" ends with the year.

    Raises:
        PeriodError: it names a day that does not exist.
    """
    try:
        reading = OPS[time.rule.op](time, context)
    except (OutOfRangeError, OverflowError):
        return Reading(None, gap=Gap.RANGE)
    edtf = reading.edtf
    if edtf is None:
        return reading
    if time.part not in (None, "part", _OUTER.get(op)):
        edtf = _third(edtf, time.part or "")
    return reading._replace(edtf=marked(edtf, time.approximate, time.uncertain))


def _share_year(times: tuple[Time, ...], found: list[Reading], context: Context) -> list[Reading]:
    """The two ends of a range, the one without a year with that of the other."""
    first, last = found
    if first.gap is Gap.YEAR and last.edtf is not None:
        end = parse_edtf(last.edtf)
        year = int((end.end or "0")[:4])
        first = read_time(times[0], context._replace(year=year))
        if first.edtf and (parse_edtf(first.edtf).start or "") > (end.end or ""):
            # from November to March 2025
            first = read_time(times[0], context._replace(year=year - 1))
    elif last.gap is Gap.YEAR and first.edtf is not None:
        start = parse_edtf(first.edtf)
        year = int((start.start or "0")[:4])
        last = read_time(times[1], context._replace(year=year))
        if last.edtf and (parse_edtf(last.edtf).end or "") < (start.start or ""):
            last = read_time(times[1], context._replace(year=year + 1))
    elif (
        context.year is not None
        and first.edtf
        and last.edtf
        and (parse_edtf(first.edtf).start or "") > (parse_edtf(last.edtf).end or "")
    ):
        first = read_time(times[0], context._replace(year=context.year - 1))
    return [first, last]


def _framed(op: str, values: list[str]) -> str | None:
    """The EDTF value of times with the words around them, or None where they make none."""
    if op == "in":
        return values[0]
    if any("T" in value for value in values):
        return None  # EDTF has no intervals of times of day
    first, last = end_of(values[0], 0), end_of(values[-1], 1)
    if op == "range":
        return f"{first}/{last}" if first and last else None
    if op in ("by", "until"):
        return f"{'/' if op == 'by' else '../'}{last}" if last else None
    if op in ("since", "unknown_end"):
        return f"{first}/{'..' if op == 'since' else ''}" if first else None
    if op == "before":
        return f"/{next_to(first, -1)}" if first else None
    return f"{next_to(last, 1)}/" if last else None  # after
