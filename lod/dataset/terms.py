"""RDF terms as canonical N-Triples text (N-Triples 1.1, section 4)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from lod.vocabulary.names import XSD

# Canonical N-Triples escapes these four; other control characters are written as \uXXXX.
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}

TRUE = f'"true"^^<{XSD.boolean}>'
_DATE = f'"^^<{XSD.date}>'
#: What follows the digits of an xsd:integer, for lines that are made in one piece.
INTEGER = f'"^^<{XSD.integer}>'
_DECIMAL = f'"^^<{XSD.decimal}>'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"


def literal(text: str, language: str | None = None) -> str:
    r"""A string, or a string in a language.

    >>> print(literal('say "28"', "en"))
    "say \"28\""@en
    """
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(_escape, text)
    return f'"{text}"@{language.lower()}' if language else f'"{text}"'


def date(value: str) -> str:
    """An xsd:date."""
    return f'"{value}{_DATE}'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}{INTEGER}'


@lru_cache(maxsize=4096)
def number(value: Decimal) -> str:
    """A whole number as xsd:integer, another as xsd:decimal with its digits as written.

    >>> number(Decimal("28E9"))
    '"28000000000"^^<http://www.w3.org/2001/XMLSchema#integer>'
    >>> number(Decimal("3.20"))
    '"3.20"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    if value == value.to_integral_value() and -value.as_tuple().exponent <= 0:  # type: ignore[operator]  # finite
        return f'"{int(value)}{INTEGER}'
    return f'"{value:f}{_DECIMAL}'
