"""One door to every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

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
    chosen = find_format(format_) if isinstance(format_, str) else format_
    return _WRITERS[chosen.name](dataset)


# Each writer is imported when it is first asked for: a build that writes Turtle needs no JSON-LD.
def _turtle(dataset: Dataset) -> str:
    from lod.rdf.turtle import to_turtle

    return to_turtle(dataset)


def _trig(dataset: Dataset) -> str:
    from lod.rdf.turtle import to_trig

    return to_trig(dataset)


def _jsonld(dataset: Dataset) -> str:
    from lod.rdf.jsonld import to_jsonld

    return to_jsonld(dataset)


def _rdfxml(dataset: Dataset) -> str:
    from lod.rdf.rdfxml import to_rdfxml

    return to_rdfxml(dataset)


def _n_quads(dataset: Dataset) -> str:
    return dataset.n_quads()


def _n_triples(dataset: Dataset) -> str:
    return dataset.n_triples()


_WRITERS: Mapping[str, Callable[[Dataset], str]] = {
    TURTLE.name: _turtle,
    TRIG.name: _trig,
    JSON_LD.name: _jsonld,
    RDF_XML.name: _rdfxml,
    N_QUADS.name: _n_quads,
    N_TRIPLES.name: _n_triples,
}
