"""Turtle, the most readable: the default graph."""

from lod.profiles import rdf
from lod.rdf.formats import TURTLE

PROFILE = rdf(TURTLE, "RDF_TURTLE", by_default=True, by_site=True)
