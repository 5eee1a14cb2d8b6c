"""The chart of quantities: every bound is shown as a bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from lod.model.claim import QuantityValue
from lod.model.quantity import Comparator, Quantity
from lod.site.article.amounts import bounds, quantity_words
from lod.site.article.scale import Numbers, Tick
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.article.notes import Note

#: Most rows of the figure; its table has all.
MOST = 40
#: Powers of a thousand that have a word, the largest first.
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"), (3, "thousand"))

#: How each hedge is drawn: the dot, and the way of its arrow.
SHAPES = {
    Comparator.EXACTLY: ("filled", ""),
    Comparator.APPROXIMATELY: ("soft", ""),
    Comparator.MORE_THAN: ("open", "right"),
    Comparator.JUST_OVER: ("open", "just-right"),
    Comparator.AT_LEAST: ("filled", "right"),
    Comparator.LESS_THAN: ("open", "left"),
    Comparator.ALMOST: ("open", "just-left"),
    Comparator.AT_MOST: ("filled", "left"),
    Comparator.BETWEEN: ("bar", ""),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A quantity of a claim.

    Attributes:
        note: the note that has it.
        role: "value", "share", "change", "compared" or "qualifier".
        label: what it is said of.
        words: hedge, number and unit.
        bounds: what is known of the number, in signs, or None for a proportion in words.
        wording: the words of the quote, or None.
        comparator: local name of the concept.
        dot: "filled", "open", "soft" or "bar".
        arrow: "", "right", "just-right", "left" or "just-left".
        at: where it stands, in percent; of a bar, where it begins.
        to: where a bar ends, in percent.
    """

    note: Note
    role: str
    label: str
    words: str
    bounds: str | None
    wording: str | None
    comparator: str
    dot: str = ""
    arrow: str = ""
    at: float = 0.0
    to: float = 0.0


@dataclass(slots=True)
class UnitGroup:
    """The quantities of one unit, on one axis.

    Attributes:
        unit: its name; "" for plain numbers.
        scale: "thousand", "million" and so on, by which its ticks are counted, or "".
        logarithmic: whether its axis is so.
        ticks: of its axis.
        marks: in the order of the text.
    """

    unit: str
    scale: str = ""
    logarithmic: bool = False
    ticks: list[Tick] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Quantities:
    """The figure.

    Attributes:
        groups: those that are drawn, in the order of the text.
        others: what is not drawn: proportions in words, places in a series.
        left_out: how many quantities the figure has no room for.
        table: all quantities.
    """

    groups: tuple[UnitGroup, ...]
    others: tuple[Mark, ...]
    left_out: int
    table: tuple[Mark, ...]


def make_quantities(notes: Sequence[Note], language: str) -> Quantities | None:
    """The chart of the quantities of some notes; None where they have none."""
    units: dict[str, list[tuple[Note, str, QuantityValue]]] = {}
    others, table = [], []
    drawn = left_out = 0
    for note in notes:
        for role, value in _found(note):
            mark = _mark(note, role, value, language)
            table.append(mark)
            if not _drawable(value.quantity):
                others.append(mark)
            elif drawn < MOST:
                drawn += 1
                units.setdefault(_unit(value.quantity), []).append((note, role, value))
            else:
                left_out += 1
    if not table:
        return None
    groups = tuple(_group(unit, found, language) for unit, found in units.items())
    return Quantities(groups, tuple(others), left_out, tuple(table))


def _found(note: Note) -> Iterator[tuple[str, QuantityValue]]:
    statement = note.statement
    for value in statement.values:
        if isinstance(value, QuantityValue):
            yield "value", value
    if statement.share is not None:
        yield "share", statement.share
    if statement.change is not None and statement.change.change.amount is not None:
        yield "change", QuantityValue(statement.change.change.amount, statement.change.wording)
    if statement.compared_with is not None and statement.compared_with.value is not None:
        yield "compared", statement.compared_with.value
    for _, value in statement.qualifiers:
        if isinstance(value, QuantityValue):
            yield "qualifier", value


def _numbers(quantity: Quantity) -> list[Decimal]:
    known = (quantity.value, quantity.minimum, quantity.maximum)
    return [one for one in known if one is not None]


def _drawable(quantity: Quantity) -> bool:
    """Whether it has a number of ordinary size that measures something."""
    numbers = _numbers(quantity)
    return bool(numbers) and not quantity.ordinal and all(abs(n.adjusted()) < 60 for n in numbers)


def _unit(quantity: Quantity) -> str:
    unit = "" if quantity.unit is None else quantity.unit.currency or quantity.unit.text
    per = quantity.per
    if per is None:
        return unit
    below = "" if per.unit is None else per.unit.text
    number = "" if per.value in (None, Decimal(1)) and below else f"{per.value or 1} "
    return f"{unit} / {number}{below}".strip()


def _mark(note: Note, role: str, value: QuantityValue, language: str) -> Mark:
    return Mark(
        note,
        role,
        note.topic,
        quantity_words(value.quantity, language)[0],
        bounds(value.quantity),
        value.wording,
        str(value.quantity.comparator),
    )


def _group(unit: str, found: list[tuple[Note, str, QuantityValue]], language: str) -> UnitGroup:
    numbers = [number for _, _, value in found for number in _numbers(value.quantity)]
    power, scale = _scale(max(abs(number) for number in numbers))
    axis = Numbers([float(number.scaleb(-power)) for number in numbers])
    group = UnitGroup(short(unit, 60), scale, axis.logarithmic, axis.ticks)
    for note, role, value in found:
        mark = _mark(note, role, value, language)
        places = [axis.at(float(n.scaleb(-power))) for n in _numbers(value.quantity)]
        dot, arrow = SHAPES[value.quantity.comparator]
        group.marks.append(
            Mark(
                *(mark.note, mark.role, mark.label, mark.words, mark.bounds, mark.wording),
                *(mark.comparator, dot, arrow, places[0], places[-1]),
            )
        )
    return group


def _scale(largest: Decimal) -> tuple[int, str]:
    """The power of a thousand by which ticks are counted; small numbers are counted as they are."""
    size = largest.adjusted() if largest else 0
    return next(((power, word) for power, word in _SCALES if size >= power + 1), (0, ""))
