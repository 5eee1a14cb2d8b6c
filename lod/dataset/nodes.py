"""The value nodes of claims: quantities, changes, periods, comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from lod.model.period import Period
from lod.model.quantity import Quantity
from lod.model.value import ChangeValue, Comparison, PeriodValue, QuantityValue
from lod.namespaces import LOD_NS, WIKIDATA_NS
from lod.rdf.terms import TRUE, XSD, date, literal, number
from lod.vocabulary.names import LOD, RDF, SCHEMA

_A = f" <{RDF.type}> "
_TYPES_MONEY = f"{_A}<{LOD.Quantity}> .\n", f"{_A}<{SCHEMA.MonetaryAmount}> .\n"
_TYPES_NUMBER = f"{_A}<{LOD.Quantity}> .\n", f"{_A}<{SCHEMA.QuantitativeValue}> .\n"
_COMPARATOR = f" <{LOD.comparator}> <{LOD_NS}"
_PROPORTION = f" <{LOD.proportion}> <{LOD_NS}"
_DIRECTION = f" <{LOD.direction}> <{LOD_NS}"
_PRECISION = f" <{LOD.precision}> <{LOD_NS}"
_VALUE = f" <{SCHEMA.value}> "
_NUMBER = f" <{LOD.number}> "
_MINIMUM = f" <{SCHEMA.minValue}> "
_MAXIMUM = f" <{SCHEMA.maxValue}> "
_CURRENCY = f" <{SCHEMA.currency}> "
_UNIT_TEXT = f" <{SCHEMA.unitText}> "
_UNIT_CODE = f" <{SCHEMA.unitCode}> <"
_UNIT = f" <{LOD.unit}> <{WIKIDATA_NS}"
_PER = f" <{LOD.per}> <"
_ORDINAL = f" <{LOD.isOrdinal}> {TRUE} .\n"
_WORDING = f" <{LOD.wording}> "
_DURING = f" <{LOD.during}> "
_AMOUNT_OF = f" <{LOD.amountOf}> <"
_NUMBER = f" <{LOD.number}> "
_ONGOING = f" <{LOD.ongoing}> {TRUE} .\n"
_EDTF = f" <{LOD.edtf}> "
_START = f" <{SCHEMA.startDate}> "
_END = f" <{SCHEMA.endDate}> "
_TIME = f" <{SCHEMA.startTime}> "
_DATE_TIME = f"{XSD}dateTime"
_AGAINST = f" <{LOD.resolvedAgainst}> "
_APPROXIMATE = f" <{LOD.approximate}> {TRUE} .\n"
_UNCERTAIN = f" <{LOD.uncertain}> {TRUE} .\n"
_AS_OF = f" <{LOD.asOf}> "
_TENSE = f" <{LOD.tense}> <{LOD_NS}"
_COMPARED_VALUE = f" <{LOD.value}> <"


#: The words of the texts for a value: a language tag and the words.
Wordings = tuple[tuple[str, str], ...]


class Nodes:
    """Writes value nodes as N-Triples lines."""

    __slots__ = ()

    def quantity(
        self,
        iri: str,
        value: QuantityValue,
        wordings: Wordings,
        during: str | None,
        claims: Iterable[str] = (),
    ) -> str:
        """A quantity, or a proportion in words.

        Args:
            iri: of the node.
            value: the quantity.
            wordings: the words for it.
            during: IRI of its period, or None.
            claims: IRIs of the claims that state it as their value.
        """
        node = f"<{iri}>"
        lines = self._number(node, iri, value.quantity)
        self._words(lines, node, wordings)
        if during is not None:
            lines.append(f"{node}{_DURING}<{during}> .\n")
        lines += [f"{node}{_AMOUNT_OF}{claim}> .\n" for claim in claims]
        self._denominator(lines, iri, value.quantity)
        return "".join(lines)

    def _number(self, node: str, iri: str, quantity: Quantity) -> list[str]:
        unit = quantity.unit
        money = unit is not None and unit.currency is not None
        first, second = _TYPES_MONEY if money else _TYPES_NUMBER
        lines = [node + first, node + second]
        if quantity.proportion is not None:
            lines.append(f"{node}{_PROPORTION}{quantity.proportion}> .\n")
            return lines
        lines.append(f"{node}{_COMPARATOR}{quantity.comparator}> .\n")
        bounds: tuple[tuple[str, Decimal | None], ...] = (
            (_VALUE, quantity.value),
            (_MINIMUM, quantity.minimum),
            (_MAXIMUM, quantity.maximum),
        )
        said = quantity.said
        if said is not None:
            lines.append(f"{node}{_NUMBER}{number(said)} .\n")
        for predicate, bound in bounds:
            if bound is not None:
                lines.append(f"{node}{predicate}{number(bound)} .\n")
        if quantity.ordinal:
            lines.append(node + _ORDINAL)
        if unit is not None:
            if unit.currency is not None:
                lines.append(f"{node}{_CURRENCY}{literal(unit.currency)} .\n")
            else:
                lines.append(f"{node}{_UNIT_TEXT}{literal(unit.text)} .\n")
            # A currency has its code; schema:unitCode belongs to other quantities.
            if unit.qudt is not None and unit.currency is None:
                lines.append(f"{node}{_UNIT_CODE}{unit.qudt}> .\n")
            if unit.wikidata is not None:
                lines.append(f"{node}{_UNIT}{unit.wikidata}> .\n")
        if quantity.per is not None:
            lines.append(f"{node}{_PER}{iri}/per> .\n")
        return lines

    def _denominator(self, lines: list[str], iri: str, quantity: Quantity) -> None:
        if quantity.per is not None:
            lines += self._number(f"<{iri}/per>", f"{iri}/per", quantity.per)

    def _words(self, lines: list[str], node: str, wordings: Wordings) -> None:
        lines += [f"{node}{_WORDING}{literal(words, tag)} .\n" for tag, words in wordings]

    def change(self, iri: str, value: ChangeValue, wordings: Wordings) -> str:
        """A change: its direction, and by how much where that is said."""
        node = f"<{iri}>"
        change = value.change
        lines = [f"{node}{_A}<{LOD.Change}> .\n"]
        if change.amount is not None:
            lines += self._number(node, iri, change.amount)
        lines.append(f"{node}{_DIRECTION}{change.direction}> .\n")
        if change.ongoing:
            lines.append(node + _ONGOING)
        self._words(lines, node, wordings)
        if change.amount is not None:
            self._denominator(lines, iri, change.amount)
        return "".join(lines)

    def period(self, iri: str, value: PeriodValue, wordings: Wordings) -> str:
        """A period."""
        node = f"<{iri}>"
        period: Period = value.period
        lines = [f"{node}{_A}<{LOD.Period}> .\n"]
        if period.edtf is not None:
            lines.append(f"{node}{_EDTF}{literal(period.edtf)} .\n")
        if period.start is not None:
            lines.append(f"{node}{_START}{date(period.start)} .\n")
        if period.end is not None:
            lines.append(f"{node}{_END}{date(period.end)} .\n")
        if period.time is not None:
            lines.append(f"{node}{_TIME}{literal(period.time, datatype=_DATE_TIME)} .\n")
        if period.precision is not None:
            lines.append(f"{node}{_PRECISION}{period.precision}> .\n")
        if period.approximate:
            lines.append(node + _APPROXIMATE)
        if period.uncertain:
            lines.append(node + _UNCERTAIN)
        self._words(lines, node, wordings)
        if period.edtf is None and period.as_of is not None:
            lines.append(f"{node}{_AS_OF}{date(period.as_of)} .\n")
        if period.tense is not None:
            lines.append(f"{node}{_TENSE}{period.tense}> .\n")
        if period.resolved_against is not None:
            lines.append(f"{node}{_AGAINST}{date(period.resolved_against)} .\n")
        return "".join(lines)

    def comparison(
        self, iri: str, value: Comparison, of_value: Wordings, of_period: Wordings
    ) -> str:
        """What a value or change is compared with."""
        node = f"<{iri}>"
        lines = [f"{node}{_A}<{LOD.Comparison}> .\n"]
        period = None if value.period is None else f"{iri}/period"
        if value.value is not None:
            lines.append(f"{node}{_COMPARED_VALUE}{iri}/value> .\n")
        if period is not None:
            lines.append(f"{node}{_DURING}<{period}> .\n")
        if value.value is not None:
            lines.append(self.quantity(f"{iri}/value", value.value, of_value, period))
        if value.period is not None and period is not None:
            lines.append(self.period(period, value.period, of_period))
        return "".join(lines)
