"""Value nodes read back from data: what `lod.dataset.nodes` writes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from lod.errors import FormatError
from lod.model.period import Period, Tense
from lod.model.quantity import Comparator, Quantity, Unit
from lod.namespaces import WIKIDATA_NS, local_name
from lod.rdf.terms import Node, iri_of, split_literal, text_of
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
    proportion = iri_at(node, f"<{LOD.proportion}>")
    if proportion is not None:
        return Quantity(Comparator.EXACTLY, proportion=local_name(proportion))
    per = node.get(f"<{LOD.per}>")
    rate = nodes.get(per[0]) if per else None
    try:
        return Quantity(
            Comparator(local_name(iri_at(node, f"<{LOD.comparator}>") or "")),
            _number(node, f"<{SCHEMA.value}>"),
            _number(node, f"<{SCHEMA.minValue}>"),
            _number(node, f"<{SCHEMA.maxValue}>"),
            _unit(node),
            None if rate is None else read_quantity(rate, {}),
            ordinal=text_at(node, f"<{LOD.isOrdinal}>") == "true",
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
    tense = iri_at(node, f"<{LOD.tense}>")
    dates = [date_at(node, f"<{one}>") for one in (SCHEMA.startDate, SCHEMA.endDate, LOD.asOf)]
    try:
        return Period(
            words=text_at(node, f"<{LOD.wording}>"),
            edtf=text_at(node, f"<{LOD.edtf}>"),
            start=dates[0],
            end=dates[1],
            approximate=text_at(node, f"<{LOD.approximate}>") == "true",
            uncertain=text_at(node, f"<{LOD.uncertain}>") == "true",
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
    currency, text = text_at(node, f"<{SCHEMA.currency}>"), text_at(node, f"<{SCHEMA.unitText}>")
    item = iri_at(node, f"<{LOD.unit}>")
    if currency is None and text is None:
        return None
    return Unit(
        text or "",
        currency,
        iri_at(node, f"<{SCHEMA.unitCode}>"),
        None if item is None else item.removeprefix(WIKIDATA_NS),
    )


def iri_at(node: Node, predicate: str) -> str | None:
    """The IRI that a predicate leads to, the first one; None where it leads nowhere."""
    said = node.get(predicate)
    return iri_of(said[0]) if said else None


def text_at(node: Node, predicate: str) -> str | None:
    """The characters of a predicate's literal, the first one; None where there is none."""
    said = node.get(predicate)
    return text_of(said[0]) if said else None


def date_at(node: Node, predicate: str) -> str | None:
    """The xsd:date of a predicate, the first one; None where there is none.

    Raises:
        FormatError: it is no date.
    """
    said = node.get(predicate)
    return date_of(said[0]) if said else None


def _number(node: Node, predicate: str) -> Decimal | None:
    text = text_at(node, predicate)
    if text is None:
        return None
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number
