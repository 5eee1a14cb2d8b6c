"""Names of terms for code: `LOD.moreThan` is an IRI, and a name that is not declared an error.

>>> SCHEMA.minValue
'https://schema.org/minValue'
>>> LOD.moreThen
Traceback (most recent call last):
    ...
AttributeError: lod:moreThen is not declared in vocab/
"""

from __future__ import annotations

from lod.namespaces import PREFIXES
from lod.vocabulary.source import reused_terms, shipped_terms


class Names:
    """The declared terms of one namespace as attributes that give their IRI.

    Declared means that the term is the subject of a statement in one of the files of `vocab/`.

    Args:
        prefix: a key of `lod.namespaces.PREFIXES`.
    """

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._namespace = PREFIXES[prefix]

    def __getattr__(self, name: str) -> str:
        iri: str = self._namespace + name
        # Dunder names are asked for by tools that inspect objects; no term is called so.
        if name.startswith("__") or (iri not in shipped_terms() and iri not in reused_terms()):
            raise AttributeError(f"{self._prefix}:{name} is not declared in vocab/")
        self.__dict__[name] = iri
        return iri


LOD = Names("lod")
REL = Names("rel")
SCHEMA = Names("schema")
PROV = Names("prov")
OA = Names("oa")
RDF = Names("rdf")
RDFS = Names("rdfs")
OWL = Names("owl")
SKOS = Names("skos")
XSD = Names("xsd")
DCTERMS = Names("dcterms")
DCAT = Names("dcat")
SH = Names("sh")
FOAF = Names("foaf")
VOID = Names("void")
