"""The terms of a vocabulary: classes, properties and concepts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from lod.namespaces import PREFIXES

#: How strong a mapping to a term elsewhere is: the same, narrower than it, or near it.
Strength = Literal["equivalent", "sub", "close"]


class ValueKind(StrEnum):
    """What kind of value a property takes. A property may admit several."""

    ENTITY = "entity"
    QUANTITY = "quantity"
    PERIOD = "period"
    TEXT = "text"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a vocabulary.

    Attributes:
        iri: its full name.
        curie: its short name with prefix, or the IRI where no prefix is known.
        labels: language tag to label; empty for a term of a vocabulary that is not read.
        definition: in English; "" for a term of a vocabulary that is not read.
        notes: further remarks in English.
        mappings: IRIs of terms elsewhere, each with the strength of the mapping.
    """

    iri: str
    curie: str
    labels: dict[str, str]
    definition: str
    notes: tuple[str, ...] = ()
    mappings: tuple[tuple[str, Strength], ...] = ()

    @property
    def name(self) -> str:
        """The name without prefix ("memberOf")."""
        return self.curie.rpartition(":")[2]

    @property
    def wikidata(self) -> tuple[tuple[str, Strength], ...]:
        """Wikidata ids (PIDs for properties, QIDs for classes) with the strength of the mapping.

        Only the forms of an IRI that direct claims and items have are looked at.
        """
        return tuple(
            (iri[len(namespace) :], strength)
            for iri, strength in self.mappings
            for namespace in (PREFIXES["wdt"], PREFIXES["wd"])
            if iri.startswith(namespace)
        )


@dataclass(frozen=True, slots=True)
class Class(Term):
    """A class of entities.

    Attributes:
        superclasses: IRIs of the class itself, of every class above it, and of the equivalents of
            these.
        emitted: the IRIs to write as rdf:type of an entity of the class: itself, for a class that
            is not ours the nearest of ours, and the nearest class of schema.org, PROV or SKOS.
    """

    superclasses: frozenset[str] = frozenset()
    emitted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property(Term):
    """A property that claims state, a qualifier, or both.

    Attributes:
        domain: IRIs of the classes that the subject may have; empty for any.
        range: IRIs of the classes that the value may have; empty for any.
        kinds: the kinds of value that the range admits; all of them for an empty range.
        phrases: language tag to a pattern with {s} and {o}; empty for a mere qualifier.
        inverse_phrases: the same, told from the value's side; often empty.
        qualifier_phrases: language tag to a pattern with {o}; empty for what is no qualifier.
        is_qualifier: whether it may stand under `with:`.
        is_statement: whether it may stand under `property:`.
        narrows: whether it restricts the claim, so that the claim has no direct triple.
        symmetric: whether subject and value may change places.
        money: whether the only quantities that it takes are amounts of money.
    """

    domain: frozenset[str] = frozenset()
    range: frozenset[str] = frozenset()
    kinds: frozenset[ValueKind] = frozenset(ValueKind)
    phrases: dict[str, str] = field(default_factory=dict)
    inverse_phrases: dict[str, str] = field(default_factory=dict)
    qualifier_phrases: dict[str, str] = field(default_factory=dict)
    is_qualifier: bool = False
    is_statement: bool = True
    narrows: bool = False
    symmetric: bool = False
    money: bool = False


@dataclass(frozen=True, slots=True)
class Concept(Term):
    """One value of an enumeration, such as a comparator.

    Attributes:
        scheme: IRI of the enumeration.
    """

    scheme: str = ""
