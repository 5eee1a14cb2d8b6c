"""The server's own pages for every reader: looked at by axe, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.server.browser import opened_browser
from tests.server.serving import Server

PAGES = {
    "start": "/",
    "thing": "/entity/putin.html",
    "claim": "/claim/trade-2023.html",
    "form": "/sparql",
    "missing": "/nothing",
    "malformed": "/sparql?query=SELECT",
    "refused": f"/sparql?query={quote('SELECT * { SERVICE <urn:x> {} }')}",
    "no graph": "/graph-store?graph=urn:x:y",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as one:
        yield one


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(store_server: Server, browser: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for name, path in PAGES.items():
        page.goto(store_server.address.rstrip("/") + path)
        violations = axe.run(page).response["violations"]
        if violations:
            found[name] = [
                f"{one['id']}: {node['html'][:150]}" for one in violations for node in one["nodes"]
            ]
    context.close()
    assert found == {}


def test_form_is_usable_by_keyboard_and_answers(store_server: Server, browser: Any) -> None:
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(f"{store_server.address}sparql")
    page.get_by_label("Query").fill("SELECT (COUNT(*) AS ?claims) { ?c a lod:Claim }")
    page.get_by_label("Form of the result").select_option("xml")
    page.get_by_label("Form of the result").focus()
    page.keyboard.press("Tab")
    with page.expect_response(lambda one: "query=" in one.url) as answered:
        page.keyboard.press("Enter")
    assert answered.value.status == 200
    assert "sparql-results+xml" in answered.value.headers["content-type"]
    assert problems == []
