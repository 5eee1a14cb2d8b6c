"""Turtle and TriG that people can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.formats import TRIG, TURTLE, Format
from lod.rdf.serialize import serialize
from lod.rdf.turtle import LINE_LENGTH, to_turtle

if TYPE_CHECKING:
    from tests.rdf.conftest import Quad, Reader

BASE = "https://e.org/p/"
XSD = PREFIXES["xsd"]


def turtle_of(term: str, *, base: str = BASE, prefixes: dict[str, str] | None = None) -> str:
    """How a term is written as an object."""
    triple = f"<x:s> <x:p> {term} .\n"
    text = to_turtle(Dataset(base, triple, {}, prefixes or {}))
    return text.rpartition("<x:s> <x:p> ")[2].removesuffix(" .\n")


def test_a_claim_reads_as_in_the_documentation(sample: Dataset) -> None:
    text = serialize(sample, "turtle")
    assert text.startswith("@base <https://data.example.org/sample/> .\n@prefix ")
    block = """
claim:trade-2023 a lod:Claim, schema:Claim, prov:Entity ;
    rdfs:label "Putin: trade reached more than 28 billion USD."@en ;
    lod:subject entity:trade ;
    lod:property rel:tradeVolume ;
    lod:value <claim/trade-2023/value> ;
    lod:modality lod:stated ;
    lod:polarity lod:positive ;
    lod:during <claim/trade-2023/period> ;
    rel:rank "a new record"@en ;
    schema:about wd:Q159, wd:Q232 ;
    prov:wasAttributedTo entity:putin ;
    prov:wasDerivedFrom <document> ;
    lod:anchor <claim/trade-2023/anchor/1> .

<claim/trade-2023/anchor/1> a oa:SpecificResource ;
    oa:hasSource <text/ab12cd34ef56> ;
    oa:hasSelector
        <claim/trade-2023/anchor/1/quote/1>,
        <claim/trade-2023/anchor/1/position/1>,
        <claim/trade-2023/anchor/1/quote/2>,
        <claim/trade-2023/anchor/1/position/2> ;
    lod:sentence 11 .
"""
    assert block in text


def test_trig_has_the_turtle_and_then_the_graphs(sample: Dataset) -> None:
    text = serialize(sample, "trig")
    graph = """
