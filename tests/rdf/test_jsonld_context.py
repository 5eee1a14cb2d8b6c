"""`vocab/context.jsonld` against the vocabulary files: no term missing, none misspelt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pyoxigraph
import pytest

from lod.namespaces import LOD_NS, PREFIXES, REL_NS, expand, shrink
from lod.rdf.jsonld_context import LANGUAGE, NODE, Term, shipped_context
from lod.resources import files, read

SCHEMA, SKOS, XSD, RDF = (PREFIXES[p] for p in ("schema", "skos", "xsd", "rdf"))
TYPE, RANGE = f"{RDF}type", f"{SCHEMA}rangeIncludes"


@cache
def vocabulary() -> dict[str, dict[str, set[str]]]:
    """Subject to predicate to objects, of all vocabulary files."""
    found: dict[str, dict[str, set[str]]] = {}
    for path in files("vocab", ".ttl"):
        for quad in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                about = found.setdefault(quad.subject.value, {})
                about.setdefault(quad.predicate.value, set()).add(getattr(quad.object, "value", ""))
    return found


def ours() -> Iterator[str]:
    """Every term of our two vocabularies."""
    return (iri for iri in vocabulary() if iri.startswith((LOD_NS, REL_NS)))


def definitions() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read("vocab", "context.jsonld"))["@context"]
    return found


def targets() -> dict[str, str]:
    """Name of every term to what it stands for, keywords and prefixes left out."""
    found = {}
    for name, definition in definitions().items():
        whole = {"@id": definition} if isinstance(definition, str) else definition
        if isinstance(whole, dict):
            target = whole.get("@id") or whole.get("@reverse") or ""
            if ":" in target and not target.endswith(("#", "/")):
                found[name] = expand(target) or target
    return found


def test_the_file_has_one_definition_a_line_and_no_name_twice() -> None:
    text = read("vocab", "context.jsonld").decode()
    names = [line.split('"')[1] for line in text.splitlines() if line.startswith('    "')]
    assert names == list(definitions())


#: Keys that had another meaning in 0.1, which they keep: "number" is schema:value, and "quote" is
#: the selector of an anchor.
NAMED_OTHERWISE = {f"{LOD_NS}number": "numberSaid", f"{LOD_NS}quote": "quoted"}


def test_every_term_of_ours_is_in_the_context_under_its_own_name() -> None:
    words = shipped_context().words
    names = {iri: NAMED_OTHERWISE.get(iri, iri.partition("#")[2]) for iri in ours()}
    missing = [iri for iri, name in names.items() if words.get(iri) != name]
    assert missing == []


@pytest.mark.parametrize("name", targets())
def test_every_term_of_the_context_is_declared(name: str) -> None:
    iri = targets()[name]
    assert iri in vocabulary(), shrink(iri)


def test_prefixes_are_those_that_everybody_knows() -> None:
    prefixes = {prefix: ns for ns, prefix in shipped_context().prefixes.items()}
    assert prefixes.items() <= PREFIXES.items()


#: Terms that lead back to claims: plain IRIs, since the claims stand under "claims".
REFERENCES = {f"{LOD_NS}statement", f"{LOD_NS}amountOf"}


def ranged() -> list[tuple[str, frozenset[str]]]:
    return [
        (iri, frozenset(vocabulary()[iri][RANGE])) for iri in ours() if RANGE in vocabulary()[iri]
    ]


@pytest.mark.parametrize(
    ("iri", "range_"), ranged(), ids=lambda v: shrink(v) if isinstance(v, str) else ""
)
def test_coercion_fits_the_range(iri: str, range_: frozenset[str]) -> None:
    term: Term = shipped_context().terms[iri]
    scheme = any(f"{SKOS}ConceptScheme" in vocabulary().get(r, {}).get(TYPE, ()) for r in range_)
    if range_ == {f"{XSD}date"}:
        assert term.kind == f"{XSD}date"
    elif scheme or range_ <= {f"{SKOS}Concept", f"{RDF}Property"}:
        assert term.kind == "@vocab"
    elif range_ == {f"{SCHEMA}Text"}:
        assert term.kind == LANGUAGE
    elif iri in REFERENCES:
        assert term.kind == "@id"
    elif iri != f"{LOD_NS}unit":
        assert term.kind == NODE


def test_properties_of_relations_are_arrays_always() -> None:
    terms = shipped_context().terms
    relations = [iri for iri, _ in ranged() if iri.startswith(REL_NS)]
    assert len(relations) > 30
    assert [iri for iri in relations if not terms[iri].many] == []
