"""A dataset: quads as N-Triples text in publishing order, one text a graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dataset:
    """The quads of one publication.

    Statements are canonical N-Triples lines (N-Triples 1.1, section 4), each ended by a newline,
    in the order in which people read them: the document, the entities, the claims in text order,
    every subject's statements together. There are no blank nodes.

    Attributes:
        base: the IRI under which the publication names its things.
        default: the default graph.
        graphs: IRI of each named graph to its text, in order.
        prefixes: prefix to namespace IRI, for the formats that abbreviate.
        claims: IRIs of the claims, in the order of the text.
        terms: IRIs of the properties, qualifiers and classes in use, which validation asks for.
    """

    base: str
    default: str
    graphs: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    def n_triples(self) -> str:
        """The default graph alone."""
        return self.default

    def n_quads(self) -> str:
        r"""The whole dataset as N-Quads text.

        >>> triple = "<x:s> <x:p> <x:o> .\n"
        >>> Dataset("x:", triple, {"x:g": triple}).n_quads().splitlines()
        ['<x:s> <x:p> <x:o> .', '<x:s> <x:p> <x:o> <x:g> .']
        """
        parts = [self.default]
        for graph, triples in self.graphs.items():
            parts.append(triples.replace(" .\n", f" <{graph}> .\n"))
        return "".join(parts)

    def union(self) -> str:
        """All graphs merged into one, as N-Triples text; a triple may stand twice."""
        return "".join((self.default, *self.graphs.values()))

    def __len__(self) -> int:
        """The number of quads."""
        return self.default.count("\n") + sum(t.count("\n") for t in self.graphs.values())
