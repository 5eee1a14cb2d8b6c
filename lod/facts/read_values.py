"""Reads subjects, values, quantities and periods, each by what its property admits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from lod.diagnostics import Path
from lod.errors import LodError
from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.facts.schema import COMPARISON, DOCUMENT, PERIOD, VALUE_FORMS
from lod.language.periods import could_be_resolved, parse_period, unresolved_hint
from lod.language.quantities import parse_change, parse_quantity, parse_share
from lod.model.period import Period
from lod.model.quantity import Quantity
from lod.model.value import (
    ChangeValue,
    ClaimValue,
    Comparison,
    DocumentValue,
    EntityValue,
    IriValue,
    PeriodValue,
    QuantityValue,
    Subject,
    TextValue,
    UnknownValue,
    Value,
)
from lod.sources.source import Node
from lod.vocabulary.terms import Property, ValueKind

if TYPE_CHECKING:
    from lod.model.quantity import Change

_T = TypeVar("_T")
_FORMS = ", ".join(f"{{{form}: …}}" for form in VALUE_FORMS)


def read_subjects(context: Context, node: Node, path: Path) -> list[tuple[Path, Subject]]:
    """Read `subject:`: entities, claims, or the document; one or a list; each with its place."""
    if type(node) is str and node in context.entities:  # nearly always
        return [(path, EntityValue(node))]
    subjects = []
    for item, at in _items(context, node, path):
        value = _subject(context, item, at)
        if value is not None:
            subjects.append((at, value))
    return subjects


def _subject(context: Context, node: Node, path: Path) -> Subject | None:
    if type(node) is dict and "claim" in node:
        value = _form(context, node, path)
        return value if isinstance(value, ClaimValue) else None
    word = context.reader.text(node, path, "an entity, {claim: …} or document")
    if word == DOCUMENT:
        return DocumentValue()
    if word is None or (slug := context.entity(word, path)) is None:
        return None
    return EntityValue(slug)


def read_values(
    context: Context, node: Node, path: Path, property_: Property | None
) -> list[tuple[Path, Value]]:
    """Read `value:` or a qualifier, one or a list; each with where it stands.

    Args:
        context: the publication.
        node: the value.
        path: where it stands.
        property_: decides how bare words are read; None where it is unknown, and then only what
            stands in a mapping is read.
    """
    kinds = property_.kinds if property_ is not None else frozenset()
    values = []
    for item, at in _items(context, node, path):
        value: Value | None
        if type(item) is dict:
            value = _form(context, item, at)
        elif property_ is None:
            continue
        else:
            word = context.reader.text(item, at, "a value")
            value = None if word is None else _bare(context, word, at, kinds, property_)
        if value is not None:
            values.append((at, value))
    return values


def _items(context: Context, node: Node, path: Path) -> list[tuple[Node, Path]]:
    if type(node) is not list:
        return [(node, path)]
    if not node:
        context.reader.wrong_type(node, path, "a value, or a list of values")
    return [(item, (*path, index)) for index, item in enumerate(node)]


def _bare(
    context: Context, word: str, path: Path, kinds: frozenset[ValueKind], property_: Property
) -> Value | None:
    """A word without a mapping around it, read by what the property admits."""
    if ValueKind.ENTITY in kinds:
        if word in context.entities:
            return EntityValue(word)
        if word == DOCUMENT:
            return DocumentValue()
    if not property_.range:  # a foreign term: nothing says how its values are to be read
        context.entity(word, path)
        return None
    if ValueKind.QUANTITY in kinds:
        quantity = read_quantity(context, word, path)
        return None if quantity is None else QuantityValue(quantity)
    if ValueKind.PERIOD in kinds:
        period = read_period(context, word, path)
        return None if period is None else PeriodValue(period)
    if kinds == {ValueKind.TEXT}:
        return TextValue(word, context.language)
    if kinds == {ValueKind.CLAIM}:
        context.reader.add(
            "range",
            f"{property_.curie} takes a claim, not {quoted(word)}",
            path,
            f"write {{claim: {word}}}",
        )
        return None
    context.entity(word, path)
    return None


def _form(context: Context, node: dict[str, Node], path: Path) -> Value | None:
    """A value in a mapping, such as `{text: …}`."""
    reader = context.reader
    form = next((name for name in VALUE_FORMS if name in node), None)
    if form is None:
        reader.wrong_type(node, path, f"a word, or one of {_FORMS}")
        return None
    data = reader.mapping(node, path, VALUE_FORMS[form], "this value")
    if data is None:
        return None
    at = (*path, form)
    if form == "iri":
        iri = reader.iri(data["iri"], at)
        return None if iri is None else IriValue(iri)
    text = reader.text(data[form], at)
    if text is None:
        return None
    if form == "text":
        language = context.language
        if "language" in data:
            language = reader.language(data["language"], (*path, "language")) or language
        return TextValue(text, language)
    if form == "unknown":
        return UnknownValue(text)
    if form == "claim":
        return read_claim_reference(context, text, at)
    words = None
    if "words" in data:
        words = reader.text(data["words"], (*path, "words"))
    if form == "quantity":
        quantity = read_quantity(context, text, at)
        return None if quantity is None else QuantityValue(quantity, words)
    period = _guard(
        context,
        "bad-period",
        at,
        lambda: parse_period(
            words=words if form == "edtf" else text,
            edtf=text if form == "edtf" else None,
            reference=context.reference,
            language=context.language,
        ),
    )
    return None if period is None else PeriodValue(period)


def read_claim_reference(context: Context, claim_id: str, path: Path) -> ClaimValue | None:
    """Another claim by its id; an unknown one is a finding."""
    from lod.facts.reader import suggest

    if claim_id in context.claim_ids:
        return ClaimValue(claim_id)
    hint = suggest(claim_id, context.claim_ids)
    context.reader.add("unknown-claim", f"{quoted(claim_id)} is no claim here", path, hint)
    return None


def read_quantity(context: Context, text: str, path: Path) -> Quantity | None:
    """A quantity in the document's number format."""
    return _guard(context, "bad-quantity", path, lambda: parse_quantity(text, context.language))


