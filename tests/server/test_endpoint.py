"""The pages and queries over real stores: the `oxigraph` server and Virtuoso."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import rdflib

from lod.publication import load
from tests.ports import free_port
from tests.server.conftest import EXAMPLE
from tests.server.serving import BASE, Server, serving
from tests.stores.oxigraph import running_oxigraph
from tests.stores.running import RunningStore
from tests.stores.virtuoso import running_virtuoso

LOD = "https://w3id.org/lod-facts/ns#"


def fill(store: RunningStore) -> None:
    """Put the example into a store: the default graph of the data as the graph of the dataset."""
    dataset = load(EXAMPLE).dataset()
    graphs = {f"{dataset.base}dataset": dataset.default, **dataset.graphs}
    auth = httpx.DigestAuth(store.user, store.password or "") if store.user else None
    for graph, triples in graphs.items():
        answer = httpx.put(
            store.graph_store,
            params={"graph": graph},
            content=triples.encode(),
            headers={"Content-Type": "application/n-triples"},
            auth=auth,
            timeout=60,
        )
        assert answer.is_success, answer.text


@contextmanager
def running(name: str) -> Iterator[RunningStore]:
    with running_oxigraph() if name == "oxigraph" else running_virtuoso() as store:
        fill(store)
        yield store


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def store(request: pytest.FixtureRequest) -> Iterator[RunningStore]:
    with running(request.param) as one:
        yield one


@pytest.fixture(scope="module")
def server(store: RunningStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The pages from the store itself."""
    log = tmp_path_factory.mktemp("endpoint") / "log"
    with serving(log, "--endpoint", store.query, "--base", BASE, "--max-seconds", "5") as one:
        yield one


def test_pages_come_from_the_store(server: Server, store_server: Server) -> None:
    assert 'href="/document"' in server.get("/").text
    answer = server.get("/entity/putin", "text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/entity/putin.html")
    assert "<h1>Vladimir Putin</h1>" in server.get("/entity/putin.html").text
    assert server.get("/entity/nobody").status_code == 404
    # The same description as from an embedded store.
    for path in ("/claim/trade-2023.nt", "/entity/kazakhstan.nt"):
        ours, theirs = (
            rdflib.Graph().parse(data=one.get(path).text, format="nt")
            for one in (store_server, server)
        )
        assert len(ours) > 5
        assert {triple[:2] for triple in ours} == {triple[:2] for triple in theirs}


def test_pages_of_a_folder_over_a_store(
    store: RunningStore, site_folder: Path, tmp_path: Path
) -> None:
    with serving(tmp_path / "log", site_folder, "--endpoint", store.query, "--base", BASE) as one:
        page = one.get("/entity/putin.html")
        file = (site_folder / "entity" / "putin.html").read_text("utf-8")
        # Where queries are answered the link to them, which the file has as a comment, is shown.
        shown = file.replace("<!--sparql ", "").replace(" sparql-->", "")
        assert shown != file
        assert page.text == shown
        count = one.query(
            f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ GRAPH ?g {{ ?c a <{LOD}Claim> }} }}"
        )
        assert int(count.json()["results"]["bindings"][0]["n"]["value"]) > 100


@pytest.mark.parametrize(
    "accept",
    [
        "application/sparql-results+json",
        "text/csv",
        "text/tab-separated-values",
        "application/sparql-results+xml",
    ],
)
def test_queries_are_passed_on(server: Server, accept: str) -> None:
    query = "SELECT ?l { GRAPH ?g { <entity/putin> rdfs:label ?l } } # a comment"
    answer = server.query(query.replace("<entity/putin>", f"<{BASE}entity/putin>"), accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(accept)
    assert "Vladimir Putin" in answer.text


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_graphs_are_passed_on(server: Server, accept: str, format_: str) -> None:
    graph = f"{BASE}reported/putin"
    answer = server.client.get("/graph-store", params={"graph": graph}, headers={"Accept": accept})
    assert answer.status_code == 200, answer.text
    found = rdflib.Graph().parse(data=answer.text, format=format_)
    expected = load(EXAMPLE).dataset().graphs[graph]
    assert len(found) == expected.count("\n")
    missing = server.client.get("/graph-store", params={"graph": f"{BASE}reported/nobody"})
    assert missing.status_code == 404


def test_graphs_can_be_named_for_a_query(server: Server) -> None:
    query = f"ASK {{ ?c a <{LOD}Claim> }}"
    for graph, expected in ((f"{BASE}dataset", True), (f"{BASE}reported/putin", False)):
        fields = {"query": query, "default-graph-uri": graph}
        answer = server.client.post("/sparql", data=fields)
        assert answer.json()["boolean"] is expected


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("CLEAR ALL", 403),
        ("INSERT DATA { <urn:a:a> <urn:a:b> 1 }", 403),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403),
        ("DEFINE input:inference 'x' ASK {}", 400),
        ("ASK { FILTER(\"SERVICE <x> { \\n # LOAD\" = 'SERVICE <x> { \\n # LOAD') }", 200),
        (
            "ASK { FILTER('''a\n\"b''' = \"a\\n\\\"b\") FILTER(-5 < -4) FILTER('x'@en = 'x'@en) }",
            200,
        ),
    ],
)
def test_queries_are_looked_at_first(server: Server, query: str, status: int) -> None:
    answer = server.query(query)
    assert answer.status_code == status, answer.text
    if status == 200:
        assert answer.json()["boolean"] is True


