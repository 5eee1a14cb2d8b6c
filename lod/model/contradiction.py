"""Whether two claims can both hold: the one comparison, within a publication and across many.

It says that two cannot both hold, that they can, or why that cannot be told; never which is right.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from typing import TypeVar

from msgspec import Struct

from lod.model.quantity import Comparator, Quantity, Unit
from lod.model.times import Day, Span, When
from lod.namespaces import REL_NS

_Bound = TypeVar("_Bound", Decimal, Day)
_ABOUT = Decimal("0.1")  # of a number that is said to be approximate, either way
#: Classes whose things are no parts or kinds of one another. Of others two can be told of one
#: thing: who was born in a district was born in its region, too.
_APART = frozenset(
    f"{REL_NS}{name}" for name in ("Person", "Country", "City", "Language", "Newspaper", "Award")
)


class Relation(StrEnum):
    """How two claims of one subject and property stand to each other."""

    CONTRARY = "contrary"  # they cannot both hold
    COMPATIBLE = "compatible"
    # What cannot be told, and why:
    SEVERAL = "several"  # the property may have several values at a time
    TIME = "time"  # their times are vague, or overlap without being the same
    CONDITIONS = "conditions"  # each holds for another share, field, basis and so on
    UNIT = "unit"  # the units are others; nothing is converted
    IDENTITY = "identity"  # nobody says whether two things are one: they are not linked to items
    PART = "part"  # one thing may be part of the other
    WORDS = "words"  # values in words, which can mean the same


#: The relations that say why two claims cannot be compared.
UNTOLD = tuple(one for one in Relation if one not in (Relation.CONTRARY, Relation.COMPATIBLE))


class Thing(Struct, frozen=True, array_like=True, tag_field="kind", tag="thing"):
    """A thing that is a value.

    Attributes:
        id: the Wikidata item that it is, else its IRI.
        scope: the publication that names it, where things of two names are two; "" where the
            id is that of an item.
        type: IRI of its class.
        within: ids of the things that it is part of, directly or not.
    """

    id: str
    scope: str = ""
    type: str = ""
    within: frozenset[str] = frozenset()

    def is_same(self, other: Thing) -> bool | None:
        """Whether it is the same thing; None where nobody says it."""
        if self.id == other.id:
            return True
        return False if self.scope == other.scope else None


class Words(Struct, frozen=True, array_like=True, tag_field="kind", tag="words"):
    """A value in words."""

    text: str


Compared = Quantity | Thing | Span | Words


class Said(Struct, frozen=True, array_like=True):
    """What a claim says of a subject by a property, as far as it can be compared.

    Attributes:
        value: what it says.
        when: the time for which it says so.
        is_denied: whether it says that it is not so.
        conditions: what restricts it: a share, narrowing qualifiers.
        single: whether the property has one value at a time.
        timeless: whether what it says, once true, stays true.
    """

    value: Compared
    when: When
    is_denied: bool = False
    conditions: frozenset[Hashable] = frozenset()
    single: bool = False
    timeless: bool = False


def said(
    value: Compared,
    when: When,
    *,
    is_denied: bool,
    conditions: Iterable[Hashable],
    single: bool | None,
    timeless: bool,
) -> Said:
    """What a claim says.

    Args:
        value: its value.
        when: its time.
        is_denied: whether it says that it is not so.
        conditions: what restricts it.
        single: what the vocabulary says of the property: whether it has one value at a time.
        timeless: whether what it says, once true, stays true.
    """
    one_value = takes_one_value(single, value)
    if one_value and timeless and not when.stated:
        when = _EVER  # the day on which it was said is nothing to what is so for ever
    return Said(value, when, is_denied, frozenset(conditions), one_value, timeless)


_EVER = When("", stated=False)


def takes_one_value(declared: bool | None, value: Compared) -> bool:
    """Whether a property has one value at a time.

    Args:
        declared: what the vocabulary says of it; None where it says nothing.
        value: a value of it: without a declaration, a quantity or a date is taken to be the only
            one, a thing or words are not.
    """
    return isinstance(value, Quantity | Span) if declared is None else declared


def relation(one: Said, other: Said) -> Relation:
    """How two claims of one subject and one property stand to each other.

    It is symmetric. Quantities contradict each other only for the same time, since that of a part
    of a year says nothing of the whole; other values where their times overlap.

    >>> now = When("2023", (2023, 1, 1), (2023, 12, 31))
    >>> low = Said(Quantity(Comparator.EXACTLY, Decimal(12)), now, single=True)
    >>> high = Said(Quantity(Comparator.MORE_THAN, minimum=Decimal(28)), now, single=True)
    >>> relation(low, high).value, relation(high, high).value
    ('contrary', 'compatible')
    """
    if one.is_denied and other.is_denied:
        return Relation.COMPATIBLE
    if one.is_denied == other.is_denied:
        values = _values(one.value, other.value)
        if values is Relation.CONTRARY and not (one.single and other.single):
            return Relation.SEVERAL
    else:
        values = _affirmed(*((other, one) if one.is_denied else (one, other)))
    if values is not Relation.CONTRARY:
        return values
    if one.conditions != other.conditions:
        return Relation.CONDITIONS
    return _times(one, other)


def _times(one: Said, other: Said) -> Relation:
    """How two claims whose values exclude each other stand by their times."""
    overlap = one.when.overlaps(other.when)
    stated = one.when.stated and other.when.stated
    if one.timeless and one.single:
        # It is so for ever: only periods that the claims tell apart are two matters.
        return Relation.COMPATIBLE if stated and overlap is False else Relation.CONTRARY
    if one.timeless and one.is_denied != other.is_denied and not stated:
        return _never(*((other, one) if one.is_denied else (one, other)))
    if isinstance(one.value, Quantity) and overlap:
        return Relation.CONTRARY if one.when.key == other.when.key else Relation.TIME
    if overlap:
        return Relation.CONTRARY
    # Two claims without a period speak of the days on which they were made; it may have changed.
    return Relation.COMPATIBLE if overlap is False and stated else Relation.TIME


def _never(affirmed: Said, denied: Said) -> Relation:
    """Of what once happened: who denies it later denies that it had happened."""
    if denied.when.stated or affirmed.when.last is None or denied.when.last is None:
        return Relation.TIME
    is_later = affirmed.when.last <= denied.when.last
    return Relation.CONTRARY if is_later else Relation.COMPATIBLE


def _values(one: Compared, other: Compared) -> Relation:
    """Whether two values exclude each other."""
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return _quantities(one, other)
    if isinstance(one, Thing) and isinstance(other, Thing):
        return _things(one, other)
    if isinstance(one, Span) and isinstance(other, Span):
        if one.key == other.key or not _are_apart(_days(one), _days(other)):
            return Relation.COMPATIBLE
        return Relation.TIME if one.is_vague or other.is_vague else Relation.CONTRARY
    return Relation.COMPATIBLE if one == other else Relation.WORDS


def _things(one: Thing, other: Thing) -> Relation:
    same = one.is_same(other)
    if same or one.id in other.within or other.id in one.within:
        return Relation.COMPATIBLE
    if same is None:
        return Relation.IDENTITY
    if one.type != other.type or one.type not in _APART:
        return Relation.PART
    return Relation.CONTRARY


def _affirmed(affirmed: Said, denied: Said) -> Relation:
    """Whether what one claim affirms is what the other denies."""
    one, other = affirmed.value, denied.value
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        if not _is_comparable(one, other):
            return Relation.UNIT
        inner, outer = _bounds(one), _bounds(other)
        is_in = one == other
        if inner is not None and outer is not None and not _is_about(one) and not _is_about(other):
            is_in = is_in or (outer[0] <= inner[0] and inner[1] <= outer[1])
        return Relation.CONTRARY if is_in else Relation.COMPATIBLE
    if isinstance(one, Thing) and isinstance(other, Thing):
        same = one.is_same(other)
        if same is None:
            return Relation.IDENTITY
        return Relation.CONTRARY if same else Relation.COMPATIBLE
    if isinstance(one, Span) and isinstance(other, Span):
        (first, last), (low, high) = _days(one), _days(other)
        is_in = low <= first and last <= high and not one.is_vague and not other.is_vague
        return Relation.CONTRARY if one.key == other.key or is_in else Relation.COMPATIBLE
    return Relation.CONTRARY if one == other else Relation.WORDS


def _quantities(one: Quantity, other: Quantity) -> Relation:
    if one == other:
        return Relation.COMPATIBLE
    if not _is_comparable(one, other):
        return Relation.UNIT
    first, second = _bounds(one), _bounds(other)
    if first is None or second is None:
        return Relation.WORDS
    return Relation.CONTRARY if _are_apart(first, second) else Relation.COMPATIBLE


def _are_apart(one: tuple[_Bound, _Bound], other: tuple[_Bound, _Bound]) -> bool:
    """Whether no number or day is in both; ends that touch are shared."""
    return one[1] < other[0] or other[1] < one[0]


def _is_comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities count in the same unit; nothing is converted."""
    return _unit(one) == _unit(other)


