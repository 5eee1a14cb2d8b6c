"""Checks the subjects and values of claims against the domain and range of their properties."""

from __future__ import annotations

from collections.abc import Iterable

from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.language.data import FALLBACK, languages, phrase_in, primary
from lod.model.claim import Statement
from lod.model.value import (
    ClaimValue,
    DocumentValue,
    EntityValue,
    PeriodValue,
    QuantityValue,
    TextValue,
    Value,
)
from lod.vocabulary.names import LOD, SCHEMA
from lod.vocabulary.terms import Property, ValueKind


def check_terms(context: Context, statement: Statement) -> None:
    """Report subjects outside the domain and values outside the range.

    Args:
        context: the publication.
        statement: a claim whose names are resolved.
    """
    property_ = context.vocabulary.properties.get(statement.property)
    if property_ is None:  # a term of a vocabulary that we do not know
        return
    first, last = len(statement.subjects), len(statement.subjects) + len(statement.values)
    placed = statement.placed()
    for path, subject in placed[:first]:
        problem = _class_problem(context, subject, property_.domain)
        if problem is not None:
            context.reader.add(
                "domain",
                f"{problem}; {property_.curie} takes {_names(context, property_.domain)}",
                path,
            )
    for path, value in placed[first:last]:
        _check_value(context, property_, value, path)
    for (iri, value), (path, _) in zip(statement.qualifiers, placed[last:], strict=True):
        qualifier = context.vocabulary.properties.get(iri)
        if qualifier is not None:
            _check_value(context, qualifier, value, path)


def check_phrases(context: Context, statements: Iterable[Statement]) -> None:
    """Report terms that a sentence says in English, since its language has no phrase for them.

    A language without the words of sentences is not looked at: its sentences are English.

    Args:
        context: the publication.
        statements: its claims.
    """
    language = primary(context.language)
    if language == FALLBACK or language not in languages("descriptions"):
        return
    said = {
        (iri, kind): path
        for statement in reversed(list(statements))  # the first that says it stays
        for iri, kind, path in (
            *((iri, "qualifier", (*statement.path, "with")) for iri, _ in statement.qualifiers),
            (statement.property, "phrase", (*statement.path, "property")),
        )
    }
    for (iri, kind), path in said.items():
        term = context.vocabulary.properties.get(iri)
        if term is None:
            continue
        phrases = term.phrases if kind == "phrase" else term.qualifier_phrases
        if FALLBACK in phrases and phrase_in(language, phrases, iri, kind) is None:
            context.reader.add(
                "phrase-missing",
                f"{term.curie} has no {_PHRASES[kind]} in the language {quoted(language)}; "
                "the sentence says it in English",
                path,
                f"write one with the tag @{language} in the vocabulary that declares it, or for a "
                f"term of lod in lod/language/{language}/phrases.toml",
            )


_PHRASES = {"phrase": "phrase", "qualifier": "qualifier phrase"}


def _check_value(
    context: Context, property_: Property, value: Value, path: tuple[str | int, ...]
) -> None:
    problem = _value_problem(context, property_, value)
    if problem is not None:
        context.reader.add(
            "range",
            f"{problem}; {property_.curie} takes {_names(context, property_.range)}",
            path,
        )


def _value_problem(context: Context, property_: Property, value: Value) -> str | None:
    kinds = property_.kinds
    if not kinds:
        return None
    if isinstance(value, QuantityValue):
        if ValueKind.QUANTITY not in kinds:
            return "a quantity does not fit"
        unit = value.quantity.unit
        if property_.money and (unit is None or unit.currency is None):
            return "the quantity has no currency"
        return None
    if isinstance(value, PeriodValue):
        return None if ValueKind.PERIOD in kinds else "a date does not fit"
    if isinstance(value, TextValue):
        return None if ValueKind.TEXT in kinds else f"{quoted(value.text)} is text"
    return _class_problem(context, value, property_.range)


def _class_problem(context: Context, value: Value, allowed: frozenset[str]) -> str | None:
    """Why an entity, claim or document is none of the allowed classes, or None."""
    if not allowed:
        return None
    vocabulary = context.vocabulary
    if isinstance(value, EntityValue):
        entity = context.entities[value.slug]
        if not entity.type or vocabulary.fits(entity.type, allowed):
            return None
        name = _name(context, entity.type)
        article = "an" if name[0] in "AEIO" else "a"  # and "a University"
        return f"{quoted(value.slug)} is {article} {name}"
    if isinstance(value, ClaimValue):
        return None if vocabulary.fits(LOD.Claim, allowed) else "a claim does not fit"
    if isinstance(value, DocumentValue):
        fits = vocabulary.fits(SCHEMA.CreativeWork, allowed)
        return None if fits else "the document does not fit"
    return None


def _name(context: Context, iri: str) -> str:
    known = context.vocabulary.classes.get(iri)
    return known.name if known else iri


def _names(context: Context, iris: frozenset[str]) -> str:
    return " or ".join(sorted(_name(context, iri) for iri in iris))
