"""The quads under check, and how to say what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from lod.rdf.dataset import first_segment
from lod.rdf.terms import RDF_TYPE, Node, index, iri_of, lines, text_of
from lod.validation.paths import ShapePath
from lod.validation.report import VIOLATION, ValidationResult
from lod.vocabulary.names import LOD, OA, SCHEMA

if TYPE_CHECKING:
    from lod.rdf.dataset import Dataset
    from lod.vocabulary.vocabulary import Vocabulary

#: Namespace of the checks; the local name says what was looked at.
CHECKS = "https://w3id.org/lod-facts/checks#"

Triple = tuple[str, str, str]
_NOTHING: Node = {}


def t(iri: str) -> str:
    """The token of an IRI."""
    return f"<{iri}>"


class Data:
    """A dataset under check; terms are tokens, as in `lod.rdf.terms`.

    Args:
        default: the default graph as canonical N-Triples lines.
        graphs: IRI of each named graph to its lines.
        vocabulary: what is known of the terms.
        has_graphs: whether the data could say what stands in named graphs. Turtle cannot: what
            is missing from a graph is not looked for there.

    Attributes:
        results: what was found.
    """

    def __init__(
        self,
        default: str,
        graphs: Mapping[str, str],
        vocabulary: Vocabulary,
        has_graphs: bool = True,
    ) -> None:
        self.graphs = graphs
        self.vocabulary = vocabulary
        self.has_graphs = has_graphs
        self.results: list[ValidationResult] = []
        self._default = default

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The default graph by subject and predicate."""
        return index(self._default)

    def node(self, subject: str) -> Node:
        """What is said of a node."""
        return self.nodes.get(subject, _NOTHING)

    def each_claim(self) -> Iterator[str]:
        """The claims, in their order; only while it is the last one given, each is looked at."""
        return iter(self.claims)

    def some(self, subjects: AbstractSet[str]) -> Iterator[tuple[str, Node]]:
        """Some of the nodes, and what is said of them."""
        return ((subject, node) for subject, node in self.nodes.items() if subject in subjects)

    @cached_property
    def _by_type(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject, node in self.nodes.items():
            for type_ in node.get(RDF_TYPE, ()):
                found.setdefault(type_, []).append(subject)
        return found

    def of_type(self, iri: str) -> list[str]:
        """The nodes of a class, in their order."""
        return self._by_type.get(t(iri), [])

    def all(self, subject: str, predicate: str) -> list[str]:
        """The objects of a predicate, given as an IRI."""
        return self.node(subject).get(t(predicate), [])

    def one(self, subject: str, predicate: str) -> str | None:
        """The only object of a predicate; None where there is none, or several."""
        found = self.all(subject, predicate)
        return found[0] if len(found) == 1 else None

    def texts(self, subject: str, predicate: str) -> list[str]:
        """The lexical forms of a predicate's literals."""
        return [text_of(token) for token in self.all(subject, predicate) if token[0] == '"']

    def is_true(self, subject: str, predicate: str) -> bool:
        """Whether a flag is set."""
        return "true" in self.texts(subject, predicate)

    @cached_property
    def claims(self) -> list[str]:
        """The claims, in their order."""
        return self.of_type(LOD.Claim)

    @cached_property
    def claims_of_value(self) -> dict[str, list[str]]:
        """Value to the claims that state it."""
        found: dict[str, list[str]] = {}
        for claim in self.claims:
            for value in self.all(claim, LOD.value):
                found.setdefault(value, []).append(claim)
        return found

    @cached_property
    def triples(self) -> list[Triple]:
        """The default graph."""
        return lines(self._default)

    def published(self, document: str | None) -> str | None:
        """The date of a document."""
        return None if document is None else self.one(document, SCHEMA.datePublished)

    def anchors(self, claim: str) -> Iterator[tuple[str, str, int, int]]:
        """Anchor, words, start and end of the anchors of a claim that are whole, as they stand."""
        for anchor in self.all(claim, LOD.anchor):
            place = self.place(anchor)
            if place is not None:
                yield (anchor, *place)

    def place(self, anchor: str) -> tuple[str, int, int] | None:
        """Words, start and end of an anchor; None where it lacks one."""
        words = start = end = None
        for selector in self.all(anchor, OA.hasSelector):
            for found in self.texts(selector, OA.exact):
                words = found
            start = whole(self.one(selector, OA.start), start)
            end = whole(self.one(selector, OA.end), end)
        if words is None or start is None or end is None:
            return None
        return words, start, end

    def found(
        self,
        check: str,
        focus: str,
        message: str,
        path: str | None = None,
        value: str | None = None,
    ) -> None:
        """Report something.

        Args:
            check: local name of the check.
            focus: the node.
            message: what is wrong.
            path: IRI of the property, or None.
            value: the value that is wrong, or None.
        """
        self.results.append(
            ValidationResult(
                focus,
                None if path is None else ShapePath(predicate=path),
                value,
                message,
                VIOLATION,
                CHECKS + check,
                CHECKS + check,
            )
        )


class BuiltData(Data):
    """A dataset that was just built, of which one statement is known at a time.

    Args:
        dataset: the dataset.
        vocabulary: as in `Data`.
    """

    def __init__(self, dataset: Dataset, vocabulary: Vocabulary) -> None:
        super().__init__("", dataset.graphs, vocabulary)
        self._dataset = dataset
        self._near: dict[str, Node] = {}

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """What is said in no statement; everything, where it is not known which there are."""
        return index(self._dataset.rest())

    def node(self, subject: str) -> Node:
        """What is said of a node, of the last statement or of none."""
        return self._near.get(subject) or self.nodes.get(subject, _NOTHING)

    def each_claim(self) -> Iterator[str]:
        """The claims, in their order."""
        yield from super().each_claim()
        type_ = t(LOD.Claim)
        for text in self._dataset.each_statement():
            self._near = index(text)
            for subject, node in self._near.items():
                if type_ in node.get(RDF_TYPE, ()):
                    yield subject
        self._near = {}

    def some(self, subjects: AbstractSet[str]) -> Iterator[tuple[str, Node]]:
        """Some of the nodes, and what is said of them."""
        yield from super().some(subjects)
        claims = f"<{self._dataset.base}claim/"
        ids = {
            first_segment(subject, len(claims))
            for subject in subjects
            if subject.startswith(claims)
        }
        for text in self._dataset.each_statement() if ids else ():
            if first_segment(text, len(claims)) in ids:
                near = index(text)
                yield from ((subject, near[subject]) for subject in near.keys() & subjects)


def whole(token: str | None, default: int | None = None) -> int | None:
    """The number of an integer literal; `default` where there is none."""
    if token is None or token[0] != '"':
        return default
    try:
        return int(text_of(token))
    except ValueError:
        return default


def plain_iri(token: str) -> str:
    """The IRI of a token; "" for a literal or a blank node."""
    return iri_of(token) if token.startswith("<") else ""
