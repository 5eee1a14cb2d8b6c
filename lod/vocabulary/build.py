"""From the statements of vocabulary files to classes, properties and concepts."""

from __future__ import annotations

from collections.abc import Iterable

from lod.errors import VocabularyError
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, shrink
from lod.vocabulary.source import Statements, Terms
from lod.vocabulary.terms import Class, Concept, Property, Strength, Term, ValueKind

_RDF, _RDFS, _OWL = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"]
_SKOS, _SCHEMA = PREFIXES["skos"], PREFIXES["schema"]

TYPE = _RDF + "type"
SUBCLASS = _RDFS + "subClassOf"
EQUIVALENT_CLASS = _OWL + "equivalentClass"
QUALIFIER = LOD_NS + "Qualifier"
NARROWS = LOD_NS + "narrows"
DOMAIN = _SCHEMA + "domainIncludes"
RANGE = _SCHEMA + "rangeIncludes"
THING = REL_NS + "Thing"

_CLASS_TYPES = frozenset({_OWL + "Class", _RDFS + "Class"})
_SYMMETRIC = _OWL + "SymmetricProperty"
_PROPERTY_TYPES = frozenset(
    {
        _RDF + "Property",
        _OWL + "ObjectProperty",
        _OWL + "DatatypeProperty",
        _SYMMETRIC,
        QUALIFIER,
    }
)
_MONEY = _SCHEMA + "MonetaryAmount"
_CLAIM = LOD_NS + "Claim"
_KINDS = {
    LOD_NS + "Quantity": ValueKind.QUANTITY,
    _MONEY: ValueKind.QUANTITY,
    LOD_NS + "Period": ValueKind.PERIOD,
    _SCHEMA + "Text": ValueKind.TEXT,
    _CLAIM: ValueKind.CLAIM,
}
_STRENGTHS: tuple[tuple[str, Strength], ...] = (
    (EQUIVALENT_CLASS, "equivalent"),
    (_OWL + "equivalentProperty", "equivalent"),
    (SUBCLASS, "sub"),
    (_RDFS + "subPropertyOf", "sub"),
    (_SKOS + "closeMatch", "close"),
)
#: Vocabularies whose classes are written beside ours, for readers who know only these.
_PUBLIC = (_SCHEMA, PREFIXES["prov"], _SKOS)


def types(statements: Statements) -> frozenset[str]:
    """The IRIs of the classes of a term."""
    return frozenset(value for value, _ in statements.get(TYPE, ()))


def is_class(statements: Statements) -> bool:
    """Whether the term is a class."""
    return not types(statements).isdisjoint(_CLASS_TYPES)


def is_property(statements: Statements) -> bool:
    """Whether the term is a property or a qualifier."""
    return not types(statements).isdisjoint(_PROPERTY_TYPES)


def _texts(statements: Statements, iri: str) -> dict[str, str]:
    """The texts of a property by language; the first one of a language counts."""
    return {language: text for text, language in reversed(statements.get(iri, ()))}


def _english(statements: Statements, iri: str) -> tuple[str, ...]:
    values = statements.get(iri, ())
    return tuple(text for text, language in values if language in {"en", ""})


def make_term(iri: str, statements: Statements, prefixes: dict[str, str]) -> Term:
    """What every term has: names, definition, remarks, mappings."""
    definitions = _english(statements, _SKOS + "definition")
    mappings = [
        (target, strength)
        for predicate, strength in _STRENGTHS
        for target, _ in statements.get(predicate, ())
        if not target.startswith((LOD_NS, REL_NS))
    ]
    return Term(
        iri,
        shrink(iri, prefixes),
        dict(reversed(_texts(statements, _RDFS + "label").items())),
        definitions[0] if definitions else "",
        _english(statements, _RDFS + "comment"),
        tuple(mappings),
    )


