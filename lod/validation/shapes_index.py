"""A shapes graph as an index: lists and property paths are read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lod.dataset.ntriples import iri_of
from lod.errors import VocabularyError
from lod.validation.paths import PathKind, ShapePath
from lod.validation.result import SH

#: Subject to predicate to objects, all in N-Triples syntax.
Index = dict[str, dict[str, list[str]]]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL = f"<{_RDF}first>", f"<{_RDF}rest>", f"<{_RDF}nil>"
_MODIFIERS = {
    "inversePath": PathKind.INVERSE,
    "zeroOrMorePath": PathKind.ZERO_OR_MORE,
    "oneOrMorePath": PathKind.ONE_OR_MORE,
    "zeroOrOnePath": PathKind.ZERO_OR_ONE,
}
_DEEPEST = 20


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
