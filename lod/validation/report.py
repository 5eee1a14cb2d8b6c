"""Validation results and their report: text for people, JSON for programs, RDF for SHACL tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from lod.bounds import bounded
from lod.counts import counted
from lod.namespaces import PREFIXES, local_name, shrink
from lod.rdf.terms import iri_of, literal, split_literal, unescape
from lod.validation.paths import SH, ShapePath

VIOLATION = f"{SH}Violation"
WARNING = f"{SH}Warning"
INFO = f"{SH}Info"
_MOST_OF_VALUE = 200
#: And of an IRI.
_MOST_OF_IRI = 1_000
_ORDER = {VIOLATION: 0, WARNING: 1, INFO: 2}


class ValidationResult(Struct, frozen=True):
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
        messages: all that the shape says, each with its language, in N-Triples syntax, the one
            that `message` has first; none where the words are ours.
    """

    focus_node: str
    path: ShapePath | None
    value: str | None
    message: str
    severity: str
    source_shape: str
    component: str
    messages: tuple[str, ...] = ()

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
            self.messages,
        )

    def as_dict(self) -> dict[str, Any]:
        """The result as JSON data, without what it does not have.

        IRIs stand as they are, blank nodes as `_:b`; the value is an object with its type, as in
        SPARQL results, and so is each of several messages.
        """
        data: dict[str, Any] = {
            "focusNode": plain(self.focus_node),
            "path": None if self.path is None else self.path.predicate or str(self.path),
            "value": None if self.value is None else _value(self.value),
            "message": self.message,
            "messages": [_value(one) for one in self.messages] if self.messages[1:] else None,
            "severity": local_name(self.severity),
            "sourceShape": self.source_shape or None,
            "component": self.component,
        }
        return {key: value for key, value in data.items() if value is not None}


class ValidationReport(Struct, frozen=True):
    """What validation found.

    Attributes:
        results: the results in the order of reports, each once.
        base: IRI of the publication, by which IRIs are shortened in the text; or "".
        prefixes: prefix to namespace IRI, for the same.
    """

    results: tuple[ValidationResult, ...] = ()
    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES)

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all: warnings count too (SHACL, section 3.6.1)."""
        return not self.results

    def __bool__(self) -> bool:
        return self.conforms

    def __len__(self) -> int:
        """The number of results."""
        return len(self.results)

    def as_text(self) -> str:
        r"""The report for people, one paragraph a result.

        >>> ValidationReport().as_text()
        'The data conforms to the shapes.\n'
        """
        if self.conforms:
            return "The data conforms to the shapes.\n"
        counts = Counter(local_name(result.severity).lower() for result in self.results)
        said = ", ".join(counted(number, name) for name, number in counts.items())
        parts = [f"The data does not conform to the shapes: {said}.\n"]
        for result in self.results:
            about = self._short(result.focus_node)
            if result.path is not None:
                about += f" {result.path.write(self._shrink)}"
            lines = [
                f"{local_name(result.severity).lower()}: {bounded(result.message)}",
                f"  at {about}",
            ]
            if result.value is not None:
                lines.append(f"  value {self._short(result.value)}")
            shape = f"{self._shrink(result.source_shape)}, " if result.source_shape else ""
            if result.component == result.source_shape:  # a check of ours is both
                lines.append(f"  by the check {self._shrink(result.component)}")
            else:
                lines.append(f"  by the shape {shape}{self._shrink(result.component)}")
            parts.append("\n".join(lines) + "\n")
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        from lod.notebook import html_table

        if self.conforms:
            return html_table("The data conforms to the shapes.", (), ())
        columns = ("severity", "node", "path", "value", "message", "shape")
        rows = (
            (
                local_name(one.severity).lower(),
                self._short(one.focus_node),
                "" if one.path is None else one.path.write(self._shrink),
                "" if one.value is None else self._short(one.value),
                one.message,
                shrink(one.source_shape, self.prefixes),
            )
            for one in self.results
        )
        caption = "The data does not conform to the shapes."
        return html_table(caption, columns, rows, len(self))

    def _shrink(self, iri: str) -> str:
        short = shrink(iri, self.prefixes)
        cut = bounded(short, _MOST_OF_IRI)
        return f"<{cut}>" if short == iri else cut

    def _short(self, token: str) -> str:
        if token.startswith("<"):
            iri = iri_of(token)
            if self.base and iri.startswith(self.base) and iri != self.base:
                return f"<{bounded(iri[len(self.base) :], _MOST_OF_IRI)}>"
            return self._shrink(iri)
        if token.startswith("_:"):
            return token
        lexical, language, datatype = split_literal(token)
        text = " ".join(unescape(lexical).split())
        if len(text) > _MOST_OF_VALUE:
            text = f"{text[:_MOST_OF_VALUE]}…"
        text = "".join(character if character.isprintable() else "\ufffd" for character in text)
        tail = f"@{language}" if language else f"^^{self._shrink(datatype)}" if datatype else ""
        return f'"{text}"{tail}'

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON data: `conforms` and `results`."""
        return {
            "conforms": self.conforms,
            "results": [result.as_dict() for result in self.results],
        }

    def as_turtle(self) -> str:
        """The report as RDF (sh:ValidationReport, SHACL, section 3.6) in Turtle.

        The report and its results are blank nodes without labels. The same data gives the same
        text, whichever engine was used. sh:sourceShape is the shape or, where it has no IRI, the
        one around it.
        """
        from lod.rdf.turtle import Terms

        terms = Terms("", {**self.prefixes, "sh": SH})
        results = [_turtle(result, terms) for result in self.results]
        body = f"[] a {terms[f'<{SH}ValidationReport>']} ;\n    sh:conforms "
        body += "true" if self.conforms else "false"
        if results:
            body += " ;\n    sh:result " + ", ".join(results)
        return f"{terms.header()}\n{body} .\n"


def _turtle(result: ValidationResult, terms: Mapping[str, str]) -> str:
    def iri(value: str) -> str:
        return terms[f"<{value}>"]

    pairs = [("a", "sh:ValidationResult"), ("sh:focusNode", terms[result.focus_node])]
    if result.path is not None:
        pairs.append(("sh:resultPath", result.path.turtle(iri)))
    if result.value is not None:
        pairs.append(("sh:value", terms[result.value]))
    messages = result.messages or (literal(result.message),)
    pairs.append(("sh:resultMessage", ", ".join(messages)))
    pairs.append(("sh:resultSeverity", iri(result.severity)))
    if result.source_shape:
        pairs.append(("sh:sourceShape", iri(result.source_shape)))
    pairs.append(("sh:sourceConstraintComponent", iri(result.component)))
    return "[\n        " + " ;\n        ".join(f"{a} {b}" for a, b in pairs) + "\n    ]"


def plain(token: str) -> str:
    """An IRI without its brackets; other terms as they are.

    >>> plain("<x:a>"), plain("_:b")
    ('x:a', '_:b')
    """
    return iri_of(token) if token.startswith("<") else token


def _value(token: str) -> dict[str, str]:
    if token.startswith("<"):
        return {"type": "uri", "value": iri_of(token)}
    if token.startswith("_:"):
        return {"type": "bnode", "value": token[2:]}
    lexical, language, datatype = split_literal(token)
    kind = {"xml:lang": language} if language else {"datatype": datatype} if datatype else {}
    return {"type": "literal", "value": unescape(lexical), **kind}
