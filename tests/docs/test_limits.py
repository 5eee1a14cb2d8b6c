"""The exit codes of every command are those of docs/limits.md; limits are read from the code."""

from __future__ import annotations

import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from lod.cli.app import COMMANDS
from lod.codes import CODES
from tests.cli.conftest import TEN_FACTS, Lod, lod
from tests.project.generated import LIMITS

__all__ = ["lod"]  # the fixture
SAID = tomllib.loads(LIMITS.read_text("utf-8"))
EXITS = SAID.pop("exits")
CALLS = [
    (call, exit_code)
    for one in EXITS.values()
    for call, exit_code in ((one.get("try"), 1), (one["two"], 2))
    if call
]


def test_every_command_is_there() -> None:
    assert list(EXITS) == list(COMMANDS)
    assert all(one["one"] or "try" not in one for one in EXITS.values())


@pytest.mark.parametrize(("call", "exit_code"), CALLS)
def test_the_exit_code_is_that_of_the_page(
    call: str, exit_code: int, lod: Lod, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(TEN_FACTS, "good", ignore=shutil.ignore_patterns("dist"))
    facts = Path(shutil.copytree("good", "bad")) / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("quote: ", "quote: not so, ", 1), "utf-8")
    result = lod(*shlex.split(call))
    assert result.code == exit_code, result
    assert result.out or result.err


def test_the_findings_of_limits_are_findings() -> None:
    codes = {
        word.strip("`")
        for limits in SAID.values()
        for one in limits
        for word in one["then"].split()
        if word.startswith("`") and "-" in word
    }
    assert codes
    assert codes <= CODES.keys()
