"""The JSON-LD context: which short name stands for which IRI, and how its values are written.

`vocab/context.jsonld` is the source. A term that is coerced to `@id` has plain IRIs as values, one
that is coerced to `@vocab` has words, one that is not coerced has objects. A term with `@set` is
always an array, one with `@index` an object by kind. Where a property takes values of several
types, it has a term for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from msgspec import Struct

from lod.resources import read

#: Where the shipped context is published.
CONTEXT_IRI = "https://w3id.org/lod-facts/context.jsonld"

#: Kinds of terms, beside `@id`, `@vocab` and datatypes.
NODE = "node"
LANGUAGE = "@language"

_VERSION = "@version"
_SCOPE = "@context"


class Term(Struct, frozen=True):
    """How the values of one property are written.

    Attributes:
        name: the key.
        iri: what it stands for.
        kind: "node" for what is not coerced, "@id", "@vocab", "@language" for a language map, or
            the IRI of a datatype.
        many: whether it is always an array (for a language map: in each language).
        indexed: whether its values stand in an object, each under its kind.
        known: whether the context defines it; else the name is a CURIE or an IRI.
    """

    name: str
    iri: str
    kind: str = NODE
    many: bool = True
    indexed: bool = False
    known: bool = False


class Context:
    """A JSON-LD context, read once.

    Args:
        definitions: what stands under "@context": prefixes, terms, aliases of keywords.

    Attributes:
        definitions: the same.
        prefixes: namespace IRI to prefix.
        terms: IRI to its term; the first of several terms of one IRI.
        several: the terms of a property that has several, by its IRI in angle brackets.
        keywords: keyword to the name that stands for it.
        words: IRI to the word that stands for it as a value or a type.
    """

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = definitions
        self.prefixes: dict[str, str] = {}
        self.terms: dict[str, Term] = {}
        self.several: dict[str, list[Term]] = {}
        self.keywords: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._texts = {
            name: f"{json.dumps(name)}: {json.dumps(what)}" for name, what in definitions.items()
        }
        self._scopes = {
            name for name, what in definitions.items() if isinstance(what, dict) and _SCOPE in what
        }
        for name, definition in definitions.items():
            if isinstance(definition, str) and definition.endswith(("#", "/")):
                self.prefixes.setdefault(definition, name)
        for name, definition in definitions.items():
            if name != _VERSION and name not in self.prefixes.values():
                self._read(name, {"@id": definition} if isinstance(definition, str) else definition)

    def _read(self, name: str, definition: Mapping[str, Any]) -> None:
        target = definition.get("@id", definition.get("@reverse", ""))
        coercion = definition.get("@type", NODE)
        needs = [short.partition(":")[0] for short in (target, coercion) if ":" in short]
        self._needs[name] = tuple(dict.fromkeys(needs))
        if "@reverse" in definition:
            return
        if target.startswith("@"):
            self.keywords[target] = name
            return
        iri = self.expand(target)
        containers = definition.get("@container", ())
        if isinstance(containers, str):
            containers = (containers,)
        if "@language" in containers:
            kind = LANGUAGE
        elif ":" in coercion:
            kind = self.expand(coercion)
        else:
            kind = coercion
        term = Term(name, iri, kind, "@set" in containers, "@index" in containers, known=True)
        first = self.terms.setdefault(iri, term)
        if first is not term:
            self.several.setdefault(f"<{iri}>", [first]).append(term)
        self.words.setdefault(iri, name)

    def all_terms(self) -> list[Term]:
        """Every term, of a property that has several each of these."""
        found = [self.several.get(f"<{iri}>", [term]) for iri, term in self.terms.items()]
        return [term for terms in found for term in terms]

    def expand(self, short: str) -> str:
        """The IRI of a CURIE of this context; another string as it is."""
        prefix, _, local = short.partition(":")
        namespace = self.definitions.get(prefix)
        return namespace + local if isinstance(namespace, str) else short

    def members(self, names: Iterable[str], values: AbstractSet[str] = frozenset()) -> list[str]:
        """The definitions of some names and of the prefixes that they need, each as JSON text.

        Args:
            names: what is used.
            values: those that stand as values; the context for values of a term is of these alone.
        """
        used = {_VERSION, "id", "type"}
        for name in names:
            used.add(name)
            used.update(self._needs.get(name, ()))
        found = {name: text for name, text in self._texts.items() if name in used}
        for name in self._scopes & used:
            found[name] = self._scoped(name, values)
        return list(found.values())

    def _scoped(self, name: str, values: AbstractSet[str]) -> str:
        definition = dict(self.definitions[name])
        inner = {one: what for one, what in definition.pop(_SCOPE).items() if one in values}
        if inner:
            definition[_SCOPE] = inner
        return f"{json.dumps(name)}: {json.dumps(definition)}"


#: A context without any name: everything is written in full.
EMPTY = Context({})


@cache
def shipped_context() -> Context:
    """The context that ships with lod."""
    return Context(json.loads(read("vocab", "context.jsonld"))["@context"])
