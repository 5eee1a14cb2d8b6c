"""What validation needs of a vocabulary: shapes of its qualifiers, and statements beside the data.

The shapes of the shipped qualifiers are written into `shapes/qualifiers.ttl` once
(`python -m tests.project.generated`); those of a publication's own are added to the same two shapes
when its dataset is validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from lod.namespaces import PREFIXES, REL_NS
from lod.vocabulary.terms import (
    DOMAIN,
    NARROWS,
    QUALIFIER,
    RANGE,
    SUBCLASS,
    THING,
    TYPE,
    Class,
    Property,
    ValueKind,
)

#: The shape that checks the values of qualifiers, and the closed one that knows their names.
QUALIFIER_VALUES = "https://w3id.org/lod-facts/shapes#QualifierValues"
KNOWN_PROPERTIES = "https://w3id.org/lod-facts/shapes#WithKnownQualifiers"

_RDF, _RDFS, _SCHEMA, _SH = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "schema", "sh"))
_BOOLEAN = PREFIXES["xsd"] + "boolean"
#: Classes that shapes name; a superclass that nothing names is of no use to them.
_NAMED_BY_SHAPES = frozenset(
    {THING, *(REL_NS + name for name in ("Agent", "Group", "Country", "Document"))}
)
# From a value over its classes to the properties that admit these.
_ADMITTED_BY = (
    f"( <{_RDF}type> [ <{_SH}zeroOrOnePath> <{_RDFS}subClassOf> ] "
    f"[ <{_SH}inversePath> <{_SCHEMA}rangeIncludes> ] )"
)


class ContextTriples:
    """N-Triples of what shapes must know of terms beside the data, each made once.

    Args:
        properties: properties by IRI.
        classes: classes by IRI.
    """

    def __init__(self, properties: Mapping[str, Property], classes: Mapping[str, Class]) -> None:
        self._properties = properties
        self._classes = classes
        self._made: dict[str, str] = {}

    def of(self, iris: Iterable[str]) -> str:
        """The statements of the terms in use; each term's once."""
        made = self._made
        return "".join([made.get(iri) or self._make(iri) for iri in dict.fromkeys(iris)])

    @cached_property
    def of_all(self) -> str:
        """The statements of all terms."""
        return self.of([*self._properties, *self._classes])

    @cached_property
    def _useful(self) -> frozenset[str]:
        """The classes that a domain, a range or a shape names."""
        named = set(_NAMED_BY_SHAPES)
        for one in self._properties.values():
            named |= one.domain | one.range
        return frozenset(named)

    def _make(self, iri: str) -> str:
        if (a_property := self._properties.get(iri)) is not None:
            text = _property_triples(a_property)
        elif (a_class := self._classes.get(iri)) is not None:
            above = sorted((a_class.superclasses & self._useful) - {iri})
            text = "".join([f"<{iri}> <{SUBCLASS}> <{one}> .\n" for one in above])
        else:
            return ""  # not kept: what data names is without end
        self._made[iri] = text
        return text


def _property_triples(a_property: Property) -> str:
    iri = a_property.iri
    lines = [f"<{iri}> <{DOMAIN}> <{one}> .\n" for one in sorted(a_property.domain)]
    lines += [f"<{iri}> <{RANGE}> <{one}> .\n" for one in sorted(a_property.range)]
    if a_property.is_qualifier:
        narrows = "true" if a_property.narrows else "false"
        lines.append(f"<{iri}> <{TYPE}> <{QUALIFIER}> .\n")
        lines.append(f'<{iri}> <{NARROWS}> "{narrows}"^^<{_BOOLEAN}> .\n')
    return "".join(lines)


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
