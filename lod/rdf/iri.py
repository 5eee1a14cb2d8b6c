"""IRIs and slugs: what may be written into a dataset or used as a file name."""

from __future__ import annotations

import re
from functools import lru_cache

from lod.patterns import lazy

#: Schemes that an IRI of a publication may have.
SCHEMES = ("http", "https", "urn")

#: What an id or slug looks like: it stands in IRIs and file names, also where case is ignored.
SLUG = lazy(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
MAX_SLUG = 100

# RFC 3987, section 2.2: what can stand nowhere in an IRI: all but ucschar. Private-use characters,
# which only queries may have, mean nothing to others; marks that turn the reading direction are
# forbidden (4.1), and what cannot be seen at all would make two IRIs of one.
_FORBIDDEN = lazy(
    r'[\x00-\x20<>"{}|\\^`\x7f-\xa0\u061c\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f'
    r"\ud800-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
    rf"|[{''.join(chr(plane << 16 | end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))}]"
)
_SHAPE = lazy(r"([A-Za-z][A-Za-z0-9+.-]*):(.+)", re.DOTALL)
_HTTP = lazy(r"//(?:[^/?#@\[\]]*@)?(\[[^\]/?#]*\]|[^:/?#@\[\]]+)(?::[0-9]{1,5})?(?=[/?#]|$)(.*)")
_PATH = lazy(r"[^:/?#]+://[^/?#]*([^?#]*)")
_PERCENT = lazy(r"%(?![0-9A-Fa-f]{2})")
#: What can stand in a host only, and not behind the first # either.
_ENCODED_LATER = lazy(r"[\[\]]")


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
    scheme, rest = shape.group(1).lower(), shape.group(2)
    if scheme not in SCHEMES:
        return f'has the scheme "{scheme}"; allowed are {", ".join(SCHEMES)}'
    if scheme != "urn":
        parts = _HTTP.fullmatch(rest)
        if parts is None or parts.group(1).startswith("."):
            return "has no host"
        if parts.group(1).startswith("[") and not _is_address(parts.group(1)[1:-1]):
            return f"has the host {parts.group(1)}, which is no IPv6 address"
        rest = parts.group(2)
    start = len(iri) - len(rest)
    if bad := _ENCODED_LATER.search(rest):
        return f"has {bad.group()} at character {start + bad.start() + 1}"
    fragment = rest.find("#")
    if fragment >= 0 and (second := rest.find("#", fragment + 1)) >= 0:
        return f"has a second # at character {start + second + 1}"
    if bad := _PERCENT.search(iri):
        return f"has a % without two hexadecimal digits at character {bad.start() + 1}"
    return None


def _is_address(host: str) -> bool:
    from ipaddress import IPv6Address

    try:
        return "%" not in host and bool(IPv6Address(host))
    except ValueError:
        return False


def encoded(iri: str) -> str | None:
    """An IRI with what it cannot have percent-encoded (RFC 3987, 3.1).

    Returns:
        None where that makes no IRI of it.

    >>> encoded("https://news.example.org/a?filter[year]=2024")
    'https://news.example.org/a?filter%5Byear%5D=2024'
    >>> encoded("https://news.example.org/a b#c#d")
    'https://news.example.org/a%20b#c%23d'
    >>> encoded("news") is None
    True
    """
    shape = _SHAPE.fullmatch(iri)
    parts = None if shape is None else _HTTP.fullmatch(shape.group(2))
    rest = parts.group(2) if parts else "" if shape is None else shape.group(2)
    head = iri[: len(iri) - len(rest)]
    before, mark, fragment = rest.partition("#")
    fixed = head + mark.join(
        _ENCODED_LATER.sub(_as_percent, _FORBIDDEN.sub(_as_percent, part)).replace("#", "%23")
        for part in ((before, fragment) if mark else (before,))
    )
    return fixed if fixed != iri and iri_problem(fixed) is None else None


def path_of(iri: str) -> str:
    """The path of an absolute http(s) IRI, as it is written (RFC 3986, appendix B).

    `urllib.parse` refuses hosts that are none in the DNS, which IRIs may have all the same.

    >>> path_of("https://data.example.org/a/b?c"), path_of("https://data.example.org")
    ('/a/b', '')
    """
    found = _PATH.match(iri)
    return found[1] if found else ""


def _as_percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


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
