"""The redirects in a real Apache: what a client gets that asks for the IRI of a thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.site.apache import BROWSER, JSON_LD, TURTLE, answer, running
from tests.site.data.sites import built, example_view, make_site
from tests.system import program


@contextmanager
def served(folder: Path, *, full_data: bool) -> Iterator[str]:
    """The base of a site that Apache serves: the example twice, at the root and in a folder."""
    program("apache2")
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    files = built([example_view()], make_site(base, full_data=full_data))
    for path, content in files.items():
        for start in ("", "folder/") if path != ".htaccess" else ("",):
            file = folder / "site" / (start + path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    with running(folder, port):
        yield base


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with full data."""
    with served(tmp_path_factory.mktemp("apache"), full_data=True) as base:
        yield base


@pytest.fixture(scope="module")
def usual_apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site as it is by default."""
    with served(tmp_path_factory.mktemp("apache"), full_data=False) as base:
        yield base


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("entity/putin", BROWSER, "entity/putin.html"),
        ("entity/putin", TURTLE, "dataset.ttl"),
        ("claim/oil-route/2", JSON_LD, "dataset.jsonld"),
        ("claim/oil-route/2", None, "claim/oil-route/2.html"),
        ("reported/putin", "application/trig", "dataset.trig"),
        ("reported/putin", None, "reported/putin.html"),
        ("text/34c617f43d33", "application/n-quads", "dataset.ttl"),
        ("claim/trade-2023/value", None, "claim/trade-2023.html#value"),
        ("claim/trade-2023/anchor/1/quote", BROWSER, "claim/trade-2023.html#anchor-1"),
        ("claim/trade-2023/card", BROWSER, "claim/trade-2023.html#card"),
        ("claim/trade-2023/anchor/1/quote", TURTLE, "dataset.ttl"),
        # What there is no file of: Turtle rather than a page.
        ("entity/putin", "application/rdf+xml", "dataset.ttl"),
        ("dataset", "application/n-triples", "dataset.ttl"),
        ("folder/entity/putin", TURTLE, "folder/dataset.ttl"),
        ("folder/build", None, "folder/build.html"),
        # A release has N-Quads too, and no more.
        ("release/1.0.0/claim/trade-2023", "application/n-quads", "release/1.0.0/dataset.nq"),
        ("release/1.0.0/claim/trade-2023", "application/rdf+xml", "release/1.0.0/dataset.ttl"),
        ("release/1.0.0/claim/trade-2023", JSON_LD, "release/1.0.0/dataset.jsonld"),
    ],
)
def test_without_full_data_programs_are_led_to_the_dataset(
    usual_apache: str, path: str, accept: str | None, target: str
) -> None:
    response = answer(usual_apache, path, accept)
    assert response.status == 303
    assert response.headers["Location"] == usual_apache + target


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("entity/putin", BROWSER, "entity/putin.html"),
        ("entity/putin", None, "entity/putin.html"),
        ("entity/putin", "*/*", "entity/putin.html"),
        ("entity/putin", TURTLE, "entity/putin.ttl"),
        ("entity/putin", JSON_LD, "entity/putin.jsonld"),
        ("entity/putin", "Text/Turtle", "entity/putin.ttl"),
        ("entity/putin", f"{TURTLE};q=1.0", "entity/putin.ttl"),
        (
            "entity/putin",
            f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#framed"',
            "entity/putin.jsonld",
        ),
        # What is liked best, wherever it stands.
        ("entity/putin", f"{TURTLE};q=0.5, {JSON_LD};q=0.9", "entity/putin.jsonld"),
        ("entity/putin", f"text/html;q=0.3, {TURTLE};q=0.8", "entity/putin.ttl"),
        ("entity/putin", f"{TURTLE};q=0.3, text/html;q=0.8", "entity/putin.html"),
        ("entity/putin", f"{TURTLE}, text/html;q=0.5", "entity/putin.ttl"),
        ("entity/putin", f"{TURTLE}, text/html", "entity/putin.html"),
        ("entity/putin", f"{TURTLE};q=0, {JSON_LD};q=0.1", "entity/putin.jsonld"),
        ("entity/putin", f"{TURTLE};q=0", "entity/putin.html"),
        ("entity/putin", f"{TURTLE};q=0.05", "entity/putin.ttl"),
        # Who reads only formats that there is no file of reads Turtle rather than a page.
        ("entity/putin", "application/n-triples", "entity/putin.ttl"),
        ("document", TURTLE, "document.ttl"),
        ("build", None, "build.html"),
        ("text/34c617f43d33", JSON_LD, "text/34c617f43d33.jsonld"),
        ("claim/trade-2023", BROWSER, "claim/trade-2023.html"),
        ("claim/oil-route/2", TURTLE, "claim/oil-route/2.ttl"),
        ("reported/putin", "application/trig", "reported/putin.trig"),
        ("reported/putin", "application/n-quads", "reported/putin.ttl"),
        # Parts of a claim.
        ("claim/trade-2023/value", None, "claim/trade-2023.html#value"),
        ("claim/trade-2023/period", BROWSER, "claim/trade-2023.html#period"),
        ("claim/trade-2023/anchor/1", BROWSER, "claim/trade-2023.html#anchor-1"),
        ("claim/trade-2023/anchor/1/quote", BROWSER, "claim/trade-2023.html#anchor-1"),
        ("claim/trade-2023/anchor/1/quote", TURTLE, "claim/trade-2023.ttl"),
        ("claim/trade-2023/value", JSON_LD, "claim/trade-2023.jsonld"),
        # The dataset has every format.
        ("dataset", BROWSER, "dataset.html"),
        ("dataset", "application/n-quads", "dataset.nq"),
        ("dataset", "application/n-triples", "dataset.nt"),
        ("dataset", "application/rdf+xml", "dataset.rdf"),
        ("dataset", "application/trig;q=0.4, application/rdf+xml;q=0.2", "dataset.trig"),
        ("publisher", None, "dataset.html"),
        ("speakers/republisher/putin", TURTLE, "dataset.ttl"),
        ("release/1.0.0/claim/trade-2023", "application/rdf+xml", "release/1.0.0/dataset.ttl"),
        # A publication of several.
        ("folder/entity/putin", TURTLE, "folder/entity/putin.ttl"),
        ("folder/claim/trade-2023/value", None, "folder/claim/trade-2023.html#value"),
    ],
)
def test_an_iri_leads_to_its_file(apache: str, path: str, accept: str | None, target: str) -> None:
    response = answer(apache, path, accept)
    assert response.status == 303
    assert response.headers["Location"] == apache + target
    assert "Accept" in (response.headers["Vary"] or "")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("dataset.ttl", "text/turtle"),
        ("dataset.jsonld", "application/ld+json"),
        ("dataset.trig", "application/trig"),
        ("dataset.nq", "application/n-quads"),
        ("dataset.nt", "application/n-triples"),
        ("dataset.rdf", "application/rdf+xml"),
        ("entity/putin.ttl", "text/turtle"),
        (".well-known/void", "text/turtle"),
        ("dataset.html", "text/html"),
    ],
)
def test_a_file_is_served_as_what_it_is(apache: str, path: str, media_type: str) -> None:
    response = answer(apache, path, "*/*")
    assert response.status == 200
    assert (response.headers["Content-Type"] or "").partition(";")[0] == media_type
    if path.rpartition(".")[2] in ("ttl", "jsonld", "trig", "nq", "nt", "rdf"):
        assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_download_knows_its_landing_page(apache: str) -> None:
    link = answer(apache, "dataset.nq", None).headers["Link"]
    assert link == '<dataset.html>; rel="collection"; type="text/html"'


@pytest.mark.parametrize(
    "path", ["entity/nobody.html", "entity/../secret", "entity/Putin", "claim/", "x/y/z"]
)
def test_what_is_no_iri_of_the_data_leads_nowhere(apache: str, path: str) -> None:
    assert answer(apache, path, TURTLE).status in (400, 403, 404)
