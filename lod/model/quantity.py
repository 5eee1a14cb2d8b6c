"""Quantities as news states them: a hedge, a number, a unit."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Comparator(StrEnum):
    """How a number was hedged. The value is the local name of the `lod:` concept.

    Which bounds each one fills (a comparator never invents one):

    ============= ===========================================
    exactly       value
    approximately value
    moreThan      minimum, exclusive
    atLeast       minimum, inclusive
    justOver      minimum, exclusive
    lessThan      maximum, exclusive
    atMost        maximum, inclusive
    almost        maximum, exclusive
    between       minimum and maximum
    ============= ===========================================
    """

    EXACTLY = "exactly"
    MORE_THAN = "moreThan"
    AT_LEAST = "atLeast"
    JUST_OVER = "justOver"
    LESS_THAN = "lessThan"
    AT_MOST = "atMost"
    APPROXIMATELY = "approximately"
    BETWEEN = "between"
    ALMOST = "almost"


_LEAST, _MOST, _PLACES = Decimal(-(1 << 63)), Decimal((1 << 63) - 1), 18


class Unit(Struct, frozen=True, array_like=True):
    """What a number counts: a currency, a unit of measure, or a counted thing.

    Attributes:
        text: the name to publish as schema:unitText ("percent", "metric tons", "workers").
        currency: ISO 4217 code where it is a currency, else None.
        qudt: IRI in the QUDT units vocabulary where there is one, else None.
        wikidata: QID of the unit where it is verified, else None.
    """

    text: str
    currency: str | None = None
    qudt: str | None = None
    wikidata: str | None = None


class Quantity(Struct, frozen=True, array_like=True, tag_field="kind", tag="quantity"):
    """A number with its hedge and unit, or a proportion said in words.

    Attributes:
        comparator: the hedge; it decides which of value, minimum and maximum are filled.
        value: the number, exact as written, or None where only bounds are known.
        minimum: lower bound or None.
        maximum: upper bound or None.
        unit: None for a plain number or a proportion in words.
        per: the denominator of a rate ("1,000 short tons"), else None.
        ordinal: True for "20th".
        proportion: local name of the `lod:` concept of a proportion said in words ("almostAll"),
            and then there is no number; else None.
    """

    comparator: Comparator
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unit: Unit | None = None
    per: Quantity | None = None
    ordinal: bool = False
    proportion: str | None = None

    @property
    def said(self) -> Decimal | None:
        """The one number that is said, whatever its hedge; None for two ends and for words.

        >>> Quantity(Comparator("moreThan"), minimum=Decimal(28)).said
        Decimal('28')
        """
        if self.minimum is not None and self.maximum is not None:
            return None
        return next(
            (one for one in (self.value, self.minimum, self.maximum) if one is not None), None
        )

    @property
    def beyond_stores(self) -> Decimal | None:
        """A number of it that stores of RDF drop, round or turn negative; None where all are kept.

        They hold integers of 64 bits, and 18 digits after the point.

        >>> Quantity(Comparator("exactly"), Decimal(2**63)).beyond_stores
        Decimal('9223372036854775808')
        """
        numbers = [self.value, self.minimum, self.maximum]
        if self.per is not None:
            numbers.append(self.per.value)
        for number in numbers:
            if number is None:
                continue
            exponent = number.as_tuple().exponent
            if not _LEAST <= number <= _MOST or (isinstance(exponent, int) and exponent < -_PLACES):
                return number
        return None


class Direction(StrEnum):
    """Which way something changed. The value is the local name of the `lod:` concept."""

    UP = "up"
    DOWN = "down"
    UNCHANGED = "unchanged"
    LITTLE_CHANGED = "littleChanged"


class Change(Struct, frozen=True):
    """A change: its direction, and by how much where that is said.

    Attributes:
        direction: which way.
        amount: by how much ("0.2 percentage points"), or None.
        ongoing: True where it is said as going on ("rising"), not as a completed step.
    """

    direction: Direction
    amount: Quantity | None = None
    ongoing: bool = False