def _unit(quantity: Quantity) -> Hashable:
    """What tells the units of quantities apart, whatever the language; ranks are no numbers."""
    per = quantity.per
    rate = None if per is None else (_name(per.unit), per.value)
    return _name(quantity.unit), rate, quantity.ordinal


def _name(unit: Unit | None) -> str | None:
    if unit is None:
        return None
    return unit.currency or unit.qudt or unit.wikidata or unit.text.casefold()


def _is_about(quantity: Quantity) -> bool:
    return quantity.comparator is Comparator.APPROXIMATELY


def _bounds(quantity: Quantity) -> tuple[Decimal, Decimal] | None:
    """The least and the largest number that is meant; None for words."""
    if quantity.proportion is not None:
        return None
    if quantity.value is not None:
        room = abs(quantity.value) * _ABOUT if _is_about(quantity) else Decimal(0)
        return quantity.value - room, quantity.value + room
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    return (
        low if quantity.minimum is None else quantity.minimum,
        high if quantity.maximum is None else quantity.maximum,
    )


_FIRST, _LAST = (-(10**12), 1, 1), (10**12, 12, 31)


def _days(span: Span) -> tuple[Day, Day]:
    return span.first or _FIRST, span.last or _LAST


# Many claims


def comparable(said: Sequence[Said]) -> Iterator[list[int]]:
    """The claims of one subject and property that may contradict each other, in groups.

    Two claims that do so are in a group together; claims of another group are of another time,
    another condition or another thing. So a long series of figures is no long comparison.

    Args:
        said: what the claims say.

    Yields:
        The indexes of the claims of each group, in order.
    """
    groups: dict[Hashable, list[int]] = {}
    for index, one in enumerate(said):
        key: Hashable = (one.conditions, type(one.value))
        if isinstance(one.value, Quantity):
            key = (key, _unit(one.value), None if one.timeless else one.when.key)
        elif not one.single and not isinstance(one.value, Span):
            key = (key, one.value.id if isinstance(one.value, Thing) else one.value.text)
        groups.setdefault(key, []).append(index)
    yield from groups.values()


