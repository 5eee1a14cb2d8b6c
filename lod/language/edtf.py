"""Extended Date/Time Format (ISO 8601-2:2019; Library of Congress, 4 February 2019), levels 0 to 2.

`parse_value` gives the value with its structure and its first and last day, in any year that the
format can write; `str` of it is the text again. `parse_edtf` gives the period of the facts, whose
days are up to 9999-12-31, with dates from 0001-01-01 on.
`https://www.loc.gov/standards/datetime/` is the specification, "L1" and "L2" below are its levels.

What is decided here where the format leaves it open:

* An unknown end (`2024/`) and an open one (`2024/..`) both have no date.
* A winter (`2024-24`) begins in the year that it names and ends with the February of the next.
  Seasons 21 to 24 are those of the northern hemisphere.
* `18XX` is 1800 to 1899, and `00XX` is 1 to 99: year 0 is meant only where it is written `0000`. A
  year wholly unknown (`XXXX-05-09`) gives no dates.
* `1950S2` (two digits are significant) is 1900 to 1999, approximate. `Y171010000S3` is 171000000 to
  171999999 likewise, though an example of the specification gives it six significant digits.
* A set (`[2023,2025]`, `{2023,2025}`) has the first and last day of all its members.
* Years are astronomical: `0000` is 1 BCE, `-0001` is 2 BCE. There is no `-0000`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from lod.language.dates import PeriodError, check_date, days_in_month, parse_date, shown
from lod.model.period import Period, Precision
from lod.patterns import lazy

#: EDTF values are short; longer text is a mistake.
MAX_LENGTH = 100
#: The highest exponent of ten of a year: the format has no limit, our numbers have one.
MAX_EXPONENT = 100

#: Astronomical year, month and day of the proleptic Gregorian calendar.
Day = tuple[int, int, int]

_MARK = "([?~%]?)"
_DATE = lazy(
    rf"{_MARK}(-?[0-9X]{{4}}|Y-?[1-9][0-9]*(?:E[0-9]+)?)(?:S([0-9]+))?{_MARK}"
    rf"(?:-{_MARK}([0-9X]{{2}}){_MARK}(?:-{_MARK}([0-9X]{{2}}){_MARK})?)?"
)
_TIME = lazy(
    r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]|24:00:00)"
    r"(?:Z|[+-](?:(?:0[0-9]|1[0-3])(?::[0-5][0-9])?|14(?::00)?))?"
)
#: Unspecified digits of level 1: of a year alone, or a whole month or day.
_FROM_THE_RIGHT = lazy(r"-?(?:[0-9]{2}(?:[0-9]X|XX)|[0-9]{4}-(?:XX(?:-XX)?|[0-9]{2}-XX))")

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


class End(StrEnum):
    """An end of an interval that has no date."""

    OPEN = ".."
    UNKNOWN = ""


class Value(Struct, frozen=True):
    """What every EDTF value has."""

    @property
    def dates(self) -> tuple[Date, ...]:
        """The dates that it names."""
        raise NotImplementedError  # each kind of value has its own

    @property
    def approximate(self) -> bool:
        """Whether any component is (`~`, `%`), or some digits of a year are not significant."""
        return any(date.approximate for date in self.dates)

    @property
    def uncertain(self) -> bool:
        """Whether any component is (`?`, `%`)."""
        return any(date.uncertain for date in self.dates)

    @property
    def precision(self) -> Precision:
        """How exact it is; an interval where it is none of the named precisions."""
        return Precision.INTERVAL


class Date(Value, frozen=True):
    """A date, a part of a year (`2024-35`), or a date and time.

    Attributes:
        digits: year, month and day, as many as are written, with `X` for an unspecified digit. The
            year may have a sign, or a `Y` and an exponent (`Y-17E7`); 21 to 41 in place of a month
            are parts of the year.
        marks: `?`, `~`, `%` or nothing before and after each of them: before, it qualifies this
            component alone; after, this one and all before it.
        significant: the number of significant digits of the year, or None.
        time: time of day with its shift (`23:20:30Z`), or nothing.
        first: first day that it may mean, or None where the year is unknown.
        last: last day that it may mean, likewise.
    """

    digits: tuple[str, ...]
    marks: tuple[str, ...]
    significant: int | None
    time: str
    first: Day | None
    last: Day | None

    def __str__(self) -> str:
        year, *rest = self.digits
        texts = [year if self.significant is None else f"{year}S{self.significant}", *rest]
        marks = self.marks
        text = "-".join(marks[2 * i] + one + marks[2 * i + 1] for i, one in enumerate(texts))
        return f"{text}T{self.time}" if self.time else text

    @property
    def numbers(self) -> tuple[int, ...] | None:
        """Year, month and day as far as they are given; None where it is no plain date.

        >>> date = parse_value("2024-05")
        >>> date.numbers if isinstance(date, Date) else None
        (2024, 5)
        """
        texts = "".join((*self.digits, *self.marks))
        if self.significant is not None or self._part or not texts.lstrip("-").isdecimal():
            return None
        return tuple(map(int, self.digits))

    def qualifier(self, component: int) -> str:
        """The mark that holds of the year (0), the month (1) or the day (2), or nothing.

        >>> date = parse_value("2004?-~06-11")
        >>> [date.qualifier(i) for i in range(3)] if isinstance(date, Date) else None
        ['?', '~', '']
        """
        marks = {self.marks[2 * component], *self.marks[2 * component + 1 :: 2]} - {""}
        return "%" if len(marks) > 1 else "".join(marks)

    @property
    def dates(self) -> tuple[Date, ...]:
        """This date."""
        return (self,)

    @property
    def approximate(self) -> bool:
        """Whether any component is, or some digits of the year are not significant."""
        return self.significant is not None or "~" in self.marks or "%" in self.marks

    @property
    def uncertain(self) -> bool:
        """Whether any component is."""
        return "?" in self.marks or "%" in self.marks

    @property
    def level(self) -> int:
        """The lowest level of the specification that has it."""
        text, year, part = "-".join(self.digits), self.digits[0], self._part
        if any(self.marks[:-1]) or self.significant is not None or "E" in year or part > 24:
            return 2
        if "X" in text and not _FROM_THE_RIGHT.fullmatch(text):
            return 2
        return int(bool(self.marks[-1] or part or "X" in text or year[0] in "Y-"))

    @property
    def precision(self) -> Precision:
        """How exact it is; an interval where it is none of the named precisions."""
        year = self.digits[0].lstrip("-")
        unknown = len(year) - len(year.rstrip("X"))
        if self.significant is not None:
            unknown = _year(year, year)[1] - self.significant
        if "X" in year.rstrip("X") or (unknown > 2 and year != "XXXX"):
            return Precision.INTERVAL
        if unknown in (1, 2):
            return Precision.DECADE if unknown == 1 else Precision.CENTURY
        if part := self._part:
            if part > 36:
                return Precision.INTERVAL
            return Precision.SEASON if part <= 32 else Precision.QUARTER
        for digits, without in zip(
            self.digits[1:], (Precision.YEAR, Precision.MONTH), strict=False
        ):
            if "X" in digits:
                return without if digits == "XX" else Precision.INTERVAL
        return (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(self.digits) - 1]

    @property
    def _part(self) -> int:
        """The number of the part of the year, or 0."""
        if len(self.digits) != 2 or "X" in self.digits[1]:
            return 0
        number = int(self.digits[1])
        return number if number > 12 else 0


class Interval(Value, frozen=True):
    """The time from one date to another.

    Attributes:
        start: where it begins.
        end: where it ends.
    """

    start: Date | End
    end: Date | End

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"

    @property
    def dates(self) -> tuple[Date, ...]:
        """The ends that have a date."""
        return tuple(end for end in (self.start, self.end) if isinstance(end, Date))

    @property
    def first(self) -> Day | None:
        """First day; None where the start is open or unknown."""
        return self.start.first if isinstance(self.start, Date) else None

    @property
    def last(self) -> Day | None:
        """Last day; None where the end is open or unknown."""
        return self.end.last if isinstance(self.end, Date) else None

    @property
    def level(self) -> int:
        """The lowest level of the specification that has it; X in an interval is of level 2."""
        if "X" in str(self):
            return 2
        return max([int(len(self.dates) < 2), *(date.level for date in self.dates)])


class DateSet(Value, frozen=True):
    """Several dates (L2), of which all or one are meant.

    Attributes:
        members: dates, and runs of them (`1670..1672`) as intervals.
        all: True for `{…}` (all of them), False for `[…]` (one of them).
    """

    members: tuple[Date | Interval, ...]
    all: bool

    def __str__(self) -> str:
        texts = [
            "..".join(str(end) if isinstance(end, Date) else "" for end in (one.start, one.end))
            if isinstance(one, Interval)
            else str(one)
            for one in self.members
        ]
        return ("{%s}" if self.all else "[%s]") % ",".join(texts)

    @property
    def dates(self) -> tuple[Date, ...]:
        """All the dates that it names."""
        return tuple(date for one in self.members for date in one.dates)

    @property
    def first(self) -> Day | None:
        """First day of all its members; None where it is open or unknown."""
        return _outermost([one.first for one in self.members], min)

    @property
    def last(self) -> Day | None:
        """Last day of all its members; None where it is open or unknown."""
        return _outermost([one.last for one in self.members], max)

    @property
    def level(self) -> int:
        """The lowest level of the specification that has it: 2."""
        return 2


def parse_value(text: str) -> Date | Interval | DateSet:
    """Read an EDTF value of level 0, 1 or 2.

    Args:
        text: the value, without white space.

    Returns:
        The value; `str` of it is the same text.

    Raises:
        PeriodError: it is no EDTF, a day does not exist, or an interval ends before it begins.

    >>> value = parse_value("-0044-03-15")
    >>> value.first, value.level
    ((-44, 3, 15), 1)
    """
    if len(text) > MAX_LENGTH:
        raise PeriodError(
            f"{shown(text)} is too long for EDTF", hint=f"at most {MAX_LENGTH} characters"
        )
    if "/" in text:
        value: Date | Interval | DateSet | None = _interval(text)
    elif text[:1] + text[-1:] in ("[]", "{}"):
        value = _set(text)
    else:
        value = _date_and_time(text) if "T" in text else _date(text)
    if value is None:
        raise PeriodError(f"{shown(text)} is not EDTF", hint=_hint(text))
    return value


@lru_cache(maxsize=8192)
def parse_edtf(text: str) -> Period:
    """Read an EDTF value as a period of the facts.

    Args:
        text: the value, such as `2023`, `2024-01/2024-09`, `2024-35` (the third quarter), `199X`,
            `2024~`, `1991/..`. White space around it does not count.

    Returns:
        The period, without words; `edtf` is the value as it was written. A day before the year 1
        is in `edtf` alone: `start` or `end` is None.

    Raises:
        PeriodError: it is no EDTF, a day does not exist, an interval ends before it begins, or a
            day is outside the years -9999 to 9999.

    >>> period = parse_edtf("2024-02")
    >>> period.start, period.end, str(period.precision)
    ('2024-02-01', '2024-02-29', 'month')
    """
    text = text.strip()
    value = parse_value(text)
    for date in value.dates:
        _check_years(text, date)
    return Period(
        edtf=text,
        start=_xsd_date(value.first),
        end=_xsd_date(value.last),
        precision=value.precision,
        approximate=value.approximate,
        uncertain=value.uncertain,
        time=_xsd_date_time(value),
    )


def _xsd_date_time(value: Date | Interval | DateSet) -> str | None:
    """A date and time as xsd:dateTime: there a time zone always has minutes."""
    if not isinstance(value, Date) or not value.time:
        return None
    short = value.time[-3:-2] in ("+", "-")
    return f"{'-'.join(value.digits)}T{value.time}{':00' if short else ''}"


def _outermost(days: list[Day | None], choose: Callable[[Iterable[Day]], Day]) -> Day | None:
    known = [day for day in days if day is not None]
    return choose(known) if len(known) == len(days) else None


def _check_years(text: str, date: Date) -> None:
    """Check that the days of a date are in the years -9999 to 9999.

    Raises:
        PeriodError: they are not.
    """
    if date.first is None or date.last is None:
        return
    if date.first[0] < -9999 or date.last[0] > 9999:
        raise PeriodError(
            f"{shown(text)} is out of range", hint="years are -9999 to 9999; -0043 is 44 BC"
        )


def _xsd_date(day: Day | None) -> str | None:
    """A day as xsd:date; None before the year 1, which versions of XML Schema count differently."""
    return None if day is None or day[0] < 1 else _written(day)


def _written(day: Day) -> str:
    """A day as ISO 8601 has it."""
    year, month, number = day
    sign, year = ("-", -year) if year < 0 else ("", year)
    return f"{sign}{year:04d}-{month:02d}-{number:02d}"


# -- reading ------------------------------------------------------------------------------------


def _date(text: str) -> Date | None:
    """A date without a time of day; None where it is no EDTF."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    before, year, significant, after, *rest = match.groups("")
    digits = (year, *filter(None, rest[1::3]))
    if len(digits) > 1 and (year[0] == "Y" or significant):
        return None
    marks = (before, after, rest[0], rest[2], rest[3], rest[5])[: 2 * len(digits)]
    figures = int(significant) if significant else None
    return Date(digits, marks, figures, "", *_bounds(text, digits, figures))


