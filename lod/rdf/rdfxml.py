"""RDF/XML (RDF 1.1 XML Syntax), for tools that read nothing else.

It has two gaps that other formats do not have: a predicate must end in a name that XML can use for
an element, and text can hold none of the characters that XML 1.0 has no way to write.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lod.errors import FormatError
from lod.rdf.terms import index, iri_of, split_literal, unescape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lod.rdf.dataset import Dataset

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_HINT = "Turtle, JSON-LD, TriG and N-Triples can write it."

# Namespaces in XML 1.0: an NCName. Letters beyond ASCII are those of the basic plane that every
# edition of XML 1.0 takes.
_NAME_START = "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0386\u0388-\u038a\u0391-\u03a1"
_NAME_START += "\u03b1-\u03c9\u0401-\u040c\u040e-\u044f\u0451-\u045c\u05d0-\u05ea\u0641-\u064a"
_NAME_END = re.compile(f"[{_NAME_START}][{_NAME_START}0-9.-]*$")
_PREFIX = re.compile(r"(?!xml)[A-Za-z_][A-Za-z0-9_.-]*", re.IGNORECASE)
#: What is no Char (XML 1.0, section 2.2), and what is written for what is markup.
NO_CHAR = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})
# RDF 1.1 XML Syntax, section 6.1.4: names that mean something else as a property element.
_RESERVED = frozenset(
    _RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("bagID", "aboutEach", "aboutEachPrefix", "li"),
    )
)
# Namespaces in XML 1.0, section 3: a namespace that no prefix may be bound to.
_UNBINDABLE = "http://www.w3.org/2000/xmlns/"


def to_rdfxml(dataset: Dataset) -> str:
    r"""Write the default graph as RDF/XML.

    Args:
        dataset: its `prefixes` name the namespaces of the predicates.

    Returns:
        The XML document.

    Raises:
        FormatError: a predicate does not end in an XML name, or a character is none of XML's.

    >>> from lod.rdf.dataset import Dataset
    >>> triple = '<x:s> <https://e.org/ns#p> "a < b"@en .\n'
    >>> print(to_rdfxml(Dataset("x:", triple, {}, {"ns": "https://e.org/ns#"})))
    <?xml version="1.0" encoding="UTF-8"?>
    <rdf:RDF
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:ns="https://e.org/ns#">
    <BLANKLINE>
      <rdf:Description rdf:about="x:s">
        <ns:p xml:lang="en">a &lt; b</ns:p>
      </rdf:Description>
    <BLANKLINE>
    </rdf:RDF>
    <BLANKLINE>
    """
    names = _Names(dataset.prefixes)
    blocks = []
    for subject, node in index(dataset.blocks).items():
        lines = [f"  <rdf:Description rdf:about={_attribute(iri_of(subject))}>"]
        for predicate, objects in node.items():
            name = names[predicate]
            lines += [_property(name, token) for token in objects]
        lines.append("  </rdf:Description>\n")
        blocks.append("\n".join(lines))
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', names.opening(), *blocks, "</rdf:RDF>\n"]
    return "\n".join(parts)


def _property(name: str, token: str) -> str:
    if token[0] == "<":
        return f"    <{name} rdf:resource={_attribute(iri_of(token))}/>"
    lexical, language, datatype = split_literal(token)
    attribute = ""
    if language:
        attribute = f' xml:lang="{language}"'
    elif datatype:
        attribute = f" rdf:datatype={_attribute(datatype)}"
    return f"    <{name}{attribute}>{_text(unescape(lexical))}</{name}>"


@lru_cache(maxsize=4096)
def _attribute(value: str) -> str:
    return f'"{_text(value)}"'


def _text(value: str) -> str:
    if not value.isprintable() and (bad := NO_CHAR.search(value)):
        raise FormatError(
            f"XML cannot hold the character U+{ord(bad.group()):04X} of {_shown(value)}.",
            hint=_HINT,
        )
    return value.translate(MARKUP)


def _shown(value: str) -> str:
    """A text for a message: short, and on one line."""
    return ascii(value if len(value) <= 60 else f"{value[:59]}…")


class _Names(dict[str, str]):
    """Predicate tokens to element names; notes which namespaces they need."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes: dict[str, str] = {}
        for prefix, namespace in prefixes.items():
            if namespace and prefix != "rdf" and _PREFIX.fullmatch(prefix):
                self._prefixes.setdefault(namespace, prefix)
        self._taken = {"rdf", *prefixes}
        self._used = {_RDF: "rdf"}

    def __missing__(self, token: str) -> str:
        iri = iri_of(token)
        end = _NAME_END.search(iri)
        namespace = iri[: end.start()] if end else ""
        if end is None or iri in _RESERVED or namespace == _UNBINDABLE:
            raise FormatError(
                f"RDF/XML has no element name for the predicate <{iri}>.",
                hint=f"A name begins with a letter after the last / or #. {_HINT}",
            )
        self[token] = name = f"{self._prefix(namespace)}:{end.group()}"
        return name

    def _prefix(self, namespace: str) -> str:
        prefix = self._used.get(namespace)
        if prefix is None:
            prefix = self._prefixes.get(namespace) or self._free()
            self._used[namespace] = prefix
        return prefix

    def _free(self) -> str:
        number = 1
        while (prefix := f"ns{number}") in self._taken:
            number += 1
        self._taken.add(prefix)
        return prefix

    def opening(self) -> str:
        """The start tag of the root element."""
        declared = [
            f"\n    xmlns:{prefix}={_attribute(namespace)}"
            for namespace, prefix in self._used.items()
        ]
        return f"<rdf:RDF{''.join(declared)}>\n"
