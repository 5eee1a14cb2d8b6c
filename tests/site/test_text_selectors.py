"""The selectors of claims, tried in a browser on the text that the site shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lod
from tests.site.browser import Visits, served

TEXTS = {
    "windows": "Heading\r\n\r\nTrade grew by 5 %.\r\nOil\r\nfell by 3 %.\r\n\r\nThe end.\r\n",
    "old mac": "Heading\rTrade grew by 5 %.\rOil fell by 3 %.\r",
    "mixed": "\r\n\nTrade grew by 5 %.\n\r\rOil fell by 3 %.\r\n",
    "tabs": "Trade\tgrew by 5 %.\t\tOil\tfell   by  3 %.   The end.",
    "emoji": "😀 Trade 👩\u200d👩\u200d👧 grew by 5 %. 🇰🇿 Oil fell by 3 %.",
    "combining": "Cafe\u0301. Tra\u0301de grew by 5 %. Oil fe\u0301ll by 3 %.",
    "right to left": "\u200fTrade\u200e grew by 5 %. \u202bOil\u202c fell \u2067by\u2069 3 %.",
    "markup": "<b>Trade</b> &amp; more grew by 5 %. Oil &#13; fell by 3 %.",
    "others": "Trade\u202fgrew by\xa05 %.\x0b\x85Oil\u3000fell by\u20093 %.\u2028\u2029The end.",
}


def stretch(text: str, begin: str, end: str) -> str:
    start = text.index(begin)
    return text[start : text.index(end, start) + len(end)]


@pytest.mark.parametrize("name", TEXTS)
def test_every_selector_selects_its_words_in_a_browser(
    name: str, visit: Visits, tmp_path: Path
) -> None:
    text = TEXTS[name]
    quotes = [stretch(text, "Tra", "5 %"), stretch(text, "Oil", "3 %")]
    data: dict[str, Any] = {
        "publication": {
            "base": "https://data.example.org/t/",
            "title": "A text",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Data Desk"},
        },
        "document": {"text": "text.txt", "language": "en", "published": "2024-11-27"},
        "entities": {"trade": {"type": "Flow", "label": "Trade", "also": ["Oil"]}},
        "claims": [
            {"id": f"c{n}", "quote": quote, "subject": "trade", "property": "describedAs",
             "value": {"text": "x"}}
            for n, quote in enumerate(quotes)
        ],
    }  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "text.txt").write_bytes(text.encode())
    (folder / "facts.json").write_text(json.dumps(data), "utf-8")
    facts = lod.load(folder).require_facts()
    lod.build_site(folder, tmp_path / "out")
    (page,) = (tmp_path / "out" / "text").glob("*.html")
    with served(tmp_path / "out") as address:
        opened = visit(f"{address}text/{page.name}")
        shown = opened.evaluate("document.querySelector('.whole-text').textContent")
        assert shown == text
        selectors = [one for s in facts.statements for a in s.anchors for one in a.selectors]
        assert len(selectors) == 2
        for one in selectors:
            # Offsets of Web Annotation count code points; so do those of an array from a string.
            script = (
                "([start, end]) => Array.from(document.querySelector('.whole-text').textContent)"
                ".slice(start, end).join('')"
            )
            assert opened.evaluate(script, [one.start, one.end]) == one.exact
            assert shown.count(one.prefix + one.exact + one.suffix) == 1
