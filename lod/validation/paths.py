"""Property paths of shapes (SHACL, section 2.3.1): read from a shapes graph, written for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from lod.errors import VocabularyError
from lod.namespaces import PREFIXES
from lod.rdf.terms import iri_of

SH = PREFIXES["sh"]
#: Subject to predicate to objects, all in N-Triples syntax.
Index = dict[str, dict[str, list[str]]]

_RDF = PREFIXES["rdf"]
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_DEEPEST = 20


class PathKind(StrEnum):
    """How the parts of a path belong together; the value is the sign of SPARQL for it."""

    PREDICATE = ""
    SEQUENCE = "/"
    ALTERNATIVE = "|"
    INVERSE = "^"
    ZERO_OR_MORE = "*"
    ONE_OR_MORE = "+"
    ZERO_OR_ONE = "?"


#: Property of SHACL to the kind of path that it makes of another.
_MODIFIERS = {
    "inversePath": PathKind.INVERSE,
    "zeroOrMorePath": PathKind.ZERO_OR_MORE,
    "oneOrMorePath": PathKind.ONE_OR_MORE,
    "zeroOrOnePath": PathKind.ZERO_OR_ONE,
}
_NAMES = {kind: name for name, kind in _MODIFIERS.items()}


class ShapePath(Struct, frozen=True, order=True):
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
                return f"[ sh:{_NAMES[self.kind]} {inner[0]} ]"

    def __str__(self) -> str:
        return self.write(lambda iri: f"<{iri}>")


def sh(name: str) -> str:
    """A term of SHACL in N-Triples syntax.

    >>> sh("path")
    '<http://www.w3.org/ns/shacl#path>'
    """
    return f"<{SH}{name}>"


def is_list(index: Index, node: str) -> bool:
    """Whether a node is an RDF list."""
    return node == _NIL or _FIRST in index.get(node, {})


def members(index: Index, head: str) -> list[str]:
    """The members of an RDF list; the term itself where it is none."""
    if not is_list(index, head):
        return [head]
    found = []
    seen: set[str] = set()
    while head != _NIL and head not in seen:
        seen.add(head)
        statements = index.get(head, {})
        found += statements.get(_FIRST, [])[:1]
        head = statements.get(_REST, [_NIL])[0]
    return found


def path_of(index: Index, statements: Mapping[str, Sequence[str]]) -> ShapePath | None:
    """The property path of a shape, None for a node shape."""
    nodes = statements.get(sh("path"))
    return _path(index, nodes[0], 0) if nodes else None


def _path(index: Index, node: str, depth: int) -> ShapePath:
    if node.startswith("<"):
        return ShapePath(predicate=iri_of(node))
    if depth > _DEEPEST:
        raise VocabularyError("A property path of the shapes leads back into itself.")
    statements = index.get(node, {})
    if _FIRST in statements:
        parts = tuple(_path(index, part, depth + 1) for part in members(index, node))
        return ShapePath(PathKind.SEQUENCE, parts=parts)
    if alternatives := statements.get(sh("alternativePath")):
        inner = members(index, alternatives[0])
        parts = tuple(_path(index, part, depth + 1) for part in inner)
        return ShapePath(PathKind.ALTERNATIVE, parts=parts)
    for name, kind in _MODIFIERS.items():
        if modified := statements.get(sh(name)):
            return ShapePath(kind, parts=(_path(index, modified[0], depth + 1),))
    raise VocabularyError(
        f"A property path of the shapes, {node}, is none.",
        hint="A path is an IRI, a list, or a node with sh:inversePath, sh:alternativePath, "
        "sh:zeroOrMorePath, sh:oneOrMorePath or sh:zeroOrOnePath.",
    )
