"""Property paths of shapes (SHACL, section 2.3.1), written for people and for Turtle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class PathKind(StrEnum):
    """How the parts of a path belong together; the value is the sign of SPARQL for it."""

    PREDICATE = ""
    SEQUENCE = "/"
    ALTERNATIVE = "|"
    INVERSE = "^"
    ZERO_OR_MORE = "*"
    ONE_OR_MORE = "+"
    ZERO_OR_ONE = "?"


_TURTLE = {
    PathKind.INVERSE: "sh:inversePath",
    PathKind.ZERO_OR_MORE: "sh:zeroOrMorePath",
    PathKind.ONE_OR_MORE: "sh:oneOrMorePath",
    PathKind.ZERO_OR_ONE: "sh:zeroOrOnePath",
}


@dataclass(frozen=True, slots=True, order=True)
class ShapePath:
    """A property path.

    Attributes:
        kind: how its parts belong together.
        predicate: the IRI of a path that is one predicate, else "".
        parts: the paths that it is made of; one for the kinds that modify.

    >>> str(ShapePath(PathKind.INVERSE, parts=(ShapePath(predicate="x:p"),)))
    '^<x:p>'
    """

    kind: PathKind = PathKind.PREDICATE
    predicate: str = ""
    parts: tuple[ShapePath, ...] = ()

    def write(self, term: Callable[[str], str]) -> str:
        """The path in the syntax of SPARQL.

        Args:
            term: writes an IRI.
        """
        match self.kind:
            case PathKind.PREDICATE:
                return term(self.predicate)
            case PathKind.SEQUENCE | PathKind.ALTERNATIVE:
                return self.kind.value.join(part._within(term) for part in self.parts)
            case PathKind.INVERSE:
                return f"^{self.parts[0]._within(term)}"
            case _:
                return f"{self.parts[0]._within(term)}{self.kind.value}"

    def _within(self, term: Callable[[str], str]) -> str:
        text = self.write(term)
        return text if self.kind is PathKind.PREDICATE else f"({text})"

    def turtle(self, term: Callable[[str], str]) -> str:
        """The path in the RDF of SHACL.

        Args:
            term: writes an IRI as a Turtle term.
        """
        inner = [part.turtle(term) for part in self.parts]
        match self.kind:
            case PathKind.PREDICATE:
                return term(self.predicate)
            case PathKind.SEQUENCE:
                return f"( {' '.join(inner)} )"
            case PathKind.ALTERNATIVE:
                return f"[ sh:alternativePath ( {' '.join(inner)} ) ]"
            case _:
                return f"[ {_TURTLE[self.kind]} {inner[0]} ]"

    def __str__(self) -> str:
        return self.write(lambda iri: f"<{iri}>")
