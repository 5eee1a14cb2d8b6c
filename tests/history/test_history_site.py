"""What readers see of releases, on the site and from the server."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
import requests
from rdflib.namespace import DCAT, DCTERMS, OWL, PROV, SDO

from lod.errors import InputError
from lod.history.release import release
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.history.conftest import BASE, TEN_FACTS, replace_in, versioned
from tests.server.serving import Server, serving
from tests.site.browser import served
from tests.site.links import broken_links
from tests.site.npm_packages import npm_packages

OTHER = "https://data.example.org/other/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
SENTENCE = "Vladimir Putin says that Kazakhstani students number approximately 60,000."


@pytest.fixture(scope="module")
def site(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the publication with two releases."""
    out = tmp_path_factory.mktemp("site") / "out"
    build_site(released, out, SiteOptions())
    return out


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same behind the server."""
    with serving(tmp_path_factory.mktemp("log") / "log", site) as running:
        yield running


def page(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


def test_every_link_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_a_withdrawn_claim_has_a_page_that_says_so(site: Path) -> None:
    html = page(site, "claim/students.html")
    assert f"<del>{SENTENCE}</del>" in html
    assert '<time datetime="2024-12-05">' in html
    assert "<dd>withdrawn: <bdi>The number is of another year</bdi></dd>" in html
    assert '<a href="enterprises.html"><bdi>Vladimir Putin says that enterprises' in html
    assert "<bdi>Example Data Desk</bdi>" in html
    assert 'href="../release/1.0.0/dataset.html#claim/students"' in html


def test_the_data_of_a_withdrawn_claim_says_so(site: Path) -> None:
    claim = rdflib.URIRef(f"{BASE}claim/students")
    for name, form in (("students.ttl", "turtle"), ("students.jsonld", "json-ld")):
        graph = rdflib.Graph().parse(site / "claim" / name, format=form)
        assert graph.value(claim, OWL.deprecated) == rdflib.Literal(True)
        assert graph.value(claim, DCTERMS.isReplacedBy) == rdflib.URIRef(f"{BASE}claim/enterprises")
        assert str(graph.value(claim, SDO.expires)) == "2024-12-05"
        version = graph.value(claim, DCTERMS.hasVersion)
        assert version == rdflib.URIRef(f"{BASE}release/1.0.0/claim/students")
        assert str(graph.value(version, rdflib.RDFS.label)) == SENTENCE


def test_what_no_release_is_without_yet_has_a_page_too(site: Path) -> None:
    assert "not in the data any more; not yet in a release" in page(site, "claim/invitation.html")


def test_every_claim_shows_its_versions(site: Path) -> None:
    html = page(site, "claim/mgimo-branch.html")
    assert '<a href="../release/2.0.0/dataset.html">2.0.0</a>' in html
    assert "our mistake: <bdi>Expected, &amp; not &lt;planned&gt;</bdi>" in html
    assert "says that MGIMO plans to have a branch in Astana" in html
    assert "in the data since then" in page(site, "claim/trade-2023.html")


def test_the_article_shows_corrections_and_these_alone(site: Path) -> None:
    html = page(site, "index.html")
    assert html.count('<a href="claim/mgimo-branch.html" dir="auto">Expected, &amp; not') == 1
    assert "claim/students.html" not in html  # withdrawn is not corrected
    assert "is a member of Shanghai" not in page(site, "corrections.json")  # the world changed


def test_a_release_stays_as_it_was(site: Path, released: Path) -> None:
    for version in ("1.0.0", "2.0.0"):
        for file in (released / "releases" / version).iterdir():
            assert (site / "release" / version / file.name).read_bytes() == file.read_bytes()
        assert f'id="claim/{"students" if version == "1.0.0" else "graduate"}"' in page(
            site, f"release/{version}/dataset.html"
        )
    assert 'id="claim/students"' not in page(site, "release/2.0.0/dataset.html")


def test_versions_are_linked_in_the_data(site: Path) -> None:
    graph = rdflib.Graph().parse(site / "releases.ttl")
    whole, one, two = (
        rdflib.URIRef(BASE + name)
        for name in ("dataset", "release/1.0.0/dataset", "release/2.0.0/dataset")
    )
    assert set(graph.objects(whole, DCAT.hasVersion)) == {one, two}
    assert graph.value(whole, DCAT.hasCurrentVersion) == two
    for predicate in (DCTERMS.replaces, DCAT.previousVersion, PROV.wasRevisionOf):
        assert list(graph.subject_objects(predicate)) == [(two, one)]
    assert str(graph.value(two, DCAT.version)) == "2.0.0"


def test_corrections_are_feeds(site: Path) -> None:
    feed = ElementTree.parse(site / "corrections.xml").getroot()  # noqa: S314 - our own
    (entry,) = feed.findall("a:entry", ATOM)
    data = json.loads(page(site, "corrections.json"))
    (item,) = data["items"]
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert item["id"] == entry.findtext("a:id", None, ATOM)
    assert item["id"] == f"{BASE}release/2.0.0/correction/mgimo-branch"
    assert item["content_text"] == entry.findtext("a:content", None, ATOM)
    assert item["content_text"].startswith("Expected, & not <planned>. Before: Vladimir Putin says")
    assert item["date_published"] == entry.findtext("a:updated", None, ATOM)
    assert item["url"] == f"{BASE}claim/mgimo-branch.html"
    assert feed.findtext("a:author/a:name", None, ATOM) == "Example Data Desk"


def read_stream(address: str) -> rdflib.Dataset:
    """What somebody else's reader gets of an event stream."""
    client = npm_packages(Path(__file__).parent / "npm") / ".bin" / "ldes-client"
    run = subprocess.run(
        # One page at a time: several at once, and it may end before it has read them all.
        [client, f"{address}stream.ttl", "--concurrent", "1"],
        capture_output=True,
        timeout=120,
        check=True,
    )
    found = rdflib.Dataset()
    # It writes numbers and booleans as Turtle does, which N-Quads has no form for.
    plain = re.sub(
        r" (-?\d+|true|false) (<[^>]*> \.)$", r' "\1" \2', run.stdout.decode(), flags=re.M
    )
    found.parse(data=plain, format="nquads")
    return found


