"""RDF/XML, for tools that read no other: the default graph."""

from lod.profiles import rdf
from lod.rdf.formats import RDF_XML

PROFILE = rdf(RDF_XML, "RDF_XML", holds_all=False)
