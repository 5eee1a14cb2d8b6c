"""One door to every format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from lod.rdf.blocks import Blocks
from lod.rdf.formats import (
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
    find_format,
)

if TYPE_CHECKING:
    from lod.rdf.dataset import Dataset


def serialize(dataset: Dataset, format_: Format | str) -> str:
    r"""Write a dataset in a format.

    The same dataset gives the same text, and a small change of the dataset a small difference.

    Args:
        dataset: what to write.
        format_: the format, or its name. One that holds no named graphs holds the default graph.

    Returns:
        The text, to be encoded as UTF-8.

    Raises:
        FormatError: there is no such format, or RDF/XML cannot hold the dataset.

    >>> from lod.rdf.dataset import Dataset
    >>> print(serialize(Dataset("x:", "<x:s> <x:p> <x:o> .\n"), "nt"), end="")
    <x:s> <x:p> <x:o> .
    """
    return str(_blocks(dataset, format_))


def encode(dataset: Dataset, format_: Format | str) -> Iterator[bytes]:
    """The same as UTF-8, piece by piece: no long text is held twice.

    Args:
        dataset: what to write.
        format_: as for `serialize`.

    Raises:
        FormatError: as by `serialize`, before the first piece.
    """
    return _blocks(dataset, format_).encoded()


def _blocks(dataset: Dataset, format_: Format | str) -> Blocks:
    chosen = find_format(format_) if isinstance(format_, str) else format_
    return _WRITERS[chosen.name](dataset)


# Each writer is imported when it is first asked for: a build that writes Turtle needs no JSON-LD.
def _turtle(dataset: Dataset) -> Blocks:
    from lod.rdf.turtle import turtle_blocks

    return turtle_blocks(dataset)


def _trig(dataset: Dataset) -> Blocks:
    from lod.rdf.turtle import trig_blocks

    return trig_blocks(dataset)


def _jsonld(dataset: Dataset) -> Blocks:
    from lod.rdf.jsonld import jsonld_blocks

    return jsonld_blocks(dataset)


def _rdfxml(dataset: Dataset) -> Blocks:
    from lod.rdf.rdfxml import to_rdfxml

    return Blocks(to_rdfxml(dataset))


def _n_quads(dataset: Dataset) -> Blocks:
    return dataset.blocks.followed_by(dataset.graph_quads())


def _n_triples(dataset: Dataset) -> Blocks:
    return dataset.blocks


_WRITERS: Mapping[str, Callable[[Dataset], Blocks]] = {
    TURTLE.name: _turtle,
    TRIG.name: _trig,
    JSON_LD.name: _jsonld,
    RDF_XML.name: _rdfxml,
    N_QUADS.name: _n_quads,
    N_TRIPLES.name: _n_triples,
}