def members(found: rdflib.Dataset) -> dict[str, str]:
    """IRI of each member to what happened with it."""
    return {
        str(member): str(kind).partition("#")[2]
        for member, _, kind, _ in found.quads((None, rdflib.RDF.type, None, None))
        if "activitystreams" in str(kind)
    }


def test_a_reader_of_event_streams_gets_every_version(released: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with served(out) as address:
        build_site(released, out, SiteOptions(base=address))
        found = read_stream(address)
    types = {iri.removeprefix(f"{BASE}release/"): kind for iri, kind in members(found).items()}
    assert len(types) == 10 + 3
    assert {name: kind for name, kind in types.items() if name.startswith("2.0.0/")} == {
        "2.0.0/claim/mgimo-branch": "Update",
        "2.0.0/claim/organisations": "Update",
        "2.0.0/claim/students": "Delete",
    }
    member = rdflib.URIRef(f"{BASE}release/1.0.0/claim/trade-2023")
    number = rdflib.URIRef("https://w3id.org/lod-facts/ns#number")
    (value,) = found.graph(member).objects(rdflib.URIRef(f"{member}/value"), number)
    assert int(str(value)) == 28_000_000_000
    assert found.graph(member).value(member, DCTERMS.isVersionOf) == rdflib.URIRef(
        f"{BASE}claim/trade-2023"
    )
    status = rdflib.URIRef("https://schema.org/creativeWorkStatus")
    assert len(list(found.quads((None, status, None, None)))) == 2  # each transaction is whole


@pytest.fixture
def corpus(released: Path, tmp_path: Path) -> Path:
    """Two publications with releases, and one without."""
    folder = tmp_path / "corpus"
    for name in ("one", "two"):
        shutil.copytree(released, folder / name)
    for file in (folder / "two").rglob("*"):
        if file.is_file():
            data = file.read_bytes().replace(BASE.encode(), OTHER.encode())
            file.write_bytes(data)
    shutil.rmtree(folder / "two" / "releases")
    versioned(folder / "two", "1.0.0", "2024-12-05")
    for name in ("CHANGELOG.md", "corrections.jsonld", "changes.json"):
        (folder / "two" / name).unlink(missing_ok=True)
    release(folder / "two")
    shutil.copytree(TEN_FACTS, folder / "three")
    replace_in(folder / "three" / "facts.yaml", BASE, f"{OTHER}three/")
    return folder


def test_a_release_that_was_changed_is_not_published(released: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(released, folder)
    file = folder / "releases" / "1.0.0" / "dataset.ttl"
    file.write_text(file.read_text("utf-8").replace("28", "29"), "utf-8")
    with pytest.raises(InputError, match=r"dataset\.ttl is not what was released"):
        build_site(folder, tmp_path / "out", SiteOptions())
    assert not (tmp_path / "out").exists()


def test_the_stream_of_a_corpus_has_the_versions_of_all(corpus: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with served(out) as address:
        build_site(corpus, out, SiteOptions(base=address))
        found = members(read_stream(address))
        assert len([iri for iri in found if iri.startswith(BASE)]) == 10 + 3
        assert {kind for iri, kind in found.items() if iri.startswith(OTHER)} == {"Create"}
        days = sorted(path.name for path in (out / "stream").iterdir())
        assert days == ["2024-12-01.ttl", "2024-12-05.ttl"]
        alone = members(read_stream(f"{address}data.example.org/ten-facts/"))
        assert alone == {iri: kind for iri, kind in found.items() if iri.startswith(BASE)}
        before = (out / "stream" / "2024-12-01.ttl").read_bytes()
        versioned(corpus / "two", "1.1.0", "2024-12-09")
        replace_in(
            corpus / "two" / "facts.yaml", "label: Astana,", "label: Astana, also: [capital],"
        )
        release(corpus / "two")
        build_site(corpus, out, SiteOptions(base=address))
        assert (out / "stream" / "2024-12-01.ttl").read_bytes() == before, "pages are only added"
        assert (out / "stream" / "2024-12-09.ttl").is_file()
        assert members(read_stream(address)).items() >= found.items()
    assert ">LDES</a>" in page(out, "dataset.html")
    assert broken_links(out) == []


def test_a_publication_without_releases_has_none_of_it(folder: Path, tmp_path: Path) -> None:
    build_site(folder, tmp_path / "out", SiteOptions())
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert not names & {"releases.html", "corrections.xml", "release"}
    assert "versions" not in page(tmp_path / "out", "claim/students.html")


def test_a_german_site_tells_it_in_german(released: Path, tmp_path: Path) -> None:
    build_site(released, tmp_path / "out", SiteOptions(language="de"))
    html = page(tmp_path / "out", "claim/students.html")
    assert "<h1>Zurückgezogen</h1>" in html
    assert "unser Fehler: " in page(tmp_path / "out", "claim/mgimo-branch.html")


@pytest.mark.parametrize(
    "path",
    [
        "claim/students",
        "claim/students.html",
        "claim/students/value",
        "claim/students/anchor/1/quote",
        "claim/organisations/3",
        "claim/invitation",
    ],
)
def test_the_server_says_that_a_claim_is_gone(path: str, server: Server) -> None:
    answer = server.get(f"/{path}", "text/html")
    assert answer.status_code == 410
    assert "<h1>Withdrawn</h1>" in answer.text


def test_the_server_gives_the_data_of_what_is_gone(server: Server) -> None:
    answer = server.get("/claim/students.ttl")
    assert (answer.status_code, "owl:deprecated true" in answer.text) == (410, True)
    assert server.get("/claim/organisations", "text/html").status_code == 303
    assert server.get("/claim/nothing").status_code == 404


def test_the_server_leads_to_things_of_a_release(server: Server) -> None:
    answer = server.get("/release/1.0.0/claim/students", "text/html")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/release/1.0.0/dataset.html#claim/students"
    data = server.get("/release/1.0.0/claim/students", "text/turtle")
    assert data.headers["location"] == "/release/1.0.0/dataset.ttl"
    assert server.get("/release/1.0.0/dataset", "text/turtle").status_code == 303
    for path in ("release/2.0.0/claim/students", "release/9.9.9/claim/x", "release/../claim/x"):
        assert server.get(f"/{path}").status_code == 404


def gate(server: Server, path: str, date: str) -> requests.Response:
    """Ask for a thing as it was at a time."""
    address = f"{server.address}{path}"
    return requests.get(
        address, headers={"Accept-Datetime": date}, allow_redirects=False, timeout=30
    )


@pytest.mark.parametrize(
    ("date", "version"),
    [
        ("Sat, 30 Nov 2024 00:00:00 GMT", "1.0.0"),  # before the first one
        ("Sun, 01 Dec 2024 00:00:00 GMT", "1.0.0"),
        ("Wed, 04 Dec 2024 23:59:59 GMT", "1.0.0"),
        ("Thu, 05 Dec 2024 00:00:00 GMT", "2.0.0"),
        ("Fri, 01 Jan 2100 00:00:00 GMT", "2.0.0"),
    ],
)
@pytest.mark.parametrize("path", ["dataset", "claim/mgimo-branch", "entity/putin"])
def test_older_versions_are_found_by_date(
    path: str, date: str, version: str, server: Server
) -> None:
    answer = gate(server, path, date)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/release/{version}/{path}"
    assert "accept-datetime" in answer.headers["vary"].lower()
    assert 'rel="original timegate"' in answer.headers["link"]


def test_a_withdrawn_claim_is_found_as_it_was(server: Server) -> None:
    answer = gate(server, "claim/students", "Fri, 01 Jan 2100 00:00:00 GMT")
    assert answer.headers["location"] == "/release/1.0.0/claim/students"


def test_dates_that_are_none_and_things_that_were_none_are_said(server: Server) -> None:
    assert gate(server, "dataset", "yesterday").status_code == 400
    assert gate(server, "claim/nothing", "Fri, 01 Jan 2100 00:00:00 GMT").status_code == 404
    assert server.get("/timemap/claim/nothing").status_code == 404


def test_a_time_map_lists_the_versions(server: Server) -> None:
    answer = server.get("/timemap/claim/mgimo-branch")
    assert answer.headers["content-type"].startswith("application/link-format")
    lines = answer.text.rstrip("\n").split(",\n")
    assert lines[0].endswith('/claim/mgimo-branch>; rel="original timegate"')
    assert (
        '/release/1.0.0/claim/mgimo-branch>; rel="first memento"; datetime="Sun, 01 Dec' in lines[2]
    )
    assert (
        '/release/2.0.0/claim/mgimo-branch>; rel="last memento"; datetime="Thu, 05 Dec' in lines[3]
    )
    (one,) = [
        line
        for line in server.get("/timemap/claim/students").text.split(",\n")
        if "memento" in line
    ]
    assert 'rel="first last memento"' in one


def test_a_release_says_when_it_is_from(server: Server) -> None:
    for name in ("dataset.html", "dataset.ttl"):
        answer = server.get(f"/release/1.0.0/{name}")
        assert answer.headers["memento-datetime"] == "Sun, 01 Dec 2024 00:00:00 GMT"
        assert '</dataset>; rel="original timegate"' in answer.headers["link"]
        assert '</timemap/dataset>; rel="timemap"' in answer.headers["link"]
    assert "memento-datetime" not in server.get("/dataset.html").headers
