"""Quantities as news states them: a hedge, a number, a unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class Unit:
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


@dataclass(frozen=True, slots=True)
class Quantity:
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


class Direction(StrEnum):
    """Which way something changed. The value is the local name of the `lod:` concept."""

    UP = "up"
    DOWN = "down"
    UNCHANGED = "unchanged"
    LITTLE_CHANGED = "littleChanged"


@dataclass(frozen=True, slots=True)
class Change:
    """A change: its direction, and by how much where that is said.

    Attributes:
        direction: which way.
        amount: by how much ("0.2 percentage points"), or None.
        ongoing: True where it is said as going on ("rising"), not as a completed step.
    """

    direction: Direction
    amount: Quantity | None = None
    ongoing: bool = False
