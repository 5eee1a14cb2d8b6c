"""The few statements of the vocabulary that shapes need beside the data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from lod.namespaces import PREFIXES, REL_NS
from lod.vocabulary.build import DOMAIN, NARROWS, QUALIFIER, RANGE, SUBCLASS, THING, TYPE

if TYPE_CHECKING:
    from lod.vocabulary.terms import Class, Property
    from lod.vocabulary.vocabulary import Vocabulary

_BOOLEAN = PREFIXES["xsd"] + "boolean"
#: Classes that shapes name; a superclass that nothing names is of no use to them.
_NAMED_BY_SHAPES = frozenset(
    {THING, *(REL_NS + name for name in ("Agent", "Group", "Country", "Document"))}
)


class Context:
    """N-Triples of the terms of a vocabulary, each made once.

    Args:
        vocabulary: the vocabulary.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._made: dict[str, str] = {}

    def triples(self, iris: Iterable[str]) -> str:
        """The statements of the terms in use; each term's once."""
        made = self._made
        return "".join([made.get(iri) or self._make(iri) for iri in dict.fromkeys(iris)])

    @cached_property
    def all_triples(self) -> str:
        """The statements of all terms."""
        return self.triples([*self._vocabulary.properties, *self._vocabulary.classes])

    @cached_property
    def _useful(self) -> frozenset[str]:
        """The classes that a domain, a range or a shape names."""
        named = set(_NAMED_BY_SHAPES)
        for one in self._vocabulary.properties.values():
            named |= one.domain | one.range
        return frozenset(named)

    def _make(self, iri: str) -> str:
        text = ""
        if (a_property := self._vocabulary.properties.get(iri)) is not None:
            text = _property_triples(a_property)
        elif (a_class := self._vocabulary.classes.get(iri)) is not None:
            text = self._class_triples(a_class)
        else:
            return text  # not kept: what data names is without end
        self._made[iri] = text
        return text

    def _class_triples(self, a_class: Class) -> str:
        above = sorted((a_class.superclasses & self._useful) - {a_class.iri})
        return "".join([f"<{a_class.iri}> <{SUBCLASS}> <{one}> .\n" for one in above])


def _property_triples(a_property: Property) -> str:
    iri = a_property.iri
    lines = [f"<{iri}> <{DOMAIN}> <{one}> .\n" for one in sorted(a_property.domain)]
    lines += [f"<{iri}> <{RANGE}> <{one}> .\n" for one in sorted(a_property.range)]
    if a_property.is_qualifier:
        narrows = "true" if a_property.narrows else "false"
        lines.append(f"<{iri}> <{TYPE}> <{QUALIFIER}> .\n")
        lines.append(f'<{iri}> <{NARROWS}> "{narrows}"^^<{_BOOLEAN}> .\n')
    return "".join(lines)