def _date_and_time(text: str) -> Date | None:
    """A whole date with a time of day (level 0)."""
    day, _, time = text.partition("T")
    date = _date(day)
    if date is None or len(date.numbers or ()) != 3 or not _TIME.fullmatch(time):
        return None
    return replace(date, time=time)


def _interval(text: str) -> Interval | None:
    """Two dates with a slash; either may be open or unknown (L1)."""
    lower, _, upper = text.partition("/")
    if not (lower or upper) or (lower, upper) in (("", ".."), ("..", "")):
        raise PeriodError(
            f"{shown(text)}: an interval needs at least one date",
            hint="write 2024/.. (open end), 2024/ (unknown end) or 2024/2025",
        )
    start, end = (End(side) if side in ("", "..") else _date(side) for side in (lower, upper))
    if start is None or end is None:
        return None
    return _in_order(text, Interval(start, end))


def _set(text: str) -> DateSet | None:
    """Dates and runs of them in brackets (L2); runs without a start or end come first or last."""
    members: list[Date | Interval] = []
    texts = text[1:-1].split(",")
    for number, one in enumerate(texts):
        lower, dots, upper = one.partition("..")
        if not dots:
            date = _date(one)
            if date is None:
                return None
            members.append(date)
            continue
        start, end = (_date(side) if side else End.OPEN for side in (lower, upper))
        if start is None or end is None or start is end:
            return None
        if (start is End.OPEN and number > 0) or (end is End.OPEN and number < len(texts) - 1):
            return None
        if len({end.precision for end in (start, end) if isinstance(end, Date)}) > 1:
            raise PeriodError(
                f"{shown(text)}: {one} has ends of different precision",
                hint="write both as years, both as months or both as days",
            )
        members.append(_in_order(text, Interval(start, end)))
    return DateSet(tuple(members), text[0] == "{")


