"""The search page in a browser: typing, filters, keyboard, phone, hostile names, accessibility."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lod.site.files import Writer, asset_files
from lod.site.make import make_site
from lod.site.search.entries import SearchEntry, make_entry
from lod.site.search.index import SearchIndex, index_files
from lod.site.search.postings import Change
from lod.site.site import SiteOptions
from tests.site.axe import serious
from tests.site.browser import PHONE, served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser import Visits


def made(folder: Path, entries: list[SearchEntry], *, several: bool = False) -> Path:
    """A site that is nothing but a search for some entries."""
    site = make_site("https://data.example.org/", "Site", SiteOptions(), several=several)
    writer = Writer(folder)
    with SearchIndex() as index:
        index.update([Change("", (), entries)])
        for file in (*asset_files(None), *index_files(index, site)):
            writer.write(file)
    return folder


_HREFS = "(links) => links.map((link) => link.getAttribute('href'))"


def status(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the live region says something."""
    from playwright.sync_api import expect

    expect(page.locator("#search-status")).to_have_text(words)


def test_results_come_while_one_types(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}search.html")
    page.locator("#search-field").press_sequentially("euras")
    status(page, re.compile(r"^\d+ results$"))
    # The first letter has results already.
    page.wait_for_url("**/search.html?q=euras")
    first = page.locator(".search-entity a", has_text="Eurasian Economic Union").first
    first.wait_for()
    assert page.locator(".search-entity a").first.inner_text() == first.inner_text()
    assert first.locator("mark").inner_text() == "Euras"
    page.locator("#search-field").fill("eurasian zzzz")
    status(page, re.compile("Nothing found for “eurasian zzzz”"))
    assert page.locator(".search-result").count() == 0
    page.locator("#search-field").fill("")
    page.locator("#search-names").wait_for(state="visible")
    assert page.url == f"{example_address}search.html"


def test_a_result_leads_to_its_page(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}search.html?q=threshold+28")
    page.locator(".search-claim a").first.click()
    page.wait_for_url("**/claim/trade-2023.html")


def test_every_result_has_a_page(visit: Visits, example_address: str, example_site: Path) -> None:
    page = visit(f"{example_address}search.html?q=a")
    status(page, re.compile("results"))
    for kind in ("publication", "entity", "claim", "term"):
        page.locator(f"input[value={kind}]").check()
        page.locator(f".search-{kind}").first.wait_for()
        while page.locator(".search-more").count():
            page.locator(".search-more").click()
        for href in page.locator(".search-result a").evaluate_all(_HREFS):
            assert (example_site / href.removeprefix(example_address)).is_file(), href


def test_filters_narrow_to_a_kind_and_stay_in_the_address(
    visit: Visits, example_address: str
) -> None:
    page = visit(f"{example_address}search.html?q=kazakhstan")
    status(page, re.compile(r"^\d+ results$"))
    assert page.locator(".search-group").count() >= 3
    page.get_by_role("radio", name="Claims").check()
    page.locator(".search-group").nth(1).wait_for(state="detached")
    assert page.locator(".search-result").count() == page.locator(".search-claim").count() == 20
    page.get_by_role("button", name="Show more").click()
    page.locator(".search-claim").nth(39).wait_for()
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelectorAll('.search-result')[20]"
    )
    assert page.url.endswith("?q=kazakhstan&kind=claim")
    again = visit(page.url)
    again.locator(".search-claim").first.wait_for()
    assert again.locator(".search-entity").count() == 0
    assert again.get_by_role("radio", name="Claims").is_checked()


def test_folding_other_names_and_items(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}search.html")
    titles = {
        "қазақ": "Kazakhstan",
        "КАЗАХСТАНСКАЯ": "Kazakhstan Truth",
        "q232": "Kazakhstan",
        "tokáyev": "Kassym-Jomart Tokayev",
        "memberof": "member of (rel:memberOf)",
    }
    for query, title in titles.items():
        page.locator("#search-field").fill(query)
        page.locator(".search-entity a, .search-term a").get_by_text(title, exact=True).wait_for()


