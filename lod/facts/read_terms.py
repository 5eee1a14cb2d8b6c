"""Reads `terms:`: the terms of the publication's own that stand in the facts file itself.

They become statements as those of a vocabulary file, under IRIs below the publication's base, and
are used from there on like those of a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lod.diagnostics import Path
from lod.facts.reader import Reader, quoted, suggest
from lod.facts.schema import TERM, TERM_KEYS, TERM_LINK, TERM_NEEDS, TERM_PREFIX
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, expand
from lod.patterns import lazy
from lod.rdf.iri import MAX_SLUG
from lod.rdf.terms import RDF_TYPE, RDFS_LABEL, literal
from lod.sources.source import Node
from lod.vocabulary.terms import (
    DOMAIN,
    EQUIVALENT_CLASS,
    NARROWS,
    QUALIFIER,
    RANGE,
    SINGLE_VALUED,
    SUBCLASS,
    TIMELESS,
    gaps_problem,
)

if TYPE_CHECKING:
    from lod.vocabulary.terms import Term
    from lod.vocabulary.vocabulary import Vocabulary

#: What is not named by a class in a range: the kinds of value that are no things.
RANGE_WORDS: Mapping[str, str] = {
    "Quantity": LOD_NS + "Quantity",
    "MonetaryAmount": PREFIXES["schema"] + "MonetaryAmount",
    "Period": LOD_NS + "Period",
    "Text": PREFIXES["schema"] + "Text",
    "Claim": LOD_NS + "Claim",
}
_CLAIM = {"Claim": RANGE_WORDS["Claim"]}
# A name stands in IRIs, CURIEs and file names.
_NAME = lazy(r"[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*")
_KINDS = {
    "class": PREFIXES["owl"] + "Class",
    "property": PREFIXES["rdf"] + "Property",
    "qualifier": QUALIFIER,
}
_BOOLEAN = PREFIXES["xsd"] + "boolean"
#: Keys that say yes or no of a property, to what they state.
_TRUTHS = (("narrows", NARROWS), ("timeless", TIMELESS), ("singleValued", SINGLE_VALUED))
_RDFS, _OWL, _SKOS = PREFIXES["rdfs"], PREFIXES["owl"], PREFIXES["skos"]
#: Key of a link to what it states of a class and of a property.
_LINKS = {
    "same": (EQUIVALENT_CLASS, _OWL + "equivalentProperty"),
    "sub": (SUBCLASS, _RDFS + "subPropertyOf"),
    "close": (_SKOS + "closeMatch", _SKOS + "closeMatch"),
}
#: Kind of term and key to the property of the phrases in it.
_PHRASES = {
    ("property", "phrase"): LOD_NS + "phrase",
    ("property", "inverse"): LOD_NS + "inversePhrase",
    ("qualifier", "phrase"): LOD_NS + "qualifierPhrase",
}
_EXAMPLES = {
    ("property", "phrase"): '"{s} is moored at {o}"',
    ("property", "inverse"): '"{o} is the harbour of {s}"',
    ("qualifier", "phrase"): '"at berth {o}"',
}


def read_terms(
    reader: Reader,
    node: Node,
    known: Vocabulary,
    base: str,
    prefixes: Mapping[str, str],
    language: str,
) -> str:
    """Read `terms:`.

    Args:
        reader: the reader of the file.
        node: the value.
        known: the other terms that the publication may use.
        base: IRI of the publication, below which the terms have theirs.
        prefixes: prefix to namespace IRI, the publication's own included.
        language: the language of plain texts.

    Returns:
        The statements of the terms as N-Triples; what is wrong is in the findings.
    """
    if type(node) is not dict:
        reader.wrong_type(node, ("terms",), "a mapping of names to terms")
        return ""
    terms = _Terms(reader, known, base, prefixes, language)
    names: dict[str, str] = {}
    for name, value in node.items():
        at: Path = ("terms", name)
        if not _NAME.fullmatch(name) or len(name) > MAX_SLUG:
            hint = "letters a-z and A-Z, digits, and single - or _ between them; no digit first"
            reader.add_at_key("bad-id", f"{quoted(name)} is no name of a term", at, hint)
        elif (other := names.setdefault(name.casefold(), name)) != name:
            message = f'"{name}" and "{other}" differ in small and capital letters alone'
            hint = "their pages would be one file on many machines: choose another name"
            reader.add_at_key("bad-term", message, at, hint)
        elif type(value) is dict and value.get("kind") == "class":
            terms.classes[name] = terms.iri(name)
    lines = [line for name, value in node.items() for line in terms.of(name, value)]
    return "".join(lines)


class _Terms:
    def __init__(
        self,
        reader: Reader,
        known: Vocabulary,
        base: str,
        prefixes: Mapping[str, str],
        language: str,
    ) -> None:
        self.classes: dict[str, str] = {}
        self._reader = reader
        self._known = known
        self._base = base
        self._prefixes = {TERM_PREFIX: f"{base}{TERM_PREFIX}/", **prefixes}
        self._language = language

    def iri(self, name: str) -> str:
        """The IRI of a term."""
        return f"{self._base}{TERM_PREFIX}/{name}"

    def of(self, name: str, node: Node) -> Iterator[str]:
        """The statements of one term."""
        reader, path = self._reader, ("terms", name)
        data = reader.mapping(node, path, TERM, "a term")
        if data is None or "kind" not in data:
            return
        kind = reader.option(data["kind"], (*path, "kind"), _KINDS)
        if kind is None:
            return
        for key in data.keys() - TERM_KEYS[kind]:
            hint = f"a {kind} has {', '.join(one for one in TERM if one in TERM_KEYS[kind])}"
            reader.add_at_key("bad-term", f'a {kind} has no "{key}"', (*path, key), hint)
        for key in TERM_NEEDS[kind]:
            if key not in data:
                message = f'a {kind} needs the key "{key}": {TERM[key].meaning}'
                reader.add("missing-key", message, path)
        if (other := self._shadowed(name)) is not None:
            reader.add_at_key(
                "term-shadowed",
                f'"{name}" is {other.curie} already: {other.definition or "a term"}',
                path,
                f"use {other.curie} and delete this one, or choose another name",
            )
        term = self.iri(name)
        yield _line(term, RDF_TYPE, f"<{_KINDS[kind]}>")
        yield _line(term, f"<{_RDFS}isDefinedBy>", f"<{self._base}dataset>")
        yield from self._texts(data, path, term, "label", RDFS_LABEL)
        yield from self._texts(data, path, term, "definition", f"<{_SKOS}definition>")
        for (of, key), iri in _PHRASES.items():
            if of == kind:
                yield from self._texts(data, path, term, key, f"<{iri}>", kind)
        for key, iri in _TRUTHS:
            if key in data and key in TERM_KEYS[kind]:
                value = _truth(reader, data[key], (*path, key))
                if value is not None:
                    yield _line(term, f"<{iri}>", literal(value, "", _BOOLEAN))
        if kind == "class":
            above = list(self._classes(data.get("subClassOf", "Thing"), (*path, "subClassOf")))
            yield from (_line(term, f"<{SUBCLASS}>", f"<{one}>") for one in above)
        for key, iri, words in (("domain", DOMAIN, _CLAIM), ("range", RANGE, RANGE_WORDS)):
            if key in data and key in TERM_KEYS[kind]:
                classes = self._classes(data[key], (*path, key), words)
                yield from (_line(term, f"<{iri}>", f"<{one}>") for one in classes)
        if "link" in data:
            yield from self._link(term, data["link"], (*path, "link"), kind)

    def _shadowed(self, name: str) -> Term | None:
        """What else has the name."""
        known = self._known
        return known.find_class(name) or known.find_property(name) or known.find_qualifier(name)

    def _texts(
        self, data: dict[str, Node], path: Path, term: str, key: str, iri: str, kind: str = ""
    ) -> Iterator[str]:
        """The texts of a key, by language; those of phrases have their gaps."""
        if key not in data:
            return
        at = (*path, key)
        for tag, text in self._reader.localized(data[key], at, self._language).items():
            problem = gaps_problem(text, subject=kind == "property") if kind else None
            if problem is None and key == "inverse" and text.find("{s}") < text.find("{o}"):
                problem = "has {s} before {o}: it is said from the side of the value"
            if problem is not None:
                where = (*at, tag) if type(data[key]) is dict else at
                hint = f"such as {_EXAMPLES[kind, key]}"
                self._reader.add("bad-term", f"{quoted(text)} {problem}", where, hint)
            yield _line(term, iri, literal(text, tag))

    def _classes(self, node: Node, path: Path, words: Mapping[str, str] = {}) -> Iterator[str]:
        """The IRIs of the classes that a domain, range or superclass names."""
        for word, at in self._reader.texts(node, path, "a class"):
            iri = self.classes.get(word.removeprefix(f"{TERM_PREFIX}:")) or words.get(word)
            whole = expand(word, self._prefixes)
            if iri is None and whole in words.values():
                iri = whole
            elif iri is None and (found := self._known.find_class(word, self._prefixes)):
                iri = found.iri
            if iri is None:
                near = suggest(word, (*self.classes, *words))
                if near is None and (other := self._known.suggest(word, "class")):
                    near = f'did you mean "{other}"?'
                self._reader.add(
                    "unknown-type",
                    f"{quoted(word)} is no class of the vocabulary",
                    at,
                    near or "lod vocab lists the classes; one of schema.org is schema:NAME",
                )
            elif self._reader.check_iri(iri, at):
                yield iri

    def _link(self, term: str, node: Node, path: Path, kind: str) -> Iterator[str]:
        """The links to terms elsewhere: a plain one is the same."""
        data: dict[str, Node] | None = {"same": node}
        if type(node) is dict:
            data = self._reader.mapping(node, path, TERM_LINK, "a link of a term")
        for key, value in (data or {}).items():
            at = (*path, key) if type(node) is dict else path
            for word, where in self._reader.texts(value, at, "a term elsewhere"):
                iri = expand(word, self._prefixes) or word
                if iri.startswith((LOD_NS, REL_NS)) and key == "same":
                    message = f"{quoted(word)} has a name already, and need not be declared"
                    self._reader.add("bad-term", message, where, f'use "{word}" in the facts')
                elif self._reader.check_iri(iri, where):
                    yield _line(term, f"<{_LINKS[key][kind != 'class']}>", f"<{iri}>")


def _truth(reader: Reader, node: Node, path: Path) -> str | None:
    if type(node) is bool:
        return str(node).lower()
    return reader.option(node, path, ("true", "false"))


def _line(subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> {predicate} {value} .\n"
