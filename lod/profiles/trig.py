"""TriG, Turtle with what each speaker reports."""

from lod.profiles import rdf
from lod.rdf.formats import TRIG

PROFILE = rdf(TRIG, "RDF_TRIG", by_default=True, by_site=True)