def read_share(context: Context, node: Node, path: Path) -> QuantityValue | None:
    """Read `share:`: a ratio, or a proportion in words."""
    text = context.reader.text(node, path, "a share, such as 80 percent or almost all")
    if text is None:
        return None
    share = _guard(context, "bad-quantity", path, lambda: parse_share(text, context.language))
    return None if share is None else QuantityValue(share)


def read_change(context: Context, node: Node, path: Path) -> ChangeValue | None:
    """Read `change:`."""
    text = context.reader.text(node, path, "a change, such as up 3 percent or rising")
    if text is None:
        return None
    change: Change | None = _guard(
        context, "bad-quantity", path, lambda: parse_change(text, context.language)
    )
    return None if change is None else ChangeValue(change)


def read_period(
    context: Context,
    node: Node,
    path: Path,
    reference: str | None = None,
    ahead: bool | None = None,
) -> Period | None:
    """Read `during:`: words, EDTF, or a mapping of both.

    Args:
        context: the publication.
        node: the value.
        path: where it stands.
        reference: xsd:date to resolve against in place of the publication date.
        ahead: whether the claim is a plan or a report, or None for what is compared.
    """
    reader = context.reader
    words: str | None
    edtf = None
    if type(node) is dict:
        data = reader.mapping(node, path, PERIOD, "a period")
        if data is None:
            return None
        if not data:
            reader.wrong_type(data, path, "words, EDTF, or {words: …, edtf: …}")
            return None
        words = reader.text(data["words"], (*path, "words")) if "words" in data else None
        edtf = reader.text(data["edtf"], (*path, "edtf")) if "edtf" in data else None
        if words is None and edtf is None:
            return None
    else:
        words = reader.text(node, path, "words, EDTF, or {words: …, edtf: …}")
        if words is None:
            return None
    reference = reference or context.reference
    period = _guard(
        context,
        "bad-period",
        path,
        lambda: parse_period(
            words=words,
            edtf=edtf,
            reference=reference,
            language=context.language,
            ahead=ahead,
        ),
    )
    if period is not None and period.edtf is None and words is not None:
        _warn_unresolved(context, words, reference, path, ahead)
    return period


def _warn_unresolved(
    context: Context, words: str, reference: str | None, path: Path, ahead: bool | None
) -> None:
    """Words such as "soon" stay words; "on May 9" only lacks what the facts could say."""
    if could_be_resolved(words, reference, context.language, ahead):
        hint = unresolved_hint(words, reference, context.language, ahead)
        message = f"the words {quoted(words)} were kept, but not resolved"
        context.reader.add("period-unresolved", message, path, hint)


def read_comparison(
    context: Context, node: Node, path: Path, reference: str | None
) -> Comparison | None:
    """Read `comparedWith:`: a period, a value, or both."""
    reader = context.reader
    if type(node) is not dict:
        period = read_period(context, node, path, reference)
        return None if period is None else Comparison(PeriodValue(period), None)
    data = reader.mapping(node, path, COMPARISON, "a comparison")
    if data is None:
        return None
    value = None
    if "value" in data:
        text = reader.text(data["value"], (*path, "value"))
        quantity = None if text is None else read_quantity(context, text, (*path, "value"))
        value = None if quantity is None else QuantityValue(quantity)
    period = None
    if times := {key: data[key] for key in PERIOD if key in data}:
        period = read_period(context, dict(times), path, reference)
    if value is None and period is None:
        if not data:
            reader.wrong_type(data, path, "a period, a value, or both")
        return None
    return Comparison(None if period is None else PeriodValue(period), value)


def _guard(context: Context, code: str, path: Path, parse: Callable[[], _T]) -> _T | None:
    """What `parse` gives; its error becomes a finding."""
    try:
        return parse()
    except LodError as error:
        context.reader.add(code, error.message, path, error.hint)
        return None
