"""One thing that does not conform."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lod.dataset.ntriples import iri_of, split_literal, unescape
from lod.validation.paths import ShapePath

SH = "http://www.w3.org/ns/shacl#"
VIOLATION = f"{SH}Violation"
WARNING = f"{SH}Warning"
INFO = f"{SH}Info"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ORDER = {VIOLATION: 0, WARNING: 1, INFO: 2}


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """A validation result (SHACL, section 3.6.2), the same whichever engine found it.

    Attributes:
        focus_node: the node that does not conform, in N-Triples syntax.
        path: the property path that leads from it to the value; None where the node itself is
            meant.
        value: the value that is wrong, in N-Triples syntax; None where one is missing, or where
            there are too many.
        message: what is wrong, in the words of the shape, else in ours.
        severity: IRI: sh:Violation, sh:Warning, sh:Info or one of the shapes' own.
        source_shape: IRI of the shape; of the one around it where it has none; "" where no shape
            around it has one.
        component: IRI of the constraint component.
    """

    focus_node: str
    path: ShapePath | None
    value: str | None
    message: str
    severity: str
    source_shape: str
    component: str

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """The order of reports: by node, path and component."""
        return (
            self.focus_node,
            str(self.path or ""),
            self.component,
            self.value or "",
            _ORDER.get(self.severity, 3),
            self.source_shape,
            self.message,
        )

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON data, without what it does not have.

        IRIs stand as they are, blank nodes as `_:b`; the value is an object with its type, as in
        SPARQL results.
        """
        data: dict[str, Any] = {
            "focusNode": plain(self.focus_node),
            "path": None if self.path is None else path_text(self.path),
            "value": None if self.value is None else _value(self.value),
            "message": self.message,
            "severity": local_name(self.severity),
            "sourceShape": self.source_shape or None,
            "component": self.component,
        }
        return {key: value for key, value in data.items() if value is not None}


def literal_token(text: str, language: str, datatype: str) -> str:
    r"""A literal in N-Triples syntax, always written in one way.

    Args:
        text: the lexical form.
        language: language tag, or "".
        datatype: IRI of the datatype, or "" for a string.

    >>> print(literal_token("a\tb", "EN", ""))
    "a\tb"@en
    """
    quoted = f'"{_SPECIAL.sub(_escaped, text)}"'
    if language:
        return f"{quoted}@{language.lower()}"
    return f"{quoted}^^<{datatype}>" if datatype not in ("", _STRING) else quoted


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match.group()) or f"\\u{ord(match.group()):04X}"


def same_way(token: str) -> str:
    """A term in N-Triples syntax, written as `literal_token` writes it."""
    if not token.startswith('"'):
        return token
    lexical, language, datatype = split_literal(token)
    return literal_token(unescape(lexical), language, datatype)


def plain(token: str) -> str:
    """An IRI without its brackets; other terms as they are.

    >>> plain("<x:a>"), plain("_:b")
    ('x:a', '_:b')
    """
    return iri_of(token) if token.startswith("<") else token


def path_text(path: ShapePath) -> str:
    """A path for JSON: the IRI alone where it is one predicate, else SPARQL syntax."""
    return path.predicate or str(path)


def local_name(iri: str) -> str:
    """The last part of an IRI.

    >>> local_name("http://www.w3.org/ns/shacl#Violation")
    'Violation'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _value(token: str) -> dict[str, str]:
    if token.startswith("<"):
        return {"type": "uri", "value": iri_of(token)}
    if token.startswith("_:"):
        return {"type": "bnode", "value": token[2:]}
    lexical, language, datatype = split_literal(token)
    data = {"type": "literal", "value": unescape(lexical)}
    if language:
        data["xml:lang"] = language
    if datatype:
        data["datatype"] = datatype
    return data
