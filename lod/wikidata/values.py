"""Values of the Wikibase data model: items, amounts, times, words; read, and as people read them.

A Wikidata time has a precision, and what it does not know is `00`: `+2018-00-00` is the year 2018.
A date is a tuple of year, month and day; the astronomical year 0 is 1 BCE, as in EDTF, while the
year -1 of Wikidata is 1 BCE too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from lod.language.dates import days_in_month
from lod.model.period import Period
from lod.model.quantity import Unit
from lod.namespaces import WIKIDATA_NS

#: Precisions of the Wikibase data model.
CENTURY, DECADE, YEAR, MONTH, DAY = 7, 8, 9, 10, 11
GREGORIAN = f"{WIKIDATA_NS}Q1985727"
JULIAN = f"{WIKIDATA_NS}Q1985786"
Date = tuple[int, int, int]
_TIME = re.compile(r"([+-])(\d{1,16})-(\d\d)-(\d\d)T\d\d:\d\d:\d\dZ")
_EDTF = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
_XSD = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_YEARS = {CENTURY: 100, DECADE: 10, YEAR: 1}
_GREGORIAN_SINCE = (1582, 10, 15)
#: The unit of what has none.
UNITLESS = "1"


class Span(Struct, frozen=True):
    """A stretch of time: first and last day, both inclusive; None where it is open or unknown.

    >>> Span((2023, 1, 1), (2023, 12, 31)).contains(Span((2023, 5, 1), (2023, 5, 31)))
    True
    """

    first: Date | None
    last: Date | None

    def overlaps(self, other: Span) -> bool:
        """Whether there is a day that may be in both."""
        return _before(self.first, other.last) and _before(other.first, self.last)

    def contains(self, other: Span) -> bool:
        """Whether every day of the other is in this one."""
        starts = self.first is None or (other.first is not None and self.first <= other.first)
        ends = self.last is None or (other.last is not None and other.last <= self.last)
        return starts and ends


class Moment(Struct, frozen=True):
    """A date with its precision.

    Attributes:
        year: astronomical.
        month: 1 to 12, or 0 where the precision is coarser.
        day: 1 to 31, or 0 where the precision is coarser.
        precision: 7 century, 8 decade, 9 year, 10 month, 11 day; 0 to 6 for coarser ones.
        julian: whether it is a date of the Julian calendar.
    """

    year: int
    month: int
    day: int
    precision: int
    julian: bool = False

    @property
    def span(self) -> Span | None:
        """The days that it may mean (Gregorian), or None where it is coarser than a century.

        >>> Moment(2024, 2, 0, MONTH).span
        Span(first=(2024, 2, 1), last=(2024, 2, 29))
        """
        if self.precision >= DAY:
            day = (self.year, self.month, self.day)
            day = _to_gregorian(day) if self.julian else day
            return Span(day, day)
        if self.precision == MONTH:
            last = (self.year, self.month, days_in_month(self.year, self.month))
            return Span((self.year, self.month, 1), last)
        length = _YEARS.get(self.precision)
        if length is None:
            return None
        if length == 100:  # The 20th century is 1901 to 2000.
            first = (self.year - 1) // length * length + 1
        else:
            first = self.year // length * length
        return Span((first, 1, 1), (first + length - 1, 12, 31))

    @property
    def text(self) -> str:
        """As people write it: `2023`, `2023-05`, `2023-05-09`, `1990s`."""
        if self.precision < YEAR:
            span = self.span
            if span is None or span.first is None or span.last is None:
                return f"{self.year} (precision {self.precision})"
            return f"{span.first[0]} to {span.last[0]}"
        sign, year = ("-", -self.year) if self.year < 0 else ("", self.year)
        parts = [f"{sign}{year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day)[: self.precision - YEAR]]
        return "-".join(parts) + (" (Julian)" if self.julian else "")

    @property
    def time(self) -> str:
        """The time string of the Wikibase data model, with `00` for what is not known.

        >>> Moment(2023, 0, 0, YEAR).time
        '+2023-00-00T00:00:00Z'
        """
        sign, year = ("+", self.year) if self.year > 0 else ("-", 1 - self.year)
        return f"{sign}{year:04}-{self.month:02}-{self.day:02}T00:00:00Z"

    def as_value(self) -> dict[str, Any]:
        """The value of a datavalue of type `time`."""
        return {
            "time": self.time,
            "timezone": 0,
            "before": 0,
            "after": 0,
            "precision": self.precision,
            "calendarmodel": JULIAN if self.julian else GREGORIAN,
        }


def moment_of(value: Mapping[str, Any]) -> Moment | None:
    """Read the value of a datavalue of type `time`.

    Returns:
        The date, what the precision leaves out dropped; None where it cannot be read.

    >>> moment_of({"time": "+2018-00-00T00:00:00Z", "precision": 9})
    Moment(year=2018, month=0, day=0, precision=9, julian=False)
    """
    match = _TIME.fullmatch(str(value.get("time", "")))
    precision = value.get("precision")
    if match is None or not isinstance(precision, int):
        return None
    sign, digits, month, day = match.groups()
    year = int(digits) if sign == "+" else 1 - int(digits)
    months, days = int(month), int(day)
    # A precision that the digits do not bear out is taken down to theirs.
    if not 1 <= months <= 12:
        precision = min(precision, YEAR)
    elif not 1 <= days <= days_in_month(year, months) + (value.get("calendarmodel") == JULIAN):
        precision = min(precision, MONTH)
    return Moment(
        year,
        months if precision >= MONTH else 0,
        days if precision >= DAY else 0,
        min(precision, DAY),
        value.get("calendarmodel") == JULIAN,
    )


def moment_of_edtf(text: str) -> Moment | None:
    """Read an EDTF date of level 0; None for anything else (seasons, `~`, intervals).

    A day before 15 October 1582 is one of the Julian calendar: the words of a text count so, and
    Wikidata takes such a day so.

    >>> moment_of_edtf("2023-05")
    Moment(year=2023, month=5, day=0, precision=10, julian=False)
    >>> moment_of_edtf("1581-10-04").julian
    True
    """
    match = _EDTF.fullmatch(text)
    if match is None:
        return None
    date = tuple(int(part or 0) for part in match.groups())
    year, month, day = date
    precision = DAY if day else MONTH if month else YEAR
    return Moment(year, month, day, precision, bool(day) and date < _GREGORIAN_SINCE)


def moment_of_date(text: str) -> Moment | None:
    """Read an xsd:date; None where it is none."""
    match = _XSD.fullmatch(text)
    return Moment(int(match[1]), int(match[2]), int(match[3]), DAY) if match else None


def span_of(period: Period) -> Span | None:
    """The days of a period of the facts; None where its words could not be resolved."""
    if period.start is None and period.end is None:
        return None
    begin, slash, end = (period.edtf or "").partition("/")
    first = _date(period.start, begin)
    return Span(first, _date(period.end, end if slash else begin))


def _date(date: str | None, edtf: str) -> Date | None:
    """An end of a period: an xsd:date, which is Gregorian, unless its EDTF is a Julian day."""
    written = moment_of_edtf(edtf.removesuffix("~"))
    if written is not None and written.julian and written.span is not None:
        return written.span.first
    moment = moment_of_date(date) if date else None
    return None if moment is None else (moment.year, moment.month, moment.day)


def _before(first: Date | None, last: Date | None) -> bool:
    return first is None or last is None or first <= last


def _to_gregorian(date: Date) -> Date:
    """A day of the Julian calendar in the Gregorian one, by way of the Julian day number."""
    year, month, day = date
    shift = (14 - month) // 12
    years, months = year + 4800 - shift, month + 12 * shift - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    rest = number + 32044
    centuries = (4 * rest + 3) // 146097
    rest -= 146097 * centuries // 4
    years = (4 * rest + 3) // 1461
    rest -= 1461 * years // 4
    months = (5 * rest + 2) // 153
    return (
        100 * centuries + years - 4800 + months // 10,
        months + 3 - 12 * (months // 10),
        rest - (153 * months + 2) // 5 + 1,
    )


class Amount(Struct, frozen=True):
    """A datavalue of type `quantity`.

    Attributes:
        amount: the number.
        lower: lower bound, inclusive, or None; bounds come in pairs.
        upper: upper bound, inclusive, or None.
        unit: entity IRI of the unit, or `"1"`.
        circa: whether the statement calls it approximate (P1480).
    """

    amount: Decimal
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str = UNITLESS
    circa: bool = False

    @property
    def has_bounds(self) -> bool:
        """Whether bounds are given."""
        return self.lower is not None and self.upper is not None

    @property
    def low(self) -> Decimal:
        """The lowest number that it may mean."""
        return self.amount if self.lower is None else self.lower

    @property
    def high(self) -> Decimal:
        """The highest number that it may mean."""
        return self.amount if self.upper is None else self.upper

    @property
    def unit_id(self) -> str | None:
        """QID of the unit, or None for a plain number."""
        return None if self.unit == UNITLESS else self.unit.rpartition("/")[2]

    @property
    def text(self) -> str:
        """The number with its bounds, without the unit.

        >>> Amount(Decimal("28E9"), Decimal("27E9"), Decimal("29E9")).text
        '28,000,000,000 [27,000,000,000 to 29,000,000,000]'
        """
        text = f"{self.amount:,f}"
        if self.has_bounds:
            text += f" [{self.low:,f} to {self.high:,f}]"
        return f"about {text}" if self.circa else text

    def as_value(self) -> dict[str, Any]:
        """The value of a datavalue of type `quantity`, bounds only as a pair."""
        value = {"amount": signed(self.amount), "unit": self.unit}
        if self.lower is not None and self.upper is not None:
            value |= {"upperBound": signed(self.upper), "lowerBound": signed(self.lower)}
        return value


def amount_of(value: Mapping[str, Any], *, circa: bool = False) -> Amount | None:
    """Read the value of a datavalue of type `quantity`.

    Returns:
        The amount; None where it cannot be read. A bound without the other is left out.

    >>> amount_of({"amount": "+104", "unit": "http://www.wikidata.org/entity/Q11573"}).unit_id
    'Q11573'
    """
    number = _number(value.get("amount"))
    unit = value.get("unit", UNITLESS)
    if number is None or not isinstance(unit, str):
        return None
    lower, upper = _number(value.get("lowerBound")), _number(value.get("upperBound"))
    if lower is None or upper is None:
        lower = upper = None
    if unit.startswith(f"https{WIKIDATA_NS[4:]}"):
        unit = WIKIDATA_NS + unit.rpartition("/")[2]
    return Amount(number, lower, upper, unit, circa)


def signed(number: Decimal) -> str:
    """A number as Wikibase writes it: with its sign, in digits, without an exponent.

    >>> signed(Decimal("2.8E+10"))
    '+28000000000'
    """
    return f"{number:+f}"


def _number(text: object) -> Decimal | None:
    if not isinstance(text, str):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class ItemRef(Struct, frozen=True):
    """An item as a value."""

    qid: str


class Words(Struct, frozen=True):
    """Words as a value; the language is None for a plain string."""

    text: str
    language: str | None = None


class Special(Struct, frozen=True):
    """No value: `somevalue` (there is one, not known which) or `novalue` (there is none)."""

    kind: str


Known = ItemRef | Amount | Moment | Words | Special


def read_snak(snak: Mapping[str, Any], *, circa: bool = False) -> Known | None:
    """The value of a snak; None where it is of a kind that is not read here.

    >>> read_snak({"snaktype": "novalue", "property": "P40"})
    Special(kind='novalue')
    """
    if snak.get("snaktype") != "value":
        return Special(str(snak.get("snaktype")))
    data = snak.get("datavalue") or {}
    value = data.get("value")
    match data.get("type"):
        case "string":
            return Words(str(value))
        case "wikibase-entityid" if isinstance(value, Mapping):
            qid = str(value.get("id") or f"Q{value.get('numeric-id')}")
            return ItemRef(qid) if qid.startswith("Q") else Words(qid)
        case "quantity" if isinstance(value, Mapping):
            return amount_of(value, circa=circa)
        case "time" if isinstance(value, Mapping):
            return moment_of(value)
        case "monolingualtext" if isinstance(value, Mapping):
            return Words(str(value.get("text", "")), str(value.get("language", "")))
    return None


def describe_value(value: Known | None, labels: Mapping[str, str]) -> str:
    """A value as people read it.

    Args:
        value: the value.
        labels: QID to label; an item without one is shown by its id.
    """
    match value:
        case ItemRef(qid):
            return f"{labels[qid]} ({qid})" if qid in labels else qid
        case Amount():
            unit = value.unit_id
            return f"{value.text} {labels.get(unit, unit)}" if unit else value.text
        case Moment():
            return value.text
        case Words(text, language):
            return f'"{text}"' + (f" ({language})" if language else "")
        case Special(kind):
            return "no value" if kind == "novalue" else "unknown value"
    return "a value of another kind"


def span_text(span: Span) -> str:
    """A stretch of time as people read it.

    >>> span_text(Span((2012, 5, 7), None))
    'from 2012-05-07'
    """
    first, last = (
        "" if one is None else "{:04}-{:02}-{:02}".format(*one) for one in (span.first, span.last)
    )
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else "at an unknown time"


def unit_of(unit: Unit | None) -> str | None:
    """The item IRI of a unit, `"1"` for plain numbers and counted things, None if not known.

    >>> unit_of(Unit("workers")), unit_of(Unit("percent", wikidata="Q11229"))
    ('1', 'http://www.wikidata.org/entity/Q11229')
    """
    if unit is None:
        return UNITLESS
    if unit.wikidata is not None:
        return WIKIDATA_NS + unit.wikidata
    return UNITLESS if unit.currency is None and unit.qudt is None else None


def moment_of_period(period: Period) -> Moment | None:
    """The date of a period as one Wikidata time, or None where it is not one date.

    >>> moment_of_period(Period(edtf="2023"))
    Moment(year=2023, month=0, day=0, precision=9, julian=False)
    """
    return moment_of_edtf((period.edtf or "").removesuffix("~"))
