"""Wikidata, or any Wikibase: read it, link to it, pin what was linked, compare, give back.

Nothing here is needed to build: the network is read by the commands whose job it is.
"""

from __future__ import annotations