def test_description_and_health(server: Server) -> None:
    graph = rdflib.Graph().parse(data=server.get("/sparql", "text/turtle").text, format="turtle")
    assert len(graph) > 20
    assert server.get("/health").status_code == 200


def test_killer_query_is_stopped(server: Server) -> None:
    started = time.monotonic()
    answer = server.query(
        "SELECT (COUNT(*) AS ?n) { GRAPH ?x { ?a ?b ?c } GRAPH ?y { ?d ?e ?f } "
        "GRAPH ?z { ?g ?h ?i } FILTER(STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) > 1000000) }"
    )
    assert answer.status_code in (502, 504), answer.text  # a store may refuse what costs too much
    assert time.monotonic() - started < 15
    assert server.get("/health").status_code == 200


class Faulty(BaseHTTPRequestHandler):
    """A store that answers as its address asks for."""

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        query = self.rfile.read(length).decode()
        mode = self.server.mode  # type: ignore[attr-defined] # set by the test
        if "ASK" in query.upper():
            mode = "good"
        self.answer(mode)

    def answer(self, mode: str) -> None:
        good = json.dumps({"head": {}, "boolean": True}).encode()
        kind = "application/sparql-results+json"
        if mode == "slow":
            time.sleep(8)
        if mode == "endless":
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * 1_000_000)
            except OSError:
                return
        if mode == "redirect":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        body = {
            "good": good,
            "lie": b'{"head": {"vars": ["x"]}, "results": {"bind',
            "page": b"<html>/home/secret/path</html>",
        }.get(mode, good)
        self.send_response(500 if mode == "error" else 200)
        self.send_header("Content-Type", "text/html" if mode == "page" else kind)
        self.send_header("Content-Length", str(len(body) + (mode == "cut") * 100))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("mode", "status"),
    [
        ("slow", 504),
        ("endless", 422),
        ("redirect", 502),
        ("error", 502),
        ("lie", 502),
        ("page", 502),
        ("cut", 502),
    ],
)
def test_store_at_fault(faulty: tuple[Server, ThreadingHTTPServer], mode: str, status: int) -> None:
    server, store = faulty
    store.mode = mode  # type: ignore[attr-defined] # read by the handler
    answer = server.query("SELECT ?x { ?x ?y ?z }")
    assert answer.status_code == status, answer.text
    assert "secret" not in answer.text
    assert server.query("ASK {}").status_code == 200


@pytest.fixture(scope="module")
def faulty(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Server, ThreadingHTTPServer]]:
    store = ThreadingHTTPServer(("127.0.0.1", 0), Faulty)
    store.mode = "good"  # type: ignore[attr-defined] # read by the handler
    threading.Thread(target=store.serve_forever, daemon=True).start()
    log = tmp_path_factory.mktemp("faulty") / "log"
    endpoint = f"http://127.0.0.1:{store.server_address[1]}/query"
    arguments = ["--endpoint", endpoint, "--base", BASE, "--max-seconds", "2"]
    with serving(log, *arguments, "--max-bytes", "1000000") as server:
        yield server, store
    store.shutdown()


def test_store_that_ends_and_comes_back(tmp_path: Path) -> None:
    port = free_port()
    arguments = ["--base", BASE, "--max-seconds", "5"]
    with running_oxigraph(port=port) as store:
        fill(store)
        context = serving(tmp_path / "log", "--endpoint", store.query, *arguments)
        server = context.__enter__()
    try:
        answer = server.query("ASK {}")
        assert answer.status_code == 502
        assert "cannot be reached" in answer.text
        assert server.get("/health").status_code == 503
        assert server.get("/health/live").status_code == 200
        assert server.get("/entity/putin.html").status_code == 502
        with running_oxigraph(port=port):
            assert server.query("ASK {}").status_code == 200
            assert server.get("/health").status_code == 200
    finally:
        context.__exit__(None, None, None)


def test_no_store_is_an_error(tmp_path: Path) -> None:
    import subprocess
    import sys

    endpoint = f"http://127.0.0.1:{free_port()}/query"
    run = subprocess.run(
        [sys.executable, "-m", "lod", "serve", "--endpoint", endpoint, "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert f"The store at {endpoint} gives no answer" in run.stderr
    assert "Traceback" not in run.stderr
