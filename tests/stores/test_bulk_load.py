"""The recipes of docs/corpora.md for the bulk loaders of stores, run as they are written."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pyoxigraph
import pytest

from lod.corpus.build import build_corpus
from tests.corpus.conftest import publication, write_lines
from tests.docs.pages import PAGES, code
from tests.push.conftest import select
from tests.stores.oxigraph import oxigraph_program, running_oxigraph
from tests.stores.running import RunningStore
from tests.stores.virtuoso import run_isql, running_virtuoso

PAGE = PAGES["corpora.md"].read_text("utf-8")
CLAIMS = "https://data.example.org/claims"
COUNT = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a <https://w3id.org/lod-facts/ns#Claim> }"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A corpus of 30 publications that was built into several shards."""
    corpus = write_lines(tmp_path / "corpus.jsonl", map(publication, range(30)))
    build_corpus(corpus, tmp_path / "out", compression="gzip", shard_size=8)
    assert len(list((tmp_path / "out" / "shards").iterdir())) > 1
    return tmp_path / "out"


def quads(out: Path, default: str = "") -> set[tuple[str, ...]]:
    """The quads of all shards; those without a graph in another one."""
    found: set[tuple[str, ...]] = set()
    for shard in (out / "shards").iterdir():
        format_ = pyoxigraph.RdfFormat.N_QUADS
        for quad in pyoxigraph.parse(gzip.decompress(shard.read_bytes()), format=format_):
            graph = getattr(quad.graph_name, "value", default)
            found.add((str(quad.subject), str(quad.predicate), str(quad.object), graph))
    return found


def graphs_of(store: RunningStore) -> dict[str, int]:
    rows = select(store, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"]: int(row["n"]) for row in rows if row["g"].startswith("https://data.")}


def counted(found: set[tuple[str, ...]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for *_, graph in found:
        if graph:
            counts[graph] = counts.get(graph, 0) + 1
    return counts


def test_oxigraph(out: Path) -> None:
    (row,) = (line for line in PAGE.splitlines() if line.startswith("| Oxigraph |"))
    load, serve = re.findall("`([^`]+)`", row)
    assert serve == "oxigraph serve --union-default-graph"
    command = load.replace("oxigraph", oxigraph_program(), 1)
    subprocess.run(["bash", "-euc", command], cwd=out.parent, check=True, capture_output=True)
    with running_oxigraph(out.parent / "DB", union=True) as store:
        assert graphs_of(store) == counted(quads(out))
        assert select(store, COUNT) == [{"n": "60"}]


def test_virtuoso(out: Path) -> None:
    [script] = code("corpora.md", "sql")
    assert "rdf_loader_run();" in script
    with running_virtuoso(readable=out / "shards") as store:
        run_isql(store, script.replace("/data/out", str(out)))
        assert graphs_of(store) == counted(quads(out, CLAIMS))
        assert select(store, COUNT) == [{"n": "60"}]
        # Once more: shards that are in the list already are passed over.
        said = run_isql(store, script.replace("/data/out", str(out)))
        assert "Error" not in said
        loads = run_isql(store, "SELECT COUNT(*) FROM DB.DBA.load_list WHERE ll_error IS NULL;")
        assert f"\n{len(list((out / 'shards').iterdir()))}\n" in loads


def test_jena_gets_a_graph_for_the_claims(out: Path) -> None:
    [script] = [one for one in code("corpora.md", "sh") if one.startswith("zcat")]
    run = subprocess.run(["bash", "-euc", script], cwd=out.parent, check=True, capture_output=True)
    parsed = pyoxigraph.parse(run.stdout, format=pyoxigraph.RdfFormat.N_QUADS)
    found = {(str(q.subject), str(q.predicate), str(q.object), q.graph_name.value) for q in parsed}
    assert found == quads(out, CLAIMS)
