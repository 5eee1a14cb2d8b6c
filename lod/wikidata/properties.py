"""The Wikidata properties that lod itself knows by number, and what it knows of them.

What a claim's own property means on Wikidata is in the vocabulary, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

POINT_IN_TIME = "P585"
START_TIME = "P580"
END_TIME = "P582"
STATED_IN = "P248"
REFERENCE_URL = "P854"
QUOTATION = "P1683"
RETRIEVED = "P813"
SOURCING_CIRCUMSTANCES = "P1480"
SUPPORTED_BY = "P3680"
CIRCA = "Q5727902"

#: Properties that say the same from the other side: what P1344 says of a person, P710 says of
#: the event.
INVERSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "P1344": ("P710",),
        "P710": ("P1344",),
        "P361": ("P527",),
        "P527": ("P361",),
        "P749": ("P355",),
        "P127": ("P1830",),
        "P40": ("P22", "P25"),
    }
)

#: Properties of which a subject has one value at a time, so that another value contradicts. Of
#: the others another value says nothing: who is a member of one organisation may be of two.
SINGLE_VALUED = frozenset(
    {"P6", "P19", "P20", "P35", "P36", "P159", "P569", "P570", "P571", "P577", "P1476"}
)

#: What may stand in a reference without naming a source: where Wikidata copied it from (P143,
#: P4656), what it was concluded from (P887, P3452), and when (P813).
NO_SOURCE = frozenset({"P143", "P813", "P887", "P3452", "P4656"})
