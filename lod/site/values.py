"""The values of claims as pages show them: words, numbers, bounds, periods."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from lod.facts.periods import format_period
from lod.facts.quantities import format_change, format_quantity, is_supported
from lod.model.claim import (
    ChangeValue,
    Comparison,
    PeriodValue,
    QuantityValue,
    Value,
)
from lod.model.quantity import Comparator, Quantity
from lod.namespaces import WIKIDATA_NS
from lod.site.guide import Guide, Link

#: Whether a bound belongs to the range (see `Comparator`).
_INCLUSIVE = {Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.BETWEEN}


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a quantity.

    Attributes:
        kind: "value", "approximate", "minimum", "minimum-inclusive" and so on.
        number: exact.
    """

    kind: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class QuantityDetails:
    """A quantity, a proportion in words, or the amount of a change.

    Attributes:
        wording: the words of the quote that state it, or None.
        formal: hedge, number and unit in the reader's language.
        comparator: the hedge; None for a proportion in words.
        bounds: its numbers.
        unit: name or code of the unit, or None.
        units: the unit elsewhere: QUDT, Wikidata.
        per: denominator of a rate, or None.
        proportion: the proportion in words, or None.
        ordinal: whether it is a place in a series.
        language: of the wording.
    """

    wording: str | None
    formal: str
    comparator: Link | None
    bounds: tuple[Bound, ...]
    unit: str | None
    units: tuple[Link, ...]
    per: str | None
    proportion: Link | None
    ordinal: bool
    language: str


@dataclass(frozen=True, slots=True)
class PeriodDetails:
    """A period.

    Attributes:
        wording: the words of the text, or None.
        formal: the period in the reader's language.
        edtf: its EDTF value, or None.
        start: first day, or None.
        end: last day, or None.
        precision: or None.
        against: the date that relative words were resolved against, or None.
        approximate: whether it is so.
        uncertain: whether it is so.
        language: of the wording.
    """

    wording: str | None
    formal: str
    edtf: str | None
    start: str | None
    end: str | None
    precision: Link | None
    against: str | None
    approximate: bool
    uncertain: bool
    language: str


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """A change.

    Attributes:
        wording: the words of the quote, or None.
        formal: the change in the reader's language.
        direction: which way.
        amount: by how much, or None.
        ongoing: whether it goes on.
        language: of the wording.
    """

    wording: str | None
    formal: str
    direction: Link
    amount: QuantityDetails | None
    ongoing: bool
    language: str


@dataclass(frozen=True, slots=True)
class ValueDetails:
    """A value of any kind; one of its attributes is filled, but `kind` and `term`.

    Attributes:
        kind: "link", "text", "unknown", "quantity" or "period".
        link: a thing or words.
        quantity: a quantity.
        period: a period.
        term: the qualifier that it is the value of, or None.
    """

    kind: str
    link: Link | None = None
    quantity: QuantityDetails | None = None
    period: PeriodDetails | None = None
    term: Link | None = None


class Values:
    """Describes values in the language of the reader.

    Args:
        guide: of the publication.
    """

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._language = guide.language if is_supported(guide.language) else "en"
        self._document = guide.view.facts.document.language

    def value(self, value: Value, term: Link | None = None) -> ValueDetails:
        """A value of any kind."""
        if isinstance(value, QuantityValue):
            return ValueDetails("quantity", quantity=self.quantity(value), term=term)
        if isinstance(value, PeriodValue):
            return ValueDetails("period", period=self.period(value), term=term)
        kind = {"TextValue": "text", "UnknownValue": "unknown"}.get(type(value).__name__, "link")
        return ValueDetails(kind, link=self._guide.value(value), term=term)

    def quantity(self, value: QuantityValue) -> QuantityDetails:
        """A quantity."""
        return self._quantity(value.quantity, value.wording)

    def _quantity(self, quantity: Quantity, wording: str | None) -> QuantityDetails:
        guide = self._guide
        unit = quantity.unit
        units = []
        if unit is not None and unit.qudt is not None:
            units.append(guide.outside(unit.qudt))
        if unit is not None and unit.wikidata is not None:
            units.append(guide.outside(WIKIDATA_NS + unit.wikidata))
        in_words = quantity.proportion is not None
        return QuantityDetails(
            wording,
            format_quantity(quantity, self._language),
            None if in_words else guide.concept(str(quantity.comparator)),
            () if in_words else _bounds(quantity),
            None if unit is None else unit.currency or unit.text,
            tuple(units),
            None if quantity.per is None else format_quantity(quantity.per, self._language),
            guide.concept(quantity.proportion) if quantity.proportion is not None else None,
            quantity.ordinal,
            self._document,
        )

    def change(self, value: ChangeValue) -> ChangeDetails:
        """A change."""
        change = value.change
        return ChangeDetails(
            value.wording,
            format_change(change, self._language),
            self._guide.concept(str(change.direction)),
            None if change.amount is None else self._quantity(change.amount, None),
            change.ongoing,
            self._document,
        )

    def period(self, value: PeriodValue) -> PeriodDetails:
        """A period."""
        period = value.period
        return PeriodDetails(
            value.wording or period.words,
            format_period(period, self._language),
            period.edtf,
            period.start,
            period.end,
            None if period.precision is None else self._guide.concept(str(period.precision)),
            period.resolved_against,
            period.approximate,
            period.uncertain,
            self._document,
        )

    def comparison(self, value: Comparison) -> list[ValueDetails]:
        """What a value is compared with: a value, a period, or both."""
        parts: list[Value] = [one for one in (value.value, value.period) if one is not None]
        return [self.value(one) for one in parts]


def _bounds(quantity: Quantity) -> tuple[Bound, ...]:
    approximate = quantity.comparator is Comparator.APPROXIMATELY
    inclusive = "-inclusive" if quantity.comparator in _INCLUSIVE else ""
    numbers = (
        ("approximate" if approximate else "value", quantity.value),
        (f"minimum{inclusive}", quantity.minimum),
        (f"maximum{inclusive}", quantity.maximum),
    )
    return tuple(Bound(kind, number) for kind, number in numbers if number is not None)
