"""The terms of a vocabulary: classes, properties and concepts, made from what its files say."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field

from lod.errors import VocabularyError
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, local_name, shrink
from lod.patterns import lazy
from lod.vocabulary.source import Statements, Terms

#: How strong a mapping to a term elsewhere is: the same, narrower than it, or near it.
Strength = Literal["equivalent", "sub", "close"]


class ValueKind(StrEnum):
    """What kind of value a property takes. A property may admit several."""

    ENTITY = "entity"
    QUANTITY = "quantity"
    PERIOD = "period"
    TEXT = "text"
    CLAIM = "claim"


class Term(Struct, frozen=True):
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
        return local_name(self.iri)

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


class Class(Term, frozen=True):
    """A class of entities.

    Attributes:
        superclasses: IRIs of the class itself, of every class above it, and of the equivalents of
            these.
        emitted: the IRIs to write as rdf:type of an entity of the class: itself, for a class that
            is not ours the nearest of ours, and the nearest class of schema.org, PROV or SKOS.
    """

    superclasses: frozenset[str] = frozenset()
    emitted: tuple[str, ...] = ()


class Property(Term, frozen=True):
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
        timeless: whether its statements stay true once they are.
        single_valued: whether it has one value at a time; None where that is not said.
        conveys: IRIs of the modalities and polarities that it says by itself.
        key: the word that names the qualifier in facts, where it is not its own name; "" elsewhere.
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
    timeless: bool = False
    single_valued: bool | None = None
    conveys: frozenset[str] = frozenset()
    key: str = ""
    symmetric: bool = False
    money: bool = False


class Concept(Term, frozen=True):
    """One value of an enumeration, such as a comparator.

    Attributes:
        scheme: IRI of the enumeration.
    """

    scheme: str = ""


_RDF, _RDFS, _OWL = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["owl"]
_SKOS, _SCHEMA = PREFIXES["skos"], PREFIXES["schema"]

TYPE = _RDF + "type"
SUBCLASS = _RDFS + "subClassOf"
EQUIVALENT_CLASS = _OWL + "equivalentClass"
QUALIFIER = LOD_NS + "Qualifier"
NARROWS = LOD_NS + "narrows"
TIMELESS = LOD_NS + "timeless"
SINGLE_VALUED = LOD_NS + "singleValued"
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
#: What schema.org calls the kinds of values that are no things, to what they are here.
_RANGES = {
    **dict.fromkeys(
        [_SCHEMA + name for name in ("QuantitativeValue", "Number", "Integer", "Float")],
        LOD_NS + "Quantity",
    ),
    **dict.fromkeys([_SCHEMA + name for name in ("Date", "DateTime")], LOD_NS + "Period"),
    _SCHEMA + "Thing": THING,
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


_GAPS = lazy(r"\{([^{}]*)\}")


def gaps_problem(phrase: str, *, subject: bool) -> str | None:
    """What is wrong with the gaps of a phrase, as the end of a sentence; None where nothing is.

    Args:
        phrase: the pattern.
        subject: whether it needs a gap for the subject too, as those of properties do.

    >>> gaps_problem("{s} lies at {o}", subject=True) is None
    True
    >>> gaps_problem("at berth {x}", subject=False)
    'has a gap {x}, and a phrase has {o} alone'
    """
    wanted = ("s", "o") if subject else ("o",)
    gaps = _GAPS.findall(phrase)
    for gap in gaps:
        if gap not in wanted:
            only = "{s} and {o} alone" if subject else "{o} alone"
            return f"has a gap {{{gap}}}, and a phrase has {only}"
    missing = [f"{{{one}}}" for one in wanted if one not in gaps]
    return f"has no {' and no '.join(missing)}" if missing else None


def _check_gaps(term: Term, phrases: dict[str, str], file: str, *, subject: bool) -> None:
    for phrase in phrases.values():
        if (problem := gaps_problem(phrase, subject=subject)) is not None:
            raise VocabularyError(
                f'{file}: the phrase "{phrase}" of {term.curie} {problem}',
                hint="{s} stands for the subject, {o} for the value",
            )


def make_property(
    term: Term, statements: Statements, file: str, *, is_own: bool = False
) -> Property:
    """A property from what its file says.

    Args:
        term: what every term has.
        statements: what its file says.
        file: how to call the file.
        is_own: whether a publication declares it, so that no test has looked at its phrases.

    Raises:
        VocabularyError: a qualifier does not say whether it narrows, or a phrase of its own has
            other gaps than sentences fill.
    """
    domain = frozenset(value for value, _ in statements.get(DOMAIN, ()))
    range_ = frozenset(_RANGES.get(value, value) for value, _ in statements.get(RANGE, ()))
    is_qualifier = QUALIFIER in types(statements)
    narrows = [value for value, _ in statements.get(NARROWS, ())]
    if is_qualifier and narrows not in (["true"], ["false"]):
        raise VocabularyError(
            f"{file}: the qualifier {term.curie} does not say whether it narrows the claim",
            hint="add lod:narrows true or lod:narrows false",
        )
    phrases = _texts(statements, LOD_NS + "phrase")
    inverse = _texts(statements, LOD_NS + "inversePhrase")
    of_qualifier = _texts(statements, LOD_NS + "qualifierPhrase")
    if is_own:
        _check_gaps(term, phrases, file, subject=True)
        _check_gaps(term, inverse, file, subject=True)
        _check_gaps(term, of_qualifier, file, subject=False)
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
        inverse_phrases=inverse,
        qualifier_phrases=of_qualifier,
        is_qualifier=is_qualifier,
        # A qualifier is a statement's property too only where it has the phrase of one.
        is_statement=not is_qualifier or bool(phrases),
        narrows=narrows == ["true"],
        timeless=[value for value, _ in statements.get(TIMELESS, ())] == ["true"],
        single_valued=next((said == "true" for said, _ in statements.get(SINGLE_VALUED, ())), None),
        conveys=frozenset(value for value, _ in statements.get(LOD_NS + "conveys", ())),
        key=next((word for word, _ in statements.get(LOD_NS + "key", ())), ""),
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
        # All of ours that are above it: whoever asks for organisations finds the universities.
        shown = [iri, *(one for one in closure if one.startswith(REL_NS))]
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
