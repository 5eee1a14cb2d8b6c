"""Values: dates against their EDTF, numbers against their comparator, units against their codes."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import cache

from lod.errors import LodError
from lod.rdf.terms import RDF_TYPE, text_of
from lod.validation.checks.data import Data, plain_iri, t
from lod.vocabulary.names import LOD, PROV, REL, SCHEMA

_TYPE = RDF_TYPE[1:-1]
_LOWER = ("moreThan", "atLeast", "justOver")
_UPPER = ("lessThan", "atMost", "almost")
#: What is counted is not below zero.
_COUNTS = (
    REL.count,
    REL.employeeCount,
    REL.studentCount,
    REL.population,
    REL.votes,
    REL.deathToll,
    REL.injured,
)

#: No language has more plurals of a unit than these (CLDR: zero, one, two, few, many, other).
_PLURALS = 6


def check_values(data: Data) -> None:
    """Quantities and periods agree with themselves, and belong to something."""
    for period in data.of_type(LOD.Period):
        _check_period(data, period)
    for quantity in data.of_type(LOD.Quantity):
        _check_number(data, quantity)
        _check_unit(data, quantity)
        stated = set(data.claims_of_value.get(quantity, ()))
        if stated != set(data.all(quantity, LOD.amountOf)):
            message = "The quantity is said to be the amount of other claims than state it."
            data.found("AmountOf", quantity, message, LOD.amountOf)
    for claim in data.claims:
        _check_dates(data, claim)
        if data.one(claim, LOD.property) in {t(iri) for iri in _COUNTS}:
            for value in data.all(claim, LOD.value):
                if any(number < 0 for number in _numbers(data, value)):
                    data.found("Count", claim, "What is counted is below zero.", LOD.value, value)


def _check_period(data: Data, period: str) -> None:
    from lod.language.edtf import parse_edtf

    edtf = data.one(period, LOD.edtf)
    if edtf is None:
        return
    try:
        read = parse_edtf(text_of(edtf))
    except LodError as error:
        data.found("Edtf", period, f"The EDTF value is none: {error}.", LOD.edtf, edtf)
        return
    for predicate, date in (
        (SCHEMA.startDate, read.start),
        (SCHEMA.endDate, read.end),
        (SCHEMA.startTime, read.time),
    ):
        if data.texts(period, predicate) != ([] if date is None else [date]):
            message = f"The EDTF value gives {date or 'no date'} here."
            data.found("Edtf", period, message, predicate, data.one(period, predicate))
    precision = None if read.precision is None else f"<{LOD.precision[:-9]}{read.precision}>"
    if data.one(period, LOD.precision) != precision:
        message = f"The EDTF value has the precision {read.precision}."
        data.found("Edtf", period, message, LOD.precision, data.one(period, LOD.precision))
    for predicate, flag in (
        (LOD.approximate, read.approximate),
        (LOD.uncertain, read.uncertain),
    ):
        if flag and not data.is_true(period, predicate):
            data.found("Edtf", period, "The EDTF value says that it is so.", predicate)


def _numbers(data: Data, quantity: str) -> list[Decimal]:
    found = []
    for predicate in (LOD.number, SCHEMA.value, SCHEMA.minValue, SCHEMA.maxValue):
        for text in data.texts(quantity, predicate):
            try:
                found.append(Decimal(text))
            except InvalidOperation:
                continue
    return found


def _check_number(data: Data, quantity: str) -> None:
    """The number that is said is the value or the bound that its comparator fills."""
    types = data.all(quantity, _TYPE)
    if (t(SCHEMA.MonetaryAmount) in types) == (t(SCHEMA.QuantitativeValue) in types):
        data.found("Quantity", quantity, "A quantity is an amount of money, or another, not both.")
    comparator = plain_iri(data.one(quantity, LOD.comparator) or "").rpartition("#")[2]
    if not comparator or comparator == "between":
        if data.all(quantity, LOD.number):
            message = "There is no one number where two ends, or words alone, are said."
            data.found("Number", quantity, message, LOD.number)
        return
    filled = SCHEMA.value
    if comparator in _LOWER:
        filled = SCHEMA.minValue
    elif comparator in _UPPER:
        filled = SCHEMA.maxValue
    said, bound = data.one(quantity, LOD.number), data.one(quantity, filled)
    if said is None:
        data.found("Number", quantity, "The number that is said is missing.", LOD.number)
    elif bound is not None and text_of(said) != text_of(bound):
        message = "The number that is said is not the value or bound of its comparator."
        data.found("Number", quantity, message, LOD.number, said)


def _check_unit(data: Data, quantity: str) -> None:
    known = _units()
    for currency in data.texts(quantity, SCHEMA.currency):
        if currency not in known.items:
            message = "The currency is no code of ISO 4217."
            data.found("Unit", quantity, message, SCHEMA.currency, f'"{currency}"')
            return
        item = plain_iri(data.one(quantity, LOD.unit) or "").rpartition("/")[2]
        if item != known.items[currency]:
            message = f"The Wikidata item is not that of the currency {currency}."
            data.found("Unit", quantity, message, LOD.unit, data.one(quantity, LOD.unit))
    code = data.one(quantity, SCHEMA.unitCode)
    for text in data.texts(quantity, SCHEMA.unitText):
        wanted = known.codes.get(text)
        if wanted is not None and plain_iri(code or "") != wanted:
            message = f'The unit code is not that of "{text}".'
            data.found("Unit", quantity, message, SCHEMA.unitCode, code)
        names = known.names.get(plain_iri(code or ""))
        if (
            wanted is None
            and names is not None
            and not (
                text in names or text.startswith(tuple(name for name in names if name[-1:] == " "))
            )
        ):
            message = f'The unit code is that of another unit than "{text}".'
            data.found("Unit", quantity, message, SCHEMA.unitCode, code)
    if code is not None and not data.all(quantity, SCHEMA.unitText):
        data.found("Unit", quantity, "The unit has a code and no name.", SCHEMA.unitText)


class _Units:
    """Currency to QID ("" where none is known), and the name of a unit to its QUDT code."""

    def __init__(self) -> None:
        from lod.language.data import language_data, languages, unit_data
        from lod.language.quantities.phrases import fold
        from lod.language.quantities.units import UnitTable

        self.items: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.names: dict[str, list[str]] = {}
        for language in sorted(languages()):
            table = UnitTable(language_data(language), fold)
            for code in table.codes:
                self.items[code] = table.unit(code).wikidata or ""
            for key in unit_data()["units"]:
                unit = table.unit(key)
                if unit.qudt:
                    self.codes[unit.text] = unit.qudt
                    names = [table.name(unit, plural=plural) for plural in range(_PLURALS)]
                    # "percent of GDP" is a unit too, "percentage points" another one.
                    ends = [text + end for text in {unit.text, *names} for end in ("", " ")]
                    self.names.setdefault(unit.qudt, []).extend(ends)


@cache
def _units() -> _Units:
    return _Units()


def _check_dates(data: Data, claim: str) -> None:
    """What is said was said before it was published, and counted from a day of an utterance."""
    document = data.one(claim, PROV.wasDerivedFrom)
    published, said_on = data.published(document), data.one(claim, LOD.saidOn)
    if published and said_on and said_on[1:11] > published[1:11]:
        message = "It was said after the document was published."
        data.found("SaidOn", claim, message, LOD.saidOn, said_on)
    compared = data.all(claim, LOD.comparedWith)
    periods = [one for node in (claim, *compared) for one in data.all(node, LOD.during)]
    for period in [*periods, *data.all(claim, LOD.value)]:
        for predicate in (LOD.resolvedAgainst, LOD.asOf):
            for date in data.all(period, predicate):
                if date not in (said_on, published):
                    message = "Relative words are counted from the day on which they were said."
                    data.found("ResolvedAgainst", period, message, predicate, date)
