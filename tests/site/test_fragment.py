"""Parts of pages in a page of somebody else: it stays as it was, and so do they."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jinja2 import Environment, FileSystemLoader

from lod.errors import InputError
from lod.pages.scoped import scoped
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.corpus.conftest import publication, write_folder
from tests.site.browser import PHONE, WIDE, Visits, served
from tests.site.conftest import EXAMPLE
from tests.site.links import broken_links

#: A page of a newspaper, with names and elements that the parts have too.
HOST = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<style>{scheme}
body {{ margin: 0; font: 17px/1.4 Georgia, serif; background: #fffbe6; color: #203040 }}
.frame {{ max-width: {width}px; margin: 0 auto }}
h1 {{ color: rgb(10, 100, 10); letter-spacing: 2px }} a {{ color: rgb(120, 0, 120) }}
.menu {{ display: block }} table {{ width: auto }}
</style>{head}</head>
<body><header class="top"><h1 class="lead">The Example Herald</h1>
<nav class="menu"><a href="/" class="button tag">Home</a></nav>
<table class="stack"><tr><td class="number">1</td></tr></table>
<blockquote class="quotes">Ours</blockquote><button class="copy">Ours</button>
<input class="facets" value="ours"></header>
<main class="frame" id="frame">{part}</main></body></html>
"""
#: What a browser computes of everything in the head of that page.
_STYLES = """() => [
  ...document.querySelectorAll('html, body, body > header, body > header *'),
].map(e => {
  const all = getComputedStyle(e);
  const kept = [...all].filter(n => !/height|block-size|-origin/.test(n));  // the page is longer
  return [e.tagName, ...kept.map(n => n + ':' + all.getPropertyValue(n))].join('; ');
})"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in parts, below /facts/ of a host."""
    folder = tmp_path_factory.mktemp("host") / "facts"
    build_site(EXAMPLE, folder, SiteOptions(fragment=True, base_path="/facts/"))
    return folder


@pytest.fixture(scope="module")
def host(parts: Path) -> Iterator[str]:
    with served(parts.parent) as address:
        yield address


def page_of(
    parts: Path, name: str, *, width: int = 1100, scheme: str = "", part: bool = True
) -> str:
    """A page of the newspaper with a part in it."""
    head, body = (
        (parts / f"{name}{ending}").read_text("utf-8") if part else ""
        for ending in (".head", ".html")
    )
    return HOST.format(head=head, part=body, width=width, scheme=scheme)


def test_the_page_around_stays_as_it_was(visit: Visits, parts: Path, host: str) -> None:
    file = parts.parent / "page.html"
    page = None
    for name in ("document", "claim/trade-2023", "dataset"):
        looks = []
        for with_part in (False, True):
            file.write_text(page_of(parts, name, part=with_part), "utf-8")
            page = page or visit(f"{host}page.html")
            page.goto(f"{host}page.html")
            looks.append(page.evaluate(_STYLES))
        assert looks[0] == looks[1], name
    file.unlink()


#: Text of the part that lies outside of the column, and how many lines of it are shown at all.
_OUTSIDE = """() => {
  const column = document.getElementById('frame').getBoundingClientRect();
  return [...document.querySelectorAll('.lod :is(p, h1, h2, h3, dt, dd, a, li)')].filter(e => {
    const box = e.getBoundingClientRect();
    const hidden = !box.width || e.closest('.visually-hidden, .scroll, .canvas, details');
    return !hidden && (box.right > column.right + 1 || box.left < column.left - 1);
  }).map(e => e.className + e.textContent.slice(0, 40));
}"""


@pytest.mark.parametrize("name", ["document", "claim/trade-2023", "claims", "entity/kazakhstan"])
def test_a_part_keeps_to_its_column(name: str, visit: Visits, parts: Path, host: str) -> None:
    file = parts.parent / "narrow.html"
    # A column that is narrow on a wide screen: what counts is not the window.
    file.write_text(page_of(parts, name, width=420), "utf-8")
    page = visit(f"{host}narrow.html", viewport=WIDE)
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        assert page.evaluate(_OUTSIDE) == []
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0
    assert page.locator(".lod h1").count() == 1
    assert page.locator("script:not([type])").count() == 0
    assert page.locator(".lod .panel, .lod .controls > *").filter(visible=True).count() == 0


def test_colours_follow_the_page_around(visit: Visits, parts: Path, host: str) -> None:
    def paper(scheme: str) -> Any:
        (parts.parent / "dark.html").write_text(page_of(parts, "claims", scheme=scheme), "utf-8")
        page = visit(f"{host}dark.html", color_scheme="dark")
        return page.locator(".lod").evaluate("e => getComputedStyle(e).backgroundColor")

    assert paper("") == "rgb(251, 250, 247)"
    assert paper(":root { color-scheme: light dark }") == "rgb(22, 23, 26)"