def _in_order(text: str, interval: Interval) -> Interval:
    first, last = interval.first, interval.last
    if first is not None and last is not None and first > last:
        raise PeriodError(
            f"{shown(text)} ends before it begins",
            hint=f"from {_written(first)} to {_written(last)}: swap the ends",
        )
    return interval


# -- first and last days ------------------------------------------------------------------------


def _bounds(
    text: str, digits: tuple[str, ...], significant: int | None
) -> tuple[Day | None, Day | None]:
    """First and last day that the digits of a date may mean; None where the year is unknown.

    Raises:
        PeriodError: there is no such day.
    """
    year, month, day = (*digits, "XX", "XX")[:3]
    part = int(month) if month != "XX" and "X" not in month else 0
    days: list[Day]
    if part in _PARTS and len(digits) == 2:
        first, last = (next(iter(_years(text, year, significant, step))) for step in (1, -1))
        start, end = _PARTS[part]
        last, end = (last + 1, end - 12) if end > 12 else (last, end)
        days = [(first, start, 1), (last, end, days_in_month(last, end))]
    elif part > 12 or month == "00":
        raise PeriodError(
            f"{shown(text)}: month {part} does not exist",
            hint="months are 01 to 12; the order is year, month, day"
            if len(digits) > 2
            else "01 to 12 are months, 21 to 24 seasons, 33 to 36 quarters, 40 and 41 halves",
        )
    else:
        first_day = _edge(_years(text, year, significant, 1), month, day, 1)
        if first_day is not None and "X" not in day and significant is None and "X" not in text:
            return first_day, first_day
        last_day = _edge(_years(text, year, significant, -1), month, day, -1)
        days = [] if first_day is None or last_day is None else [first_day, last_day]
    if not days:
        if part and "X" not in day:
            check_date(text, 2000 if "X" in year else int(year), part, int(day))
        raise PeriodError(
            f"{shown(text)} stands for no day",
            hint="X is a digit of a month 01 to 12, or of a day that the month has",
        )
    return (None, None) if year.endswith("XXXX") else (days[0], days[1])


