"""The quads under check, and how to say what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lod.rdf.terms import RDF_TYPE, Node, index, iri_of, lines, split_literal, unescape
from lod.validation.paths import ShapePath
from lod.validation.report import VIOLATION, ValidationResult
from lod.vocabulary.names import LOD, OA, SCHEMA

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary

#: Namespace of the checks; the local name says what was looked at.
CHECKS = "https://w3id.org/lod-facts/checks#"

Triple = tuple[str, str, str]
_NOTHING: Node = {}


def t(iri: str) -> str:
    """The token of an IRI."""
    return f"<{iri}>"


@dataclass
class Data:
    """A dataset under check; terms are tokens, as in `lod.rdf.terms`.

    Attributes:
        default: the default graph as canonical N-Triples lines.
        graphs: IRI of each named graph to its lines.
        vocabulary: what is known of the terms.
        has_graphs: whether the data could say what stands in named graphs. Turtle cannot: what
            is missing from a graph is not looked for there.
        results: what was found.
        without: how the subjects begin whose anchors are passed over; None where all is looked at.
    """

    default: str
    graphs: Mapping[str, str]
    vocabulary: Vocabulary
    has_graphs: bool = True
    results: list[ValidationResult] = field(default_factory=list)
    without: str | None = None

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The default graph by subject and predicate."""
        if self.without is None:
            return index(self.default)
        return index(self.default, re.compile(f"{re.escape(self.without)}[^/>]+/anchor/"))

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
        return self.nodes.get(subject, _NOTHING).get(t(predicate), [])

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
        return lines(self.default)

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


def text_of(token: str) -> str:
    """The lexical form of a literal."""
    return unescape(split_literal(token)[0])


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
