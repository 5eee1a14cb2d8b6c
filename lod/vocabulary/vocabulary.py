"""The vocabulary of a publication: the shipped one, with the publication's own terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal

from lod.errors import VocabularyError
from lod.namespaces import LOD_NS, REL_NS, expand, local_name, shrink
from lod.patterns import lazy
from lod.vocabulary.derived import ContextTriples, qualifier_shapes
from lod.vocabulary.source import Terms, parse_terms, shipped_terms
from lod.vocabulary.terms import (
    THING,
    Class,
    Concept,
    Hierarchy,
    Property,
    Term,
    is_class,
    is_property,
    make_concept,
    make_property,
    make_term,
)

#: What a word can name.
TermKind = Literal["class", "property", "qualifier"]

_NO_PREFIXES: Mapping[str, str] = {}
_OURS = (LOD_NS, REL_NS)
# What RFC 3987 never admits in an IRI.
_BAD_IN_IRI = lazy(r"[\x00-\x20<>\"{}|^`\\\x7f]")


class Vocabulary:
    """The terms that a publication may use.

    Attributes:
        terms: every term of ours and of the publication, by IRI.
        classes: classes of entities, by IRI.
        properties: properties and qualifiers that facts may use, by IRI.
        concepts: the values of the enumerations, by IRI.
        namespaces: namespaces in which a name must be declared to be used.
        own_shapes: Turtle text of the shapes of the publication's own qualifiers, to be read
            together with the shipped shapes; "" where there are none.

    Args:
        terms: what the vocabulary files say.
        own: IRIs of the terms that are the publication's own.
        file: how to call the file of these in messages.

    Raises:
        VocabularyError: a term of the publication cannot be used.
    """

    def __init__(self, terms: Terms, own: Iterable[str] = (), file: str = "terms.ttl") -> None:
        own = frozenset(own)
        for iri in sorted(own):
            if iri.startswith(_OURS):
                raise VocabularyError(
                    f"{file}: {shrink(iri)} is not a term of the publication's own",
                    hint="give own terms a namespace of their own",
                )
        #: IRIs of the publication's own terms.
        self.own = own
        #: The Turtle text of the publication's own terms, or "".
        self.own_source = ""
        self.namespaces: tuple[str, ...] = (
            *_OURS,
            *sorted({iri[: len(iri) - len(local_name(iri))] for iri in own}),
        )
        self.terms: dict[str, Term] = {}
        self.classes: dict[str, Class] = {}
        self.properties: dict[str, Property] = {}
        self.concepts: dict[str, Concept] = {}
        self._class_words: dict[str, Class] = {}
        self._property_words: dict[str, Property] = {}
        self._keys: dict[str, Property] = {}
        self._timeless: set[str] = set()
        self._single_valued: dict[str, bool] = {}
        #: IRIs of properties elsewhere, to the one of ours that has the words for it.
        self.told_as: dict[str, str] = {}
        self._hierarchy = Hierarchy(terms)
        for iri, statements in terms.items():
            term = make_term(iri, statements, {})
            if is_class(statements):
                term = self._hierarchy.make_class(term)
                if not iri.startswith(LOD_NS):
                    self.classes[iri] = term
            elif is_property(statements):
                term = make_property(term, statements, file, is_own=iri in own)
                if not iri.startswith(LOD_NS):
                    self.properties[iri] = term
            elif iri.startswith(LOD_NS):
                term = make_concept(term, statements)
                if term.scheme:
                    self.concepts[iri] = term
            else:
                continue
            self.terms[iri] = term
        # The publication's own terms come last, so that its words win over ours.
        for iri, a_class in self.classes.items():
            self._class_words[local_name(iri)] = a_class
        for iri, a_property in self.properties.items():
            self._property_words[local_name(iri)] = a_property
            if a_property.key:
                self._keys[a_property.key] = a_property
            same = [one for one, strength in a_property.mappings if strength == "equivalent"]
            self.told_as.update(dict.fromkeys(same, iri))
            for one, strength in a_property.mappings:
                if strength == "sub":
                    self.told_as.setdefault(one, iri)
            if a_property.timeless:
                self._timeless.update((iri, *same))
            if a_property.single_valued is not None:
                self._single_valued |= dict.fromkeys((iri, *same), a_property.single_valued)
            self._check_conveyed(a_property, file)
        self.own_shapes: str = qualifier_shapes(
            [self.properties[iri] for iri in sorted(own) if iri in self.properties]
        )
        self._context = ContextTriples(self.properties, self.classes)

    def find_class(self, word: str, prefixes: Mapping[str, str] = _NO_PREFIXES) -> Class | None:
        """The class that a word of the facts names.

        Args:
            word: a local name ("Person") or a CURIE ("rel:Person", "schema:Person").
            prefixes: the publication's own prefixes.

        Returns:
            The class. A class elsewhere that is the same as one of ours gives ours; another one
            gives a class of which nothing more is known than that its members are things. None
            where the prefix is unknown, or the name is not declared in a namespace that is read.

        >>> load_vocabulary().find_class("schema:Person").curie
        'rel:Person'
        """
        found = self._class_words.get(word)
        if found is not None:
            return found
        iri = expand(word, prefixes)
        if iri is None:
            return None
        found = self.classes.get(self._hierarchy.ours.get(iri, iri))
        if found is not None or not self._is_foreign(iri):
            return found
        superclasses = self.classes[THING].superclasses | {iri}
        return Class(iri, word, {}, "", superclasses=superclasses, emitted=(iri, THING))

    def find_property(
        self, word: str, prefixes: Mapping[str, str] = _NO_PREFIXES
    ) -> Property | None:
        """The property that a word of the facts names as `property:`.

        Args:
            word: a local name ("memberOf") or a CURIE ("rel:memberOf", "wdt:P463").
            prefixes: the publication's own prefixes.

        Returns:
            The property. One of a vocabulary that is not read has neither domain nor range. None
            where the prefix is unknown, the name is not declared in a namespace that is read, or
            it is a mere qualifier.

        >>> sorted(load_vocabulary().find_property("tradeVolume").kinds)
        [<ValueKind.QUANTITY: 'quantity'>]
        >>> load_vocabulary().find_property("schema:memberOf").range
        frozenset()
        """
        found = self._property_words.get(word)
        if found is None:
            iri = expand(word, prefixes)
            if iri is None:
                return None
            found = self.properties.get(iri)
            if found is None:
                return Property(iri, word, {}, "") if self._is_foreign(iri) else None
        return found if found.is_statement else None

    def find_qualifier(
        self, word: str, prefixes: Mapping[str, str] = _NO_PREFIXES
    ) -> Property | None:
        """The qualifier that a word of the facts names under `with:`.

        Args:
            word: a local name ("field") or a CURIE ("rel:field").
            prefixes: the publication's own prefixes.

        Returns:
            The qualifier, or None where none of that name is declared: whether a qualifier
            narrows must be known.

        >>> load_vocabulary().find_qualifier("field").narrows
        True
        """
        found = self._keys.get(word) or self._property_words.get(word)
        if found is None:
            iri = expand(word, prefixes)
            found = None if iri is None else self.properties.get(iri)
        return found if found is not None and found.is_qualifier else None

    def suggest(self, word: str, kind: TermKind) -> str | None:
        """The declared name that is nearest to a word, or None where none is near.

        Args:
            word: what stands in the facts, with or without prefix.
            kind: which terms to look among.

        >>> load_vocabulary().suggest("membrOf", "property")
        'memberOf'
        >>> load_vocabulary().suggest("member of", "property")
        'memberOf'
        """
        from difflib import get_close_matches

        words: Mapping[str, Term]
        if kind == "class":
            words = self._class_words
        else:
            words = {
                name: term
                for name, term in self._property_words.items()
                if (term.is_qualifier if kind == "qualifier" else term.is_statement)
            }
            if kind == "qualifier":
                words = {**words, **self._keys}
        names = {name.casefold(): name for name in words}
        for name, term in words.items():
            for label in term.labels.values():
                names.setdefault(label.casefold(), name)
        near = get_close_matches(word.rpartition(":")[2].casefold(), names, n=1, cutoff=0.6)
        return names[near[0]] if near else None

    def superclasses(self, iri: str) -> frozenset[str]:
        """The class, all classes above it, and the equivalents of these.

        Args:
            iri: of a class, ours or not; a class that is not known is a class of things.
        """
        known = self.terms.get(self._hierarchy.ours.get(iri, iri))
        if isinstance(known, Class):
            return known.superclasses
        return self.classes[THING].superclasses | {iri}

    def emitted(self, iri: str) -> tuple[str, ...]:
        """The IRIs to write as rdf:type of an entity.

        Args:
            iri: the class of the entity, as `find_class` gave it.

        Returns:
            The class, all of ours above it, and the nearest of schema.org, PROV or SKOS.

        >>> [shrink(iri) for iri in load_vocabulary().emitted("https://schema.org/Bridge")]
        ['schema:Bridge', 'rel:Thing']
        """
        known = self.classes.get(iri)
        return (iri, THING) if known is None else known.emitted

    def fits(self, class_iri: str, allowed: frozenset[str]) -> bool:
        """Whether a thing of a class may stand where some classes are allowed.

        Args:
            class_iri: the class of the thing.
            allowed: a domain or a range; empty allows everything.

        >>> vocabulary = load_vocabulary()
        >>> university = vocabulary.find_class("University").iri
        >>> vocabulary.fits(university, vocabulary.find_property("memberOf").domain)
        True
        """
        return not allowed or not allowed.isdisjoint(self.superclasses(class_iri))

    def narrows(self, iri: str) -> bool:
        """Whether a qualifier restricts what it qualifies; one that is not known does not."""
        qualifier = self.properties.get(iri)
        return qualifier is not None and qualifier.narrows

    def is_timeless(self, iri: str) -> bool:
        """Whether what a property says, once true, stays true.

        One of another vocabulary is, where a timeless one of ours is equivalent to it; of others
        it is not known, so they are not.
        """
        return iri in self._timeless

    def is_single_valued(self, iri: str) -> bool | None:
        """Whether a property has one value at a time; None where no vocabulary says it.

        One of another vocabulary is as the one of ours that is equivalent to it.
        """
        return self._single_valued.get(iri)

    def conveyed(self, iri: str) -> frozenset[str]:
        """The modalities and polarities that a property says by itself, by their local names.

        Of a property of a vocabulary that is not read it is not known.

        >>> load_vocabulary().conveyed(expand("rel:opposes"))
        frozenset({'negative'})
        """
        known = self.properties.get(iri)
        return frozenset() if known is None else frozenset(map(local_name, known.conveys))

    def context_triples(self, iris: Iterable[str]) -> str:
        """What the shapes must know of the terms in use, to be validated with the data.

        Args:
            iris: IRIs of the properties, qualifiers and classes that a dataset uses; others
                are passed over.

        Returns:
            N-Triples: schema:domainIncludes and schema:rangeIncludes, rdfs:subClassOf (all that
            follow, not the declared ones alone), the type lod:Qualifier and lod:narrows.
        """
        return self._context.of(iris)

    def all_context_triples(self) -> str:
        """The same for every term: for data of which one does not know what it uses."""
        return self._context.of_all

    def _check_conveyed(self, a_property: Property, file: str) -> None:
        schemes = (LOD_NS + "modalities", LOD_NS + "polarities")
        for iri in sorted(a_property.conveys):
            if iri not in self.concepts or self.concepts[iri].scheme not in schemes:
                raise VocabularyError(
                    f"{file}: {a_property.curie} conveys {shrink(iri)}, which is no modality and no"
                    " polarity",
                    hint="write one of lod, such as lod:planned or lod:negative",
                )

    def _is_foreign(self, iri: str) -> bool:
        """Whether the IRI is well-formed and of a vocabulary that is not read."""
        return not iri.startswith(self.namespaces) and not _BAD_IN_IRI.search(iri)


@lru_cache(maxsize=16)
def load_vocabulary(extra: str | None = None, name: str = "terms.ttl") -> Vocabulary:
    """The shipped vocabulary, with a publication's own terms where it has some.

    Args:
        extra: Turtle text that declares the publication's own terms, annotated as ours are, under
            IRIs of a namespace of its own; a bare word in the facts is looked up among their
            local names first.
        name: how to call that text in messages.

    Raises:
        VocabularyError: the text is malformed (the message says in which line), declares a term
            in one of our namespaces, or a qualifier that does not say whether it narrows.
    """
    shipped = shipped_terms()
    if extra is None:
        return Vocabulary(shipped)
    own = parse_terms(extra.encode(), name)
    vocabulary = Vocabulary({**shipped, **own}, own, name)
    vocabulary.own_source = extra
    return vocabulary
