"""N-Quads, a line each quad."""

from lod.profiles import rdf
from lod.rdf.formats import N_QUADS

# TriG says the same in a quarter of the room.
PROFILE = rdf(N_QUADS, "RDF_N_QUADS", by_default=True)
