"""IRIs and slugs: what may be written into a dataset or used as a file name."""

from __future__ import annotations

import re
from functools import lru_cache

#: Schemes that an IRI of a publication may have.
SCHEMES = ("http", "https", "urn")

#: What an id or slug looks like: it stands in IRIs and file names, also where case is ignored.
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_SLUG = 100

# RFC 3987, section 2.2: what can stand nowhere in an IRI, and the shape of the rest.
_FORBIDDEN = re.compile(
    r'[\x00-\x20<>"{}|\\^`\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\ufeff]'
)
_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
_HTTP = re.compile(
    r"//(?:[^/?#@\s]*@)?"
    r"(?:\[[0-9A-Fa-f:.]+\]|(?=[^.:/?#])[^:/?#@\[\]\s]+)(?::[0-9]{1,5})?"
    r"(?:[/?#].*)?"
)
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@lru_cache(maxsize=4096)
def iri_problem(iri: str) -> str | None:
    """Say what is wrong with an IRI.

    Args:
        iri: an absolute IRI (RFC 3987).

    Returns:
        None if it is fine, else the end of a sentence that begins with the IRI.

    >>> iri_problem("https://data.example.org/a#b") is None
    True
    >>> iri_problem("https://data.example.org/a b")
    'has a space at character 27'
    >>> iri_problem("javascript:alert(1)")
    'has the scheme "javascript"; allowed are http, https, urn'
    """
    if bad := _FORBIDDEN.search(iri):
        character = bad.group()
        name = "a space" if character == " " else f"U+{ord(character):04X}"
        return f"has {name} at character {bad.start() + 1}"
    shape = _SHAPE.fullmatch(iri)
    if shape is None:
        return "is not absolute; it must begin with a scheme such as https:"
    scheme = shape.group(1).lower()
    if scheme not in SCHEMES:
        return f'has the scheme "{scheme}"; allowed are {", ".join(SCHEMES)}'
    if scheme != "urn" and not _HTTP.fullmatch(shape.group(2)):
        return "has no host"
    if bad := _PERCENT.search(iri):
        return f"has a % without two hexadecimal digits at character {bad.start() + 1}"
    return None


def slug_problem(slug: str) -> str | None:
    """Say what is wrong with an id or slug.

    Returns:
        None if it is fine, else the end of a sentence that begins with the slug.

    >>> slug_problem("trade-2023") is None
    True
    >>> slug_problem("../../x")
    'may have small letters a-z, digits, and single - or _ between them'
    """
    if len(slug) > MAX_SLUG:
        return f"has {len(slug)} characters; at most {MAX_SLUG} are allowed"
    if not SLUG.fullmatch(slug):
        return "may have small letters a-z, digits, and single - or _ between them"
    return None
