"""How a value of the text and a value of Wikidata go together."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from lod.model.period import Period
from lod.model.quantity import Comparator, Quantity, Unit
from lod.namespaces import WIKIDATA_NS
from lod.wikidata.amounts import UNITLESS, Amount
from lod.wikidata.times import Moment, moment_of_edtf, span_of


class Agreement(StrEnum):
    """How two values go together.

    ============ ==================================================================
    same         both say the same
    compatible   one is more exact than the other, and both can be true
    different    both cannot be true
    incomparable they cannot be compared, as with two different units
    ============ ==================================================================
    """

    SAME = "same"
    COMPATIBLE = "compatible"
    DIFFERENT = "different"
    INCOMPARABLE = "incomparable"


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


def compare_quantity(ours: Quantity, theirs: Amount) -> Agreement:
    """Compare a quantity of the text with an amount of Wikidata.

    Wikidata's bounds are inclusive and come in pairs; without them the amount is meant exactly. A
    hedge of ours leaves room on the side that it names. "About" means every number that rounds to
    ours, with at least two digits: about 28 is 27.5 to 28.5, about 1,000 is 950 to 1,050.
    """
    unit = unit_of(ours.unit)
    if unit is None or unit != theirs.unit or ours.per is not None or ours.proportion is not None:
        return Agreement.INCOMPARABLE
    low, high = theirs.low, theirs.high
    if ours.comparator is Comparator.EXACTLY and ours.value is not None:
        if theirs.amount == ours.value:
            return Agreement.SAME if low == high else Agreement.COMPATIBLE
        return Agreement.COMPATIBLE if low <= ours.value <= high else Agreement.DIFFERENT
    if ours.comparator is Comparator.APPROXIMATELY and ours.value is not None:
        if theirs.amount == ours.value:
            return Agreement.SAME if theirs.circa else Agreement.COMPATIBLE
        room = rounding(ours.value)
        near = low <= ours.value + room and high >= ours.value - room
        return Agreement.COMPATIBLE if near else Agreement.DIFFERENT
    if ours.minimum is None and ours.maximum is None:
        return Agreement.INCOMPARABLE
    exclusive = ours.comparator not in {
        Comparator.AT_LEAST,
        Comparator.AT_MOST,
        Comparator.BETWEEN,
    }
    fits = _fits(low, high, ours.minimum, ours.maximum, exclusive=exclusive)
    if fits and theirs.has_bounds and (low, high) == (ours.minimum, ours.maximum):
        return Agreement.SAME
    return Agreement.COMPATIBLE if fits else Agreement.DIFFERENT


def _fits(
    low: Decimal,
    high: Decimal,
    minimum: Decimal | None,
    maximum: Decimal | None,
    *,
    exclusive: bool,
) -> bool:
    """Whether a number of theirs is within our bounds."""
    if minimum is not None and (high < minimum or (exclusive and high == minimum)):
        return False
    return maximum is None or not (low > maximum or (exclusive and low == maximum))


def rounding(value: Decimal) -> Decimal:
    """Half a step of the last digit that a rounded number gives, of two digits at least.

    >>> rounding(Decimal("28")), rounding(Decimal("1000")), rounding(Decimal("28500"))
    (Decimal('0.5'), Decimal('5E+1'), Decimal('5E+1'))
    """
    exponent = value.normalize().adjusted()
    digits = max(2, len(value.normalize().as_tuple().digits))
    return Decimal(5).scaleb(exponent - digits)


def compare_period(ours: Period, theirs: Moment, *, circa: bool = False) -> Agreement:
    """Compare a date of the text with a time of Wikidata, each as exact as it is said.

    Args:
        ours: a date or period.
        theirs: a time.
        circa: whether Wikidata calls it approximate (P1480).
    """
    mine, other = span_of(ours), theirs.span
    if mine is None or other is None:
        return Agreement.INCOMPARABLE
    if mine == other:
        exact = ours.approximate == circa and not ours.uncertain
        return Agreement.SAME if exact else Agreement.COMPATIBLE
    if mine.contains(other) or other.contains(mine):
        return Agreement.COMPATIBLE
    if ours.approximate or ours.uncertain or circa:
        return Agreement.INCOMPARABLE  # How far "around" reaches, nobody says.
    return Agreement.DIFFERENT


def moment_of_period(period: Period) -> Moment | None:
    """The date of a period as one Wikidata time, or None where it is not one date.

    >>> moment_of_period(Period(edtf="2023"))
    Moment(year=2023, month=0, day=0, precision=9, julian=False)
    """
    return moment_of_edtf((period.edtf or "").removesuffix("~"))
