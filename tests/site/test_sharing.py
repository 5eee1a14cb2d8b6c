"""What a page hands on: descriptions, pictures, cards, references, links into the original."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import lod
from lod.model.anchor import Anchor, Selector
from lod.pages.citing import make_item, written
from lod.pages.interface import Words
from lod.pages.originals import words_in_original
from lod.pages.pictures import HEIGHT, WIDTH, Card, MissingLettersError, draw
from lod.pages.render import Templates
from lod.pages.sharing import claim_card, publication_card
from lod.pages.view import PublicationView
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.publications.inventory import EXAMPLE
from tests.site.browser import Visits, served

HERE = Path(__file__).parent
PICTURES = HERE / "pictures"
BASE = "https://data.example.org/russia-kazakhstan/"


class _Meta(HTMLParser):
    """The meta elements of a page, and its links."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str | None]] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta":
            # One element may say the same by a name and as a property (HTML+RDFa 1.1, section 4.1).
            for name in filter(None, (found.get("name"), found.get("property"))):
                assert name not in self.meta, name
                self.meta[name] = found["content"] or ""
        if tag == "link":
            self.links.append(found)


@pytest.fixture(scope="module")
def with_cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("resvg_py")
    folder = tmp_path_factory.mktemp("cards") / "site"
    build_site(HERE / "one-claim", folder, SiteOptions(cards=True))
    return folder


@pytest.fixture(scope="module")
def view() -> PublicationView:
    return PublicationView(lod.load(EXAMPLE))


@pytest.mark.parametrize(
    "page",
    [
        *("document.html", "notes.html", "claims.html", "claim/trade-2023.html", "search.html"),
        *("claim/oil-route.html", "entities.html", "entity/putin.html", "dataset.html"),
        *("build.html", "reported/putin.html", "vocabulary/index.html"),
        "vocabulary/rel/memberOf.html",
    ],
)
def test_every_page_says_what_it_is(example_site: Path, page: str) -> None:
    meta = _Meta(example_site / page).meta
    assert 20 < len(meta["description"]) <= 301
    assert meta["og:title"]
    assert meta["og:description"] == meta["description"]
    assert meta["og:url"] == BASE + page
    assert meta["og:site_name"] == "Example Data Desk"


def test_a_claim_is_shared_with_its_words_and_who_says_them(example_site: Path) -> None:
    meta = _Meta(example_site / "claim/trade-2023.html").meta
    assert meta["og:title"].startswith("Vladimir Putin says that trade between Russia")
    assert "Claims in the article" not in meta["og:title"]
    assert meta["description"] == (
        "“Last year, it set a new record, exceeding the threshold of $28 billion” – Vladimir "
        "Putin, Kazakhstan Truth, 2024-11-27. Claims are reported, not asserted: each says who "
        "says it."
    )


def test_the_picture_stands_at_its_whole_address(with_cards: Path) -> None:
    base = "https://data.example.org/neustadt/"
    meta = _Meta(with_cards / "document.html").meta
    assert meta["og:image"] == f"{base}card.png"
    assert meta["twitter:card"] == "summary_large_image"
    own = _Meta(with_cards / "claim/schools.html").meta["og:image"]
    assert own == f"{base}claim/schools/card.png"
    for path in (meta["og:image"], own):
        content = (with_cards / path.removeprefix(base)).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert content[16:24] == WIDTH.to_bytes(4, "big") + HEIGHT.to_bytes(4, "big")
    assert (int(meta["og:image:width"]), int(meta["og:image:height"])) == (WIDTH, HEIGHT)


def _cards(view: PublicationView) -> dict[str, Card]:
    arabic = PublicationView(lod.load(HERE / "right-to-left"))
    claim = next(one for one in view.claims if one.id == "trade-2023")
    return {
        "publication": publication_card(view, Words()),
        "claim": claim_card(view, claim, Words()),
        "right-to-left": publication_card(arabic, Words()),
    }


