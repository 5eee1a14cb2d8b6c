"""The SPARQL protocols, as a table of requests and answers (protocol.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import rdflib

from tests.server.serving import BASE, Server

GRAPH, REPORTED = f"{BASE}dataset", f"{BASE}reported/putin"
NAMES = {
    "graph": quote(GRAPH, safe=""),
    "reported": quote(REPORTED, safe=""),
    "graph_iri": GRAPH,
    "reported_iri": REPORTED,
}
CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("protocol.toml").read_text("utf-8")
)["case"]


def filled(text: str) -> str:
    for name, value in NAMES.items():
        text = text.replace(f"{{{name}}}", value)
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(store_server: Server, case: dict[str, Any]) -> None:
    headers = dict(case.get("headers", {}))
    content = case.get("body")
    if "form" in case:
        content = urlencode([(name, filled(value)) for name, value in case["form"]])
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = store_server.client.request(
        case.get("method", "GET"),
        filled(case["path"]),
        headers=headers,
        content=None if content is None else content.encode(),
    )
    assert answer.status_code == case["status"], answer.text
    assert answer.headers["content-type"].startswith(case.get("type", ""))
    if "boolean" in case:
        assert answer.json()["boolean"] is case["boolean"]
    for text in case.get("has", []):
        assert text in answer.text
    for text in case.get("lacks", []):
        assert text not in answer.text
    for name, value in case.get("answer", {}).items():
        assert value in answer.headers[name]
    if case.get("empty"):
        assert answer.content == b""


def test_names_of_cases_are_unique() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES)


SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.mark.parametrize("format_", ["turtle", "nt", "xml", "json-ld"])
def test_description_is_whole(store_server: Server, format_: str) -> None:
    media_type = {
        "turtle": "text/turtle",
        "nt": "application/n-triples",
        "xml": "application/rdf+xml",
        "json-ld": "application/ld+json",
    }[format_]
    answer = store_server.get("/sparql", media_type)
    graph = rdflib.Graph().parse(data=answer.text, format=format_)
    (service,) = graph.subjects(rdflib.RDF.type, SD.Service)
    endpoint = graph.value(service, SD.endpoint)
    # The endpoint that is described is one that answers.
    assert store_server.client.get(f"{endpoint}?query=ASK%7B%7D").json()["boolean"] is True
    dataset = graph.value(service, SD.defaultDataset)
    (default,) = graph.objects(dataset, SD.defaultGraph)
    total = store_server.rows("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    assert str(graph.value(default, VOID.triples)) == total
    names = {
        str(graph.value(named, SD.name)): int(
            str(graph.value(graph.value(named, SD.graph), VOID.triples))
        )
        for named in graph.objects(dataset, SD.namedGraph)
    }
    asked = store_server.rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert names == {row["g"]: int(row["n"]) for row in asked}
    assert {str(one).rpartition("/")[2] for one in graph.objects(service, SD.resultFormat)} == {
        *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
        *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
    }


@pytest.mark.parametrize(
    ("media_type", "format_"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
def test_graph_is_the_same_in_every_form(
    store_server: Server, media_type: str, format_: str
) -> None:
    answer = store_server.get(f"/graph-store?graph={NAMES['reported']}", media_type)
    graph = rdflib.Graph().parse(data=answer.text, format=format_)
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{REPORTED}> {{ ?s ?p ?o }} }}"
    assert len(graph) == int(store_server.rows(count)[0]["n"]) > 5


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/graph-store?default", "/sparql"])
def test_unchanged_answers_are_not_sent_again(store_server: Server, path: str) -> None:
    first = store_server.get(path, "*/*")
    etag = first.headers["etag"]
    assert etag.startswith('"')
    again = store_server.get(path, "*/*", If_None_Match=f'"other", {etag}')
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    assert "accept" in again.headers["vary"].lower()
    assert store_server.get(path, "*/*", If_None_Match='"other"').status_code == 200
    date = first.headers["last-modified"]
    assert store_server.get(path, "*/*", If_Modified_Since=date).status_code == 304
    # A tag that differs wins over a date that does not.
    other = store_server.get(path, "*/*", If_None_Match='"x"', If_Modified_Since=date)
    assert other.status_code == 200


def test_other_origins_may_read(store_server: Server) -> None:
    answer = store_server.get("/sparql?query=ASK%7B%7D", Origin="https://elsewhere.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    preflight = store_server.client.options(
        "/sparql",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "Content-Type" in preflight.headers["access-control-allow-headers"]
    assert preflight.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_errors_come_as_one_prefers(store_server: Server) -> None:
    path = "/sparql?query=SELECT"
    assert store_server.get(path).headers["content-type"].startswith("text/plain")
    told = store_server.get(path, "application/json")
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["status"] == 400
    assert "<h1>The request is not understood</h1>" in store_server.get(path, "text/html").text
