"""Hostile labels, quotes and IRIs: the pages show them, and do nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import InputError
from lod.pages.render import script_json
from lod.pages.texts import safe_link, short, tab
from lod.site.build import build_site
from lod.site.files import check_path
from lod.site.site import SiteOptions
from tests.corpus.conftest import publication, write_folder, write_lines
from tests.site.browser import Visits, served
from tests.site.links import broken_links

ATTACK = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">\'"`{{7*7}}'
IN_JSON = "</script><script>window.pwned = 1</script><!--"
TURNED = "\u202egnp.exe\u202d\u2066abc"
LONG = "x" * 1_000_000
SLUG = "s" * 100


def hostile() -> dict[str, Any]:
    """A publication whose every text is an attack."""
    data = publication(1)
    member, firms = data["claims"]
    quote = f"{ATTACK} is a member of the Union {IN_JSON}"
    data["publication"] |= {
        "title": f"{ATTACK} {IN_JSON} {TURNED}",
        "description": ATTACK,
        "keywords": [ATTACK, IN_JSON],
        "publisher": {"name": ATTACK + IN_JSON, "url": "https://evil.example/?a='&b="},
    }
    data["document"] |= {
        "content": f"{quote}. It has more than 1001 firms. {TURNED} {ATTACK}",
        "title": f"{IN_JSON}{ATTACK}",
        "author": "attacker",
    }
    data["entities"] = {
        "aldova": {"type": "Country", "label": {"en": ATTACK, "ar": TURNED}, "also": [IN_JSON]},
        "union": {"type": "Organization", "label": LONG, "description": ATTACK + IN_JSON},
        "firms": {"type": "Group", "label": TURNED, "wikidata": {"none": ATTACK}},
        "attacker": {"type": "Person", "label": IN_JSON, "wikidata": "Q42"},
        SLUG: {"type": "Person", "label": "limit", "sameAs": "https://x.example/a'b&c"},
    }
    data["claims"] = [
        {**member, "quote": quote, "id": SLUG, "note": ATTACK},
        {**firms, "with": {"manner": {"text": ATTACK + IN_JSON}}},
        {
            "id": "words",
            "quote": TURNED,
            "subject": [SLUG, "aldova"],
            "property": "describedAs",
            "value": {"text": IN_JSON + TURNED},
            "modality": "evaluative",
        },
    ]
    return data


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The hostile publication as the only one of a site, and as one of several."""
    root = tmp_path_factory.mktemp("hostile")
    one = build_site(write_folder(root / "in", hostile()), root / "one", SiteOptions())
    assert one.publications == 1, one.findings
    corpus = write_lines(root / "c.jsonl", [hostile(), publication(2)])
    several = build_site(corpus, root / "several", SiteOptions())
    assert several.publications == 2, several.findings
    return {"one": root / "one", "several": root / "several"}


