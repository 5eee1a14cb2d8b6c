"""Amounts as Wikidata gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from lod.namespaces import WIKIDATA_NS

#: The unit of what has none.
UNITLESS = "1"


@dataclass(frozen=True, slots=True)
class Amount:
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
