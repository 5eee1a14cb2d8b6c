"""What always holds of the comparison of two claims."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lod.model.contradiction import (
    Relation,
    Said,
    Thing,
    Words,
    conflicts,
    contrary_pairs,
    relation,
    said,
)
from lod.model.period import Period, Tense
from lod.model.quantity import Comparator, Quantity, Unit
from lod.model.times import Span, When, span_of, time_of
from lod.review.disagreements import from_json, to_json

NUMBERS = st.decimals(-50, 50, places=1)
UNITS = st.sampled_from([None, Unit("", "USD"), Unit("", "EUR"), Unit("percent", None, "PERCENT")])
COMPARATORS = {
    "value": (Comparator.EXACTLY, Comparator.APPROXIMATELY),
    "minimum": (Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.JUST_OVER),
    "maximum": (Comparator.LESS_THAN, Comparator.AT_MOST, Comparator.ALMOST),
}


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    unit = draw(UNITS)
    side = draw(st.sampled_from([*COMPARATORS, "both", "words"]))
    if side == "words":
        return Quantity(Comparator.EXACTLY, proportion=draw(st.sampled_from(["most", "few"])))
    if side == "both":
        low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
        return Quantity(Comparator.BETWEEN, minimum=low, maximum=high, unit=unit)
    comparator = draw(st.sampled_from(COMPARATORS[side]))
    number: dict[str, Any] = {side: draw(NUMBERS)}
    return Quantity(comparator, unit=unit, ordinal=draw(st.booleans()), **number)


PERIODS = [
    None,
    *(
        Period(edtf=edtf, start=start, end=end, approximate="~" in edtf)
        for edtf, start, end in (
            ("2023", "2023-01-01", "2023-12-31"),
            ("2023-05", "2023-05-01", "2023-05-31"),
            ("2024-11-27", "2024-11-27", "2024-11-27"),
            ("2010/2023", "2010-01-01", "2023-12-31"),
            ("2023/2023", "2023-01-01", "2023-12-31"),
            ("2023-03/..", "2023-03-01", None),
            ("../2023", None, "2023-12-31"),
            ("2023~", "2023-01-01", "2023-12-31"),
            ("2023-21/2024", "2023-03-01", "2024-12-31"),
        )
    ),
    Period(words="now", as_of="2024-11-27", tense=Tense.PRESENT),
    Period(words="soon", as_of="2024-11-27", tense=Tense.FUTURE),
]
SCOPES = st.sampled_from(["a", "b"])
DATES = st.sampled_from([None, "2023-05-09", "2024-11-27"])


@st.composite
def whens(draw: st.DrawFn) -> When:
    return time_of(draw(st.sampled_from(PERIODS)), draw(DATES), draw(SCOPES))


@st.composite
def things(draw: st.DrawFn) -> Thing:
    id_ = draw(st.sampled_from(["Q1", "Q2", "Q3", "x:one", "x:two"]))
    scope = draw(SCOPES) if id_.startswith("x:") else ""
    within = draw(st.frozensets(st.sampled_from(["Q1", "Q2"]), max_size=1))
    return Thing(id_, scope, draw(st.sampled_from(["x:City", "x:Country"])), within)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    return span_of(draw(st.sampled_from(PERIODS[1:])), draw(SCOPES))  # type: ignore[arg-type] # the first one alone is None


VALUES = st.one_of(quantities(), things(), spans(), st.builds(Words, st.sampled_from("xy")))


@st.composite
def groups(draw: st.DrawFn) -> list[Said]:
    """Claims of one subject and property."""
    single, timeless = draw(st.sampled_from([None, True, False])), draw(st.booleans())
    kind = draw(st.sampled_from([quantities(), things(), spans(), VALUES]))
    one = st.builds(
        said,
        kind,
        whens(),
        is_denied=st.booleans(),
        conditions=st.frozensets(st.sampled_from(["share", "field"]), max_size=1),
        single=st.just(single),
        timeless=st.just(timeless),
    )
    return draw(st.lists(one, max_size=6))


def exactly(number: int, year: int, *, ordinal: bool = False, timeless: bool = False) -> Said:
    """A claim of a number for a year."""
    when = When(f"{year}", (year, 1, 1), (year, 12, 31))
    value = Quantity(Comparator.EXACTLY, Decimal(number), ordinal=ordinal)
    return said(value, when, is_denied=False, conditions=(), single=None, timeless=timeless)


#: The least of each is of another time, or no number but a rank.
LEAST_IS_OTHER = (
    [exactly(10, 2001, timeless=True), *(exactly(n, 2005, timeless=True) for n in (20, 30))],
    [exactly(3, 2001, ordinal=True), exactly(20, 2001), exactly(30, 2001)],
)


@given(groups())
@example(LEAST_IS_OTHER[0])
@example(LEAST_IS_OTHER[1])
@settings(max_examples=60)
def test_what_contradicts_what_is_found_whatever_the_order(group: list[Said]) -> None:
    pairs = set()
    for one, other in combinations(group, 2):
        assert relation(one, other) is relation(other, one)
        if relation(one, other) is Relation.CONTRARY:
            pairs.add(frozenset((one, other)))
    expected = {one for found in pairs for one in found}
    assert {one for found in conflicts(group) for one in found} == expected
    assert {one for found in conflicts(group[::-1]) for one in found} == expected
    assert {frozenset((group[a], group[b])) for a, b in contrary_pairs(group)} == pairs
    for one in group:
        assert relation(one, one) is Relation.COMPATIBLE
        assert from_json(to_json(one)) == one


@given(quantities(), quantities(), NUMBERS)
def test_bounds_that_a_number_satisfies_never_disagree(
    one: Quantity, other: Quantity, number: Decimal
) -> None:
    def fits(quantity: Quantity) -> bool:
        if quantity.value is not None:
            return quantity.value == number
        low, high = quantity.minimum, quantity.maximum
        return (low is None or low <= number) and (high is None or number <= high)

    assume(fits(one) and fits(other))
    when = time_of(PERIODS[1], None, "a")
    first, second = (
        said(value, when, is_denied=False, conditions=(), single=None, timeless=False)
        for value in (one, other)
    )
    assert relation(first, second) is not Relation.CONTRARY


@given(whens(), whens())
def test_times_overlap_the_same_both_ways(one: When, other: When) -> None:
    assert one.overlaps(other) is other.overlaps(one)
