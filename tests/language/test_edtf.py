"""EDTF: the examples of its specification, what is refused, and what holds of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.language.dates import PeriodError
from lod.language.edtf import Date, DateSet, End, Interval, parse_edtf, parse_value
from lod.model.period import Precision

DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def day_text(day: tuple[int, int, int] | None) -> str:
    if day is None:
        return "-"
    year, month, number = day
    return f"{'-' * (year < 0)}{abs(year):04d}-{month:02d}-{number:02d}"


# -- the tables ---------------------------------------------------------------------------------


@pytest.mark.parametrize("row", list(rows("edtf.tsv")), ids=lambda row: row[0])
def test_reads(row: list[str]) -> None:
    text, level, first, last, precision, marks = row
    value = parse_value(text)
    assert str(value) == text
    assert (str(value.level), day_text(value.first), day_text(value.last)) == (level, first, last)
    assert value.precision == precision
    assert (value.approximate, value.uncertain) == ("~" in marks, "?" in marks)


@pytest.mark.parametrize("row", list(rows("edtf.tsv")), ids=lambda row: row[0])
def test_reads_periods_with_dates_from_the_year_1_on(row: list[str]) -> None:
    text, _, first, last, precision, marks = row
    if any(re.fullmatch(r"-?[0-9]{5,}-.*", day) for day in (first, last)):
        with pytest.raises(PeriodError, match="out of range") as caught:
            parse_edtf(text)
        assert "-9999 to 9999" in (caught.value.hint or "")
        return
    first, last = ("-" if re.match(r"-.+|0000-", day) else day for day in (first, last))
    period = parse_edtf(f" {text} ")
    assert period.edtf == text
    assert (period.start or "-", period.end or "-", period.precision) == (first, last, precision)
    assert (period.approximate, period.uncertain) == ("~" in marks, "?" in marks)
    assert (period.words, period.resolved_against) == (None, None)


REFUSED = [
    *rows("not-edtf.tsv"),
    ["", "is not EDTF", "2023"],
    ["2024\x00", "is not EDTF", "2023"],
    ["2024\n", "is not EDTF", "spaces"],
    ["2" * 10_000, "too long", "100"],
    ["[" + "2020," * 2000 + "2020]", "too long", "100"],
    ["(" * 90, "is not EDTF", ""],
]


@pytest.mark.parametrize(("text", "message", "hint"), REFUSED, ids=lambda text: text[:30])
def test_refuses(text: str, message: str, hint: str) -> None:
    with pytest.raises(PeriodError) as caught:
        parse_value(text)
    assert message in caught.value.message
    assert caught.value.hint
    assert hint == "-" or hint in caught.value.hint
    assert len(caught.value.message) < 200


OUT_OF_RANGE = [
    ("Y20240", "out of range"),
    ("Y17E7", "out of range"),
    ("9999-24", "out of range"),
]


@pytest.mark.parametrize(("text", "message"), OUT_OF_RANGE)
def test_facts_have_the_years_up_to_9999(text: str, message: str) -> None:
    assert str(parse_value(text)) == text
    with pytest.raises(PeriodError, match=message) as caught:
        parse_edtf(text)
    assert "-9999 to 9999" in (caught.value.hint or "")


# -- the structure ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("2004-06-11", ["", "", ""]),
        ("2004-06-11%", ["%", "%", "%"]),
        ("2004-06~-11", ["~", "~", ""]),
        ("2004?-06-11", ["?", "", ""]),
        ("?2004-06-~11", ["?", "", "~"]),
        ("2004-%06-11", ["", "%", ""]),
        ("?2004-06~", ["%", "~"]),
        ("2004?-~06", ["?", "~"]),
    ],
)
def test_says_what_each_component_is(text: str, qualifiers: list[str]) -> None:
    value = parse_value(text)
    assert isinstance(value, Date)
    assert [value.qualifier(number) for number in range(len(value.digits))] == qualifiers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2024", (2024,)),
        ("2024-05", (2024, 5)),
        ("-0044-03-15", (-44, 3, 15)),
        *((text, None) for text in ("2024~", "2024-21", "202X", "2024-XX", "1950S4", "Y20240")),
    ],
)
def test_gives_the_numbers_of_plain_dates(text: str, numbers: tuple[int, ...] | None) -> None:
    value = parse_value(text)
    assert isinstance(value, Date)
    assert value.numbers == numbers


def test_tells_open_ends_from_unknown_ones() -> None:
    values = [parse_value(text) for text in ("../2024", "/2024", "2024/..", "2024/")]
    ends = [(value.start, value.end) for value in values if isinstance(value, Interval)]
    date = parse_value("2024")
    assert ends == [(End.OPEN, date), (End.UNKNOWN, date), (date, End.OPEN), (date, End.UNKNOWN)]


def test_tells_all_of_a_set_from_one_of_it() -> None:
    every, one = parse_value("{1667,1670..1672}"), parse_value("[1667,1670..1672]")
    assert isinstance(every, DateSet)
    assert isinstance(one, DateSet)
    assert (every.all, one.all) == (True, False)
    assert every.members == one.members
    assert list(map(str, every.members)) == ["1667", "1670/1672"]


# -- what holds of every value ------------------------------------------------------------------

_marks = st.sampled_from(["", "", "", "~", "?", "%"])
_calendar = st.dates(date(1, 1, 1), date(9998, 12, 31))
_plain = st.tuples(_calendar, st.sampled_from([4, 7, 10])).map(lambda p: p[0].isoformat()[: p[1]])
_parts = st.tuples(st.integers(1, 9998), st.integers(21, 41)).map(lambda p: f"{p[0]:04d}-{p[1]}")


@st.composite
def dates(draw: st.DrawFn) -> str:
    """A date with marks and unspecified digits at any place."""
    parts = draw(st.one_of(_plain, _parts)).split("-")
    for number in draw(st.sets(st.integers(0, len(parts) - 1))):
        places = draw(st.sets(st.integers(0, len(parts[number]) - 1), max_size=3))
        parts[number] = "".join("X" if i in places else one for i, one in enumerate(parts[number]))
    return draw(st.sampled_from(["", "", "-"])) + "-".join(
        draw(_marks) + part + draw(_marks) for part in parts
    )


_years = st.one_of(
    st.tuples(st.integers(0, 9999), st.integers(1, 4)).map(lambda p: f"{p[0]:04d}S{p[1]}"),
    st.integers(10_000, 10**12).flatmap(lambda y: st.sampled_from([f"Y{y}", f"Y-{y}", f"Y{y}S2"])),
    st.tuples(st.integers(1, 999), st.integers(4, 100)).map(lambda p: f"Y{p[0]}E{p[1]}"),
)
_ends = st.one_of(dates(), st.sampled_from(["", ".."]))
_runs = st.tuples(_plain, _plain).map(lambda pair: "..".join(sorted(pair)))
_sets = st.tuples(
    st.sampled_from(["[%s]", "{%s}"]), st.lists(st.one_of(dates(), _runs), min_size=1, max_size=4)
).map(lambda p: p[0] % ",".join(p[1]))
_likely = st.one_of(dates(), _years, st.tuples(_ends, _ends).map("/".join), _sets)
_any = st.one_of(
    _likely,
    st.text(max_size=30),
    st.text(alphabet="0123456789X-/.~?%[]{},YESTZ: ", max_size=24),
    st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/[0-9X]{4}(-[0-9X]{2})?)?", fullmatch=True),
)


@settings(max_examples=200, deadline=None)
@given(_any)
def test_every_value_is_written_as_it_was_read(text: str) -> None:
    try:
        value = parse_value(text)
    except PeriodError:
        return
    assert str(value) == text
    assert parse_value(str(value)) == value
    assert value.level in (0, 1, 2)
    if value.first is not None and value.last is not None:
        assert value.first <= value.last
    if value.level == 0 and len(text) == 10:
        assert date.fromisoformat(text).isoformat() == text or text.startswith("0000")


@settings(max_examples=150, deadline=None)
@given(_any)
def test_periods_have_days_of_the_calendar(text: str) -> None:
    try:
        period = parse_edtf(text)
    except PeriodError:
        return
    for day in (period.start, period.end):
        assert day is None or date.fromisoformat(day).isoformat() == day
    if period.start is not None and period.end is not None:
        assert period.start <= period.end


def _fitting(text: str) -> tuple[str, str] | None:
    """First and last day of a date with X in place of digits, found by trying them all."""
    year, *rest = text.split("-")
    month, day = (*rest, "XX", "XX")[:2]
    pattern = re.compile("-".join((year, month, day)).replace("X", "[0-9]"))
    years = [f"{number:04d}" for number in range(1, 10_000)]
    close = [one for one in years if re.fullmatch(year.replace("X", "[0-9]"), one)]
    found = []
    for one in close[:12] + close[-12:]:  # a leap year is among each
        first, last = (date(int(one), *day).toordinal() for day in ((1, 1), (12, 31)))
        days = (date.fromordinal(number).isoformat() for number in range(first, last + 1))
        found += [text for text in days if pattern.fullmatch(text)]
    return (min(found), max(found)) if found else None


@settings(max_examples=25, deadline=None)
@given(st.tuples(_plain, st.sets(st.integers(1, 9), max_size=6)))
def test_unspecified_digits_stand_for_all_days_that_fit(made: tuple[str, set[int]]) -> None:
    plain, places = made
    text = "".join(
        "X" if number in places and sign != "-" else sign for number, sign in enumerate(plain)
    )
    expected = _fitting(text)
    assert expected is not None
    period = parse_edtf(text)
    assert (period.start, period.end) == expected


@settings(max_examples=100, deadline=None)
@given(dates(), st.sampled_from("~?%"))
def test_a_mark_changes_no_day(text: str, mark: str) -> None:
    try:
        value = parse_value(text.rstrip("~?%"))
    except PeriodError:
        return
    marked = parse_value(text.rstrip("~?%") + mark)
    assert (marked.first, marked.last, marked.precision) == (
        value.first,
        value.last,
        value.precision,
    )
    assert marked.approximate or mark == "?"
    assert marked.uncertain or mark == "~"


@settings(max_examples=100, deadline=None)
@given(dates(), dates())
def test_an_interval_is_from_its_start_to_its_end(lower: str, upper: str) -> None:
    try:
        start, end = parse_value(lower), parse_value(upper)
        interval = parse_value(f"{lower}/{upper}")
    except PeriodError:
        return
    assert (interval.first, interval.last) == (start.first, end.last)
    assert interval.precision is Precision.INTERVAL
    assert interval.level >= max(start.level, end.level)
