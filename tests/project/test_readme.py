"""What the README shows is so: its commands print what it says, its Python runs."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(*languages: str) -> list[str]:
    """The code blocks in some languages, in their order."""
    return [code for language, code in _BLOCK.findall(README) if language in languages]


def sessions() -> Iterator[tuple[str, str]]:
    """Each `$ lod …` of the console blocks with the output that follows it."""
    for block in blocks("console"):
        command, output = "", ""
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                if command:
                    yield command, output
                command, output = line[2:].strip(), ""
            else:
                output += line
        if command:
            yield command, output


SESSIONS = list(sessions())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the examples to work in, so that commands of the README may write."""
    copy = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "examples", copy / "examples")
    return copy


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
    assert "pip install lod-facts\n" in blocks("sh")
    (command,) = re.findall(r"`lod (init --example [^`]+)`", README)
    run = [sys.executable, "-m", "lod", *shlex.split(command)]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    # The commands and the code of the README name the example by this folder.
    folder = shlex.split(command)[-1]
    assert (tmp_path / folder / "facts.yaml").is_file()
    assert sum(folder in command for command, _ in SESSIONS) >= 3


def test_readme_shows_the_command_and_the_api() -> None:
    assert SESSIONS
    assert blocks("python", "pycon")


@pytest.mark.xdist_group("readme")
@pytest.mark.parametrize(("command", "output"), SESSIONS, ids=[s[0] for s in SESSIONS])
def test_command_prints_what_the_readme_shows(command: str, output: str, folder: Path) -> None:
    program, *arguments = shlex.split(command)
    assert program == "lod"
    run = subprocess.run(
        [sys.executable, "-m", "lod", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # As in a doctest, … stands for what is left out.
    checker = doctest.OutputChecker()
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert checker.check_output(output.replace("…", "..."), run.stdout, options), run.stdout


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
    (shown,) = (block for block in blocks("text") if "unknown-entity" in block)
    run = subprocess.run(
        [sys.executable, "-m", "lod", "check", "facts.yaml"],
        cwd=facts.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, shown)


@pytest.mark.parametrize("number", range(len(blocks("python", "pycon"))))
def test_python_of_the_readme_runs(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for code in blocks("python", "pycon")[: number + 1]:
        if code.startswith(">>> "):
            test = doctest.DocTestParser().get_doctest(code, names, "README", "README.md", 0)
            options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
            runner = doctest.DocTestRunner(optionflags=options)
            assert runner.run(test, clear_globs=False).failed == 0
            names = test.globs
        else:
            exec(compile(code, "README.md", "exec"), names)  # noqa: S102 - our own README
