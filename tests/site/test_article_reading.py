"""The article page for every reader: without scripts, on paper, from right to left, by axe."""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.publications.inventory import read_table
from tests.site.axe import serious
from tests.site.browser import PHONE, WIDE, Visits, served

HERE = Path(__file__).parent
ARTICLE = (HERE.parents[1] / "examples" / "russia-kazakhstan" / "article.txt").read_text("utf-8")
ARABIC = HERE / "right-to-left"
#: One a statement: the claims that a statement makes have its name before their number.
NOTES = len({row["claim"].partition("/")[0] for row in read_table("claims.tsv")})
#: What the page may weigh without its data, in bytes.
MOST_BYTES = 120_000
#: What all of it but the claims may weigh as hosts send it.
MOST_BYTES_SENT = 50_000


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page in Arabic, with places."""
    from lod.site.build import build_site
    from lod.site.site import SiteOptions

    folder = tmp_path_factory.mktemp("arabic") / "site"
    build_site(ARABIC, folder, SiteOptions())
    with served(folder) as address:
        yield f"{address}document.html"


@pytest.fixture
def article(example_address: str) -> str:
    return f"{example_address}document.html"


def test_both_names_of_the_page_have_the_same_bytes(example_site: Path) -> None:
    page = (example_site / "document.html").read_bytes()
    assert page == (example_site / "index.html").read_bytes()


def test_the_page_without_its_data_is_light(example_site: Path) -> None:
    """Its data is the marked text, and the claims that it fetches; the figures count as page."""
    page = (example_site / "document.html").read_text("utf-8")
    text = re.search(r'<div class="prose".*?</div>', page, re.DOTALL)
    assert text is not None
    scripts = re.findall(r'(?:src|href)="(assets/[^"]+\.(?:js|css))"', page)
    parts = {name: (example_site / name).stat().st_size for name in scripts}
    for module in (example_site / "assets").glob("article-*.js"):
        parts[module.name] = module.stat().st_size
    parts["page"] = len(page.encode()) - len(text[0].encode())
    assert {"assets/site.css", "assets/article.css", "assets/article.js"} <= set(parts)
    assert sum(parts.values()) < MOST_BYTES, parts
    # With the text, as hosts send it: packed.
    packed = sum(
        len(gzip.compress((example_site / name).read_bytes()))
        for name in ("document.html", "assets/icon.svg", *(set(parts) & set(scripts)))
    ) + sum(
        len(gzip.compress(module.read_bytes()))
        for module in (example_site / "assets").glob("article-*.js")
    )
    assert packed < MOST_BYTES_SENT, packed


def test_there_is_no_inline_style_or_script(example_site: Path) -> None:
    for name in ("document.html", "notes.html"):
        page = (example_site / name).read_text("utf-8")
        assert " style=" not in page
        assert "<style" not in page
        assert not re.search(r"\son[a-z]+=", page)
        assert set(re.findall(r"<script(?![^>]*src=)[^>]*>", page)) <= {
            '<script type="application/ld+json">'
        }


def test_without_scripts_all_of_it_is_there(visit: Visits, article: str) -> None:
    page = visit(article, java_script_enabled=False)
    assert page.locator("#prose").text_content() == ARTICLE
    for name in ("timeline", "quantities", "graph"):
        assert page.locator(f"#{name} [role=group]").first.is_visible()
    assert not page.locator("#filters").is_visible()
    page.get_by_label("Coverage").check()
    assert page.locator("section.coverage").is_visible()
    page.locator("a.q", has_text="Last year, it set a new record").click()
    assert page.url.endswith("notes.html#claim-trade-2023")
    card = page.locator("#claim-trade-2023")
    for words in ("more than 28 billion USD", "trade volume", "Last year", "Q232"):
        assert words in card.inner_text()
    card.get_by_role("link", name="In the text").click()
    assert page.url.endswith("document.html#claim-trade-2023")
    assert "Last year" in page.locator("#claim-trade-2023").inner_text()


def test_every_claim_is_among_the_notes(example_site: Path) -> None:
    import lod

    facts = lod.load(HERE.parents[1] / "examples" / "russia-kazakhstan").require_facts()
    notes = (example_site / "notes.html").read_text("utf-8")
    page = (example_site / "document.html").read_text("utf-8")
    for statement in facts.statements:
        assert f'id="claim-{statement.id}"' in notes
        assert page.count(f'id="claim-{statement.id}"') == 1


def test_ids_are_unique(visit: Visits, article: str) -> None:
    page = visit(article)
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("a.q").first.click()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


def layout_shift(page: Any) -> float:
    """What moved by itself since the page was opened (Cumulative Layout Shift)."""
    return float(
        page.evaluate(
            """() => new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
              }).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => resolve(sum), 400);
            })"""
        )
    )


@pytest.mark.parametrize("query", ["", "?modality=planned&view=coverage#claim-trade-2023"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_moves_by_itself(
    visit: Visits, article: str, viewport: dict[str, int], query: str
) -> None:
    page = visit(article + query, viewport=viewport)
    page.wait_for_selector("html[data-ready]", state="attached")
    assert layout_shift(page) == 0
    page.locator("#prose a.q").nth(1).hover()
    assert layout_shift(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "#claim-trade-2023",
        "?view=coverage",
        "?modality=planned",
        "?speaker=republisher&modality=planned",
    ],
)
def test_axe_finds_nothing_serious(visit: Visits, article: str, scheme: str, query: str) -> None:
    page = visit(article + query, color_scheme=scheme, reduced_motion="reduce")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert serious(page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_notes(visit: Visits, arabic: str, scheme: str) -> None:
    page = visit(arabic.replace("document.html", "notes.html"), color_scheme=scheme)
    assert serious(page, scheme) == []


def test_axe_finds_nothing_serious_on_a_phone(visit: Visits, article: str) -> None:
    page = visit(article, viewport=PHONE, has_touch=True, reduced_motion="reduce")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("a.q").first.tap()
    page.locator("#panel").wait_for(state="visible")
    assert serious(page) == []


def test_the_printed_page_has_the_text_and_the_claims(visit: Visits, article: str) -> None:
    pypdf = pytest.importorskip("pypdf")
    page = visit(article)
    page.wait_for_selector("html[data-ready]", state="attached")
    notes = page.locator("#print-notes li").all_text_contents()
    # Numbers of notes stand between the words: each is looked for on its own.
    reader = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4")))
    sheets = [one.extract_text() for one in reader.pages]
    # The drawing is on the sheet of its heading, and nothing is cut off.
    [drawing] = [sheet for sheet in sheets if "Who and what the claims relate" in sheet]
    assert "Baikonur Cosmodrome" in drawing
    assert "Kassym-Jomart" in drawing
    pages = "".join(sheets)
    page.emulate_media(media="print")
    assert page.locator("#prose").inner_text().split() == ARTICLE.split()
    assert not page.locator("#panel").is_visible()
    mark = page.locator("#prose .q[data-n]").first
    assert "underline" in mark.evaluate("e => getComputedStyle(e).textDecorationLine")
    assert mark.evaluate("e => getComputedStyle(e, '::after').content") == '"1, 4"'
    plain = letters(pages)
    for word in {letters(word) for word in ARTICLE.split()}:
        assert word in plain
    assert len(notes) == NOTES
    for note in notes:
        assert letters(note) in plain, note


def letters(text: str) -> str:
    """Only the letters, small, with ligatures taken apart: line ends and hyphens may differ."""
    import unicodedata

    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in plain if character.isalpha())


def test_a_text_from_right_to_left(visit: Visits, arabic: str) -> None:
    page = visit(arabic)
    page.wait_for_selector("html[data-ready]", state="attached")
    prose = page.locator("#prose")
    assert prose.text_content() == (ARABIC / "article.txt").read_text("utf-8")
    assert prose.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert (prose.get_attribute("lang"), prose.get_attribute("dir")) == ("ar", "rtl")
    quotes = page.locator("a.q")
    quotes.first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == quotes.nth(1).inner_text()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == quotes.first.inner_text()
    quotes.first.hover()
    card = page.locator("#panel article").first
    assert card.locator("blockquote").first.get_attribute("dir") == "rtl"
    assert serious(page) == []


def test_the_map_shows_pinned_places(visit: Visits, arabic: str) -> None:
    page = visit(arabic)
    page.wait_for_selector("html[data-ready]", state="attached")
    places = page.locator("#map .place")
    assert places.count() == 3
    boxes = {one.get_attribute("data-e"): one.bounding_box() for one in places.all()}
    moscow, astana = boxes["moscow"], boxes["astana"]
    assert moscow is not None
    assert astana is not None
    assert moscow["x"] < astana["x"]
    page.locator('#map [data-e="astana"]').hover()
    assert page.locator("#prose .q.lit").count() >= 2
    assert page.locator("#map tbody tr").count() == 3


def test_a_page_in_another_language_and_direction(
    tmp_path: Path, visit: Visits, arabic: str
) -> None:
    from lod.site.build import build_site
    from lod.site.site import SiteOptions

    words = tmp_path / "words.toml"
    words.write_text('[article]\nview_coverage = "تغطية"\n', "utf-8")
    build_site(ARABIC, tmp_path / "site", SiteOptions(language="ar", words=words))
    with served(tmp_path / "site") as address:
        page = visit(f"{address}document.html", viewport=PHONE)
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.get_by_label("تغطية").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.context.close()


def test_reduced_motion_moves_nothing(visit: Visits, article: str) -> None:
    page = visit(article, reduced_motion="reduce", viewport=PHONE)
    for selector in ("#panel", "a.q"):
        duration = page.locator(selector).first.evaluate(
            "e => getComputedStyle(e).transitionDuration"
        )
        assert duration == "0s"


def test_forced_colours_keep_quotes_apart_from_the_text(visit: Visits, article: str) -> None:
    page = visit(article, forced_colors="active")
    page.wait_for_selector("html[data-ready]", state="attached")
    one = page.locator("a.q").first
    assert "underline" in one.evaluate("e => getComputedStyle(e).textDecorationLine")
    one.click()
    assert one.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    bar = page.locator("#timeline .bar").first
    ink = page.locator("body").evaluate("e => getComputedStyle(e).color")
    assert bar.evaluate("e => getComputedStyle(e).stroke") == ink


HOSTILE = "<script>bad()</script>\"'</title></script><img src=x onerror=bad()>\u202eabc"


def test_hostile_words_do_nothing(tmp_path: Path, visit: Visits) -> None:
    import json

    from lod.site.build import build_site
    from lod.site.site import SiteOptions

    folder = tmp_path / "hostile"
    folder.mkdir()
    text = f'Trade <b onclick="bad()">grew</b> {HOSTILE} & fell.'
    (folder / "article.txt").write_text(text, "utf-8")
    data = {
        "publication": {
            "base": "https://data.example.org/hostile/",
            "title": HOSTILE,
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": HOSTILE},
        },
        "document": {
            "text": "article.txt",
            "language": "en",
            "title": HOSTILE,
            "author": "author",
            "published": "2024-06-01",
        },
        "entities": {
            "author": {"type": "Person", "label": HOSTILE},
            "trade": {"type": "Flow", "label": "long " * 200_000},
        },
        "claims": [
            {
                "id": "a",
                "quote": '<b onclick="bad()">grew</b>',
                "subject": "trade",
                "property": "status",
                "value": {"text": HOSTILE},
                "note": HOSTILE,
            }
        ],
    }
    (folder / "facts.json").write_text(json.dumps(data), "utf-8")
    build_site(folder / "facts.json", tmp_path / "site", SiteOptions())
    with served(tmp_path / "site") as address:
        page = visit(f"{address}document.html")
        page.wait_for_selector("html[data-ready]", state="attached")
        assert page.locator("#prose").text_content() == text
        page.locator("a.q").first.click()
        assert page.locator("#panel article").count() == 1
        assert page.locator("main img, main script, #prose b").count() == 0
        assert len(page.title()) < 200
        page.goto(f"{address}notes.html")
        assert page.locator("main img, main script").count() == 0
        page.context.close()
    assert (tmp_path / "site" / "document.html").stat().st_size < 100_000
