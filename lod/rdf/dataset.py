"""A dataset: quads as N-Triples text in publishing order, one text a graph; and in rdflib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lod.rdf.terms import iri_of, lines, split_literal, unescape

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier


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
        statements: where in `default` the lines of each statement begin, in code points, and where
            the last one ends; empty where that is not known.
    """

    base: str
    default: str
    graphs: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    statements: Sequence[int] = ()

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

    def __repr__(self) -> str:
        graphs = f" in {len(self.graphs)} named graphs and the default one" if self.graphs else ""
        return f"<Dataset {self.base}: {len(self):,} quads{graphs}, {len(self.claims):,} claims>"

    def __len__(self) -> int:
        """The number of quads."""
        return self.default.count("\n") + sum(t.count("\n") for t in self.graphs.values())


def to_graph(dataset: Dataset, *, union: bool = False) -> rdflib.Dataset:
    r"""Turn a dataset into an rdflib dataset, with its prefixes bound.

    The terms are made from the lines directly, which is faster than rdflib's parsers and keeps
    every literal as it was written ("3.20" stays "3.20").

    Args:
        dataset: what to turn.
        union: let queries without GRAPH see all graphs, and not the default graph alone. What is
            then written as Turtle states what was only reported.

    Returns:
        The rdflib dataset; `quads()` gives all of it, iteration too.

    >>> from lod.rdf.dataset import Dataset
    >>> triple = "<x:s> <x:p> <x:o> .\n"
    >>> graph = to_graph(Dataset("x:", triple, {"x:g": triple}))
    >>> len(graph.default_graph), len(list(graph.quads()))
    (1, 2)
    """
    from rdflib import Dataset as RdflibDataset
    from rdflib import Literal, URIRef
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    terms: dict[str, Identifier] = {}

    def term(token: str) -> Identifier:
        known = terms.get(token)
        if known is not None:
            return known
        if token[0] == "<":
            made: Identifier = URIRef(iri_of(token))
        else:
            lexical, language, datatype = split_literal(token)
            made = Literal(
                unescape(lexical),
                lang=language or None,
                datatype=URIRef(datatype) if datatype else None,
                normalize=False,
            )
        terms[token] = made
        return made

    graph = RdflibDataset(default_union=union)
    for prefix, namespace in dataset.prefixes.items():
        graph.bind(prefix, namespace, replace=True)
    named = {URIRef(iri): text for iri, text in dataset.graphs.items()}
    for identifier, text in {DATASET_DEFAULT_GRAPH_ID: dataset.default, **named}.items():
        context = graph.graph(identifier)
        graph.addN((term(s), term(p), term(o), context) for s, p, o in lines(text))
    return graph
