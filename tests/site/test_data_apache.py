"""The redirects in a real Apache: what a client gets that asks for the IRI of a thing."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.site.data.sites import built, example_view, make_site

APACHE = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
CONFIGURATION = """\
ServerRoot {folder}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {folder}/pid
ErrorLog {folder}/error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
AddType text/html .html
DocumentRoot {folder}/site
<Directory {folder}/site>
  AllowOverride All
  Require all granted
</Directory>
{user}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, port: int) -> Iterator[None]:
    """Apache over a folder, until it is left."""
    modules = next(
        path
        for path in (Path("/usr/lib/apache2/modules"), Path("/usr/lib/httpd/modules"))
        if path.is_dir()
    )
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    configuration = folder / "httpd.conf"
    configuration.write_text(
        CONFIGURATION.format(folder=folder, port=port, modules=modules, user=user), "utf-8"
    )
    for path in (folder, *folder.parents):
        # The user of the server has to get there.
        if path.stat().st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o011)
    assert APACHE is not None
    process = subprocess.Popen([APACHE, "-f", configuration, "-D", "FOREGROUND"])
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "error.log").read_text("utf-8")
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def apache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base of a site that Apache serves: the example twice, at the root and in a folder."""
    if APACHE is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Apache (Debian: apache2) is not installed")
        pytest.skip("needs Apache (Debian: apache2)")
    folder = tmp_path_factory.mktemp("apache")
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    files = built([example_view()], make_site(base))
    for path, content in files.items():
        for start in ("", "folder/") if path != ".htaccess" else ("",):
            file = folder / "site" / (start + path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    with running(folder, port):
        yield base


def answer(base: str, path: str, accept: str | None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    connection.request("GET", f"/{path}", headers={} if accept is None else {"Accept": accept})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


TURTLE, JSON_LD = "text/turtle", "application/ld+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


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