def test_links_lead_from_part_to_part(visit: Visits, parts: Path, host: str) -> None:
    (parts.parent / "deep").mkdir(exist_ok=True)
    (parts.parent / "deep" / "page.html").write_text(page_of(parts, "claim/trade-2023"), "utf-8")
    page = visit(f"{host}deep/page.html", java_script_enabled=False)
    links = page.locator(".lod a[href], head link[href]").evaluate_all(
        "all => all.map(e => [e.textContent, e.href])"
    )
    led = {address.removeprefix(host): text for text, address in links if address.startswith(host)}
    assert led["facts/entity/trade.html"] == "trade between Russia and Kazakhstan"
    assert "facts/document.html#claim-trade-2023" in led
    assert "facts/assets/fragment.css" in led
    places = {unquote(path.partition("#")[0]) for path in led}
    assert [one for one in places if not (parts.parent / one).is_file()] == []


def test_relative_links_lead_somewhere_and_there_is_nothing_for_scripts(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "in", publication(1))
    build_site(source, tmp_path / "out", SiteOptions(fragment=True))
    assert broken_links(tmp_path / "out") == []
    names = {
        path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")
    }
    assert not {"search.html", "404.html", "data/search.json"} & names
    assert [name for name in names if name.endswith(".js")] == []
    listed = json.loads((tmp_path / "out" / "parts.json").read_text("utf-8"))
    assert [one["path"] for one in listed] == sorted(
        name.removesuffix(".head") + ".html" for name in names if name.endswith(".head")
    )
    assert all(one["title"] and one["description"] for one in listed)


def test_words_of_a_text_are_no_template(tmp_path: Path) -> None:
    data = publication(1)
    words = "{{ 7 * 7 }} {% raw %} {# gone #} {{< figure >}}"
    data["publication"]["title"] = words
    data["document"]["title"] = words
    source = write_folder(tmp_path / "in", data)
    build_site(source, tmp_path / "out", SiteOptions(fragment=True, base_path="/x/"))
    environment = Environment(loader=FileSystemLoader(tmp_path / "out"), autoescape=True)
    for name in ("document.html", "document.head", "dataset.html", "claims.html", "claims.head"):
        template = (tmp_path / "out" / name).read_text("utf-8")
        assert environment.get_template(name).render() + "\n" * template.endswith("\n") == template
        assert not re.search(r"\{[{%#]", template), name
    head = (tmp_path / "out" / "document.head").read_text("utf-8")
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    assert words in json.dumps(json.loads(text), ensure_ascii=False)


@pytest.mark.slow
def test_a_corpus_in_parts(tmp_path: Path) -> None:
    for number in (1, 2):
        write_folder(tmp_path / "in" / str(number), publication(number))
    options = SiteOptions(fragment=True, base_path="/facts/")
    for name in ("out", "again"):
        build_site(tmp_path / "in", tmp_path / name, options)
    build_site(tmp_path / "in", tmp_path / "again", SiteOptions())
    assert "<!doctype html>" in (tmp_path / "again" / "index.html").read_text("utf-8")
    build_site(tmp_path / "in", tmp_path / "again", options)
    first = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert first.startswith('<div class="lod">')
    assert first == (tmp_path / "again" / "index.html").read_text("utf-8")
    links = set(re.findall(r'href="([^"#]+)', first))
    assert links
    for link in links:
        assert (tmp_path / "out" / link.removeprefix("/facts/")).is_file(), link


@pytest.mark.parametrize("path", ["facts", "/facts", "https://x.example/facts/", "/a b/", "//x/"])
def test_a_base_path_begins_and_ends_with_a_slash(path: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="begins and ends with a slash"):
        build_site(EXAMPLE, tmp_path / "out", SiteOptions(fragment=True, base_path=path))


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        ("a{b:c}", "a {b:c}"),
        (":root, html body{b:c}", "&, & & {b:c}"),
        ("main > p{b:c}", ".lod-main > p {b:c}"),
        (".main .body-x{b:c}", ".main .body-x {b:c}"),
        ('a::before{content:"};{"}', 'a::before {content:"};{"}'),
        ("a{b:1.5rem}", "a {b:calc(1.5 * var(--rem))}"),
        ("a{/* } */b:c}", "a {b:c}"),
        ("a{b:1em + 1.8vw}", "a {b:1em + 1.8cqi}"),
        ("@media print{a{b:c}}", "@media print {\na {b:c}\n}"),
        ("@media (min-width: 2rem){a{b:c}}", "@container lod (min-width: 2rem) {\na {b:c}\n}"),
        ("@media (scripting: none){a{b:c}}", "a {b:c}"),
        ("a{--x: 1;}@media (prefers-color-scheme: dark){a{--x: 2;}}", "a {--x: light-dark(1, 2);}"),
        ("@page{margin:0}:root{color-scheme:dark;b:c}", "& {b:c}"),
    ],
)
def test_a_style_sheet_within_an_element(css: str, inside: str) -> None:
    assert scoped(css) == f".lod {{\n{inside}\n}}\n"


def test_what_has_a_name_stands_beside() -> None:
    css = "@keyframes x{from{top:0}}a{b:c}"
    assert scoped(css) == "@keyframes x {from{top:0}}\n.lod {\na {b:c}\n}\n"
