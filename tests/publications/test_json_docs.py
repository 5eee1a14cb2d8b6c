"""The tasks of docs/json.md, run on the example, give what is written there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

import lod
from tests.system import program

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "russia-kazakhstan"
_TASK = re.compile(r"^### \d+[.] (.+?)\n.*?```(sh|js)\n(.*?)```\n\n```text\n(.*?)```", re.M | re.S)
TASKS = _TASK.findall((ROOT / "docs" / "json.md").read_text("utf-8"))


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


@pytest.mark.parametrize(("title", "kind", "code", "output"), TASKS, ids=[t[0] for t in TASKS])
def test_the_task_gives_what_is_told(
    title: str, kind: str, code: str, output: str, dist: Path
) -> None:
    if kind == "js":
        (dist / "task.mjs").write_text(code, "utf-8")
        command = [program("node"), "task.mjs"]
    else:
        program("jq")
        command = ["bash", "-euc", code]
    run = subprocess.run(command, cwd=dist, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert run.stdout == output
    assert output, title
