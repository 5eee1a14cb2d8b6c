"""The blocks of the documentation: what each page shows in fences, and how it is worked through.

In a page, `<!-- file: NAME -->` stands before the block that is a file of that name, and
`<!-- change: NAME` with lines `old => new` says what the reader does to it by hand. A console block
has commands after `$ ` and what they print, with … for what is left out.
"""

from __future__ import annotations

import doctest
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
#: Every page, by its name in `blocks.toml`.
PAGES = {
    path.relative_to(ROOT).as_posix().removeprefix("docs/"): path
    for path in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *sorted((ROOT / "docs").glob("*.md")),
    )
}
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
_PART = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?^(?P<indent> *)```(?P<language>[^\n`]*)\n"
    r"(?P<code>.*?)^(?P=indent)```$"
    r"|^<!-- change: (?P<changed>\S+)\n(?P<changes>.*?)^-->$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Block:
    """A block of a page.

    Attributes:
        page: the name of the page.
        line: its first line in the page, from 1.
        language: the word behind the fence; "change" for what the reader does by hand.
        code: what stands in it.
        file: the name of the file that it is, or that is changed; "" for none.
    """

    page: str
    line: int
    language: str
    code: str
    file: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


@cache
def blocks(page: str) -> tuple[Block, ...]:
    """The blocks of a page, in their order."""
    text = PAGES[page].read_text("utf-8")
    return tuple(
        Block(
            page,
            text.count("\n", 0, part.start()) + 1,
            part["language"].strip() if part["changed"] is None else "change",
            part["code"] if part["changed"] is None else part["changes"],
            part["file"] or part["changed"] or "",
        )
        for part in _PART.finditer(text)
    )


def code(page: str, *languages: str) -> list[str]:
    """What stands in the blocks of a page that are in some languages."""
    return [block.code for block in blocks(page) if block.language in languages]


def session(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    parts = re.split(r"(?m)^\$ (.+)\n", block)
    assert not parts[0].strip()
    return list(zip(parts[1::2], parts[2::2], strict=True))


def is_as_shown(shown: str, printed: str) -> bool:
    """Whether an output is as a page has it, where … stands for what is left out."""
    return doctest.OutputChecker().check_output(shown.replace("…", "..."), printed, OPTIONS)


def commands(script: str) -> Iterator[str]:
    """The commands of a shell script; one over several lines is one.

    >>> list(commands("a 1  # one\\n# two\\nb 'x\\n y' \\\\\\n  c\\n"))
    ['a 1', "b 'x\\n y' c"]
    """
    waiting = ""
    for line in script.splitlines():
        waiting = f"{waiting}\n{line}" if waiting else line
        try:
            words = shlex.split(waiting, comments=True)
        except ValueError:  # a quotation or a line goes on
            continue
        if waiting.endswith(("\\", "|", "&&")):
            continue
        if words:
            yield _plain(waiting)
        waiting = ""
    assert not waiting.strip(), waiting


def _plain(command: str) -> str:
    """A command without its comment and the ends of its lines."""
    reader = shlex.shlex(command, posix=False, punctuation_chars=False)
    reader.whitespace_split = True
    reader.commenters = "#"
    return " ".join(word for word in reader if word != "\\")


@cache
def exemptions() -> tuple[dict[str, Any], ...]:
    """What `blocks.toml` says: which blocks are run elsewhere, or not at all, and why."""
    data = tomllib.loads(Path(__file__).with_name("blocks.toml").read_text("utf-8"))
    return tuple(data["blocks"])


def exempt(block: Block) -> list[dict[str, Any]]:
    """The entries of `blocks.toml` that name a block."""
    return [
        one
        for one in exemptions()
        if block.page == one["page"]
        and block.language in one.get("languages", [block.language])
        and block.code.startswith(one.get("begins", ""))
    ]
