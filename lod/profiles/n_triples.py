"""N-Triples, a line each triple of the default graph."""

from lod.profiles import rdf
from lod.rdf.formats import N_TRIPLES

PROFILE = rdf(N_TRIPLES, "RDF_N_TRIPLES")