class _Reader(HTMLParser):
    """Notes what a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._in_data = tag == "script" and "json" in values.get("type", "")
        if tag == "script" and "src" not in values and not self._in_data:
            self.bad.append(f"an inline script: {self.get_starttag_text()}")
        if tag in ("iframe", "object", "embed", "base", "style"):
            self.bad.append(str(self.get_starttag_text()))
        for name, value in values.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.bad.append(f"{tag} has {name}")
            is_address = name in ("href", "src", "action", "formaction")
            scheme = re.match(r"\s*([A-Za-z][A-Za-z0-9+.-]*):", value) if is_address else None
            if scheme and scheme[1].lower() not in ("http", "https", "mailto"):
                self.bad.append(f"{tag} leads to {value[:80]}")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


@pytest.mark.parametrize("name", ["one", "several"])
def test_no_page_has_anything_that_runs(name: str, sites: dict[str, Path]) -> None:
    pages = sorted(sites[name].rglob("*.html"))
    assert pages
    for page in pages:
        reader = _Reader()
        reader.feed(page.read_text("utf-8"))
        assert reader.bad == [], page
        for data in reader.data:
            json.loads(data)
    assert broken_links(sites[name]) == []


@pytest.mark.parametrize("name", ["one", "several"])
def test_pages_do_nothing_in_a_browser(name: str, sites: dict[str, Path], visit: Visits) -> None:
    folder = sites[name] / ("1" if name == "several" else "")
    with served(sites[name]) as address:
        page = visit(address)
        asked: list[str] = []
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        files = [file for file in sorted(folder.rglob("*.html")) if "vocabulary" not in file.parts]
        files += sorted(sites[name].glob("item/*.html"))
        for file in files:
            if file.name != "404.html":
                page.goto(address + file.relative_to(sites[name]).as_posix())
                assert page.evaluate("window.pwned") is None, file
        assert asked == []


def test_attacks_are_shown_as_text(sites: dict[str, Path], visit: Visits) -> None:
    with served(sites["one"]) as address:
        page = visit(f"{address}entity/aldova.html")
        assert page.locator("h1").inner_text() == ATTACK
        page.goto(f"{address}claim/firms.html")
        scripts = page.locator("script:not([type])").evaluate_all("all => all.map(e => e.src)")
        assert scripts == [f"{address}assets/share.js"]
        assert IN_JSON in page.locator("main").inner_text()
        # A turn of direction stays in its own element, and out of the title.
        page.goto(f"{address}entity/firms.html")
        assert "\u202e" not in page.title()
        assert page.locator("h1").evaluate("e => getComputedStyle(e).unicodeBidi") == "isolate"


def test_a_label_of_a_megabyte_is_cut(sites: dict[str, Path]) -> None:
    for file in ("claims.html", "entities.html", f"claim/{SLUG}.html", "index.html"):
        assert (sites["one"] / file).stat().st_size < 1_500_000
    for file in ("claims.html", "entities.html"):
        assert (sites["one"] / file).stat().st_size < 100_000


def test_the_longest_ids_have_pages(sites: dict[str, Path]) -> None:
    assert (sites["one"] / "entity" / f"{SLUG}.html").is_file()
    assert (sites["one"] / "claim" / f"{SLUG}.html").is_file()
    assert (sites["one"] / "claim" / "words" / "2.html").is_file()


@pytest.mark.parametrize(
    "iri",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>1</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://x.example/1",
        "//evil.example/",
        "urn:x:y",
        "https:evil",
        "http://",
        'https://x.example/"onclick="1',
        "https://x.example/<script>",
        "https://x.example/a b",
        "https://x.example/\u009f",
        "",
        None,
    ],
)
def test_what_is_no_link(iri: str | None) -> None:
    assert safe_link(iri) is None


@pytest.mark.parametrize(
    "iri", ["https://x.example/ж?a=b#c", "http://x.example", "mailto:a@x.example"]
)
def test_what_is_a_link(iri: str) -> None:
    assert safe_link(iri) == iri


@given(st.text())
def test_safe_links_have_a_safe_scheme(text: str) -> None:
    link = safe_link(text)
    assert link is None or link.lower().startswith(("http://", "https://", "mailto:"))


@given(st.recursive(st.text() | st.none(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)))
def test_json_in_scripts_cannot_end_them(data: Any) -> None:
    text = script_json(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028\u2029") & set(text)


@given(st.text(max_size=3000), st.integers(10, 300))
def test_short_texts_are_short_and_begin_the_text(text: str, longest: int) -> None:
    cut = short(text, longest)
    assert len(cut) <= longest + 1
    assert "\n" not in cut
    assert " ".join(text.split()).startswith(cut.removesuffix("…").rstrip())
    assert not {"\u202e", "\u2066"} & set(tab(text))


@pytest.mark.parametrize(
    "path", ["../x", "/etc/passwd", "a//b", "a/./b", "a/../../b", "a\\b", "a\0b", "", "x" * 256]
)
def test_no_file_leaves_the_site(path: str) -> None:
    with pytest.raises(InputError):
        check_path(path)
