"""Numbers in time: one small line for each subject, property, unit and speaker.

A point is a number that a claim gives for a period; a line joins those that hold as they stand, so
that a plan, an expectation or a denied number stands beside it and not on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.model.period import Period
from lod.model.quantity import Quantity
from lod.pages.axes import Days, Tick, percent, rounded
from lod.pages.quantities import Mark, is_drawable, scale_of, unit_of
from lod.pages.texts import short
from lod.pages.values import Amount

if TYPE_CHECKING:
    from lod.pages.names import Link
    from lod.pages.view import ClaimView, PublicationView, StatementView

#: A line has at least so many periods; fewer are told as numbers.
LEAST = 3
#: Most lines of a page; the table has all.
MOST = 40
#: Height of the drawing, in its own units; its width is 1000.
HEIGHT = 100


class Point(Struct, frozen=True):
    """A number at a time.

    Attributes:
        claim: that gives it.
        note: its statement.
        amount: the number in words and signs.
        when: the period in words.
        x: where the middle of the period stands, in percent of the width.
        y: where the number stands, in percent of the height, from the top.
        holds: whether the speaker says that it holds as it stands.
    """

    claim: ClaimView
    note: StatementView
    amount: Amount
    when: str
    x: float
    y: float
    holds: bool


class Line(Struct, frozen=True):
    """What one speaker says of one subject, by one property, in one unit.

    Attributes:
        subject: what it is about.
        relation: the property.
        speaker: who says it; None where all lines of the page have the same.
        unit: its name; "" for plain numbers.
        scale: "thousand", "million" and so on, by which its ticks are counted, or "".
        points: in the order of time.
        low: the point with the lowest number.
        high: that with the highest.
        times: ticks of the time.
        numbers: ticks of the numbers; `at` is in percent from the top.
    """

    subject: Link
    relation: Link
    speaker: Link | None
    unit: str
    scale: str
    points: tuple[Point, ...]
    low: Point
    high: Point
    times: tuple[Tick, ...]
    numbers: tuple[Tick, ...]

    @property
    def notes(self) -> tuple[StatementView, ...]:
        """The statements that it shows, each once."""
        return tuple(dict.fromkeys(point.note for point in self.points))

    @property
    def path(self) -> str:
        """The line, as the `d` of an SVG path of 1000 by `HEIGHT`."""
        held = [point for point in self.points if point.holds]
        return "M" + "L".join(_place(point) for point in held) if len(held) > 1 else ""

    @property
    def dots(self) -> str:
        """What holds, a dot each, as a path whose lines have no length."""
        return "".join(f"M{_place(point)}h0" for point in self.points if point.holds)

    @property
    def other_dots(self) -> str:
        """The same of what does not hold as it stands."""
        return "".join(f"M{_place(point)}h0" for point in self.points if not point.holds)


def _place(point: Point) -> str:
    return f"{round(10 * point.x)} {round(HEIGHT * point.y / 100)}"


class _Found(Struct, frozen=True):
    """A number with its days, before it has a place."""

    claim: ClaimView
    note: StatementView
    amount: Amount
    number: Decimal
    period: Amount
    start: str
    end: str


def make_lines(view: PublicationView) -> tuple[Line, ...]:
    """The lines of a publication, in the order of the text."""
    return _lines(view, [group for _, group in _groups(view)])


def lines_by_subject(view: PublicationView) -> dict[str, tuple[Line, ...]]:
    """Slug of each entity with lines about it to these, in the order of the text."""
    found: dict[str, list[list[_Found]]] = {}
    for slug, group in _groups(view):
        found.setdefault(slug, []).append(group)
    return {slug: _lines(view, groups) for slug, groups in found.items()}


def _groups(view: PublicationView) -> list[tuple[str, list[_Found]]]:
    """The numbers of each line, and the slug of its subject."""
    found: dict[tuple[str, ...], list[_Found]] = {}
    for note in view.statements.values():
        for one in _numbers(view, note):
            slug = view.values.value(one.claim.subject).slug or ""
            who = " ".join(note.statement.speakers)
            unit = unit_of(_quantity(one.amount))
            others = " ".join(f"{iri} {value}" for iri, value in note.statement.qualifiers)
            key = (slug, note.statement.property, unit, who, others)
            found.setdefault(key, []).append(one)
    return [
        (slug, group)
        for (slug, *_), group in found.items()
        if len({one.start for one in group}) >= LEAST
    ]


def _lines(view: PublicationView, groups: list[list[_Found]]) -> tuple[Line, ...]:
    speakers = {one.note.statement.speakers for group in groups for one in group}
    return tuple(_line(view, group, named=len(speakers) > 1) for group in groups)


def _numbers(view: PublicationView, note: StatementView) -> Iterable[_Found]:
    """The numbers of a statement that have a time with a beginning and an end."""
    if not note.during or note.share or note.change:
        return
    during = note.during[0]
    if not isinstance(during, Amount) or not isinstance(during.model, Period):
        return
    start, end = during.model.start, during.model.end
    if start is None or end is None:
        return
    for claim in note.claims:
        amount = None if claim.value is None else view.values.value(claim.value)
        if not isinstance(amount, Amount) or not isinstance(amount.model, Quantity):
            continue
        if is_drawable(Mark(note, "value", amount, amount.model)) and len(amount.bounds) == 1:
            yield _Found(claim, note, amount, amount.bounds[0][1], during, start, end)


def _quantity(amount: Amount) -> Quantity:
    assert isinstance(amount.model, Quantity), "no quantity"  # noqa: S101 (what `_numbers` gives)
    return amount.model


def _line(view: PublicationView, group: list[_Found], *, named: bool) -> Line:
    group = sorted(group, key=lambda one: (one.start, one.end, one.claim.id))
    numbers = [one.number for one in group]
    power, scale = scale_of(max(abs(number) for number in numbers))
    low, high, ticks = rounded([number.scaleb(-power) for number in numbers])
    days = Days([day for one in group for day in (one.start, one.end)])

    def up(number: Decimal) -> float:
        return 100 - percent(float((number - low) / (high - low)))

    points = tuple(
        Point(
            one.claim,
            one.note,
            one.amount,
            short(one.period.label, 60),
            round((days.at(one.start) + days.at(one.end, after=True)) / 2, 2),
            round(up(one.number.scaleb(-power)), 2),
            one.claim.holds,
        )
        for one in group
    )
    by_number = sorted(range(len(group)), key=lambda index: numbers[index])
    first = group[0]
    return Line(
        view.values.value(first.claim.subject),
        first.note.relation,
        first.note.speakers[-1] if named else None,
        short(unit_of(_quantity(first.amount)), 60),
        scale,
        points,
        points[by_number[0]],
        points[by_number[-1]],
        tuple(days.ticks),
        tuple(Tick(up(number), label) for number, label in ticks),
    )
