"""Shapes: read once, checked, and made ready for every engine.

An engine reports the shape that a value broke, but a shape inside `sh:property [ … ]` has no name
that two engines would share. So each gets one here, before an engine sees it, and what a result
says of its shape is looked up here: the path, the message, the nearest shape with an IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from lod.dataset.ntriples import iri_of, split_literal, unescape
from lod.dataset.rdf_files import RdfFile, parse_quads, read_rdf_file
from lod.formats import TURTLE
from lod.resources import files
from lod.validation.paths import ShapePath
from lod.validation.result import SH
from lod.validation.shapes_check import check_shapes
from lod.validation.shapes_index import Index, members, path_of, sh

#: IRIs of shapes that have none of their own; no report shows them.
_NAMELESS = "urn:lod:shape:"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Shape:
    """What results say of a shape.

    Attributes:
        root: IRI of the shape, or of the nearest one around it that has one; "" for none.
        path: its property path; None for a node shape.
        messages: its own messages, the one to show first.
        parameters: local name of each SHACL parameter to its values in N-Triples syntax; those of
            list parameters are the members.
    """

    root: str
    path: ShapePath | None
    messages: tuple[str, ...]
    parameters: Mapping[str, tuple[str, ...]]


class Shapes:
    """Shapes that are ready for an engine.

    Args:
        index: the shapes graph; every shape that a result can name has an IRI.

    Attributes:
        text: the shapes graph as canonical N-Triples.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self.text = "".join(
            [
                f"{subject} {predicate} {value} .\n"
                for subject, statements in index.items()
                for predicate, values in statements.items()
                for value in values
            ]
        )

    @cached_property
    def _shapes(self) -> Mapping[str, Shape]:
        # Looked at for results only: conforming data needs none of it.
        return _known(self._index)

    def shape(self, token: str | None) -> Shape:
        """What is known of a shape.

        Args:
            token: the shape in N-Triples syntax, as engines name it.

        Returns:
            What the shapes graph says of it; a shape that says nothing if it is not there.
        """
        return self._shapes.get(token or "", _NO_SHAPE)


_NO_SHAPE = Shape("", None, (), {})


@cache
def shipped_shapes() -> Shapes:
    """The shapes that ship with lod: what a publication must look like."""
    # Tests hold these to `check_shapes`; doing so again takes as long as all the rest.
    return _compile(tuple(read_rdf_file(path) for path in files("shapes", ".ttl")), check=False)


@lru_cache(maxsize=16)
def shipped_shapes_with(turtle: str) -> Shapes:
    """The shapes that ship with lod and some more, read together.

    Args:
        turtle: the further shapes; "" for none.
    """
    if not turtle:
        return shipped_shapes()
    shipped = tuple(read_rdf_file(path) for path in files("shapes", ".ttl"))
    more = RdfFile("own shapes", TURTLE, turtle.encode(), "urn:lod:shapes")
    return _compile((*shipped, more), check=False)


def load_shapes(paths: Iterable[str | Path]) -> Shapes:
    """Read shapes from files of any RDF format, put together.

    The work is done once for the same content.

    Raises:
        InputError: a file cannot be read.
        FormatError: a file is malformed; the message names file, line and column.
        VocabularyError: the shapes are no proper shapes, or would use the network.
    """
    return _compile(tuple(read_rdf_file(path) for path in paths))


def parse_shapes(turtle: str) -> Shapes:
    """Read shapes from Turtle text; as `load_shapes`."""
    return _compile((RdfFile("shapes", TURTLE, turtle.encode(), "urn:lod:shapes"),))


@lru_cache(maxsize=16)
def _compile(sources: tuple[RdfFile, ...], check: bool = True) -> Shapes:
    index: Index = {}
    for source in sources:
        # Renamed, so that a label in two files is two blank nodes.
        for quad in parse_quads(source, rename_blank_nodes=True):
            statements = index.setdefault(str(quad.subject), {})
            objects = statements.setdefault(str(quad.predicate), [])
            value = str(quad.object)
            if value not in objects:
                objects.append(value)
    _name_shapes(index)
    if check:
        check_shapes(index)
    return Shapes(index)


def _name_shapes(index: Index) -> None:
    """Give IRIs to the shapes that results can name: those in sh:property, and with targets."""
    unnamed = {
        value
        for statements in index.values()
        for value in statements.get(sh("property"), ())
        if value.startswith("_:")
    }
    targets = {sh(target) for target in _TARGETS}
    named: dict[str, str] = {}
    for subject, statements in index.items():
        if subject in unnamed or (subject.startswith("_:") and not targets.isdisjoint(statements)):
            named[subject] = f"<{_NAMELESS}{len(named) + 1}>"
    for subject, name in named.items():
        index[name] = index.pop(subject)
    for statements in index.values():
        for predicate, values in statements.items():
            if not named.keys().isdisjoint(values):
                statements[predicate] = [named.get(value, value) for value in values]


def _known(index: Index) -> dict[str, Shape]:
    around: dict[str, str] = {}
    for subject, statements in index.items():
        for value in statements.get(sh("property"), ()):
            around.setdefault(value, subject)
    return {
        subject: Shape(
            _root(subject, around),
            path_of(index, statements),
            _messages(statements.get(sh("message"), ())),
            {
                predicate[len(SH) + 1 : -1]: tuple(
                    member for value in values for member in members(index, value)
                )
                for predicate, values in statements.items()
                if predicate.startswith(f"<{SH}")
            },
        )
        for subject, statements in index.items()
        if subject.startswith("<")
    }


def _root(shape: str, around: Mapping[str, str]) -> str:
    seen = set()
    while shape.startswith((f"<{_NAMELESS}", "_:")):
        seen.add(shape)
        shape = around.get(shape, "")
        if shape in seen:
            return ""
    return iri_of(shape) if shape else ""


def _messages(tokens: Sequence[str]) -> tuple[str, ...]:
    """The messages, English ones and those in no language first."""
    found = []
    for token in tokens:
        lexical, language, _ = split_literal(token)
        found.append((language.partition("-")[0] not in ("en", ""), unescape(lexical)))
    return tuple(text for _, text in sorted(found))
