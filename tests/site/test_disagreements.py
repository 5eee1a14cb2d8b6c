"""The pages of a corpus's site that tell where its texts differ, if they do anywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lod.pages.interface import Words
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.corpus.conftest import Data, write_lines
from tests.review.test_disagreements import population, publication
from tests.site.links import broken_links

BASE = "https://data.example.org/"


def said(**numbers: int) -> list[Data | bytes]:
    """Publications of one country, each with its number."""
    return [publication(name, population(number)) for name, number in numbers.items()]


def build(tmp_path: Path, corpus: list[Data | bytes], **options: str) -> Path:
    out = tmp_path / "out"
    file = write_lines(tmp_path / "c.jsonl", corpus)
    build_site(file, out, SiteOptions(base=BASE, **options))  # type: ignore[arg-type] # words alone
    return out


def test_the_page_is_there_as_long_as_texts_differ(tmp_path: Path) -> None:
    out = build(tmp_path, said(a=28, b=31, c=28))
    page = (out / "disagreements.html").read_text("utf-8")
    for name, number in {"a": 28, "b": 31, "c": 28}.items():
        assert f'href="{name}/claim/c1.html"' in page
        assert f"In 2023 Norland had {number} million inhabitants." in page
        assert f"Reporter {name}" in page
    assert 'href="item/Q100000001.html"' in page
    assert 'href="vocabulary/rel/population.html"' in page
    assert 'href="disagreements.html"' in (out / "index.html").read_text("utf-8")
    assert "disagreements.html" in (out / "sitemap-site-1.xml").read_text("utf-8")
    assert broken_links(out) == []
    # One text is corrected: nothing is left to tell, and nothing tells of it.
    build(tmp_path, said(a=28, b=28, c=28))
    assert not (out / "disagreements.html").exists()
    assert "disagreements.html" not in (out / "index.html").read_text("utf-8")
    # And one is gone.
    build(tmp_path, said(a=28, b=31, c=28))
    assert (out / "disagreements.html").is_file()
    build(tmp_path, said(a=28, c=28))
    assert not (out / "disagreements.html").exists()


def test_many_are_told_on_several_pages_and_of_many_claims_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lod.site.site.PAGE_SIZE", 2)
    monkeypatch.setattr("lod.site.pages.disagreements._MOST_CLAIMS", 2)

    def years(name: str, number: int) -> Data:
        text = "In {} Norland had {} million inhabitants."
        return publication(
            name,
            *(
                {**population(number), "during": f"in {y}", "text": text.format(y, number)}
                for y in range(1998, 2001)
            ),
        )

    several: list[Data | bytes] = [years("a", 28), years("b", 28), years("z", 31)]
    out = build(tmp_path, several, language="kk")
    pages = [out / name for name in ("disagreements.html", "disagreements/2.html")]
    first, second = (page.read_text("utf-8") for page in pages)
    assert [len(re.findall("<h2 ", page)) for page in (first, second)] == [2, 1]
    assert len(re.findall('class="sentence"', second)) == 2
    words = Words("kk")
    assert f"<h1>{words('pages.disagreements')}</h1>" in first
    assert words("pages.more_uses", count=1) in second
    assert "Reporter z" in second
