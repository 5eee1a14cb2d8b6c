"""Corpora to make sites of, and what a site holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lod.site.build import build_site
from lod.site.site import SiteOptions
from lod.site.state import STATE
from tests.corpus.conftest import publication, write_lines

Data = dict[str, Any]
SITE = "https://data.example.org/"


def linked(number: int, qid: str = "Q100", firms: int | None = None) -> Data:
    """A publication whose country is linked to an item, and whose union to another."""
    data = publication(number, firms)
    data["document"]["title"] = data["publication"]["title"]
    data["entities"]["aldova"]["wikidata"] = qid
    data["entities"]["union"]["wikidata"] = "Q200"
    return data


def based(data: Data, base: str) -> Data:
    return {**data, "publication": {**data["publication"], "base": base}}


def broken(number: int) -> Data:
    data = publication(number)
    data["document"]["title"] = data["publication"]["title"]
    data["claims"][0]["quote"] = "words that are not there"
    return data


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(STATE)
    }


def fresh(tmp_path: Path, lines: list[Data], name: str = "fresh") -> dict[str, bytes]:
    corpus = write_lines(tmp_path / f"{name}.jsonl", lines)
    build_site(corpus, tmp_path / name, SiteOptions(base=SITE))
    return tree(tmp_path / name)
