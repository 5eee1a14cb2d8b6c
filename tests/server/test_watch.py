"""`--watch`: a save is seen in the page, a broken one as its findings; in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import EXAMPLE
from tests.server.serving import Server, serving

CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PAGE = "entity/putin.html"
WORDS = "exceeding the threshold of $28 billion"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the example that a test may change."""
    copy = tmp_path / "publication"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("dist"))
    return copy


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "log", folder, "--watch") as one:
        yield one


@pytest.fixture
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield opened
        opened.close()


def change(folder: Path, old: str, new: str) -> None:
    """Save the facts as editors do: written aside, then renamed."""
    file = folder / "facts.yaml"
    text = file.read_text("utf-8")
    assert old in text
    aside = folder / ".facts.yaml.swp"
    aside.write_text(text.replace(old, new), "utf-8")
    os.replace(aside, file)  # noqa: PTH105 - as editors do


def test_page_follows_the_source(server: Server, folder: Path, browser: Any) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(server.address + PAGE)
    assert "Vladimir Putin" in page.inner_text("h1")
    assert server.get("/.lod/watch.js").headers["content-type"].startswith("text/javascript")

    change(folder, "label: Vladimir Putin", "label: Vladimir V. Putin")
    page.locator("h1", has_text="Vladimir V. Putin").wait_for()
    label = "SELECT ?l { <entity/putin> rdfs:label ?l }"
    assert "Vladimir V. Putin" in {row["l"] for row in server.rows(label)}

    change(folder, WORDS, "exceeding the threshold of $29 billion")
    page.wait_for_selector("#lod-findings")
    shown = page.inner_text("#lod-findings")
    assert "facts.yaml:" in shown
    assert "quote-not-found" in shown
    assert str(folder) not in shown
    # The last good data is still there.
    assert "Vladimir V. Putin" in page.inner_text("h1")
    assert "Vladimir V. Putin" in {row["l"] for row in server.rows(label)}

    change(folder, "exceeding the threshold of $29 billion", WORDS)
    page.wait_for_selector("#lod-findings", state="detached")
    change(folder, "label: Vladimir V. Putin", "label: Vladimir Putin")
    page.locator("h1", has_text="Vladimir Putin").wait_for()
    assert problems == []


def test_file_that_cannot_be_read_is_told(server: Server, folder: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto(server.address + PAGE)
    file = folder / "facts.yaml"
    text = file.read_text("utf-8")
    file.write_text("claims: [", "utf-8")
    page.wait_for_selector("#lod-findings")
    assert "yaml" in page.inner_text("#lod-findings")
    assert server.get(f"/{PAGE}").status_code == 200
    file.write_text(text, "utf-8")
    page.wait_for_selector("#lod-findings", state="detached")


def test_script_is_there_only_while_watching(site_server: Server) -> None:
    assert "/.lod/watch.js" not in site_server.get(f"/{PAGE}").text
    assert site_server.get("/.lod/watch.js").status_code == 404
    assert site_server.get("/.lod/events").status_code == 404
