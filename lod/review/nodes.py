"""Value nodes read back from data: what `lod.dataset.nodes` writes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from lod.errors import FormatError
from lod.model.period import Period, Tense
from lod.model.quantity import Comparator, Quantity, Unit
from lod.namespaces import WIKIDATA_NS, local_name
from lod.rdf.terms import Node, iri_of, split_literal, unescape
from lod.vocabulary.names import LOD, SCHEMA


def read_quantity(node: Node, nodes: Mapping[str, Node]) -> Quantity:
    r"""The quantity that a node describes.

    Args:
        node: by predicate.
        nodes: all nodes, for the denominator of a rate.

    Raises:
        FormatError: it says something that lod does not write.

    >>> node = {f"<{LOD.comparator}>": [f"<{LOD.exactly}>"], f"<{SCHEMA.value}>": ['"28"']}
    >>> read_quantity(node, {}).value
    Decimal('28')
    """
    proportion = _iri(node, LOD.proportion)
    if proportion is not None:
        return Quantity(Comparator.EXACTLY, proportion=local_name(proportion))
    per = node.get(f"<{LOD.per}>")
    rate = nodes.get(per[0]) if per else None
    try:
        return Quantity(
            Comparator(local_name(_iri(node, LOD.comparator) or "")),
            _number(node, SCHEMA.value),
            _number(node, SCHEMA.minValue),
            _number(node, SCHEMA.maxValue),
            _unit(node),
            None if rate is None else read_quantity(rate, {}),
            ordinal=_text(node, LOD.isOrdinal) == "true",
        )
    except (ValueError, InvalidOperation):
        raise FormatError(
            f"a quantity says what lod does not write: {node}", hint="build the data again"
        ) from None


def read_period(node: Node) -> Period:
    """The period that a node describes.

    Raises:
        FormatError: it says something that lod does not write.
    """
    tense = _iri(node, LOD.tense)
    dates = [_date(node, one) for one in (SCHEMA.startDate, SCHEMA.endDate, LOD.asOf)]
    try:
        return Period(
            words=_text(node, LOD.wording),
            edtf=_text(node, LOD.edtf),
            start=dates[0],
            end=dates[1],
            approximate=_text(node, LOD.approximate) == "true",
            uncertain=_text(node, LOD.uncertain) == "true",
            as_of=dates[2],
            tense=None if tense is None else Tense(local_name(tense)),
        )
    except ValueError:
        raise FormatError(
            f"a period says what lod does not write: {node}", hint="build the data again"
        ) from None


def date_of(token: str) -> str:
    """The xsd:date of a literal.

    Raises:
        FormatError: it is none.
    """
    text = split_literal(token)[0]
    parts = text.rsplit("-", 2)
    if len(parts) != 3 or not all(part.lstrip("-").isdecimal() for part in parts):
        raise FormatError(f"{text} is no date", hint="build the data again")
    return text


def _unit(node: Node) -> Unit | None:
    currency, text = _text(node, SCHEMA.currency), _text(node, SCHEMA.unitText)
    item = _iri(node, LOD.unit)
    if currency is None and text is None:
        return None
    return Unit(
        text or "",
        currency,
        _iri(node, SCHEMA.unitCode),
        None if item is None else item.removeprefix(WIKIDATA_NS),
    )


def _iri(node: Node, iri: str) -> str | None:
    said = node.get(f"<{iri}>")
    return iri_of(said[0]) if said else None


def _text(node: Node, iri: str) -> str | None:
    said = node.get(f"<{iri}>")
    return unescape(split_literal(said[0])[0]) if said else None


def _number(node: Node, iri: str) -> Decimal | None:
    text = _text(node, iri)
    if text is None:
        return None
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _date(node: Node, iri: str) -> str | None:
    said = node.get(f"<{iri}>")
    return date_of(said[0]) if said else None
