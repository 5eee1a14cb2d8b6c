"""Pages of the documentation that are worked through: their files are written, their commands run.

In a page, `<!-- file: NAME -->` stands before the block that is a file of that name, and
`<!-- change: NAME` with lines `old => new` says what the reader does to it by hand. A console block
has commands after `$ ` and what they print, with … for what is left out. pycon blocks are doctests.
"""

from __future__ import annotations

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("tutorial",)
_PART = re.compile(
    r"<!-- file: (?P<name>\S+) -->\n```\w+\n(?P<content>.*?)^```$"
    r"|<!-- change: (?P<changed>\S+)\n(?P<changes>.*?)^-->$"
    r"|^```console\n(?P<console>.*?)^```$"
    r"|^```pycon\n(?P<python>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def session(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    parts = re.split(r"(?m)^\$ (.+)\n", block)
    assert not parts[0].strip()
    return list(zip(parts[1::2], parts[2::2], strict=True))


def run(command: str, folder: Path) -> str:
    """What a command prints; every command of the pages is lod."""
    program, *arguments = shlex.split(command)
    assert program == "lod"
    done = subprocess.run(
        [sys.executable, "-m", "lod", *arguments],
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_the_page_can_be_worked_through(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (DOCS / f"{page}.md").read_text("utf-8")
    names: dict[str, object] = {}
    checker, steps = doctest.OutputChecker(), 0
    for part in _PART.finditer(text):
        steps += 1
        if part["name"]:
            path = tmp_path / part["name"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(part["content"], "utf-8")
        elif part["changed"]:
            path = tmp_path / part["changed"]
            facts = path.read_text("utf-8")
            for line in part["changes"].splitlines():
                old, new = line.split(" => ")
                assert facts.count(old) == 1, old
                facts = facts.replace(old, new.replace("\\n", "\n"))
            path.write_text(facts, "utf-8")
        elif part["console"]:
            for command, output in session(part["console"]):
                printed = run(command, tmp_path)
                want = output.replace("…", "...")
                assert checker.check_output(want, printed, OPTIONS), f"$ {command}\n{printed}"
        else:
            test = doctest.DocTestParser().get_doctest(part["python"], names, page, page, 0)
            assert doctest.DocTestRunner(optionflags=OPTIONS).run(test, clear_globs=False)[0] == 0
            names = test.globs
    assert steps > 2
    # Nothing that looks like a command or a session stands outside of what was run.
    assert len(re.findall(r"^```(?:console|pycon)$", text, re.MULTILINE)) == sum(
        bool(part["console"] or part["python"]) for part in _PART.finditer(text)
    )


def test_blocks_are_of_kinds_that_are_known() -> None:
    for page in PAGES:
        kinds = re.findall(r"^```(\w*)\n", (DOCS / f"{page}.md").read_text("utf-8"), re.MULTILINE)
        assert set(kinds) <= {"", "console", "pycon", "text", "yaml", "turtle", "python"}
