"""TriG that people read (RDF 1.1 TriG): the Turtle of the default graph, then the named graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.dataset.turtle import Terms, document, subject_blocks

if TYPE_CHECKING:
    from lod.dataset.dataset import Dataset


def to_trig(dataset: Dataset) -> str:
    r"""Write the whole dataset as TriG.

    Returns:
        The TriG document; "" for a dataset without quads.

    >>> from lod.dataset.dataset import Dataset
    >>> triple = "<x:s> <x:p> <x:o> .\n"
    >>> print(to_trig(Dataset("x:", triple, {"x:g": triple})))
    <BLANKLINE>
    <x:s> <x:p> <x:o> .
    <BLANKLINE>
    <x:g> {
        <x:s> <x:p> <x:o> .
    }
    <BLANKLINE>
    """
    terms = Terms(dataset.base, dataset.prefixes)
    blocks = subject_blocks(dataset.default, terms, "")
    for graph, text in dataset.graphs.items():
        inner = subject_blocks(text, terms, "    ")
        if inner:
            blocks.append(f"{terms[f'<{graph}>']} {{\n" + "\n".join(inner) + "}\n")
    return document(terms, blocks)
