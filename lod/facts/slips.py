"""Checks for slips of modelling that show in the sentence of a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.language.data import primary, table
from lod.model.claim import Modality, Statement
from lod.model.value import EntityValue, TextValue, Value
from lod.vocabulary.names import REL

#: Properties that say where their subject is.
_PLACES = frozenset({REL.location, REL.locatedIn, REL.countryOfLocation})
#: Modalities of what is not yet so.
_AHEAD = frozenset({Modality.OFFERED, Modality.PLANNED, Modality.POSSIBLE, Modality.EXPECTED})


def check_slips(context: Context, statement: Statement) -> None:
    """Report a noun as a description, a place that is said twice, a partner called a member.

    Args:
        context: the publication, all its entities read.
        statement: a statement, with its anchors.
    """
    for code, message, hint in _slips(context, statement):
        why = "or say why it is right: {allow}"
        context.report(statement, code, message, statement.path, f"{hint}, {why}")


def _slips(context: Context, statement: Statement) -> Iterator[tuple[str, str, str]]:
    texts = table(primary(context.language), "texts") or {}
    kinds, slips = texts.get("kinds", {}), texts.get("slips", {})
    if statement.property == REL.describedAs and "noun" in kinds:
        for value in statement.values:
            if isinstance(value, TextValue) and re.search(kinds["noun"], value.text):
                yield (
                    "noun-as-description",
                    f"{quoted(value.text)} names a thing and does not say how something is",
                    "describe it with an adjective, or say with kind: what it is",
                )
    if "place" in slips:
        for name, place in _said_twice(context, statement, slips["place"]):
            yield (
                "place-in-label",
                f"the label {quoted(name)} says {quoted(place)} already",
                "take the place out of the label",
            )
    if statement.property == REL.memberOf and "no_member" in slips:
        found = _no_member(context, statement, slips["no_member"])
        if found is not None:
            yield (
                "partner-as-member",
                f"{quoted(found)} is something else than a member",
                "write another property, such as cooperatesWith or invitedTo",
            )


def _said_twice(context: Context, statement: Statement, pattern: str) -> Iterator[tuple[str, str]]:
    """Labels of what is in a place, with that place."""
    things: tuple[Value, ...] = statement.subjects
    places = [value for iri, value in statement.qualifiers if iri == REL.inPlace]
    if statement.property in _PLACES:
        places += statement.values
    elif places:
        things += statement.values
    for place in places:
        if isinstance(place, EntityValue):
            label = context.entities[place.slug].label
            said = pattern.replace("{place}", re.escape(label))
            for thing in things:
                if isinstance(thing, EntityValue):
                    name = context.entities[thing.slug].label
                    if re.search(said, name):
                        yield name, label


def _no_member(context: Context, statement: Statement, pattern: str) -> str | None:
    """The words that say that somebody is something else than a member."""
    said = []
    for iri, value in statement.qualifiers:
        if iri == REL.role and isinstance(value, TextValue):
            said.append(value.text)
        elif iri == REL.role and isinstance(value, EntityValue):
            said.append(context.entities[value.slug].label)
    if statement.modality in _AHEAD:
        said += [anchor.exact for anchor in statement.anchors]
    return next((found[0] for one in said if (found := re.search(pattern, one))), None)
