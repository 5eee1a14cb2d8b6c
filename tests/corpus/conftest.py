"""Small corpora, and what a build of them gives."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import zstandard

from lod.corpus.build import CorpusResult, build_corpus
from lod.corpus.output import STATE

Data = dict[str, Any]


def publication(number: int, firms: int | None = None) -> Data:
    """A publication with two claims; `firms` is a figure in it."""
    count = 1000 + number if firms is None else firms
    return {
        "publication": {
            "base": f"https://data.example.org/{number}/",
            "title": f"Facts of article {number}",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Data Desk"},
        },
        "document": {
            "content": f"Aldova {number} is a member of the Union. It has more than {count} firms.",
            "language": "en",
            "published": "2024-11-27",
        },
        "entities": {
            "aldova": {"type": "Country", "label": f"Aldova {number}"},
            "union": {"type": "Organization", "label": "Union"},
            "firms": {"type": "Group", "label": "firms"},
        },
        "claims": [
            {
                "id": "member",
                "quote": f"Aldova {number} is a member of the Union",
                "subject": "aldova",
                "property": "memberOf",
                "value": "union",
            },
            {
                "id": "firms",
                "quote": f"more than {count} firms",
                "subject": "firms",
                "property": "count",
                "value": f"more than {count}",
            },
        ],
    }


def line(data: Data) -> bytes:
    """A publication as a line of JSON Lines."""
    return json.dumps(data).encode() + b"\n"


def write_lines(file: Path, publications: Iterable[Data | bytes]) -> Path:
    """Write JSON Lines, compressed as the name of the file says."""
    lines = [one if isinstance(one, bytes) else line(one) for one in publications]
    data = b"".join(lines)
    if file.name.endswith(".gz"):
        data = gzip.compress(data)
    elif file.name.endswith(".zst"):
        data = zstandard.ZstdCompressor(write_checksum=True).compress(data)  # as the command does
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def write_folder(folder: Path, data: Data) -> Path:
    """Write a publication as a folder with its text in a file."""
    folder.mkdir(parents=True)
    text = data["document"]["content"]
    document = {key: value for key, value in data["document"].items() if key != "content"}
    (folder / "article.txt").write_text(text, "utf-8")
    facts = {**data, "document": {**document, "text": "article.txt"}}
    (folder / "facts.json").write_text(json.dumps(facts), "utf-8")
    return folder


def tree(out: Path) -> dict[str, bytes]:
    """Every file of an output, but for what earlier runs are remembered by."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith(STATE)
    }


def quads(out: Path) -> list[str]:
    """The quads of an output, sorted."""
    lines: list[str] = []
    for file in (out / "shards").iterdir():
        data = file.read_bytes()
        if file.suffix == ".gz":
            data = gzip.decompress(data)
        elif file.suffix == ".zst":
            reader = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True)
            data = reader.read()
        lines += data.decode().splitlines()
    return sorted(lines)


def report(out: Path) -> dict[str, Data]:
    """The lines of the report by publication."""
    lines = (out / "report.jsonl").read_text("utf-8").splitlines()
    return {data["publication"]: data for data in map(json.loads, lines)}


def codes(out: Path) -> dict[str, set[str]]:
    """The codes of the findings of each publication that has any."""
    return {
        key: {finding["code"] for finding in data["findings"]} for key, data in report(out).items()
    }


def manifest(out: Path) -> Data:
    """The manifest."""
    data: Data = json.loads((out / "manifest.json").read_bytes())
    return data


@pytest.fixture(scope="session")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, CorpusResult]:
    """A corpus of 100 publications, its output in shards of about ten, and what was built."""
    folder = tmp_path_factory.mktemp("hundred")
    corpus = write_lines(folder / "corpus.jsonl", map(publication, range(100)))
    return corpus, folder / "out", build_corpus(corpus, folder / "out", shard_size=10)
