"""`lod build` of a corpus."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Lod
from tests.corpus.conftest import manifest, publication, write_folder, write_lines


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a corpus in the current folder."""
    monkeypatch.chdir(tmp_path)
    write_lines(Path("c.jsonl"), map(publication, range(5)))
    return "c.jsonl"


def test_fine(lod: Lod, corpus: str) -> None:
    result = lod("build", corpus, "-o", "out", "--jobs", "2")
    assert (result.code, result.err) == (0, "")
    assert "5 publications, 10 claims" in result.out
    assert "5 built, 0 unchanged" in result.out
    assert "0 built, 5 unchanged" in lod("build", corpus, "-o", "out").out
    assert lod("build", corpus, "-o", "out", "--quiet").out == ""


def test_broken_publications_are_shown_and_counted(lod: Lod, corpus: str) -> None:
    bad = publication(7)
    bad["claims"][0]["quote"] = "not there"
    write_lines(Path("c.jsonl"), [publication(1), bad, b"{\n"])
    result = lod("build", corpus, "-o", "out")
    assert result.code == 1
    first, *_ = result.out.splitlines()
    assert first.startswith("c.jsonl:2:")
    assert "error[quote-not-found]" in first
    assert "c.jsonl:3:2: error[json-syntax]" in result.out
    assert "2 of 3 publications are broken" in result.err
    github = lod("build", corpus, "-o", "out", "-f", "github")
    assert github.code == 1
    assert "::error file=c.jsonl,line=2," in github.out


def test_only_the_first_findings_are_shown(lod: Lod, corpus: str) -> None:
    write_lines(Path("c.jsonl"), [b"{\n"] * 80)
    result = lod("build", corpus, "-o", "out")
    assert result.out.count("json-syntax") == 50
    assert f"All findings: {Path('out/report.jsonl')}" in result.err


def test_json(lod: Lod, corpus: str) -> None:
    result = lod("build", corpus, "-o", "out", "-f", "json")
    told = json.loads(result.out)
    assert told["publications"] == told["built"] == 5
    assert told["quads"] == manifest(Path("out"))["quads"]


def test_a_folder_of_publications(lod: Lod, corpus: str) -> None:
    folder = write_folder(Path("all/here"), publication(9))
    (folder / "article.txt").write_text("Other words.", "utf-8")
    result = lod("build", "all", "-o", "out")
    assert result.code == 1
    assert f"{Path('all/here/facts.json')}:1:" in result.out


@pytest.mark.parametrize(
    ("compress", "ending"), [("gzip", "*.nq.gz"), ("zstd", "*.nq.zst"), (None, "*.nq")]
)
def test_compress_and_also(compress: str | None, ending: str, lod: Lod, corpus: str) -> None:
    options = ["--compress", compress] if compress else []
    result = lod("build", corpus, "-o", "out", "--also", "turtle,JSON-LD", *options)
    assert result.code == 0
    assert list(Path("out/shards").glob(ending))
    folder = Path("out/publications/data.example.org/3")
    assert sorted(path.name for path in folder.iterdir()) == ["dataset.jsonld", "dataset.ttl"]
    # Without it, they are gone.
    assert lod("build", corpus, "-o", "out", *options).code == 0
    assert not folder.exists()


def test_names_cannot_leave_the_folder(lod: Lod, corpus: str) -> None:
    data = publication(1)
    data["publication"]["base"] = "https://data.example.org/a/../../../x/%2e%2e/"
    write_lines(Path("c.jsonl"), [data])
    lod("build", corpus, "-o", "in/out", "--also", "turtle")
    files = list(Path().rglob("dataset.ttl"))
    assert all(file.is_relative_to("in/out/publications") for file in files)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["c.jsonl"], "needs -o"),
        (["one", "--jobs", "2"], "--jobs is for a corpus"),
        (["one", "--also", "turtel"], "turtle"),
        (["c.jsonl", "-o", "out", "--write", "turtle"], "--also, not --write"),
        (["c.jsonl", "-o", "out", "--also", "turtel"], "turtle"),
        (["c.jsonl", "-o", "out", "--also", "rdf-xml"], "cannot hold"),
        (["c.jsonl", "-o", "out", "--jobs", "0"], "jobs"),
        (["empty"], "lod init"),
        (["empty", "-o", "out"], "no publication"),
        (["none.jsonl", "-o", "out"], "no such file"),
    ],
)
def test_what_cannot_run(arguments: list[str], words: str, lod: Lod, corpus: str) -> None:
    Path("empty").mkdir()
    write_folder(Path("one"), publication(1))
    result = lod("build", *arguments)
    assert result.code == 2
    assert words in result.err
    assert not Path("out").exists()


def run_on_terminal(*arguments: str) -> str:
    """What a command writes to its standard error, where that is a terminal."""
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "lod", *arguments], stdout=subprocess.DEVNULL, stderr=writer
    )
    os.close(writer)
    written = b""
    while True:
        try:
            data = os.read(reader, 1 << 16)
        except OSError:  # what a terminal says when the other side has gone
            break
        if not data:
            break
        written += data
    os.close(reader)
    assert process.wait() == 0
    return written.decode()


def test_progress_on_a_terminal_alone(corpus: str) -> None:
    write_lines(Path("c.jsonl"), map(publication, range(600)))
    shown = run_on_terminal("build", corpus, "-o", "out", "--shard-size", "5", "--jobs", "1")
    assert "publications" in shown
    assert " a second" in shown
    assert " left" in shown
    # The line is gone in the end.
    assert shown.endswith("\r\x1b[K")
    assert "second" not in run_on_terminal("build", corpus, "-o", "out", "--help")
