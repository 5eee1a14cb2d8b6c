"""The data of vocabulary terms: Turtle and JSON-LD of each, as its vocabulary declares it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lod.dataset.dataset import Dataset
from lod.dataset.jsonld import to_jsonld
from lod.dataset.terms import literal
from lod.dataset.turtle import to_turtle
from lod.namespaces import PREFIXES
from lod.resources import read
from lod.vocabulary.names import LOD, OWL, RDF, RDFS, SCHEMA, SKOS
from lod.vocabulary.source import OWN_FILES
from lod.vocabulary.terms import Class, Concept, Property

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.vocabulary.terms import Term


def term_data(term: Term, prefixes: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What is declared of a term.

    Args:
        term: of ours, or of a publication's own.
        prefixes: those of the publication.

    Returns:
        Turtle and JSON-LD.
    """
    if f"<{term.iri}>" in _shipped():
        return _shipped_data(term.iri)
    return _data(term.iri, _declared(term), {**PREFIXES, **prefixes})


@cache
def _shipped_data(iri: str) -> tuple[bytes, bytes]:
    return _data(iri, _shipped()[f"<{iri}>"], PREFIXES)


def _data(iri: str, lines: str, prefixes: Mapping[str, str]) -> tuple[bytes, bytes]:
    base = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    dataset = Dataset(base, lines, {}, prefixes)
    return to_turtle(dataset).encode("utf-8"), to_jsonld(dataset, root=iri).encode("utf-8")


@cache
def _shipped() -> dict[str, str]:
    """The N-Triples lines of our terms, by subject token."""
    from pyoxigraph import RdfFormat, parse

    found: dict[str, list[str]] = {}
    for file in OWN_FILES:
        for triple in parse(read("vocab", file), format=RdfFormat.TURTLE):
            found.setdefault(str(triple.subject), []).append(f"{triple} .\n")
    return {subject: "".join(lines) for subject, lines in found.items()}


def _declared(term: Term) -> str:
    """The lines of a term that is read, not shipped: what was understood of it."""
    node = f"<{term.iri}>"
    types = [RDF.Property]
    if isinstance(term, Class):
        types = [OWL.Class]
    elif isinstance(term, Concept):
        types = [SKOS.Concept]
    elif isinstance(term, Property) and term.is_qualifier:
        types.append(LOD.Qualifier)
    out = [f"{node} <{RDF.type}> <{type_}> .\n" for type_ in types]
    out += [f"{node} <{RDFS.label}> {literal(t, tag)} .\n" for tag, t in term.labels.items()]
    if term.definition:
        out.append(f"{node} <{SKOS.definition}> {literal(term.definition, 'en')} .\n")
    if isinstance(term, Property):
        for predicate, phrases in (
            (LOD.phrase, term.phrases),
            (LOD.inversePhrase, term.inverse_phrases),
            (LOD.qualifierPhrase, term.qualifier_phrases),
        ):
            out += [f"{node} <{predicate}> {literal(t, tag)} .\n" for tag, t in phrases.items()]
        out += [f"{node} <{SCHEMA.domainIncludes}> <{iri}> .\n" for iri in sorted(term.domain)]
        out += [f"{node} <{SCHEMA.rangeIncludes}> <{iri}> .\n" for iri in sorted(term.range)]
    same = OWL.equivalentClass if isinstance(term, Class) else OWL.equivalentProperty
    above = RDFS.subClassOf if isinstance(term, Class) else RDFS.subPropertyOf
    strengths = {"equivalent": same, "sub": above, "close": SKOS.closeMatch}
    out += [f"{node} <{strengths[strength]}> <{iri}> .\n" for iri, strength in term.mappings]
    return "".join(dict.fromkeys(out))