def test_scripts_of_all_kinds(visit: Visits, tmp_path: Path) -> None:
    names = {
        "哈萨克斯坦共和国": ("萨克", "萨克"),
        "Donaudampfschifffahrtsgesellschaft": ("donaudampf", "Donaudampf"),
        "جمهورية كَازَاخِسْتَان": ("كازاخ", "كَازَاخِ"),
        "Ұлттық банк": ("ұлт", "Ұлт"),
        "Ærø Straße": ("strasse", "Straße"),
        "カザフスタン": ("フスタ", "フスタ"),
        "קָזַחְסְטָן": ("קזח", "קָזַחְ"),
    }
    entries = [
        make_entry("entity", f"entity/{number}.html", name) for number, name in enumerate(names)
    ]
    with served(made(tmp_path / "site", entries)) as address:
        page = visit(f"{address}search.html")
        for name, (query, mark) in names.items():
            page.locator("#search-field").fill(query)
            page.locator(".search-result a", has_text=name).wait_for()
            assert page.locator(".search-result a").all_inner_texts() == [name]
            assert "".join(page.locator("mark").all_inner_texts()) == mark


def test_the_keyboard_alone(visit: Visits, example_address: str) -> None:
    from playwright.sync_api import expect

    page = visit(f"{example_address}search.html")
    page.keyboard.press("/")
    page.keyboard.type("pipeline")
    expect(page.locator("mark").first).to_have_text("pipeline", ignore_case=True)
    active = "document.activeElement.textContent"
    page.keyboard.press("ArrowDown")
    first = page.evaluate(active)
    assert "ipeline" in first
    page.keyboard.press("ArrowDown")
    assert page.evaluate(active) != first
    page.keyboard.press("ArrowUp")
    assert page.evaluate(active) == first
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-field"
    page.keyboard.press("Enter")
    assert "?q=pipeline" in page.url
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/(entity|claim)/"))


def test_a_later_answer_leaves_the_focus_where_it_is(visit: Visits, example_address: str) -> None:
    """Who types quickly is in the results before the answer to the last letter replaces them."""
    from playwright.sync_api import expect

    page = visit(f"{example_address}search.html?q=pipe")
    status(page, re.compile("result"))
    page.locator("#search-field").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    focused = page.locator(".search-result a:focus")
    href = focused.get_attribute("href")
    ask = """(field, query) => {
        field.value = query;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }"""
    page.locator("#search-field").evaluate(ask, "pipeline")
    page.wait_for_url("**/search.html?q=pipeline")
    expect(page.locator("mark").first).to_have_text("pipeline", ignore_case=True)
    assert focused.get_attribute("href") == href
    page.locator("#search-field").evaluate(ask, "tokayev")
    expect(page.locator("mark").first).to_have_text("Tokayev")
    assert focused.count() == 1
    page.locator("#search-field").evaluate(ask, "pipeline zzzz")
    status(page, re.compile("Nothing found"))
    expect(page.locator("#search-field")).to_be_focused()


def test_the_field_of_every_page_leads_here(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}claims.html")
    page.locator(".site-search input").fill("tokayev")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=tokayev")
    page.locator(".search-result").first.wait_for()


def test_without_a_script_all_names_are_there(
    visit: Visits, example_address: str, example_site: Path
) -> None:
    page = visit(f"{example_address}search.html", java_script_enabled=False)
    links = page.locator("#search-names a")
    hrefs: list[str] = links.evaluate_all(_HREFS)
    assert sum(href.startswith("entity/") for href in hrefs) == len(
        list((example_site / "entity").glob("*.html"))
    )
    for href in hrefs:
        assert href.startswith("#") or (example_site / href).is_file(), href
    assert page.locator("#search-names h3").first.is_visible()