def _years(text: str, year: str, significant: int | None, step: int) -> Iterable[int]:
    """The years that digits may mean, from the first (step 1) or from the last (step -1).

    Of a year wholly unknown, a leap year, which has every day that there is.
    """
    if "X" in year:
        digits = year.lstrip("-")
        if significant is not None:
            raise PeriodError(f"{shown(text)} is not EDTF", hint="S follows a year without X")
        sign = -1 if year[0] == "-" else 1
        return (2000,) if digits == "XXXX" else _matching_years(digits, sign, step)
    number, width = _year(text, year)
    if significant is None:
        return (number,)
    if not 1 <= significant <= width:
        raise PeriodError(
            f"{shown(text)}: a year of {width} digits has no {significant} significant ones",
            hint=f"S is followed by 1 to {width}",
        )
    size = 10 ** (width - significant)
    lower = abs(number) // size * size
    years = range(max(lower, 1), lower + size)[:: step if number >= 0 else -step]
    return years if number >= 0 else (-year for year in years)


def _year(text: str, year: str) -> tuple[int, int]:
    """A year without X as a number, and how many digits it has."""
    if year[0] != "Y":
        if year == "-0000":
            raise PeriodError(f"{shown(text)}: there is no year -0000", hint="1 BCE is 0000")
        return int(year), 4
    digits, _, exponent = year[1:].partition("E")
    if exponent and not 1 <= int(exponent) <= MAX_EXPONENT:
        raise PeriodError(
            f"{shown(text)}: the exponent is {exponent}",
            hint=f"E is followed by 1 to {MAX_EXPONENT}",
        )
    number = int(digits) * 10 ** int(exponent or 0)
    if abs(number) < 10_000:
        raise PeriodError(
            f"{shown(text)}: a year of four digits has no Y",
            hint=f"write {'-' * (number < 0)}{abs(number):04d}",
        )
    return number, len(str(abs(number)))


