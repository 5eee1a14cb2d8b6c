"""The server that the README starts does what it says, as it is written there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, code
from tests.ports import free_port
from tests.system import program

_PORT = re.compile(r"(?<=localhost:)\d+|(?<=--port )\d+")


@pytest.fixture(autouse=True)
def curl() -> str:
    """The servers are asked as the README does."""
    return program("curl")


def run_block(command: str, folder: Path) -> str:
    """Run the one block of the README that has the command, on a free port; what it printed.

    Servers that the block starts in the background are ended afterwards.
    """
    (block,) = [one for one in code("README.md", "sh") if command in one]
    assert len(set(_PORT.findall(block))) == 1
    script = _PORT.sub(str(free_port()), block)
    (folder / "home").mkdir()
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(folder / "home"),
    }
    output = folder / "printed.txt"
    with output.open("wb") as file:
        shell = subprocess.Popen(
            ["bash", "-e", "-c", script],
            cwd=folder,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        )
        try:
            exit_code = shell.wait()
        finally:
            os.killpg(shell.pid, signal.SIGTERM)
    printed = output.read_text("utf-8")
    assert exit_code == 0, printed
    return printed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.slow
def test_served_query_is_answered(folder: Path) -> None:
    printed = run_block("lod serve", folder)
    assert re.search(r"^planned\r?\n\d+\r?$", printed, re.MULTILINE), printed
