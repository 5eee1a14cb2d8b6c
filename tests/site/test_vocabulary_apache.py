"""The namespace in a real Apache: the redirects of docs/vocabulary.md, and what they lead to."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator

import pytest

from lod.namespaces import LOD_NS, REL_NS
from lod.site.pages.terms import term_files, vocabulary_files
from lod.vocabulary.vocabulary import load_vocabulary
from tests.docs.pages import code
from tests.ports import free_port
from tests.site.apache import BROWSER, JSON_LD, TURTLE, answer, running
from tests.site.data.sites import built, collected, example_view, make_site
from tests.system import program

W3ID = "https://w3id.org/lod-facts/"


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The root of an Apache with the namespace in one folder and a site in another."""
    program("apache2")
    folder = tmp_path_factory.mktemp("apache")
    port = free_port()
    root = f"http://127.0.0.1:{port}/"
    site, view = make_site(f"{root}site/"), example_view()
    files = built([view], site)
    files |= collected([*vocabulary_files((), site), *term_files(view, site.at(view))])
    for kept in ("ontology.ttl", "shapes.ttl"):
        files[f"vocabulary/0.2.0/{kept}"] = files[f"vocabulary/{kept}"]
    for path, content in files.items():
        file = folder / "site" / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    [rules] = code("vocabulary.md", "apache")
    namespace = folder / "site" / "lod-facts"
    namespace.mkdir()
    assert rules.count("https://example.org/site/") == 7
    (namespace / ".htaccess").write_text(
        rules.replace("https://example.org/site/", f"{root}site/"), "utf-8"
    )
    with running(folder, port):
        yield root


HTML, ONTOLOGY, AS_JSON = "index.html", "ontology.ttl", "ontology.jsonld"


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("ns", BROWSER, HTML),
        ("relations", BROWSER, HTML),
        ("relations/", BROWSER, HTML),
        ("relations", "application/xhtml+xml;charset=utf-8", HTML),
        ("relations", f"{TURTLE}, text/html;q=0.5", ONTOLOGY),
        ("relations", f"text/html;q=0.5, {TURTLE}", ONTOLOGY),
        ("ns", TURTLE, ONTOLOGY),
        ("ns", None, ONTOLOGY),
        ("ns", "*/*", ONTOLOGY),
        ("ns", "application/rdf+xml", ONTOLOGY),
        ("ns", JSON_LD, AS_JSON),
        ("ns", f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#compacted"', AS_JSON),
        ("ns", f"{JSON_LD};q=0.9", AS_JSON),
        ("ns", f"{TURTLE};q=0.5, {JSON_LD}", AS_JSON),
        ("ns", f"{JSON_LD};q=0.5, {TURTLE}", ONTOLOGY),
        ("ns", f"{JSON_LD};q=0", ONTOLOGY),
        ("ns/0.2.0", BROWSER, "0.2.0/ontology.ttl"),
        ("relations/0.2.0", None, "0.2.0/ontology.ttl"),
        ("shapes/0.2.0", None, "0.2.0/shapes.ttl"),
        ("shapes", BROWSER, "shapes.ttl"),
        ("checks", None, "shapes.ttl"),
        ("context.jsonld", JSON_LD, "context.jsonld"),
        ("dataset.schema.json", "application/json", "dataset.schema.json"),
    ],
)
def test_the_namespace_answers(apache: str, path: str, accept: str | None, target: str) -> None:
    response = answer(apache, f"lod-facts/{path}", accept)
    assert response.status == 303
    assert response.headers["Location"] == f"{apache}site/vocabulary/{target}"
    assert response.headers["Vary"] == "Accept"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    landed = answer(apache, f"site/vocabulary/{target}", accept)
    kinds = {"html": "text/html", "ttl": TURTLE, "jsonld": JSON_LD, "json": "application/json"}
    kind = kinds[target.rpartition(".")[2]]
    assert landed.status == 200
    assert (landed.headers["Content-Type"] or "").partition(";")[0] == kind


@pytest.mark.parametrize("path", ["", "nothing", "ns/0.2", "ns/memberOf", "context.json"])
def test_what_is_no_name_of_the_vocabulary_leads_nowhere(apache: str, path: str) -> None:
    assert answer(apache, f"lod-facts/{path}", TURTLE).status in (403, 404)


def fetched(address: str, accept: str) -> str:
    request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 - loopback
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=30) as response:
        content: bytes = response.read()
    return content.decode("utf-8")


def test_every_name_of_the_vocabulary_leads_to_what_it_means(apache: str) -> None:
    """A client that looks a term up, in each of the forms, finds it described."""
    from rdflib import Graph, URIRef

    terms = load_vocabulary().terms
    for namespace in (LOD_NS, REL_NS):
        address = f"{apache}lod-facts/{namespace.removeprefix(W3ID).removesuffix('#')}"
        graphs = [
            Graph().parse(data=fetched(address, accept), format=form)
            for accept, form in ((TURTLE, "turtle"), (JSON_LD, "json-ld"))
        ]
        assert set(graphs[0]) == set(graphs[1])
        page = fetched(address, BROWSER)
        for iri in terms:
            if iri.startswith(namespace):
                assert (URIRef(iri), None, None) in graphs[0]
                assert page.count(f' id="{iri.removeprefix(namespace)}"') == 1, iri
