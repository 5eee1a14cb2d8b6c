"""Shapes: read once, checked, and made ready for every engine.

An engine reports the shape that a value broke, but a shape inside `sh:property [ … ]` has no name
that two engines would share. So each gets one here, before an engine sees it, and what a result
says of its shape is looked up here: the path, the message, the nearest shape with an IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from msgspec import Struct

from lod.errors import VocabularyError
from lod.namespaces import PREFIXES, shrink
from lod.patterns import lazy
from lod.rdf.files import RdfFile, parse_quads, read_rdf_file
from lod.rdf.formats import TURTLE
from lod.rdf.terms import iri_of, literal, split_literal, text_of
from lod.resources import files
from lod.validation.paths import SH, Index, ShapePath, members, path_of, sh

#: IRIs of shapes that have none of their own; no report shows them.
_NAMELESS = "urn:lod:shape:"
# A query that begins with a triple pattern and selects without a function. All that follows in the
# group is joined to the pattern, so that there is no solution where no triple fits it.
_FIRST_PATTERN = lazy(r"\s*SELECT [^{}()]*WHERE \{\s*\?\w+ (\w+):(\w+) \?\w+\s*[;.]")
_XSD = PREFIXES["xsd"]
# A limit of a type that not every engine can order.
_CALENDAR = lazy(
    rf'<{re.escape(SH)}(?:min|max)(?:In|Ex)clusive> "[^"]*"\^\^'
    rf"<{re.escape(_XSD)}(?:g|\w*[dD]uration>)"
)
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")


class Shape(Struct, frozen=True):
    """What results say of a shape.

    Attributes:
        root: IRI of the shape, or of the nearest one around it that has one; "" for none.
        path: its property path; None for a node shape.
        messages: its own messages in N-Triples syntax, the one to show first.
        templates: the messages of its queries, which the engine fills in, in the same syntax.
        parameters: local name of each SHACL parameter to its values in N-Triples syntax; those of
            list parameters are the members.
    """

    root: str
    path: ShapePath | None
    messages: tuple[str, ...]
    templates: tuple[str, ...]
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

    def with_patterns(self, write: Callable[[str, str], str]) -> str:
        """`text` with its regular expressions written in another way.

        Args:
            write: makes of a pattern and its flags the pattern as an engine needs it.
        """
        text = self.text
        for subject, statements in self._index.items():
            flags = "".join(split_literal(one)[0] for one in statements.get(sh("flags"), ())[:1])
            for token in statements.get(sh("pattern"), ()):
                line = f"{subject} {sh('pattern')} "
                pattern = write(text_of(token), flags)
                text = text.replace(f"{line}{token} .\n", f"{line}{literal(pattern)} .\n")
        return text

    @cached_property
    def _calendars(self) -> bool | None:
        """Whether a limit is a year, month or duration; None where two values are compared."""
        if _CALENDAR.search(self.text):
            return True
        return None if sh("lessThan")[:-1] in self.text else False

    def orders_calendars(self, datatypes: Iterable[str]) -> bool:
        """Whether years, months, days of the calendar or durations have to be put in order.

        Args:
            datatypes: those of the data's literals.
        """
        compares = self._calendars
        if compares is None:
            return any(one.startswith(f"{_XSD}g") or one.endswith("uration") for one in datatypes)
        return compares

    @cached_property
    def _shapes(self) -> Mapping[str, Shape]:
        # Looked at for results only: conforming data needs none of it.
        return _known(self._index)

    @cached_property
    def _needed(self) -> Mapping[str, str]:
        """Lines of `text` that ask a query, to the predicate that this needs as data has it."""
        namespaces = {
            statements[sh("prefix")][0]: split_literal(statements[sh("namespace")][0])[0]
            for statements in self._index.values()
            if sh("prefix") in statements and sh("namespace") in statements
        }
        needed = {}
        for subject, statements in self._index.items():
            for query in statements.get(sh("sparql"), ()):
                (select,) = self._index.get(query, {}).get(sh("select"), ['""'])[:1]
                text = text_of(select)
                first = _FIRST_PATTERN.match(text)
                # Without groups, what HAVING looks at may be found in nothing.
                if first is None or ("HAVING" in text and "GROUP BY" not in text):
                    continue
                if (namespace := namespaces.get(f'"{first[1]}"')) is not None:
                    line = f"{subject} {sh('sparql')} {query} .\n"
                    needed[line] = f" <{namespace}{first[2]}> "
        return needed

    def idle(self, data: str) -> tuple[str, ...]:
        """The lines of `text` that ask a query which can find nothing in data.

        Planning a query takes an engine longer than asking it of a small publication. One that
        begins with a triple pattern finds nothing where no triple has its predicate.

        Args:
            data: the data graph as canonical N-Triples lines.
        """
        return tuple([line for line, need in self._needed.items() if need not in data])

    def shape(self, token: str | None) -> Shape:
        """What is known of a shape.

        Args:
            token: the shape in N-Triples syntax, as engines name it.

        Returns:
            What the shapes graph says of it; a shape that says nothing if it is not there.
        """
        return self._shapes.get(token or "", _NO_SHAPE)


_NO_SHAPE = Shape("", None, (), (), {})


@lru_cache(maxsize=16)
def shipped_shapes(more: str = "", own: str = "") -> Shapes:
    """The shapes that ship with lod: what a publication must look like.

    Args:
        more: Turtle text of further shapes that lod made, read together with them; "" for none.
        own: Turtle text of the publication's own shapes, likewise.

    Raises:
        FormatError: `own` is malformed; the message names line and column.
        VocabularyError: it has no proper shapes, or says something of those that ship with lod.
    """
    sources = [read_rdf_file(path) for path in files("shapes", ".ttl")]
    if more:
        sources.append(_turtle("shapes of qualifiers", more))
    # Tests hold these to `check_shapes`; doing so again takes as long as all the rest.
    if not own:
        return _compile(tuple(sources), check=False)
    from lod.validation.shapes_check import check_shapes

    index = _index(sources)
    added = _index([_turtle("shapes", own)])
    for subject in added.keys() & index.keys():
        raise VocabularyError(
            f"The shapes say something of {shrink(iri_of(subject))}, which ships with lod.",
            hint="give your shapes IRIs of their own; what lod checks stays as it is",
        )
    _name_shapes(added, "own")
    check_shapes(added, known=index)
    _name_shapes(index)
    return Shapes({**index, **added})


def _turtle(name: str, text: str) -> RdfFile:
    return RdfFile(name, TURTLE, text.encode(), "urn:lod:shapes")


def load_shapes(paths: Iterable[str | Path]) -> Shapes:
    """Read shapes from files of any RDF format, put together.

    The work is done once for the same content.

    Raises:
        InputError: a file cannot be read.
        FormatError: a file is malformed; the message names file, line and column.
        VocabularyError: the shapes are no proper shapes, or would use the network.
    """
    return _compile(tuple(read_rdf_file(path) for path in paths))


@lru_cache(maxsize=16)
def _compile(sources: tuple[RdfFile, ...], check: bool = True) -> Shapes:
    index = _index(sources)
    _name_shapes(index)
    if check:
        from lod.validation.shapes_check import check_shapes

        check_shapes(index)
    return Shapes(index)


def _index(sources: Iterable[RdfFile]) -> Index:
    index: Index = {}
    for source in sources:
        # Renamed, so that a label in two files is two blank nodes.
        for quad in parse_quads(source, rename_blank_nodes=True):
            statements = index.setdefault(str(quad.subject), {})
            objects = statements.setdefault(str(quad.predicate), [])
            value = str(quad.object)
            if value not in objects:
                objects.append(value)
    return index


def _name_shapes(index: Index, kind: str = "") -> None:
    """Give IRIs to the shapes that results can name: those in sh:property, and with targets.

    Args:
        index: the shapes graph.
        kind: what tells them from those of another graph.
    """
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
            named[subject] = f"<{_NAMELESS}{kind}{len(named) + 1}>"
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
            in_order(statements.get(sh("message"), ())),
            tuple(
                message
                for query in statements.get(sh("sparql"), ())
                for message in index.get(query, {}).get(sh("message"), ())
            ),
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


def in_order(messages: Iterable[str]) -> tuple[str, ...]:
    """Messages in N-Triples syntax, each once, English ones and those in no language first."""

    def key(token: str) -> tuple[bool, str, str]:
        text, tag, _ = split_literal(token)
        return tag.partition("-")[0].lower() not in ("en", ""), text, tag

    return tuple(sorted(set(messages), key=key))
