"""The article page in a browser: pointing, tapping, keys, filters, coverage, addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

import lod
from lod.namespaces import shrink
from lod.pages.view import PublicationView, StatementView
from tests.publications.inventory import EXAMPLE, read_table
from tests.site.browser import PHONE, RequestsLog, Visits

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: A quote with a smaller one in it, and one with words left out.
RECORD = "Last year, it set a new record"
ELIDED = "new-plans"
IN_SIGHT = (
    "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
)
CLAIMS = len(read_table("claims.tsv"))


@pytest.fixture
def article(example_address: str) -> str:
    return f"{example_address}document.html"


def ready(page: Page) -> Page:
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


def quote(page: Page, words: str) -> Locator:
    return page.locator("a.q", has_text=words).first


def shown(page: Page) -> list[str]:
    """Numbers of the claims in the panel, at one moment."""
    found: list[str] = page.locator("#panel article").evaluate_all(
        "(cards) => cards.map((card) => card.dataset.c || '')"
    )
    return found


def number_of(page: Page, id_: str) -> str:
    """The number of a claim."""
    address = page.url.partition("document.html")[0] + "notes.html"
    notes = page.context.request.get(address).text()
    found = re.search(f'id="claim-{re.escape(id_)}" data-c="(\\d+)"', notes)
    assert found is not None
    return found[1]


def lit(page: Page) -> list[str]:
    return [one.inner_text() for one in page.locator("#prose .q.lit").all()]


def test_pointing_at_a_quote_shows_its_claims(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    quote(page, RECORD).hover()
    card = page.locator("#panel article").first
    card.wait_for()
    text = card.inner_text()
    for words in ("Vladimir Putin", "says", "stated", "trade volume", "more than 28 billion USD"):
        assert words in text
    for words in (
        "> 28",
        "exceeding the threshold of $28 billion",
        "Last year",
        "2023",
        "a new record",
    ):
        assert words in text
    assert "2023-01-01 to 2023-12-31" in text
    assert "counted from 2024-11-27" in text
    items = card.locator(".items a").all()
    assert {item.get_attribute("href") for item in items} >= {
        "http://www.wikidata.org/entity/Q159",
        "http://www.wikidata.org/entity/Q232",
    }
    assert card.locator(".to-claim").get_attribute("href") == "claim/trade-2023.html"
    assert all(one.startswith("Last year") or "threshold" in one for one in lit(page))


def test_focus_shows_them_too_and_escape_closes(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    page.locator("#facet-entity").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('#prose a.q')")
    assert shown(page)
    assert lit(page)
    page.keyboard.press("Escape")
    assert not shown(page)
    assert not lit(page)


def test_nested_quotes_show_the_most_exact_claim_first(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    words = page.locator('a.q[data-c*=" "]').first
    words.hover()
    assert shown(page) == (words.get_attribute("data-c") or "").split()
    quotes = page.locator("#panel article .quotes").all_inner_texts()
    assert len(quotes[0]) <= len(quotes[-1])


def test_all_parts_of_an_elided_quote_light_up(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    number = number_of(page, ELIDED)
    parts = page.locator(f'#prose .q[data-c~="{number}"]')
    parts.last.hover()
    assert parts.count() > 1
    assert all("lit" in (one.get_attribute("class") or "").split() for one in parts.all())


def test_a_click_pins_and_the_address_leads_back(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    quote(page, RECORD).click()
    assert page.url.endswith("document.html#claim-trade-2023")
    pinned = shown(page)
    quote(page, "Rosatom").hover()
    assert shown(page) == pinned
    assert any("Rosatom" in words for words in lit(page))
    page.mouse.move(2, 2)
    assert not any("Rosatom" in words for words in lit(page))
    assert lit(page)
    assert "Pinned: 1 claim" in page.locator("#announce").inner_text()
    other = ready(visit(page.url))
    assert shown(other) == [number_of(other, "trade-2023")]
    assert quote(other, RECORD).evaluate(IN_SIGHT)
    page.locator("#panel-close").click()
    assert not shown(page)
    assert page.url.endswith("document.html")


def test_the_page_of_a_claim_leads_to_its_words(visit: Visits, article: str) -> None:
    page = visit(article.replace("document.html", "claim/trade-2023.html"))
    page.get_by_role("link", name="show in the text").click()
    page = ready(page)
    assert shown(page) == [number_of(page, "trade-2023")]
    assert any("exceeding the threshold" in words for words in lit(page))


def test_an_address_may_name_one_of_several_claims(visit: Visits, article: str) -> None:
    from playwright.sync_api import expect

    page = ready(visit(f"{article}#claim-organisations/2"))
    assert shown(page) == [number_of(page, "organisations")]
    page.evaluate("location.hash = 'claim-trade-2023'")
    expect(page.locator("#panel article")).to_have_count(1)
    assert shown(page) == [number_of(page, "trade-2023")]


def test_the_keyboard_alone_does_it_all(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#prose a.q')"):
            break
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    last = page.evaluate("document.activeElement.textContent")
    assert last == page.locator("a.q").last.inner_text()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.locator("#panel article").count()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == first


def test_a_quote_says_how_many_claims_it_carries(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    for one in page.locator('a.q[data-c*=" "]').all()[:3]:
        count = len((one.get_attribute("data-c") or "").split())
        described = page.locator(f"#{one.get_attribute('aria-describedby')}")
        assert described.text_content() == f"{count} claims"


def test_filters_combine_count_and_stay_in_the_address(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    page.get_by_label("How it is meant").select_option("planned")
    output = page.locator("#showing")
    planned = int(output.inner_text().split()[0])
    assert output.inner_text() == f"{planned} of {CLAIMS} claims"
    assert output.get_attribute("aria-live") == "polite"
    assert page.url.endswith("?modality=planned")
    page.get_by_label("About", exact=True).select_option("tokayev")
    both = int(output.inner_text().split()[0])
    assert 0 < both < planned
    kept = page.locator("#prose a.q:not(.off)")
    assert 0 < kept.count() < page.locator("#prose a.q").count()
    option = page.locator('select[name="speaker"] option[value="putin"]')
    assert option.inner_text() == f"Vladimir Putin ({both})"
    again = ready(visit(page.url))
    assert again.locator("#showing").inner_text() == f"{both} of {CLAIMS} claims"
    again.get_by_role("button", name="Show all").click()
    again.locator("#showing", has_text=f"All {CLAIMS} claims").wait_for()
    assert "?" not in again.url
    assert not again.locator("#prose .off").count()


@pytest.mark.parametrize(
    "chosen",
    [
        {"speaker": "putin"},
        {"modality": "evaluative"},
        {"property": "rel:memberOf"},
        {"entity": "kazakhstan"},
        {"speaker": "putin", "modality": "implied", "property": "rel:memberOf", "entity": "csto"},
        {"speaker": "republisher", "modality": "planned"},
    ],
    ids="-".join,
)
def test_filters_leave_what_the_facts_say(
    visit: Visits, article: str, chosen: dict[str, str]
) -> None:
    view = PublicationView(lod.load(EXAMPLE))
    notes = [
        note for note in view.statements.values() if all(fits(note, *one) for one in chosen.items())
    ]
    claims = sum(len(note.claims) for note in notes)
    page = ready(visit(f"{article}?{urlencode(chosen)}"))
    words = f"{claims} of {CLAIMS} claims" if claims else "No claim fits. Show all to start again."
    assert page.locator("#showing").inner_text() == words
    numbers = {str(note.number) for note in notes}
    kept = page.locator("#prose .q:not(.off)").all()
    assert all(numbers & set((one.get_attribute("data-c") or "").split()) for one in kept)
    assert bool(kept) == bool(claims)
    assert shown(page) == [str(note.number) for note in notes][:40]
    assert page.get_by_role("button", name="Go to the first").is_visible() == bool(claims)


def fits(note: StatementView, name: str, value: str) -> bool:
    """Whether a note has this value of a filter."""
    return {
        "speaker": value in note.statement.speakers,
        "modality": str(note.statement.modality) == value,
        "property": shrink(note.statement.property) == value,
        "entity": value in note.entities,
    }[name]


def test_what_a_filter_leaves_stands_beside_the_text(visit: Visits, article: str) -> None:
    from playwright.sync_api import expect

    page = ready(visit(article))
    page.get_by_label("How it is meant").select_option("planned")
    left = shown(page)
    assert page.locator("#panel-title").inner_text() == page.locator("#showing").inner_text()
    assert len(left) > 2
    # A card points at its words, and leads to them.
    last = page.locator("#panel article").last
    last.hover()
    assert page.locator("#prose .q.pinned").count()
    last.get_by_role("link", name="In the text").click()
    expect(page.locator("#panel article")).to_have_count(1)
    assert shown(page) == left[-1:]
    assert page.locator("#prose .q.pinned").first.evaluate(IN_SIGHT)
    page.keyboard.press("Escape")
    assert shown(page) == left
    # What is pointed at stands there only for that long.
    page.locator("#prose a.q:not(.off)").first.hover()
    assert page.locator("#panel-title").inner_text() == "Claims of a quote"
    page.mouse.move(2, 2)
    assert shown(page) == left
    page.get_by_role("button", name="Go to the first").click()
    first = page.locator("#prose a.q:not(.off)").first
    assert shown(page) == (first.get_attribute("data-c") or "").split()
    assert first.evaluate("e => e === document.activeElement")
    page.get_by_role("button", name="Show all").click()
    page.keyboard.press("Escape")
    expect(page.locator("#panel article")).to_have_count(0)


def test_back_leads_to_the_same_view(visit: Visits, article: str) -> None:
    from playwright.sync_api import expect

    page = ready(visit(f"{article}?modality=stated"))
    quote(page, RECORD).click()
    pinned = shown(page)
    page.locator("#panel .to-claim").first.click()
    page.wait_for_url("**/claim/**")
    page.go_back()
    page = ready(page)
    expect(page.locator("#panel article")).not_to_have_count(0)
    assert shown(page) == pinned
    assert page.get_by_label("How it is meant").input_value() == "stated"
    assert quote(page, RECORD).evaluate(IN_SIGHT)
    page.evaluate("location.hash = 'claim-oil-route'")
    expect(page.locator("#panel article").first).not_to_have_attribute("data-c", pinned[0])
    page.go_back()
    expect(page.locator("#panel article").first).to_have_attribute("data-c", pinned[0])


@pytest.mark.parametrize(
    "options",
    [
        {"viewport": PHONE, "has_touch": True, "is_mobile": True},
        # A laptop at 200 %.
        {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
    ],
    ids=["phone", "zoomed"],
)
def test_an_address_opens_a_sheet_that_leaves_the_quote_in_sight(
    visit: Visits, article: str, options: dict[str, Any]
) -> None:
    page = ready(visit(f"{article}#claim-trade-2023", reduced_motion="reduce", **options))
    assert shown(page) == [number_of(page, "trade-2023")]
    words, sheet = quote(page, RECORD).bounding_box(), page.locator("#panel").bounding_box()
    assert words is not None
    assert sheet is not None
    assert words["y"] >= 0
    assert words["y"] + words["height"] <= sheet["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_arrow_keys_pass_over_what_is_filtered_out(visit: Visits, article: str) -> None:
    page = ready(visit(f"{article}?modality=planned"))
    kept = page.locator("#prose a.q:not(.off)")
    kept.first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == kept.nth(1).inner_text()


def test_an_address_with_an_unknown_value_filters_nothing(visit: Visits, article: str) -> None:
    page = ready(visit(f"{article}?speaker=nobody&view=none#claim-nothing"))
    assert page.locator("#showing").inner_text() == f"All {CLAIMS} claims"
    assert not shown(page)


def test_the_coverage_view_shows_what_no_fact_has(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    section = page.locator("section.coverage")
    assert not section.is_visible()
    page.get_by_label("Coverage").check()
    assert page.url.endswith("?view=coverage")
    assert page.locator(".hint-coverage").is_visible()
    assert not page.locator(".hint-quotes").is_visible()
    assert "50 of 50 sentences" in section.inner_text()
    assert "a wish or hope" in section.inner_text()
    missed = page.locator("#prose .u").first
    assert missed.inner_text() == "and"
    assert "wavy" in missed.evaluate("e => getComputedStyle(e).textDecoration")
    reason = page.locator("#prose .no-fact").first
    assert "a wish or hope" in reason.evaluate("e => getComputedStyle(e, '::after').content")
    again = ready(visit(page.url))
    assert again.get_by_label("Coverage").is_checked()
    again.get_by_label("Quotes").check()
    assert "?" not in again.url


def test_figures_and_text_point_at_each_other(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    number = number_of(page, "trade-2023")
    mark = page.locator(f'#quantities .mark[data-c="{number}"]')
    mark.hover()
    assert shown(page) == [number]
    assert any("new record" in words for words in lit(page))
    quote(page, RECORD).hover()
    assert "lit" in (mark.get_attribute("class") or "")
    assert page.locator("#timeline .mark.lit").count() == 1
    page.locator("#timeline .mark").first.click()
    assert "#claim-" in page.url


def test_a_name_in_the_graph_filters(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    node = page.locator('#graph [data-e="brics"]')
    node.click()
    assert "entity=brics" in page.url
    assert page.locator('select[name="entity"]').input_value() == "brics"
    node.click()
    assert "entity=" not in page.url


def test_figures_have_names_and_tables(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    for figure in page.locator("figure.figure").all():
        groups = figure.locator("[role=group]").all()
        assert groups
        for group in groups:
            label = page.locator(f"#{group.get_attribute('aria-labelledby')}")
            assert label.inner_text()
            # A row is named by its words, a line or a name of the graph by its title.
            names = group.locator("a > title, a.mark > span").all_text_contents()
            assert len(names) == group.locator("a").count()
            assert all(names)
        details = figure.locator("details")
        details.locator("summary").click()
        assert details.locator("tbody tr").count()


def test_a_tap_opens_a_sheet_that_leaves_the_quote_in_sight(visit: Visits, article: str) -> None:
    page = ready(visit(article, viewport=PHONE, has_touch=True, is_mobile=True))
    panel = page.locator("#panel")
    assert not panel.is_visible()
    words = quote(page, RECORD)
    words.tap()
    panel.wait_for(state="visible")
    page.wait_for_function(
        "() => { const sheet = document.querySelector('#panel').getBoundingClientRect();"
        " return Math.abs(sheet.bottom - innerHeight) < 2 }"
    )
    assert words.evaluate(
        "e => e.getBoundingClientRect().bottom"
        " <= document.querySelector('#panel').getBoundingClientRect().top + 1"
    )
    assert shown(page)
    page.get_by_role("button", name="Close").tap()
    assert not panel.is_visible()


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1600])
def test_nothing_is_wider_than_the_screen(visit: Visits, article: str, width: int) -> None:
    page = ready(visit(article, viewport={"width": width, "height": 740}))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_text_can_be_selected_across_quotes(visit: Visits, article: str) -> None:
    page = ready(visit(article))
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#prose p'))")
    assert page.evaluate("getSelection().toString()").startswith("An article by Russian President")


def test_what_the_page_loads(visit: Visits, article: str, requests_log: RequestsLog) -> None:
    ready(visit(article))
    kinds = {address.rpartition(".")[2] for address in requests_log.requests}
    assert kinds <= {"html", "css", "js", "svg"}
