"""What the README says of itself is so; tests/docs/test_pages.py works through its commands."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import ROOT, code, session

README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_two_commands_are_those_of_ci() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3.11 -m venv ")]
    assert len(commands) == 2
    build, test = commands
    assert build.endswith("&& .venv/bin/lod build examples/russia-kazakhstan")
    assert test.endswith("&& .venv/bin/python -m tests")
    lines = CI.splitlines()
    assert lines.index(build) < lines.index(test)


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([^)]+)\)", README)
    files = [target.partition("#")[0] for target in targets if "://" not in target]
    assert len(files) > 15
    assert [file for file in files if file and not (ROOT / file).exists()] == []


def test_who_comes_from_the_index_can_follow_the_readme(tmp_path: Path) -> None:
    assert "pip install lod-facts\n" in code("README.md", "sh")
    (command,) = re.findall(r"`lod (init --example [^`]+)`", README)
    run = [sys.executable, "-m", "lod", *shlex.split(command)]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    # The commands and the code of the README name the example by this folder.
    folder = shlex.split(command)[-1]
    assert (tmp_path / folder / "facts.yaml").is_file()
    sessions = code("README.md", "console")
    assert sum(folder in command for one in sessions for command, _ in session(one)) >= 3


def test_mistakes_are_found_as_the_readme_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "russia-kazakhstan", tmp_path / "example")
    facts = tmp_path / "example" / "facts.yaml"
    text = facts.read_text("utf-8")
    for right, slip in (
        ("value: more than 28 billion USD", "value: more than 2.8 billion USD"),
        ("value: kazakhstan-truth", "value: kazakstan-truth"),
    ):
        assert right in text
        text = text.replace(right, slip, 1)
    facts.write_text(text, "utf-8")
    (shown,) = (block for block in code("README.md", "text") if "unknown-entity" in block)
    run = subprocess.run(
        [sys.executable, "-m", "lod", "check", "facts.yaml"],
        cwd=facts.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, shown)
