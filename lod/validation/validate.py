"""Validation of datasets and of RDF files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from lod.errors import FormatError, VocabularyError
from lod.rdf.files import RdfFile, parse_quads, read_rdf_file
from lod.rdf.terms import RDF_TYPE, lines
from lod.sources.outside import read_text
from lod.validation.checks import check_built, check_data
from lod.validation.engines import find_engine
from lod.validation.portions import MOST, portions
from lod.validation.report import ValidationReport, ValidationResult
from lod.validation.shapes import Shapes, load_shapes, shipped_shapes
from lod.vocabulary.names import SCHEMA

if TYPE_CHECKING:
    from lod.facts.text import SourceText
    from lod.rdf.dataset import Dataset
    from lod.vocabulary.vocabulary import Vocabulary

#: A dataset with more text than this, in code points, is validated in portions.
_LARGE = 3 * MOST
_CLAIM = "<https://w3id.org/lod-facts/ns#Claim>"
_DEFINED = "<http://www.w3.org/2000/01/rdf-schema#isDefinedBy>"
_IS_DATASET = rf"(?m)^(\S+) {re.escape(RDF_TYPE)} <http://www\.w3\.org/ns/dcat#Dataset> "
_LANGUAGE = r'<https://schema.org/inLanguage> "([^"]+)"'


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


def _together(
    one: Iterable[ValidationResult], other: Iterable[ValidationResult]
) -> list[ValidationResult]:
    return sorted({*one, *other}, key=lambda result: result.sort_key)


def validate_publication(
    dataset: Dataset, vocabulary: Vocabulary, own_shapes: str = "", *, engine: str = "auto"
) -> ValidationReport:
    """Validate the dataset of a publication against the shapes and its vocabulary.

    Its graphs are checked too; the other checks are for data from files.

    Args:
        dataset: the dataset.
        vocabulary: the terms that it was built with; qualifiers of its own are known to the
            shapes.
        own_shapes: Turtle text of the publication's own shapes; "" for none.
        engine: "auto", "shacl" or "pyshacl".

    Raises:
        FormatError: its own shapes are malformed.
        MissingExtraError: the engine is not installed.
        VocabularyError: its own shapes are no proper shapes.
    """
    context = vocabulary.context_triples(dataset.terms)
    shapes = shipped_shapes(vocabulary.own_shapes, own_shapes)
    found = check_built(dataset, vocabulary)
    # Shapes of its own may ask for anything, and see everything.
    if len(dataset.blocks) < _LARGE or len(dataset.statements) < 2 or own_shapes:
        report = validate_dataset(dataset, context, shapes=shapes, engine=engine)
        return replace(report, results=tuple(_together(report.results, found)))
    results = _validate_portions(dataset, context, shapes, engine)
    return ValidationReport(tuple(_together(results, found)), dataset.base, dataset.prefixes)


def _validate_portions(
    dataset: Dataset, context: str, shapes: Shapes, engine: str, most: int = MOST
) -> Iterator[ValidationResult]:
    """The results of a dataset, which is never handed over as a whole."""
    validator = find_engine(engine)
    for portion in portions(dataset, most):
        for result in validator.validate(shapes, portion.text + context):
            if portion.counts(result.focus_node):
                yield result


def validate_files(
    paths: Iterable[str | Path],
    shapes: Iterable[str | Path] | None = None,
    *,
    engine: str = "auto",
    text: str | Path | Iterable[str | Path] | None = None,
) -> ValidationReport:
    """Validate RDF files of any format: against shapes, all their graphs taken together.

    With the shipped shapes, what shapes cannot see is checked too, graph by graph.

    Args:
        paths: the files; the extension tells the format.
        shapes: files of shapes; None for the shapes that ship with lod, and then what the
            vocabulary says of its terms is data too.
        text: file of the text that the anchors select from, or files of its versions; None where
            it is not at hand.
        engine: "auto", "shacl" or "pyshacl".

    Raises:
        InputError: a file cannot be read.
        FormatError: a file is malformed; the message names file, line and column.
        MissingExtraError: the engine is not installed.
        VocabularyError: the shapes are no proper shapes.
    """
    files = [read_rdf_file(path) for path in paths]
    graphs: dict[str, list[str]] = {"": []}
    for number, file in enumerate(files):
        _read_into(graphs, file, f"_:f{number}" if number else "_:")
    texts = {iri: "".join(found) for iri, found in graphs.items()}
    union = "".join(texts.values())
    if shapes is not None:
        return ValidationReport(tuple(find_engine(engine).validate(load_shapes(shapes), union)))
    vocabulary = _vocabulary_of(union)
    results = find_engine(engine).validate(
        shipped_shapes(vocabulary.own_shapes), union + vocabulary.all_context_triples()
    )
    default = texts.pop("")
    # A dataset that stands whole in a graph of its own is looked at there.
    for iri in [iri for iri, found in texts.items() if _CLAIM in found]:
        default += texts.pop(iri)
    found = check_data(
        default,
        texts,
        vocabulary,
        has_graphs=any(file.format.holds_graphs for file in files),
        texts=[_source_text(path, default) for path in _paths(text)],
    )
    return ValidationReport(tuple(_together(results, found)))


def _vocabulary_of(data: str) -> Vocabulary:
    """Our terms, with those that the data declares as defined in it."""
    from lod.vocabulary.vocabulary import load_vocabulary

    own = []
    if _DEFINED in data:
        of_data = {found[1] for found in re.finditer(_IS_DATASET, data)}
        terms = {
            s for s, predicate, value in lines(data) if predicate == _DEFINED and value in of_data
        }
        own = [f"{s} {p} {o} .\n" for s, p, o in lines(data) if s in terms]
    try:
        return load_vocabulary("".join(own), "the terms of the data") if own else load_vocabulary()
    except VocabularyError:  # what is wrong with them is a result of the shapes
        return load_vocabulary()


def _paths(text: str | Path | Iterable[str | Path] | None) -> list[str | Path]:
    if text is None:
        return []
    return [text] if isinstance(text, str | Path) else list(text)


def _source_text(path: str | Path, data: str) -> SourceText:
    """The text of a file, in the language that the data names for it."""
    from lod.facts.text import SourceText

    raw = read_text(path)
    node = re.search(rf'^(<[^>]+>) <{SCHEMA.sha256}> "{SourceText(raw).sha256}"', data, re.M)
    of_text = rf"^{re.escape(node[1])} {_LANGUAGE}" if node else _LANGUAGE
    language = re.search(of_text, data, re.M)
    return SourceText(raw, language[1] if language else "en")


def _read_into(graphs: dict[str, list[str]], file: RdfFile, blank: str) -> None:
    """Add the triples of a file to the lines of their graphs, "" for the default graph.

    Args:
        graphs: IRI of each graph to its lines.
        file: the file.
        blank: what its blank nodes begin with, so that those of two files stay two. What follows
            is the label of the file.

    Raises:
        FormatError: it is malformed, or has triples as terms (RDF 1.2).
    """
    from pyoxigraph import DefaultGraph, Triple

    # A node without a label gets one that is the same each time and in no file: b1, b2, … in the
    # order of the file. The parser gives it another on every run.
    names: dict[str, str] = {}
    free = (f"b{n}" for n in count(1) if f"_:b{n}".encode() not in file.data)

    def name(label: str) -> str:
        if label not in names:
            names[label] = label if label.encode() in file.data else next(free)
        return blank + names[label]

    for quad in parse_quads(file):
        parts = [str(term) for term in quad.triple]
        if isinstance(quad.object, Triple):
            raise FormatError(
                f"{file.name}: the object of {parts[0]} {parts[1]} is a triple.",
                hint="Triples as terms (RDF 1.2) cannot be validated.",
            )
        for at in (0, 2):
            if parts[at].startswith("_:"):
                parts[at] = name(parts[at][2:])
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        graphs.setdefault(graph, []).append(f"{' '.join(parts)} .\n")
