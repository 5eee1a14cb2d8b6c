"""The tour of docs/push.md, word for word but for the ports."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks, is_as_shown, session
from tests.ports import free_port
from tests.stores.oxigraph import oxigraph_program
from tests.stores.running import started, wait_until_up
from tests.system import program

SHIPPED = Path("/etc/virtuoso-opensource-7/virtuoso.ini")


def tour(begins: str) -> tuple[str, list[tuple[str, str]]]:
    """What starts a server, and each command of the tour with its output.

    Args:
        begins: how the block begins that starts the server.
    """
    found = iter(blocks("push.md"))
    server = next(one.code for one in found if one.language == "sh" and one.code.startswith(begins))
    return server, session(next(one.code for one in found if one.language == "console"))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the examples, and the commands of this environment."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "lod").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lod "$@"\n')
    (bin_ / "lod").chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}:{Path(oxigraph_program()).parent}:{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def walk(folder: Path, server: str, commands: list[tuple[str, str]], address: str) -> None:
    """Start the server, and run one command after another."""
    log = folder / "log"
    with started(["bash", "-euc", server], folder, log) as process:
        wait_until_up(process, address, log)
        environment: list[str] = []
        for command, expected in commands:
            if command.startswith("export "):
                environment.append(command)
                continue
            script = "\n".join([*environment, command])
            run = subprocess.run(
                ["bash", "-euc", script], cwd=folder, capture_output=True, text=True, check=False
            )
            assert run.returncode == 0, run.stderr
            assert is_as_shown(expected, run.stdout), run.stdout


def test_tour_with_oxigraph(shell: Path) -> None:
    program("curl")
    port = str(free_port())
    server, commands = tour("oxigraph serve")
    assert len(commands) == 4
    replaced = [tuple(text.replace("7878", port) for text in pair) for pair in commands]
    walk(
        shell,
        server.replace("7878", port),
        [(command, output) for command, output in replaced],
        f"http://localhost:{port}/query?query=ASK%7B%7D",
    )


def test_tour_with_virtuoso(shell: Path) -> None:
    program("virtuoso-t")
    port, sql = str(free_port()), str(free_port())
    ini = shell / "shipped.ini"
    text = SHIPPED.read_text("utf-8")
    assert "8890" in text
    ini.write_text(text.replace("8890", port).replace("= 1111", f"= {sql}"), "utf-8")
    server, commands = tour("sed")
    assert str(SHIPPED) in server
    assert len(commands) == 3
    walk(
        shell,
        server.replace(str(SHIPPED), str(ini)),
        [(one.replace("8890", port), output.replace("8890", port)) for one, output in commands],
        f"http://localhost:{port}/sparql?query=ASK%7B%7D",
    )
