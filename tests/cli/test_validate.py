"""`lod validate`: any RDF file against the shipped shapes or others."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph
import pytest

from tests.cli.conftest import Lod

SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <https://e.org/> .
ex:Named a sh:NodeShape ; sh:targetClass ex:Thing ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:message "a thing needs a name" ] .
"""
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
NAMELESS = f"<https://e.org/a> {TYPE} <https://e.org/Thing> .\n"
NAMED = '<https://e.org/a> <https://e.org/name> "A" .\n'


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("shapes.ttl").write_text(SHAPES)
    Path("nameless.nt").write_text(NAMELESS)
    Path("named.ttl").write_text(NAMED)
    return tmp_path


@pytest.mark.parametrize("engine", ["auto", "shacl", "pyshacl"])
def test_own_shapes(engine: str, lod: Lod, files: Path) -> None:
    arguments = ["--shapes", "shapes.ttl", "--validator", engine]
    result = lod("validate", "nameless.nt", *arguments)
    assert (result.code, result.err) == (1, "")
    assert "a thing needs a name" in result.out
    assert "https://e.org/a" in result.out
    result = lod("validate", "nameless.nt", "named.ttl", *arguments)
    assert (result.code, result.err) == (0, "")
    assert result.out == "The data conforms to the shapes.\n"
    assert lod("validate", "named.ttl", *arguments, "--quiet").out == ""


def test_shipped_shapes(lod: Lod, small: Path) -> None:
    lod("export", small, "-o", "facts.trig")
    assert lod("validate", "facts.trig").code == 0
    text = Path("facts.trig").read_text("utf-8")
    Path("broken.trig").write_text(text.replace("lod:modality lod:stated ;", ""), "utf-8")
    assert lod("validate", "broken.trig").code == 1


def test_forms(lod: Lod, files: Path) -> None:
    data = json.loads(lod("validate", "nameless.nt", "--shapes", "shapes.ttl", "-f", "json").out)
    assert data["conforms"] is False
    assert data["results"][0]["focusNode"] == "https://e.org/a"
    turtle = lod("validate", "nameless.nt", "--shapes", "shapes.ttl", "-f", "turtle").out
    triples = list(pyoxigraph.parse(turtle.encode(), pyoxigraph.RdfFormat.TURTLE))
    conforms = pyoxigraph.NamedNode("http://www.w3.org/ns/shacl#conforms")
    assert [one.object.value for one in triples if one.predicate == conforms] == ["false"]
    result = lod("validate", "nameless.nt", "--shapes", "shapes.ttl", "-f", "github")
    assert result.code == 1
    assert result.out == (
        "::error file=nameless.nt,line=1,col=1,title=shape::https://e.org/a: a thing needs a name\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.ttl"], "nowhere.ttl"),
        (["bad.ttl"], "bad.ttl:1:"),
        (["data.xyz"], "data.xyz"),
        (["named.ttl", "--shapes", "bad.ttl"], "bad.ttl"),
        (["named.ttl", "--shapes", "nowhere.ttl"], "nowhere.ttl"),
        (
            ["named.ttl", "--shapes", "bad.ttl", "--text", "data.xyz"],
            "--text FILE is for the checks",
        ),
        (["named.ttl", "."], ". is a folder, which is validated by itself"),
    ],
)
def test_what_cannot_be_validated(arguments: list[str], words: str, lod: Lod, files: Path) -> None:
    Path("bad.ttl").write_text("this is no Turtle")
    Path("data.xyz").write_text("x")
    result = lod("validate", *arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err
    assert "Traceback" not in result.err


def test_the_text_of_a_folder_is_beside_it_or_in_it_or_it_is_said(
    lod: Lod, small: Path, tmp_path: Path
) -> None:
    dist = tmp_path / "elsewhere" / "dist"
    assert lod("build", small, "-o", dist).code == 0
    run = lod("validate", dist)
    assert (run.code, run.out) == (0, "The data conforms to the shapes.\n")
    assert "its words are not compared\n    hint: name it with --text FILE\n" in run.err
    assert lod("validate", dist, "--quiet").err == ""
    text = (small / "text.txt").read_bytes()
    for place in (dist.parent, dist):
        (place / "article.txt").write_bytes(text)
        assert lod("validate", dist).err == ""
        (place / "article.txt").unlink()
    assert lod("validate", dist, "--text", small / "text.txt").err == ""
