"""Publications of other kinds than the example: correct, so nothing is found, and all is there."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import lod
from lod.cli.app import app
from lod.diagnostics import Severity
from lod.facts.json_schema import facts_schema
from lod.namespaces import LOD_NS
from lod.rdf.formats import FORMATS
from lod.validation.validate import validate_files

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
        ("statistics.yaml", "?c lod:anchor/lod:part 2"),
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
        ("versions.yaml", "?de dcterms:isVersionOf ?en . ?en dcterms:hasVersion ?de"),
        ("versions.yaml", "?en schema:translationOfWork ?de . ?de schema:workTranslation ?en"),
        ("versions.yaml", "?en schema:inLanguage 'en' ; schema:translator ?t ; "
         "prov:wasDerivedFrom ?de . ?de schema:inLanguage 'de'"),
        ("versions.yaml", "?q lod:wording 'more than 12,000 passengers'@en, "
         "'mehr als 12.000'@de"),
        ("versions.yaml", "?c lod:quote 'Die Fahrkarte kostet 14 Euro'@de ; "
         "lod:anchor/prov:wasQuotedFrom/schema:inLanguage 'de'"),
        ("versions.yaml", "?c lod:anchor ?a . ?a oa:hasSource/schema:encodesCreativeWork ?de ; "
         "lod:sentence 2 . ?de dcterms:isVersionOf ?en"),
        ("versions.yaml", "?build prov:used ?one, ?two . ?one schema:inLanguage 'en' . "
         "?two schema:inLanguage 'de'"),
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


TERMS = FOLDER / "terms-in-facts.yaml"


@pytest.mark.parametrize(
    "query",
    [
        "?term a owl:Class ; rdfs:subClassOf rel:Product ; rdfs:isDefinedBy ?d . ?d a dcat:Dataset",
        "?term rdfs:label 'Trawler'@de ; skos:definition ?meaning",
        "?property schema:domainIncludes ?term . ?term a owl:Class . ?aurora a ?term, rel:Product",
        "?p schema:rangeIncludes rel:Organization ; owl:equivalentProperty schema:owner",
        "?claim <https://data.example.org/ships/term/quay> ?city . ?city a rel:City",
        "GRAPH ?g { ?aurora <https://data.example.org/ships/term/landed> ?n } ?n schema:value 40",
    ],
)
def test_terms_of_the_facts_are_published_with_them(query: str) -> None:
    assert lod.load(TERMS).query(f"ASK {{ {query} }}").boolean is True


def test_terms_of_the_facts_work_in_sentences() -> None:
    labels = {
        str(row[0])
        for row in lod.load(TERMS).query("SELECT ?label { ?claim a lod:Claim ; rdfs:label ?label }")
    }
    assert labels == {
        "This text says that the Aurora landed 40 metric tons of fish on 3 May 2024, "
        "at Port Jorvik.",
        "This text says that the Aurora belongs to Northfish.",
    }


def test_editors_are_offered_the_terms_of_the_facts() -> None:
    schema = facts_schema(lod.load(TERMS).vocabulary)
    Draft202012Validator.check_schema(schema)
    claim = schema["$defs"]["claim"]["properties"]
    assert {"landed", "belongsTo", "memberOf"} <= set(claim["property"]["anyOf"][0]["enum"])
    assert "quay" in claim["with"]["properties"]
    assert "Trawler" in schema["$defs"]["entity"]["properties"]["type"]["anyOf"][0]["enum"]
    facts = yaml.load(TERMS.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - text alone
    assert list(Draft202012Validator(schema).iter_errors(facts)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    phrase: at {o}\n", ""),
        ("    narrows: false\n", "    narrows: maybe\n"),
        ("kind: qualifier", "kind: qualifer"),
        ("    subClassOf: Product\n", "    domain: Product\n"),
        ("    link: schema:owner\n", "    link: {near: schema:owner}\n"),
        ("  quay:\n", "  the quay:\n"),
    ],
)  # fmt: skip
def test_the_json_schema_refuses_what_is_no_term(old: str, new: str) -> None:
    text = TERMS.read_text("utf-8")
    assert text.count(old) == 1
    facts = yaml.load(text.replace(old, new), yaml.BaseLoader)  # noqa: S506 - text alone
    assert list(Draft202012Validator(facts_schema()).iter_errors(facts)) != []


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_terms_of_the_facts_conform_without_the_facts(engine: str, tmp_path: Path) -> None:
    result = lod.build(TERMS, out=tmp_path / "dist")
    assert [finding for finding in result.findings if finding.severity is not Severity.INFO] == []
    for name in ("dataset.ttl", "dataset.trig", "dataset.jsonld", "dataset.nq"):
        assert validate_files([tmp_path / "dist" / name], engine=engine).results == ()


def test_terms_of_the_facts_come_back_from_tables(tmp_path: Path) -> None:
    tables = tmp_path / "tables"
    lod.export_tables(lod.load(TERMS), tables, "csv")
    back = CliRunner().invoke(
        app, ["init", "--claims", str(tables / "claims.csv"), "-o", str(tmp_path / "back")]
    )
    assert back.exit_code == 0, back.output
    again = lod.load(tmp_path / "back")
    assert again.check() == []
    assert again.dataset().n_quads() == lod.load(TERMS).dataset().n_quads()
