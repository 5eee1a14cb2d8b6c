"""Every shape against data that conforms and data that does not, with both engines.

`data/violating/AREA/*.ru` change the conforming sample (or, for vocabularies, the sample of own
terms) by a SPARQL update, so that it violates a shape. Each says what is expected, in lines

    # expect: SHAPE FOCUS PATH SEVERITY [VALUE]

The names of the shape and of prefixes are those of the shapes; "-" is a result without a path, and
"path" a path that is more than one property. The value is named where a query gave it: then the
focus is the document or the text, and the value is what is wrong. `data/conforming/*.ru` change the
sample so that it still conforms.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

from lod.namespaces import PREFIXES, expand
from lod.resources import files
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    import shacl
else:
    shacl = pytest.importorskip("shacl")

DATA = Path(__file__).parent / "data"
BASE = "https://data.example.org/sample/"
OWN = {"own": "https://terms.example.org/own#"}
SHAPE = "https://w3id.org/lod-facts/shapes#"
SH = rdflib.Namespace(PREFIXES["sh"])

_PROLOGUE = f"BASE <{BASE}>\n" + "".join(
    f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in {**PREFIXES, **OWN}.items()
)


class Result(NamedTuple):
    """One result of either engine, in terms that do not depend on blank nodes."""

    shape: str
    focus: str
    path: str
    severity: str
    value: str
    component: str
    message: str


@dataclass(frozen=True)
class Case:
    """A change of the sample, and the results that it brings about."""

    name: str
    area: str
    update: str
    expected: frozenset[tuple[str, str, str, str, str]]


def read_case(path: Path) -> Case:
    """Read a case from its file."""
    text = path.read_text("utf-8")
    expected = set()
    for line in re.findall(r"(?m)^# expect: (.+)$", text):
        shape, focus, path_, severity, *value = line.split()
        expected.add(
            (
                SHAPE + shape,
                iri(focus),
                path_ if path_ in {"-", "path"} else iri(path_),
                severity,
                iri(value[0]) if value else "",
            )
        )
    return Case(f"{path.parent.name}/{path.stem}", path.parent.name, text, frozenset(expected))


def iri(word: str) -> str:
    """The IRI of a word of an expectation."""
    if word.startswith("<"):
        relative = word[1:-1]
        return relative if ":" in relative else BASE + relative
    found = expand(word, OWN)
    assert found, word
    return found


VIOLATING = [read_case(path) for path in sorted(DATA.glob("violating/*/*.ru"))]
CONFORMING = [read_case(path) for path in sorted(DATA.glob("conforming/*.ru"))]


@cache
def shapes_text() -> str:
    return "\n".join(path.read_text("utf-8") for path in files("shapes", ".ttl"))


@cache
def compiled() -> shacl.Shapes:
    return shacl.Shapes.from_turtle(shapes_text())


@cache
def shapes_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes_text(), format="turtle")


@cache
def sample(area: str) -> bytes:
    return (DATA / ("terms.ttl" if area == "vocabulary" else "conforming.ttl")).read_bytes()


def changed(area: str, *updates: str) -> str:
    """The sample after some updates, with what shapes must know of the vocabulary: N-Triples."""
    store = ox.Store()
    store.load(sample(area), format=ox.RdfFormat.TURTLE)
    for update in updates:
        store.update(_PROLOGUE + update)
    lines = []
    iris = set()
    for quad in store:
        lines.append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
        iris.add(quad.predicate.value)
        if isinstance(quad.object, ox.NamedNode):
            iris.add(quad.object.value)
    context = "" if area == "vocabulary" else load_vocabulary().context_triples(sorted(iris))
    return "".join(lines) + context


def fast(data: str) -> set[Result]:
    """The results of the fast engine."""
    return {
        Result(
            (one.root_shape or "").strip("<>"),
            one.focus_node.strip("<>"),
            fast_path(one.path),
            one.severity,
            one.value or "",
            one.component,
            one.message or "",
        )
        for one in compiled().validate_text(data, "ntriples").results
    }


@cache
def results_of(case: Case) -> frozenset[Result]:
    """The results of the fast engine for one case."""
    return frozenset(fast(changed(case.area, case.update)))


def fast_path(path: str | None) -> str:
    if path is None:
        return "-"
    return path[1:-1] if re.fullmatch(r"<[^<>]*>", path) else "path"


def slow(data: str) -> set[Result]:
    """The results of pySHACL."""
    import pyshacl

    graph = rdflib.Graph().parse(data=data, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes_graph())
    assert isinstance(report, rdflib.Graph)
    results = set()
    for one in report.objects(None, SH.result):  # not the details below a result
        path, value = report.value(one, SH.resultPath), report.value(one, SH.value)
        component = report.value(one, SH.sourceConstraintComponent)
        results.add(
            Result(
                named_shape(report.value(one, SH.sourceShape)),
                str(report.value(one, SH.focusNode)),
                "-" if path is None else str(path) if isinstance(path, rdflib.URIRef) else "path",
                str(report.value(one, SH.resultSeverity)).removeprefix(str(SH)),
                "" if value is None else canonical(value),
                str(component).removeprefix(str(SH)),
                str(report.value(one, SH.resultMessage) or ""),
            )
        )
    return results


def named_shape(node: rdflib.term.Node | None) -> str:
    """The nearest shape with a name that encloses a shape."""
    while isinstance(node, rdflib.BNode):
        node = shapes_graph().value(None, SH.property, node)
    return str(node)


def canonical(term: rdflib.term.Node) -> str:
    """A term in the spelling of the fast engine."""
    if isinstance(term, rdflib.Literal):
        if term.language:
            return str(ox.Literal(str(term), language=term.language))
        datatype = ox.NamedNode(str(term.datatype or rdflib.XSD.string))
        return str(ox.Literal(str(term), datatype=datatype))
    return str(ox.NamedNode(str(term)))


def found(results: AbstractSet[Result]) -> set[tuple[str, str, str, str, str]]:
    """The results in the form of expectations."""
    return {
        (
            one.shape,
            one.focus,
            one.path,
            one.severity,
            one.value.strip("<>") if one.component.startswith("SPARQL") else "",
        )
        for one in results
    }


@pytest.mark.parametrize("case", VIOLATING, ids=lambda case: case.name)
def test_violating_data_has_the_expected_results_and_no_others(case: Case) -> None:
    assert case.expected, "the case says what it expects"
    assert found(results_of(case)) == case.expected


@pytest.mark.parametrize("case", CONFORMING, ids=lambda case: case.name)
def test_data_that_only_looks_wrong_conforms(case: Case) -> None:
    assert fast(changed(case.area, case.update)) == set()


@pytest.mark.parametrize("area", ["publication", "vocabulary"])
def test_the_samples_conform_with_both_engines(area: str) -> None:
    data = changed(area)
    assert fast(data) == set()
    assert slow(data) == set()


def test_conforming_changes_conform_with_both_engines() -> None:
    # Changes of different nodes do not touch each other, so that one run is enough for many.
    for batch in batches(CONFORMING):
        assert slow(changed("publication", *(case.update for case in batch))) == set()


@pytest.mark.parametrize("area", sorted({case.area for case in VIOLATING}))
def test_both_engines_give_the_same_results_on_every_violating_case(area: str) -> None:
    for batch in batches([case for case in VIOLATING if case.area == area]):
        data = changed(area, *(case.update for case in batch))
        quick, reference = fast(data), slow(data)
        assert quick == reference
        for case in batch:
            assert case.expected <= found(reference), case.name


def batches(cases: list[Case]) -> list[list[Case]]:
    """Cases together, as many as still show the results of each: pySHACL takes its time."""
    done: list[list[Case]] = []
    for case in cases:
        for batch in done:
            together = [*batch, case]
            seen = found(fast(changed(case.area, *(one.update for one in together))))
            if all(one.expected <= seen for one in together) and (case.expected or not seen):
                batch.append(case)
                break
        else:
            done.append([case])
    return done


def test_every_shape_has_a_violating_case() -> None:
    shown = {shape for case in VIOLATING for shape, *_ in case.expected}
    assert shown == set(targeted_shapes())


def test_every_constraint_with_a_message_is_seen_to_fail() -> None:
    said = {one.message for case in VIOLATING for one in results_of(case)}
    said |= {one.message for one in fast(changed("vocabulary", BLANK))}
    patterns = {message: pattern(message) for message in messages()}
    silent = {
        message
        for message, its_pattern in patterns.items()
        if not any(re.fullmatch(its_pattern, text) for text in said)
    }
    assert silent == set()


#: Nodes without IRI, which have no place in the table of cases.
BLANK = """INSERT DATA {
  [] a lod:Claim . [] a rel:Thing . [] a owl:Class }"""


def messages() -> set[str]:
    """What the shapes can say."""
    return {str(message) for message in shapes_graph().objects(None, SH.message)}


def pattern(message: str) -> str:
    """A message with {?variable} places as a regular expression."""
    return ".+".join(re.escape(part) for part in re.split(r"\{\?\w+\}", message))


def test_no_result_has_a_message_that_the_shapes_do_not_say() -> None:
    patterns = [pattern(message) for message in messages()]
    for case in VIOLATING:
        for one in results_of(case):
            assert any(re.fullmatch(each, one.message) for each in patterns), one


def targeted_shapes() -> list[str]:
    """The shapes that have a target, by IRI."""
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    graph = shapes_graph()
    return sorted({str(shape) for target in targets for shape in graph.subjects(target)})


@pytest.mark.parametrize("shape", targeted_shapes(), ids=lambda iri: iri.rpartition("#")[2])
def test_every_shape_targets_something_in_a_sample(shape: str) -> None:
    graph = shapes_graph()
    node = rdflib.URIRef(shape)
    data = rdflib.Graph()
    for area in ("publication", "vocabulary"):
        data.parse(data=changed(area), format="nt")
    below = "rdf:type/rdfs:subClassOf*"
    patterns = [
        *(f"?focus {below} <{one}>" for one in graph.objects(node, SH.targetClass)),
        *(f"?focus <{one}> ?any" for one in graph.objects(node, SH.targetSubjectsOf)),
        *(f"?any <{one}> ?focus" for one in graph.objects(node, SH.targetObjectsOf)),
    ]
    assert patterns
    for pattern in patterns:
        assert data.query(f"ASK {{ {pattern} }}").askAnswer, pattern
