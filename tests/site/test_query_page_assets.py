"""How the files of the query page arrive: copies from a folder, or another host, always checked."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lod.errors import InputError
from lod.site.build import build_site
from lod.site.files import PublicationSummary, Writer, asset_files
from lod.site.make import make_site
from lod.site.pages.query import (
    ASSETS,
    PACKAGES,
    asset_copies,
    check_assets,
    integrity,
    query_source,
    whole_query_files,
)
from lod.site.site import SiteOptions
from lod.site.summaries import Summaries
from tests.site.axe import serious
from tests.site.browser import RequestsLog, Visits, served
from tests.site.conftest import EXAMPLE
from tests.site.npm_packages import npm_packages
from tests.site.test_query_page import error, status

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NPM = re.escape("npm install --ignore-scripts --prefix ")


def test_the_copies_are_the_files_of_the_packages() -> None:
    files = {file.path: file.content for file in asset_copies(npm_packages())}
    assert list(files) == [*(asset.path for asset in ASSETS), "assets/query/LICENSES.txt"]
    assert all(integrity(files[asset.path]) == asset.integrity for asset in ASSETS)
    # The folder that holds the node_modules does as well.
    assert {file.path for file in asset_copies(npm_packages().parent)} == set(files)


def test_the_licences_of_the_packages_and_of_what_they_hold_lie_beside_the_copies() -> None:
    copies = {file.path: file.content for file in asset_copies(npm_packages())}
    text = copies["assets/query/LICENSES.txt"].decode()
    for package, version in PACKAGES.items():
        assert f"\n{package} {version}" in text
    # The editor's script has these built in, as its source map tells.
    script = npm_packages() / "@zazuko" / "yasqe" / "build" / "yasqe.min.js.map"
    inside = set(re.findall(r"node_modules/((?:@[\w.-]+/)?[\w.-]+)/", script.read_text("utf-8")))
    assert len(inside) > 5
    assert [name for name in inside if not re.search(rf"^{name}[ ,]", text, re.M)] == []
    for name in inside:
        for file in (npm_packages() / name).glob("[Ll][Ii][Cc][Ee][Nn][SsCc][Ee]"):
            ours, theirs = (" ".join(one.split()) for one in (text, file.read_text("utf-8")))
            assert theirs in ours, name


def spoil(name: str) -> Callable[[Path], None]:
    def change(modules: Path) -> None:
        asset = next(one for one in ASSETS if one.name == name)
        with (modules / asset.package / asset.file).open("ab") as file:
            file.write(b"\n")

    return change


def other_version(modules: Path) -> None:
    (modules / "oxigraph" / "package.json").write_text(json.dumps({"version": "0.4.0"}))


def no_version(modules: Path) -> None:
    (modules / "oxigraph" / "package.json").write_text("[]")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (shutil.rmtree, "the package oxigraph of the query page is not there"),
        (lambda m: shutil.rmtree(m / "@zazuko"), "the package @zazuko/yasqe .* is not there"),
        (other_version, "oxigraph has version 0.4.0, and 0.5.11 is needed"),
        (no_version, "oxigraph of the query page is not there"),
        (lambda m: (m / "oxigraph" / "web.js").unlink(), "web.js: No such file"),
        *((spoil(one.name), f"{one.file} is not the file of .*its hash is") for one in ASSETS),
    ],
)
def test_anything_else_is_an_error_that_says_the_command(
    tmp_path: Path, change: Callable[[Path], Any], message: str
) -> None:
    modules = tmp_path / "node_modules"
    for package in PACKAGES:
        shutil.copytree(npm_packages() / package, modules / package)
    change(modules)
    with pytest.raises(InputError, match=message) as caught:
        list(asset_copies(modules))
    hint = caught.value.hint or ""
    assert re.search(NPM + re.escape(f"{tmp_path} oxigraph@0.5.11 @zazuko/yasqe@4.6.2"), hint)


def test_nothing_is_read_or_built_without_the_assets(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there"):
        check_assets(SiteOptions(query_assets=tmp_path))
    # What the source says does not come to light any more.
    for source in (EXAMPLE, tmp_path / "nothing.jsonl"):
        with pytest.raises(InputError, match=r"oxigraph.* is not there|is not there.*oxigraph"):
            build_site(source, tmp_path / "site", SiteOptions(query_assets=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_without_assets_there_is_no_page_and_no_foreign_script(example_site: Path) -> None:
    assert not (example_site / "query.html").exists()
    assert not (example_site / "assets" / "query").exists()
    assert not list(example_site.rglob("*.wasm"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (SiteOptions(query_cdn="https://x.example/"), None),
        (SiteOptions(), None),
        (SiteOptions(query_cdn="https://x.example"), 'does not end with "/"'),
        (SiteOptions(query_cdn="ftp://x.example/"), "ftp"),
        (SiteOptions(query_cdn="urn:x/"), "is none of https or http"),
        (SiteOptions(query_cdn="https://x.example/; script-src */"), "space"),
        (SiteOptions(query_cdn="https://x.example/;x/"), "security policy"),
        (SiteOptions(query_cdn="https://x.example/,'none'/"), "security policy"),
        (SiteOptions(query_cdn="https://*.example/"), "security policy"),
        (SiteOptions(query_cdn="https://x.example/", query_assets=Path()), "not from both"),
    ],
)
def test_the_host_is_looked_at(options: SiteOptions, message: str | None) -> None:
    if message is None:
        assert (query_source(options) is None) == (options.query_cdn is None)
    else:
        with pytest.raises(InputError, match=message):
            query_source(options)


class _Host(SimpleHTTPRequestHandler):
    """Serves packages to every origin, and notes what it was asked for."""

    asked: list[str]

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is inherited)
        """Say nothing."""


@contextmanager
def host(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Another origin that has the packages, as hosts of packages lay them out."""
    for asset in ASSETS:
        copy = folder / f"{asset.package}@{PACKAGES[asset.package]}" / asset.file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(npm_packages() / asset.package / asset.file, copy)
    asked: list[str] = []
    handler = type("Handler", (_Host,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", asked
        finally:
            server.shutdown()
            thread.join()


@dataclass(slots=True)
class Hosted:
    """A site whose query page takes its assets from another origin.

    Attributes:
        address: of the query page.
        cdn: of the other origin.
        folder: what that serves.
        asked: the paths that it was asked for.
    """

    address: str
    cdn: str
    folder: Path
    asked: list[str]


@pytest.fixture(scope="module")
def made_hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosted")
    with host(folder / "host") as (cdn, asked):
        build_site(EXAMPLE, folder / "site", SiteOptions(query_cdn=cdn))
        assert not (folder / "site" / "assets" / "query").exists()
        with served(folder / "site") as root:
            yield Hosted(f"{root}query.html", cdn, folder / "host", asked)


@pytest.fixture
def hosted(made_hosted: Hosted) -> Hosted:
    """The site, nothing asked yet."""
    made_hosted.asked.clear()
    return made_hosted


@pytest.fixture
def visit_freely(browser: Browser) -> Iterator[Visits]:
    """Opens pages that may ask another host."""
    visits = Visits(browser, RequestsLog())
    yield visits
    visits.close()


def test_from_a_host_the_page_loads_four_files_and_nothing_else(
    hosted: Hosted, visit_freely: Visits
) -> None:
    page = visit_freely(hosted.address)
    page.get_by_role("button", name="organisations", exact=True).click()
    status(page, "^4 rows")
    files = [f"{asset.package}@{PACKAGES[asset.package]}/{asset.file}" for asset in ASSETS]
    assert sorted(hosted.asked) == sorted(f"/{file}" for file in files)
    assert page.locator(".CodeMirror").is_visible()
    policy = page.locator("meta[http-equiv]").get_attribute("content") or ""
    assert set(re.findall(r"https?://[^ ;]+", policy)) == {hosted.cdn + file for file in files}
    assert visit_freely.log.errors == []
    assert visit_freely.log.failed == []
    # Whatever else a script would ask that host for is refused.
    refused = page.evaluate(
        "(address) => fetch(address).then(() => 'came', () => 'refused')", f"{hosted.cdn}other.js"
    )
    assert refused == "refused"


@pytest.mark.parametrize("name", ["engine", "wasm", "editor", "style"])
def test_a_file_that_was_tampered_with_is_refused(
    hosted: Hosted, visit_freely: Visits, name: str
) -> None:
    asset = next(one for one in ASSETS if one.name == name)
    path = hosted.folder / f"{asset.package}@{PACKAGES[asset.package]}" / asset.file
    content = path.read_bytes()
    evil = b";globalThis.broken = true; /* */ " if asset.file.endswith("js") else b"\n"
    path.write_bytes(content + evil)
    try:
        page = visit_freely(hosted.address)
        if name == "editor":
            status(page, "The editor could not be loaded.*refused")
            assert page.locator(".CodeMirror").count() == 0
        page.get_by_role("button", name="organisations", exact=True).click()
        if name in ("engine", "wasm"):
            error(page, "could not be loaded.* it was refused")
            assert page.locator(".query-table").count() == 0
        else:
            status(page, "^4 rows")
            assert any("integrity" in one for one in visit_freely.log.errors)
        assert page.evaluate("globalThis.broken === undefined")
    finally:
        path.write_bytes(content)


def test_the_plain_field_is_a_whole_editor(hosted: Hosted, visit_freely: Visits) -> None:
    editors = hosted.folder / "@zazuko"
    editors.rename(hosted.folder / "away")
    try:
        page = visit_freely(hosted.address)
    finally:
        (hosted.folder / "away").rename(editors)
    field = page.get_by_label("SPARQL query")
    field.fill("SELECT ?s\nWHERE { ?s a lod:Claim ) }")
    field.press("Control+Enter")
    error(page, "Line 2, column 24")
    page.get_by_role("button", name="Go there").click()
    assert page.evaluate("document.activeElement.selectionStart") == 33
    assert serious(page) == []
    field.fill("SELECT ?s { ?s a lod:Claim } LIMIT 2")
    page.locator("#query-run").click()
    status(page, "^2 rows")


def summary(number: int, title: str) -> PublicationSummary:
    return PublicationSummary(
        base=f"https://data.example.org/p{number}/",
        folder=f"p{number}/",
        titles={"en": title},
        descriptions={},
        document_title=None,
        language="en",
        authors=(),
        published_in=None,
        published=None,
        modified=None,
        version=None,
        license="https://example.org/licence",
        publisher=("Desk", None),
        creators=(),
        keywords=(),
        counts={},
    )


def test_a_corpus_lets_one_choose_the_publication(visit: Visits, tmp_path: Path) -> None:
    options = SiteOptions(query_cdn="https://cdn.example/")
    site = make_site("https://data.example.org/", "Reports", options, several=True)
    summaries = [summary(number, f"Report {number}") for number in range(300)]
    summaries.append(summary(300, "Élysée <script>alert(1)</script>"))
    writer = Writer(tmp_path / "site")
    for file in (*asset_files(None), *whole_query_files(Summaries(summaries), site)):
        writer.write(file)
    with served(tmp_path / "site") as root:
        page = visit(f"{root}query.html")
        assert page.locator("#choose-list a").count() == 200
        page.get_by_label("Which publication?").fill("elysee")
        link = page.locator("#choose-list a")
        link.get_by_text("Élysée <script>").wait_for()
        assert link.count() == 1
        assert link.get_attribute("href") == f"{root}p300/query.html"
        assert page.get_by_role("status").inner_text() == "1 match"
        assert serious(page) == []
        plain = visit(f"{root}query.html", java_script_enabled=False)
        assert plain.locator("#choose-list a").count() == 200
