"""Quantities, shares and changes the way news writes them.

This is what other modules use; `lod.facts.quantity` does the work, and `lod.facts.languages` has
the words of each language.
"""

from __future__ import annotations

from lod.facts.languages import is_supported
from lod.facts.quantity.changes import (
    compare_changes,
    find_changes,
    match_change,
    parse_change,
)
from lod.facts.quantity.comparing import compare_quantities, match_quantity
from lod.facts.quantity.finding import find_proportions, find_quantities
from lod.facts.quantity.formatting import format_change, format_quantity
from lod.facts.quantity.matches import (
    ChangeMatch,
    ChangeResult,
    MatchResult,
    Mismatch,
    QuantityError,
    QuantityMatch,
)
from lod.facts.quantity.parsing import parse_quantity, parse_share

__all__ = [
    "ChangeMatch",
    "ChangeResult",
    "MatchResult",
    "Mismatch",
    "QuantityError",
    "QuantityMatch",
    "compare_changes",
    "compare_quantities",
    "find_changes",
    "find_proportions",
    "find_quantities",
    "format_change",
    "format_quantity",
    "is_supported",
    "match_change",
    "match_quantity",
    "parse_change",
    "parse_quantity",
    "parse_share",
]
