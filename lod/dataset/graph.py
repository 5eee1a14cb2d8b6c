"""A dataset in rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dataset.ntriples import iri_of, lines, split_literal, unescape

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier

    from lod.dataset.dataset import Dataset


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

    >>> from lod.dataset.dataset import Dataset
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
