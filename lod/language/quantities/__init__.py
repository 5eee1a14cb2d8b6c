"""Quantities, shares and changes the way news writes them.

This is what other modules use; `lod.language.data` has the words of each language.
"""

from __future__ import annotations

from lod.language.data import is_supported
from lod.language.quantities.changes import (
    compare_changes,
    find_changes,
    match_change,
    parse_change,
)
from lod.language.quantities.comparing import compare_quantities, match_quantity
from lod.language.quantities.digits import match_digits
from lod.language.quantities.finding import find_proportions, find_quantities
from lod.language.quantities.formatting import format_change, format_quantity
from lod.language.quantities.matches import (
    ChangeMatch,
    ChangeResult,
    MatchResult,
    Mismatch,
    QuantityError,
    QuantityMatch,
)
from lod.language.quantities.parsing import parse_quantity, parse_share
from lod.language.quantities.roles import NOT_A_VALUE, NOT_COMPARED, Role

__all__ = [
    "NOT_A_VALUE",
    "NOT_COMPARED",
    "ChangeMatch",
    "ChangeResult",
    "MatchResult",
    "Mismatch",
    "QuantityError",
    "QuantityMatch",
    "Role",
    "compare_changes",
    "compare_quantities",
    "find_changes",
    "find_proportions",
    "find_quantities",
    "format_change",
    "format_quantity",
    "is_supported",
    "match_change",
    "match_digits",
    "match_quantity",
    "parse_change",
    "parse_quantity",
    "parse_share",
]
