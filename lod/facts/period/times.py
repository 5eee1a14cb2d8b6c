"""The times that words name, each with the function that computes its EDTF value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from lod.facts.dates import PeriodError, check_date, days_in_month, shown
from lod.facts.period.arithmetic import (
    end_of,
    month_text,
    shifted,
    unit_at,
    year_text,
)
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.mentions import Time
from lod.facts.period.reading import Context, Gap, Reading

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


def _iso(time: Time, context: Context) -> Reading:
    return Reading(parse_edtf(time.slots["iso"]).edtf)


def _month_of(time: Time, context: Context) -> Reading:
    month = _number(time, context, "month")
    return _in_year(time, context, lambda year: month_text(year, month))


def _whole_year(time: Time, context: Context) -> Reading:
    return _in_year(time, context, year_text)


def _part(first_number: int, count: int, op_time: Time, context: Context) -> Reading:
    slot = "ord" if "ord" in op_time.slots else "digit"
    number = _number(op_time, context, slot)
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


def _quarter(time: Time, context: Context) -> Reading:
    return _part(33, 4, time, context)


def _half(time: Time, context: Context) -> Reading:
    return _part(40, 2, time, context)


def _run_of_months(time: Time, context: Context, *, last: bool) -> Reading:
    count = _number(time, context, "n")
    if not 1 <= count <= 12:
        return Reading(None, gap=Gap.WORDS)
    first = 13 - count if last else 1

    def make(year: int) -> str:
        end = month_text(year, first + count - 1)
        return end if count == 1 else f"{month_text(year, first)}/{end}"

    return _in_year(time, context, make)


def _first_months(time: Time, context: Context) -> Reading:
    return _run_of_months(time, context, last=False)


def _last_months(time: Time, context: Context) -> Reading:
    return _run_of_months(time, context, last=True)


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
    return _in_year(time, context, lambda year: f"{year_text(year)}-{20 + season}")


def _decade(time: Time, context: Context) -> Reading:
    digits = time.slots["decade"]
    if digits.endswith("00") and digits != "2000":
        return Reading(None, gap=Gap.WORDS)
    return Reading(f"{digits[:3]}X")


def _century(time: Time, context: Context) -> Reading:
    number = _number(time, context, "ord")
    if not 1 <= number <= 100:
        return Reading(None, gap=Gap.WORDS)
    return Reading(f"{number - 1:02d}XX")


def _relative(
    context: Context, make: Callable[[date], str | None], *, loose: bool = False
) -> Reading:
    """A time counted from the reference."""
    if context.reference is None:
        return Reading(None, relative=True, loose=loose, gap=Gap.REFERENCE)
    edtf = make(context.reference)
    return Reading(edtf, relative=True, loose=loose, gap=None if edtf else Gap.WORDS)


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
        return (day - timedelta(days=back)).isoformat()

    return _relative(context, make)


def _offset(time: Time, context: Context) -> Reading:
    return _relative(context, lambda day: unit_at(day, "day", int(time.rule.args["by"])))


def _around_now(time: Time, context: Context) -> Reading:
    return _relative(context, lambda day: f"{month_text(day.year, day.month)}~")


def _to_date(time: Time, context: Context) -> Reading:
    return _relative(context, lambda day: f"{year_text(day.year)}-01-01/{day.isoformat()}")


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


def _vague(time: Time, context: Context) -> Reading:
    return Reading(None, gap=Gap.WORDS)


def _elsewhere(time: Time, context: Context) -> Reading:
    return Reading(None, gap=Gap.ELSEWHERE)


#: What the data of a language may compute, by its name there.
OPS: dict[str, Callable[[Time, Context], Reading]] = {
    "ago": _ago,
    "around_now": _around_now,
    "century": _century,
    "day": _day,
    "days": _days,
    "decade": _decade,
    "elsewhere": _elsewhere,
    "first_months": _first_months,
    "half": _half,
    "iso": _iso,
    "last_months": _last_months,
    "month": _month_of,
    "months_to": _months_to,
    "more_than_ago": _more_than_ago,
    "near": _near,
    "offset": _offset,
    "quarter": _quarter,
    "rolling": _rolling,
    "season": _season,
    "to_date": _to_date,
    "unit": _unit,
    "vague": _vague,
    "weekday": _weekday,
    "within": _within,
    "year": _whole_year,
}
