"""What pages name, and the values of claims as they show them: words, numbers, bounds, periods."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from lod.language.periods import format_period
from lod.language.quantities import format_change, format_quantity, is_supported
from lod.model.quantity import Comparator, Quantity
from lod.model.value import (
    ChangeValue,
    ClaimValue,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.namespaces import WIKIDATA_NS
from lod.pages.names import Link, Names

if TYPE_CHECKING:
    from lod.model.period import Period
    from lod.model.quantity import Change

#: Whether a bound belongs to the range (see `Comparator`).
_INCLUSIVE = {Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.BETWEEN}
#: The sign of each hedge, before the number that it is said of.
_SIGNS = {
    Comparator.EXACTLY: "=",
    Comparator.APPROXIMATELY: "≈",
    Comparator.MORE_THAN: ">",
    Comparator.JUST_OVER: ">",
    Comparator.AT_LEAST: "≥",
    Comparator.LESS_THAN: "<",
    Comparator.ALMOST: "<",
    Comparator.AT_MOST: "≤",
}


class Amount(Link, frozen=True):
    """A quantity, a proportion in words, a change or a period; its label is in the reader's words.

    Attributes:
        wording: the words of the text that state it, or None.
        signs: what is known of it: bounds of a number, EDTF of a period; else None.
        model: what the publication has of it.
        concept: the hedge or the proportion, the precision of a period, the direction of a change.
        bounds: the numbers of a quantity, each with what it is: "value", "approximate", "minimum",
            "minimum-inclusive" and so on.
        units: its unit elsewhere: QUDT, Wikidata.
        per: denominator of a rate, or None.
        amount: by how much something changed, or None.
    """

    wording: Link | None = None
    signs: str | None = None
    model: Quantity | Change | Period | None = None
    concept: Link | None = None
    bounds: tuple[tuple[str, Decimal], ...] = ()
    units: tuple[Link, ...] = ()
    per: str | None = None
    amount: Amount | None = None


class Values:
    """Describes values in the language of the reader.

    Args:
        names: of the things of the publication.
        claim: names a claim by the id of its statement.
        wording: the language of the words of the text; that of the document where None.
    """

    def __init__(
        self, names: Names, claim: Callable[[str], Link], wording: str | None = None
    ) -> None:
        self._names = names
        self._claim = claim
        self._document = wording or names.facts.document.language
        #: The language of quantities and periods.
        self.language = names.language if is_supported(names.language) else "en"

    def value(self, value: Value | ChangeValue) -> Link:
        """A value of any kind."""
        names = self._names
        match value:
            case EntityValue(slug):
                return names.entity(slug)
            case QuantityValue(quantity, wording):
                return self._quantity(quantity, wording)
            case PeriodValue(period, wording):
                return self._period(period, wording)
            case ChangeValue(change, wording):
                return self._change(change, wording)
            case TextValue(text, language):
                return Link(text, language=language, kind="text")
            case UnknownValue(text):
                return Link(text, language=self._document, kind="unknown")
            case ClaimValue(id_):
                return self._claim(id_)
            case IriValue(iri):
                return names.outside(iri)
            case DocumentValue():
                return names.document

    def _wording(self, wording: str | None) -> Link | None:
        return None if wording is None else Link(wording, language=self._document)

    def _quantity(self, quantity: Quantity, wording: str | None) -> Amount:
        names, unit, language = self._names, quantity.unit, self.language
        elsewhere = (
            [] if unit is None else [unit.qudt, unit.wikidata and WIKIDATA_NS + unit.wikidata]
        )
        return Amount(
            format_quantity(quantity, language),
            language=language,
            kind="quantity",
            wording=self._wording(wording),
            signs=signs(quantity),
            model=quantity,
            concept=names.concept(quantity.proportion or quantity.comparator),
            bounds=_bounds(quantity),
            units=tuple(names.outside(iri) for iri in elsewhere if iri is not None),
            per=None if quantity.per is None else format_quantity(quantity.per, language),
        )

    def _change(self, change: Change, wording: str | None) -> Amount:
        amount = None if change.amount is None else self._quantity(change.amount, None)
        return Amount(
            format_change(change, self.language),
            language=self.language,
            kind="change",
            wording=self._wording(wording),
            signs=None if amount is None else amount.signs,
            model=change,
            concept=self._names.concept(change.direction),
            amount=amount,
        )

    def _period(self, period: Period, wording: str | None) -> Amount:
        return Amount(
            format_period(period, self.language),
            language=self.language,
            kind="period",
            wording=self._wording(wording or period.words),
            signs=period.edtf,
            model=period,
            concept=None if period.precision is None else self._names.concept(period.precision),
        )


def _bounds(quantity: Quantity) -> tuple[tuple[str, Decimal], ...]:
    if quantity.proportion is not None:
        return ()
    approximate = quantity.comparator is Comparator.APPROXIMATELY
    inclusive = "-inclusive" if quantity.comparator in _INCLUSIVE else ""
    numbers = (
        ("approximate" if approximate else "value", quantity.value),
        (f"minimum{inclusive}", quantity.minimum),
        (f"maximum{inclusive}", quantity.maximum),
    )
    return tuple((kind, number) for kind, number in numbers if number is not None)


def signs(quantity: Quantity) -> str | None:
    """What is known of a number, in signs; None where there is no number.

    Its marks are those of English; the template filter `marks` puts those of the language.

    >>> from lod.language.quantities import parse_quantity
    >>> signs(parse_quantity("between 3 and 4 percent"))
    '3 … 4'
    >>> signs(parse_quantity("more than 28 billion USD"))
    '> 28,000,000,000'
    """
    numbers = [digits(number) for _, number in _bounds(quantity)]
    if quantity.comparator is Comparator.BETWEEN:
        return " … ".join(numbers) or None
    return f"{_SIGNS[quantity.comparator]} {numbers[0]}" if numbers else None


def digits(number: Decimal) -> str:
    """A number in digits, with the marks of English.

    >>> digits(Decimal("28E9")), digits(Decimal("-0.25"))
    ('28,000,000,000', '-0.25')
    """
    if abs(number.adjusted()) > 30:
        return f"{number:.3E}"
    return f"{number:,f}"
