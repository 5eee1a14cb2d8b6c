"""The tasks of docs/json.md, run on the example, give what is written there."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

import lod
from tests.docs.pages import ROOT, blocks
from tests.system import program

EXAMPLE = ROOT / "examples" / "russia-kazakhstan"
#: Each task with the output that the next block shows: language, code, output.
TASKS = [
    (one.language, one.code, shown.code)
    for one, shown in pairwise(blocks("json.md"))
    if one.language in ("sh", "js")
]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the example is built into, with its text beside it."""
    folder = tmp_path_factory.mktemp("dist")
    data = lod.load(EXAMPLE).serialize("json-ld")
    (folder / "dataset.jsonld").write_text(data, "utf-8")
    (folder / "article.txt").write_bytes((EXAMPLE / "article.txt").read_bytes())
    return folder


def test_there_are_ten() -> None:
    assert len(TASKS) == 10


@pytest.mark.parametrize(("kind", "code", "output"), TASKS)
def test_the_task_gives_what_is_told(kind: str, code: str, output: str, dist: Path) -> None:
    if kind == "js":
        (dist / "task.mjs").write_text(code, "utf-8")
        command = [program("node"), "task.mjs"]
    else:
        program("jq")
        command = ["bash", "-euc", code]
    run = subprocess.run(command, cwd=dist, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == output
    assert output
