"""Validation of datasets and of RDF files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lod.dataset.rdf_files import RdfFile, parse_quads, read_rdf_file
from lod.errors import FormatError
from lod.validation.engines import find_engine
from lod.validation.report import ValidationReport
from lod.validation.shapes import Shapes, load_shapes, shipped_shapes, shipped_shapes_with

if TYPE_CHECKING:
    from lod.dataset.dataset import Dataset
    from lod.vocabulary.vocabulary import Vocabulary


def validate_dataset(
    dataset: Dataset, context: str = "", *, shapes: Shapes | None = None, engine: str = "auto"
) -> ValidationReport:
    """Validate a dataset, all its graphs taken together.

    Args:
        dataset: the dataset of a publication.
        context: what the vocabulary says of the terms in use, as canonical N-Triples lines.
        shapes: the shapes; None for those that ship with lod.
        engine: "auto", "shacl" or "pyshacl".

    Returns:
        The report. That data does not conform is a result, never an exception.

    Raises:
        MissingExtraError: the engine is not installed.
        VocabularyError: the engine cannot use the shapes.
    """
    shapes = shapes or shipped_shapes()
    results = find_engine(engine).validate(shapes, dataset.union() + context)
    return ValidationReport(tuple(results), dataset.base, dataset.prefixes)


def validate_publication(
    dataset: Dataset, vocabulary: Vocabulary, *, engine: str = "auto"
) -> ValidationReport:
    """Validate the dataset of a publication against the shapes and its vocabulary.

    Args:
        dataset: the dataset.
        vocabulary: the terms that it was built with; qualifiers of its own are known to the
            shapes.
        engine: "auto", "shacl" or "pyshacl".

    Raises:
        MissingExtraError: the engine is not installed.
    """
    context = vocabulary.context_triples(dataset.terms)
    shapes = shipped_shapes_with(vocabulary.own_shapes)
    return validate_dataset(dataset, context, shapes=shapes, engine=engine)


def validate_files(
    paths: Iterable[str | Path],
    shapes: Iterable[str | Path] | None = None,
    *,
    engine: str = "auto",
) -> ValidationReport:
    """Validate RDF files of any format, all their graphs taken together.

    Args:
        paths: the files; the extension tells the format.
        shapes: files of shapes; None for the shapes that ship with lod, and then what the
            vocabulary says of its terms is data too.
        engine: "auto", "shacl" or "pyshacl".

    Raises:
        InputError: a file cannot be read.
        FormatError: a file is malformed; the message names file, line and column.
        MissingExtraError: the engine is not installed.
        VocabularyError: the shapes are no proper shapes.
    """
    if shapes is not None:
        chosen, context = load_shapes(shapes), ""
    else:
        from lod.vocabulary.vocabulary import load_vocabulary

        chosen, context = shipped_shapes(), load_vocabulary().all_context_triples()
    files = [read_rdf_file(path) for path in paths]
    parts = [_triples(file, f"_:f{n}" if n else "_:") for n, file in enumerate(files)]
    results = find_engine(engine).validate(chosen, "".join(parts) + context)
    return ValidationReport(tuple(results))


def _triples(file: RdfFile, blank: str) -> str:
    """The triples of a file as canonical N-Triples lines.

    Args:
        file: the file.
        blank: what its blank nodes begin with, so that those of two files stay two.

    Raises:
        FormatError: it is malformed, or has triples as terms (RDF 1.2).
    """
    from pyoxigraph import Triple

    lines = []
    for quad in parse_quads(file):
        parts = [str(term) for term in quad.triple]
        if isinstance(quad.object, Triple):
            raise FormatError(
                f"{file.name}: the object of {parts[0]} {parts[1]} is a triple.",
                hint="Triples as terms (RDF 1.2) cannot be validated.",
            )
        for at in (0, 2):
            if parts[at].startswith("_:"):
                parts[at] = blank + parts[at][2:]
        lines.append(f"{' '.join(parts)} .\n")
    return "".join(lines)
