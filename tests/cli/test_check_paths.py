"""`lod check` of several paths, of files, of corpora; in hooks and workflows."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import ROOT, Lod, lod, small
from tests.corpus.conftest import publication, write_lines
from tests.docs.pages import code

__all__ = ["lod", "small"]


@pytest.fixture
def articles(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two publications in a folder: `good`, and `bad` with one error."""
    root = tmp_path / "repository"
    for name in ("good", "bad"):
        shutil.copytree(small, root / "articles" / name)
    facts = root / "articles" / "bad" / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("quote: Kazakhstan is", "quote: Nobody is"))
    facts.write_text(facts.read_text("utf-8").replace("/small/", "/bad/"))
    (root / "articles" / "bad" / "queries").mkdir()
    (root / "articles" / "bad" / "queries" / "a.rq").write_text("ASK {}")
    (root / "README.txt").write_text("Articles")
    monkeypatch.chdir(root)
    return root


def files(lod: Lod, *args: str | Path) -> list[str]:
    result = lod("check", *args, "-f", "json")
    assert result.code == 1, result
    return [finding["file"] for finding in json.loads(result.out)["findings"]
            if finding["severity"] == "error"]  # fmt: skip


@pytest.mark.parametrize(
    "paths",
    [
        ["articles/bad"],
        ["articles/bad/facts.yaml"],
        ["articles/bad/text.txt"],
        ["articles/bad/queries/a.rq"],
        ["articles/good", "articles/bad"],
        ["articles/bad/text.txt", "articles/bad/facts.yaml", "articles/bad", "articles/good"],
        ["articles"],
    ],
)
def test_every_path_of_a_publication_finds_it_once(
    paths: list[str], articles: Path, lod: Lod
) -> None:
    found = [Path(file).resolve() for file in files(lod, *paths)]
    assert found == [articles / "articles" / "bad" / "facts.yaml"]


def test_findings_are_named_from_where_it_runs_or_is_said(
    articles: Path, lod: Lod, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files(lod, "articles") == ["articles/bad/facts.yaml"]
    assert files(lod, articles / "articles", "--relative-to", ".") == ["articles/bad/facts.yaml"]
    monkeypatch.chdir(articles / "articles")
    assert files(lod, "bad", "good") == ["bad/facts.yaml"]
    assert files(lod, "bad", "--relative-to", "..") == ["articles/bad/facts.yaml"]
    assert files(lod, ".", "--relative-to", articles) == ["articles/bad/facts.yaml"]


def test_json_lines_are_a_corpus(tmp_path: Path, lod: Lod) -> None:
    bad = publication(2)
    bad["claims"][0]["quote"] = "Nobody is a member"
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1), bad])
    result = lod("check", corpus)
    assert result.code == 1
    assert re.search(rf"^{re.escape(str(corpus))}:2:\d+: error\[quote-not-found\]", result.out)
    assert "2 publications: 1 error" in result.err


def test_two_publications_of_a_corpus_with_one_base(
    articles: Path, tmp_path: Path, lod: Lod
) -> None:
    shutil.rmtree("articles/bad")
    shutil.copytree("articles/good", "articles/twin")
    result = lod("check", "articles")
    assert result.code == 1
    line = next(
        number
        for number, line in enumerate(Path("articles/twin/facts.yaml").read_text().split("\n"), 1)
        if "base:" in line
    )
    assert f"articles/twin/facts.yaml:{line}:" in result.out
    assert "duplicate-base]: the base IRI" in result.out
    assert " is that of good too" in result.out
    # Those that are named one by one need not be meant to stand together.
    assert lod("check", "articles/good", "articles/twin").code == 0
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1), publication(2), publication(1)])
    assert f"{corpus}:3:26: warning[duplicate-base]" in lod("check", corpus).out


def test_a_file_of_no_publication(articles: Path, lod: Lod) -> None:
    result = lod("check", "articles/good", "README.txt")
    assert (result.code, result.out) == (2, "")
    assert "README.txt: no publication has this file" in result.err


def lod_on_path(folder: Path) -> dict[str, str]:
    """An environment in which `lod` is the one of the tests."""
    folder.mkdir()
    script = folder / "lod"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lod "$@"\n')
    script.chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


def test_the_hook_for_pre_commit(articles: Path, tmp_path: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["language"]) == ("lod-check", "python")
    pattern = re.compile(hook["files"])
    there = sorted(
        path.relative_to(articles).as_posix() for path in articles.rglob("*") if path.is_file()
    )
    chosen = [name for name in there if pattern.search(name)]
    assert chosen == ["articles/bad/facts.yaml", "articles/good/facts.yaml"]
    env = lod_on_path(tmp_path / "bin")
    # As pre-commit does it: in the root, with the names of the files at the end.
    run = subprocess.run(
        [*shlex.split(hook["entry"]), *chosen],
        cwd=articles,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout.startswith("articles/bad/facts.yaml:")
    assert run.stderr == ""


def test_the_workflow_of_the_documentation(articles: Path, tmp_path: Path) -> None:
    config, workflow = map(yaml.safe_load, code("checking.md", "yaml"))
    assert config["repos"][0]["hooks"][0]["id"] == "lod-check"
    step = workflow["jobs"]["check"]["steps"][-1]
    env = {**lod_on_path(tmp_path / "bin"), "GITHUB_WORKSPACE": str(articles)}
    run = subprocess.run(
        ["sh", "-e", "-c", step["run"]],
        cwd=articles / step["working-directory"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert re.search(
        r"^::error file=articles/bad/facts\.yaml,line=\d+,col=\d+,title=quote-not-found::",
        run.stdout,
        re.MULTILINE,
    )


def test_files_are_not_named_from_a_folder_that_is_not_there(lod: Lod, articles: Path) -> None:
    result = lod("check", articles, "--relative-to", "no-such-folder")
    assert (result.code, result.out) == (2, "")
    assert "'no-such-folder' does not exist" in result.err
