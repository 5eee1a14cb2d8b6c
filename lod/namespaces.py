"""Namespaces: the prefixes that everybody may use, and IRIs to and from their short form."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LOD_NS = "https://w3id.org/lod-facts/ns#"
REL_NS = "https://w3id.org/lod-facts/relations#"
WIKIDATA_NS = "http://www.wikidata.org/entity/"

#: Known prefixes to namespace IRIs. A publication may add its own, but not change these.
PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "lod": LOD_NS,
        "rel": REL_NS,
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "void": "http://rdfs.org/ns/void#",
        "vann": "http://purl.org/vocab/vann/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "qudt": "http://qudt.org/schema/qudt/",
        "unit": "http://qudt.org/vocab/unit/",
        "wd": WIKIDATA_NS,
        "wdt": "http://www.wikidata.org/prop/direct/",
    }
)


_BY_NAMESPACE = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def expand(curie: str, prefixes: Mapping[str, str] = PREFIXES) -> str | None:
    """The IRI that a CURIE stands for.

    Args:
        curie: prefix, colon, local name.
        prefixes: prefixes of a publication, looked up after the known ones.

    Returns:
        The IRI, or None where there is no colon, no local name or no such prefix.

    >>> expand("wd:Q232")
    'http://www.wikidata.org/entity/Q232'
    >>> expand("ex:name", {"ex": "https://example.org/terms#"})
    'https://example.org/terms#name'
    >>> expand("nowhere:name") is None
    True
    """
    prefix, colon, local = curie.partition(":")
    if not colon or not local or local.startswith("//"):
        return None
    namespace = PREFIXES.get(prefix) or prefixes.get(prefix)
    return None if namespace is None else namespace + local


def local_name(iri: str) -> str:
    """The part of an IRI after its last "#" or "/".

    >>> local_name("https://schema.org/minValue")
    'minValue'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def shrink(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """The shortest CURIE of an IRI, for people to read; the IRI itself where there is none.

    Args:
        iri: an absolute IRI.
        prefixes: prefixes of a publication, looked up after the known ones.

    >>> shrink("https://schema.org/minValue")
    'schema:minValue'
    >>> shrink("https://example.org/other")
    'https://example.org/other'
    """
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    local = iri[cut:]
    if not local:
        return iri
    prefix = _BY_NAMESPACE.get(iri[:cut])
    if prefix is not None:
        return f"{prefix}:{local}"
    best = ""
    for name, namespace in prefixes.items():
        # A namespace that ends in neither "#" nor "/" cuts the IRI elsewhere.
        if max(cut, len(best) + 1) <= len(namespace) < len(iri) and iri.startswith(namespace):
            best, local = namespace, f"{name}:{iri[len(namespace) :]}"
    return local if best else iri
