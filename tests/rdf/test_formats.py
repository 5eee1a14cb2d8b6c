"""Formats are found by name, file name and media type."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from lod.errors import FormatError
from lod.rdf.formats import (
    FORMATS,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
    find_format,
    format_of_file,
)

NAMES = {
    "turtle": TURTLE,
    "Turtle": TURTLE,
    "ttl": TURTLE,
    "json-ld": JSON_LD,
    "jsonld": JSON_LD,
    "JSON_LD": JSON_LD,
    "trig": TRIG,
    "n-quads": N_QUADS,
    "nq": N_QUADS,
    "nquads": N_QUADS,
    "n-triples": N_TRIPLES,
    "nt": N_TRIPLES,
    "rdf-xml": RDF_XML,
    "RDF/XML": RDF_XML,
    "xml": RDF_XML,
}


@pytest.mark.parametrize("name", NAMES)
def test_names(name: str) -> None:
    assert find_format(name) is NAMES[name]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("turtel", "Did you mean turtle?"),
        ("json-lb", "Did you mean json-ld?"),
        ("n-quad", "Did you mean n-quads?"),
        ("csv", "The formats are turtle, json-ld, trig, n-quads, n-triples, rdf-xml."),
        ("", "The formats are turtle, json-ld, trig, n-quads, n-triples, rdf-xml."),
    ],
)
def test_unknown_names(name: str, hint: str) -> None:
    with pytest.raises(FormatError, match="There is no format") as error:
        find_format(name)
    assert error.value.hint == hint


@pytest.mark.parametrize(
    ("path", "format_"),
    [
        ("dataset.ttl", TURTLE),
        ("a.b/dataset.jsonld", JSON_LD),
        (Path("dist") / "dataset.trig", TRIG),
        ("DATASET.NQ", N_QUADS),
        ("x.nt", N_TRIPLES),
        ("x.rdf", RDF_XML),
        ("x.owl", RDF_XML),
    ],
)
def test_file_names(path: str | Path, format_: Format) -> None:
    assert format_of_file(path) is format_


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("facts.yaml", 'The extension ".yaml" of facts.yaml is that of no format.'),
        ("README", "README has no extension that tells its format."),
        (".ttl", ".ttl has no extension that tells its format."),
    ],
)
def test_unknown_file_names(path: str, message: str) -> None:
    with pytest.raises(FormatError) as error:
        format_of_file(path)
    assert error.value.message == message
    assert error.value.hint is not None
    assert ".ttl" in error.value.hint


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_each_format_is_found_by_all_it_says_of_itself(format_: Format) -> None:
    assert find_format(format_.name) is format_
    assert find_format(format_.label) is format_
    for extension in format_.extensions:
        assert format_of_file(f"x.{extension}") is format_


@pytest.mark.parametrize("format_", FORMATS, ids=str)
def test_media_type_iri_and_graphs_are_those_that_pyoxigraph_knows(format_: Format) -> None:
    known = pyoxigraph.RdfFormat.from_media_type(format_.media_type)
    assert known is not None
    # pyoxigraph has an IRI of its own for JSON-LD.
    assert format_ is JSON_LD or known.iri == format_.iri
    assert known.supports_datasets == format_.holds_graphs
    assert pyoxigraph.RdfFormat.from_extension(format_.extension) == known
