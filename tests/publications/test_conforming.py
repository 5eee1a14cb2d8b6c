"""Publications of other kinds than the example: correct, so nothing is found, and all is there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

import lod
from lod.diagnostics import Severity
from lod.formats import FORMATS
from lod.namespaces import LOD_NS

FOLDER = Path(__file__).parent / "conforming"
CASES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("*.json")])


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_nothing_is_found(case: Path, engine: str) -> None:
    findings = lod.load(case).check(engine=engine)
    assert [f for f in findings if f.severity is not Severity.INFO] == []


def test_both_engines_find_nothing_in_the_example() -> None:
    example = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
    publication = lod.load(example)
    assert publication.validate(engine="shacl").results == ()
    assert publication.validate(engine="pyshacl").results == ()


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_every_format_can_be_written(case: Path) -> None:
    publication = lod.load(case)
    for format_ in FORMATS:
        assert publication.serialize(format_.name)


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_there_are_no_blank_nodes_and_every_claim_has_its_frame(case: Path) -> None:
    publication = lod.load(case)
    quads = list(pyoxigraph.parse(publication.dataset().n_quads(), pyoxigraph.RdfFormat.N_QUADS))
    assert not any(isinstance(q.subject, pyoxigraph.BlankNode) for q in quads)
    assert not any(isinstance(q.object, pyoxigraph.BlankNode) for q in quads)
    said = {(q.subject.value, q.predicate.value) for q in quads}
    for claim in publication.dataset().claims:
        for name in ("modality", "polarity", "subject", "property", "anchor"):
            assert (claim, LOD_NS + name) in said


def ask(case: str, query: str) -> bool | None:
    return lod.load(FOLDER / case).query(f"ASK {{ {query} }}").boolean


@pytest.mark.parametrize(
    ("case", "query"),
    [
        ("statistics.yaml", "?c lod:change ?x . ?x lod:direction lod:up ; schema:value 0.2"),
        ("statistics.yaml", '?x schema:unitText "percentage points"'),
        ("statistics.yaml", "?c lod:comparedWith/lod:value/schema:value 4.1"),
        ("statistics.yaml", "?x lod:per/schema:value 1000"),
        ("statistics.yaml", "?x lod:comparator lod:between ; schema:minValue 5"),
        ("statistics.yaml", "?x lod:comparator lod:atMost ; schema:maxValue 20"),
        ("statistics.yaml", "?c lod:unknown 'data are not available'@en"),
        ("statistics.yaml", "?c lod:anchor/oa:hasSelector/lod:part 2"),
        ("bericht.yaml", "?x schema:value 1240000000 ; schema:currency 'CHF'"),
        ("bericht.yaml", "?x lod:comparator lod:moreThan ; schema:minValue 9400"),
        ("bericht.yaml", "?c lod:modality lod:planned ; lod:through ?m ; prov:wasAttributedTo ?r"),
        ("bericht.yaml", "?p schema:startDate '2024-08-07'^^xsd:date"),
        ("biography.yaml", "?c lod:polarity lod:negative"),
        ("biography.yaml", "?c lod:replaces ?old . ?old lod:modality lod:retracted"),
        ("biography.yaml", "?c lod:subject ?other . ?other a lod:Claim"),
        ("biography.yaml", "GRAPH ?g { ?ada wdt:P19 ?city } . ?g prov:wasAttributedTo ?author"),
        ("biography.yaml", "?x lod:saidOn '2024-11-25'^^xsd:date"),
        ("biography.yaml", "?position oa:start 2 ; oa:end 43"),
        ("biography.yaml", "?c schema:about wd:Q649 ; lod:subject/rdfs:label 'ships'@en"),
        ("own-terms.yaml", "GRAPH ?g { ?ship <https://terms.example.org/mooredAt> ?city }"),
        ("own-terms.yaml", "?c <https://terms.example.org/berth> '4'@en"),
        ("plain.json", "?p lod:edtf '2020'"),
    ],
)  # fmt: skip
def test_what_is_written_can_be_asked(case: str, query: str) -> None:
    assert ask(case, query) is True


@pytest.mark.parametrize(
    ("case", "query"),
    [
        ("biography.yaml", "GRAPH ?g { ?ada rel:memberOf ?guild }"),
        ("biography.yaml", "GRAPH ?g { ?ships rel:count ?n . ?n schema:value 300 }"),
        ("statistics.yaml", "GRAPH ?g { ?small rel:status ?words }"),
        ("bericht.yaml", "GRAPH ?g { ?i rel:amount ?n . ?n schema:value 60000000 }"),
    ],
)  # fmt: skip
def test_what_was_not_said_to_hold_has_no_direct_triple(case: str, query: str) -> None:
    assert ask(case, query) is False
