"""Whose page it is, and how soon the text begins: the first screen of the article page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.pages.interface import Words
from tests.site.browser import Visits, served


@pytest.fixture(scope="module")
def one_claim_address(one_claim_site: Path) -> Iterator[str]:
    with served(one_claim_site) as address:
        yield address


def test_the_masthead_says_who_annotated_and_who_wrote(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}document.html")
    masthead = " ".join(page.locator(".masthead .kicker").inner_text().split())
    assert masthead == (
        "Facts annotated by Example Data Desk · text by Vladimir Putin in Kazakhstan Truth, "
        "2024-11-27"
    )
    assert page.locator(".site-name").inner_text() == "Example Data Desk"
    # The title is said once above the text.
    title = page.locator("h1").inner_text()
    assert page.locator("body").inner_text().split("An article by")[0].count(title) == 1


def test_it_leads_to_the_original(visit: Visits, one_claim_address: str) -> None:
    page = visit(f"{one_claim_address}document.html")
    masthead = page.locator(".masthead .kicker")
    words = " ".join(masthead.inner_text().split())
    assert words == "Facts annotated by Datenredaktion · text of 2024-03-01 · Original"
    original = masthead.get_by_role("link", name="Original").get_attribute("href")
    assert original == "https://news.example.org/2024/schulen?seite=1"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768), (1440, 900)])
def test_the_text_begins_on_the_first_screen(
    visit: Visits, example_address: str, width: int, height: int
) -> None:
    page = visit(f"{example_address}document.html", viewport={"width": width, "height": height})
    box = page.locator("#prose").bounding_box()
    assert box is not None
    assert box["y"] < 0.75 * height


def test_the_filters_of_a_phone_stay_away_until_they_are_asked_for(
    visit: Visits, example_address: str
) -> None:
    phone = {"width": 390, "height": 844}
    page = visit(f"{example_address}document.html", viewport=phone, has_touch=True)
    page.wait_for_selector("html[data-ready]", state="attached")
    speaker = page.get_by_label("Speaker")
    assert not speaker.is_visible()
    button = page.get_by_role("button", name="Filter")
    button.tap()
    assert button.get_attribute("aria-expanded") == "true"
    speaker.select_option("putin")
    assert page.locator("#showing").is_visible()
    again = visit(page.url, viewport=phone)
    again.wait_for_selector("html[data-ready]", state="attached")
    assert " of " in again.locator("#showing").inner_text()
    assert not again.get_by_label("Speaker").is_visible()


def test_one_of_a_thing_is_in_the_singular(visit: Visits, one_claim_address: str) -> None:
    page = visit(f"{one_claim_address}document.html")
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator("#showing").inner_text() == "1 claim"
    about = page.locator(".about").inner_text()
    assert "1 claim by 1 speaker, on 1 quote from 1 sentence. They name 1 entity;" in about


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "один"),
        (2, "2 два"),
        (5, "5 много"),
        (11, "11 много"),
        (21, "один"),
        (1_022, "1\u00a0022 два"),
    ],
)
def test_a_language_says_which_digits_take_which_form(
    tmp_path: Path, number: int, words: str
) -> None:
    own = tmp_path / "ru.toml"
    own.write_text(
        '[common]\nplural_one = "(.*[^1])?1"\nplural_few = "(.*[^1])?[2-4]"\n'
        '[article]\nquotes_one = "один"\nquotes_few = "{n} два"\nquotes = "{n} много"\n',
        "utf-8",
    )
    assert Words("ru", own).count("article.quotes", number) == words
