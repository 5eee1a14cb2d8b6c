"""A term is added by declaring it: in a copy of the project, all that uses terms knows it then."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.project.generated import context_file

ROOT = Path(__file__).parents[2]
#: What a contributor writes, into vocab/relations.ttl alone.
TERMS = """
rel:twinnedWith a owl:ObjectProperty, owl:SymmetricProperty ;
    rdfs:label "twinned with"@en ;
    skos:definition "The subject has agreed with the value to be partner towns."@en ;
    schema:domainIncludes rel:City ;
    schema:rangeIncludes rel:City ;
    lod:phrase "{s} is twinned with {o}"@en ;
    rdfs:isDefinedBy <https://w3id.org/lod-facts/relations> .

rel:occasion a lod:Qualifier ;
    rdfs:label "occasion"@en ;
    skos:definition "On what occasion it came about."@en ;
    schema:rangeIncludes schema:Text, rel:Event ;
    lod:qualifierPhrase "on the occasion of {o}"@en ;
    lod:narrows false ;
    rdfs:isDefinedBy <https://w3id.org/lod-facts/relations> .

rel:seal a lod:Qualifier ;
    rdfs:label "seal"@en ;
    skos:definition "The words that seal it."@en ;
    schema:rangeIncludes schema:Text ;
    lod:qualifierPhrase "under the seal {o}"@en ;
    lod:narrows false ;
    rdfs:isDefinedBy <https://w3id.org/lod-facts/relations> .
"""
TEXT = "Northam has been twinned with Southam since the fair, under the words Two Rivers.\n"
FACTS = """
publication:
  base: https://data.example.org/towns/
  title: Towns
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk, url: https://data.example.org/}
document: {text: article.txt, language: LANGUAGE, author: alm, published: 2024-11-27}
entities:
  alm: {type: Person, label: Ada Alm, wikidata: {none: invented}}
  northam: {type: City, label: Northam, wikidata: {none: invented}}
  southam: {type: City, label: Southam, wikidata: {none: invented}}
  fair: {type: Event, label: the fair, wikidata: {none: invented}}
claims:
  - id: twins
    quote: Northam has been twinned with Southam since the fair, under the words Two Rivers
    subject: northam
    property: twinnedWith
    value: southam
    with: {occasion: fair, seal: {text: Two Rivers}}
"""
MADE = {"vocab/context.jsonld", "shapes/qualifiers.ttl"}
MADE |= {"docs/commands.md", "docs/codes.md", "docs/api.md", "docs/format.md", "docs/limits.md"}


def run(project: Path, *arguments: str | Path, code: int = 0) -> str:
    """What a command of the copy prints."""
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)],
        cwd=project,
        check=False,
        env={**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the terms declared, and what is made from code made anew."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("lod", "vocab", "shapes", "tests/project"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "docs").mkdir()  # a part of it is written by hand
    for name in ("tables.md", "format.toml", "limits.toml"):
        shutil.copy(ROOT / "docs" / name, copy / "docs")
    with (copy / "vocab" / "relations.ttl").open("a", encoding="utf-8") as file:
        file.write(TERMS)
    before = contents(copy)
    run(copy, "tests.project.generated")
    after = contents(copy)
    assert {name for name in after if after[name] != before.get(name)} == MADE
    return copy


@pytest.fixture(scope="module")
def towns(project: Path) -> Path:
    """A publication that uses the terms, checked and built by the copy."""
    folder = project / "towns"
    folder.mkdir()
    (folder / "article.txt").write_text(TEXT)
    (folder / "facts.yaml").write_text(FACTS.replace("LANGUAGE", "en"))
    run(project, "lod", "check", folder)
    run(project, "lod", "build", folder)
    return folder


def test_the_context_gives_it_a_short_name(towns: Path) -> None:
    data = json.loads((towns / "dist" / "dataset.jsonld").read_text("utf-8"))
    [claim] = data["claims"]
    assert claim["property"] == "twinnedWith"
    assert [one["id"].rpartition("/")[2] for one in claim["occasion"]] == ["fair"]
    assert claim["seal"] == {"en": ["Two Rivers"]}
    assert claim["label"]["en"] == (
        "Ada Alm says that Northam is twinned with Southam, on the occasion of the fair, "
        "under the seal “Two Rivers”."
    )


def test_the_context_is_read_back_as_it_was_written(project: Path, towns: Path) -> None:
    query = "SELECT ?o WHERE { ?claim <https://w3id.org/lod-facts/relations#seal> ?o }"
    found = run(project, "lod", "query", towns / "dist" / "dataset.jsonld", query, "-f", "csv")
    assert found.split() == ["o", "Two", "Rivers"]


@pytest.mark.parametrize("engine", ["shacl", "pyshacl"])
def test_the_shapes_know_the_qualifiers(project: Path, towns: Path, engine: str) -> None:
    file = towns / "dist" / "dataset.trig"
    run(project, "lod", "validate", file, "--validator", engine)
    wrong = towns / "wrong.trig"
    wrong.write_text(file.read_text("utf-8").replace('rel:seal "Two Rivers"@en', "rel:seal <x:y>"))
    found = run(project, "lod", "validate", wrong, "--validator", engine, code=1)
    assert "The value of the qualifier seal does not fit its range." in found
    wrong.write_text(file.read_text("utf-8").replace("rel:seal", "rel:seel"))
    assert "nor a declared qualifier" in run(
        project, "lod", "validate", wrong, "--validator", engine, code=1
    )


def test_editors_are_offered_it(project: Path) -> None:
    schema = run(project, "lod", "schema")
    assert "twinnedWith" in schema
    assert '"occasion"' in schema


def test_it_is_explained(project: Path) -> None:
    said = run(project, "lod", "vocab", "occasion")
    assert "On what occasion it came about." in said
    assert "no: the direct triple stands" in said


def test_it_has_its_page(project: Path, towns: Path) -> None:
    run(project, "lod", "site", towns, "-o", project / "pages")
    page = (project / "pages" / "vocabulary" / "rel" / "twinnedWith.html").read_text("utf-8")
    assert "The subject has agreed with the value to be partner towns." in page
    assert "claim/twins" in page


def test_english_stands_in_where_a_language_has_no_phrase(project: Path, towns: Path) -> None:
    german = project / "german"
    shutil.copytree(towns, german)
    (german / "facts.yaml").write_text(FACTS.replace("LANGUAGE", "de"))
    run(project, "lod", "build", german)
    data = json.loads((german / "dist" / "dataset.jsonld").read_text("utf-8"))
    assert "Northam is twinned with Southam" in data["claims"][0]["label"]["de"]


def test_a_name_that_stands_for_something_else_is_refused() -> None:
    text = '{"@context": {"seal": "schema:value", "role": {"@id": "lod:unit"}}}'
    with pytest.raises(click.ClickException, match=r"role is lod:unit in context\.jsonld already"):
        context_file(text)