<reported/putin> {
    entity:kazakhstan rel:memberOf entity:csto .

    entity:trade rel:tradeVolume <claim/trade-2023/value> ;
        rel:describedAs "record-breaking"@en .
}
"""
    assert text.endswith(graph)
    body = serialize(sample, "turtle").partition("\n\n")[2]
    assert body in text


def test_subjects_stand_in_the_order_of_the_dataset(sample: Dataset) -> None:
    text = serialize(sample, "turtle")
    places = [
        text.index(f"\n{subject} a ")
        for subject in ("<document>", "<dataset>", "entity:putin", "claim:membership")
    ]
    assert places == sorted(places)


def test_exactly_the_prefixes_in_use_are_declared(sample: Dataset) -> None:
    text = serialize(sample, "turtle")
    head, _, body = text.partition("\n\n")
    without_literals = re.sub(r'"(?:[^"\\]|\\.)*"', "", body)
    used = set(re.findall(r"(?<![<\w/:])([a-z]+):[A-Za-z0-9]", without_literals))
    declared = re.findall(r"@prefix (\w+):", head)
    assert set(declared) == used
    assert "sh" not in declared


def test_types_come_first_wherever_they_stand() -> None:
    type_ = PREFIXES["rdf"] + "type"
    triples = f"<x:s> <x:p> <x:o> .\n<x:s> <{type_}> <x:A> .\n<x:s> <x:p> <x:o2> .\n"
    text = to_turtle(Dataset("x:", triples + f"<x:s> <{type_}> <x:B> .\n"))
    assert text == "\n<x:s> a <x:A>, <x:B> ;\n    <x:p> <x:o>, <x:o2> .\n"


def test_many_objects_stand_one_a_line_and_few_on_one() -> None:
    objects = [f'"{"word " * 4}{n}"' for n in range(5)]
    triples = "".join(f"<x:s> <x:p> {o} .\n" for o in objects)
    few = to_turtle(Dataset("x:", "".join(triples.splitlines(keepends=True)[:2])))
    many = to_turtle(Dataset("x:", triples))
    assert few.count("\n") == 2
    assert many.count("\n") == 7
    assert all(len(line) <= LINE_LENGTH for line in many.splitlines())


@pytest.mark.parametrize(
    ("lexical", "datatype", "written"),
    [
        ("28000000000", "integer", "28000000000"),
        ("-7", "integer", "-7"),
        ("0", "integer", "0"),
        ("007", "integer", '"007"^^xsd:integer'),
        ("+7", "integer", '"+7"^^xsd:integer'),
        ("-0", "integer", '"-0"^^xsd:integer'),
        ("seven", "integer", '"seven"^^xsd:integer'),
        ("7", "nonNegativeInteger", '"7"^^xsd:nonNegativeInteger'),
        ("3.20", "decimal", "3.20"),
        ("-0.5", "decimal", "-0.5"),
        ("3", "decimal", '"3"^^xsd:decimal'),
        (".5", "decimal", '".5"^^xsd:decimal'),
        ("3.", "decimal", '"3."^^xsd:decimal'),
        ("0.0000001", "decimal", '"0.0000001"^^xsd:decimal'),
        ("true", "boolean", "true"),
        ("false", "boolean", "false"),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("1.0E0", "double", '"1.0E0"^^xsd:double'),
        ("2024-11-27", "date", '"2024-11-27"^^xsd:date'),
    ],
)
def test_short_forms_only_of_what_is_exactly_one(lexical: str, datatype: str, written: str) -> None:
    assert turtle_of(f'"{lexical}"^^<{XSD}{datatype}>', prefixes={"xsd": XSD}) == written


@pytest.mark.parametrize(
    ("token", "written"),
    [
        ('"a"@en', '"a"@en'),
        (r'"say \"hi\"\nor \\not"@en', r'"say \"hi\"\nor \\not"@en'),
        ('"a\tb"', r'"a\tb"'),
        (r'"\u0007"', r'"\u0007"'),
        ('"\x07"', r'"\u0007"'),
        ('"a\u2028b"@en', r'"a\u2028b"@en'),
        ('"abc\u202edef"', r'"abc\u202Edef"'),
        ('"\ufeffa"', r'"\uFEFFa"'),
        ('"non\xa0breaking, שלום, क्‍ष, 👩‍🔬"', '"non\xa0breaking, שלום, क्‍ष, 👩‍🔬"'),
    ],
)
def test_only_characters_that_break_or_reorder_lines_are_escaped(token: str, written: str) -> None:
    assert turtle_of(token) == written


IRIS = {
    "claim/a": "<claim/a>",
    "entity/a": "entity:a",
    "entity/a.b": "entity:a.b",
    "entity/a.": f"<{BASE}entity/a.>",
    "entity/-a": "<entity/-a>",
    "entity/a/b": "<entity/a/b>",
    "entity/": f"<{BASE}entity/>",
    "entity/қаз": "<entity/қаз>",
    "": f"<{BASE}>",
    "/a": f"<{BASE}/a>",
    "a//b": f"<{BASE}a//b>",
    "a:b": f"<{BASE}a:b>",
    "..": f"<{BASE}..>",
    "./a": f"<{BASE}./a>",
    "a/../b": f"<{BASE}a/../b>",
    "a/.": f"<{BASE}a/.>",
    "?q": f"<{BASE}?q>",
    "#f": f"<{BASE}#f>",
    "a%20b": "<a%20b>",
}


@pytest.mark.parametrize("rest", IRIS)
def test_iris_are_shortened_where_that_is_safe(
    rest: str, readers: dict[str, Reader], expected: Callable[[Dataset, Format], set[Quad]]
) -> None:
    prefixes = {"entity": f"{BASE}entity/"}
    assert turtle_of(f"<{BASE}{rest}>", prefixes=prefixes) == IRIS[rest]
    dataset = Dataset(BASE, f"<x:s> <x:p> <{BASE}{rest}> .\n", {}, prefixes)
    # rapper takes the dots out of whole IRIs too.
    for reader in ("pyoxigraph", "rdflib", *([] if "." in rest else ["rapper"])):
        assert readers[reader](to_turtle(dataset), TURTLE) == expected(dataset, TURTLE)


@pytest.mark.parametrize(
    ("base", "iri", "written"),
    [
        ("https://e.org/p#", "https://e.org/p#claim/a", "<#claim/a>"),
        ("https://e.org/p#", "https://e.org/p#", "<https://e.org/p#>"),
        ("https://e.org/p?q=/", "https://e.org/p?q=/a", "<https://e.org/p?q=/a>"),
        ("https://e.org/a/../p/", "https://e.org/a/../p/x", "<https://e.org/a/../p/x>"),
        ("urn:x:", "urn:x:a", "<urn:x:a>"),
    ],
)
def test_only_a_base_that_joins_plainly_is_declared(
    base: str,
    iri: str,
    written: str,
    readers: dict[str, Reader],
    expected: Callable[[Dataset, Format], set[Quad]],
) -> None:
    assert turtle_of(f"<{iri}>", base=base) == written
    dataset = Dataset(base, f"<x:s> <x:p> <{iri}> .\n")
    text = to_turtle(dataset)
    assert ("@base" in text) == written.startswith("<#")
    for reader in ("pyoxigraph", "rdflib", *([] if ".." in iri else ["rapper"])):
        assert readers[reader](text, TURTLE) == expected(dataset, TURTLE)


@pytest.mark.parametrize(
    ("prefixes", "written"),
    [
        ({"a": "https://n.org/"}, "a:x1"),
        ({"a": "https://n.org/", "b": "https://n.org/"}, "a:x1"),
        ({"": "https://n.org/"}, ":x1"),
        ({"odd": "https://n.org/x"}, "odd:1"),
        ({"bad prefix": "https://n.org/"}, "<https://n.org/x1>"),
        ({"ends.": "https://n.org/"}, "<https://n.org/x1>"),
    ],
)
def test_prefixes(prefixes: dict[str, str], written: str) -> None:
    assert turtle_of("<https://n.org/x1>", prefixes=prefixes) == written


def test_a_subject_that_comes_again_is_no_error(
    readers: dict[str, Reader], expected: Callable[[Dataset, Format], set[Quad]]
) -> None:
    triples = "<x:a> <x:p> <x:o> .\n<x:b> <x:p> <x:o> .\n<x:a> <x:p> <x:o> .\n"
    dataset = Dataset("x:", triples, {"x:g": triples, "x:h": ""})
    assert readers["pyoxigraph"](serialize(dataset, TRIG), TRIG) == expected(dataset, TRIG)