def make_property(term: Term, statements: Statements, file: str) -> Property:
    """A property from what its file says.

    Raises:
        VocabularyError: a qualifier does not say whether it narrows.
    """
    domain = frozenset(value for value, _ in statements.get(DOMAIN, ()))
    range_ = frozenset(value for value, _ in statements.get(RANGE, ()))
    is_qualifier = QUALIFIER in types(statements)
    narrows = [value for value, _ in statements.get(NARROWS, ())]
    if is_qualifier and narrows not in (["true"], ["false"]):
        raise VocabularyError(
            f"{file}: the qualifier {term.curie} does not say whether it narrows the claim",
            hint="add lod:narrows true or lod:narrows false",
        )
    phrases = _texts(statements, LOD_NS + "phrase")
    return Property(
        term.iri,
        term.curie,
        term.labels,
        term.definition,
        term.notes,
        term.mappings,
        domain=domain,
        range=range_,
        kinds=frozenset(_KINDS.get(one, ValueKind.ENTITY) for one in range_)
        or frozenset(ValueKind),
        phrases=phrases,
        inverse_phrases=_texts(statements, LOD_NS + "inversePhrase"),
        qualifier_phrases=_texts(statements, LOD_NS + "qualifierPhrase"),
        is_qualifier=is_qualifier,
        # A qualifier is a statement's property too only where it has the phrase of one.
        is_statement=not is_qualifier or bool(phrases),
        narrows=narrows == ["true"],
        symmetric=_SYMMETRIC in types(statements),
        money=_MONEY in range_ and LOD_NS + "Quantity" not in range_,
    )


def make_concept(term: Term, statements: Statements) -> Concept:
    """A concept of an enumeration."""
    schemes = statements.get(_SKOS + "inScheme", [("", "")])
    return Concept(
        term.iri,
        term.curie,
        term.labels,
        term.definition,
        term.notes,
        term.mappings,
        scheme=schemes[0][0],
    )


class Hierarchy:
    """The classes of a vocabulary above and beside one another.

    Args:
        terms: the terms, classes among them.
    """

    def __init__(self, terms: Terms) -> None:
        self._above: dict[str, list[str]] = {}
        self._same: dict[str, list[str]] = {}
        #: Class of another vocabulary to the class of ours that is the same.
        self.ours: dict[str, str] = {}
        for iri, statements in terms.items():
            if not is_class(statements):
                continue
            self._above[iri] = [value for value, _ in statements.get(SUBCLASS, ())]
            self._same[iri] = [value for value, _ in statements.get(EQUIVALENT_CLASS, ())]
            for same in self._same[iri]:
                self.ours.setdefault(same, iri)

    def closure(self, iri: str) -> list[str]:
        """The class, all above it and their equivalents, the nearest first."""
        found: dict[str, None] = {}
        level: Iterable[str] = (iri,)
        while level:
            above: list[str] = []
            for one in level:
                if one in found:
                    continue
                found[one] = None
                above += self._same.get(one, ())
                above += self._above.get(one, ())
                if one in self.ours:
                    above.append(self.ours[one])
            level = above
        return list(found)

    def emitted(self, iri: str) -> tuple[str, ...]:
        """The classes to write as the types of an entity."""
        closure = self.closure(iri)
        shown = [iri]
        if not iri.startswith(REL_NS):
            shown += [one for one in closure if one.startswith(REL_NS)][:1]
        # schema:Thing says nothing; it is written only where nothing else can be said.
        public = [one for one in closure if one.startswith(_PUBLIC) and one != iri]
        public = [one for one in public if one != _SCHEMA + "Thing"] or public
        if public and (public[0] != _SCHEMA + "Thing" or iri == THING):
            shown.append(public[0])
        return tuple(dict.fromkeys(shown))

    def make_class(self, term: Term) -> Class:
        """A class with all that is above it."""
        closure = self.closure(term.iri)
        return Class(
            term.iri,
            term.curie,
            term.labels,
            term.definition,
            term.notes,
            term.mappings,
            superclasses=frozenset(closure),
            emitted=self.emitted(term.iri),
        )
