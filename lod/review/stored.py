"""What claims say, as JSON: so it is kept on disk, where memory does not grow with a corpus."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from lod.model.contradiction import Compared, Said, Thing, Words
from lod.model.quantity import Comparator, Quantity, Unit
from lod.model.times import Span, When


def to_json(said: Said) -> str:
    """What a claim says as JSON; the same gives the same text.

    >>> said = Said(Words("open"), When("2023/2023"))
    >>> from_json(to_json(said)) == said
    True
    """
    when = said.when
    data = [
        _value(said.value),
        [when.key, when.first, when.last, when.stated],
        said.is_denied,
        sorted(map(str, said.conditions)),
        said.single,
        said.timeless,
    ]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Said:
    """What `to_json` wrote."""
    value, (key, first, last, stated), is_denied, conditions, single, timeless = json.loads(text)
    return Said(
        _read(*value),
        When(key, _day(first), _day(last), stated),
        is_denied,
        frozenset(conditions),
        single,
        timeless,
    )


def _value(value: Compared) -> list[Any]:
    match value:
        case Quantity():
            return ["quantity", *_quantity(value)]
        case Thing(id_, scope, type_, within):
            return ["thing", id_, scope, type_, sorted(within)]
        case Span(key, first, last, is_vague):
            return ["span", key, first, last, is_vague]
        case Words(text):
            return ["words", text]


def _read(kind: str, *parts: Any) -> Compared:
    if kind == "quantity":
        return _read_quantity(*parts)
    if kind == "thing":
        id_, scope, type_, within = parts
        return Thing(id_, scope, type_, frozenset(within))
    if kind == "span":
        key, first, last, is_vague = parts
        return Span(key, _day(first), _day(last), is_vague)
    return Words(parts[0])


def _quantity(one: Quantity) -> list[Any]:
    unit = one.unit
    return [
        str(one.comparator),
        *map(_text, (one.value, one.minimum, one.maximum)),
        None if unit is None else [unit.text, unit.currency, unit.qudt, unit.wikidata],
        None if one.per is None else _quantity(one.per),
        one.ordinal,
        one.proportion,
    ]


def _read_quantity(
    comparator: str,
    value: str | None,
    minimum: str | None,
    maximum: str | None,
    unit: list[str | None] | None,
    per: list[Any] | None,
    ordinal: bool,
    proportion: str | None,
) -> Quantity:
    return Quantity(
        Comparator(comparator),
        _number(value),
        _number(minimum),
        _number(maximum),
        None if unit is None else Unit(unit[0] or "", *unit[1:]),
        None if per is None else _read_quantity(*per),
        ordinal,
        proportion,
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(numbers: list[int] | None) -> tuple[int, int, int] | None:
    if numbers is None:
        return None
    year, month, day = numbers
    return year, month, day