def contrary_pairs(said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """The pairs of claims of one subject and property that cannot both hold, by their indexes."""
    for group in comparable(said):
        for one, other in combinations(group, 2):
            if relation(said[one], said[other]) is Relation.CONTRARY:
                yield one, other


def conflicts(said: Iterable[Said]) -> Iterator[list[Said]]:
    """Those of the claims of one subject and property that contradict another one.

    Args:
        said: what they say; the same twice counts once, so that many who agree cost nothing.

    Yields:
        Those that are about one matter: one time, where quantities are compared.
    """
    distinct = list(dict.fromkeys(said))
    for group in comparable(distinct):
        members = [distinct[index] for index in group]
        found = [
            one
            for one, rivals in _with_rivals(members)
            if any(relation(one, other) is Relation.CONTRARY for other in rivals)
        ]
        if found:
            yield found


def _with_rivals(members: list[Said]) -> Iterator[tuple[Said, Iterable[Said]]]:
    """Each claim of a group, and enough of the others to find whether one contradicts it."""
    if isinstance(members[0].value, Quantity):
        affirmed = [one for one in members if not one.is_denied]
        denied = [one for one in members if one.is_denied]
        ranges: dict[When, list[tuple[tuple[Decimal, Decimal], Said]]] = {}
        for one in affirmed:
            if (bounds := _range(one)) is not None:
                ranges.setdefault(one.when, []).append((bounds, one))
        # What is apart from any of one time is apart from the least or from the greatest of it.
        ends = [
            choose(of_time, key=lambda pair: pair[0][side])[1]
            for of_time in ranges.values()
            for choose, side in ((min, 1), (max, 0))
        ]
        for one in members:
            yield one, affirmed if one.is_denied else [*ends, *denied]
        return
    classes: dict[Hashable, list[Said]] = {}
    for one in members:
        classes.setdefault((one.value, one.is_denied), []).append(one)
    for key, same in classes.items():
        for one in same:
            yield one, (other for k, others in classes.items() if k != key for other in others)


def _range(one: Said) -> tuple[Decimal, Decimal] | None:
    return _bounds(one.value) if isinstance(one.value, Quantity) else None
