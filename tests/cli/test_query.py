"""`lod query`: questions to publications and files, in every form."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLE, Lod

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a lod:Claim }"


@pytest.fixture
def named(small: Path) -> Path:
    """The small publication with two named queries."""
    (small / "queries").mkdir()
    (small / "queries" / "claims.rq").write_text(
        f"# How many claims are there? Denied ones\n# count too.\n{COUNT}\n"
    )
    (small / "queries" / "anything.rq").write_text("ASK { ?s ?p ?o }\n")
    return small


def test_own_query_as_table(lod: Lod, small: Path) -> None:
    result = lod("query", small, "-q", "SELECT ?label { entity:csto rdfs:label ?label }")
    assert (result.code, result.err) == (0, "")
    assert result.out.split()[::2] == ["label", "CSTO", "row"]


def test_default_graph_is_the_union(lod: Lod, small: Path) -> None:
    assert lod("query", small, "-q", "ASK { entity:kazakhstan rel:memberOf entity:csto }").out == (
        lod("query", small, "-q", "ASK { ?s ?p ?o }").out
    )


@pytest.mark.parametrize(
    ("form", "n"),
    [
        ("csv", lambda text: next(csv.DictReader(io.StringIO(text)))["n"]),
        ("tsv", lambda text: text.splitlines()[1].split('"')[1]),
        ("json", lambda text: json.loads(text)["results"]["bindings"][0]["n"]["value"]),
        ("xml", lambda text: text.partition('#integer">')[2].partition("<")[0]),
    ],
)
def test_forms_of_a_table(form: str, n: Callable[[str], str], lod: Lod, small: Path) -> None:
    assert n(lod("query", small, "-q", COUNT, "-f", form).out) == "2"


def test_graph_is_turtle(lod: Lod, small: Path) -> None:
    construct = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }"
    result = lod("query", small, "-q", construct)
    assert 'entity:csto rdfs:label "CSTO"@en .' in result.out
    assert lod("query", small, "-q", construct, "-f", "turtle").out == result.out
    assert lod("query", small, "-q", construct, "-f", "csv").code == 2


def test_named_query(lod: Lod, named: Path) -> None:
    assert lod("query", named, "claims", "-f", "csv").out.split() == ["n", "2"]
    assert lod("query", named, "-q", "claims", "-f", "csv").out.split() == ["n", "2"]


def test_query_in_a_file_or_on_the_standard_input(lod: Lod, named: Path) -> None:
    Path("own.rq").write_text(COUNT)
    assert lod("query", named, "own.rq", "-f", "csv").out.split() == ["n", "2"]
    result = lod("query", named, "-q", "-", "-f", "csv", stdin=COUNT.encode())
    assert result.out.split() == ["n", "2"]


def test_files(lod: Lod, named: Path) -> None:
    lod("export", named, "-o", "a.nq")
    Path("b.ttl").write_text("@prefix lod: <https://w3id.org/lod-facts/ns#> . <x:c> a lod:Claim .")
    assert lod("query", "a.nq", "b.ttl", "-q", COUNT, "-f", "csv").out.split() == ["n", "3"]
    assert lod("query", named, "b.ttl", "claims", "-f", "csv").out.split() == ["n", "3"]


def test_list(lod: Lod, named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = lod("query", named, "--list")
    assert result.out.splitlines()[:2] == ["anything", "claims    How many claims are there?"]
    assert result.out.splitlines()[3].startswith("figures   Which figures are given")
    # In the folder itself no name is needed, and elsewhere there are those that ship with lod.
    assert len(lod("query", "--list").out.splitlines()) == 7
    monkeypatch.chdir(named)
    assert lod("query", "--list").out == result.out


def test_output_file(lod: Lod, small: Path) -> None:
    assert lod("query", small, "-q", COUNT, "-f", "csv", "-o", "n.csv").out == ""
    assert Path("n.csv").read_text().split() == ["n", "2"]


@pytest.mark.parametrize(
    ("name", "start"),
    [("n.csv", "n\r\n2"), ("n.srj", "{"), ("n.srx", "<?xml"), ("n.txt", "n\n-"), ("n", "n\n-")],
)
def test_the_name_of_the_output_file_says_its_form(
    name: str, start: str, lod: Lod, small: Path
) -> None:
    assert lod("query", small, "-q", COUNT, "-o", name).code == 0
    assert Path(name).read_bytes().decode().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["small"], "Add a query"),
        (["c.jsonl", "claims"], "it is a corpus"),
        (["small", "text.ttl"], "text.ttl is data"),
        (["small", "claim"], "Did you mean claims?"),
        (["small", "nowhere.rq"], "nowhere.rq"),
        (["nowhere.ttl", "-q", COUNT], "nowhere.ttl cannot be read"),
        (["small", "-q", "SELECT ?s { ?s ?p }"], "malformed at line 1"),
        (["small", "-q", "DROP ALL"], "lod: "),
        (["small", "-q", "SELECT * { SERVICE <https://e.org/> { ?s ?p ?o } }"], "SERVICE"),
        (["small", "-q", "SELECT * { ?s ?p ?o }", "--max-rows", "3"], "more than 3 rows"),
        (["small", "-q", "SELECT * { ?s ?p ?o }", "--max-bytes", "10"], "larger than"),
        (["small", "-q", COUNT, "-f", "turtle"], "no graph"),
        (["small", "-q", COUNT, "-o", "n.foo"], "parquet"),
    ],
)
def test_what_cannot_be_asked(arguments: list[str], words: str, lod: Lod, named: Path) -> None:
    Path("text.ttl").write_text("<x:a> <x:b> <x:c> .")
    Path("c.jsonl").write_text("{}")
    result = lod("query", *arguments)
    assert (result.code, result.out) == (2, "")
    assert words in result.err


def test_limit_can_be_lifted(lod: Lod, small: Path) -> None:
    everything = "SELECT * { ?s ?p ?o }"
    lifted = lod("query", small, "-q", everything, "--max-rows", "0", "--max-seconds", "0")
    assert lifted == lod("query", small, "-q", everything)


def test_errors_in_the_facts_are_findings(
    lod: Lod, small: Path, edit: Callable[[str, str], None]
) -> None:
    edit("Q232", "Q0232")
    result = lod("query", small, "-q", COUNT)
    assert (result.code, result.out) == (1, "")
    assert "error[bad-qid]" in result.err


@pytest.mark.parametrize("query", sorted(one.stem for one in EXAMPLE.glob("queries/*.rq")))
def test_every_query_of_the_example_answers(query: str, lod: Lod) -> None:
    result = lod("query", EXAMPLE, query, "-f", "csv")
    assert (result.code, result.err) == (0, "")
    assert len(result.out.splitlines()) > 1
