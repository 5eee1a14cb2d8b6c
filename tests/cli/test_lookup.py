"""`lod vocab` and `lod codes`: what facts may use, and what findings mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lod.codes import CODES
from lod.resources import read
from lod.vocabulary.vocabulary import load_vocabulary
from tests.cli.conftest import Lod

OWN_TERMS = """
@prefix own: <https://data.example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix lod: <https://w3id.org/lod-facts/ns#> .
own:weighs a rdf:Property ; rdfs:label "weighs"@en ;
    skos:definition "How heavy it is."@en ; lod:phrase "{s} weighs {o}"@en .
"""


def test_every_term_is_listed(lod: Lod) -> None:
    result = lod("vocab")
    assert (result.code, result.err) == (0, "")
    vocabulary = load_vocabulary()
    lines = {line.split()[0]: line for line in result.out.splitlines() if line.startswith("  ")}
    for terms in (vocabulary.classes, vocabulary.properties, vocabulary.concepts):
        for term in terms.values():
            assert term.definition in lines[term.name]


@pytest.mark.parametrize("word", ["tradeVolume", "rel:tradeVolume"])
def test_property(word: str, lod: Lod) -> None:
    lines = lod("vocab", word).out.splitlines()
    assert lines[0] == "rel:tradeVolume (property)"
    assert "  IRI       https://w3id.org/lod-facts/relations#tradeVolume" in lines
    assert "  subject   rel:Flow" in lines
    assert "  value     schema:MonetaryAmount" in lines


def test_iri_and_class_and_qualifier_and_concept(lod: Lod) -> None:
    assert lod("vocab", "https://w3id.org/lod-facts/ns#moreThan").out.startswith(
        "lod:moreThan (concept)\n"
    )
    city = lod("vocab", "City").out
    assert city.startswith("rel:City (class)\n")
    assert "same as   wd:Q515" in city
    assert "narrows   yes" in lod("vocab", "field").out
    assert lod("vocab", "Claim").out.startswith("lod:Claim (class)\n")


def test_what_the_namespace_answers_with_is_printed_whole(lod: Lod) -> None:
    context = lod("vocab", "--context").out
    assert context.encode() == read("vocab", "context.jsonld")
    schema = json.loads(lod("vocab", "--json-schema").out)
    assert schema["$id"] == "https://w3id.org/lod-facts/dataset.schema.json"
    assert schema["$defs"]["thing"]["properties"]["rank"]["description"].startswith("The place")
    keys = schema["$defs"]["thing"]["properties"].keys()
    assert {"claims", "included", "decimal", "dueToText", "selector"} <= keys
    words = {*json.loads(context)["@context"]} - {"@version"}
    assert {key for key in keys if not key.startswith("@")} <= words


def test_one_file_is_printed_whole_and_not_the_last_of_two(lod: Lod) -> None:
    run = lod("vocab", "--context", "--json-schema")
    assert (run.code, run.out) == (2, "")
    assert "--context prints one file whole: it goes without TERM and --json-schema." in run.err


def test_terms_as_json(lod: Lod) -> None:
    terms = {one["curie"]: one for one in json.loads(lod("vocab", "-f", "json").out)}
    vocabulary = load_vocabulary()
    iris = {*vocabulary.classes, *vocabulary.properties, *vocabulary.concepts}
    assert {one["iri"] for one in terms.values()} == iris
    assert terms["rel:memberOf"]["kind"] == "property"
    assert terms["rel:field"]["narrows"] is True
    assert {"iri": "http://www.wikidata.org/prop/direct/P463", "strength": "sub"} in terms[
        "rel:memberOf"
    ]["mappings"]
    (one,) = json.loads(lod("vocab", "memberOf", "-f", "json").out)
    assert one == terms["rel:memberOf"]


def test_terms_of_a_publication(lod: Lod, small: Path) -> None:
    facts = small / "facts.yaml"
    own = "  title: A small text\n  vocabulary: terms.ttl\n"
    facts.write_text(facts.read_text("utf-8").replace("  title: A small text\n", own), "utf-8")
    (small / "terms.ttl").write_text(OWN_TERMS, "utf-8")
    assert lod("vocab", "weighs").code == 2
    result = lod("vocab", "weighs", "--of", small)
    assert result.code == 0
    assert "How heavy it is." in result.out


@pytest.mark.parametrize("command", [("vocab", "--of"), ("schema",)])
@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (b"publication: [", "error[yaml-syntax]"),
        (b"\xff\xfe\x00", "error[not-utf-8]"),
        (b"- a\n- list\n", "facts.yaml:1:1: error["),
        (b"terms: {weighs: 3}\n", "facts.yaml:1:17: error["),
    ],
)
def test_terms_that_cannot_be_read_are_not_left_out_without_a_word(
    lod: Lod, tmp_path: Path, command: tuple[str, ...], facts: bytes, where: str
) -> None:
    (tmp_path / "facts.yaml").write_bytes(facts)
    result = lod(*command, tmp_path)
    assert (result.code, result.out) == (1, "")
    assert where in result.err


def test_a_publication_with_errors_elsewhere_still_lends_its_terms(lod: Lod, small: Path) -> None:
    facts = small / "facts.yaml"
    facts.write_text(facts.read_text("utf-8") + "nonsense: 1\n", "utf-8")
    assert lod("check", small).code == 1
    assert lod("vocab", "--of", small).code == 0
    assert lod("schema", small).code == 0


@pytest.mark.parametrize("more", [["memberOf"], ["--of", "."]])
@pytest.mark.parametrize("whole", ["--ontology", "--shapes", "--context", "--json-schema"])
def test_a_file_that_is_printed_whole_has_no_term(lod: Lod, whole: str, more: list[str]) -> None:
    result = lod("vocab", whole, *more)
    assert (result.code, result.out) == (2, "")
    assert f"{whole} prints one file whole" in result.err


def test_every_code_is_listed(lod: Lod) -> None:
    result = lod("codes")
    assert (result.code, result.err) == (0, "")
    lines = {line.split()[0]: line for line in result.out.splitlines()}
    assert lines.keys() == CODES.keys()
    for code in CODES.values():
        assert f" {code.severity} " in lines[code.name]
        assert code.summary in lines[code.name]
        assert lines[code.name].endswith("(overrulable)") is code.overrulable


def test_codes_as_json(lod: Lod) -> None:
    assert [one["name"] for one in json.loads(lod("codes", "-f", "json").out)] == list(CODES)
    (one,) = json.loads(lod("codes", "value-not-in-quote", "--format", "json").out)
    assert one["severity"] == "error"
    assert one["overrulable"] is True