HOSTILE = [
    "<script>document.title = 'broken'</script>",
    "</script><img src=x onerror=\"document.title = 'broken'\">",
    "\u202eevil\u202c & <b>bold</b> {{ 7 * 7 }}",
    "x" * 1_000_000,
    "' onmouseover='document.title=1",
]


def test_hostile_names_do_nothing(visit: Visits, tmp_path: Path) -> None:
    entries = [
        make_entry(
            "claim",
            f"claim/{number}/%2e%2e/a?b#c.html",
            f"hostile {name}",
            text=name,
            publication=name,
            language='en" onclick="alert(1)',
        )
        for number, name in enumerate(HOSTILE)
    ]
    names = [make_entry("entity", "entity/javascript:alert(1).html", one) for one in HOSTILE[:1]]
    publications = [make_entry("publication", f"p{n}/index.html", HOSTILE[1]) for n in range(2)]
    with served(made(tmp_path / "site", [*entries, *names, *publications])) as address:
        page = visit(f"{address}search.html?q=hostile")
        title = page.title()
        status(page, "5 results")
        assert page.locator(".search-claim").count() == 5
        inner = page.locator("main img, main script, main b:not([data-count]), main [onclick]")
        assert inner.count() == 0
        assert page.title() == title
        for link in page.locator(".search-result a").all():
            href = str(link.get_attribute("href"))
            assert href.startswith(f"{address}claim/")
            assert href.endswith("a%3Fb%23c.html")
        assert page.locator("main").bounding_box()["width"] <= 1280  # type: ignore[index]  # it is visible
        query = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
        page = visit(f"{address}search.html?q={query}&kind=%22%3E%3Cscript%3E")
        status(page, re.compile("Nothing found for “<img"))
        page = visit(f"{address}search.html", java_script_enabled=False)
        assert page.locator("#search-names a").last.get_attribute("href") in (
            "entity/javascript%3Aalert%281%29.html",
            "./entity/javascript%3Aalert%281%29.html",
        )


def test_an_index_that_does_not_come_is_said(visit: Visits, tmp_path: Path) -> None:
    folder = made(tmp_path / "site", [make_entry("entity", "entity/a.html", "Almaty")])
    (folder / "data" / "search.json").write_text("{")
    with served(folder) as address:
        page = visit(f"{address}search.html?q=almaty")
        status(page, re.compile("The search index could not be read"))
        assert page.locator("#search-names").is_visible()


def test_in_a_corpus_results_say_where_they_are_from(visit: Visits, tmp_path: Path) -> None:
    entries = [
        make_entry("publication", "a/index.html", "First report"),
        make_entry("publication", "b/index.html", "Second report"),
        make_entry("item", "item/Q232.html", "Kazakhstan"),
        make_entry("item", "item/Q232.html", "Kazakhstan"),
        make_entry(
            "claim", "a/claim/x.html", "Kazakhstan exports.", sentence=True, publication="First"
        ),
    ]
    with served(made(tmp_path / "site", entries, several=True)) as address:
        page = visit(f"{address}search.html?q=kazakhstan")
        page.locator(".search-item").wait_for()
        assert page.locator(".search-item .search-from").inner_text() == "in 2 publications"
        assert page.locator(".search-claim .search-from").inner_text() == "First"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visits, example_address: str, scheme: str) -> None:
    page = visit(f"{example_address}search.html", color_scheme=scheme)
    assert serious(page) == []
    page.locator("#search-field").fill("kazakhstan")
    status(page, re.compile("result"))
    assert serious(page) == []
    page.locator("#search-field").fill("zzzz")
    status(page, re.compile("Nothing"))
    assert serious(page) == []


def test_on_a_phone_nothing_is_cut_off(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}search.html?q=kazakhstan", viewport=PHONE, has_touch=True)
    page.locator(".search-result").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_text("Entities", exact=False).locator(
        "visible=true"
    ).last.scroll_into_view_if_needed()
    page.locator("label.search-kind", has_text="Claims").tap()
    page.locator(".search-claim").nth(19).wait_for()
    assert serious(page) == []
