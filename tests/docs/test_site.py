"""The documentation as a site: it builds without a warning, and every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

DOCS = Path(__file__).parents[2] / "docs"


class Page(HTMLParser):
    """The ids and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.ids.add(said.get("id") or "")
        if tag == "a":
            self.links.append(said.get("href") or "")
        elif tag in ("img", "script", "link", "iframe"):
            self.loads.append(said.get("src") or said.get("href") or "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sphinx")
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", str(DOCS), str(out)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return out


@pytest.mark.slow
def test_it_builds_and_its_links_lead_somewhere(site: Path) -> None:
    pages = {path: Page(path.read_text("utf-8")) for path in site.rglob("*.html")}
    assert len(pages) > len(list(DOCS.glob("*.md")))
    dead = []
    for path, page in pages.items():
        for link in (*page.links, *page.loads):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            fragment = unquote(parts.fragment)
            if not target.exists() or (
                fragment and target in pages and fragment not in pages[target].ids
            ):
                dead.append(f"{path.name}: {link}")
    assert dead == []


@pytest.mark.slow
def test_its_pages_load_nothing_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert [one for one in Page(path.read_text("utf-8")).loads if "://" in one] == []


def test_every_how_to_is_found_by_its_task() -> None:
    text = (DOCS / "index.md").read_text("utf-8")
    table, _, lists = text.partition("```{toctree}")
    for caption in ("How to", "Ask the data"):
        names = lists.partition(f":caption: {caption}\n")[2].partition("```")[0].split()
        missing = [name for name in names if f"]({name}.md)" not in table]
        assert missing == [], caption


def test_every_page_is_listed() -> None:
    listed = re.findall(r"^([a-z-]+)$", (DOCS / "index.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted({path.stem for path in DOCS.glob("*.md")} - {"index"})