@pytest.mark.parametrize("name", ["publication", "claim", "right-to-left"])
def test_pictures_are_drawn_as_they_were(view: PublicationView, name: str) -> None:
    """Pixel by pixel. To draw them anew: delete the file, and look at what is written."""
    pytest.importorskip("resvg_py")
    from PIL import Image, ImageChops, ImageStat

    card, templates = _cards(view)[name], Templates(Words())
    drawn = draw(card, templates)
    assert drawn == draw(card, templates)
    expected = PICTURES / f"{name}.png"
    if not expected.exists():
        PICTURES.mkdir(exist_ok=True)
        expected.write_bytes(drawn)
        pytest.fail(f"{expected} was not there: look at it")
    found = Image.open(io.BytesIO(drawn)).convert("RGB")
    difference = ImageChops.difference(found, Image.open(expected).convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 0.5


@pytest.mark.parametrize(
    ("words", "letters"), [("貿易 grew", "易貿"), ("كازاخستان and Россия", None), ("😀", "😀")]
)
def test_letters_that_no_font_has_are_told_and_not_left_out(
    words: str, letters: str | None
) -> None:
    pytest.importorskip("resvg_py")
    card = Card("Desk", (words, "en"), ("quote", "en"), "Ann", "foot")
    with pytest.raises(MissingLettersError) as error:
        draw(card, Templates(Words()))
    assert letters is None or error.value.letters == letters


@pytest.mark.parametrize("character", ["\0", "\x01", "\x0b", "\ufffe"])
def test_what_svg_cannot_hold_has_no_form(character: str) -> None:
    pytest.importorskip("resvg_py")
    with_it = Card(
        "Desk", (f"a title{character}", "en"), ("quote", "en"), f"A{character}nn", "foot"
    )
    plain = Card("Desk", ("a title", "en"), ("quote", "en"), "Ann", "foot")
    assert draw(with_it, Templates(Words())) == draw(plain, Templates(Words()))


def test_a_site_without_a_picture_says_why(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    folder = tmp_path / "in"
    folder.mkdir()
    for file in (HERE / "one-claim").iterdir():
        text = file.read_text("utf-8").replace("Schulen in Neustadt", "新しい学校")
        (folder / file.name).write_text(text, "utf-8")
    report = build_site(folder, tmp_path / "out", SiteOptions())
    assert set(report.undrawn) == {"card.png"}
    assert set(report.undrawn["card.png"]) == set("新しい学校")
    assert not (tmp_path / "out" / "card.png").exists()
    meta = _Meta(tmp_path / "out" / "document.html").meta
    assert "og:image" not in meta
    assert meta["twitter:card"] == "summary"


@pytest.mark.parametrize(
    ("text", "lines"),
    [("word " * 200, 3), ("x" * 2000, 3), ("short", 1), ("two   words\nand more", 1)],
)
def test_what_is_long_is_cut_where_it_ends(text: str, lines: int) -> None:
    pytest.importorskip("resvg_py")
    from lod.pages.pictures import _fitted, _width

    block = _fitted(text.strip(), (64, 42), 3)
    assert len(block.lines) == lines
    assert all(_width(line) * block.size <= WIDTH for line, _ in block.lines)
    assert block.lines[-1][0].endswith("…") == (lines == 3)


def test_a_card_is_all_that_is_shown_at_its_address(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}claim/trade-2023.html#card", java_script_enabled=False)
    text = page.locator("body").inner_text()
    for words in ("Vladimir Putin says that", "Last year, it set", "stated", "Example Data Desk"):
        assert words in text
    assert "not asserted" in text
    shown = page.locator("body > *, nav, form").filter(visible=True)
    assert [one.get_attribute("id") for one in shown.all()] == ["card"]
    link = page.get_by_role("link", name="Vladimir Putin says")
    assert link.get_attribute("target") == "_top"
    link.click()
    assert page.url == f"{example_address}claim/trade-2023.html"
    assert page.locator("#card").is_hidden()
    assert page.locator("nav").first.is_visible()


def test_the_snippet_shows_the_card_in_another_page(
    visit: Visits, with_cards: Path, tmp_path: Path
) -> None:
    data = json.loads((with_cards / "claim/schools/card.json").read_text("utf-8"))
    assert (data["version"], data["type"]) == ("1.0", "rich")
    assert data["thumbnail_url"].endswith("claim/schools/card.png")
    discovery = [
        link["href"]
        for link in _Meta(with_cards / "claim/schools.html").links
        if link.get("type") == "application/json+oembed"
    ]
    assert discovery == ["https://data.example.org/neustadt/claim/schools/card.json"]
    with served(with_cards) as address:
        snippet = data["html"].replace("https://data.example.org/neustadt/", address)
        (tmp_path / "news.html").write_text(f"<h1>News</h1>{snippet}", "utf-8")
        page = visit((tmp_path / "news.html").as_uri())
        frame = page.frame_locator("iframe")
        assert "mehr als 3,2 Millionen EUR" in frame.locator("h2:visible").inner_text()
        page.context.close()
    assert visit.log.foreign, "the frame is from elsewhere"
    visit.log.foreign.clear()


def test_a_snippet_cannot_break_out_of_its_page(with_cards: Path) -> None:
    page = (with_cards / "claim/schools.html").read_text("utf-8")
    assert "<iframe" not in page
    assert '&lt;iframe src="https://data.example.org/neustadt/claim/schools.html#card" ' in page


def test_buttons_copy(visit: Visits, example_address: str) -> None:
    page = visit(
        f"{example_address}claim/trade-2023.html",
        permissions=["clipboard-read", "clipboard-write"],
    )
    read = "navigator.clipboard.readText()"
    page.get_by_role("button", name="Copy the link").click()
    assert page.evaluate(read) == f"{BASE}claim/trade-2023"
    page.get_by_role("button", name="Copy the sentence").click()
    assert page.evaluate(read) == page.locator("h1").inner_text()
    page.get_by_text("BibTeX").click()
    page.locator("details[open] button").click()
    assert page.evaluate(read).startswith("@misc{data-example-org-russia-kazakhstan-claim")
    assert page.locator("details[open] button").inner_text() == "Copied"


def test_references_say_the_same_in_every_form() -> None:
    item = make_item(
        "https://data.example.org/x/claim/a%20b",
        "entry",
        "Ann says that 5 % of {A & B_C} are “new” – ~ \\ ^ $ #",
        [("Desk & Co", None), ("Ann Smith", "https://orcid.org/0000-0002-1825-0097")],
        container="Claims",
        publisher="Desk & Co",
        day="2024-03-05",
        version="1.0",
    )
    forms = dict(written(item))
    assert forms["CSL-JSON"] == json.dumps([item], ensure_ascii=False, indent=1)
    (loaded,) = json.loads(forms["CSL-JSON"])
    assert loaded == item
    assert loaded["issued"] == {"date-parts": [[2024, 3, 5]]}
    bibtex = forms["BibTeX"]
    assert bibtex.startswith("@misc{data-example-org-x-claim-a-20b,\n")
    # Braces that are not escaped are balanced, and nothing special is left as it is.
    plain = re.sub(r"\\[#$%&_{}]|\\text[a-z]+\{\}", "", bibtex)
    assert plain.count("{") == plain.count("}")
    assert not set("#$%&~^\\") & set(re.sub(r"url = \{.*\}", "", plain))
    ris = dict(line.split("  - ", 1) for line in forms["RIS"].split("\n"))
    assert (ris["TY"], ris["PY"], ris["DA"], ris["UR"]) == (
        *("ELEC", "2024", "2024/03/05/"),
        "https://data.example.org/x/claim/a%20b",
    )
    assert forms["RIS"].endswith("ER  - ")


TEXT = (
    "We met. We met again, in May-June & later.\n\nFirst line of it\nand its last line.\n"
    + "One long sentence goes on and on, " * 8
    + "to its end.\n"
)


@pytest.mark.parametrize(
    ("quotes", "directive"),
    [
        (["again, in May-June & later"], "text=again%2C%20in%20May%2DJune%20%26%20later"),
        (["met"], "text=We-,met"),
        (["We met."], "text=We%20met."),
        (["line of it\nand its"], "text=line%20of%20it,and%20its"),
        (["First", "last line"], "text=First&text=last%20line"),
        (
            [TEXT.splitlines()[-1]],
            "text=One%20long%20sentence%20goes%20on%20and,on%20and%20on%2C%20to%20its%20end.",
        ),
    ],
)
def test_a_link_names_the_words_in_the_original(quotes: list[str], directive: str) -> None:
    selectors = tuple(Selector(q, "", "", TEXT.index(q), TEXT.index(q) + len(q)) for q in quotes)
    document: Any = SimpleNamespace(iri="https://news.example.org/a", text=TEXT)
    link = words_in_original(document, Anchor(selectors, 1, 1))
    assert link is not None
    assert link.partition("#:~:")[2] == directive
    document.iri = "https://news.example.org/a#part"
    link = words_in_original(document, Anchor(selectors, 1, 1))
    assert link == f"https://news.example.org/a#part:~:{directive}"


@pytest.mark.parametrize("iri", [None, "javascript:alert(1)", "urn:isbn:1"])
def test_without_an_address_there_is_no_link(iri: str | None) -> None:
    document: Any = SimpleNamespace(iri=iri, text=TEXT)
    assert words_in_original(document, Anchor((Selector("met", "", "", 3, 6),), 1, 1)) is None


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, view: PublicationView) -> Iterator[str]:
    """The text of the example as a page somewhere else, with a screen of space before each line."""
    folder = tmp_path_factory.mktemp("original")
    lines = view.facts.document.text.splitlines()
    body = "".join(f"<div style='height:1500px'></div><p>{line}</p>" for line in lines if line)
    page = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{body}"
    (folder / "page.html").write_text(page, "utf-8")
    with served(folder) as address:
        yield f"{address}page.html"


def test_the_browser_finds_the_words(visit: Visits, view: PublicationView, original: str) -> None:
    document: Any = SimpleNamespace(iri=original, text=view.facts.document.text)
    claims = {claim.id: claim for claim in view.claims}
    page = visit(original)
    for id_ in ("trade-2023", "new-plans", "oil-route/1"):
        anchor = claims[id_].statement.anchors[0]
        link = words_in_original(document, anchor)
        assert link is not None
        page.goto("about:blank")
        page.goto(link)
        paragraph = page.locator("p", has_text=anchor.selectors[0].exact[:40]).first
        box = paragraph.bounding_box()
        assert box is not None
        assert -200 < box["y"] < 1000, link
