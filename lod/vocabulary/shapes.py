"""SHACL shapes of qualifiers, made from the vocabulary.

`shapes/qualifiers.ttl` has those of the shipped qualifiers; a publication's own are added to the
same two shapes when its dataset is validated.
"""

from __future__ import annotations

from collections.abc import Iterable

from lod.namespaces import PREFIXES
from lod.vocabulary.terms import Property, ValueKind

#: The shape that checks the values of qualifiers, and the closed one that knows their names.
QUALIFIER_VALUES = "https://w3id.org/lod-facts/shapes#QualifierValues"
KNOWN_PROPERTIES = "https://w3id.org/lod-facts/shapes#WithKnownQualifiers"

_RDF, _RDFS, _SCHEMA, _SH = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "schema", "sh"))
# From a value over its classes to the properties that admit these.
_ADMITTED_BY = (
    f"( <{_RDF}type> [ <{_SH}zeroOrOnePath> <{_RDFS}subClassOf> ] "
    f"[ <{_SH}inversePath> <{_SCHEMA}rangeIncludes> ] )"
)


def qualifier_shapes(properties: Iterable[Property]) -> str:
    """The shapes of some qualifiers.

    Args:
        properties: properties of a vocabulary; those that are no qualifiers are passed over.

    Returns:
        Turtle text without prefixes, to be read together with the shapes of the project; "" where
        there is no qualifier.
    """
    return "".join([_shapes(one) for one in properties if one.is_qualifier])


def _shapes(qualifier: Property) -> str:
    iri = f"<{qualifier.iri}>"
    known = f"<{KNOWN_PROPERTIES}> <{_SH}property> [ <{_SH}path> {iri} ] .\n"
    if not qualifier.range:
        return known
    fits = f"[ <{_SH}property> [ <{_SH}path> {_ADMITTED_BY} ; <{_SH}hasValue> {iri} ] ]"
    if ValueKind.TEXT in qualifier.kinds:
        fits = f"[ <{_SH}nodeKind> <{_SH}Literal> ] {fits}"
    message = f'"The value of the qualifier {qualifier.name} does not fit its range."@en'
    return (
        f"{known}<{QUALIFIER_VALUES}> <{_SH}property> [ <{_SH}path> {iri} ; "
        f"<{_SH}or> ( {fits} ) ; <{_SH}message> {message} ] .\n"
    )
