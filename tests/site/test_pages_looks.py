"""How every kind of page looks and reads: dark, narrow, printed, turned, without scripts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.corpus.conftest import write_folder
from tests.site.axe import serious
from tests.site.browser import PHONE, WIDE, Visits, served
from tests.site.corpora import SITE, linked
from tests.site.links import broken_links

if TYPE_CHECKING:
    from playwright.sync_api import Page

RIGHT_TO_LEFT = Path(__file__).parent / "right-to-left"
#: A page of each kind in the site of one publication; the article, the search and the query page
#: have tests of their own.
ONE = (
    "claims.html",
    "entities.html",
    "claim/trade-2023.html",
    "claim/oil-route.html",
    "claim/oil-route/1.html",
    "entity/kazakhstan.html",
    "dataset.html",
    "vocabulary/index.html",
    "vocabulary/rel/memberOf.html",
    "vocabulary/lod/moreThan.html",
    "reported/putin.html",
    "build.html",
)
#: The kinds that only a corpus has, and those of a publication in it that is right-to-left.
SEVERAL = (
    "index.html",
    "publications/2.html",
    "item/Q232.html",
    "item/Q100.html",
    "item/Q100-2.html",
    "dataset.html",
    "404.html",
    "vocabulary/index.html",
    "vocabulary/rel/memberOf.html",
    "arabic/claims.html",
    "arabic/claim/trade-volume.html",
    "arabic/claim/not-a-member.html",
    "arabic/entities.html",
    "arabic/entity/kazakhstan.html",
    "arabic/dataset.html",
    "arabic/reported/reporter/spokesman.html",
    "1/vocabulary/ex/likes.html",
)


@pytest.fixture(scope="module")
def corpus_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of some publications: lists in pages, Arabic, terms of a publication's own."""
    folder = tmp_path_factory.mktemp("looks")
    for number in range(1, 5):
        data = linked(number)
        if number == 1:
            data["publication"]["prefixes"] = {"ex": "https://data.example.org/terms#"}
            data["publication"]["vocabulary"] = "terms.ttl"
        write_folder(folder / "in" / str(number), data)
    (folder / "in" / "1" / "terms.ttl").write_text(
        "@prefix ex: <https://data.example.org/terms#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'ex:likes a rdf:Property ; rdfs:label "likes"@en ; skos:definition "Is fond of."@en .\n',
        "utf-8",
    )
    shutil.copytree(RIGHT_TO_LEFT, folder / "in" / "arabic")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lod.site.site.PAGE_SIZE", 3)
        report = build_site(folder / "in", folder / "out", SiteOptions(base=SITE))
    assert report.publications == 5, report.findings
    return folder / "out"


@pytest.fixture(scope="module")
def corpus_address(corpus_site: Path) -> Iterator[str]:
    with served(corpus_site) as address:
        yield address


@pytest.fixture(params=["one", "several"])
def site(
    request: pytest.FixtureRequest, example_site: Path, example_address: str
) -> tuple[Path, str, list[str]]:
    """The folder of a site, its address, and a page of each kind."""
    if request.param == "several":
        folder: Path = request.getfixturevalue("corpus_site")
        return folder, request.getfixturevalue("corpus_address"), list(SEVERAL)
    (text,) = (path.name for path in (example_site / "text").glob("*.html"))
    return example_site, example_address, [*ONE, f"text/{text}"]


