"""The pages about the things in a store."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from lod.corpus.store import load_store
from tests.server.serving import BASE, Server, serving


def test_start_lists_the_documents(store_server: Server) -> None:
    page = store_server.get("/", "text/html")
    assert page.status_code == 200
    assert 'href="/document"' in page.text


def test_thing_leads_to_its_page(store_server: Server) -> None:
    answer = store_server.get("/entity/putin", "text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/entity/putin.html")
    page = store_server.get("/entity/putin.html").text
    assert "<h1>Vladimir Putin</h1>" in page
    assert "What refers to it" in page


def test_what_is_reported_is_not_asserted(store_server: Server) -> None:
    data = store_server.get("/entity/kazakhstan.nt").text
    assert "relations#memberOf" not in data
    page = store_server.get("/entity/kazakhstan.html").text
    assert page.index("What is reported of it") < page.index("rel:memberOf")


def test_claim_has_its_parts(store_server: Server) -> None:
    page = store_server.get("/claim/trade-2023.html").text
    for fragment in ("value", "period", "anchor-1", "anchor-1-quote"):
        assert f'id="{fragment}"' in page
    answer = store_server.get("/claim/trade-2023/anchor/1/quote", "text/html")
    assert answer.headers["location"] == "/claim/trade-2023.html#anchor-1-quote"


def test_every_iri_of_the_data_leads_to_a_document(store_server: Server, quads: Path) -> None:
    own = sorted(set(re.findall(rf"<{re.escape(BASE)}([^>]*)>", quads.read_text("utf-8"))))
    assert len(own) > 500
    for local in own[::5]:
        answer = store_server.get(f"/{local}", "application/n-triples")
        assert answer.status_code == 303, local
        assert store_server.get(answer.headers["location"]).status_code == 200, local
        answer = store_server.get(f"/{local}", "text/html")
        place, _, fragment = answer.headers["location"].partition("#")
        page = store_server.get(place)
        assert page.status_code == 200, local
        assert not fragment or f'id="{fragment}"' in page.text, local


def test_what_claims_of_a_list_share_has_a_page(store_server: Server) -> None:
    """`claim/organisations` itself says nothing: its combinations do, and share the quote."""
    answer = store_server.get("/claim/organisations/anchor/1", "text/html")
    assert answer.headers["location"] == "/claim/organisations/anchor/1.html"
    assert "Commonwealth of Independent States" in store_server.get(answer.headers["location"]).text


def test_forms_say_the_same(store_server: Server) -> None:
    graphs = [
        rdflib.Graph().parse(
            data=store_server.get(f"/claim/trade-2023.{extension}").text, format=format_
        )
        for extension, format_ in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"))
    ]
    assert len(graphs[0]) > 30
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[1], graphs[2])


def test_nothing_is_known(store_server: Server) -> None:
    for path in ("/entity/nobody", "/entity/nobody.html", "/entity/nobody.ttl", "/x y", "/%3E"):
        assert store_server.get(path).status_code == 404
    for path in ("/entity/%22%3E%3Cscript%3E", "/entity/a%7D%20%7D%20SELECT"):
        answer = store_server.get(path)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


def test_thing_from_elsewhere_by_its_whole_iri(store_server: Server) -> None:
    path = "/resource/http%3A%2F%2Fwww.wikidata.org%2Fentity%2FQ232"
    answer = store_server.get(path, "text/html")
    assert answer.status_code == 303
    page = store_server.get(answer.headers["location"])
    assert page.status_code == 200
    assert "schema:about" in page.text


HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture(scope="module")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> object:
    """A store whose texts would like to be code."""
    folder = tmp_path_factory.mktemp("hostile")
    base = "https://data.example.org/h/"
    literal = json.dumps(HOSTILE)
    lines = [
        f"<{base}document> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/lod-facts/relations#Document> .",
        f"<{base}document> <http://www.w3.org/2000/01/rdf-schema#label> {literal} .",
        f"<{base}entity/x> <http://www.w3.org/2000/01/rdf-schema#label> {literal}@en .",
        f"<{base}entity/x> <https://schema.org/url> <javascript:alert(1)> .",
        f"<{base}entity/x> <https://schema.org/url> <data:text/html,x> .",
    ]
    (folder / "h.nq").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    load_store([folder / "h.nq"], folder / "store")
    with serving(folder / "log", folder / "store") as server:
        yield server


@pytest.mark.parametrize("path", ["/", "/document.html", "/entity/x.html"])
def test_texts_are_never_code(hostile_server: Server, path: str) -> None:
    page = hostile_server.get(path).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert 'href="javascript' not in page
    assert 'href="data' not in page


def test_several_publications(tmp_path: Path, quads: Path) -> None:
    text = quads.read_text("utf-8")
    files = []
    for name in ("one", "two"):
        file = tmp_path / f"{name}.nq"
        file.write_text(text.replace(BASE, f"https://data.example.org/corpus/{name}/"), "utf-8")
        files.append(file)
    load_store(files, tmp_path / "store")
    with serving(tmp_path / "log", tmp_path / "store") as server:
        assert server.said["base"] == "https://data.example.org/corpus/"
        start = server.get("/").text
        assert 'href="/one/document"' in start
        assert 'href="/two/document"' in start
        assert server.get("/two/entity/putin", "text/turtle").headers["location"] == (
            "/two/entity/putin.ttl"
        )
        part = server.get("/two/claim/trade-2023/value", "text/html")
        assert part.headers["location"] == "/two/claim/trade-2023.html#value"
