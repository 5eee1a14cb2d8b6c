"""Pages as people see them: on three screens, light and dark, on paper, from a file.

Each site that is special in its way (the example, one claim, 600 claims, right to left, Kazakh) is
looked at in a real browser; `browser_looks.js` says what a reader would mark.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.site.browser import Visits, served
from tests.site.conftest import RIGHT_TO_LEFT
from tests.site.looks import SCREENS, pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MARKED = (Path(__file__).parent / "browser_looks.js").read_text("utf-8")
SITES = ("example", "one_claim", "towns", "turned", "kazakh")
#: An A4 page between its margins, in pixels of CSS.
PAPER = {"width": 718, "height": 1046}
#: The pages that grow with the claims.
LISTED = ("document.html", "claims.html", "entity/town1.html")


@pytest.fixture(scope="session")
def turned_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An Arabic text in an interface that is read from right to left."""
    folder = tmp_path_factory.mktemp("turned")
    words = folder / "words.toml"
    words.write_text('[common]\nclaims = "טענות"\n', "utf-8")
    build_site(RIGHT_TO_LEFT, folder / "site", SiteOptions(language="he", words=words))
    return folder / "site"


@pytest.fixture(scope="session")
def kazakh_site(one_claim: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Words that are longer than those of English."""
    folder = tmp_path_factory.mktemp("kazakh") / "site"
    build_site(one_claim, folder, SiteOptions(language="kk"))
    return folder


@pytest.fixture(params=SITES)
def folder(request: pytest.FixtureRequest) -> Path:
    site: Path = request.getfixturevalue(f"{request.param}_site")
    return site


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder) as address:
        yield address


def look(page: Page, *, places: bool = True, colours: bool = True) -> list[str]:
    """What a reader would mark in a page as it is now: where words lie, how well they are read."""
    marked: list[str] = page.evaluate(MARKED, {"places": places, "colours": colours})
    return marked


@pytest.mark.slow
def test_nothing_is_to_be_marked_on_any_screen(visit: Visits, folder: Path, address: str) -> None:
    page = visit(f"{address}document.html", color_scheme="dark", reduced_motion="reduce")
    marked: dict[str, list[str]] = {}
    for path in LISTED if folder.name == "towns" else pages(folder):
        if path == "404.html":  # it knows only its place on the web
            continue
        # Where words lie does not depend on the colours, nor the colours on the width.
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.goto(address + path)
        marked[f"{path}, dark"] = look(page, places=False)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        if path == "document.html":
            page.wait_for_selector("html[data-ready]", state="attached")
        for width, height in SCREENS:
            page.set_viewport_size({"width": width, "height": height})
            marked[f"{path} at {width}"] = look(page, colours=width == SCREENS[0][0])
    assert {place: words for place, words in marked.items() if words} == {}


#: What is only of use on a screen.
_FOR_SCREENS = "nav, button, select, input, .skip, .panel, .toolbar, .copies, .crumbs"
#: Addresses that the style sheet puts behind links.
_BEHIND = """[...document.querySelectorAll('main a')].filter(
  e => /attr\\(href|http/.test(getComputedStyle(e, '::after').content)).length"""


def test_paper_has_the_words_and_no_menus(visit: Visits, folder: Path, address: str) -> None:
    page = visit(f"{address}document.html", viewport=PAPER, reduced_motion="reduce")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.emulate_media(media="print", color_scheme="dark")
    for path in LISTED if folder.name == "towns" else pages(folder):
        if path in ("404.html", "search.html"):
            continue
        page.goto(address + path)
        assert look(page) == [], path
        shown = page.locator(_FOR_SCREENS).filter(visible=True)
        assert [one.inner_text()[:40] for one in shown.all()] == [], path
        assert page.evaluate(_BEHIND) == 0, path
        colours = page.evaluate(
            "['color', 'backgroundColor'].map(n => getComputedStyle(document.documentElement)[n])"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"], path


def test_on_a_phone_the_text_comes_first(visit: Visits, folder: Path, address: str) -> None:
    page = visit(f"{address}document.html", viewport={"width": 390, "height": 844})
    order = page.evaluate(
        "['.top', '.masthead', '.toolbar', '#prose', '.figure, #about-title', '.bottom'].map("
        "s => document.querySelector(s).getBoundingClientRect().top)"
    )
    assert order == sorted(order)
    assert order[3] < 0.75 * 844
    assert page.locator("#panel").evaluate("e => getComputedStyle(e).visibility") == "hidden"


def test_a_file_says_what_it_cannot_do_and_leads_on(browser: Browser, folder: Path) -> None:
    # The console says that modules are blocked; that is what the page tells its reader.
    page = browser.new_page()
    page.goto(f"{folder.as_uri()}/document.html")
    assert page.locator("#local").is_visible()
    assert look(page) == []
    # Every link of a page that a reader may click leads to a file.
    for path in ("document.html", "claims.html", "entities.html", "dataset.html"):
        page.goto(f"{folder.as_uri()}/{path}")
        addresses: list[str] = page.evaluate(
            "[...document.querySelectorAll('a[href]')]"
            ".map(a => new URL(a.getAttribute('href'), a.baseURI).href)"
            ".filter(h => h.startsWith('file:')).map(h => decodeURI(new URL(h).pathname))"
        )
        assert len(addresses) > 10
        assert [one for one in set(addresses) if not os.path.isfile(one)] == []  # noqa: PTH113 - thousands of plain paths
    page.get_by_role("navigation").get_by_role("link").nth(1).click()
    assert page.url == f"{folder.as_uri()}/claims.html"
    page.goto(f"{folder.as_uri()}/document.html")
    page.locator("#prose a.q").first.click()
    assert page.url.startswith(f"{folder.as_uri()}/notes.html#claim-")
    page.close()
