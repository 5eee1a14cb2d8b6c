"""Statements about the data, collected and written as Turtle."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from lod.namespaces import PREFIXES
from lod.pages.names import link
from lod.rdf.dataset import Dataset
from lod.rdf.iri import iri_problem
from lod.rdf.terms import about, date, integer, literal
from lod.rdf.turtle import to_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lod.site.site import Site

RDF_TYPE = f"{PREFIXES['rdf']}type"
_PREFIXES = MappingProxyType(
    {
        **PREFIXES,
        "adms": "http://www.w3.org/ns/adms#",
        "dcatap": "http://data.europa.eu/r5r/",
        "formats": "http://www.w3.org/ns/formats/",
        "hydra": "http://www.w3.org/ns/hydra/core#",
        "spdx": "http://spdx.org/rdf/terms#",
    }
)


def address(site: Site, path: str) -> str:
    """The absolute IRI of a file of a site."""
    return site.base + ("" if not path else link("index.html", path))


def name(curie: str) -> str:
    """The IRI of a name such as "dcat:Dataset".

    >>> name("spdx:Checksum")
    'http://spdx.org/rdf/terms#Checksum'
    """
    prefix, _, local = curie.partition(":")
    return _PREFIXES[prefix] + local


class Statements:
    """Statements in the order in which they are added, each once.

    Args:
        base: IRI against which the file shortens others.
        prefixes: more prefixes of the file, with their namespaces.
    """

    def __init__(self, base: str, prefixes: Mapping[str, str] | None = None) -> None:
        self._base = base
        self._prefixes = {**_PREFIXES, **(prefixes or {})}
        self._lines: dict[str, dict[str, None]] = {}

    def add(self, subject: str, said: Mapping[str, str | Iterable[str] | None]) -> None:
        """Add statements.

        Args:
            subject: an IRI.
            said: name of each predicate, with prefix, to a token or several, as the functions below
                make them; what is None is left out.
        """
        lines = about(iri(subject), {name(one): tokens for one, tokens in said.items()})
        known = self._lines.setdefault(subject, {})
        known.update(dict.fromkeys(lines))

    def a(self, subject: str, *classes: str) -> str:
        """Add the types of a thing, as names with prefix; gives its token."""
        self.add(subject, {"rdf:type": [f"<{name(one)}>" for one in classes]})
        return iri(subject)

    def turtle(self) -> bytes:
        """All of them as Turtle in UTF-8."""
        lines = "".join(line for said in self._lines.values() for line in said)
        text = to_turtle(Dataset(self._base, lines, {}, self._prefixes))
        return text.encode("utf-8")


def iri(text: str) -> str:
    """The token of an IRI; what may not stand in one is written with %."""
    return f"<{text if iri_problem(text) is None else quote(text, safe='/:?#[]@!$&()*+,;=~%')}>"


def texts(by_language: Mapping[str, str]) -> list[str]:
    """The tokens of a text in each language."""
    return [literal(text, tag) for tag, text in by_language.items()]


def typed(text: str, datatype: str) -> str:
    """The token of a literal with a datatype, a name with prefix."""
    return f"{literal(text)}^^<{name(datatype)}>"


__all__ = ["Statements", "address", "date", "integer", "iri", "literal", "name", "texts", "typed"]