def _matching_years(digits: str, sign: int, step: int) -> Iterator[int]:
    """The years other than 0 that fit four digits with X, in order."""
    choices = "0123456789"[:: step * sign]
    for found in product(*(choices if digit == "X" else digit for digit in digits)):
        year = sign * int("".join(found))
        if year:
            yield year


def _edge(years: Iterable[int], month: str, day: str, step: int) -> Day | None:
    """The first (step 1) or last (step -1) day of the years that fits month and day."""
    for year in years:
        for number in _matching(month, 12)[::step]:
            for found in _matching(day, days_in_month(year, number))[::step]:
                return year, number, found
    return None


def _matching(digits: str, most: int) -> Sequence[int]:
    """The numbers 1 to `most` that fit two digits with X."""
    if digits == "XX":
        return range(1, most + 1)
    if "X" not in digits:
        return (int(digits),) if 1 <= int(digits) <= most else ()
    return [
        number
        for number in range(1, most + 1)
        if all(
            wanted in ("X", digit) for wanted, digit in zip(digits, f"{number:02d}", strict=True)
        )
    ]


# -- what to write in place of what is no EDTF ---------------------------------------------------

_TYPED_DASHES = lazy("[\u2010-\u2015\u2212]")
_WEEK = lazy(r"([0-9]{4})-?W([0-9]{2})")
_SHORT_END = lazy(r"([0-9]{4})/([0-9]{2})")
_SHORT_MONTH = lazy(r"([0-9]{4}-[0-9]{2})/([0-9]{2})")
_YEARS = lazy(r"([0-9]{4})\s?[-\u2013]\s?([0-9]{4})")
_OLD = lazy(r"[0-9]{1,4}[ux]{1,3}([-~?].*)?|.*(open|unknown|uu).*", re.IGNORECASE)
_LONG = lazy(r"Y?[0-9]{5,}.*|Y?-[0-9]{4,}.*")
_SPACE = lazy(r"\s")


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
