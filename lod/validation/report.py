"""The validation report: text for people, JSON for programs, RDF for SHACL tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lod.dataset.ntriples import iri_of, split_literal, unescape
from lod.namespaces import PREFIXES, shrink
from lod.validation.result import SH, ValidationResult, literal_token, local_name

_MOST_OF_VALUE = 200


@dataclass(frozen=True)
class ValidationReport:
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
        said = ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for name, n in counts.items())
        parts = [f"The data does not conform to the shapes: {said}.\n"]
        for result in self.results:
            about = self._short(result.focus_node)
            if result.path is not None:
                about += f" {result.path.write(self._shrink)}"
            lines = [f"{local_name(result.severity).lower()}: {result.message}", f"  at {about}"]
            if result.value is not None:
                lines.append(f"  value {self._short(result.value)}")
            shape = f"{self._shrink(result.source_shape)}, " if result.source_shape else ""
            lines.append(f"  by {shape}{self._shrink(result.component)}")
            parts.append("\n".join(lines) + "\n")
        return "\n".join(parts)

    def _shrink(self, iri: str) -> str:
        short = shrink(iri, self.prefixes)
        return f"<{iri}>" if short == iri else short

    def _short(self, token: str) -> str:
        if token.startswith("<"):
            iri = iri_of(token)
            if self.base and iri.startswith(self.base) and iri != self.base:
                return f"<{iri[len(self.base) :]}>"
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
        from lod.dataset.turtle import Terms

        terms = Terms("", {**self.prefixes, "sh": SH})
        results = [_turtle(result, terms) for result in self.results]
        conforms = "true" if self.conforms else "false"
        body = f"[] a {terms[f'<{SH}ValidationReport>']} ;\n    sh:conforms {conforms}"
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
    pairs.append(("sh:resultMessage", literal_token(result.message, "", "")))
    pairs.append(("sh:resultSeverity", iri(result.severity)))
    if result.source_shape:
        pairs.append(("sh:sourceShape", iri(result.source_shape)))
    pairs.append(("sh:sourceConstraintComponent", iri(result.component)))
    return "[\n        " + " ;\n        ".join(f"{a} {b}" for a, b in pairs) + "\n    ]"
