"""JSON-LD, rooted at the document: all graphs."""

from lod.profiles import rdf
from lod.rdf.formats import JSON_LD

PROFILE = rdf(JSON_LD, "JSON_LD", by_default=True, by_site=True)
