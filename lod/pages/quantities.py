"""The chart of quantities: every bound is shown as a bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lod.language.quantities.lexicon import lexicon
from lod.model.quantity import Comparator, Quantity
from lod.pages.axes import Numbers, Tick
from lod.pages.texts import short
from lod.pages.values import Amount

if TYPE_CHECKING:
    from lod.pages.names import Link
    from lod.pages.view import PublicationView, StatementView

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


class Mark(Struct, frozen=True):
    """A quantity of a claim.

    Attributes:
        note: the statement that has it.
        role: "value", "share", "change", "compared" or "qualifier".
        amount: it, in words and in signs.
        quantity: it.
        dot: "filled", "open", "soft" or "bar".
        arrow: "", "right", "just-right", "left" or "just-left".
        at: where it stands, in percent; of a bar, where it begins.
        to: where a bar ends, in percent.
    """

    note: StatementView
    role: str
    amount: Amount
    quantity: Quantity
    dot: str = ""
    arrow: str = ""
    at: float = 0.0
    to: float = 0.0


class UnitGroup(Struct):
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


class Quantities(Struct, frozen=True):
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


def make_quantities(
    view: PublicationView, in_lines: frozenset[str] = frozenset()
) -> Quantities | None:
    """The chart of the quantities of a publication; None where it has none.

    Args:
        view: the publication.
        in_lines: ids of the statements whose values another figure draws.
    """
    table = [mark for note in view.statements.values() for mark in _marks(note)]
    if not table:
        return None
    drawn = [
        mark
        for mark in table
        if is_drawable(mark) and not (mark.role == "value" and mark.note.statement.id in in_lines)
    ]
    units: dict[str, list[Mark]] = {}
    for mark in drawn[:MOST]:
        units.setdefault(unit_of(mark.quantity), []).append(mark)
    return Quantities(
        tuple(_group(unit, marks) for unit, marks in units.items()),
        tuple(mark for mark in table if not is_drawable(mark)),
        max(0, len(drawn) - MOST),
        tuple(table),
    )


def _marks(note: StatementView) -> Iterator[Mark]:
    roles: tuple[tuple[str, Iterable[Link | None]], ...] = (
        ("value", note.values),
        ("share", note.share),
        ("change", [change.amount for change in note.change if isinstance(change, Amount)]),
        ("compared", note.compared),
        ("qualifier", [value for _, value in note.qualifiers]),
    )
    for role, links in roles:
        for link in links:
            if isinstance(link, Amount) and isinstance(link.model, Quantity):
                yield Mark(note, role, link, link.model)


def is_drawable(mark: Mark) -> bool:
    """Whether it has a number of ordinary size that measures something."""
    numbers = [number for _, number in mark.amount.bounds]
    ordinary = all(abs(number.adjusted()) < 60 for number in numbers)
    unit, per = mark.quantity.unit, mark.quantity.per
    # "1 in 3": the number alone says nothing.
    is_fraction = unit is None and per is not None and per.unit is None
    return bool(numbers) and not mark.quantity.ordinal and not is_fraction and ordinary


def unit_of(quantity: Quantity) -> str:
    """The name of the unit of a quantity, and of what it is counted by; "" for plain numbers.

    >>> from lod.language.quantities import parse_quantity
    >>> unit_of(parse_quantity("3 people an hour")), unit_of(parse_quantity("5 people per 2 hours"))
    ('people / hour', 'people / 2 hours')
    """
    unit = "" if quantity.unit is None else quantity.unit.currency or quantity.unit.text
    per = quantity.per
    if per is None:
        return unit
    names = lexicon("en").units
    below = "" if per.unit is None else names.name(per.unit, plural=int(per.value == 1))
    number = "" if per.value in (None, Decimal(1)) and below else f"{per.value or 1} "
    return f"{unit} / {number}{below}".strip()


def _group(unit: str, marks: list[Mark]) -> UnitGroup:
    numbers = [number for mark in marks for _, number in mark.amount.bounds]
    power, scale = scale_of(max(abs(number) for number in numbers))
    axis = Numbers([number.scaleb(-power) for number in numbers])
    placed = []
    for mark in marks:
        places = [axis.at(number.scaleb(-power)) for _, number in mark.amount.bounds]
        dot, arrow = SHAPES[mark.quantity.comparator]
        placed.append(replace(mark, dot=dot, arrow=arrow, at=places[0], to=places[-1]))
    return UnitGroup(short(unit, 60), scale, axis.logarithmic, axis.ticks, placed)


def scale_of(largest: Decimal) -> tuple[int, str]:
    """The power of a thousand by which ticks are counted; small numbers are counted as they are."""
    size = largest.adjusted() if largest else 0
    return next(((power, word) for power, word in _SCALES if size >= power), (0, ""))
