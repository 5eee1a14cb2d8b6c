"""Streams that cannot be written and paths that are none: errors of the system, not of lod."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Lod, lod, small

__all__ = ["lod", "small"]

QUERY = "SELECT ?s { ?s a lod:Claim }"
COMMANDS = [
    ["check", "{dir}", "-f", "json"],
    ["query", "{dir}", "-q", QUERY],
    ["query", "{dir}", "-q", QUERY, "-f", "csv"],
    ["export", "{dir}", "-f", "turtle"],
    ["coverage", "{dir}"],
    ["vocab"],
    ["codes"],
    ["schema"],
    ["--help"],
    ["check", "--help"],
    ["--version"],
    ["completion", "bash"],
]


def in_shell(redirection: str, *args: str) -> subprocess.CompletedProcess[bytes]:
    shell = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "lod", *args]
    return subprocess.run(shell, capture_output=True, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("redirection", [">/dev/full", ">&-", "<&- >&-"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_output_that_cannot_be_written(command: list[str], redirection: str, small: Path) -> None:
    args = [part.replace("{dir}", str(small)) for part in command]
    run = in_shell(redirection, *args)
    assert run.returncode == 2, run.stderr
    (line,) = run.stderr.decode().splitlines()
    assert line.startswith("lod: cannot write the output: ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-", ">/dev/full 2>/dev/full"])
def test_errors_that_cannot_be_told(redirection: str, small: Path) -> None:
    assert in_shell(redirection, "check", str(small)).returncode == 2
    assert in_shell(redirection, "check", str(small / "no")).returncode == 2
    assert in_shell(redirection, "chek").returncode == 2


def test_a_closed_stream_takes_no_file(small: Path) -> None:
    """What is printed goes nowhere, and never into a file that was opened in its place."""
    before = {path: path.read_bytes() for path in small.iterdir() if path.is_file()}
    in_shell("<&- >&- 2>&-", "build", str(small))
    assert {path: path.read_bytes() for path in before} == before
    for path in (small / "dist").iterdir():
        assert b"statement" not in path.read_bytes()[:20]


@pytest.mark.parametrize(
    "command", [["check"], ["build"], ["site"], ["query", "-q", QUERY], ["validate"], ["load"]]
)
@pytest.mark.parametrize("name", ["long", "loop", "empty", "below-a-file"])
def test_paths_that_are_none(
    name: str, command: list[str], tmp_path: Path, small: Path, lod: Lod
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    path = {
        "long": "x" * 5000,
        "loop": str(loop),
        "empty": "",
        "below-a-file": str(small / "facts.yaml" / "x"),
    }[name]
    first, *rest = command
    more = {"load": ["--store"], "site": ["-o"]}.get(first, [])
    more += [str(tmp_path / "out")] if more else []
    result = lod(first, path, *rest, *more)
    assert result.code == 2, result
    assert "bug" not in result.err
    if name != "empty":
        assert Path(path).name[:40] in result.err
    else:
        assert "empty argument" in result.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["coverage", "--missing", ""], "empty argument"),
        (["export", "small", "--output="], "-o is empty"),
        (["export", "small", "-o", ""], "-o is empty"),
        (["link", "--labels=", "small"], "--labels is empty"),
    ],
)
def test_an_empty_name_is_none_wherever_it_stands(
    arguments: list[str], said: str, small: Path, lod: Lod, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small)
    result = lod(*arguments)
    assert (result.code, result.out) == (2, "")
    assert said in result.err


@pytest.mark.parametrize("command", ["build", "site"])
@pytest.mark.parametrize("name", ["long", "loop", "empty"])
def test_targets_that_are_none(
    name: str, command: str, tmp_path: Path, small: Path, lod: Lod
) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    target = {"long": str(tmp_path / ("x" * 300)), "loop": str(loop), "empty": ""}[name]
    result = lod(command, small, "-o", target)
    assert result.code == 2, result
    assert "bug" not in result.err
    assert (Path(target).name[:40] or "-o is empty") in result.err


def test_a_text_that_is_a_loop_of_links(small: Path, lod: Lod) -> None:
    (small / "text.txt").unlink()
    (small / "text.txt").symlink_to(small / "text.txt")
    result = lod("check", small)
    assert result.code == 1
    assert "missing-file" in result.out