Site = tuple[Path, str, list[str]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(scheme: str, visit: Visits, site: Site) -> None:
    _, address, pages = site
    page = visit(address + pages[0], color_scheme=scheme, viewport=WIDE)
    for path in pages:
        page.goto(address + path)
        assert serious(page, scheme) == [], path


def _overflow(page: Page) -> int:
    found: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return found


def test_nothing_is_wider_than_a_phone(visit: Visits, site: Site) -> None:
    _, address, pages = site
    page = visit(address + pages[0], viewport=PHONE)
    for path in pages:
        page.goto(address + path)
        assert _overflow(page) <= 0, path


def test_on_a_phone_lines_can_be_hit_with_a_finger(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}claims.html", viewport=PHONE, has_touch=True)
    for link in page.get_by_role("navigation").get_by_role("link").all():
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 24, link.inner_text()  # WCAG 2.2, 2.5.8


def test_everything_is_there_without_scripts(visit: Visits, site: Site) -> None:
    _, address, pages = site
    with_scripts = visit(address + pages[0])
    without = visit(address + pages[0], java_script_enabled=False)
    for path in pages:
        with_scripts.goto(address + path)
        without.goto(address + path)
        # Buttons that copy are there for scripts alone.
        for one in (with_scripts, without):
            one.evaluate("document.querySelectorAll('.copies, .copy').forEach(e => e.remove())")
        text = without.locator("main").inner_text()
        assert len(text) > 20, path
        assert text == with_scripts.locator("main").inner_text(), path


def test_dark_is_dark_and_light_is_light(visit: Visits, example_address: str) -> None:
    light = visit(f"{example_address}entity/putin.html", color_scheme="light")
    dark = visit(f"{example_address}entity/putin.html", color_scheme="dark")

    def lightness(page: Page, element: str, property_: str) -> int:
        colour: str = page.locator(element).evaluate(
            "(e, name) => getComputedStyle(e).getPropertyValue(name)", property_
        )
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    assert lightness(light, "html", "background-color") > 700 > lightness(light, "h1", "color")
    assert lightness(dark, "html", "background-color") < 100 < lightness(dark, "h1", "color")


def test_print_is_black_on_white_without_menus(visit: Visits, site: Site) -> None:
    _, address, pages = site
    page = visit(address + pages[0], color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for path in pages:
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert background == "rgb(255, 255, 255)"
        assert page.locator("main h1").is_visible(), path
        assert not page.locator("header nav, .site-search, .skip").filter(visible=True).count()
        assert _overflow(page) <= 0, path


def test_nothing_moves_for_those_who_want_that(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}entities.html", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
        "return parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0 })"
        ".length"
    )
    assert moving == 0


def _direction(page: Page, element: str) -> str:
    found: str = page.locator(element).first.evaluate("e => getComputedStyle(e).direction")
    return found


def test_right_to_left_words_stand_in_their_own_direction(
    visit: Visits, corpus_address: str
) -> None:
    page = visit(f"{corpus_address}arabic/claim/trade-volume.html")
    assert _direction(page, "blockquote") == "rtl"
    # The sentence is English, though its first word is an Arabic name.
    assert page.locator("h1").get_attribute("lang") == "en"
    assert _direction(page, "h1") == "ltr"
    page.goto(f"{corpus_address}arabic/claims.html")
    assert _direction(page, ".claim-table .sentence") == "ltr"
    page.goto(f"{corpus_address}arabic/entity/spokesman.html")
    assert _direction(page, "h1") == "rtl"


def test_the_whole_page_turns_for_a_right_to_left_interface(visit: Visits, tmp_path: Path) -> None:
    words = tmp_path / "words.toml"
    words.write_text('[common]\nclaims = "טענות"\n', "utf-8")
    out = tmp_path / "out"
    build_site(RIGHT_TO_LEFT, out, SiteOptions(language="he", words=words))
    with served(out) as address:
        page = visit(f"{address}claim/trade-volume.html")
        left, right = (
            page.locator(element).bounding_box() for element in (".site-search", ".site-name")
        )
        assert left is not None
        assert right is not None
        assert left["x"] < right["x"]
        arrow = page.locator(".said-by .then").evaluate(
            "e => getComputedStyle(e, '::before').content"
        )
        assert "←" in arrow
        for path in ("claim/trade-volume.html", "entities.html", "dataset.html"):
            for size in (WIDE, PHONE):
                page.set_viewport_size({"width": size["width"], "height": size["height"]})
                page.goto(address + path)
                assert _overflow(page) <= 0, path


def test_keyboard_alone_skips_to_the_content(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}claim/trade-2023.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_pages_work_from_a_folder(visit: Visits, example_site: Path, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "site").symlink_to(example_site)
    with served(tmp_path) as address:
        page = visit(f"{address}deep/site/claim/oil-route/1.html", java_script_enabled=False)
        page.get_by_role("link", name="Kazakhstan's oil exports to foreign markets").first.click()
        assert page.url == f"{address}deep/site/entity/oil-exports.html"
        page.get_by_role("navigation").get_by_role("link", name="Claims", exact=True).click()
        assert page.url == f"{address}deep/site/claims.html"
        # The style was found: the header has the width of the window.
        assert page.locator("header.top").bounding_box() is not None


def test_every_link_of_a_mixed_corpus_leads_somewhere(corpus_site: Path) -> None:
    assert broken_links(corpus_site) == []


class _Fetched(HTMLParser):
    """Notes what a browser fetches by itself, and what may be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.policies: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(values["content"])
        if tag == "link" and values["rel"] in (
            "stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "manifest",
        ):  # fmt: skip
            self.addresses.append(values["href"])
        self.addresses += [
            values[name] for name in ("src", "srcset", "action", "data", "poster") if name in values
        ]


def test_no_page_fetches_anything_from_elsewhere(site: Site) -> None:
    folder, _, _ = site
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 100
    for file in pages:
        found = _Fetched()
        found.feed(file.read_text("utf-8"))
        assert len(found.policies) == 1, file
        assert found.policies[0].startswith("default-src 'none'; script-src 'self'"), file
        hosts = re.findall(r"https?:|//|\*|unsafe", found.policies[0])
        assert hosts == [], file
        for address in found.addresses:
            parts = urlsplit(address)
            assert not parts.scheme, file
            assert not parts.netloc, file
    for style in (folder / "assets").glob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(https?:)?//", style.read_text("utf-8")), style
    manifest = folder / "data" / "search.json"
    assert json.loads(manifest.read_bytes())["version"] == 2
