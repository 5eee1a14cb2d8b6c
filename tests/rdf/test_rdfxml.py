"""RDF/XML, and what it cannot say."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from lod.errors import FormatError
from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.formats import RDF_XML, Format
from lod.rdf.rdfxml import to_rdfxml
from lod.rdf.terms import literal

if TYPE_CHECKING:
    from tests.rdf.conftest import Quad, Reader

RDF = PREFIXES["rdf"]


def one(predicate: str, term: str = "<x:o>") -> Dataset:
    return Dataset("x:", f"<x:s> <{predicate}> {term} .\n", {}, PREFIXES)


@pytest.mark.parametrize(
    ("predicate", "element"),
    [
        ("https://schema.org/about", "schema:about"),
        ("https://n.org/a", "ns1:a"),
        ("https://n.org/1a", "ns1:a"),
        ("https://n.org/a.b-c_d", "ns1:a.b-c_d"),
        ("https://n.org/naïve", "ns1:naïve"),
        ("https://n.org/қаз", "ns1:аз"),
        ("urn:x:y", "ns1:y"),
        (RDF + "_1", "rdf:_1"),
    ],
)
def test_predicates_are_split_into_namespace_and_name(
    predicate: str,
    element: str,
    readers: dict[str, Reader],
    expected: Callable[[Dataset, Format], set[Quad]],
) -> None:
    dataset = one(predicate)
    text = to_rdfxml(dataset)
    assert f"<{element} rdf:resource=" in text
    for reader in ("pyoxigraph", "rdflib", "rapper"):
        assert readers[reader](text, RDF_XML) == expected(dataset, RDF_XML)


@pytest.mark.parametrize(
    "predicate",
    [
        "https://n.org/123",
        "https://n.org/a/",
        "https://n.org/ns#",
        "https://n.org/中",
        RDF + "li",
        RDF + "about",
        "http://www.w3.org/2000/xmlns/a",
    ],
)
def test_a_predicate_without_an_xml_name_is_an_error_that_names_it(predicate: str) -> None:
    with pytest.raises(FormatError) as error:
        to_rdfxml(one(predicate))
    assert f"<{predicate}>" in error.value.message
    assert error.value.hint is not None
    assert "Turtle" in error.value.hint


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_is_none_of_xml_is_an_error_that_names_it(character: str) -> None:
    with pytest.raises(FormatError) as error:
        to_rdfxml(one("https://schema.org/text", literal(f"before{character}after", "en")))
    assert f"U+{ord(character):04X}" in error.value.message
    assert "before" in error.value.message


@pytest.mark.parametrize(
    "text",
    [
        "a < b & c > d",
        '"quoted"',
        "line\nline",
        "line\r\nline\r",
        "\ttab",
        " spaces ",
        "]]>",
        "",
        "<!-- -->",
        "&#0;",
        "\x7f\x85\u2028",
        "שלום 😀",
    ],
)
def test_text_is_kept_character_by_character(
    text: str, readers: dict[str, Reader], expected: Callable[[Dataset, Format], set[Quad]]
) -> None:
    dataset = one("https://schema.org/text", literal(text, "en"))
    for reader in ("pyoxigraph", "rdflib", "rapper"):
        assert readers[reader](to_rdfxml(dataset), RDF_XML) == expected(dataset, RDF_XML)


def test_only_namespaces_in_use_are_declared(sample: Dataset) -> None:
    text = to_rdfxml(sample)
    head = text[: text.index("<rdf:Description")]
    for prefix in ("rdf", "schema", "lod"):
        assert f'xmlns:{prefix}="{PREFIXES[prefix]}"' in head
    assert "xmlns:sh=" not in head
    assert "xmlns:claim=" not in head
    ET.fromstring(text)  # noqa: S314  # our own output


def test_a_prefix_that_xml_reserves_or_cannot_write_is_replaced() -> None:
    prefixes = {"xmlish": "https://n.org/a/", "1st": "https://n.org/b/", "ns1": "https://n.org/c/"}
    triples = "".join(f"<x:s> <https://n.org/{name}/p> <x:o> .\n" for name in "abc")
    text = to_rdfxml(Dataset("x:", triples, {}, prefixes))
    assert "xmlish" not in text
    assert 'xmlns:ns2="https://n.org/a/"' in text
    assert 'xmlns:ns3="https://n.org/b/"' in text
    assert 'xmlns:ns1="https://n.org/c/"' in text
