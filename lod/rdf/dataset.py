"""A dataset: quads as N-Triples text in publishing order, one text a graph; and in rdflib."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lod.rdf.blocks import Blocks
from lod.rdf.terms import iri_of, lines, split_literal, unescape

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Identifier


class TextOrBlocks:
    """The default graph of a dataset: given as a text or as `Blocks`, read as a text."""

    def __get__(self, dataset: Dataset | None, owner: type[Dataset]) -> str:
        if dataset is None:
            raise AttributeError  # so that the field has no default
        return str(dataset.blocks)

    def __set__(self, dataset: Dataset, text: str | Blocks) -> None:
        vars(dataset)["blocks"] = Blocks(text) if isinstance(text, str) else text
        vars(dataset)["_is_text"] = isinstance(text, str)


@dataclass(frozen=True)
class Dataset:
    """The quads of one publication.

    Statements are canonical N-Triples lines (N-Triples 1.1, section 4), each ended by a newline,
    in the order in which people read them: the document, the entities, the claims in text order,
    every subject's statements together. There are no blank nodes.

    Attributes:
        base: the IRI under which the publication names its things.
        default: the default graph. Where it was given in blocks, the text is made of them each
            time: what is long is better read from `blocks`.
        blocks: the same, in blocks of whole lines; what stands together about one subject is in one
            of them.
        graphs: IRI of each named graph to its text, in order.
        prefixes: prefix to namespace IRI, for the formats that abbreviate.
        claims: IRIs of the claims, in the order of the text.
        terms: IRIs of the properties, qualifiers and classes in use, which validation asks for.
        statements: where in `default` the lines of each statement begin, in code points, and where
            the last one ends; empty where that is not known, as of a default graph that is given as
            a text: that of a dataset with another text would be wrong.
    """

    base: str
    default: TextOrBlocks = TextOrBlocks()
    graphs: Mapping[str, str] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    statements: Sequence[int] = ()

    blocks: Blocks = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if vars(self).pop("_is_text"):
            object.__setattr__(self, "statements", ())

    def n_triples(self) -> str:
        """The default graph alone."""
        return self.default

    def n_quads(self) -> str:
        r"""The whole dataset as N-Quads text.

        >>> triple = "<x:s> <x:p> <x:o> .\n"
        >>> Dataset("x:", triple, {"x:g": triple}).n_quads().splitlines()
        ['<x:s> <x:p> <x:o> .', '<x:s> <x:p> <x:o> <x:g> .']
        """
        return "".join((self.default, *self.graph_quads()))

    def graph_quads(self) -> Iterator[str]:
        """The named graphs as N-Quads text, one after another."""
        for graph, triples in self.graphs.items():
            yield triples.replace(" .\n", f" <{graph}> .\n")

    def each_statement(self) -> Iterator[str]:
        """The lines of each statement."""
        return (text for is_statement, text in self._stretches() if is_statement)

    def rest(self) -> Iterator[str]:
        """The lines of the default graph that are of no statement, in blocks."""
        return (text for is_statement, text in self._stretches() if not is_statement)

    def _stretches(self) -> Iterator[tuple[bool, str]]:
        """Each statement, and what stands before and after them in one block."""
        cuts = [*self.statements, len(self.blocks) + 1]
        cut = begin = 0
        for block in self.blocks:
            at, end = begin, begin + len(block)
            while at < end:
                stop = min(cuts[cut], end)
                if stop > at:
                    yield 0 < cut < len(cuts) - 1, block[at - begin : stop - begin]
                    at = stop
                if stop == cuts[cut]:
                    cut += 1
            begin = end

    def union(self) -> str:
        """All graphs merged into one, as N-Triples text; a triple may stand twice."""
        return "".join((self.default, *self.graphs.values()))

    def __repr__(self) -> str:
        graphs = f" in {len(self.graphs)} named graphs and the default one" if self.graphs else ""
        return f"<Dataset {self.base}: {len(self):,} quads{graphs}, {len(self.claims):,} claims>"

    def __len__(self) -> int:
        """The number of quads."""
        graphs = sum(text.count("\n") for text in self.graphs.values())
        return sum(block.count(b"\n") for block in self.blocks.encoded()) + graphs


def first_segment(text: str, start: int) -> str:
    """The first segment of the path of the IRI that a text begins with, from a place on.

    >>> first_segment("<https://e.org/claim/trade/value> <x:p> 2 .", len("<https://e.org/claim/"))
    'trade'
    """
    end = text.index(">", start)
    slash = text.find("/", start, end)
    return text[start : end if slash < 0 else slash]


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
