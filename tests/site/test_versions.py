"""The pages of a text in several versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import lod
from lod.pages.view import PublicationView
from lod.site.build import build_site
from lod.site.pages.article import article_files
from lod.site.site import SiteOptions
from tests.publications.test_conforming import FOLDER
from tests.publications.test_lake_bridge import EXAMPLE
from tests.site.browser import Visits, served
from tests.site.data.sites import collected, make_site
from tests.site.links import broken_links

SOURCE = FOLDER / "versions.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    build_site(SOURCE, folder / "site", SiteOptions(full_data=True))
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


def test_every_link_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_every_version_has_its_page_its_text_and_its_data(site: Path) -> None:
    publication = lod.load(SOURCE)
    for document in publication.require_facts().document.all_versions:
        for ending in ("html", "ttl", "jsonld"):
            assert (site / f"{document.local}.{ending}").is_file()
            assert (site / f"text/{document.sha256[:12]}.{ending}").is_file()
    turtle = (site / "document/de.ttl").read_text("utf-8")
    assert "dcterms:isVersionOf <document>" in turtle
    assert "schema:workTranslation <document>" in turtle


def test_the_marks_of_each_page_are_in_its_own_text(address: str, visit: Visits) -> None:
    for document in lod.load(SOURCE).require_facts().document.all_versions:
        page = visit(f"{address}{document.local}.html")
        prose = page.locator("#prose")
        assert prose.evaluate("e => e.textContent") == document.text
        assert prose.get_attribute("lang") == document.language
        current = page.locator(".versions [aria-current]")
        assert current.inner_text() == document.key
        assert page.locator("#claim-price").count() == (document.name == "de")


def test_a_card_leads_on_from_the_page_of_any_version(address: str, visit: Visits) -> None:
    page = visit(f"{address}document/de.html")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("#claim-passengers").click()
    card = page.locator("#panel article")
    assert [one.get_attribute("lang") for one in card.locator("blockquote").all()] == ["en", "de"]
    card.locator(".to-claim").first.click()
    page.wait_for_url(f"{address}claim/passengers.html")
    quotes = page.locator("figure blockquote")
    assert [one.get_attribute("lang") for one in quotes.all()] == ["en", "de"]
    assert page.locator("figure mark").all_inner_texts() == [
        "The ferry Lark carried more than 12,000 passengers last year",
        "Die Fähre Lerche beförderte im vergangenen Jahr mehr als 12.000 Fahrgäste",
    ]
    page.locator("figure").nth(1).locator("a").first.click()
    page.wait_for_url(f"{address}document/de.html#claim-passengers")


def test_a_claim_of_one_version_leads_to_its_page(address: str, visit: Visits) -> None:
    page = visit(f"{address}notes.html")
    page.locator("#claim-price .in-text").click()
    page.wait_for_url(f"{address}document/de.html#claim-price")


def test_the_example_has_a_page_for_each_of_its_three_versions() -> None:
    view = PublicationView(lod.load(EXAMPLE))
    files = collected(article_files(view, make_site(view.base)))
    facts = lod.load(EXAMPLE).require_facts()
    assert [one.local for one in facts.document.all_versions] == [
        *("document", "document/de", "document/fr")
    ]
    for document in facts.document.all_versions:
        page = files[f"{document.local}.html"].decode()
        prose = page.partition('id="prose"')[2]
        assert f'lang="{document.language}"' in prose.partition(">")[0]
        for statement in facts.statements:
            quoted = any(one.version == document.name for one in statement.anchors)
            assert (f'id="claim-{statement.id}"' in page) == quoted
