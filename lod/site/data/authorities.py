"""Names in the authority tables of the EU Publications Office, and of licences at SPDX."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "http://www.iana.org/assignments/media-types/"

PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
IRREGULAR = f"{_AUTHORITY}frequency/IRREG"
STABLE = f"{_AUTHORITY}planned-availability/STABLE"


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).with_suffix(".toml")).read_text("utf-8"))


def _licence(iri: str) -> list[str] | None:
    found: list[str] | None = _tables()["licences"].get(iri.partition("://")[2].rstrip("/"))
    return found


def licence(iri: str) -> str:
    """The licence in the table of licences; one that is not in it as it is.

    >>> licence("https://creativecommons.org/publicdomain/zero/1.0/")
    'http://publications.europa.eu/resource/authority/licence/CC0'
    >>> licence("https://example.org/ours")
    'https://example.org/ours'
    """
    found = _licence(iri)
    return iri if found is None else f"{_AUTHORITY}licence/{found[0]}"


def spdx(iri: str) -> str | None:
    """The name of a licence at SPDX, or None.

    >>> spdx("http://creativecommons.org/licenses/by/4.0")
    'CC-BY-4.0'
    """
    found = _licence(iri)
    return None if found is None else found[1]


def language(tag: str) -> str | None:
    """The language of a tag in the table of languages, or None for one that is not in it.

    >>> language("de-AT")
    'http://publications.europa.eu/resource/authority/language/DEU'
    """
    name = _tables()["languages"].get(tag.lower().partition("-")[0])
    return None if name is None else f"{_AUTHORITY}language/{name}"


def file_type(format_name: str) -> str:
    """A format of ours in the table of file types."""
    return f"{_AUTHORITY}file-type/{_tables()['file_types'][format_name]}"


def media_type(name: str) -> str:
    """The IRI of a media type.

    >>> media_type("text/turtle")
    'http://www.iana.org/assignments/media-types/text/turtle'
    """
    return _IANA + name
