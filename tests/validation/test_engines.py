"""Both engines find the same, and what SHACL says that there is."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from lod.errors import LodError, MissingExtraError, VocabularyError
from lod.rdf.files import RdfFile, parse_quads
from lod.rdf.formats import TURTLE
from lod.resources import files
from lod.validation import engines
from lod.validation.engines import find_engine
from lod.validation.paths import SH
from lod.validation.report import ValidationReport, ValidationResult
from lod.validation.shapes import load_shapes, shipped_shapes
from tests.validation.cases import CASES, PREFIXES, Case, read_shapes

ENGINES = ("shacl", "pyshacl")
SAMPLE = Path(__file__).parents[1] / "shapes" / "data" / "conforming.ttl"


def triples(turtle: str) -> str:
    """Turtle as canonical N-Triples lines."""
    quads = parse_quads(RdfFile("data", TURTLE, turtle.encode(), "urn:data"))
    return "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in quads)


@cache
def validate(shapes: str, data: str, engine: str) -> list[ValidationResult]:
    return find_engine(engine).validate(read_shapes(PREFIXES + shapes), triples(PREFIXES + data))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_finds_what_is_wrong(case: Case, engine: str) -> None:
    found = validate(case.shapes, case.data, engine)
    expected = {
        (case.focus, path, value, f"{SH}{component}ConstraintComponent")
        for path, value, component in case.expected
    }
    assert {
        (one.focus_node, None if one.path is None else str(one.path), one.value, one.component)
        for one in found
    } == expected
    assert len(found) == len(expected)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_both_say_the_same(case: Case) -> None:
    first, second = (validate(case.shapes, case.data, engine) for engine in ENGINES)
    assert first == second
    assert first == sorted(first, key=lambda result: result.sort_key)


SAID = [
    ('sh:message "gut"@de, "good"@en ; sh:minCount 2', "good"),
    ('sh:message "good" ; sh:minCount 2', "good"),
    ("sh:minCount 2", "There are fewer values than 2."),
    ("sh:class ex:D", "The value is no http://x.example/D."),
    ("sh:datatype xsd:date", "The value is no xsd:date, or is written"),
    ('sh:in ( ex:b "x" 1 )', 'The value is none of http://x.example/b, "x", 1.'),
    ('sh:pattern "^[{]b[}]$"', 'The value does not match the pattern "^[{]b[}]$".'),
    (
        'sh:sparql [ sh:message "bad {?value} of {$this}" ; sh:prefixes ex:shapes ; '
        'sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ]',
        "bad a of http://x.example/a",
    ),
    (
        'sh:message "the shape says" ; sh:sparql [ sh:prefixes ex:shapes ; '
        'sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ]',
        "the shape says",
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("constraint", "message"), SAID)
def test_says_it_in_words(constraint: str, message: str, engine: str) -> None:
    shapes = f"ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] ."
    (result,) = validate(shapes, 'ex:a a ex:C ; ex:p "a" .', engine)
    assert result.message.startswith(message)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "constraint",
    [
        'sh:class ex:D ; sh:message "übel a"@de, "bad a"@en, "mal a"@fr',
        'sh:sparql [ sh:message "übel {?value}"@de, "bad {?value}"@en, "mal {?value}"@fr ; '
        'sh:prefixes ex:shapes ; sh:select "SELECT $this ?value WHERE { $this $PATH ?value }" ]',
    ],
)
def test_keeps_all_messages_with_their_languages(constraint: str, engine: str) -> None:
    shapes = f"ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] ."
    results = validate(shapes, 'ex:a a ex:C ; ex:p "a" .', engine)
    assert [result.message for result in results] == ["bad a"]
    report = ValidationReport(tuple(results))
    assert report.as_dict()["results"][0]["messages"] == [
        {"type": "literal", "value": "bad a", "xml:lang": "en"},
        {"type": "literal", "value": "mal a", "xml:lang": "fr"},
        {"type": "literal", "value": "übel a", "xml:lang": "de"},
    ]
    said = [line for line in triples(report.as_turtle()).splitlines() if "resultMessage" in line]
    assert len(said) == 3
    assert sorted(line.rpartition("@")[2] for line in said) == ["de .", "en .", "fr ."]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("shapes", "root"),
    [
        ("ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:class ex:D .", "http://x.example/S"),
        (
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
            "http://x.example/S",
        ),
        (
            "ex:S sh:targetClass ex:C ; sh:property ex:Q . ex:Q sh:path ex:p ; sh:minCount 1 .",
            "http://x.example/Q",
        ),
        (
            "ex:S sh:targetClass ex:C ; sh:property [ sh:path rdf:type ; "
            "sh:property [ sh:path ex:p ; sh:minCount 1 ] ] .",
            "http://x.example/S",
        ),
        ("[ sh:targetClass ex:C ; sh:class ex:D ] .", ""),
    ],
)
def test_names_the_shape(shapes: str, root: str, engine: str) -> None:
    (result,) = validate(shapes, "ex:a a ex:C .", engine)
    assert result.source_shape == root


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("severity", ["Violation", "Warning", "Info"])
def test_keeps_the_severity(severity: str, engine: str) -> None:
    shapes = f"ex:S sh:targetClass ex:C ; sh:class ex:D ; sh:severity sh:{severity} ."
    (result,) = validate(shapes, "ex:a a ex:C .", engine)
    assert result.severity == SH + severity


@pytest.mark.parametrize("engine", ENGINES)
def test_says_nothing_on_the_terminal(engine: str, capfd: pytest.CaptureFixture[str]) -> None:
    shapes = "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:datatype xsd:date ] ."
    validate(shapes, 'ex:a a ex:C ; ex:p "2023-02-31"^^xsd:date, "x"^^xsd:decimal .', engine)
    assert capfd.readouterr() == ("", "")


def _table() -> list[tuple[str, list[str], list[str]]]:
    with (Path(__file__).parent / "literals.toml").open("rb") as file:
        return [
            (one["constraint"], one["fine"], one["wrong"]) for one in tomllib.load(file)["case"]
        ]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("constraint", "fine", "wrong"), _table())
def test_literals_are_read_and_compared_as_xml_schema_says(
    constraint: str, fine: list[str], wrong: list[str], engine: str
) -> None:
    shapes = f"ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] ."
    values = [*fine, *wrong]
    data = "\n".join(f"ex:a{n} a ex:C ; ex:p {value} ." for n, value in enumerate(values))
    found = {result.focus_node for result in validate(shapes, data, engine)}
    assert [values[n] for n in range(len(values)) if f"<http://x.example/a{n}>" in found] == wrong


def _broken() -> list[str]:
    """The conforming sample, each time without one of its statements or with a wrong one."""
    lines = triples(SAMPLE.read_text("utf-8")).splitlines(keepends=True)
    texts = []
    for at in range(0, len(lines), max(1, len(lines) // 6)):
        subject, predicate, _ = lines[at].split(" ", 2)
        rest = lines[:at] + lines[at + 1 :]
        texts.append("".join(rest))
        texts.append("".join([*rest, f'{subject} {predicate} "2023-02-31"^^<{_XSD}date> .\n']))
    return texts


_XSD = "http://www.w3.org/2001/XMLSchema#"


def test_both_find_the_same_in_publications() -> None:
    """All breaks in one graph: pySHACL takes its time for each run."""
    texts = _broken()
    data = "".join(
        text.replace("https://data.example.org/", f"https://data.example.org/{number}/")
        for number, text in enumerate(texts)
    )
    first, second = (find_engine(engine).validate(shipped_shapes(), data) for engine in ENGINES)
    assert first == second
    assert len(first) > len(texts)


def test_the_fast_engine_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_engine("auto").name == "shacl"
    engines.find_engine.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "shacl", None)
    try:
        assert find_engine("auto").name == "pyshacl"
        with pytest.raises(MissingExtraError, match="shacl is not installed"):
            find_engine("shacl")
    finally:
        engines.find_engine.cache_clear()


def test_an_unknown_engine_is_told() -> None:
    with pytest.raises(VocabularyError, match='no SHACL engine "jena"') as caught:
        find_engine("jena")
    assert "auto, shacl, pyshacl" in (caught.value.hint or "")


WRONG_SHAPES = [
    ("ex:S sh:targetClass ex:C ; sh:property [ sh:minCount 1 ] .", "has no sh:path"),
    ("ex:S sh:targetClass ex:C ; sh:minConut 1 .", "sh:minConut in http://x.example/S"),
    ("ex:S sh:targetClass ex:C ; sh:nodeKind sh:IIR .", "sh:IIR"),
    ("ex:S sh:targetClass ex:C ; sh:node ex:Missing .", "Missing, which is not defined"),
    ("ex:S sh:targetClass ex:C ; sh:or ( ex:Missing ) .", "Missing, which is not defined"),
    ("ex:S sh:targetClass ex:C ; sh:or ex:T . ex:T sh:class ex:D .", "sh:or .* is no list"),
    ("ex:S sh:targetClass ex:C ; sh:property [ sh:path 'p' ] .", "is a literal"),
    ("ex:S sh:targetClass ex:C ; sh:rule [ a sh:TripleRule ] .", "no engine here evaluates"),
    ("ex:S a sh:NodeShape ; sh:class ex:D .", "have no target"),
    ("", "have no target"),
    (
        "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "
        '"SELECT $this WHERE { SERVICE <http://127.0.0.1:1/> { $this ?p ?o } }" ] .',
        "SERVICE asks another server",
    ),
    (
        "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "
        r'"SELECT $this WHERE { \\u0053ERVICE <http://127.0.0.1:1/> { $this ?p ?o } }" ] .',
        "SERVICE asks another server",
    ),
    (
        "ex:S sh:targetClass ex:C ; sh:sparql [ sh:select "
        '"SELECT $this FROM <http://127.0.0.1:1/> WHERE { $this ?p ?o }" ] .',
        "FROM names data to load",
    ),
    ("ex:S sh:targetClass ex:C ; sh:sparql [ sh:select 'SELECT $this {' ] .", "malformed"),
]


@pytest.mark.parametrize(("shapes", "words"), WRONG_SHAPES)
def test_wrong_shapes_are_told(shapes: str, words: str) -> None:
    with pytest.raises(VocabularyError, match=words):
        read_shapes(PREFIXES + shapes)


# A query, and whether it finds the node in data without ex:part, and in data with it.
QUERIES = [
    ("SELECT $this WHERE { ?x ex:part ?y . }", False, True),
    ("SELECT $this WHERE { ?x ex:part ?y ; ex:q ?z . }", False, True),
    ("SELECT $this WHERE { ?x ex:part ?y . FILTER NOT EXISTS { ?x ex:none ?z } }", False, True),
    ("SELECT $this WHERE { OPTIONAL { ?x ex:part ?y . } FILTER (!BOUND(?y)) }", True, False),
    ("SELECT $this WHERE { { ?x ex:part ?y . } UNION { $this ex:q ?y . } }", True, True),
    ("SELECT $this WHERE { FILTER NOT EXISTS { ?x ex:part ?y . } }", True, False),
    ("SELECT $this WHERE { ?x ex:part* ?y . }", True, True),
    ("SELECT $this WHERE { ?x ex:part|ex:q ?y . }", True, True),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("query", "without", "with_"), QUERIES)
def test_queries_find_what_lacks_a_predicate_too(
    query: str, without: bool, with_: bool, engine: str
) -> None:
    shapes = (
        f"ex:S sh:targetClass ex:C ; sh:sparql [ sh:prefixes ex:shapes ; sh:select '{query}' ] ."
    )
    data = 'ex:a a ex:C ; ex:q "<http://x.example/part> is no predicate here" .'
    assert bool(validate(shapes, data, engine)) is without
    assert bool(validate(shapes, f"{data} ex:a ex:part ex:b .", engine)) is with_


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("constraint", ['sh:minCount "a"', 'sh:pattern "("'])
def test_what_the_engine_cannot_use_is_told(constraint: str, engine: str) -> None:
    shapes = f"ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] ."
    with pytest.raises(LodError, match="cannot be used"):
        validate(shapes, 'ex:a a ex:C ; ex:p "a" .', engine)


def test_the_shipped_shapes_are_proper_shapes() -> None:
    load_shapes(files("shapes", ".ttl"))


def test_a_text_that_names_service_is_no_service() -> None:
    shapes = (
        "ex:S sh:targetClass ex:C ; sh:sparql [ sh:prefixes ex:shapes ; sh:select "
        "\"SELECT $this WHERE { $this ex:p 'SERVICE FROM' }\" ] ."
    )
    (result,) = validate(shapes, "ex:a a ex:C ; ex:p 'SERVICE FROM' .", "shacl")
    assert result.focus_node == "<http://x.example/a>"
