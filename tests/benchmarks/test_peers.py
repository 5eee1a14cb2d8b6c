"""Peers: the rows say what the graphs say, and a peer that does something else is found out."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import corpora, peers
from benchmarks.peer_process import SCRIPTS, Peer
from benchmarks.rows import make_tables, write_tables
from lod.rdf.terms import RDF_TYPE, iri_of, lines, split_literal, unescape

_FAKE = """
import sys
sys.path.insert(0, {scripts!r})
from pathlib import Path
from serve import serve
folder = Path(sys.argv[1])

def build():
    text = Path({graph!r}).read_text("utf-8")
    {change}
    print("noise")
    folder.joinpath("fake.nt").write_text(text, "utf-8")

serve({{"build": build}})
"""


@pytest.fixture(autouse=True)
def _scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOD_BENCHMARKS", str(tmp_path / "benchmarks"))


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a peer that gives lod's own graph, changed by a line of Python."""

    def make(change: str) -> Peer:
        graph = tmp_path / "graph.nt"
        graph.write_text("".join(one.default for one in corpora.datasets(3)), "utf-8")
        script = tmp_path / "fake.py"
        script.write_text(_FAKE.format(scripts=str(SCRIPTS), graph=str(graph), change=change))
        monkeypatch.setattr(Peer, "python", lambda self, install: Path(sys.executable))
        return Peer("fake", "fake", "1", script)

    return make


def _from_rows(folder: Path) -> set[tuple[str, str, tuple[str, str]]]:
    """The statements as the files say them: object as kind and value."""
    found = set()
    for table in json.loads((folder / "tables.json").read_text("utf-8")):
        with (folder / f"{table['name']}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {(row["id"], iri_of(RDF_TYPE), ("iri", one)) for one in table["types"]}
                for name, (predicate, kind) in table["columns"].items():
                    if row[name]:
                        found.add((row["id"], predicate, (kind, row[name])))
        for name, predicate in table["links"].items():
            file_name = folder / f"{table['name']}-{name}.csv"
            with file_name.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    found.add((row["id"], predicate, ("iri", row["target"])))
    return found


def _statement(line: tuple[str, str, str]) -> tuple[str, str, tuple[str, str]]:
    subject, predicate, object_ = line
    if object_.startswith("<"):
        return iri_of(subject), iri_of(predicate), ("iri", iri_of(object_))
    lexical, language, datatype = split_literal(object_)
    kind = language or datatype or "string"
    return iri_of(subject), iri_of(predicate), (kind, unescape(lexical))


def test_rows_say_what_the_graphs_say(tmp_path: Path) -> None:
    datasets = list(corpora.datasets(6))
    write_tables(make_tables(datasets), tmp_path / "rows")
    expected = {_statement(line) for dataset in datasets for line in lines(dataset.default)}
    assert _from_rows(tmp_path / "rows") == expected
    publications = (tmp_path / "rows" / "rows.jsonl").read_text("utf-8").splitlines()
    claims = [
        len(rows)
        for publication in map(json.loads, publications)
        for name, rows in publication.items()
        if name.startswith("Lodclaim")
    ]
    assert claims == [16] * 6


def test_a_peer_with_the_same_graph_is_measured(fake: Any) -> None:
    result = peers.run(3, 1, [fake("pass")])
    assert "skipped" not in result["peers"]["fake"]
    assert set(result["jobs"]["build"]) == {
        "lod, from its JSON",
        "lod, from the model",
        "fake",
    }
    row = result["jobs"]["build"]["fake"]
    assert row["ms"] > 0
    assert row["times_lod"] > 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("text = text.partition('\\n')[2]", "failed: its graph lacks 1 triples"),
        ("text += '<x:s> <x:p> <x:o> .\\n'", "and has 1 others"),
        ("text = text.replace('\"@en', '\"')", "failed: its graph lacks"),
        ("raise MemoryError('too much')", "failed: MemoryError: too much"),
    ],
)
def test_a_peer_with_another_graph_is_left_out(change: str, reason: str, fake: Any) -> None:
    result = peers.run(3, 1, [fake(change)])
    assert reason in result["peers"]["fake"]["skipped"]
    assert "fake" not in result["jobs"]["build"]


def test_peers_that_are_not_installed_are_named() -> None:
    result = peers.run(3, 1, install=False)
    skipped = {name: about["skipped"] for name, about in result["peers"].items()}
    assert skipped == dict.fromkeys(("LinkML", "morph-kgc", "maplib"), "not installed")
    assert all(row["ms"] > 0 for job in result["jobs"].values() for row in job.values())


def test_a_release_that_cannot_be_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No index is asked: only an empty folder.
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    peer = Peer("none", "lod-no-such-package", "1", SCRIPTS / "with_maplib.py")
    result = peers.run(2, 1, [peer])
    assert "No matching distribution found" in result["peers"]["none"]["skipped"]
