"""The default graph of queries is a set: what two speakers say counts once, in every way to ask."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

import lod
from lod.cli.run import run
from lod.query.answers import QueryTask
from lod.query.store import open_store, run_query
from lod.server.pool import PoolData, QueryPool
from lod.server.settings import Settings

MEMBER = "<https://w3id.org/lod-facts/relations#memberOf>"
SAID = f"?s {MEMBER} ?o"
COUNT = f"SELECT (COUNT(*) AS ?n) {{ {SAID} }}"
PAIR = f"SELECT ?s ?o {{ {SAID} }}"
EACH = f"SELECT ?g {{ GRAPH ?g {{ {SAID} }} }}"

FACTS = {
    "publication": {
        "base": "https://data.example.org/twice/",
        "title": "Said twice",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "publisher": "Desk",
    },
    "document": {
        "content": "Ana says that Sweden is in the League. Bo says that Sweden is in the League.",
        "language": "en",
        "published": "2024-11-27",
    },
    "entities": {
        "ana": {"type": "Person", "label": "Ana"},
        "bo": {"type": "Person", "label": "Bo"},
        "sweden": {"type": "Country", "label": "Sweden"},
        "league": {"type": "InternationalOrganization", "label": "League"},
    },
    "claims": [
        {
            "id": who,
            "by": who,
            "quote": f"{who.capitalize()} says that Sweden is in the League",
            "subject": "sweden",
            "property": "memberOf",
            "value": "league",
        }
        for who in ("ana", "bo")
    ],
}


@pytest.fixture(scope="module")
def nquads() -> str:
    return lod.loads(FACTS).serialize("n-quads")


def test_the_api_counts_once() -> None:
    publication = lod.loads(FACTS)
    assert publication.query(COUNT).serialize("csv") == "n\r\n1\r\n"
    assert len(publication.query(PAIR).rows) == 1
    assert len(publication.query(EACH).rows) == 2


def test_the_server_counts_once(nquads: str) -> None:
    async def go() -> None:
        pool = QueryPool(PoolData(quads=nquads.encode()), Settings())
        await pool.start()
        try:
            for query, rows in ((COUNT, b"n\r\n1\r\n"), (f"ASK {{ {SAID} }}", b"true")):
                assert (await pool.run(QueryTask(query, results="csv"))).body == rows
            graph = "https://data.example.org/twice/reported/ana"
            task = QueryTask(COUNT, results="csv", default_graphs=(graph,))
            assert (await pool.run(task)).body == b"n\r\n1\r\n"
            assert (await pool.run(QueryTask(EACH, results="csv"))).body.count(b"reported/") == 2
        finally:
            await pool.close()

    asyncio.run(go())


@pytest.mark.parametrize("is_folder", [True, False])
def test_the_command_counts_once(
    is_folder: bool, nquads: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if is_folder:
        (tmp_path / "facts.json").write_text(json.dumps(FACTS), "utf-8")
        names = [str(tmp_path)]
    else:
        # Each speaker's graph in a file of its own, and one of them in a third.
        said = [
            line for line in nquads.splitlines() if f"{MEMBER} <" in line and "/reported/" in line
        ]
        assert len(said) == 2
        names = [str(tmp_path / f"{number}.nq") for number in range(3)]
        for name, line in zip(names, [*said, said[0]], strict=True):
            Path(name).write_text(f"{line}\n", "utf-8")
    for query, expected in ((COUNT, ["1"]), (PAIR, [None]), (EACH, [None, None])):
        assert run(["query", *names, "-q", query, "-f", "csv"]) == 0
        rows = capsys.readouterr().out.splitlines()[1:]
        assert len(rows) == len(expected)
        assert expected[0] in (None, rows[0])


def test_what_stands_beside_graphs_counts_once_too(tmp_path: Path) -> None:
    triple = "<https://e.org/a> <https://e.org/p> _:b"
    file = tmp_path / "a.nq"
    file.write_text(f"{triple} .\n{triple} <https://e.org/g> .\n", "utf-8")
    with open_store(file) as store:
        assert len(run_query(store, "SELECT ?o { ?s <https://e.org/p> ?o }").rows) == 1
        assert len(run_query(store, "SELECT ?o { GRAPH ?g { ?s ?p ?o } }").rows) == 1
