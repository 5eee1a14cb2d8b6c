"""The report as text, JSON and RDF."""

from __future__ import annotations

import json

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from lod.validation.engines import find_engine
from lod.validation.paths import SH, PathKind, ShapePath
from lod.validation.report import VIOLATION, WARNING, ValidationReport, ValidationResult
from tests.validation.cases import CASES, PREFIXES, Case, read_shapes
from tests.validation.test_engines import ENGINES, triples, validate

BASE = "https://data.example.org/x/"
RESULTS = (
    ValidationResult(
        f"<{BASE}claim/a>",
        ShapePath(predicate="https://w3id.org/lod-facts/ns#modality"),
        None,
        "A claim has a modality.",
        VIOLATION,
        "https://w3id.org/lod-facts/shapes#Claim",
        f"{SH}MinCountConstraintComponent",
    ),
    ValidationResult(
        "_:b",
        ShapePath(
            PathKind.SEQUENCE,
            parts=(
                ShapePath(predicate="https://schema.org/about"),
                ShapePath(PathKind.INVERSE, parts=(ShapePath(predicate="https://x.example/p"),)),
            ),
        ),
        '"a \\"b\\"\\n\\u001B[31m"@en',
        "No.",
        WARNING,
        "",
        f"{SH}NodeConstraintComponent",
    ),
)
REPORT = ValidationReport(RESULTS, BASE)


def test_text_of_what_conforms() -> None:
    report = ValidationReport()
    assert report.conforms
    assert report
    assert report.as_text() == "The data conforms to the shapes.\n"


def test_text_names_node_path_value_and_shape() -> None:
    assert REPORT.as_text() == (
        "The data does not conform to the shapes: 1 violation, 1 warning.\n"
        "\n"
        "violation: A claim has a modality.\n"
        "  at <claim/a> lod:modality\n"
        "  by the shape <https://w3id.org/lod-facts/shapes#Claim>, sh:MinCountConstraintComponent\n"
        "\n"
        "warning: No.\n"
        "  at _:b schema:about/(^<https://x.example/p>)\n"
        '  value "a "b" \ufffd[31m"@en\n'
        "  by the shape sh:NodeConstraintComponent\n"
    )


def test_a_warning_alone_does_not_conform() -> None:
    assert not ValidationReport(RESULTS[1:]).conforms


def test_json() -> None:
    data = REPORT.as_dict()
    assert json.loads(json.dumps(data)) == data
    assert data == {
        "conforms": False,
        "results": [
            {
                "focusNode": f"{BASE}claim/a",
                "path": "https://w3id.org/lod-facts/ns#modality",
                "message": "A claim has a modality.",
                "severity": "Violation",
                "sourceShape": "https://w3id.org/lod-facts/shapes#Claim",
                "component": f"{SH}MinCountConstraintComponent",
            },
            {
                "focusNode": "_:b",
                "path": "<https://schema.org/about>/(^<https://x.example/p>)",
                "value": {"type": "literal", "value": 'a "b"\n\x1b[31m', "xml:lang": "en"},
                "message": "No.",
                "severity": "Warning",
                "component": f"{SH}NodeConstraintComponent",
            },
        ],
    }


def test_turtle_of_what_conforms() -> None:
    assert ValidationReport().as_turtle() == (
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "\n"
        "[] a sh:ValidationReport ;\n"
        "    sh:conforms true .\n"
    )


def test_turtle_is_made_to_be_read() -> None:
    assert ValidationReport(RESULTS[:1]).as_turtle() == (
        "@prefix lod: <https://w3id.org/lod-facts/ns#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "\n"
        "[] a sh:ValidationReport ;\n"
        "    sh:conforms false ;\n"
        "    sh:result [\n"
        "        a sh:ValidationResult ;\n"
        f"        sh:focusNode <{BASE}claim/a> ;\n"
        "        sh:resultPath lod:modality ;\n"
        '        sh:resultMessage "A claim has a modality." ;\n'
        "        sh:resultSeverity sh:Violation ;\n"
        "        sh:sourceShape <https://w3id.org/lod-facts/shapes#Claim> ;\n"
        "        sh:sourceConstraintComponent sh:MinCountConstraintComponent\n"
        "    ] .\n"
    )


# By itself pySHACL puts values that cannot be compared into some order (SHACL, section 4.5.3).
PYSHACL_IS_WRONG = ("what-cannot-be-compared", "what-is-no-number")


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name not in PYSHACL_IS_WRONG], ids=str
)
def test_turtle_is_the_report_of_pyshacl(case: Case) -> None:
    """The graph says what the one of pySHACL says, shapes without an IRI and messages aside."""
    sh = rdflib.SH
    data = rdflib.Graph().parse(data=PREFIXES + case.data)
    shapes = rdflib.Graph().parse(data=PREFIXES + case.shapes)
    _, theirs, _ = pyshacl.validate(data, shacl_graph=shapes)

    ours = rdflib.Graph().parse(data=_report(case, "shacl").as_turtle())
    assert _comparable(ours) == _comparable(theirs)
    (report,) = ours.subjects(rdflib.RDF.type, sh.ValidationReport)
    conforms = rdflib.Literal(not case.expected)
    assert ours.value(report, sh.conforms) == conforms


def _report(case: Case, engine: str) -> ValidationReport:
    return ValidationReport(tuple(validate(case.shapes, case.data, engine)))


def _comparable(report: rdflib.Graph) -> set[tuple[str, ...]]:
    """The results, with paths as the graph that they are, without what is not comparable."""
    sh = rdflib.SH
    found = set()
    for result in report.objects(None, sh.result):
        terms = []
        for name in ("focusNode", "value", "resultSeverity", "sourceConstraintComponent"):
            term = report.value(result, sh[name])
            if isinstance(term, rdflib.BNode):
                terms.append("a blank node")
            elif isinstance(term, rdflib.Literal) and term.value is not None:
                terms.append(f"{term.toPython()!r} {term.language}")
            else:
                terms.append(str(term))
        found.add((*terms, _path(report, report.value(result, sh.resultPath))))
    return found


def _path(report: rdflib.Graph, node: object) -> str:
    if not isinstance(node, rdflib.BNode):
        return str(node)
    if (node, rdflib.RDF.first, None) in report:
        return " ".join(_path(report, item) for item in Collection(report, node))
    ((_, kind, inner),) = report.triples((node, None, None))
    return f"{kind}({_path(report, inner)})"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_form_is_the_same_for_both_engines(case: Case) -> None:
    first, second = (_report(case, engine) for engine in ENGINES)
    assert first.as_text() == second.as_text()
    assert first.as_dict() == second.as_dict()
    assert first.as_turtle() == second.as_turtle()


def test_turtle_of_odd_terms_parses_back() -> None:
    graph = rdflib.Graph().parse(data=REPORT.as_turtle())
    (result,) = graph.subjects(rdflib.SH.resultSeverity, rdflib.SH.Warning)
    assert graph.value(result, rdflib.SH.value) == rdflib.Literal('a "b"\n\x1b[31m', lang="en")
    assert isinstance(graph.value(result, rdflib.SH.focusNode), rdflib.BNode)
    again = rdflib.Graph().parse(data=ValidationReport(RESULTS, BASE).as_turtle())
    assert isomorphic(graph, again)


def test_the_shape_around_a_nameless_one_is_named() -> None:
    shapes = read_shapes(
        PREFIXES + "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ."
    )
    results = find_engine("shacl").validate(shapes, triples(PREFIXES + "ex:a a ex:C ."))
    assert "sh:sourceShape <http://x.example/S>" in ValidationReport(tuple(results)).as_turtle()
