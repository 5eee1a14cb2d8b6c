"""Snaks for Wikidata: values of the facts in the Wikibase data model, or why that cannot be.

What the data model cannot say as it was said is never written in another way: an exclusive bound
would become an inclusive one, a range would need a number in its middle that nobody said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from lod.model.period import Period
from lod.model.quantity import Comparator, Quantity
from lod.model.value import PeriodValue, QuantityValue, TextValue
from lod.wikidata.mapped import CannotSayError, Wanted
from lod.wikidata.statements import (
    CIRCA,
    END_TIME,
    POINT_IN_TIME,
    SOURCING_CIRCUMSTANCES,
    START_TIME,
)
from lod.wikidata.values import (
    Amount,
    ItemRef,
    Moment,
    Words,
    moment_of_edtf,
    moment_of_period,
    unit_of,
)

#: What can stand in a snak that is written.
Writable = ItemRef | Amount | Moment | Words
#: The longest text and the longest URL that Wikidata takes, in code points.
MAX_TEXT, MAX_URL = 1500, 500
# Properties whose texts are of the datatype monolingualtext; other texts are not written, because
# the same words may have to be a string, a URL or an identifier.
_MONOLINGUAL = frozenset({"P1476", "P1448"})
_EXCLUSIVE = {
    Comparator.MORE_THAN: "more than",
    Comparator.JUST_OVER: "just over",
    Comparator.LESS_THAN: "less than",
    Comparator.ALMOST: "almost",
}


class Snak(Struct, frozen=True):
    """A property with a value, as a main value, qualifier, or part of a reference."""

    pid: str
    value: Writable

    def as_json(self) -> dict[str, Any]:
        """The snak of the Wikibase JSON format.

        >>> Snak("P36", ItemRef("Q1520")).as_json()["datavalue"]["value"]["id"]
        'Q1520'
        """
        kind, datatype, value = _parts(self.pid, self.value)
        return {
            "snaktype": "value",
            "property": self.pid,
            "datavalue": {"value": value, "type": kind},
            "datatype": datatype,
        }


def _parts(pid: str, value: Writable) -> tuple[str, str, Any]:
    """Type of the value, datatype of the property, and the value."""
    match value:
        case ItemRef(qid):
            data = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
            return "wikibase-entityid", "wikibase-item", data
        case Amount():
            return "quantity", "quantity", value.as_value()
        case Moment():
            return "time", "time", value.as_value()
        case Words(text, str() as language):
            data = {"text": text, "language": language}
            return "monolingualtext", "monolingualtext", data
    return "string", "url", value.text  # The only plain strings that are written are URLs.


def main_value(pid: str, wanted: Wanted) -> tuple[Writable, list[Snak]]:
    """The value of a statement, with the qualifiers without which it would say more.

    Args:
        pid: the property.
        wanted: what the claim says.

    Raises:
        CannotSayError: the data model cannot say it.
    """
    match wanted:
        case ItemRef():
            return wanted, []
        case QuantityValue(quantity):
            return _amount(quantity), _circa(quantity.comparator is Comparator.APPROXIMATELY)
        case PeriodValue(period):
            return _moment(period), _circa(period.approximate)
        case TextValue(text, language):
            if pid not in _MONOLINGUAL or not language:
                raise CannotSayError(f"the kind of text that {pid} takes is not known")
            return monolingual(text, language), []


def _circa(approximate: bool) -> list[Snak]:
    return [Snak(SOURCING_CIRCUMSTANCES, ItemRef(CIRCA))] if approximate else []


def _amount(quantity: Quantity) -> Amount:
    comparator = quantity.comparator
    if quantity.proportion is not None:
        raise CannotSayError("a proportion in words is no number")
    if quantity.per is not None:
        raise CannotSayError("a rate has no unit of its own")
    if comparator in _EXCLUSIVE:
        raise CannotSayError(f'"{_EXCLUSIVE[comparator]}" is an exclusive bound')
    if comparator in {Comparator.AT_LEAST, Comparator.AT_MOST}:
        raise CannotSayError("a single bound has no amount, and Wikidata's bounds come in pairs")
    if comparator is Comparator.BETWEEN:
        raise CannotSayError("a range has no amount, and Wikidata needs one")
    unit = unit_of(quantity.unit)
    if quantity.value is None:
        raise CannotSayError("it has no number")
    if unit is None:
        text = quantity.unit.text if quantity.unit else ""
        raise CannotSayError(f"the item of the unit {text!r} is not known")
    return Amount(quantity.value, unit=unit)


def _moment(period: Period) -> Moment:
    if period.uncertain:
        raise CannotSayError("an uncertain date cannot be marked as such")
    moment = moment_of_period(period)
    if moment is None:
        words = period.edtf or period.words or "the time"
        raise CannotSayError(f'"{words}" is not one day, month or year')
    return moment


def time_qualifiers(period: Period) -> list[Snak]:
    """The qualifiers that say when a statement holds: P585, or P580 and P582.

    Raises:
        CannotSayError: the words were not resolved, or the time is no day, month, year, nor an
            interval of these.

    >>> [(snak.pid, snak.value.text) for snak in time_qualifiers(Period(edtf="2010-05/.."))]
    [('P580', '2010-05')]
    """
    edtf = period.edtf
    if edtf is None:
        raise CannotSayError(f'the time "{period.words}" is not resolved')
    if period.approximate or period.uncertain:
        raise CannotSayError(f"an approximate time ({edtf}) cannot be marked as such")
    first, slash, last = edtf.partition("/")
    if not slash:
        return [Snak(POINT_IN_TIME, _end(first, edtf))]
    ends = [(START_TIME, first), (END_TIME, last)]
    snaks = [Snak(pid, _end(end, edtf)) for pid, end in ends if end not in {"", ".."}]
    if not snaks:
        raise CannotSayError(f"the time {edtf} has no end that is known")
    return snaks


def _end(text: str, edtf: str) -> Moment:
    moment = moment_of_edtf(text)
    if moment is None:
        raise CannotSayError(f"the time {edtf} is no day, month or year")
    return moment


def monolingual(text: str, language: str) -> Words:
    """Words in a language as Wikidata takes them: one line, no space at the ends.

    Raises:
        CannotSayError: they are longer than Wikidata allows, or empty, or it has no such language.
    """
    line = " ".join(text.split())
    if not line or len(line) > MAX_TEXT:
        raise CannotSayError(f"a text of {len(line)} characters; at most {MAX_TEXT} are allowed")
    return Words(line, language_code(language))


def language_code(tag: str) -> str:
    """The code of a language on Wikidata: the tag, cut at the end until there is one.

    Raises:
        CannotSayError: there is none.

    >>> language_code("en-US"), language_code("zh-Hant-TW"), language_code("de-CH-1996")
    ('en', 'zh-hant', 'de-ch')
    """
    codes, also = _languages()
    code = tag.lower()
    while code:
        if code in also or code in codes:
            return also.get(code, code)
        code = code.rpartition("-")[0]
    raise CannotSayError(f"Wikidata has no code for the language {tag}")


@cache
def _languages() -> tuple[frozenset[str], Mapping[str, str]]:
    import tomllib

    data = tomllib.loads(Path(__file__).with_name("languages.toml").read_text("utf-8"))
    return frozenset(data["codes"].split()), data["also"]


def group(snaks: Sequence[Snak]) -> dict[str, list[dict[str, Any]]]:
    """Snaks by property, as qualifiers and references have them."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for snak in snaks:
        groups.setdefault(snak.pid, []).append(snak.as_json())
    return groups
