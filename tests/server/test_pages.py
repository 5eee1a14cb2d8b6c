"""The pages of a site, and content negotiation on every IRI of its data."""

from __future__ import annotations

import gzip
import re
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
import rdflib

from lod.publication import load
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.server.conftest import EXAMPLE
from tests.server.serving import BASE, Server, serving

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        (None, "html"),
        (BROWSER, "html"),
        ("text/turtle", "ttl"),
        ("application/ld+json", "jsonld"),
        ("text/turtle;q=0.4, application/ld+json;q=0.5", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/rdf+xml, */*;q=0.1", "html"),
    ],
)
@pytest.mark.parametrize("thing", ["entity/putin", "claim/trade-2023", "document"])
def test_thing_is_answered_with_the_document_about_it(
    site_server: Server, thing: str, accept: str | None, extension: str
) -> None:
    answer = site_server.get(f"/{thing}", accept)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/{thing}.{extension}"
    assert "Accept" in answer.headers["vary"]
    document = site_server.get(answer.headers["location"], accept)
    assert document.status_code == 200


def test_what_is_not_there_in_that_form_is_listed(site_server: Server) -> None:
    answer = site_server.get("/entity/putin", "image/png")
    assert answer.status_code == 406
    for extension, media_type in (("html", "text/html"), ("ttl", "text/turtle")):
        assert media_type in answer.text
        link = f'</entity/putin.{extension}>; rel="alternate"; type="{media_type}"'
        assert link in answer.headers["link"]


def test_extension_wins_over_accept(site_server: Server) -> None:
    answer = site_server.get("/entity/putin.ttl", "text/html")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert '</entity/putin.html>; rel="alternate"; type="text/html"' in answer.headers["link"]


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ("claim/trade-2023/value", "/claim/trade-2023.html#value"),
        ("claim/trade-2023/anchor/1", "/claim/trade-2023.html#anchor-1"),
        ("claim/trade-2023/anchor/1/quote", "/claim/trade-2023.html#anchor-1"),
    ],
)
def test_part_of_a_claim_is_in_its_page(site_server: Server, part: str, place: str) -> None:
    answer = site_server.get(f"/{part}", BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (303, place)
    page, _, fragment = place.partition("#")
    assert f'id="{fragment}"' in site_server.get(page).text
    data = site_server.get(f"/{part}", "text/turtle")
    assert data.headers["location"] == "/claim/trade-2023.ttl"
    assert f"<{part}>" in site_server.get("/claim/trade-2023.ttl").text


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("reported/putin", "application/trig", "/reported/putin.trig"),
        ("dataset", "application/x-trig", "/dataset.trig"),
        ("dataset", "application/n-quads", "/dataset.nq"),
        ("dataset", "application/rdf+xml", "/dataset.rdf"),
    ],
)
def test_every_format_that_there_is_can_be_asked_for(
    site_server: Server, path: str, accept: str, target: str
) -> None:
    answer = site_server.get(f"/{path}", accept)
    assert (answer.status_code, answer.headers.get("location")) == (303, target)


def test_part_that_no_claim_has_is_missing(site_server: Server) -> None:
    assert site_server.get("/claim/trade-2023/anchor/9").status_code == 404
    assert site_server.get("/claim/nothing/value").status_code == 404


@pytest.mark.slow
def test_every_iri_of_the_data_leads_to_data_that_names_it(site_server: Server) -> None:
    text = load(EXAMPLE).serialize("n-quads")
    own = sorted(set(re.findall(rf"<{re.escape(BASE)}([^>]*)>", text)))
    assert len(own) > 500
    for local in own[::23]:
        answer = site_server.get(f"/{local}", "text/turtle")
        assert answer.status_code == 303, local
        data = site_server.get(answer.headers["location"]).text
        graph = rdflib.Graph().parse(data=data, format="turtle", publicID=BASE)
        iri = rdflib.URIRef(BASE + local)
        assert (iri, None, None) in graph or (None, None, iri) in graph, local


@pytest.fixture(scope="module")
def usual_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over the site as it is by default: the data of things are in the dataset's."""
    folder = tmp_path_factory.mktemp("usual")
    build_site(EXAMPLE, folder / "site", SiteOptions())
    with serving(folder / "log", folder / "site") as server:
        yield server


@pytest.mark.parametrize(
    ("path", "accept", "target"),
    [
        ("entity/putin", BROWSER, "/entity/putin.html"),
        ("entity/putin", "text/turtle", "/dataset.ttl"),
        ("claim/oil-route/2", "application/ld+json", "/dataset.jsonld"),
        ("claim/trade-2023/value", BROWSER, "/claim/trade-2023.html#value"),
        ("claim/trade-2023/anchor/1/quote", "text/turtle", "/dataset.ttl"),
        ("reported/putin", "text/turtle", "/dataset.ttl"),
        ("document", "text/turtle", "/dataset.ttl"),
        ("build", "application/ld+json", "/dataset.jsonld"),
        ("dataset", "text/turtle", "/dataset.ttl"),
        ("dataset", "application/trig", "/dataset.trig"),
        ("reported/putin", "application/trig", "/dataset.trig"),
        ("entity/putin", "application/n-quads, text/turtle;q=0.5", "/dataset.ttl"),
        ("claim/trade-2023/value", "text/x-nquads, application/trig;q=0.9", "/dataset.trig"),
    ],
)
def test_thing_without_data_of_its_own_is_answered_with_the_dataset(
    usual_server: Server, path: str, accept: str, target: str
) -> None:
    answer = usual_server.get(f"/{path}", accept)
    assert (answer.status_code, answer.headers["location"]) == (303, target)
    assert usual_server.get(target.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "claim/trade-2023/anchor/9",
        "claim/trade-2023/value/x",
        "claim/nothing",
        "claim/trade-2023.ttl",
        "entity/nobody",
        "claims/x",
    ],
)
def test_what_no_data_names_is_missing(usual_server: Server, path: str) -> None:
    assert usual_server.get(f"/{path}", "text/turtle").status_code == 404


def test_queries_find_what_only_trig_says(usual_server: Server) -> None:
    assert usual_server.get("/dataset.nq").status_code == 404
    query = "ASK { GRAPH ?g { ?s rel:tradeVolume ?o } }"
    answer = usual_server.get(f"/sparql?{urlencode({'query': query})}", "text/csv")
    assert answer.text.strip() == "true"
    assert usual_server.said["base"] == BASE


def test_lists_are_no_things(usual_server: Server) -> None:
    assert usual_server.get("/claims", "text/turtle").status_code == 406


HOSTILE = [
    "/../../../../etc/passwd",
    "/..%2f..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/entity/..%5c..%5cetc%5cpasswd",
    "/entity\\..\\..\\etc\\passwd",
    "/entity/%00.html",
    "/entity/putin.html%00.ttl",
    "//etc/passwd",
    "/entity//putin.html",
    "/./entity/putin.html/../../../x",
    "/.lod-site.json",
    "/.htaccess",
    "/entity/%c0%ae%c0%ae/x",
    "/%ff",
    "/C:/x",
    "/entity/putin.html:stream",
    "/entity/putin.html/",
    "/entity/putin.html/x",
    "/%252e%252e/%252e%252e/etc/passwd",
    "/..%255c..%255cetc/passwd",
    "/entity/%e2%80%aeputin.html",
    "/link/secret.txt",
    "/link.html",
    "/" + "a" * 300,
    "/" + "%2e%2e/" * 100,
]


def raw_get(port: int, path: str) -> bytes:
    """Ask for a path exactly as it is written; clients would tidy it up."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
        return b"".join(parts)


@pytest.fixture(scope="module")
def linked_server(tmp_path_factory: pytest.TempPathFactory, quads: Path) -> object:
    """A folder of pages with links that lead out of it."""
    folder = tmp_path_factory.mktemp("linked")
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text("the secret", "utf-8")
    site = folder / "site"
    (site / "entity").mkdir(parents=True)
    (site / "index.html").write_text("<p>start</p>", "utf-8")
    (site / "entity" / "putin.html").write_text("<p>a page</p>", "utf-8")
    (site / ".htaccess").write_text("the secret", "utf-8")
    (site / "dataset.nq").write_bytes(quads.read_bytes())
    (site / "link").symlink_to(secret.parent, target_is_directory=True)
    (site / "link.html").symlink_to(secret)
    with serving(folder / "log", site) as server:
        yield server


@pytest.mark.parametrize("path", HOSTILE)
def test_no_path_leaves_the_folder(linked_server: Server, path: str) -> None:
    answer = raw_get(linked_server.port, path)
    status = int(answer[9:12])
    assert status in (400, 404), answer[:200]
    for secret in (b"the secret", b"root:", str(linked_server.log.parent).encode()):
        assert secret not in answer


def test_folder_made_by_hand_is_served(linked_server: Server) -> None:
    assert linked_server.get("/").text == "<p>start</p>"
    assert linked_server.get("/entity/putin").headers["location"] == "/entity/putin.html"
    assert linked_server.said["base"] == BASE


@pytest.mark.parametrize("path", ["/entity/putin.html", "/dataset.nq", "/claim/trade-2023.jsonld"])
def test_head_is_get_without_a_body(site_server: Server, path: str) -> None:
    plain = {"Accept-Encoding": "identity"}
    get = site_server.client.get(path, headers=plain)
    head = site_server.client.head(path, headers=plain)
    assert head.content == b""
    for name in ("content-length", "content-type", "etag", "last-modified", "vary"):
        assert head.headers.get(name) == get.headers.get(name)
    assert int(get.headers["content-length"]) == len(get.content)


@pytest.mark.parametrize("path", ["/entity/putin.html", "/entity/putin.ttl", "/dataset.nq"])
def test_page_that_is_known_is_not_sent_again(site_server: Server, path: str) -> None:
    first = site_server.get(path)
    etag, date = first.headers["etag"], first.headers["last-modified"]
    assert re.fullmatch(r'"[0-9a-f-]+(gz)?"', etag.replace("-gz", "gz"))
    assert site_server.get(path, If_None_Match=etag).status_code == 304
    assert site_server.get(path, If_None_Match=f"W/{etag}").status_code == 304
    assert site_server.get(path, If_None_Match="*").status_code == 304
    assert site_server.get(path, If_None_Match='"x"').status_code == 200
    assert site_server.get(path, If_Modified_Since=date).status_code == 304
    old = "Thu, 01 Jan 1970 00:00:00 GMT"
    assert site_server.get(path, If_Modified_Since=old).status_code == 200
    assert site_server.get(path, If_Modified_Since="yesterday").status_code == 200


def test_compression(site_server: Server) -> None:
    path = "/entity/putin.html"
    plain = site_server.client.get(path, headers={"Accept-Encoding": "identity"})
    with site_server.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
        headers = answer.headers
    assert "content-encoding" not in plain.headers
    assert headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 2
    assert int(headers["content-length"]) == len(packed)
    assert "Accept-Encoding" in headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    # Two representations, so two strong tags.
    assert headers["etag"] != plain.headers["etag"]


def test_pages_are_read_only(site_server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = site_server.client.request(method, "/entity/putin")
        assert answer.status_code == 405
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    options = site_server.client.options("/entity/putin")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("path", ["/", "/entity/putin.html", "/sparql", "/nothing", "/health"])
def test_answers_are_safe_to_show(site_server: Server, path: str) -> None:
    headers = site_server.get(path, "text/html").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "server" not in headers


def test_missing_page_is_that_of_the_site(site_server: Server, site_folder: Path) -> None:
    answer = site_server.get("/nothing/here", BROWSER)
    assert answer.status_code == 404
    # Its links lead to the root of this server, not to the path of the site's base.
    page = (site_folder / "404.html").read_text("utf-8")
    path = urlsplit(BASE).path
    assert f'href="{path}assets/site.css"' in page
    served = page.replace(f'="{path}', '="/').replace("<!--sparql ", "").replace(" sparql-->", "")
    assert answer.text == served
    for link in set(re.findall(r'(?:href|src)="(/[^"]*)"', answer.text)):
        assert site_server.get(link, BROWSER).status_code == 200, link
    assert site_server.get("/nothing/here", "text/turtle").text == "There is nothing here.\n"


def test_the_card_of_a_claim_is_a_place_in_its_page(site_server: Server) -> None:
    answer = site_server.get("/claim/trade-2023/card", BROWSER)
    assert answer.headers["location"] == "/claim/trade-2023.html#card"
    assert 'id="card"' in site_server.get("/claim/trade-2023.html").text
    assert site_server.get("/claim/nothing/card", BROWSER).status_code == 404


def test_pages_with_cards_alone_may_be_framed(site_server: Server) -> None:
    card = site_server.get("/claim/trade-2023.html", BROWSER)
    assert card.status_code == 200
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    assert "x-frame-options" not in card.headers
    entity = site_server.get("/entity/putin.html", BROWSER)
    assert entity.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in entity.headers["content-security-policy"]


def test_who_may_frame_pages_is_an_option(site_folder: Path, tmp_path: Path) -> None:
    options = ("--allow-framing", "https://www.example.org", "--allow-framing", "http://x:80")
    with serving(tmp_path / "log", site_folder, *options) as server:
        headers = server.get("/entity/putin.html", BROWSER).headers
        assert (
            "frame-ancestors https://www.example.org http://x:80"
            in (headers["content-security-policy"])
        )
        assert "x-frame-options" not in headers


def test_an_origin_is_required_to_be_one(site_folder: Path) -> None:
    from lod.cli.run import run

    assert run(["serve", str(site_folder), "--allow-framing", "example.org; script-src *"]) == 2


class _HeadLinks(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values["rel"] not in ("stylesheet", "icon"):
            self.found.append((values["rel"] or "", values["href"] or "", values.get("type")))


@pytest.mark.parametrize(
    "page", ["dataset", "claim/trade-2023", "entity/putin", "document", "reported/putin", "build"]
)
def test_the_header_has_the_links_of_the_page(site_server: Server, page: str) -> None:
    answer = site_server.get(f"/{page}.html", BROWSER)
    header = [
        (rel, href, type_ or None)
        for href, rel, type_ in re.findall(
            r'<([^>]*)>; rel="([^"]+)"(?:; type="([^"]+)")?', answer.headers["link"]
        )
    ]
    assert header == _HeadLinks(answer.text).found
    assert {"cite-as", "type"} <= {rel for rel, _, _ in header}


def test_pages_that_are_served_lead_to_the_endpoint(site_server: Server, site_folder: Path) -> None:
    assert "sparql-->" in (site_folder / "claims.html").read_text("utf-8")
    page = site_server.get("/claims.html", BROWSER).text
    assert '<a href="/sparql">Ask the data in SPARQL</a>' in page
    assert "<!--" not in page


def ask(server: Server, query: str) -> httpx.Response:
    address = f"/sparql?{urlencode({'query': query, 'format': 'html'})}"
    return server.get(address, BROWSER)


def test_the_form_answers_with_a_table(site_server: Server) -> None:
    form = site_server.get("/sparql", BROWSER).text
    assert '<option value="html">' in form
    query = 'SELECT ?c ("<b>&" AS ?x) { ?c a lod:Claim } ORDER BY ?c LIMIT 2'
    answer = ask(site_server, query)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "2 rows" in answer.text
    assert "&lt;b&gt;&amp;" in answer.text
    assert "<b>" not in answer.text
    # The query stands in the form again, and things have their pages here.
    assert "SELECT ?c (&#34;&lt;b&gt;&amp;&#34; AS ?x)" in answer.text
    link = re.search(r'<td><a href="(/claim/[^"]+)"', answer.text)
    assert link is not None
    assert site_server.get(link[1], BROWSER).status_code in (200, 303)


@pytest.mark.parametrize(
    ("query", "words", "status"),
    [
        ("ASK { ?s a lod:Claim }", "<p>Yes</p>", 200),
        ("SELECT ?x { ?x a lod:NoSuchThing }", "<p>0 rows</p>", 200),
        ("SELECT (1 AS ?n) {}", "<p>1 row</p>", 200),
        ("CONSTRUCT { ?s a lod:Claim } { ?s a lod:Claim } LIMIT 1", "<pre tabindex", 200),
        ("SELEC nonsense", "The query has no result", 400),
        ("SELECT * { SERVICE <http://x/> { ?s ?p ?o } }", "The query has no result", 403),
    ],
)
def test_the_page_of_the_form_has_every_kind_of_result(
    site_server: Server, query: str, words: str, status: int
) -> None:
    answer = ask(site_server, query)
    assert answer.status_code == status
    assert words in answer.text
    assert "<textarea" in answer.text


def test_problems_have_a_page_that_leads_back(site_server: Server) -> None:
    answer = site_server.get("/graph-store?graph=urn:x:none", "text/html")
    assert answer.status_code == 406
    assert '<a href="/sparql">' in answer.text
    assert "style-src 'sha256-" in answer.headers["content-security-policy"]
