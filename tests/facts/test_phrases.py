"""A term that a language has no phrase for is said in English, and reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from lod import build, load
from lod.corpus.items import find_items
from lod.corpus.publish import publish

TERMS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix lod: <https://w3id.org/lod-facts/ns#> .
@prefix my: <https://data.example.org/terms#> .
my:advises a owl:ObjectProperty ; rdfs:label "advises"@en ;
    skos:definition "The subject gives advice to the value."@en ;
    schema:domainIncludes schema:Person ; schema:rangeIncludes schema:Person ;
    lod:phrase "{s} advises {o}"@en GERMAN ;
    rdfs:isDefinedBy <https://data.example.org/terms> .
my:motive a lod:Qualifier ; rdfs:label "motive"@en ;
    skos:definition "Why it is done."@en ;
    schema:rangeIncludes schema:Text ;
    lod:qualifierPhrase " because of {o}"@en ; lod:narrows false ;
    rdfs:isDefinedBy <https://data.example.org/terms> .
"""


def publication(folder: Path, language: str, german: str = "") -> Path:
    """Two claims with a term of the publication's own."""
    (folder / "terms.ttl").write_text(TERMS.replace("GERMAN", german), "utf-8")
    facts: dict[str, Any] = {
        "publication": {
            "base": "https://data.example.org/p/",
            "title": "Rat",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Desk", "url": "https://data.example.org/"},
            "vocabulary": "terms.ttl",
            "prefixes": {"my": "https://data.example.org/terms#"},
        },
        "document": {
            "content": "Ada berät Bob aus Freundschaft. Bob berät Ada.",
            "language": language,
            "author": "ada",
            "published": "2024-11-27",
        },
        "entities": {
            slug: {"type": "Person", "label": label, "wikidata": {"none": "invented"}}
            for slug, label in (("ada", "Ada"), ("bob", "Bob"))
        },
        "claims": [
            {
                "id": "one",
                "quote": "Ada berät Bob aus Freundschaft",
                "subject": "ada",
                "property": "my:advises",
                "value": "bob",
                "with": {"my:motive": "Freundschaft"},
            },
            {
                "id": "two",
                "quote": "Bob berät Ada",
                "subject": "bob",
                "property": "my:advises",
                "value": "ada",
            },
        ],
    }
    (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    return folder


def test_each_term_is_reported_once_where_it_is_said_first(tmp_path: Path) -> None:
    publication(tmp_path, "de-AT")
    findings = load(tmp_path).check()
    assert {(one.code, one.severity, one.path) for one in findings} == {
        ("phrase-missing", "info", ("claims", 0, "property")),
        ("phrase-missing", "info", ("claims", 0, "with")),
    }
    assert "advises has no phrase in the language" in findings[0].message
    assert all(one.location is not None and one.location.line > 30 for one in findings)
    (item,) = find_items(tmp_path)
    notes = publish(item, notes=True).findings
    assert [one["path"] for one in notes] == [list(one.path) for one in findings]
    assert publish(item).findings == []
    result = build(tmp_path)
    assert not result.has_errors
    report = json.loads((tmp_path / "dist" / "report.json").read_text("utf-8"))
    assert [one["code"] for one in report["findings"]] == ["phrase-missing"] * 2
    assert "Ada advises Bob" in (tmp_path / "dist" / "dataset.ttl").read_text("utf-8")


def test_a_phrase_of_the_language_is_used_and_nothing_said(tmp_path: Path) -> None:
    publication(tmp_path, "de", ', "{s} berät {o}"@de')
    loaded = load(tmp_path)
    assert [one.path for one in loaded.check()] == [("claims", 0, "with")]
    assert "Bob berät Ada" in loaded.serialize("turtle")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_sentences_in_english_lack_nothing(tmp_path: Path, language: str) -> None:
    publication(tmp_path, language)
    assert "phrase-missing" not in {one.code for one in load(tmp_path).check()}
