"""Search and queries in the site of a corpus: one index for all, a query page for each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lod.publication import load
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.site.browser import served
from tests.site.npm_packages import npm_packages

if TYPE_CHECKING:
    from tests.site.browser import Visits

TEN_FACTS = Path(__file__).parents[1] / "publications" / "ten-facts"
_HREFS = "(links) => links.map((link) => link.getAttribute('href'))"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of three publications that say the same."""
    folder = tmp_path_factory.mktemp("corpus") / "source"
    text = (TEN_FACTS / "facts.yaml").read_text()
    base = re.search(r"base: (\S+)", text)
    assert base is not None
    for name in ("first", "second", "third"):
        shutil.copytree(TEN_FACTS, folder / name)
        own = text.replace(base[1], f"https://data.example.org/{name}/")
        (folder / name / "facts.yaml").write_text(own)
        (folder / name / "queries").mkdir()
        (folder / name / "queries" / "claims.rq").write_text(
            "# Which claims?\n"
            "SELECT ?claim ?property { ?claim a lod:Claim ; lod:property ?property }"
        )
    return folder


@pytest.fixture(scope="module")
def corpus_site(corpus: Path) -> Path:
    folder = corpus.with_name("site")
    build_site(corpus, folder, SiteOptions(query_assets=npm_packages()))
    return folder


@pytest.fixture(scope="module")
def address(corpus_site: Path) -> Iterator[str]:
    with served(corpus_site) as root:
        yield root


def test_everything_that_is_found_has_a_page(
    visit: Visits, address: str, corpus_site: Path
) -> None:
    page = visit(f"{address}search.html?q=kazakhstan")
    page.locator(".search-result").first.wait_for()
    for kind in ("publication", "item", "claim"):
        page.get_by_role("radio").and_(page.locator(f"[value={kind}]")).check()
        page.locator(f".search-{kind}").first.wait_for()
        hrefs = page.locator(".search-result a").evaluate_all(_HREFS)
        assert hrefs
        for href in hrefs:
            assert (corpus_site / href.removeprefix(address)).is_file(), href
    folders = {href.removeprefix(address).split("/")[0] for href in hrefs}
    assert folders == {"first", "second", "third"}
    page.get_by_role("radio", name="Wikidata items").check()
    assert page.locator(".search-item", has_text="in 3 publications").first.is_visible()


def test_our_terms_are_there_once(visit: Visits, address: str, corpus_site: Path) -> None:
    page = visit(f"{address}search.html?q=lod:moreThan&kind=term")
    link = page.locator(".search-term a", has_text="lod:moreThan")
    assert link.count() == 1
    assert (corpus_site / str(link.get_attribute("href")).removeprefix(address)).is_file()


def test_without_a_script_links_lead_to_lists(
    visit: Visits, address: str, corpus_site: Path
) -> None:
    page = visit(f"{address}search.html", java_script_enabled=False)
    for href in page.locator("#search-names a").evaluate_all(_HREFS):
        assert href.startswith("#") or (corpus_site / href).is_file(), href


def test_each_publication_can_be_queried(
    visit: Visits, address: str, corpus: Path, corpus_site: Path
) -> None:
    from playwright.sync_api import expect

    page = visit(f"{address}query.html")
    links = page.locator("#choose-list a")
    assert links.count() == 3
    links.first.click()
    page.wait_for_url("**/first/query.html")
    page.get_by_role("button", name="claims", exact=True).click()
    rows = len(load(corpus / "first").query("claims"))
    expect(page.locator("#query-status")).to_have_text(
        re.compile(f"^{rows} rows in"), timeout=15_000
    )
    for href in page.locator(".query-table a").evaluate_all(_HREFS):
        assert (corpus_site / "first" / href.partition("#")[0]).is_file(), href
