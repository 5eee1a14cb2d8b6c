"""Sitemaps, feed and robots.txt by their rules."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lod.site.build import build_site
from lod.site.data import feeds
from lod.site.data.feeds import LONGEST, feed_files, publication_sitemaps, site_sitemaps
from lod.site.site import SiteOptions
from lod.site.summaries import Summaries
from tests.corpus.conftest import write_lines
from tests.site.corpora import linked
from tests.site.data.sites import (
    MODIFIED,
    collected,
    example_files,
    example_view,
    make_site,
    many_summaries,
)

BASE = example_view().base
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
# RFC 3339, section 5.6, as RFC 4287, section 3.3 wants it.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def locations(content: bytes, kind: str) -> list[str]:
    """The addresses of a sitemap, which is held to the protocol."""
    root = ET.fromstring(content)  # noqa: S314 (ours)
    assert root.tag == SITEMAP + kind
    assert 1 <= len(root) <= 50_000
    assert len(content) <= 50 * 1024 * 1024
    found = []
    for entry in root:
        assert entry.tag == SITEMAP + {"urlset": "url", "sitemapindex": "sitemap"}[kind]
        location = entry.findtext(f"{SITEMAP}loc")
        assert location is not None
        assert location.startswith("https://")
        assert len(location) < 2048
        found.append(location)
        changed = entry.findtext(f"{SITEMAP}lastmod")
        assert changed is None or _DAY.fullmatch(changed)
    assert len(set(found)) == len(found)
    return found


def test_the_index_leads_to_sitemaps_and_these_to_pages() -> None:
    files = example_files()
    maps = locations(files["sitemap.xml"], "sitemapindex")
    pages = [one for path in maps for one in locations(files[path.removeprefix(BASE)], "urlset")]
    assert len(pages) == len(set(pages))
    for local in ("document", "entity/putin", "claim/trade-2023", "claim/oil-route/1", "dataset"):
        assert f"{BASE}{local}.html" in pages
    # The article stands twice; the one address of it is that of the document.
    assert f"{BASE}index.html" not in pages


def test_the_sitemaps_list_exactly_the_pages(example_site: Path) -> None:
    maps = locations((example_site / "sitemap.xml").read_bytes(), "sitemapindex")
    listed = {
        page.removeprefix(BASE)
        for path in maps
        for page in locations((example_site / path.removeprefix(BASE)).read_bytes(), "urlset")
    }
    there = {path.relative_to(example_site).as_posix() for path in example_site.rglob("*.html")}
    # What no address leads to, what stands elsewhere too, and what the article page fetches.
    assert there - listed == {"404.html", "index.html", "notes.html"}
    assert listed <= there


def test_the_sitemaps_of_a_corpus_list_exactly_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lod.site.site.PAGE_SIZE", 2)
    corpus = write_lines(tmp_path / "c.jsonl", [linked(1), linked(2, "Q7"), linked(3)])
    out = tmp_path / "out"
    base = "https://data.example.org/"
    report = build_site(corpus, out, SiteOptions(base=base))
    assert report.publications == 3
    maps = locations((out / "sitemap.xml").read_bytes(), "sitemapindex")
    listed = {
        page.removeprefix(base)
        for path in maps
        for page in locations((out / path.removeprefix(base)).read_bytes(), "urlset")
    }
    there = {path.relative_to(out).as_posix() for path in out.rglob("*.html")}
    twice = {f"{number}/{name}.html" for number in (1, 2, 3) for name in ("index", "notes")}
    assert there - listed == {"404.html", *twice}
    assert listed <= there
    assert {"publications/2.html", "item/Q200-2.html", "item/Q7.html"} <= listed
    check_feed((out / "feed.xml").read_bytes())


def test_the_dates_are_those_of_the_data() -> None:
    assert f"<lastmod>{MODIFIED}</lastmod>".encode() in example_files()["sitemap-1.xml"]


def test_many_pages_are_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "PART", 100)
    files = collected(publication_sitemaps(example_view(), make_site(BASE)))
    pages = [one for content in files.values() for one in locations(content, "urlset")]
    assert len(pages) == len(set(pages)) > 200
    assert list(files) == [f"sitemap-{n}.xml" for n in range(1, len(files) + 1)]


def test_more_publications_than_an_index_may_name() -> None:
    site = make_site("https://data.example.org/", several=True)
    files = collected(site_sitemaps(many_summaries(50_500), site, ["index.html"], None))
    assert list(files) == ["sitemap-site-1.xml", "sitemap.xml", "sitemap-index-2.xml"]
    named = [
        *locations(files["sitemap.xml"], "sitemapindex"),
        *locations(files["sitemap-index-2.xml"], "sitemapindex"),
    ]
    assert len(set(named)) == 50_501


def test_a_sitemap_keeps_the_limit_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_BYTES", 2000)
    site = make_site("https://data.example.org/", several=True)
    files = collected(site_sitemaps(many_summaries(100), site, ["index.html"], None))
    assert len(files) > 3
    assert all(len(content) <= 2000 for content in files.values())


def test_robots_names_every_index() -> None:
    lines = example_files()["robots.txt"].decode("utf-8").splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {BASE}sitemap.xml" in lines


def check_feed(content: bytes) -> ET.Element:
    """Hold a feed to RFC 4287, sections 4.1.1 and 4.1.2."""
    root = ET.fromstring(content)  # noqa: S314 (ours)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1, name
        assert (element.findtext(f"{ATOM}id") or "").startswith("https://")
        assert _TIME.fullmatch(element.findtext(f"{ATOM}updated") or "")
    links = [(one.get("rel"), one.get("type")) for one in root.findall(f"{ATOM}link")]
    assert len(links) == len(set(links))
    assert ("self", "application/atom+xml") in links
    entries = root.findall(f"{ATOM}entry")
    for entry in entries:
        assert entry.findall(f"{ATOM}author"), "neither the feed nor the entry has an author"
        for author in entry.findall(f"{ATOM}author"):
            assert len(author.findall(f"{ATOM}name")) == 1
        assert [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        assert len(entry.findall(f"{ATOM}published")) <= 1
        assert len(entry.findall(f"{ATOM}summary")) <= 1
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    updated = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert updated == sorted(updated, reverse=True)
    assert root.findtext(f"{ATOM}updated") == (updated[0] if updated else "1970-01-01T00:00:00Z")
    return root


def test_the_feed_is_valid_and_dated_by_the_data() -> None:
    root = check_feed(example_files()["feed.xml"])
    assert root.findtext(f"{ATOM}updated") == f"{MODIFIED}T00:00:00Z"
    assert root.findtext(f"{ATOM}entry/{ATOM}published") == "2024-11-27T00:00:00Z"


def test_a_feed_of_many_has_the_newest() -> None:
    site = make_site("https://data.example.org/", several=True)
    (file,) = feed_files(many_summaries(3000), site)
    root = check_feed(file.content)
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == LONGEST
    assert {one.findtext(f"{ATOM}updated") for one in entries} == {"2019-01-01T00:00:00Z"}


def test_a_feed_of_nothing_with_a_date() -> None:
    site = make_site("https://data.example.org/", several=True)
    (file,) = feed_files(Summaries([]), site)
    check_feed(file.content)
